//! HTTP/1.1, read strictly (RFC 9112): finds the byte at which a head and a body end, and refuses whatever two programs could
//! read in two ways.
//!
//! Most parsers repair a message: a line may end with a bare LF, empty lines may come first, several lengths that agree count as
//! one, and a length beside a transfer coding is dropped. Two parsers that repair differently see different requests, which is
//! request smuggling (RFC 9112 §11.2). Browsers accept a bare LF as a line end, too, so one in a portal's value would forge a
//! field. All of that is refused here.
//!
//! Requests: hyper parses what a visitor sends, and [`FramingGuard`] is the stream in front of it, which reads the bytes first.
//! Its reader, [`Requests`], consists of state machines that accept bytes in pieces of any size (`head`, `fields`, `chunked`):
//! without a buffer or an allocation, in one pass over a head, and over the framing of a body. They read byte by byte; a line
//! that is complete and plainly sound is read by a few scans (`scan`). Chunked bodies are followed to their end as well, so that
//! the connection can be used for another request. The end is unknown only after a request for a WebSocket: there the server
//! closes the connection unless it becomes a tunnel ([`leaves_unread`]). The length of a head is limited here, other sizes by
//! hyper; hosts and targets are checked in `proxy`, which sees the same bytes.
//!
//! Responses: [`ResponseHeads`] and [`Content`] are the only parsers of what a portal sends. They read from one buffer without
//! a copy, so content is returned as a [`BufChain`]. `section` gathers the lines of a head or of trailers until they are
//! complete; [`SetCookies`] are kept apart from its other fields. [`write_request_head`] writes the head of a request.

mod chunked;
mod request;
mod response;
mod scan;
#[cfg(test)]
mod tests;
mod write;

pub use request::framing_guard::FramingGuard;
pub use request::requests::{Reached, Requests, leaves_unread};
pub use response::buf_chain::BufChain;
pub use response::content::Content;
pub use response::head::{ResponseHead, ResponseHeads, is_interim};
pub use response::section::SectionLimits;
pub use response::set_cookies::{SetCookieLine, SetCookies};
pub use scan::is_sound_target;
pub use write::{FieldLines, TargetUnsound, write_fields, write_request_head};

/// The only protocol that a request can switch to here, in lower case.
const WEBSOCKET: &[u8] = b"websocket";

/// At which byte reading ended, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// How many bytes before it are sound.
    pub taken: usize,
    /// The byte belongs to a head, whose end is not among the bytes that were taken.
    pub within_head: bool,
    /// What is wrong.
    pub why: Refusal,
}

/// Why bytes are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It holds spaces, bytes or a version that do not belong there, or there is a second empty line before it.
    #[error("the request line is not `METHOD target HTTP/1.1`, with one space between")]
    RequestLine,
    /// It has no version or no three digits, or there are other bytes before it.
    #[error("the status line is not `HTTP/1.1 status reason`")]
    StatusLine,
    /// RFC 9112 §2.2 lets a recipient accept it as a line end; one that does not reads another message.
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
    /// Even if they agree.
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
    /// A control byte or a bare LF, or more than 16 KiB.
    #[error("what follows a chunk's size on its line holds a control byte or is longer than 16 KiB")]
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

/// Skips up to `left` bytes of content.
fn skip(left: &mut u64, input: &mut &[u8]) {
    let here = usize::try_from(*left).unwrap_or(usize::MAX).min(input.len());
    *input = input.split_at(here).1;
    *left = left.saturating_sub(here as u64);
}
