//! Patience: what has moved on a connection, and when no more is to be expected.
//!
//! A body needs no timer of its own. Each connection notes when a byte last moved, in either direction, and the worker
//! looks at all of them once a second, sooner if one of them is due. So a visitor who stops reading is noticed as well as a portal
//! that stops sending: neither the one's body nor the other's connection would be polled again.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::net::IpAddr;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use super::shared_stream::Wire;
use crate::net::coarse_clock::CoarseInstant;
use crate::upstream::fair_use::budget::Backlog;
use crate::upstream::fair_use::places::Wanted;
use crate::upstream::request_body::{Upload, UploadState};

/// What moves on one connection.
pub(in crate::upstream) struct Watch {
    wire: Rc<Wire>,
    idle: Cell<Option<Duration>>,
    upload: RefCell<Option<Rc<Upload>>>,
    backlog: RefCell<Option<Rc<Backlog>>>,
    receiving: Cell<bool>,
    moved: Cell<CoarseInstant>,
    expired: Cell<bool>,
}

impl Watch {
    pub(in crate::upstream) fn new(wire: Rc<Wire>) -> Self {
        Self {
            wire,
            idle: Cell::new(None),
            upload: RefCell::new(None),
            backlog: RefCell::new(None),
            receiving: Cell::new(false),
            moved: Cell::new(CoarseInstant::now()),
            expired: Cell::new(false),
        }
    }

    /// A request goes out; no body may stand still for longer than `idle`. `backlog`: its response's.
    pub(in crate::upstream) fn sending(
        &self,
        upload: Option<Rc<Upload>>,
        backlog: &Rc<Backlog>,
        idle: Option<Duration>,
    ) {
        self.idle.set(idle);
        self.upload.replace(upload);
        self.backlog.replace(Some(Rc::clone(backlog)));
        self.moved();
    }

    /// The head of the response is there.
    pub(in crate::upstream) fn receiving(&self) {
        self.receiving.set(true);
        self.moved();
    }

    /// A byte of the response moved on.
    pub(in crate::upstream) fn moved(&self) {
        self.moved.set(CoarseInstant::now());
    }

    /// The exchange is over.
    pub(in crate::upstream) fn rest(&self) {
        self.receiving.set(false);
        self.upload.replace(None);
        self.backlog.replace(None);
    }

    /// Whether the request's body is still on its way.
    pub(in crate::upstream) fn is_uploading(&self) -> bool {
        self.upload.borrow().as_ref().is_some_and(|upload| upload.state() == UploadState::Open)
    }

    /// Whether the connection was closed because nothing moved.
    pub(in crate::upstream) fn has_expired(&self) -> bool {
        self.expired.get()
    }

    /// Closes the connection if a body has stood still for too long. For how long it may still do so: `None`, if no body
    /// is on its way or it may stand still for ever.
    pub(in crate::upstream) fn check(&self, now: CoarseInstant) -> Option<Duration> {
        let idle = self.idle.get()?;
        // Between the request's end and the response's head, `upstream_response` decides.
        if !self.receiving.get() && !self.is_uploading() {
            return None;
        }
        let backlog = self.backlog.borrow();
        let unread = backlog.as_ref().and_then(|backlog| backlog.unread_for()).unwrap_or(Duration::MAX);
        let still = now.since(self.moved.get()).min(unread);
        let still = self.upload.borrow().as_ref().map_or(still, |upload| still.min(now.since(upload.last())));
        let left = idle.saturating_sub(still);
        if !left.is_zero() {
            return Some(left);
        }
        self.expired.set(true);
        self.wire.close();
        backlog.iter().for_each(|backlog| backlog.wake_reader());
        None
    }

    /// Whether the exchange was told to end.
    fn is_ending(&self) -> bool {
        self.has_expired() || self.backlog.borrow().as_ref().is_some_and(|backlog| backlog.is_evicted())
    }

    /// `Pace::of_slow` of the visitor, and the address whose share the connection is counted for.
    fn pace_of_slow(&self) -> Option<(usize, Option<IpAddr>)> {
        let backlog = self.backlog.borrow();
        let backlog = backlog.as_ref()?;
        Some((backlog.pace_of_slow()?, backlog.address()))
    }

    /// Has the exchange end. Before there is a response, the visitor can be told why: it is a timeout of the upload.
    fn evict(&self) {
        if !self.receiving.get() {
            self.expired.set(true);
            self.wire.close();
        } else if let Some(backlog) = &*self.backlog.borrow() {
            backlog.evict();
        }
    }
}

/// A timer that outlives what it is set for. It is not set anew where it rings before it has to, as most do that were set
/// for an earlier request: then it is looked at once more. Until it rings, it holds on to the task that waited last.
#[derive(Debug, Default)]
pub(in crate::upstream) struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    /// The same as [`silence`].
    pub(in crate::upstream) async fn silence(&mut self, patience: Option<Duration>, last_moved: impl Fn() -> Instant) {
        let due = || last_moved().checked_add(patience?);
        let Some(mut next) = due() else { return pending().await };
        let timer = self.0.get_or_insert_with(|| Box::pin(sleep_until(next)));
        loop {
            if timer.is_elapsed() || timer.deadline() > next {
                timer.as_mut().reset(next);
            }
            timer.as_mut().await;
            match due() {
                Some(later) if later > Instant::now() => next = later,
                _ => return,
            }
        }
    }
}

/// Ends when nothing has moved for as long as `patience`; never, without one.
pub(crate) async fn silence(patience: Option<Duration>, last_moved: impl Fn() -> Instant) {
    let due = || last_moved().checked_add(patience?);
    while let Some(due) = due() {
        if due <= Instant::now() {
            return;
        }
        sleep_until(due).await;
    }
    pending::<()>().await;
}

/// The watches of all of a worker's connections.
#[derive(Default)]
pub(in crate::upstream) struct Watches(RefCell<Vec<Weak<Watch>>>);

impl Watches {
    /// Ends the exchanges of the slowest visitors, for those who want their connections to the portal.
    pub(in crate::upstream) fn relieve(&self, mut wanted: Wanted) {
        if wanted.is_nothing() {
            return;
        }
        let watches = self.0.borrow();
        let all = watches.iter().filter_map(Weak::upgrade);
        let mut slow: Vec<_> = all.filter_map(|watch| Some((watch.pace_of_slow()?, watch))).collect();
        // Those that end already come first: they make room as well.
        slow.sort_by_key(|((pace, _), watch)| (!watch.is_ending(), *pace));
        for ((_, address), watch) in slow {
            if wanted.takes(address) && !watch.is_ending() {
                watch.evict();
            }
        }
    }

    pub(in crate::upstream) fn add(&self, watch: &Rc<Watch>) {
        self.0.borrow_mut().push(Rc::downgrade(watch));
    }

    /// Closes every connection on which a body has stood still for too long; after which time the next one is due.
    pub(in crate::upstream) fn check(&self, now: CoarseInstant) -> Option<Duration> {
        let mut next = None;
        self.0.borrow_mut().retain(|watch| {
            let Some(watch) = watch.upgrade() else { return false };
            next = next.into_iter().chain(watch.check(now)).min();
            true
        });
        next
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn a_timer_that_was_set_for_an_earlier_wait_neither_ends_the_next_one_nor_holds_it_up() {
        let mut timer = Timer::default();
        for earlier in [Duration::from_hours(1), Duration::from_millis(1)] {
            let given_up =
                pin!(timer.silence(Some(earlier), Instant::now)).poll(&mut Context::from_waker(Waker::noop()));
            assert!(given_up.is_pending());
            let (begun, patience) = (Instant::now(), Duration::from_millis(50));
            let waited = tokio::time::timeout(Duration::from_mins(1), timer.silence(Some(patience), || begun)).await;
            assert!(waited.is_ok() && begun.elapsed() >= patience);
        }
    }
}
