//! `body_idle` on a connection to the portal: when a byte of a body last moved, in either direction, and how long none has.
//!
//! There is no timer for it. Each movement sets a time stamp, and the worker looks at all its connections once a second,
//! sooner if one of them is due (`open_connections`). So a visitor who stops reading is noticed as well as a portal that
//! stops sending, although in the first case no task would be woken.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use crate::net::coarse_clock::CoarseInstant;
use crate::upstream::fair_use::budget::Backlog;
use crate::upstream::request_body::{Upload, UploadState};

/// What moves in the exchange of one connection.
pub(super) struct BodyTimeout {
    /// `body_idle`.
    limit: Cell<Option<Duration>>,
    /// The request's body.
    upload: RefCell<Option<Rc<Upload>>>,
    /// What waits of the response's.
    backlog: RefCell<Option<Rc<Backlog>>>,
    /// The head of the response is there.
    is_receiving: Cell<bool>,
    moved: Cell<CoarseInstant>,
}

impl BodyTimeout {
    /// No exchange yet.
    pub(super) fn new() -> Self {
        Self {
            limit: Cell::new(None),
            upload: RefCell::new(None),
            backlog: RefCell::new(None),
            is_receiving: Cell::new(false),
            moved: Cell::new(CoarseInstant::now()),
        }
    }

    /// A request goes out. `backlog`: its response's. No limit: its bodies may stand still for ever.
    pub(super) fn begin(&self, upload: Option<Rc<Upload>>, backlog: &Rc<Backlog>, limit: Option<Duration>) {
        self.limit.set(limit);
        self.upload.replace(upload);
        self.backlog.replace(Some(Rc::clone(backlog)));
        self.moved();
    }

    /// The head of the response is there.
    pub(super) fn head_came(&self) {
        self.is_receiving.set(true);
        self.moved();
    }

    /// A byte of the response moved.
    pub(super) fn moved(&self) {
        self.moved.set(CoarseInstant::now());
    }

    /// The exchange is over.
    pub(super) fn end(&self) {
        self.is_receiving.set(false);
        self.upload.replace(None);
        self.backlog.replace(None);
    }

    /// For how long the bodies may still stand still; zero if it was too long. `None` if no body is on its way, or if there
    /// is no limit.
    pub(super) fn left(&self, now: CoarseInstant) -> Option<Duration> {
        let limit = self.limit.get()?;
        // Between the request's end and the response's head, `upstream_response` decides.
        if !self.is_receiving.get() && !self.is_uploading() {
            return None;
        }
        let unread = self.backlog.borrow().as_ref().and_then(|backlog| backlog.unread_for()).unwrap_or(Duration::MAX);
        let still = now.since(self.moved.get()).min(unread);
        let still = self.upload.borrow().as_ref().map_or(still, |upload| still.min(now.since(upload.last())));
        Some(limit.saturating_sub(still))
    }

    fn is_uploading(&self) -> bool {
        self.upload.borrow().as_ref().is_some_and(|upload| upload.state() == UploadState::Open)
    }

    /// Whether the head of the response is there.
    pub(super) fn is_receiving(&self) -> bool {
        self.is_receiving.get()
    }

    /// What waits of the response, during an exchange.
    pub(super) fn backlog(&self) -> Option<Rc<Backlog>> {
        self.backlog.borrow().clone()
    }
}
