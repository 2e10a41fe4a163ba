//! Klaro: a flat JSON object, service → boolean, percent-encoded. It is written once the visitor confirmed, not before.
//!
//! Source: klaro-org/klaro-js, `src/consent-manager.js` and `src/utils/cookies.js`, 0.6.18 to 0.7.22. With
//! `storageMethod: 'localStorage'` there is no cookie to read.

use super::{Definition, flat_json};

pub(super) const DEFINITION: Definition = Definition {
    word: "klaro",
    about: "Klaro: a JSON object, service → boolean",
    stems: &["klaro"],
    default_keys: &[("matomo", "statistics"), ("google-analytics", "statistics"), ("googleAnalytics", "statistics")],
    read: |parts, _, answers| parts.read_json(0, answers, flat_json::booleans),
    ..Definition::PLAIN
};

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Klaro,
            &["googleAnalytics", "matomo"],
            &[
                ("klaro=%7B%22googleAnalytics%22%3Afalse%2C%22matomo%22%3Atrue%7D", "ny"),
                (r#"klaro={"googleAnalytics":true}"#, "y-"),
                (r#"klaro={"googleAnalytics":1,"matomo":"true"}"#, "nn"),
                ("klaro=%7B%22matomo%22%3Atrue", "unreadable"),
            ],
        );
    }
}
