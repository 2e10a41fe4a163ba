//! What a connection waits for, and since when: the facts by which `deadline` decides.
//!
//! The service reports when requests begin and end, a response's body when it waits for the portal, the stream when bytes
//! move. Each event changes one part of the state: how far the requests are, how many are in flight, whether the stream takes
//! bytes, how near the end is. [`ConnectionProgress::phase`] is computed from all of them.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::deadline::Phase;
use super::preface::Protocol;
use super::relaxed_cell::{RelaxedCell, Word};
use super::request_progress::{Following, RequestProgress};
use super::unsent_heads::UnsentHeads;
use crate::http::h1::Reached;
use crate::net::idle_timeout::IdleTimeout;

/// If this many requests on one connection were abandoned, and more than were answered, it is an attack (Rapid Reset): each
/// costs a connection to the portal. A person who types fast into a search field, or pans a map, abandons some.
const TOO_MANY_ABANDONED: u64 = 500;

/// The progress of one connection. In an `Arc` because hyper asks for `Send` (see `relaxed_cell`).
pub(in crate::server) struct ConnectionProgress {
    protocol: Protocol,
    accepted: Instant,
    /// How far the requests have come.
    pub(in crate::server) requests: RequestProgress,
    /// Heads of responses that are not sent.
    pub(in crate::server) heads: UnsentHeads,
    /// How many requests are in flight: not answered, or their response is not sent.
    in_flight: RelaxedCell<u64>,
    /// How many of those wait for the portal, and not for the visitor.
    waiting: RelaxedCell<u64>,
    /// Requests that were answered.
    answered: RelaxedCell<u64>,
    /// Requests whose visitor left before there was an answer.
    abandoned: RelaxedCell<u64>,
    /// The stream takes no bytes, because the visitor does not read.
    is_blocked: RelaxedCell<bool>,
    /// A byte has been received (beyond a TLS handshake's).
    has_read: RelaxedCell<bool>,
    closing: RelaxedCell<Closing>,
    /// The visitor is not waited for any longer after the sending half was closed.
    has_stopped_lingering: RelaxedCell<bool>,
    /// The visitor speaks HTTP/1.0: a body without a length ends with the connection.
    is_http10: RelaxedCell<bool>,
    /// A body broke off, which only the way the connection ends can tell.
    is_broken: RelaxedCell<bool>,
    // Moments, as the time since `accepted`.
    last_progress: RelaxedCell<Duration>,
    head_began: RelaxedCell<Duration>,
    last_blocked: RelaxedCell<Duration>,
    last_ended: RelaxedCell<Duration>,
    /// How long a response may be left unread if no site says so.
    default_body_idle: IdleTimeout,
    /// The longest `body_idle` of the sites that have answered.
    body_idle: RelaxedCell<IdleTimeout>,
    /// A site has answered.
    has_body_idle: RelaxedCell<bool>,
    /// Wakes the connection's timer before its time.
    check_requested: Notify,
    /// Ends the connection.
    flooded: Notify,
}

/// How near a connection is to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Closing {
    No,
    /// It was told to end: from now on any byte is progress.
    Requested,
    /// The sending half is being closed.
    HalfClosed,
}

impl ConnectionProgress {
    /// The first head counts from the moment when the connection was accepted.
    pub(in crate::server) fn new(accepted: Instant, protocol: Protocol, default_body_idle: IdleTimeout) -> Arc<Self> {
        Arc::new(Self {
            protocol,
            accepted,
            requests: RequestProgress::new(protocol),
            heads: UnsentHeads::default(),
            in_flight: RelaxedCell::default(),
            waiting: RelaxedCell::default(),
            answered: RelaxedCell::default(),
            abandoned: RelaxedCell::default(),
            is_blocked: RelaxedCell::default(),
            has_read: RelaxedCell::default(),
            closing: RelaxedCell::new(Closing::No),
            has_stopped_lingering: RelaxedCell::default(),
            is_http10: RelaxedCell::default(),
            is_broken: RelaxedCell::default(),
            last_progress: RelaxedCell::default(),
            head_began: RelaxedCell::default(),
            last_blocked: RelaxedCell::default(),
            last_ended: RelaxedCell::default(),
            default_body_idle,
            body_idle: RelaxedCell::new(default_body_idle),
            has_body_idle: RelaxedCell::default(),
            check_requested: Notify::new(),
            flooded: Notify::new(),
        })
    }

    // ── Questions ────────────────────────────────────────────────────────────────────────────────────────────────────

    /// If the sending half is closed, nothing else counts. Next in order are a visitor who does not read, and requests in
    /// flight.
    pub(in crate::server) fn phase(&self) -> Phase {
        if self.closing.get() == Closing::HalfClosed {
            Phase::End
        } else if self.is_blocked.get() {
            Phase::Visitor
        } else if self.in_flight.get() > 0 {
            if self.waiting.get() > 0 { Phase::Portal } else { Phase::Visitor }
        } else {
            match self.requests.next() {
                Following::Head => Phase::Head,
                Following::Request => Phase::Idle,
                Following::End => Phase::End,
            }
        }
    }

    /// Whether hyper can be dropped, and started anew for the next request. Not over HTTP/1.0: hyper decides by more than is
    /// known here whether such a connection is kept open.
    pub(in crate::server) fn may_park(&self) -> bool {
        self.protocol == Protocol::Http1 && self.phase() == Phase::Idle && !self.is_http10.get()
    }

    /// Whether the next head is refused, and all requests before it are answered.
    pub(in crate::server) fn owes_refusal(&self) -> bool {
        self.requests.is_refused() && self.phase() == Phase::Head
    }

    /// Whether the whole stream is that of one request, whose response has not ended.
    pub(in crate::server) fn is_answering(&self) -> bool {
        self.protocol == Protocol::Http1 && self.in_flight.get() > 0
    }

    /// Whether no byte has been received yet (beyond a TLS handshake's).
    pub(in crate::server) fn is_silent(&self) -> bool {
        !self.has_read.get()
    }

    /// Whether the visitor is not waited for any longer.
    pub(in crate::server) fn has_stopped_lingering(&self) -> bool {
        self.has_stopped_lingering.get()
    }

    /// Whether a body broke off, or does so with the connection, and only the way it ends can tell.
    pub(in crate::server) fn is_broken(&self) -> bool {
        self.is_broken.get() || (self.in_flight.get() > 0 && self.is_http10.get())
    }

    /// When bytes, a request or a response last moved.
    pub(in crate::server) fn last_progress(&self) -> Instant {
        self.accepted + self.last_progress.get()
    }

    /// When the head that is being read began. For the first one, when the connection was accepted; for one that was received
    /// together with the request before it, when that request ended.
    pub(in crate::server) fn head_began(&self) -> Instant {
        (self.accepted + self.head_began.get()).max(self.last_ended())
    }

    /// When the stream last took no bytes: now, if it still does not.
    pub(in crate::server) fn last_blocked(&self) -> Instant {
        if self.is_blocked.get() { Instant::now() } else { self.accepted + self.last_blocked.get() }
    }

    /// When a request last ended, or the sending half began to be closed.
    pub(in crate::server) fn last_ended(&self) -> Instant {
        self.accepted + self.last_ended.get()
    }

    /// How long a visitor may leave a response unread. If several sites have answered, the longest counts;
    /// over HTTP/2 the streams of the others end by themselves.
    pub(in crate::server) fn body_idle(&self) -> IdleTimeout {
        self.body_idle.get()
    }

    /// Waits until the deadlines must be checked sooner than was planned.
    pub(in crate::server) async fn check_requested(&self) {
        self.check_requested.notified().await;
    }

    /// Waits until too many requests were abandoned.
    pub(in crate::server) async fn flooded(&self) {
        self.flooded.notified().await;
    }

    // ── Events of the stream ─────────────────────────────────────────────────────────────────────────────────────────

    /// Bytes were read from the visitor.
    pub(in crate::server) fn read(&self) {
        self.has_read.set(true);
        if self.closing.get() != Closing::No {
            self.progressed();
        }
    }

    /// The strict reader has read bytes of HTTP/1.1 requests, and `heads` complete heads so far.
    pub(in crate::server) fn requests_read(&self, reached: Reached, heads: u64) {
        let begins_head = self.requests.read(reached, heads);
        // The first head counts from when the connection was accepted.
        if begins_head && heads > 0 {
            self.head_began.set(self.now());
        }
    }

    /// Bytes were written to the visitor. Over HTTP/2 that need not be a response's.
    pub(in crate::server) fn wrote(&self) {
        if self.is_blocked.get() {
            self.is_blocked.set(false);
            let now = self.now();
            self.last_blocked.set(now);
            self.last_progress.set(now);
            self.check_if_ended();
        } else if self.protocol == Protocol::Http1 || self.closing.get() != Closing::No {
            self.progressed();
        }
    }

    /// The stream takes no bytes.
    pub(in crate::server) fn blocked(&self) {
        if !self.is_blocked.get() {
            self.is_blocked.set(true);
            self.progressed();
        }
    }

    /// The stream has sent all that was written to it.
    pub(in crate::server) fn unblocked(&self) {
        if self.is_blocked.get() {
            self.wrote();
        }
    }

    // ── Events of the requests ───────────────────────────────────────────────────────────────────────────────────────

    /// A request begins. It ends when the guard is dropped; the response's body must hold the guard.
    pub(in crate::server) fn begin(self: &Arc<Self>) -> RequestGuard {
        self.requests.begin();
        self.guard(false)
    }

    /// A tunnel may follow a request's answer. It has timeouts of its own, and the connection is not idle meanwhile.
    pub(in crate::server) fn begin_tunnel(self: &Arc<Self>) -> RequestGuard {
        self.guard(true)
    }

    fn guard(self: &Arc<Self>, is_answered: bool) -> RequestGuard {
        self.in_flight.increment();
        self.waiting.increment();
        RequestGuard { progress: Arc::clone(self), is_waiting: true, is_answered }
    }

    /// The request is one of HTTP/1.0.
    pub(in crate::server) fn saw_http10(&self) {
        self.is_http10.set(true);
    }

    /// A site says how long its response may be left unread. The next check may have been planned for a longer timeout.
    fn allow(&self, body_idle: IdleTimeout) {
        if self.has_body_idle.get() {
            self.body_idle.set(self.body_idle.get().max(body_idle));
            return;
        }
        self.has_body_idle.set(true);
        self.body_idle.set(body_idle);
        if body_idle != self.default_body_idle {
            self.check_soon();
        }
    }

    fn abandoned(&self) {
        self.abandoned.increment();
        let abandoned = self.abandoned.get();
        if abandoned >= TOO_MANY_ABANDONED && abandoned > self.answered.get() {
            self.flooded.notify_one();
        }
    }

    // ── Events of the end ────────────────────────────────────────────────────────────────────────────────────────────

    /// The connection is told to end.
    pub(in crate::server) fn closing(&self) {
        self.closing.set(self.closing.get().max(Closing::Requested));
        self.progressed();
    }

    /// The sending half is being closed.
    pub(in crate::server) fn half_closing(&self) {
        if self.closing.get() != Closing::HalfClosed {
            self.closing.set(Closing::HalfClosed);
            self.progressed();
            self.last_ended.set(self.last_progress.get());
            self.check_soon();
        }
    }

    /// The visitor is not waited for any longer.
    pub(in crate::server) fn stop_lingering(&self) {
        self.has_stopped_lingering.set(true);
    }

    /// The deadlines must be checked sooner than was planned.
    pub(in crate::server) fn check_soon(&self) {
        self.check_requested.notify_one();
    }

    /// Something has ended. The deadline may be sooner if that was the last thing.
    fn check_if_ended(&self) {
        if self.phase() == Phase::End {
            self.check_soon();
        }
    }

    fn progressed(&self) {
        self.last_progress.set(self.now());
    }

    /// The time since the connection was accepted.
    fn now(&self) -> Duration {
        self.accepted.elapsed()
    }
}

/// A request is in flight as long as this lives.
pub(in crate::server) struct RequestGuard {
    progress: Arc<ConnectionProgress>,
    /// It waits for the portal.
    is_waiting: bool,
    /// It counts as answered, and not as abandoned, however it ends.
    is_answered: bool,
}

impl RequestGuard {
    /// There is an answer, which the visitor may leave unread for `body_idle`.
    pub(in crate::server) fn answered(&mut self, body_idle: IdleTimeout) {
        self.is_answered = true;
        self.progress.answered.increment();
        self.progress.allow(body_idle);
        self.set_waiting(false);
    }

    /// The answer's body broke off.
    pub(in crate::server) fn broke_off(&self) {
        self.progress.is_broken.set(self.progress.is_http10.get());
    }

    /// Whether the request waits for the portal, and not for the visitor.
    pub(in crate::server) fn set_waiting(&mut self, is_waiting: bool) {
        match (self.is_waiting, is_waiting) {
            (false, true) => self.progress.waiting.increment(),
            (true, false) => self.progress.waiting.decrement(),
            // `wrote` records this progress.
            _ if self.progress.protocol == Protocol::Http1 => return,
            _ => {}
        }
        self.is_waiting = is_waiting;
        self.progress.progressed();
    }
}

impl Drop for RequestGuard {
    fn drop(&mut self) {
        self.set_waiting(false);
        self.progress.in_flight.decrement();
        self.progress.last_ended.set(self.progress.last_progress.get());
        self.progress.check_if_ended();
        if !self.is_answered {
            self.progress.abandoned();
        }
    }
}

impl Word for Closing {
    fn to_word(self) -> u64 {
        self as u64
    }

    fn from_word(word: u64) -> Self {
        match word {
            0 => Self::No,
            1 => Self::Requested,
            _ => Self::HalfClosed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What happens on a connection, one second after what happened before.
    #[derive(Clone, Copy, Debug)]
    enum Event {
        /// Bytes were read as far as this, and this many complete heads.
        Read(Reached, u64),
        Begins,
        IsAnswered,
        /// The body waits for the portal, or does so no longer.
        Waits(bool),
        Blocked,
        Wrote,
        Ends,
        /// The response says that it is the last.
        IsLast,
        HalfClosing,
    }

    fn happens(event: Event, progress: &Arc<ConnectionProgress>, request: &mut Option<RequestGuard>) {
        match (event, request.as_mut()) {
            (Event::Read(reached, heads), _) => progress.requests_read(reached, heads),
            (Event::Begins, _) => *request = Some(progress.begin()),
            (Event::IsAnswered, Some(request)) => request.answered(IdleTimeout::default()),
            (Event::Waits(waits), Some(request)) => request.set_waiting(waits),
            (Event::Blocked, _) => progress.blocked(),
            (Event::Wrote, _) => progress.wrote(),
            (Event::Ends, _) => *request = None,
            (Event::IsLast, _) => progress.requests.end(),
            (Event::HalfClosing, _) => progress.half_closing(),
            (event, None) => panic!("{event:?} without a request"),
        }
    }

    /// The phase after each event, and at which second the head began, bytes or a request moved last, a request ended last.
    #[tokio::test(start_paused = true)]
    async fn each_event_moves_the_phase_and_the_times_that_it_should() {
        let table = [
            (Event::Read(Reached::Head, 0), Phase::Head, [0, 0, 0]),
            // hyper holds a request, or wants none.
            (Event::Read(Reached::Boundary, 1), Phase::End, [0, 0, 0]),
            (Event::Begins, Phase::Portal, [0, 0, 0]),
            (Event::IsAnswered, Phase::Visitor, [0, 4, 0]),
            (Event::Blocked, Phase::Visitor, [0, 5, 0]),
            (Event::Waits(true), Phase::Visitor, [0, 6, 0]),
            (Event::Wrote, Phase::Portal, [0, 7, 0]),
            (Event::Waits(false), Phase::Visitor, [0, 8, 0]),
            (Event::Ends, Phase::Idle, [8, 8, 8]),
            (Event::Read(Reached::Head, 1), Phase::Head, [10, 8, 8]),
            (Event::Read(Reached::Body, 2), Phase::End, [10, 8, 8]),
            (Event::Begins, Phase::Portal, [10, 8, 8]),
            (Event::Read(Reached::Boundary, 2), Phase::Portal, [10, 8, 8]),
            (Event::IsAnswered, Phase::Visitor, [10, 14, 8]),
            // The next head comes with it, and counts from its end.
            (Event::Read(Reached::Head, 2), Phase::Visitor, [15, 14, 8]),
            (Event::Wrote, Phase::Visitor, [15, 16, 8]),
            (Event::Ends, Phase::Head, [16, 16, 16]),
            (Event::IsLast, Phase::End, [16, 16, 16]),
            (Event::HalfClosing, Phase::End, [19, 19, 19]),
        ];
        let accepted = Instant::now();
        let progress = ConnectionProgress::new(accepted, Protocol::Http1, IdleTimeout::default());
        let mut request = None;
        for (event, phase, seconds) in table {
            tokio::time::advance(Duration::from_secs(1)).await;
            happens(event, &progress, &mut request);
            let times = [progress.head_began(), progress.last_progress(), progress.last_ended()];
            let times = times.map(|time| (time - accepted).as_secs());
            assert_eq!((progress.phase(), times), (phase, seconds), "after {event:?}");
        }
    }

    #[test]
    fn over_http2_the_portal_is_waited_for_while_one_request_does() {
        let progress = ConnectionProgress::new(Instant::now(), Protocol::Http2, IdleTimeout::default());
        assert_eq!(progress.phase(), Phase::Head);
        let (mut first, second) = (progress.begin(), progress.begin());
        first.answered(IdleTimeout::default());
        assert_eq!(progress.phase(), Phase::Portal);
        drop(second);
        assert_eq!(progress.phase(), Phase::Visitor);
        drop(first);
        assert_eq!((progress.phase(), progress.may_park()), (Phase::Idle, false));
    }

    #[test]
    fn of_several_sites_the_longest_body_idle_counts() {
        let [short, long] = [1, 2].map(|seconds| IdleTimeout::new(Some(Duration::from_secs(seconds))));
        let none = IdleTimeout::default();
        for (said, counts) in [(&[][..], short), (&[long], long), (&[long, short], long), (&[short, none, long], none)]
        {
            let progress = ConnectionProgress::new(Instant::now(), Protocol::Http2, short);
            for timeout in said {
                progress.begin().answered(*timeout);
            }
            assert_eq!(progress.body_idle(), counts, "{said:?}");
        }
    }
}
