//! Answers the authority's challenges, which prove that octroi serves a host.
//!
//! The authority may connect to any worker of any replica, so each answer is read from the shared folder. A file system may
//! hang, so the file is read on a thread of its own, with a deadline, and only a few are read at a time: no worker blocks. A
//! path or name without a challenge has no answer here; the request or handshake continues as any other.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertificateParams, CustomExtension, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use sha2::{Digest, Sha256};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

use super::store;
use crate::config::{AcmeChallenge, AcmeConfig};

/// The path of an HTTP challenge, before its token (RFC 8555 §8.3).
pub const HTTP_PATH: &str = "/.well-known/acme-challenge/";
/// The protocol of a TLS challenge (RFC 8737 §6.1).
pub const TLS_PROTOCOL: &[u8] = b"acme-tls/1";
/// How many files are read at a time, in the whole process.
static READERS: Semaphore = Semaphore::const_new(8);
/// How long an answer may take; authorities wait longer.
const DEADLINE: Duration = Duration::from_secs(3);
/// In characters. A token has at least 22 (RFC 8555 §8.1).
const LONGEST_TOKEN: usize = 128;
/// In bytes: a token, a dot and a thumbprint.
const LONGEST_ANSWER: usize = 1024;

/// The challenges of one ACME configuration.
#[derive(Clone, Copy, Debug)]
pub struct Challenges<'a>(&'a AcmeConfig);

impl<'a> Challenges<'a> {
    /// The challenges that processes with this configuration put into its folder.
    pub fn new(config: &'a AcmeConfig) -> Self {
        Self(config)
    }

    /// The token in the path of an HTTP challenge. `None` for other paths, or if HTTP challenges are not used.
    pub fn token<'p>(&self, path: &'p str) -> Option<&'p str> {
        let token = path.strip_prefix(HTTP_PATH)?;
        (self.0.challenge == AcmeChallenge::Http01 && is_token(token)).then_some(token)
    }

    /// The answer to an HTTP challenge: the key authorization. `None` if there is no challenge with this token, or if the
    /// folder cannot be read in time.
    pub async fn http_answer(&self, token: &str) -> Option<String> {
        let file = self.file(token);
        off_thread(move || read(&file)).await
    }

    /// Whether TLS handshakes may be challenges.
    pub fn use_tls(&self) -> bool {
        self.0.challenge == AcmeChallenge::TlsAlpn01
    }

    /// The TLS configuration that answers a challenge for the host `name` (RFC 8737 §3). `None` if there is none, or if the
    /// folder cannot be read in time.
    pub async fn tls_answer(&self, name: &str) -> Option<Arc<ServerConfig>> {
        let name = self.0.hosts.iter().find(|host| host.eq_ignore_ascii_case(name))?.clone();
        let file = self.file(&name);
        let made = move || {
            let config = challenge_config(&name, &read(&file)?);
            config.inspect_err(|error| tracing::warn!(%error, "cannot make the certificate of a TLS challenge")).ok()
        };
        off_thread(made).await
    }

    fn file(self, name: &str) -> PathBuf {
        store::challenges(&self.0.folder, self.0.challenge).join(name)
    }
}

/// Whether a token is base64url (RFC 8555 §8.1), so that it cannot name a file of another folder.
pub(super) fn is_token(token: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=LONGEST_TOKEN).contains(&token.len()) && token.bytes().all(is_plain)
}

/// Runs `work` on a thread of its own. Neither the caller, beyond the deadline, nor the end of the process waits for it.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Option<T> + Send + 'static) -> Option<T> {
    let answered = async {
        let permit = READERS.acquire().await.ok()?;
        let (sender, receiver) = oneshot::channel();
        let run = move || {
            // Fails if the deadline has passed.
            let _ = sender.send(work());
            drop(permit);
        };
        std::thread::Builder::new().name("acme-challenge".to_owned()).spawn(run).ok()?;
        receiver.await.ok().flatten()
    };
    timeout(DEADLINE, answered).await.ok().flatten()
}

fn read(file: &Path) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    (text.len() <= LONGEST_ANSWER).then_some(text)
}

/// The TLS configuration with a self-signed certificate for `name`, which holds the digest of the key authorization.
fn challenge_config(name: &str, key_authorization: &str) -> Result<Arc<ServerConfig>, Box<dyn std::error::Error>> {
    let mut params = CertificateParams::new(vec![name.to_owned()])?;
    let digest = Sha256::digest(key_authorization.as_bytes());
    params.custom_extensions = vec![CustomExtension::new_acme_identifier(&digest)];
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?.der().clone();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(aws_lc_rs::default_provider());
    // rustls would parse the certificate to compare the keys, and reject its critical extension (RFC 8737 §3).
    let pair = CertifiedKey::new(vec![certificate], provider.key_provider.load_private_key(key)?);
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(SingleCertAndKey::from(pair)));
    config.alpn_protocols = vec![TLS_PROTOCOL.to_vec()];
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(folder: &Path, challenge: AcmeChallenge) -> AcmeConfig {
        AcmeConfig {
            server: "https://ca.test/".to_owned(),
            folder: folder.to_owned(),
            contact: Vec::new(),
            hosts: vec!["a.test".to_owned()],
            ca: None,
            eab: None,
            challenge,
            profile: None,
        }
    }

    #[tokio::test]
    async fn only_tokens_with_a_challenge_are_answered() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("http-01")).unwrap();
        std::fs::write(folder.path().join("http-01/to-ken_1"), "to-ken_1.thumb").unwrap();
        std::fs::write(folder.path().join("account.json"), "secret").unwrap();
        let config = config(folder.path(), AcmeChallenge::Http01);
        let challenges = Challenges::new(&config);
        assert_eq!(challenges.token("/.well-known/acme-challenge/to-ken_1"), Some("to-ken_1"));
        assert_eq!(challenges.http_answer("to-ken_1").await.as_deref(), Some("to-ken_1.thumb"));
        assert_eq!(challenges.http_answer("other").await, None);
        for path in ["/", "/.well-known/acme-challenge/", "/.well-known/acme-challenge/../account.json"] {
            assert_eq!(challenges.token(path), None, "{path}");
        }
        let long = format!("/.well-known/acme-challenge/{}", "a".repeat(129));
        assert_eq!(challenges.token(&long), None);
    }

    #[tokio::test]
    async fn a_host_is_answered_for_only_while_it_has_a_challenge() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("tls-alpn-01")).unwrap();
        let config = config(folder.path(), AcmeChallenge::TlsAlpn01);
        let challenges = Challenges::new(&config);
        assert!(challenges.use_tls() && challenges.token("/.well-known/acme-challenge/a").is_none());
        assert!(challenges.tls_answer("a.test").await.is_none());
        std::fs::write(folder.path().join("tls-alpn-01/a.test"), "token.thumb").unwrap();
        let proof = challenges.tls_answer("A.test").await.unwrap();
        assert_eq!(proof.alpn_protocols, [TLS_PROTOCOL]);
        assert!(challenges.tls_answer("../tls-alpn-01/a.test").await.is_none());
    }
}
