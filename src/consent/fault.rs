//! Where the cookies of a banner stopped making sense.

use percent_encoding::percent_decode;
use thiserror::Error;

/// Why a banner's cookies could not be read, for people: the proxy only counts that they could not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected {expected} at byte {at}")]
pub struct Fault {
    /// Which of the banner's cookies it is.
    pub part: usize,
    /// The position in the text that was read ([`Fault::text`]).
    pub at: usize,
    /// What belongs there.
    pub expected: &'static str,
    /// Whether the text was the value percent-decoded.
    is_decoded: bool,
}

impl Fault {
    /// At this position of a text, something else than `expected` stands.
    pub(super) fn new(at: usize, expected: &'static str) -> Self {
        Self { part: 0, at, expected, is_decoded: false }
    }

    /// The same fault, of another part.
    pub(super) fn of(self, part: usize) -> Self {
        Self { part, ..self }
    }

    /// The same fault, in a text that was percent-decoded.
    pub(super) fn decoded(self) -> Self {
        Self { is_decoded: true, ..self }
    }

    /// The text that was read, given the cookie's value.
    pub fn text(&self, value: &[u8]) -> Vec<u8> {
        if self.is_decoded { percent_decode(value).collect() } else { value.to_vec() }
    }
}
