//! The report as text for a terminal, with or without colours.
//!
//! Columns are as wide as their longest cell, up to a limit. Control characters of a recording's texts are replaced, so
//! that they cannot move the cursor.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::words::ENGLISH;
use super::{CookieVerdict, Report};
use crate::audit::FindingKind;
use crate::telemetry::printable;

/// The styles of a terminal, or none.
struct Colours {
    /// Titles, labels and the heads of tables.
    heading: Style,
    /// Findings, faults, and rows of what was refused.
    bad: Style,
    /// The last line, if nothing was found and everything was read.
    good: Style,
    /// Evidence.
    quiet: Style,
}

impl Colours {
    fn new(is_coloured: bool) -> Self {
        let style = |style: Style| if is_coloured { style } else { Style::new() };
        Self {
            heading: style(Style::new().bold()),
            bad: style(AnsiColor::Red.on_default().bold()),
            good: style(AnsiColor::Green.on_default().bold()),
            quiet: style(Style::new().dimmed()),
        }
    }
}

/// Writes the report. Colours are ANSI escapes; a recording's texts lose theirs.
pub fn render(report: &Report, is_coloured: bool) -> String {
    let colours = Colours::new(is_coloured);
    let mut text = String::new();
    head(&mut text, report, &colours);
    for kind in FindingKind::ALL {
        findings(&mut text, report, kind, &colours);
    }
    cookies(&mut text, report, &colours);
    third_parties(&mut text, report, &colours);
    let is_clean = report.summary.findings == 0 && report.summary.complete;
    let style = if is_clean { colours.good } else { colours.bad };
    let _ = writeln!(text, "{style}{}{style:#}", (ENGLISH.verdict)(report.summary.findings, report.summary.complete));
    text
}

fn head(text: &mut String, report: &Report, colours: &Colours) {
    let summary = &report.summary;
    let (bold, bad) = (colours.heading, colours.bad);
    let charter = &summary.charter;
    let _ =
        writeln!(text, "{bold}charter{bold:#}    {} ({}, {})", charter.site, printable(&charter.file), charter.hash);
    let _ = writeln!(text, "{bold}judged by{bold:#}  {}", (ENGLISH.head.state)(summary.state));
    for recording in &summary.recordings {
        let of = if recording.producer.is_empty() { String::new() } else { format!(" of {}", recording.producer) };
        let span = recording.from.iter().zip(&recording.to).map(|(from, to)| format!(", {from} to {to}"));
        let span: String = span.collect();
        let _ = writeln!(
            text,
            "{bold}recording{bold:#}  {}{of}: {} entries, {} requests{span}",
            printable(&recording.file),
            recording.entries,
            recording.requests
        );
        if let Some(fault) = &recording.fault {
            let _ = writeln!(text, "           {bad}it {fault}{bad:#}");
        }
        for note in &recording.notes {
            let _ = writeln!(text, "           {}", (ENGLISH.recordings.noted)(*note));
        }
    }
    text.push('\n');
}

fn findings(text: &mut String, report: &Report, kind: FindingKind, colours: &Colours) {
    let of_kind: Vec<_> = report.findings.iter().filter(|finding| finding.kind == kind).collect();
    if of_kind.is_empty() {
        return;
    }
    let (bad, quiet) = (colours.bad, colours.quiet);
    let words = (ENGLISH.finding)(kind);
    let _ = writeln!(text, "{bad}{} ({}, {}){bad:#}", words.title, of_kind.len(), kind.as_str());
    let _ = writeln!(text, "  {}\n  {}", words.meaning, words.advice);
    for finding in of_kind {
        let _ = writeln!(text, "  - {}", printable(&ENGLISH.subject(finding, report)));
        if let Some(evidence) = ENGLISH.evidence(finding) {
            let url = finding.url.as_deref().unwrap_or_default();
            let _ = writeln!(text, "    {quiet}{}: {}{quiet:#}", printable(&evidence), printable(url));
        }
    }
    text.push('\n');
}

fn cookies(text: &mut String, report: &Report, colours: &Colours) {
    if report.cookies.is_empty() {
        return;
    }
    let mut table =
        vec![["cookie", "host", "set by", "verdict", "category", "lifetime", "declared"].map(str::to_owned)];
    table.extend(report.cookies.iter().map(|cookie| {
        [
            cookie.name.clone(),
            cookie.host.clone(),
            (ENGLISH.cookies.set_by)(cookie.set_by).to_owned(),
            (ENGLISH.cookies.verdict)(cookie.verdict).to_owned(),
            cookie.category.clone(),
            ENGLISH.life(cookie.life),
            ENGLISH.life(cookie.declared_life),
        ]
    }));
    write_table(text, &table, colours, |row| row[3] == (ENGLISH.cookies.verdict)(CookieVerdict::Refused));
}

fn third_parties(text: &mut String, report: &Report, colours: &Colours) {
    if report.third_parties.is_empty() {
        return;
    }
    let mut table =
        vec![["third party", "requests", "cookies", "without consent", "held by octroi"].map(str::to_owned)];
    table.extend(report.third_parties.iter().map(|party| {
        let counts = [party.requests, party.cookies as u64, party.before_consent, party.held];
        let [requests, cookies, before_consent, held] = counts.map(|count| count.to_string());
        [party.shown(), requests, cookies, before_consent, held]
    }));
    write_table(text, &table, colours, |row| row[3] != "0");
}

/// The widest column, in characters. A longer cell moves the rest of its line. (Formatting takes a width of 16 bits.)
const WIDEST: usize = 120;

/// Writes a table whose first row is its head. The rows for which `is_bad` holds are red.
fn write_table<const N: usize>(
    text: &mut String,
    table: &[[String; N]],
    colours: &Colours,
    is_bad: impl Fn(&[String; N]) -> bool,
) {
    let width = |column: usize| table.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or_default().min(WIDEST));
    for (index, row) in table.iter().enumerate() {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{:width$}", printable(cell)));
        let line = cells.collect::<Vec<_>>().join("  ");
        let style = match index {
            0 => colours.heading,
            _ if is_bad(row) => colours.bad,
            _ => Style::new(),
        };
        let _ = writeln!(text, "{style}{}{style:#}", line.trim_end());
    }
    text.push('\n');
}
