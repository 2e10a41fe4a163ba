//! Reloading: a new snapshot from the operator's files, or the last good one kept.
//!
//! Whoever triggers it (file watch, SIGHUP, the admin listener) calls [`Reloader::reload`]; it blocks, reads files and
//! is safe to call from several threads at once. Whatever is built from the configuration outside the snapshot
//! (certificates, the watch itself) follows [`Reloader::changes`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::sync::watch;

use crate::config::{Config, ConfigError};
use crate::snapshot::Snapshots;
use crate::telemetry::Metrics;

/// Reads the whole configuration anew.
pub type Loader = Box<dyn Fn() -> Result<Config, ConfigError> + Send + Sync>;

/// Puts new configurations in force. Cheap to clone.
#[derive(Clone)]
pub struct Reloader(Arc<Inner>);

struct Inner {
    load: Loader,
    snapshots: Snapshots,
    metrics: Metrics,
    status: Mutex<Status>,
    generation: watch::Sender<u64>,
}

/// What the last reload came to.
#[derive(Clone, Debug)]
pub struct Status {
    /// The generation in force.
    pub generation: u64,
    /// When it was put in force.
    pub since: SystemTime,
    /// Why the last attempt changed nothing, where it failed.
    pub error: Option<Arc<str>>,
}

impl Reloader {
    /// Begins with the snapshot that `snapshots` holds.
    pub fn new(load: Loader, snapshots: Snapshots, metrics: Metrics) -> Self {
        let generation = snapshots.current().generation;
        let status = Mutex::new(Status { generation, since: SystemTime::now(), error: None });
        Self(Arc::new(Inner { load, snapshots, metrics, status, generation: watch::Sender::new(generation) }))
    }

    /// Reads the configuration and puts it in force.
    ///
    /// # Errors
    /// Where the files are faulty: every problem. Then nothing changes.
    pub fn reload(&self) -> Result<Status, ConfigError> {
        // The lock is held throughout: reloads run one after the other, and the files read last are those in force.
        let mut status = self.lock();
        let now = SystemTime::now();
        match (self.0.load)() {
            Ok(config) => {
                *status = self.put_in_force(config, status.generation + 1, now);
                Ok(status.clone())
            }
            Err(error) => {
                tracing::error!(%error, generation = status.generation, "reload failed, the last good configuration stays");
                self.0.metrics.reloaded(false, now);
                status.error = Some(error.to_string().into());
                Err(error)
            }
        }
    }

    /// What the last reload came to.
    pub fn status(&self) -> Status {
        self.lock().clone()
    }

    /// Tells the generation each time that a new one is in force.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.generation.subscribe()
    }

    fn put_in_force(&self, config: Config, generation: u64, now: SystemTime) -> Status {
        let next = self.0.snapshots.current().succeeded_by(config, generation, &self.0.metrics);
        self.0.snapshots.replace(next);
        self.0.generation.send_replace(generation);
        self.0.metrics.reloaded(true, now);
        tracing::info!(generation, "configuration in force");
        Status { generation, since: now, error: None }
    }

    fn lock(&self) -> MutexGuard<'_, Status> {
        // A panic while loading leaves the last good status behind.
        self.0.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::config::{Limits, testing};
    use crate::snapshot::Snapshot;

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
        let reloader = Reloader::new(Box::new(load), snapshots.clone(), metrics);
        let changes = reloader.changes();

        assert_eq!(reloader.reload().unwrap().generation, 2);
        assert_eq!((snapshots.current().generation, *changes.borrow()), (2, 2));

        faulty.store(true, Ordering::Relaxed);
        assert!(reloader.reload().is_err());
        assert_eq!((snapshots.current().generation, *changes.borrow()), (2, 2));
        let status = reloader.status();
        assert!(status.generation == 2 && status.error.is_some());

        faulty.store(false, Ordering::Relaxed);
        let status = reloader.reload().unwrap();
        assert!(status.generation == 3 && status.error.is_none());
    }
}
