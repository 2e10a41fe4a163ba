//! One worker's part of the inventory: no lock, and no allocation for a name that it knows.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use super::Inventory;
use super::names::{Decision, Names, Seen};
use crate::cookie::{MAX_FOLDED_NAME, UnixTime, fold};
use crate::policy::{CategoryId, Direction, Judgement};

/// One worker's part of the inventory.
#[derive(Debug)]
pub struct Recorder {
    inventory: Inventory,
    part: RefCell<Part>,
    /// Set at each merge: exact to the second or so, and nobody asks the clock for each cookie.
    now: Cell<UnixTime>,
}

#[derive(Debug)]
struct Part {
    sites: HashMap<Arc<str>, Names>,
    folded: Vec<u8>,
}

impl Recorder {
    pub(super) fn new(inventory: Inventory) -> Self {
        let part = Part { sites: HashMap::new(), folded: Vec::with_capacity(MAX_FOLDED_NAME) };
        Self { inventory, part: RefCell::new(part), now: Cell::new(SystemTime::now().into()) }
    }

    /// Notes that a name was seen so many times in one direction, judged in the same way each time. What is no cookie has
    /// no name, and might be somebody's value.
    pub fn saw(&self, site: &Arc<str>, direction: Direction, name: &[u8], judgement: &Judgement, count: u64) {
        if judgement.category == CategoryId::UNREADABLE {
            return;
        }
        // What is longer is cut off in any case.
        let name = name.get(..=MAX_FOLDED_NAME).unwrap_or(name);
        let now = self.now.get();
        let seen = Seen::times(count, direction, Decision::new(direction, judgement), now);
        let Part { sites, folded } = &mut *self.part.borrow_mut();
        fold(name).write(folded);
        match sites.get_mut(&**site) {
            Some(names) => names.absorb(folded, &seen, now),
            None => sites.entry(Arc::clone(site)).or_default().absorb(folded, &seen, now),
        }
    }

    /// Merges what was noted into the process's inventory. The worker calls it once a second.
    pub fn merge(&self) {
        self.merge_at(SystemTime::now().into());
    }

    fn merge_at(&self, now: UnixTime) {
        self.now.set(now);
        let mut part = self.part.borrow_mut();
        if part.sites.values().all(Names::is_empty) {
            return;
        }
        let mut inventory = self.inventory.lock();
        for (site, names) in &mut part.sites {
            inventory.entry(Arc::clone(site)).or_default().names.take_in(names, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Reason, Verdict};

    const NOW: UnixTime = UnixTime(1_795_000_000);

    fn judgement(declared: bool) -> Judgement {
        Judgement {
            verdict: Verdict::Drop,
            reason: Reason::Unsaid,
            category: CategoryId::UNDECLARED,
            declaration: declared.then_some(3),
        }
    }

    fn names(inventory: &Inventory) -> Vec<(String, u64, u64)> {
        let snapshot = inventory.snapshot("a.fr");
        snapshot.names.into_iter().map(|(name, seen)| (name, seen.request.count, seen.response.count)).collect()
    }

    #[test]
    fn workers_meet_in_one_inventory() {
        let inventory = Inventory::default();
        let site: Arc<str> = "a.fr".into();
        let (one, other) = (inventory.recorder(), inventory.recorder());
        one.saw(&site, Direction::Request, b"_pk_id.1.1fff", &judgement(true), 1);
        one.saw(&site, Direction::Request, b"_pk_id.2.2eee", &judgement(true), 1);
        other.saw(&site, Direction::Response, b"_pk_id.3.3ddd", &judgement(true), 1);
        other.saw(&site, Direction::Response, b"caf\xe9", &judgement(false), 1);
        assert!(names(&inventory).is_empty(), "nothing is shared before the merge");
        one.merge_at(NOW);
        other.merge_at(NOW);
        one.merge_at(NOW);
        assert_eq!(names(&inventory), [("_pk_id.*".to_owned(), 2, 1), ("caf\\xE9".to_owned(), 0, 1)]);
    }

    #[test]
    fn every_sighting_counts_whatever_comes_between() {
        let inventory = Inventory::default();
        let recorder = inventory.recorder();
        for _ in 0..2 {
            // A reload gives the site another address.
            let site: Arc<str> = "a.fr".into();
            for direction in [Direction::Request, Direction::Response, Direction::Request] {
                recorder.saw(&site, direction, b"a", &judgement(true), 1);
                recorder.saw(&site, direction, b"a", &judgement(false), 1);
                recorder.saw(&site, direction, b"a", &judgement(false), 1);
                recorder.saw(&"b.fr".into(), direction, b"a", &judgement(false), 1);
            }
            for direction in Direction::ALL {
                recorder.saw(&site, direction, b"b", &judgement(true), 1);
            }
            recorder.merge_at(NOW);
        }
        assert_eq!(names(&inventory), [("a".to_owned(), 12, 6), ("b".to_owned(), 2, 2)]);
    }

    #[test]
    fn sightings_carry_the_time_of_the_last_merge() {
        let inventory = Inventory::default();
        let recorder = inventory.recorder();
        recorder.merge_at(NOW);
        recorder.saw(&"a.fr".into(), Direction::Response, b"a", &judgement(false), 1);
        recorder.merge_at(NOW.plus(1));
        recorder.saw(&"a.fr".into(), Direction::Response, b"a", &judgement(false), 1);
        recorder.merge_at(NOW.plus(2));
        let snapshot = inventory.snapshot("a.fr");
        let seen = snapshot.names[0].1;
        assert_eq!((seen.first_seen, seen.last_seen()), (NOW, Some(NOW.plus(1))));
    }

    #[test]
    fn what_is_no_cookie_is_not_noted() {
        let inventory = Inventory::default();
        let recorder = inventory.recorder();
        let unreadable = Judgement { category: CategoryId::UNREADABLE, ..judgement(false) };
        recorder.saw(&"a.fr".into(), Direction::Request, b"perhaps a value", &unreadable, 1);
        recorder.merge_at(NOW);
        assert!(names(&inventory).is_empty());
    }

    #[test]
    fn undeclared_names_are_counted_until_the_charter_changes() {
        let inventory = Inventory::default();
        let (site, recorder): (Arc<str>, _) = ("a.fr".into(), inventory.recorder());
        recorder.merge_at(NOW);
        inventory.judged_by(&site, &"1".into());
        recorder.saw(&site, Direction::Response, b"a", &judgement(false), 1);
        recorder.saw(&site, Direction::Response, b"b", &judgement(true), 1);
        recorder.saw(&site, Direction::Request, b"c", &judgement(false), 1);
        recorder.merge_at(NOW);
        inventory.judged_by(&site, &"1".into());
        assert_eq!(Direction::ALL.map(|direction| inventory.undeclared("a.fr", direction, NOW)), [1, 1]);
        inventory.judged_by(&site, &"2".into());
        assert_eq!(Direction::ALL.map(|direction| inventory.undeclared("a.fr", direction, NOW)), [0, 0]);
        assert_eq!(names(&inventory).len(), 3);
    }

    #[test]
    fn a_name_is_cut_off_before_its_variable_ending_is() {
        let inventory = Inventory::default();
        let recorder = inventory.recorder();
        for digit in ["1", "2"] {
            let name = format!("id.{}z!", digit.repeat(130));
            recorder.saw(&"a.fr".into(), Direction::Response, name.as_bytes(), &judgement(true), 1);
        }
        recorder.merge_at(NOW);
        assert_eq!(names(&inventory), [("id.*".to_owned(), 0, 2)]);
    }

    #[test]
    fn a_flood_between_two_merges_is_bounded() {
        let inventory = Inventory::default();
        let recorder = inventory.recorder();
        for index in 0..100_000_u32 {
            let name: String = format!("{index:x}").chars().map(|digit| char::from(b'g' + digit as u8 % 16)).collect();
            recorder.saw(&"a.fr".into(), Direction::Request, name.as_bytes(), &judgement(false), 1);
        }
        recorder.merge_at(NOW);
        let snapshot = inventory.snapshot("a.fr");
        assert_eq!(snapshot.names.len(), 256);
        let listed: u64 = snapshot.names.iter().map(|(_, seen)| seen.request.count).sum();
        assert_eq!(listed + snapshot.unlisted, 100_000);
    }
}
