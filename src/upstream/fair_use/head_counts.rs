//! Memory for heads of responses that wait until visitors read them.
//!
//! hyper takes the head of a response before the visitor reads anything, and over HTTP/2 as many as there are streams. Only
//! the end of the connection frees them. So they are counted for the connection, and the whole connection is evicted.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use super::eviction::Eviction;
use super::pace::{Pace, Turn};

/// All unsent heads of one worker.
#[derive(Debug, Default)]
pub(in crate::upstream) struct HeadCounts {
    bytes: Arc<AtomicUsize>,
    /// Connections for which heads wait, or waited a second ago.
    connections: RefCell<HashMap<*const Eviction, HeadsOfConnection>>,
}

/// The connection of a visitor for whom heads wait.
#[derive(Debug)]
struct HeadsOfConnection {
    eviction: Weak<Eviction>,
    waiting: Arc<HeadCount>,
    pace: Pace,
}

#[derive(Debug)]
struct HeadCount {
    /// Bytes that wait for this connection, and for all of them.
    own: AtomicUsize,
    all: Arc<AtomicUsize>,
    /// Bytes that were sent since the last second began.
    sent: AtomicUsize,
}

/// A head that waits. Dropped without [`sent`](Self::sent), it was given up: its visitor has read nothing by that. hyper asks for
/// `Send`, so its counts are atomic, but they stay on one thread.
#[derive(Debug)]
pub struct UnsentHead {
    bytes: usize,
    waiting: Arc<HeadCount>,
}

impl HeadCounts {
    /// The bytes of all of them.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.load(Relaxed)
    }

    /// Counts one for the connection with this eviction.
    pub(super) fn begin(&self, connection: &Rc<Eviction>, bytes: usize) -> UnsentHead {
        let mut connections = self.connections.borrow_mut();
        let HeadsOfConnection { waiting, pace, .. } = connections
            .entry(Rc::as_ptr(connection))
            .or_insert_with(|| HeadsOfConnection::new(connection, &self.bytes));
        if waiting.own.fetch_add(bytes, Relaxed) == 0 {
            pace.set_turn(Turn::Portal);
        }
        pace.set_turn(Turn::Visitor);
        self.bytes.fetch_add(bytes, Relaxed);
        UnsentHead { bytes, waiting: Arc::clone(waiting) }
    }

    /// A second has passed.
    pub(super) fn sample(&self) {
        self.connections.borrow_mut().retain(|_, HeadsOfConnection { eviction, waiting, pace }| {
            pace.moved(waiting.sent.swap(0, Relaxed));
            pace.sample();
            waiting.own.load(Relaxed) > 0 && eviction.strong_count() > 0
        });
    }

    /// Calls `each` with the eviction, the pace and the bytes of all connections whose visitors are slow.
    pub(super) fn slow(&self, mut each: impl FnMut(Rc<Eviction>, usize, usize)) {
        for HeadsOfConnection { eviction, waiting, pace } in self.connections.borrow().values() {
            let bytes = waiting.own.load(Relaxed);
            if let Some((eviction, pace)) = eviction.upgrade().zip(pace.of_slow())
                && bytes > 0
            {
                each(eviction, pace, bytes);
            }
        }
    }
}

impl HeadsOfConnection {
    fn new(eviction: &Rc<Eviction>, all: &Arc<AtomicUsize>) -> Self {
        let waiting = HeadCount { own: AtomicUsize::default(), all: Arc::clone(all), sent: AtomicUsize::default() };
        Self { eviction: Rc::downgrade(eviction), waiting: Arc::new(waiting), pace: Pace::default() }
    }
}

impl UnsentHead {
    /// Its bytes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The visitor has taken it. Returns its bytes.
    pub fn sent(self) -> usize {
        self.waiting.sent.fetch_add(self.bytes, Relaxed);
        self.bytes
    }
}

impl Drop for UnsentHead {
    fn drop(&mut self) {
        let HeadCount { own, all, .. } = &*self.waiting;
        own.fetch_sub(self.bytes, Relaxed);
        all.fetch_sub(self.bytes, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: usize = 20_000;

    /// The connections that are slow, after one second for each call of `second`.
    fn slow(heads: &HeadCounts) -> Vec<(usize, usize)> {
        let mut slow = Vec::new();
        heads.slow(|_, pace, bytes| slow.push((pace, bytes)));
        slow
    }

    #[test]
    fn what_waits_is_counted_until_it_is_dropped() {
        let (heads, [one, other]) = (HeadCounts::default(), [(); 2].map(|()| Rc::<Eviction>::default()));
        let first = heads.begin(&one, HEAD);
        let second = heads.begin(&one, 1);
        let third = heads.begin(&other, 2);
        assert_eq!(heads.bytes(), HEAD + 3);
        drop(first);
        assert_eq!(heads.bytes(), 3);
        drop((second, third));
        heads.sample();
        assert_eq!((heads.bytes(), heads.connections.borrow().len()), (0, 0));
    }

    #[test]
    fn a_connection_that_takes_no_head_for_a_while_is_slow() {
        let (heads, connection) = (HeadCounts::default(), Rc::<Eviction>::default());
        let _waiting = heads.begin(&connection, HEAD);
        heads.sample();
        assert_eq!(slow(&heads), []);
        heads.sample();
        heads.sample();
        assert_eq!(slow(&heads), [(0, HEAD)]);
    }

    #[test]
    fn a_connection_that_takes_heads_is_not_slow_though_one_always_waits() {
        let (heads, connection) = (HeadCounts::default(), Rc::<Eviction>::default());
        let mut waiting = heads.begin(&connection, HEAD);
        for _ in 0..20 {
            std::mem::replace(&mut waiting, heads.begin(&connection, HEAD)).sent();
            heads.sample();
        }
        assert_eq!((slow(&heads), waiting.bytes()), (vec![], HEAD));
        for _ in 0..3 {
            heads.sample();
        }
        assert_eq!(slow(&heads).len(), 1);
    }

    /// A visitor who resets waiting streams and asks again has read nothing.
    #[test]
    fn a_connection_whose_heads_are_given_up_is_slow() {
        let (heads, connection) = (HeadCounts::default(), Rc::<Eviction>::default());
        let _waiting = heads.begin(&connection, HEAD);
        for _ in 0..3 {
            drop(heads.begin(&connection, HEAD));
            heads.sample();
        }
        assert_eq!(slow(&heads), [(0, HEAD)]);
    }

    #[test]
    fn a_connection_that_ended_is_forgotten() {
        let (heads, connection) = (HeadCounts::default(), Rc::<Eviction>::default());
        let waiting = heads.begin(&connection, HEAD);
        drop(connection);
        heads.sample();
        assert_eq!((slow(&heads), heads.bytes()), (vec![], HEAD));
        drop(waiting);
        assert_eq!(heads.bytes(), 0);
    }
}
