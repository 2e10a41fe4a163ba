//! Reads `Content-Length`, in the same way for requests and responses of every version of HTTP.
//!
//! Two recipients that read two lengths in one field see two messages (RFC 9112 §11.1). So only the plain grammar is accepted,
//! up to one maximum.

/// No length has more digits, leading zeros included.
pub(crate) const MOST_DIGITS: usize = 19;
/// 2⁶³-1 bytes: the largest length for a recipient with signed 64-bit numbers.
const MOST: u64 = i64::MAX.cast_unsigned();

/// The number of bytes in `1*DIGIT` (RFC 9110 §8.6). `None` for anything else (a sign, a space, a list), for more than
/// [`MOST_DIGITS`] and for more than 2⁶³-1.
pub(crate) fn read(value: &[u8]) -> Option<u64> {
    let is_plain = (1..=MOST_DIGITS).contains(&value.len()) && value.iter().all(u8::is_ascii_digit);
    // 19 digits cannot overflow 64 bits.
    let length = || value.iter().fold(0, |length, digit| 10 * length + u64::from(digit - b'0'));
    is_plain.then(length).filter(|length| *length <= MOST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_maximum_for_all() {
        assert_eq!(read(b"9223372036854775807"), Some(MOST));
        for over in ["9223372036854775808", "9999999999999999999", "18446744073709551615", "18446744073709551616"] {
            assert_eq!(read(over.as_bytes()), None, "{over}");
        }
        assert_eq!((read(b"0"), read(b"0000000000000000007"), read(b"00000000000000000007")), (Some(0), Some(7), None));
    }

    proptest! {
        #[test]
        fn every_length_up_to_the_maximum_is_read_as_it_is_written(length: u64) {
            prop_assert_eq!(read(length.to_string().as_bytes()), Some(length).filter(|length| *length <= MOST));
        }

        #[test]
        fn nothing_but_digits_is_a_length(value in prop::collection::vec(prop::sample::select(&b"019+-, x\t\xff"[..]), 0..22)) {
            let text = std::str::from_utf8(&value).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
            let expected = text.filter(|text| text.len() <= 19).and_then(|text| text.parse::<i64>().ok());
            prop_assert_eq!(read(&value), expected.map(i64::cast_unsigned));
        }
    }
}
