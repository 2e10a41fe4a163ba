//! The bodies of the sample portal's responses: bytes, or an export that is generated while it is sent.
//!
//! An export of a gigabyte shows that octroi streams: neither side buffers more than a chunk.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::export::Export;

/// A response body.
#[derive(Debug)]
pub(super) enum PortalBody {
    /// The whole body; empty after it was sent.
    Whole(Bytes),
    /// Generated chunk by chunk, as fast as the client reads, so that memory does not depend on its size.
    Export(Export),
}

impl Body for PortalBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let chunk = match self.get_mut() {
            Self::Whole(bytes) if bytes.is_empty() => None,
            Self::Whole(bytes) => Some(std::mem::take(bytes)),
            Self::Export(export) => export.next(),
        };
        Poll::Ready(chunk.map(|chunk| Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Export(_) => SizeHint::default(),
        }
    }
}
