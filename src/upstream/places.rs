//! How many connections to one portal are in use, and who waits for one.
//!
//! A request takes a [`Place`] before it is given a connection, and gives it back when it has ended; a tunnel keeps it as
//! long as it lasts. Whoever finds none waits in a queue: first come, first served.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use tokio::sync::oneshot;

/// As many wait for each place at most: a longer queue would be served too late.
const WAITING_FOR_EACH: usize = 4;

/// One worker's share of `limits.upstream_connections`, for one portal.
#[derive(Debug, Default)]
pub(super) struct Places {
    limit: Cell<Option<usize>>,
    taken: Cell<usize>,
    tunnels: Cell<usize>,
    queue: RefCell<VecDeque<oneshot::Sender<Place>>>,
}

/// A connection in use; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Rc<Places>,
    is_tunnel: bool,
}

impl Places {
    /// From now on there are so many; `None`: as many as are asked for.
    pub(super) fn limit(self: &Rc<Self>, number: Option<usize>) {
        self.limit.set(number);
        while self.has_free() && self.serve_next() {
            self.taken.set(self.taken.get() + 1);
        }
    }

    /// A place, where one is free and nobody has come before.
    pub(super) fn take(self: &Rc<Self>) -> Option<Place> {
        (self.has_free() && !self.has_queue()).then(|| {
            self.taken.set(self.taken.get() + 1);
            self.place()
        })
    }

    /// The next place that is nobody's who has come before; `None` where too many wait.
    pub(super) fn wait(&self) -> Option<oneshot::Receiver<Place>> {
        let mut queue = self.queue.borrow_mut();
        // Those who have gone away make room.
        if queue.len() >= self.most_waiting() {
            queue.retain(|waiting| !waiting.is_closed());
        }
        (queue.len() < self.most_waiting()).then(|| {
            let (sender, receiver) = oneshot::channel();
            queue.push_back(sender);
            receiver
        })
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.queue.borrow().iter().filter(|waiting| !waiting.is_closed()).count()
    }

    /// Whether anybody waits.
    pub(super) fn has_queue(&self) -> bool {
        !self.queue.borrow().is_empty()
    }

    /// How many more connections there may be beside those in use; `None`: any number.
    pub(super) fn left(&self) -> Option<usize> {
        self.limit.get().map(|limit| limit.saturating_sub(self.taken.get()))
    }

    /// Whether one more may be a tunnel's: half of the places stay for requests that end.
    pub(super) fn admits_tunnel(&self) -> bool {
        self.limit.get().is_none_or(|limit| self.tunnels.get() < limit.div_ceil(2))
    }

    fn has_free(&self) -> bool {
        self.limit.get().is_none_or(|limit| self.taken.get() < limit)
    }

    fn most_waiting(&self) -> usize {
        self.limit.get().map_or(0, |limit| limit.saturating_mul(WAITING_FOR_EACH))
    }

    fn place(self: &Rc<Self>) -> Place {
        Place { places: Rc::clone(self), is_tunnel: false }
    }

    /// Gives a place to who has waited longest; whether anybody waits.
    fn serve_next(self: &Rc<Self>) -> bool {
        loop {
            let Some(next) = self.queue.borrow_mut().pop_front() else { return false };
            // Nobody can go away between the look and the word: all of it happens on one thread.
            if !next.is_closed() {
                return next.send(self.place()).is_ok();
            }
        }
    }

    fn give_back(self: &Rc<Self>) {
        let has_too_many = self.limit.get().is_some_and(|limit| self.taken.get() > limit);
        if has_too_many || !self.serve_next() {
            self.taken.set(self.taken.get().saturating_sub(1));
        }
    }
}

impl Place {
    /// It may be a tunnel's, and last for long.
    pub(super) fn becomes_tunnel(&mut self) {
        if !std::mem::replace(&mut self.is_tunnel, true) {
            self.places.tunnels.set(self.places.tunnels.get() + 1);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.is_tunnel {
            self.places.tunnels.set(self.places.tunnels.get().saturating_sub(1));
        }
        self.places.give_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(limit: usize) -> Rc<Places> {
        let places = Rc::<Places>::default();
        places.limit(Some(limit));
        places
    }

    #[test]
    fn there_are_as_many_as_the_limit_says() {
        let places = places(2);
        let (one, other) = (places.take(), places.take());
        assert!(one.is_some() && other.is_some() && places.take().is_none() && places.left() == Some(0));
        drop(one);
        assert!(places.take().is_some());
        places.limit(None);
        assert!(places.take().is_some() && places.left().is_none());
    }

    #[test]
    fn first_come_first_served() {
        let places = places(1);
        let taken = places.take().unwrap();
        let (mut first, gone, mut last) = (places.wait().unwrap(), places.wait().unwrap(), places.wait().unwrap());
        drop(gone);
        assert_eq!(places.waiting(), 2);
        drop(taken);
        let place = first.try_recv().unwrap();
        assert!(last.try_recv().is_err() && places.take().is_none());
        drop(place);
        assert!(places.take().is_none(), "it is the last one's");
        drop(last.try_recv().unwrap());
        assert!(places.take().is_some());
    }

    #[test]
    fn a_place_that_is_given_to_who_goes_away_is_the_next_ones() {
        let places = places(1);
        let taken = places.take();
        let (first, mut next) = (places.wait().unwrap(), places.wait().unwrap());
        drop(taken);
        drop(first);
        assert!(next.try_recv().is_ok());
        assert!(places.take().is_some());
    }

    #[test]
    fn only_so_many_wait() {
        let places = places(2);
        let _taken = (places.take(), places.take());
        let mut waiting: Vec<_> = (0..2 * WAITING_FOR_EACH).map(|_| places.wait().unwrap()).collect();
        assert!(places.wait().is_none());
        waiting.pop();
        assert!(places.wait().is_some());
    }

    #[test]
    fn a_new_limit_counts_at_once() {
        let places = places(1);
        let taken = places.take().unwrap();
        let mut waiting = [places.wait().unwrap(), places.wait().unwrap()];
        places.limit(Some(3));
        let more = waiting.each_mut().map(|waiting| waiting.try_recv().unwrap());
        assert_eq!(places.left(), Some(0));
        places.limit(Some(1));
        drop(more);
        assert!(places.take().is_none());
        drop(taken);
        assert!(places.take().is_some());
    }

    #[test]
    fn half_of_them_may_be_tunnels() {
        let places = places(3);
        let mut all = [places.take().unwrap(), places.take().unwrap()];
        for place in &mut all {
            assert!(places.admits_tunnel());
            place.becomes_tunnel();
            place.becomes_tunnel();
        }
        assert!(!places.admits_tunnel());
        drop(all);
        assert!(places.admits_tunnel() && places.left() == Some(3));
    }
}
