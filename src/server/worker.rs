//! A worker: one thread with its own runtime, its own sockets and its own proxy.
//!
//! Connections are dealt out where they are accepted: the worker with the fewest open ones serves it. So few connections
//! never share one worker while another idles, and many stay level whatever the kernel's hashing does.

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

use super::connection::timeouts::Rounds;
use super::connection::{Connection, Handler, Terms, serve};
use super::listener::accepted::{Accepted, Listener};
use super::listener::connection_limits::{Admission, Admitted};
use super::listener::{ListenSocket, Listening};
use super::systemd::watchdog::{self, Asked, Pulse};
use crate::drain::Drain;
use crate::net::event_loop;
use crate::snapshot::Snapshots;
use crate::telemetry::{Metrics, metrics};

/// The wait after a failed accept, doubled up to a second: descriptors or memory are short, and asking again at once
/// would only burn the processor.
const BACK_OFF: Duration = Duration::from_millis(20);
/// How often what is not urgent is done.
const TICK: Duration = Duration::from_secs(1);
/// Bodies that stand still are looked at no more often.
const SHORTEST_TICK: Duration = Duration::from_millis(50);
/// The kernel may be late with a worker's timers by so many nanoseconds: bytes that come meanwhile wake it for both.
const TIMER_SLACK: Option<NonZeroU64> = NonZeroU64::new(20_000_000);

/// What all workers share.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) snapshots: Snapshots,
    pub(super) metrics: Metrics,
    pub(super) admission: Admission,
    /// In the order of the file; sockets are numbered the same way.
    pub(super) listenings: Vec<Arc<Listening>>,
    /// One for each worker.
    pub(super) inboxes: Vec<mpsc::UnboundedSender<HandedOver>>,
}

/// A connection for another worker to serve.
pub(super) struct HandedOver {
    accepted: Accepted,
    listening: Arc<Listening>,
    at: Instant,
    admitted: Admitted,
}

/// A worker before it is set up.
pub(super) struct Worker {
    index: usize,
    sockets: Vec<ListenSocket>,
    inbox: mpsc::UnboundedReceiver<HandedOver>,
    pulse: (Pulse, Asked),
}

impl Worker {
    /// With sockets of its own.
    pub(super) fn new(index: usize, sockets: Vec<ListenSocket>, inbox: mpsc::UnboundedReceiver<HandedOver>) -> Self {
        Self { index, sockets, inbox, pulse: watchdog::pulse() }
    }

    /// Asks it, once it runs, whether its loop turns.
    pub(super) fn pulse(&self) -> Pulse {
        self.pulse.0.clone()
    }

    /// Sets up on a thread of its own, which then waits for the word to serve; it does so until `stop` says so or is gone.
    /// `handler` is made on that thread. `lost` is told where the thread ends in a panic.
    ///
    /// # Errors
    /// Where there is no thread, or its sockets cannot be watched.
    pub(super) fn set_up<H: Handler>(
        self,
        shared: Shared,
        drain: Drain,
        mut stop: watch::Receiver<bool>,
        lost: mpsc::UnboundedSender<usize>,
        handler: impl FnOnce(Drain) -> Rc<H> + Send + 'static,
    ) -> io::Result<Ready> {
        let (report, reported) = sync_channel(1);
        let (go, word) = sync_channel(1);
        let thread = std::thread::Builder::new().name(format!("worker-{}", self.index)).spawn(move || {
            let Self { index, sockets, inbox, pulse: (_, asked) } = self;
            // Without it, the worker is woken more often and all is well.
            let _ = set_current_timer_slack(TIMER_SLACK);
            let began = Instant::now();
            let (runtime, listeners) = match take_over(sockets) {
                Ok(taken) => taken,
                Err(error) => return drop(report.send(Err(error))),
            };
            let _alarm = Alarm { index, lost };
            let _claim = metrics::claim();
            // Who set it up waits for that, and gives no word where another worker failed.
            if report.send(Ok(())).is_err() || word.recv().is_err() {
                return;
            }
            runtime.block_on(async move {
                spawn_local(asked.answer());
                begin(index, Rounds::since(began), listeners, inbox, shared, drain, handler);
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
    /// Gives the word to serve.
    pub(super) fn serve(self) -> JoinHandle<()> {
        // A thread that is gone by now has told `lost`.
        let _ = self.go.send(());
        self.thread
    }
}

/// A runtime belongs to its thread, and so do the sockets that it watches: its tasks need no locks.
fn take_over(sockets: Vec<ListenSocket>) -> io::Result<(LocalRuntime, Vec<Listener>)> {
    let runtime = event_loop::builder().build_local(LocalOptions::default())?;
    let entered = runtime.enter();
    let listeners = sockets.into_iter().map(Listener::new).collect::<io::Result<_>>()?;
    drop(entered);
    Ok((runtime, listeners))
}

/// Tells when its thread ends in a panic.
struct Alarm {
    index: usize,
    lost: mpsc::UnboundedSender<usize>,
}

impl Drop for Alarm {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // Nobody listens only where the server is gone.
            let _ = self.lost.send(self.index);
        }
    }
}

/// Starts the worker's tasks. Each holds only what it needs: when the last accept loop of all workers has ended, the
/// inboxes close, and when the last connection has, the handler and its drain are dropped.
fn begin<H: Handler>(
    index: usize,
    rounds: Rounds,
    listeners: Vec<Listener>,
    inbox: mpsc::UnboundedReceiver<HandedOver>,
    mut shared: Shared,
    drain: Drain,
    handler: impl FnOnce(Drain) -> Rc<H>,
) {
    let inboxes: Rc<[_]> = std::mem::take(&mut shared.inboxes).into();
    let listenings = std::mem::take(&mut shared.listenings);
    let handler = handler(drain.clone());
    spawn_local(tick(Rc::downgrade(&handler)));
    let floor = Rc::new(Floor { index, handler, rounds, shared, drain });
    for (listener, listening) in listeners.into_iter().zip(listenings) {
        let inboxes = Rc::clone(&inboxes);
        spawn_local(Acceptor { floor: Rc::clone(&floor), listening, inboxes }.run(listener));
    }
    spawn_local(receive(floor, inbox));
}

/// Does what is due once a second, and ends bodies that stand still: those as soon as they are due.
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

async fn receive<H: Handler>(floor: Rc<Floor<H>>, mut inbox: mpsc::UnboundedReceiver<HandedOver>) {
    while let Some(HandedOver { accepted, listening, at, admitted }) = inbox.recv().await {
        floor.serve(accepted, listening, at, admitted);
    }
}

/// Where a worker serves.
struct Floor<H> {
    index: usize,
    handler: Rc<H>,
    rounds: Rounds,
    shared: Shared,
    drain: Drain,
}

impl<H: Handler> Floor<H> {
    fn serve(&self, accepted: Accepted, listening: Arc<Listening>, at: Instant, admitted: Admitted) {
        let tls = listening.tls.is_some();
        let (local, peer) = (accepted.local(), accepted.peer());
        let stream = match accepted.into_stream() {
            Ok(stream) => stream,
            Err(error) => return tracing::debug!(%error, "connection lost before it was served"),
        };
        let held = (admitted, self.shared.metrics.connection(tls));
        let snapshot = self.shared.snapshots.current();
        let terms = Terms {
            handler: Rc::clone(&self.handler),
            listening,
            timeouts: snapshot.config.timeouts,
            rounds: self.rounds,
            limits: snapshot.config.limits,
            metrics: self.shared.metrics.clone(),
            admission: self.shared.admission.clone(),
            drain: self.drain.clone(),
        };
        // tokio catches a panic of the task: it ends this connection alone.
        spawn_local(serve(Connection { stream, peer, local, accepted: at, held }, terms));
    }
}

/// One listener's accept loop.
struct Acceptor<H> {
    floor: Rc<Floor<H>>,
    listening: Arc<Listening>,
    inboxes: Rc<[mpsc::UnboundedSender<HandedOver>]>,
}

impl<H: Handler> Acceptor<H> {
    async fn run(self, listener: Listener) {
        let mut drain = self.floor.drain.clone();
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
        // Whoever is in the backlog would be reset when the socket closes.
        for accepted in listener.backlog() {
            self.take(accepted);
        }
    }

    /// Lets the connection in and gives it to the worker with the fewest.
    fn take(&self, accepted: Accepted) {
        let shared = &self.floor.shared;
        let peer = accepted.peer();
        // Behind a trusted proxy one address stands for many visitors; whom a PROXY header announces is counted then.
        let limited = peer.map(|peer| peer.ip()).filter(|_| !self.listening.trusts(peer));
        let worker = shared.admission.least_loaded(self.floor.index);
        let limits = shared.snapshots.current().config.limits;
        let admitted = match shared.admission.admit(&limits, worker, limited) {
            Ok(admitted) => admitted,
            Err(refusal) => return shared.metrics.connection_refused(refusal),
        };
        let (at, listening) = (Instant::now(), Arc::clone(&self.listening));
        match self.inboxes.get(worker) {
            Some(inbox) if worker != self.floor.index => self.hand_over(inbox, accepted, at, admitted),
            _ => self.floor.serve(accepted, listening, at, admitted),
        }
    }

    fn hand_over(
        &self,
        inbox: &mpsc::UnboundedSender<HandedOver>,
        accepted: Accepted,
        at: Instant,
        admitted: Admitted,
    ) {
        match accepted.into_detached() {
            Ok(accepted) => {
                // Its worker is gone only when the process ends.
                let _ = inbox.send(HandedOver { accepted, listening: Arc::clone(&self.listening), at, admitted });
            }
            Err(error) => tracing::debug!(%error, "connection lost before it was served"),
        }
    }
}

/// Whether accept failed for the connection and not for the listener: the next one may be fine.
fn belongs_to_peer(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

#[cfg(test)]
mod tests;
