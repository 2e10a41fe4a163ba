//! A recording: any bytes, held against the charter of `charter.toml` in each state and shown in each form.

use std::path::Path;

use octroi::audit::recording::Source;
use octroi::audit::report::{Language, Report, html, sarif, text};
use octroi::audit::{Audit, State};

/// More states or forms would cost more than they find.
const STATES: [State; 2] = [State::Recorded, State::Accepted];

thread_local! {
    static AUDITS: [Audit; 2] = STATES.map(|state| {
        let read = |_: &Path| Ok(include_bytes!("charter.toml").to_vec());
        Audit::new(Path::new("charter.toml"), state, &read).expect("a charter without a fault")
    });
}

/// # Panics
/// If a recording that was cut passes for whole, a clean one holds a finding, or a report can be broken out of.
pub fn check(data: &[u8]) {
    AUDITS.with(|audits| {
        for audit in audits {
            let report = audit.report(&[Source::memory(data.to_vec())], &|_| ());
            check_forms(&report);
            if report.summary.complete {
                check_cut(audit, data);
            }
        }
    });
}

/// Of a whole recording, no beginning is whole.
fn check_cut(audit: &Audit, data: &[u8]) {
    let text = data.trim_ascii_end();
    // Compressed texts end with a check of their own.
    let first = text.len() / 2;
    for end in [first, text.len() - 1] {
        let report = audit.report(&[Source::memory(text[..end].to_vec())], &|_| ());
        assert!(!report.summary.complete, "cut at {end}");
    }
}

fn check_forms(report: &Report) {
    assert_eq!(report.findings.len(), report.summary.findings);
    for language in [Language::En, Language::Fr] {
        let page = html::render(report, language).expect("a page");
        assert!(!page.contains("<script") && !page.contains("<img"), "a page that holds what was recorded");
    }
    let terminal = text::render(report, false);
    assert!(!terminal.contains('\u{1b}'), "a control character for the terminal");
    assert_eq!(sarif::render(report)["version"], "2.1.0");
}
