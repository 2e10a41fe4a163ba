//! Patience: what has moved on a connection, and when no more is to be expected.
//!
//! A body needs no timer of its own. Each connection notes when a byte last moved, in either direction, and the
//! worker's tick looks at all of them once a second. So a visitor who stops reading is noticed as well as a portal
//! that stops sending: neither the one's body nor the other's connection would be polled again.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::rc::{Rc, Weak};
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

use super::request_body::{Upload, UploadState};

/// What moves on one connection.
#[derive(Debug)]
pub(super) struct Watch {
    connection: AbortHandle,
    idle: Cell<Option<Duration>>,
    upload: RefCell<Option<Rc<Upload>>>,
    receiving: Cell<bool>,
    moved: Cell<Instant>,
    expired: Cell<bool>,
}

impl Watch {
    pub(super) fn new(connection: AbortHandle) -> Self {
        Self {
            connection,
            idle: Cell::new(None),
            upload: RefCell::new(None),
            receiving: Cell::new(false),
            moved: Cell::new(Instant::now()),
            expired: Cell::new(false),
        }
    }

    /// A request goes out; no body may stand still for longer than `idle`.
    pub(super) fn sending(&self, upload: Option<Rc<Upload>>, idle: Option<Duration>, now: Instant) {
        self.idle.set(idle);
        self.upload.replace(upload);
        self.moved.set(now);
    }

    /// The head of the response is there.
    pub(super) fn receiving(&self, now: Instant) {
        self.receiving.set(true);
        self.moved.set(now);
    }

    /// A byte of the response moved on.
    pub(super) fn moved(&self) {
        self.moved.set(Instant::now());
    }

    /// The exchange is over.
    pub(super) fn rest(&self) {
        self.receiving.set(false);
        self.upload.replace(None);
    }

    /// Whether the request's body is still on its way.
    pub(super) fn is_uploading(&self) -> bool {
        self.upload.borrow().as_ref().is_some_and(|upload| upload.state() == UploadState::Open)
    }

    /// Whether the connection was closed because nothing moved.
    pub(super) fn has_expired(&self) -> bool {
        self.expired.get()
    }

    /// Closes the connection where a body has stood still for too long.
    pub(super) fn check(&self, now: Instant) {
        // Between the request's end and the response's head, `upstream_response` decides.
        if !self.receiving.get() && !self.is_uploading() {
            return;
        }
        let uploaded = self.upload.borrow().as_ref().map(|upload| upload.moved());
        let moved = uploaded.map_or(self.moved.get(), |uploaded| uploaded.max(self.moved.get()));
        if self.idle.get().is_some_and(|idle| now.saturating_duration_since(moved) >= idle) {
            self.expired.set(true);
            self.close();
        }
    }

    /// Closes the connection at once.
    pub(super) fn close(&self) {
        self.connection.abort();
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
#[derive(Debug, Default)]
pub(super) struct Watches(RefCell<Vec<Weak<Watch>>>);

impl Watches {
    pub(super) fn add(&self, watch: &Rc<Watch>) {
        self.0.borrow_mut().push(Rc::downgrade(watch));
    }

    /// Closes every connection on which a body has stood still for too long.
    pub(super) fn check(&self, now: Instant) {
        self.0.borrow_mut().retain(|watch| match watch.upgrade() {
            Some(watch) => {
                watch.check(now);
                true
            }
            None => false,
        });
    }
}
