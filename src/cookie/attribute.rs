//! The attributes of a `Set-Cookie` line (RFC 6265bis §5.6, steps 7 and 8).
//!
//! They are read as they stand, duplicates included. What browsers make of them together is for their readers here:
//! `deletion` and `amend`.

use super::scan::{cut, cut_near, trim};

/// A longer value makes browsers pass over the attribute (RFC 6265bis §5.6).
const LONGEST_VALUE: usize = 1024;

/// One attribute of a `Set-Cookie` line, as it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// Which attribute it is, its name compared without regard to ASCII case.
    pub kind: AttributeKind,
    /// The bytes between two `;`, untrimmed.
    pub raw: &'a [u8],
    /// The name, trimmed of SP and TAB.
    pub name: &'a [u8],
    /// The bytes after the first `=`, trimmed of SP and TAB; `None` where there is no `=`.
    pub value: Option<&'a [u8]>,
}

impl<'a> Attribute<'a> {
    fn read(raw: &'a [u8]) -> Self {
        let (name, value) = cut_near(raw, b'=');
        let name = trim(name);
        Self { kind: AttributeKind::of(name), raw, name, value: value.map(trim) }
    }

    /// Whether browsers heed it at all, as far as its length goes.
    pub(super) fn is_heeded(&self) -> bool {
        self.value.is_none_or(|value| value.len() <= LONGEST_VALUE)
    }

    /// Its value in seconds, where every browser reads it as the same number: `-?[0-9]+`. A number out of range is the
    /// end of the range.
    pub(super) fn seconds(&self) -> Option<i64> {
        let value = self.value.filter(|_| self.is_heeded())?;
        let (sign, digits) = match value {
            [b'-', digits @ ..] => (-1, digits),
            digits => (1, digits),
        };
        if digits.is_empty() {
            return None;
        }
        digits.iter().try_fold(0_i64, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| i64::from(digit - b'0'))?;
            Some(number.saturating_mul(10).saturating_add(sign * digit))
        })
    }
}

/// The attributes that browsers know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum AttributeKind {
    Expires,
    MaxAge,
    Domain,
    Path,
    Secure,
    HttpOnly,
    SameSite,
    Partitioned,
    Priority,
    /// Any other; browsers pass over it.
    Unknown,
}

impl AttributeKind {
    /// Told by the length first: a line has several attributes, and each is looked at.
    fn of(name: &[u8]) -> Self {
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        match name.len() {
            4 if is(b"path") => Self::Path,
            6 if is(b"secure") => Self::Secure,
            6 if is(b"domain") => Self::Domain,
            7 if is(b"expires") => Self::Expires,
            7 if is(b"max-age") => Self::MaxAge,
            8 if is(b"samesite") => Self::SameSite,
            8 if is(b"httponly") => Self::HttpOnly,
            8 if is(b"priority") => Self::Priority,
            11 if is(b"partitioned") => Self::Partitioned,
            _ => Self::Unknown,
        }
    }
}

/// The values of `SameSite` that a policy can add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum SameSite {
    Strict,
    Lax,
    None,
}

impl SameSite {
    /// Every value.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Lax, Self::None];

    /// The value as it is written in a `Set-Cookie` line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "Strict",
            Self::Lax => "Lax",
            Self::None => "None",
        }
    }
}

/// The attributes of one line, in order.
#[derive(Clone, Debug)]
pub struct Attributes<'a> {
    /// What follows the `;` that ended the previous piece; `None` once the line is read.
    pub(super) rest: Option<&'a [u8]>,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (raw, rest) = cut(self.rest?, b';');
        self.rest = rest;
        Some(Attribute::read(raw))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(rest: &[u8]) -> Vec<Attribute<'_>> {
        Attributes { rest: Some(rest) }.collect()
    }

    fn seconds(value: &str) -> Option<i64> {
        Attribute::read(format!("Max-Age={value}").as_bytes()).seconds()
    }

    #[test]
    fn reads_names_without_regard_to_case_and_values_as_they_are() {
        let read = attributes(b" pAtH = /A b\t;HTTPONLY;_ga=2");
        assert_eq!(
            read.iter().map(|a| a.kind).collect::<Vec<_>>(),
            [AttributeKind::Path, AttributeKind::HttpOnly, AttributeKind::Unknown]
        );
        assert_eq!(read[0].name, b"pAtH");
        assert_eq!(read[0].value, Some(&b"/A b"[..]));
        assert_eq!(read[0].raw, b" pAtH = /A b\t");
        assert_eq!(read[1].value, None);
    }

    #[test]
    fn an_empty_piece_is_an_unknown_attribute() {
        let read = attributes(b";");
        assert_eq!(read.len(), 2);
        assert!(read.iter().all(|a| a.kind == AttributeKind::Unknown && a.raw.is_empty()));
        assert_eq!(Attributes { rest: None }.count(), 0);
    }

    #[test]
    fn seconds_are_digits_with_at_most_a_minus() {
        assert_eq!(seconds("0"), Some(0));
        assert_eq!(seconds("-0"), Some(0));
        assert_eq!(seconds("0042"), Some(42));
        assert_eq!(seconds("-17"), Some(-17));
        for odd in ["", "-", "+0", "1.5", "1e9", "0x1", "\u{a0}0", "\"0\"", "1 0", "--1", "abc", "10abc"] {
            assert_eq!(seconds(odd), None, "{odd:?}");
        }
        assert_eq!(Attribute::read(b"Max-Age").seconds(), None);
    }

    #[test]
    fn seconds_out_of_range_stop_at_its_end() {
        assert_eq!(seconds("9223372036854775807"), Some(i64::MAX));
        assert_eq!(seconds("9223372036854775808"), Some(i64::MAX));
        assert_eq!(seconds("-9223372036854775808"), Some(i64::MIN));
        assert_eq!(seconds(&"9".repeat(1024)), Some(i64::MAX));
        assert_eq!(seconds(&format!("-{}", "9".repeat(1023))), Some(i64::MIN));
    }

    #[test]
    fn a_value_over_1024_bytes_is_not_heeded() {
        assert_eq!(seconds(&"0".repeat(1024)), Some(0));
        assert_eq!(seconds(&"0".repeat(1025)), None);
        assert!(!Attribute::read(format!("Secure={}", "x".repeat(1025)).as_bytes()).is_heeded());
    }
}
