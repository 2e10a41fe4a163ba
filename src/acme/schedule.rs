//! What is due for a host, by the time, its certificate and what is remembered of it. Pure.
//!
//! A certificate is renewed at the moment that the authority suggests (ARI, RFC 9773); if it suggests none, when two thirds of
//! its life are over. Every moment is one of the wall clock, because other replicas and later processes go by it. A clock that
//! was set can have written moments far ahead: what lies further off than any wait that octroi makes counts as come.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The longest wait after a failure, an hour longer than what is taken from a server.
const LONGEST_WAIT: u64 = 7 * 24 * 3600 + 3600;
/// The longest time between two questions about renewal (RFC 9773 §4.3.2 recommends a day).
const LONGEST_CHECK: u64 = 24 * 3600;
/// The shortest (RFC 9773 §4.3.2 recommends a minute).
const SHORTEST_CHECK: u64 = 60;
/// A sixth of the life before its end, whatever the authority suggests: from then on operators are warned.
const LATEST: u64 = 6;

/// No second certificate is ordered within an hour. If the clock is wrong, or the authority's window is always over, each new
/// certificate is due as soon as it has come, and renewal after renewal would use up what the authority allows in a week.
const SHORTEST_INTERVAL: u64 = 3600;

/// What is remembered of one host, in a file that replicas share. Times are seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct State {
    /// Orders in a row that came to nothing.
    pub(super) failures: u32,
    /// Nothing is asked before; 0: at once.
    pub(super) not_before: u64,
    /// When the last certificate came; 0: never.
    pub(super) last_success: u64,
    /// What the authority suggested.
    pub(super) renewal: Option<Renewal>,
    /// An order that is under way, to go on with after a restart.
    pub(super) order: Option<PendingOrder>,
}

/// When to renew one certificate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Renewal {
    /// Its name in ARI.
    pub(super) certificate: String,
    /// The moment, chosen at random within what the authority suggested; `None`: it suggested nothing.
    pub(super) at: Option<u64>,
    /// When it is asked again.
    pub(super) check_after: u64,
}

/// An order that the authority knows.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct PendingOrder {
    /// Where it is asked for.
    pub(super) url: String,
    /// The private key of the certificate to come: PKCS #8 in base64.
    pub(super) key: String,
}

impl std::fmt::Debug for PendingOrder {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PendingOrder").field("url", &self.url).finish_non_exhaustive()
    }
}

/// When a certificate holds, in seconds since 1970, and its name in ARI, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) not_before: u64,
    pub(super) not_after: u64,
    pub(super) id: Option<String>,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing before this moment.
    Wait(u64),
    /// The authority is asked when to renew.
    AskRenewal,
    /// A certificate is ordered.
    Order,
}

/// What is due at `now`. `life`: that of the certificate on disk, `None` if there is none that can be used.
pub(super) fn step(now: u64, life: Option<&Life>, state: &State) -> Step {
    if state.not_before > now && state.not_before - now <= LONGEST_WAIT {
        return Step::Wait(state.not_before);
    }
    let Some(life) = life else { return Step::Order };
    let renewal = state.renewal.as_ref().filter(|renewal| Some(&renewal.certificate) == life.id.as_ref());
    let due = renewal.and_then(|renewal| renewal.at).map_or(two_thirds(life), |at| at.min(latest(life)));
    if now >= due {
        return match now.checked_sub(state.last_success) {
            Some(since) if since < SHORTEST_INTERVAL => Step::Wait(state.last_success + SHORTEST_INTERVAL),
            _ => Step::Order,
        };
    }
    if life.id.is_none() {
        return Step::Wait(due);
    }
    match renewal {
        Some(renewal) if renewal.check_after > now && renewal.check_after - now <= LONGEST_CHECK => {
            Step::Wait(due.min(renewal.check_after))
        }
        _ => Step::AskRenewal,
    }
}

/// What follows from a window that the authority suggests, in seconds since 1970. The moment that was chosen before stays if it
/// lies within; `random` is in 0..1. `again`: when the authority wants to be asked again.
pub(super) fn within_window(
    now: u64,
    life: &Life,
    before: Option<&Renewal>,
    (start, end): (u64, u64),
    again: Duration,
    random: f64,
) -> Renewal {
    let id = life.id.clone().unwrap_or_default();
    let chosen = before.filter(|before| before.certificate == id).and_then(|before| before.at);
    let length = end.saturating_sub(start);
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Of seconds.
    let offset = (length as f64 * random) as u64;
    let at = chosen.filter(|at| (start..=end).contains(at)).unwrap_or(start.saturating_add(offset));
    Renewal { certificate: id, at: Some(at), check_after: now + again.as_secs().clamp(SHORTEST_CHECK, LONGEST_CHECK) }
}

/// What follows if the authority suggests nothing: `wait` until it is asked again. What it suggested before stays.
pub(super) fn without_window(now: u64, life: &Life, before: Option<&Renewal>, wait: Duration) -> Renewal {
    let id = life.id.clone().unwrap_or_default();
    let at = before.filter(|before| before.certificate == id).and_then(|before| before.at);
    Renewal { certificate: id, at, check_after: now + wait.as_secs().min(LONGEST_CHECK) }
}

/// How long to wait after so many failures in a row: twice as long each time, up to `longest`, a quarter more or less by
/// `random` (0..1) so that many do not come at once; never less than the server asked for.
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

fn two_thirds(life: &Life) -> u64 {
    life.not_before + life.not_after.saturating_sub(life.not_before) / 3 * 2
}

fn latest(life: &Life) -> u64 {
    life.not_after.saturating_sub(life.not_after.saturating_sub(life.not_before) / LATEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 24 * 3600;
    const START: u64 = 1_800_000_000;

    fn ninety_days() -> Life {
        Life { not_before: START, not_after: START + 90 * DAY, id: Some("a.b".to_owned()) }
    }

    fn suggested(at: Option<u64>, check_after: u64) -> State {
        let renewal = Renewal { certificate: "a.b".to_owned(), at, check_after };
        State { renewal: Some(renewal), ..State::default() }
    }

    #[test]
    fn what_is_due_follows_from_the_certificate_and_the_suggestion() {
        let life = ninety_days();
        let nothing = State::default();
        let at = |day: u64| START + day * DAY;
        assert_eq!(step(at(0), None, &nothing), Step::Order);
        assert_eq!(step(at(1), Some(&life), &nothing), Step::AskRenewal);
        assert_eq!(step(at(60), Some(&life), &nothing), Step::Order);
        let unsupported = suggested(None, at(2));
        assert_eq!(step(at(1), Some(&life), &unsupported), Step::Wait(at(2)));
        assert_eq!(step(at(2), Some(&life), &unsupported), Step::AskRenewal);
        assert_eq!(step(at(60), Some(&life), &unsupported), Step::Order);
        let early = suggested(Some(at(3)), at(2) + DAY / 2);
        assert_eq!(step(at(2), Some(&life), &early), Step::Wait(at(2) + DAY / 2));
        assert_eq!(step(at(3), Some(&life), &early), Step::Order);
        let late = suggested(Some(at(1000)), at(61));
        assert_eq!(step(at(60) + 1, Some(&life), &late), Step::Wait(at(61)));
        assert_eq!(step(at(75), Some(&life), &late), Step::Order);
        let nameless = Life { id: None, ..ninety_days() };
        assert_eq!(step(at(1), Some(&nameless), &nothing), Step::Wait(at(60)));
        assert_eq!(step(at(60), Some(&nameless), &early), Step::Order);
    }

    #[test]
    fn a_certificate_that_is_due_as_soon_as_it_came_is_not_renewed_at_once() {
        let issued = |at| State { last_success: at, ..suggested(Some(START), START + DAY) };
        let now = START + DAY;
        assert_eq!(step(now, Some(&ninety_days()), &issued(now)), Step::Wait(now + 3600));
        assert_eq!(step(now, Some(&ninety_days()), &issued(now - 3599)), Step::Wait(now + 1));
        assert_eq!(step(now, Some(&ninety_days()), &issued(now - 3600)), Step::Order);
        // The certificate is gone, or the clock was ahead when it came: nothing is waited for.
        assert_eq!(step(now, None, &issued(now)), Step::Order);
        assert_eq!(step(now, Some(&ninety_days()), &issued(now + 1)), Step::Order);
    }

    #[test]
    fn a_suggestion_for_another_certificate_counts_for_nothing() {
        let mut state = suggested(Some(START), START + DAY);
        state.renewal.as_mut().unwrap().certificate = "c.d".to_owned();
        assert_eq!(step(START + 1, Some(&ninety_days()), &state), Step::AskRenewal);
    }

    #[test]
    fn a_failure_is_waited_for_and_a_clock_that_was_wrong_is_not() {
        let state = State { not_before: START + 100, ..State::default() };
        assert_eq!(step(START, None, &state), Step::Wait(START + 100));
        assert_eq!(step(START + 100, None, &state), Step::Order);
        let from_the_future = State { not_before: START + 3650 * DAY, ..State::default() };
        assert_eq!(step(START, None, &from_the_future), Step::Order);
        let checked_in_the_future = suggested(None, START + 3650 * DAY);
        assert_eq!(step(START, Some(&ninety_days()), &checked_in_the_future), Step::AskRenewal);
        // Ahead, the certificate seems to have expired; behind, it does not hold yet.
        assert_eq!(step(START + 3650 * DAY, Some(&ninety_days()), &State::default()), Step::Order);
        assert_eq!(step(0, Some(&ninety_days()), &State::default()), Step::AskRenewal);
    }

    #[test]
    fn a_moment_is_chosen_once_within_the_window() {
        let (life, hour) = (ninety_days(), Duration::from_hours(1));
        let window = (START + 10 * DAY, START + 20 * DAY);
        let first = within_window(START, &life, None, window, hour, 0.5);
        assert_eq!((first.at, first.check_after), (Some(START + 15 * DAY), START + 3600));
        assert_eq!(within_window(START, &life, Some(&first), window, hour, 0.9).at, first.at);
        let moved = (START, START);
        assert_eq!(within_window(START, &life, Some(&first), moved, hour, 0.9).at, Some(START));
        let upside_down = within_window(START, &life, None, (START + 9, START), Duration::MAX, 1.0);
        assert_eq!((upside_down.at, upside_down.check_after), (Some(START + 9), START + DAY));
        assert_eq!(within_window(START, &life, None, window, Duration::ZERO, 0.0).check_after, START + 60);
        assert_eq!(without_window(START, &life, Some(&first), hour).at, first.at);
    }

    #[test]
    fn waits_grow_and_keep_to_their_bounds() {
        let minutes = |failures, asked: Option<u64>, random| {
            let asked = asked.map(Duration::from_mins);
            back_off(failures, Duration::from_mins(4), Duration::from_hours(6), asked, random).as_secs() / 60
        };
        assert_eq!([1, 2, 3, 7, 8, 99].map(|failures| minutes(failures, None, 0.5)), [4, 8, 16, 256, 360, 360]);
        assert_eq!((minutes(1, None, 0.0), minutes(1, None, 1.0)), (3, 5));
        assert_eq!(minutes(1, Some(1000), 0.5), 1000);
    }
}
