//! The report as one HTML file. It loads and runs nothing, and shows a recording's URLs as text, never as links.

use askama::Template;

use super::{FindingRow, Report, words};
use crate::audit::FindingKind;

#[derive(Template)]
#[template(path = "audit/report/page.html")]
struct Page<'a> {
    report: &'a Report,
    groups: Vec<Group<'a>>,
    /// The report in one sentence.
    verdict: String,
    /// The choice by which it was judged.
    state: &'static str,
    /// octroi's version.
    version: &'static str,
}

/// All findings of one kind.
struct Group<'a> {
    kind: FindingKind,
    findings: Vec<&'a FindingRow>,
}

/// Writes the report.
///
/// # Errors
/// The template fails, which no report causes.
pub fn render(report: &Report) -> Result<String, askama::Error> {
    let group =
        |kind| Group { kind, findings: report.findings.iter().filter(|finding| finding.kind == kind).collect() };
    let groups = FindingKind::ALL.into_iter().map(group).filter(|group| !group.findings.is_empty());
    let (groups, verdict, state) = (groups.collect(), words::verdict(report), words::state(report));
    Page { report, groups, verdict, state, version: env!("CARGO_PKG_VERSION") }.render()
}

impl FindingRow {
    /// The charter's line that decided. Empty if no line applies.
    fn line(&self) -> String {
        self.place.map(|(line, _)| format!("line {line}")).unwrap_or_default()
    }
}
