//! A worker: one thread with its own runtime, its own sockets and its own proxy.
//!
//! A worker that accepts a connection gives it to the worker with the fewest open ones. So a few connections never share one
//! worker while another idles, and many are distributed evenly, however the kernel's hashing distributed them.

use std::io;
use std::num::NonZeroU64;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::thread::set_current_timer_slack;
use tokio::runtime::{LocalOptions, LocalRuntime};
use tokio::sync::{mpsc, watch};
use tokio::task::spawn_local;
use tokio::time::{Instant, sleep, sleep_until};

use super::connection::{ConnectionInfo, serve};
use super::context::WorkerContext;
use super::handler::Handler;
use super::listener::accepted::{Accepted, Listener};
use super::listener::connection_limits::{ConnectionLimits, ConnectionPermit};
use super::listener::{ListenSocket, Listening};
use super::systemd::watchdog::{self, LivenessProbe, ProbeResponder};
use super::timer_tick::TimerTick;
use crate::drain::Drain;
use crate::net::event_loop;
use crate::snapshot::Snapshots;
use crate::telemetry::{Metrics, metrics};

/// The wait after a failed accept, doubled up to a second: descriptors or memory are short, and will be for a while.
const BACK_OFF: Duration = Duration::from_millis(20);
/// How often `Handler::tick` is called.
const TICK: Duration = Duration::from_secs(1);
/// The shortest interval between two checks for idle bodies.
const SHORTEST_TICK: Duration = Duration::from_millis(50);
/// How late the kernel may be with a worker's timers, in nanoseconds. If bytes are received meanwhile, the worker is woken once
/// for both.
const TIMER_SLACK: Option<NonZeroU64> = NonZeroU64::new(20_000_000);

/// What all workers share. Each takes a clone, and makes its [`WorkerContext`] of it.
#[derive(Clone)]
pub(super) struct ServerContext {
    pub(super) snapshots: Snapshots,
    pub(super) metrics: Metrics,
    pub(super) connection_limits: ConnectionLimits,
    /// In the order of the file; each worker's sockets are in the same order.
    pub(super) listenings: Vec<Arc<Listening>>,
    /// One for each worker.
    pub(super) inboxes: Vec<mpsc::UnboundedSender<AcceptedConnection>>,
    pub(super) drain: Drain,
    /// The workers end when this says so, or its sender is gone.
    pub(super) stop: watch::Receiver<bool>,
    /// Is told which worker's thread ended in a panic.
    pub(super) lost: mpsc::UnboundedSender<usize>,
}

/// An accepted connection for a worker to serve.
pub(super) struct AcceptedConnection {
    /// Detached from its runtime, if another worker accepted it.
    accepted: Accepted,
    listening: Arc<Listening>,
    /// When it was accepted.
    at: Instant,
    /// Counted for the worker that serves it.
    permit: ConnectionPermit,
}

/// A worker before it is set up.
pub(super) struct Worker {
    index: usize,
    sockets: Vec<ListenSocket>,
    inbox: mpsc::UnboundedReceiver<AcceptedConnection>,
    probe: (LivenessProbe, ProbeResponder),
}

impl Worker {
    /// With sockets of its own.
    pub(super) fn new(
        index: usize,
        sockets: Vec<ListenSocket>,
        inbox: mpsc::UnboundedReceiver<AcceptedConnection>,
    ) -> Self {
        Self { index, sockets, inbox, probe: watchdog::liveness_probe() }
    }

    /// A probe that asks the worker, once it runs, whether its event loop is alive.
    pub(super) fn probe(&self) -> LivenessProbe {
        self.probe.0.clone()
    }

    /// Sets up on a thread of its own, which then waits for [`Ready::serve`]. `handler` is made on that thread.
    ///
    /// # Errors
    /// If there is no thread, or its sockets cannot be watched.
    pub(super) fn set_up<H: Handler>(
        self,
        server: ServerContext,
        handler: impl FnOnce(&ServerContext) -> Rc<H> + Send + 'static,
    ) -> io::Result<Ready> {
        let (report, reported) = sync_channel(1);
        let (go, word) = sync_channel(1);
        let thread = std::thread::Builder::new().name(format!("worker-{}", self.index)).spawn(move || {
            let Self { index, sockets, inbox, probe: (_, asked) } = self;
            // If this fails, the worker is only woken more often.
            let _ = set_current_timer_slack(TIMER_SLACK);
            let tick = TimerTick::since(Instant::now());
            let (runtime, listeners) = match take_over(sockets) {
                Ok(taken) => taken,
                Err(error) => return drop(report.send(Err(error))),
            };
            let _report = PanicReport { index, lost: server.lost.clone() };
            let _claim = metrics::claim();
            // `serve` is never called if another worker could not be set up.
            if report.send(Ok(())).is_err() || word.recv().is_err() {
                return;
            }
            let mut stop = server.stop.clone();
            runtime.block_on(async move {
                spawn_local(asked.answer());
                let handler = handler(&server);
                spawn_tasks(WorkerContext::new(index, tick, handler, &server), server, listeners, inbox);
                // An error means that the server is gone: then the worker ends, too.
                let _ = stop.wait_for(|stop| *stop).await;
            });
        })?;
        reported.recv().unwrap_or_else(|_| Err(io::Error::other("the worker's thread ended before it began")))?;
        Ok(Ready { go, thread })
    }
}

/// A worker that has all it needs.
pub(super) struct Ready {
    go: SyncSender<()>,
    thread: JoinHandle<()>,
}

impl Ready {
    /// Lets it serve.
    pub(super) fn serve(self) -> JoinHandle<()> {
        // An error means that the thread is gone; then its `PanicReport` has been sent.
        let _ = self.go.send(());
        self.thread
    }
}

/// Makes the worker's runtime and registers its sockets. Both belong to its thread, so its tasks need no locks.
fn take_over(sockets: Vec<ListenSocket>) -> io::Result<(LocalRuntime, Vec<Listener>)> {
    let runtime = event_loop::builder().build_local(LocalOptions::default())?;
    let entered = runtime.enter();
    let listeners = sockets.into_iter().map(Listener::new).collect::<io::Result<_>>()?;
    drop(entered);
    Ok((runtime, listeners))
}

/// Tells `lost` if its thread ends in a panic.
struct PanicReport {
    index: usize,
    lost: mpsc::UnboundedSender<usize>,
}

impl Drop for PanicReport {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // Nobody listens any more if the server is gone.
            let _ = self.lost.send(self.index);
        }
    }
}

/// Starts the worker's tasks. Each holds only what it needs. When the accept loops of all workers have ended, the inboxes
/// close. When the last connection has ended, the context is dropped, and with it the worker's part of the drain.
fn spawn_tasks<H: Handler>(
    context: WorkerContext<H>,
    server: ServerContext,
    listeners: Vec<Listener>,
    inbox: mpsc::UnboundedReceiver<AcceptedConnection>,
) {
    spawn_local(tick(Rc::downgrade(&context.handler)));
    let context = Rc::new(context);
    let inboxes: Rc<[_]> = server.inboxes.into();
    for (listener, listening) in listeners.into_iter().zip(server.listenings) {
        let acceptor = Acceptor { worker: Rc::clone(&context), listening, inboxes: Rc::clone(&inboxes) };
        spawn_local(acceptor.run(listener));
    }
    spawn_local(receive(context, inbox));
}

/// Calls the handler's `tick` once a second, and its `check_bodies` as often as it says.
async fn tick<H: Handler>(handler: Weak<H>) {
    let mut second = Instant::now();
    loop {
        let Some(handler) = handler.upgrade() else { return };
        let now = Instant::now();
        let next = handler.check_bodies().map_or(TICK, |due| due.clamp(SHORTEST_TICK, TICK));
        if second <= now {
            handler.tick();
            second = now + TICK;
        }
        drop(handler);
        sleep_until(second.min(now + next)).await;
    }
}

/// Serves connections that other workers hand over.
async fn receive<H: Handler>(worker: Rc<WorkerContext<H>>, mut inbox: mpsc::UnboundedReceiver<AcceptedConnection>) {
    while let Some(connection) = inbox.recv().await {
        worker.serve(connection);
    }
}

impl<H: Handler> WorkerContext<H> {
    fn new(index: usize, tick: TimerTick, handler: Rc<H>, server: &ServerContext) -> Self {
        Self {
            index,
            handler,
            snapshots: server.snapshots.clone(),
            metrics: server.metrics.clone(),
            connection_limits: server.connection_limits.clone(),
            drain: server.drain.clone(),
            tick,
        }
    }

    /// Serves a connection in a task of its own.
    fn serve(self: &Rc<Self>, connection: AcceptedConnection) {
        let AcceptedConnection { accepted, listening, at, permit } = connection;
        let (local, peer) = (accepted.local(), accepted.peer());
        let stream = match accepted.into_stream() {
            Ok(stream) => stream,
            Err(error) => return tracing::debug!(%error, "connection lost before it was served"),
        };
        let held = (permit, self.metrics.connection(listening.tls.is_some()));
        let snapshot = self.snapshots.current();
        let (timeouts, limits) = (snapshot.config.timeouts, snapshot.config.limits);
        let acme = snapshot.config.acme.clone();
        let info = ConnectionInfo { peer, local, accepted: at, listening, timeouts, limits, acme };
        // tokio catches a panic of the task: it ends this connection alone.
        spawn_local(serve(stream, held, info, Rc::clone(self)));
    }
}

/// One listener's accept loop.
struct Acceptor<H> {
    worker: Rc<WorkerContext<H>>,
    listening: Arc<Listening>,
    inboxes: Rc<[mpsc::UnboundedSender<AcceptedConnection>]>,
}

impl<H: Handler> Acceptor<H> {
    async fn run(self, listener: Listener) {
        let mut drain = self.worker.drain.clone();
        let mut wait = BACK_OFF;
        loop {
            tokio::select! {
                biased;
                () = drain.begun() => break,
                accepted = listener.accept() => match accepted {
                    Ok(accepted) => {
                        wait = BACK_OFF;
                        self.take(accepted);
                    }
                    Err(error) if belongs_to_peer(&error) => {}
                    Err(error) => {
                        tracing::warn!(%error, "cannot accept connections, trying again");
                        sleep(wait).await;
                        wait = (wait * 2).min(Duration::from_secs(1));
                    }
                },
            }
        }
        // The kernel would reset the connections of the backlog when the socket closes.
        for accepted in listener.backlog() {
            self.take(accepted);
        }
    }

    /// Admits the connection, if the limits allow it, and gives it to the worker with the fewest connections.
    fn take(&self, accepted: Accepted) {
        let Self { worker, listening, inboxes } = self;
        let peer = accepted.peer();
        // The address of a trusted proxy stands for many visitors; whom a PROXY header announces is counted later.
        let limited = peer.map(|peer| peer.ip()).filter(|_| !listening.trusts(peer));
        let index = worker.connection_limits.least_loaded(worker.index);
        let limits = worker.snapshots.current().config.limits;
        let permit = match worker.connection_limits.admit(&limits, index, limited) {
            Ok(permit) => permit,
            Err(refusal) => return worker.metrics.connection_refused(refusal),
        };
        let connection = AcceptedConnection { accepted, listening: Arc::clone(listening), at: Instant::now(), permit };
        match inboxes.get(index) {
            Some(inbox) if index != worker.index => hand_over(inbox, connection),
            _ => worker.serve(connection),
        }
    }
}

fn hand_over(inbox: &mpsc::UnboundedSender<AcceptedConnection>, connection: AcceptedConnection) {
    match connection.accepted.into_detached() {
        // A worker is gone only when the process ends.
        Ok(accepted) => drop(inbox.send(AcceptedConnection { accepted, ..connection })),
        Err(error) => tracing::debug!(%error, "connection lost before it was served"),
    }
}

/// Whether accept failed for the connection and not for the listener: the next one may be fine.
fn belongs_to_peer(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

#[cfg(test)]
mod tests;
