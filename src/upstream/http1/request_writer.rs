//! Writes a request: its head, and its body as it is received from the visitor.
//!
//! Each write is a system call, so a piece of the body is written together with the bytes before it, and small pieces are joined
//! first. The body is framed as `framing` has decided. A body that is longer or shorter than declared is never sent to its end,
//! because the portal would take the next bytes for another request.

use std::cell::{Cell, RefCell};
use std::io::{self, IoSlice, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use http_body::{Body, Frame};
use tokio::time::Instant;

use super::framing::Framing;
use super::shared_stream::SharedStream;
use crate::http::h1::write_fields;
use crate::upstream::request_body::{RequestBody, RequestBodyError};

const LAST_CHUNK: &[u8] = b"0\r\n\r\n";
/// A piece of content up to this size is copied to those before it: to write it alone costs more.
const SMALL: usize = 1 << 10;
/// How many bytes are joined before they are written.
const MOST_TOGETHER: usize = 4 << 10;

/// Writes the requests of one connection, one after the other.
pub(super) struct RequestWriter {
    stage: Cell<SendStage>,
    /// When the last request began to be sent.
    begun: Cell<Instant>,
    request: RefCell<Outgoing>,
}

/// How far the request is: each goes from the first or second stage to the last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SendStage {
    /// It waits in the queue, to be sent together with others.
    Queued,
    /// The task that waits for the response sends it; later perhaps a task of its own.
    Sending,
    /// All of it has been handed to the kernel.
    Sent,
}

/// The request that is being sent.
struct Outgoing {
    /// Bytes to send before the content: a head, a chunk's size, an end. `out` of them have been sent.
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
    /// Since the last poll.
    Held,
    /// The visitor's connection has been polled once in between, and could bring more.
    TurnGiven,
}

/// Why a request was not sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsent {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Body(#[from] RequestBodyError),
}

impl RequestWriter {
    /// No request yet.
    pub(super) fn new() -> Self {
        let request = Outgoing {
            before: Vec::new(),
            out: 0,
            content: Bytes::new(),
            after: b"",
            body: RequestBody::empty(),
            framing: Framing::NONE,
            small: Small::None,
            ended: true,
        };
        let (stage, begun) = (Cell::new(SendStage::Sent), Cell::new(Instant::now()));
        Self { stage, begun, request: RefCell::new(request) }
    }

    /// Begins a request, whose head is written by `write_head`. `now`: the current time. If it is `queued`, it is not sent
    /// before it leaves the queue.
    ///
    /// # Errors
    /// That of `write_head`; then there is no request.
    pub(super) fn begin<E>(
        &self,
        write_head: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
        (body, framing): (RequestBody, Framing),
        queued: bool,
        now: Instant,
    ) -> Result<(), E> {
        let request = &mut *self.request.borrow_mut();
        request.before.clear();
        write_head(&mut request.before)?;
        (request.out, request.content, request.after, request.small) = (0, Bytes::new(), b"", Small::None);
        (request.body, request.framing, request.ended) = (body, framing, framing == Framing::NONE);
        self.begun.set(now);
        self.stage.set(if queued { SendStage::Queued } else { SendStage::Sending });
        Ok(())
    }

    /// Takes a request out of the queue. Returns whether it still waited there: then it must be sent now.
    pub(super) fn leave_queue(&self, now: Instant) -> bool {
        let was_queued = self.stage.get() == SendStage::Queued;
        if was_queued {
            self.begun.set(now);
            self.stage.set(SendStage::Sending);
        }
        was_queued
    }

    /// Continues to send; ready once all of the request has been handed to the kernel.
    ///
    /// # Errors
    /// If the stream fails, or the body does: it ends too early, is longer than declared, or the visitor has left. The
    /// connection cannot be used again.
    pub(super) fn poll(&self, cx: &mut Context<'_>, stream: &SharedStream) -> Poll<Result<(), Unsent>> {
        self.stage.set(SendStage::Sending);
        let request = &mut *self.request.borrow_mut();
        ready!(request.poll(cx, stream))?;
        request.body = RequestBody::empty();
        self.stage.set(SendStage::Sent);
        Poll::Ready(Ok(()))
    }

    /// Drops the body; no more of it is sent.
    pub(super) fn drop_body(&self) {
        self.request.borrow_mut().body = RequestBody::empty();
    }

    /// Whether all of the request has been handed to the kernel.
    pub(super) fn has_sent(&self) -> bool {
        self.stage.get() == SendStage::Sent
    }

    /// Whether the task that waits for the response must continue to send.
    pub(super) fn is_sending(&self) -> bool {
        self.stage.get() == SendStage::Sending
    }

    /// When the last request began to be sent.
    pub(super) fn begun(&self) -> Instant {
        self.begun.get()
    }

    /// Keeps at most `most_kept` bytes of memory for the next head.
    pub(super) fn shrink_to(&self, most_kept: usize) {
        self.request.borrow_mut().before.shrink_to(most_kept);
    }
}

impl Outgoing {
    fn poll(&mut self, cx: &mut Context<'_>, stream: &SharedStream) -> Poll<Result<(), Unsent>> {
        loop {
            let loaded = self.load(cx)?;
            if loaded.is_pending() && self.small == Small::Held {
                // hyper hands on one chunk for each poll, even of those that it has read already.
                self.small = Small::TurnGiven;
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            ready!(self.write(cx, stream))?;
            if self.ended {
                return stream.poll_flush(cx).map_err(Unsent::from);
            }
            if loaded.is_pending() {
                let _ = stream.poll_flush(cx)?;
                return Poll::Pending;
            }
        }
    }

    /// Takes the frames that the body has ready: small ones together, up to a large one.
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
    fn write(&mut self, cx: &mut Context<'_>, stream: &SharedStream) -> Poll<io::Result<()>> {
        while !self.is_out() {
            let before = IoSlice::new(self.before.get(self.out..).unwrap_or_default());
            let written = if self.content.is_empty() && self.after.is_empty() {
                stream.poll_write(cx, &[before])
            } else {
                stream.poll_write(cx, &[before, IoSlice::new(&self.content), IoSlice::new(self.after)])
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
    use std::future::poll_fn;

    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::upstream::http1::stream::PortalStream;

    fn begin(writer: &RequestWriter, framing: Framing, queued: bool) {
        let write_head = |output: &mut Vec<u8>| -> Result<(), std::convert::Infallible> {
            output.extend_from_slice(b"head");
            Ok(())
        };
        writer.begin(write_head, (RequestBody::empty(), framing), queued, Instant::now()).unwrap();
    }

    /// A stream, and its other end.
    async fn stream() -> (SharedStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (stream, peer) = tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
        (SharedStream::new(PortalStream::Clear(stream.unwrap().into())), peer.unwrap().0)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_body_that_falls_short_is_never_sent_whole() {
        let (writer, (stream, _peer)) = (RequestWriter::new(), stream().await);
        begin(&writer, Framing::Length(5), false);
        for _ in 0..3 {
            let sent = poll_fn(|cx| writer.poll(cx, &stream)).await;
            assert!(matches!(sent, Err(Unsent::Body(RequestBodyError::Aborted))) && !writer.has_sent(), "{sent:?}");
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_request_leaves_the_queue_once_and_not_after_it_was_sent_otherwise() {
        let (writer, (stream, _peer)) = (RequestWriter::new(), stream().await);
        for sent_before in [false, true] {
            begin(&writer, Framing::NONE, true);
            assert!(!writer.has_sent() && !writer.is_sending());
            if sent_before {
                poll_fn(|cx| writer.poll(cx, &stream)).await.unwrap();
            }
            assert_eq!((writer.leave_queue(Instant::now()), writer.is_sending()), (!sent_before, !sent_before));
            assert!(!writer.leave_queue(Instant::now()));
            poll_fn(|cx| writer.poll(cx, &stream)).await.unwrap();
            assert!(writer.has_sent());
        }
    }
}
