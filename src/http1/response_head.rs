//! The head of a response: one status line and its fields.

use super::Refusal;
use super::fields::{Fields, Section};
use super::runs::{plain_text, text_run};

const VERSION: &[u8] = b"HTTP/1.";

/// Reads the head of one response.
#[derive(Debug)]
pub(super) struct ResponseHead {
    at: Place,
    status: u16,
    fields: Fields,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// How much of [`VERSION`] has come.
    Version(usize),
    Space,
    /// How many digits have come.
    Status(u8),
    Reason,
    LineFeed,
    Fields,
}

impl ResponseHead {
    pub(super) fn new() -> Self {
        Self { at: Place::Version(0), status: 0, fields: Fields::new(Section::ResponseHead) }
    }

    /// Takes bytes from the front of `input`. Returns the status once the head has ended; on an error, `input` begins
    /// with the byte that is refused.
    pub(super) fn advance(&mut self, input: &mut &[u8]) -> Result<Option<u16>, Refusal> {
        if self.at == Place::Version(0)
            && let Some((status, rest)) = read_plain_line(input)
        {
            *input = rest;
            self.status = status;
            self.at = Place::Fields;
        }
        while self.at != Place::Fields {
            let reason = if self.at == Place::Reason { text_run(input) } else { 0 };
            *input = input.split_at(reason).1;
            let Some((&byte, rest)) = input.split_first() else { return Ok(None) };
            self.at = self.step(byte)?;
            *input = rest;
        }
        Ok(self.fields.advance(input)?.map(|_| self.status))
    }

    fn step(&mut self, byte: u8) -> Result<Place, Refusal> {
        Ok(match (self.at, byte) {
            (Place::Version(come), byte) if VERSION.get(come) == Some(&byte) => Place::Version(come + 1),
            (Place::Version(come), b'0' | b'1') if come == VERSION.len() => Place::Space,
            (Place::Space, b' ') => Place::Status(0),
            (Place::Status(digits @ ..3), b'0'..=b'9') => {
                self.status = self.status * 10 + u16::from(byte - b'0');
                Place::Status(digits + 1)
            }
            // Without a reason, many servers leave out the space as well; browsers do not mind.
            (Place::Status(3) | Place::Reason, b'\r') => Place::LineFeed,
            (Place::Status(3), b' ') => Place::Reason,
            (Place::LineFeed, b'\n') => Place::Fields,
            (Place::LineFeed, _) => return Err(Refusal::BareCarriageReturn),
            (_, b'\n') => return Err(Refusal::BareLineFeed),
            _ => return Err(Refusal::StatusLine),
        })
    }
}

/// The status of a status line that is whole and fine, as nearly all are, and what follows it; any other is read byte
/// by byte.
fn read_plain_line(input: &[u8]) -> Option<(u16, &[u8])> {
    let [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', b' ', reason @ ..] = input.strip_prefix(b"HTTP/1.1 ")?
    else {
        return None;
    };
    let status = [a, b, c].iter().fold(0, |status, digit| status * 10 + u16::from(**digit - b'0'));
    Some((status, reason.get(plain_text(reason)..)?.strip_prefix(b"\r\n")?))
}
