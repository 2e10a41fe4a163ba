//! Reads the charter of a command: from a file, standard input, or a published page.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;

use super::import;
use crate::charter::Charter;
use crate::config::{ConfigError, Finding, Severity, load_charter};
use crate::import::Options;
use crate::telemetry::{printable, printable_lines};

/// The path of standard input.
const STDIN: &str = "-";

/// The extensions of published pages; any other file is a charter.
const PAGES: [&str; 7] = ["html", "htm", "xhtml", "md", "markdown", "txt", "json"];

/// The charter of a file, or one imported from a published page: the decisions that are left, and what the page
/// declares beside cookies, are printed to standard error, and of a charter's warnings their number.
/// `None` if a charter file has problems, which are printed to standard error.
///
/// # Errors
/// The page cannot be read, is refused, or makes a charter with problems.
pub(super) fn charter_or_page(path: &Path) -> anyhow::Result<Option<Arc<Charter>>> {
    let extension = path.extension().unwrap_or_default();
    if !PAGES.iter().any(|page| extension.eq_ignore_ascii_case(page)) {
        let Some((charter, warnings)) = load(path) else { return Ok(None) };
        if !warnings.is_empty() {
            let (count, plural) = (warnings.len(), if warnings.len() == 1 { "" } else { "s" });
            let path = path.display();
            eprintln!("{}", printable(&format!("{path}: {count} warning{plural}, see `octroi charter check {path}`")));
        }
        return Ok(Some(charter));
    }
    let draft = import::draft(path, &Options::default())?;
    for stored in &draft.stored {
        eprintln!("{}", printable(&format!("{}: no cookie, so not compared: {stored}", path.display())));
    }
    for decision in &draft.decisions {
        eprintln!("{}", printable(&format!("{}: the page leaves open: {}", path.display(), decision.message)));
    }
    let charter = Charter::from_document(&draft.document).ok();
    charter.map(|charter| Some(Arc::new(charter))).with_context(|| format!("`{}` makes no charter", path.display()))
}

/// The charter of a file. Warnings are printed to standard error. `None` if it has problems, which are printed there, too.
pub(super) fn charter(path: &Path) -> Option<Arc<Charter>> {
    let (charter, warnings) = load(path)?;
    eprint!("{}", printable_lines(&Finding::paragraphs(&warnings)));
    Some(charter)
}

/// The charter of a file, and its warnings. `None` if it has problems, which are printed to standard error.
fn load(path: &Path) -> Option<(Arc<Charter>, Vec<Finding>)> {
    match load_charter(path, &read) {
        Ok((charter, advice)) => {
            let is_warning = |finding: &Finding| finding.severity == Severity::Warning;
            Some((charter, advice.into_iter().filter(is_warning).collect()))
        }
        Err(problems @ ConfigError { .. }) => {
            eprintln!("{}", printable_lines(&problems.to_string()));
            None
        }
    }
}

/// The bytes of a file, or of standard input.
///
/// # Errors
/// If it cannot be read.
pub(super) fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    if path.as_os_str() != STDIN {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
