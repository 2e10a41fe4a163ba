//! The record of the run: requests and answers, disturbances and their times, and failures.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use super::charters::Charter;

/// So many failures are shown before the run gives up.
const MOST_FAILURES: usize = 5;
/// A request that octroi may not send twice can meet a connection whose end octroi has not seen yet.
const UNNOTICED: Duration = Duration::from_secs(2);
/// Stops that ended longer ago than any request takes are forgotten.
const REMEMBERED_DEATHS: usize = 64;

/// What a run is made of.
const EVERYTHING: [&str; 12] = [
    "visit", "download", "cut", "upload", "tunnel", "abort", "malformed", "endpoint stops", "charters changed",
    "faulty charters", "certificates changed", "log rotations",
];

/// Shared by all tasks of a run.
pub(crate) struct Ledger(Mutex<Book>);

pub(crate) struct Book {
    /// By kind: exchanges that came out as they must.
    pub(crate) fine: BTreeMap<&'static str, u64>,
    /// By kind: those that a dying endpoint excused.
    pub(crate) disturbed: BTreeMap<&'static str, u64>,
    /// By kind of disturbance.
    pub(crate) incidents: BTreeMap<&'static str, u64>,
    /// Answers that visitors saw, by the metrics' class.
    pub(crate) classes: BTreeMap<String, u64>,
    /// Cookies that were judged, by direction and whether they passed.
    pub(crate) cookies: BTreeMap<(&'static str, bool), u64>,
    /// Requests whose class, and cookies whose verdict, no visitor saw.
    pub(crate) unseen: u64,
    pub(crate) cookies_unseen: u64,
    /// The exchange that took longest, and its target.
    pub(crate) slowest: (Duration, String),
    pub(crate) failures: usize,
    posts: HashSet<u64>,
    /// When each was over; `None` while it goes on.
    deaths: VecDeque<Option<Instant>>,
    charter: Charter,
    /// Odd while a charter is being changed.
    epoch: u64,
    last_id: u64,
}

/// What held when a request began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begun {
    pub(crate) at: Instant,
    epoch: u64,
    charter: Charter,
}

impl Ledger {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Book {
            fine: BTreeMap::new(),
            disturbed: BTreeMap::new(),
            incidents: BTreeMap::new(),
            classes: BTreeMap::new(),
            cookies: BTreeMap::new(),
            unseen: 0,
            cookies_unseen: 0,
            slowest: (Duration::ZERO, String::new()),
            failures: 0,
            posts: HashSet::new(),
            deaths: VecDeque::new(),
            charter: Charter::Heads,
            epoch: 0,
            last_id: 0,
        }))
    }

    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap()
    }

    /// A number that no other request has.
    pub(crate) fn next_id(&self) -> u64 {
        let mut book = self.book();
        book.last_id += 1;
        book.last_id
    }

    /// Writes a failure down at once: what happens later cannot hide it.
    pub(crate) fn fail(&self, what: &str) {
        self.book().failures += 1;
        eprintln!("FAILURE: {what}");
    }

    pub(crate) fn is_hopeless(&self) -> bool {
        self.book().failures >= MOST_FAILURES
    }

    /// A request that must come once has come.
    pub(crate) fn posted(&self, id: u64) {
        if !self.book().posts.insert(id) {
            self.fail(&format!("request {id} is a POST and reached the portal twice"));
        }
    }

    pub(crate) fn count_incident(&self, what: &'static str) {
        *self.book().incidents.entry(what).or_default() += 1;
    }

    pub(crate) fn death_begins(&self) {
        let mut book = self.book();
        book.deaths.push_back(None);
        if book.deaths.len() > REMEMBERED_DEATHS {
            book.deaths.pop_front();
        }
    }

    pub(crate) fn death_is_over(&self) {
        if let Some(last) = self.book().deaths.back_mut() {
            *last = Some(Instant::now());
        }
    }

    /// Whether an endpoint's stop excuses what became of a request: its connections ended while it was under way.
    pub(crate) fn excuses(&self, begun: Begun, replayable: bool) -> bool {
        let grace = if replayable { Duration::ZERO } else { UNNOTICED };
        let meets = |over: &Option<Instant>| over.is_none_or(|over| over + grace >= begun.at);
        self.book().deaths.iter().any(meets)
    }

    pub(crate) fn charter_changes(&self) {
        self.book().epoch += 1;
    }

    pub(crate) fn charter_is(&self, charter: Charter) {
        let mut book = self.book();
        book.charter = charter;
        book.epoch += 1;
    }

    pub(crate) fn begin(&self) -> Begun {
        let book = self.book();
        Begun { at: Instant::now(), epoch: book.epoch, charter: book.charter }
    }

    /// The charters by which a request that ends now may have been judged: one, unless it was changed meanwhile.
    pub(crate) fn charters(&self, begun: Begun) -> Vec<Charter> {
        let book = self.book();
        let one = begun.epoch == book.epoch && begun.epoch.is_multiple_of(2);
        if one { vec![begun.charter] } else { vec![begun.charter, begun.charter.other()] }
    }
}

impl Book {
    /// What has not happened yet.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let happened = |what: &&str| self.fine.contains_key(*what) || self.incidents.contains_key(*what);
        EVERYTHING.into_iter().filter(|what| !happened(what)).collect()
    }

    pub(crate) fn count(&self) -> u64 {
        self.fine.values().sum::<u64>() + self.disturbed.values().sum::<u64>()
    }
}
