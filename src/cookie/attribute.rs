//! The attributes of a `Set-Cookie` line (RFC 6265bis §5.6, steps 7 and 8).
//!
//! They are read as they are written, duplicates included. `deletion` and `amend` know how browsers combine them.

use super::scan::{cut_near, trim, trim_start};

/// Browsers ignore an attribute with a longer value (RFC 6265bis §5.6).
const LONGEST_VALUE: usize = 1024;

/// The bit by which a letter in lower case differs.
const LOWER_CASE: u8 = 0x20;

/// One attribute of a `Set-Cookie` line, as it is written there. It is parsed only as far as needed, because most loops over a
/// line look for one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The bytes between two `;`, untrimmed.
    pub raw: &'a [u8],
}

impl<'a> Attribute<'a> {
    /// Which attribute it is, its name compared without regard to ASCII case.
    pub fn kind(&self) -> AttributeKind {
        AttributeKind::of(self.raw)
    }

    /// Whether it is of this kind. Cheaper than [`Self::kind`], because most others differ in their first letter.
    #[inline]
    pub fn is(&self, kind: AttributeKind) -> bool {
        kind.initial().is_none_or(|letter| initial(self.raw) == Some(letter)) && self.kind() == kind
    }

    /// The name, trimmed of SP and TAB.
    pub fn name(&self) -> &'a [u8] {
        trim(cut_near(self.raw, b'=').0)
    }

    /// The bytes after the first `=`, trimmed of SP and TAB; `None` if there is no `=`.
    pub fn value(&self) -> Option<&'a [u8]> {
        cut_near(self.raw, b'=').1.map(trim)
    }

    /// Whether it is short enough that browsers do not ignore it.
    pub(super) fn is_heeded(&self) -> bool {
        self.value().is_none_or(|value| value.len() <= LONGEST_VALUE)
    }

    /// Its value in seconds, if every browser reads it as the same number: `-?[0-9]+`. A number out of range is the
    /// end of the range.
    pub(super) fn seconds(&self) -> Option<i64> {
        let (is_negative, digits) = match self.value().filter(|value| value.len() <= LONGEST_VALUE)? {
            [] | [b'-'] => return None,
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let mut number = 0_u64;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            number = number.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
        }
        let number = i64::try_from(number);
        Some(if is_negative { number.map_or(i64::MIN, |number| -number) } else { number.unwrap_or(i64::MAX) })
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
    /// Any other; browsers ignore it.
    Unknown,
}

impl AttributeKind {
    fn of(raw: &[u8]) -> Self {
        let piece = trim_start(raw);
        let is = |known: &[u8]| {
            let (name, rest) = piece.split_at_checked(known.len()).unwrap_or_default();
            name.eq_ignore_ascii_case(known) && matches!(trim_start(rest), [] | [b'=', ..])
        };
        match piece.first().map(|first| first | LOWER_CASE) {
            Some(b'd') if is(b"domain") => Self::Domain,
            Some(b'e') if is(b"expires") => Self::Expires,
            Some(b'h') if is(b"httponly") => Self::HttpOnly,
            Some(b'm') if is(b"max-age") => Self::MaxAge,
            Some(b'p') if is(b"path") => Self::Path,
            Some(b'p') if is(b"partitioned") => Self::Partitioned,
            Some(b'p') if is(b"priority") => Self::Priority,
            Some(b's') if is(b"samesite") => Self::SameSite,
            Some(b's') if is(b"secure") => Self::Secure,
            _ => Self::Unknown,
        }
    }

    /// The first letter of the name; `None` for [`Self::Unknown`].
    #[inline]
    fn initial(self) -> Option<u8> {
        match self {
            Self::Domain => Some(b'd'),
            Self::Expires => Some(b'e'),
            Self::HttpOnly => Some(b'h'),
            Self::MaxAge => Some(b'm'),
            Self::Path | Self::Partitioned | Self::Priority => Some(b'p'),
            Self::SameSite | Self::Secure => Some(b's'),
            Self::Unknown => None,
        }
    }
}

/// The first letter of a name, in lower case; other bytes may come out as no letter.
#[inline]
fn initial(raw: &[u8]) -> Option<u8> {
    match raw {
        // Nearly all.
        [b' ', first @ b'A'..=b'z', ..] => Some(first | LOWER_CASE),
        raw => trim_start(raw).first().map(|first| first | LOWER_CASE),
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
        let (raw, rest) = cut_near(self.rest?, b';');
        self.rest = rest;
        Some(Attribute { raw })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(rest: &[u8]) -> Vec<Attribute<'_>> {
        Attributes { rest: Some(rest) }.collect()
    }

    fn seconds(value: &str) -> Option<i64> {
        Attribute { raw: format!("Max-Age={value}").as_bytes() }.seconds()
    }

    #[test]
    fn reads_names_without_regard_to_case_and_values_as_they_are() {
        let read = attributes(b" pAtH = /A b\t;HTTPONLY;_ga=2");
        assert_eq!(
            read.iter().map(Attribute::kind).collect::<Vec<_>>(),
            [AttributeKind::Path, AttributeKind::HttpOnly, AttributeKind::Unknown]
        );
        assert_eq!(read[0].name(), b"pAtH");
        assert_eq!(read[0].value(), Some(&b"/A b"[..]));
        assert_eq!(read[0].raw, b" pAtH = /A b\t");
        assert_eq!(read[1].value(), None);
    }

    #[test]
    fn an_empty_piece_is_an_unknown_attribute() {
        let read = attributes(b";");
        assert_eq!(read.len(), 2);
        assert!(read.iter().all(|a| a.is(AttributeKind::Unknown) && a.raw.is_empty()));
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
        assert_eq!(Attribute { raw: b"Max-Age" }.seconds(), None);
    }

    #[test]
    fn seconds_out_of_range_stop_at_its_end() {
        assert_eq!(seconds("9223372036854775807"), Some(i64::MAX));
        assert_eq!(seconds("9223372036854775808"), Some(i64::MAX));
        assert_eq!(seconds("-9223372036854775808"), Some(i64::MIN));
        assert_eq!(seconds("18446744073709551616"), Some(i64::MAX));
        assert_eq!(seconds("99999999999999999990"), Some(i64::MAX));
        assert_eq!(seconds(&"9".repeat(1024)), Some(i64::MAX));
        assert_eq!(seconds(&format!("-{}", "9".repeat(1023))), Some(i64::MIN));
    }

    #[test]
    fn a_value_over_1024_bytes_is_not_heeded() {
        assert_eq!(seconds(&"0".repeat(1024)), Some(0));
        assert_eq!(seconds(&"0".repeat(1025)), None);
        assert!(!Attribute { raw: format!("Secure={}", "x".repeat(1025)).as_bytes() }.is_heeded());
    }
}
