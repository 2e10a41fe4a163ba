//! The dates that banners write: numbers of seconds or milliseconds since 1970, and ISO 8601.
//!
//! Formats call it for the member that holds their date. The charter's `valid_for` is counted from that date.

use super::Fault;
use super::json::{Json, Text, Value};
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
    let at = json.at();
    if let Some(date) = take_usual(json) {
        return date.date().ok_or(Fault::new(at, "a date"));
    }
    let at = json.position();
    Member::Other(json.value()?, at).date()
}

/// The date that comes next, if it is written as JavaScript does.
#[inline]
fn take_usual(json: &mut Json<'_>) -> Option<JavascriptDate> {
    if json.is_encoded() { json.string_of(JavascriptDate::read_encoded) } else { json.string_of(JavascriptDate::read) }
}

/// A member of an object that should be a date, and need not be one if it is not asked for.
pub(super) enum Member<'a> {
    /// As JavaScript writes it, and where it is.
    Usual(JavascriptDate, usize),
    /// Not read yet, and where it is.
    Other(Value<'a>, usize),
}

impl<'a> Member<'a> {
    /// Takes the next value, and keeps it.
    ///
    /// # Errors
    /// It is not well-formed, or the object had this key before.
    pub(super) fn keep(json: &mut Json<'a>, kept: &mut Option<Self>) -> Result<(), Fault> {
        json.once(&mut kept.is_some())?;
        let at = json.at();
        if let Some(usual) = take_usual(json) {
            *kept = Some(Self::Usual(usual, at));
            return Ok(());
        }
        let at = json.position();
        let value = json.value()?;
        *kept = Some(Self::Other(value, at));
        json.skip(value)
    }

    /// The date.
    ///
    /// # Errors
    /// It is none.
    pub(super) fn date(self) -> Result<UnixTime, Fault> {
        let (date, at) = match self {
            Self::Usual(usual, at) => (usual.date(), at),
            Self::Other(Value::Text(text), at) => (text.read_bytes(of_text), at),
            Self::Other(value, at) => (of_number(value), at),
        };
        date.ok_or(Fault::new(at, "a date"))
    }
}

/// The moment of a JSON string in ISO 8601.
pub(super) fn of_iso_string(text: Text<'_>) -> Option<UnixTime> {
    let usual = if text.is_encoded() {
        <&[u8; 28]>::try_from(text.as_written()).ok().and_then(JavascriptDate::read_encoded)
    } else {
        None
    };
    usual.map_or_else(|| text.read_bytes(of_iso), JavascriptDate::date)
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
    if let Some(usual) = <&[u8; 24]>::try_from(text).ok().and_then(JavascriptDate::read) {
        return usual.date();
    }
    let moment: jiff::Timestamp = std::str::from_utf8(text).ok()?.parse().ok()?;
    Some(UnixTime(moment.as_second()))
}

/// A date as JavaScript's `toISOString` writes it (`2024-10-15T11:50:36.242Z`). Most are written so, and the general parser takes
/// several times as long. The time exists; whether the day does is asked last, because formats ask for one of their dates.
#[derive(Clone, Copy)]
pub(super) struct JavascriptDate {
    year_and_month: Digits,
    day: u32,
    /// Seconds of the day.
    time: u32,
}

impl JavascriptDate {
    fn read(text: &[u8; 24]) -> Option<Self> {
        let ([date, time, seconds], []) = text.as_chunks() else { return None };
        let (date, time) = (Shape::DATE.digits(*date)?, Shape::TIME.digits(*time)?);
        let seconds = Shape::SECONDS.digits(*seconds)?;
        Self::at(date, time, time.two(6), seconds.two(1))
    }

    /// The same, percent-encoded.
    fn read_encoded(text: &[u8; 28]) -> Option<Self> {
        let ([date, time, seconds], [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'Z']) = text.as_chunks() else {
            return None;
        };
        let (date, time) = (Shape::DATE.digits(*date)?, Shape::ENCODED_TIME.digits(*time)?);
        let seconds = Shape::ENCODED_SECONDS.digits(*seconds)?;
        Self::at(date, time, seconds.two(0), seconds.two(5))
    }

    // A call costs a third of what it does.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn at(year_and_month: Digits, day_and_hour: Digits, minute: u32, second: u32) -> Option<Self> {
        let (day, hour) = (day_and_hour.two(0), day_and_hour.two(3));
        let time = (hour * 60 + minute) * 60 + second;
        if hour < 24 && minute < 60 && second < 60 { Some(Self { year_and_month, day, time }) } else { None }
    }

    fn date(self) -> Option<UnixTime> {
        let year = self.year_and_month.two(0) * 100 + self.year_and_month.two(2);
        let days = days(year, self.year_and_month.two(5), self.day)?;
        Some(UnixTime(days * 86_400 + i64::from(self.time)))
    }
}

/// Eight bytes of a date: a digit for each `0`, and otherwise what they are.
struct Shape {
    bytes: u64,
    /// For each byte, 127 less by how much it may differ: 118 for a digit.
    slack: u64,
}

impl Shape {
    const DATE: Self = Self::new(*b"0000-00-");
    const TIME: Self = Self::new(*b"00T00:00");
    const SECONDS: Self = Self::new(*b":00.000Z");
    const ENCODED_TIME: Self = Self::new(*b"00T00%3A");
    const ENCODED_SECONDS: Self = Self::new(*b"00%3A00.");

    const fn new(bytes: [u8; 8]) -> Self {
        let (mut slack, mut rest) = (0, bytes.as_slice());
        while let Some((last, before)) = rest.split_last() {
            (slack, rest) = ((slack << 8) | if *last == b'0' { 127 - 9 } else { 127 }, before);
        }
        Self { bytes: u64::from_le_bytes(bytes), slack }
    }

    /// `None` if the bytes are of another shape: if one differs by more than it may, the sum has its highest bit.
    #[inline]
    fn digits(&self, bytes: [u8; 8]) -> Option<Digits> {
        let difference = u64::from_le_bytes(bytes) ^ self.bytes;
        let others = (difference | difference.wrapping_add(self.slack)) & 0x8080_8080_8080_8080;
        if others == 0 { Some(Digits(difference)) } else { None }
    }
}

/// Eight bytes: what a digit stands for, or 0.
#[derive(Clone, Copy)]
struct Digits(u64);

impl Digits {
    /// The number that two digits stand for, the first of which is byte `at`.
    #[inline]
    fn two(self, at: u32) -> u32 {
        let digit = |at: u32| ((self.0 >> (8 * at)) & 0xf) as u32;
        digit(at) * 10 + digit(at + 1)
    }
}

/// What [`days`] counts up to 1970-01-01.
const DAYS_TO_1970: i64 = 865_566;

/// The days from 1970-01-01 to a date; `None` if there is no such date.
fn days(year: u32, month: u32, day: u32) -> Option<i64> {
    let is_leap = || year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        2 => 28 + u32::from(is_leap()),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    // Years that begin in March end with the day that a leap year has more. Four centuries more keep the year above 0.
    let (year, months) = if month > 2 { (year + 400, month - 3) } else { (year + 399, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (months * 153 + 2) / 5 + day;
    if (1..=length).contains(&day) { Some(i64::from(days) - DAYS_TO_1970) } else { None }
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

    /// Every month of every kind of year, raw and encoded, as another reader has it.
    #[test]
    fn what_javascript_writes_is_read_as_another_parser_reads_it() {
        let days = (0..=9999).step_by(7).chain(1890..2110).flat_map(|year| {
            (0..=13)
                .flat_map(move |month| [0, 1, 28, 29, 30, 31, 32].map(|day| format!("{year:04}-{month:02}-{day:02}T")))
        });
        let times =
            ["00:00:00.000Z", "23:59:59.000Z", "24:00:00.000Z", "23:60:00.000Z", "23:59:60.000Z", "1a:00:00.000Z"];
        for (day, time) in days.zip(times.into_iter().cycle()) {
            let text = format!("{day}{time}");
            let expected = text.parse().ok().map(|moment: jiff::Timestamp| UnixTime(moment.as_second()));
            let expected = expected.filter(|_| !time.contains(":60."));
            let read = JavascriptDate::read(text.as_bytes().try_into().unwrap()).and_then(JavascriptDate::date);
            assert_eq!(read, expected, "{text}");
            let encoded = text.replace(':', "%3A");
            let read =
                JavascriptDate::read_encoded(encoded.as_bytes().try_into().unwrap()).and_then(JavascriptDate::date);
            assert_eq!(read, expected, "{encoded}");
        }
    }

    #[test]
    fn what_javascript_does_not_write_is_left_to_the_general_parser() {
        let text = "2024-10-15T11:50:36.242Z";
        for at in 0..text.len() {
            for byte in ["/", ":", "a", "\u{80}", "\"", "+"].into_iter().filter(|byte| *byte != &text[at..=at]) {
                let changed = [&text[..at], byte, &text[at + 1..]].concat();
                let read = <&[u8; 24]>::try_from(changed.as_bytes()).ok().and_then(JavascriptDate::read);
                assert!(read.is_none(), "{changed}");
                let encoded = changed.replace(':', "%3A");
                let read = <&[u8; 28]>::try_from(encoded.as_bytes()).ok().and_then(JavascriptDate::read_encoded);
                assert!(read.is_none(), "{encoded}");
            }
        }
    }

    #[test]
    fn a_member_is_a_date_however_it_is_written() {
        let date = |json: Result<Json<'_>, Fault>| json.and_then(|mut json| of_member(&mut json)).ok();
        let expected = Some(UnixTime(1_728_993_036));
        assert_eq!(date(Json::new(br#""2024-10-15T11:50:36.242Z""#)), expected);
        assert_eq!(date(Json::new(br#" "2024-10-15T13:50:36+02:00""#)), expected);
        assert_eq!(date(Json::encoded(b"%222024-10-15T11%3A50%3A36.242Z%22")), expected);
        assert_eq!(date(Json::encoded(b"%222024-10-15T11:50:36.242Z%22")), expected);
        assert_eq!(date(Json::new(br#""2024-10-15T11%3A50%3A36.242Z""#)), None);
        assert_eq!(date(Json::new(br#""2024-10-15T11:50:36.242Z"#)), None);
    }
}
