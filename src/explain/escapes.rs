//! Escapes for bytes that are hard to type: `\t`, `\n`, `\r`, `\0`, `\\` and `\xHH`.

/// An escape that cannot be decoded: `\x` is not followed by two hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected two hexadecimal digits after \\x")]
pub struct EscapeError;

/// Decodes the escapes of a text.
///
/// A backslash that begins no escape stands for itself, so most values copied from a browser need no change. `\054` stays
/// four characters: Django writes a comma as this, and reads it back.
///
/// # Errors
/// If two bytes follow `\x` that are not both hexadecimal digits; with fewer at the end, `\x` stands for itself.
///
/// ```
/// use octroi::explain::unescape;
///
/// assert_eq!(unescape(r"a=1\x00")?, b"a=1\0");
/// assert_eq!(unescape(r"a=1\054 2")?, br"a=1\054 2");
/// assert!(unescape(r"\xg0").is_err());
/// # Ok::<(), octroi::explain::EscapeError>(())
/// ```
pub fn unescape(text: &str) -> Result<Vec<u8>, EscapeError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let (byte, after) = match (first, tail) {
            (b'\\', [b't', after @ ..]) => (b'\t', after),
            (b'\\', [b'n', after @ ..]) => (b'\n', after),
            (b'\\', [b'r', after @ ..]) => (b'\r', after),
            // Three octal digits are Django's escape, not ours.
            (b'\\', [b'0'..=b'3', b'0'..=b'7', b'0'..=b'7', ..]) => (b'\\', tail),
            (b'\\', [b'0', after @ ..]) => (0, after),
            (b'\\', [b'\\', after @ ..]) => (b'\\', after),
            (b'\\', [b'x', high, low, after @ ..]) => (hex(*high, *low)?, after),
            _ => (*first, tail),
        };
        bytes.push(byte);
        rest = after;
    }
    Ok(bytes)
}

fn hex(high: u8, low: u8) -> Result<u8, EscapeError> {
    let digit = |digit: u8| char::from(digit).to_digit(16).ok_or(EscapeError);
    u8::try_from(digit(high)? * 16 + digit(low)?).map_err(|_| EscapeError)
}
