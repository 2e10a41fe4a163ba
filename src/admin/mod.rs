//! The admin listener: metrics, health, the policy in force, the inventory, reload.
//!
//! `serve` accepts connections within bounds, `access` decides which requests are allowed, `answer` answers them. `policy` and
//! `cookies` are for programs, `page` is for people and shows what `history` has recorded. Nothing here is on the request path.

mod access;
mod answer;
mod cookies;
mod history;
mod page;
mod policy;
mod response;
mod serve;

use std::sync::Arc;

use self::history::History;
use crate::drain::Drain;
use crate::inventory::Inventory;
use crate::reload::Reloader;
use crate::snapshot::Snapshots;
use crate::telemetry::Metrics;

/// The state that the admin listener shows or changes. Each field is a handle to state that the rest of the process writes; only
/// the history is the listener's own.
#[derive(Clone)]
pub struct Admin {
    /// What is in force: read anew for each request.
    pub snapshots: Snapshots,
    /// What `/metrics` renders.
    pub metrics: Metrics,
    /// What `/cookies` and the overview list.
    pub inventory: Inventory,
    /// Does the reload, and knows how the last one ended.
    pub reloader: Reloader,
    /// Not ready once it has begun. An onlooker's: the drain would wait for any other.
    pub drain: Drain,
}

impl Admin {
    /// Serves until it is dropped: while the process drains, `/readyz` says so and metrics can still be read. Errors of
    /// a connection are logged and end that connection alone.
    pub async fn serve(self, listener: tokio::net::TcpListener) {
        let (admin, history) = (Arc::new(self), History::default());
        let noting = answer::note(&admin, &history);
        let serving = serve::serve(listener, {
            let (admin, history) = (Arc::clone(&admin), history.clone());
            move |request| {
                let (admin, history) = (Arc::clone(&admin), history.clone());
                async move { admin.answer(&request, &history).await }
            }
        });
        tokio::join!(serving, noting);
    }
}

/// A moment as people and machines read it (RFC 3339). `None` if the time is outside the years -9999 to 9999, which
/// jiff cannot write.
fn written(time: crate::cookie::UnixTime) -> Option<String> {
    jiff::Timestamp::from_second(time.0).ok().map(|time| time.to_string())
}

#[cfg(test)]
mod tests;
