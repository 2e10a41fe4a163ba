//! The head of a request: one request line and its fields.

use super::fields::{Fields, Found, Section};
use crate::http::h1::Refusal;
use crate::http::h1::scan::{is_target, is_token, plain_target, plain_token, run_of};

const VERSION: &[u8] = b"HTTP/1.";

/// Reads the head of one request.
#[derive(Debug)]
pub(crate) struct RequestHead {
    at: Place,
    /// One empty line in front was ignored: some clients send it after a body (RFC 9112 §2.2).
    blank: bool,
    fields: Fields,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Start,
    /// After the CR of an empty line.
    BlankLineFeed,
    Method,
    BeforeTarget,
    Target,
    /// How much of [`VERSION`] has come.
    Version(usize),
    CarriageReturn,
    LineFeed,
    Fields,
}

impl RequestHead {
    pub(crate) fn new() -> Self {
        Self { at: Place::Start, blank: false, fields: Fields::new(Section::Head) }
    }

    /// Whether more than an empty line in front has come.
    pub(crate) fn has_begun(&self) -> bool {
        self.at != Place::Start
    }

    /// Takes bytes from the front of `input`. Returns what the fields say once the head has ended.
    ///
    /// # Errors
    /// If the head is malformed or its framing ambiguous. Then `input` begins with the byte that is refused, and no byte that
    /// would end the head has been taken.
    pub(crate) fn advance(&mut self, input: &mut &[u8]) -> Result<Option<Found>, Refusal> {
        if self.at == Place::Start
            && let Some(rest) = after_plain_line(input)
        {
            *input = rest;
            self.at = Place::Fields;
        }
        while self.at != Place::Fields {
            // Bytes that leave the state as it is.
            let run = match self.at {
                Place::Method => run_of(input, is_token),
                Place::Target => run_of(input, is_target),
                _ => 0,
            };
            *input = input.split_at(run).1;
            let Some((&byte, rest)) = input.split_first() else { return Ok(None) };
            self.at = self.step(byte)?;
            *input = rest;
        }
        self.fields.advance(input)
    }

    fn step(&mut self, byte: u8) -> Result<Place, Refusal> {
        Ok(match (self.at, byte) {
            (Place::Start, b'\r') if !self.blank => Place::BlankLineFeed,
            (Place::BlankLineFeed, b'\n') => {
                self.blank = true;
                Place::Start
            }
            (Place::Start, byte) if is_token(byte) => Place::Method,
            (Place::Method, b' ') => Place::BeforeTarget,
            (Place::BeforeTarget, byte) if is_target(byte) => Place::Target,
            (Place::Target, b' ') => Place::Version(0),
            (Place::Version(come), byte) if VERSION.get(come) == Some(&byte) => Place::Version(come + 1),
            (Place::Version(come), b'0') if come == VERSION.len() => {
                self.fields = Fields::new(Section::Http10Head);
                Place::CarriageReturn
            }
            (Place::Version(come), b'1') if come == VERSION.len() => Place::CarriageReturn,
            (Place::CarriageReturn, b'\r') => Place::LineFeed,
            (Place::LineFeed, b'\n') => Place::Fields,
            (Place::BlankLineFeed | Place::LineFeed, _) => return Err(Refusal::BareCarriageReturn),
            (_, b'\n') => return Err(Refusal::BareLineFeed),
            _ => return Err(Refusal::RequestLine),
        })
    }
}

/// What follows the request line, if that is whole and plainly sound, as nearly all are. Any other is read byte by byte.
fn after_plain_line(input: &[u8]) -> Option<&[u8]> {
    let (method, rest) = input.split_at_checked(plain_token(input))?;
    let rest = rest.strip_prefix(b" ")?;
    let (target, rest) = rest.split_at_checked(plain_target(rest))?;
    rest.strip_prefix(b" HTTP/1.1\r\n").filter(|_| !method.is_empty() && !target.is_empty())
}
