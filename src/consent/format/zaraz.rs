//! Cloudflare Zaraz: a flat JSON object, purpose → boolean. A purpose's id is four letters that Zaraz gave it.
//!
//! Source: captures of `zaraz-consent`, raw and percent-encoded.

use super::{Definition, flat_json};

pub(super) const DEFINITION: Definition = Definition {
    word: "zaraz",
    about: "Cloudflare Zaraz: a JSON object, purpose → boolean",
    stems: &["zaraz-consent"],
    read: |parts, _, answers| parts.read_json(0, answers, flat_json::booleans),
    ..Definition::PLAIN
};

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Zaraz,
            &["eQic", "vxcT"],
            &[
                (r#"zaraz-consent={"eQic":true,"vxcT":false}"#, "yn"),
                ("zaraz-consent=%7B%22vxcT%22%3Atrue%7D", "-y"),
                ("zaraz-consent=true", "unreadable"),
            ],
        );
    }
}
