//! The structural characters of JSON, called marks, raw or percent-encoded, and the search for the next of them.

use crate::consent::percent::escaped;
use crate::consent::scan::{STEP, before_json_mark};

/// A mark, raw and percent-encoded.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) byte: u8,
    pub(super) digits: [u8; 2],
}

pub(super) const QUOTE: Mark = Mark { byte: b'"', digits: *b"22" };
pub(super) const COLON: Mark = Mark { byte: b':', digits: *b"3A" };
pub(super) const COMMA: Mark = Mark { byte: b',', digits: *b"2C" };

/// The first character, and how many bytes encode it. NUL, which no JSON holds, at the end, and if only decoding can tell the
/// character.
#[inline]
pub(super) fn mark(rest: &[u8], is_encoded: bool) -> (u8, usize) {
    match rest {
        [b'%', digits @ ..] if is_encoded => match digits {
            // Most of them.
            [b'2', b'2', ..] => (b'"', 3),
            [b'2', b'C', ..] => (b',', 3),
            [b'3', b'A', ..] => (b':', 3),
            [high, low, ..] => (escaped(*high, *low).filter(u8::is_ascii).unwrap_or_default(), 3),
            _ => (0, 0),
        },
        [byte, ..] => (*byte, 1),
        [] => (0, 0),
    }
}

/// Skips the bytes of a string that surely need no decoding, and returns the rest.
#[inline]
pub(super) fn behind_plain(mut rest: &[u8]) -> &[u8] {
    while let Some(step) = rest.first_chunk::<STEP>() {
        let plain = before_json_mark(*step);
        rest = rest.get(plain..).unwrap_or_default();
        if plain < STEP {
            return rest;
        }
    }
    let plain = rest.iter().position(|byte| matches!(byte, ..b'#' | b'%' | b'\\')).unwrap_or(rest.len());
    rest.get(plain..).unwrap_or_default()
}
