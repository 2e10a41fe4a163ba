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

/// How many digits come first.
#[inline]
pub(super) fn digits(text: &[u8]) -> usize {
    let mut rest = text;
    while let Some((step, behind)) = rest.split_first_chunk::<STEP>() {
        let word = u64::from_le_bytes(*step);
        let others =
            (word.wrapping_sub(ONES * u64::from(b'0')) | word.wrapping_add(ONES * (0x7f - u64::from(b'9'))) | word)
                & HIGHS;
        if others != 0 {
            return text.len() - rest.len() + before_first(others);
        }
        rest = behind;
    }
    text.len() - rest.len() + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// How many of these bytes are before the first `byte`.
#[inline]
pub(super) fn before(byte: u8, bytes: [u8; STEP]) -> usize {
    let word = u64::from_le_bytes(bytes);
    before_first(zeros(word ^ (ONES * u64::from(byte))))
}

/// How many of these bytes come before the first that may not stand for itself in a JSON string, encoded or not: a backslash, or
/// one up to `%` but for `$`. `None` if there is no such byte.
#[inline]
pub(super) fn before_mark(bytes: [u8; STEP]) -> Option<usize> {
    let word = u64::from_le_bytes(bytes);
    // With its last bit flipped, `%` is less than `$`.
    let low = (word ^ ONES).wrapping_sub(ONES * u64::from(b'%'));
    let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
    let marks = (low | backslash) & HIGHS;
    if marks == 0 { None } else { Some(before_first(marks)) }
}

/// The high bit of every byte that is zero. Bits above the first of them may be wrong.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

fn before_first(high_bits: u64) -> usize {
    high_bits.trailing_zeros() as usize / STEP
}
