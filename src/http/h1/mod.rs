//! HTTP/1.1 as octroi reads it: where a head and a body end, to the byte, and nothing that two programs could read in two
//! ways (RFC 9112).
//!
//! Parsers repair what they can: a line may end with a bare LF, empty lines may come first, lengths that agree count as
//! one, and one next to a transfer coding is dropped. Afterwards nobody can tell. A proxy that repairs is one half of
//! request smuggling. Browsers end a line with a bare LF as well, but a portal that lets one into a value has had a field
//! forged. All of that is refused here.
//!
//! What a visitor sends is hyper's to read; [`Guarded`] is the stream in front of it, which reads the bytes on their way.
//! Its reader, [`Requests`], is made of small machines that take bytes in whatever pieces they come (`request_head`,
//! `fields`, `chunked`): no buffer, no allocation, one pass over a head, and over a body no more than over its framing.
//! They say byte by byte what is fine; a line that comes whole and is plainly fine is passed over in a few `runs`. Chunks
//! are followed to their end, too: their grammar is short enough to be sure of it, so that the connection of an ordinary
//! upload stays in use. Only after a request for a WebSocket is the boundary unknown; there the server closes the
//! connection unless it becomes a tunnel ([`leaves_unread`]). How long a head may be is
//! said once; other sizes and numbers are hyper's to limit; hosts and targets
//! are judged in `proxy`, which sees the same bytes.
//!
//! What a portal sends is read here alone: [`ResponseHeads`] and [`Content`], out of one buffer and without a copy, which
//! is why content comes in [`Pieces`].
//! `section` gathers the lines of a head or of trailers until they are whole; [`SetCookies`] are kept apart from its other
//! fields. [`write_request_head`] is what goes the other way.

mod chunked;
mod request;
mod response;
mod runs;
#[cfg(test)]
mod tests;
mod write;

pub use request::guard::Guarded;
pub use request::requests::{Reached, Requests, leaves_unread};
pub use response::content::Content;
pub use response::head::{ResponseHead, ResponseHeads, is_interim};
pub use response::pieces::Pieces;
pub use response::section::SectionLimits;
pub use response::set_cookies::{SetCookieLine, SetCookies};
pub use runs::is_sound_target;
pub use write::{FieldLines, TargetUnsound, write_fields, write_request_head};

/// The only protocol that a request can switch to here, in lower case.
const WEBSOCKET: &[u8] = b"websocket";

/// Reads all that one side of a connection sends.
pub trait Strict {
    /// Reads on.
    ///
    /// # Errors
    /// At the first byte that must not reach hyper. After it nothing can be read.
    fn read(&mut self, bytes: &[u8]) -> Result<(), Refused>;
}

/// Where and why reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// How many bytes of the piece are fine.
    pub taken: usize,
    /// The byte belongs to a head, and no part of the head's end has been taken.
    pub within_head: bool,
    /// What is wrong.
    pub why: Refusal,
}

/// Why bytes are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Spaces, bytes or a version that do not belong there, or a second empty line in front.
    #[error("the request line is not `METHOD target HTTP/1.1`, with one space between")]
    RequestLine,
    /// No version, no three digits, or something in front.
    #[error("the status line is not `HTTP/1.1 status reason`")]
    StatusLine,
    /// RFC 9112 §2.2 lets a recipient accept it; recipients that do not read another message.
    #[error("a line ends with LF alone")]
    BareLineFeed,
    /// A CR is followed by something else than LF.
    #[error("a CR stands alone")]
    BareCarriageReturn,
    /// A line begins with white space: the field before is continued, or something is hidden there.
    #[error("a field line begins with white space")]
    FoldedLine,
    /// Empty, followed by a space, or with a byte that belongs in no name.
    #[error("a field's name is not a token right before a colon")]
    FieldName,
    /// NUL and the like.
    #[error("a control byte stands in a field's value")]
    ControlByte,
    /// A sign, a list, a space, another base, or more than 2⁶³-1.
    #[error("Content-Length is not one number")]
    ContentLength,
    /// Even where they agree.
    #[error("there are several Content-Length fields")]
    ContentLengthRepeated,
    /// Another one, a list, one said twice, or one in HTTP/1.0.
    #[error("Transfer-Encoding is not `chunked`, once, in HTTP/1.1")]
    TransferCoding,
    /// RFC 9112 §6.3: an attempt at smuggling.
    #[error("there are Transfer-Encoding and Content-Length")]
    LengthAndCoding,
    /// Not 1 to 15 hexadecimal digits.
    #[error("a chunk's size is not a hexadecimal number at the start of its line")]
    ChunkSize,
    /// A control byte or a bare LF.
    #[error("a chunk's extension holds a control byte")]
    ChunkExtension,
    /// The chunk is longer or shorter than it says.
    #[error("a chunk does not end where it says")]
    ChunkEnd,
    /// A head or trailers have more fields or bytes than they may.
    #[error("there are more fields or bytes than the limits allow")]
    TooLarge,
    /// No request needs so many.
    #[error("more than 64 informational responses to one request")]
    Informational,
    /// A trailer says what only a head may say.
    #[error("a trailer field is about framing")]
    FramingInTrailers,
}

/// Passes over up to `left` bytes.
fn skip(left: &mut u64, input: &mut &[u8]) {
    let here = usize::try_from(*left).unwrap_or(usize::MAX).min(input.len());
    *input = input.split_at(here).1;
    *left = left.saturating_sub(here as u64);
}
