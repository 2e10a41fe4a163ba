//! What is due for a host, by the time, its certificate and its state. Pure functions.
//!
//! A certificate is renewed at a time that the authority suggests (ARI, RFC 9773), or after two thirds of its lifetime if it
//! suggests none. Times are those of the wall clock, because other replicas and later processes use them, too. If the clock
//! was wrong, a stored time may lie far ahead: one that is further ahead than any wait of octroi counts as reached.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The longest wait after a failure, in seconds: an hour more than the longest `Retry-After`.
const LONGEST_WAIT: u64 = 7 * 24 * 3600 + 3600;
/// The longest time between two requests for renewal information, in seconds (RFC 9773 §4.3.2 recommends a day).
const LONGEST_CHECK: u64 = 24 * 3600;
/// The shortest, in seconds (RFC 9773 §4.3.2 recommends a minute).
const SHORTEST_CHECK: u64 = 60;
/// A certificate is renewed at the latest when this fraction of its lifetime is left, a sixth, whatever the authority
/// suggests: from then on operators are warned.
const LATEST: u64 = 6;

/// The shortest time between two certificates of a host, in seconds. If the clock is wrong, or the authority's window has
/// always passed, each new certificate is due at once, and renewals would exhaust the authority's weekly limit.
const SHORTEST_INTERVAL: u64 = 3600;

/// The state of one host, in a file that replicas share. Times are seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct State {
    /// Failed orders since the last success.
    pub(super) failures: u32,
    /// The authority is not contacted before; 0: at once.
    pub(super) not_before: u64,
    /// When the last certificate was issued; 0: never.
    pub(super) last_success: u64,
    /// What the authority suggested.
    pub(super) renewal: Option<Renewal>,
    /// An order that is pending, to be resumed after a restart.
    pub(super) order: Option<PendingOrder>,
}

/// When to renew one certificate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Renewal {
    /// The certificate's identifier in ARI.
    pub(super) certificate: String,
    /// A time chosen at random within the window that the authority suggested; `None` if it suggested none.
    pub(super) at: Option<u64>,
    /// When the authority is asked again.
    pub(super) check_after: u64,
}

/// An order that was made and is not finished.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct PendingOrder {
    /// The order's URL.
    pub(super) url: String,
    /// The private key of the ordered certificate: PKCS #8 in base64.
    pub(super) key: String,
}

impl std::fmt::Debug for PendingOrder {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PendingOrder").field("url", &self.url).finish_non_exhaustive()
    }
}

/// When a certificate is valid, in seconds since 1970, and its identifier in ARI, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lifetime {
    pub(super) not_before: u64,
    pub(super) not_after: u64,
    pub(super) id: Option<String>,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Do nothing before this time, in seconds since 1970.
    Wait(u64),
    /// Ask the authority when to renew.
    AskRenewal,
    /// Order a certificate.
    Order,
}

/// What is due at `now`. `lifetime` is that of the certificate on disk; `None` if there is none that can be used.
pub(super) fn step(now: u64, lifetime: Option<&Lifetime>, state: &State) -> Step {
    if state.not_before > now && state.not_before - now <= LONGEST_WAIT {
        return Step::Wait(state.not_before);
    }
    let Some(lifetime) = lifetime else { return Step::Order };
    let renewal = state.renewal.as_ref().filter(|renewal| Some(&renewal.certificate) == lifetime.id.as_ref());
    let due = renewal.and_then(|renewal| renewal.at).map_or(two_thirds(lifetime), |at| at.min(latest(lifetime)));
    if now >= due {
        return match now.checked_sub(state.last_success) {
            Some(since) if since < SHORTEST_INTERVAL => Step::Wait(state.last_success + SHORTEST_INTERVAL),
            _ => Step::Order,
        };
    }
    if lifetime.id.is_none() {
        return Step::Wait(due);
    }
    match renewal {
        Some(renewal) if renewal.check_after > now && renewal.check_after - now <= LONGEST_CHECK => {
            Step::Wait(due.min(renewal.check_after))
        }
        _ => Step::AskRenewal,
    }
}

/// When to renew, by the window that the authority suggests (in seconds since 1970). The time chosen before stays if it lies
/// within the window; else `random` (0..1) chooses one. `again`: how long until the authority wants to be asked again.
pub(super) fn within_window(
    now: u64,
    lifetime: &Lifetime,
    before: Option<&Renewal>,
    (start, end): (u64, u64),
    again: Duration,
    random: f64,
) -> Renewal {
    let id = lifetime.id.clone().unwrap_or_default();
    let chosen = before.filter(|before| before.certificate == id).and_then(|before| before.at);
    let length = end.saturating_sub(start);
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Of seconds.
    let offset = (length as f64 * random) as u64;
    let at = chosen.filter(|at| (start..=end).contains(at)).unwrap_or(start.saturating_add(offset));
    Renewal { certificate: id, at: Some(at), check_after: now + again.as_secs().clamp(SHORTEST_CHECK, LONGEST_CHECK) }
}

/// When to renew if the authority suggests no window: what it suggested before stays. `wait`: how long until it is asked
/// again.
pub(super) fn without_window(now: u64, lifetime: &Lifetime, before: Option<&Renewal>, wait: Duration) -> Renewal {
    let id = lifetime.id.clone().unwrap_or_default();
    let at = before.filter(|before| before.certificate == id).and_then(|before| before.at);
    Renewal { certificate: id, at, check_after: now + wait.as_secs().min(LONGEST_CHECK) }
}

/// Exponential back-off: the wait doubles with each failure, up to `longest`. It varies by a quarter either way, by `random`
/// (0..1), so that many hosts do not retry at once. It is never less than the server asked for.
pub(super) fn back_off(
    failures: u32,
    first: Duration,
    longest: Duration,
    asked_for: Option<Duration>,
    random: f64,
) -> Duration {
    let doubled = first.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(longest);
    doubled.mul_f64(0.75 + random.clamp(0.0, 1.0) / 2.0).max(asked_for.unwrap_or_default())
}

fn two_thirds(lifetime: &Lifetime) -> u64 {
    lifetime.not_before + lifetime.not_after.saturating_sub(lifetime.not_before) / 3 * 2
}

fn latest(lifetime: &Lifetime) -> u64 {
    lifetime.not_after.saturating_sub(lifetime.not_after.saturating_sub(lifetime.not_before) / LATEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 24 * 3600;
    const START: u64 = 1_800_000_000;

    fn ninety_days() -> Lifetime {
        Lifetime { not_before: START, not_after: START + 90 * DAY, id: Some("a.b".to_owned()) }
    }

    fn suggested(at: Option<u64>, check_after: u64) -> State {
        let renewal = Renewal { certificate: "a.b".to_owned(), at, check_after };
        State { renewal: Some(renewal), ..State::default() }
    }

    #[test]
    fn the_step_follows_from_the_certificate_and_the_suggestion() {
        let lifetime = ninety_days();
        let nothing = State::default();
        let at = |day: u64| START + day * DAY;
        assert_eq!(step(at(0), None, &nothing), Step::Order);
        assert_eq!(step(at(1), Some(&lifetime), &nothing), Step::AskRenewal);
        assert_eq!(step(at(60), Some(&lifetime), &nothing), Step::Order);
        let unsupported = suggested(None, at(2));
        assert_eq!(step(at(1), Some(&lifetime), &unsupported), Step::Wait(at(2)));
        assert_eq!(step(at(2), Some(&lifetime), &unsupported), Step::AskRenewal);
        assert_eq!(step(at(60), Some(&lifetime), &unsupported), Step::Order);
        let early = suggested(Some(at(3)), at(2) + DAY / 2);
        assert_eq!(step(at(2), Some(&lifetime), &early), Step::Wait(at(2) + DAY / 2));
        assert_eq!(step(at(3), Some(&lifetime), &early), Step::Order);
        let late = suggested(Some(at(1000)), at(61));
        assert_eq!(step(at(60) + 1, Some(&lifetime), &late), Step::Wait(at(61)));
        assert_eq!(step(at(75), Some(&lifetime), &late), Step::Order);
        let nameless = Lifetime { id: None, ..ninety_days() };
        assert_eq!(step(at(1), Some(&nameless), &nothing), Step::Wait(at(60)));
        assert_eq!(step(at(60), Some(&nameless), &early), Step::Order);
    }

    #[test]
    fn a_certificate_that_is_due_as_soon_as_it_is_issued_is_renewed_an_hour_later() {
        let issued = |at| State { last_success: at, ..suggested(Some(START), START + DAY) };
        let now = START + DAY;
        assert_eq!(step(now, Some(&ninety_days()), &issued(now)), Step::Wait(now + 3600));
        assert_eq!(step(now, Some(&ninety_days()), &issued(now - 3599)), Step::Wait(now + 1));
        assert_eq!(step(now, Some(&ninety_days()), &issued(now - 3600)), Step::Order);
        // There is no wait if the certificate is gone, or if the clock was ahead when it was issued.
        assert_eq!(step(now, None, &issued(now)), Step::Order);
        assert_eq!(step(now, Some(&ninety_days()), &issued(now + 1)), Step::Order);
    }

    #[test]
    fn a_suggestion_for_another_certificate_is_ignored() {
        let mut state = suggested(Some(START), START + DAY);
        state.renewal.as_mut().unwrap().certificate = "c.d".to_owned();
        assert_eq!(step(START + 1, Some(&ninety_days()), &state), Step::AskRenewal);
    }

    #[test]
    fn a_wait_after_a_failure_counts_unless_it_lies_too_far_ahead() {
        let state = State { not_before: START + 100, ..State::default() };
        assert_eq!(step(START, None, &state), Step::Wait(START + 100));
        assert_eq!(step(START + 100, None, &state), Step::Order);
        let from_the_future = State { not_before: START + 3650 * DAY, ..State::default() };
        assert_eq!(step(START, None, &from_the_future), Step::Order);
        let checked_in_the_future = suggested(None, START + 3650 * DAY);
        assert_eq!(step(START, Some(&ninety_days()), &checked_in_the_future), Step::AskRenewal);
        // If the clock is ahead, the certificate seems to have expired; if it is behind, it is not valid yet.
        assert_eq!(step(START + 3650 * DAY, Some(&ninety_days()), &State::default()), Step::Order);
        assert_eq!(step(0, Some(&ninety_days()), &State::default()), Step::AskRenewal);
    }

    #[test]
    fn a_time_is_chosen_once_within_the_window() {
        let (lifetime, hour) = (ninety_days(), Duration::from_hours(1));
        let window = (START + 10 * DAY, START + 20 * DAY);
        let first = within_window(START, &lifetime, None, window, hour, 0.5);
        assert_eq!((first.at, first.check_after), (Some(START + 15 * DAY), START + 3600));
        assert_eq!(within_window(START, &lifetime, Some(&first), window, hour, 0.9).at, first.at);
        let moved = (START, START);
        assert_eq!(within_window(START, &lifetime, Some(&first), moved, hour, 0.9).at, Some(START));
        let upside_down = within_window(START, &lifetime, None, (START + 9, START), Duration::MAX, 1.0);
        assert_eq!((upside_down.at, upside_down.check_after), (Some(START + 9), START + DAY));
        assert_eq!(within_window(START, &lifetime, None, window, Duration::ZERO, 0.0).check_after, START + 60);
        assert_eq!(without_window(START, &lifetime, Some(&first), hour).at, first.at);
    }

    #[test]
    fn back_off_doubles_within_its_bounds() {
        let minutes = |failures, asked: Option<u64>, random| {
            let asked = asked.map(Duration::from_mins);
            back_off(failures, Duration::from_mins(4), Duration::from_hours(6), asked, random).as_secs() / 60
        };
        assert_eq!([1, 2, 3, 7, 8, 99].map(|failures| minutes(failures, None, 0.5)), [4, 8, 16, 256, 360, 360]);
        assert_eq!((minutes(1, None, 0.0), minutes(1, None, 1.0)), (3, 5));
        assert_eq!(minutes(1, Some(1000), 0.5), 1000);
    }
}
