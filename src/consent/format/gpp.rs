//! The IAB's Global Privacy Platform: `header~section~…`. The section of the European TCF is a TC string and is read as
//! one (`tcf`); the others are of other laws, and a string without it says nothing here.
//!
//! The header lists the sections by number, as ranges of Fibonacci-coded steps. No cookie's name is specified: `gpp` is
//! that of the IAB's examples.
//!
//! Source: InteractiveAdvertisingBureau/Global-Privacy-Platform, "Consent String Specification" (December 2025).

use super::bits::Bits;
use super::{Answers, Definition, Fault, KnownKeys, Options, Order, tcf};
use crate::consent::Reading;

/// The number of the section of the European TCF 2.
const TCF_EU: u64 = 2;
/// No section has a higher number; of those that exist, the highest is 27.
const MAX_SECTION: u64 = 4096;

pub(super) const DEFINITION: Definition = Definition {
    word: "gpp",
    about: "IAB GPP: the section of the European TCF",
    stems: &["gpp"],
    keys: KnownKeys::Tcf,
    is_dated: true,
    needs_date: true,
    options: &tcf::OPTIONS,
    default_options: tcf::default_options,
    read: |parts, options, answers| {
        parts.read(0, Order::RawFirst, answers, |text, answers| string(text, options, answers))
    },
    ..Definition::PLAIN
};

fn string(text: &[u8], options: &Options, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let mut marks = memchr::memchr_iter(b'~', text);
    let end = marks.next().unwrap_or(text.len());
    let header = Header::read(text.get(..end).unwrap_or_default())?;
    let place = header.tcf.and_then(|place| usize::try_from(place).ok());
    // The mark before the section of the TCF, the one behind it, and how many there are.
    let (mut before, mut behind, mut sections) = (end, text.len(), usize::from(end < text.len()));
    for mark in marks {
        match place {
            Some(place) if place == sections => before = mark,
            Some(place) if place + 1 == sections => behind = mark,
            _ => {}
        }
        sections += 1;
    }
    if u64::try_from(sections).ok() != Some(header.count) {
        return Err(Fault::new(text.len(), "as many sections as the header lists"));
    }
    if place.is_none() {
        answers.is_no_choice(Reading::Undecided);
        return Ok(());
    }
    let section = text.get(before + 1..behind).unwrap_or_default();
    tcf::string(section, options, answers).map_err(|fault| fault.within(before + 1))
}

/// What the header says of the sections.
struct Header {
    count: u64,
    /// How many stand before that of the TCF.
    tcf: Option<u64>,
}

impl Header {
    fn read(text: &[u8]) -> Result<Self, Fault> {
        let mut bits = Bits::new(text)?;
        if (bits.take(6)?, bits.take(6)?) != (3, 1) {
            return Err(Fault::new(0, "a header of version 1"));
        }
        let mut header = Self { count: 0, tcf: None };
        let mut last = 0;
        for _ in 0..bits.take(12)? {
            let is_range = bits.flag()?;
            let first = last + fibonacci(&mut bits)?;
            last = if is_range { first + fibonacci(&mut bits)? } else { first };
            if last > MAX_SECTION {
                return Err(Fault::new(text.len(), "the number of a section"));
            }
            if (first..=last).contains(&TCF_EU) {
                header.tcf = Some(header.count + TCF_EU - first);
            }
            header.count += last - first + 1;
        }
        Ok(header)
    }
}

/// A Fibonacci-coded number: each bit stands for a Fibonacci number, and a second 1 ends it.
fn fibonacci(bits: &mut Bits<'_>) -> Result<u64, Fault> {
    let (mut number, mut this, mut next) = (0, 1, 2);
    let mut was_set = false;
    while number <= MAX_SECTION && this <= MAX_SECTION {
        let is_set = bits.flag()?;
        if is_set && was_set {
            return Ok(number);
        }
        number += if is_set { this } else { 0 };
        (this, next) = (next, this + next);
        was_set = is_set;
    }
    Err(Fault::new(0, "the number of a section"))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use super::*;

    const PURPOSE_1: &str = "CQeEcwAQeEcwANwABBFRCWFgAIAAAAAAAAqIAAAAAAAA.IF5wA4AAgAEAAoBeYAAA.YAAAAAAAAAAA";

    #[test]
    fn headers_are_read() {
        let read = |text: &str| Header::read(text.as_bytes()).map(|header| (header.count, header.tcf)).ok();
        assert_eq!(read("DBABM"), Some((1, Some(0))));
        assert_eq!(read("DBACNY"), Some((2, Some(0))));
        assert_eq!(read("DBACNYA"), Some((2, Some(0))));
        assert_eq!(read("DBAA"), Some((0, None)));
        assert_eq!(read("DBAC"), None);
        assert_eq!(read("DCABM"), None);
        assert_eq!(read("DBD_AAAAAAAAAAAA"), None);
    }

    #[test]
    fn the_european_section_is_read() {
        let rows = [
            (format!("gpp=DBABM~{PURPOSE_1}"), "yn"),
            (format!("gpp=DBACNY~{PURPOSE_1}~1YNN"), "yn"),
            (format!("gpp=DBABM%7E{PURPOSE_1}"), "yn"),
            (format!("gpp=DBABM~{PURPOSE_1}~1YNN"), "unreadable"),
            (format!("gpp=DBACNY~{PURPOSE_1}"), "unreadable"),
            (format!("gpp={PURPOSE_1}"), "unreadable"),
            ("gpp=DBAA".to_owned(), "undecided"),
            ("gpp=DBABM~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA".to_owned(), "outdated"),
            ("gpp=DBABM~true".to_owned(), "unreadable"),
            ("gpp=".to_owned(), "unreadable"),
        ];
        for (field, expected) in rows {
            testing::check(Format::Gpp, &["purpose-1", "purpose-2"], &[(&field, expected)]);
        }
    }
}
