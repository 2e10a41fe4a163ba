//! `octroi charter import`: makes a charter of a published page.
//!
//! Standard output has only the charter. Each decision that is left to a person is a comment in it, and a line on standard
//! error. Exit codes: 0 no decision is left, 1 decisions are left, 2 the page is refused.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use serde_json::json;

use super::new;
use crate::charter::{Jurisdiction, Need};
use crate::import::{self, Draft, Form, MAX_BYTES, Options};
use crate::telemetry::printable;

#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 no decision is left; 1 decisions are left; 2 the page is refused.")]
pub(crate) struct ImportArgs {
    /// The page, as a browser saved it: HTML, Markdown, text with tabs, or what `charter render` made; `-` for standard input
    #[arg(value_name = "FILE|-")]
    page: PathBuf,
    /// The website that the page describes, if the page does not say
    #[arg(long, value_name = "HOST")]
    site: Option<String>,
    /// The language of the page (`fr`, `en`, `es`, `de`, `nl`, `it`, …), if the page does not say
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Whose law holds for the site (`fr`, `be`, `es`, `it`, `de`, `uk`), for the figures of `octroi check`
    #[arg(long, value_name = "LAW", value_parser = new::jurisdiction)]
    jurisdiction: Option<Jurisdiction>,
    /// The format of the page [default: detected]
    #[arg(long, value_name = "FORM")]
    from: Option<FormWord>,
    /// How the charter is printed
    #[arg(long, default_value = "toml", value_name = "FORMAT")]
    format: CharterFormat,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FormWord {
    Html,
    Markdown,
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum CharterFormat {
    /// A charter file, with comments
    Toml,
    /// The charter as data, and the decisions that are left
    Json,
}

impl From<FormWord> for Form {
    fn from(word: FormWord) -> Self {
        match word {
            FormWord::Html => Self::Html,
            FormWord::Markdown => Self::Markdown,
            FormWord::Text => Self::Text,
            FormWord::Json => Self::Json,
        }
    }
}

/// Prints the charter.
///
/// # Errors
/// The page cannot be read, or it is refused: it is too long, or nothing in it looks like a list of cookies.
pub(crate) fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let options = Options {
        site: args.site.clone(),
        language: args.language.clone(),
        jurisdiction: args.jurisdiction,
        form: args.from.map(Into::into),
    };
    let draft = draft(&args.page, &options)?;
    let charter = match args.format {
        CharterFormat::Toml => draft.to_toml()?,
        CharterFormat::Json => {
            let decisions: Vec<_> = draft
                .decisions
                .iter()
                .map(|decision| json!({"key": decision.path.to_string(), "message": decision.message}))
                .collect();
            let Draft { document, stored, .. } = &draft;
            format!("{:#}\n", json!({ "charter": document, "decisions": decisions, "stored": stored }))
        }
    };
    io::stdout().lock().write_all(charter.as_bytes())?;
    print_decisions(&draft);
    Ok(if draft.decisions.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The draft that [`import::import`] makes of a file; `-` is standard input.
///
/// # Errors
/// If the file cannot be read, or the import refuses it.
pub(super) fn draft(path: &Path, options: &Options) -> anyhow::Result<Draft> {
    import::import(&read(path)?, options).with_context(|| format!("`{}` is refused", path.display()))
}

/// Reads one byte more than [`MAX_BYTES`] at most, so that the import sees that a page is too long.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut page = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut page).context("standard input cannot be read")?;
    } else {
        let file = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut page));
        file.with_context(|| format!("`{}` cannot be read", path.display()))?;
    }
    Ok(page)
}

/// Prints what a person must check or decide to standard error.
fn print_decisions(draft: &Draft) {
    let categories = &draft.document.category;
    let is_exempt = |id: &Option<String>| categories.iter().any(|of| of.id == *id && of.consent == Some(Need::Exempt));
    let exempt = draft.document.cookie.iter().filter(|cookie| is_exempt(&cookie.category)).count();
    match exempt {
        0 => {}
        1 => eprintln!("1 cookie is exempt by what the page says: check it before the charter is used"),
        count => eprintln!("{count} cookies are exempt by what the page says: check each before the charter is used"),
    }
    for stored in &draft.stored {
        eprintln!("no cookie, so not in the charter: {}", printable(stored));
    }
    for decision in &draft.decisions {
        eprintln!("decide: {}", printable(&decision.message));
    }
    match draft.decisions.len() {
        0 => {}
        1 => eprintln!("1 decision is left: see its comment in the charter"),
        count => eprintln!("{count} decisions are left: see their comments in the charter"),
    }
}
