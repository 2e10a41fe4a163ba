//! One server of the portal: its idle connections, and how busy it is.
//!
//! Last in, first out: the connection that was used last is used again, so the others become idle for long and are closed.
//! If there are more than [`MOST_IDLE`], some are closed as well. A connection returns to the pool when its response has ended
//! ([`Lease::release`]). If it is dropped before, it is closed, so that the portal notices a visitor who leaves.
//!
//! A connection on which a byte was received while it was idle must not be used: the byte would be taken for the next
//! response. Asking the kernel would cost a system call for each request. But a worker that wakes has taken all events of all
//! its connections ([`event_loop`](crate::net::event_loop)). So if it has slept since a connection returned, and there was no
//! event of that connection, nothing was received by then. The kernel is asked only if the worker has not slept. Neither check
//! can see bytes that arrive after it and before the next request is sent.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body::{Frame, SizeHint};
use tokio::runtime::{Handle, RuntimeMetrics};
use tokio::time::Instant;

use super::connector::ConnectTarget;
use super::outlier::Reports;
use crate::health::Failure;
use crate::telemetry::metrics::UpstreamEvent;
use crate::upstream::error::Lost;
use crate::upstream::fair_use::buffered::Buffered;
use crate::upstream::fair_use::slots::Slot;
use crate::upstream::http1::connection::Connection;
use crate::upstream::http1::stream::Switched;

/// More idle connections than this to one endpoint are not kept; the coldest is closed.
const MOST_IDLE: usize = 256;
/// An older connection is not used again, so that a load balancer behind the endpoint can rebalance.
const OLDEST: Duration = Duration::from_mins(10);

/// One server of the portal, as one worker sees it.
pub(in crate::upstream) struct Endpoint {
    /// Its index in the configuration.
    pub(in crate::upstream) index: usize,
    /// How it is reached.
    pub(in crate::upstream) target: ConnectTarget,
    idle: RefCell<Vec<Idle>>,
    load: Cell<usize>,
    /// Metrics of the worker's runtime.
    runtime: Option<RuntimeMetrics>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint").field("name", &self.target.name).finish_non_exhaustive()
    }
}

struct Idle {
    connection: Box<Connection>,
    /// When it must not be used any more (`upstream_idle`); `None`: no limit.
    until: Option<Instant>,
    /// How often the worker had slept when the connection became idle.
    sleeps: u64,
}

impl Endpoint {
    pub(in crate::upstream) fn new(index: usize, target: ConnectTarget) -> Self {
        let runtime = Handle::try_current().ok().map(|runtime| runtime.metrics());
        Self { index, target, idle: RefCell::default(), load: Cell::new(0), runtime }
    }

    /// Takes the idle connection that was used last; if `validated`, only one that has been used again before. A connection
    /// that fails the check is closed, because a second check would not see the unexpected bytes again.
    ///
    /// `None` if there is no usable one.
    pub(in crate::upstream) fn take(&self, validated: bool, now: Instant) -> Option<Box<Connection>> {
        let mut idle = self.idle.borrow_mut();
        loop {
            let last = idle.iter().rposition(|idle| !validated || idle.connection.is_validated())?;
            let warmest = idle.remove(last);
            if self.is_fit(&warmest, now) {
                return Some(warmest.connection);
            }
        }
    }

    /// Puts a connection back. If there are too many, the one that has been idle for longest is closed.
    fn put(&self, connection: Box<Connection>, keep_for: Option<Duration>) {
        let until = keep_for.and_then(|keep_for| Instant::now().checked_add(keep_for));
        let mut idle = self.idle.borrow_mut();
        if idle.len() >= MOST_IDLE {
            idle.remove(0);
        }
        idle.push(Idle { connection, until, sleeps: self.sleeps() });
    }

    /// Closes connections that have been idle too long, are too old or lead to an address that is no longer this
    /// endpoint's, and those that the portal has closed or on which it has sent bytes unasked.
    pub(in crate::upstream) fn close_stale(&self, now: Instant) {
        self.idle.borrow_mut().retain(|idle| self.is_fit(idle, now));
    }

    /// Closes all idle connections.
    pub(in crate::upstream) fn close_idle(&self) {
        self.idle.borrow_mut().clear();
    }

    fn is_fit(&self, idle: &Idle, now: Instant) -> bool {
        let Idle { connection, until, sleeps } = idle;
        until.is_none_or(|until| now < until)
            && now.saturating_duration_since(connection.opened()) < OLDEST
            && connection.peer().is_some_and(|peer| self.target.leads_to(peer))
            && connection.is_ready(self.sleeps() > *sleeps)
    }

    /// How often the worker has slept. Its runtime has one thread: while anything runs on it, all sleeps that are
    /// counted are over.
    fn sleeps(&self) -> u64 {
        self.runtime.as_ref().map_or(0, |runtime| runtime.worker_park_count(0))
    }

    /// Whether its addresses must be looked up again now: they are in use, and were not looked up for a while.
    pub(in crate::upstream) fn needs_lookup(&self, now: Instant) -> bool {
        (self.has_idle() || self.load() > 0) && self.target.is_due(now)
    }

    /// Whether there is an idle connection. It may turn out to be unusable when it is taken.
    pub(in crate::upstream) fn has_idle(&self) -> bool {
        !self.idle.borrow().is_empty()
    }

    pub(in crate::upstream) fn idle_count(&self) -> usize {
        self.idle.borrow().len()
    }

    /// Closes the idle connection that has been idle for longest.
    pub(in crate::upstream) fn close_coldest(&self) {
        let mut idle = self.idle.borrow_mut();
        if !idle.is_empty() {
            idle.remove(0);
        }
    }

    /// Requests of this worker that are in flight.
    pub(in crate::upstream) fn load(&self) -> usize {
        self.load.get()
    }
}

/// One request in flight at an endpoint; no longer counted when dropped.
#[derive(Debug)]
pub(in crate::upstream) struct Load(Rc<Endpoint>);

impl Load {
    pub(in crate::upstream) fn new(endpoint: &Rc<Endpoint>) -> Self {
        endpoint.load.set(endpoint.load.get() + 1);
        Self(Rc::clone(endpoint))
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.0.load.set(self.0.load.get().saturating_sub(1));
    }
}

/// The use of an upstream connection by one exchange. If it is released at the body's end, the connection returns to its pool.
/// If it is dropped, the connection is closed.
pub struct Lease {
    connection: Option<Box<Connection>>,
    load: Load,
    /// Dropped after the connection is back in the pool, so that the request that waits for the slot finds it there.
    _slot: Slot,
    keep_for: Option<Duration>,
    reusable: bool,
    reports: Rc<Reports>,
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("endpoint", &self.load.0.target.name).finish_non_exhaustive()
    }
}

impl Lease {
    pub(in crate::upstream) fn new(
        connection: Box<Connection>,
        load: Load,
        slot: Slot,
        keep_for: Option<Duration>,
        reusable: bool,
        reports: Rc<Reports>,
    ) -> Self {
        Self { connection: Some(connection), load, _slot: slot, keep_for, reusable, reports }
    }

    /// Makes the connection a tunnel after a 101. It leaves the pool; only its load and slot are still counted. `None` if it
    /// was closed.
    pub(crate) fn switch(&mut self) -> Option<Switched> {
        self.reports.succeeded(&self.load.0);
        self.connection.take()?.switch()
    }

    /// To be called when the response has ended: returns the connection to its pool if it can be used for another request. If
    /// the request's body is still being sent, the connection is closed, because the portal's early response shows that it does
    /// not want the rest.
    pub fn release(mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        self.reports.succeeded(&self.load.0);
        if self.reusable && connection.is_settled() {
            connection.become_idle();
            self.load.0.put(connection, self.keep_for);
        }
    }

    /// To be called when the body broke off: closes the connection. Returns whether it broke off because no byte moved.
    pub(in crate::upstream) fn give_up(self) -> bool {
        let idle = self.connection.as_ref().is_some_and(|connection| connection.has_timed_out());
        if idle {
            // The cause may be a visitor who reads nothing.
            self.reports.event(UpstreamEvent::BodyTimeout);
        } else {
            self.reports.event(UpstreamEvent::ConnectionLost);
            self.reports.failed(&self.load.0, Failure::Broken);
        }
        idle
    }

    /// The next frame of the response's content; `None` at its end.
    ///
    /// # Errors
    /// The portal's connection broke off, or was closed because nothing moved.
    pub(in crate::upstream) fn poll_content(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Buffered>, Lost>>> {
        let Some(connection) = &mut self.connection else { return Poll::Ready(None) };
        connection.poll_content(cx)
    }

    /// Whether all of the response's content was read.
    pub(in crate::upstream) fn has_ended(&self) -> bool {
        self.connection.as_ref().is_none_or(|connection| connection.has_ended())
    }

    /// How much of the response's content is left.
    pub(in crate::upstream) fn size_hint(&self) -> SizeHint {
        self.connection.as_ref().map_or_else(|| SizeHint::with_exact(0), |connection| connection.size_hint())
    }
}
