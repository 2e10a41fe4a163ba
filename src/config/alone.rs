//! A charter without a configuration, for the audit, which judges by it and serves no visitor.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::charters::Charters;
use super::document::Document;
use super::error::{Finding, Severity};
use super::schema::charter_schema;
use super::source::Source;
use super::{Balance, ConfigError, HostPattern, SiteConfig, Timeouts, UpstreamConfig};
use crate::charter::{Charter, Enforcement, KeyPath, Problem};
use crate::policy::Policy;

impl SiteConfig {
    /// The site of a charter file, which has no portal. `read` reads the file.
    ///
    /// # Errors
    /// Every problem found in it, ready to print.
    pub fn of_charter(path: &Path, read: &dyn Fn(&Path) -> io::Result<Vec<u8>>) -> Result<Self, ConfigError> {
        let source = Source::new(read);
        let mut charters = Charters::new(&source);
        let loaded = charters.load(path);
        let mut findings = std::mem::take(&mut charters.findings);
        match loaded {
            Ok(Some(loaded)) => Ok(Self {
                name: loaded.charter.site.as_str().into(),
                hosts: vec![HostPattern::Default],
                charter: loaded.charter,
                policy: loaded.policy,
                charter_hash: loaded.hash,
                enforcement: Enforcement::Enforce,
                strip_all: Vec::new(),
                hsts: None,
                upstream: no_portal(),
                timeouts: Timeouts::default(),
            }),
            Ok(None) => Err(ConfigError { findings, files: source.files() }),
            Err(error) => {
                let problem = Problem::new(KeyPath::default(), error.to_string());
                findings.push(Finding::of_file(Severity::Error, path, &problem));
                Err(ConfigError { findings, files: source.files() })
            }
        }
    }

    /// The same site with another charter.
    ///
    /// # Errors
    /// Name patterns that cannot be compiled, by key.
    pub fn with_charter(&self, charter: Charter) -> Result<Self, Vec<Problem>> {
        let policy = Arc::new(Policy::compile(&charter)?);
        Ok(Self { policy, charter: Arc::new(charter), ..self.clone() })
    }
}

fn no_portal() -> UpstreamConfig {
    UpstreamConfig {
        endpoints: Vec::new(),
        host: None,
        sni: None,
        connect: None,
        ca: None,
        client_certificate: None,
        balance: Balance::default(),
        health: None,
        via: false,
    }
}

/// The line and the column, from 1, of each of these keys in a charter's text; of the innermost table around it if a key
/// is not there, and of the first line if there is none.
pub fn locate_in_charter(text: &str, keys: Vec<KeyPath>) -> Vec<(usize, usize)> {
    let (document, _) = Document::parse(Path::new(""), text, Vec::new(), &charter_schema());
    let problems: Vec<_> = keys.into_iter().map(|key| Problem::new(key, "")).collect();
    let findings = document.findings(Severity::Note, &problems);
    findings.into_iter().map(|finding| (finding.line, finding.column)).collect()
}
