//! The watchdog: systemd is told that the process is alive as long as the event loop of every worker runs.
//!
//! A worker that hangs keeps its connections and answers nothing, while the rest of the process seems healthy. So each worker is
//! asked through a task on its own loop, and systemd is told only when all have answered. If that takes too long, systemd
//! restarts the process (`WatchdogSec=`).

use std::convert::Infallible;
use std::future::pending;
use std::pin::pin;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval, timeout};

/// Asks one worker whether its loop runs.
#[derive(Clone, Debug)]
pub(in crate::server) struct LivenessProbe(mpsc::UnboundedSender<oneshot::Sender<()>>);

/// The worker's side of a [`LivenessProbe`].
#[derive(Debug)]
pub(in crate::server) struct ProbeResponder(mpsc::UnboundedReceiver<oneshot::Sender<()>>);

/// Both sides for one worker.
pub(in crate::server) fn liveness_probe() -> (LivenessProbe, ProbeResponder) {
    let (ask, asked) = mpsc::unbounded_channel();
    (LivenessProbe(ask), ProbeResponder(asked))
}

impl LivenessProbe {
    /// Waits until the worker has answered, or has ended.
    async fn answered(&self) {
        let (answer, answered) = oneshot::channel();
        // If the worker is gone, the answer's sender is dropped, and the wait ends.
        let _ = self.0.send(answer);
        let _ = answered.await;
    }
}

impl ProbeResponder {
    /// Answers for as long as the loop runs.
    pub(in crate::server) async fn answer(mut self) {
        while let Some(answer) = self.0.recv().await {
            let _ = answer.send(());
        }
    }
}

/// The probes of all workers.
#[derive(Debug, Default)]
pub(in crate::server) struct Watchdog(Vec<LivenessProbe>);

impl Watchdog {
    pub(in crate::server) fn new(workers: impl IntoIterator<Item = LivenessProbe>) -> Self {
        Self(workers.into_iter().collect())
    }

    /// Calls `alive` twice in each `allowed` time, but not while a worker hangs. `None`: never.
    pub(in crate::server) async fn run(&self, allowed: Option<Duration>, mut alive: impl FnMut()) -> Infallible {
        let Some(allowed) = allowed else { return pending().await };
        let mut interval = interval(allowed / 2);
        interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            for (worker, probe) in self.0.iter().enumerate() {
                wait(worker, probe, allowed / 2).await;
            }
            alive();
        }
    }
}

/// Waits for one worker, without limit. Logs if that takes longer than `expected`.
async fn wait(worker: usize, probe: &LivenessProbe, expected: Duration) {
    let mut answered = pin!(probe.answered());
    if timeout(expected, answered.as_mut()).await.is_err() {
        tracing::error!(worker, "a worker hangs: systemd's watchdog will not hear of this process until it goes on");
        answered.await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
    use tokio::task::{LocalSet, spawn_local};

    use super::*;

    /// A watchdog over two workers that tells when it was fed; the second worker answers when the test says so.
    fn fed() -> (UnboundedReceiver<()>, ProbeResponder) {
        let ((first, turns), (second, hangs)) = (liveness_probe(), liveness_probe());
        let (tell, fed) = unbounded_channel();
        spawn_local(turns.answer());
        spawn_local(async move {
            let watchdog = Watchdog::new([first, second]);
            watchdog.run(Some(Duration::from_millis(2)), || tell.send(()).unwrap()).await
        });
        (fed, hangs)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn it_is_fed_again_and_again_while_all_workers_answer() {
        LocalSet::new()
            .run_until(async {
                let (mut fed, worker) = fed();
                spawn_local(worker.answer());
                for _ in 0..3 {
                    fed.recv().await.unwrap();
                }
            })
            .await;
    }

    #[tokio::test(flavor = "current_thread")]
    async fn one_worker_that_hangs_is_enough_to_starve_it_until_it_goes_on() {
        LocalSet::new()
            .run_until(async {
                let (mut fed, mut worker) = fed();
                let answer = worker.0.recv().await.unwrap();
                assert!(timeout(Duration::from_millis(50), fed.recv()).await.is_err());
                answer.send(()).unwrap();
                fed.recv().await.unwrap();
                // The next interval, again unanswered.
                let _unanswered = worker.0.recv().await.unwrap();
                assert!(timeout(Duration::from_millis(50), fed.recv()).await.is_err());
            })
            .await;
    }

    #[tokio::test(flavor = "current_thread")]
    async fn no_worker_is_asked_if_systemd_does_not_want_to_know() {
        let (probe, mut asked) = liveness_probe();
        let watchdog = Watchdog::new([probe]);
        let run = watchdog.run(None, || panic!("told"));
        assert!(timeout(Duration::from_millis(20), run).await.is_err());
        assert!(asked.0.try_recv().is_err());
    }
}
