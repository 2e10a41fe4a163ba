//! A listener's certificates: in files of the operator's, and those that octroi orders itself (`acme`).
//!
//! A file of the operator's must exist and be valid. One that octroi writes may be missing or damaged: then the certificate is
//! ordered (again), and the process serves meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use http::Uri;
use rustls::pki_types::CertificateDer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::address::{host_pattern, relative};
use super::check::{Checker, Named};
use super::schema::{AcmeDocument, CertificateDocument, ListenerDocument, TlsDocument};
use super::source::{SourceError, belong_together};
use super::{CertificateFiles, EabConfig, HostPattern, ListenerConfig, SiteConfig, TicketKey};
use crate::charter::{KeyPath, Problem};

/// Where certificates are ordered if nothing else is said.
const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";
/// Its server for trying things out.
const LETS_ENCRYPT_STAGING: &str = "https://acme-staging-v02.api.letsencrypt.org/directory";

/// What to do about a host that cannot be ordered for.
const ONE_NAME: &str =
    "octroi proves single names: write full host names in `hosts`, and take the certificate of a wildcard from files";

/// TLS of one listener.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsConfig {
    /// Files of the operator's, chosen by SNI; the first is served if none fits.
    pub certificates: Vec<CertificateFiles>,
    /// Files that octroi writes itself: a chain and its key in one. They may be missing or damaged. `None`: it orders none
    /// for this listener.
    pub ordered: Option<Vec<PathBuf>>,
    /// Keys of session tickets that replicas share; `None`: keys of this process.
    pub ticket_keys: Option<Arc<[TicketKey]>>,
}

/// How certificates are ordered: one for each host, shared by all listeners that have `acme`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcmeConfig {
    /// URL of the authority's directory (RFC 8555 §7.1.1).
    pub server: String,
    /// The folder of this server's account, certificates and challenges, within `directory`: another server's are apart.
    pub folder: PathBuf,
    /// `mailto:` URLs.
    pub contact: Vec<String>,
    /// In lower case; one certificate for each.
    pub hosts: Vec<String>,
    /// What binds the account to the authority's customer; `None`: nothing.
    pub eab: Option<EabConfig>,
    /// Who may sign the server's own certificate; `None`: the system's authorities.
    pub ca: Option<Vec<CertificateDer<'static>>>,
    /// How a host is proved.
    pub challenge: AcmeChallenge,
    /// The profile that is asked for; `None`: the authority's choice.
    pub profile: Option<String>,
}

/// How octroi proves that a host is its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AcmeChallenge {
    /// The authority asks for `/.well-known/acme-challenge/…` on port 80 (RFC 8555 §8.3).
    #[default]
    #[serde(rename = "http-01")]
    Http01,
    /// The authority opens TLS on port 443 and asks for `acme-tls/1` (RFC 8737).
    #[serde(rename = "tls-alpn-01")]
    TlsAlpn01,
}

impl AcmeConfig {
    /// The file of a host's certificate chain and key.
    pub fn pair(&self, host: &str) -> PathBuf {
        self.folder.join(format!("{host}.pem"))
    }
}

impl Checker<'_> {
    /// TLS of one listener, but for what octroi orders for it.
    pub(super) fn tls(&mut self, document: Option<&TlsDocument>, path: &KeyPath) -> Option<TlsConfig> {
        let written = document?;
        let mut tls = TlsConfig::default();
        for (path, one) in placed(written, path) {
            if one.acme.is_some() {
                tls.ordered = Some(Vec::new());
                self.stands_alone(one, &path);
            } else {
                tls.certificates.extend(self.pair(one, &path));
            }
        }
        Some(tls)
    }

    fn pair(&mut self, document: &CertificateDocument, path: &KeyPath) -> Option<CertificateFiles> {
        for (key, file) in [("certificate", &document.certificate), ("key", &document.key)] {
            if file.is_none() {
                self.problems.push(Problem::missing(path, key).with_help("or order certificates: `acme = { … }`"));
            }
        }
        let certificate = document.certificate.as_deref().map(|file| Named { file, path: path.key("certificate") });
        let key = document.key.as_deref().map(|file| Named { file, path: path.key("key") });
        self.certificate(&certificate?, &key?)
    }

    fn stands_alone(&mut self, document: &CertificateDocument, path: &KeyPath) {
        for (key, file) in [("certificate", &document.certificate), ("key", &document.key)] {
            if file.is_some() {
                let problem = Problem::new(path.key(key), format!("`{key}` has no effect beside `acme`"));
                self.problems.push(problem.with_help(
                    "leave one of them out, or write both: `[{ certificate = \"…\", key = \"…\" }, { acme = { … } }]`",
                ));
            }
        }
    }

    /// What octroi orders, which is added to each listener that wants it. `None` if none does, or it cannot be done, which
    /// is reported.
    pub(super) fn acme(
        &mut self,
        written: &[ListenerDocument],
        listeners: &mut [ListenerConfig],
        sites: &[SiteConfig],
    ) -> Option<Arc<AcmeConfig>> {
        let tables = acme_tables(written);
        let (path, first) = tables.first()?;
        for (other, _) in tables.iter().filter(|(_, document)| document != first) {
            let problem = Problem::new(other.clone(), format!("`{path}` says otherwise"));
            self.problems.push(problem.with_help("listeners share one account and one set: write the same in both"));
        }
        let config = self.order(first, path, sites)?;
        let pairs: Vec<_> = config.hosts.iter().map(|host| config.pair(host)).collect();
        for pair in &pairs {
            self.ordered_pair(pair, path);
        }
        for ordered in listeners.iter_mut().filter_map(|listener| listener.tls.as_mut()?.ordered.as_mut()) {
            ordered.clone_from(&pairs);
        }
        Some(Arc::new(config))
    }

    fn order(&mut self, document: &AcmeDocument, path: &KeyPath, sites: &[SiteConfig]) -> Option<AcmeConfig> {
        if !document.terms_agreed {
            let problem = Problem::new(path.key("terms_agreed"), "nothing is ordered before its terms are accepted");
            self.problems.push(problem.with_help(
                "read the certificate authority's terms, then write `terms_agreed = true` (Let's Encrypt: \
                 https://letsencrypt.org/repository/)",
            ));
        }
        for (index, contact) in document.contact.iter().enumerate() {
            if !contact.strip_prefix("mailto:").is_some_and(|address| address.contains('@')) {
                let problem = Problem::new(path.key("contact").index(index), format!("`{contact}` is no address"));
                self.problems.push(problem.with_help("write `mailto:` and an address: `mailto:ops@example.fr`"));
            }
        }
        let server = self.server(document, path);
        let hosts = self.ordered_hosts(document, path, sites);
        let eab = self.eab(document.eab.as_ref(), &path.key("eab"));
        let ca = document.ca.as_deref().map(|name| {
            let certificates = self.source.certificates(&relative(name, &self.base));
            self.take(certificates, &path.key("ca"))
        });
        let folder = relative(document.directory.as_deref()?, &self.base).join(folder_name(&server));
        Some(AcmeConfig {
            server,
            folder,
            contact: document.contact.clone(),
            hosts,
            eab,
            ca: ca.flatten(),
            challenge: document.challenge,
            profile: document.profile.clone(),
        })
    }

    fn server(&mut self, document: &AcmeDocument, path: &KeyPath) -> String {
        let Some(written) = &document.server else {
            return if document.staging { LETS_ENCRYPT_STAGING } else { LETS_ENCRYPT }.to_owned();
        };
        let path = path.key("server");
        let is_https = |uri: &Uri| uri.scheme_str() == Some("https") && uri.host().is_some_and(|host| !host.is_empty());
        if !written.parse().is_ok_and(|uri| is_https(&uri)) {
            let problem = Problem::new(path.clone(), format!("`{written}` is no URL of an ACME directory"));
            self.problems.push(problem.with_help("write `https://host/path`, as the authority's manual gives it"));
        }
        if document.staging {
            let problem = Problem::new(path, "`staging` has Let's Encrypt's staging server in mind");
            self.problems.push(problem.with_help("leave one of them out"));
        }
        written.clone()
    }

    /// The hosts to order for, each of which a site must answer to: the authority asks there.
    fn ordered_hosts(&mut self, document: &AcmeDocument, path: &KeyPath, sites: &[SiteConfig]) -> Vec<String> {
        let path = path.key("hosts");
        let served: Vec<_> = sites.iter().flat_map(|site| &site.hosts).collect();
        let mut hosts = Vec::new();
        let written = document.hosts.as_ref().map(|written| written.iter().enumerate());
        for (index, text) in written.into_iter().flatten() {
            let path = path.index(index);
            match self.take(host_pattern(text), &path) {
                Some(HostPattern::Exact(host)) if is_orderable(&host) => {
                    if !served.iter().any(|pattern| covers(pattern, &host)) {
                        let problem = Problem::new(path, format!("no site answers to `{host}`"));
                        self.problems.push(problem.with_help("the authority asks there: add it to a site's `hosts`"));
                    }
                    hosts.push(host);
                }
                Some(_) => {
                    let problem = Problem::new(path, format!("no certificate can be ordered for `{text}`"));
                    self.problems.push(problem.with_help(ONE_NAME));
                }
                None => {}
            }
        }
        if document.hosts.is_none() {
            let exact = served.iter().filter_map(|pattern| match pattern {
                HostPattern::Exact(host) if is_orderable(host) => Some(host.clone()),
                _ => None,
            });
            hosts.extend(exact);
        }
        hosts.sort();
        hosts.dedup();
        if hosts.is_empty() && !sites.is_empty() {
            let problem = Problem::new(path, "there is no host to order a certificate for");
            self.problems.push(problem.with_help(ONE_NAME));
        }
        hosts
    }

    /// A file that octroi writes: what is wrong with it is a warning, for it is ordered anew.
    fn ordered_pair(&mut self, file: &Path, path: &KeyPath) {
        let chain = match self.source.certificates(file) {
            Ok(chain) => chain,
            Err(error) if error.is_missing() => return,
            Err(error) => return self.damaged(&error, path),
        };
        match self.source.key(file).and_then(|key| belong_together(chain.clone(), key, file)) {
            Ok(()) => self.expiry(file, &chain, path),
            Err(error) => self.damaged(&error, path),
        }
    }

    fn damaged(&mut self, error: &SourceError, path: &KeyPath) {
        let warning = Problem::new(path.clone(), format!("a certificate that octroi ordered cannot be used: {error}"));
        self.warnings.push(warning.with_help("`octroi run` sets the file aside and orders another"));
    }
}

/// Each certificate of a listener with its place in the file.
fn placed<'d>(document: &'d TlsDocument, path: &KeyPath) -> Vec<(KeyPath, &'d CertificateDocument)> {
    match document {
        TlsDocument::One(one) => vec![(path.clone(), one)],
        TlsDocument::Several(several) => {
            several.iter().enumerate().map(|(index, one)| (path.index(index), one)).collect()
        }
    }
}

/// Every `acme` table of the file.
fn acme_tables(written: &[ListenerDocument]) -> Vec<(KeyPath, &AcmeDocument)> {
    let path = KeyPath::default().key("listener");
    let listeners = written.iter().enumerate();
    let certificates = listeners.flat_map(|(index, listener)| {
        let path = path.index(index).key("tls");
        listener.tls.iter().flat_map(move |tls| placed(tls, &path))
    });
    certificates.filter_map(|(path, one)| Some((path.key("acme"), one.acme.as_ref()?))).collect()
}

/// A name of letters that is not an address: what an authority signs for.
fn is_orderable(host: &str) -> bool {
    host.contains('.') && host.parse::<std::net::IpAddr>().is_err() && !host.starts_with('[')
}

fn covers(pattern: &HostPattern, host: &str) -> bool {
    match pattern {
        HostPattern::Exact(name) => name == host,
        HostPattern::Suffix(suffix) => host.ends_with(suffix.as_str()),
        HostPattern::Default => true,
    }
}

/// The folder of one server, by its URL: `acme-v02.api.letsencrypt.org-directory`.
fn folder_name(server: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' };
    server.trim_start_matches("https://").trim_start_matches('.').chars().map(plain).collect()
}
