//! Two futures in one task, of which the second costs nothing as long as nothing happens to it.
//!
//! A connection's task is woken several times for each request, and each time by the connection: timers and signals
//! that are polled along with it would take as long as the cookies do.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};

/// Tells a future that shares its task whether it was woken itself.
pub(in crate::server) struct WokenOnly(Waker, Arc<State>);

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

impl WokenOnly {
    pub(in crate::server) fn new() -> Self {
        let state = Arc::new(State { rung: AtomicBool::new(true), task: OnceLock::new() });
        Self(Waker::from(Arc::clone(&state)), state)
    }

    /// Polls a future that has not been polled before, or was woken since.
    pub(in crate::server) fn poll<F: Future>(&self, future: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self(waker, state) = self;
        if !state.task.get_or_init(|| cx.waker().clone()).will_wake(cx.waker()) {
            // It has moved to another task, where the bell does not ring; it may come back.
            state.rung.store(true, Ordering::Release);
            return future.poll(cx);
        }
        // To look is cheap, to swap is not.
        if !state.rung.load(Ordering::Relaxed) || !state.rung.swap(false, Ordering::Acquire) {
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
        let bell = WokenOnly::new();
        let tasks = [(); 2].map(|()| Arc::new(Task(AtomicBool::new(false))));
        let wakers = tasks.clone().map(Waker::from);
        let mut poll = |task: usize| {
            assert!(bell.poll(future.as_mut(), &mut Context::from_waker(&wakers[task])).is_pending());
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
    fn what_follows_a_future_that_ended_is_polled() {
        let bell = WokenOnly::new();
        let mut cx = Context::from_waker(Waker::noop());
        for _ in 0..2 {
            assert!(bell.poll(pin!(async {}), &mut cx).is_ready());
        }
    }
}
