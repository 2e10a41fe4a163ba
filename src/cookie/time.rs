//! The moment at which a cookie is judged. The core has no clock: the shell passes the time in.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted; negative before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(pub i64);

impl UnixTime {
    /// This moment moved by `seconds`, held at the ends of the range.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

impl From<SystemTime> for UnixTime {
    fn from(time: SystemTime) -> Self {
        let seconds = |span: Duration| i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(seconds(after)),
            Err(before) => Self(seconds(before.duration()).saturating_neg()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_count_from_1970_in_both_directions() {
        assert_eq!(UnixTime::from(UNIX_EPOCH), UnixTime(0));
        assert_eq!(UnixTime::from(UNIX_EPOCH + Duration::from_millis(1_999)), UnixTime(1));
        assert_eq!(UnixTime::from(UNIX_EPOCH - Duration::from_secs(2)), UnixTime(-2));
    }

    #[test]
    fn time_stops_at_the_ends_of_the_range() {
        assert_eq!(UnixTime(1).plus(-3), UnixTime(-2));
        assert_eq!(UnixTime(i64::MAX).plus(1), UnixTime(i64::MAX));
        assert_eq!(UnixTime(i64::MIN).plus(-1), UnixTime(i64::MIN));
    }
}
