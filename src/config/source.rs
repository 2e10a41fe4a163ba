//! Reading the files that a configuration names, and whether they hold what they should.
//!
//! The files that were read are remembered, so that the file watch knows what to watch, also after a failed load.

use std::cell::RefCell;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use super::Files;

/// At a few hundred tries a second, which is what the admin listener answers, so many random letters and digits last
/// for centuries.
const SHORTEST_SECRET: usize = 8;

/// How PEM says that a key is encrypted: PKCS #8, and the older way of OpenSSL (RFC 1421 §4.6.1.1).
const ENCRYPTED: [&[u8]; 2] = [b"-----BEGIN ENCRYPTED PRIVATE KEY-----", b"Proc-Type: 4,ENCRYPTED"];

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum SourceError {
    #[error("cannot read `{}`: {}", .0.display(), reason(.1))]
    Unreadable(PathBuf, #[source] io::Error),
    #[error("`{}` is not UTF-8 text", .0.display())]
    NotText(PathBuf),
    #[error("`{}` holds no certificate: expected PEM, `-----BEGIN CERTIFICATE-----`", .0.display())]
    NoCertificate(PathBuf),
    #[error("`{}` holds no private key: expected PEM, `-----BEGIN PRIVATE KEY-----`", .0.display())]
    NoKey(PathBuf),
    #[error(
        "`{}` holds a private key that is encrypted, and octroi knows no passphrase: take it off with `openssl pkey -in {} -out …`, \
         and let octroi alone read the new file", .0.display(), .0.display()
    )]
    EncryptedKey(PathBuf),
    #[error("the key in `{}` is not that of the certificate: {source}", key.display())]
    Mismatch { key: PathBuf, source: rustls::Error },
    #[error("`{}` holds no secret", .0.display())]
    NoSecret(PathBuf),
    #[error(
        "the secret in `{}` is shorter than {SHORTEST_SECRET} characters: make one with `openssl rand -hex 32`", .0.display()
    )]
    ShortSecret(PathBuf),
    #[error("the secret in `{}` holds white space or other characters that a header cannot carry", .0.display())]
    OddSecret(PathBuf),
}

impl SourceError {
    /// Whether there is no such file.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Unreadable(_, error) if error.kind() == io::ErrorKind::NotFound)
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => error.to_string(),
    }
}

/// The files of one load: reads them, and remembers which.
pub(super) struct Source<'a> {
    read: &'a dyn Fn(&Path) -> io::Result<Vec<u8>>,
    files: RefCell<Files>,
}

impl<'a> Source<'a> {
    /// `read` is `std::fs::read`, but for tests and the demo, which has no files.
    pub(super) fn new(read: &'a dyn Fn(&Path) -> io::Result<Vec<u8>>) -> Self {
        Self { read, files: RefCell::default() }
    }

    /// Every file that was asked for, as it was before it was read.
    pub(super) fn files(&self) -> Files {
        self.files.borrow().clone()
    }

    /// # Errors
    /// If it cannot be read, or is not UTF-8.
    pub(super) fn text(&self, path: &Path) -> Result<String, SourceError> {
        String::from_utf8(self.bytes(path)?).map_err(|_| SourceError::NotText(path.to_owned()))
    }

    /// The secret in a file, without the white space around it.
    ///
    /// # Errors
    /// If it cannot be read, or holds no secret, one of fewer than eight characters, or one that no header can carry:
    /// only visible ASCII is allowed.
    pub(super) fn secret(&self, path: &Path) -> Result<Arc<str>, SourceError> {
        let text = self.text(path)?;
        let secret = text.trim();
        if secret.is_empty() {
            return Err(SourceError::NoSecret(path.to_owned()));
        }
        if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SourceError::OddSecret(path.to_owned()));
        }
        if secret.len() < SHORTEST_SECRET {
            return Err(SourceError::ShortSecret(path.to_owned()));
        }
        Ok(secret.into())
    }

    /// The certificates of a file, at least one.
    ///
    /// # Errors
    /// If it cannot be read, or holds no PEM of a certificate.
    pub(super) fn certificates(&self, path: &Path) -> Result<Vec<CertificateDer<'static>>, SourceError> {
        let bytes = self.bytes(path)?;
        let certificates = CertificateDer::pem_slice_iter(&bytes).collect::<Result<Vec<_>, _>>();
        let certificates = certificates.ok().filter(|certificates| !certificates.is_empty());
        certificates.ok_or_else(|| SourceError::NoCertificate(path.to_owned()))
    }

    /// The private key of a file.
    ///
    /// # Errors
    /// If it cannot be read, or holds no PEM of a private key (PKCS #1, PKCS #8 or SEC 1), or one that is encrypted.
    pub(super) fn key(&self, path: &Path) -> Result<PrivateKeyDer<'static>, SourceError> {
        let bytes = self.bytes(path)?;
        if ENCRYPTED.iter().any(|mark| memchr::memmem::find(&bytes, mark).is_some()) {
            return Err(SourceError::EncryptedKey(path.to_owned()));
        }
        PrivateKeyDer::from_pem_slice(&bytes).map_err(|_| SourceError::NoKey(path.to_owned()))
    }

    /// Whether every user of the machine may read a file. `false` if the file is not there.
    pub(super) fn is_open_to_all(path: &Path) -> bool {
        std::fs::metadata(path).is_ok_and(|metadata| metadata.mode() & 0o004 != 0)
    }

    fn bytes(&self, path: &Path) -> Result<Vec<u8>, SourceError> {
        self.files.borrow_mut().note(path);
        (self.read)(path).map_err(|error| SourceError::Unreadable(path.to_owned(), error))
    }
}

/// Whether a private key is that of the first certificate of a chain.
///
/// # Errors
/// If it is another's, or of a kind that the TLS library cannot sign with. Later certificates of the chain are not
/// compared.
pub(super) fn belong_together(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    path: &Path,
) -> Result<(), SourceError> {
    let pair = CertifiedKey::from_der(chain, key, &default_provider());
    pair.map(drop).map_err(|source| SourceError::Mismatch { key: path.to_owned(), source })
}
