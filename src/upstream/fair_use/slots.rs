//! How many connections to one portal are in use, by whom, and who waits for one.
//!
//! A request takes a [`Slot`] before it gets a connection, and gives it back at its end; a tunnel keeps it as long as it
//! lasts. If none is free, a request waits in a queue. An address may have a part of the slots that shrinks as they are taken
//! ([`share`]), and some are kept for whoever has none, so there is one for whoever comes anew, however many slots others hold.
//! The places of the queue are shared in the same way. Those who have the fewest slots are served first, so many requests of
//! one visitor make others wait no longer than one does. Who has an address without a share is told apart by their connection.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::rc::{Rc, Weak};

use tokio::sync::oneshot;

use super::eviction::{Held, Holder, Owner};

/// At most this many requests wait for each slot; further ones would be served too late.
const WAITING_FOR_EACH: usize = 4;
/// A request with a longer head, in bytes, waits in several places of the queue: else long heads would fill the memory.
const PLACE: usize = 4 << 10;
/// One address may have one part of this many of what is left (a dynamic threshold, as switches share their buffers). So one
/// gets a quarter, and the next a quarter of the rest.
const PARTS: usize = 3;
/// One part of this many is kept for those who have none.
const KEPT: usize = 8;

/// One worker's share of `limits.upstream_connections`, for one portal.
#[derive(Debug, Default)]
pub(in crate::upstream) struct Slots {
    /// `None`: no limit.
    limit: Cell<Option<usize>>,
    taken: Cell<Held>,
    of_addresses: RefCell<HashMap<IpAddr, Held>>,
    queue: RefCell<VecDeque<Waiting>>,
    /// Places of requests that are not ready to wait for a slot.
    places: RefCell<Vec<Weak<QueuePlace>>>,
}

#[derive(Debug)]
struct Waiting {
    slot: oneshot::Sender<Slot>,
    owner: Owner,
    places: usize,
}

/// Places of the queue; given back when dropped.
#[derive(Debug)]
pub(in crate::upstream) struct QueuePlace {
    owner: Owner,
    places: usize,
}

/// A connection in use; given back when dropped.
#[derive(Debug)]
pub(in crate::upstream) struct Slot {
    slots: Rc<Slots>,
    owner: Owner,
    is_tunnel: bool,
}

/// How many slots others wait for.
#[derive(Debug, Default)]
pub(in crate::upstream) struct Wanted {
    /// Slots of anybody, for those who have none.
    any: usize,
    /// Whoever has some waits for one of their own.
    own: HashMap<Holder, usize>,
}

impl Slots {
    /// Sets the number of slots; `None`: no limit.
    pub(in crate::upstream) fn limit(self: &Rc<Self>, number: Option<usize>) {
        self.limit.set(number);
        self.serve();
    }

    /// A slot, if one is free for this visitor.
    pub(in crate::upstream) fn take(self: &Rc<Self>, owner: &Owner) -> Option<Slot> {
        // If one is free, no waiting request may have it.
        self.has_free(owner).then(|| self.slot(owner))
    }

    /// The next slot that this visitor may have, for a request with a head of this many bytes; `None` if too many wait.
    pub(in crate::upstream) fn wait(&self, owner: &Owner, head: usize) -> Option<oneshot::Receiver<Slot>> {
        self.limit.get()?;
        self.may_wait(owner).then(|| {
            let (slot, receiver) = oneshot::channel();
            self.queue.borrow_mut().push_back(Waiting { slot, owner: owner.clone(), places: places_of(head) });
            receiver
        })
    }

    /// Takes places for a request with a head of this many bytes that has not been received as far as it must be before it
    /// is sent; `None` if too many wait.
    pub(in crate::upstream) fn take_place(&self, owner: &Owner, head: usize) -> Option<Rc<QueuePlace>> {
        self.may_wait(owner).then(|| {
            let place = Rc::new(QueuePlace { owner: owner.clone(), places: places_of(head) });
            self.places.borrow_mut().push(Rc::downgrade(&place));
            place
        })
    }

    /// Whether the queue has places left, also for this visitor.
    fn may_wait(&self, owner: &Owner) -> bool {
        let Some(limit) = self.limit.get() else { return true };
        let (mut queue, mut places) = (self.queue.borrow_mut(), self.places.borrow_mut());
        // Requests that were given up make room.
        queue.retain(|waiting| !waiting.slot.is_closed());
        places.retain(|place| place.strong_count() > 0);
        let holder = owner.holder();
        let (mut all, mut own, mut of_connection) = (0, 0, 0);
        let mut add = |of: &Owner, places| {
            all += places;
            own += if of.holder() == holder { places } else { 0 };
            of_connection += if of.has_connection_of(owner) { places } else { 0 };
        };
        queue.iter().for_each(|waiting| add(&waiting.owner, waiting.places));
        places.iter().filter_map(Weak::upgrade).for_each(|place| add(&place.owner, place.places));
        allows(owner, [own, of_connection], all, limit.saturating_mul(WAITING_FOR_EACH))
    }

    /// Which slots are waited for.
    pub(in crate::upstream) fn wanted(&self) -> Wanted {
        let mut wanted = Wanted::default();
        for waiting in self.queue.borrow().iter().filter(|waiting| !waiting.slot.is_closed()) {
            if self.has_none(&waiting.owner) {
                wanted.any += 1;
            } else {
                *wanted.own.entry(waiting.owner.holder()).or_default() += 1;
            }
        }
        wanted
    }

    /// How many more connections there may be beside those in use; `None`: any number.
    pub(in crate::upstream) fn left(&self) -> Option<usize> {
        self.limit.get().map(|limit| limit.saturating_sub(self.taken.get().slots))
    }

    /// Whether one more may be a tunnel's: half of the slots stay for requests that end.
    pub(in crate::upstream) fn admits_tunnel(&self, owner: &Owner) -> bool {
        let most = self.limit.get().map(|limit| limit.div_ceil(2));
        let own = [self.held(owner).tunnels, owner.eviction.held().get().tunnels];
        most.is_none_or(|most| allows(owner, own, self.taken.get().tunnels, most))
    }

    fn has_free(&self, owner: &Owner) -> bool {
        self.limit.get().is_none_or(|limit| allows(owner, self.own(owner), self.taken.get().slots, limit))
    }

    /// Whether this visitor has no slot.
    pub(in crate::upstream) fn has_none(&self, owner: &Owner) -> bool {
        self.held(owner).slots == 0
    }

    /// The slots of this visitor, and of their connection.
    fn own(&self, owner: &Owner) -> [usize; 2] {
        [self.held(owner).slots, owner.eviction.held().get().slots]
    }

    fn held(&self, owner: &Owner) -> Held {
        match owner.address {
            Some(address) => self.of_addresses.borrow().get(&address).copied().unwrap_or_default(),
            None => owner.eviction.held().get(),
        }
    }

    /// Gives free slots to requests that wait: to those who have the fewest, there to the connection that has the fewest, and
    /// there to the one that came first. Done whenever a slot becomes free; to be called now and then for connections that
    /// gave back a slot of another portal.
    pub(in crate::upstream) fn serve(self: &Rc<Self>) {
        while let Some(Waiting { slot, owner, .. }) = self.next() {
            // The request cannot be given up between the check and the send: both are done on one thread.
            let _ = slot.send(self.slot(&owner));
        }
    }

    fn next(&self) -> Option<Waiting> {
        let mut queue = self.queue.borrow_mut();
        let may_have =
            queue.iter().enumerate().filter(|(_, waiting)| !waiting.slot.is_closed() && self.has_free(&waiting.owner));
        let (next, _) = may_have.min_by_key(|(_, waiting)| self.own(&waiting.owner))?;
        queue.remove(next)
    }

    fn slot(self: &Rc<Self>, owner: &Owner) -> Slot {
        self.count(owner, |held| held.slots += 1);
        Slot { slots: Rc::clone(self), owner: owner.clone(), is_tunnel: false }
    }

    /// Frees a slot, and gives it to a request that waits.
    fn give_back(self: &Rc<Self>, owner: &Owner, is_tunnel: bool) {
        self.count(owner, |held| {
            held.slots = held.slots.saturating_sub(1);
            held.tunnels = held.tunnels.saturating_sub(usize::from(is_tunnel));
        });
        if !self.queue.borrow().is_empty() {
            self.serve();
        }
    }

    /// Changes what all have together, the visitor's connection, and their address.
    fn count(&self, owner: &Owner, change: impl Fn(&mut Held)) {
        for held in [&self.taken, owner.eviction.held()] {
            let mut changed = held.get();
            change(&mut changed);
            held.set(changed);
        }
        if let Some(address) = owner.address {
            let mut of_addresses = self.of_addresses.borrow_mut();
            let held = of_addresses.entry(address).or_default();
            change(held);
            if held.slots == 0 {
                of_addresses.remove(&address);
            }
        }
    }
}

impl Slot {
    /// Notes that it is for a tunnel, which may last long.
    pub(in crate::upstream) fn becomes_tunnel(&mut self) {
        if !std::mem::replace(&mut self.is_tunnel, true) {
            self.slots.count(&self.owner, |held| held.tunnels += 1);
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.slots.give_back(&self.owner, self.is_tunnel);
    }
}

impl Wanted {
    /// Returns whether a slot of this holder is wanted. If so, one less is wanted afterwards.
    pub(in crate::upstream) fn takes(&mut self, holder: Holder) -> bool {
        let own = self.own.get_mut(&holder).filter(|own| **own > 0);
        own.or(Some(&mut self.any).filter(|any| **any > 0)).map(|left| *left -= 1).is_some()
    }
}

/// Whether a visitor who has `own` of the `taken` ones, and so many over this connection, may have one more of `all`. It is never
/// too much to have the first. Of an address's share, too, some are kept for its connections that have none.
fn allows(owner: &Owner, [own, of_connection]: [usize; 2], taken: usize, all: usize) -> bool {
    let left = all.saturating_sub(taken);
    if own == 0 {
        return left > 0;
    }
    let share = share(left);
    let kept = if of_connection > 0 { share / KEPT } else { 0 };
    left > all / KEPT && (owner.address.is_none() || own < share - kept)
}

/// How many slots an address may have if this many are left.
fn share(left: usize) -> usize {
    left.div_ceil(PARTS)
}

/// How many places a request with a head of this many bytes takes.
fn places_of(head: usize) -> usize {
    head.div_ceil(PLACE).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upstream::Eviction;

    fn slots(limit: usize) -> Rc<Slots> {
        let slots = Rc::<Slots>::default();
        slots.limit(Some(limit));
        slots
    }

    fn waiting(slots: &Slots) -> usize {
        let Wanted { any, own } = slots.wanted();
        any + own.values().sum::<usize>()
    }

    /// A visitor over a connection of their own, whose address has no share.
    fn anyone() -> Owner {
        Owner::default()
    }

    /// A visitor over a connection of their own, from this address.
    fn at(last: u8) -> Owner {
        Owner { address: Some([192, 0, 2, last].into()), ..Owner::default() }
    }

    /// Another stream of this visitor's connection.
    fn stream(of: &Owner) -> Owner {
        Owner { eviction: Eviction::of_stream(&of.eviction), ..*of }
    }

    #[test]
    fn there_are_as_many_as_the_limit_says() {
        let slots = slots(2);
        let (one, other) = (slots.take(&anyone()), slots.take(&anyone()));
        assert!(one.is_some() && other.is_some() && slots.take(&anyone()).is_none() && slots.left() == Some(0));
        drop(one);
        assert!(slots.take(&anyone()).is_some());
        slots.limit(None);
        assert!(slots.take(&anyone()).is_some() && slots.left().is_none());
    }

    #[test]
    fn first_come_first_served() {
        let slots = slots(1);
        let taken = slots.take(&anyone()).unwrap();
        let [mut first, gone, mut last] = [(); 3].map(|()| slots.wait(&anyone(), PLACE).unwrap());
        drop(gone);
        assert_eq!(waiting(&slots), 2);
        drop(taken);
        let slot = first.try_recv().unwrap();
        assert!(last.try_recv().is_err() && slots.take(&anyone()).is_none());
        drop(slot);
        assert!(slots.take(&anyone()).is_none(), "it is the last one's");
        drop(last.try_recv().unwrap());
        assert!(slots.take(&anyone()).is_some());
    }

    #[test]
    fn a_place_given_to_a_request_that_ended_goes_to_the_next() {
        let slots = slots(1);
        let taken = slots.take(&anyone());
        let (first, mut next) = (slots.wait(&anyone(), PLACE).unwrap(), slots.wait(&anyone(), PLACE).unwrap());
        drop(taken);
        drop(first);
        assert!(next.try_recv().is_ok());
        assert!(slots.take(&anyone()).is_some());
    }

    #[test]
    fn only_so_many_wait() {
        let slots = slots(2);
        let _taken = (slots.take(&anyone()), slots.take(&anyone()));
        let mut waiting: Vec<_> = (0..2 * WAITING_FOR_EACH).map(|_| slots.wait(&anyone(), PLACE).unwrap()).collect();
        assert!(slots.wait(&anyone(), PLACE).is_none());
        waiting.pop();
        assert!(slots.wait(&anyone(), PLACE).is_some());
    }

    #[test]
    fn long_heads_take_more_places() {
        let slots = slots(2);
        let _taken = (slots.take(&anyone()), slots.take(&anyone()));
        let waiting = [PLACE * 5 + 1, PLACE + 1].map(|head| slots.wait(&anyone(), head).unwrap());
        assert!(slots.wait(&anyone(), 0).is_none());
        drop(waiting);
        let _any = slots.wait(&anyone(), usize::MAX).unwrap();
        assert!(slots.wait(&anyone(), 0).is_none());
    }

    #[test]
    fn who_is_not_ready_takes_places_of_the_queue_and_of_their_share() {
        let slots = slots(4);
        let _taken: Vec<_> = (0..4).map(|_| slots.take(&anyone()).unwrap()).collect();
        let held: Vec<_> = (0..4).map(|_| slots.take_place(&at(1), 0).unwrap()).collect();
        assert!(slots.take_place(&at(1), 0).is_none() && slots.wait(&at(1), 0).is_none());
        let _other = slots.take_place(&at(2), 12 * PLACE).unwrap();
        assert!(slots.wait(&anyone(), 0).is_none() && slots.take_place(&anyone(), 0).is_none());
        drop(held);
        assert!(slots.wait(&at(1), 0).is_some());
        slots.limit(None);
        assert!(slots.take_place(&at(1), usize::MAX).is_some());
    }

    #[test]
    fn a_new_limit_counts_at_once() {
        let slots = slots(1);
        let taken = slots.take(&anyone());
        let mut waiting = [slots.wait(&anyone(), PLACE).unwrap(), slots.wait(&anyone(), PLACE).unwrap()];
        slots.limit(Some(3));
        let more = waiting.each_mut().map(|waiting| waiting.try_recv().unwrap());
        assert_eq!(slots.left(), Some(0));
        slots.limit(Some(1));
        drop(more);
        assert!(slots.take(&anyone()).is_none());
        drop(taken);
        assert!(slots.take(&anyone()).is_some());
    }

    #[test]
    fn half_of_them_may_be_tunnels() {
        let slots = slots(3);
        let mut all = [slots.take(&anyone()).unwrap(), slots.take(&anyone()).unwrap()];
        for slot in &mut all {
            assert!(slots.admits_tunnel(&anyone()));
            slot.becomes_tunnel();
            slot.becomes_tunnel();
        }
        assert!(!slots.admits_tunnel(&anyone()));
        drop(all);
        assert!(slots.admits_tunnel(&anyone()) && slots.left() == Some(3));
    }

    #[test]
    fn one_address_has_a_quarter_at_most() {
        let slots = slots(16);
        let mut all: Vec<_> = (0..4).map(|_| slots.take(&at(1)).unwrap()).collect();
        assert!(slots.take(&at(1)).is_none() && slots.take(&at(2)).is_some());
        assert!(slots.admits_tunnel(&at(1)));
        all[0].becomes_tunnel();
        all[1].becomes_tunnel();
        assert!(!slots.admits_tunnel(&at(1)) && slots.admits_tunnel(&at(2)));
        all.pop();
        assert!(slots.take(&at(1)).is_some());
        drop(all);
        assert!(slots.of_addresses.borrow().is_empty());
    }

    #[test]
    fn a_visitor_who_waits_for_their_own_share_delays_no_other() {
        let slots = slots(8);
        let own = [slots.take(&at(1)).unwrap(), slots.take(&at(1)).unwrap()];
        let mut waits = slots.wait(&at(1), PLACE).unwrap();
        drop(slots.take(&at(2)).unwrap());
        let mut wanted = slots.wanted();
        assert!(!wanted.takes(at(2).holder()) && !wanted.takes(anyone().holder()));
        assert!(wanted.takes(at(1).holder()) && !wanted.takes(at(1).holder()));
        assert!(waits.try_recv().is_err());
        drop(own);
        assert!(waits.try_recv().is_ok());
    }

    #[test]
    fn an_address_that_has_fewer_is_served_before_a_crowd() {
        let slots = slots(8);
        let mut all: Vec<_> = [0, 0, 1, 2, 3, 4, 5, 6].map(|last| slots.take(&at(last)).unwrap()).into();
        let _crowd: Vec<_> = (0..8).map(|_| slots.wait(&at(0), PLACE).unwrap()).collect();
        assert!(slots.wait(&at(0), PLACE).is_none(), "a quarter of the queue");
        let mut late = slots.wait(&at(9), PLACE).unwrap();
        all.pop();
        assert!(late.try_recv().is_ok());
    }

    #[test]
    fn many_streams_of_one_connection_leave_slots_and_places_to_who_has_none() {
        let (slots, crowd) = (slots(16), anyone());
        let held: Vec<_> = std::iter::from_fn(|| slots.take(&stream(&crowd))).collect();
        let waiting: Vec<_> = std::iter::from_fn(|| slots.wait(&stream(&crowd), PLACE)).collect();
        assert_eq!((held.len(), waiting.len()), (14, 56), "an eighth is left");
        let _others = [(); 2].map(|()| slots.take(&anyone()).unwrap());
        assert!(slots.take(&anyone()).is_none() && slots.wait(&anyone(), PLACE).is_some());
    }

    #[test]
    fn many_streams_of_one_connection_leave_a_part_of_the_share_of_their_address() {
        let (slots, crowd) = (slots(64), at(1));
        let held: Vec<_> = std::iter::from_fn(|| slots.take(&stream(&crowd))).collect();
        let waiting: Vec<_> = std::iter::from_fn(|| slots.wait(&stream(&crowd), PLACE)).collect();
        assert_eq!((held.len(), waiting.len()), (15, 58), "less than a quarter");
        assert!(slots.take(&at(1)).is_some() && slots.wait(&at(1), PLACE).is_some());
    }

    #[test]
    fn a_connection_that_has_none_is_served_before_many_streams_of_another() {
        for (limit, [crowd, late]) in [(4, [anyone(), anyone()]), (16, [at(1), at(1)])] {
            let slots = slots(limit);
            let mut held: Vec<_> = std::iter::from_fn(|| slots.take(&stream(&crowd))).collect();
            let [mut first, mut second] = [(); 2].map(|()| slots.wait(&stream(&crowd), PLACE).unwrap());
            let mut late = slots.wait(&late, PLACE).unwrap();
            held.pop();
            let slot = late.try_recv().unwrap();
            assert!(first.try_recv().is_err());
            drop(slot);
            let _slot = first.try_recv().unwrap();
            assert!(second.try_recv().is_err());
        }
    }

    #[test]
    fn who_has_none_wants_slots_of_anybody_and_who_has_some_only_their_own() {
        let (slots, crowd, slow) = (slots(4), anyone(), at(1).holder());
        let _held: Vec<_> = std::iter::from_fn(|| slots.take(&stream(&crowd))).collect();
        let _waiting = slots.wait(&stream(&crowd), PLACE).unwrap();
        let mut wanted = slots.wanted();
        assert!(!wanted.takes(slow) && wanted.takes(crowd.holder()) && !wanted.takes(crowd.holder()));
        let _late = slots.wait(&anyone(), PLACE).unwrap();
        let mut wanted = slots.wanted();
        assert!(wanted.takes(slow) && !wanted.takes(slow) && wanted.takes(crowd.holder()));
    }

    #[test]
    fn however_many_slots_and_places_a_few_addresses_hold_there_is_one_for_the_next() {
        for limit in [64, 100, 1024] {
            let (slots, mut held) = (slots(limit), Vec::new());
            for last in 1..=8 {
                held.extend(std::iter::from_fn(|| slots.take(&at(last))));
            }
            assert_eq!(slots.held(&at(1)).slots, limit.div_ceil(4), "alone, it has a quarter");
            let mut waiting = Vec::new();
            for last in 1..=8 {
                waiting.extend(std::iter::from_fn(|| slots.wait(&at(last), PLACE)));
            }
            assert!(slots.take(&at(9)).is_some() && slots.wait(&at(9), PLACE).is_some(), "{limit}");
        }
    }
}
