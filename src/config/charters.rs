//! Charter files: read, checked and compiled, each once.
//!
//! Several sites may name one file: it is read once, and they share the result.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::document::Document;
use super::error::{Finding, Severity};
use super::schema::charter_schema;
use super::source::{Source, SourceError};
use crate::charter::{Charter, CharterDocument, KeyPath, Problem};
use crate::import::DECIDE;
use crate::policy::Policy;

/// A charter, ready to be enforced.
#[derive(Clone)]
pub(super) struct LoadedCharter {
    /// What the file says: the declaration, `octroi check` and the admin page show it.
    pub(super) charter: Arc<Charter>,
    /// The policy compiled from it.
    pub(super) policy: Arc<Policy>,
    /// The first sixteen hexadecimal digits of the file's SHA-256, as the metrics and the inventory name the charter.
    pub(super) hash: Arc<str>,
}

/// The charters of one load.
pub(super) struct Charters<'a> {
    source: &'a Source<'a>,
    /// `None`: it is faulty, and that has been said.
    loaded: Vec<(PathBuf, Option<LoadedCharter>)>,
    /// What was found in any of them, of every severity: faulty ones have an error here.
    pub(super) findings: Vec<Finding>,
}

impl<'a> Charters<'a> {
    /// None yet: a charter is read when [`Charters::load`] asks for it.
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self { source, loaded: Vec::new(), findings: Vec::new() }
    }

    /// The charter of a file; `None` if it is faulty. Paths are compared as they are written: two names of one file are
    /// read twice.
    ///
    /// # Errors
    /// If the file cannot be read: that is told at the key that names it.
    pub(super) fn load(&mut self, path: &Path) -> Result<Option<LoadedCharter>, SourceError> {
        if let Some((_, known)) = self.loaded.iter().find(|(file, _)| file == path) {
            return Ok(known.clone());
        }
        let text = self.source.text(path)?;
        let (document, faults) = Document::parse(path, &text, Vec::new(), &charter_schema());
        let sound = faults.iter().all(|finding| finding.severity != Severity::Error);
        self.findings.extend(faults);
        self.findings.extend(open_decisions(path, &text));
        let charter = self.compiled(&document, &text).filter(|_| sound);
        self.loaded.push((path.to_owned(), charter.clone()));
        Ok(charter)
    }

    fn compiled(&mut self, document: &Document<'_>, text: &str) -> Option<LoadedCharter> {
        let written = document.read::<CharterDocument>()?.map_err(|finding| self.findings.push(finding)).ok()?;
        let charter = Charter::from_document(&written)
            .map_err(|mut problems| {
                // Compiling would find these, but is not reached.
                problems.extend(Policy::faulty_expressions(&written.cookie));
                self.findings.extend(document.findings(Severity::Error, &problems));
            })
            .ok()?;
        let policy = Policy::compile(&charter)
            .map_err(|problems| self.findings.extend(document.findings(Severity::Error, &problems)));
        self.findings.extend(document.findings(Severity::Warning, &charter.warnings()));
        self.findings.extend(document.findings(Severity::Note, &charter.recommendations()));
        Some(LoadedCharter { policy: Arc::new(policy.ok()?), charter: Arc::new(charter), hash: hash(text) })
    }
}

/// What an import left to a person, as long as its comment is there.
fn open_decisions(path: &Path, text: &str) -> Vec<Finding> {
    let lines = text.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start, line.trim_end()))
    });
    let open = lines.filter_map(|(start, line)| {
        let decision = line.strip_prefix('#')?.trim_start().strip_prefix(DECIDE)?.trim();
        let marker = line.len() - decision.len();
        let problem = Problem::new(KeyPath::default(), format!("still to be decided: {decision}"));
        let problem = problem.with_help("decide it, and delete the comment");
        Some(Finding::in_text(Severity::Warning, path, text, start..start + marker, &problem))
    });
    open.collect()
}

/// The first sixteen digits of the SHA-256 of the text, as `sha256sum` prints it.
fn hash(text: &str) -> Arc<str> {
    let digest = Sha256::digest(text);
    let first = digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    format!("{first:016x}").into()
}
