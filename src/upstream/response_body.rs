//! The body of a response, which holds the connection that it comes from.
//!
//! `http1` reads the content, and `fair_use` counts the waiting bytes. This file decides when the connection may be used again.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http_body::{Body, Frame, SizeHint};

use super::{Buffered, Lease, Lost};
use crate::http::fields;

/// The body of a response. At its end the connection returns to its pool. If the body is dropped before, the connection is
/// closed.
#[derive(Debug)]
pub struct ResponseBody {
    /// Until the end.
    lease: Option<Lease>,
}

/// Why a response's body ended early.
#[derive(Debug, thiserror::Error)]
pub enum ResponseBodyError {
    /// The portal's connection broke off.
    #[error("the portal's response broke off")]
    Aborted(#[source] Lost),
    /// No byte moved for `body_idle`: the portal sent none, or the visitor read none.
    #[error("no byte of the response's body moved for `body_idle`")]
    Idle,
}

impl ResponseBody {
    /// The content after a response's head.
    pub fn new(lease: Lease) -> Self {
        let mut body = Self { lease: Some(lease) };
        // A body without content (HEAD, 204, 304) is never polled.
        body.release_if_ended();
        body
    }

    fn release_if_ended(&mut self) {
        if let Some(lease) = self.lease.take_if(|lease| lease.has_ended()) {
            lease.release();
        }
    }

    /// Forbidden trailers are dropped; `None` if nothing of the frame is left.
    fn admit(&mut self, frame: Frame<Buffered>) -> Option<Frame<Buffered>> {
        self.release_if_ended();
        match frame.into_trailers() {
            Ok(mut trailers) => {
                fields::remove(&mut trailers, fields::is_forbidden_response_trailer);
                (!trailers.is_empty()).then(|| Frame::trailers(trailers))
            }
            Err(data) => Some(data),
        }
    }

    fn broken(&mut self, lost: Lost) -> ResponseBodyError {
        let idle = self.lease.take().is_some_and(Lease::give_up);
        if idle { ResponseBodyError::Idle } else { ResponseBodyError::Aborted(lost) }
    }
}

impl Body for ResponseBody {
    type Data = Buffered;
    type Error = ResponseBodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Buffered>, ResponseBodyError>>> {
        let Some(lease) = &mut self.lease else { return Poll::Ready(None) };
        Poll::Ready(match ready!(lease.poll_content(cx)) {
            Some(Ok(frame)) => self.admit(frame).map(Ok),
            Some(Err(lost)) => Some(Err(self.broken(lost))),
            None => {
                self.release_if_ended();
                None
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        self.lease.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        self.lease.as_ref().map_or_else(|| SizeHint::with_exact(0), Lease::size_hint)
    }
}
