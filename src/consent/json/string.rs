//! Strings of a JSON text.
//!
//! Most strings hold no escape and are borrowed; the others are decoded on the stack.

use crate::consent::percent::{MAX_BYTES, percent_decoded, with_room};

/// A string, as it is written between its quotes. It was checked when it was skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::consent) struct Text<'a> {
    /// UTF-8, with its escapes and percent signs.
    pub(super) raw: &'a [u8],
    /// Whether percent signs in it encode something.
    pub(super) has_percent: bool,
    /// Whether it holds escapes, which only [`Text::read`] and the like resolve.
    pub(super) has_backslash: bool,
}

impl<'a> Text<'a> {
    /// With its escapes.
    pub(in crate::consent) fn as_written(self) -> &'a [u8] {
        self.raw
    }

    /// Whether percent signs in it encode something.
    pub(in crate::consent) fn is_encoded(self) -> bool {
        self.has_percent
    }

    /// The string, which is decoded to `room` if it has to be.
    pub(super) fn decoded<'r>(self, room: &'r mut Option<[u8; MAX_BYTES]>) -> &'r [u8]
    where
        'a: 'r,
    {
        if !self.has_percent && !self.has_backslash {
            return self.raw;
        }
        let room = room.get_or_insert_with(|| [0; MAX_BYTES]);
        let length = self.read_bytes(|text| {
            let slot = room.get_mut(..text.len())?;
            slot.copy_from_slice(text);
            Some(text.len())
        });
        room.get(..length.unwrap_or_default()).unwrap_or_default()
    }

    /// Decodes the string and passes it to `read`.
    pub(in crate::consent) fn read<T>(self, read: impl FnOnce(&str) -> T) -> T {
        self.read_bytes(|text| read(std::str::from_utf8(text).unwrap_or_default()))
    }

    /// The same as bytes, of UTF-8.
    #[inline]
    pub(in crate::consent) fn read_bytes<T>(self, read: impl FnOnce(&[u8]) -> T) -> T {
        if !self.has_percent && !self.has_backslash {
            return read(self.raw);
        }
        with_room(self.raw.len(), |room| {
            let text = if self.has_percent { percent_decoded(self.raw, room).unwrap_or_default() } else { self.raw };
            if !self.has_backslash {
                return read(text);
            }
            with_room(text.len(), |room| read(unescaped(text, room).unwrap_or_default()))
        })
    }

    /// Whether it is this string.
    pub(in crate::consent) fn is(self, other: &str) -> bool {
        self.read_bytes(|text| text == other.as_bytes())
    }
}

/// Decodes a string with escapes into `room`; the result is never longer.
fn unescaped<'r>(mut rest: &[u8], room: &'r mut [u8]) -> Option<&'r [u8]> {
    let mut length = 0;
    let mut put = |bytes: &[u8]| {
        room.get_mut(length..length + bytes.len())?.copy_from_slice(bytes);
        length += bytes.len();
        Some(())
    };
    while let Some(at) = memchr::memchr(b'\\', rest) {
        let (plain, escape) = rest.split_at_checked(at)?;
        put(plain)?;
        let (character, width) = unicode_escape(escape).or_else(|| simple_escape(escape))?;
        put(character.encode_utf8(&mut [0; 4]).as_bytes())?;
        rest = escape.get(width..)?;
    }
    put(rest)?;
    room.get(..length)
}

/// The character of an escape of one letter at the front, and its length.
fn simple_escape(escape: &[u8]) -> Option<(char, usize)> {
    let [b'\\', letter, ..] = escape else { return None };
    let character = match letter {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        other => char::from(*other),
    };
    Some((character, 2))
}

/// The character of a `\uXXXX` at the front, or of two that are a surrogate pair, and their length. `None` for a
/// surrogate that stands alone, or what are no four hexadecimal digits.
pub(super) fn unicode_escape(escape: &[u8]) -> Option<(char, usize)> {
    let pair = surrogate_pair(escape).map(|character| (character, 12));
    pair.or_else(|| Some((char::from_u32(utf16_unit(escape)?)?, 6)))
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
