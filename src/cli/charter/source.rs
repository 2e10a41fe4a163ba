//! Where a command reads a charter from: a file, or standard input.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use crate::charter::Charter;
use crate::config::{ConfigError, Finding, Severity, load_charter};

/// Stands for standard input.
const STDIN: &str = "-";

/// The charter of a file. Its warnings go to standard error; with problems, so do all of them, and there is none.
pub(super) fn charter(path: &Path) -> Option<Arc<Charter>> {
    match load_charter(path, &read) {
        Ok((charter, advice)) => {
            let is_warning = |finding: &Finding| finding.severity == Severity::Warning;
            let warnings: Vec<_> = advice.into_iter().filter(is_warning).collect();
            eprint!("{}", Finding::paragraphs(&warnings));
            Some(charter)
        }
        Err(problems @ ConfigError { .. }) => {
            eprintln!("{problems}");
            None
        }
    }
}

/// The bytes of a file, or of standard input.
pub(super) fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    if path.as_os_str() != STDIN {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
