//! Opendatasoft's `cookies_preferences`: a flat JSON object, key → boolean, with an optional `timestamp`.
//!
//! An absent key is unsaid, and a key that is anything but `true` is refused. The names and the six months that a choice
//! lasts are those of Opendatasoft's documentation of trackers and of legal information; the grammar is that of sites
//! that read the cookie.

use super::flat_json::{self, is_true};
use super::{Answers, Definition, Fault};
use crate::consent::date;
use crate::consent::json::Json;

pub(super) const DEFINITION: Definition = Definition {
    word: "opendatasoft",
    about: "Opendatasoft's `cookies_preferences`: a flat JSON object of booleans",
    stems: &["cookies_preferences"],
    default_keys: &[
        ("functional_cookies", "necessary"),
        ("ga", "statistics"),
        ("xiti", "statistics"),
        ("at", "statistics"),
        ("piano", "statistics"),
        ("eulerian", "statistics"),
        ("matomo", "statistics"),
    ],
    is_dated: true,
    read: |parts, _, answers| parts.read_json(0, answers, object),
    ..Definition::PLAIN
};

fn object(json: Json<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    flat_json::read(json, answers, |key, value, answers| {
        if key != b"timestamp" {
            return Ok(Some(is_true(value)));
        }
        let date = date::of_number(value).ok_or(Fault::new(0, "a timestamp that is a date"))?;
        answers.date(date);
        Ok(None)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Format, testing};
    use crate::consent::Choice;
    use crate::cookie::UnixTime;

    const KEYS: [&str; 5] = ["functional_cookies", "ga", "matomo", "xiti", "piano"];

    /// `None` if it is unreadable.
    fn read(value: &[u8]) -> Option<Choice> {
        let value = std::str::from_utf8(value).ok()?;
        testing::read(Format::Opendatasoft, &KEYS, &[("cookies_preferences", value)]).ok()
    }

    /// `y` granted, `n` refused, `-` unsaid, in the order of [`KEYS`]; `None` if it is unreadable.
    fn said(value: &[u8]) -> Option<String> {
        read(value).map(|choice| testing::said(&KEYS, &Ok(choice)))
    }

    #[test]
    fn the_three_encodings_say_the_same() {
        let full = b"%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Afalse%2C%22piano%22%3Atrue%7D";
        let partial = b"{%22functional_cookies%22:true%2C%22matomo%22:false%2C%22piano%22:true}";
        let raw = br#"{"functional_cookies":true,"matomo":false,"piano":true}"#;
        for value in [full.as_slice(), partial, raw] {
            assert_eq!(said(value).as_deref(), Some("y-n-y"), "{}", value.escape_ascii());
        }
    }

    #[test]
    fn only_true_grants() {
        for value in ["false", "null", "1", "\"true\"", "[true]", "{\"a\":true}", "1e0"] {
            let json = format!("{{\"matomo\":{value}}}");
            assert_eq!(said(json.as_bytes()).as_deref(), Some("--n--"), "{json}");
        }
    }

    #[test]
    fn a_key_said_twice_is_granted_only_if_both_grant() {
        assert_eq!(said(br#"{"ga":true,"ga":false,"matomo":false,"matomo":true}"#).as_deref(), Some("-nn--"));
    }

    #[test]
    fn what_is_no_such_object_is_unreadable() {
        let values: [&[u8]; 13] = [
            b"",
            b"true",
            b"[]",
            b"{",
            b"{}x",
            b"%E0%A4%A",
            b"%7B%22matomo%22%3Atrue",
            b"{\"a\xff\":true}",
            b"{\"matomo\":true,\"a\":[\"\xff\"]}",
            br#"{"timestamp":"yesterday"}"#,
            br#"{"timestamp":-1}"#,
            br#"{"timestamp":1e300}"#,
            br#""{\u0022matomo\u0022:true}""#,
        ];
        for value in values {
            assert_eq!(read(value), None, "{}", value.escape_ascii());
        }
    }

    #[test]
    fn what_frameworks_wrote_again_is_read_as_it_was_meant() {
        let json = r#"{"functional_cookies": true, "matomo": false, "piano": true, "timestamp": 1764000000000}"#;
        let plain = read(json.as_bytes()).expect(json);
        for value in testing::rewritten(json) {
            assert_eq!(read(value.as_bytes()), Some(plain), "{value}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_read_in_none() {
        let values = [
            r#""{\x22matomo\x22:true}""#,
            r#""{"matomo":true}""#,
            r#""{\"matomo":true}""#,
            r#"{\"matomo":true}"#,
            r#"{\"matomo\":true,\\"ga\":true}"#,
            r#"{\"matomo\":true\054\"ga\":true}"#,
            r#""{\"matomo\":true"#,
            r#"{\"matomo\":true}""#,
            r#""{\"matomo\":true\9}""#,
            r#""{\"matomo\":true\400}""#,
            r#"{"matomo":+true}"#,
            r#""\"""#,
            r#"""#,
            "%25257B%252522matomo%252522%25253Atrue%25257D%",
            "+%7B%22matomo%22%3A+tr+ue%7D",
        ];
        for value in values {
            assert_eq!(read(value.as_bytes()), None, "{value}");
        }
    }

    #[test]
    fn booleans_as_text_stay_refused_however_they_were_written_again() {
        let json = r#"{"matomo": "true", "ga": "1"}"#;
        for value in testing::rewritten(json) {
            assert_eq!(said(value.as_bytes()).as_deref(), Some("-nn--"), "{value}");
        }
    }

    #[test]
    fn sizes_are_bounded() {
        let many =
            |count: usize| format!("{{{}}}", (0..count).map(|n| format!("\"k{n}\":1")).collect::<Vec<_>>().join(","));
        assert!(read(many(256).as_bytes()).is_some());
        assert!(read(many(257).as_bytes()).is_none());
        assert!(read(format!("{{\"a\":\"{}\"}}", "x".repeat(4096)).as_bytes()).is_none());
    }

    #[test]
    fn unknown_keys_are_noted() {
        let choice = |json: &str| read(json.as_bytes()).expect(json);
        assert!(!choice(r#"{"ga":false,"timestamp":1764000000}"#).other_key);
        let granted = choice(r#"{"youtube":true}"#);
        assert!(granted.other_key && !granted.other_refused);
        assert!(choice(r#"{"youtube":false}"#).other_refused);
    }

    #[test]
    fn dates_count_seconds_or_milliseconds() {
        let date = |json: &str| read(json.as_bytes()).expect(json).date;
        assert_eq!(date(r#"{"timestamp":1764000000}"#), Some(UnixTime(1_764_000_000)));
        assert_eq!(date(r#"{"timestamp":1764000000999}"#), Some(UnixTime(1_764_000_000)));
        assert_eq!(date(r#"{"timestamp":1764000000000,"timestamp":1700000000}"#), Some(UnixTime(1_700_000_000)));
        assert_eq!(date("{}"), None);
    }

    proptest! {
        #[test]
        fn never_panics_and_never_grants_what_it_refuses(value in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Some(statement) = read(&value) {
                prop_assert!(!statement.granted.intersects(statement.refused));
            }
        }

        #[test]
        fn no_framework_changes_the_reading(
            said in proptest::collection::btree_map(
                "[a-z_]{1,8}|ga|matomo|xiti|caf\u{e9}|a b", prop_oneof![Just("true"), Just("false"), Just("\"true\""), Just("1")], 0..6,
            ),
            at in 0u64..4_000_000_000,
            space in prop_oneof![Just(""), Just(" ")],
        ) {
            let entries: Vec<_> = said.iter().map(|(key, value)| format!("\"{key}\":{space}{value}")).collect();
            let json = format!("{{{}}}", [entries, vec![format!("\"timestamp\":{space}{at}")]].concat().join(&format!(",{space}")));
            let plain = read(json.as_bytes());
            prop_assert!(plain.is_some());
            for value in testing::rewritten(&json) {
                prop_assert_eq!(read(value.as_bytes()), plain, "{}", value);
            }
        }

        /// Whatever is taken out of a refusal, or put into it, nobody has agreed.
        #[test]
        fn a_refusal_never_opens(at in 0usize..200, with in proptest::option::of(any::<u8>()), form in 0usize..12) {
            let mut value = testing::rewritten(r#"{"matomo": false, "ga": false, "timestamp": 1764000000000}"#)[form].clone().into_bytes();
            let at = at % value.len();
            match with {
                Some(byte) => value[at] = byte,
                None => drop(value.remove(at)),
            }
            let granted = read(&value).is_some_and(|read| !read.granted.is_empty());
            prop_assert!(!granted, "{}", value.escape_ascii());
        }

        #[test]
        fn encoding_changes_nothing(ga in any::<bool>(), matomo in any::<bool>(), at in 0u64..4_000_000_000) {
            let raw = format!(r#"{{"ga":{ga},"matomo":{matomo},"timestamp":{at}}}"#);
            let encoded = percent_encoding::utf8_percent_encode(&raw, percent_encoding::NON_ALPHANUMERIC).to_string();
            prop_assert_eq!(read(raw.as_bytes()), read(encoded.as_bytes()));
        }
    }
}
