//! One server of the portal: its idle connections, how busy it is, whether it can be reached.
//!
//! Last in, first out: the warmest connection is used again, the others grow old and are closed. A connection comes
//! back when its response has ended ([`Lease::release`]); one that is dropped on the way is closed, so that a visitor
//! who goes away is noticed by the portal.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use tokio::task::spawn_local;
use tokio::time::{Instant, timeout};

use super::Note;
use super::connect::Target;
use super::connection::Connection;
use super::watch::Watch;
use crate::telemetry::metrics::UpstreamEvent;

/// For how long an endpoint that could not be reached is passed over where there is another.
const PASSED_OVER: Duration = Duration::from_secs(5);
/// How long a connection may take to become ready after its response; hyper usually needs no time at all.
const SETTLES_WITHIN: Duration = Duration::from_secs(1);

/// One server of the portal, as one worker sees it.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) target: Target,
    idle: RefCell<Vec<Idle>>,
    load: Cell<usize>,
    unreachable_until: Cell<Option<Instant>>,
}

#[derive(Debug)]
struct Idle {
    connection: Connection,
    until: Option<Instant>,
}

impl Endpoint {
    pub(super) fn new(target: Target) -> Self {
        Self { target, idle: RefCell::default(), load: Cell::new(0), unreachable_until: Cell::new(None) }
    }

    /// The warmest idle connection; where `proven`, only one that has been used again before.
    pub(super) fn take(&self, proven: bool, now: Instant) -> Option<Connection> {
        let mut idle = self.idle.borrow_mut();
        let last = idle.iter().rposition(|idle| idle.is_fit(now) && (!proven || idle.connection.is_proven()))?;
        Some(idle.remove(last).connection)
    }

    fn put(&self, connection: Connection, keep_for: Option<Duration>) {
        let until = keep_for.and_then(|keep_for| Instant::now().checked_add(keep_for));
        self.idle.borrow_mut().push(Idle { connection, until });
    }

    /// Closes connections that have been idle too long, and forgets those that the portal has closed.
    pub(super) fn close_stale(&self, now: Instant) {
        self.idle.borrow_mut().retain(|idle| idle.is_fit(now));
    }

    pub(super) fn has_idle(&self) -> bool {
        !self.idle.borrow().is_empty()
    }

    /// Requests under way.
    pub(super) fn load(&self) -> usize {
        self.load.get()
    }

    /// Whether it could be reached, the last time that it was tried.
    pub(super) fn is_reachable(&self, now: Instant) -> bool {
        self.unreachable_until.get().is_none_or(|until| until <= now)
    }

    /// Notes how the last attempt to connect went.
    pub(super) fn note_reachable(&self, reachable: bool, now: Instant) {
        self.unreachable_until.set((!reachable).then(|| now + PASSED_OVER));
    }
}

impl Idle {
    fn is_fit(&self, now: Instant) -> bool {
        self.connection.is_ready() && self.until.is_none_or(|until| now < until)
    }
}

/// One request under way at an endpoint; counted out when dropped.
#[derive(Debug)]
pub(super) struct Load(Rc<Endpoint>);

impl Load {
    pub(super) fn new(endpoint: &Rc<Endpoint>) -> Self {
        endpoint.load.set(endpoint.load.get() + 1);
        Self(Rc::clone(endpoint))
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.0.load.set(self.0.load.get().saturating_sub(1));
    }
}

/// A hold on an upstream connection: released at the body's end, the connection is used again; dropped, it is closed.
pub struct Lease {
    connection: Option<Connection>,
    load: Load,
    keep_for: Option<Duration>,
    reusable: bool,
    note: Option<Note>,
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("endpoint", &self.load.0.target.name).finish_non_exhaustive()
    }
}

impl Lease {
    pub(super) fn new(
        connection: Connection,
        load: Load,
        keep_for: Option<Duration>,
        reusable: bool,
        note: Note,
    ) -> Self {
        Self { connection: Some(connection), load, keep_for, reusable, note: Some(note) }
    }

    /// The connection has become a tunnel: it is no longer the pool's, and only the load is still counted.
    pub(super) fn tunnel(connection: Connection, load: Load) -> Self {
        connection.detach();
        Self { connection: None, load, keep_for: None, reusable: false, note: None }
    }

    /// The response has ended: the connection goes back to its pool where it is fit for another request. Where the
    /// request's body is still being sent, it is closed: the portal has said that it does not want the rest.
    pub fn release(mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        if !self.reusable || connection.watch().is_uploading() {
            return;
        }
        connection.watch().rest();
        let (endpoint, keep_for) = (Rc::clone(&self.load.0), self.keep_for);
        if connection.is_ready() {
            endpoint.put(connection, keep_for);
        } else if !connection.is_closed() {
            spawn_local(async move {
                if let Ok(Ok(())) = timeout(SETTLES_WITHIN, connection.ready()).await {
                    endpoint.put(connection, keep_for);
                }
            });
        }
    }

    /// The body broke off: closes the connection, and tells whether that was because nothing moved.
    pub(super) fn give_up(self) -> bool {
        let idle = self.watch().is_some_and(|watch| watch.has_expired());
        if let Some(note) = &self.note {
            note(if idle { UpstreamEvent::BodyTimeout } else { UpstreamEvent::ConnectionLost });
        }
        idle
    }

    /// What moves on the connection.
    pub(super) fn watch(&self) -> Option<&Rc<Watch>> {
        self.connection.as_ref().map(Connection::watch)
    }
}
