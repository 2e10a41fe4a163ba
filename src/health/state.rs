//! One endpoint's state: whether it is in service, by its events and the time.
//!
//! **Ejection** follows failures of requests, and ends after a time: five seconds at first, five more each time that it happens
//! again soon, a minute at most. **Checks**, if they are configured, take an endpoint down and bring it back. It is in service
//! if it is neither ejected nor down.

use std::time::{Duration, Instant};

use super::{Failure, Thresholds};

/// This many broken exchanges in a row eject an endpoint; a connection that cannot be opened ejects it at once.
const BROKEN_IN_A_ROW: u32 = 5;
/// The length of the first ejection, and how much longer each further one is.
const EJECTION: Duration = Duration::from_secs(5);
/// The longest ejection; also how long after an ejection the count of ejections starts again.
const LONGEST_EJECTION: Duration = Duration::from_mins(1);

/// The state of one endpoint.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    checks: Checks,
    /// Broken exchanges in a row.
    failures: u32,
    /// Ejections in a row, each soon after the last.
    ejections: u32,
    ejected_until: Option<Instant>,
    /// Nothing has succeeded since the last failure.
    unproven: bool,
}

/// The result of the checks.
#[derive(Clone, Copy, Debug, Default)]
enum Checks {
    /// None has ended yet: the first one decides alone.
    #[default]
    Unknown,
    Up {
        failures: u32,
        since: Option<Instant>,
    },
    Down {
        successes: u32,
    },
}

impl State {
    /// Takes in a failed request. Returns how long the endpoint is ejected, if it is.
    pub(super) fn failed(&mut self, failure: Failure, may_eject: bool, now: Instant) -> Option<Duration> {
        self.unproven = true;
        if self.is_ejected(now) {
            return None;
        }
        self.failures = match failure {
            Failure::Unreachable => BROKEN_IN_A_ROW,
            Failure::Broken => self.failures.saturating_add(1),
        };
        if self.failures < BROKEN_IN_A_ROW || !may_eject {
            return None;
        }
        let held_out = self.ejected_until.is_none_or(|until| now.duration_since(until) >= LONGEST_EJECTION);
        self.ejections = if held_out { 1 } else { self.ejections.saturating_add(1) };
        self.failures = 0;
        let length = EJECTION.saturating_mul(self.ejections).min(LONGEST_EJECTION);
        self.ejected_until = now.checked_add(length);
        Some(length)
    }

    /// Takes in a response: the count of failures starts again, and an ejection ends.
    pub(super) fn succeeded(&mut self, now: Instant) {
        self.unproven = false;
        self.failures = 0;
        self.end_ejection(now);
    }

    /// Takes in the result of a check. Returns whether the endpoint is up, if that has changed.
    pub(super) fn checked(&mut self, healthy: bool, thresholds: Thresholds, now: Instant) -> Option<bool> {
        let (next, changed) = match (self.checks, healthy) {
            (Checks::Unknown, true) => (Checks::Up { failures: 0, since: None }, None),
            (Checks::Unknown, false) => (Checks::Down { successes: 0 }, Some(false)),
            (Checks::Up { since, .. }, true) => (Checks::Up { failures: 0, since }, None),
            (Checks::Up { failures, .. }, false) if failures + 1 >= thresholds.fall => {
                (Checks::Down { successes: 0 }, Some(false))
            }
            (Checks::Up { failures, since }, false) => (Checks::Up { failures: failures + 1, since }, None),
            (Checks::Down { successes }, true) if successes + 1 >= thresholds.rise => {
                self.end_ejection(now);
                (Checks::Up { failures: 0, since: Some(now) }, Some(true))
            }
            (Checks::Down { successes }, true) => (Checks::Down { successes: successes + 1 }, None),
            (Checks::Down { .. }, false) => (Checks::Down { successes: 0 }, None),
        };
        self.checks = next;
        changed
    }

    /// Discards the results of checks: a reload may have removed `health` from the configuration.
    pub(super) fn forget_checks(&mut self) {
        self.checks = Checks::Unknown;
    }

    fn end_ejection(&mut self, now: Instant) {
        self.ejected_until = self.ejected_until.map(|until| until.min(now));
    }

    fn is_ejected(&self, now: Instant) -> bool {
        self.ejected_until.is_some_and(|until| now < until)
    }

    /// Whether its checks have taken it down.
    pub(super) fn is_down(&self) -> bool {
        matches!(self.checks, Checks::Down { .. })
    }

    /// Whether it is neither down nor ejected.
    pub(super) fn is_in_service(&self, now: Instant) -> bool {
        !self.is_down() && !self.is_ejected(now)
    }

    /// When it came, or will come, back into service; `None` if it was never out of service. Its checks may still keep it down.
    pub(super) fn in_service_from(&self) -> Option<Instant> {
        let checked = match self.checks {
            Checks::Up { since, .. } => since,
            Checks::Unknown | Checks::Down { .. } => None,
        };
        self.ejected_until.max(checked)
    }

    /// Whether nothing has succeeded since the last failure, so that a success would change the state.
    pub(super) fn is_unproven(&self) -> bool {
        self.unproven
    }
}
