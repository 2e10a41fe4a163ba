//! A chunked body, from its first size to the end of its trailers (RFC 9112 §7.1).
//!
//! Extensions are passed over, as every recipient must; hyper bounds how many there may be.

use super::Refusal;
use super::fields::{Fields, Section};
use super::runs::is_text;

/// Enough for any size, and few enough for a recipient that counts in 64 bits with a sign.
const MOST_DIGITS: u8 = 15;

/// Reads one chunked body.
#[derive(Debug)]
pub(super) struct Chunks(Place);

#[derive(Debug)]
enum Place {
    Size {
        size: u64,
        digits: u8,
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
    Trailers(Fields),
}

impl Chunks {
    pub(super) fn new() -> Self {
        Self(Place::SIZE)
    }

    /// Takes bytes from the front of `input`. Returns whether the body has ended; on an error, `input` begins with the
    /// byte that is refused.
    pub(super) fn advance(&mut self, input: &mut &[u8]) -> Result<bool, Refusal> {
        loop {
            match &mut self.0 {
                Place::Trailers(fields) => return Ok(fields.advance(input)?.is_some()),
                Place::Data { left } if *left > 0 => super::skip(left, input),
                _ => {}
            }
            let Some((&byte, rest)) = input.split_first() else { return Ok(false) };
            self.0 = self.0.step(byte)?;
            *input = rest;
        }
    }
}

impl Place {
    const SIZE: Self = Self::Size { size: 0, digits: 0 };

    fn step(&self, byte: u8) -> Result<Self, Refusal> {
        Ok(match (self, byte) {
            (&Self::Size { size, digits: 1.. } | &Self::Extension { size }, b'\r') => Self::SizeLineFeed { size },
            (&Self::Size { size, digits: 1.. }, b';') => Self::Extension { size },
            (&Self::Size { size, digits: digits @ ..MOST_DIGITS }, byte) => {
                let digit = char::from(byte).to_digit(16).ok_or(Refusal::ChunkSize)?;
                Self::Size { size: size << 4 | u64::from(digit), digits: digits + 1 }
            }
            (&Self::Extension { size }, byte) if is_text(byte) => Self::Extension { size },
            (Self::SizeLineFeed { size: 0 }, b'\n') => Self::Trailers(Fields::new(Section::Trailers)),
            (&Self::SizeLineFeed { size }, b'\n') => Self::Data { left: size },
            (Self::Data { .. }, b'\r') => Self::DataLineFeed,
            (Self::DataLineFeed, b'\n') => Self::SIZE,
            (Self::Size { .. }, _) => return Err(Refusal::ChunkSize),
            (Self::Extension { .. }, _) => return Err(Refusal::ChunkExtension),
            _ => return Err(Refusal::ChunkEnd),
        })
    }
}
