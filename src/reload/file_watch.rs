//! The file watch: it reloads the operator's files when one of them changes, and tries a load that failed again.
//!
//! It watches folders instead of files: editors replace a file by renaming, Kubernetes replaces a whole folder by moving its
//! `..data` link. Events of anything else in these folders, such as a log that is written all the time, are ignored. Any other
//! event only causes a check: the files' state is compared with the one in which they were read, so that a tool that only reads
//! does not cause a reload. A regular check finds changes for which there is no event (a network file system, exhausted inotify
//! watches).
//!
//! A file is read when its writer has closed it and it has not changed for a moment.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::config::Files;
use crate::reload::{Reloader, SECOND_LOOK, Status};

/// How long events are collected before a check: one save causes several, the swap of a `ConfigMap` two.
const COLLECT: Duration = Duration::from_millis(100);
/// How long files must stay unchanged before they are read.
const QUIET: Duration = Duration::from_millis(200);
/// As `QUIET`, for a file that its writer keeps open, perhaps without end.
const QUIET_WHILE_OPEN: Duration = Duration::from_secs(10);
/// How often files are checked if there is no event.
const POLL: Duration = Duration::from_secs(10);

/// Reloads when the files of the last load change, and when the reloader wants another try. Never returns.
pub(crate) async fn run(reloader: Reloader) {
    let (sender, mut events) = mpsc::channel(1);
    let mut folders = FolderWatch::new(sender);
    let mut attempts = reloader.attempts();
    let mut look: Option<Look> = None;
    let mut told = false;
    loop {
        attempts.mark_unchanged();
        let status = reloader.status();
        // Watch before the check: a change in between causes an event.
        folders.follow(&status.files);
        let found = Files::now(status.files.paths());
        let now = Instant::now();
        let current = Look::after(look.take(), found, told, now);
        let due = current.due(&status, folders.is_being_written(&current.found));
        if due.is_some_and(|due| due <= now) {
            reload(&reloader).await;
        } else {
            look = Some(current);
            let until = due.unwrap_or(now + POLL).min(now + POLL);
            told = tokio::select! {
                Some(()) = events.recv() => true,
                Ok(()) = attempts.changed() => false,
                () = tokio::time::sleep_until(until.into()) => false,
            };
        }
        if told {
            sleep(COLLECT).await;
            // The next check sees the changes of all events until now.
            let _ = events.try_recv();
        }
    }
}

/// Reads files, so it runs on a thread that may block. The reloader logs, counts and keeps the outcome.
async fn reload(reloader: &Reloader) {
    let reloader = reloader.clone();
    let outcome = tokio::task::spawn_blocking(move || drop(reloader.reload_unconfirmed())).await;
    if let Err(error) = outcome {
        tracing::error!(%error, "reload ended in a panic, the last good configuration stays");
        sleep(POLL).await;
    }
}

/// The files as they were found, and since when they have been so.
struct Look {
    found: Files,
    since: Instant,
    /// Whether there was an event for their last change. If not, there will be none for further changes, either.
    told: bool,
}

impl Look {
    fn after(last: Option<Self>, found: Files, told: bool, now: Instant) -> Self {
        match last {
            Some(last) if last.found == found => last,
            _ => Self { found, since: now, told },
        }
    }

    /// When the files are read next, if they stay as they are.
    fn due(&self, status: &Status, being_written: bool) -> Option<Instant> {
        if self.found == status.files {
            return status.due();
        }
        let quiet = match (being_written, self.told) {
            (true, _) => QUIET_WHILE_OPEN,
            (false, true) => QUIET,
            (false, false) => SECOND_LOOK,
        };
        Some(self.since + quiet)
    }
}

/// The folders that are watched, and their events.
struct FolderWatch {
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
    heard: Heard,
}

impl FolderWatch {
    fn new(sender: mpsc::Sender<()>) -> Self {
        let heard = Heard::default();
        let hearing = heard.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| hearing.takes(&event)) {
                // A full channel means that a check is due already.
                let _ = sender.try_send(());
            }
        });
        let watcher = watcher.inspect_err(|error| {
            tracing::warn!(%error, "files are not watched but looked at every {} s", POLL.as_secs());
        });
        Self { watcher: watcher.ok(), folders: BTreeSet::new(), heard }
    }

    /// Watches the folders of these files, and no others.
    fn follow(&mut self, files: &Files) {
        let wanted = files.folders();
        let Some(watcher) = &mut self.watcher else { return };
        // Before the first event of a new folder.
        self.heard.listen_for(files);
        for gone in self.folders.difference(&wanted) {
            // A folder that was removed is unwatched already.
            let _ = watcher.unwatch(gone);
        }
        // Those that stay are watched again, because one that was replaced has lost its watch.
        for folder in &wanted {
            let is_new = !self.folders.contains(folder);
            if let Err(error) = watcher.watch(folder, RecursiveMode::NonRecursive)
                && is_new
            {
                tracing::warn!(folder = %folder.display(), %error, "folder is not watched");
            }
        }
        self.folders = wanted;
    }

    /// Whether one of these files was written and is not closed yet.
    fn is_being_written(&self, files: &Files) -> bool {
        files.targets().any(|target| self.heard.is_being_written(target))
    }
}

/// What events tell of the files. It is shared with the thread that receives them.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    /// Events that cannot change any of these are ignored.
    files: Files,
    /// Those that were written and not closed since.
    being_written: BTreeSet<PathBuf>,
}

impl Heard {
    fn listen_for(&self, files: &Files) {
        let known = &mut *self.lock();
        if known.files != *files {
            known.being_written.retain(|path| files.depend_on(path));
            known.files = files.clone();
        }
    }

    /// Records an event. Returns whether the files must be checked.
    fn takes(&self, event: &Event) -> bool {
        let Known { files, being_written } = &mut *self.lock();
        if event.need_rescan() {
            // Events were lost, perhaps that a file was closed.
            being_written.clear();
            return true;
        }
        let paths: Vec<_> = event.paths.iter().filter(|path| files.depend_on(path)).collect();
        if paths.is_empty() {
            return false;
        }
        match event.kind {
            EventKind::Modify(ModifyKind::Data(_)) => being_written.extend(paths.into_iter().cloned()),
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Remove(_)
            | EventKind::Modify(ModifyKind::Name(_)) => being_written.retain(|path| !paths.contains(&path)),
            EventKind::Access(_) => return false,
            _ => {}
        }
        true
    }

    fn is_being_written(&self, path: &Path) -> bool {
        self.lock().being_written.contains(path)
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, RemoveKind, RenameMode};

    use super::*;

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));

    fn event(kind: EventKind, paths: &[&Path]) -> Event {
        paths.iter().fold(Event::new(kind), |event, path| event.add_path(path.to_path_buf()))
    }

    #[test]
    fn only_what_may_change_the_files_wakes_the_watch() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        let (file, log) = (folder.join("octroi.toml"), folder.join("access.log"));
        let heard = Heard::default();
        heard.listen_for(&Files::now([&*file]));
        let (created, renamed) =
            (EventKind::Create(CreateKind::Any), EventKind::Modify(ModifyKind::Name(RenameMode::Both)));
        for (kind, paths, expected) in [
            (WRITTEN, &[&*log][..], false),
            (CLOSED, &[&log], false),
            (created, &[&log], false),
            (created, &[&file], true),
            (renamed, &[&log, &file], true),
            (EventKind::Remove(RemoveKind::Folder), &[&folder], true),
            (EventKind::Access(AccessKind::Any), &[&file], false),
        ] {
            assert_eq!(heard.takes(&event(kind, paths)), expected, "{kind:?} {paths:?}");
        }
        assert!(heard.takes(&Event::new(EventKind::Other).set_flag(Flag::Rescan)));
    }

    #[test]
    fn a_file_is_being_written_until_it_is_closed_or_no_longer_one_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().canonicalize().unwrap().join("octroi.toml");
        let heard = Heard::default();
        let ends: [fn(&Heard, &Path); 2] = [
            |heard, file| assert!(heard.takes(&event(CLOSED, &[file]))),
            |heard, _| heard.listen_for(&Files::default()),
        ];
        for end in ends {
            heard.listen_for(&Files::now([&*file]));
            heard.takes(&event(WRITTEN, &[&file]));
            assert!(heard.is_being_written(&file));
            end(&heard, &file);
            assert!(!heard.is_being_written(&file));
        }
    }
}
