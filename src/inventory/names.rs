//! The names of one site, within their bounds.
//!
//! The rank of a name decides which other names it may replace: names that the portal sets rank highest, names that a visitor may
//! have invented lowest. Among equals, a name that is seen more often replaces the one that is seen least often. So names for
//! which there is no room are kept as candidates for a while, and their sightings are counted.

use std::collections::HashMap;

use super::seen::{JudgedAnew, Rank, STALE, Seen};
use crate::cookie::UnixTime;
use crate::policy::Direction;

/// How many names of one site are listed.
const MAX_NAMES: usize = 1024;

/// How many names of one site are listed that were seen only in requests.
const MAX_REQUEST_ONLY: usize = 256;

/// How many candidates are kept. With one more, all of them are forgotten: a name that is seen often will be seen again.
const MAX_CANDIDATES: usize = 256;

/// Names, folded, with what is known of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// The listed ones.
    seen: HashMap<Box<[u8]>, Seen>,
    /// How many listed names have each rank.
    ranks: Ranks,
    /// Names for which there was no room.
    candidates: HashMap<Box<[u8]>, Seen>,
    /// Sightings of names that are neither listed nor candidates any more.
    forgotten: u64,
    /// The result of the last search that found no name to remove, so that the search is not repeated for each name of a flood.
    least: Option<Least>,
}

/// Bounds below which a search for a name to remove finds none.
#[derive(Clone, Copy, Debug)]
struct Least {
    /// The smallest number of sightings of any listed name.
    sightings: u64,
    /// When the first listed name may be replaced by an equal one.
    stale_at: UnixTime,
}

impl Names {
    /// Adds what was seen of a name: to the list if there is room for it, else to the candidates.
    pub(super) fn absorb(&mut self, name: &[u8], seen: &Seen, now: UnixTime) {
        if let Some(known) = self.seen.get_mut(name) {
            self.ranks.leave(known.rank());
            known.absorb(seen, now);
            self.ranks.enter(known.rank());
            return;
        }
        let mut seen = seen.clone();
        if let Some(before) = self.candidates.get(name) {
            seen.absorb(before, now);
        }
        if self.make_room(&seen, now) {
            self.candidates.remove(name);
            self.list(name.into(), seen);
        } else {
            self.nominate(name, seen);
        }
    }

    /// Lists a name after [`Names::make_room`] has made room for it.
    fn list(&mut self, name: Box<[u8]>, seen: Seen) {
        if let Some(least) = &mut self.least {
            least.sightings = least.sightings.min(seen.sightings());
        }
        self.ranks.enter(seen.rank());
        self.seen.insert(name, seen);
    }

    /// Keeps a name as a candidate. If there are too many, all are forgotten, and only their sightings are counted.
    fn nominate(&mut self, name: &[u8], seen: Seen) {
        if let Some(known) = self.candidates.get_mut(name) {
            *known = seen;
            return;
        }
        if self.candidates.len() == MAX_CANDIDATES {
            self.forgotten = self.unlisted();
            self.candidates.clear();
        }
        self.candidates.insert(name.into(), seen);
    }

    fn make_room(&mut self, newcomer: &Seen, now: UnixTime) -> bool {
        let rank = newcomer.rank();
        let is_in_vain = |least: Least| {
            newcomer.sightings() <= least.sightings && now < least.stale_at && least.stale_at <= now.plus(STALE)
        };
        self.ranks.have_room(rank)
            || ((self.ranks.hold_below(rank) || !self.least.is_some_and(is_in_vain)) && self.evict_for(newcomer, now))
    }

    /// Removes the least of the names that a new one may replace: lower in rank; or equal, and stale or seen less often.
    fn evict_for(&mut self, newcomer: &Seen, now: UnixTime) -> bool {
        let rank = newcomer.rank();
        let is_less = |seen: &Seen| seen.is_stale(now) || seen.sightings() < newcomer.sightings();
        let gives_way = |seen: &Seen| seen.rank() < rank || (seen.rank() == rank && is_less(seen));
        let candidates = self.seen.iter().filter(|(_, seen)| gives_way(seen));
        let value = |seen: &Seen| (seen.rank(), !seen.is_stale(now), seen.sightings(), seen.last_seen());
        let least = candidates.min_by_key(|(_, seen)| value(seen)).map(|(name, _)| name.clone());
        let Some(evicted) = least.and_then(|name| self.seen.remove(&name)) else {
            self.least = Some(Least {
                sightings: self.seen.values().map(Seen::sightings).min().unwrap_or_default(),
                stale_at: self.seen.values().filter_map(Seen::last_seen).min().unwrap_or(now).plus(STALE),
            });
            return false;
        };
        self.ranks.leave(evicted.rank());
        self.forgotten = self.forgotten.saturating_add(evicted.sightings());
        true
    }

    /// Sightings of names that are not listed.
    pub(super) fn unlisted(&self) -> u64 {
        self.candidates.values().fold(self.forgotten, |sum, seen| sum.saturating_add(seen.sightings()))
    }

    /// Moves all names out of `other`, which keeps its memory for the next ones.
    pub(super) fn take_in(&mut self, other: &mut Self, now: UnixTime) {
        other.ranks = Ranks::default();
        other.least = None;
        self.forgotten = self.forgotten.saturating_add(std::mem::take(&mut other.forgotten));
        for (name, seen) in other.seen.drain().chain(other.candidates.drain()) {
            self.absorb(&name, &seen, now);
        }
    }

    /// Adds all names of another part, which stays unchanged.
    pub(super) fn absorb_all(&mut self, other: &Self, now: UnixTime) {
        self.forgotten = self.forgotten.saturating_add(other.forgotten);
        for (name, seen) in other.seen.iter().chain(&other.candidates) {
            self.absorb(name, seen, now);
        }
    }

    /// Adds sightings of names that another part did not list.
    pub(super) fn absorb_unlisted(&mut self, sightings: u64) {
        self.forgotten = self.forgotten.saturating_add(sightings);
    }

    /// Judges all names by another charter. `judge` is its judgement on a name in a direction. A name that is declared now gets
    /// a higher rank.
    pub(super) fn judge_anew(&mut self, judge: impl Fn(&[u8], Direction) -> JudgedAnew) {
        for (name, seen) in self.seen.iter_mut().chain(&mut self.candidates) {
            seen.judge_anew(|direction| judge(name, direction));
        }
        self.rank_anew();
    }

    /// Takes over earlier decisions on the names, under the same charter.
    pub(super) fn keep_decisions_of(&mut self, before: &Self) {
        for (name, seen) in &mut self.seen {
            if let Some(before) = before.seen.get(name) {
                seen.keep_decisions_of(before);
            }
        }
        self.rank_anew();
    }

    fn rank_anew(&mut self) {
        (self.ranks, self.least) = (Ranks::default(), None);
        self.seen.values().for_each(|seen| self.ranks.enter(seen.rank()));
    }

    /// Whether nothing was seen, not even a name beyond the limit.
    pub(super) fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.unlisted() == 0
    }

    /// The listed names, folded, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], &Seen)> {
        self.seen.iter().map(|(name, seen)| (&**name, seen))
    }
}

/// How many names have each rank.
#[derive(Clone, Debug, Default)]
struct Ranks {
    invented: usize,
    request_only: usize,
    response: usize,
}

impl Ranks {
    fn of(&mut self, rank: Rank) -> &mut usize {
        match rank {
            Rank::Invented => &mut self.invented,
            Rank::RequestOnly => &mut self.request_only,
            Rank::Response => &mut self.response,
        }
    }

    fn enter(&mut self, rank: Rank) {
        *self.of(rank) += 1;
    }

    fn leave(&mut self, rank: Rank) {
        let count = self.of(rank);
        *count = count.saturating_sub(1);
    }

    /// Whether one more of this rank keeps both limits.
    fn have_room(&self, rank: Rank) -> bool {
        let requests = self.invented + self.request_only;
        requests + self.response < MAX_NAMES && (rank == Rank::Response || requests < MAX_REQUEST_ONLY)
    }

    /// Whether any listed name is of a lower rank.
    fn hold_below(&self, rank: Rank) -> bool {
        match rank {
            Rank::Invented => false,
            Rank::RequestOnly => self.invented > 0,
            Rank::Response => self.invented + self.request_only > 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::inventory::seen::{Decision, Sightings};
    use crate::policy::{CategoryId, Judgement, Reason, Verdict};

    const NOW: UnixTime = UnixTime(1_795_000_000);

    fn seen(direction: Direction, declared: bool, now: UnixTime) -> Seen {
        let judgement = Judgement {
            verdict: Verdict::Drop,
            reason: Reason::Unsaid,
            category: CategoryId::UNDECLARED,
            declaration: declared.then_some(0),
        };
        let decision = Decision::new(direction, &judgement);
        Seen::once(direction, Sightings::times(1, judgement.verdict, decision, now), now)
    }

    fn flood(names: &mut Names, prefix: &str, count: usize, what: &Seen) {
        for index in 0..count {
            names.absorb(format!("{prefix}{index}").as_bytes(), what, what.first_seen);
        }
    }

    fn holds(names: &Names, name: &str) -> bool {
        names.seen.contains_key(name.as_bytes())
    }

    #[test]
    fn a_flood_of_requests_leaves_room_for_responses() {
        let mut names = Names::default();
        flood(&mut names, "invented", 5000, &seen(Direction::Request, false, NOW));
        assert_eq!((names.seen.len(), names.unlisted()), (256, 5000 - 256));
        flood(&mut names, "set", 1024, &seen(Direction::Response, false, NOW));
        assert_eq!(names.seen.len(), 1024);
        assert!(holds(&names, "set1023") && !holds(&names, "invented0"));
    }

    #[test]
    fn a_name_that_is_seen_often_replaces_one_that_is_seen_once() {
        let mut names = Names::default();
        flood(&mut names, "invented", 300, &seen(Direction::Request, false, NOW));
        let script = seen(Direction::Request, false, NOW);
        names.absorb(b"written_by_a_script", &script, NOW);
        assert!(!holds(&names, "written_by_a_script"), "once is no more often than the others");
        // Fewer names in between than candidates can be do not make it forgotten.
        flood(&mut names, "other", 100, &script);
        names.absorb(b"written_by_a_script", &script, NOW);
        assert_eq!(names.seen[&b"written_by_a_script"[..]].request.count(), 2);
        assert_eq!((names.seen.len(), names.unlisted()), (256, 300 + 100 - 255));
        flood(&mut names, "invented", 300, &script);
        assert!(holds(&names, "written_by_a_script"));
    }

    #[test]
    fn the_number_of_candidates_is_bounded() {
        let mut names = Names::default();
        flood(&mut names, "invented", 100_000, &seen(Direction::Request, false, NOW));
        assert!(names.seen.len() == 256 && names.candidates.len() <= MAX_CANDIDATES);
        assert_eq!(names.unlisted(), 100_000 - 256);
    }

    #[test]
    fn a_declared_name_replaces_an_invented_one() {
        let mut names = Names::default();
        flood(&mut names, "invented", 300, &seen(Direction::Request, false, NOW));
        names.absorb(b"_pk_id.*", &seen(Direction::Request, true, NOW), NOW);
        assert!(holds(&names, "_pk_id.*"));
        assert_eq!(names.seen.len(), 256);
    }

    #[test]
    fn a_stale_name_is_replaced_by_an_equal_one() {
        let mut names = Names::default();
        flood(&mut names, "invented", 300, &seen(Direction::Request, false, NOW));
        let later = NOW.plus(STALE);
        names.absorb(b"early", &seen(Direction::Request, false, later.plus(-1)), later.plus(-1));
        assert!(!holds(&names, "early"));
        names.absorb(b"new", &seen(Direction::Request, false, later), later);
        assert!(holds(&names, "new"));
    }

    #[test]
    fn a_name_seen_in_both_directions_counts_as_set_by_the_portal() {
        let mut names = Names::default();
        names.absorb(b"a", &seen(Direction::Request, false, NOW), NOW);
        names.absorb(b"a", &seen(Direction::Response, false, NOW.plus(5)), NOW.plus(5));
        let known = &names.seen[&b"a"[..]];
        assert_eq!((known.request.count(), known.response.count()), (1, 1));
        assert_eq!((known.first_seen, known.last_seen()), (NOW, Some(NOW.plus(5))));
        assert_eq!(known.request.last.unwrap().verdict, "strip");
        assert_eq!(known.response.last.unwrap().verdict, "drop");
        flood(&mut names, "invented", 300, &seen(Direction::Request, false, NOW));
        assert_eq!(names.seen.len(), 257);
    }

    #[test]
    fn a_name_that_a_new_charter_declares_gets_a_higher_rank() {
        let mut names = Names::default();
        flood(&mut names, "invented", 256, &seen(Direction::Request, false, NOW));
        let declared = seen(Direction::Request, true, NOW).request.last.unwrap();
        let undeclared = seen(Direction::Request, false, NOW).request.last.unwrap();
        names.judge_anew(|name, _| JudgedAnew::Decided(if name == b"invented7" { declared } else { undeclared }));
        flood(
            &mut names,
            "other",
            300,
            &Seen {
                request: Sightings::times(9, Verdict::Drop, undeclared, NOW),
                ..seen(Direction::Request, false, NOW)
            },
        );
        assert!(holds(&names, "invented7") && !holds(&names, "invented8"));
    }

    #[test]
    fn times_of_a_clock_that_was_ahead_do_not_count() {
        let ahead = NOW.plus(365 * STALE);
        let mut names = Names::default();
        names.absorb(b"a", &seen(Direction::Response, false, ahead), ahead);
        flood(&mut names, "invented", 300, &seen(Direction::Request, false, ahead));
        assert!(!names.seen[&b"a"[..]].response.is_undeclared(NOW), "it was not seen today");
        names.absorb(b"a", &seen(Direction::Response, true, NOW), NOW);
        let known = names.seen[&b"a"[..]].response;
        assert!(known.last.unwrap().declared && known.last_seen == Some(NOW));
        names.absorb(b"new", &seen(Direction::Request, false, NOW), NOW);
        assert!(holds(&names, "new"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn bounds_and_counts_hold(steps in prop::collection::vec((0..2000_u16, any::<bool>(), any::<bool>(), 0..STALE), 0..4000)) {
            let mut names = Names::default();
            let (mut now, total) = (NOW, steps.len() as u64);
            for (name, response, declared, after) in steps {
                let direction = if response { Direction::Response } else { Direction::Request };
                now = now.plus(after / 500);
                names.absorb(&name.to_be_bytes(), &seen(direction, declared, now), now);
                let count = |rank| names.seen.values().filter(|seen| seen.rank() == rank).count();
                prop_assert!(names.seen.len() <= MAX_NAMES);
                prop_assert!(names.ranks.invented + names.ranks.request_only <= MAX_REQUEST_ONLY);
                prop_assert!(names.candidates.len() <= MAX_CANDIDATES);
                if name % 64 == 0 {
                    let ranks = [Rank::Invented, Rank::RequestOnly, Rank::Response].map(count);
                    prop_assert_eq!(ranks, [names.ranks.invented, names.ranks.request_only, names.ranks.response]);
                }
            }
            let listed: u64 = names.seen.values().map(Seen::sightings).sum();
            prop_assert_eq!(listed + names.unlisted(), total, "no sighting is lost or counted twice");
        }
    }
}
