//! How a visitor's connection is told to end because it holds, unread, what others wait for.

use std::cell::{Cell, RefCell};
use std::task::{Context, Poll, Waker};

/// One connection's; whoever serves it looks at it.
#[derive(Debug, Default)]
pub struct Eviction {
    asked: Cell<bool>,
    task: RefCell<Option<Waker>>,
}

impl Eviction {
    /// Tells it to end.
    pub(super) fn ask(&self) {
        self.asked.set(true);
        if let Some(task) = self.task.take() {
            task.wake();
        }
    }

    /// Whether it was told to end.
    pub fn is_asked(&self) -> bool {
        self.asked.get()
    }

    /// Ready when it was told to end; wakes the task of `cx` then.
    pub fn poll_asked(&self, cx: &Context<'_>) -> Poll<()> {
        if self.asked.get() {
            return Poll::Ready(());
        }
        let mut task = self.task.borrow_mut();
        if !task.as_ref().is_some_and(|task| task.will_wake(cx.waker())) {
            *task = Some(cx.waker().clone());
        }
        Poll::Pending
    }
}
