//! Patience with a connection: hyper has no idle timeout in HTTP/2, one for both head and idle in HTTP/1.1, and none for
//! a visitor who stops reading.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use super::close_reason::CloseReason;
use super::lazy_poll::WokenOnly;
use super::progress::{ConnectionProgress, Phase};
use crate::config::Timeouts;
use crate::drain::Drain;

/// How long an idle HTTP/1.1 connection still takes a request when the process drains: one that is on its way is answered,
/// with `Connection: close`, and not cut.
pub(in crate::server) const DRAIN_GRACE: Duration = Duration::from_secs(1);
/// How long a connection that comes to its end may be silent: one that was told to end, or whose last response has left.
pub(in crate::server) const CLOSING: Duration = Duration::from_secs(5);
/// How long a visitor may go on sending who has had the last response and has not closed yet.
const LINGERING: Duration = Duration::from_secs(30);
/// A worker looks at its connections together, so often: it is woken once for all that are due, and not for each. It makes
/// a deadline late by so much at most. A crowd that comes within a round keeps all its memory until the end of it.
///
/// tokio keeps timers in slots of 64 ms. For one that is due when a slot begins it wakes once, for any other twice: when
/// its slot begins, and when it is due.
const ROUND: Duration = Duration::from_millis(64);
/// Stands for "never" in a timer.
pub(in crate::server) const FAR: Duration = Duration::from_hours(24);

/// A connection that can be asked to end once its requests are answered.
pub(in crate::server) trait GracefulShutdown: Future {
    fn graceful_shutdown(self: Pin<&mut Self>);
}

/// Watches over a connection.
pub(in crate::server) struct ConnectionTimeouts<'a> {
    progress: &'a ConnectionProgress,
    timeouts: Timeouts,
    rounds: TimerTick,
    drain: Drain,
    draining: bool,
    http2: bool,
    stage: Stage,
}

/// How far a connection was driven.
pub(in crate::server) enum Driven<T> {
    /// To its end.
    Ended(T),
    /// It has been idle for long enough.
    Idle,
    /// The head that comes next is refused, and all requests before it are answered.
    Refused,
}

/// What is not the connection's own doing.
enum Event {
    Drain,
    Flood,
    /// The next look may be due sooner.
    Patience,
    Check,
}

/// The moments at which connections are looked at, counted from when their worker's runtime began.
#[derive(Clone, Copy)]
pub(in crate::server) struct TimerTick(Instant);

impl TimerTick {
    pub(in crate::server) fn since(began: Instant) -> Self {
        Self(began)
    }

    /// The first after `due`.
    fn after(self, due: Instant) -> Instant {
        let past = due.saturating_duration_since(self.0).as_nanos() % ROUND.as_nanos();
        due + ROUND - Duration::from_nanos_u128(past)
    }
}

/// How far a connection is from its end.
#[derive(Clone, Copy)]
enum Stage {
    Open,
    /// The process drains since this moment, and HTTP/1.1 ends with the next response.
    Grace(Instant),
    /// It was told to end, at this moment.
    Closing(Instant),
}

impl<'a> ConnectionTimeouts<'a> {
    pub(in crate::server) fn new(
        progress: &'a ConnectionProgress,
        timeouts: Timeouts,
        rounds: TimerTick,
        drain: Drain,
        http2: bool,
    ) -> Self {
        Self { progress, timeouts, rounds, drain, draining: false, http2, stage: Stage::Open }
    }

    /// Watches until the connection ends by itself, or has to.
    pub(in crate::server) async fn drive<C: GracefulShutdown>(
        &mut self,
        connection: C,
    ) -> Result<C::Output, CloseReason> {
        let mut connection = pin!(connection);
        loop {
            if let Driven::Ended(output) = self.drive_until_idle(connection.as_mut(), None).await? {
                return Ok(output);
            }
        }
    }

    /// The same, or until it has been idle for about so long, or a head is refused and it is that request's turn.
    pub(in crate::server) async fn drive_until_idle<C: GracefulShutdown>(
        &mut self,
        mut connection: Pin<&mut C>,
        enough: Option<Duration>,
    ) -> Result<Driven<C::Output>, CloseReason> {
        if matches!(self.stage, Stage::Closing(_)) {
            connection.as_mut().graceful_shutdown();
        }
        let bell = WokenOnly::new();
        // A connection that cannot rest at a look is not looked at for its rest before it can.
        let mut rests_after = enough;
        let mut check = pin!(sleep_until(self.next_check(rests_after)));
        loop {
            let progress = self.progress;
            let waits_for_rest = rests_after != enough && matches!(self.stage, Stage::Open);
            let occurs = {
                let mut event = pin!(self.event(check.as_mut()));
                poll_fn(|cx| match connection.as_mut().poll(cx) {
                    Poll::Ready(ended) => Poll::Ready(Err(Driven::Ended(ended))),
                    Poll::Pending if progress.owes_refusal() => Poll::Ready(Err(Driven::Refused)),
                    Poll::Pending => {
                        if waits_for_rest && progress.may_park() {
                            progress.look_sooner();
                        }
                        bell.poll(event.as_mut(), cx).map(Ok)
                    }
                })
                .await
            };
            let tell = match occurs {
                Err(driven) => return Ok(driven),
                Ok(Event::Drain) => self.drain_begins(),
                Ok(Event::Flood) => return Err(CloseReason::Flooded),
                Ok(Event::Patience) => false,
                Ok(Event::Check) => self.patience_ends()?,
            };
            if tell {
                self.stage = Stage::Closing(Instant::now());
                self.progress.closing();
                connection.as_mut().graceful_shutdown();
            } else if self.has_been_idle(enough) {
                return Ok(Driven::Idle);
            }
            rests_after = enough.filter(|_| self.may_park());
            check.as_mut().reset(self.next_check(rests_after));
        }
    }

    /// What happens to the connection from outside.
    async fn event(&mut self, check: Pin<&mut Sleep>) -> Event {
        tokio::select! {
            biased;
            () = self.drain.begun(), if !self.draining => {
                self.draining = true;
                Event::Drain
            }
            () = self.progress.flooded(), if self.http2 => Event::Flood,
            () = self.progress.patience_changed() => Event::Patience,
            () = check => Event::Check,
        }
    }

    fn has_been_idle(&self, enough: Option<Duration>) -> bool {
        enough.is_some_and(|enough| self.may_park() && self.progress.last_progress().elapsed() >= enough)
    }

    fn may_park(&self) -> bool {
        matches!(self.stage, Stage::Open) && self.progress.may_park()
    }

    /// Whether the connection is told to end at once. GOAWAY loses no request. HTTP/1.1 has no such word beside a
    /// response's `Connection: close`: a connection that ends without it, idle or after a response whose head had left
    /// before, may cross the next request.
    fn drain_begins(&mut self) -> bool {
        let is_open = matches!(self.stage, Stage::Open);
        if is_open && !self.http2 {
            self.stage = Stage::Grace(Instant::now());
        }
        is_open && self.http2
    }

    /// Whether the connection is told to end now; an error ends it without a word.
    fn patience_ends(&self) -> Result<bool, CloseReason> {
        if self.deadline().is_none_or(|deadline| Instant::now() < deadline) {
            return Ok(false);
        }
        match (self.progress.phase(), self.stage) {
            (Phase::Portal, _) => Ok(false),
            (Phase::Visitor, _) => Err(CloseReason::Stalled),
            // It has its turn first, and knows better why it ends.
            (Phase::End, _) if !self.progress.is_over() => {
                self.progress.end();
                Ok(false)
            }
            (Phase::End, _) | (_, Stage::Closing(_)) => Err(CloseReason::Lingering),
            (Phase::Head, Stage::Open) => Err(CloseReason::HeaderTimeout),
            (Phase::Idle, Stage::Open) | (_, Stage::Grace(_)) => Ok(true),
        }
    }

    fn deadline(&self) -> Option<Instant> {
        let (since, patience) = match (self.progress.phase(), self.stage) {
            (Phase::Portal, _) => return None,
            (Phase::Visitor, _) => (self.progress.last_progress(), self.progress.patience()?),
            (Phase::End, _) => return Some(self.closed_by(self.progress.last_ended(), LINGERING)),
            (_, Stage::Closing(told)) => {
                let reading = self.progress.patience().unwrap_or(FAR).max(CLOSING);
                return Some(self.closed_by(told.max(self.progress.last_ended()), reading));
            }
            (Phase::Idle, Stage::Grace(begun)) => (begun.max(self.progress.last_ended()), DRAIN_GRACE),
            (Phase::Head, Stage::Grace(begun)) if self.progress.is_silent() => (begun, DRAIN_GRACE),
            (Phase::Head, Stage::Open | Stage::Grace(_)) => (self.progress.head_began(), self.timeouts.header?),
            (Phase::Idle, Stage::Open) => (self.progress.last_progress(), self.timeouts.idle?),
        };
        Some(since + patience)
    }

    /// A connection that comes to its end, and on which no request is in flight, is given a while after the last byte; not for
    /// ever, for a visitor can send for ever, or have its PINGs answered.
    fn closed_by(&self, since: Instant, longest: Duration) -> Instant {
        (self.progress.last_progress() + CLOSING).min(since + longest)
    }

    /// A phase that begins after this look lasts at least as long as the shortest patience, so the next look is in time
    /// for it (but for the round), and no timer is touched for a request.
    fn next_check(&self, rests_after: Option<Duration>) -> Instant {
        let Timeouts { header, idle, .. } = self.timeouts;
        let ending = match self.stage {
            Stage::Open => None,
            Stage::Grace(_) => Some(DRAIN_GRACE),
            Stage::Closing(_) => Some(CLOSING),
        };
        let patience = self.progress.patience();
        let shortest = [header, idle, patience, ending, rests_after].into_iter().flatten().min().unwrap_or(FAR);
        let look = Instant::now() + shortest;
        self.rounds.after(self.deadline().map_or(look, |deadline| deadline.min(look)))
    }
}

#[cfg(test)]
pub(in crate::server) mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    use tokio::runtime::{Builder, Runtime};

    use super::*;

    /// A runtime, and how often it fell asleep. Its clock may go on when nobody has anything to do.
    pub(in crate::server) fn counting_sleeps(paused: bool) -> (Runtime, Arc<AtomicUsize>) {
        let asleep = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asleep);
        let mut builder = Builder::new_current_thread();
        builder.enable_all().start_paused(paused).on_thread_park(move || _ = count.fetch_add(1, Relaxed));
        (builder.build().unwrap(), asleep)
    }

    #[test]
    fn what_is_due_within_a_round_is_looked_at_together_and_never_early() {
        let began = Instant::now();
        let rounds = TimerTick::since(began);
        for (due, looked) in [(0, 64), (1, 64), (63, 64), (64, 128), (999, 1024), (75_001, 75_008)] {
            let at = |milliseconds| began + Duration::from_millis(milliseconds);
            assert_eq!(rounds.after(at(due)), at(looked), "{due}");
        }
    }

    #[test]
    fn a_round_wakes_its_worker_once() {
        const ROUNDS: usize = 8;
        let rounds = TimerTick::since(Instant::now());
        let (runtime, asleep) = counting_sleeps(false);
        runtime.block_on(async {
            for _ in 0..ROUNDS {
                sleep_until(rounds.after(Instant::now())).await;
            }
        });
        // To set a timer wakes the worker, too: at once, so that it does not sleep beyond it.
        assert!(asleep.load(Relaxed) <= 2 * ROUNDS, "{asleep:?}");
    }
}
