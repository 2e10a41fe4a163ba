//! A worker's open connections to one portal. They are checked once a second: those whose bodies are idle are closed, and
//! exchanges of slow visitors are evicted if others wait for their connections.

use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::time::Duration;

use tokio::time::Instant;

use super::connection_io::ConnectionIo;
use crate::upstream::fair_use::slots::Slots;

/// The connections; one that was dropped is removed at the next check.
#[derive(Default)]
pub(in crate::upstream) struct OpenConnections(RefCell<Vec<Weak<ConnectionIo>>>);

impl OpenConnections {
    pub(super) fn add(&self, connection: &Rc<ConnectionIo>) {
        self.0.borrow_mut().push(Rc::downgrade(connection));
    }

    /// Closes every connection on which no byte of a body moved for too long. Returns the time until the next one is due.
    pub(in crate::upstream) fn close_idle(&self, now: Instant) -> Option<Duration> {
        let mut next = None;
        self.0.borrow_mut().retain(|connection| {
            let Some(connection) = connection.upgrade() else { return false };
            next = next.into_iter().chain(connection.close_if_idle(now)).min();
            true
        });
        next
    }

    /// Evicts exchanges of the slowest visitors, as many as `slots` are wanted.
    pub(in crate::upstream) fn relieve(&self, slots: &Slots) {
        let connections = self.0.borrow();
        let all = connections.iter().filter_map(Weak::upgrade);
        let mut slow: Vec<_> = all.filter_map(|connection| Some((connection.pace_of_slow()?, connection))).collect();
        if slow.is_empty() {
            return;
        }
        let mut wanted = slots.wanted();
        // Those that end already come first: they make room as well.
        slow.sort_by_key(|((pace, _), connection)| (!connection.is_ending(), *pace));
        for ((_, holder), connection) in slow {
            if wanted.takes(holder) && !connection.is_ending() {
                connection.evict();
            }
        }
    }
}
