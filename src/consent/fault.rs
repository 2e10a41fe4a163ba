//! Where and why a banner's cookies could not be read.
//!
//! Formats create it where they stop. Each layer around the text (percent-encoding, base64) is added while it is returned, so
//! that the position can be shown in the text that a person sees.

use data_encoding::BASE64_NOPAD;
use percent_encoding::percent_decode;
use thiserror::Error;

/// Why a banner's cookies could not be read, for people: the proxy only counts that they could not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected {expected} at byte {at}")]
pub struct Fault {
    /// What belongs there.
    pub expected: &'static str,
    // Small, because every step of a reading returns one or none.
    at: u16,
    part: u8,
    is_percent_decoded: bool,
    is_base64_decoded: bool,
}

impl Fault {
    /// At this position of a text there is something else than `expected`.
    pub(super) fn new(at: usize, expected: &'static str) -> Self {
        let at = u16::try_from(at).unwrap_or(u16::MAX);
        Self { expected, at, part: 0, is_percent_decoded: false, is_base64_decoded: false }
    }

    /// The same fault, of a text that begins at this position of another.
    pub(super) fn within(self, at: usize) -> Self {
        Self { at: self.at.saturating_add(u16::try_from(at).unwrap_or(u16::MAX)), ..self }
    }

    /// The same fault, of another part.
    pub(super) fn of(self, part: usize) -> Self {
        Self { part: u8::try_from(part).unwrap_or(u8::MAX), ..self }
    }

    /// The same fault, in a text that was percent-decoded.
    pub(super) fn percent_decoded(self) -> Self {
        Self { is_percent_decoded: true, ..self }
    }

    /// The same fault, in a text that was base64.
    pub(super) fn base64_decoded(self) -> Self {
        Self { is_base64_decoded: true, ..self }
    }

    /// Which of the banner's cookies it is.
    pub fn part(&self) -> usize {
        self.part.into()
    }

    /// The position in the text that was read ([`Fault::text`]).
    pub fn at(&self) -> usize {
        self.at.into()
    }

    /// The text that was read, given the cookie's value.
    pub fn text(&self, value: &[u8]) -> Vec<u8> {
        let text: Vec<u8> = if self.is_percent_decoded { percent_decode(value).collect() } else { value.to_vec() };
        if !self.is_base64_decoded {
            return text;
        }
        let digits = text.trim_ascii_end();
        let digits = digits.strip_suffix(b"=").map_or(digits, |digits| digits.strip_suffix(b"=").unwrap_or(digits));
        BASE64_NOPAD.decode(digits).unwrap_or(text)
    }
}
