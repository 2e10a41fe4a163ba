//! The idle timeout of a task that waits: it ends when nothing has moved for as long as the limit.
//!
//! A movement only sets a time stamp. The timer is left armed, and when it fires it looks at the stamp and waits for the
//! rest. So a byte costs no timer operation, however often one comes. What stands still without a task that waits for it
//! (the bodies of an exchange) is looked at once a second instead: `upstream::http1::body_timeout`.

use std::future::pending;
use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// A timer that can be used for one wait after another. It is re-armed only if its deadline is later than the next one; an
/// earlier deadline fires, is found to be too early, and is set anew then. Until it fires, it holds a waker of the task
/// that waited last. It takes no memory before the first wait.
#[derive(Debug, Default)]
pub(crate) struct IdleTimer(Option<Pin<Box<Sleep>>>);

impl IdleTimer {
    /// Ends once `limit` has passed since `last_moved()`, which is asked again each time the timer fires. Never ends
    /// without a limit. Safe to cancel.
    pub(crate) async fn idle_for(&mut self, limit: Option<Duration>, last_moved: impl Fn() -> Instant) {
        let due = || last_moved().checked_add(limit?);
        let Some(mut next) = due() else { return pending().await };
        let timer = self.0.get_or_insert_with(|| Box::pin(sleep_until(next)));
        loop {
            if timer.is_elapsed() || timer.deadline() > next {
                timer.as_mut().reset(next);
            }
            timer.as_mut().await;
            match due() {
                Some(due) if due <= Instant::now() => return,
                Some(later) => next = later,
                None => return pending().await,
            }
        }
    }
}

/// [`IdleTimer::idle_for`] for a single wait.
pub(crate) async fn idle_for(limit: Option<Duration>, last_moved: impl Fn() -> Instant) {
    IdleTimer::default().idle_for(limit, last_moved).await;
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::pin::pin;
    use std::task::{Context, Waker};

    use tokio::time::{advance, timeout};

    use super::*;

    const LIMIT: Duration = Duration::from_mins(1);
    const LESS: Duration = Duration::from_secs(59);

    #[tokio::test(flavor = "current_thread", start_paused = true)]
    async fn it_ends_when_the_limit_has_passed_since_the_last_movement() {
        let (begun, moved) = (Instant::now(), Cell::new(Instant::now()));
        let peer = async {
            for _ in 0..5 {
                advance(LESS).await;
                moved.set(Instant::now());
            }
            pending::<()>().await;
        };
        tokio::select! {
            () = idle_for(Some(LIMIT), || moved.get()) => {}
            () = peer => {}
        }
        let expected = 5 * LESS + LIMIT;
        let took = begun.elapsed();
        assert!((expected..expected + Duration::from_millis(10)).contains(&took), "{took:?}");
    }

    #[tokio::test(flavor = "current_thread", start_paused = true)]
    async fn without_a_limit_it_never_ends() {
        let waited = timeout(Duration::from_hours(24), idle_for(None, Instant::now)).await;
        assert!(waited.is_err());
        assert!(timeout(Duration::from_hours(24), idle_for(Some(Duration::MAX), Instant::now)).await.is_err());
    }

    #[tokio::test(flavor = "current_thread", start_paused = true)]
    async fn what_is_overdue_ends_at_once() {
        let moved = Instant::now();
        advance(2 * LIMIT).await;
        assert!(pin!(idle_for(Some(LIMIT), || moved)).poll(&mut Context::from_waker(Waker::noop())).is_ready());
    }

    #[tokio::test(flavor = "current_thread", start_paused = true)]
    async fn a_timer_that_was_armed_for_an_earlier_wait_neither_ends_the_next_one_nor_holds_it_up() {
        let mut timer = IdleTimer::default();
        for earlier in [Duration::from_hours(1), Duration::from_millis(1)] {
            let given_up =
                pin!(timer.idle_for(Some(earlier), Instant::now)).poll(&mut Context::from_waker(Waker::noop()));
            assert!(given_up.is_pending());
            let begun = Instant::now();
            timer.idle_for(Some(LIMIT), || begun).await;
            let took = begun.elapsed();
            assert!((LIMIT..LIMIT + Duration::from_millis(10)).contains(&took), "{took:?}");
        }
    }
}
