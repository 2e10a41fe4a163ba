//! All requests of one connection, one after the other: finds the end of each head and each body.
//!
//! The server's framing guard reads every byte of a connection by it before hyper does.

use http::header::UPGRADE;
use http::{HeaderMap, Version};

use super::fields::{FieldReader, FieldSection, Found};
use super::head::RequestHead;
use crate::http::h1::chunked::{At, Chunks, Sizes};
use crate::http::h1::{Refusal, Refused, WEBSOCKET, skip};

/// Reads what a client sends over one connection.
#[derive(Debug)]
pub struct Requests {
    place: MessagePart,
    heads: u64,
    /// How long a head may be, in bytes.
    most: usize,
    /// How many more bytes the current head may have.
    left: usize,
}

/// The part of a request in which the bytes that were read end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// Between two requests: at most an empty line of the next one was read.
    Boundary,
    /// Within a head.
    Head,
    /// Within a body, or after a request for a WebSocket.
    Body,
}

#[derive(Debug)]
enum MessagePart {
    Head(RequestHead),
    Length {
        left: u64,
        then: Then,
    },
    Chunked {
        chunks: Chunks,
        then: Then,
    },
    Trailers {
        fields: FieldReader,
        then: Then,
    },
    /// After a request for a WebSocket: frames of a tunnel, which are not read.
    Unread,
}

/// What follows a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Head,
    Unread,
}

/// Whether the bytes after a request are not read: it asks for a WebSocket, whose first bytes could be taken for a request. If
/// no tunnel is granted, the connection must end with the response.
pub fn leaves_unread(version: Version, headers: &HeaderMap) -> bool {
    version == Version::HTTP_11
        && headers.get_all(&UPGRADE).iter().any(|protocol| protocol.as_bytes().eq_ignore_ascii_case(WEBSOCKET))
}

impl Requests {
    /// At the start of a connection; heads may be of any length.
    #[must_use]
    pub fn new() -> Self {
        Self::limited(usize::MAX)
    }

    /// The same for heads of at most `most` bytes, counted from the end of the request before.
    #[must_use]
    pub fn limited(most: usize) -> Self {
        Self { place: MessagePart::Head(RequestHead::new()), heads: 0, most, left: most }
    }

    /// The part of a request in which the bytes that were read end.
    pub fn reached(&self) -> Reached {
        match &self.place {
            MessagePart::Head(head) if head.has_begun() => Reached::Head,
            MessagePart::Head(_) => Reached::Boundary,
            MessagePart::Length { .. }
            | MessagePart::Chunked { .. }
            | MessagePart::Trailers { .. }
            | MessagePart::Unread => Reached::Body,
        }
    }

    /// How many complete heads were read.
    pub fn heads(&self) -> u64 {
        self.heads
    }

    /// Reads the next bytes.
    ///
    /// # Errors
    /// At the first byte that must not reach hyper. Nothing can be read after it.
    pub fn read(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        let mut input = bytes;
        self.advance(&mut input).map_err(|why| Refused {
            taken: bytes.len().saturating_sub(input.len()),
            within_head: matches!(self.place, MessagePart::Head(_)),
            why,
        })
    }

    fn advance(&mut self, input: &mut &[u8]) -> Result<(), Refusal> {
        while !input.is_empty() {
            let next = match &mut self.place {
                MessagePart::Head(head) => advance_within(&mut self.left, head, input)?.map(|found| {
                    self.heads += 1;
                    self.left = self.most;
                    MessagePart::after_head(found)
                }),
                MessagePart::Length { left, then } => {
                    skip(left, input);
                    (*left == 0).then(|| MessagePart::after_body(*then))
                }
                MessagePart::Chunked { chunks, then } => match chunks.advance(input)? {
                    At::Framing => None,
                    At::Data(left) => {
                        skip(left, input);
                        None
                    }
                    At::Trailers => {
                        Some(MessagePart::Trailers { fields: FieldReader::new(FieldSection::Trailers), then: *then })
                    }
                },
                MessagePart::Trailers { fields, then } => {
                    fields.advance(input)?.map(|_| MessagePart::after_body(*then))
                }
                MessagePart::Unread => return Ok(()),
            };
            if let Some(next) = next {
                self.place = next;
            }
        }
        Ok(())
    }
}

impl Default for Requests {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads the next bytes of a head, which may have at most `left` more bytes.
fn advance_within(left: &mut usize, head: &mut RequestHead, input: &mut &[u8]) -> Result<Option<Found>, Refusal> {
    let mut allowed = input.get(..*left).unwrap_or(input);
    let whole = allowed.len();
    let found = head.advance(&mut allowed);
    let taken = whole.saturating_sub(allowed.len());
    *left = left.saturating_sub(taken);
    *input = input.get(taken..).unwrap_or_default();
    match found? {
        None if !input.is_empty() => Err(Refusal::TooLarge),
        found => Ok(found),
    }
}

impl MessagePart {
    fn after_head(found: Found) -> Self {
        let then = if found.websocket { Then::Unread } else { Then::Head };
        match found {
            Found { chunked: true, .. } => Self::Chunked { chunks: Chunks::new(Sizes::Exact), then },
            Found { content_length: Some(left @ 1..), .. } => Self::Length { left, then },
            _ => Self::after_body(then),
        }
    }

    fn after_body(then: Then) -> Self {
        match then {
            Then::Head => Self::Head(RequestHead::new()),
            Then::Unread => Self::Unread,
        }
    }
}
