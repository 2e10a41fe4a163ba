//! The gate: judges the cookies of one message. It takes cookie lines, and returns what to send, what to delete and what to
//! count.
//!
//! [`Gate::request`] judges the `Cookie` field of a request, [`Gate::response`] the `Set-Cookie` lines of its response.
//! Each returns one outcome, for sending and for counting alike: what is counted is what is sent. Report-only is applied here,
//! after the verdict ([`crate::policy::Policy::judge`] does not know of it).
//!
//! The gate uses bytes and the core's types, and neither sockets nor HTTP libraries. So the proxy, `octroi explain` and the
//! fuzz targets use the same gate. Time and randomness are arguments.
//!
//! A request is handled in `request`, `visitor` and `verdict_cache`; a response in `response`, `verdict_cache`, `deletions` and
//! `observed_paths`. The caches change no outcome and can be switched off ([`Caching`]).

mod cookie_header_cache;
mod counts;
mod deletion_way;
mod deletions;
mod observed_paths;
mod page_path;
mod portal_domain;
mod request;
mod response;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod verdict_cache;
mod visitor;

use std::cell::RefCell;
use std::sync::Arc;

use bytes::Bytes;

pub use counts::VerdictCount;
pub use request::{JudgedPair, RequestOutcome, RequestView};
pub use response::{JudgedLine, ResponseOutcome, ResponseView};
pub use visitor::{Visitor, says_gpc};

use crate::cookie::{Pair, UnixTime};
use crate::inventory::Recorder;
use crate::party::Report;
use crate::snapshot::Site;
use cookie_header_cache::CookieHeaderCache;
use observed_paths::ObservedPaths;
use verdict_cache::{Scope, VerdictCache};

/// The fields of a head, as the caller holds them.
pub trait Fields {
    /// The values of all lines of the field of this name, which is in lower case.
    fn values<'a>(&'a self, name: &'static str) -> impl Iterator<Item = &'a [u8]>;

    /// How many field lines there are.
    fn count(&self) -> usize;

    /// Whether `Accept` names `text/html` itself (RFC 9110 §12.5.1); `*/*` does not.
    fn accept_html(&self) -> bool;
}

/// How a field value is sent on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// It is sent byte for byte.
    Unchanged,
    /// This one is sent in its place.
    Rewritten(Bytes),
    /// It is not sent.
    Nothing,
}

/// Whether verdicts are cached. Outcomes are the same either way; without, each message costs more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caching {
    /// As the proxy does.
    On,
    /// Each cookie is judged anew.
    Off,
}

/// One worker's gate: its caches of verdicts, the paths for which the portal set cookies, its part of the inventory.
/// For one thread; its `RefCell`s are borrowed only during one call.
pub struct Gate {
    caches: RefCell<Caches>,
    observed_paths: RefCell<ObservedPaths>,
    inventory: Recorder,
}

struct Caches {
    verdicts: VerdictCache,
    cookie_headers: CookieHeaderCache,
}

impl Gate {
    /// A gate that notes the names it sees in this part of the inventory.
    pub fn new(inventory: Recorder, caching: Caching) -> Self {
        let caches = Caches { verdicts: VerdictCache::new(caching), cookie_headers: CookieHeaderCache::new(caching) };
        Self { caches: RefCell::new(caches), observed_paths: RefCell::default(), inventory }
    }

    /// Judges the cookies of a request at this moment. The outcome also holds what the response is judged by.
    ///
    /// The outcome holds the counts, and the caller adds them to the metrics. Names are in the inventory after the next
    /// [`Gate::tick`].
    pub fn request<F: Fields>(&self, site: &Arc<Site>, request: &RequestView<'_, F>, now: UnixTime) -> RequestOutcome {
        request::judge(&mut self.caches.borrow_mut(), &self.inventory, site, request, now)
    }

    /// Notes in its part of the inventory a third party that a page of the site would ask, as a browser reported.
    pub fn note_report(&self, site: &Site, report: &Report) {
        self.inventory.reported(&site.name, report);
    }

    /// Judges one pair of this visitor's `Cookie` field alone.
    pub fn pair(&self, site: &Arc<Site>, visitor: &Visitor, pair: &Pair<'_>, now: UnixTime) -> JudgedPair {
        let scope = Scope { site, consent: visitor.consent, strip_all: false };
        request::judge_pair(pair, &mut self.caches.borrow_mut().verdicts.policy(scope, b"", now, &self.inventory))
    }

    /// Judges the cookies of a response, the portal's or octroi's own. `request` is the outcome of its request.
    ///
    /// `now` is the same as the request's, so that both are judged alike, however long the portal took. In report-only
    /// every line is sent unchanged, and the counts are those of `enforce`.
    pub fn response<'a, F: Fields, L: Iterator<Item = &'a [u8]> + Clone>(
        &self,
        site: &Arc<Site>,
        request: &RequestOutcome,
        response: &ResponseView<'a, F, L>,
        now: UnixTime,
    ) -> ResponseOutcome {
        let mut outcome = response::judge(self, site, request, response, now);
        if let Some(way) = request.deletion_way {
            let leaving = outcome.lines.iter().filter(|line| line.leaving != Leaving::Nothing).count();
            let fields = response.fields.count() + leaving;
            outcome.deletions = request.deletions(way, site, response, fields, &self.observed_paths.borrow());
            outcome.is_private |= !outcome.deletions.is_empty();
        }
        outcome
    }

    /// Clears the caches, because their policies may have been replaced, and merges the names that were seen into the
    /// inventory. The worker calls it once a second.
    pub fn tick(&self) {
        self.caches.borrow_mut().clear(&self.inventory);
        self.inventory.merge();
    }
}

/// Tells the inventory the last names, so that they are not lost with the worker.
impl Drop for Gate {
    fn drop(&mut self) {
        self.caches.get_mut().clear(&self.inventory);
    }
}

impl Caches {
    fn clear(&mut self, inventory: &Recorder) {
        self.cookie_headers.clear(inventory);
        self.verdicts.clear(inventory);
    }
}
