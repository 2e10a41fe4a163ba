//! How far the requests of a connection are: what its next byte belongs to.
//!
//! Over HTTP/1.1 the strict reader in front of hyper knows where each head and each body ends, and how many heads were
//! received. The service knows how many requests hyper has handed over. Both numbers together show whether hyper holds a request
//! back. Over HTTP/2 frames say it, so only the first request is waited for here.

use std::sync::{Mutex, OnceLock, PoisonError};

use hyper::upgrade::OnUpgrade;

use super::preface::Protocol;
use super::relaxed_cell::{RelaxedCell, Word};
use crate::http::h1::{Reached, Refusal};

/// The requests of one connection.
pub(in crate::server) struct RequestProgress {
    protocol: Protocol,
    /// Where the bytes that were read end.
    reached: RelaxedCell<Reached>,
    /// How many heads have been read whole.
    heads: RelaxedCell<u64>,
    /// How many requests hyper has handed over.
    begun: RelaxedCell<u64>,
    follows: RelaxedCell<Follows>,
    /// Why the next head is refused; nothing after it is read.
    refused: OnceLock<Refusal>,
    /// The refused head is being answered.
    answers_refusal: RelaxedCell<bool>,
    /// The last upgrade that was asked for and not granted.
    not_upgraded: Mutex<Option<OnUpgrade>>,
}

/// What follows the requests that have begun.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follows {
    Requests,
    /// No request: the last response says that it is the last.
    Nothing,
    /// The bytes of another protocol, after an upgrade.
    OtherProtocol,
}

/// What comes next on a connection, if no request is being answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Following {
    /// The rest of a head, or the first request.
    Head,
    /// Another request, of which no byte was received.
    Request,
    /// No request: only the unread rest of a body, or what is sent after the last request.
    End,
}

impl RequestProgress {
    pub(in crate::server) fn new(protocol: Protocol) -> Self {
        Self {
            protocol,
            reached: RelaxedCell::new(Reached::Boundary),
            heads: RelaxedCell::default(),
            begun: RelaxedCell::default(),
            follows: RelaxedCell::new(Follows::Requests),
            refused: OnceLock::new(),
            answers_refusal: RelaxedCell::default(),
            not_upgraded: Mutex::default(),
        }
    }

    /// What comes next, if nothing is being answered.
    pub(in crate::server) fn next(&self) -> Following {
        match self.reached.get() {
            _ if self.follows.get() != Follows::Requests || !self.has_begun_all() => Following::End,
            _ if self.begun.get() == 0 => Following::Head,
            Reached::Head => Following::Head,
            Reached::Body => Following::End,
            Reached::Boundary => Following::Request,
        }
    }

    /// Whether the visitor may still be sending bytes that are not read: the rest of a body, or what follows the last request.
    /// HTTP/2 visitors always may.
    pub(in crate::server) fn may_send_more(&self) -> bool {
        match (self.follows.get(), self.protocol) {
            (Follows::OtherProtocol, _) => false,
            (Follows::Nothing, _) | (Follows::Requests, Protocol::Http2) => true,
            (Follows::Requests, Protocol::Http1) => self.reached.get() != Reached::Boundary || !self.has_begun_all(),
        }
    }

    /// Bytes were read, and `heads` complete heads so far. Returns whether a head has begun with these bytes.
    pub(in crate::server) fn read(&self, reached: Reached, heads: u64) -> bool {
        let is_another = self.heads.get() != heads;
        let begins = reached == Reached::Head && (is_another || self.reached.get() != Reached::Head);
        self.heads.set(heads);
        self.reached.set(reached);
        begins
    }

    /// hyper hands a request over.
    pub(in crate::server) fn begin(&self) {
        self.begun.increment();
    }

    /// No further request is served.
    pub(in crate::server) fn end(&self) {
        self.follows.set(Follows::Nothing);
    }

    /// Another protocol follows.
    pub(in crate::server) fn upgraded(&self) {
        self.follows.set(Follows::OtherProtocol);
    }

    /// The next head is refused. Nothing is read after the first refused one.
    pub(in crate::server) fn refuse(&self, why: Refusal) {
        let _ = self.refused.set(why);
    }

    /// Whether the next head is refused, and not answered yet.
    pub(in crate::server) fn is_refused(&self) -> bool {
        self.refused.get().is_some() && !self.answers_refusal.get()
    }

    /// The refused head is answered next.
    pub(in crate::server) fn answer_refusal(&self) {
        self.answers_refusal.set(true);
    }

    /// Why the request that is being answered is refused. `None` if it is not refused, or others are to be answered
    /// before it.
    pub(in crate::server) fn refusal(&self) -> Option<Refusal> {
        self.refused.get().copied().filter(|_| self.answers_refusal.get())
    }

    /// An upgrade was asked for and not granted.
    pub(in crate::server) fn not_upgraded(&self, upgrade: OnUpgrade) {
        *self.not_upgraded.lock().unwrap_or_else(PoisonError::into_inner) = Some(upgrade);
    }

    /// Takes the last upgrade that was not granted: when hyper's connection ends, it may hold the stream.
    pub(in crate::server) fn take_upgrade(&self) -> Option<OnUpgrade> {
        self.not_upgraded.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether hyper has handed over every request whose head was received.
    fn has_begun_all(&self) -> bool {
        self.protocol == Protocol::Http2 || self.heads.get() == self.begun.get()
    }
}

impl Word for Reached {
    fn to_word(self) -> u64 {
        self as u64
    }

    fn from_word(word: u64) -> Self {
        match word {
            0 => Self::Boundary,
            1 => Self::Head,
            _ => Self::Body,
        }
    }
}

impl Word for Follows {
    fn to_word(self) -> u64 {
        self as u64
    }

    fn from_word(word: u64) -> Self {
        match word {
            0 => Self::Requests,
            1 => Self::Nothing,
            _ => Self::OtherProtocol,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_kept_as_it_was_set() {
        for reached in [Reached::Boundary, Reached::Head, Reached::Body] {
            assert_eq!(RelaxedCell::new(reached).get(), reached);
        }
        for follows in [Follows::Requests, Follows::Nothing, Follows::OtherProtocol] {
            assert!(RelaxedCell::new(follows).get() == follows);
        }
    }
}
