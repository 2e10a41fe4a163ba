//! Answers each path of the sample portal.
//!
//! The paths are those of Opendatasoft portals, and `/__demo/` of the comparison.

use http::{Method, StatusCode};

use super::cookies::Source;
use super::response::{self, Reply, asset};
use super::third_parties::ThirdParty;
use super::visit::Visit;
use super::{Site, account, api, compare, pages};

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Answers a request. Empty segments are ignored, so a path with and without its last slash is the same. An unknown path is
/// a 404 page.
pub(super) fn answer(visit: &Visit, site: &Site) -> Reply {
    let path: Vec<&str> = visit.path.split('/').filter(|segment| !segment.is_empty()).collect();
    match path.as_slice() {
        [.., "__demo", "jar"] => compare::sent(visit),
        ["api", "explore", "v2.1", ..] if visit.method == Method::OPTIONS => preflight(),
        ["api", "explore", "v2.1", rest @ ..] => api::answer(visit, rest),
        ["__demo", rest @ ..] => compare::answer(visit, site, rest),
        ["login"] => account::login(visit),
        ["logout"] => account::logout(),
        ["i18n", "setlang"] => account::set_language(visit),
        ["static", "trackers.js"] => tags(visit, site),
        ["static", "choice.js"] => choice(site),
        ["static", name] => file(name).unwrap_or_else(|| pages::missing(visit)),
        ["assets", "pixel.gif"] => response::pixel(PIXEL),
        path => page(visit, site, path),
    }
}

fn page(visit: &Visit, site: &Site, path: &[&str]) -> Reply {
    match path {
        _ if visit.method != Method::GET && visit.method != Method::HEAD => {
            response::plain(StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD\n")
        }
        [] => response::track(response::redirect("/pages/accueil/"), Source::Redirect),
        ["pages", "accueil"] => pages::home(visit, site),
        ["explore"] => pages::explore(visit),
        ["explore", "dataset", id, ..] => pages::dataset(visit, id),
        ["terms", "cookies-policy"] => pages::policy(visit, site),
        ["robots.txt"] => response::plain(StatusCode::OK, "User-agent: *\nDisallow: /\n"),
        _ => pages::missing(visit),
    }
}

/// The script that records the choice: the banner's codec, and the part that all banners share.
fn choice(site: &Site) -> Reply {
    asset(SCRIPT, [site.banner.codec(), include_str!("../assets/choice.js")].concat())
}

/// The script that makes the page load the tags of a third party, whatever the visitor chose.
fn tags(visit: &Visit, site: &Site) -> Reply {
    let script = ThirdParty::Statistics.address(visit, site);
    response::tags(format!(
        "const tags = `{script}&at=${{encodeURIComponent(location.origin)}}`;\n\
         document.head.append(Object.assign(document.createElement(\"script\"), {{ src: tags }}));\n"
    ))
}

/// The preflight (CORS) of a widget on another site that calls the API with its own header field.
fn preflight() -> Reply {
    let mut reply = response::plain(StatusCode::OK, "");
    let headers = reply.headers_mut();
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "GET, HEAD, OPTIONS"),
        ("access-control-allow-headers", "ODS-Widgets-Version, Authorization"),
        ("access-control-max-age", "1000"),
    ] {
        headers.insert(name, http::HeaderValue::from_static(value));
    }
    reply
}

/// A transparent image of one pixel.
pub(super) const PIXEL: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\0\0\0!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// The static files of the pages, which are compiled in.
fn file(name: &str) -> Option<Reply> {
    const CSS: &str = "text/css; charset=utf-8";
    let (content_type, text) = match name {
        "portal.css" => (CSS, include_str!("../assets/portal.css")),
        "demo.css" => (CSS, include_str!("../assets/demo.css")),
        "banner.js" => (SCRIPT, include_str!("../assets/banner.js")),
        "dataset.js" => (SCRIPT, include_str!("../assets/dataset.js")),
        "panel.js" => (SCRIPT, include_str!("../assets/panel.js")),
        "states.js" => (SCRIPT, include_str!("../assets/states.js")),
        "fill.js" => (SCRIPT, include_str!("../assets/fill.js")),
        "compare.js" => (SCRIPT, include_str!("../assets/compare.js")),
        "icon.svg" => ("image/svg+xml", include_str!("../assets/icon.svg")),
        _ => return None,
    };
    Some(asset(content_type, text.as_bytes()))
}
