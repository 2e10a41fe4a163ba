//! Every cookie that the sample portal sets: the four of its charter, and the trackers that the charter is silent about.
//!
//! The trackers come whatever the visitor chose, by header and by script, from every kind of response: that is how the
//! portals fail that this demo stands for.

use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use http::HeaderValue;

/// Holds a login (Django).
pub const SESSION: &str = "sessionid";
/// Proves that a form comes from the portal's own page (Django).
pub const CSRF: &str = "csrftoken";
/// Holds the language of the pages (Django).
pub const LANGUAGE: &str = "django_language";
/// Holds the visitor's choice; written by `assets/banner.js`.
pub const PREFERENCES: &str = "cookies_preferences";

/// What the portal's charter lists.
pub const CHARTER: [&str; 4] = [SESSION, CSRF, LANGUAGE, PREFERENCES];

/// What `assets/trackers.js` sets on every page.
pub const BY_SCRIPT: [&str; 4] = ["_pk_id.1.1fff", "_pk_ses.1.1fff", "_pk_ref.1.1fff", "_ga_EDU2026DEMO"];

/// The kind of a response, which decides on its trackers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An HTML page.
    Page,
    /// The measuring image.
    Pixel,
    /// An answer of the Explore API.
    Api,
    /// The redirect from `/`.
    Redirect,
    /// A page that does not exist.
    NotFound,
}

/// A cookie set by header: where, its name, a value as its service writes it, its lifetime in days.
struct Tracker {
    place: Place,
    name: &'static str,
    value: &'static str,
    days: i64,
}

const fn tracker(place: Place, name: &'static str, value: &'static str, days: i64) -> Tracker {
    Tracker { place, name, value, days }
}

const TRACKERS: [Tracker; 13] = [
    tracker(Place::Page, "_ga", "GA1.1.1893456712.1764000000", 730),
    tracker(Place::Page, "_gid", "GA1.1.720014455.1764000000", 1),
    tracker(Place::Page, "_fbp", "fb.0.1764000000000.1098115397", 90),
    tracker(Place::Page, "xtuid", "5dd8a2c6-7c3a-4f0b-9a65-0f4a5b1d2c3e", 180),
    tracker(Place::Page, "atuserid", "%7B%22name%22%3A%22atuserid%22%2C%22val%22%3A%22a1b2c3%22%7D", 395),
    tracker(Place::Page, "AMCV_2A6E210654E74B040A4C98A7%40AdobeOrg", "MCMID|0192837465", 730),
    tracker(Place::Pixel, "_hjSessionUser_3141592", "eyJpZCI6ImRlbW8ifQ==", 365),
    tracker(Place::Pixel, "IDE", "AHWqTUnDemo", 390),
    tracker(Place::Api, "_clck", "1x2y3z|2|fr0|0|1764", 365),
    tracker(Place::Api, "visitor_id", "84f1c0d2", 365),
    tracker(Place::Redirect, "_gcl_au", "1.1.1122334455.1764000000", 90),
    tracker(Place::Redirect, "etuix", "8s7dF6gH5jK4", 395),
    tracker(Place::NotFound, "_uetsid", "0c1d2e3f4a5b", 1),
];

/// The names of all trackers that are set by header.
pub fn by_header() -> impl Iterator<Item = &'static str> {
    TRACKERS.iter().map(|tracker| tracker.name)
}

/// The `Set-Cookie` values of the trackers of `place`.
pub(super) fn trackers(place: Place) -> impl Iterator<Item = HeaderValue> {
    TRACKERS.iter().filter(move |tracker| tracker.place == place).filter_map(|tracker| {
        let cookie = Cookie::build((tracker.name, tracker.value)).path("/").max_age(Duration::days(tracker.days));
        field(&cookie.build())
    })
}

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

/// The end of a login.
pub(super) fn end_of_session() -> Option<HeaderValue> {
    let mut cookie = necessary(SESSION, "", 0).build().into_owned();
    cookie.make_removal();
    field(&cookie)
}

/// A random token: 32 letters and digits.
pub(super) fn token() -> String {
    std::iter::repeat_with(fastrand::alphanumeric).take(32).collect()
}

fn necessary<'c>(name: &'c str, value: &'c str, days: i64) -> cookie::CookieBuilder<'c> {
    Cookie::build((name, value)).path("/").same_site(SameSite::Lax).max_age(Duration::days(days))
}

fn field(cookie: &Cookie<'_>) -> Option<HeaderValue> {
    HeaderValue::from_str(&cookie.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_set_the_names_that_the_comparison_shows() {
        let script = include_str!("../assets/trackers.js");
        for name in BY_SCRIPT {
            assert!(script.contains(&format!("\"{name}\"")), "{name}");
        }
    }

    #[test]
    fn a_tracker_is_written_as_its_service_names_it() {
        let lines: Vec<_> = trackers(Place::Redirect).collect();
        assert_eq!(lines[0], "_gcl_au=1.1.1122334455.1764000000; Path=/; Max-Age=7776000");
    }

    #[test]
    fn the_end_of_a_session_deletes_it() {
        let line = end_of_session().unwrap();
        let line = line.to_str().unwrap();
        assert!(line.starts_with("sessionid=; ") && line.contains("Max-Age=0"), "{line}");
    }
}
