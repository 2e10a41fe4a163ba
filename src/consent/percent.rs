//! Percent-decoding (RFC 3986 §2.1) of a value, on the stack.
//!
//! Nothing is allocated, because a choice is read with every request of a visitor that no cache knows.

use super::Fault;
use super::scan::{STEP, before};

/// No browser stores a longer name and value (RFC 6265bis §5.6, step 5).
pub(super) const MAX_BYTES: usize = 4096;

/// Calls `work` with room on the stack for `size` bytes, or for [`MAX_BYTES`]. The room is cleared each time, so it is kept
/// small for short values, as most are.
pub(super) fn with_room<T>(size: usize, work: impl FnOnce(&mut [u8]) -> T) -> T {
    match size {
        ..=64 => work(&mut [0; 64]),
        65..=512 => work(&mut [0; 512]),
        _ => work(&mut [0; MAX_BYTES]),
    }
}

/// The percent-decoded text, written to `room`.
///
/// # Errors
/// A `%` begins no escape, or there is no room.
pub(super) fn percent_decoded<'r>(value: &[u8], room: &'r mut [u8]) -> Result<&'r [u8], Fault> {
    let (mut rest, mut length) = (value, 0);
    while let [first, behind @ ..] = rest {
        let byte = match rest {
            [b'%', high, low, behind @ ..] => {
                rest = behind;
                escaped(*high, *low)
            }
            [b'%', ..] => None,
            _ => {
                rest = behind;
                Some(*first)
            }
        };
        *room.get_mut(length).ok_or(Fault::new(MAX_BYTES, "the end"))? = byte.ok_or(Fault::new(length, "an escape"))?;
        length += 1;
        if rest.first() == Some(&b'%') {
            continue;
        }
        // Eight bytes are copied at once; those from the next escape on are written over.
        while let Some(step) = rest.first_chunk::<STEP>() {
            let plain = before(b'%', *step);
            let space = room.get_mut(length..).and_then(|room| room.first_chunk_mut::<STEP>());
            *space.ok_or(Fault::new(MAX_BYTES, "the end"))? = *step;
            length += plain;
            rest = rest.get(plain..).unwrap_or_default();
            if plain < STEP {
                break;
            }
        }
    }
    Ok(room.get(..length).unwrap_or_default())
}

/// The position in a percent-encoded text that corresponds to this position in the decoded one.
pub(super) fn encoded_position(value: &[u8], decoded: usize) -> usize {
    let mut at = 0;
    for _ in 0..decoded {
        at += if value.get(at) == Some(&b'%') { 3 } else { 1 };
    }
    at
}

/// The byte that an escape with these digits stands for.
pub(super) fn escaped(high: u8, low: u8) -> Option<u8> {
    let (high, low) = (hex(high), hex(low));
    (high | low < 16).then_some((high << 4) | low)
}

/// What a hexadecimal digit stands for; of anything else, more than 15.
fn hex(digit: u8) -> u8 {
    HEX.get(usize::from(digit)).copied().unwrap_or(0xff)
}

const HEX: [u8; 256] = hex_digits();

#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation)] // A constant, checked when it is compiled.
const fn hex_digits() -> [u8; 256] {
    let mut digits = [0xff; 256];
    let mut value = 0;
    while value < 16 {
        let digit = b"0123456789abcdef"[value];
        digits[digit as usize] = value as u8;
        digits[digit.to_ascii_uppercase() as usize] = value as u8;
        value += 1;
    }
    digits
}
