//! The charter of the test portal, and choices as its banner writes them.

use std::fmt::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

/// The charter of the tests: the seed's four cookies, and two trackers that need consent.
pub(crate) const CHARTER: &str = r#"
[charter]
site = "data.education.gouv.fr"
languages = ["fr", "en"]
undeclared = "full-consent"

[[category]]
id = "necessary"
consent = "exempt"
title = { fr = "Cookies nécessaires", en = "Necessary cookies" }

[[category]]
id = "statistics"
consent = "required"
title = { fr = "Cookies de statistiques", en = "Statistics cookies" }

[[cookie]]
name = "sessionid"
category = "necessary"
[[cookie]]
name = "csrftoken"
category = "necessary"
[[cookie]]
name = "cookies_preferences"
category = "necessary"
[[cookie]]
name = "django_language"
category = "necessary"
[[cookie]]
name = "_ga"
category = "statistics"
[[cookie]]
prefix = "_pk_id."
category = "statistics"

[consent]
cookie = "cookies_preferences"
format = "opendatasoft"
valid_for = "6 months"

[consent.keys]
functional_cookies = "necessary"
matomo = "statistics"
ga = "statistics"
"#;

/// [`CHARTER`] with one text in another's place; the text must be there.
#[track_caller]
pub(crate) fn charter_with(old: &str, new: &str) -> String {
    assert!(CHARTER.contains(old), "the charter of the tests has no {old:?}");
    CHARTER.replace(old, new)
}

/// Everything granted, today.
pub(crate) fn granted() -> String {
    choice(&format!(r#"{{"functional_cookies":true,"ga":true,"matomo":true,"timestamp":{}}}"#, now_ms()))
}

/// Statistics refused, today.
pub(crate) fn refused() -> String {
    choice(&format!(r#"{{"functional_cookies":true,"ga":false,"matomo":false,"timestamp":{}}}"#, now_ms()))
}

/// A choice as `encodeURIComponent` writes it, ready for a `Cookie` line.
pub(crate) fn choice(json: &str) -> String {
    format!("cookies_preferences={}", percent_encoded(json))
}

/// Every byte but RFC 3986's unreserved ones in percent signs.
pub(crate) fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
        out
    })
}

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

/// The milliseconds of a day.
pub(crate) const DAY_MS: i64 = 86_400_000;
