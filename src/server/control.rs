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
use super::watch::{self as files, Fingerprint};
use crate::admin::Admin;
use crate::config::{ListenerConfig, Scheme};
use crate::reload::Reloader;
use crate::snapshot::Snapshots;
use crate::upstream::check_endpoints;

/// Starts the thread; it runs until `stop` says so or is gone.
pub(super) fn spawn(
    admin: Admin,
    listener: std::net::TcpListener,
    listenings: Vec<Arc<Listening>>,
    seen: Fingerprint,
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
            spawn_local(files::run(reloader, snapshots, seen));
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
        let snapshot = snapshots.current();
        reload_certificates(&listenings, &snapshot.config.listeners);
        for address in needs_restart(&listenings, &snapshot.config.listeners) {
            tracing::warn!(address, "a changed listener keeps its old settings until octroi is restarted");
        }
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

/// The addresses whose listeners are new, gone, or changed in more than their certificates.
fn needs_restart(listenings: &[Arc<Listening>], configured: &[ListenerConfig]) -> Vec<String> {
    let running: Vec<_> = listenings.iter().map(|listening| essence(&listening.config)).collect();
    let wanted: Vec<_> = configured.iter().map(essence).collect();
    let mut addresses: Vec<_> = running.iter().filter(|config| !wanted.contains(config)).collect();
    addresses.extend(wanted.iter().filter(|config| !running.contains(config)));
    let mut addresses: Vec<_> = addresses.into_iter().map(|(address, ..)| address.to_string()).collect();
    addresses.sort();
    addresses.dedup();
    addresses
}

/// What a running listener cannot change.
fn essence(config: &ListenerConfig) -> (super::Shown<'_>, &[ipnet::IpNet], [bool; 3], Option<Scheme>) {
    let flags = [config.proxy_protocol, config.redirect_to_https, config.tls.is_empty()];
    (super::Shown(&config.address), &config.trusted, flags, config.scheme)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{CertificateFiles, ListenAddress};

    fn config(address: &str) -> ListenerConfig {
        ListenerConfig {
            address: ListenAddress::Tcp(address.parse().unwrap()),
            trusted: Arc::default(),
            proxy_protocol: false,
            tls: vec![CertificateFiles { certificate: "a.pem".into(), key: "a.key".into() }],
            redirect_to_https: false,
            scheme: None,
        }
    }

    #[test]
    fn only_what_a_running_listener_cannot_change_needs_a_restart() {
        let running = [Arc::new(Listening { config: config("127.0.0.1:443"), tls: None })];
        let mut certificates = config("127.0.0.1:443");
        certificates.tls.push(CertificateFiles { certificate: "b.pem".into(), key: "b.key".into() });
        assert!(needs_restart(&running, &[certificates]).is_empty());

        let mut redirect = config("127.0.0.1:443");
        redirect.redirect_to_https = true;
        assert_eq!(needs_restart(&running, &[redirect]), ["127.0.0.1:443"]);
        let mut scheme = config("127.0.0.1:443");
        scheme.scheme = Some(Scheme::Https);
        assert_eq!(needs_restart(&running, &[scheme]), ["127.0.0.1:443"]);
        assert_eq!(needs_restart(&running, &[config("127.0.0.1:8443")]), ["127.0.0.1:443", "127.0.0.1:8443"]);
    }
}
