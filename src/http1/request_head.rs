//! The head of a request: one request line and its fields.

use super::fields::{Fields, Found, Section};
use super::{Refusal, is_target, is_token};

const VERSION: &[u8] = b"HTTP/1.";

/// Reads the head of one request.
#[derive(Debug)]
pub(super) struct RequestHead {
    at: Place,
    /// One empty line was passed over: some clients send it after a body (RFC 9112 §2.2).
    blank: bool,
}

#[derive(Debug)]
enum Place {
    Start,
    /// After the CR of an empty line.
    BlankLineFeed,
    Method,
    Target {
        begun: bool,
    },
    /// How much of [`VERSION`] has come.
    Version(usize),
    CarriageReturn(Section),
    LineFeed(Section),
    Fields(Fields),
}

impl RequestHead {
    pub(super) fn new() -> Self {
        Self { at: Place::Start, blank: false }
    }

    /// Takes bytes from the front of `input`. Returns what the fields say once the head has ended; on an error, `input`
    /// begins with the byte that is refused: no byte that would end the head has been taken.
    pub(super) fn advance(&mut self, input: &mut &[u8]) -> Result<Option<Found>, Refusal> {
        loop {
            if let Place::Fields(fields) = &mut self.at {
                return fields.advance(input);
            }
            let Some((&byte, rest)) = input.split_first() else { return Ok(None) };
            self.at = self.step(byte)?;
            *input = rest;
        }
    }

    fn step(&mut self, byte: u8) -> Result<Place, Refusal> {
        Ok(match (&self.at, byte) {
            (Place::Start, b'\r') if !self.blank => Place::BlankLineFeed,
            (Place::BlankLineFeed, b'\n') => {
                self.blank = true;
                Place::Start
            }
            (Place::Start | Place::Method, byte) if is_token(byte) => Place::Method,
            (Place::Method, b' ') => Place::Target { begun: false },
            (Place::Target { .. }, byte) if is_target(byte) => Place::Target { begun: true },
            (Place::Target { begun: true }, b' ') => Place::Version(0),
            (Place::Version(come), byte) if VERSION.get(*come) == Some(&byte) => Place::Version(come + 1),
            (Place::Version(come), b'0') if *come == VERSION.len() => Place::CarriageReturn(Section::Http10Head),
            (Place::Version(come), b'1') if *come == VERSION.len() => Place::CarriageReturn(Section::Head),
            (Place::CarriageReturn(section), b'\r') => Place::LineFeed(*section),
            (Place::LineFeed(section), b'\n') => Place::Fields(Fields::new(*section)),
            (Place::BlankLineFeed | Place::LineFeed(_), _) => return Err(Refusal::BareCarriageReturn),
            (_, b'\n') => return Err(Refusal::BareLineFeed),
            _ => return Err(Refusal::RequestLine),
        })
    }
}
