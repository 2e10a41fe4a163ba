//! The body of a request for the portal, and its state.
//!
//! Nothing is buffered. A length that the visitor declared is declared to the portal as well. [`Upload`] outlives the body, and
//! says afterwards whether all of it was sent.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::Instant;

use crate::http::fields;
use crate::net::idle_timeout::IdleTimeout;

/// The body of a request: streamed and limited in size. `body_idle` applies to it.
#[derive(Debug)]
pub struct RequestBody(Option<Streaming>);

#[derive(Debug)]
struct Streaming {
    incoming: Incoming,
    /// `body_bytes`; `None`: no limit.
    limit: Option<u64>,
    of_the_connection: Vec<HeaderName>,
    upload: Rc<Upload>,
    /// A frame that was read before the request was framed.
    ahead: Option<Frame<Bytes>>,
}

/// The state of an upload, shared by the body and those who observe it.
#[derive(Debug)]
pub struct Upload {
    state: Cell<UploadState>,
    bytes: Cell<u64>,
    moved: Cell<Instant>,
    awaits_visitor: Cell<bool>,
}

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadState {
    /// The body has not ended.
    Open,
    /// All of it was handed to the portal's connection.
    Complete,
    /// It is longer than `body_bytes`: 413.
    TooLarge,
    /// The visitor's connection or stream broke off.
    Aborted,
}

/// Why a request's body ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestBodyError {
    /// It is longer than `body_bytes`.
    #[error("the request's body is longer than `body_bytes`")]
    TooLarge,
    /// The visitor's connection or stream broke off.
    #[error("the request's body broke off")]
    Aborted,
    /// The visitor sent nothing of it for `body_idle`.
    #[error("no byte of the request's body came for `body_idle`")]
    Idle,
}

impl RequestBody {
    /// The body that a visitor sends.
    pub fn new(incoming: Incoming) -> Self {
        // Over HTTP/2 a body that is declared empty may end later; hyper and h2 ensure that it has no byte.
        if incoming.is_end_stream() || incoming.size_hint().exact() == Some(0) {
            return Self::empty();
        }
        let (limit, of_the_connection, upload) = (None, Vec::new(), Rc::new(Upload::new()));
        Self(Some(Streaming { incoming, limit, of_the_connection, upload, ahead: None }))
    }

    /// Whether it is unknown if there is a body, and most requests with this method have none.
    pub(super) fn is_doubtful(&self, method: &Method) -> bool {
        let seldom_has_one = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::DELETE);
        seldom_has_one && self.size_hint().exact().is_none()
    }

    /// Waits for the first byte or the end, so that it is known whether there is a body.
    ///
    /// # Errors
    /// If neither is received within the `timeout`, or the body breaks off or is too long.
    pub(super) async fn await_first(&mut self, timeout: IdleTimeout) -> Result<(), RequestBodyError> {
        let Some(streaming) = &mut self.0 else { return Ok(()) };
        let begun = Instant::now();
        let first = tokio::select! {
            biased;
            first = poll_fn(|cx| streaming.poll_first(cx)) => first,
            () = timeout.wait(|| begun) => return Err(RequestBodyError::Idle),
        };
        match first.transpose()? {
            Some(frame) => streaming.ahead = Some(frame),
            None => self.0 = None,
        }
        Ok(())
    }

    /// Limits the body to this many bytes; `None`: no limit.
    pub fn limit(&mut self, limit: Option<u64>) {
        if let Some(streaming) = &mut self.0 {
            streaming.limit = limit;
        }
    }

    /// Removes trailers with these names, which the visitor's `Connection` lists (RFC 9110 §7.6.1).
    pub fn hold_back(&mut self, of_the_connection: Vec<HeaderName>) {
        if let Some(streaming) = &mut self.0 {
            streaming.of_the_connection = of_the_connection;
        }
    }

    /// No body.
    pub fn empty() -> Self {
        Self(None)
    }

    /// Takes the body, and leaves an empty one.
    #[must_use]
    pub fn take(&mut self) -> Self {
        Self(self.0.take())
    }

    /// The state of the upload; `None` if there is no body. Must be called before the request is sent.
    pub fn upload(&self) -> Option<Rc<Upload>> {
        self.0.as_ref().map(|streaming| Rc::clone(&streaming.upload))
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = RequestBodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, RequestBodyError>>> {
        match &mut self.0 {
            Some(streaming) => streaming.poll_frame(cx),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(|streaming| streaming.ahead.is_none() && streaming.incoming.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map_or_else(|| SizeHint::with_exact(0), |streaming| streaming.incoming.size_hint())
    }
}

impl Streaming {
    /// The first frame that is not empty: HTTP/2 may end a stream with an empty one.
    fn poll_first(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, RequestBodyError>>> {
        loop {
            match ready!(self.poll_frame(cx)) {
                Some(Ok(frame)) if frame.data_ref().is_some_and(Bytes::is_empty) => {}
                first => return Poll::Ready(first),
            }
        }
    }

    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, RequestBodyError>>> {
        if let Some(frame) = self.ahead.take() {
            return Poll::Ready(Some(Ok(frame)));
        }
        self.upload.await_visitor();
        let frame = ready!(Pin::new(&mut self.incoming).poll_frame(cx));
        self.upload.awaits_visitor.set(false);
        self.upload.moved.set(Instant::now());
        Poll::Ready(match frame {
            Some(Ok(frame)) => Some(self.admit(frame)),
            Some(Err(_)) => {
                self.upload.state.set(UploadState::Aborted);
                Some(Err(RequestBodyError::Aborted))
            }
            None => {
                self.upload.state.set(UploadState::Complete);
                None
            }
        })
    }

    /// # Errors
    /// With this frame the body exceeds the limit.
    fn admit(&mut self, frame: Frame<Bytes>) -> Result<Frame<Bytes>, RequestBodyError> {
        let frame = match frame.into_trailers() {
            Ok(trailers) => {
                // Nothing follows the trailers, and the request writer does not poll again.
                self.upload.state.set(UploadState::Complete);
                return Ok(Frame::trailers(self.without_forbidden(trailers)));
            }
            Err(frame) => frame,
        };
        let length = frame.data_ref().map_or(0, Bytes::len) as u64;
        let bytes = self.upload.bytes().saturating_add(length);
        if self.limit.is_some_and(|limit| bytes > limit) {
            self.upload.state.set(UploadState::TooLarge);
            return Err(RequestBodyError::TooLarge);
        }
        self.upload.came(length);
        // Over HTTP/2 the end may come after the last declared byte; the request writer does not wait for it.
        if self.incoming.is_end_stream() || self.incoming.size_hint().exact() == Some(0) {
            self.upload.state.set(UploadState::Complete);
        }
        Ok(frame)
    }

    fn without_forbidden(&self, mut trailers: HeaderMap) -> HeaderMap {
        fields::remove(&mut trailers, |name| {
            fields::is_forbidden_request_trailer(name) || self.of_the_connection.contains(name)
        });
        trailers
    }
}

impl Upload {
    pub(super) fn new() -> Self {
        Self {
            state: Cell::new(UploadState::Open),
            bytes: Cell::new(0),
            moved: Cell::new(Instant::now()),
            awaits_visitor: Cell::new(false),
        }
    }

    /// How far it is.
    pub fn state(&self) -> UploadState {
        self.state.get()
    }

    /// Bytes of content handed on so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// When a byte last moved.
    pub(super) fn moved(&self) -> Instant {
        self.moved.get()
    }

    /// `bytes` bytes were received.
    pub(super) fn came(&self, bytes: u64) {
        self.bytes.set(self.bytes.get().saturating_add(bytes));
    }

    /// Notes that the visitor must send the next byte.
    pub(super) fn await_visitor(&self) {
        self.awaits_visitor.set(true);
    }

    /// Whether the visitor must send the next byte. Otherwise the portal must read one.
    pub(super) fn awaits_visitor(&self) -> bool {
        self.awaits_visitor.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_body_is_told_as_no_body() {
        let body = RequestBody::empty();
        assert!(body.is_end_stream());
        assert_eq!(body.size_hint().exact(), Some(0));
        assert!(body.upload().is_none());
    }
}
