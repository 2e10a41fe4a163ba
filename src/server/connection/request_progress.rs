//! How far the requests of a connection have come: what its next byte belongs to.
//!
//! Over HTTP/1.1 the strict reader in front of hyper knows where each head and each body ends, and how many heads have
//! come; the service knows how many of them hyper has handed over. Only both together say that nothing is left over.
//! Over HTTP/2 frames say it, and only the first request is waited for.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock, PoisonError};

use hyper::upgrade::OnUpgrade;

use crate::http::h1::{Reached, Refusal};

/// The requests of one connection. Used by one thread; the atomics are there because hyper wants a stream to be `Send`.
pub(in crate::server) struct RequestProgress {
    http1: bool,
    /// Where the bytes end that have come: a [`Reached`].
    reached: AtomicU8,
    /// How many heads have come whole.
    heads: AtomicU64,
    /// How many requests hyper has handed over.
    begun: AtomicU64,
    /// No further request is served.
    ends: AtomicBool,
    /// Another protocol follows: what comes is that one's.
    upgraded: AtomicBool,
    /// Why the head that comes next is refused.
    refused: OnceLock<Refusal>,
    /// It is being answered.
    answers_refusal: AtomicBool,
    /// The upgrade that was asked for last and not granted.
    not_upgraded: Mutex<Option<OnUpgrade>>,
}

/// What is next on a connection on which nothing is being answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Next {
    /// The rest of a head, or the first request.
    Head,
    /// Another request, of which nothing has come.
    Request,
    /// No request: what comes is the rest of a body that nobody wants, or stands behind the last request.
    End,
}

impl RequestProgress {
    pub(in crate::server) fn new(http1: bool) -> Self {
        Self {
            http1,
            reached: AtomicU8::new(Reached::Boundary as u8),
            heads: AtomicU64::new(0),
            begun: AtomicU64::new(0),
            ends: AtomicBool::new(false),
            upgraded: AtomicBool::new(false),
            refused: OnceLock::new(),
            answers_refusal: AtomicBool::new(false),
            not_upgraded: Mutex::default(),
        }
    }

    /// What is next if nothing is being answered.
    pub(in crate::server) fn next(&self) -> Next {
        if self.ends.load(Relaxed) || !self.has_begun_all() {
            Next::End
        } else if self.begun.load(Relaxed) == 0 || self.has_reached(Reached::Head) {
            Next::Head
        } else if self.has_reached(Reached::Body) {
            Next::End
        } else {
            Next::Request
        }
    }

    /// Whether something of the visitor's may still be on its way that nobody reads: the rest of a body, or what stands behind
    /// the last request. HTTP/2 visitors always may send.
    pub(in crate::server) fn may_send_more(&self) -> bool {
        if self.upgraded.load(Relaxed) {
            return false;
        }
        let is_between = self.has_reached(Reached::Boundary) && self.has_begun_all();
        !(self.http1 && is_between) || self.ends.load(Relaxed)
    }

    /// Bytes were read; `heads` have come whole by now. Whether a head has begun with them.
    pub(in crate::server) fn read(&self, reached: Reached, heads: u64) -> bool {
        let is_another = self.heads.load(Relaxed) != heads;
        let begins = reached == Reached::Head && (is_another || !self.has_reached(Reached::Head));
        self.heads.store(heads, Relaxed);
        self.reached.store(reached as u8, Relaxed);
        begins
    }

    /// hyper hands a request over.
    pub(in crate::server) fn begin(&self) {
        self.begun.store(self.begun.load(Relaxed).wrapping_add(1), Relaxed);
    }

    /// No further request is served.
    pub(in crate::server) fn end(&self) {
        self.ends.store(true, Relaxed);
    }

    /// Another protocol follows.
    pub(in crate::server) fn upgraded(&self) {
        self.upgraded.store(true, Relaxed);
    }

    /// The head that comes next is refused; nothing is read behind it.
    pub(in crate::server) fn refuse(&self, why: Refusal) {
        // Nothing is read after the first.
        let _ = self.refused.set(why);
    }

    /// Whether the head that comes next is refused, and not answered yet.
    pub(in crate::server) fn is_refused(&self) -> bool {
        self.refused.get().is_some() && !self.answers_refusal.load(Relaxed)
    }

    /// The refused head is answered next.
    pub(in crate::server) fn answer_refusal(&self) {
        self.answers_refusal.store(true, Relaxed);
    }

    /// Why the request that is being answered is refused.
    pub(in crate::server) fn refusal(&self) -> Option<Refusal> {
        self.refused.get().copied().filter(|_| self.answers_refusal.load(Relaxed))
    }

    /// An upgrade was asked for and not granted.
    pub(in crate::server) fn not_upgraded(&self, upgrade: OnUpgrade) {
        *self.not_upgraded.lock().unwrap_or_else(PoisonError::into_inner) = Some(upgrade);
    }

    /// The last one that was not granted: if hyper's connection ends, it may hold the stream.
    pub(in crate::server) fn take_upgrade(&self) -> Option<OnUpgrade> {
        self.not_upgraded.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether hyper has handed over every request whose head has come.
    fn has_begun_all(&self) -> bool {
        !self.http1 || self.heads.load(Relaxed) == self.begun.load(Relaxed)
    }

    fn has_reached(&self, reached: Reached) -> bool {
        self.reached.load(Relaxed) == reached as u8
    }
}
