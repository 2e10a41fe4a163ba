//! Opendatasoft's `cookies_preferences`: a flat JSON object, key → boolean, with an optional `timestamp`.
//!
//! Banners write such JSON in three ways: percent-encoded as a whole, percent-encoded in part (as js-cookie does), or
//! raw. All are read, and so is what a server's framework makes of them when it writes the cookie again (`unquote`). An
//! absent key is unsaid, and a key that is anything but `true` is refused.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::unquote::{Layer, plus_as_space};
use super::{Choice, Keys, Reading, Statement};
use crate::cookie::UnixTime;

/// No browser stores a longer name and value (RFC 6265bis §5.6, step 5).
const MAX_BYTES: usize = 4096;
const MAX_KEYS: usize = 256;
/// A framework's quotes around what another one encoded twice.
const MAX_LAYERS: usize = 3;
/// A smaller number counts seconds, a larger one milliseconds: the border is in 1973 by the one, in 5138 by the other.
const FIRST_MILLISECONDS: f64 = 1e11;

/// What a value says, or `None` where it is not such an object.
pub(super) fn read(value: &[u8], keys: &Keys) -> Option<Statement> {
    if value.len() > MAX_BYTES {
        return None;
    }
    parse_decoded(value, keys).or_else(|| parse(value, keys)).or_else(|| parse_requoted(value, keys, MAX_LAYERS))
}

/// What the value says, percent-decoded.
fn parse_decoded(value: &[u8], keys: &Keys) -> Option<Statement> {
    if is_percent_encoded(value) { parse(&Cow::from(percent_decode(value)), keys) } else { None }
}

/// What the value says, taken out of the quotes or escapes that frameworks put around it. It was no such object as it
/// stands: what can be read in two ways is read in none.
fn parse_requoted(value: &[u8], keys: &Keys, layers: usize) -> Option<Statement> {
    let layers = layers.checked_sub(1)?;
    let inner = match Layer::of(value)? {
        Layer::Quotes(inner) => inner,
        Layer::Percent if is_percent_encoded(value) => {
            if let Some(statement) = plus_as_space(value).and_then(|value| parse_decoded(&value, keys)) {
                return Some(statement);
            }
            percent_decode(value).collect()
        }
        Layer::Percent => return None,
    };
    let read = parse_decoded(&inner, keys).or_else(|| parse(&inner, keys));
    read.or_else(|| parse_requoted(&inner, keys, layers))
}

/// Whether every `%` begins an escape: a stray one would be passed over by the decoder.
fn is_percent_encoded(value: &[u8]) -> bool {
    let mut escapes = value.split(|byte| *byte == b'%');
    escapes.next();
    escapes.all(|rest| matches!(rest, [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()))
}

fn parse(json: &[u8], keys: &Keys) -> Option<Statement> {
    // `serde_json` looks at the encoding of what it reads alone: not at what stands within a value that is passed over.
    let mut deserializer = serde_json::Deserializer::from_str(std::str::from_utf8(json).ok()?);
    let statement = deserializer.deserialize_map(Preferences(keys)).ok()?;
    deserializer.end().ok()?;
    Some(statement)
}

struct Preferences<'k>(&'k Keys);

impl<'de> Visitor<'de> for Preferences<'_> {
    type Value = Statement;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a flat object of booleans")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Statement, A::Error> {
        let mut choice = Choice::silent(Reading::Given);
        let mut date = None;
        let mut count = 0;
        while let Some(key) = map.next_key::<Key<'de>>()? {
            count += 1;
            if count > MAX_KEYS {
                return Err(A::Error::custom("too many keys"));
            }
            let said = map.next_value::<Said>()?;
            if key.0 == "timestamp" {
                let stated = said.date().ok_or_else(|| A::Error::custom("a timestamp that is no date"))?;
                date = Some(date.map_or(stated, |earlier| stated.min(earlier)));
            } else {
                note(&mut choice, self.0, &key.0, said == Said::Bool(true));
            }
        }
        // A key that is said twice is granted only where it is granted twice.
        choice.granted = choice.granted.without(choice.refused);
        Ok(Statement { choice, date })
    }
}

fn note(choice: &mut Choice, keys: &Keys, key: &str, granted: bool) {
    let known = keys.find(key);
    if granted {
        choice.granted = choice.granted.union(known);
    } else {
        choice.refused = choice.refused.union(known);
    }
    choice.other_key |= known.is_empty();
    choice.other_refused |= known.is_empty() && !granted;
}

/// A key, borrowed where it holds no escape.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// What stands after a key, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Said {
    Bool(bool),
    Number(f64),
    Other,
}

impl Said {
    fn date(self) -> Option<UnixTime> {
        let Self::Number(number) = self else { return None };
        let seconds = if number < FIRST_MILLISECONDS { number } else { number / 1000.0 };
        // Within these bounds the conversion is exact to the second.
        #[allow(clippy::cast_possible_truncation)]
        (0.0..1e12).contains(&seconds).then_some(UnixTime(seconds as i64))
    }
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SaidVisitor)
    }
}

struct SaidVisitor;

impl<'de> Visitor<'de> for SaidVisitor {
    type Value = Said;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Said, E> {
        Ok(Said::Bool(value))
    }

    #[allow(clippy::cast_precision_loss)] // A date far beyond any that is accepted.
    fn visit_u64<E: Error>(self, value: u64) -> Result<Said, E> {
        Ok(Said::Number(value as f64))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_i64<E: Error>(self, value: i64) -> Result<Said, E> {
        Ok(Said::Number(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Said, E> {
        Ok(Said::Number(value))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Said, E> {
        Ok(Said::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Said, E> {
        Ok(Said::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Said, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Said::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Said, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Said::Other)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys() -> Keys {
        Keys::new(["functional_cookies", "ga", "matomo", "xiti", "piano"].map(str::to_owned).to_vec())
    }

    /// `y` granted, `n` refused, `-` unsaid, in the order of [`keys`]; `None` where unreadable.
    fn said(value: &[u8]) -> Option<String> {
        let choice = read(value, &keys())?.choice;
        let of = |key| match keys().find(key) {
            key if choice.granted.intersects(key) => 'y',
            key if choice.refused.intersects(key) => 'n',
            _ => '-',
        };
        Some(["functional_cookies", "ga", "matomo", "xiti", "piano"].into_iter().map(of).collect())
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
    fn a_key_said_twice_is_granted_only_where_both_grant() {
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
            assert_eq!(read(value, &keys()), None, "{}", value.escape_ascii());
        }
    }

    /// As each framework writes a cookie again whose value is this JSON.
    fn rewritten(json: &str) -> Vec<String> {
        let percent =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        // Python's http.cookies, and with it Django: in quotes, with octal for what no value may hold.
        let octal = |byte: char| match byte {
            '"' | '\\' => format!("\\{byte}"),
            ',' | ';' => format!("\\{:03o}", u32::from(byte)),
            byte if byte.is_ascii() => byte.to_string(),
            byte => byte.to_string().bytes().map(|byte| format!("\\{byte:03o}")).collect::<Vec<_>>().concat(),
        };
        let python = |text: &str| format!("\"{}\"", text.chars().map(octal).collect::<String>());
        // PHP's urlencode.
        let php = |text: &str| percent(text).replace("%20", "+");
        let asp = |text: &str| text.replace('"', "\\\"");
        vec![
            python(json),
            python(&percent(json)),
            php(json),
            asp(json),
            percent(&asp(json)),
            percent(&percent(json)),
            php(&percent(json)),
            format!("\"{}\"", percent(json)),
            format!("\"{}\"", php(json)),
            format!("\"{}\"", percent(&percent(json))),
            python(&python(json)),
            percent(&python(json)),
        ]
    }

    #[test]
    fn what_frameworks_wrote_again_is_read_as_it_was_meant() {
        let json = r#"{"functional_cookies": true, "matomo": false, "piano": true, "timestamp": 1764000000000}"#;
        let plain = read(json.as_bytes(), &keys()).expect(json);
        for value in rewritten(json) {
            assert_eq!(read(value.as_bytes(), &keys()), Some(plain), "{value}");
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
            assert_eq!(read(value.as_bytes(), &keys()), None, "{value}");
        }
    }

    #[test]
    fn booleans_as_text_stay_refused_however_they_were_written_again() {
        let json = r#"{"matomo": "true", "ga": "1"}"#;
        for value in rewritten(json) {
            assert_eq!(said(value.as_bytes()).as_deref(), Some("-nn--"), "{value}");
        }
    }

    #[test]
    fn sizes_are_bounded() {
        let many =
            |count: usize| format!("{{{}}}", (0..count).map(|n| format!("\"k{n}\":1")).collect::<Vec<_>>().join(","));
        assert!(read(many(256).as_bytes(), &keys()).is_some());
        assert!(read(many(257).as_bytes(), &keys()).is_none());
        assert!(read(format!("{{\"a\":\"{}\"}}", "x".repeat(4096)).as_bytes(), &keys()).is_none());
    }

    #[test]
    fn unknown_keys_are_noted() {
        let choice = |json: &str| read(json.as_bytes(), &keys()).expect(json).choice;
        assert!(!choice(r#"{"ga":false,"timestamp":1764000000}"#).other_key);
        let granted = choice(r#"{"youtube":true}"#);
        assert!(granted.other_key && !granted.other_refused);
        assert!(choice(r#"{"youtube":false}"#).other_refused);
    }

    #[test]
    fn dates_count_seconds_or_milliseconds() {
        let date = |json: &str| read(json.as_bytes(), &keys()).expect(json).date;
        assert_eq!(date(r#"{"timestamp":1764000000}"#), Some(UnixTime(1_764_000_000)));
        assert_eq!(date(r#"{"timestamp":1764000000999}"#), Some(UnixTime(1_764_000_000)));
        assert_eq!(date(r#"{"timestamp":1764000000000,"timestamp":1700000000}"#), Some(UnixTime(1_700_000_000)));
        assert_eq!(date("{}"), None);
    }

    proptest! {
        #[test]
        fn never_panics_and_never_grants_what_it_refuses(value in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Some(statement) = read(&value, &keys()) {
                prop_assert!(!statement.choice.granted.intersects(statement.choice.refused));
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
            let plain = read(json.as_bytes(), &keys());
            prop_assert!(plain.is_some());
            for value in rewritten(&json) {
                prop_assert_eq!(read(value.as_bytes(), &keys()), plain, "{}", value);
            }
        }

        /// Whatever is taken out of a refusal, or put into it, nobody has agreed.
        #[test]
        fn a_refusal_never_opens(at in 0usize..200, with in proptest::option::of(any::<u8>()), form in 0usize..12) {
            let mut value = rewritten(r#"{"matomo": false, "ga": false, "timestamp": 1764000000000}"#)[form].clone().into_bytes();
            let at = at % value.len();
            match with {
                Some(byte) => value[at] = byte,
                None => drop(value.remove(at)),
            }
            let granted = read(&value, &keys()).is_some_and(|read| !read.choice.granted.is_empty());
            prop_assert!(!granted, "{}", value.escape_ascii());
        }

        #[test]
        fn encoding_changes_nothing(ga in any::<bool>(), matomo in any::<bool>(), at in 0u64..4_000_000_000) {
            let raw = format!(r#"{{"ga":{ga},"matomo":{matomo},"timestamp":{at}}}"#);
            let encoded = percent_encoding::utf8_percent_encode(&raw, percent_encoding::NON_ALPHANUMERIC).to_string();
            prop_assert_eq!(read(raw.as_bytes(), &keys()), read(encoded.as_bytes(), &keys()));
        }
    }
}
