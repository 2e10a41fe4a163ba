//! Two futures in one task, of which the second costs nothing as long as nothing happens to it.
//!
//! A connection's task is woken several times for each request, and each time by the connection: timers and signals
//! that are polled along with it would take as long as the cookies do.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};

/// Tells a future that shares its task whether it was woken itself.
#[derive(Clone)]
pub(super) struct Bell(Waker, Arc<State>);

struct State {
    rung: AtomicBool,
    task: OnceLock<Waker>,
}

impl Wake for State {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        if let Some(task) = self.task.get() {
            task.wake_by_ref();
        }
    }
}

impl Bell {
    pub(super) fn new() -> Self {
        let state = Arc::new(State { rung: AtomicBool::new(true), task: OnceLock::new() });
        Self(Waker::from(Arc::clone(&state)), state)
    }

    /// Polls a future that has not been polled before, or was woken since.
    pub(super) fn poll<F: Future>(&self, future: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self(waker, state) = self;
        if !state.task.get_or_init(|| cx.waker().clone()).will_wake(cx.waker()) {
            // It has moved to another task, where the bell does not ring.
            return future.poll(cx);
        }
        if !state.rung.swap(false, Ordering::Acquire) {
            return Poll::Pending;
        }
        let polled = future.poll(&mut Context::from_waker(waker));
        if polled.is_ready() {
            // Whatever comes after it has not been polled.
            state.rung.store(true, Ordering::Release);
        }
        polled
    }
}
