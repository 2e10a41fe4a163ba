//! Whose turn it is on a connection, and until when: hyper knows one timeout for a head and none for the rest.
//!
//! The service tells when requests begin and end, the response's body when it waits for the portal, the stream when
//! bytes move. From that the watch over the connection knows when patience ends. All of it happens on one thread; the
//! atomics are there because hyper wants an upgradable stream to be `Send`. So they are loaded and stored, and none is
//! changed in one step: that would lock its memory, for nobody.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::request_progress::{Next, RequestProgress};
use crate::http::h1::Reached;
use crate::net::coarse_clock::CoarseInstant;

/// What is known of a connection's progress.
pub(in crate::server) struct ConnectionProgress {
    accepted: Instant,
    /// The same moment, by the clock that notes what follows.
    began: CoarseInstant,
    /// Whether written bytes are a response's, and bytes that came tell where requests end: not so in HTTP/2.
    bytes_tell: bool,
    /// How far the requests have come, by their bytes.
    pub(in crate::server) requests: RequestProgress,
    in_flight: Count,
    /// How many of those wait for the portal rather than for the visitor.
    waiting: Count,
    /// The last progress, in milliseconds since `accepted`.
    progress: AtomicU64,
    /// When the head that is being read began, in milliseconds since `accepted`.
    head: AtomicU64,
    /// No byte has come yet.
    silent: AtomicBool,
    /// The stream takes no more bytes: the visitor does not read.
    blocked: AtomicBool,
    /// When it last did so, in milliseconds since `accepted`.
    last_blocked: AtomicU64,
    closing: AtomicBool,
    /// The sending half is being closed.
    shuts_down: AtomicBool,
    /// Nobody waits any longer for the visitor to close theirs.
    over: AtomicBool,
    /// When the last request ended, or the sending half, in milliseconds since `accepted`.
    last_ended: AtomicU64,
    answered: Count,
    /// Requests whose visitor was gone before there was an answer.
    abandoned: Count,
    flooded: Notify,
    /// How long a visitor may leave a response unread where no site has said it yet.
    whole_patience: Option<Duration>,
    /// The longest that a site of a response has said, in milliseconds; [`UNSAID`], [`FOR_EVER`].
    patience: AtomicU64,
    patience_changed: Notify,
    /// The visitor speaks HTTP/1.0: a body without a length ends with the connection.
    knows_no_chunks: AtomicBool,
    /// A body broke off, and nothing but the connection's end can tell so.
    broken: AtomicBool,
}

/// A number that is changed by one thread only.
#[derive(Default)]
struct Count(AtomicUsize);

impl Count {
    fn get(&self) -> usize {
        self.0.load(Relaxed)
    }

    fn add_one(&self) {
        self.0.store(self.get().wrapping_add(1), Relaxed);
    }

    fn take_one(&self) {
        self.0.store(self.get().wrapping_sub(1), Relaxed);
    }
}

/// So many abandoned requests on one connection, and more than were answered, are an attack (Rapid Reset): each costs
/// the portal a connection. A person who types fast into a search, or pans a map, abandons some.
const TOO_MANY_ABANDONED: usize = 500;
const FOR_EVER: u64 = u64::MAX;
const UNSAID: u64 = 0;

/// What a connection waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Phase {
    /// The rest of a request's head, or the first request.
    Head,
    /// The next request.
    Idle,
    /// The portal, or octroi itself: its timeouts are not the connection's.
    Portal,
    /// The visitor, who does not read the response.
    Visitor,
    /// The end: no further request is served. What still comes (the rest of a body that nobody wants, requests behind
    /// the last one) is thrown away.
    End,
}

impl ConnectionProgress {
    /// The first head counts from when the connection was accepted.
    pub(in crate::server) fn new(accepted: Instant, http1: bool, whole_patience: Option<Duration>) -> Arc<Self> {
        Arc::new(Self {
            accepted,
            began: CoarseInstant::now().earlier_by(accepted.elapsed()),
            bytes_tell: http1,
            requests: RequestProgress::new(http1),
            in_flight: Count::default(),
            waiting: Count::default(),
            progress: AtomicU64::new(0),
            head: AtomicU64::new(0),
            silent: AtomicBool::new(true),
            blocked: AtomicBool::new(false),
            last_blocked: AtomicU64::new(0),
            closing: AtomicBool::new(false),
            shuts_down: AtomicBool::new(false),
            over: AtomicBool::new(false),
            last_ended: AtomicU64::new(0),
            answered: Count::default(),
            abandoned: Count::default(),
            flooded: Notify::new(),
            whole_patience,
            patience: AtomicU64::new(UNSAID),
            patience_changed: Notify::new(),
            knows_no_chunks: AtomicBool::new(false),
            broken: AtomicBool::new(false),
        })
    }

    pub(in crate::server) fn phase(&self) -> Phase {
        if self.shuts_down.load(Relaxed) {
            Phase::End
        } else if self.blocked.load(Relaxed) {
            Phase::Visitor
        } else if self.in_flight.get() > 0 {
            if self.waiting.get() > 0 { Phase::Portal } else { Phase::Visitor }
        } else {
            match self.requests.next() {
                Next::Head => Phase::Head,
                Next::Request => Phase::Idle,
                Next::End => Phase::End,
            }
        }
    }

    /// Whether what serves the connection can be taken apart and put together again for the next request. Not over
    /// HTTP/1.0: whether such a connection goes on, hyper decides by more than is known here.
    pub(in crate::server) fn may_park(&self) -> bool {
        self.bytes_tell && self.phase() == Phase::Idle && !self.knows_no_chunks.load(Relaxed)
    }

    /// Whether the next request is refused, and all before it are answered.
    pub(in crate::server) fn owes_refusal(&self) -> bool {
        self.requests.is_refused() && self.phase() == Phase::Head
    }

    /// Whether the stream is that of one request, which is not answered yet.
    pub(in crate::server) fn is_answering(&self) -> bool {
        self.bytes_tell && self.in_flight.get() > 0
    }

    /// When bytes, a request or a response last moved.
    pub(in crate::server) fn last_progress(&self) -> Instant {
        self.at(&self.progress)
    }

    /// When the head that is being read began; for the first one, when the connection was accepted, and for one that
    /// came with the request before it, when that one had ended.
    pub(in crate::server) fn head_began(&self) -> Instant {
        self.at(&self.head).max(self.last_ended())
    }

    /// Whether no byte has come yet (beyond a TLS handshake's).
    pub(in crate::server) fn is_silent(&self) -> bool {
        self.silent.load(Relaxed)
    }

    /// When the stream last took no bytes: now, where it still does not.
    pub(in crate::server) fn last_blocked(&self) -> Instant {
        if self.blocked.load(Relaxed) { Instant::now() } else { self.at(&self.last_blocked) }
    }

    /// When a request last ended, or the sending half began to.
    pub(in crate::server) fn last_ended(&self) -> Instant {
        self.at(&self.last_ended)
    }

    /// How long a visitor may leave a response unread; `None`: for ever. Of several sites the most patient one decides;
    /// over HTTP/2 the streams of the others end by themselves.
    pub(in crate::server) fn patience(&self) -> Option<Duration> {
        match self.patience.load(Relaxed) {
            UNSAID => self.whole_patience,
            FOR_EVER => None,
            patience => Some(Duration::from_millis(patience)),
        }
    }

    /// Ends when the next look at the connection is due sooner than it was.
    pub(in crate::server) async fn patience_changed(&self) {
        self.patience_changed.notified().await;
    }

    /// The next look at the connection is due sooner than it was.
    pub(in crate::server) fn look_sooner(&self) {
        self.patience_changed.notify_one();
    }

    /// Something has come to its end. The next look may be due sooner if the connection has, too.
    fn look_for_end(&self) {
        if self.phase() == Phase::End {
            self.look_sooner();
        }
    }

    /// Tells where the next look at the connection was planned for a longer patience.
    fn allow(&self, patience: Option<Duration>) {
        let longest = patience.map_or(FOR_EVER, |patience| u64::try_from(patience.as_millis()).unwrap_or(FOR_EVER));
        let before = self.patience.load(Relaxed);
        self.patience.store(before.max(longest), Relaxed);
        if before == UNSAID && patience != self.whole_patience {
            self.look_sooner();
        }
    }

    /// Ends when too many requests were abandoned.
    pub(in crate::server) async fn flooded(&self) {
        self.flooded.notified().await;
    }

    /// A request of HTTP/1.0 came.
    pub(in crate::server) fn knows_no_chunks(&self) {
        self.knows_no_chunks.store(true, Relaxed);
    }

    /// Whether a body broke off, or does with the connection, whose end must tell so.
    pub(in crate::server) fn is_broken(&self) -> bool {
        self.broken.load(Relaxed) || (self.in_flight.get() > 0 && self.knows_no_chunks.load(Relaxed))
    }

    /// The connection is told to end: from now on any byte is progress.
    pub(in crate::server) fn closing(&self) {
        self.closing.store(true, Relaxed);
        self.progressed();
    }

    /// The sending half is being closed. From now on any byte is progress, and the next look is due sooner.
    pub(in crate::server) fn shuts_down(&self) {
        if !self.shuts_down.load(Relaxed) {
            self.shuts_down.store(true, Relaxed);
            self.closing();
            self.last_ended.store(self.progress.load(Relaxed), Relaxed);
            self.look_sooner();
        }
    }

    /// Nobody waits any longer for the visitor to close.
    pub(in crate::server) fn end(&self) {
        self.over.store(true, Relaxed);
    }

    /// Whether nobody waits any longer for the visitor to close.
    pub(in crate::server) fn is_over(&self) -> bool {
        self.over.load(Relaxed)
    }

    /// Notes a request; it ends when the exchange, which belongs into the response's body, is dropped.
    pub(in crate::server) fn begin(self: &Arc<Self>) -> RequestGuard {
        self.requests.begin();
        self.exchange(false)
    }

    /// Notes a tunnel that may follow a request's answer, and has timeouts of its own.
    pub(in crate::server) fn hold(self: &Arc<Self>) -> RequestGuard {
        self.exchange(true)
    }

    fn exchange(self: &Arc<Self>, answered: bool) -> RequestGuard {
        self.in_flight.add_one();
        self.waiting.add_one();
        RequestGuard { progress: Arc::clone(self), waits: true, answered }
    }

    fn abandoned(&self) {
        self.abandoned.add_one();
        let abandoned = self.abandoned.get();
        if abandoned >= TOO_MANY_ABANDONED && abandoned > self.answered.get() {
            self.flooded.notify_one();
        }
    }

    fn progressed(&self) {
        self.progress.store(self.now(), Relaxed);
    }

    /// Bytes came from the visitor.
    pub(in crate::server) fn bytes_came(&self) {
        self.silent.store(false, Relaxed);
        if self.closing.load(Relaxed) {
            self.progressed();
        }
    }

    /// Bytes were read of the visitor's requests; `heads` have come whole by now.
    pub(in crate::server) fn requests_read(&self, reached: Reached, heads: u64) {
        let begins_head = self.requests.read(reached, heads);
        // The first head counts from when the connection was accepted.
        if begins_head && heads > 0 {
            self.head.store(self.now(), Relaxed);
        }
    }

    /// Bytes left for the visitor.
    pub(in crate::server) fn bytes_left(&self) {
        let was_blocked = self.blocked.load(Relaxed);
        if was_blocked {
            self.blocked.store(false, Relaxed);
            self.last_blocked.store(self.now(), Relaxed);
        }
        if was_blocked || self.bytes_tell || self.closing.load(Relaxed) {
            self.progressed();
        }
        if was_blocked {
            self.look_for_end();
        }
    }

    /// None is left to leave.
    pub(in crate::server) fn none_stay(&self) {
        if self.blocked.load(Relaxed) {
            self.bytes_left();
        }
    }

    /// The stream took none.
    pub(in crate::server) fn bytes_stay(&self) {
        if !self.blocked.load(Relaxed) {
            self.blocked.store(true, Relaxed);
            self.progressed();
        }
    }

    fn at(&self, moment: &AtomicU64) -> Instant {
        self.accepted + Duration::from_millis(moment.load(Relaxed))
    }

    fn now(&self) -> u64 {
        u64::try_from(CoarseInstant::now().since(self.began).as_millis()).unwrap_or(u64::MAX)
    }
}

/// A request that is in flight as long as this lives.
pub(in crate::server) struct RequestGuard {
    progress: Arc<ConnectionProgress>,
    waits: bool,
    /// Not abandoned, whatever becomes of it.
    answered: bool,
}

impl RequestGuard {
    /// There is an answer; `patience`: how long the visitor may leave it unread.
    pub(in crate::server) fn answered(&mut self, patience: Option<Duration>) {
        self.answered = true;
        self.progress.answered.add_one();
        self.progress.allow(patience);
        self.set_waits(false);
    }

    /// The answer's body broke off.
    pub(in crate::server) fn broke_off(&self) {
        self.progress.broken.store(self.progress.knows_no_chunks.load(Relaxed), Relaxed);
    }

    /// Whether the exchange waits for the portal (and not for the visitor).
    pub(in crate::server) fn set_waits(&mut self, waits: bool) {
        match (self.waits, waits) {
            (false, true) => self.progress.waiting.add_one(),
            (true, false) => self.progress.waiting.take_one(),
            // Written bytes tell of this progress.
            _ if self.progress.bytes_tell => return,
            _ => {}
        }
        self.waits = waits;
        self.progress.progressed();
    }
}

impl Drop for RequestGuard {
    fn drop(&mut self) {
        self.set_waits(false);
        self.progress.in_flight.take_one();
        self.progress.last_ended.store(self.progress.progress.load(Relaxed), Relaxed);
        self.progress.look_for_end();
        if !self.answered {
            self.progress.abandoned();
        }
    }
}
