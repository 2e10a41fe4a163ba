//! A pull parser for the JSON of consent cookies (RFC 8259): nothing is copied or allocated, and nothing is decoded that
//! is not asked for.
//!
//! A format walks the objects and arrays it knows ([`Json::next_key`], [`Json::next_item`]) and skips the rest
//! ([`Json::skip`]), which is still checked. A general parser builds or visits every value, which costs several times as
//! much for the few bytes of a cookie that matter.

use std::borrow::Cow;

use super::Fault;

/// Objects and arrays within each other. Known banners nest three levels.
const MAX_DEPTH: u32 = 16;

/// A JSON text, read from its beginning.
#[derive(Clone, Debug)]
pub(super) struct Json<'a> {
    text: &'a str,
    at: usize,
    /// How many objects and arrays are open.
    depth: u32,
    /// Whether the innermost one was opened just now: no comma is due.
    is_fresh: bool,
}

/// A value. An object or array is open: its keys or items come next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Object,
    Array,
    Text(Text<'a>),
    /// As it is written.
    Number(&'a str),
    Bool(bool),
    Null,
}

/// A string, as it stands between its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Text<'a> {
    raw: &'a str,
    has_escapes: bool,
}

impl<'a> Text<'a> {
    /// The string that is meant. Allocates if it has escapes.
    pub(super) fn decoded(self) -> Cow<'a, str> {
        if self.has_escapes { Cow::Owned(unescaped(self.raw)) } else { Cow::Borrowed(self.raw) }
    }

    /// Whether it is this string.
    pub(super) fn is(self, other: &str) -> bool {
        if self.has_escapes { unescaped(self.raw) == other } else { self.raw == other }
    }
}

impl<'a> Json<'a> {
    /// # Errors
    /// The text is no UTF-8.
    pub(super) fn new(text: &'a [u8]) -> Result<Self, Fault> {
        let text = std::str::from_utf8(text).map_err(|error| Fault::new(error.valid_up_to(), "UTF-8"))?;
        Ok(Self { text, at: 0, depth: 0, is_fresh: false })
    }

    /// Opens the object that comes next.
    ///
    /// # Errors
    /// Something else comes.
    pub(super) fn open_object(&mut self) -> Result<(), Fault> {
        let at = self.skip_space();
        if self.value()? == Value::Object { Ok(()) } else { Err(Fault::new(at, "an object")) }
    }

    /// The next key of the innermost object; `None` at its end, which closes it.
    ///
    /// # Errors
    /// There is neither.
    pub(super) fn next_key(&mut self) -> Result<Option<Text<'a>>, Fault> {
        if !self.goes_on(b'}')? {
            return Ok(None);
        }
        self.skip_space();
        let key = self.string()?;
        self.skip_space();
        self.require(b':', "`:`")?;
        Ok(Some(key))
    }

    /// The next item of the innermost array; `None` at its end, which closes it.
    ///
    /// # Errors
    /// There is neither.
    pub(super) fn next_item(&mut self) -> Result<Option<Value<'a>>, Fault> {
        if self.goes_on(b']')? { self.value().map(Some) } else { Ok(None) }
    }

    /// The value that comes next.
    ///
    /// # Errors
    /// None comes, or it is nested too deeply.
    pub(super) fn value(&mut self) -> Result<Value<'a>, Fault> {
        let at = self.skip_space();
        match self.peek() {
            Some(b'{') => self.open(Value::Object),
            Some(b'[') => self.open(Value::Array),
            Some(b'"') => self.string().map(Value::Text),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(Fault::new(at, "a value")),
        }
    }

    /// Reads the value that comes next to its end, without looking into it.
    ///
    /// # Errors
    /// It is not well-formed.
    pub(super) fn skip_value(&mut self) -> Result<(), Fault> {
        let value = self.value()?;
        self.skip(value)
    }

    /// Passes over the value that comes next, and keeps where it begins, to be read once the rest is known to be whole.
    ///
    /// # Errors
    /// It is not well-formed, or the object had this key before: readers differ in which of two they take.
    pub(super) fn keep(&mut self, place: &mut Option<Self>) -> Result<(), Fault> {
        let at = self.at;
        if place.replace(self.clone()).is_some() {
            return Err(Fault::new(at, "this key only once"));
        }
        self.skip_value()
    }

    /// The strings and numbers of the array that comes next.
    ///
    /// # Errors
    /// Something else comes or is in it.
    pub(super) fn list(&mut self, mut tell: impl FnMut(&str)) -> Result<(), Fault> {
        let at = self.skip_space();
        if self.value()? != Value::Array {
            return Err(Fault::new(at, "an array"));
        }
        while let Some(item) = self.next_item()? {
            match item {
                Value::Text(text) => tell(&text.decoded()),
                Value::Number(number) => tell(number),
                _ => return Err(Fault::new(self.at, "a string")),
            }
        }
        Ok(())
    }

    /// Reads a value that was opened to its end, without looking into it.
    ///
    /// # Errors
    /// It is not well-formed.
    pub(super) fn skip(&mut self, opened: Value<'a>) -> Result<(), Fault> {
        // One bit for each level that is open: whether it is an object.
        let mut objects: u32 = 0;
        let mut levels = 0_u32;
        let mut value = opened;
        loop {
            match value {
                Value::Object => (objects, levels) = ((objects << 1) | 1, levels + 1),
                Value::Array => (objects, levels) = (objects << 1, levels + 1),
                _ => {}
            }
            value = loop {
                if levels == 0 {
                    return Ok(());
                }
                let next = if objects & 1 == 1 {
                    self.next_key()?.map(|_| self.value()).transpose()?
                } else {
                    self.next_item()?
                };
                if let Some(value) = next {
                    break value;
                }
                (objects, levels) = (objects >> 1, levels - 1);
            };
        }
    }

    /// Checks that nothing but white space is left.
    ///
    /// # Errors
    /// Something is.
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        let at = self.skip_space();
        if at == self.text.len() { Ok(()) } else { Err(Fault::new(at, "the end")) }
    }

    /// Whether another member comes, behind its comma; if not, `close` does and is taken.
    fn goes_on(&mut self, close: u8) -> Result<bool, Fault> {
        let at = self.skip_space();
        let is_fresh = std::mem::take(&mut self.is_fresh);
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth = self.depth.saturating_sub(1);
                Ok(false)
            }
            Some(b',') if !is_fresh => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if is_fresh => Ok(true),
            _ => Err(Fault::new(at, if close == b'}' { "`,` or `}`" } else { "`,` or `]`" })),
        }
    }

    fn open(&mut self, value: Value<'a>) -> Result<Value<'a>, Fault> {
        if self.depth == MAX_DEPTH {
            return Err(Fault::new(self.at, "at most 16 levels"));
        }
        self.depth += 1;
        self.at += 1;
        self.is_fresh = true;
        Ok(value)
    }

    fn string(&mut self) -> Result<Text<'a>, Fault> {
        self.require(b'"', "a string")?;
        let start = self.at;
        let mut has_escapes = false;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let plain = rest.iter().position(|byte| !is_plain(*byte)).unwrap_or(rest.len());
            self.at += plain;
            match rest.get(plain) {
                Some(b'"') => {
                    let raw = self.text.get(start..self.at).unwrap_or_default();
                    self.at += 1;
                    return Ok(Text { raw, has_escapes });
                }
                Some(b'\\') => {
                    has_escapes = true;
                    self.escape()?;
                }
                Some(_) => return Err(Fault::new(self.at, "no control character")),
                None => return Err(Fault::new(self.at, "`\"`")),
            }
        }
    }

    /// Passes over an escape. Half of a surrogate pair is none: it stands for no character.
    fn escape(&mut self) -> Result<(), Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default().as_bytes();
        self.at += match rest {
            [_, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [_, b'u', ..] => match surrogate_pair(rest) {
                Some(_) => 12,
                None if utf16_unit(rest).is_some_and(|unit| char::from_u32(unit).is_some()) => 6,
                None => return Err(Fault::new(self.at, "an escape")),
            },
            _ => return Err(Fault::new(self.at, "an escape")),
        };
        Ok(())
    }

    fn number(&mut self) -> Result<Value<'a>, Fault> {
        let start = self.at;
        self.take_if(|byte| byte == b'-');
        if !self.take_if(|byte| byte == b'0') {
            self.digits()?;
        }
        if self.take_if(|byte| byte == b'.') {
            self.digits()?;
        }
        if self.take_if(|byte| matches!(byte, b'e' | b'E')) {
            self.take_if(|byte| matches!(byte, b'+' | b'-'));
            self.digits()?;
        }
        Ok(Value::Number(self.text.get(start..self.at).unwrap_or_default()))
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while self.take_if(|byte| byte.is_ascii_digit()) {}
        if self.at > start { Ok(()) } else { Err(Fault::new(start, "a digit")) }
    }

    fn word(&mut self, word: &'static str, value: Value<'a>) -> Result<Value<'a>, Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return Err(Fault::new(self.at, "a value"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn require(&mut self, byte: u8, name: &'static str) -> Result<(), Fault> {
        if self.take_if(|next| next == byte) { Ok(()) } else { Err(Fault::new(self.at, name)) }
    }

    fn take_if(&mut self, is_taken: impl Fn(u8) -> bool) -> bool {
        let is_one = self.peek().is_some_and(is_taken);
        self.at += usize::from(is_one);
        is_one
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The position of what comes behind white space.
    fn skip_space(&mut self) -> usize {
        while self.take_if(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {}
        self.at
    }
}

/// Which bytes stand for themselves in a string: a table, because strings are most of a text.
const PLAIN: [bool; 256] = plain_bytes();

#[allow(clippy::indexing_slicing)] // A constant, checked when it is compiled.
const fn plain_bytes() -> [bool; 256] {
    let mut plain = [true; 256];
    let mut control = 0;
    while control < 0x20 {
        plain[control] = false;
        control += 1;
    }
    plain[b'"' as usize] = false;
    plain[b'\\' as usize] = false;
    plain
}

fn is_plain(byte: u8) -> bool {
    PLAIN.get(usize::from(byte)).copied().unwrap_or(false)
}

/// The number of a `\uXXXX` at the front.
fn utf16_unit(escape: &[u8]) -> Option<u32> {
    let [b'\\', b'u', a, b, c, d, ..] = escape else { return None };
    [a, b, c, d].into_iter().try_fold(0, |unit, digit| Some((unit << 4) | char::from(*digit).to_digit(16)?))
}

/// The character that two escapes at the front stand for together.
fn surrogate_pair(escapes: &[u8]) -> Option<char> {
    let high = utf16_unit(escapes).filter(|unit| (0xd800..0xdc00).contains(unit))?;
    let low = utf16_unit(escapes.get(6..)?).filter(|unit| (0xdc00..0xe000).contains(unit))?;
    char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
}

/// What a string with escapes, which were checked, stands for.
fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let whole = rest.get(plain.len()..).unwrap_or_default().as_bytes();
        let (character, length) = match escape.as_bytes().first() {
            Some(b'u') => match surrogate_pair(whole) {
                Some(character) => (character, 11),
                None => (utf16_unit(whole).and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER), 5),
            },
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(byte) => (char::from(*byte), 1),
            None => break,
        };
        text.push(character);
        rest = escape.get(length..).unwrap_or_default();
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value as Oracle;

    use super::*;

    /// The whole text as another parser's value, or `None` if it is refused.
    fn read(text: &[u8]) -> Option<Oracle> {
        let mut json = Json::new(text).ok()?;
        let value = json.value().ok()?;
        let value = build(&mut json, value).ok()?;
        json.end().ok()?;
        Some(value)
    }

    fn build(json: &mut Json<'_>, value: Value<'_>) -> Result<Oracle, Fault> {
        Ok(match value {
            Value::Object => {
                let mut map = serde_json::Map::new();
                while let Some(key) = json.next_key()? {
                    let value = json.value()?;
                    map.insert(key.decoded().into_owned(), build(json, value)?);
                }
                Oracle::Object(map)
            }
            Value::Array => {
                let mut items = Vec::new();
                while let Some(value) = json.next_item()? {
                    items.push(build(json, value)?);
                }
                Oracle::Array(items)
            }
            Value::Text(text) => Oracle::String(text.decoded().into_owned()),
            Value::Number(number) => serde_json::from_str(number).unwrap_or(Oracle::Null),
            Value::Bool(value) => Oracle::Bool(value),
            Value::Null => Oracle::Null,
        })
    }

    fn skips(text: &[u8]) -> bool {
        let whole = |json: &mut Json<'_>| {
            let value = json.value()?;
            json.skip(value)?;
            json.end()
        };
        Json::new(text).and_then(|mut json| whole(&mut json)).is_ok()
    }

    fn oracle(text: &[u8]) -> Option<Oracle> {
        serde_json::from_str(std::str::from_utf8(text).ok()?).ok()
    }

    #[test]
    fn odd_texts_are_read_as_another_parser_reads_them() {
        for text in [
            "",
            " ",
            "{",
            "}",
            "{}",
            "[]",
            "[1,]",
            "{\"a\":1,}",
            "{,}",
            "[,]",
            "{\"a\"}",
            "{\"a\" : [ ] }",
            "01",
            "-",
            "-0",
            "1.",
            "1.5e-3",
            "1e",
            "tru",
            "true false",
            "nul",
            "\"",
            "\"\\\"",
            "\"\\u12\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83dx\"",
            "\"\\x\"",
            "\"\t\"",
            "[1 2]",
            "{\"a\":1 \"b\":2}",
            "[[[]]",
            "\u{feff}{}",
            "\"\\u00e9\\n\\/\\b\"",
            "[{}]",
            "[{\"a\":[1,{\"b\":null}]},2]",
        ] {
            assert_eq!(read(text.as_bytes()), oracle(text.as_bytes()), "{text:?}");
            assert_eq!(skips(text.as_bytes()), oracle(text.as_bytes()).is_some(), "{text:?}");
        }
    }

    #[test]
    fn a_string_is_compared_as_it_is_meant() {
        let mut json = Json::new(br#"{"m\u0061tomo":1}"#).unwrap();
        json.open_object().unwrap();
        assert!(json.next_key().unwrap().unwrap().is("matomo"));
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| [vec![b'['; depth], vec![b']'; depth]].concat();
        assert!(skips(&nested(16)));
        assert!(!skips(&nested(17)));
        assert!(!skips(&vec![b'['; 100_000]));
    }

    proptest! {
        #[test]
        fn agrees_with_another_parser(
            pieces in proptest::collection::vec(
                prop_oneof![
                    Just("{"), Just("}"), Just("["), Just("]"), Just(","), Just(":"), Just("\"a\""), Just("\"\\u00e9\""),
                    Just("\"\\\\\""), Just("1"), Just("-0.5"), Just("true"), Just("null"), Just(" "), Just("\""), Just("\\"),
                ],
                0..12,
            ),
        ) {
            let text = pieces.concat();
            prop_assert_eq!(read(text.as_bytes()), oracle(text.as_bytes()));
            prop_assert_eq!(skips(text.as_bytes()), oracle(text.as_bytes()).is_some());
        }

        #[test]
        fn any_bytes_are_read_or_refused(text in proptest::collection::vec(any::<u8>(), 0..60)) {
            prop_assert_eq!(read(&text), oracle(&text));
        }
    }
}
