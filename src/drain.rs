//! Draining: no new work is taken, what runs may end, and a deadline ends the rest.
//!
//! One [`DrainTrigger`] belongs to the process; every accept loop, connection and tunnel holds a [`Drain`]. It can be
//! asked whether draining has begun, and by living it keeps the process waiting.

use std::time::Duration;

use tokio::sync::{mpsc, watch};

/// Begins a drain and waits for its end.
#[derive(Debug)]
pub struct DrainTrigger {
    begin: watch::Sender<bool>,
    held: mpsc::Receiver<std::convert::Infallible>,
}

/// Held by whatever must end before the process may.
#[derive(Clone, Debug)]
pub struct Drain {
    begun: watch::Receiver<bool>,
    _held: mpsc::Sender<std::convert::Infallible>,
}

/// A trigger and the first of its drains.
pub fn drain() -> (DrainTrigger, Drain) {
    let (begin, begun) = watch::channel(false);
    let (hold, held) = mpsc::channel(1);
    (DrainTrigger { begin, held }, Drain { begun, _held: hold })
}

impl DrainTrigger {
    /// Tells every holder to take no new work.
    pub fn begin(&self) {
        self.begin.send_replace(true);
    }

    /// Waits until every [`Drain`] is dropped; `false` where the deadline came first.
    pub async fn finished(mut self, deadline: Option<Duration>) -> bool {
        let all_dropped = self.held.recv();
        match deadline {
            Some(deadline) => tokio::time::timeout(deadline, all_dropped).await.is_ok(),
            None => {
                all_dropped.await;
                true
            }
        }
    }
}

impl Drain {
    /// Whether draining has begun.
    pub fn has_begun(&self) -> bool {
        *self.begun.borrow()
    }

    /// Waits until draining begins.
    pub async fn begun(&mut self) {
        // An error means that the trigger is gone: then the process ends, too.
        let _ = self.begun.wait_for(|begun| *begun).await;
    }
}
