//! `eu-consent`: a flat JSON object, purpose → boolean, in whatever encoding.
//!
//! An absent purpose is unsaid, and whatever is not `true` refuses. Orejime 3 writes the same by this name.

use super::{Definition, flat_json};

pub(super) const DEFINITION: Definition = Definition {
    word: "eu-consent",
    about: "`eu-consent`: a JSON object, purpose → boolean",
    stems: &["eu-consent"],
    default_keys: &[
        ("mandatory", "necessary"),
        ("necessary", "necessary"),
        ("analytics", "statistics"),
        ("statistics", "statistics"),
        ("audience", "statistics"),
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
            Format::EuConsent,
            &["matomo", "youtube"],
            &[
                ("eu-consent={%22matomo%22:true%2C%22youtube%22:false}", "yn"),
                ("eu-consent=%7B%22matomo%22%3Atrue%7D", "y-"),
                (r#"eu-consent={"matomo":1,"youtube":"true"}"#, "nn"),
                (r#"eu-consent={"matomo":true"#, "unreadable"),
            ],
        );
    }
}
