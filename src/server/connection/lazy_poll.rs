//! Polls a future only if that future itself was woken, and not whenever its task is.
//!
//! A connection's task is woken several times for each request, mostly by the connection itself. To poll its timers and signals
//! each time would take about as long as judging the cookies.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};

/// Polls one future at a time, under a waker of its own.
pub(in crate::server) struct WokenOnly(Waker, Arc<WakeState>);

struct WakeState {
    /// The future was woken, or has not been polled yet.
    is_woken: AtomicBool,
    /// The task that polled first; it is woken along with the future.
    task: OnceLock<Waker>,
}

impl Wake for WakeState {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        if let Some(task) = self.task.get() {
            task.wake_by_ref();
        }
    }
}

impl WokenOnly {
    pub(in crate::server) fn new() -> Self {
        let state = Arc::new(WakeState { is_woken: AtomicBool::new(true), task: OnceLock::new() });
        Self(Waker::from(Arc::clone(&state)), state)
    }

    /// Polls a future that has not been polled before, or was woken since. Only for a future that stays the same until
    /// it is ready: a second one would wait for the first one's wake.
    pub(in crate::server) fn poll<F: Future>(&self, future: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self(waker, state) = self;
        if !state.task.get_or_init(|| cx.waker().clone()).will_wake(cx.waker()) {
            // It has moved to another task, which is not woken; it may come back.
            state.is_woken.store(true, Ordering::Release);
            return future.poll(cx);
        }
        // A load is cheap, a swap is not.
        if !state.is_woken.load(Ordering::Relaxed) || !state.is_woken.swap(false, Ordering::Acquire) {
            return Poll::Pending;
        }
        let polled = future.poll(&mut Context::from_waker(waker));
        if polled.is_ready() {
            // The next future has not been polled yet.
            state.is_woken.store(true, Ordering::Release);
        }
        polled
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::future::poll_fn;
    use std::pin::pin;

    use super::*;

    struct Task(AtomicBool);

    impl Wake for Task {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::Release);
        }
    }

    #[test]
    fn a_future_is_polled_when_it_was_woken_and_its_task_hears_of_it() {
        let (polls, last) = (Cell::new(0), RefCell::new(Waker::noop().clone()));
        let mut future = pin!(poll_fn(|cx| {
            polls.set(polls.get() + 1);
            last.replace(cx.waker().clone());
            Poll::<()>::Pending
        }));
        let woken_only = WokenOnly::new();
        let tasks = [(); 2].map(|()| Arc::new(Task(AtomicBool::new(false))));
        let wakers = tasks.clone().map(Waker::from);
        let mut poll = |task: usize| {
            assert!(woken_only.poll(future.as_mut(), &mut Context::from_waker(&wakers[task])).is_pending());
            polls.get()
        };
        assert_eq!([poll(0), poll(0), poll(0)], [1, 1, 1]);
        last.borrow().wake_by_ref();
        assert!(tasks[0].0.load(Ordering::Acquire));
        assert_eq!([poll(0), poll(0)], [2, 2]);
        // In another task it is polled each time, and once more when it comes back.
        assert_eq!([poll(1), poll(1), poll(0), poll(0)], [3, 4, 5, 5]);
        last.borrow().wake_by_ref();
        assert_eq!(poll(0), 6);
    }

    #[test]
    fn a_future_that_follows_one_that_ended_is_polled() {
        let woken_only = WokenOnly::new();
        let mut cx = Context::from_waker(Waker::noop());
        for _ in 0..2 {
            assert!(woken_only.poll(pin!(async {}), &mut cx).is_ready());
        }
    }
}
