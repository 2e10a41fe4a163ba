//! An idle timeout: how long no byte may move before something is ended.
//!
//! There is one type, [`IdleTimeout`], for bodies on both sides, for tunnels and for whatever a task waits for. A movement only
//! sets a time stamp, so a byte costs no timer operation. There are three ways in which the stamps are checked. A task has a
//! timer ([`IdleTimer`]), which is left armed and waits for the rest when it fires. A visitor's connection checks when one of its
//! deadlines is due (`server::connection::deadline`). Connections to the portal are checked once a second, because a body can be
//! idle without a task that waits for it (`upstream::http1::body_timeout`).

use std::future::pending;
use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// How long nothing may move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct IdleTimeout(Option<Duration>);

impl IdleTimeout {
    /// As configured; `None`: for ever.
    pub(crate) const fn new(limit: Option<Duration>) -> Self {
        Self(limit)
    }

    /// As configured; `None`: for ever.
    pub(crate) const fn limit(self) -> Option<Duration> {
        self.0
    }

    /// The deadline, if a byte last moved at that time; `None`: never.
    pub(crate) fn deadline(self, last_moved: Instant) -> Option<Instant> {
        last_moved.checked_add(self.0?)
    }

    /// The time that is left after `idle`; zero if the timeout is over; `None`: no limit.
    pub(crate) fn left(self, idle: Duration) -> Option<Duration> {
        Some(self.0?.saturating_sub(idle))
    }

    /// The longer one.
    pub(crate) fn max(self, other: Self) -> Self {
        Self(self.0.zip(other.0).map(|(one, other)| one.max(other)))
    }

    /// Waits until the timeout is over, counted from `last_moved()`, which is called again each time the timer fires.
    pub(crate) async fn wait(self, last_moved: impl Fn() -> Instant) {
        IdleTimer::default().wait(self, last_moved).await;
    }
}

/// A timer that can be used for one wait after another. It is re-armed only if its deadline is later than the next one. An
/// earlier deadline is left: when it fires, it is found to be too early and is set anew. Until it fires, it holds a waker of the
/// task that waited last. It takes no memory before the first wait.
#[derive(Debug, Default)]
pub(crate) struct IdleTimer(Option<Pin<Box<Sleep>>>);

impl IdleTimer {
    /// [`IdleTimeout::wait`]. Safe to cancel.
    pub(crate) async fn wait(&mut self, timeout: IdleTimeout, last_moved: impl Fn() -> Instant) {
        let due = || timeout.deadline(last_moved());
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::pin::pin;
    use std::task::{Context, Waker};

    use tokio::time::{advance, timeout};

    use super::*;

    const LIMIT: Duration = Duration::from_mins(1);
    const LIMITED: IdleTimeout = IdleTimeout::new(Some(LIMIT));
    const LESS: Duration = Duration::from_secs(59);

    #[test]
    fn it_ends_what_has_stood_still_for_as_long_as_it_says() {
        let moved = Instant::now();
        let seconds = Duration::from_secs;
        let table = [
            (None, 0, None, None),
            (None, 1 << 40, None, None),
            (Some(60), 0, Some(60), Some(60)),
            (Some(60), 59, Some(60), Some(1)),
            (Some(60), 60, Some(60), Some(0)),
            (Some(60), 61, Some(60), Some(0)),
            (Some(0), 0, Some(0), Some(0)),
            // Later than any clock says.
            (Some(u64::MAX), 60, None, Some(u64::MAX - 60)),
        ];
        for (limit, idle, deadline, left) in table {
            let timeout = IdleTimeout::new(limit.map(seconds));
            assert_eq!(timeout.deadline(moved), deadline.map(|after| moved + seconds(after)), "{limit:?}");
            assert_eq!(timeout.left(seconds(idle)), left.map(seconds), "{limit:?} after {idle}");
        }
    }

    #[test]
    fn of_two_the_longer_one_counts_and_none_is_longest() {
        for (one, other, longer) in [(1, 2, Some(2)), (2, 1, Some(2)), (0, 1, None), (1, 0, None), (0, 0, None)] {
            let timeout = |seconds| IdleTimeout::new((seconds > 0).then(|| Duration::from_secs(seconds)));
            assert_eq!(timeout(one).max(timeout(other)).limit(), longer.map(Duration::from_secs), "{one} {other}");
        }
    }

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
            () = LIMITED.wait(|| moved.get()) => {}
            () = peer => {}
        }
        let expected = 5 * LESS + LIMIT;
        let took = begun.elapsed();
        assert!((expected..expected + Duration::from_millis(10)).contains(&took), "{took:?}");
    }

    #[tokio::test(flavor = "current_thread", start_paused = true)]
    async fn without_a_limit_it_never_ends() {
        let waited = timeout(Duration::from_hours(24), IdleTimeout::default().wait(Instant::now)).await;
        assert!(waited.is_err());
        assert!(
            timeout(Duration::from_hours(24), IdleTimeout::new(Some(Duration::MAX)).wait(Instant::now)).await.is_err()
        );
    }

    #[tokio::test(flavor = "current_thread", start_paused = true)]
    async fn what_is_overdue_ends_at_once() {
        let moved = Instant::now();
        advance(2 * LIMIT).await;
        assert!(pin!(LIMITED.wait(|| moved)).poll(&mut Context::from_waker(Waker::noop())).is_ready());
    }

    #[tokio::test(flavor = "current_thread", start_paused = true)]
    async fn a_timer_that_was_armed_for_an_earlier_wait_neither_ends_the_next_one_nor_holds_it_up() {
        let mut timer = IdleTimer::default();
        for earlier in [Duration::from_hours(1), Duration::from_millis(1)] {
            let given_up = pin!(timer.wait(IdleTimeout::new(Some(earlier)), Instant::now))
                .poll(&mut Context::from_waker(Waker::noop()));
            assert!(given_up.is_pending());
            let begun = Instant::now();
            timer.wait(LIMITED, || begun).await;
            let took = begun.elapsed();
            assert!((LIMIT..LIMIT + Duration::from_millis(10)).contains(&took), "{took:?}");
        }
    }
}
