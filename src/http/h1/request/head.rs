//! The head of a request: one request line and its fields.
//!
//! It finds where a head ends and refuses what two programs could read in two ways; hyper parses the head for its
//! content.

use super::fields::{FieldReader, FieldSection, Found};
use crate::http::h1::Refusal;
use crate::http::h1::scan::{is_target, is_token, plain_target, plain_token, run_of};

const VERSION: &[u8] = b"HTTP/1.";

/// Reads the head of one request.
#[derive(Debug)]
pub(crate) struct RequestHead {
    at: HeadPart,
    /// One empty line before it was ignored: some clients send it after a body (RFC 9112 §2.2).
    blank: bool,
    fields: FieldReader,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeadPart {
    Start,
    /// After the CR of an empty line.
    BlankLineFeed,
    Method,
    BeforeTarget,
    Target,
    /// How many bytes of [`VERSION`] were read.
    Version(usize),
    CarriageReturn,
    LineFeed,
    Fields,
}

impl RequestHead {
    /// At the beginning of a request line, or of one empty line before it.
    pub(crate) fn new() -> Self {
        Self { at: HeadPart::Start, blank: false, fields: FieldReader::new(FieldSection::Head) }
    }

    /// Whether more than an empty line was read.
    pub(crate) fn has_begun(&self) -> bool {
        self.at != HeadPart::Start
    }

    /// Takes bytes from the front of `input`. Returns what the fields say once the head has ended.
    ///
    /// # Errors
    /// If the head is malformed or its framing ambiguous. Then `input` begins with the byte that is refused, and no byte that
    /// would end the head has been taken.
    pub(crate) fn advance(&mut self, input: &mut &[u8]) -> Result<Option<Found>, Refusal> {
        if self.at == HeadPart::Start
            && let Some(rest) = after_plain_line(input)
        {
            *input = rest;
            self.at = HeadPart::Fields;
        }
        while self.at != HeadPart::Fields {
            // Bytes that leave the state as it is.
            let run = match self.at {
                HeadPart::Method => run_of(input, is_token),
                HeadPart::Target => run_of(input, is_target),
                _ => 0,
            };
            *input = input.split_at(run).1;
            let Some((&byte, rest)) = input.split_first() else { return Ok(None) };
            self.at = self.step(byte)?;
            *input = rest;
        }
        self.fields.advance(input)
    }

    fn step(&mut self, byte: u8) -> Result<HeadPart, Refusal> {
        Ok(match (self.at, byte) {
            (HeadPart::Start, b'\r') if !self.blank => HeadPart::BlankLineFeed,
            (HeadPart::BlankLineFeed, b'\n') => {
                self.blank = true;
                HeadPart::Start
            }
            (HeadPart::Start, byte) if is_token(byte) => HeadPart::Method,
            (HeadPart::Method, b' ') => HeadPart::BeforeTarget,
            (HeadPart::BeforeTarget, byte) if is_target(byte) => HeadPart::Target,
            (HeadPart::Target, b' ') => HeadPart::Version(0),
            (HeadPart::Version(come), byte) if VERSION.get(come) == Some(&byte) => HeadPart::Version(come + 1),
            (HeadPart::Version(come), b'0') if come == VERSION.len() => {
                self.fields = FieldReader::new(FieldSection::Http10Head);
                HeadPart::CarriageReturn
            }
            (HeadPart::Version(come), b'1') if come == VERSION.len() => HeadPart::CarriageReturn,
            (HeadPart::CarriageReturn, b'\r') => HeadPart::LineFeed,
            (HeadPart::LineFeed, b'\n') => HeadPart::Fields,
            (HeadPart::BlankLineFeed | HeadPart::LineFeed, _) => return Err(Refusal::BareCarriageReturn),
            (_, b'\n') => return Err(Refusal::BareLineFeed),
            _ => return Err(Refusal::RequestLine),
        })
    }
}

/// Skips a request line that is complete and plainly sound, as nearly all are. `None` for any other: it is read byte by byte.
fn after_plain_line(input: &[u8]) -> Option<&[u8]> {
    let (method, rest) = input.split_at_checked(plain_token(input))?;
    let rest = rest.strip_prefix(b" ")?;
    let (target, rest) = rest.split_at_checked(plain_target(rest))?;
    rest.strip_prefix(b" HTTP/1.1\r\n").filter(|_| !method.is_empty() && !target.is_empty())
}
