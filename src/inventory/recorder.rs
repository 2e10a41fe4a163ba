//! One worker's part of the inventory, without a lock, and without allocations for a known name.
//!
//! The gate of each worker owns one. It is merged into the [`Inventory`] once a second.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use super::hosts::{Hosts, ReportedHost};
use super::names::Names;
use super::seen::{Decision, Seen, Sightings};
use super::sites::Sites;
use super::{Inventory, SeenAttributes};
use crate::cookie::{FoldedPath, MAX_FOLDED_NAME, UnixTime, fold};
use crate::party::Report;
use crate::policy::{CategoryId, Direction, Judgement};

/// One worker's part of the inventory.
#[derive(Debug)]
pub struct Recorder {
    inventory: Inventory,
    part: RefCell<Part>,
    /// The time of the last merge: exact to about a second, without reading the clock for each cookie.
    now: Cell<UnixTime>,
}

/// Cookies of one name and direction with the same judgement.
#[derive(Clone, Copy, Debug)]
pub struct Sighting<'a> {
    /// The site's name in the configuration.
    pub site: &'a Arc<str>,
    /// The hash of the charter by which they were judged.
    pub charter_hash: &'a Arc<str>,
    /// Whether requests or responses had them.
    pub direction: Direction,
    /// The name as it was received, not folded yet.
    pub name: &'a [u8],
    /// The judgement on each of them.
    pub judgement: &'a Judgement,
    /// How many there were.
    pub count: u64,
    /// The path of a page that they came with, if it was recorded.
    pub path: Option<&'a FoldedPath>,
    /// The attributes of their lines.
    pub attributes: Option<&'a SeenAttributes>,
}

#[derive(Debug)]
struct Part {
    /// By the site's name.
    sites: HashMap<Arc<str>, Vec<ByCharter>>,
    /// Reported hosts, which no charter judges.
    hosts: HashMap<Arc<str>, Hosts>,
    /// A buffer for the folded name.
    folded: Vec<u8>,
}

/// The names that were judged by one charter. Requests that began before a reload are still judged by the charter before it.
#[derive(Debug)]
struct ByCharter {
    hash: Arc<str>,
    names: Names,
}

impl Recorder {
    /// A recorder for one worker. Nothing in it is shared until [`Recorder::merge`].
    pub(super) fn new(inventory: Inventory) -> Self {
        let part = Part { sites: HashMap::new(), hosts: HashMap::new(), folded: Vec::with_capacity(MAX_FOLDED_NAME) };
        Self { inventory, part: RefCell::new(part), now: Cell::new(SystemTime::now().into()) }
    }

    /// Records a sighting. An unreadable line or pair is not recorded: it has no name, and its text may be a value.
    pub fn saw(&self, sighting: &Sighting<'_>) {
        let Sighting { site, charter_hash, direction, name, judgement, count, path, attributes } = *sighting;
        if judgement.category == CategoryId::UNREADABLE {
            return;
        }
        // Folding cuts a longer name in any case.
        let name = name.get(..=MAX_FOLDED_NAME).unwrap_or(name);
        let now = self.now.get();
        let sightings = Sightings::times(count, judgement.verdict, Decision::new(direction, judgement), now);
        let mut seen = Seen::once(direction, sightings, now);
        seen.attributes = attributes.cloned().unwrap_or_default();
        seen.example_path = path.cloned();
        let Part { sites, folded, .. } = &mut *self.part.borrow_mut();
        fold(name).write(folded);
        let parts = match sites.get_mut(&**site) {
            Some(parts) => parts,
            None => sites.entry(Arc::clone(site)).or_default(),
        };
        if let Some(names) = names_of(parts, charter_hash) {
            names.absorb(folded, &seen, now);
        }
    }

    /// Records a browser's report of a page of the site.
    pub fn reported(&self, site: &Arc<str>, report: &Report) {
        let now = self.now.get();
        let hosts = &mut self.part.borrow_mut().hosts;
        let hosts = hosts.entry(Arc::clone(site)).or_default();
        hosts.absorb(&report.host, &ReportedHost::once(report.directive, now), now);
    }

    /// Merges the records into the process's inventory. The worker calls it once a second. If another thread holds the lock, the
    /// next call merges them, so that a worker never waits.
    pub fn merge(&self) {
        self.merge_at(SystemTime::now().into());
    }

    /// Records from now on have the time `now`, so they are exact to the interval of the calls: a second.
    pub(super) fn merge_at(&self, now: UnixTime) {
        self.now.set(now);
        let part = &mut *self.part.borrow_mut();
        if part.is_empty() {
            return;
        }
        if let Some(mut inventory) = self.inventory.try_lock() {
            part.hand_over(&mut inventory, now);
        }
    }
}

/// Merges the last names, so that they are not lost with the worker.
impl Drop for Recorder {
    fn drop(&mut self) {
        let part = self.part.get_mut();
        if !part.is_empty() {
            part.hand_over(&mut self.inventory.lock(), self.now.get());
        }
    }
}

impl Part {
    fn is_empty(&self) -> bool {
        self.hosts.is_empty() && self.sites.values().flatten().all(|part| part.names.is_empty())
    }

    fn hand_over(&mut self, inventory: &mut Sites, now: UnixTime) {
        for (site, hosts) in self.hosts.drain() {
            inventory.take_in_hosts(&site, &hosts, now);
        }
        for (site, parts) in &mut self.sites {
            for ByCharter { hash, names } in parts.iter_mut() {
                inventory.take_in(site, hash, names, now);
            }
            // The last part keeps its memory for the next names. The others are of charters no longer in force.
            parts.drain(..parts.len().saturating_sub(1));
        }
    }
}

/// The names of a charter, which become the last part: the next sighting is most likely of the same charter.
fn names_of<'a>(parts: &'a mut Vec<ByCharter>, hash: &Arc<str>) -> Option<&'a mut Names> {
    let is_it = |part: &ByCharter| Arc::ptr_eq(&part.hash, hash) || part.hash == *hash;
    if !parts.last().is_some_and(is_it) {
        let known = parts.iter().position(is_it).map(|index| parts.remove(index));
        parts.push(known.unwrap_or_else(|| ByCharter { hash: Arc::clone(hash), names: Names::default() }));
    }
    parts.last_mut().map(|part| &mut part.names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::CharterInForce;
    use crate::inventory::testing::in_force;
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

    fn saw(recorder: &Recorder, site: &Arc<str>, direction: Direction, name: &[u8], judgement: &Judgement) {
        let (charter_hash, count) = (&"1".into(), 1);
        let sighting = Sighting { site, charter_hash, direction, name, judgement, count, path: None, attributes: None };
        recorder.saw(&sighting);
    }

    fn names(inventory: &Inventory) -> Vec<(String, u64, u64)> {
        let snapshot = inventory.snapshot("a.fr");
        snapshot.names.into_iter().map(|(name, seen)| (name, seen.request.count(), seen.response.count())).collect()
    }

    #[test]
    fn workers_share_one_inventory() {
        let inventory = Inventory::default();
        let site: Arc<str> = "a.fr".into();
        let (one, other) = (inventory.recorder(), inventory.recorder());
        saw(&one, &site, Direction::Request, b"_pk_id.1.1fff", &judgement(true));
        saw(&one, &site, Direction::Request, b"_pk_id.2.2eee", &judgement(true));
        saw(&other, &site, Direction::Response, b"_pk_id.3.3ddd", &judgement(true));
        saw(&other, &site, Direction::Response, b"caf\xe9", &judgement(false));
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
                saw(&recorder, &site, direction, b"a", &judgement(true));
                saw(&recorder, &site, direction, b"a", &judgement(false));
                saw(&recorder, &site, direction, b"a", &judgement(false));
                saw(&recorder, &"b.fr".into(), direction, b"a", &judgement(false));
            }
            for direction in Direction::ALL {
                saw(&recorder, &site, direction, b"b", &judgement(true));
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
        saw(&recorder, &"a.fr".into(), Direction::Response, b"a", &judgement(false));
        recorder.merge_at(NOW.plus(1));
        saw(&recorder, &"a.fr".into(), Direction::Response, b"a", &judgement(false));
        recorder.merge_at(NOW.plus(2));
        let snapshot = inventory.snapshot("a.fr");
        let seen = &snapshot.names[0].1;
        assert_eq!((seen.first_seen, seen.last_seen()), (NOW, Some(NOW.plus(1))));
    }

    #[test]
    fn an_unreadable_cookie_is_not_recorded() {
        let inventory = Inventory::default();
        let recorder = inventory.recorder();
        let unreadable = Judgement { category: CategoryId::UNREADABLE, ..judgement(false) };
        saw(&recorder, &"a.fr".into(), Direction::Request, b"perhaps a value", &unreadable);
        recorder.merge_at(NOW);
        assert!(names(&inventory).is_empty());
    }

    #[test]
    fn decisions_of_the_last_charter_do_not_count_after_a_reload() {
        let inventory = Inventory::default();
        let (site, recorder): (Arc<str>, _) = ("a.fr".into(), inventory.recorder());
        inventory.put_in_force(&site, in_force(""));
        saw(&recorder, &site, Direction::Response, b"a", &judgement(false));
        let next =
            CharterInForce { hash: "2".into(), ..in_force("[[cookie]]\nname = \"a\"\ncategory = \"necessary\"\n") };
        inventory.put_in_force(&site, next);
        // A worker may merge names that it judged by the last charter, and a long request is still judged by it.
        for count in 1..=2 {
            recorder.merge();
            let seen = &inventory.snapshot("a.fr").names[0].1;
            let now = seen.last_seen().unwrap();
            assert_eq!((seen.response.count(), seen.response.last.unwrap().verdict), (count, "pass"));
            assert_eq!(inventory.undeclared("a.fr", Direction::Response, now), 0);
            saw(&recorder, &site, Direction::Response, b"a", &judgement(false));
        }
    }

    #[test]
    fn a_dropped_recorder_merges_its_names() {
        let inventory = Inventory::default();
        let recorder = inventory.recorder();
        saw(&recorder, &"a.fr".into(), Direction::Request, b"a", &judgement(false));
        let busy = inventory.lock();
        recorder.merge();
        drop(busy);
        assert!(names(&inventory).is_empty(), "a merge does not wait for the lock");
        drop(recorder);
        assert_eq!(names(&inventory).len(), 1);
    }

    #[test]
    fn a_long_name_is_cut_and_then_folded() {
        let inventory = Inventory::default();
        let recorder = inventory.recorder();
        for digit in ["1", "2"] {
            let name = format!("id.{}z!", digit.repeat(130));
            saw(&recorder, &"a.fr".into(), Direction::Response, name.as_bytes(), &judgement(true));
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
            saw(&recorder, &"a.fr".into(), Direction::Request, name.as_bytes(), &judgement(false));
        }
        recorder.merge_at(NOW);
        let snapshot = inventory.snapshot("a.fr");
        assert_eq!(snapshot.names.len(), 256);
        let listed: u64 = snapshot.names.iter().map(|(_, seen)| seen.request.count()).sum();
        assert_eq!(listed + snapshot.unlisted, 100_000);
    }
}
