//! Dates in cookies: the lenient reading of browsers and the strict one of HTTP.
//!
//! The lenient reading is exactly the algorithm of RFC 6265 §5.1.1, which Chromium follows. Firefox reads more (a date without a
//! time, `24:00:00`, a time zone), so octroi relies only on a date in a form that both read alike.

use super::UnixTime;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimePrinter;
use std::ops::RangeInclusive;

pub(super) const DAYS: [[u8; 3]; 7] = [*b"Mon", *b"Tue", *b"Wed", *b"Thu", *b"Fri", *b"Sat", *b"Sun"];
#[rustfmt::skip]
pub(super) const MONTHS: [[u8; 3]; 12] =
    [*b"Jan", *b"Feb", *b"Mar", *b"Apr", *b"May", *b"Jun", *b"Jul", *b"Aug", *b"Sep", *b"Oct", *b"Nov", *b"Dec"];

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// Reads a date as browsers do (RFC 6265 §5.1.1); `None` if they would ignore the attribute.
///
/// A day that the calendar does not have (30 February) is no date, nor is a leap second or a year before 1601.
///
/// ```
/// use octroi::cookie::{UnixTime, parse_cookie_date, parse_strict_date};
///
/// let date = Some(UnixTime(784_111_777));
/// assert_eq!(parse_cookie_date(b"Sunday, 06-Nov-94 08:49:37 GMT"), date);
/// assert_eq!(parse_strict_date(b"Sun, 06 Nov 1994 08:49:37 GMT"), date);
/// assert_eq!(parse_strict_date(b"Sunday, 06-Nov-94 08:49:37 GMT"), None);
/// assert_eq!(parse_cookie_date(b"30 Feb 2026 00:00:00"), None);
/// ```
pub fn parse_cookie_date(value: &[u8]) -> Option<UnixTime> {
    let mut fields = Fields::default();
    for token in value.split(|byte| is_delimiter(*byte)).filter(|token| !token.is_empty()) {
        fields.read(token);
    }
    fields.moment()
}

/// Reads an IMF-fixdate (`Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110 §5.6.7) and nothing else.
///
/// The name of the day need not be that of the date: no browser compares them. The limits of [`parse_cookie_date`] hold.
pub fn parse_strict_date(value: &[u8]) -> Option<UnixTime> {
    parse_fixed(value, b' ')
}

/// Reads a date in a form that every browser reads alike: an IMF-fixdate, or the same with `-` in the date, which is
/// Netscape's original form and still common.
pub(super) fn parse_agreed_date(value: &[u8]) -> Option<UnixTime> {
    parse_strict_date(value).or_else(|| parse_fixed(value, b'-'))
}

/// Writes an IMF-fixdate; `None` before the year 0 and at the end of the year 9999.
pub fn format_strict_date(time: UnixTime) -> Option<String> {
    let time = Timestamp::from_second(time.0).ok()?;
    DateTimePrinter::new().timestamp_to_rfc9110_string(&time).ok()
}

/// Reads `www, dd ooo yyyy hh:mm:ss GMT`, with `mark` on either side of the month.
#[rustfmt::skip]
fn parse_fixed(value: &[u8], mark: u8) -> Option<UnixTime> {
    let [w0, w1, w2, b',', b' ', day @ .., b' ', h0, h1, b':', m0, m1, b':', s0, s1, b' ', b'G', b'M', b'T'] = value else {
        return None;
    };
    let [d0, d1, before, o0, o1, o2, after, y0, y1, y2, y3] = day else { return None };
    if [before, after] != [&mark; 2] || !DAYS.contains(&[*w0, *w1, *w2]) {
        return None;
    }
    let month = MONTHS.iter().position(|month| *month == [*o0, *o1, *o2]);
    let month = month.and_then(|index| i8::try_from(index + 1).ok());
    let time = Clock { hour: two_digits(*h0, *h1)?, minute: two_digits(*m0, *m1)?, second: two_digits(*s0, *s1)? };
    let year = two_digits(*y0, *y1)? * 100 + two_digits(*y2, *y3)?;
    Fields { time: Some(time), day: two_digits(*d0, *d1), month, year: Some(year) }.moment()
}

fn two_digits(tens: u8, ones: u8) -> Option<i16> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// `delimiter` of RFC 6265 §5.1.1.
fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'/' | b';'..=b'@' | b'['..=b'`' | b'{'..=b'~')
}

/// What the tokens of a date have said so far.
#[derive(Default)]
struct Fields {
    time: Option<Clock>,
    day: Option<i16>,
    month: Option<i8>,
    year: Option<i16>,
}

struct Clock {
    hour: i16,
    minute: i16,
    second: i16,
}

impl Fields {
    /// A token fills the first empty field that it fits, in this order; one that fits none is ignored.
    fn read(&mut self, token: &[u8]) {
        let _filled = fill(&mut self.time, || Clock::read(token))
            || fill(&mut self.day, || leading_number(token, 1..=2).map(|(day, _)| day))
            || fill(&mut self.month, || month(token))
            || fill(&mut self.year, || leading_number(token, 2..=4).map(|(year, _)| year));
    }

    fn moment(&self) -> Option<UnixTime> {
        let year = match self.year? {
            year @ 0..=69 => year + 2000,
            year @ 70..=99 => year + 1900,
            100..1601 => return None,
            year => year,
        };
        let clock = self.time.as_ref()?;
        let [day, hour, minute, second] = [self.day?, clock.hour, clock.minute, clock.second].map(i8::try_from);
        let date = DateTime::new(year, self.month?, day.ok()?, hour.ok()?, minute.ok()?, second.ok()?, 0).ok()?;
        Some(UnixTime(date.duration_since(EPOCH).as_secs()))
    }
}

impl Clock {
    /// `time` of RFC 6265 §5.1.1: three numbers of one or two digits between colons, then anything but a digit.
    fn read(token: &[u8]) -> Option<Self> {
        let (hour, rest) = leading_number(token, 1..=2)?;
        let (minute, rest) = leading_number(rest.strip_prefix(b":")?, 1..=2)?;
        let (second, _) = leading_number(rest.strip_prefix(b":")?, 1..=2)?;
        Some(Self { hour, minute, second })
    }
}

/// Fills `field` if it is empty and `read` has something for it.
fn fill<T>(field: &mut Option<T>, read: impl FnOnce() -> Option<T>) -> bool {
    if field.is_some() {
        return false;
    }
    *field = read();
    field.is_some()
}

fn month(token: &[u8]) -> Option<i8> {
    let name = token.get(..3)?;
    (1..).zip(MONTHS).find_map(|(number, month)| month.eq_ignore_ascii_case(name).then_some(number))
}

/// The number that opens `token`, if its run of digits is of that length (at most four), and what follows it.
fn leading_number(token: &[u8], length: RangeInclusive<usize>) -> Option<(i16, &[u8])> {
    let run = token.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !length.contains(&run) {
        return None;
    }
    let (digits, rest) = token.split_at_checked(run)?;
    let number = digits.iter().fold(0, |number, digit| number * 10 + i16::from(digit - b'0'));
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_those_of_the_grammar() {
        let expected = |byte: u8| {
            byte == 0x09
                || (0x20..=0x2F).contains(&byte)
                || (0x3B..=0x40).contains(&byte)
                || (0x5B..=0x60).contains(&byte)
                || (0x7B..=0x7E).contains(&byte)
        };
        assert!((0..=u8::MAX).all(|byte| is_delimiter(byte) == expected(byte)));
    }

    #[test]
    fn a_written_date_reads_back() {
        for time in [0, 784_111_777, 4_102_444_800, 253_402_207_200].map(UnixTime) {
            let written = format_strict_date(time).unwrap();
            assert_eq!(parse_strict_date(written.as_bytes()), Some(time), "{written}");
        }
        assert_eq!(format_strict_date(UnixTime(i64::MAX)), None);
        assert_eq!(format_strict_date(UnixTime(i64::MIN)), None);
    }

    #[test]
    fn the_form_with_hyphens_is_agreed_but_not_strict() {
        let value = b"Sun, 06-Nov-1994 08:49:37 GMT";
        assert_eq!(parse_agreed_date(value), Some(UnixTime(784_111_777)));
        assert_eq!(parse_strict_date(value), None);
        assert_eq!(parse_agreed_date(b"Sun, 06-Nov-94 08:49:37 GMT"), None);
    }
}
