//! The life of the process: it serves, reloads, and drains without losing a request that it accepted.
//!
//! The main thread runs it. Each change is reported to `/readyz`, systemd and the log.

use tokio::task::JoinSet;
use tokio::time::sleep;

use super::signals::{Request, SignalReceiver, Signals};
use super::systemd::{self, ServiceState, notify};
use super::{BoundAddress, Server, inventory_writer};
use crate::telemetry::panics;

/// Why the process ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DrainEnd {
    /// SIGTERM or SIGINT.
    Signalled,
    /// A worker ended in a panic. Its sockets are gone, so the process ends, and a supervisor starts a whole one.
    WorkerLost,
}

/// Returns whether the process was told to end and all requests ended in time: the exit code of `octroi run`.
pub(super) fn run_until_signalled(mut server: Server, signals: Signals) -> bool {
    panics::watch(server.metrics.clone());
    let Signals { runtime, requests } = signals;
    let ended_well = runtime.block_on(async {
        announce(&server);
        notify(ServiceState::Serving);
        let watchdog = std::mem::take(&mut server.watchdog);
        tokio::select! {
            ended_well = live(server, requests) => ended_well,
            never = watchdog.run(systemd::watchdog(), || notify(ServiceState::Alive)) => match never {},
        }
    });
    // A reload may still wait for a file system that hangs.
    runtime.shutdown_background();
    ended_well
}

/// Runs to the end. Returns whether the process was told to end, and drained in time.
async fn live(mut server: Server, mut signals: SignalReceiver) -> bool {
    let end = serve(&mut server, &mut signals).await;
    notify(ServiceState::Draining);
    if end == DrainEnd::Signalled {
        announce_drain(&server, &mut signals).await;
    }
    let drained = drain(server, &mut signals).await;
    drained && end == DrainEnd::Signalled
}

/// Logs one line for each listener; with port 0, this line tells the port.
fn announce(server: &Server) {
    for address in server.addresses() {
        let tls = matches!(address, BoundAddress::Tcp { tls: true, .. });
        tracing::info!(%address, tls, "listening");
    }
    tracing::info!(admin_address = %server.admin_address(), "listening");
}

/// Serves, reloads and reopens the log until it is time to drain.
async fn serve(server: &mut Server, signals: &mut SignalReceiver) -> DrainEnd {
    let mut changes = server.reloader.changes();
    // On threads of their own: a file system may hang, and signals are answered meanwhile.
    let mut reloads = JoinSet::new();
    loop {
        tokio::select! {
            request = signals.next() => match request {
                Request::Drain => return DrainEnd::Signalled,
                Request::Reload => {
                    notify(ServiceState::Reloading);
                    let reloader = server.reloader.clone();
                    reloads.spawn_blocking(move || reloader.reload());
                }
                Request::ReopenLog => server.access_log.reopen(),
            },
            // The reloader logs, counts and keeps the outcome; a panic is reported when it happens.
            Some(ended) = reloads.join_next() => {
                changes.mark_unchanged();
                let is_good = matches!(ended, Ok(Ok(_)));
                notify(if is_good { ServiceState::Serving } else { ServiceState::ServingLastGood });
            }
            // A reload that nobody asked for succeeded, so the files are good again if they were faulty.
            Ok(()) = changes.changed(), if reloads.is_empty() => notify(ServiceState::Serving),
            Some(worker) = server.lost.recv() => {
                tracing::error!(worker, "a worker ended in a panic, the process ends");
                return DrainEnd::WorkerLost;
            }
        }
    }
}

/// Fails the readiness check for `drain_delay`, and serves as before: a balancer takes the process out before a connection is
/// refused. A second signal ends the wait.
async fn announce_drain(server: &Server, signals: &mut SignalReceiver) {
    server.trigger.announce();
    let Some(delay) = server.snapshots.current().config.timeouts.drain_delay else { return };
    tracing::info!(delay_seconds = delay.as_secs(), "not ready any more, draining follows");
    tokio::select! {
        () = sleep(delay) => {}
        () = second_signal(signals) => {}
    }
}

/// Drains, then ends all threads. Returns whether all connections ended before the deadline. A second signal ends the wait.
async fn drain(server: Server, signals: &mut SignalReceiver) -> bool {
    let Server { snapshots, trigger, threads, access_log, exporter, inventory_file, socket_files, .. } = server;
    let deadline = snapshots.current().config.timeouts.drain;
    tracing::info!(deadline_seconds = deadline.map(|deadline| deadline.as_secs()), "draining");
    trigger.begin();
    drop(socket_files);
    let drained = tokio::select! {
        drained = trigger.finished(deadline) => drained,
        () = second_signal(signals) => false,
    };
    if drained {
        tracing::info!("drained");
    } else {
        tracing::warn!("not drained in time: the connections that are left are cut");
    }
    threads.stop.send_replace(true);
    for handle in threads.handles {
        // A panic was reported when it happened.
        let _ = handle.join();
    }
    inventory_writer::write(&inventory_file);
    access_log.close();
    exporter.close();
    drained
}

/// Waits for another signal to drain, which ends the wait.
async fn second_signal(signals: &mut SignalReceiver) {
    while signals.next().await != Request::Drain {}
}
