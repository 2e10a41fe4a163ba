//! The folder of account, certificates, states and challenges, which replicas may share.
//!
//! It holds `account.json`, for each host `HOST.pem` (chain and key) and `HOST.json` (state), challenges under `http-01/` and
//! `tls-alpn-01/`, and `lock`. A file is replaced by a rename, so that no reader sees half of it, and only its owner can read
//! it. A damaged file is renamed to `*.damaged`, so that the operator can look at it; an earlier one is replaced.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::certificate_id;
use super::failure::Failure;
use super::schedule::{Lifetime, State};
use crate::config::validity::Validity;
use crate::config::{AcmeChallenge, AcmeConfig};

const FOLDER_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;
/// How much of a file is read. The largest file is a pair, of ten kilobytes.
const MOST_BYTES: u64 = 1 << 20;

/// The folder.
#[derive(Clone, Debug)]
pub(super) struct Store {
    folder: PathBuf,
}

/// Held by the one process that may order. Dropping it releases the lock, as does the end of the process.
pub(super) struct Lock(#[allow(dead_code)] File);

impl Store {
    pub(super) fn new(config: &AcmeConfig) -> Self {
        Self { folder: config.folder.clone() }
    }

    /// The lock; `None` if another process holds it. Creates the folder.
    ///
    /// # Errors
    /// If the folder cannot be created or written, or its file system has no locks.
    pub(super) fn lock(&self) -> Result<Option<Lock>, Failure> {
        create(&self.folder)?;
        let path = self.folder.join("lock");
        let opened = OpenOptions::new().create(true).truncate(false).write(true).mode(FILE_MODE).open(&path);
        let file = opened.map_err(Failure::folder(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Failure::folder(&path)(error)),
        }
    }

    /// The lifetime of a host's certificate; `None` if there is none or it is damaged. A damaged one is set aside if
    /// `holds_lock`.
    ///
    /// # Errors
    /// If the file exists and cannot be read or set aside.
    pub(super) fn lifetime(&self, host: &str, holds_lock: bool) -> Result<Option<Lifetime>, Failure> {
        let path = self.pair_path(host);
        let Some(bytes) = read(&path)? else { return Ok(None) };
        let lifetime = lifetime_of(&bytes);
        if lifetime.is_none() && holds_lock {
            set_aside(&path)?;
        }
        Ok(lifetime)
    }

    /// # Errors
    /// If it cannot be written; then the last pair stays.
    pub(super) fn write_pair(&self, host: &str, text: &str) -> Result<(), Failure> {
        write(&self.pair_path(host), text.as_bytes())
    }

    /// The state of a host; the default if there is none or it is damaged. A damaged one is set aside if `holds_lock`.
    ///
    /// # Errors
    /// If the file exists and cannot be read or set aside.
    pub(super) fn state(&self, host: &str, holds_lock: bool) -> Result<State, Failure> {
        json(&self.folder.join(format!("{host}.json")), holds_lock).map(Option::unwrap_or_default)
    }

    /// # Errors
    /// If it cannot be written.
    pub(super) fn write_state(&self, host: &str, state: &State) -> Result<(), Failure> {
        write_json(&self.folder.join(format!("{host}.json")), state)
    }

    /// The account, if there is one; a damaged one is set aside. The caller holds the lock.
    ///
    /// # Errors
    /// If the file exists and cannot be read or set aside.
    pub(super) fn account<T: DeserializeOwned>(&self) -> Result<Option<T>, Failure> {
        json(&self.account_path(), true)
    }

    /// # Errors
    /// If it cannot be written.
    pub(super) fn write_account(&self, account: &impl Serialize) -> Result<(), Failure> {
        write_json(&self.account_path(), account)
    }

    /// # Errors
    /// If it exists and cannot be renamed.
    pub(super) fn set_account_aside(&self) -> Result<(), Failure> {
        set_aside(&self.account_path())
    }

    /// Writes a challenge, which every process that shares the folder answers. `name`: the token or the host.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn put_challenge(&self, kind: AcmeChallenge, name: &str, text: &str) -> Result<(), Failure> {
        let folder = challenges(&self.folder, kind);
        create(&folder)?;
        write(&folder.join(name), text.as_bytes())
    }

    /// Removes all challenges. The caller holds the lock, and no other process has any.
    pub(super) fn clear_challenges(&self) {
        for kind in [AcmeChallenge::Http01, AcmeChallenge::TlsAlpn01] {
            let entries = std::fs::read_dir(challenges(&self.folder, kind)).into_iter().flatten();
            for entry in entries.flatten() {
                // A challenge that stays does no harm: only its token or host is answered.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    fn pair_path(&self, host: &str) -> PathBuf {
        self.folder.join(format!("{host}.pem"))
    }

    fn account_path(&self) -> PathBuf {
        self.folder.join("account.json")
    }
}

/// The value in a file; `None` if there is none or it is damaged. A damaged one is set aside if `holds_lock`.
fn json<T: DeserializeOwned>(path: &Path, holds_lock: bool) -> Result<Option<T>, Failure> {
    let Some(bytes) = read(path)? else { return Ok(None) };
    let value = serde_json::from_slice(&bytes).ok();
    if value.is_none() && holds_lock {
        set_aside(path)?;
    }
    Ok(value)
}

fn create(folder: &Path) -> Result<(), Failure> {
    DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(folder).map_err(Failure::folder(folder))
}

/// The folder of the challenges of a kind.
pub(super) fn challenges(folder: &Path, kind: AcmeChallenge) -> PathBuf {
    folder.join(match kind {
        AcmeChallenge::Http01 => "http-01",
        AcmeChallenge::TlsAlpn01 => "tls-alpn-01",
    })
}

/// The first [`MOST_BYTES`] of a file; `None` if there is none.
///
/// # Errors
/// If it cannot be read.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::folder(path)(error)),
    };
    let mut bytes = Vec::new();
    file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(Failure::folder(path))?;
    Ok(Some(bytes))
}

fn lifetime_of(pair: &[u8]) -> Option<Lifetime> {
    let certificate = CertificateDer::from_pem_slice(pair).ok()?;
    PrivateKeyDer::from_pem_slice(pair).ok()?;
    let Validity { not_before, not_after } = Validity::of(&certificate)?;
    let id = certificate_id::of(&certificate).map(|id| id.to_string());
    Some(Lifetime { not_before: not_before.as_secs(), not_after: not_after.as_secs(), id })
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_vec_pretty(value).map_err(io::Error::from).map_err(Failure::folder(path))?;
    write(path, &text)
}

/// Replaces a file atomically: a crash leaves the old one or the new one.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let error = Failure::folder(path);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(&error)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(&error)?;
    file.persist(path).map_err(|failed| error(failed.error))?;
    // Without this, a power failure may undo the rename.
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(&error)
}

/// Renames a file to `*.damaged`.
fn set_aside(path: &Path) -> Result<(), Failure> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".damaged");
    match std::fs::rename(path, &aside) {
        Ok(()) => {
            tracing::warn!(file = %path.display(), aside = %Path::new(&aside).display(), "set aside: octroi makes another");
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::folder(path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let directory = tempfile::tempdir().unwrap();
        let store = Store { folder: directory.path().join("deep/acme") };
        (directory, store)
    }

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn one_process_holds_the_lock_until_it_drops_it() {
        let (_guard, store) = store();
        let held = store.lock().unwrap();
        assert!(held.is_some() && store.lock().unwrap().is_none());
        drop(held);
        assert!(store.lock().unwrap().is_some());
    }

    #[test]
    fn only_the_owner_can_read_the_files() {
        let (_guard, store) = store();
        let _lock = store.lock().unwrap();
        store.write_state("a.test", &State::default()).unwrap();
        store.put_challenge(AcmeChallenge::Http01, "token", "text").unwrap();
        for (name, expected) in
            [("", 0o700), ("http-01", 0o700), ("lock", 0o600), ("a.test.json", 0o600), ("http-01/token", 0o600)]
        {
            assert_eq!(mode(&store.folder.join(name)), expected, "{name}");
        }
        store.clear_challenges();
        assert!(!store.folder.join("http-01/token").exists());
    }

    #[test]
    fn a_damaged_file_is_set_aside_only_under_the_lock() {
        let (_guard, store) = store();
        let _lock = store.lock().unwrap();
        for name in ["a.test.json", "a.test.pem"] {
            std::fs::write(store.folder.join(name), "{\"failures\": \"many\"").unwrap();
        }
        assert_eq!(
            (store.state("a.test", false).unwrap(), store.lifetime("a.test", false).unwrap()),
            (State::default(), None)
        );
        assert!(store.folder.join("a.test.pem").exists());
        assert_eq!(
            (store.state("a.test", true).unwrap(), store.lifetime("a.test", true).unwrap()),
            (State::default(), None)
        );
        for name in ["a.test.json", "a.test.pem"] {
            assert!(
                !store.folder.join(name).exists() && store.folder.join(format!("{name}.damaged")).exists(),
                "{name}"
            );
        }
    }

    #[test]
    fn a_written_state_is_read_back() {
        let (_guard, store) = store();
        let _lock = store.lock().unwrap();
        let state = State { failures: 3, not_before: 7, ..State::default() };
        store.write_state("a.test", &state).unwrap();
        assert_eq!(store.state("a.test", true).unwrap(), state);
    }
}
