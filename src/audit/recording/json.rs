//! A pull reader for JSON (RFC 8259) of any size, with one buffer of fixed size.
//!
//! Most of a recording are bodies, each one string. [`JsonReader::skip_value`] skips strings with `memchr`, and nested
//! values with one bit for each open bracket. A general parser would check and decode them, or limit their size. Of a
//! skipped value, only strings and brackets are checked. The reader also accepts what some producers write against the
//! RFC: a byte order mark, `NaN`, and text that is not UTF-8.

mod brackets;
mod fault;

use std::io::{self, Read};

use memchr::memchr2;

use brackets::Brackets;
pub use fault::JsonFault;

/// The size of the buffer, in bytes.
const BUFFER: usize = 256 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A key of an object. Empty if it is longer than any key that is looked for.
#[derive(Clone, Copy)]
pub(super) struct Key {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl Key {
    const LONGEST: usize = 40;

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// The kind of the next value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    Text,
    /// A number, `true`, `null`, `NaN` and their like.
    Word,
}

/// Reads one JSON text from a source.
pub(super) struct JsonReader<R> {
    source: R,
    buffer: Box<[u8]>,
    at: usize,
    end: usize,
    /// How many bytes came before the buffer.
    before: u64,
}

impl<R: Read> JsonReader<R> {
    /// Skips a byte order mark.
    pub(super) fn new(source: R) -> Result<Self, JsonFault> {
        let buffer = vec![0; BUFFER].into_boxed_slice();
        let mut reader = Self { source, buffer, at: 0, end: 0, before: 0 };
        while reader.end < BYTE_ORDER_MARK.len() && reader.read_more()? {}
        if reader.rest().starts_with(BYTE_ORDER_MARK) {
            reader.at = BYTE_ORDER_MARK.len();
        }
        Ok(reader)
    }

    /// Calls `each`, which reads the value, for each key of the next object. A value of another kind is skipped.
    pub(super) fn object(
        &mut self,
        mut each: impl FnMut(&mut Self, &Key) -> Result<(), JsonFault>,
    ) -> Result<(), JsonFault> {
        if self.kind()? != Kind::Object {
            return self.skip_value();
        }
        self.at += 1;
        let mut is_first = true;
        while self.has_next(b'}', &mut is_first)? {
            let key = self.key()?;
            self.require(b':', "`:`")?;
            each(self, &key)?;
        }
        Ok(())
    }

    /// Calls `each`, which reads the item, for each item of the next array. A value of another kind is skipped.
    pub(super) fn array(&mut self, mut each: impl FnMut(&mut Self) -> Result<(), JsonFault>) -> Result<(), JsonFault> {
        if self.kind()? != Kind::Array {
            return self.skip_value();
        }
        self.at += 1;
        let mut is_first = true;
        while self.has_next(b']', &mut is_first)? {
            each(self)?;
        }
        Ok(())
    }

    /// The kind of the next value.
    pub(super) fn kind(&mut self) -> Result<Kind, JsonFault> {
        match self.peek_past_space()? {
            b'{' => Ok(Kind::Object),
            b'[' => Ok(Kind::Array),
            b'"' => Ok(Kind::Text),
            byte if is_word(byte) => Ok(Kind::Word),
            _ => Err(self.malformed("a value")),
        }
    }

    /// Reads the next string (with its escapes decoded), number or word. `false` if it is a string longer than `most`
    /// bytes, which is cut there. An object or array is skipped.
    pub(super) fn scalar(&mut self, text: &mut Vec<u8>, most: usize) -> Result<bool, JsonFault> {
        text.clear();
        match self.kind()? {
            Kind::Text => self.string(text, most),
            Kind::Word => self.word(|byte| text.push(byte)).map(|()| true),
            Kind::Object | Kind::Array => self.skip_value().map(|()| true),
        }
    }

    /// Skips the next value.
    pub(super) fn skip_value(&mut self) -> Result<(), JsonFault> {
        match self.kind()? {
            Kind::Text => self.skip_string(),
            Kind::Word => self.word(|_| ()),
            Kind::Object | Kind::Array => self.skip_nested(),
        }
    }

    /// Checks that only white space is left, and reads the source to its end: a decoder reports a cut file only there.
    pub(super) fn end(&mut self) -> Result<(), JsonFault> {
        loop {
            let rest = self.rest();
            match rest.iter().position(|byte| !byte.is_ascii_whitespace()) {
                Some(_) => return Err(self.malformed("the end: one file holds one recording")),
                None => self.at = self.end,
            }
            if !self.read_more()? {
                return Ok(());
            }
        }
    }

    /// Whether another member follows. Consumes the comma before it, or the closing bracket `close`.
    fn has_next(&mut self, close: u8, is_first: &mut bool) -> Result<bool, JsonFault> {
        let byte = self.peek_past_space()?;
        let is_first = std::mem::take(is_first);
        if byte == close {
            self.at += 1;
            return Ok(false);
        }
        if !is_first {
            self.require(b',', "`,` or the closing bracket")?;
        }
        Ok(true)
    }

    fn key(&mut self) -> Result<Key, JsonFault> {
        if self.peek_past_space()? != b'"' {
            return Err(self.malformed("a key"));
        }
        let mut key = Key { bytes: [0; Key::LONGEST], length: 0 };
        // Most keys lie whole in the buffer and hold no escape.
        let inside = self.rest().get(1..).unwrap_or_default();
        if let Some(length) = memchr2(b'"', b'\\', inside)
            && let (Some(text), Some(b'"')) = (inside.get(..length), inside.get(length))
        {
            if let Some(place) = key.bytes.get_mut(..length) {
                place.copy_from_slice(text);
                key.length = length;
            }
            self.at += length + 2;
            return Ok(key);
        }
        let mut text = Vec::new();
        if self.string(&mut text, Key::LONGEST)?
            && let Some(place) = key.bytes.get_mut(..text.len())
        {
            place.copy_from_slice(&text);
            key.length = text.len();
        }
        Ok(key)
    }

    /// Reads the string that begins here; `false` if it is longer than `most` bytes, and cut there.
    fn string(&mut self, text: &mut Vec<u8>, most: usize) -> Result<bool, JsonFault> {
        self.at += 1;
        let mut is_whole = true;
        let mut add = |text: &mut Vec<u8>, bytes: &[u8]| {
            let room = most.saturating_sub(text.len());
            is_whole &= bytes.len() <= room;
            text.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        };
        loop {
            let rest = self.rest();
            let run = memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
            add(text, rest.get(..run).unwrap_or_default());
            self.at += run;
            match self.next()? {
                b'"' => return Ok(is_whole),
                b'\\' => add(text, self.escape()?.encode_utf8(&mut [0; 4]).as_bytes()),
                // The buffer ended within the string.
                _ => self.at -= 1,
            }
        }
    }

    /// Decodes an escape whose backslash was consumed.
    fn escape(&mut self) -> Result<char, JsonFault> {
        Ok(match self.next()? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'u' => {
                let unit = self.utf16_unit()?;
                return self.character(unit);
            }
            _ => return Err(self.malformed("an escape")),
        })
    }

    /// The character that begins with this UTF-16 unit. A lone surrogate becomes the replacement character.
    fn character(&mut self, unit: u32) -> Result<char, JsonFault> {
        if !(0xd800..0xdc00).contains(&unit) {
            return Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if self.peek()? != b'\\' {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        self.at += 1;
        if self.peek()? != b'u' {
            // Another escape after a lone surrogate: one replacement character for both.
            return self.escape().map(|_| char::REPLACEMENT_CHARACTER);
        }
        self.at += 1;
        let low = self.utf16_unit()?.wrapping_sub(0xdc00);
        let pair = (low < 0x400).then(|| char::from_u32(0x10000 + ((unit - 0xd800) << 10) + low)).flatten();
        Ok(pair.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn utf16_unit(&mut self) -> Result<u32, JsonFault> {
        let mut unit = 0;
        for _ in 0..4 {
            let Some(digit) = char::from(self.next()?).to_digit(16) else {
                return Err(self.malformed("four hexadecimal digits"));
            };
            unit = (unit << 4) | digit;
        }
        Ok(unit)
    }

    fn skip_string(&mut self) -> Result<(), JsonFault> {
        self.at += 1;
        loop {
            let rest = self.rest();
            match memchr2(b'"', b'\\', rest).and_then(|run| Some((run, rest.get(run)?))) {
                Some((run, b'"')) => {
                    self.at += run + 1;
                    return Ok(());
                }
                Some((run, _)) => {
                    self.at += run + 1;
                    self.next()?;
                }
                None => {
                    self.at = self.end;
                    self.peek()?;
                }
            }
        }
    }

    /// Skips the object or array that begins here.
    fn skip_nested(&mut self) -> Result<(), JsonFault> {
        let mut open = Brackets::default();
        loop {
            let rest = self.rest();
            let run = rest.iter().position(|byte| is_structure(*byte)).unwrap_or(rest.len());
            self.at += run;
            match self.peek()? {
                b'"' => {
                    self.skip_string()?;
                    continue;
                }
                b'{' if open.push(true) => {}
                b'[' if open.push(false) => {}
                b'}' if open.pop() == Some(true) => {}
                b']' if open.pop() == Some(false) => {}
                byte if is_structure(byte) => return Err(self.malformed("a matching bracket")),
                // The buffer ended.
                _ => continue,
            }
            self.at += 1;
            if open.is_empty() {
                return Ok(());
            }
        }
    }

    fn word(&mut self, mut each: impl FnMut(u8)) -> Result<(), JsonFault> {
        // No real number is longer.
        for length in 0..1024 {
            match self.peek() {
                Ok(byte) if is_word(byte) => each(byte),
                Ok(_) => return Ok(()),
                Err(JsonFault::Cut { .. }) if length > 0 => return Ok(()),
                Err(fault) => return Err(fault),
            }
            self.at += 1;
        }
        Err(self.malformed("a number"))
    }

    fn require(&mut self, byte: u8, name: &'static str) -> Result<(), JsonFault> {
        if self.peek_past_space()? != byte {
            return Err(self.malformed(name));
        }
        self.at += 1;
        Ok(())
    }

    fn peek_past_space(&mut self) -> Result<u8, JsonFault> {
        loop {
            match self.peek()? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Ok(byte),
            }
        }
    }

    fn next(&mut self) -> Result<u8, JsonFault> {
        let byte = self.peek()?;
        self.at += 1;
        Ok(byte)
    }

    #[inline]
    fn peek(&mut self) -> Result<u8, JsonFault> {
        loop {
            if let Some(byte) = self.rest().first() {
                return Ok(*byte);
            }
            if !self.read_more()? {
                return Err(JsonFault::Cut { at: self.position() });
            }
        }
    }

    #[inline]
    fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..self.end).unwrap_or_default()
    }

    /// Reads more behind the unread bytes, or at the buffer's start if there are none; `false` at the end.
    fn read_more(&mut self) -> Result<bool, JsonFault> {
        if self.at == self.end {
            self.before += self.end as u64;
            (self.at, self.end) = (0, 0);
        }
        let room = self.buffer.get_mut(self.end..).unwrap_or_default();
        loop {
            match self.source.read(room) {
                Ok(read) => {
                    self.end += read;
                    return Ok(read > 0);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A compressed text that was cut short.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    return Err(JsonFault::Cut { at: self.before + self.end as u64 });
                }
                Err(source) => return Err(JsonFault::Io { at: self.before + self.end as u64, source }),
            }
        }
    }

    fn position(&self) -> u64 {
        self.before + self.at as u64
    }

    /// `expected` completes "is not JSON at byte 17: expected …".
    fn malformed(&self, expected: &'static str) -> JsonFault {
        JsonFault::Malformed { at: self.position(), expected }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

fn is_structure(byte: u8) -> bool {
    matches!(byte, b'"' | b'{' | b'}' | b'[' | b']')
}

#[cfg(test)]
mod tests;
