//! The rules: until when a connection may stay as it is, and what happens then. Pure: the state and the time are arguments.
//! `timeouts` holds the timer and acts on them.
//!
//! Two things decide: the [`Phase`], which the visitor and the portal change, and the [`Stage`], which octroi changes when
//! the process drains or a timeout expires.

use std::time::Duration;

use tokio::time::Instant;

use crate::config::Timeouts;
use crate::net::idle_timeout::IdleTimeout;

/// How long an idle HTTP/1.1 connection still takes a request after a drain began. A request that was sent in that time is
/// answered, with `Connection: close`.
pub(in crate::server) const DRAIN_GRACE: Duration = Duration::from_secs(1);
/// How long a closing connection may be silent: it was told to end, or its last response has been sent.
pub(in crate::server) const CLOSING: Duration = Duration::from_secs(5);
/// How long a visitor may go on sending after the last response.
const LINGERING: Duration = Duration::from_secs(30);
/// Stands for "never" in a timer.
pub(in crate::server) const FAR: Duration = Duration::from_hours(24);

/// What a connection waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Phase {
    /// The rest of a request's head, or the first request.
    Head,
    /// The next request.
    Idle,
    /// A response. Its timeouts are enforced elsewhere (`upstream`).
    Portal,
    /// The visitor, who does not read the response.
    Visitor,
    /// The end. Bytes that are still received (the rest of a body, requests after the last one) are discarded.
    End,
}

/// How far octroi has gone in ending a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Stage {
    /// It takes further requests.
    Open,
    /// The process has drained since that time. An HTTP/1.1 connection ends with its next response.
    Draining(Instant),
    /// The connection was told to end at that time.
    Closing(Instant),
}

/// A connection at one moment.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct ConnectionState {
    /// What the connection waits for.
    pub(in crate::server) phase: Phase,
    /// How far octroi has gone in ending it.
    pub(in crate::server) stage: Stage,
    /// No byte has been received yet.
    pub(in crate::server) is_silent: bool,
    /// Reading was stopped after the last response.
    pub(in crate::server) has_stopped_lingering: bool,
    /// When the head that is being read began.
    pub(in crate::server) head_began: Instant,
    /// When bytes, a request or a response last moved.
    pub(in crate::server) last_progress: Instant,
    /// When a request last ended, or the sending half began to be closed.
    pub(in crate::server) last_ended: Instant,
    /// How long a response may be left unread.
    pub(in crate::server) body_idle: IdleTimeout,
}

/// When a connection will have been as it is for too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) struct Deadline {
    /// From this moment on, the connection is late.
    pub(in crate::server) at: Instant,
    pub(in crate::server) then: Expiry,
}

/// What happens at a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Expiry {
    /// The connection is told to end.
    Shutdown,
    /// Reading stops: the visitor already has the last response. If the connection does not end by itself then, the next
    /// deadline is [`CutLingering`](Self::CutLingering).
    StopLingering,
    /// It is cut: no complete head was received.
    CutHead,
    /// It is cut: the visitor does not read.
    CutUnread,
    /// It is cut: it did not end when it was told to.
    CutLingering,
}

impl ConnectionState {
    /// Until when it may stay as it is; `None` if without limit.
    pub(in crate::server) fn deadline(&self, timeouts: &Timeouts) -> Option<Deadline> {
        let (at, then) = match (self.phase, self.stage) {
            (Phase::Portal, _) => return None,
            (Phase::Visitor, _) => (self.body_idle.deadline(self.last_progress)?, Expiry::CutUnread),
            (Phase::End, _) => {
                let then = if self.has_stopped_lingering { Expiry::CutLingering } else { Expiry::StopLingering };
                (self.closed_by(self.last_ended + LINGERING), then)
            }
            (Phase::Head | Phase::Idle, Stage::Closing(since)) => {
                let reading = self.body_idle.limit().unwrap_or(FAR).max(CLOSING);
                (self.closed_by(since.max(self.last_ended) + reading), Expiry::CutLingering)
            }
            (Phase::Idle, Stage::Draining(since)) => (since.max(self.last_ended) + DRAIN_GRACE, Expiry::Shutdown),
            (Phase::Head, Stage::Draining(since)) if self.is_silent => (since + DRAIN_GRACE, Expiry::Shutdown),
            (Phase::Head, Stage::Draining(_)) => (self.head_began + timeouts.header?, Expiry::Shutdown),
            (Phase::Head, Stage::Open) => (self.head_began + timeouts.header?, Expiry::CutHead),
            (Phase::Idle, Stage::Open) => (self.last_progress + timeouts.idle?, Expiry::Shutdown),
        };
        Some(Deadline { at, then })
    }

    /// A closing connection may be silent for [`CLOSING`] after the last byte, but not beyond `latest`: a visitor can keep
    /// bytes moving without end, by sending data or PINGs.
    fn closed_by(&self, latest: Instant) -> Instant {
        (self.last_progress + CLOSING).min(latest)
    }

    /// The time of the next check: the deadline, or the shortest timeout from now if that is earlier. A phase that begins
    /// later lasts at least as long as that timeout, so it is checked in time as well. This avoids a timer for each request.
    pub(in crate::server) fn next_check(
        &self,
        timeouts: &Timeouts,
        park_after: Option<Duration>,
        now: Instant,
    ) -> Instant {
        let ending = match self.stage {
            Stage::Open => None,
            Stage::Draining(_) => Some(DRAIN_GRACE),
            Stage::Closing(_) => Some(CLOSING),
        };
        let all = [timeouts.header, timeouts.idle, self.body_idle.limit(), ending, park_after];
        let next = now + all.into_iter().flatten().min().unwrap_or(FAR);
        self.deadline(timeouts).map_or(next, |deadline| deadline.at.min(next))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::testing;

    const HEADER: u64 = 10;
    const IDLE: u64 = 60;
    const WRITE: u64 = 30;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Accepted at `zero`; since then a head began at 100 s, a request ended at 200 s, and bytes moved last at 300 s.
    fn state(phase: Phase, stage: Stage, zero: Instant) -> ConnectionState {
        ConnectionState {
            phase,
            stage,
            is_silent: false,
            has_stopped_lingering: false,
            head_began: zero + seconds(100),
            last_progress: zero + seconds(300),
            last_ended: zero + seconds(200),
            body_idle: IdleTimeout::new(Some(seconds(WRITE))),
        }
    }

    #[test]
    fn each_phase_of_each_stage_has_its_deadline() {
        let zero = Instant::now();
        let (early, late) = (zero + seconds(150), zero + seconds(250));
        let table = [
            (Phase::Head, Stage::Open, Some((100 + HEADER, Expiry::CutHead))),
            (Phase::Idle, Stage::Open, Some((300 + IDLE, Expiry::Shutdown))),
            (Phase::Portal, Stage::Open, None),
            (Phase::Visitor, Stage::Open, Some((300 + WRITE, Expiry::CutUnread))),
            (Phase::End, Stage::Open, Some((200 + 30, Expiry::StopLingering))),
            (Phase::Head, Stage::Draining(late), Some((100 + HEADER, Expiry::Shutdown))),
            (Phase::Idle, Stage::Draining(early), Some((200 + 1, Expiry::Shutdown))),
            (Phase::Idle, Stage::Draining(late), Some((250 + 1, Expiry::Shutdown))),
            (Phase::Portal, Stage::Draining(late), None),
            (Phase::Visitor, Stage::Draining(late), Some((300 + WRITE, Expiry::CutUnread))),
            (Phase::End, Stage::Draining(late), Some((200 + 30, Expiry::StopLingering))),
            (Phase::Head, Stage::Closing(early), Some((200 + WRITE, Expiry::CutLingering))),
            (Phase::Head, Stage::Closing(late), Some((250 + WRITE, Expiry::CutLingering))),
            (Phase::Idle, Stage::Closing(late), Some((250 + WRITE, Expiry::CutLingering))),
            (Phase::Portal, Stage::Closing(late), None),
            (Phase::Visitor, Stage::Closing(late), Some((300 + WRITE, Expiry::CutUnread))),
            (Phase::End, Stage::Closing(late), Some((200 + 30, Expiry::StopLingering))),
        ];
        let timeouts = Timeouts { header: Some(seconds(HEADER)), idle: Some(seconds(IDLE)), ..testing::UNTIMED };
        for (phase, stage, expected) in table {
            let deadline = state(phase, stage, zero).deadline(&timeouts);
            let expected = expected.map(|(at, then)| Deadline { at: zero + seconds(at), then });
            assert_eq!(deadline, expected, "{phase:?} {stage:?}");
        }
    }

    #[test]
    fn what_else_is_known_moves_a_deadline() {
        let zero = Instant::now();
        let late = zero + seconds(250);
        let timeouts = Timeouts { header: Some(seconds(HEADER)), ..testing::UNTIMED };
        let table: [(ConnectionState, Option<(u64, Expiry)>); 6] = [
            (
                // Nothing has come, so no request is lost.
                ConnectionState { is_silent: true, ..state(Phase::Head, Stage::Draining(late), zero) },
                Some((250 + 1, Expiry::Shutdown)),
            ),
            (
                ConnectionState { has_stopped_lingering: true, ..state(Phase::End, Stage::Open, zero) },
                Some((200 + 30, Expiry::CutLingering)),
            ),
            (
                // Silent for five seconds before the thirty are over.
                ConnectionState { last_progress: zero + seconds(201), ..state(Phase::End, Stage::Open, zero) },
                Some((201 + 5, Expiry::StopLingering)),
            ),
            (
                ConnectionState {
                    last_progress: zero + seconds(251),
                    ..state(Phase::Idle, Stage::Closing(late), zero)
                },
                Some((251 + 5, Expiry::CutLingering)),
            ),
            (ConnectionState { body_idle: IdleTimeout::default(), ..state(Phase::Visitor, Stage::Open, zero) }, None),
            // No timeout is configured.
            (state(Phase::Idle, Stage::Open, zero), None),
        ];
        for (state, expected) in table {
            let expected = expected.map(|(at, then)| Deadline { at: zero + seconds(at), then });
            assert_eq!(state.deadline(&timeouts), expected, "{state:?}");
        }
    }

    #[test]
    fn the_next_look_is_in_time_for_whatever_begins_after_this_one() {
        let zero = Instant::now();
        let timeouts = Timeouts { header: Some(seconds(HEADER)), idle: Some(seconds(IDLE)), ..testing::UNTIMED };
        let table = [
            // The deadline comes before a header timeout that would begin now.
            (Phase::Idle, Stage::Open, 355, None, 300 + IDLE),
            (Phase::Idle, Stage::Open, 301, None, 301 + HEADER),
            (Phase::Portal, Stage::Open, 500, None, 500 + HEADER),
            (Phase::Portal, Stage::Open, 500, Some(2), 500 + 2),
            (Phase::Portal, Stage::Draining(zero), 500, None, 500 + 1),
            (Phase::Portal, Stage::Closing(zero), 500, None, 500 + 5),
        ];
        for (phase, stage, now, park_after, expected) in table {
            let state = state(phase, stage, zero);
            let next = state.next_check(&timeouts, park_after.map(seconds), zero + seconds(now));
            assert_eq!(next, zero + seconds(expected), "{phase:?} {stage:?} at {now}");
        }
        let never = ConnectionState { body_idle: IdleTimeout::default(), ..state(Phase::Portal, Stage::Open, zero) };
        assert_eq!(never.next_check(&testing::UNTIMED, None, zero), zero + FAR);
    }

    fn times() -> impl Strategy<Value = Option<Duration>> {
        prop::option::of((1_u64..100_000).prop_map(Duration::from_millis))
    }

    fn states() -> impl Strategy<Value = ConnectionState> {
        let phase = prop::sample::select(vec![Phase::Head, Phase::Idle, Phase::Portal, Phase::Visitor, Phase::End]);
        let (moments, known) = (prop::array::uniform4(0_u64..100_000), (any::<bool>(), any::<bool>()));
        (phase, 0_usize..3, moments, known, times()).prop_map(|(phase, stage, moments, known, body_idle)| {
            let zero = Instant::now();
            let [since, head_began, last_progress, last_ended] = moments.map(|at| zero + Duration::from_millis(at));
            let stage = [Stage::Open, Stage::Draining(since), Stage::Closing(since)][stage];
            let (is_silent, has_stopped_lingering) = known;
            let body_idle = IdleTimeout::new(body_idle);
            ConnectionState {
                phase,
                stage,
                is_silent,
                has_stopped_lingering,
                head_began,
                last_progress,
                last_ended,
                body_idle,
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nobody_is_asked_in_the_past_and_nobody_after_the_deadline(
            state in states(),
            (header, idle, park_after) in (times(), times(), times()),
            later in 0_u64..200_000,
        ) {
            let timeouts = Timeouts { header, idle, ..testing::UNTIMED };
            let now = state.last_progress + Duration::from_millis(later);
            let next = state.next_check(&timeouts, park_after, now);
            match state.deadline(&timeouts) {
                // It is due, and the timer acts on it at once.
                Some(deadline) if deadline.at <= now => prop_assert_eq!(next, deadline.at),
                Some(deadline) => prop_assert!(now < next && next <= deadline.at),
                None => prop_assert!(now < next),
            }
        }
    }
}
