//! Reads the framing of a chunked body, from its first size to its trailers (RFC 9112 §7.1).
//!
//! Extensions are ignored, as every recipient must do (§7.1.1), up to a length; in a request, hyper limits them.

use super::Refusal;
use super::scan::is_text;

/// How many digits a size may have. The largest such size fits a recipient with signed 64-bit numbers.
const MOST_DIGITS: u8 = 15;

/// How many bytes of padding and extension may follow one size. They are read one by one and give nothing to pass on, so that
/// a line without end would keep a worker busy.
const MOST_BEHIND_SIZE: u16 = 16 << 10;

/// Reads one chunked body.
#[derive(Debug)]
pub(super) struct Chunks {
    at: LinePart,
    /// Bytes of padding and extension on the line so far.
    behind_size: u16,
    sizes: Sizes,
}

/// How a chunk's size is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sizes {
    /// Exactly by the grammar.
    Exact,
    /// Spaces may follow it, because old servers pad it. All readers read the same size.
    Padded,
}

#[derive(Debug)]
enum LinePart {
    Size {
        size: u64,
        digits: u8,
    },
    /// Within the spaces after the size.
    Padding {
        size: u64,
    },
    Extension {
        size: u64,
    },
    /// After the CR of the line with the size.
    SizeLineFeed {
        size: u64,
    },
    Data {
        left: u64,
    },
    /// After the CR of a chunk's end.
    DataLineFeed,
    Trailers,
}

/// What comes next.
#[derive(Debug)]
pub(super) enum At<'a> {
    /// Framing that was not received yet.
    Framing,
    /// This many bytes of content, at least one. The caller takes some of them and subtracts their number.
    Data(&'a mut u64),
    /// The trailers, which are not read here.
    Trailers,
}

impl Chunks {
    /// At the beginning of the first chunk's size.
    pub(super) fn new(sizes: Sizes) -> Self {
        Self { at: LinePart::SIZE, behind_size: 0, sizes }
    }

    /// Takes framing from the front of `input`.
    ///
    /// # Errors
    /// If a byte cannot stand there, or its line is too long; then `input` begins with that byte.
    pub(super) fn advance(&mut self, input: &mut &[u8]) -> Result<At<'_>, Refusal> {
        while !matches!(self.at, LinePart::Data { left: 1.. } | LinePart::Trailers) {
            let Some((&byte, rest)) = input.split_first() else { return Ok(At::Framing) };
            self.at = self.at.step(byte, self.sizes)?;
            self.count_behind_size()?;
            *input = rest;
        }
        Ok(match &mut self.at {
            LinePart::Data { left } => At::Data(left),
            _ => At::Trailers,
        })
    }

    fn count_behind_size(&mut self) -> Result<(), Refusal> {
        if !matches!(self.at, LinePart::Padding { .. } | LinePart::Extension { .. }) {
            self.behind_size = 0;
        } else if self.behind_size == MOST_BEHIND_SIZE {
            return Err(Refusal::ChunkExtension);
        } else {
            self.behind_size += 1;
        }
        Ok(())
    }
}

impl LinePart {
    const SIZE: Self = Self::Size { size: 0, digits: 0 };

    fn step(&self, byte: u8, sizes: Sizes) -> Result<Self, Refusal> {
        Ok(match (self, byte) {
            (&Self::Size { size, digits: 1.. } | &Self::Padding { size } | &Self::Extension { size }, b'\r') => {
                Self::SizeLineFeed { size }
            }
            (&Self::Size { size, digits: 1.. } | &Self::Padding { size }, b';') => Self::Extension { size },
            (&Self::Size { size, digits: 1.. } | &Self::Padding { size }, b' ') if sizes == Sizes::Padded => {
                Self::Padding { size }
            }
            (&Self::Size { size, digits: digits @ ..MOST_DIGITS }, byte) => {
                let digit = char::from(byte).to_digit(16).ok_or(Refusal::ChunkSize)?;
                Self::Size { size: size << 4 | u64::from(digit), digits: digits + 1 }
            }
            (&Self::Extension { size }, byte) if is_text(byte) => Self::Extension { size },
            (Self::SizeLineFeed { size: 0 }, b'\n') => Self::Trailers,
            (&Self::SizeLineFeed { size }, b'\n') => Self::Data { left: size },
            (Self::Data { .. }, b'\r') => Self::DataLineFeed,
            (Self::DataLineFeed, b'\n') => Self::SIZE,
            (Self::Size { .. } | Self::Padding { .. }, _) => return Err(Refusal::ChunkSize),
            (Self::Extension { .. }, _) => return Err(Refusal::ChunkExtension),
            _ => return Err(Refusal::ChunkEnd),
        })
    }
}
