//! Room for what is read at once. The more there is, the less a long content costs; but a visitor who reads slowly keeps
//! what was read for him. So no more than some connections have much of it.

use std::cell::Cell;
use std::rc::Rc;

/// For most heads, and small contents with them.
const LEAST: usize = 4 << 10;
/// A content that is longer is read in pieces of this size.
const MOST: usize = 128 << 10;
/// Or of this one, as long as a large room is left.
const LARGE: usize = 256 << 10;
/// One worker has so many large rooms for one portal: 16 MiB are read into them at once.
const LARGE_ROOMS: usize = 64;

/// How many large rooms are taken.
#[derive(Default)]
pub(super) struct Rooms(Cell<usize>);

/// A large room; given back when dropped.
struct Large(Rc<Rooms>);

impl Large {
    fn take(rooms: &Rc<Rooms>) -> Option<Self> {
        let taken = rooms.0.get() + 1;
        (taken <= LARGE_ROOMS).then(|| {
            rooms.0.set(taken);
            Self(Rc::clone(rooms))
        })
    }
}

impl Drop for Large {
    fn drop(&mut self) {
        self.0.0.set(self.0.0.get().saturating_sub(1));
    }
}

/// How much one connection reads at once.
pub(super) struct Room {
    bytes: usize,
    large: Option<Large>,
    rooms: Rc<Rooms>,
}

impl Room {
    pub(super) fn new(rooms: Rc<Rooms>) -> Self {
        Self { bytes: LEAST, large: None, rooms }
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Fits what is left of a content.
    pub(super) fn fit(&mut self, left: u64) {
        self.want(usize::try_from(left).unwrap_or(usize::MAX));
    }

    /// What came has filled it, and there may be more.
    pub(super) fn grow(&mut self) {
        self.want(self.bytes * 2);
    }

    /// Nothing but a head is waited for.
    pub(super) fn rest(&mut self) {
        self.want(LEAST);
    }

    fn want(&mut self, bytes: usize) {
        if bytes <= MOST {
            self.large = None;
        } else if self.large.is_none() {
            self.large = Large::take(&self.rooms);
        }
        self.bytes = bytes.clamp(LEAST, if self.large.is_some() { LARGE } else { MOST });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fits_what_is_left() {
        let mut room = Room::new(Rc::default());
        for (left, bytes) in [(0, LEAST), (5000, 5000), (128 << 10, MOST), (129 << 10, 129 << 10), (u64::MAX, LARGE)] {
            room.fit(left);
            assert_eq!(room.bytes(), bytes, "{left}");
        }
    }

    #[test]
    fn it_grows_as_long_as_it_is_filled() {
        let mut room = Room::new(Rc::default());
        let sizes: Vec<_> = (0..8).map(|_| (room.bytes() >> 10, room.grow()).0).collect();
        assert_eq!(sizes, [4, 8, 16, 32, 64, 128, 256, 256]);
    }

    #[test]
    fn few_are_large_at_a_time() {
        let rooms = Rc::<Rooms>::default();
        let wanted = || {
            let mut room = Room::new(Rc::clone(&rooms));
            room.fit(u64::MAX);
            room
        };
        let mut all: Vec<_> = (0..LARGE_ROOMS).map(|_| wanted()).collect();
        assert!(all.iter().all(|room| room.bytes() == LARGE));
        let gives_back: [fn(&mut Room); 3] =
            [|room| room.rest(), |room| room.fit(9), |room| *room = Room::new(Rc::default())];
        for give_back in gives_back {
            let mut late = wanted();
            assert_eq!(late.bytes(), MOST);
            all.iter_mut().take(1).for_each(give_back);
            late.fit(u64::MAX);
            assert_eq!(late.bytes(), LARGE);
            all.rotate_left(1);
            all.push(late);
        }
    }
}
