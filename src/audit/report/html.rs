//! The report as one HTML file. It loads and runs nothing, and shows a recording's URLs as text, never as links.

use askama::Template;

use super::words::{FindingWords, Words};
use super::{CookieVerdict, FindingRow, Language, Report};
use crate::audit::FindingKind;

#[derive(Template)]
#[template(path = "audit/report/page.html")]
struct Page<'a> {
    report: &'a Report,
    words: &'static Words,
    groups: Vec<Group<'a>>,
    /// octroi's version.
    version: &'static str,
}

/// All findings of one kind.
struct Group<'a> {
    words: FindingWords,
    findings: Vec<&'a FindingRow>,
}

/// Writes the report in a language.
///
/// # Errors
/// The template fails, which no report causes.
pub fn render(report: &Report, language: Language) -> Result<String, askama::Error> {
    let words = language.words();
    let group = |kind| {
        let findings = report.findings.iter().filter(|finding| finding.kind == kind).collect();
        Group { words: (words.finding)(kind), findings }
    };
    let groups = FindingKind::ALL.into_iter().map(group).filter(|group| !group.findings.is_empty()).collect();
    Page { report, words, groups, version: env!("CARGO_PKG_VERSION") }.render()
}

impl Page<'_> {
    /// The charter's line that decided. Empty if no line applies.
    fn line(&self, finding: &FindingRow) -> String {
        finding.place.map(|(line, _)| format!("{} {line}", self.words.findings.line)).unwrap_or_default()
    }
}
