//! The task of one HTTP/2 stream. It runs on the worker's own thread, and ends early if the visitor does not read the
//! response, or reads it slowly while others wait for the portal.
//!
//! Otherwise a visitor who closes a stream's window, and keeps the connection alive with other streams, would hold a connection
//! to the portal without end. hyper does not poll the body of such a stream, and offers no way to reset it. But octroi owns the
//! task: if it is dropped, h2 sends `RST_STREAM`.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

use hyper::rt::Executor;
use tokio::task::spawn_local;
use tokio::time::Instant;

use super::progress::ConnectionProgress;
use crate::net::idle_timeout::IdleTimeout;
use crate::telemetry::Metrics;
use crate::telemetry::metrics::ConnectionRefusal;
use crate::upstream::Eviction;

tokio::task_local! {
    static STREAM: StreamProgress;
}

/// How the visitor reads a stream's response. The stream's task and the response's body share it.
#[derive(Clone, Debug, Default)]
pub(in crate::server) struct StreamProgress(Rc<StreamState>);

#[derive(Debug, Default)]
struct StreamState {
    /// Since when a piece of the response has waited for the visitor to read it; `None` if none does.
    unread_since: Cell<Option<Instant>>,
    /// How long it may.
    body_idle: Cell<IdleTimeout>,
    eviction: RefCell<Option<Rc<Eviction>>>,
}

impl StreamProgress {
    /// The progress of the stream whose task this is; `None` over HTTP/1.1.
    pub(in crate::server) fn of_this_task(body_idle: IdleTimeout, eviction: &Rc<Eviction>) -> Option<Self> {
        let this = STREAM.try_with(Clone::clone).ok()?;
        this.0.body_idle.set(body_idle);
        this.0.eviction.replace(Some(Rc::clone(eviction)));
        Some(this)
    }

    /// Whether h2 holds a piece of the body, and has not asked for more since.
    pub(in crate::server) fn set_unread(&self, is_unread: bool) {
        self.0.unread_since.set(is_unread.then(Instant::now));
    }
}

/// Runs the tasks of one connection's streams on the worker's own thread. A panic ends only its own task.
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
            let stream = StreamProgress::default();
            tokio::select! {
                biased;
                _ = STREAM.scope(stream.clone(), task) => {}
                () = evicted(&stream) => {
                    metrics.connection_refused(ConnectionRefusal::Unread);
                    tracing::debug!("the visitor was slow to read a stream while others waited");
                }
                () = stalled(&stream, &progress) => tracing::debug!("the visitor left a stream's window closed"),
            }
            if let Some(eviction) = &*stream.0.eviction.borrow() {
                eviction.hand_on();
            }
        });
    }
}

/// Ends when the response is evicted. It needs no waker for the moment when there is a response, because it is polled whenever
/// the stream's task is.
async fn evicted(StreamProgress(state): &StreamProgress) {
    poll_fn(|cx| match &*state.eviction.borrow() {
        Some(eviction) => eviction.poll_asked(cx),
        None => Poll::Pending,
    })
    .await;
}

/// Ends when the visitor has read nothing of the stream for too long although the connection takes bytes. If the connection
/// takes none, all its streams are slow, and the connection's own timeout applies.
async fn stalled(StreamProgress(state): &StreamProgress, progress: &ConnectionProgress) {
    // There is no timer before the first wait. No waker is needed: this is polled whenever the stream's task is.
    poll_fn(|_| if state.unread_since.get().is_some() { Poll::Ready(()) } else { Poll::Pending }).await;
    let last_moved = || state.unread_since.get().map_or_else(Instant::now, |since| since.max(progress.last_blocked()));
    state.body_idle.get().wait(last_moved).await;
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::time::Duration;

    use tokio::sync::oneshot;
    use tokio::task::{LocalSet, yield_now};

    use super::*;
    use crate::server::connection::preface::Protocol;

    /// One stream has a piece that the visitor never reads; another stream of the connection always moves.
    #[tokio::test(flavor = "current_thread")]
    async fn only_a_stream_that_is_not_read_is_ended() {
        let executor = StreamExecutor {
            progress: ConnectionProgress::new(Instant::now(), Protocol::Http2, IdleTimeout::default()),
            metrics: Metrics::new(),
        };
        let timeout = IdleTimeout::new(Some(Duration::from_millis(20)));
        let (dropped, ended) = oneshot::channel::<()>();
        let moving = Rc::new(Cell::new(0));
        let counter = Rc::clone(&moving);
        LocalSet::new()
            .run_until(async move {
                executor.execute(async move {
                    loop {
                        StreamProgress::of_this_task(timeout, &Rc::default()).unwrap().set_unread(true);
                        counter.set(counter.get() + 1);
                        yield_now().await;
                    }
                });
                executor.execute(async move {
                    StreamProgress::of_this_task(timeout, &Rc::default()).unwrap().set_unread(true);
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
