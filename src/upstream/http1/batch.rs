//! Requests that come together go out together.
//!
//! A worker reads what all its visitors have sent before it sleeps again. If each request were sent before the next one is
//! read, the portal would be woken for each, and the machine would go from reading to writing and back; so whoever is not
//! alone leaves its request to a task that stands behind all that are ready. With pages of 1 KiB on 64 connections, a
//! request took 18 µs of CPU instead of 23 when this was measured.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tokio::task::spawn_local;
use tokio::time::Instant;

use super::request_writer::Sender;

/// So many go out without waiting for more: a large crowd's first request must not wait for its last to be read.
pub(in crate::upstream) const MOST: usize = 32;

/// The requests of one worker.
#[derive(Default)]
pub(in crate::upstream) struct Batch {
    /// How many wait for a response, or are about to.
    members: Cell<usize>,
    /// Those that were not sent yet.
    departing: RefCell<Vec<Rc<Sender>>>,
}

/// One of them, up to its drop.
pub(in crate::upstream) struct Member<'a>(&'a Rc<Batch>);

impl Batch {
    /// One more request.
    pub(in crate::upstream) fn join(self: &Rc<Self>) -> Member<'_> {
        self.members.set(self.members.get() + 1);
        Member(self)
    }

    /// Sends what this sender has begun when the others that are ready have come as far.
    pub(in crate::upstream) fn add(self: &Rc<Self>, sender: &Rc<Sender>) {
        let mut departing = self.departing.borrow_mut();
        if departing.is_empty() {
            let batch = Rc::clone(self);
            spawn_local(async move { batch.depart() });
        }
        sender.wait();
        departing.push(Rc::clone(sender));
        if departing.len() >= MOST {
            drop(departing);
            self.depart();
        }
    }

    fn depart(&self) {
        let now = Instant::now();
        self.departing.borrow_mut().drain(..).for_each(|sender| sender.depart(now));
    }
}

impl Member<'_> {
    /// The batch, where there may be others to wait for.
    pub(in crate::upstream) fn others(&self) -> Option<&Rc<Batch>> {
        Some(self.0).filter(|batch| batch.members.get() > 1)
    }
}

impl Drop for Member<'_> {
    fn drop(&mut self) {
        self.0.members.set(self.0.members.get().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_alone_has_nobody_to_go_out_with() {
        let batch = Rc::<Batch>::default();
        let first = batch.join();
        assert!(first.others().is_none());
        let second = batch.join();
        assert!(first.others().is_some() && second.others().is_some());
        drop(first);
        assert!(second.others().is_none());
    }
}
