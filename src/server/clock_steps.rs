//! Steps of the wall clock: somebody set it, or the machine was asleep.
//!
//! Serving goes on, because deadlines go by the monotonic clock. But the age of a choice, the end of a certificate and the
//! times in the logs go by the wall clock, so an operator must be able to see that it jumped.

use std::time::{Duration, Instant, SystemTime};

use crate::telemetry::Metrics;

const INTERVAL: Duration = Duration::from_secs(5);

/// Both clocks are read one after the other, and NTP may correct the wall clock by some milliseconds in this time.
const TOLERANCE: Duration = Duration::from_secs(1);

/// Both clocks at one moment.
#[derive(Clone, Copy, Debug)]
struct Reading {
    wall: SystemTime,
    monotonic: Instant,
}

impl Reading {
    fn now() -> Self {
        Self { wall: SystemTime::now(), monotonic: Instant::now() }
    }

    /// By how many seconds the wall clock has jumped since; `None` if it kept time.
    fn step_since(self, earlier: Self) -> Option<f64> {
        let wall = match self.wall.duration_since(earlier.wall) {
            Ok(forward) => forward.as_secs_f64(),
            Err(back) => -back.duration().as_secs_f64(),
        };
        let step = wall - self.monotonic.saturating_duration_since(earlier.monotonic).as_secs_f64();
        (step.abs() > TOLERANCE.as_secs_f64()).then_some(step)
    }
}

/// Counts and logs each step, until it is dropped.
pub(super) async fn watch(metrics: Metrics) {
    let mut earlier = Reading::now();
    loop {
        tokio::time::sleep(INTERVAL).await;
        let now = Reading::now();
        if let Some(seconds) = now.step_since(earlier) {
            metrics.clock_stepped();
            let seconds = format_args!("{seconds:+.1}");
            tracing::warn!(%seconds, "the wall clock jumped: ages of choices and certificates go by the new time");
        }
        earlier = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_jump_of_the_wall_clock_is_a_step() {
        let earlier = Reading::now();
        let later = |wall: i64, monotonic: u64| {
            let by = Duration::from_millis(wall.unsigned_abs());
            let wall = if wall < 0 { earlier.wall - by } else { earlier.wall + by };
            Reading { wall, monotonic: earlier.monotonic + Duration::from_millis(monotonic) }
        };
        for (wall, monotonic, step) in [
            (5_000, 5_000, None),
            (5_900, 5_000, None),
            (4_100, 5_000, None),
            (8_000, 5_000, Some(3.0)),
            (-60_000, 5_000, Some(-65.0)),
        ] {
            assert_eq!(later(wall, monotonic).step_since(earlier), step, "{wall} {monotonic}");
        }
    }
}
