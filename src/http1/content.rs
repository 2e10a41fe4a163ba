//! The content of a response, as its head frames it: taken from what has come, without a copy.

use bytes::{Buf, Bytes, BytesMut};
use http::HeaderMap;
use http_body::{Frame, SizeHint};

use super::Refusal;
use super::chunked::{At, Chunks, Sizes};
use super::section::{Gatherer, SectionLimits};

/// Reads one content.
#[derive(Debug, Default)]
pub enum Content {
    /// All of it was read, or there is none.
    #[default]
    Ended,
    /// So many bytes are left.
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

    /// So many bytes.
    pub fn of_length(length: u64) -> Self {
        if length == 0 { Self::Ended } else { Self::Length(length) }
    }

    /// Takes the next frame from the front of `input`. `None` where it has not come yet, or where none is left: then it
    /// has [ended](Self::has_ended).
    ///
    /// # Errors
    /// Where chunks or trailers are not plainly such, or the trailers are too large.
    pub fn take(&mut self, input: &mut BytesMut, limits: SectionLimits) -> Result<Option<Frame<Bytes>>, Refusal> {
        match self {
            Self::Ended => Ok(None),
            Self::Length(left) => {
                let data = take_data(left, input);
                if *left == 0 {
                    *self = Self::Ended;
                }
                Ok(data.map(Frame::data))
            }
            Self::UntilClose => Ok((!input.is_empty()).then(|| Frame::data(input.split().freeze()))),
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
    /// The next frame, and whether the end has come. It is looked for behind each chunk, so that nobody has to ask once
    /// more.
    fn take(&mut self, input: &mut BytesMut, limits: SectionLimits) -> Result<(Option<Frame<Bytes>>, bool), Refusal> {
        let data = match read_framing(&mut self.chunks, input)? {
            At::Data(left) => take_data(left, input),
            At::Framing => None,
            At::Trailers => return self.take_trailers(input, limits),
        };
        Ok((data.map(Frame::data), self.ends_plainly(input)))
    }

    /// Whether the end has come, without trailers. What is not fine is met again.
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
    ) -> Result<(Option<Frame<Bytes>>, bool), Refusal> {
        let Some(mut section) = self.trailers.take(input, limits)? else { return Ok((None, false)) };
        let mut trailers = HeaderMap::new();
        section.read_fields(0, &mut trailers, limits)?;
        Ok(((!trailers.is_empty()).then(|| Frame::trailers(trailers)), true))
    }
}

/// Reads what is not content.
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
