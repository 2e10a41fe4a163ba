//! A request on its way out: its head, and its body as it comes from the visitor.
//!
//! What the body has ready goes out together with what stands before it: small pieces are put together first, for each
//! write is a system call. Framing is written as `framing` has decided: a
//! body that is longer or shorter than it says must not end where the portal sees an end.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io::{self, IoSlice, Write};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker, ready};

use bytes::{Buf, Bytes};
use http_body::{Body, Frame};
use tokio::time::Instant;

use super::framing::Framing;
use super::shared_stream::Wire;
use crate::http::h1::write_fields;
use crate::upstream::request_body::{RequestBody, RequestBodyError};

const LAST_CHUNK: &[u8] = b"0\r\n\r\n";
/// A piece of content up to this size is copied to those before it: to write it alone costs more.
const SMALL: usize = 1 << 10;
/// So much is put together at most before it is written.
const MOST_TOGETHER: usize = 4 << 10;

/// Sends the requests of one connection, one after the other. Held by whoever sends on: who waits for the response, the
/// batch that a request goes out with, an upload's task.
pub(in crate::upstream) struct Sender {
    wire: Rc<Wire>,
    stage: Cell<Stage>,
    /// When the last request began to go out.
    begun: Cell<Instant>,
    request: RefCell<Sending>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It waits for others.
    Waiting,
    Underway,
    Sent,
}

/// A request that is being sent.
struct Sending {
    /// What goes out before the content: a head, a chunk's size, an end. Some of it is out already.
    before: Vec<u8>,
    out: usize,
    content: Bytes,
    after: &'static [u8],
    body: RequestBody,
    framing: Framing,
    small: Small,
    ended: bool,
}

/// Whether small pieces of content wait in `before` for others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Small {
    None,
    /// Since the last turn.
    Held,
    /// The visitor's connection has had a turn in which to bring more.
    TurnGiven,
}

/// Why a request did not go out.
#[derive(Debug, thiserror::Error)]
pub(in crate::upstream) enum Unsent {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Body(#[from] RequestBodyError),
}

impl Sender {
    pub(in crate::upstream) fn new(wire: Rc<Wire>) -> Self {
        let request = Sending {
            before: Vec::new(),
            out: 0,
            content: Bytes::new(),
            after: b"",
            body: RequestBody::empty(),
            framing: Framing::NONE,
            small: Small::None,
            ended: true,
        };
        let (stage, begun) = (Cell::new(Stage::Sent), Cell::new(Instant::now()));
        Self { wire, stage, begun, request: RefCell::new(request) }
    }

    /// Begins a request, whose head is written by `write_head`; `now` is about now.
    ///
    /// # Errors
    /// Where the head cannot be written: then there is no request.
    pub(in crate::upstream) fn begin<E>(
        &self,
        write_head: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
        body: RequestBody,
        framing: Framing,
        now: Instant,
    ) -> Result<(), E> {
        let request = &mut *self.request.borrow_mut();
        request.before.clear();
        write_head(&mut request.before)?;
        (request.out, request.content, request.after, request.small) = (0, Bytes::new(), b"", Small::None);
        (request.body, request.framing, request.ended) = (body, framing, framing == Framing::NONE);
        self.begun.set(now);
        self.stage.set(Stage::Underway);
        Ok(())
    }

    /// Leaves the request that has begun to [`Self::depart`].
    pub(in crate::upstream) fn wait(&self) {
        self.stage.set(Stage::Waiting);
    }

    /// Sends a request that waits. Where it does not go out at once, whoever waits for its response sends on.
    pub(in crate::upstream) fn depart(&self, now: Instant) {
        if self.stage.get() != Stage::Waiting {
            return;
        }
        self.begun.set(now);
        let sent = self.poll(&mut Context::from_waker(Waker::noop()));
        if !matches!(sent, Poll::Ready(Ok(()))) {
            self.wire.wake_reader();
        }
    }

    /// Sends on; ready when all of it is on its way.
    pub(in crate::upstream) fn poll(&self, cx: &mut Context<'_>) -> Poll<Result<(), Unsent>> {
        self.stage.set(Stage::Underway);
        let request = &mut *self.request.borrow_mut();
        ready!(request.poll(cx, &self.wire))?;
        request.body = RequestBody::empty();
        self.stage.set(Stage::Sent);
        Poll::Ready(Ok(()))
    }

    /// Sends all that is left, as far as that goes.
    pub(in crate::upstream) async fn send_rest(&self) {
        // Whether it went out is seen by the stage.
        let _ = poll_fn(|cx| self.poll(cx)).await;
        self.request.borrow_mut().body = RequestBody::empty();
    }

    /// Whether a request is not through yet.
    pub(in crate::upstream) fn is_sending(&self) -> bool {
        self.stage.get() != Stage::Sent
    }

    /// Whether it is up to who waits for the response to send on.
    pub(in crate::upstream) fn is_underway(&self) -> bool {
        self.stage.get() == Stage::Underway
    }

    /// When the last request began to go out.
    pub(in crate::upstream) fn begun(&self) -> Instant {
        self.begun.get()
    }

    /// Keeps no more memory than this for the next head.
    pub(in crate::upstream) fn rest(&self, most_kept: usize) {
        self.request.borrow_mut().before.shrink_to(most_kept);
    }
}

impl Sending {
    fn poll(&mut self, cx: &mut Context<'_>, wire: &Wire) -> Poll<Result<(), Unsent>> {
        loop {
            let loaded = self.load(cx)?;
            if loaded.is_pending() && self.small == Small::Held {
                // hyper hands on one chunk a turn, even of those that it has read already.
                self.small = Small::TurnGiven;
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            ready!(self.write(cx, wire))?;
            if self.ended {
                return wire.poll_flush(cx).map_err(Unsent::from);
            }
            if loaded.is_pending() {
                let _ = wire.poll_flush(cx)?;
                return Poll::Pending;
            }
        }
    }

    /// Asks the body for the frames that it has ready: small ones together, up to a large one.
    fn load(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), RequestBodyError>> {
        while !self.ended && self.content.is_empty() && self.after.is_empty() && self.before.len() < MOST_TOGETHER {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)).transpose()?.map(Frame::into_data) {
                Some(Ok(data)) => self.hold(data)?,
                Some(Err(trailers)) => self.end(trailers.into_trailers().ok().as_ref())?,
                None => self.end(None)?,
            }
        }
        Poll::Ready(Ok(()))
    }

    fn hold(&mut self, data: Bytes) -> Result<(), RequestBodyError> {
        let after: &[u8] = match &mut self.framing {
            Framing::Length(left) => {
                *left = left.checked_sub(data.len() as u64).ok_or(RequestBodyError::Aborted)?;
                self.ended = *left == 0;
                b""
            }
            // An empty chunk would be the end.
            Framing::Chunked if data.is_empty() => b"",
            Framing::Chunked => {
                // A vector takes all that is written.
                let _ = write!(self.before, "{:x}\r\n", data.len());
                b"\r\n"
            }
        };
        if data.len() > SMALL {
            (self.content, self.after) = (data, after);
        } else {
            self.before.extend_from_slice(&data);
            self.before.extend_from_slice(after);
            self.small = Small::Held;
        }
        Ok(())
    }

    fn end(&mut self, trailers: Option<&http::HeaderMap>) -> Result<(), RequestBodyError> {
        match (&self.framing, trailers) {
            (Framing::Length(0), _) => {}
            (Framing::Length(_), _) => return Err(RequestBodyError::Aborted),
            (Framing::Chunked, None) => self.before.extend_from_slice(LAST_CHUNK),
            (Framing::Chunked, Some(trailers)) => {
                self.before.extend_from_slice(b"0\r\n");
                write_fields(trailers, &mut self.before);
            }
        }
        self.ended = true;
        Ok(())
    }

    /// Writes all that is held.
    fn write(&mut self, cx: &mut Context<'_>, wire: &Wire) -> Poll<io::Result<()>> {
        while !self.is_out() {
            let before = IoSlice::new(self.before.get(self.out..).unwrap_or_default());
            let written = if self.content.is_empty() && self.after.is_empty() {
                wire.poll_write(cx, &[before])
            } else {
                wire.poll_write(cx, &[before, IoSlice::new(&self.content), IoSlice::new(self.after)])
            };
            match ready!(written)? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => self.count(written),
            }
        }
        self.before.clear();
        (self.out, self.content, self.small) = (0, Bytes::new(), Small::None);
        Poll::Ready(Ok(()))
    }

    fn is_out(&self) -> bool {
        self.out == self.before.len() && self.content.is_empty() && self.after.is_empty()
    }

    fn count(&mut self, mut written: usize) {
        let before = written.min(self.before.len() - self.out);
        self.out += before;
        written -= before;
        let content = written.min(self.content.len());
        self.content.advance(content);
        self.after = self.after.get(written - content..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::upstream::http1::stream::Stream;

    #[tokio::test(flavor = "current_thread")]
    async fn a_body_that_falls_short_is_never_through() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let sender = Sender::new(Rc::new(Wire::new(Stream::Clear(stream.into()))));
        let write_head = |output: &mut Vec<u8>| -> Result<(), std::convert::Infallible> {
            output.extend_from_slice(b"head");
            Ok(())
        };
        sender.begin(write_head, RequestBody::empty(), Framing::Length(5), Instant::now()).unwrap();
        for _ in 0..3 {
            let sent = poll_fn(|cx| sender.poll(cx)).await;
            assert!(matches!(sent, Err(Unsent::Body(RequestBodyError::Aborted))) && sender.is_sending(), "{sent:?}");
        }
    }
}
