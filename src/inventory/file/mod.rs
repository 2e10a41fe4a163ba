//! The inventory's file: what was seen outlives the process.
//!
//! Several processes may share one file, as two do while a restarted octroi takes over and the last one drains. So each
//! writes only after it has read what the others wrote, and adds what it has seen itself since its last time; a lock on
//! the folder keeps them apart meanwhile. `format` says what is in it, `disk` how it is read and replaced.

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
    /// What the process has seen.
    inventory: Inventory,
    metrics: Metrics,
    /// `None`: nothing is kept.
    path: Option<PathBuf>,
    /// Whether the last attempt failed, which has been said then.
    is_failing: bool,
}

impl InventoryFile {
    /// No file, until [`Self::follow`] names one.
    pub fn new(inventory: Inventory, metrics: Metrics) -> Self {
        Self(Arc::new(Mutex::new(State { inventory, metrics, path: None, is_failing: false })))
    }

    /// Takes the file that the configuration in force names. If it is another one than before, the last one is written
    /// for the last time, and what the new one holds is taken in.
    ///
    /// A file that cannot be used is told in the log once; the inventory goes on in memory, and each write tries again.
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

    /// Writes what was seen since the last time, if anything was. Never an error: a failure is counted
    /// (`octroi_inventory_writes_total`) and logged once, and what was not written is kept for the next time.
    pub fn save(&self, now: UnixTime) {
        self.lock().save(now);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes in what the file holds, if there is one.
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

    /// Adds what was seen since the last time to what the file holds.
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

    /// What the file held and what is new, together.
    fn with(&self, mut held: SeenBySite, unsaved: &SeenBySite, now: UnixTime) -> SeenBySite {
        // Who may push out whom depends on what is declared.
        self.inventory.lock().judge(&mut held);
        for (site, seen) in unsaved {
            held.entry(Arc::clone(site)).or_default().absorb_all(seen, now);
        }
        held
    }

    /// Once, until it works again: it is tried each minute.
    fn report(&mut self, error: &DiskError) {
        let path = self.path.as_deref().unwrap_or(Path::new(""));
        if std::mem::replace(&mut self.is_failing, true) {
            tracing::debug!(file = %path.display(), %error, "inventory not kept");
        } else {
            tracing::warn!(file = %path.display(), %error, "the inventory is not kept until this is mended");
        }
    }
}
