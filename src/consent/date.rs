//! The dates that banners write: numbers of seconds or milliseconds since 1970, and ISO 8601.
//!
//! Formats call it for the member that holds their date. The charter's `valid_for` is counted from that date.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::Fault;
use super::json::{Json, Value};
use crate::cookie::UnixTime;

/// A smaller number counts seconds, a larger one milliseconds. As milliseconds, this number is in 1973; as seconds, in 5138.
const FIRST_MILLISECONDS: f64 = 1e11;

/// The date that a JSON number stands for; `None` if it is none, or before 1970.
pub(super) fn of_number(value: Value<'_>) -> Option<UnixTime> {
    let Value::Number(number) = value else { return None };
    of_digits(number)
}

/// The date that comes next in a JSON text, as a number or a text.
///
/// # Errors
/// Something else comes.
pub(super) fn of_member(json: &mut Json<'_>) -> Result<UnixTime, Fault> {
    let at = json.position();
    let date = match json.value()? {
        Value::Text(text) => text.read_bytes(of_text),
        value => of_number(value),
    };
    date.ok_or(Fault::new(at, "a date"))
}

/// The date that a decimal number stands for. It counts seconds or milliseconds since 1970, which its size tells.
/// `None` for a negative one, or one so large that it is no date.
pub(super) fn of_digits(number: &[u8]) -> Option<UnixTime> {
    if let Some(number) = few_digits(number) {
        #[allow(clippy::cast_precision_loss)] // It has at most fifteen digits.
        return of_seconds_or_milliseconds(number as f64);
    }
    of_seconds_or_milliseconds(std::str::from_utf8(number).ok()?.parse().ok()?)
}

/// The number of a text of at most fifteen digits, as almost every one is: the general parser takes several times as long.
fn few_digits(text: &[u8]) -> Option<u64> {
    if !(1..=15).contains(&text.len()) {
        return None;
    }
    let mut number = 0;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + u64::from(digit);
    }
    Some(number)
}

fn of_seconds_or_milliseconds(number: f64) -> Option<UnixTime> {
    let seconds = if number < FIRST_MILLISECONDS { number } else { number / 1000.0 };
    // Within these bounds the conversion is exact to the second.
    #[allow(clippy::cast_possible_truncation)]
    (0.0..1e12).contains(&seconds).then_some(UnixTime(seconds as i64))
}

/// The moment of a text in ISO 8601. With an offset or `Z`; fractions of a second are cut off. `None` if it is no such
/// text.
pub(super) fn of_iso(text: &[u8]) -> Option<UnixTime> {
    let general = || std::str::from_utf8(text).ok()?.parse().ok();
    let moment: jiff::Timestamp = of_javascript(text).or_else(general)?;
    Some(UnixTime(moment.as_second()))
}

/// The moment of a text as JavaScript's `toISOString` writes it (`2024-10-15T11:50:36.242Z`). Most dates are written so, and
/// the general parser takes several times as long.
fn of_javascript(text: &[u8]) -> Option<jiff::Timestamp> {
    const SHAPE: &[u8; 24] = b"0000-00-00T00:00:00.000Z";
    let fits = |(byte, like): (&u8, &u8)| if *like == b'0' { byte.is_ascii_digit() } else { byte == like };
    if text.len() != SHAPE.len() || !text.iter().zip(SHAPE).all(fits) {
        return None;
    }
    let digit = |at: usize| text.get(at).map_or(0, |digit| i8::try_from(digit - b'0').unwrap_or(0));
    let two = |at: usize| digit(at) * 10 + digit(at + 1);
    let year = i16::from(two(0)) * 100 + i16::from(two(2));
    let moment = DateTime::new(year, two(5), two(8), two(11), two(14), two(17), 0).ok()?;
    Offset::UTC.to_timestamp(moment).ok()
}

/// The moment of a text, in ISO 8601 or as a number.
fn of_text(text: &[u8]) -> Option<UnixTime> {
    let is_number = text.iter().all(u8::is_ascii_digit);
    if is_number { of_digits(text) } else { of_iso(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_seconds_or_milliseconds() {
        for (number, expected) in [
            ("1764000000", Some(1_764_000_000)),
            ("1764000000999", Some(1_764_000_000)),
            ("1.764e9", Some(1_764_000_000)),
            ("-1", None),
            ("1e300", None),
            ("NaN", None),
            ("", None),
        ] {
            assert_eq!(of_digits(number.as_bytes()), expected.map(UnixTime), "{number}");
        }
        assert_eq!(of_number(Value::Bool(true)), None);
    }

    #[test]
    fn texts_are_moments() {
        assert_eq!(of_iso(b"2024-10-15T11:50:36.242Z"), Some(UnixTime(1_728_993_036)));
        assert_eq!(of_iso(b"2024-10-15T13:50:36+02:00"), Some(UnixTime(1_728_993_036)));
        assert_eq!(of_iso(b"2024-10-15"), None);
        assert_eq!(of_iso(b"2024-02-29T00:00:00.000Z"), Some(UnixTime(1_709_164_800)));
        assert_eq!(of_iso(b"2023-02-29T00:00:00.000Z"), None);
        assert_eq!(of_iso(b"2023-13-01T00:00:00.000Z"), None);
        assert_eq!(of_iso(b"2023-12-01T24:00:00.000Z"), None);
        assert_eq!(of_iso(b"yesterday"), None);
        assert_eq!(of_text(b"1764000000"), Some(UnixTime(1_764_000_000)));
        assert_eq!(of_text(b"2024-10-15T11:50:36.242Z"), Some(UnixTime(1_728_993_036)));
        assert_eq!(of_text(b""), None);
    }
}
