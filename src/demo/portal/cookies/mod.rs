//! The cookies that the sample portal sets: those of its charter, and trackers that the charter does not name.
//!
//! The trackers ignore the visitor's choice, and are set by headers and scripts of every kind of response, as on real
//! portals. `table` lists them; `tracker` fits them to the host of a request.

mod table;
mod tracker;

use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use http::HeaderValue;

pub(super) use tracker::{Origin, Source, TrackerKind, deletions, headers, how_many, landing_at, script};

/// Holds a login (Django).
pub const SESSION: &str = "sessionid";
/// Proves that a form comes from the portal's own page (Django).
pub const CSRF: &str = "csrftoken";
/// Holds the language of the pages (Django).
pub const LANGUAGE: &str = "django_language";

/// The cookies of the portal's charter, without that of its banner, which `assets/choice.js` writes.
pub const CHARTER: [&str; 3] = [SESSION, CSRF, LANGUAGE];

/// A login, for two weeks.
pub(super) fn session() -> Option<HeaderValue> {
    field(&necessary(SESSION, &token(), 14).http_only(true).build())
}

/// The token that the next form must carry, for a year.
pub(super) fn csrf(token: &str) -> Option<HeaderValue> {
    field(&necessary(CSRF, token, 364).build())
}

/// The language of the pages, for a year.
pub(super) fn language(code: &str) -> Option<HeaderValue> {
    field(&necessary(LANGUAGE, code, 365).build())
}

/// The deletion of [`session`]'s cookie. It names the same path, because browsers would keep the cookie otherwise.
pub(super) fn end_of_session() -> Option<HeaderValue> {
    let mut cookie = necessary(SESSION, "", 0).build().into_owned();
    cookie.make_removal();
    field(&cookie)
}

/// A random token: 32 letters and digits.
pub(super) fn token() -> String {
    std::iter::repeat_with(fastrand::alphanumeric).take(32).collect()
}

/// A cookie with `Path=/; SameSite=Lax`, for that many days.
fn necessary<'c>(name: &'c str, value: &'c str, days: i64) -> cookie::CookieBuilder<'c> {
    Cookie::build((name, value)).path("/").same_site(SameSite::Lax).max_age(Duration::days(days))
}

/// `None` if the cookie holds a byte that is not allowed in a header field.
fn field(cookie: &Cookie<'_>) -> Option<HeaderValue> {
    HeaderValue::from_str(&cookie.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_session_deletes_it() {
        let line = end_of_session().unwrap();
        let line = line.to_str().unwrap();
        assert!(line.starts_with("sessionid=; ") && line.contains("Max-Age=0"), "{line}");
    }
}
