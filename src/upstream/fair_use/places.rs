//! How many connections to one portal are in use, by whom, and who waits for one.
//!
//! A request takes a [`Place`] before it gets a connection, and gives it back at its end; a tunnel keeps it as long as it
//! lasts. Each address may have a share of the places. If none is free, a request waits in a queue. Those whose address has
//! the fewest places are served first, so many requests of one address make others wait no longer than one does.

use std::cell::{Cell, RefCell};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::rc::Rc;

use tokio::sync::oneshot;

/// At most so many requests wait for each place: those behind them would be served too late.
const WAITING_FOR_EACH: usize = 4;
/// The share of one address is one of so many parts, of the places and of the queue.
const SHARES: usize = 4;

/// One worker's share of `limits.upstream_connections`, for one portal.
#[derive(Debug, Default)]
pub(in crate::upstream) struct Places {
    limit: Cell<Option<usize>>,
    taken: Cell<usize>,
    tunnels: Cell<usize>,
    of_addresses: RefCell<HashMap<IpAddr, OfAddress>>,
    queue: RefCell<VecDeque<Waiting>>,
}

/// What one address has of them.
#[derive(Debug, Default)]
struct OfAddress {
    taken: usize,
    tunnels: usize,
}

#[derive(Debug)]
struct Waiting {
    place: oneshot::Sender<Place>,
    address: Option<IpAddr>,
}

/// A connection in use; given back when dropped.
#[derive(Debug)]
pub(in crate::upstream) struct Place {
    places: Rc<Places>,
    address: Option<IpAddr>,
    is_tunnel: bool,
}

/// How many places others wait for.
#[derive(Debug, Default)]
pub(in crate::upstream) struct Wanted {
    /// Whosever they are.
    any: usize,
    /// Of an address that has its share, and waits for one of its own.
    own: HashMap<IpAddr, usize>,
}

impl Places {
    /// From now on there are so many; `None`: as many as are asked for.
    pub(in crate::upstream) fn limit(self: &Rc<Self>, number: Option<usize>) {
        self.limit.set(number);
        self.serve();
    }

    /// A place for this address, if one is free. `None` as address: one without a share.
    pub(in crate::upstream) fn take(self: &Rc<Self>, address: Option<IpAddr>) -> Option<Place> {
        // If one is free, no request waits that may have it.
        self.has_free(address).then(|| self.place(address))
    }

    /// The next place that this address may have; `None` if too many wait.
    pub(in crate::upstream) fn wait(&self, address: Option<IpAddr>) -> Option<oneshot::Receiver<Place>> {
        let most = self.limit.get()?.saturating_mul(WAITING_FOR_EACH);
        let mut queue = self.queue.borrow_mut();
        // Those who have gone away make room.
        queue.retain(|waiting| !waiting.place.is_closed());
        let own = queue.iter().filter(|waiting| waiting.address == address).count();
        let may_wait = queue.len() < most && (address.is_none() || own < most.div_ceil(SHARES));
        may_wait.then(|| {
            let (place, receiver) = oneshot::channel();
            queue.push_back(Waiting { place, address });
            receiver
        })
    }

    /// Which places are waited for.
    pub(in crate::upstream) fn wanted(&self) -> Wanted {
        let mut wanted = Wanted::default();
        for waiting in self.queue.borrow().iter().filter(|waiting| !waiting.place.is_closed()) {
            match waiting.address.filter(|_| self.has_its_share(waiting.address)) {
                Some(address) => *wanted.own.entry(address).or_default() += 1,
                None => wanted.any += 1,
            }
        }
        wanted
    }

    /// How many more connections there may be beside those in use; `None`: any number.
    pub(in crate::upstream) fn left(&self) -> Option<usize> {
        self.limit.get().map(|limit| limit.saturating_sub(self.taken.get()))
    }

    /// Whether one more may be a tunnel's: half of the places stay for requests that end.
    pub(in crate::upstream) fn admits_tunnel(&self, address: Option<IpAddr>) -> bool {
        self.limit.get().map(|limit| limit.div_ceil(2)).is_none_or(|most| {
            self.tunnels.get() < most && self.of(address, |of| of.tunnels).is_none_or(|own| own < most.div_ceil(SHARES))
        })
    }

    fn has_free(&self, address: Option<IpAddr>) -> bool {
        self.limit.get().is_none_or(|limit| self.taken.get() < limit) && !self.has_its_share(address)
    }

    fn has_its_share(&self, address: Option<IpAddr>) -> bool {
        let (limit, own) = (self.limit.get(), self.of(address, |of| of.taken));
        limit.zip(own).is_some_and(|(limit, own)| own >= limit.div_ceil(SHARES))
    }

    /// A number of this address; `None` for one without a share.
    fn of(&self, address: Option<IpAddr>, number: impl FnOnce(&OfAddress) -> usize) -> Option<usize> {
        address.map(|address| self.of_addresses.borrow().get(&address).map_or(0, number))
    }

    /// Gives free places to requests that wait: to the address that has the fewest, and there to the one that came first.
    fn serve(self: &Rc<Self>) {
        while let Some(Waiting { place, address }) = self.next() {
            // Nobody can go away between the look and the word: all of it happens on one thread.
            let _ = place.send(self.place(address));
        }
    }

    fn next(&self) -> Option<Waiting> {
        let mut queue = self.queue.borrow_mut();
        let may_have = queue
            .iter()
            .enumerate()
            .filter(|(_, waiting)| !waiting.place.is_closed() && self.has_free(waiting.address));
        let (next, _) = may_have.min_by_key(|(_, waiting)| self.of(waiting.address, |of| of.taken))?;
        queue.remove(next)
    }

    fn place(self: &Rc<Self>, address: Option<IpAddr>) -> Place {
        self.taken.set(self.taken.get() + 1);
        if let Some(address) = address {
            self.of_addresses.borrow_mut().entry(address).or_default().taken += 1;
        }
        Place { places: Rc::clone(self), address, is_tunnel: false }
    }

    fn give_back(self: &Rc<Self>, address: Option<IpAddr>, is_tunnel: bool) {
        self.taken.set(self.taken.get().saturating_sub(1));
        self.tunnels.set(self.tunnels.get().saturating_sub(usize::from(is_tunnel)));
        if let Some(address) = address
            && let Entry::Occupied(mut of) = self.of_addresses.borrow_mut().entry(address)
        {
            let OfAddress { taken, tunnels } = of.get_mut();
            *taken = taken.saturating_sub(1);
            *tunnels = tunnels.saturating_sub(usize::from(is_tunnel));
            if *taken == 0 {
                of.remove();
            }
        }
        if !self.queue.borrow().is_empty() {
            self.serve();
        }
    }
}

impl Place {
    /// It may be a tunnel's, and last for long.
    pub(in crate::upstream) fn becomes_tunnel(&mut self) {
        if !std::mem::replace(&mut self.is_tunnel, true) {
            let places = &self.places;
            places.tunnels.set(places.tunnels.get() + 1);
            if let Some(address) = self.address {
                places.of_addresses.borrow_mut().entry(address).or_default().tunnels += 1;
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.give_back(self.address, self.is_tunnel);
    }
}

impl Wanted {
    /// Whether nobody waits.
    pub(in crate::upstream) fn is_nothing(&self) -> bool {
        self.any == 0 && self.own.is_empty()
    }

    /// Whether a place of this address is of use; it counts as one of those that are wanted.
    pub(in crate::upstream) fn takes(&mut self, address: Option<IpAddr>) -> bool {
        let own = address.and_then(|address| self.own.get_mut(&address)).filter(|own| **own > 0);
        own.or(Some(&mut self.any).filter(|any| **any > 0)).map(|left| *left -= 1).is_some()
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

    fn waiting(places: &Places) -> usize {
        let Wanted { any, own } = places.wanted();
        any + own.values().sum::<usize>()
    }

    fn address(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    #[test]
    fn there_are_as_many_as_the_limit_says() {
        let places = places(2);
        let (one, other) = (places.take(None), places.take(None));
        assert!(one.is_some() && other.is_some() && places.take(None).is_none() && places.left() == Some(0));
        drop(one);
        assert!(places.take(None).is_some());
        places.limit(None);
        assert!(places.take(None).is_some() && places.left().is_none());
    }

    #[test]
    fn first_come_first_served() {
        let places = places(1);
        let taken = places.take(None).unwrap();
        let [mut first, gone, mut last] = [(); 3].map(|()| places.wait(None).unwrap());
        drop(gone);
        assert_eq!(waiting(&places), 2);
        drop(taken);
        let place = first.try_recv().unwrap();
        assert!(last.try_recv().is_err() && places.take(None).is_none());
        drop(place);
        assert!(places.take(None).is_none(), "it is the last one's");
        drop(last.try_recv().unwrap());
        assert!(places.take(None).is_some());
    }

    #[test]
    fn a_place_that_is_given_to_who_goes_away_is_the_next_ones() {
        let places = places(1);
        let taken = places.take(None);
        let (first, mut next) = (places.wait(None).unwrap(), places.wait(None).unwrap());
        drop(taken);
        drop(first);
        assert!(next.try_recv().is_ok());
        assert!(places.take(None).is_some());
    }

    #[test]
    fn only_so_many_wait() {
        let places = places(2);
        let _taken = (places.take(None), places.take(None));
        let mut waiting: Vec<_> = (0..2 * WAITING_FOR_EACH).map(|_| places.wait(None).unwrap()).collect();
        assert!(places.wait(None).is_none());
        waiting.pop();
        assert!(places.wait(None).is_some());
    }

    #[test]
    fn a_new_limit_counts_at_once() {
        let places = places(1);
        let taken = places.take(None);
        let mut waiting = [places.wait(None).unwrap(), places.wait(None).unwrap()];
        places.limit(Some(3));
        let more = waiting.each_mut().map(|waiting| waiting.try_recv().unwrap());
        assert_eq!(places.left(), Some(0));
        places.limit(Some(1));
        drop(more);
        assert!(places.take(None).is_none());
        drop(taken);
        assert!(places.take(None).is_some());
    }

    #[test]
    fn half_of_them_may_be_tunnels() {
        let places = places(3);
        let mut all = [places.take(None).unwrap(), places.take(None).unwrap()];
        for place in &mut all {
            assert!(places.admits_tunnel(None));
            place.becomes_tunnel();
            place.becomes_tunnel();
        }
        assert!(!places.admits_tunnel(None));
        drop(all);
        assert!(places.admits_tunnel(None) && places.left() == Some(3));
    }

    #[test]
    fn one_address_has_a_quarter_at_most() {
        let places = places(16);
        let mut all: Vec<_> = (0..4).map(|_| places.take(Some(address(1))).unwrap()).collect();
        assert!(places.take(Some(address(1))).is_none() && places.take(Some(address(2))).is_some());
        assert!(places.admits_tunnel(Some(address(1))));
        all[0].becomes_tunnel();
        all[1].becomes_tunnel();
        assert!(!places.admits_tunnel(Some(address(1))) && places.admits_tunnel(Some(address(2))));
        all.pop();
        assert!(places.take(Some(address(1))).is_some());
        drop(all);
        assert!(places.of_addresses.borrow().is_empty());
    }

    #[test]
    fn whoever_waits_for_their_own_share_is_in_nobodys_way() {
        let places = places(8);
        let own = [places.take(Some(address(1))).unwrap(), places.take(Some(address(1))).unwrap()];
        let mut waits = places.wait(Some(address(1))).unwrap();
        drop(places.take(Some(address(2))).unwrap());
        let mut wanted = places.wanted();
        assert!(!wanted.takes(Some(address(2))) && !wanted.takes(None));
        assert!(wanted.takes(Some(address(1))) && !wanted.takes(Some(address(1))));
        assert!(waits.try_recv().is_err());
        drop(own);
        assert!(waits.try_recv().is_ok());
    }

    #[test]
    fn an_address_that_has_fewer_is_served_before_a_crowd() {
        let places = places(8);
        let mut all: Vec<_> = (0..8).map(|number| places.take(Some(address(number / 2))).unwrap()).collect();
        let _crowd: Vec<_> = (0..8).map(|_| places.wait(Some(address(0))).unwrap()).collect();
        assert!(places.wait(Some(address(0))).is_none(), "a quarter of the queue");
        let mut late = places.wait(Some(address(9))).unwrap();
        all.remove(0);
        assert!(late.try_recv().is_ok());
    }
}
