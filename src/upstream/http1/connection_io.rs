//! The part of a connection that others hold as well, to send its request or to close it.
//!
//! Only the connection itself reads. The others are: the queue in which a request waits to be flushed together with others, the
//! task of an upload that continues after the head of its response, and, weakly, the list of connections that are checked once a
//! second.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::time::Instant;

use super::body_timeout::BodyTimeout;
use super::request_writer::{RequestWriter, Unsent};
use super::shared_stream::{Closed, SharedStream};
use super::stream::PortalStream;
use crate::net::coalesce::flush_queue::{Flush, FlushQueue};
use crate::upstream::fair_use::eviction::Holder;

/// The requests of one worker that are flushed together.
pub(in crate::upstream) type RequestQueue = FlushQueue<ConnectionIo>;

/// One connection's stream, the request that is sent on it, and when its bodies last moved.
pub(in crate::upstream) struct ConnectionIo {
    /// The owner reads it; the writer and a timeout may use it, too.
    pub(super) stream: SharedStream,
    /// The request that is sent.
    pub(super) writer: RequestWriter,
    /// Used by the check once a second.
    pub(super) timeout: BodyTimeout,
}

impl ConnectionIo {
    pub(super) fn new(stream: PortalStream) -> Rc<Self> {
        Rc::new(Self { stream: SharedStream::new(stream), writer: RequestWriter::new(), timeout: BodyTimeout::new() })
    }

    /// Continues to send; ready once all of the request has been handed to the kernel.
    ///
    /// # Errors
    /// Those of [`RequestWriter::poll`].
    pub(super) fn poll_send(&self, cx: &mut Context<'_>) -> Poll<Result<(), Unsent>> {
        self.writer.poll(cx, &self.stream)
    }

    /// Sends the rest of the request. The writer knows afterwards whether all of it was sent.
    pub(super) async fn send_rest(&self) {
        let _ = poll_fn(|cx| self.poll_send(cx)).await;
        self.writer.drop_body();
    }

    /// Closes the stream if no byte of a body moved for too long. Otherwise returns the time until that is the case; `None` if
    /// no body is in flight or there is no limit.
    pub(super) fn close_if_idle(&self, now: Instant) -> Option<Duration> {
        let left = self.timeout.left(now)?;
        if !left.is_zero() {
            return Some(left);
        }
        self.stream.close(Closed::ByTimeout);
        self.timeout.backlog().iter().for_each(|backlog| backlog.wake_reader());
        None
    }

    /// Whether the exchange was told to end.
    pub(super) fn is_ending(&self) -> bool {
        self.stream.has_timed_out() || self.timeout.backlog().is_some_and(|backlog| backlog.is_evicted())
    }

    /// `Pace::of_slow` of the visitor, and for whom the connection is counted. `None` if the visitor is not slow.
    pub(super) fn pace_of_slow(&self) -> Option<(usize, Holder)> {
        let backlog = self.timeout.backlog()?;
        backlog.pace_of_slow().zip(backlog.holder())
    }

    /// Ends the exchange. If there is no response yet, the visitor is told that the upload timed out.
    pub(super) fn evict(&self) {
        if !self.timeout.is_receiving() {
            self.stream.close(Closed::ByTimeout);
        } else if let Some(backlog) = self.timeout.backlog() {
            backlog.evict();
        }
    }
}

impl Flush for ConnectionIo {
    /// Sends a request that waits in the queue. Bytes that cannot be sent at once are sent by the task that waits for the
    /// response.
    fn flush(&self, now: Instant) {
        if self.writer.leave_queue(now)
            && !matches!(self.poll_send(&mut Context::from_waker(Waker::noop())), Poll::Ready(Ok(())))
        {
            self.stream.wake_reader();
        }
    }
}
