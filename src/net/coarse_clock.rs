//! The system's coarse clock: off by up to a tick of the kernel (1 to 10 ms), at a fraction of the exact one's cost.
//!
//! It is for patience, which is long beside a tick and noted with every byte that moves. What is measured for somebody to
//! read is measured with the exact one.

use std::time::Duration;

#[cfg(not(test))]
use rustix::time::{ClockId, clock_gettime};

/// A moment of the coarse clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CoarseInstant(Duration);

impl CoarseInstant {
    /// Read in many places, each of which would have code of its own for it.
    #[inline(never)]
    #[cfg(not(test))]
    pub(crate) fn now() -> Self {
        let now = clock_gettime(ClockId::MonotonicCoarse);
        // A machine's time since it started is not negative.
        let nanoseconds = u32::try_from(now.tv_nsec).unwrap_or_default();
        Self(Duration::new(u64::try_from(now.tv_sec).unwrap_or_default(), nanoseconds))
    }

    /// tokio's clock, which tests can stop.
    #[cfg(test)]
    pub(crate) fn now() -> Self {
        use std::sync::LazyLock;
        use tokio::time::Instant;

        /// So that a connection of a test may have begun before the first look at the clock.
        const PAST: Duration = Duration::from_hours(24);
        static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
        // A clock that one test has stopped and set on may be ahead of all others'.
        let now = Instant::now();
        Self((PAST + now.saturating_duration_since(*BEGAN)).saturating_sub(BEGAN.saturating_duration_since(now)))
    }

    /// No time at all, where `earlier` is later.
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
