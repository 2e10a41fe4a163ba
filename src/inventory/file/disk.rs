//! The file on disk: read up to a limit, set aside if it is not an inventory, and replaced as a whole.
//!
//! A process that finds the folder locked waits a little: another one is writing. The lock is the system's (`flock`) and ends
//! with its process. It is on the folder, because the file itself is replaced with each write.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::format;
use crate::cookie::UnixTime;
use crate::inventory::sites::SeenBySite;

/// The largest file that is read, in bytes: some thousand usual sites, or eighty sites with the longest names.
pub(super) const LARGEST: u64 = 64 << 20;

/// How long another process may hold the lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(2);
/// The pause between two attempts to lock.
const PAUSE: Duration = Duration::from_millis(20);

/// Why the inventory cannot be kept.
#[derive(Debug, thiserror::Error)]
pub(super) enum DiskError {
    #[error("cannot open its folder `{}`: {source}", folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    /// It was held for more than two seconds.
    #[error("another process holds the lock on its folder `{}`", .0.display())]
    Busy(PathBuf),
    #[error("cannot read it: {0}")]
    Read(io::Error),
    /// A folder, a device or a pipe.
    #[error("it is not a regular file")]
    NoFile,
    /// The file stays as it is.
    #[error("it is not an inventory, and cannot be renamed: {0}")]
    Aside(io::Error),
    #[error("cannot write `{}`: {source}", file.display())]
    Write { file: PathBuf, source: io::Error },
    #[error("it cannot be written as JSON: {0}")]
    Format(#[from] serde_json::Error),
    /// The last content stays.
    #[error("it would be larger than {} MiB: delete sites in it that nobody needs", LARGEST >> 20)]
    TooLarge,
}

/// The file, which no other octroi reads or writes until this is dropped.
pub(super) struct LockedFile<'a> {
    path: &'a Path,
    /// Holds the lock; closing it releases the lock.
    folder: File,
}

impl<'a> LockedFile<'a> {
    /// Locks the folder. Waits up to [`LOCK_TIMEOUT`] for another process.
    ///
    /// # Errors
    /// [`DiskError::Folder`] if the folder cannot be opened, [`DiskError::Busy`] after that time.
    pub(super) fn lock(path: &'a Path) -> Result<Self, DiskError> {
        let name = path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
        let unusable = |source| DiskError::Folder { folder: name.to_owned(), source };
        let folder = File::open(name).map_err(unusable)?;
        let begun = Instant::now();
        loop {
            match folder.try_lock() {
                Ok(()) => return Ok(Self { path, folder }),
                Err(TryLockError::WouldBlock) if begun.elapsed() < LOCK_TIMEOUT => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(DiskError::Busy(name.to_owned())),
                Err(TryLockError::Error(source)) => return Err(unusable(source)),
            }
        }
    }

    /// The content of the file; `None` if there is no file, or if it is not an inventory and was set aside.
    ///
    /// # Errors
    /// The file exists and cannot be read, is not a regular file, or cannot be set aside. It is unchanged then.
    pub(super) fn read(&self, now: UnixTime) -> Result<Option<SeenBySite>, DiskError> {
        let path = self.path;
        let bytes = match std::fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(DiskError::Read(error)),
            // Reading a named pipe would block, and a device must not be renamed.
            Ok(metadata) if !metadata.is_file() => return Err(DiskError::NoFile),
            Ok(_) => read_bounded(path).map_err(DiskError::Read)?,
        };
        let reason = match format::read(&bytes, now) {
            Ok(names) => return Ok(Some(names)),
            Err(reason) => reason,
        };
        let aside = with_ending(path, ".aside");
        std::fs::rename(path, &aside).map_err(DiskError::Aside)?;
        tracing::warn!(file = %path.display(), aside = %aside.display(), %reason, "the inventory's file cannot be used and is set aside");
        Ok(None)
    }

    /// Replaces the file atomically: a new file is written beside it, flushed to disk and renamed over it, so a crash leaves the
    /// old content or the new one. Only the owner can read it (mode 0600).
    ///
    /// # Errors
    /// The content is larger than [`LARGEST`], or cannot be written; the old content stays.
    pub(super) fn replace(&self, content: &[u8]) -> Result<(), DiskError> {
        if u64::try_from(content.len()).is_ok_and(|length| length > LARGEST) {
            return Err(DiskError::TooLarge);
        }
        let beside = with_ending(self.path, ".new");
        let written = write_new(&beside, content).and_then(|()| std::fs::rename(&beside, self.path));
        if let Err(source) = written {
            // An incomplete file is useless, and may fill the disk.
            let _ = std::fs::remove_file(&beside);
            return Err(DiskError::Write { file: beside, source });
        }
        // The new content is in place; if this fails, only a power failure may undo the rename.
        let _ = self.folder.sync_all();
        Ok(())
    }
}

/// Reads one byte more than [`LARGEST`] at most, so that a file that is too large is noticed.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes a new file. First removes one that an earlier attempt left: no other octroi writes while the folder is locked.
fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
