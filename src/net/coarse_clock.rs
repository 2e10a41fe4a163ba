//! The system's coarse clock: off by up to a tick of the kernel (1 to 10 ms), at a fraction of the exact one's cost.
//!
//! It is for timeouts: they are long compared with a tick, and a time stamp is set with each movement. What people read
//! (logs, metrics) is measured with the exact clock.

use std::time::Duration;

#[cfg(not(test))]
use rustix::time::{ClockId, clock_gettime};

/// A moment of the coarse clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CoarseInstant(Duration);

impl CoarseInstant {
    /// Not inlined: it is read in many places.
    #[inline(never)]
    #[cfg(not(test))]
    pub(crate) fn now() -> Self {
        let now = clock_gettime(ClockId::MonotonicCoarse);
        // The time since the machine started is not negative.
        let nanoseconds = u32::try_from(now.tv_nsec).unwrap_or_default();
        Self(Duration::new(u64::try_from(now.tv_sec).unwrap_or_default(), nanoseconds))
    }

    /// tokio's clock, which tests can pause.
    #[cfg(test)]
    pub(crate) fn now() -> Self {
        use std::sync::LazyLock;
        use tokio::time::Instant;

        /// A connection of a test may have begun before the clock is first read.
        const PAST: Duration = Duration::from_hours(24);
        static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
        // A paused clock that one test has advanced may be ahead of those of other tests.
        let now = Instant::now();
        Self((PAST + now.saturating_duration_since(*BEGAN)).saturating_sub(BEGAN.saturating_duration_since(now)))
    }

    /// The time since `earlier`; zero if that is later.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }

    pub(crate) fn earlier_by(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(duration))
    }

    pub(crate) fn later_by(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration))
    }
}
