//! The content of a response, framed as its head says, taken from the read buffer without a copy.
//!
//! `upstream` decides how a response is framed (RFC 9112 §6.3), and takes a frame whenever bytes were received.

use bytes::{Buf, Bytes, BytesMut};
use http::HeaderMap;
use http_body::{Frame, SizeHint};

use super::buf_chain::BufChain;
use super::section::{Gatherer, SectionLimits};
use crate::http::h1::Refusal;
use crate::http::h1::chunked::{At, Chunks, Sizes};

/// How many chunks are joined to one frame. Each takes 32 bytes in the chain, and may hold a single byte.
const MOST_JOINED: usize = 32;

/// Reads one content.
#[derive(Debug, Default)]
pub enum Content {
    /// All of it was read, or there is none.
    #[default]
    Ended,
    /// This many bytes are left.
    Length(u64),
    /// In chunks (RFC 9112 §7.1).
    Chunked(Box<Chunked>),
    /// To the end of the connection.
    UntilClose,
}

/// A content in chunks: chunks, trailers, and the end.
#[derive(Debug)]
pub struct Chunked {
    chunks: Chunks,
    trailers: Gatherer,
}

impl Content {
    /// In chunks, from the first one on.
    pub fn chunked() -> Self {
        Self::Chunked(Box::new(Chunked { chunks: Chunks::new(Sizes::Padded), trailers: Gatherer::default() }))
    }

    /// Content of this many bytes.
    pub fn of_length(length: u64) -> Self {
        if length == 0 { Self::Ended } else { Self::Length(length) }
    }

    /// Takes the next frame from the front of `input`. `None` if it was not received yet, or if the content has
    /// [ended](Self::has_ended).
    ///
    /// # Errors
    /// If chunks or trailers are malformed, or the trailers exceed `limits`.
    pub fn take(&mut self, input: &mut BytesMut, limits: SectionLimits) -> Result<Option<Frame<BufChain>>, Refusal> {
        match self {
            Self::Ended => Ok(None),
            Self::Length(left) => {
                let data = take_data(left, input);
                if *left == 0 {
                    *self = Self::Ended;
                }
                Ok(data.map(|data| Frame::data(data.into())))
            }
            Self::UntilClose => Ok((!input.is_empty()).then(|| Frame::data(input.split().freeze().into()))),
            Self::Chunked(chunked) => {
                let (frame, ended) = chunked.take(input, limits)?;
                if ended {
                    *self = Self::Ended;
                }
                Ok(frame)
            }
        }
    }

    /// Whether nothing is left.
    pub fn has_ended(&self) -> bool {
        matches!(self, Self::Ended)
    }

    /// How many bytes are left, as far as that is known.
    pub fn size_hint(&self) -> SizeHint {
        match self {
            Self::Ended => SizeHint::with_exact(0),
            Self::Length(left) => SizeHint::with_exact(*left),
            Self::Chunked(_) | Self::UntilClose => SizeHint::default(),
        }
    }
}

impl Chunked {
    /// The next frame, of all chunks that were received, and whether it is the last. The end is looked for at once, so that the
    /// content need not be polled again for it.
    fn take(
        &mut self,
        input: &mut BytesMut,
        limits: SectionLimits,
    ) -> Result<(Option<Frame<BufChain>>, bool), Refusal> {
        let mut data = BufChain::default();
        loop {
            match read_framing(&mut self.chunks, input) {
                Ok(At::Data(left)) if data.count() < MOST_JOINED => match take_data(left, input) {
                    Some(part) => data.push(part),
                    None => break,
                },
                Ok(At::Trailers) if data.count() == 0 => return self.take_trailers(input, limits),
                Err(refusal) if data.count() == 0 => return Err(refusal),
                // The next call finds the fault again, after this data has been sent.
                _ => break,
            }
        }
        let frame = (data.count() > 0).then(|| Frame::data(data));
        Ok((frame, self.ends_plainly(input)))
    }

    /// Whether the last chunk was received, without trailers after it.
    fn ends_plainly(&mut self, input: &mut BytesMut) -> bool {
        let ends = matches!(read_framing(&mut self.chunks, input), Ok(At::Trailers)) && input.starts_with(b"\r\n");
        if ends {
            input.advance(2);
        }
        ends
    }

    fn take_trailers(
        &mut self,
        input: &mut BytesMut,
        limits: SectionLimits,
    ) -> Result<(Option<Frame<BufChain>>, bool), Refusal> {
        let Some(mut section) = self.trailers.take(input, limits)? else { return Ok((None, false)) };
        let mut trailers = HeaderMap::new();
        section.read_fields(0, &mut trailers, limits)?;
        Ok(((!trailers.is_empty()).then(|| Frame::trailers(trailers)), true))
    }
}

/// Reads chunk sizes and line ends, up to the next content.
fn read_framing<'a>(chunks: &'a mut Chunks, input: &mut BytesMut) -> Result<At<'a>, Refusal> {
    let mut rest = &input[..];
    let at = chunks.advance(&mut rest);
    let taken = input.len() - rest.len();
    input.advance(taken);
    at
}

fn take_data(left: &mut u64, input: &mut BytesMut) -> Option<Bytes> {
    let length = usize::try_from(*left).unwrap_or(usize::MAX).min(input.len());
    *left -= length as u64;
    (length > 0).then(|| input.split_to(length).freeze())
}
