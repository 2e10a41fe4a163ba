//! Limits how often failures are logged: of those that are alike, one in ten seconds, with the number of the others.
//!
//! If a portal is down, every request fails. A line for each would fill the disk and say nothing new. The metrics count all of
//! them, and the access log has each.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Time between two lines on failures that are alike.
const PERIOD: Duration = Duration::from_secs(10);

/// The failures that one worker has logged.
#[derive(Default)]
pub(super) struct FailureLog(RefCell<HashMap<Kind, Told>>);

/// The site, if one was found, and what went wrong: words of the configuration and of octroi, so there are few of them.
type Kind = (Option<Arc<str>>, &'static str);

struct Told {
    last: Instant,
    untold: u64,
}

impl FailureLog {
    /// Whether to log a failure now. `Some`: how many like it were left out since the last one that was logged.
    pub(super) fn tells(&self, site: Option<&Arc<str>>, what: &'static str, now: Instant) -> Option<u64> {
        let mut all = self.0.borrow_mut();
        let Some(told) = all.get_mut(&(site.cloned(), what)) else {
            all.insert((site.cloned(), what), Told { last: now, untold: 0 });
            return Some(0);
        };
        if now.saturating_duration_since(told.last) < PERIOD {
            told.untold += 1;
            return None;
        }
        told.last = now;
        Some(std::mem::take(&mut told.untold))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_that_are_alike_are_told_once_in_a_period_with_their_number() {
        let (log, begin) = (FailureLog::default(), Instant::now());
        let (one, other): (Arc<str>, Arc<str>) = ("a.test".into(), "b.test".into());
        let at = |seconds| begin + Duration::from_secs(seconds);
        assert_eq!(log.tells(Some(&one), "dns_error", at(0)), Some(0));
        for second in 1..10 {
            assert_eq!(log.tells(Some(&one), "dns_error", at(second)), None);
        }
        assert_eq!(log.tells(Some(&one), "connection_timeout", at(9)), Some(0));
        assert_eq!(log.tells(Some(&other), "dns_error", at(9)), Some(0));
        assert_eq!(log.tells(None, "dns_error", at(9)), Some(0));
        assert_eq!(log.tells(Some(&one), "dns_error", at(10)), Some(9));
        assert_eq!(log.tells(Some(&one), "dns_error", at(11)), None);
        assert_eq!(log.tells(Some(&one), "dns_error", at(60)), Some(1));
    }
}
