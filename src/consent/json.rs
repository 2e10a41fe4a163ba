//! A pull parser for the JSON of consent cookies (RFC 8259): nothing is copied or allocated, and nothing is decoded that
//! is not asked for.
//!
//! A format walks the objects and arrays it knows ([`Json::next_key`], [`Json::next_item`]) and skips the rest
//! ([`Json::skip`]), which is still checked. A general parser builds or visits every value, which costs several times as
//! much for the few bytes of a cookie that matter.
//!
//! Most banners percent-encode the whole text. It is parsed in that form ([`Json::encoded`]): of the strings, which are most of
//! it, only those that a format reads are decoded.

mod mark;
mod string;

use super::Fault;

pub(super) use string::Text;

use mark::{COLON, COMMA, Mark, QUOTE, behind_plain, mark};

/// Objects and arrays within each other. Known banners nest three levels.
const MAX_DEPTH: u32 = 16;

/// A JSON text, read from its beginning.
#[derive(Clone, Debug)]
pub(super) struct Json<'a> {
    /// What was not read yet.
    rest: &'a [u8],
    /// The length of the whole.
    length: usize,
    /// How many objects and arrays are open.
    depth: u32,
    /// Whether the innermost one was opened just now: no comma is expected.
    is_fresh: bool,
    /// Whether `%22` stands for a quote.
    is_encoded: bool,
}

/// A value. An object or array is open: its keys or items come next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Object,
    Array,
    Text(Text<'a>),
    /// As it is written: ASCII.
    Number(&'a [u8]),
    Bool(bool),
    Null,
}

impl<'a> Json<'a> {
    /// # Errors
    /// The text is no UTF-8.
    pub(super) fn new(text: &'a [u8]) -> Result<Self, Fault> {
        std::str::from_utf8(text).map_err(|error| Fault::new(error.valid_up_to(), "UTF-8"))?;
        Ok(Self { rest: text, length: text.len(), depth: 0, is_fresh: false, is_encoded: false })
    }

    /// A text that is percent-encoded. If it can be read, it is read as the decoded text would be. Some texts can only be read
    /// after decoding: those that are not ASCII, and those in which letters or digits are encoded.
    ///
    /// # Errors
    /// It is not ASCII.
    pub(super) fn encoded(text: &'a [u8]) -> Result<Self, Fault> {
        let json = Self { rest: text, length: text.len(), depth: 0, is_fresh: false, is_encoded: true };
        if text.is_ascii() { Ok(json) } else { Err(Fault::new(0, "ASCII")) }
    }

    /// The position of the next byte that is no white space.
    pub(super) fn position(&mut self) -> usize {
        self.token();
        self.at()
    }

    /// Opens the next value, which must be an object.
    ///
    /// # Errors
    /// It is something else.
    pub(super) fn open_object(&mut self) -> Result<(), Fault> {
        let at = self.position();
        if self.value()? == Value::Object { Ok(()) } else { Err(Fault::new(at, "an object")) }
    }

    /// The next key of the innermost object; `None` at its end, which closes it.
    ///
    /// # Errors
    /// There is neither.
    #[inline]
    pub(super) fn next_key(&mut self) -> Result<Option<Text<'a>>, Fault> {
        if !self.goes_on(b'}')? {
            return Ok(None);
        }
        self.require(QUOTE, "a string")?;
        let key = self.string()?;
        self.require(COLON, "`:`")?;
        Ok(Some(key))
    }

    /// The next item of the innermost array; `None` at its end, which closes it.
    ///
    /// # Errors
    /// There is neither.
    #[inline]
    pub(super) fn next_item(&mut self) -> Result<Option<Value<'a>>, Fault> {
        if self.goes_on(b']')? { self.value().map(Some) } else { Ok(None) }
    }

    /// The next value.
    ///
    /// # Errors
    /// There is none, or it is nested too deeply.
    pub(super) fn value(&mut self) -> Result<Value<'a>, Fault> {
        if self.take(QUOTE) {
            return self.string().map(Value::Text);
        }
        let (token, width) = self.token();
        match token {
            b'"' => {
                self.advance(width);
                self.string().map(Value::Text)
            }
            b'{' => self.open(Value::Object, width),
            b'[' => self.open(Value::Array, width),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(self.fault("a value")),
        }
    }

    /// Skips the next value, without using it.
    ///
    /// # Errors
    /// It is not well-formed.
    pub(super) fn skip_value(&mut self) -> Result<(), Fault> {
        let value = self.value()?;
        self.skip(value)
    }

    /// Notes that the object has a key.
    ///
    /// # Errors
    /// It had the key before: readers differ in which of two they use.
    pub(super) fn once(&self, seen: &mut bool) -> Result<(), Fault> {
        if std::mem::replace(seen, true) { Err(self.fault("this key only once")) } else { Ok(()) }
    }

    /// Skips the next value, and keeps its position, so that it can be read when the rest is known.
    ///
    /// # Errors
    /// It is not well-formed, or the object had this key before.
    pub(super) fn keep(&mut self, place: &mut Option<Self>) -> Result<(), Fault> {
        self.once(&mut place.is_some())?;
        *place = Some(self.clone());
        self.skip_value()
    }

    /// The strings and numbers of the next value, which must be an array.
    ///
    /// # Errors
    /// It is something else, or holds something else.
    pub(super) fn list(&mut self, mut tell: impl FnMut(&[u8])) -> Result<(), Fault> {
        let at = self.position();
        if self.value()? != Value::Array {
            return Err(Fault::new(at, "an array"));
        }
        while let Some(item) = self.next_item()? {
            match item {
                Value::Text(text) => text.read_bytes(&mut tell),
                Value::Number(number) => tell(number),
                _ => return Err(self.fault("a string")),
            }
        }
        Ok(())
    }

    /// Skips the rest of a value that was opened, without using it.
    ///
    /// # Errors
    /// It is not well-formed.
    #[inline]
    pub(super) fn skip(&mut self, opened: Value<'a>) -> Result<(), Fault> {
        if matches!(opened, Value::Object | Value::Array) { self.skip_opened(opened) } else { Ok(()) }
    }

    fn skip_opened(&mut self, opened: Value<'a>) -> Result<(), Fault> {
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

    /// Checks that only white space is left.
    ///
    /// # Errors
    /// There is something else.
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        self.token();
        if self.rest.is_empty() { Ok(()) } else { Err(self.fault("the end")) }
    }

    /// Whether another member follows, after its comma. If not, `close` follows and is taken.
    #[inline]
    fn goes_on(&mut self, close: u8) -> Result<bool, Fault> {
        let is_fresh = std::mem::take(&mut self.is_fresh);
        if !is_fresh && self.take(COMMA) { Ok(true) } else { self.goes_on_or_ends(close, is_fresh) }
    }

    fn goes_on_or_ends(&mut self, close: u8, is_fresh: bool) -> Result<bool, Fault> {
        let (token, width) = self.token();
        if token == close {
            self.advance(width);
            self.depth = self.depth.saturating_sub(1);
            Ok(false)
        } else if is_fresh && !self.rest.is_empty() {
            Ok(true)
        } else if token == b',' {
            self.advance(width);
            Ok(true)
        } else {
            Err(self.fault(if close == b'}' { "`,` or `}`" } else { "`,` or `]`" }))
        }
    }

    fn open(&mut self, value: Value<'a>, width: usize) -> Result<Value<'a>, Fault> {
        if self.depth == MAX_DEPTH {
            return Err(self.fault("at most 16 levels"));
        }
        self.depth += 1;
        self.advance(width);
        self.is_fresh = true;
        Ok(value)
    }

    /// The string whose quote was taken.
    #[inline]
    fn string(&mut self) -> Result<Text<'a>, Fault> {
        let start = self.rest;
        self.rest = behind_plain(start);
        let raw = start.get(..start.len() - self.rest.len()).unwrap_or_default();
        if self.take(QUOTE) {
            return Ok(Text { raw, has_percent: false, has_backslash: false });
        }
        self.rest_of_string(start)
    }

    /// The rest of a string, from the first byte on that may need decoding.
    fn rest_of_string(&mut self, start: &'a [u8]) -> Result<Text<'a>, Fault> {
        let (mut has_percent, mut has_backslash) = (false, false);
        loop {
            let rest = self.rest;
            let (mark, width) = mark(rest, self.is_encoded);
            self.rest = rest.get(width..).unwrap_or_default();
            match mark {
                b'"' => {
                    let raw = start.get(..start.len() - rest.len()).unwrap_or_default();
                    return Ok(Text { raw, has_percent, has_backslash });
                }
                b'\\' => {
                    (has_backslash, has_percent) = (true, has_percent | self.is_encoded);
                    self.escape(rest)?;
                }
                _ if rest.is_empty() => return Err(self.fault("`\"`")),
                ..0x20 => return Err(Fault::new(self.length - rest.len(), "no control character")),
                _ => has_percent |= width > 1,
            }
            self.rest = behind_plain(self.rest);
        }
    }

    /// Skips the letter or digits of an escape, whose backslash was taken from `before`. Half of a surrogate pair is no escape,
    /// because it is no character.
    fn escape(&mut self, before: &'a [u8]) -> Result<(), Fault> {
        let (letter, width) = mark(self.rest, self.is_encoded);
        let behind = match letter {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.rest.get(width..),
            b'u' if !self.is_encoded => string::unicode_escape(before).and_then(|(_, length)| before.get(length..)),
            _ => None,
        };
        self.rest = behind.ok_or(Fault::new(self.length - before.len(), "an escape"))?;
        Ok(())
    }

    fn number(&mut self) -> Result<Value<'a>, Fault> {
        let start = self.rest;
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
        Ok(Value::Number(start.get(..start.len() - self.rest.len()).unwrap_or_default()))
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.advance(count);
        if count > 0 { Ok(()) } else { Err(self.fault("a digit")) }
    }

    fn take_if(&mut self, is_taken: impl Fn(u8) -> bool) -> bool {
        let is_one = self.rest.first().is_some_and(|byte| is_taken(*byte));
        self.advance(usize::from(is_one));
        is_one
    }

    fn word(&mut self, word: &'static str, value: Value<'a>) -> Result<Value<'a>, Fault> {
        self.rest = self.rest.strip_prefix(word.as_bytes()).ok_or_else(|| self.fault("a value"))?;
        Ok(value)
    }

    #[inline]
    fn require(&mut self, mark: Mark, name: &'static str) -> Result<(), Fault> {
        if self.take(mark) || self.take_slowly(mark.byte) { Ok(()) } else { Err(self.fault(name)) }
    }

    /// Takes this mark if it is next and is written as almost every banner does: without white space before it, and with capital
    /// letters in its escape. If not, it may be next in another form.
    #[inline]
    fn take(&mut self, mark: Mark) -> bool {
        let behind = match self.rest {
            [byte, behind @ ..] if *byte == mark.byte => behind,
            [b'%', high, low, behind @ ..] if self.is_encoded && [*high, *low] == mark.digits => behind,
            _ => return false,
        };
        self.rest = behind;
        true
    }

    /// Takes this mark if it is next, however it is written.
    #[cold]
    fn take_slowly(&mut self, mark: u8) -> bool {
        let (token, width) = self.token();
        let comes = token == mark;
        self.advance(if comes { width } else { 0 });
        comes
    }

    /// Skips white space, and returns the next mark and its width.
    #[inline]
    fn token(&mut self) -> (u8, usize) {
        loop {
            let (mark, width) = mark(self.rest, self.is_encoded);
            if !matches!(mark, b' ' | b'\t' | b'\n' | b'\r') {
                return (mark, width);
            }
            self.advance(width);
        }
    }

    #[inline]
    fn advance(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// How much was read.
    pub(super) fn at(&self) -> usize {
        self.length - self.rest.len()
    }

    #[cold]
    fn fault(&self, expected: &'static str) -> Fault {
        Fault::new(self.at(), expected)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value as Oracle;

    use super::*;

    /// The whole text as another parser's value, or `None` if it is refused.
    fn read(text: &[u8]) -> Option<Oracle> {
        read_whole(Json::new(text).ok()?)
    }

    fn read_whole(mut json: Json<'_>) -> Option<Oracle> {
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
                    map.insert(key.read(str::to_owned), build(json, value)?);
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
            Value::Text(text) => Oracle::String(text.read(str::to_owned)),
            Value::Number(number) => serde_json::from_slice(number).unwrap_or(Oracle::Null),
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
    fn an_encoded_text_is_walked_as_it_stands() {
        let encoded = |text: &str| Json::encoded(text.as_bytes()).ok().and_then(read_whole);
        let text = "%7B%22a%20b%22%3A%5B1%2C%22x%3Ay%5C%22%22%5D%2C%22%22%3Atrue%7D";
        assert_eq!(encoded(text), oracle(br#"{"a b":[1,"x:y\""],"":true}"#));
        for text in ["%7B%22a%22%3A%31%7D", "%7B%22%C3%A9%22%3A1%7D", "%22\\u00e9%22", "%2", "%22a%0A%22", "%22a%zz%22"]
        {
            assert_eq!(encoded(text), None, "{text}");
        }
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

        /// Whatever is encoded, an encoded text is read as the decoded one is, or not at all.
        #[test]
        fn an_encoded_text_says_what_the_decoded_one_says(
            pieces in proptest::collection::vec(
                prop_oneof![
                    Just("{"), Just("}"), Just("["), Just("]"), Just(","), Just(":"), Just("\"a b\""), Just("\"\\\"\\n\""),
                    Just("\"\\u00e9\""), Just("\"%\u{e9}\""), Just("12"), Just("true"), Just("null"), Just(" "), Just("\""),
                ],
                0..12,
            ),
            is_encoded in proptest::collection::vec(any::<bool>(), 80),
            cut in 0usize..200,
        ) {
            let text = pieces.concat();
            let escape = |byte: u8| format!("%{byte:02X}");
            let written = text.bytes().enumerate().map(|(at, byte)| {
                let is_mark = matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b':' | b',' | b'%' | b'\\' | 0x80..);
                let is_escaped = is_mark || byte == b' ' || is_encoded.get(at) == Some(&true) && at % 7 == 0;
                if is_escaped { escape(byte) } else { char::from(byte).to_string() }
            });
            let written: String = written.collect();
            let written = &written[..cut.min(written.len())];
            let decoded: Vec<u8> = percent_encoding::percent_decode_str(written).collect();
            let walked = Json::encoded(written.as_bytes()).ok().and_then(read_whole);
            prop_assert!(walked.is_none() || walked == read(&decoded), "{written}");
            let is_simple = text.is_ascii() && !text.contains("\\u") && is_encoded.iter().step_by(7).all(|is_one| !is_one);
            prop_assert!(!is_simple || walked == read(&decoded), "{written}");
        }

        #[test]
        fn any_bytes_are_read_or_refused(text in proptest::collection::vec(any::<u8>(), 0..60)) {
            prop_assert_eq!(read(&text), oracle(&text));
        }
    }
}
