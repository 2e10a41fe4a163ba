//! Pages by third party: whether the browser was told that it may ask, one counter for each end; and what became of those
//! that were to be rewritten.
//!
//! As with cookies, report-only counts what enforcing would have done.

use std::collections::BTreeMap;
use std::time::Duration;

use super::families::Families;
use super::histogram::Histogram;
use super::labels::{Label, PageRewrite, ReportResult, Table};
use super::sharded::{Counter, CounterVec};
use crate::party::{Decision, Parties};
use crate::policy::{Enforcement, Policy};

/// The label of all who are not declared.
const UNDECLARED: &str = "undeclared";

/// The counters of one site's third parties, in the order of its charter; those who are not declared come last.
#[derive(Debug)]
pub(super) struct PartyCounters {
    parties: Box<[Ends]>,
    /// Requests for paths of the site, by the index of their party.
    requests: BTreeMap<usize, Ends>,
    rewrites: Table<PageRewrite, Counter>,
    rewrite_seconds: Histogram,
    reports: Table<ReportResult, Counter>,
}

#[derive(Debug)]
struct Ends {
    passed: Counter,
    held: Counter,
}

impl Ends {
    fn resolve(family: &CounterVec, site: &str, party: &str, enforcement: Enforcement) -> Self {
        let counter = |verdict| family.with_label_values(&[site, party, verdict, enforcement.as_str()]);
        Self { passed: counter("pass"), held: counter("hold") }
    }

    fn count(&self, is_held: bool) {
        if is_held { self.held.inc() } else { self.passed.inc() }
    }
}

impl PartyCounters {
    /// The counters of a charter that begins: series of parties that are not in it any more stay as they were, until
    /// the process ends.
    pub(super) fn resolve(
        families: &Families,
        site: &str,
        parties: &Parties,
        policy: &Policy,
        enforcement: Enforcement,
    ) -> Self {
        let ids = parties.ids().chain([UNDECLARED]);
        let ends = ids
            .zip(parties.enforcements(policy, enforcement))
            .map(|(id, enforcement)| Ends::resolve(&families.third_parties, site, id, enforcement));
        let requests = parties.with_paths(policy, enforcement).map(|(index, id, enforcement)| {
            (index, Ends::resolve(&families.third_party_requests, site, id, enforcement))
        });
        let rewrites = |result: PageRewrite| families.page_rewrites.with_label_values(&[site, result.as_str()]);
        let reports = |result: ReportResult| families.third_party_reports.with_label_values(&[site, result.as_str()]);
        Self {
            parties: ends.collect(),
            requests: requests.collect(),
            rewrites: Table::new(rewrites),
            rewrite_seconds: families.page_rewrite_seconds.of_site(site),
            reports: Table::new(reports),
        }
    }

    /// Counts a page that was to be rewritten.
    pub(super) fn rewrite(&self, result: PageRewrite) {
        if let Some(counter) = self.rewrites.get(result) {
            counter.inc();
        }
    }

    /// Notes how long a page was worked on.
    pub(super) fn rewrite_time(&self, duration: Duration) {
        self.rewrite_seconds.observe(duration);
    }

    /// Counts a page by what was decided of each party.
    pub(super) fn count(&self, parties: &Parties, decision: Decision) {
        for (party, ends) in self.parties.iter().enumerate() {
            ends.count(parties.is_held_by(decision, party));
        }
    }

    /// Counts a request for a path of the party with this index.
    pub(super) fn count_request(&self, party: usize, is_held: bool) {
        if let Some(ends) = self.requests.get(&party) {
            ends.count(is_held);
        }
    }

    /// Counts a browser's report.
    pub(super) fn count_report(&self, result: ReportResult) {
        if let Some(counter) = self.reports.get(result) {
            counter.inc();
        }
    }
}
