//! `body_idle` on a connection to the portal: how long no byte of a body has moved, in either direction.
//!
//! There is no timer for it. Each movement sets a time stamp, and the worker checks all its connections once a second, sooner
//! if one of them is due (`open_connections`). So a visitor who stops reading is detected as well as a portal that stops
//! sending, although in the first case no task would be woken.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use tokio::time::Instant;

use crate::net::idle_timeout::IdleTimeout;
use crate::upstream::fair_use::budget::Backlog;
use crate::upstream::request_body::{Upload, UploadState};

/// What moves in the exchange of one connection.
pub(super) struct BodyTimeout {
    /// `body_idle`.
    timeout: Cell<IdleTimeout>,
    /// The request's body.
    upload: RefCell<Option<Rc<Upload>>>,
    /// The waiting bytes of the response's body.
    backlog: RefCell<Option<Rc<Backlog>>>,
    /// The head of the response was received.
    is_receiving: Cell<bool>,
    moved: Cell<Instant>,
}

/// The bodies of an exchange at one moment.
#[derive(Clone, Copy, Debug)]
struct Bodies {
    /// The request's body has not ended.
    is_uploading: bool,
    /// The head of the response was received.
    is_receiving: bool,
    /// How long the portal has sent nothing.
    portal_idle: Duration,
    /// How long no byte of the request's body was received from the visitor; `None`: there is no body.
    upload_idle: Option<Duration>,
    /// How long the visitor has read none of the waiting bytes; `None` if none wait.
    unread_for: Option<Duration>,
}

impl Bodies {
    /// How long none of them has moved; `None` if none is in flight: between the request's end and the response's head,
    /// `upstream_response` applies.
    fn idle(self) -> Option<Duration> {
        let last_moved = [Some(self.portal_idle), self.upload_idle, self.unread_for].into_iter().flatten().min();
        last_moved.filter(|_| self.is_uploading || self.is_receiving)
    }
}

impl BodyTimeout {
    /// No exchange yet.
    pub(super) fn new() -> Self {
        Self {
            timeout: Cell::default(),
            upload: RefCell::new(None),
            backlog: RefCell::new(None),
            is_receiving: Cell::new(false),
            moved: Cell::new(Instant::now()),
        }
    }

    /// A request is sent at this moment. `backlog`: that of its response.
    pub(super) fn begin(
        &self,
        upload: Option<Rc<Upload>>,
        backlog: &Rc<Backlog>,
        timeout: IdleTimeout,
        begun: Instant,
    ) {
        self.timeout.set(timeout);
        self.upload.replace(upload);
        self.backlog.replace(Some(Rc::clone(backlog)));
        self.moved.set(begun);
    }

    /// The head of the response was received at this moment.
    pub(super) fn head_came(&self, came: Instant) {
        self.is_receiving.set(true);
        self.moved.set(came);
    }

    /// A byte of the response moved.
    pub(super) fn moved(&self) {
        self.moved.set(Instant::now());
    }

    /// The exchange is over.
    pub(super) fn end(&self) {
        self.is_receiving.set(false);
        self.upload.replace(None);
        self.backlog.replace(None);
    }

    /// How long the bodies may stay idle from now; zero if they have been idle for too long. `None` if no body is in flight, or
    /// if there is no limit.
    pub(super) fn left(&self, now: Instant) -> Option<Duration> {
        self.timeout.get().left(self.bodies(now).idle()?)
    }

    fn bodies(&self, now: Instant) -> Bodies {
        let upload = self.upload.borrow();
        Bodies {
            is_uploading: upload.as_ref().is_some_and(|upload| upload.state() == UploadState::Open),
            is_receiving: self.is_receiving.get(),
            portal_idle: now.saturating_duration_since(self.moved.get()),
            upload_idle: upload.as_ref().map(|upload| now.saturating_duration_since(upload.moved())),
            unread_for: self.backlog.borrow().as_ref().and_then(|backlog| backlog.unread_for()),
        }
    }

    /// Whether the head of the response was received.
    pub(super) fn is_receiving(&self) -> bool {
        self.is_receiving.get()
    }

    /// The waiting bytes of the response, during an exchange.
    pub(super) fn backlog(&self) -> Option<Rc<Backlog>> {
        self.backlog.borrow().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_have_stood_still_since_the_last_of_them_moved() {
        let table = [
            // (is_uploading, is_receiving), [portal, upload, unread], expected
            ((false, false), [Some(9), None, None], None),
            // The request is sent, its response has not come.
            ((false, false), [Some(9), Some(8), None], None),
            ((true, false), [Some(9), Some(3), None], Some(3)),
            ((true, false), [Some(3), Some(9), None], Some(3)),
            ((false, true), [Some(9), None, None], Some(9)),
            // The portal is held up by a visitor who reads slowly, but reads.
            ((false, true), [Some(9), None, Some(1)], Some(1)),
            ((false, true), [Some(9), None, Some(20)], Some(9)),
            ((true, true), [Some(9), Some(4), Some(20)], Some(4)),
        ];
        for ((is_uploading, is_receiving), seconds, expected) in table {
            let [portal_idle, upload_idle, unread_for] = seconds.map(|time| time.map(Duration::from_secs));
            let portal_idle = portal_idle.unwrap_or_default();
            let bodies = Bodies { is_uploading, is_receiving, portal_idle, upload_idle, unread_for };
            assert_eq!(bodies.idle(), expected.map(Duration::from_secs), "{bodies:?}");
        }
    }

    #[test]
    fn what_is_left_is_less_by_each_second_without_a_movement() {
        let backlog = Backlog::new(&Rc::default());
        let timeout = BodyTimeout::new();
        timeout.begin(None, &backlog, IdleTimeout::new(Some(Duration::from_mins(1))), Instant::now());
        let begun = timeout.moved.get();
        let left = |after| timeout.left(begun + Duration::from_secs(after)).map(|left| left.as_secs());
        assert_eq!([left(0), left(60)], [None; 2]);
        timeout.is_receiving.set(true);
        assert_eq!([left(0), left(59), left(60), left(90)], [Some(60), Some(1), Some(0), Some(0)]);
        timeout.timeout.set(IdleTimeout::default());
        assert_eq!(left(90), None);
        timeout.end();
        assert_eq!(left(90), None);
    }
}
