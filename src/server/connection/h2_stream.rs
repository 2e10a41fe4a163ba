//! The task of one HTTP/2 stream: it runs on the worker's own thread, and ends where the visitor does not take the
//! response, or takes it slowly while others wait.
//!
//! A visitor who closes a stream's window and keeps the connection alive with other streams would hold the portal's
//! connection for ever. hyper asks such a stream's body for nothing and offers no reset; but the task is ours, and with
//! it ends the stream: h2 sends `RST_STREAM`.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use hyper::rt::Executor;
use tokio::task::spawn_local;
use tokio::time::Instant;

use super::progress::ConnectionProgress;
use crate::net::idle::idle_for;
use crate::telemetry::Metrics;
use crate::telemetry::metrics::ConnectionRefusal;
use crate::upstream::Eviction;

tokio::task_local! {
    static STREAM: StreamProgress;
}

/// How a response's visitor takes it.
#[derive(Clone, Debug, Default)]
pub(in crate::server) struct StreamProgress(Rc<State>);

#[derive(Debug, Default)]
struct State {
    /// Since when the response waits for its visitor to take what was given out; `None`: it does not.
    since: Cell<Option<Instant>>,
    /// How long the visitor may leave the stream's window closed.
    patience: Cell<Option<Duration>>,
    eviction: RefCell<Option<Rc<Eviction>>>,
}

impl StreamProgress {
    /// That of the stream whose task this is; over HTTP/1.1 there is none.
    pub(in crate::server) fn of_this_task(patience: Option<Duration>, eviction: &Rc<Eviction>) -> Option<Self> {
        let this = STREAM.try_with(Clone::clone).ok()?;
        this.0.patience.set(patience);
        this.0.eviction.replace(Some(Rc::clone(eviction)));
        Some(this)
    }

    /// Whether something was given out, and nothing more was asked for since.
    pub(in crate::server) fn set(&self, waits: bool) {
        self.0.since.set(waits.then(Instant::now));
    }
}

/// Runs the tasks of one connection's streams on the worker's own thread. A panic ends that task alone.
#[derive(Clone)]
pub(in crate::server) struct StreamExecutor {
    pub(in crate::server) progress: Arc<ConnectionProgress>,
    pub(in crate::server) metrics: Metrics,
}

impl<F> Executor<F> for StreamExecutor
where
    F: Future + 'static,
{
    fn execute(&self, task: F) {
        let Self { progress, metrics } = self.clone();
        spawn_local(async move {
            let taking = StreamProgress::default();
            tokio::select! {
                biased;
                _ = STREAM.scope(taking.clone(), task) => {}
                () = evicted(&taking) => {
                    metrics.connection_refused(ConnectionRefusal::Unread);
                    tracing::debug!("the visitor was slow to take a stream while others waited");
                }
                () = refused(&taking, &progress) => tracing::debug!("the visitor left a stream's window closed"),
            }
            if let Some(eviction) = &*taking.0.eviction.borrow() {
                eviction.hand_on();
            }
        });
    }
}

/// Ends when the response was told to end. Nobody need be woken when there is one: this is polled with each turn of the
/// stream's task.
async fn evicted(StreamProgress(state): &StreamProgress) {
    poll_fn(|cx| match &*state.eviction.borrow() {
        Some(eviction) => eviction.poll_asked(cx),
        None => Poll::Pending,
    })
    .await;
}

/// Ends when the visitor has taken nothing of the stream for too long although the connection takes bytes: a slow
/// connection is slow for all its streams, and is watched as a whole.
async fn refused(StreamProgress(state): &StreamProgress, progress: &ConnectionProgress) {
    // No timer before the first wait. Nobody need be woken: this is polled with each turn of the stream's task.
    poll_fn(|_| if state.since.get().is_some() { Poll::Ready(()) } else { Poll::Pending }).await;
    let last_moved = || state.since.get().map_or_else(Instant::now, |since| since.max(progress.last_blocked()));
    idle_for(state.patience.get(), last_moved).await;
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::sync::oneshot;
    use tokio::task::{LocalSet, yield_now};

    use super::*;

    /// A stream's task that gives out one piece and then waits for ever, beside another one that always moves.
    #[tokio::test(flavor = "current_thread")]
    async fn only_a_stream_that_is_not_taken_is_ended() {
        let executor =
            StreamExecutor { progress: ConnectionProgress::new(Instant::now(), false, None), metrics: Metrics::new() };
        let patience = Some(Duration::from_millis(20));
        let (dropped, ended) = oneshot::channel::<()>();
        let moving = Rc::new(Cell::new(0));
        let counter = Rc::clone(&moving);
        LocalSet::new()
            .run_until(async move {
                executor.execute(async move {
                    loop {
                        StreamProgress::of_this_task(patience, &Rc::default()).unwrap().set(true);
                        counter.set(counter.get() + 1);
                        yield_now().await;
                    }
                });
                executor.execute(async move {
                    StreamProgress::of_this_task(patience, &Rc::default()).unwrap().set(true);
                    let _held = dropped;
                    pending::<()>().await;
                });
                ended.await.unwrap_err();
                let before = moving.get();
                yield_now().await;
                yield_now().await;
                assert!(moving.get() > before);
            })
            .await;
    }
}
