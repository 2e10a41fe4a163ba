//! `octroi charter diff A B`: compares two charters, or a charter with the names that a running octroi has seen.
//!
//! Exit codes: 0 no difference that visitors must be told, 1 such a difference, 2 not compared.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;

use super::inventory;
use super::source;
use crate::charter::Charter;
use crate::cli::OutputFormat;
use crate::diff::{self, Difference, Report, SeenName};
use crate::policy::Policy;

#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 no difference that visitors must be told; 1 such a difference; 2 not compared.")]
pub(crate) struct DiffArgs {
    /// The earlier charter: a file, a published page (`.html`, `.md`, `.txt`, `.json`), or `http://…` of an admin listener
    #[arg(value_name = "A")]
    before: String,
    /// The later charter: a file, a published page, or `http://…` of an admin listener
    #[arg(value_name = "B")]
    after: String,
    /// How the result is printed
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: OutputFormat,
    /// The file of the admin listener's token
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The site of the admin listener that is compared [default: its only one, or the charter's]
    #[arg(long, value_name = "NAME")]
    site: Option<String>,
}

/// Prints the differences.
///
/// # Errors
/// Both sides are admin listeners, a file or the token cannot be read, or a listener does not answer as one.
pub(crate) fn run(args: &DiffArgs) -> anyhow::Result<ExitCode> {
    let is_listener = |side: &str| side.starts_with("http://") || side.starts_with("https://");
    let report = match (is_listener(&args.before), is_listener(&args.after)) {
        (true, true) => {
            bail!("one side must be a charter: an admin listener shows what was seen, not what is declared")
        }
        (false, false) => {
            let sides = (declared(&args.before)?, declared(&args.after)?);
            let (Some(before), Some(after)) = sides else { return Ok(ExitCode::from(2)) };
            diff::between(&before, &after)
        }
        (true, false) => match declared(&args.after)? {
            Some(charter) => against_listener(args, &charter, &args.before)?,
            None => return Ok(ExitCode::from(2)),
        },
        (false, true) => match declared(&args.before)? {
            Some(charter) => against_listener(args, &charter, &args.after)?,
            None => return Ok(ExitCode::from(2)),
        },
    };
    let text = match args.format {
        OutputFormat::Text => text(&report),
        OutputFormat::Json => {
            let Report { differences, ask_again, .. } = &report;
            let material = report.is_material();
            format!("{:#}\n", json!({ "material": material, "differences": differences, "ask_again": ask_again }))
        }
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::from(u8::from(report.is_material())))
}

/// The charter of a side. `None` if it has problems, which are printed to standard error.
fn declared(side: &str) -> anyhow::Result<Option<Arc<Charter>>> {
    source::charter_or_page(Path::new(side))
}

/// Compares a charter with the names that an admin listener's octroi has seen.
fn against_listener(args: &DiffArgs, charter: &Charter, address: &str) -> anyhow::Result<Report> {
    let token = match &args.token_file {
        Some(file) => {
            let token = std::fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
            Some(token.trim().to_owned())
        }
        None => None,
    };
    let document = inventory::fetch(address, token.as_deref())?;
    let seen: Vec<SeenName> = inventory::names(&document, args.site.as_deref(), &charter.site)?;
    // Loading the charter has compiled it before, so this does not fail.
    let policy = Policy::compile(charter).map_err(|_| anyhow::anyhow!("a name pattern cannot be compiled"))?;
    Ok(diff::against_inventory(charter, &policy, &seen))
}

fn text(report: &Report) -> String {
    if report.differences.is_empty() {
        return "no difference\n".to_owned();
    }
    let mut text = String::new();
    let (material, cosmetic): (Vec<_>, Vec<_>) = report.differences.iter().partition(|found| found.material);
    for (title, found) in [("what visitors must be told", material), ("the rest", cosmetic)] {
        if !found.is_empty() {
            let _ = writeln!(text, "{title}:");
        }
        for difference in found {
            let _ = writeln!(text, "  {}", line(difference));
        }
    }
    for id in &report.ask_again {
        let advice = match report.undated {
            None => "set `asked_since` in its [[category]] to the day of this change".to_owned(),
            Some(format) => format!(
                "`{format}` records no date, so give its key another name in the banner and in `[consent.keys]`"
            ),
        };
        let _ = writeln!(text, "consent to `{id}` was given for less: {advice}");
    }
    text
}

/// One difference: `+` if it is new, `-` if it is gone, `~` if it changed.
fn line(difference: &Difference) -> String {
    let Difference { kind, subject, from, to, .. } = difference;
    let kind = serde_json::to_value(kind).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    match (from, to) {
        (None, Some(to)) => format!("+ {subject}: {kind}: {to}"),
        (Some(from), None) => format!("- {subject}: {kind}: {from}"),
        _ => {
            let value = |value: &Option<String>| value.clone().unwrap_or_default();
            format!("~ {subject}: {kind}: {} → {}", value(from), value(to))
        }
    }
}
