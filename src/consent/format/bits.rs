//! The bits of a base64url text (RFC 4648 §5, without padding), read in place: the IAB's strings are laid out in them.
//!
//! `tcf` and `gpp` read by it; nothing is copied, whatever the length of the string.

use super::Fault;

/// What stands for no six bits.
const NONE: u8 = 0xff;
/// The six bits of each character.
const SEXTETS: [u8; 256] = sextets();

#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation)] // A constant, checked when it is compiled.
const fn sextets() -> [u8; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut sextets = [NONE; 256];
    let mut sextet = 0;
    while sextet < alphabet.len() {
        sextets[alphabet[sextet] as usize] = sextet as u8;
        sextet += 1;
    }
    sextets
}

fn sextet(byte: u8) -> u8 {
    SEXTETS.get(usize::from(byte)).copied().unwrap_or(NONE)
}

/// A text of base64url, read bit by bit from its beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bits<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Bits<'a> {
    /// # Errors
    /// A character is not of base64url.
    pub(super) fn new(text: &'a [u8]) -> Result<Self, Fault> {
        // All at once first: almost every text is one.
        if text.iter().fold(0, |all, byte| all | sextet(*byte)) < 64 {
            return Ok(Self { text, at: 0 });
        }
        Err(Fault::new(text.iter().position(|byte| sextet(*byte) == NONE).unwrap_or_default(), "base64url"))
    }

    /// The next bits as a number, at most 48.
    ///
    /// # Errors
    /// The text ends before.
    pub(super) fn take(&mut self, count: usize) -> Result<u64, Fault> {
        let (first, end) = (self.at / 6, self.at + count);
        let last = end.div_ceil(6);
        let sextets = self.text.get(first..last).ok_or(Fault::new(self.text.len(), "more bits"))?;
        let bits = sextets.iter().fold(0, |bits, byte| (bits << 6) | u64::from(sextet(*byte)));
        self.at = end;
        Ok((bits >> (last * 6 - end)) & ((1 << count) - 1))
    }

    /// The next bit.
    ///
    /// # Errors
    /// The text ends before.
    pub(super) fn flag(&mut self) -> Result<bool, Fault> {
        let six = self.text.get(self.at / 6).ok_or(Fault::new(self.text.len(), "more bits"))?;
        let is_set = (sextet(*six) >> (5 - self.at % 6)) & 1 == 1;
        self.at += 1;
        Ok(is_set)
    }

    /// Passes over bits.
    ///
    /// # Errors
    /// The text ends before.
    pub(super) fn skip(&mut self, count: usize) -> Result<(), Fault> {
        self.at += count;
        if self.at <= self.text.len() * 6 { Ok(()) } else { Err(Fault::new(self.text.len(), "more bits")) }
    }

    /// The same text from so many bits further on.
    pub(super) fn ahead(self, count: usize) -> Self {
        Self { at: self.at + count, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_from_the_left() {
        let mut bits = Bits::new(b"DBAB_-").unwrap();
        assert_eq!(bits.take(6), Ok(3));
        assert_eq!(bits.ahead(6).take(12), Ok(1));
        bits.skip(18).unwrap();
        assert_eq!(bits.take(9), Ok(0b1_1111_1111));
        assert_eq!(bits.take(2), Ok(0b11));
        assert_eq!(bits.flag(), Ok(false));
        assert!(bits.take(1).is_err() && bits.skip(1).is_err());
        assert!(Bits::new(b"AA=").is_err() && Bits::new(b"A+").is_err() && Bits::new(b"A\xff").is_err());
    }
}
