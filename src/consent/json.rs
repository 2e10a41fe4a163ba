//! A pull parser for the JSON of consent cookies (RFC 8259): nothing is copied or allocated, and nothing is decoded that
//! is not asked for.
//!
//! A format walks the objects and arrays it knows ([`Json::members`], [`Json::list`]) and skips the rest ([`Json::skip`]), which
//! is still checked. A general parser builds or visits every value, which costs several times as much for the few bytes of a
//! cookie that matter.
//!
//! Most banners percent-encode the whole text. It is parsed in that form ([`Json::encoded`]): of the strings, which are most of
//! it, only those that a format reads are decoded. And almost every banner writes its marks in one of a few ways (`encoding`):
//! what is written so is found without a look at each byte, and only what is not is read token by token (`token`).

mod encoding;
mod string;
mod token;

use super::Fault;

pub(super) use string::Text;

use encoding::{Encoding, Marks, Stop, behind_stop, plain};

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
    /// How most of its marks are probably written.
    encoding: &'static Encoding,
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
        Ok(Self::of(text, false, &encoding::RAW))
    }

    /// A text that is percent-encoded. If it can be read, it is read as the decoded text would be. Some texts can only be read
    /// after decoding: those that are not ASCII or hold a quote, and those in which letters or digits are encoded.
    ///
    /// # Errors
    /// It is not ASCII.
    pub(super) fn encoded(text: &'a [u8]) -> Result<Self, Fault> {
        let encoding = if text.starts_with(b"%") { &encoding::WHOLE } else { &encoding::PARTIAL };
        if text.is_ascii() { Ok(Self::of(text, true, encoding)) } else { Err(Fault::new(0, "ASCII")) }
    }

    /// The JSON text that a string of an encoded text is, if it can be read as it is written.
    ///
    /// # Errors
    /// The string has to be decoded.
    pub(super) fn nested(text: Text<'a>) -> Result<Self, Fault> {
        let is_encoded = text.is_encoded();
        let json = Self::of(text.as_written(), is_encoded, &encoding::NESTED);
        if is_encoded { Ok(json) } else { Err(Fault::new(0, "percent-encoding")) }
    }

    fn of(text: &'a [u8], is_encoded: bool, encoding: &'static Encoding) -> Self {
        Self { rest: text, length: text.len(), depth: 0, is_fresh: false, is_encoded, encoding }
    }

    /// Whether `%22` stands for a quote.
    pub(super) fn is_encoded(&self) -> bool {
        self.is_encoded
    }

    /// The position of the next byte that is no white space.
    pub(super) fn position(&mut self) -> usize {
        self.token();
        self.at()
    }

    /// Reads the next value, which must be an object: calls `read` with the key of each member, and `read` takes its value.
    ///
    /// # Errors
    /// It is something else, or not well-formed; and those of `read`.
    #[inline]
    pub(super) fn members(&mut self, mut read: impl FnMut(&mut Self, &[u8]) -> Result<(), Fault>) -> Result<(), Fault> {
        match self.encoding.open_object.behind(self.rest) {
            Some(behind) => self.open(behind)?,
            None => self.open_by_token(Value::Object, "an object")?,
        }
        let mut room = None;
        loop {
            let key = match self.next_plain_string(&self.encoding.quote_colon) {
                Some(key) => key,
                None if self.closes(&self.encoding.close_object) => return Ok(()),
                None => match self.next_key()? {
                    Some(key) => key.decoded(&mut room),
                    None => return Ok(()),
                },
            };
            read(self, key)?;
        }
    }

    /// The strings and numbers of the next value, which must be an array.
    ///
    /// # Errors
    /// It is something else, or holds something else.
    #[inline]
    pub(super) fn list(&mut self, mut tell: impl FnMut(&[u8])) -> Result<(), Fault> {
        match self.encoding.open_array.behind(self.rest) {
            Some(behind) => self.open(behind)?,
            None => self.open_by_token(Value::Array, "an array")?,
        }
        loop {
            if let Some(item) = self.next_plain_string(&self.encoding.quote) {
                tell(item);
            } else if self.closes(&self.encoding.close_array) || !self.tell_item(&mut tell)? {
                return Ok(());
            }
        }
    }

    /// Tells the next item of the innermost array. Returns whether there is one.
    fn tell_item(&mut self, tell: &mut dyn FnMut(&[u8])) -> Result<bool, Fault> {
        match self.next_item()? {
            Some(Value::Text(text)) => text.read_bytes(tell),
            Some(Value::Number(number)) => tell(number),
            Some(_) => return Err(self.fault("a string")),
            None => return Ok(false),
        }
        Ok(true)
    }

    /// The next value.
    ///
    /// # Errors
    /// There is none, or it is nested too deeply.
    pub(super) fn value(&mut self) -> Result<Value<'a>, Fault> {
        match self.usual_string() {
            Some(text) => Ok(Value::Text(text)),
            None => self.value_by_token(),
        }
    }

    /// What `read` makes of the next value, if that is a string which is written in so many bytes. If it makes nothing of it, the
    /// value is not taken. Nobody looks for the string's end: `read` must refuse what holds a quote or a backslash.
    pub(super) fn string_of<const N: usize, T>(&mut self, read: impl FnOnce(&[u8; N]) -> Option<T>) -> Option<T> {
        let quote = &self.encoding.quote;
        let (written, rest) = quote.behind(self.rest)?.split_first_chunk()?;
        let behind = quote.behind(rest)?;
        let value = read(written)?;
        self.rest = behind;
        Some(value)
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

    /// Skips the next value, without using it.
    ///
    /// # Errors
    /// It is not well-formed.
    pub(super) fn skip_value(&mut self) -> Result<(), Fault> {
        if self.usual_string().is_some() {
            return Ok(());
        }
        let value = self.value_by_token()?;
        self.skip(value)
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
                let next = if objects & 1 == 1 { self.next_value()? } else { self.next_item()? };
                if let Some(value) = next {
                    break value;
                }
                (objects, levels) = (objects >> 1, levels - 1);
            };
        }
    }

    /// The value of the next member of the innermost object; `None` at its end, which closes it.
    fn next_value(&mut self) -> Result<Option<Value<'a>>, Fault> {
        let has_key = self.next_plain_string(&self.encoding.quote_colon).is_some() || self.next_key()?.is_some();
        if has_key { self.value().map(Some) } else { Ok(None) }
    }

    /// Checks that only white space is left.
    ///
    /// # Errors
    /// There is something else.
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        self.token();
        if self.rest.is_empty() { Ok(()) } else { Err(self.fault("the end")) }
    }

    /// How much was read.
    pub(super) fn at(&self) -> usize {
        self.length - self.rest.len()
    }

    /// The string that comes next in the innermost object or array, with `end` behind it. `None`, and nothing is taken, if it holds
    /// what may need decoding, or if marks are written in another way than most.
    // A call costs a fifth of what it does.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn next_plain_string(&mut self, end: &Marks) -> Option<&'a [u8]> {
        let before = if self.is_fresh { &self.encoding.quote } else { &self.encoding.comma_quote };
        let start = before.behind(self.rest)?;
        let (text, rest) = start.split_at_checked(plain(start))?;
        self.rest = end.behind(rest)?;
        self.is_fresh = false;
        Some(text)
    }

    /// The string that comes next as a value. `None`, and nothing is taken, if something else comes, or only `token` can tell.
    #[inline]
    fn usual_string(&mut self) -> Option<Text<'a>> {
        let start = self.encoding.quote.behind(self.rest)?;
        self.usual_string_from(start)
    }

    /// The same, of a string whose quote stands before `start`.
    #[inline(never)]
    fn usual_string_from(&mut self, start: &'a [u8]) -> Option<Text<'a>> {
        let quote = &self.encoding.quote;
        let (mut raw, mut rest) = start.split_at_checked(plain(start))?;
        let (mut has_percent, mut has_backslash) = (false, false);
        loop {
            if let Some(behind) = quote.behind(rest) {
                self.rest = behind;
                return Some(Text { raw, has_percent, has_backslash });
            }
            let (stop, behind) = behind_stop(rest, self.is_encoded)?;
            has_percent = self.is_encoded;
            has_backslash |= stop == Stop::EscapedQuote;
            rest = behind;
            raw = start.get(..start.len() - rest.len())?;
        }
    }

    /// Whether the innermost object or array ends here, with `close`, which is taken.
    #[inline]
    fn closes(&mut self, close: &Marks) -> bool {
        let Some(behind) = close.behind(self.rest) else { return false };
        self.close(behind);
        true
    }

    /// Takes the brace or bracket before `behind`.
    fn close(&mut self, behind: &'a [u8]) {
        self.rest = behind;
        self.is_fresh = false;
        self.depth = self.depth.saturating_sub(1);
    }

    /// The same for one that opens.
    #[inline]
    fn open(&mut self, behind: &'a [u8]) -> Result<(), Fault> {
        if self.depth == MAX_DEPTH {
            return Err(self.fault("at most 16 levels"));
        }
        self.depth += 1;
        self.rest = behind;
        self.is_fresh = true;
        Ok(())
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
        let value = build(&mut json).ok()?;
        json.end().ok()?;
        Some(value)
    }

    fn build(json: &mut Json<'_>) -> Result<Oracle, Fault> {
        let mut behind = json.clone();
        let value = match behind.value()? {
            Value::Object => {
                let mut map = serde_json::Map::new();
                json.members(|json, key| {
                    map.insert(std::str::from_utf8(key).unwrap().to_owned(), build(json)?);
                    Ok(())
                })?;
                return Ok(Oracle::Object(map));
            }
            Value::Array => {
                let mut items = Vec::new();
                while behind.goes_on(b']')? {
                    items.push(build(&mut behind)?);
                }
                check_list(json.clone(), &items);
                Oracle::Array(items)
            }
            Value::Text(text) => Oracle::String(text.read(str::to_owned)),
            Value::Number(number) => serde_json::from_slice(number).unwrap_or(Oracle::Null),
            Value::Bool(value) => Oracle::Bool(value),
            Value::Null => Oracle::Null,
        };
        *json = behind;
        Ok(value)
    }

    /// A list tells what its array holds, if that is nothing but strings and numbers.
    fn check_list(mut json: Json<'_>, items: &[Oracle]) {
        let mut told = Vec::new();
        let read = json.list(|item| told.push(String::from_utf8(item.to_vec()).unwrap()));
        let names = items.iter().map(|item| match item {
            Oracle::String(text) => Some(text.clone()),
            Oracle::Number(_) => Some(String::new()),
            _ => None,
        });
        let names: Option<Vec<_>> = names.collect();
        assert_eq!(read.is_ok(), names.is_some());
        for (told, name) in told.iter().zip(names.into_iter().flatten()).filter(|(_, name)| !name.is_empty()) {
            assert_eq!(*told, name);
        }
    }

    fn skips(text: &[u8]) -> bool {
        let whole = |json: &mut Json<'_>| {
            json.skip_value()?;
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
            "", " ", "{", "}", "{}", "[]", "[1,]", "{\"a\":1,}", "{,}", "[,]", "{\"a\"}", "{\"a\" : [ ] }", "01", "-",
            "-0", "1.", "1.5e-3", "1e", "tru", "true false", "nul", "\"", "\"\\\"", "\"\\u12\"", "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83dx\"", "\"\\x\"", "\"\t\"", "[1 2]", "{\"a\":1 \"b\":2}", "[[[]]",
            "\u{feff}{}", "\"\\u00e9\\n\\/\\b\"", "[{}]", "[{\"a\":[1,{\"b\":null}]},2]",
        ] {
            assert_eq!(read(text.as_bytes()), oracle(text.as_bytes()), "{text:?}");
            assert_eq!(skips(text.as_bytes()), oracle(text.as_bytes()).is_some(), "{text:?}");
        }
    }

    #[test]
    fn a_string_is_compared_as_it_is_meant() {
        let mut json = Json::new(br#"["m\u0061tomo"]"#).unwrap();
        json.value().unwrap();
        assert!(matches!(json.next_item(), Ok(Some(Value::Text(text))) if text.is("matomo")));
    }

    /// Wherever a string holds something that is not plain, and however long it is.
    #[test]
    fn a_text_is_the_same_in_every_encoding() {
        for odd in ["", "$", "#", " ", "%", "\\\"", "\\\\", "\\n", "[", "},{", ":", ",", "\u{e9}", "\u{4b5}", "\u{7f}"]
        {
            for (before, behind) in (0..20).flat_map(|before| (0..10).map(move |behind| (before, behind))) {
                let string = format!("{}{odd}{}", "a".repeat(before), "b".repeat(behind));
                let text = format!(
                    "{{\"{string}\":[\"x\",\"{string}\",{{}},[]],\"y\":\"{string}\",\"z\":{{\"{string}\":0}}}}"
                );
                let expected = oracle(text.as_bytes());
                assert!(expected.is_some(), "{text}");
                assert_eq!(read(text.as_bytes()), expected, "{text}");
                assert!(skips(text.as_bytes()), "{text}");
                for raw in ["", "{}[]:", ":,"] {
                    let encoded = encoded(&text, raw);
                    let walked = Json::encoded(encoded.as_bytes()).ok().and_then(read_whole);
                    let is_walked = odd.is_ascii() && text.is_ascii();
                    assert_eq!(walked, expected.clone().filter(|_| is_walked), "{encoded}");
                }
            }
        }
    }

    /// Percent-encoded but for letters, digits and these.
    fn encoded(text: &str, raw: &str) -> String {
        let is_raw = |byte: u8| byte.is_ascii_alphanumeric() || raw.as_bytes().contains(&byte);
        text.bytes()
            .map(|byte| if is_raw(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect()
    }

    #[test]
    fn an_encoded_text_holds_no_quote_of_its_own() {
        for text in ["%22a\"", "\"a%22", "%22a\"b%22", "{%22a%22:%22b\"%2C%22c%22:%22d%22}", "[%22a\"%2C\"b%22]"] {
            assert_eq!(Json::encoded(text.as_bytes()).ok().and_then(read_whole), None, "{text}");
        }
    }

    /// A list within a string is told as it would be after decoding, or not at all.
    #[test]
    fn a_nested_list_is_told_as_it_is_meant() {
        let inner = [
            "[\"a\"]", "[\"a\",\"b b\"]", "[\"a\\\"\"]", "[\"a\\\\\"]", "[\"a\", 1]", "[\"a\"", "[a]", "\"a\"",
            "[\\\"a\"]",
        ];
        let list = |mut json: Json<'_>| {
            let mut told = Vec::new();
            json.list(|item| told.push(item.to_vec())).and_then(|()| json.end()).ok().map(|()| told)
        };
        for (text, may_need_decoding) in inner.map(|text| (text, text.contains('\\'))) {
            let string = serde_json::to_string(text).unwrap();
            for raw in ["", "{}[]:"] {
                let encoded = encoded(&string, raw);
                let mut json = Json::encoded(encoded.as_bytes()).unwrap();
                let Ok(Value::Text(outer)) = json.value() else { panic!("{encoded}") };
                let nested = Json::nested(outer).ok().and_then(list);
                let meant = Json::new(text.as_bytes()).ok().and_then(list);
                assert!(nested == meant || nested.is_none() && may_need_decoding, "{encoded}");
            }
            let mut json = Json::new(string.as_bytes()).unwrap();
            let Ok(Value::Text(outer)) = json.value() else { panic!("{string}") };
            assert!(Json::nested(outer).is_err(), "{string}");
        }
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
        // What was closed does not count.
        for text in [format!("[{}[]]", "[],".repeat(40)), format!("{{{}\"z\":0}}", "\"a\":{},\"b\":[],".repeat(40))] {
            assert!(skips(text.as_bytes()) && read(text.as_bytes()).is_some(), "{text}");
        }
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
