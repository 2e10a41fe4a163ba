//! JSON token by token: what a text holds that is not written as almost every banner writes it, and what is no string.

use super::encoding;
use super::string::unicode_escape;
use super::{Json, Text, Value, plain};
use crate::consent::Fault;
use crate::consent::percent::escaped;
use crate::consent::scan::digits;

impl<'a> Json<'a> {
    /// Opens the next value, which must be an object or array as `expected` is.
    pub(super) fn open_by_token(&mut self, expected: Value<'a>, name: &'static str) -> Result<(), Fault> {
        let at = self.position();
        if self.value()? == expected { Ok(()) } else { Err(Fault::new(at, name)) }
    }

    /// The next key of the innermost object; `None` at its end, which closes it.
    pub(super) fn next_key(&mut self) -> Result<Option<Text<'a>>, Fault> {
        if !self.goes_on(b'}')? {
            return Ok(None);
        }
        self.require(b'"', "a string")?;
        let key = self.string()?;
        // The next keys are probably written like this one.
        if self.rest.starts_with(b":") && self.encoding.is_whole() {
            self.encoding = &encoding::WITH_RAW_COLONS;
        }
        self.require(b':', "`:`")?;
        Ok(Some(key))
    }

    /// The next item of the innermost array; `None` at its end, which closes it.
    pub(super) fn next_item(&mut self) -> Result<Option<Value<'a>>, Fault> {
        if self.goes_on(b']')? { self.value().map(Some) } else { Ok(None) }
    }

    /// The next value.
    pub(super) fn value_by_token(&mut self) -> Result<Value<'a>, Fault> {
        let (token, behind) = self.token();
        match token {
            b'"' => {
                self.rest = behind;
                self.string().map(Value::Text)
            }
            b'{' => self.open(behind).map(|()| Value::Object),
            b'[' => self.open(behind).map(|()| Value::Array),
            b't' => self.word(*b"true", Value::Bool(true)),
            b'f' => self.word(*b"false", Value::Bool(false)),
            b'n' => self.word(*b"null", Value::Null),
            b'-' | b'0'..=b'9' => self.number().map(Value::Number),
            _ => Err(self.fault("a value")),
        }
    }

    /// Skips white space, and returns the next token's first character, and what is behind that.
    #[inline]
    pub(super) fn token(&mut self) -> (u8, &'a [u8]) {
        loop {
            match character(self.rest, self.is_encoded) {
                (b' ' | b'\t' | b'\n' | b'\r', behind) => self.rest = behind,
                token => return token,
            }
        }
    }

    /// Whether another member follows, after its comma. If not, `close` follows and is taken.
    pub(super) fn goes_on(&mut self, close: u8) -> Result<bool, Fault> {
        match self.token() {
            (token, behind) if token == close => {
                self.close(behind);
                Ok(false)
            }
            _ if self.is_fresh && !self.rest.is_empty() => {
                self.is_fresh = false;
                Ok(true)
            }
            (b',', behind) => {
                self.rest = behind;
                Ok(true)
            }
            _ => Err(self.fault(if close == b'}' { "`,` or `}`" } else { "`,` or `]`" })),
        }
    }

    /// Takes a mark, which must be next.
    fn require(&mut self, mark: u8, name: &'static str) -> Result<(), Fault> {
        match self.token() {
            (token, behind) if token == mark => {
                self.rest = behind;
                Ok(())
            }
            _ => Err(self.fault(name)),
        }
    }

    /// The string whose quote was taken.
    fn string(&mut self) -> Result<Text<'a>, Fault> {
        let start = self.rest;
        let (mut has_percent, mut has_backslash) = (false, false);
        loop {
            let rest = self.rest.get(plain(self.rest)..).unwrap_or_default();
            let (character, behind) = character(rest, self.is_encoded);
            self.rest = behind;
            match character {
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
                _ => has_percent |= behind.len() + 1 < rest.len(),
            }
        }
    }

    /// Skips the letter or digits of an escape, whose backslash was taken from `before`. Half of a surrogate pair is no escape,
    /// because it is no character.
    fn escape(&mut self, before: &'a [u8]) -> Result<(), Fault> {
        let behind = match character(self.rest, self.is_encoded) {
            (b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', behind) => Some(behind),
            (b'u', _) if !self.is_encoded => unicode_escape(before).and_then(|(_, length)| before.get(length..)),
            _ => None,
        };
        self.rest = behind.ok_or(Fault::new(self.length - before.len(), "an escape"))?;
        Ok(())
    }

    fn number(&mut self) -> Result<&'a [u8], Fault> {
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
        Ok(start.get(..start.len() - self.rest.len()).unwrap_or_default())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let count = digits(self.rest);
        self.rest = self.rest.get(count..).unwrap_or_default();
        if count > 0 { Ok(()) } else { Err(self.fault("a digit")) }
    }

    #[inline]
    fn take_if(&mut self, is_taken: impl Fn(u8) -> bool) -> bool {
        match self.rest {
            [byte, behind @ ..] if is_taken(*byte) => {
                self.rest = behind;
                true
            }
            _ => false,
        }
    }

    #[inline]
    fn word<const N: usize>(&mut self, word: [u8; N], value: Value<'a>) -> Result<Value<'a>, Fault> {
        match self.rest.split_first_chunk() {
            Some((next, behind)) if *next == word => {
                self.rest = behind;
                Ok(value)
            }
            _ => Err(self.fault("a value")),
        }
    }
}

/// The first character, and what is behind it. NUL, which no JSON holds, at the end, and if only decoding can tell the character.
#[inline]
fn character(rest: &[u8], is_encoded: bool) -> (u8, &[u8]) {
    match rest {
        [b'%', high, low, behind @ ..] if is_encoded => match [*high, *low] {
            // Most of them.
            [b'2', b'2'] => (b'"', behind),
            [b'2', b'C'] => (b',', behind),
            [b'3', b'A'] => (b':', behind),
            [b'5', b'B'] => (b'[', behind),
            [b'5', b'D'] => (b']', behind),
            [b'7', b'B'] => (b'{', behind),
            [b'7', b'D'] => (b'}', behind),
            [high, low] => (escaped(high, low).filter(u8::is_ascii).unwrap_or_default(), behind),
        },
        [b'%' | b'"', ..] if is_encoded => (0, rest),
        [byte, behind @ ..] => (*byte, behind),
        [] => (0, rest),
    }
}
