//! Requests that come together go out together.
//!
//! A worker reads what all its visitors have sent before it sleeps again. If each request were sent before the next one is
//! read, the portal would be woken for each, and the machine would go from reading to writing and back; so whoever is not
//! alone lets the others catch up. With pages of 1 KiB on 64 connections, a request took 18 µs of CPU instead of 23
//! when this was measured.

use std::cell::Cell;
use std::future::poll_fn;
use std::task::Poll;

/// The requests of one worker that wait for a response.
#[derive(Debug, Default)]
pub(super) struct Batch(Cell<usize>);

/// One of them, up to its drop.
pub(super) struct Member<'a>(&'a Batch);

impl Batch {
    /// One more request.
    pub(super) fn join(&self) -> Member<'_> {
        self.0.set(self.0.get() + 1);
        Member(self)
    }
}

impl Member<'_> {
    /// Lets those that are ready come as far, where there may be any.
    pub(super) async fn let_others_catch_up(&self) {
        let mut waited = self.0.0.get() == 1;
        poll_fn(|cx| {
            if waited {
                return Poll::Ready(());
            }
            waited = true;
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

impl Drop for Member<'_> {
    fn drop(&mut self) {
        self.0.0.set(self.0.0.get().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;

    #[test]
    fn only_who_is_not_alone_waits_once() {
        let mut cx = Context::from_waker(Waker::noop());
        let batch = Batch::default();
        let first = batch.join();
        assert!(pin!(first.let_others_catch_up()).poll(&mut cx).is_ready());
        let second = batch.join();
        let mut waits = pin!(second.let_others_catch_up());
        assert!(waits.as_mut().poll(&mut cx).is_pending());
        assert!(waits.poll(&mut cx).is_ready());
        drop(first);
        assert!(pin!(second.let_others_catch_up()).poll(&mut cx).is_ready());
    }
}
