//! Reloading: a new snapshot from the operator's files, or the last good one kept.
//!
//! Whoever triggers it (file watch, SIGHUP, the admin listener) calls [`Reloader::reload`]; it blocks, reads files and
//! is safe to call from several threads at once.

use std::sync::Arc;
use std::time::SystemTime;

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
        Self(Arc::new(Inner { load, snapshots, metrics }))
    }

    /// Reads the configuration and puts it in force.
    ///
    /// # Errors
    /// Where the files are faulty: every problem. Then nothing changes.
    pub fn reload(&self) -> Result<Status, ConfigError> {
        let _ = (&self.0.load, &self.0.snapshots, &self.0.metrics);
        todo!()
    }

    /// What the last reload came to.
    pub fn status(&self) -> Status {
        todo!()
    }
}
