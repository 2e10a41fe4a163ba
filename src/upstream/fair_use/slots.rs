//! How many connections to one portal are in use, by whom, and who waits for one.
//!
//! A request takes a [`Slot`] before it gets a connection, and gives it back at its end; a tunnel keeps it as long as it
//! lasts. An address may have a part of the slots that shrinks as they are taken ([`share`]), so there is one for whoever
//! comes anew, however many slots a few addresses hold. If none is free, a request waits in a queue, whose places are shared in
//! the same way. Those whose address has the fewest slots are served first, so many requests of one address make others wait no
//! longer than one does.

use std::cell::{Cell, RefCell};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::rc::{Rc, Weak};

use tokio::sync::oneshot;

/// At most this many requests wait for each slot; further ones would be served too late.
const WAITING_FOR_EACH: usize = 4;
/// A request with a longer head, in bytes, waits in several places of the queue: else long heads would fill the memory.
const PLACE: usize = 4 << 10;
/// One address may have one part of this many of what is left (a dynamic threshold, as switches share their buffers). So one
/// gets a quarter, and the next a quarter of the rest: eight leave a tenth.
const PARTS: usize = 3;

/// One worker's share of `limits.upstream_connections`, for one portal.
#[derive(Debug, Default)]
pub(in crate::upstream) struct Slots {
    /// `None`: no limit.
    limit: Cell<Option<usize>>,
    taken: Cell<usize>,
    tunnels: Cell<usize>,
    of_addresses: RefCell<HashMap<IpAddr, OfAddress>>,
    queue: RefCell<VecDeque<Waiting>>,
    /// Places of requests that are not ready to wait for a slot.
    places: RefCell<Vec<Weak<QueuePlace>>>,
}

/// The slots of one address.
#[derive(Debug, Default)]
struct OfAddress {
    taken: usize,
    tunnels: usize,
}

#[derive(Debug)]
struct Waiting {
    slot: oneshot::Sender<Slot>,
    address: Option<IpAddr>,
    places: usize,
}

/// Places of the queue; given back when dropped.
#[derive(Debug)]
pub(in crate::upstream) struct QueuePlace {
    address: Option<IpAddr>,
    places: usize,
}

/// A connection in use; given back when dropped.
#[derive(Debug)]
pub(in crate::upstream) struct Slot {
    slots: Rc<Slots>,
    address: Option<IpAddr>,
    is_tunnel: bool,
}

/// How many slots others wait for.
#[derive(Debug, Default)]
pub(in crate::upstream) struct Wanted {
    /// Slots of any address.
    any: usize,
    /// By address: requests that wait for a slot of their own address, because it has used its share.
    own: HashMap<IpAddr, usize>,
}

impl Slots {
    /// Sets the number of slots; `None`: no limit.
    pub(in crate::upstream) fn limit(self: &Rc<Self>, number: Option<usize>) {
        self.limit.set(number);
        self.serve();
    }

    /// A slot for this address, if one is free. `None` as address: one without a share.
    pub(in crate::upstream) fn take(self: &Rc<Self>, address: Option<IpAddr>) -> Option<Slot> {
        // If one is free, no waiting request may have it.
        self.has_free(address).then(|| self.slot(address))
    }

    /// The next slot that this address may have, for a request with a head of this many bytes; `None` if too many wait.
    pub(in crate::upstream) fn wait(&self, address: Option<IpAddr>, head: usize) -> Option<oneshot::Receiver<Slot>> {
        self.limit.get()?;
        self.may_wait(address).then(|| {
            let (slot, receiver) = oneshot::channel();
            self.queue.borrow_mut().push_back(Waiting { slot, address, places: places_of(head) });
            receiver
        })
    }

    /// Takes places for a request with a head of this many bytes that has not been received as far as it must be before it
    /// is sent; `None` if too many wait.
    pub(in crate::upstream) fn take_place(&self, address: Option<IpAddr>, head: usize) -> Option<Rc<QueuePlace>> {
        self.may_wait(address).then(|| {
            let place = Rc::new(QueuePlace { address, places: places_of(head) });
            self.places.borrow_mut().push(Rc::downgrade(&place));
            place
        })
    }

    /// Whether the queue has places left, also for this address.
    fn may_wait(&self, address: Option<IpAddr>) -> bool {
        let Some(limit) = self.limit.get() else { return true };
        let most = limit.saturating_mul(WAITING_FOR_EACH);
        let (mut queue, mut places) = (self.queue.borrow_mut(), self.places.borrow_mut());
        // Requests that were given up make room.
        queue.retain(|waiting| !waiting.slot.is_closed());
        places.retain(|place| place.strong_count() > 0);
        let waiting = queue.iter().map(|waiting| (waiting.address, waiting.places));
        let held = places.iter().filter_map(Weak::upgrade).map(|place| (place.address, place.places));
        let (mut all, mut own) = (0, 0);
        for (of, places) in waiting.chain(held) {
            all += places;
            own += if of == address { places } else { 0 };
        }
        all < most && (address.is_none() || own < share(most - all))
    }

    /// Which slots are waited for.
    pub(in crate::upstream) fn wanted(&self) -> Wanted {
        let mut wanted = Wanted::default();
        for waiting in self.queue.borrow().iter().filter(|waiting| !waiting.slot.is_closed()) {
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

    /// Whether one more may be a tunnel's: half of the slots stay for requests that end.
    pub(in crate::upstream) fn admits_tunnel(&self, address: Option<IpAddr>) -> bool {
        self.limit.get().map(|limit| limit.div_ceil(2)).is_none_or(|most| {
            let tunnels = self.tunnels.get();
            tunnels < most && self.of(address, |of| of.tunnels).is_none_or(|own| own < share(most - tunnels))
        })
    }

    fn has_free(&self, address: Option<IpAddr>) -> bool {
        self.limit.get().is_none_or(|limit| self.taken.get() < limit) && !self.has_its_share(address)
    }

    fn has_its_share(&self, address: Option<IpAddr>) -> bool {
        let (limit, own) = (self.limit.get(), self.of(address, |of| of.taken));
        limit.zip(own).is_some_and(|(limit, own)| own >= share(limit.saturating_sub(self.taken.get())))
    }

    /// A number of this address; `None` for one without a share.
    fn of(&self, address: Option<IpAddr>, number: impl FnOnce(&OfAddress) -> usize) -> Option<usize> {
        address.map(|address| self.of_addresses.borrow().get(&address).map_or(0, number))
    }

    /// Gives free slots to requests that wait: to the address that has the fewest, and there to the one that came first.
    fn serve(self: &Rc<Self>) {
        while let Some(Waiting { slot, address, .. }) = self.next() {
            // The request cannot be given up between the check and the send: both are done on one thread.
            let _ = slot.send(self.slot(address));
        }
    }

    fn next(&self) -> Option<Waiting> {
        let mut queue = self.queue.borrow_mut();
        let may_have =
            queue.iter().enumerate().filter(|(_, waiting)| !waiting.slot.is_closed() && self.has_free(waiting.address));
        let (next, _) = may_have.min_by_key(|(_, waiting)| self.of(waiting.address, |of| of.taken))?;
        queue.remove(next)
    }

    fn slot(self: &Rc<Self>, address: Option<IpAddr>) -> Slot {
        self.taken.set(self.taken.get() + 1);
        if let Some(address) = address {
            self.of_addresses.borrow_mut().entry(address).or_default().taken += 1;
        }
        Slot { slots: Rc::clone(self), address, is_tunnel: false }
    }

    /// Frees a slot, and gives it to a request that waits.
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

impl Slot {
    /// Notes that it is for a tunnel, which may last long.
    pub(in crate::upstream) fn becomes_tunnel(&mut self) {
        if !std::mem::replace(&mut self.is_tunnel, true) {
            let slots = &self.slots;
            slots.tunnels.set(slots.tunnels.get() + 1);
            if let Some(address) = self.address {
                slots.of_addresses.borrow_mut().entry(address).or_default().tunnels += 1;
            }
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.slots.give_back(self.address, self.is_tunnel);
    }
}

impl Wanted {
    /// Whether nobody waits.
    pub(in crate::upstream) fn is_nothing(&self) -> bool {
        self.any == 0 && self.own.is_empty()
    }

    /// Returns whether a slot of this address is wanted. If so, one less is wanted afterwards.
    pub(in crate::upstream) fn takes(&mut self, address: Option<IpAddr>) -> bool {
        let own = address.and_then(|address| self.own.get_mut(&address)).filter(|own| **own > 0);
        own.or(Some(&mut self.any).filter(|any| **any > 0)).map(|left| *left -= 1).is_some()
    }
}

/// How many slots an address may have if this many are left. It is never too much to have the first.
fn share(left: usize) -> usize {
    left.div_ceil(PARTS).max(1)
}

/// How many places a request with a head of this many bytes takes.
fn places_of(head: usize) -> usize {
    head.div_ceil(PLACE).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(limit: usize) -> Rc<Slots> {
        let slots = Rc::<Slots>::default();
        slots.limit(Some(limit));
        slots
    }

    fn waiting(slots: &Slots) -> usize {
        let Wanted { any, own } = slots.wanted();
        any + own.values().sum::<usize>()
    }

    fn address(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    #[test]
    fn there_are_as_many_as_the_limit_says() {
        let slots = slots(2);
        let (one, other) = (slots.take(None), slots.take(None));
        assert!(one.is_some() && other.is_some() && slots.take(None).is_none() && slots.left() == Some(0));
        drop(one);
        assert!(slots.take(None).is_some());
        slots.limit(None);
        assert!(slots.take(None).is_some() && slots.left().is_none());
    }

    #[test]
    fn first_come_first_served() {
        let slots = slots(1);
        let taken = slots.take(None).unwrap();
        let [mut first, gone, mut last] = [(); 3].map(|()| slots.wait(None, PLACE).unwrap());
        drop(gone);
        assert_eq!(waiting(&slots), 2);
        drop(taken);
        let slot = first.try_recv().unwrap();
        assert!(last.try_recv().is_err() && slots.take(None).is_none());
        drop(slot);
        assert!(slots.take(None).is_none(), "it is the last one's");
        drop(last.try_recv().unwrap());
        assert!(slots.take(None).is_some());
    }

    #[test]
    fn a_place_given_to_a_request_that_ended_goes_to_the_next() {
        let slots = slots(1);
        let taken = slots.take(None);
        let (first, mut next) = (slots.wait(None, PLACE).unwrap(), slots.wait(None, PLACE).unwrap());
        drop(taken);
        drop(first);
        assert!(next.try_recv().is_ok());
        assert!(slots.take(None).is_some());
    }

    #[test]
    fn only_so_many_wait() {
        let slots = slots(2);
        let _taken = (slots.take(None), slots.take(None));
        let mut waiting: Vec<_> = (0..2 * WAITING_FOR_EACH).map(|_| slots.wait(None, PLACE).unwrap()).collect();
        assert!(slots.wait(None, PLACE).is_none());
        waiting.pop();
        assert!(slots.wait(None, PLACE).is_some());
    }

    #[test]
    fn long_heads_take_more_places() {
        let slots = slots(2);
        let _taken = (slots.take(None), slots.take(None));
        let waiting = [PLACE * 5 + 1, PLACE + 1].map(|head| slots.wait(None, head).unwrap());
        assert!(slots.wait(None, 0).is_none());
        drop(waiting);
        let _any = slots.wait(None, usize::MAX).unwrap();
        assert!(slots.wait(None, 0).is_none());
    }

    #[test]
    fn who_is_not_ready_takes_places_of_the_queue_and_of_their_share() {
        let slots = slots(4);
        let _taken: Vec<_> = (0..4).map(|_| slots.take(None).unwrap()).collect();
        let held: Vec<_> = (0..4).map(|_| slots.take_place(Some(address(1)), 0).unwrap()).collect();
        assert!(slots.take_place(Some(address(1)), 0).is_none() && slots.wait(Some(address(1)), 0).is_none());
        let _other = slots.take_place(Some(address(2)), 12 * PLACE).unwrap();
        assert!(slots.wait(None, 0).is_none() && slots.take_place(None, 0).is_none());
        drop(held);
        assert!(slots.wait(Some(address(1)), 0).is_some());
        slots.limit(None);
        assert!(slots.take_place(Some(address(1)), usize::MAX).is_some());
    }

    #[test]
    fn a_new_limit_counts_at_once() {
        let slots = slots(1);
        let taken = slots.take(None);
        let mut waiting = [slots.wait(None, PLACE).unwrap(), slots.wait(None, PLACE).unwrap()];
        slots.limit(Some(3));
        let more = waiting.each_mut().map(|waiting| waiting.try_recv().unwrap());
        assert_eq!(slots.left(), Some(0));
        slots.limit(Some(1));
        drop(more);
        assert!(slots.take(None).is_none());
        drop(taken);
        assert!(slots.take(None).is_some());
    }

    #[test]
    fn half_of_them_may_be_tunnels() {
        let slots = slots(3);
        let mut all = [slots.take(None).unwrap(), slots.take(None).unwrap()];
        for slot in &mut all {
            assert!(slots.admits_tunnel(None));
            slot.becomes_tunnel();
            slot.becomes_tunnel();
        }
        assert!(!slots.admits_tunnel(None));
        drop(all);
        assert!(slots.admits_tunnel(None) && slots.left() == Some(3));
    }

    #[test]
    fn one_address_has_a_quarter_at_most() {
        let slots = slots(16);
        let mut all: Vec<_> = (0..4).map(|_| slots.take(Some(address(1))).unwrap()).collect();
        assert!(slots.take(Some(address(1))).is_none() && slots.take(Some(address(2))).is_some());
        assert!(slots.admits_tunnel(Some(address(1))));
        all[0].becomes_tunnel();
        all[1].becomes_tunnel();
        assert!(!slots.admits_tunnel(Some(address(1))) && slots.admits_tunnel(Some(address(2))));
        all.pop();
        assert!(slots.take(Some(address(1))).is_some());
        drop(all);
        assert!(slots.of_addresses.borrow().is_empty());
    }

    #[test]
    fn a_visitor_who_waits_for_their_own_share_delays_no_other() {
        let slots = slots(8);
        let own = [slots.take(Some(address(1))).unwrap(), slots.take(Some(address(1))).unwrap()];
        let mut waits = slots.wait(Some(address(1)), PLACE).unwrap();
        drop(slots.take(Some(address(2))).unwrap());
        let mut wanted = slots.wanted();
        assert!(!wanted.takes(Some(address(2))) && !wanted.takes(None));
        assert!(wanted.takes(Some(address(1))) && !wanted.takes(Some(address(1))));
        assert!(waits.try_recv().is_err());
        drop(own);
        assert!(waits.try_recv().is_ok());
    }

    #[test]
    fn an_address_that_has_fewer_is_served_before_a_crowd() {
        let slots = slots(8);
        let mut all: Vec<_> = [0, 0, 1, 2, 3, 4, 5, 6].map(|last| slots.take(Some(address(last))).unwrap()).into();
        let _crowd: Vec<_> = (0..8).map(|_| slots.wait(Some(address(0)), PLACE).unwrap()).collect();
        assert!(slots.wait(Some(address(0)), PLACE).is_none(), "a quarter of the queue");
        let mut late = slots.wait(Some(address(9)), PLACE).unwrap();
        all.pop();
        assert!(late.try_recv().is_ok());
    }

    #[test]
    fn however_many_slots_and_places_a_few_addresses_hold_there_is_one_for_the_next() {
        for limit in [64, 100, 1024] {
            let (slots, mut held) = (slots(limit), Vec::new());
            for last in 1..=8 {
                held.extend(std::iter::from_fn(|| slots.take(Some(address(last)))));
            }
            let first = slots.of(Some(address(1)), |of| of.taken);
            assert_eq!(first, Some(limit.div_ceil(4)), "alone, it has a quarter");
            let mut waiting = Vec::new();
            for last in 1..=8 {
                waiting.extend(std::iter::from_fn(|| slots.wait(Some(address(last)), PLACE)));
            }
            assert!(slots.take(Some(address(9))).is_some() && slots.wait(Some(address(9)), PLACE).is_some(), "{limit}");
        }
    }
}
