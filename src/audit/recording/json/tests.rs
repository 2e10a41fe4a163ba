//! The reader, compared with `serde_json` on arbitrary values that arrive a few bytes at a time.

use proptest::prelude::*;
use serde_json::Value as Oracle;

use super::*;

/// Gives at most this number of bytes at a time.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(self.0.len()).min(buffer.len());
        let (given, rest) = self.0.split_at(length);
        buffer[..length].copy_from_slice(given);
        self.0 = rest;
        Ok(length)
    }
}

fn build(json: &mut JsonReader<Trickle<'_>>) -> Result<Oracle, JsonFault> {
    Ok(match json.kind()? {
        Kind::Object => {
            let mut map = serde_json::Map::new();
            json.object(|json, key| {
                let key = String::from_utf8(key.as_bytes().to_vec()).unwrap();
                let value = build(json)?;
                map.insert(key, value);
                Ok(())
            })?;
            Oracle::Object(map)
        }
        Kind::Array => {
            let mut items = Vec::new();
            json.array(|json| build(json).map(|item| items.push(item)))?;
            Oracle::Array(items)
        }
        kind => {
            let mut text = Vec::new();
            assert!(json.scalar(&mut text, usize::MAX)?);
            let text = String::from_utf8_lossy(&text).into_owned();
            if kind == Kind::Text { Oracle::String(text) } else { serde_json::from_str(&text).unwrap_or(Oracle::Null) }
        }
    })
}

fn read(text: &[u8], step: usize) -> Result<Oracle, JsonFault> {
    let mut json = JsonReader::new(Trickle(text, step))?;
    let value = build(&mut json)?;
    json.end().map(|()| value)
}

fn skip(text: &[u8], step: usize) -> Result<(), JsonFault> {
    let mut json = JsonReader::new(Trickle(text, step))?;
    json.skip_value()?;
    json.end()
}

fn values() -> impl Strategy<Value = Oracle> {
    let leaf = prop_oneof![
        Just(Oracle::Null),
        any::<bool>().prop_map(Oracle::from),
        any::<i64>().prop_map(Oracle::from),
        any::<String>().prop_map(Oracle::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Oracle::from),
            prop::collection::btree_map("[^\u{0}]{0,8}", inner, 0..6)
                .prop_map(|map| Oracle::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn it_reads_what_serde_json_writes(value in values(), pretty in any::<bool>(), step in 1..9_usize) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        prop_assert_eq!(read(text.as_bytes(), step).unwrap(), value);
        prop_assert!(skip(text.as_bytes(), step).is_ok());
    }

    #[test]
    fn a_cut_text_is_reported_as_cut(items in prop::collection::vec(values(), 0..4), step in 1..9_usize, at in any::<prop::sample::Index>()) {
        let text = Oracle::from(items).to_string();
        let cut = &text.as_bytes()[..at.index(text.len())];
        let is_cut = matches!(skip(cut, step), Err(JsonFault::Cut { .. }));
        prop_assert!(is_cut);
        prop_assert!(read(cut, step).is_err());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), step in 1..9_usize) {
        let _ = read(&bytes, step);
        let is_json = serde_json::from_slice::<Oracle>(&bytes).is_ok();
        prop_assert!(!is_json || skip(&bytes, step).is_ok());
    }
}

#[test]
fn escapes_are_decoded() {
    for (text, expected) in [
        (r#""\ud83d\ude00\u00e9""#, "\u{1f600}\u{e9}"),
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""\ud83dx""#, "\u{fffd}x"),
        (r#""\ude00""#, "\u{fffd}"),
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
    ] {
        for step in [1, 100] {
            assert_eq!(read(text.as_bytes(), step).unwrap(), Oracle::from(expected), "{text}");
        }
    }
    assert!(read(br#""\x41""#, 1).is_err());
}

#[test]
fn a_string_that_is_too_long_is_cut() {
    let mut text = Vec::new();
    let mut json = JsonReader::new(Trickle(br#"["abcdef",1]"#, 2)).unwrap();
    json.array(|json| {
        let is_whole = json.scalar(&mut text, 3)?;
        assert!(is_whole == (text == b"1") && text.len() <= 3);
        Ok(())
    })
    .unwrap();
}
