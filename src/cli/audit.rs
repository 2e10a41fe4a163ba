//! `octroi audit`: compares browsers' recordings with a charter.
//!
//! Exit codes: 0 no finding, 1 findings, 2 an error, or a recording could not be read to its end, so that the report is
//! incomplete.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::audit::recording::Source;
use crate::audit::report::{Language, Report, html, sarif, text};
use crate::audit::{Audit, State};
use crate::telemetry::printable;

/// Each recording is usually read twice.
const READINGS: u64 = 2;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 no finding; 1 findings; 2 an error, or a recording that could not be read to its end."
)]
pub(crate) struct AuditArgs {
    /// Recordings as browsers export them (HAR), also compressed by gzip; `-` is standard input
    #[arg(required = true, value_name = "FILE.har")]
    recordings: Vec<PathBuf>,

    /// The charter by which they are judged
    #[arg(long, value_name = "FILE")]
    charter: PathBuf,

    /// The visitor's choice by which they are judged
    #[arg(long, default_value = "recorded", value_name = "STATE")]
    state: State,

    /// How the result is printed
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: ReportFormat,

    /// The language of the page (`--format html`); the other formats are in English
    #[arg(long, default_value = "en", value_name = "LANGUAGE")]
    language: Language,
}

/// The formats of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For a terminal
    #[default]
    Text,
    /// One page for people, to keep and to print
    Html,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// Prints one report of all recordings, and each recording's fault to standard error.
///
/// # Errors
/// The charter has problems or a recording cannot be opened: then there is no report.
pub(crate) fn run(args: &AuditArgs) -> Result<ExitCode> {
    let inputs = args.recordings.iter().filter(|path| *path == Path::new("-")).count();
    ensure!(inputs < 2, "standard input (`-`) can be read only once: name it once");
    let audit = Audit::new(&args.charter, args.state, &|path| std::fs::read(path))?;
    let open =
        |path: &PathBuf| Source::open(path).with_context(|| format!("cannot open the recording {}", path.display()));
    let sources = args.recordings.iter().map(open).collect::<Result<Vec<_>>>()?;
    let bar = progress_bar(&sources)?;
    let report = audit.report(&sources, &|bytes| bar.inc(bytes));
    bar.finish_and_clear();
    std::io::stdout().lock().write_all(rendered(&report, args)?.as_bytes())?;
    for recording in &report.summary.recordings {
        if let Some(fault) = &recording.fault {
            eprintln!("octroi: {}", printable(&format!("{} {fault}", recording.file)));
        }
    }
    Ok(match report.summary {
        ref summary if !summary.complete => ExitCode::from(2),
        ref summary if summary.findings > 0 => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    })
}

fn rendered(report: &Report, args: &AuditArgs) -> Result<String> {
    Ok(match args.format {
        ReportFormat::Text => text::render(report, is_coloured()),
        ReportFormat::Html => html::render(report, args.language)?,
        ReportFormat::Json => serde_json::to_string_pretty(report)? + "\n",
        ReportFormat::Sarif => format!("{:#}\n", sarif::render(report)),
    })
}

/// Whether to colour the output: on a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
fn is_coloured() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A progress bar on standard error, hidden if that is no terminal.
fn progress_bar(sources: &[Source]) -> Result<ProgressBar> {
    if !std::io::stderr().is_terminal() {
        return Ok(ProgressBar::hidden());
    }
    let lengths = sources.iter().map(Source::length).collect::<std::io::Result<Vec<_>>>()?;
    let bytes = lengths.iter().sum::<u64>() * READINGS;
    let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {bytes_per_sec}  {eta} left")?;
    Ok(ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr()).with_style(style))
}
