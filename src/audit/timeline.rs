//! The visitor's choice over time, as the recording's own requests show it.
//!
//! Entries are not sorted by time, and there may be millions. So a timeline keeps runs: spans of time in which every
//! request seen so far carried the same choice. Memory grows only with the changes of the choice. If another choice is
//! found within a run, it is unknown when the run's own choice came back: from there to the run's end, only what both
//! choices grant is certain.

use crate::consent::Choices;

/// No visitor changes their choice more often.
const MAX_RUNS: usize = 4096;

/// A choice, and the first and last time at which it was seen, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    first: i64,
    last: i64,
    choices: Choices,
    /// Whether the choice was seen at both ends. If not, the run lies between two choices, or is what both of them grant.
    is_seen: bool,
}

/// The runs of a recording's choices.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// In the order of time; they do not overlap.
    runs: Vec<Run>,
    is_full: bool,
}

impl Timeline {
    /// Records that a choice was seen at this time. Calls may come in any order of time.
    pub(super) fn saw(&mut self, at: i64, choices: Choices) {
        // The first run that begins later.
        let next = self.runs.partition_point(|run| run.first <= at);
        let before = next.checked_sub(1).and_then(|index| self.runs.get(index)).copied();
        if let Some(run) = before.filter(|run| at <= run.last) {
            if run.choices != choices {
                self.split(next - 1, run, at, choices);
            }
            return;
        }
        let is_same = |run: &Run| run.is_seen && run.choices == choices;
        if let Some(run) = next.checked_sub(1).and_then(|index| self.runs.get_mut(index))
            && is_same(run)
        {
            run.last = at;
        } else if let Some(run) = self.runs.get_mut(next)
            && is_same(run)
        {
            run.first = at;
        } else {
            self.insert(next, Run { first: at, last: at, choices, is_seen: true });
        }
    }

    /// The latest choice at this time; no choice before the first one seen, or if the timeline is full.
    pub(super) fn at(&self, time: i64) -> Choices {
        if self.is_full {
            return Choices::default();
        }
        let next = self.runs.partition_point(|run| run.first <= time);
        next.checked_sub(1).and_then(|index| self.runs.get(index)).map(|run| run.choices).unwrap_or_default()
    }

    /// Whether no choice was seen at any time.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Whether the visitor chose more often than can be kept.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// Splits the run at this index, because another choice was seen within it.
    fn split(&mut self, index: usize, run: Run, at: i64, choices: Choices) {
        // If two were seen at the same time, it is unknown which came first: only what both grant is certain.
        let is_at_end = run.is_seen && (at == run.first || at == run.last);
        let both = meet(&run.choices, &choices);
        // Of the part before `at`, only the first end was seen.
        let end = if run.is_seen { run.first } else { at.saturating_sub(1) };
        let start = Run { last: end, ..run };
        let before = Run { first: end.saturating_add(1), last: at.saturating_sub(1), is_seen: false, ..run };
        let seen = Run { first: at, last: at, choices: if is_at_end { both } else { choices }, is_seen: true };
        let until = if run.is_seen { run.last.saturating_sub(1) } else { run.last };
        let between = Run { first: at.saturating_add(1), last: until, choices: both, is_seen: false };
        let after = Run { first: run.last, ..run };
        let parts = [
            (at > run.first, start),
            (before.first <= before.last, before),
            (true, seen),
            (at < until, between),
            (run.is_seen && at < run.last, after),
        ];
        let parts: Vec<_> = parts.into_iter().filter_map(|(is_there, part)| is_there.then_some(part)).collect();
        if self.runs.len() + parts.len() > MAX_RUNS {
            self.is_full = true;
            return;
        }
        self.runs.splice(index..=index, parts);
    }

    fn insert(&mut self, index: usize, run: Run) {
        if self.runs.len() < MAX_RUNS {
            self.runs.insert(index, run);
        } else {
            self.is_full = true;
        }
    }
}

/// For each banner, what both choices grant and what either refuses.
fn meet(one: &Choices, other: &Choices) -> Choices {
    Choices::new(one.iter().zip(other.iter()).map(|(one, other)| one.meet(*other)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::consent::{Choice, KeySet, Keys, Reading};

    fn choices(number: i64) -> Choices {
        let choice =
            Choice { reading: Reading::Given, date: Some(crate::cookie::UnixTime(number)), ..Choice::default() };
        Choices::new([choice].into_iter())
    }

    #[test]
    fn the_latest_choice_at_a_time_counts() {
        let mut timeline = Timeline::default();
        for (at, choice) in [(50, 2), (10, 1), (20, 1), (70, 3), (60, 2)] {
            timeline.saw(at, choices(choice));
        }
        let at = |time| timeline.at(time);
        assert_eq!(at(9), Choices::default());
        assert_eq!((at(10), at(49)), (choices(1), choices(1)));
        assert_eq!((at(50), at(69)), (choices(2), choices(2)));
        assert_eq!((at(70), at(i64::MAX)), (choices(3), choices(3)));
        assert_eq!(timeline.runs.len(), 3);
    }

    #[test]
    fn a_timeline_that_is_full_holds_no_choice() {
        let mut timeline = Timeline::default();
        for at in 0..10_000 {
            timeline.saw(at, choices(at % 2));
        }
        assert!(timeline.is_full() && timeline.runs.len() <= MAX_RUNS);
        assert_eq!((timeline.at(10), timeline.at(9999)), (Choices::default(), Choices::default()));
    }

    #[test]
    fn a_choice_within_a_run_splits_it() {
        let mut timeline = Timeline::default();
        for (at, choice) in [(10, 1), (90, 1), (50, 2)] {
            timeline.saw(at, choices(choice));
        }
        assert_eq!((timeline.at(49), timeline.at(50), timeline.at(90)), (choices(1), choices(2), choices(1)));
        assert_eq!(timeline.at(60), meet(&choices(1), &choices(2)));
    }

    fn keys(bits: u8) -> KeySet {
        let keys = Keys::new(vec!["a".to_owned(), "b".to_owned()], 0);
        let of = |bit, name| if bits & bit == 0 { KeySet::EMPTY } else { keys.find(name) };
        of(1, "a").union(of(2, "b"))
    }

    fn granting(bits: u8) -> Choices {
        let choice = Choice { reading: Reading::Given, granted: keys(bits), ..Choice::default() };
        Choices::new([choice].into_iter())
    }

    proptest! {
        /// In whatever order choices come, no more is granted at any time than the latest choice grants.
        #[test]
        fn nothing_is_granted_that_the_latest_choice_does_not_grant(
            seen in prop::collection::btree_map(0..60_i64, 0..4_u8, 0..12).prop_flat_map(|seen| {
                Just(seen.into_iter().collect::<Vec<_>>()).prop_shuffle()
            }),
        ) {
            let mut timeline = Timeline::default();
            for (at, bits) in &seen {
                timeline.saw(*at, granting(*bits));
            }
            for time in 0..61 {
                let latest = seen.iter().filter(|(at, _)| *at <= time).max();
                let most = latest.map_or(KeySet::EMPTY, |(_, bits)| keys(*bits));
                let granted = timeline.at(time).iter().next().map(|choice| choice.granted).unwrap_or_default();
                prop_assert!(granted.is_subset(most), "at {}", time);
            }
        }

        /// Each choice counts at the time at which it was seen.
        #[test]
        fn no_choice_is_lost(seen in prop::collection::btree_map(0..1000_i64, 0..3_i64, 0..40), is_reversed in any::<bool>()) {
            let mut timeline = Timeline::default();
            let mut in_order: Vec<_> = seen.iter().collect();
            if is_reversed {
                in_order.reverse();
            }
            for (at, choice) in in_order {
                timeline.saw(*at, choices(*choice));
            }
            for (at, choice) in seen {
                prop_assert_eq!(timeline.at(at), choices(choice), "at {}", at);
            }
            prop_assert!(timeline.runs.is_sorted_by(|one, next| one.first <= one.last && one.last < next.first));
        }
    }
}
