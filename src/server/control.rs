//! The control thread: the admin listener, the file watch, the health checks, and what follows a reload outside the
//! snapshot.
//!
//! None of it shares a runtime with visitors: a scrape or a reload never makes a request wait.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{LocalSet, spawn_local};

use super::listener::Listening;
use super::watch as files;
use crate::admin::Admin;
use crate::config::ListenerConfig;
use crate::reload::Reloader;
use crate::snapshot::Snapshots;
use crate::upstream::check_endpoints;

/// Starts the thread; it runs until `stop` says so or is gone.
pub(super) fn spawn(
    admin: Admin,
    listener: std::net::TcpListener,
    listenings: Vec<Arc<Listening>>,
    mut stop: watch::Receiver<bool>,
) -> io::Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let entered = runtime.enter();
    let listener = TcpListener::from_std(listener)?;
    drop(entered);
    std::thread::Builder::new().name("control".to_owned()).spawn(move || {
        let tasks = LocalSet::new();
        runtime.block_on(tasks.run_until(async move {
            let (reloader, snapshots) = (admin.reloader.clone(), admin.snapshots.clone());
            spawn_local(follow(reloader.clone(), snapshots.clone(), listenings));
            spawn_local(check_endpoints(snapshots.clone(), admin.metrics.clone(), reloader.changes()));
            spawn_local(files::run(reloader));
            spawn_local(admin.serve(listener));
            // An error means that the server is gone: then this thread ends, too.
            let _ = stop.wait_for(|stop| *stop).await;
        }));
    })
}

/// Brings the listeners after each new configuration.
async fn follow(reloader: Reloader, snapshots: Snapshots, listenings: Vec<Arc<Listening>>) {
    let mut changes = reloader.changes();
    while changes.changed().await.is_ok() {
        reload_certificates(&listenings, &snapshots.current().config.listeners);
    }
}

/// Certificates are read again with every configuration: their content may have changed under the same names.
fn reload_certificates(listenings: &[Arc<Listening>], configured: &[ListenerConfig]) {
    for (index, listening) in listenings.iter().enumerate() {
        // Several listeners may leave their port to the kernel: the place in the file tells them apart.
        let is_same = |config: &&ListenerConfig| config.address == listening.config.address;
        let same = configured.get(index).filter(is_same).or_else(|| configured.iter().find(is_same));
        let (Some(tls), Some(config)) = (&listening.tls, same) else { continue };
        if config.tls.is_empty() {
            continue;
        }
        if let Err(error) = tls.reload(&config.tls) {
            tracing::error!(%error, "certificates not reloaded, the last good ones stay");
        }
    }
}
