//! Loads a configuration, or a charter alone, from its path: read, override, walk, check.
//!
//! This file only calls the steps; each of them is a file of its own.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::charters::Charters;
use super::check::Checker;
use super::document::Document;
use super::environment::overrides;
use super::error::{Finding, Severity};
use super::schema::{ConfigDocument, config_schema};
use super::source::Source;
use super::{Config, ConfigError};
use crate::charter::{Charter, KeyPath, Problem};

/// [`Config::load_with`], step by step.
///
/// # Errors
/// If anything found is an error: all findings, in the order of the files as they were read, each from top to bottom.
/// The error also names the files that were read, so that the file watch sees when one of them is mended.
pub(super) fn load(
    path: &Path,
    environment: &[(String, String)],
    read: &dyn Fn(&Path) -> io::Result<Vec<u8>>,
) -> Result<Config, ConfigError> {
    let source = Source::new(read);
    let (config, mut findings) = match source.text(path) {
        Ok(text) => checked(path, &text, environment, &source),
        Err(error) => {
            let problem = Problem::new(KeyPath::default(), error.to_string())
                .with_help("name the configuration with `--config FILE` or `OCTROI_CONFIG`");
            (None, vec![Finding::of_file(Severity::Error, path, &problem)])
        }
    };
    // One file after the other, each from top to bottom; the sort is stable, so the files keep the order of reading.
    let order: Vec<_> = findings.iter().map(|finding| finding.file.clone()).collect();
    findings.sort_by_key(|finding| (order.iter().position(|file| *file == finding.file), finding.line, finding.column));
    match config {
        Some(config) if findings.iter().all(|finding| finding.severity != Severity::Error) => {
            Ok(Config { files: source.files(), advice: findings, ..config })
        }
        _ => Err(ConfigError { findings, files: source.files() }),
    }
}

/// A charter without a configuration, and what its author should look at, from top to bottom.
///
/// # Errors
/// If the file cannot be read, or anything found in it is an error.
pub(super) fn load_charter(
    path: &Path,
    read: &dyn Fn(&Path) -> io::Result<Vec<u8>>,
) -> Result<(Arc<Charter>, Vec<Finding>), ConfigError> {
    let source = Source::new(read);
    let mut charters = Charters::new(&source);
    let loaded = charters.load(path).map_err(|error| {
        let problem = Problem::new(KeyPath::default(), error.to_string());
        ConfigError { findings: vec![Finding::of_file(Severity::Error, path, &problem)], files: source.files() }
    })?;
    let mut findings = charters.findings;
    findings.sort_by_key(|finding| (finding.line, finding.column));
    match loaded {
        Some(loaded) => Ok((loaded.charter, findings)),
        None => Err(ConfigError { findings, files: source.files() }),
    }
}

fn checked(
    path: &Path,
    text: &str,
    environment: &[(String, String)],
    source: &Source<'_>,
) -> (Option<Config>, Vec<Finding>) {
    let schema = config_schema();
    let (overrides, mut findings) = overrides(environment, &schema);
    let (document, faults) = Document::parse(path, text, overrides, &schema);
    findings.extend(faults);
    match document.read::<ConfigDocument>() {
        None => (None, findings),
        Some(Err(finding)) => {
            findings.push(finding);
            (None, findings)
        }
        Some(Ok(written)) => {
            let mut checker = Checker::new(source, path);
            let config = checker.config(&written);
            findings.extend(document.findings(Severity::Error, &checker.problems));
            findings.extend(document.findings(Severity::Warning, &checker.warnings));
            findings.extend(document.findings(Severity::Note, &checker.notes));
            findings.extend(checker.charters.findings);
            (config, findings)
        }
    }
}
