//! The timer: ends a visitor's connection on which nothing moves for too long, by the rules of `deadline`.
//!
//! hyper has no idle timeout for HTTP/2, a single timeout for both head and idle for HTTP/1.1, and none for a visitor who
//! stops reading. Here, the connection's `progress` says what it waits for, and `deadline` until when. One timer checks both.
//! A drain and a flood end a connection as well.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use super::close_reason::CloseReason;
use super::deadline::{ConnectionState, Expiry, Stage};
use super::lazy_poll::WokenOnly;
use super::preface::Protocol;
use super::progress::ConnectionProgress;
use crate::config::Timeouts;
use crate::drain::Drain;
use crate::server::timer_tick::TimerTick;

/// A connection that can be told to end once its requests are answered.
pub(in crate::server) trait GracefulShutdown: Future {
    /// May be called again: only the first call counts.
    fn graceful_shutdown(self: Pin<&mut Self>);
}

/// The timeouts of one connection.
pub(in crate::server) struct ConnectionTimeouts<'a> {
    progress: &'a ConnectionProgress,
    configured: Timeouts,
    tick: TimerTick,
    drain: Drain,
    has_seen_drain: bool,
    protocol: Protocol,
    /// Changed only here.
    stage: Stage,
}

/// How far a connection was driven.
pub(in crate::server) enum Driven<T> {
    /// To its end.
    Ended(T),
    /// It has been idle for long enough to be parked.
    Idle,
    /// The next head is refused, and all requests before it are answered.
    Refused,
}

/// An event that does not come from the connection itself.
#[derive(Clone, Copy)]
enum Event {
    DrainBegan,
    Flooded,
    /// The next check may be due sooner.
    CheckRequested,
    CheckDue,
}

impl<'a> ConnectionTimeouts<'a> {
    pub(in crate::server) fn new(
        progress: &'a ConnectionProgress,
        configured: Timeouts,
        tick: TimerTick,
        drain: Drain,
        protocol: Protocol,
    ) -> Self {
        Self { progress, configured, tick, drain, has_seen_drain: false, protocol, stage: Stage::Open }
    }

    /// Polls the connection until it ends by itself, or has to.
    ///
    /// # Errors
    /// If it has to end at once, why.
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

    /// As [`drive`](Self::drive), but also returns if the connection has been idle for about `park_after`, or if the next
    /// head to answer is refused.
    ///
    /// # Errors
    /// Those of [`drive`](Self::drive).
    pub(in crate::server) async fn drive_until_idle<C: GracefulShutdown>(
        &mut self,
        mut connection: Pin<&mut C>,
        park_after: Option<Duration>,
    ) -> Result<Driven<C::Output>, CloseReason> {
        if matches!(self.stage, Stage::Closing(_)) {
            connection.as_mut().graceful_shutdown();
        }
        let woken_only = WokenOnly::new();
        let mut check = pin!(sleep_until(self.next_check(park_after)));
        // If a check finds that the connection cannot be parked, no further check for parking is planned until it can be.
        let mut checks_for_parking = true;
        loop {
            let progress = self.progress;
            let asks_for_check = park_after.is_some() && !checks_for_parking && self.stage == Stage::Open;
            let occurred = {
                let mut event = pin!(self.event(check.as_mut()));
                poll_fn(|cx| match connection.as_mut().poll(cx) {
                    Poll::Ready(ended) => Poll::Ready(Err(Driven::Ended(ended))),
                    Poll::Pending if progress.owes_refusal() => Poll::Ready(Err(Driven::Refused)),
                    Poll::Pending => {
                        if asks_for_check && progress.may_park() {
                            progress.check_soon();
                        }
                        woken_only.poll(event.as_mut(), cx).map(Ok)
                    }
                })
                .await
            };
            let event = match occurred {
                Ok(event) => event,
                Err(driven) => return Ok(driven),
            };
            if self.ends_at(event)? {
                self.stage = Stage::Closing(Instant::now());
                self.progress.closing();
                connection.as_mut().graceful_shutdown();
            } else if self.has_been_idle(park_after) {
                return Ok(Driven::Idle);
            }
            checks_for_parking = self.may_park();
            check.as_mut().reset(self.next_check(park_after.filter(|_| checks_for_parking)));
        }
    }

    /// Waits for an event that may end the connection from outside.
    async fn event(&mut self, check: Pin<&mut Sleep>) -> Event {
        tokio::select! {
            biased;
            () = self.drain.begun(), if !self.has_seen_drain => {
                self.has_seen_drain = true;
                Event::DrainBegan
            }
            () = self.progress.flooded(), if self.protocol == Protocol::Http2 => Event::Flooded,
            () = self.progress.check_requested() => Event::CheckRequested,
            () = check => Event::CheckDue,
        }
    }

    /// Whether the connection is told to end now.
    ///
    /// # Errors
    /// If it has to end at once, why.
    fn ends_at(&mut self, event: Event) -> Result<bool, CloseReason> {
        match event {
            Event::DrainBegan => Ok(self.drain_begins()),
            Event::Flooded => Err(CloseReason::Flooded),
            Event::CheckRequested => Ok(false),
            Event::CheckDue => self.check(),
        }
    }

    /// Returns whether the connection is told to end at once. Over HTTP/2 a GOAWAY loses no request. HTTP/1.1 has only the
    /// `Connection: close` of a response: if octroi closes an idle connection, or one whose response's head has been sent, the
    /// next request may be under way already.
    fn drain_begins(&mut self) -> bool {
        match (self.stage, self.protocol) {
            (Stage::Open, Protocol::Http2) => true,
            (Stage::Open, Protocol::Http1) => {
                self.stage = Stage::Draining(Instant::now());
                false
            }
            _ => false,
        }
    }

    /// Returns whether the connection is told to end now.
    ///
    /// # Errors
    /// If a deadline has passed that cuts the connection.
    fn check(&self) -> Result<bool, CloseReason> {
        let due = self.state().deadline(&self.configured).filter(|deadline| deadline.at <= Instant::now());
        match due.map(|deadline| deadline.then) {
            None => Ok(false),
            Some(Expiry::Shutdown) => Ok(true),
            Some(Expiry::StopLingering) => {
                // The connection is polled before the next check, and may end with a better reason.
                self.progress.stop_lingering();
                Ok(false)
            }
            Some(Expiry::CutHead) => Err(CloseReason::HeaderTimeout),
            Some(Expiry::CutUnread) => Err(CloseReason::Stalled),
            Some(Expiry::CutLingering) => Err(CloseReason::Lingering),
        }
    }

    fn has_been_idle(&self, park_after: Option<Duration>) -> bool {
        park_after.is_some_and(|time| self.may_park() && self.progress.last_progress().elapsed() >= time)
    }

    /// Not while the connection ends: parking would save nothing then.
    fn may_park(&self) -> bool {
        self.stage == Stage::Open && self.progress.may_park()
    }

    fn next_check(&self, park_after: Option<Duration>) -> Instant {
        self.tick.after(self.state().next_check(&self.configured, park_after, Instant::now()))
    }

    fn state(&self) -> ConnectionState {
        ConnectionState {
            phase: self.progress.phase(),
            stage: self.stage,
            is_silent: self.progress.is_silent(),
            has_stopped_lingering: self.progress.has_stopped_lingering(),
            head_began: self.progress.head_began(),
            last_progress: self.progress.last_progress(),
            last_ended: self.progress.last_ended(),
            body_idle: self.progress.body_idle(),
        }
    }
}
