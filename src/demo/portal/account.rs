//! Login, logout and language: the forms that set the charter's cookies.
//!
//! As in Django, a form is accepted only with the token of the cookie `csrftoken`. So a login works only if the portal's own
//! cookies pass in both directions.

use http::{Method, StatusCode};

use super::cookies::{self, Source};
use super::pages;
use super::response::{self, Reply};
use super::visit::Visit;

const HOME: &str = "/pages/accueil/";

/// `/login/`: the form, or, after a POST with its token, a new session and a redirect. Without the token, 403. Any name and
/// password are accepted.
pub(super) fn login(visit: &Visit) -> Reply {
    if visit.method != Method::POST {
        return login_form(visit);
    }
    let token = visit.field("csrfmiddlewaretoken");
    if token.is_none() || token.as_deref() != visit.cookie(cookies::CSRF) {
        return pages::forbidden(visit);
    }
    let reply = response::redirect(HOME);
    let reply = response::with_cookie(reply, cookies::session());
    let reply = response::with_cookie(reply, cookies::csrf(&cookies::token()));
    response::track(reply, Source::Login)
}

fn login_form(visit: &Visit) -> Reply {
    let token = visit.cookie(cookies::CSRF).map_or_else(cookies::token, str::to_owned);
    let reply = response::with_cookie(pages::login(visit, &token), cookies::csrf(&token));
    response::track(reply, Source::Login)
}

/// `/logout/`
pub(super) fn logout() -> Reply {
    response::with_cookie(response::redirect(HOME), cookies::end_of_session())
}

/// `/i18n/setlang/`: `fr` or `en`, else 400; then back to `next`, if that is a path of this portal.
pub(super) fn set_language(visit: &Visit) -> Reply {
    let asked = visit.field("language").or_else(|| visit.parameter("language"));
    let Some(code) = asked.filter(|code| code == "fr" || code == "en") else {
        return response::plain(StatusCode::BAD_REQUEST, "language: fr or en\n");
    };
    // Browsers read "//host" and "/\host" as another host.
    let next =
        visit.field("next").filter(|next| next.starts_with('/') && !next.starts_with("//") && !next.contains('\\'));
    let reply = response::redirect(next.as_deref().unwrap_or(HOME));
    response::with_cookie(reply, cookies::language(&code))
}
