//! The control thread: the admin listener, the health checks, the inventory's file, and what follows a reload outside the
//! snapshot. The file watch has a thread of its own.
//!
//! None of it shares a runtime with visitors: a scrape or a reload never makes a request wait. And a file system that hangs
//! makes neither the admin listener nor the end of the process wait, except for certificates that a load has just read.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::sleep;

use super::listener::Listening;
use super::listener::tls::TlsError;
use super::{clock_steps, inventory_writer};
use crate::acme;
use crate::admin::Admin;
use crate::config::ListenerConfig;
use crate::inventory::InventoryFile;
use crate::reload::Reloader;
use crate::reload::file_watch;
use crate::snapshot::Snapshots;
use crate::upstream::check_endpoints;

/// How long until certificates that could not be read are read again.
const RETRY: Duration = Duration::from_secs(1);

/// Starts the threads. The control thread runs until `stop` says so, or its sender is gone. Errors of single tasks do not end it: each
/// logs them, and tries again. Nobody waits for the file watch to end.
///
/// # Errors
/// No runtime or thread can be made.
pub(super) fn spawn(
    admin: Admin,
    listener: std::net::TcpListener,
    listenings: Vec<Arc<Listening>>,
    inventory_file: InventoryFile,
    mut stop: watch::Receiver<bool>,
) -> io::Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let entered = runtime.enter();
    let listener = TcpListener::from_std(listener)?;
    drop(entered);
    watch_files(admin.reloader.clone())?;
    std::thread::Builder::new().name("control".to_owned()).spawn(move || {
        let tasks = LocalSet::new();
        runtime.block_on(tasks.run_until(async move {
            let (reloader, snapshots) = (admin.reloader.clone(), admin.snapshots.clone());
            spawn_local(follow(reloader.clone(), snapshots.clone(), listenings));
            spawn_local(check_endpoints(snapshots.clone(), admin.metrics.clone(), reloader.changes()));
            spawn_local(inventory_writer::run(inventory_file, snapshots.clone(), reloader.clone()));
            spawn_local(acme::run(snapshots.clone(), reloader.changes(), admin.metrics.clone()));
            spawn_local(clock_steps::watch(admin.metrics.clone()));
            spawn_local(admin.serve(listener));
            // An error means that the server is gone: then this thread ends, too.
            let _ = stop.wait_for(|stop| *stop).await;
        }));
        runtime.shutdown_background();
    })
}

/// Starts the thread that watches the operator's files.
fn watch_files(reloader: Reloader) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let run = move || runtime.block_on(file_watch::run(reloader));
    std::thread::Builder::new().name("file watch".to_owned()).spawn(run).map(drop)
}

/// Applies each new configuration to the listeners.
async fn follow(reloader: Reloader, snapshots: Snapshots, listenings: Vec<Arc<Listening>>) {
    let mut changes = reloader.changes();
    while changes.changed().await.is_ok() {
        let mut is_first = true;
        // The certificates were good when the configuration was read, so an error now (no free descriptor) may be temporary.
        while let Err(error) = reload_certificates(&listenings, &snapshots.current().config.listeners) {
            if std::mem::take(&mut is_first) {
                tracing::error!(%error, "certificates not reloaded, the last good ones stay until a further try works");
            }
            sleep(RETRY).await;
        }
    }
}

/// Reads the certificates again with every configuration, because their content may have changed under the same names.
///
/// # Errors
/// The last of those that cannot be read; all others are in force.
fn reload_certificates(listenings: &[Arc<Listening>], configured: &[ListenerConfig]) -> Result<(), TlsError> {
    let mut outcome = Ok(());
    for (index, listening) in listenings.iter().enumerate() {
        // Several listeners may leave their port to the kernel; their index in the file tells them apart.
        let is_same = |config: &&ListenerConfig| config.address == listening.config.address;
        let same = configured.get(index).filter(is_same).or_else(|| configured.iter().find(is_same));
        let (Some(tls), Some(configured)) = (&listening.tls, same.and_then(|config| config.tls.as_ref())) else {
            continue;
        };
        if let Err(error) = tls.reload(configured) {
            outcome = Err(error);
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{CertificateFiles, Config, Limits, ListenAddress, TlsConfig, testing};
    use crate::inventory::Inventory;
    use crate::server::listener::tls::Tls;
    use crate::snapshot::Snapshot;
    use crate::telemetry::Metrics;

    fn write(folder: &Path) -> CertificateFiles {
        let made = rcgen::generate_simple_self_signed(["a.test".to_owned()]).unwrap();
        let files = CertificateFiles { certificate: folder.join("a.pem"), key: folder.join("a.key") };
        std::fs::write(&files.certificate, made.cert.pem()).unwrap();
        std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
        files
    }

    /// Lets the other task go as far as it can.
    async fn others_turn() {
        for _ in 0..8 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_certificate_that_cannot_be_read_at_that_moment_is_read_later() {
        let folder = tempfile::tempdir().unwrap();
        let files = write(folder.path());
        let configured = TlsConfig { certificates: vec![files.clone()], ordered: None, ticket_keys: None };
        let listener = ListenerConfig {
            address: ListenAddress::Tcp("127.0.0.1:443".parse().unwrap()),
            trusted: Arc::default(),
            proxy_protocol: false,
            tls: Some(configured.clone()),
            redirect_to_https: false,
            scheme: None,
        };
        let tls = Tls::new(&configured).unwrap();
        let before = tls.default_certificate();
        let listening = Arc::new(Listening { config: listener.clone(), tls: Some(tls) });
        let config = Config { listeners: vec![listener], ..testing::bare(Limits::default()) };
        let metrics = Metrics::new();
        let snapshots = Snapshots::new(Snapshot::new(config.clone(), 1, &metrics));
        let reloader =
            Reloader::new(Box::new(move || Ok(config.clone())), snapshots.clone(), Inventory::default(), metrics);

        let tasks = LocalSet::new();
        tasks.spawn_local(follow(reloader.clone(), snapshots, vec![Arc::clone(&listening)]));
        tasks
            .run_until(async {
                others_turn().await;
                std::fs::remove_file(&files.key).unwrap();
                reloader.reload().unwrap();
                others_turn().await;
                let served = || listening.tls.as_ref().unwrap().default_certificate();
                assert_eq!(served(), before);
                write(folder.path());
                let renewed = async {
                    while served() == before {
                        sleep(RETRY / 10).await;
                    }
                };
                tokio::time::timeout(20 * RETRY, renewed).await.expect("the new certificate is never served");
            })
            .await;
    }
}
