//! Orejime 2 (cookie `orejime`) and 3 (`eu-consent`): a flat JSON object, purpose → boolean; some sites write 1 and 0.
//!
//! Nothing is written before the visitor chose. On "refuse", 2.3.3 writes `false` for the mandatory app, too, and 3 does
//! for an `isExempt` purpose: an exempt category is not to be read from them.
//!
//! Source: boscop-fr/orejime, `src/core/CookieConsentsRepository.ts` (3.2.0) and `src/consent-manager.js` (2.x).

use super::{Definition, flat_json};

pub(super) const DEFINITION: Definition = Definition {
    word: "orejime",
    about: "Orejime 2 and 3: a JSON object, purpose → boolean",
    stems: &["eu-consent", "orejime"],
    default_keys: &[
        ("mandatory", "necessary"),
        ("analytics", "statistics"),
        ("matomo", "statistics"),
        ("matomo-tag-manager", "statistics"),
        ("google-analytics", "statistics"),
    ],
    read: |parts, _, answers| parts.read_json(0, answers, flat_json::booleans_or_bits),
    ..Definition::PLAIN
};

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Orejime,
            &["analytics", "matomo-tag-manager"],
            &[
                ("eu-consent={%22analytics%22:true%2C%22matomo-tag-manager%22:false}", "yn"),
                (r#"orejime={"analytics":1,"matomo-tag-manager":0}"#, "yn"),
                ("orejime=%7B%22analytics%22%3A1%2C%22matomo-tag-manager%22%3A2%7D", "yn"),
                (r#"orejime={"analytics":10,"matomo-tag-manager":"1"}"#, "nn"),
                (r#"orejime={"analytics":1.0}"#, "n-"),
                (r#"orejime={"analytics":1"#, "unreadable"),
            ],
        );
    }
}
