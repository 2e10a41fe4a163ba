//! The body of a response on its way to the visitor.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;

/// The body of a response.
pub struct Body {}

/// Why a body ended early; the visitor's connection or stream is reset, so that no truncation looks like an end.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        todo!()
    }
}
