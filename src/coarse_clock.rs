//! The system's coarse clocks: off by up to a tick of the kernel (1 to 10 ms), at a fraction of the exact ones' cost.
//!
//! They are for patience, which is long beside a tick and noted with every byte that moves, and for the time of day, of
//! which cookies know whole seconds. What is measured for somebody to read is measured with the exact one.

use std::time::{Duration, SystemTime};

use rustix::time::{ClockId, clock_gettime};

/// A moment of the coarse clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CoarseInstant(Duration);

impl CoarseInstant {
    /// Read in many places, each of which would have code of its own for it.
    #[inline(never)]
    pub(crate) fn now() -> Self {
        Self(read(ClockId::MonotonicCoarse))
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

/// The time of day.
pub(crate) fn time_of_day() -> SystemTime {
    SystemTime::UNIX_EPOCH + read(ClockId::RealtimeCoarse)
}

/// A clock that stands before its beginning, as no sane one does, is at it.
fn read(clock: ClockId) -> Duration {
    let now = clock_gettime(clock);
    let nanoseconds = u32::try_from(now.tv_nsec).unwrap_or_default();
    Duration::new(u64::try_from(now.tv_sec).unwrap_or_default(), nanoseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_day_is_that_of_the_exact_clock_but_for_a_tick() {
        let (before, coarse, after) = (SystemTime::now(), time_of_day(), SystemTime::now());
        let tick = Duration::from_millis(100);
        assert!(before - tick < coarse && coarse < after + tick, "{before:?} {coarse:?} {after:?}");
    }
}
