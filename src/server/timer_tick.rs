//! When a worker checks the deadlines of its connections.

use std::time::Duration;

use tokio::time::Instant;

/// The interval at which a worker checks its connections, all together: it is woken once for all that are due, and not for
/// each. So a deadline is late by one interval at most, and so is the parking of an idle connection.
///
/// tokio keeps timers in slots of 64 ms. It wakes once for a timer that is due when a slot begins, and twice for any other: when
/// its slot begins, and when it is due.
const TICK: Duration = Duration::from_millis(64);

/// The moments at which a worker checks its connections.
#[derive(Clone, Copy)]
pub(super) struct TimerTick(Instant);

impl TimerTick {
    /// Counted from when the worker's runtime began.
    pub(super) fn since(began: Instant) -> Self {
        Self(began)
    }

    /// The first of these moments after `due`.
    pub(super) fn after(self, due: Instant) -> Instant {
        let past = due.saturating_duration_since(self.0).as_nanos() % TICK.as_nanos();
        due + TICK - Duration::from_nanos_u128(past)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    use tokio::runtime::{Builder, Runtime};
    use tokio::time::sleep_until;

    use super::*;

    /// A runtime, and how often it fell asleep. If `paused`, its clock goes on when nobody has anything to do.
    pub(in crate::server) fn counting_sleeps(paused: bool) -> (Runtime, Arc<AtomicUsize>) {
        let asleep = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asleep);
        let mut builder = Builder::new_current_thread();
        builder.enable_all().start_paused(paused).on_thread_park(move || _ = count.fetch_add(1, Relaxed));
        (builder.build().unwrap(), asleep)
    }

    #[test]
    fn what_is_due_within_a_tick_is_looked_at_together_and_never_early() {
        let began = Instant::now();
        let tick = TimerTick::since(began);
        for (due, looked) in [(0, 64), (1, 64), (63, 64), (64, 128), (999, 1024), (75_001, 75_008)] {
            let at = |milliseconds| began + Duration::from_millis(milliseconds);
            assert_eq!(tick.after(at(due)), at(looked), "{due}");
        }
    }

    #[test]
    fn a_tick_wakes_its_worker_once() {
        const TICKS: usize = 8;
        let tick = TimerTick::since(Instant::now());
        let (runtime, asleep) = counting_sleeps(false);
        runtime.block_on(async {
            for _ in 0..TICKS {
                sleep_until(tick.after(Instant::now())).await;
            }
        });
        // To set a timer wakes the worker, too: at once, so that it does not sleep beyond it.
        assert!(asleep.load(Relaxed) <= 2 * TICKS, "{asleep:?}");
    }
}
