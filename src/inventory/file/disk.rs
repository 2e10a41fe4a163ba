//! The file on disk: read within bounds, set aside if it is not octroi's, and replaced as a whole.
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

/// The largest file that is read, in bytes: some thousand sites as they are, or eighty whose names are as long as can be.
pub(super) const LARGEST: u64 = 64 << 20;

/// How long another process may hold the lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(2);
/// Between two attempts to get it.
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
    #[error("it is no regular file")]
    NoFile,
    /// What is there stays untouched.
    #[error("it is not an inventory, and cannot be renamed: {0}")]
    Aside(io::Error),
    #[error("cannot write `{}`: {source}", file.display())]
    Write { file: PathBuf, source: io::Error },
    #[error("it cannot be put into JSON: {0}")]
    Format(#[from] serde_json::Error),
    /// The last content stays.
    #[error("it would be larger than {} MiB: delete sites in it that nobody needs", LARGEST >> 20)]
    TooLarge,
}

/// The file, which nobody else reads or writes as long as this lives.
pub(super) struct LockedFile<'a> {
    path: &'a Path,
    /// The lock goes with it.
    folder: File,
}

impl<'a> LockedFile<'a> {
    /// Waits up to [`LOCK_TIMEOUT`] for another process.
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

    /// What the file holds; `None` if there is none, or it was no inventory and has been set aside.
    ///
    /// # Errors
    /// The file is there and cannot be read, is no regular file, or cannot be set aside. Nothing has been changed then.
    pub(super) fn read(&self, now: UnixTime) -> Result<Option<SeenBySite>, DiskError> {
        let path = self.path;
        let bytes = match std::fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(DiskError::Read(error)),
            // A named pipe would be waited for, and a device must not be renamed.
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

    /// Replaces the file's content, completely or not at all. The new file is written beside it, flushed to the disk and renamed
    /// over it, so a crash leaves the old content or the new one. Only the owner can read it (mode 0600).
    ///
    /// # Errors
    /// The content is larger than [`LARGEST`], or the disk does not take it; the old content stays.
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
        // The new content is there, and will be found after a crash, too, unless the disk refuses just this.
        let _ = self.folder.sync_all();
        Ok(())
    }
}

/// One byte more than the largest file, at most: so that it is told from a larger one.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Removes what is left of an earlier attempt: nobody else writes while the folder is locked.
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
