//! Names as text: a name is bytes, some of which are not printable.
//!
//! Used by `/cookies`, the inventory's file, the audit and the admin page. The two functions are inverse.

use crate::cookie::FOLD_MARK;

/// A name as text: `*` stands for an ending that was cut off. Bytes other than visible ASCII, the backslash, and a `*` of the
/// name itself are escaped as `\xE9`.
/// ```
/// use octroi::inventory::{name_bytes, shown};
///
/// assert_eq!(shown(b"caf\xE9"), r"caf\xE9");
/// assert_eq!(name_bytes(r"caf\xE9").as_deref(), Some(&b"caf\xE9"[..]));
/// ```
pub fn shown(name: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(name.len());
    for byte in name {
        match byte {
            &FOLD_MARK => text.push('*'),
            0x21..=0x29 | 0x2b..=0x5b | 0x5d..=0x7e => text.push(char::from(*byte)),
            _ => drop(write!(text, "\\x{byte:02X}")),
        }
    }
    text
}

/// The name of a text; `None` if [`shown`] writes no name so: it has a space, a lone backslash, or a character that is not
/// visible ASCII, or `=`.
pub fn name_bytes(shown: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(shown.len());
    let mut rest = shown.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (b'\\', [b'x', high, low, after @ ..]) => {
                bytes.push(byte_of(*high, *low)?);
                after
            }
            (b'*', after) => {
                bytes.push(FOLD_MARK);
                after
            }
            (&FOLD_MARK, _) => return None,
            (0x21..=0x5b | 0x5d..=0x7e, after) => {
                bytes.push(*first);
                after
            }
            _ => return None,
        };
    }
    Some(bytes)
}

/// The byte of two hexadecimal digits.
fn byte_of(high: u8, low: u8) -> Option<u8> {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cookie::fold;

    #[test]
    fn bytes_that_are_not_visible_are_escaped() {
        assert_eq!(shown(b"caf\xe9 \\\x1b<b>\xc3\xa9"), r"caf\xE9\x20\x5C\x1B<b>\xC3\xA9");
    }

    #[test]
    fn an_asterisk_of_the_name_is_no_fold() {
        let name = |name: &[u8]| {
            let mut folded = Vec::new();
            fold(name).write(&mut folded);
            shown(&folded)
        };
        assert_eq!(name(b"session*"), r"session\x2A");
        assert_eq!(name(b"session_1"), "session_*");
    }

    #[test]
    fn a_text_that_is_never_written_is_no_name() {
        for text in ["a b", "a=b", "é", r"\", r"\x", r"\x1", r"\xZZ", r"\n", "\x1b"] {
            assert_eq!(name_bytes(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_written_name_is_read_back(name in prop::collection::vec(any::<u8>(), 0..140)) {
            prop_assert_eq!(name_bytes(&shown(&name)), Some(name));
        }
    }
}
