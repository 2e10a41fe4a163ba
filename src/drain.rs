//! Draining: no new work is accepted, work in progress may end, and a deadline ends the rest.
//!
//! It is announced before it begins: readiness fails, and nothing else changes. One [`DrainTrigger`] belongs to the process;
//! every accept loop, connection and tunnel holds a [`Drain`]. A [`Drain`] tells whether draining has begun, and the process
//! waits until all of them are dropped.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, watch};

/// Begins a drain and waits for its end.
#[derive(Debug)]
pub struct DrainTrigger {
    stage: watch::Sender<Stage>,
    begun: Arc<AtomicBool>,
    held: mpsc::Receiver<Infallible>,
}

/// Held by whatever must end before the process may.
#[derive(Clone, Debug)]
pub struct Drain {
    stage: watch::Receiver<Stage>,
    /// A copy of the stage for checks in each request, because reading `stage` takes a lock.
    begun: Arc<AtomicBool>,
    _held: Option<mpsc::Sender<Infallible>>,
}

/// How near the end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Serving,
    Announced,
    Begun,
}

/// A trigger and the first of its drains.
pub fn drain() -> (DrainTrigger, Drain) {
    let (stage, news) = watch::channel(Stage::Serving);
    let (holder, held) = mpsc::channel(1);
    let begun = Arc::new(AtomicBool::new(false));
    let first = Drain { stage: news, begun: Arc::clone(&begun), _held: Some(holder) };
    (DrainTrigger { stage, begun, held }, first)
}

impl DrainTrigger {
    /// Says that a drain will begin.
    pub fn announce(&self) {
        self.stage.send_replace(Stage::Announced);
    }

    /// Tells every holder to take no new work.
    pub fn begin(&self) {
        self.begun.store(true, Ordering::Release);
        self.stage.send_replace(Stage::Begun);
    }

    /// Waits until every [`Drain`] is dropped. Returns `false` if the deadline passed first.
    pub async fn finished(mut self, deadline: Option<Duration>) -> bool {
        let all_dropped = self.held.recv();
        if let Some(deadline) = deadline {
            return tokio::time::timeout(deadline, all_dropped).await.is_ok();
        }
        all_dropped.await;
        true
    }
}

impl Drain {
    /// Whether draining has been announced, or has begun.
    pub fn is_announced(&self) -> bool {
        *self.stage.borrow() >= Stage::Announced
    }

    /// Whether draining has begun.
    pub fn has_begun(&self) -> bool {
        self.begun.load(Ordering::Acquire)
    }

    /// Waits until draining begins.
    pub async fn begun(&mut self) {
        // An error means that the trigger is gone: then the process ends, too.
        let _ = self.stage.wait_for(|stage| *stage == Stage::Begun).await;
    }

    /// A handle that the process does not wait for: the admin listener reports the drain until the process ends.
    #[must_use]
    pub fn onlooker(&self) -> Self {
        Self { stage: self.stage.clone(), begun: Arc::clone(&self.begun), _held: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block_on<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    #[test]
    fn waits_for_every_holder_but_not_for_onlookers() {
        let (trigger, drain) = drain();
        let mut onlooker = drain.onlooker();
        let second = drain.clone();
        assert!(!drain.is_announced());
        trigger.announce();
        assert!(onlooker.is_announced() && !drain.has_begun());
        trigger.begin();
        assert!(drain.has_begun());
        block_on(async {
            onlooker.begun().await;
            let finished = trigger.finished(None);
            tokio::pin!(finished);
            drop(drain);
            tokio::select! {
                biased;
                _ = &mut finished => panic!("one holder is left"),
                () = tokio::task::yield_now() => {}
            }
            drop(second);
            assert!(finished.await);
        });
    }

    #[test]
    fn the_deadline_ends_the_wait() {
        let (trigger, _drain) = drain();
        assert!(!block_on(trigger.finished(Some(Duration::from_millis(1)))));
    }
}
