//! The inventory's file, which keeps the inventory across restarts.
//!
//! Several processes may share a file, as two do while a restarted octroi takes over and the last one drains. So each process
//! reads the file before it writes it, and adds what it has seen since its last write; it locks the folder meanwhile. `format`
//! defines the content, `disk` reads and replaces the file.

mod disk;
mod format;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::disk::{DiskError, LockedFile};
use super::Inventory;
use super::sites::SeenBySite;
use crate::cookie::UnixTime;
use crate::telemetry::Metrics;

/// Keeps an inventory in a file. Its calls block. Cheap to clone.
#[derive(Clone, Debug)]
pub struct InventoryFile(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    inventory: Inventory,
    metrics: Metrics,
    /// `None` if the inventory is kept in memory only.
    path: Option<PathBuf>,
    /// Whether the last attempt failed, which was logged then.
    is_failing: bool,
}

impl InventoryFile {
    /// No file, until [`Self::follow`] names one.
    pub fn new(inventory: Inventory, metrics: Metrics) -> Self {
        Self(Arc::new(Mutex::new(State { inventory, metrics, path: None, is_failing: false })))
    }

    /// Sets the file that the configuration in force names. If it has changed, the old file is written a last time, and the
    /// new one is read.
    ///
    /// If the file cannot be used, that is logged once; the inventory continues in memory, and each write tries again.
    pub fn follow(&self, path: Option<&Path>, now: UnixTime) {
        let mut state = self.lock();
        if state.path.as_deref() == path {
            return;
        }
        state.save(now);
        state.path = path.map(Path::to_owned);
        state.inventory.lock().keep(path.is_some());
        if let Err(error) = state.load(now) {
            state.report(&error);
        }
    }

    /// Writes what was seen since the last write, if anything was. A failure is counted (`octroi_inventory_writes_total`) and
    /// logged once, and the next write includes what was not written.
    pub fn save(&self, now: UnixTime) {
        self.lock().save(now);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Reads the file, if there is one.
    fn load(&self, now: UnixTime) -> Result<(), DiskError> {
        let Some(path) = &self.path else { return Ok(()) };
        let held = LockedFile::lock(path)?.read(now)?;
        if let Some(mut held) = held {
            let mut sites = self.inventory.lock();
            sites.judge(&mut held);
            sites.adopt(held, now);
        }
        Ok(())
    }

    fn save(&mut self, now: UnixTime) {
        let Some(path) = self.path.clone().filter(|_| self.inventory.lock().is_unsaved()) else { return };
        let outcome = self.add_to(&path, now);
        self.metrics.inventory_written(outcome.is_ok());
        match outcome {
            Ok(()) if std::mem::take(&mut self.is_failing) => {
                tracing::info!(file = %path.display(), "inventory written again");
            }
            Ok(()) => {}
            Err(error) => self.report(&error),
        }
    }

    /// Adds what was seen since the last write to the file.
    fn add_to(&self, path: &Path, now: UnixTime) -> Result<(), DiskError> {
        let file = LockedFile::lock(path)?;
        let held = file.read(now)?;
        let (unsaved, all) = {
            let mut sites = self.inventory.lock();
            let all = if held.is_none() { sites.all() } else { SeenBySite::new() };
            (sites.take_unsaved(), all)
        };
        let whole = held.map_or(all, |held| self.with(held, &unsaved, now));
        let written = format::write(&whole, now).and_then(|content| file.replace(&content));
        let mut sites = self.inventory.lock();
        match written {
            Ok(()) => sites.adopt(whole, now),
            Err(_) => sites.put_back(&unsaved, now),
        }
        written
    }

    /// Merges the content of the file with what is unsaved.
    fn with(&self, mut held: SeenBySite, unsaved: &SeenBySite, now: UnixTime) -> SeenBySite {
        // The ranks of names depend on the charter.
        self.inventory.lock().judge(&mut held);
        for (site, seen) in unsaved {
            held.entry(Arc::clone(site)).or_default().absorb_all(seen, now);
        }
        held
    }

    /// Warns once, until it works again: it is tried each minute.
    fn report(&mut self, error: &DiskError) {
        let path = self.path.as_deref().unwrap_or(Path::new(""));
        if std::mem::replace(&mut self.is_failing, true) {
            tracing::debug!(file = %path.display(), %error, "inventory not kept");
        } else {
            tracing::warn!(file = %path.display(), %error, "the inventory is not kept until this is fixed");
        }
    }
}
