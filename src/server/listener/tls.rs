//! TLS towards visitors: certificates by server name, replaced when their files change.
//!
//! TLS 1.2 and 1.3, `h2` and `http/1.1` by ALPN. One [`Tls`] belongs to a listener and is shared by all workers, with
//! one ticketer: a session is resumed on any of them. Its certificates are replaced as a whole, so a connection never sees parts
//! of two sets.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::{ClientHello, ParsedCertificate, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{InconsistentKeys, ServerConfig};
use tokio_rustls::TlsAcceptor;

use super::tickets::Tickets;
use crate::config::{CertificateFiles, TlsConfig};

/// TLS of one listener.
pub(in crate::server) struct Tls {
    certificates: Arc<Certificates>,
    tickets: Arc<Tickets>,
    /// Takes a connection's handshake; all workers share its ticketer.
    pub(in crate::server) acceptor: TlsAcceptor,
}

/// Why a certificate cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The file is missing, or holds no PEM of the expected kind.
    #[error("{path}: expected {expected} in PEM: {source}")]
    #[allow(missing_docs)]
    Pem { path: PathBuf, expected: &'static str, source: rustls::pki_types::pem::Error },
    /// The certificate cannot be parsed, or the key is of another one.
    #[error("{certificate} and {key} cannot be used together: {source}")]
    #[allow(missing_docs)]
    Pair { certificate: PathBuf, key: PathBuf, source: rustls::Error },
    /// The TLS library refused its settings.
    #[error("TLS cannot be set up: {0}")]
    Setup(#[from] rustls::Error),
}

impl Tls {
    /// Without shared keys, session tickets are encrypted with keys of this process, which rustls changes every six hours: no
    /// restart resumes a session then.
    ///
    /// # Errors
    /// A file cannot be read, or a key does not fit its certificate.
    pub(in crate::server) fn new(configured: &TlsConfig) -> Result<Self, TlsError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let loaded = InForce::load(configured, &InForce::default(), &provider)?;
        let certificates = Arc::new(Certificates(ArcSwap::from_pointee(loaded)));
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])?
            .with_no_client_auth()
            .with_cert_resolver(certificates.clone());
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let tickets = Arc::new(Tickets::new(configured.ticket_keys.as_deref())?);
        config.ticketer = tickets.clone();
        Ok(Self { certificates, tickets, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }

    /// Puts the files' present content in force for new connections. On an error the old certificates stay.
    ///
    /// # Errors
    /// Those of [`Self::new`].
    pub(in crate::server) fn reload(&self, configured: &TlsConfig) -> Result<(), TlsError> {
        let provider = aws_lc_rs::default_provider();
        let last = self.certificates.0.load();
        self.certificates.0.store(Arc::new(InForce::load(configured, &last, &provider)?));
        Ok(self.tickets.share(configured.ticket_keys.as_deref())?)
    }
}

#[cfg(test)]
impl Tls {
    pub(in crate::server) fn default_certificate(&self) -> Vec<CertificateDer<'static>> {
        self.certificates.0.load().all.first().map(|pair| pair.cert.clone()).unwrap_or_default()
    }
}

/// The certificates in force.
#[derive(Debug)]
struct Certificates(ArcSwap<InForce>);

#[derive(Debug, Default)]
struct InForce {
    /// The operator's, then those that octroi ordered; the first one is the default.
    all: Vec<Arc<CertifiedKey>>,
    /// Those that octroi ordered, by their files.
    ordered: HashMap<PathBuf, Arc<CertifiedKey>>,
}

impl InForce {
    /// A certificate that octroi ordered stays in force while its file is missing or damaged, because it is being ordered anew.
    /// If there was none, handshakes for its host fail until there is one.
    ///
    /// # Errors
    /// If a file of the operator's cannot be read, or a key does not fit its certificate.
    fn load(configured: &TlsConfig, last: &Self, provider: &CryptoProvider) -> Result<Self, TlsError> {
        let mut all = load_all(&configured.certificates, provider)?;
        let mut ordered = HashMap::new();
        for file in configured.ordered.iter().flatten() {
            let files = CertificateFiles { certificate: file.clone(), key: file.clone() };
            let pair = load(&files, provider).map(Arc::new).ok().or_else(|| last.ordered.get(file).cloned());
            let Some(pair) = pair else { continue };
            all.push(Arc::clone(&pair));
            ordered.insert(file.clone(), pair);
        }
        Ok(Self { all, ordered })
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        choose(&self.0.load().all, hello.server_name())
    }
}

/// The first certificate that is valid for `name`, else the first of all. With one certificate, no name is compared: it
/// is served in any case.
fn choose(certificates: &[Arc<CertifiedKey>], name: Option<&str>) -> Option<Arc<CertifiedKey>> {
    let (first, others) = certificates.split_first()?;
    let fitting = match name.and_then(|name| ServerName::try_from(name).ok()) {
        Some(name) if !others.is_empty() => certificates.iter().find(|certificate| covers(certificate, &name)),
        _ => None,
    };
    Some(Arc::clone(fitting.unwrap_or(first)))
}

/// Whether a browser would accept the certificate for this name (RFC 9525; wildcards included).
fn covers(certificate: &CertifiedKey, name: &ServerName<'_>) -> bool {
    certificate
        .end_entity_cert()
        .and_then(ParsedCertificate::try_from)
        .and_then(|parsed| verify_server_name(&parsed, name))
        .is_ok()
}

fn load_all(files: &[CertificateFiles], provider: &CryptoProvider) -> Result<Vec<Arc<CertifiedKey>>, TlsError> {
    files.iter().map(|files| load(files, provider).map(Arc::new)).collect()
}

/// # Errors
/// The file that is wrong, by its path.
fn load(files: &CertificateFiles, provider: &CryptoProvider) -> Result<CertifiedKey, TlsError> {
    let chain = read_chain(&files.certificate)?;
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(pem_error(&files.key, "a private key"))?;
    let pair_error = |source| TlsError::Pair { certificate: files.certificate.clone(), key: files.key.clone(), source };
    let key = provider.key_provider.load_private_key(key).map_err(pair_error)?;
    let pair = CertifiedKey::new(chain, key);
    match pair.keys_match() {
        // The key does not tell its public half, so it cannot be checked.
        Ok(()) | Err(rustls::Error::InconsistentKeys(InconsistentKeys::Unknown)) => Ok(pair),
        Err(source) => Err(pair_error(source)),
    }
}

fn read_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let error = pem_error(path, "a certificate chain");
    let chain = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(&error)?;
    if chain.is_empty() { Err(error(rustls::pki_types::pem::Error::NoItemsFound)) } else { Ok(chain) }
}

fn pem_error(path: &Path, expected: &'static str) -> impl Fn(rustls::pki_types::pem::Error) -> TlsError {
    move |source| TlsError::Pem { path: path.to_owned(), expected, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(directory: &Path, name: &str, hosts: &[&str]) -> CertificateFiles {
        let hosts: Vec<String> = hosts.iter().map(ToString::to_string).collect();
        let made = rcgen::generate_simple_self_signed(hosts).unwrap();
        let files = CertificateFiles {
            certificate: directory.join(format!("{name}.pem")),
            key: directory.join(format!("{name}.key")),
        };
        std::fs::write(&files.certificate, made.cert.pem()).unwrap();
        std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
        files
    }

    fn of(certificates: Vec<CertificateFiles>) -> TlsConfig {
        TlsConfig { certificates, ordered: None, ticket_keys: None }
    }

    fn chosen(certificates: &[Arc<CertifiedKey>], name: Option<&str>) -> usize {
        let chosen = choose(certificates, name).unwrap();
        certificates.iter().position(|certificate| Arc::ptr_eq(certificate, &chosen)).unwrap()
    }

    #[test]
    fn the_server_name_chooses_and_the_first_is_the_default() {
        let directory = tempfile::tempdir().unwrap();
        let files = [
            write(directory.path(), "a", &["data.example.fr"]),
            write(directory.path(), "b", &["*.example.org", "example.org"]),
        ];
        let certificates = load_all(&files, &aws_lc_rs::default_provider()).unwrap();
        let cases = [
            (Some("data.example.fr"), 0),
            (Some("example.org"), 1),
            (Some("WWW.Example.ORG"), 1),
            (Some("a.b.example.org"), 0),
            (Some("unknown.test"), 0),
            (None, 0),
        ];
        for (name, index) in cases {
            assert_eq!(chosen(&certificates, name), index, "{name:?}");
        }
    }

    #[test]
    fn a_key_of_another_certificate_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let one = write(directory.path(), "one", &["one.test"]);
        let two = write(directory.path(), "two", &["two.test"]);
        let mixed = CertificateFiles { certificate: one.certificate, key: two.key };
        assert!(matches!(Tls::new(&of(vec![mixed])), Err(TlsError::Pair { .. })));
    }

    #[test]
    fn a_missing_file_is_named() {
        let files = CertificateFiles { certificate: "/nowhere/cert.pem".into(), key: "/nowhere/key.pem".into() };
        let error = Tls::new(&of(vec![files])).err().unwrap().to_string();
        assert!(error.starts_with("/nowhere/cert.pem: expected a certificate chain in PEM"), "{error}");
    }

    #[test]
    fn a_reload_replaces_and_a_faulty_one_changes_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let files = of(vec![write(directory.path(), "a", &["a.test"])]);
        let tls = Tls::new(&files).unwrap();
        let served = || choose(&tls.certificates.0.load().all, None).unwrap();
        let before = served();

        std::fs::write(&files.certificates[0].certificate, "nonsense").unwrap();
        assert!(tls.reload(&files).is_err());
        assert!(Arc::ptr_eq(&before, &served()));

        write(directory.path(), "a", &["b.test"]);
        tls.reload(&files).unwrap();
        let after = served();
        assert_ne!(before.cert, after.cert);
    }

    #[test]
    fn one_that_octroi_ordered_may_be_missing_and_outlives_its_file() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("a.test.pem");
        let configured = TlsConfig { certificates: Vec::new(), ordered: Some(vec![file.clone()]), ticket_keys: None };
        let tls = Tls::new(&configured).unwrap();
        let served = || choose(&tls.certificates.0.load().all, Some("a.test"));
        assert!(served().is_none());

        let made = rcgen::generate_simple_self_signed(["a.test".to_owned()]).unwrap();
        std::fs::write(&file, made.cert.pem() + &made.signing_key.serialize_pem()).unwrap();
        tls.reload(&configured).unwrap();
        let first = served().unwrap();
        for damage in [Some("nonsense"), None] {
            match damage {
                Some(text) => std::fs::write(&file, text).unwrap(),
                None => std::fs::remove_file(&file).unwrap(),
            }
            tls.reload(&configured).unwrap();
            assert!(Arc::ptr_eq(&first, &served().unwrap()), "{damage:?}");
        }
    }
}
