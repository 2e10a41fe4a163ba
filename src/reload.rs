//! Reloading: a new snapshot from the operator's files, or the last good one kept.
//!
//! Each trigger (file watch, SIGHUP, the admin listener) calls [`Reloader::reload`] or
//! [`Reloader::reload_unconfirmed`]; both block, read files and are safe to call from several threads at once. Whatever
//! is built from the configuration outside the snapshot (certificates, the watch itself) follows [`Reloader::changes`].

pub(crate) mod file_watch;
mod losses;
mod restart_only;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::watch;

use self::restart_only::RestartOnly;
use crate::config::{Config, ConfigError, Files, Finding, Severity};
use crate::inventory::{CharterInForce, Inventory};
use crate::snapshot::{Snapshot, Snapshots};
use crate::telemetry::Metrics;

/// Between a first failure and the next try; each further one waits twice as long…
const FIRST_RETRY: Duration = Duration::from_millis(500);
/// … up to this.
const LONGEST_RETRY: Duration = Duration::from_secs(10);

/// How long files that take something away must stay as they are before they are taken up. A program that writes a
/// file in several parts rarely pauses as long.
pub const SECOND_LOOK: Duration = Duration::from_secs(5);

/// Reads the whole configuration anew.
pub type Loader = Box<dyn Fn() -> Result<Config, ConfigError> + Send + Sync>;

/// Puts new configurations in force. Cheap to clone.
#[derive(Clone)]
pub struct Reloader(Arc<Inner>);

struct Inner {
    load: Loader,
    snapshots: Snapshots,
    inventory: Inventory,
    restart_only: RestartOnly,
    metrics: Metrics,
    /// Held by whoever loads: loads run one after the other, and the files read last are those in force.
    loading: Mutex<()>,
    /// Held for a moment, never while files are read: a file system may hang.
    status: Mutex<Status>,
    generation: watch::Sender<u64>,
    attempts: watch::Sender<u64>,
}

/// The result of the last reload.
#[derive(Clone, Debug)]
pub struct Status {
    /// The generation in force.
    pub generation: u64,
    /// When it was put in force.
    pub since: SystemTime,
    /// Keys of it that no reload can change: the process keeps the values of its start.
    pub kept: Arc<[String]>,
    /// The files that the last load read or tried to read, even if it failed.
    pub files: Files,
    /// Why the last attempt changed nothing, if it failed.
    pub failure: Option<Failure>,
    /// A configuration that waits for a second check.
    pub held: Option<Held>,
}

/// A reload that failed, and is tried again.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Every problem, as of the last attempt.
    pub reason: Arc<str>,
    /// Since when no reload has worked.
    pub since: SystemTime,
    /// Failures in a row with the same files.
    pub attempts: u32,
    /// When the file watch tries again.
    pub next_try: Moment,
}

/// A sound configuration that takes something away, and is not in force yet.
#[derive(Clone, Debug)]
pub struct Held {
    /// What the configuration in force grants and this one does not, in words.
    pub losses: Arc<[String]>,
    /// When it is put in force, unless its files change.
    pub until: Moment,
}

/// A moment to come: `at` to wait for it, `clock` to tell people.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// By the clock that nobody can set.
    pub at: Instant,
    /// By the wall clock, which may be set meanwhile.
    pub clock: SystemTime,
}

impl Moment {
    fn after(delay: Duration) -> Self {
        Self { at: Instant::now() + delay, clock: SystemTime::now() + delay }
    }
}

impl Status {
    /// When the next load is due even if no file changes. Then a failed load is tried again, or files that were changing are
    /// checked a second time.
    pub fn due(&self) -> Option<Instant> {
        let failure = self.failure.as_ref().map(|failure| failure.next_try.at);
        failure.or(self.held.as_ref().map(|held| held.until.at))
    }

    /// Whether this configuration waited for its second check, and its files have not changed meanwhile.
    fn is_confirmed(&self, config: &Config) -> bool {
        let waited = |held: &Held| held.until.at <= Instant::now();
        self.files == config.files && self.held.as_ref().is_some_and(waited)
    }
}

impl Reloader {
    /// Begins with the snapshot that `snapshots` holds. The inventory is told of each charter before a request is judged
    /// by it.
    pub fn new(load: Loader, snapshots: Snapshots, inventory: Inventory, metrics: Metrics) -> Self {
        let snapshot = snapshots.current();
        judge_by(&inventory, &snapshot);
        let generation = snapshot.generation;
        warn(&snapshot.config);
        let files = snapshot.config.files.clone();
        let (since, kept) = (SystemTime::now(), Arc::default());
        let status = Status { generation, since, kept, files, failure: None, held: None };
        Self(Arc::new(Inner {
            load,
            restart_only: RestartOnly::of(&snapshot.config),
            snapshots,
            inventory,
            metrics,
            loading: Mutex::default(),
            status: Mutex::new(status),
            generation: watch::Sender::new(generation),
            attempts: watch::Sender::default(),
        }))
    }

    /// Reads the configuration and puts it in force: the caller says that the files are complete. Blocks while files
    /// are read; several callers wait for each other.
    ///
    /// # Errors
    /// If the files are faulty: every problem. Then nothing changes.
    pub fn reload(&self) -> Result<Status, ConfigError> {
        self.attempt(true)
    }

    /// As [`Reloader::reload`], if files have changed and nobody says that they are complete: a configuration that takes
    /// something away waits until a second check finds the files unchanged.
    ///
    /// # Errors
    /// If the files are faulty: every problem. Then nothing changes.
    pub fn reload_unconfirmed(&self) -> Result<Status, ConfigError> {
        self.attempt(false)
    }

    /// The result of the last reload.
    pub fn status(&self) -> Status {
        self.lock().clone()
    }

    /// Receives the generation each time that a new one is in force. If there were several since the last read, only the last is
    /// received.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.generation.subscribe()
    }

    /// Receives each time that a load has ended, whether it succeeded or failed.
    pub fn attempts(&self) -> watch::Receiver<u64> {
        self.0.attempts.subscribe()
    }

    fn attempt(&self, confirmed: bool) -> Result<Status, ConfigError> {
        let _loading = self.0.loading.lock().unwrap_or_else(PoisonError::into_inner);
        let loaded = (self.0.load)();
        let mut status = self.lock();
        let outcome = loaded.map(|config| {
            let losses = losses::losses(&self.0.snapshots.current().config, &config);
            if losses.is_empty() || confirmed || status.is_confirmed(&config) {
                self.put_in_force(&mut status, config, &losses);
            } else {
                hold(&mut status, config.files, losses);
            }
            status.clone()
        });
        let outcome = outcome.inspect_err(|error| self.fail(&mut status, error, confirmed));
        drop(status);
        self.0.attempts.send_modify(|attempts| *attempts += 1);
        outcome
    }

    fn put_in_force(&self, status: &mut Status, mut config: Config, losses: &[String]) {
        let (generation, now) = (status.generation + 1, SystemTime::now());
        warn(&config);
        let files = config.files.clone();
        let current = self.0.snapshots.current();
        let kept = self.0.restart_only.keep(&current.config, &mut config);
        let next = current.succeeded_by(config, generation, &self.0.metrics);
        judge_by(&self.0.inventory, &next);
        self.0.snapshots.replace(next);
        self.0.generation.send_replace(generation);
        self.0.metrics.reloaded(true, now);
        tracing::info!(generation, "configuration in force");
        if !losses.is_empty() {
            tracing::warn!(
                generation,
                losses = losses.join(", "),
                "the new configuration takes away what the last one granted"
            );
        }
        if !kept.is_empty() {
            tracing::warn!(
                changed = kept.join(", "),
                "not taken up: octroi goes on as it was started until it is restarted"
            );
        }
        *status = Status { generation, since: now, kept: kept.into(), files, failure: None, held: None };
    }

    fn fail(&self, status: &mut Status, error: &ConfigError, asked_for: bool) {
        let now = SystemTime::now();
        self.0.metrics.reloaded(false, now);
        let reason: Arc<str> = error.to_string().into();
        let last = status.failure.take();
        if !asked_for && last.as_ref().is_some_and(|last| last.reason == reason) {
            tracing::debug!("reload failed again, for the same reason");
        } else {
            let generation = status.generation;
            let reasons = error.summary();
            tracing::error!(reasons, generation, "reload failed, the last good configuration stays");
        }
        let before = last.as_ref().filter(|_| status.files == error.files).map_or(0, |last| last.attempts);
        let delay = FIRST_RETRY.saturating_mul(1 << before.min(8)).min(LONGEST_RETRY);
        status.failure = Some(Failure {
            reason,
            since: last.map_or(now, |last| last.since),
            attempts: before + 1,
            next_try: Moment::after(delay),
        });
        status.held = None;
        status.files = error.files.clone();
    }

    fn lock(&self) -> MutexGuard<'_, Status> {
        // A panic while loading leaves the last good status behind.
        self.0.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the inventory the charters of this snapshot, by which it judges the names that were seen.
fn judge_by(inventory: &Inventory, snapshot: &Snapshot) {
    for site in snapshot.sites() {
        let (hash, charter, policy) = (site.charter_hash.clone(), site.charter.clone(), site.policy.clone());
        inventory.put_in_force(&site.name, CharterInForce { hash, charter, policy });
    }
}

fn hold(status: &mut Status, files: Files, losses: Vec<String>) {
    if status.held.is_none() || status.files != files {
        tracing::warn!(
            losses = losses.join(", "),
            seconds = SECOND_LOOK.as_secs(),
            "the changed files take away what the configuration in force grants: they are taken up if they stay as they are"
        );
        status.held = Some(Held { losses: losses.into(), until: Moment::after(SECOND_LOOK) });
    }
    status.failure = None;
    status.files = files;
}

/// Says what is probably not meant; [`Severity::Note`]s are for `octroi check`.
fn warn(config: &Config) {
    for finding in config.advice.iter().filter(|finding| finding.severity == Severity::Warning) {
        let Finding { file, line, key, message, .. } = finding;
        tracing::warn!(file = %file.display(), line, key, warning = message, "the configuration has a warning");
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::config::{Limits, testing};

    #[test]
    fn a_faulty_file_keeps_the_last_good_snapshot() {
        let metrics = Metrics::new();
        let snapshots = Snapshots::new(Snapshot::new(testing::bare(Limits::default()), 1, &metrics));
        let faulty = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&faulty);
        let load = move || {
            if asked.load(Ordering::Relaxed) {
                Config::load(Path::new("/nowhere/octroi.toml"), &[])
            } else {
                Ok(testing::bare(Limits::default()))
            }
        };
        let reloader = Reloader::new(Box::new(load), snapshots.clone(), Inventory::default(), metrics);
        let changes = reloader.changes();

        assert_eq!(reloader.reload().unwrap().generation, 2);
        assert_eq!((snapshots.current().generation, *changes.borrow()), (2, 2));

        faulty.store(true, Ordering::Relaxed);
        assert!(reloader.reload().is_err());
        assert_eq!((snapshots.current().generation, *changes.borrow()), (2, 2));
        let status = reloader.status();
        let failure = status.failure.clone().unwrap();
        assert!(status.generation == 2 && failure.attempts == 1 && failure.reason.contains("no such file"));
        assert_eq!(status.files.paths().collect::<Vec<_>>(), [Path::new("/nowhere/octroi.toml")]);
        assert!(reloader.reload().is_err());
        let again = reloader.status().failure.unwrap();
        assert_eq!((again.attempts, again.since), (2, failure.since));

        faulty.store(false, Ordering::Relaxed);
        let status = reloader.reload().unwrap();
        assert!(status.generation == 3 && status.failure.is_none() && status.due().is_none());
    }
}
