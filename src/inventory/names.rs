//! The names of one site, within their bounds.
//!
//! Who may push whom out is a matter of rank: what the portal sets is worth most, what a visitor may have invented least.
//! Among equals, who is seen more often pushes out who is seen least often. So names that found no room are candidates for
//! a while, and their sightings are counted.

use std::collections::HashMap;

use crate::cookie::UnixTime;
use crate::policy::{CategoryId, Direction, Judgement, Reason};
use crate::telemetry::metrics::verdict_label;

/// Names of one site.
const MAX_NAMES: usize = 1024;

/// Names of one site that were seen only in requests.
const MAX_REQUEST_ONLY: usize = 256;

/// Names that found no room and are counted. One more, and all of them are forgotten: who comes often comes again.
const MAX_CANDIDATES: usize = 256;

/// After this many seconds, a name that was not seen again may make room for another, and is no drift any more.
pub(super) const STALE: i64 = 24 * 60 * 60;

/// What was decided over a name when it was last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The label of the metrics.
    pub verdict: &'static str,
    /// Why.
    pub reason: Reason,
    /// What it is for; a number of the policy in force.
    pub category: CategoryId,
    /// Whether the charter, or octroi itself, knows it.
    pub declared: bool,
    /// The position in the charter of the declaration that named it.
    pub declaration: Option<usize>,
}

impl Decision {
    /// The decision of a judgement.
    pub(super) fn new(direction: Direction, judgement: &Judgement) -> Self {
        let known = matches!(judgement.category, CategoryId::CHOICE | CategoryId::INFRASTRUCTURE);
        Self {
            verdict: verdict_label(direction, judgement.verdict),
            reason: judgement.reason,
            category: judgement.category,
            declared: known || judgement.declaration.is_some(),
            declaration: judgement.declaration,
        }
    }
}

/// What is known of a name in one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sightings {
    /// How often it was seen.
    pub count: u64,
    /// When it was last seen.
    pub last_seen: Option<UnixTime>,
    /// What was decided then; `None` since the charter has changed.
    pub last: Option<Decision>,
    /// When it was last seen undeclared: names that fold into one may be declared or not.
    pub(super) undeclared_at: Option<UnixTime>,
}

impl Sightings {
    fn times(count: u64, decision: Decision, now: UnixTime) -> Self {
        let undeclared_at = (!decision.declared).then_some(now);
        Self { count, last_seen: Some(now), last: Some(decision), undeclared_at }
    }

    /// A clock that was ahead has left moments that are still to come: they count as now.
    fn absorb(&mut self, other: &Self, now: UnixTime) {
        self.last_seen = self.last_seen.map(|at| at.min(now));
        self.undeclared_at = self.undeclared_at.map(|at| at.min(now));
        self.count = self.count.saturating_add(other.count);
        if other.last.is_some() && other.last_seen >= self.last_seen {
            self.last = other.last;
        }
        self.last_seen = self.last_seen.max(other.last_seen);
        self.undeclared_at = self.undeclared_at.max(other.undeclared_at);
    }

    /// Whether it was seen undeclared not long ago.
    pub fn is_undeclared(&self, now: UnixTime) -> bool {
        self.undeclared_at.is_some_and(|at| is_recent(at, now))
    }

    fn forget_decision(&mut self) {
        self.last = None;
        self.undeclared_at = None;
    }
}

/// What is known of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Seen {
    pub first_seen: UnixTime,
    pub request: Sightings,
    pub response: Sightings,
}

/// Who may push whom out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Seen only in requests and not declared: a visitor may have invented it.
    Invented,
    /// Seen only in requests, but declared.
    RequestOnly,
    /// Set by the portal.
    Response,
}

impl Seen {
    /// Seen so many times, and judged in the same way each time.
    pub(super) fn times(count: u64, direction: Direction, decision: Decision, now: UnixTime) -> Self {
        let (mut request, mut response) = (Sightings::default(), Sightings::default());
        match direction {
            Direction::Request => request = Sightings::times(count, decision, now),
            Direction::Response => response = Sightings::times(count, decision, now),
        }
        Self { first_seen: now, request, response }
    }

    /// One direction.
    pub fn direction(&self, direction: Direction) -> &Sightings {
        match direction {
            Direction::Request => &self.request,
            Direction::Response => &self.response,
        }
    }

    /// When it was last seen in either direction.
    pub fn last_seen(&self) -> Option<UnixTime> {
        self.request.last_seen.max(self.response.last_seen)
    }

    /// How often it was seen in both directions.
    fn sightings(&self) -> u64 {
        self.request.count.saturating_add(self.response.count)
    }

    fn absorb(&mut self, other: &Self, now: UnixTime) {
        self.first_seen = self.first_seen.min(other.first_seen);
        self.request.absorb(&other.request, now);
        self.response.absorb(&other.response, now);
    }

    fn rank(&self) -> Rank {
        match self.request.last {
            _ if self.response.count > 0 => Rank::Response,
            Some(decision) if decision.declared => Rank::RequestOnly,
            _ => Rank::Invented,
        }
    }

    fn is_stale(&self, now: UnixTime) -> bool {
        self.last_seen().is_none_or(|seen| !is_recent(seen, now))
    }
}

/// Within a day of now; on either side of it, for the clock may have been set back.
fn is_recent(at: UnixTime, now: UnixTime) -> bool {
    at.plus(STALE) > now && now.plus(STALE) > at
}

/// Names, folded, with what is known of them.
#[derive(Debug, Default)]
pub(super) struct Names {
    seen: HashMap<Box<[u8]>, Seen>,
    ranks: Ranks,
    candidates: HashMap<Box<[u8]>, Seen>,
    /// Sightings of names that are neither listed nor candidates any more.
    forgotten: u64,
    /// No listed name was seen less often, nor gives way to an equal before then: a search in vain is not repeated for each
    /// of a flood of names.
    least: Option<Least>,
}

/// Below what a search for a name that gives way is in vain.
#[derive(Clone, Copy, Debug)]
struct Least {
    sightings: u64,
    stale_at: UnixTime,
}

impl Names {
    /// Adds what was seen of a name: to the list where there is room for it, else to the candidates.
    pub(super) fn absorb(&mut self, name: &[u8], seen: &Seen, now: UnixTime) {
        if let Some(known) = self.seen.get_mut(name) {
            self.ranks.leave(known.rank());
            known.absorb(seen, now);
            self.ranks.enter(known.rank());
            return;
        }
        let mut seen = *seen;
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

    fn list(&mut self, name: Box<[u8]>, seen: Seen) {
        if let Some(least) = &mut self.least {
            least.sightings = least.sightings.min(seen.sightings());
        }
        self.ranks.enter(seen.rank());
        self.seen.insert(name, seen);
    }

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

    /// Takes out the least of those that a newcomer may push out: lower in rank, or its equal, and stale or seen less often.
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

    /// Takes in all that another worker or moment has seen, and leaves it empty; its memory is kept for what comes next.
    pub(super) fn take_in(&mut self, other: &mut Self, now: UnixTime) {
        other.ranks = Ranks::default();
        other.least = None;
        self.forgotten = self.forgotten.saturating_add(std::mem::take(&mut other.forgotten));
        for (name, seen) in other.seen.drain().chain(other.candidates.drain()) {
            self.absorb(&name, &seen, now);
        }
    }

    /// The charter has changed: what its last version said of the names is forgotten.
    pub(super) fn forget_decisions(&mut self) {
        (self.ranks, self.least) = (Ranks::default(), None);
        for seen in self.seen.values_mut().chain(self.candidates.values_mut()) {
            seen.request.forget_decision();
            seen.response.forget_decision();
        }
        self.seen.values().for_each(|seen| self.ranks.enter(seen.rank()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.unlisted() == 0
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], &Seen)> {
        self.seen.iter().map(|(name, seen)| (&**name, seen))
    }
}

/// How many names have each rank.
#[derive(Debug, Default)]
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

    fn have_room(&self, rank: Rank) -> bool {
        let requests = self.invented + self.request_only;
        requests + self.response < MAX_NAMES && (rank == Rank::Response || requests < MAX_REQUEST_ONLY)
    }

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
    use crate::policy::Verdict;

    const NOW: UnixTime = UnixTime(1_795_000_000);

    fn seen(direction: Direction, declared: bool, now: UnixTime) -> Seen {
        let judgement = Judgement {
            verdict: Verdict::Drop,
            reason: Reason::Unsaid,
            category: CategoryId::UNDECLARED,
            declaration: declared.then_some(0),
        };
        Seen::times(1, direction, Decision::new(direction, &judgement), now)
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
    fn a_name_that_is_seen_often_pushes_out_one_that_is_seen_once() {
        let mut names = Names::default();
        flood(&mut names, "invented", 300, &seen(Direction::Request, false, NOW));
        let script = seen(Direction::Request, false, NOW);
        names.absorb(b"written_by_a_script", &script, NOW);
        assert!(!holds(&names, "written_by_a_script"), "once is no more often than the others");
        // Names that come in between, but for too many, do not make it forgotten.
        flood(&mut names, "other", 100, &script);
        names.absorb(b"written_by_a_script", &script, NOW);
        assert_eq!(names.seen[&b"written_by_a_script"[..]].request.count, 2);
        assert_eq!((names.seen.len(), names.unlisted()), (256, 300 + 100 - 255));
        flood(&mut names, "invented", 300, &script);
        assert!(holds(&names, "written_by_a_script"));
    }

    #[test]
    fn candidates_are_as_bounded_as_names() {
        let mut names = Names::default();
        flood(&mut names, "invented", 100_000, &seen(Direction::Request, false, NOW));
        assert!(names.seen.len() == 256 && names.candidates.len() <= MAX_CANDIDATES);
        assert_eq!(names.unlisted(), 100_000 - 256);
    }

    #[test]
    fn a_declared_name_pushes_an_invented_one_out() {
        let mut names = Names::default();
        flood(&mut names, "invented", 300, &seen(Direction::Request, false, NOW));
        names.absorb(b"_pk_id.*", &seen(Direction::Request, true, NOW), NOW);
        assert!(holds(&names, "_pk_id.*"));
        assert_eq!(names.seen.len(), 256);
    }

    #[test]
    fn yesterdays_flood_does_not_blind_for_ever() {
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
        let known = names.seen[&b"a"[..]];
        assert_eq!((known.request.count, known.response.count), (1, 1));
        assert_eq!((known.first_seen, known.last_seen()), (NOW, Some(NOW.plus(5))));
        assert_eq!(known.request.last.unwrap().verdict, "strip");
        assert_eq!(known.response.last.unwrap().verdict, "drop");
        flood(&mut names, "invented", 300, &seen(Direction::Request, false, NOW));
        assert_eq!(names.seen.len(), 257);
    }

    #[test]
    fn a_new_charter_forgets_decisions_but_not_names() {
        let mut names = Names::default();
        names.absorb(b"a", &seen(Direction::Response, false, NOW), NOW);
        assert!(names.seen[&b"a"[..]].response.is_undeclared(NOW));
        names.forget_decisions();
        assert!(!names.seen[&b"a"[..]].response.is_undeclared(NOW));
        assert_eq!(names.seen[&b"a"[..]].response.last, None);
    }

    #[test]
    fn drift_is_forgotten_after_a_day() {
        let undeclared = seen(Direction::Response, false, NOW).response;
        assert!(undeclared.is_undeclared(NOW.plus(STALE - 1)));
        assert!(!undeclared.is_undeclared(NOW.plus(STALE)));
        assert!(!seen(Direction::Response, true, NOW).response.is_undeclared(NOW));
    }

    #[test]
    fn a_clock_that_was_a_year_ahead_blinds_nobody() {
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
