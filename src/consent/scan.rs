//! Searches eight bytes at a time, in inlined code: the texts between the marks of a cookie are so short that a call of a
//! vectorised search costs more than it saves.

/// How many bytes are compared at once.
pub(super) const STEP: usize = 8;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x80 * ONES;

/// The first position of a byte.
#[inline]
pub(super) fn position(byte: u8, text: &[u8]) -> Option<usize> {
    let (mut at, mut rest) = (0, text);
    while let Some((step, behind)) = rest.split_first_chunk::<STEP>() {
        let before = before(byte, *step);
        at += before;
        if before < STEP {
            return Some(at);
        }
        rest = behind;
    }
    rest.iter().position(|other| *other == byte).map(|more| at + more)
}

/// How many of these bytes are before the first `byte`.
#[inline]
pub(super) fn before(byte: u8, bytes: [u8; STEP]) -> usize {
    let word = u64::from_le_bytes(bytes);
    before_first(zeros(word ^ (ONES * u64::from(byte))))
}

/// How many of these bytes surely need no decoding in a JSON string: those before the first backslash, percent sign, or byte
/// below `#`, such as quotes and control characters.
#[inline]
pub(super) fn before_json_mark(bytes: [u8; STEP]) -> usize {
    let word = u64::from_le_bytes(bytes);
    let low = word.wrapping_sub(ONES * u64::from(b'#')) & !word & HIGHS;
    before_first(low | zeros(word ^ (ONES * u64::from(b'\\'))) | zeros(word ^ (ONES * u64::from(b'%'))))
}

/// The high bit of every byte that is zero. Bits above the first of them may be wrong.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

fn before_first(high_bits: u64) -> usize {
    high_bits.trailing_zeros() as usize / STEP
}
