//! One HTTP/1.1 connection to the portal, and one exchange on it.
//!
//! It has no task of its own: the task that waits for a response's head or content reads from the socket. Only an upload that
//! continues after the head of its response becomes a task, because the visitor may send all of it before reading on.

use std::future::poll_fn;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::HeaderMap;
use http_body::{Frame, SizeHint};
use tokio::task::{AbortHandle, spawn_local};
use tokio::time::Instant;

use super::connection_io::{ConnectionIo, RequestQueue};
use super::framing::{self, Framing, ResponseFraming};
use super::open_connections::OpenConnections;
use super::read_buffer::Input;
use super::request_writer::Unsent;
use super::shared_stream::{Closed, SharedStream};
use super::stream::{Peer, PortalStream, Switched};
use crate::http::h1::{
    Content, Refusal, ResponseHead, ResponseHeads, SectionLimits, TargetUnsound, is_interim, write_request_head,
};
use crate::net::idle_timeout::{IdleTimeout, IdleTimer};
use crate::telemetry::Metrics;
use crate::upstream::error::Lost;
use crate::upstream::fair_use::budget::Budget;
use crate::upstream::fair_use::buffered::Buffered;
use crate::upstream::fair_use::eviction::Owner;
use crate::upstream::request_body::{Upload, UploadState};
use crate::upstream::{UpstreamError, UpstreamRequest};

/// More informational responses than this to one request are an attack or a fault.
const MOST_INFORMATIONAL: u32 = 64;
/// An idle connection keeps at most this many bytes of memory for the next head.
const MOST_KEPT: usize = 16 << 10;

/// A connection; closed when dropped. It is boxed because each request moves it several times.
pub(in crate::upstream) struct Connection {
    io: Rc<ConnectionIo>,
    reader: Reader,
    content: Content,
    /// An upload that continues after the response's head.
    upload: Option<AbortHandle>,
    /// The address at its other end; `None` if it was lost before that could be asked.
    peer: Option<Peer>,
    opened: Instant,
    response_timer: IdleTimer,
    requests: u32,
}

/// What has been read of the responses, and how they are read.
struct Reader {
    input: Input,
    heads: ResponseHeads,
    limits: SectionLimits,
    metrics: Metrics,
    informational: u32,
}

/// The head of a response.
pub(in crate::upstream) struct ReceivedHead {
    /// Its framing is sound.
    pub(in crate::upstream) head: Box<ResponseHead>,
    /// Whether another response can follow on the connection.
    pub(in crate::upstream) keeps_open: bool,
    /// When its last byte was read.
    pub(in crate::upstream) came: Instant,
    /// The time from the request's last byte to the head.
    pub(in crate::upstream) waited: Duration,
}

/// How one exchange is carried out.
#[derive(Clone, Copy)]
pub(in crate::upstream) struct Terms<'a> {
    /// For errors and logs.
    pub(in crate::upstream) endpoint: &'a Arc<str>,
    /// `upstream_response`.
    pub(in crate::upstream) response_within: Option<Duration>,
    /// For both bodies.
    pub(in crate::upstream) body_idle: IdleTimeout,
    /// Requests that may be flushed together with this one, if it has no body.
    pub(in crate::upstream) queue: Option<&'a Rc<RequestQueue>>,
    /// Whose request it is.
    pub(in crate::upstream) owner: Option<&'a Owner>,
}

impl Connection {
    /// Begins HTTP/1.1 on an open stream.
    pub(in crate::upstream) fn begin(
        stream: PortalStream,
        limits: SectionLimits,
        metrics: Metrics,
        budget: &Rc<Budget>,
    ) -> Box<Self> {
        let peer = stream.peer();
        Box::new(Self {
            io: ConnectionIo::new(stream),
            reader: Reader::new(limits, metrics, budget),
            content: Content::Ended,
            upload: None,
            peer,
            opened: Instant::now(),
            response_timer: IdleTimer::default(),
            requests: 0,
        })
    }

    /// Sends a request and waits for the head of its response. Takes the request's body. `begun`: the current time.
    ///
    /// # Errors
    /// If there is no sound response in time. Then the connection must not be used again.
    pub(in crate::upstream) async fn exchange(
        &mut self,
        request: &mut UpstreamRequest,
        framing: Framing,
        terms: Terms<'_>,
        begun: Instant,
    ) -> Result<ReceivedHead, UpstreamError> {
        let upload = request.body.upload();
        self.requests = self.requests.saturating_add(1);
        self.reader.input.begin(terms.owner, upload.as_ref());
        self.io.timeout.begin(upload.clone(), self.reader.input.backlog(), terms.body_idle, begun);
        self.begin_sending(request, framing, terms.queue, begun)?;
        let Self { io, reader, response_timer, .. } = self;
        // `upstream_response` counts from the request's last byte on.
        let sent = || match upload.as_deref() {
            Some(upload) if upload.state() == UploadState::Open => Instant::now(),
            Some(upload) => upload.moved(),
            None => io.writer.begun(),
        };
        let head = tokio::select! {
            biased;
            head = poll_fn(|cx| poll_head(cx, io, reader, &mut request.head.headers)) => head,
            () = response_timer.wait(IdleTimeout::new(terms.response_within), sent) => {
                let (endpoint, after) = (terms.endpoint.clone(), terms.response_within.unwrap_or_default());
                return Err(UpstreamError::ResponseTimeout { endpoint, after });
            }
        };
        let head = head.map_err(|lost| explain(lost, io.stream.has_timed_out(), upload.as_deref(), terms.endpoint))?;
        let came = Instant::now();
        let waited = came.saturating_duration_since(sent());
        let ResponseFraming { content, keeps_open } =
            framing::response(&request.head.method, &head.response).map_err(|reason| {
                UpstreamError::ResponseInvalid { endpoint: terms.endpoint.clone(), reason: reason.to_owned() }
            })?;
        self.content = content;
        if self.content.size_hint().exact().is_some() {
            self.reader.input.expect_much();
        }
        self.io.timeout.head_came(came);
        self.send_on();
        Ok(ReceivedHead { head, keeps_open, came, waited })
    }

    fn begin_sending(
        &self,
        request: &mut UpstreamRequest,
        framing: Framing,
        queue: Option<&Rc<RequestQueue>>,
        begun: Instant,
    ) -> Result<(), TargetUnsound> {
        let UpstreamRequest { head, lines, id, body, .. } = request;
        let lines = [lines.as_bytes(), id.as_ref().map_or(b"", |line| line)];
        let queue = queue.filter(|_| framing == Framing::NONE);
        let write_head = |output: &mut Vec<u8>| write_request_head(head, lines, output);
        self.io.writer.begin(write_head, (body.take(), framing), queue.is_some(), begun)?;
        if let Some(queue) = queue {
            queue.push(&self.io);
        }
        Ok(())
    }

    /// Spawns a task for the rest of an upload that has not ended when the response begins.
    fn send_on(&mut self) {
        if !self.io.writer.has_sent() {
            let io = Rc::clone(&self.io);
            self.upload = Some(spawn_local(async move { io.send_rest().await }).abort_handle());
        }
    }

    /// The next frame of the response's content; `None` at its end.
    ///
    /// # Errors
    /// [`Lost::Incomplete`] if the portal ends the connection before the content ends, [`Lost::Refused`] if the framing
    /// is not sound. If the content has no length, the end of the connection is its end (RFC 9112 §6.3), and no error.
    pub(in crate::upstream) fn poll_content(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Buffered>, Lost>>> {
        let Self { io, reader, content, .. } = self;
        ready!(reader.input.poll_taken(cx, &io.stream));
        loop {
            match content.take(&mut reader.input.bytes, reader.limits) {
                Ok(Some(frame)) => {
                    io.timeout.moved();
                    return Poll::Ready(Some(Ok(frame.map_data(|content| reader.input.give_out(content)))));
                }
                Ok(None) if content.has_ended() => return Poll::Ready(None),
                Ok(None) => {}
                Err(refusal) => return Poll::Ready(Some(Err(refusal.into()))),
            }
            match ready!(reader.poll_more(cx, &io.stream, content.size_hint().exact())) {
                Err(Lost::Incomplete) if matches!(content, Content::UntilClose) => *content = Content::Ended,
                Err(lost) => return Poll::Ready(Some(Err(lost))),
                Ok(()) => {}
            }
        }
    }

    /// Whether all of the response's content was read.
    pub(in crate::upstream) fn has_ended(&self) -> bool {
        self.content.has_ended()
    }

    /// How much of the response's content is left.
    pub(in crate::upstream) fn size_hint(&self) -> SizeHint {
        self.content.size_hint()
    }

    /// Whether request and response have ended, and no further byte was received.
    pub(in crate::upstream) fn is_settled(&self) -> bool {
        self.content.has_ended() && self.reader.input.bytes.is_empty() && self.io.writer.has_sent()
    }

    /// Prepares it to be idle: ends the exchange, and frees memory.
    pub(in crate::upstream) fn become_idle(&mut self) {
        self.io.timeout.end();
        self.io.stream.forget_reader();
        self.io.writer.shrink_to(MOST_KEPT);
        self.upload = None;
        self.reader.become_idle();
    }

    /// Whether another request can be sent: it is open, and no byte was received. `is_known`: the runtime has taken all events
    /// since the last response.
    pub(in crate::upstream) fn is_ready(&self, is_known: bool) -> bool {
        self.io.stream.is_quiet(is_known)
    }

    /// Whether it has been used again before: the portal is known to keep connections open.
    pub(in crate::upstream) fn is_validated(&self) -> bool {
        self.requests > 1
    }

    /// The address at its other end.
    pub(in crate::upstream) fn peer(&self) -> Option<Peer> {
        self.peer
    }

    /// When it was opened.
    pub(in crate::upstream) fn opened(&self) -> Instant {
        self.opened
    }

    /// Whether it was closed because no byte of a body moved.
    pub(in crate::upstream) fn has_timed_out(&self) -> bool {
        self.io.stream.has_timed_out()
    }

    /// Adds it to the connections that are checked once a second.
    pub(in crate::upstream) fn add_to(&self, open: &OpenConnections) {
        open.add(&self.io);
    }

    /// Makes it a tunnel, with all bytes that were received after the head; `None` if it was closed.
    pub(in crate::upstream) fn switch(mut self: Box<Self>) -> Option<Switched> {
        let ahead = std::mem::take(&mut self.reader.input.bytes);
        self.io.stream.take(Closed::ByOwner).map(|stream| Switched::with_prefix(ahead, stream))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(upload) = &self.upload {
            upload.abort();
        }
        self.io.stream.close(Closed::ByOwner);
    }
}

impl Reader {
    fn new(limits: SectionLimits, metrics: Metrics, budget: &Rc<Budget>) -> Self {
        Self { input: Input::new(budget), heads: ResponseHeads::default(), limits, metrics, informational: 0 }
    }

    /// The head of the final response, if it is complete; its fields reuse the memory of the request's. Informational responses
    /// are dropped: a cookie in a 103 would not be judged.
    fn take_head(&mut self, memory: &mut HeaderMap) -> Result<Option<Box<ResponseHead>>, Refusal> {
        while let Some(head) = self.heads.read(&mut self.input.bytes, memory, self.limits)? {
            if !is_interim(head.response.status()) {
                return Ok(Some(head));
            }
            self.metrics.informational_dropped();
            self.informational += 1;
            if self.informational > MOST_INFORMATIONAL {
                return Err(Refusal::Informational);
            }
        }
        Ok(None)
    }

    /// Reads at least one more byte, of `left` bytes if that is known.
    fn poll_more(&mut self, cx: &mut Context<'_>, stream: &SharedStream, left: Option<u64>) -> Poll<Result<(), Lost>> {
        let read = ready!(self.input.poll_read(cx, stream, left))?;
        Poll::Ready(if read == 0 { Err(Lost::Incomplete) } else { Ok(()) })
    }

    fn become_idle(&mut self) {
        self.informational = 0;
        self.input.release_if_empty();
    }
}

/// Sends the request and reads the head at the same time: a portal may answer before it has read the whole request, and read no
/// more of it.
fn poll_head(
    cx: &mut Context<'_>,
    io: &ConnectionIo,
    reader: &mut Reader,
    memory: &mut HeaderMap,
) -> Poll<Result<Box<ResponseHead>, Lost>> {
    if io.writer.is_sending()
        && let Poll::Ready(Err(Unsent::Body(error))) = io.poll_send(cx)
    {
        return Poll::Ready(Err(error.into()));
    }
    loop {
        if let Some(head) = reader.take_head(memory)? {
            return Poll::Ready(Ok(head));
        }
        ready!(reader.poll_more(cx, &io.stream, None))?;
    }
}

/// Why there was no response. A fault of the visitor counts before one of the portal.
fn explain(lost: Lost, timed_out: bool, upload: Option<&Upload>, endpoint: &Arc<str>) -> UpstreamError {
    let endpoint = Arc::clone(endpoint);
    if timed_out {
        let visitors_fault = upload.is_some_and(Upload::awaits_visitor);
        return if visitors_fault { UpstreamError::RequestTimeout } else { UpstreamError::UploadTimeout { endpoint } };
    }
    match lost {
        Lost::Upload(error) => error.into(),
        Lost::Refused(Refusal::TooLarge) => UpstreamError::ResponseHeadTooLarge { endpoint },
        Lost::Refused(refusal) => UpstreamError::ResponseInvalid { endpoint, reason: refusal.to_string() },
        Lost::Incomplete | Lost::Io(_) => UpstreamError::ConnectionLost { endpoint, source: lost },
    }
}
