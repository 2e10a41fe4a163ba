//! `octroi charter check`: a charter alone, for whoever writes it and runs no proxy.
//!
//! Findings and exit codes are those of `octroi check`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::source;
use crate::charter::Charter;
use crate::cli::OutputFormat;
use crate::cli::check::{charter_lines, closing_line, exit_code};
use crate::config::{ConfigError, Finding, load_charter};
use crate::telemetry::printable_lines;

#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 the charter can be enforced, if with warnings; 1 there are warnings, under --strict; 2 it cannot."
)]
pub(crate) struct CharterCheckArgs {
    /// The charter; `-` is standard input
    #[arg(value_name = "FILE")]
    charter: PathBuf,
    /// How the result is printed
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: OutputFormat,
    /// Exit with 1 if there is a warning
    #[arg(long)]
    strict: bool,
}

/// The report goes to standard output, in whichever format; what it comes to is the exit code.
///
/// # Errors
/// Standard output cannot be written.
pub(crate) fn run(args: &CharterCheckArgs) -> anyhow::Result<ExitCode> {
    let loaded = load_charter(&args.charter, &source::read);
    let (charter, findings) = match &loaded {
        Ok((charter, findings)) => (Some(&**charter), findings),
        Err(ConfigError { findings, .. }) => (None, findings),
    };
    let result = match (args.format, &loaded) {
        (OutputFormat::Text, Ok((charter, findings))) => {
            let paragraphs = Finding::paragraphs(findings);
            let summary = format!("charter {}\n{}", charter.site, charter_lines(charter));
            printable_lines(&(paragraphs + &summary + &closing_line(findings)))
        }
        (OutputFormat::Text, Err(error)) => printable_lines(&format!("{error}\n")),
        (OutputFormat::Json, loaded) => {
            let charter = charter.map(charter_json);
            format!("{:#}\n", json!({ "valid": loaded.is_ok(), "findings": findings, "charter": charter }))
        }
    };
    std::io::stdout().lock().write_all(result.as_bytes())?;
    Ok(exit_code(findings, args.strict))
}

fn charter_json(charter: &Charter) -> serde_json::Value {
    json!({
        "site": charter.site,
        "categories": charter.categories.iter().map(|category| &category.id).collect::<Vec<_>>(),
        "cookies": charter.cookies.iter().map(|cookie| cookie.name.text()).collect::<Vec<_>>(),
        "undeclared": charter.undeclared_word(),
    })
}
