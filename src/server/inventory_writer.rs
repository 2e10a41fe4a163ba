//! When the inventory's file is read and written: at the start, once a minute, when the configuration names another file,
//! and at the end.

use std::time::{Duration, SystemTime};

use tokio::time::{Instant, sleep_until};

use crate::inventory::{Inventory, InventoryFile};
use crate::reload::Reloader;
use crate::snapshot::Snapshots;
use crate::telemetry::Metrics;

/// A crash loses no more than was seen in this time.
const INTERVAL: Duration = Duration::from_mins(1);

/// Reads the file that the configuration in force names.
pub(super) fn open(inventory: &Inventory, metrics: &Metrics, snapshots: &Snapshots) -> InventoryFile {
    let file = InventoryFile::new(inventory.clone(), metrics.clone());
    follow(&file, snapshots);
    file
}

/// Reads the file that the configuration in force names, if it is another one than before.
fn follow(file: &InventoryFile, snapshots: &Snapshots) {
    file.follow(snapshots.current().config.inventory.file.as_deref(), SystemTime::now().into());
}

/// Writes what was seen since the last time. Called once more at the end, after the last worker has ended.
pub(super) fn write(file: &InventoryFile) {
    file.save(SystemTime::now().into());
}

/// Follows the configuration, and writes, until it is dropped. Files are read and written on threads of their own, because
/// disks are slow.
pub(super) async fn run(file: InventoryFile, snapshots: Snapshots, reloader: Reloader) {
    let mut changes = reloader.changes();
    let mut due = Instant::now() + INTERVAL;
    loop {
        let (file, snapshots) = (file.clone(), snapshots.clone());
        let work = tokio::select! {
            () = sleep_until(due) => {
                due = Instant::now() + INTERVAL;
                tokio::task::spawn_blocking(move || write(&file))
            }
            news = changes.changed() => match news {
                Ok(()) => tokio::task::spawn_blocking(move || follow(&file, &snapshots)),
                Err(_) => return,
            },
        };
        // A panic has been reported; the next round tries again.
        let _ = work.await;
    }
}
