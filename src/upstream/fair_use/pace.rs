//! How fast a visitor reads a response or sends an upload. The exchanges of slow visitors are evicted if others need their
//! connection or memory.
//!
//! An idle timeout never applies to a visitor who reads a byte now and then. So the rate is measured, once a second, and only
//! while it is the visitor's turn: a slow portal does not count against them. The slowest are evicted first. A visitor who
//! pauses, but read much in the last seconds, comes last.

use std::cell::Cell;

/// A visitor who reads or sends fewer bytes than this in two seconds is slow. With up to a second until the next sample, slow
/// visitors are found before others have waited for `upstream_connect`.
const SLOW: usize = 8 << 10;
/// The average loses one of this many parts each second, so it spans about as many seconds.
const SPAN: usize = 8;

/// Who has to act next in the exchange.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::upstream) enum Turn {
    /// The portal reads the request or sends the response.
    #[default]
    Portal,
    /// The visitor sends the request or reads the response.
    Visitor,
}

/// The pace of one exchange's visitor.
#[derive(Debug, Default)]
pub(in crate::upstream) struct Pace {
    /// Bytes since the last sample.
    moved: Cell<usize>,
    /// Bytes of the last second, and of the one before.
    seconds: Cell<(usize, usize)>,
    /// The sum of all samples; it loses a part each second.
    recent: Cell<usize>,
    turn: Cell<Turn>,
    /// It was the portal's turn at some time since the last sample.
    was_portals: Cell<bool>,
    /// It was the visitor's turn all the time between the last two samples.
    was_visitors: Cell<bool>,
}

impl Pace {
    /// Begins anew, with the next exchange.
    pub(in crate::upstream) fn reset(&self) {
        self.moved.set(0);
        self.recent.set(0);
        self.seconds.set((0, 0));
        self.was_visitors.set(false);
        self.set_turn(Turn::Portal);
    }

    /// Who has to act now.
    pub(in crate::upstream) fn set_turn(&self, turn: Turn) {
        self.turn.set(turn);
        if turn == Turn::Portal {
            self.was_portals.set(true);
        }
    }

    /// The visitor read or sent `bytes` bytes.
    pub(in crate::upstream) fn moved(&self, bytes: usize) {
        self.moved.set(self.moved.get().saturating_add(bytes));
    }

    /// A second has passed.
    pub(in crate::upstream) fn sample(&self) {
        let (moved, recent) = (self.moved.take(), self.recent.get());
        self.recent.set((recent - recent.div_ceil(SPAN)).saturating_add(moved));
        self.seconds.set((moved, self.seconds.get().0));
        self.was_visitors.set(!self.was_portals.replace(self.turn.get() == Turn::Portal));
    }

    /// How many bytes a slow visitor read or sent in about the last [`SPAN`] seconds; `None` if the visitor is not slow.
    pub(in crate::upstream) fn of_slow(&self) -> Option<usize> {
        let (last, before) = self.seconds.get();
        let is_visitors = self.turn.get() == Turn::Visitor && self.was_visitors.get();
        (is_visitors && last.saturating_add(before) < SLOW).then(|| self.recent.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pace of a visitor whose turn it is, after one second for each element of `bytes`.
    fn pace(bytes: impl IntoIterator<Item = usize>) -> Pace {
        let pace = Pace::default();
        pace.reset();
        pace.sample();
        pace.set_turn(Turn::Visitor);
        pace.sample();
        for bytes in bytes {
            pace.moved(bytes);
            pace.sample();
        }
        pace
    }

    #[test]
    fn a_trickle_is_slow_and_the_slower_the_fewer_bytes() {
        let rates = [0, 1, 2, 100, SLOW / 2 - 1].map(|bytes| pace([bytes; 30]).of_slow().unwrap());
        assert!(rates.is_sorted(), "{rates:?}");
        assert_eq!(pace([SLOW / 2; 30]).of_slow(), None);
        assert!(pace([SLOW - 1, 0, SLOW - 1, 0]).of_slow().is_some());
    }

    #[test]
    fn a_visitor_who_took_much_and_pauses_comes_after_a_trickle_but_not_for_ever() {
        let trickle = pace([1; 30]).of_slow();
        let after_much = |pause| pace([1 << 20].into_iter().chain(std::iter::repeat_n(0, pause))).of_slow();
        assert!(after_much(3) > trickle && after_much(60) > trickle);
        assert!(after_much(200) < trickle);
    }

    #[test]
    fn nobody_is_slow_at_once_or_while_the_portal_is() {
        assert_eq!(pace([]).of_slow(), None);
        let pace = pace([0]);
        assert!(pace.of_slow().is_some());
        pace.set_turn(Turn::Portal);
        assert_eq!(pace.of_slow(), None);
        pace.sample();
        pace.set_turn(Turn::Visitor);
        pace.sample();
        assert_eq!(pace.of_slow(), None);
        pace.sample();
        assert!(pace.of_slow().is_some());
    }
}
