//! Byte classes of HTTP/1.1, and scans that count how many bytes from the front are of one class. Most of a head is read by
//! the `plain_` scans: they know a part of a class only, but compare 32 bytes at a time.

/// Bytes that are compared without a branch between them, so that the compiler uses vector instructions. For 16 bytes, a
/// single vector, it does not.
const BLOCK: usize = 32;

/// How many bytes from the front are of a class.
pub(super) fn run_of(input: &[u8], is_one: impl Fn(u8) -> bool) -> usize {
    input.iter().position(|&byte| !is_one(byte)).unwrap_or(input.len())
}

/// `tchar` (RFC 9110 §5.6.2).
pub(super) fn is_token(byte: u8) -> bool {
    TOKENS.get(usize::from(byte)).is_some_and(|is_one| *is_one)
}

// An index out of range would not compile here.
#[allow(clippy::indexing_slicing)]
const TOKENS: [bool; 256] = {
    let mut table = [false; 256];
    let mut bytes: &[u8] = b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    while let Some((byte, rest)) = bytes.split_first() {
        table[*byte as usize] = true;
        bytes = rest;
    }
    table
};

/// The bytes of a target. RFC 3986 allows fewer, but clients send `"`, `<` and others unescaped, and portals read them; bytes
/// from 0x80 on are left to `http::Uri`. A fragment is no part of a target (RFC 9112 §3.2).
pub(super) fn is_target(byte: u8) -> bool {
    byte > b' ' && byte != 0x7f && byte != b'#'
}

/// Whether a target consists of target bytes alone. Any other could end the request line or a word of it.
pub fn is_sound_target(target: &[u8]) -> bool {
    let (_, rest) = target.split_at(plain_target(target));
    rest.iter().all(|&byte| is_target(byte))
}

/// The bytes of a value: `VCHAR`, `obs-text`, SP and HTAB (RFC 9110 §5.5).
pub(super) fn is_text(byte: u8) -> bool {
    (byte >= b' ' && byte != 0x7f) || byte == b'\t'
}

/// How many bytes from the front are ASCII letters or hyphens, as in most tokens.
#[inline]
pub(super) fn plain_token(input: &[u8]) -> usize {
    quick_scan(input, |byte| beyond(byte | 0x20, b'a', b'z').min(beyond(byte, b'-', b'-')))
}

/// How many bytes from the front are `$` to `~`, as in most targets.
#[inline]
pub(super) fn plain_target(input: &[u8]) -> usize {
    quick_scan(input, |byte| beyond(byte, b'$', b'~'))
}

/// How many bytes from the front are visible ASCII or spaces, as in most values.
#[inline]
pub(super) fn plain_text(input: &[u8]) -> usize {
    quick_scan(input, |byte| beyond(byte, b' ', b'~'))
}

/// How many bytes from the front are [`is_text`].
pub(super) fn text_run(input: &[u8]) -> usize {
    let plain = plain_text(input);
    plain + run_of(input.split_at(plain).1, is_text)
}

/// How far a byte lies outside a range; 0 within it.
fn beyond(byte: u8, first: u8, last: u8) -> u8 {
    byte.wrapping_sub(first).saturating_sub(last - first)
}

/// How many bytes from the front have a `distance` of 0.
#[inline]
fn quick_scan(input: &[u8], distance: impl Fn(u8) -> u8) -> usize {
    let (blocks, rest) = input.as_chunks::<BLOCK>();
    for (number, block) in blocks.iter().enumerate() {
        // In place: the compiler would have to assume that two arrays overlap.
        let mut distances = *block;
        for byte in &mut distances {
            *byte = distance(*byte);
        }
        let (words, _) = distances.as_chunks::<8>();
        let mut words = words.iter().map(|word| u64::from_le_bytes(*word)).enumerate();
        if let Some((word, bits)) = words.find(|(_, bits)| *bits != 0) {
            return number * BLOCK + word * 8 + bits.trailing_zeros() as usize / 8;
        }
    }
    input.len() - rest.len() + run_of(rest, |byte| distance(byte) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Run = fn(&[u8]) -> usize;
    type Kind = fn(u8) -> bool;

    /// Each quick scan, the bytes that it counts, and the class that they must be part of.
    const QUICK: [(Run, Kind, Kind); 3] = [
        (plain_token, |byte| byte.is_ascii_alphabetic() || byte == b'-', is_token),
        (plain_target, |byte| (b'$'..=b'~').contains(&byte), is_target),
        (plain_text, |byte| (b' '..=b'~').contains(&byte), is_text),
    ];

    #[test]
    fn a_quick_scan_ends_at_the_first_byte_that_is_not_plain() {
        for (run, is_plain, is_one) in QUICK {
            for byte in 0..=u8::MAX {
                assert!(is_one(byte) || !is_plain(byte), "{byte:#x}");
                for place in 0..3 * BLOCK {
                    let mut input = [b'z'; 3 * BLOCK + 5];
                    input[place] = byte;
                    input[3 * BLOCK] = byte;
                    let end = if is_plain(byte) { input.len() } else { place };
                    assert_eq!(run(&input), end, "{byte:#x} at {place}");
                    assert_eq!(run(&input[..place]), place);
                }
            }
        }
    }

    #[test]
    fn text_goes_on_behind_bytes_that_are_not_plain() {
        for (input, expected) in [(&b""[..], 0), (b"\tcaf\xc3\xa9 !", 8), (b"a\tb\x7fc", 3), (b"\r\n", 0)] {
            assert_eq!(text_run(input), expected, "{}", input.escape_ascii());
        }
    }
}
