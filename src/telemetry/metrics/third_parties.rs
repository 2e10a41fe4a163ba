//! Pages by third party: whether the browser was told that it may ask, one counter for each end; and what became of those
//! that were to be rewritten.
//!
//! As with cookies, report-only counts what enforcing would have done.

use super::families::Families;
use super::labels::{Label, PageRewrite, ReportResult, Table};
use super::sharded::Counter;
use crate::party::{Decision, Parties};
use crate::policy::{Enforcement, Policy};

/// The label of all who are not declared.
const UNDECLARED: &str = "undeclared";

/// The counters of one site's third parties, in the order of its charter; those who are not declared come last.
#[derive(Debug)]
pub(super) struct PartyCounters {
    parties: Box<[Ends]>,
    rewrites: Table<PageRewrite, Counter>,
    reports: Table<ReportResult, Counter>,
}

#[derive(Debug)]
struct Ends {
    passed: Counter,
    held: Counter,
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
        let ends = ids.zip(parties.enforcements(policy, enforcement)).map(|(id, enforcement)| {
            let counter =
                |verdict| families.third_parties.with_label_values(&[site, id, verdict, enforcement.as_str()]);
            Ends { passed: counter("pass"), held: counter("hold") }
        });
        let rewrites = |result: PageRewrite| families.page_rewrites.with_label_values(&[site, result.as_str()]);
        let reports = |result: ReportResult| families.third_party_reports.with_label_values(&[site, result.as_str()]);
        Self { parties: ends.collect(), rewrites: Table::new(rewrites), reports: Table::new(reports) }
    }

    /// Counts a page that was to be rewritten.
    pub(super) fn rewrite(&self, result: PageRewrite) {
        if let Some(counter) = self.rewrites.get(result) {
            counter.inc();
        }
    }

    /// Counts a page by what was decided of each party.
    pub(super) fn count(&self, parties: &Parties, decision: Decision) {
        for (ends, held) in self.parties.iter().zip(parties.held_by(decision)) {
            if held { ends.held.inc() } else { ends.passed.inc() }
        }
    }

    /// Counts a browser's report.
    pub(super) fn count_report(&self, result: ReportResult) {
        if let Some(counter) = self.reports.get(result) {
            counter.inc();
        }
    }
}
