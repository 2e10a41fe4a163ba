//! The admin listener: metrics, health, the policy in force, the inventory, reload.

use std::sync::Arc;

use crate::drain::Drain;
use crate::inventory::Inventory;
use crate::reload::Reloader;
use crate::snapshot::Snapshots;
use crate::telemetry::Metrics;

/// All that the admin listener shows or moves.
#[derive(Clone)]
#[allow(missing_docs)]
pub struct Admin {
    pub snapshots: Snapshots,
    pub metrics: Metrics,
    pub inventory: Inventory,
    pub reloader: Reloader,
    /// Not ready once it has begun.
    pub drain: Drain,
    /// The secret that every request but `/livez` and `/readyz` must show, where one is set.
    pub token: Option<Arc<str>>,
}

impl Admin {
    /// Serves until the drain begins.
    pub async fn serve(self, _listener: tokio::net::TcpListener) {
        todo!()
    }
}
