//! The file watch: a change of any of the operator's files reloads them within a second.
//!
//! Directories are watched, and not files: editors replace a file by renaming, Kubernetes a whole directory by turning
//! its `..data` link. What an event says is not believed; the files' own state is compared, so that a log written beside
//! them, or a tool that only reads, reloads nothing. Looking from time to time finds what no event tells (a network file
//! system, exhausted inotify watches).

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use crate::reload::Reloader;
use crate::snapshot::Snapshots;

/// One save is several events, and a `ConfigMap`'s swap is two; they are answered once.
const DEBOUNCE: Duration = Duration::from_millis(200);
/// How often files are looked at without an event.
const POLL: Duration = Duration::from_secs(10);

/// Reloads whenever the files of the configuration in force change; for ever.
/// `seen` is their state as it was read for the first snapshot: what changed since then is found at once.
pub(super) async fn run(reloader: Reloader, snapshots: Snapshots, mut seen: Fingerprint) {
    let (sender, mut events) = mpsc::channel(1);
    let mut watch = Watch::new(sender.clone());
    // The first look follows the first watch.
    let _ = sender.try_send(());
    let mut files = snapshots.current().config.files.clone();
    watch.follow(&files);
    loop {
        // Without an event it is the time to look all the same.
        let _ = timeout(POLL, events.recv()).await;
        sleep(DEBOUNCE).await;
        let _ = events.try_recv();
        let found = Fingerprint::of(&files, &watch.directories);
        if found == seen {
            continue;
        }
        reload(&reloader).await;
        files.clone_from(&snapshots.current().config.files);
        watch.follow(&files);
        // What was found before the reload counts: a change that came while it read is found again, by one more look
        // where no event can tell of it.
        seen = found;
        if watch.changed {
            let _ = sender.try_send(());
        }
    }
}

/// Reads files, so it runs where it may block. Its outcome is logged and counted by the reloader.
async fn reload(reloader: &Reloader) {
    let reloader = reloader.clone();
    let outcome = tokio::task::spawn_blocking(move || drop(reloader.reload())).await;
    if let Err(error) = outcome {
        tracing::error!(%error, "reload ended in a panic, the last good configuration stays");
    }
}

/// The directories that are watched.
struct Watch {
    watcher: Option<RecommendedWatcher>,
    directories: BTreeSet<PathBuf>,
    /// Whether the last call of `follow` changed them.
    changed: bool,
}

impl Watch {
    fn new(sender: mpsc::Sender<()>) -> Self {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !event.kind.is_access()) {
                // A full channel holds the same news already.
                let _ = sender.try_send(());
            }
        });
        let watcher = watcher.inspect_err(|error| {
            tracing::warn!(%error, "files are not watched but looked at every {} s", POLL.as_secs());
        });
        Self { watcher: watcher.ok(), directories: BTreeSet::new(), changed: false }
    }

    /// Watches the directories of these files, and no others.
    fn follow(&mut self, files: &[PathBuf]) {
        let wanted = directories(files);
        self.changed = wanted != self.directories;
        let Some(watcher) = &mut self.watcher else {
            self.directories = wanted;
            return;
        };
        for gone in self.directories.difference(&wanted) {
            // A directory that was removed is unwatched already.
            let _ = watcher.unwatch(gone);
        }
        // Again for those that stay: one that was replaced has lost its watch.
        for directory in &wanted {
            if let Err(error) = watcher.watch(directory, RecursiveMode::NonRecursive) {
                tracing::warn!(directory = %directory.display(), %error, "directory is not watched");
            }
        }
        self.directories = wanted;
    }
}

/// Where a change of these files shows: beside the file, beside each link on the way to it, and where the links lead.
fn directories(files: &[PathBuf]) -> BTreeSet<PathBuf> {
    let mut directories = BTreeSet::new();
    for file in files {
        let Ok(file) = std::path::absolute(file) else { continue };
        directories.extend(file.parent().map(Path::to_owned));
        directories.extend(file.canonicalize().ok().and_then(|target| target.parent().map(Path::to_owned)));
        let links = file.ancestors().filter(|path| path.is_symlink());
        directories.extend(links.filter_map(|link| link.parent().map(Path::to_owned)));
    }
    directories
}

/// What tells one state of the files from another: inode, size and times, links followed.
///
/// It holds the files that are in use, and every TOML file beside them: one that a faulty configuration names is not in
/// use, and its correction must be noticed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fingerprint(BTreeMap<PathBuf, Option<State>>);

/// Device, inode, size, and the time of the last change in seconds and nanoseconds.
type State = (u64, u64, u64, i64, i64);

impl Fingerprint {
    /// The state in which these files are now.
    pub(super) fn now(files: &[PathBuf]) -> Self {
        Self::of(files, &directories(files))
    }

    fn of(files: &[PathBuf], directories: &BTreeSet<PathBuf>) -> Self {
        let beside = directories.iter().filter_map(|directory| std::fs::read_dir(directory).ok()).flatten();
        let beside = beside.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        let beside = beside.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
        let state = |path: &Path| {
            let metadata = std::fs::metadata(path).ok()?;
            Some((metadata.dev(), metadata.ino(), metadata.size(), metadata.mtime(), metadata.mtime_nsec()))
        };
        Self(files.iter().cloned().chain(beside).map(|path| (path.clone(), state(&path))).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn fingerprint(files: &[PathBuf]) -> Fingerprint {
        Fingerprint::of(files, &directories(files))
    }

    #[test]
    fn a_rename_over_the_file_is_a_change_and_a_log_beside_it_is_none() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("octroi.toml");
        std::fs::write(&file, "one").unwrap();
        let files = [file.clone()];
        let before = fingerprint(&files);
        std::fs::write(directory.path().join("access.log"), "line").unwrap();
        assert_eq!(before, fingerprint(&files));
        std::fs::write(directory.path().join("new"), "two").unwrap();
        std::fs::rename(directory.path().join("new"), &file).unwrap();
        assert_ne!(before, fingerprint(&files));
    }

    #[test]
    fn the_swap_of_a_kubernetes_volume_is_a_change() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        for version in ["..1", "..2"] {
            std::fs::create_dir(at(version)).unwrap();
            std::fs::write(at(version).join("octroi.toml"), "same size").unwrap();
        }
        symlink("..1", at("..data")).unwrap();
        symlink("..data/octroi.toml", at("octroi.toml")).unwrap();
        let files = [at("octroi.toml")];
        assert!(directories(&files).contains(directory.path()));
        let before = fingerprint(&files);
        symlink("..2", at("..data_tmp")).unwrap();
        std::fs::rename(at("..data_tmp"), at("..data")).unwrap();
        assert_ne!(before, fingerprint(&files));
    }

    #[test]
    fn a_link_to_a_directory_on_the_way_is_watched_too() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join("release-1")).unwrap();
        std::fs::write(directory.path().join("release-1/octroi.toml"), "x").unwrap();
        symlink("release-1", directory.path().join("current")).unwrap();
        let watched = directories(&[directory.path().join("current/octroi.toml")]);
        assert!(watched.contains(directory.path()), "{watched:?}");
    }
}
