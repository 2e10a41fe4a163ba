//! Which endpoints of a portal are in service, by the results of the whole process's requests and health checks.
//!
//! Results are reported by [`Health::failed`], [`Health::succeeded`] and [`Health::checked`]. `state` decides for one endpoint;
//! this file limits how many endpoints are ejected at once. The balancer calls [`Health::share`], which is one atomic read. The
//! lock is taken only after a failure, for checks, and for people. Time is always an argument.

mod state;

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use self::state::State;

/// The full share of an endpoint, in percent of an equal share of the requests.
pub const FULL_SHARE: u32 = 100;
/// The share of an endpoint that has just returned to service: enough to show whether it works.
const FIRST_SHARE: u32 = 10;
/// How long an endpoint that has returned to service takes to reach its full share.
const SLOW_START: Duration = Duration::from_secs(30);

/// How a request to an endpoint failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection could be opened: other requests would fail as well.
    Unreachable,
    /// The connection was reset, or there was no valid response in time. The request itself may be the cause.
    Broken,
}

/// How many results of checks in a row change the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// This many failures take an endpoint down.
    pub fall: u32,
    /// This many successes bring it back.
    pub rise: u32,
}

/// The state of an endpoint, as the admin listener shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In service.
    Up,
    /// In service again, with a growing share.
    Returning,
    /// Out of service for a while, after failures of requests.
    Ejected,
    /// Out of service until its checks succeed.
    Down,
}

impl Standing {
    /// Whether requests are sent there.
    pub fn is_in_service(self) -> bool {
        matches!(self, Self::Up | Self::Returning)
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Up => "up",
            Self::Returning => "returning",
            Self::Ejected => "ejected",
            Self::Down => "down",
        })
    }
}

/// The health of one portal's endpoints, by their indexes in the configuration.
#[derive(Debug)]
pub struct Health {
    begun: Instant,
    states: Mutex<Box<[State]>>,
    published: Box<[Published]>,
}

/// What is read without the lock.
#[derive(Debug)]
struct Published {
    /// Since when it is in service, in milliseconds since `begun`: 0 if always, `u64::MAX` if it is not.
    from: AtomicU64,
    /// Whether a success would change the state.
    unproven: AtomicBool,
}

const FROM_THE_FIRST: u64 = 0;
const NEVER: u64 = u64::MAX;

impl Health {
    /// All endpoints are in service at first.
    pub fn new(endpoints: usize, now: Instant) -> Self {
        Self::with(now, vec![State::default(); endpoints])
    }

    /// The health of the endpoints of a new configuration. `kept` has the old index of each new endpoint, if it had one. If
    /// `checks` is false, results of checks are discarded.
    #[must_use]
    pub fn succeeded_by(&self, kept: &[Option<usize>], checks: bool) -> Self {
        let states = self.lock();
        let keep = |index: &Option<usize>| {
            let mut state = index.and_then(|index| states.get(index)).cloned().unwrap_or_default();
            if !checks {
                state.forget_checks();
            }
            state
        };
        Self::with(self.begun, kept.iter().map(keep).collect())
    }

    fn with(begun: Instant, states: Vec<State>) -> Self {
        let published = states.iter().map(|state| Published::new(state, begun)).collect();
        Self { begun, states: Mutex::new(states.into()), published }
    }

    /// The share of requests that an endpoint should take now, in percent; 0 is out of service.
    pub fn share(&self, endpoint: usize, now: Instant) -> u32 {
        let from = match self.published.get(endpoint).map(|published| published.from.load(Ordering::Relaxed)) {
            Some(FROM_THE_FIRST) => return FULL_SHARE,
            None | Some(NEVER) => return 0,
            Some(from) => self.begun.checked_add(Duration::from_millis(from)),
        };
        match from.and_then(|from| now.checked_duration_since(from)) {
            Some(since) if since < SLOW_START => {
                let percent = since.as_millis() * u128::from(FULL_SHARE) / SLOW_START.as_millis();
                u32::try_from(percent).unwrap_or(FULL_SHARE).max(FIRST_SHARE)
            }
            Some(_) => FULL_SHARE,
            None => 0,
        }
    }

    /// The state of an endpoint.
    pub fn standing(&self, endpoint: usize, now: Instant) -> Standing {
        match (self.share(endpoint, now), self.lock().get(endpoint)) {
            (FULL_SHARE, _) => Standing::Up,
            (0, Some(state)) if state.is_down() => Standing::Down,
            (0, _) => Standing::Ejected,
            _ => Standing::Returning,
        }
    }

    /// Reports a failed request. Returns how long the endpoint is ejected, if it is.
    pub fn failed(&self, endpoint: usize, failure: Failure, now: Instant) -> Option<Duration> {
        let mut states = self.lock();
        let may_eject = may_eject(&states, endpoint, failure, now);
        let state = states.get_mut(endpoint)?;
        let ejected = state.failed(failure, may_eject, now);
        self.publish(endpoint, state);
        ejected
    }

    /// Reports a request whose response was received to its last byte. The clock is read only if the state may change.
    pub fn succeeded(&self, endpoint: usize, now: impl FnOnce() -> Instant) {
        let unproven = |published: &Published| published.unproven.load(Ordering::Relaxed);
        if self.published.get(endpoint).is_some_and(unproven)
            && let Some(state) = self.lock().get_mut(endpoint)
        {
            state.succeeded(now());
            self.publish(endpoint, state);
        }
    }

    /// Reports the result of a check. Returns whether the endpoint is up, if that has changed.
    pub fn checked(&self, endpoint: usize, healthy: bool, thresholds: Thresholds, now: Instant) -> Option<bool> {
        let mut states = self.lock();
        let state = states.get_mut(endpoint)?;
        let changed = state.checked(healthy, thresholds, now);
        self.publish(endpoint, state);
        changed
    }

    fn publish(&self, endpoint: usize, state: &State) {
        if let Some(published) = self.published.get(endpoint) {
            published.set(state, self.begun);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Box<[State]>> {
        // Nothing panics while it is held.
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Published {
    fn new(state: &State, begun: Instant) -> Self {
        let published = Self { from: AtomicU64::new(FROM_THE_FIRST), unproven: AtomicBool::new(false) };
        published.set(state, begun);
        published
    }

    fn set(&self, state: &State, begun: Instant) {
        let from = match state.in_service_from() {
            _ if state.is_down() => NEVER,
            None => FROM_THE_FIRST,
            // Rounded up: never earlier than the state says.
            Some(from) => u64::try_from(from.saturating_duration_since(begun).as_nanos().div_ceil(1_000_000))
                .map_or(NEVER, |from| from.max(FROM_THE_FIRST + 1)),
        };
        self.from.store(from, Ordering::Relaxed);
        self.unproven.store(state.is_unproven(), Ordering::Relaxed);
    }
}

/// Whether an endpoint may be ejected: never the last one in service; and if the requests may be the cause, never more than
/// half of all.
fn may_eject(states: &[State], endpoint: usize, failure: Failure, now: Instant) -> bool {
    let others = states.iter().enumerate().filter(|(index, _)| *index != endpoint);
    let out = 1 + others.filter(|(_, state)| !state.is_in_service(now)).count();
    match failure {
        Failure::Unreachable => out < states.len(),
        Failure::Broken => out * 2 <= states.len(),
    }
}

#[cfg(test)]
mod tests;
