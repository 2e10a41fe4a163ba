//! Drupal's module cookiesjsr: a JSON object, service → boolean, encoded as a whole or in parts.
//!
//! "Deny all" writes `false` for services that need no consent, too: an exempt category is not to be read from them.
//!
//! Source: jfeltkamp/cookiesjsr, README and `dist`, 1.0.17.

use super::{Definition, flat_json};

pub(super) const DEFINITION: Definition = Definition {
    word: "cookiesjsr",
    about: "Drupal's cookiesjsr: a JSON object, service → boolean",
    stems: &["cookiesjsr"],
    default_keys: &[
        ("base", "necessary"),
        ("functional", "necessary"),
        ("gtag", "statistics"),
        ("analytics", "statistics"),
        ("matomo", "statistics"),
    ],
    read: |parts, _, answers| parts.read_json(0, answers, flat_json::booleans),
    ..Definition::PLAIN
};

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Cookiesjsr,
            &["gtag", "vimeo"],
            &[
                ("cookiesjsr=%7B%22gtag%22:false,%22functional%22:false,%22vimeo%22:true%7D", "ny"),
                (r#"cookiesjsr={"gtag":true,"vimeo":false}"#, "yn"),
                ("cookiesjsr=%7B%22gtag%22%3Atrue%7D", "y-"),
                ("cookiesjsr=[]", "unreadable"),
            ],
        );
    }
}
