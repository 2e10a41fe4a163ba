//! Whose turn it is on a connection, and until when: hyper knows one timeout for a head and none for the rest.
//!
//! The service tells when requests begin and end, the response's body when it waits for the portal, the stream when
//! bytes move. From that the watch over the connection knows when patience ends. All of it happens on one thread; the
//! atomics are there because hyper wants an upgradable stream to be `Send`. So none of them is changed in one step,
//! which would cost as much as dozens of instructions.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body::{Body, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::stream::Taking;
use super::transport::Stream;
use crate::coarse_clock::CoarseInstant;

/// What is known of a connection's progress.
pub(super) struct Activity {
    accepted: Instant,
    /// The same moment, by the clock that notes what follows.
    began: CoarseInstant,
    /// Whether bytes on the idle stream begin a request's head, and written bytes are the response's: not so in HTTP/2.
    bytes_tell: bool,
    in_flight: Count,
    /// How many of those wait for the portal rather than for the visitor.
    waiting: Count,
    /// The last progress, in milliseconds since `accepted`.
    progress: AtomicU64,
    /// When the head that is being read began, in milliseconds since `accepted`; [`NO_HEAD`]: none is.
    head: AtomicU64,
    /// No byte has come yet.
    silent: AtomicBool,
    /// The stream takes no more bytes: the visitor does not read.
    blocked: AtomicBool,
    /// When it last did so, in milliseconds since `accepted`.
    last_blocked: AtomicU64,
    closing: AtomicBool,
    /// When the last request ended, in milliseconds since `accepted`.
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
const NO_HEAD: u64 = u64::MAX;
const FOR_EVER: u64 = u64::MAX;
const UNSAID: u64 = 0;

/// What a connection waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The rest of a request's head, or the first request.
    Head,
    /// The next request.
    Idle,
    /// The portal, or octroi itself: its timeouts are not the connection's.
    Portal,
    /// The visitor, who does not read the response.
    Visitor,
}

impl Activity {
    /// The first head counts from when the connection was accepted.
    pub(super) fn new(accepted: Instant, http1: bool, whole_patience: Option<Duration>) -> Arc<Self> {
        Arc::new(Self {
            accepted,
            began: CoarseInstant::now().earlier_by(accepted.elapsed()),
            bytes_tell: http1,
            in_flight: Count::default(),
            waiting: Count::default(),
            progress: AtomicU64::new(0),
            head: AtomicU64::new(0),
            silent: AtomicBool::new(true),
            blocked: AtomicBool::new(false),
            last_blocked: AtomicU64::new(0),
            closing: AtomicBool::new(false),
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

    pub(super) fn phase(&self) -> Phase {
        if self.blocked.load(Relaxed) {
            Phase::Visitor
        } else if self.in_flight.get() > 0 {
            if self.waiting.get() > 0 { Phase::Portal } else { Phase::Visitor }
        } else if self.head.load(Relaxed) == NO_HEAD {
            Phase::Idle
        } else {
            Phase::Head
        }
    }

    /// When bytes, a request or a response last moved.
    pub(super) fn last_progress(&self) -> Instant {
        self.at(&self.progress)
    }

    /// When the head that is being read began; for the first one, when the connection was accepted.
    pub(super) fn head_began(&self) -> Instant {
        self.at(&self.head)
    }

    /// Whether no byte has come yet (beyond a TLS handshake's).
    pub(super) fn is_silent(&self) -> bool {
        self.silent.load(Relaxed)
    }

    /// When the stream last took no bytes: now, where it still does not.
    pub(super) fn last_blocked(&self) -> Instant {
        if self.blocked.load(Relaxed) { Instant::now() } else { self.at(&self.last_blocked) }
    }

    /// When a request last ended.
    pub(super) fn last_ended(&self) -> Instant {
        self.at(&self.last_ended)
    }

    /// How long a visitor may leave a response unread; `None`: for ever. Of several sites the most patient one decides;
    /// over HTTP/2 the streams of the others end by themselves.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.patience.load(Relaxed) {
            UNSAID => self.whole_patience,
            FOR_EVER => None,
            patience => Some(Duration::from_millis(patience)),
        }
    }

    /// Ends when [`Self::patience`] has changed.
    pub(super) async fn patience_changed(&self) {
        self.patience_changed.notified().await;
    }

    /// Tells where the next look at the connection was planned for a longer patience.
    fn allow(&self, patience: Option<Duration>) {
        let longest = patience.map_or(FOR_EVER, |patience| u64::try_from(patience.as_millis()).unwrap_or(FOR_EVER));
        let before = self.patience.load(Relaxed);
        self.patience.store(before.max(longest), Relaxed);
        if before == UNSAID && patience != self.whole_patience {
            self.patience_changed.notify_one();
        }
    }

    /// Ends when too many requests were abandoned.
    pub(super) async fn flooded(&self) {
        self.flooded.notified().await;
    }

    /// A request of HTTP/1.0 came.
    pub(super) fn knows_no_chunks(&self) {
        self.knows_no_chunks.store(true, Relaxed);
    }

    fn broke_off(&self) {
        self.broken.store(self.knows_no_chunks.load(Relaxed), Relaxed);
    }

    /// The connection is told to end: from now on any byte is progress.
    pub(super) fn closing(&self) {
        self.closing.store(true, Relaxed);
        self.progressed();
    }

    /// Notes a request; it ends when the exchange, which belongs into the response's body, is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> Exchange {
        self.head.store(NO_HEAD, Relaxed);
        self.exchange(false)
    }

    /// Notes a tunnel that may follow a request's answer, and has timeouts of its own.
    pub(super) fn hold(self: &Arc<Self>) -> Exchange {
        self.exchange(true)
    }

    fn exchange(self: &Arc<Self>, answered: bool) -> Exchange {
        self.in_flight.add_one();
        self.waiting.add_one();
        Exchange { activity: Arc::clone(self), waits: true, answered }
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

    fn bytes_came(&self) {
        self.silent.store(false, Relaxed);
        if self.closing.load(Relaxed) {
            self.progressed();
        }
        if self.bytes_tell && self.phase() == Phase::Idle {
            self.head.store(self.now(), Relaxed);
        }
    }

    fn bytes_left(&self) {
        let was_blocked = self.blocked.load(Relaxed);
        if was_blocked {
            self.blocked.store(false, Relaxed);
            self.last_blocked.store(self.now(), Relaxed);
        }
        if was_blocked || self.bytes_tell || self.closing.load(Relaxed) {
            self.progressed();
        }
    }

    fn bytes_stay(&self) {
        if !self.blocked.load(Relaxed) {
            self.blocked.store(true, Relaxed);
            self.progressed();
        }
    }

    fn at(&self, moment: &AtomicU64) -> Instant {
        self.accepted + Duration::from_millis(moment.load(Relaxed))
    }

    fn now(&self) -> u64 {
        u64::try_from(CoarseInstant::now().since(self.began).as_millis()).unwrap_or(NO_HEAD - 1)
    }
}

/// A request that is in flight as long as this lives.
pub(super) struct Exchange {
    activity: Arc<Activity>,
    waits: bool,
    /// Not abandoned, whatever becomes of it.
    answered: bool,
}

impl Exchange {
    /// Whether the exchange waits for the portal (and not for the visitor).
    fn set_waits(&mut self, waits: bool) {
        match (self.waits, waits) {
            (false, true) => self.activity.waiting.add_one(),
            (true, false) => self.activity.waiting.take_one(),
            _ => {}
        }
        self.waits = waits;
        self.activity.progressed();
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.set_waits(false);
        self.activity.in_flight.take_one();
        self.activity.last_ended.store(self.activity.progress.load(Relaxed), Relaxed);
        if !self.answered {
            self.activity.abandoned();
        }
    }
}

pin_project_lite::pin_project! {
    /// A response's body that tells whom it waits for: polled and not ready, for the portal; not polled, for the visitor.
    pub(super) struct TrackedBody<B> {
        #[pin]
        body: B,
        exchange: Exchange,
        taking: Option<Taking>,
    }
}

impl<B> TrackedBody<B> {
    /// Make it in the task that will send it. `patience`: how long the visitor may leave it unread.
    pub(super) fn new(body: B, mut exchange: Exchange, patience: Option<Duration>) -> Self {
        exchange.answered = true;
        exchange.activity.answered.add_one();
        exchange.activity.allow(patience);
        exchange.set_waits(false);
        Self { body, exchange, taking: Taking::of_this_task(patience) }
    }
}

impl<B: Body> Body for TrackedBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let this = self.project();
        let polled = this.body.poll_frame(cx);
        this.exchange.set_waits(polled.is_pending());
        if let Some(taking) = this.taking {
            taking.set(polled.is_ready());
        }
        if let Poll::Ready(Some(Err(_))) = polled {
            this.exchange.activity.broke_off();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A stream that tells when bytes move. `held` lives as long as the stream does, in a tunnel too.
pub(super) struct TrackedStream<G> {
    stream: Box<dyn Stream>,
    activity: Arc<Activity>,
    _held: G,
}

impl<G> Drop for TrackedStream<G> {
    fn drop(&mut self) {
        if self.activity.broken.load(Relaxed) {
            self.stream.break_off();
        }
    }
}

impl<G> TrackedStream<G> {
    pub(super) fn new(stream: Box<dyn Stream>, activity: Arc<Activity>, held: G) -> Self {
        Self { stream, activity, _held: held }
    }

    fn wrote(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(1..)) => self.activity.bytes_left(),
            Poll::Pending => self.activity.bytes_stay(),
            Poll::Ready(_) => {}
        }
        written
    }
}

impl<G: Unpin> AsyncRead for TrackedStream<G> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        if buf.filled().len() > before {
            self.activity.bytes_came();
        }
        Poll::Ready(Ok(()))
    }
}

impl<G: Unpin> AsyncWrite for TrackedStream<G> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.wrote(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.wrote(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http_body_util::{BodyExt, Full};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[test]
    fn a_request_is_followed_from_head_to_end() {
        let activity = Activity::new(Instant::now(), true, None);
        assert_eq!(activity.phase(), Phase::Head);
        let exchange = activity.begin();
        assert_eq!(activity.phase(), Phase::Portal);
        let body = TrackedBody::new(Full::new(Bytes::from("x")), exchange, None);
        assert_eq!(activity.phase(), Phase::Visitor);
        drop(body);
        assert_eq!(activity.phase(), Phase::Idle);
    }

    #[test]
    fn one_exchange_that_waits_for_the_portal_is_enough() {
        let activity = Activity::new(Instant::now(), false, None);
        let first = TrackedBody::new(Full::new(Bytes::from("x")), activity.begin(), None);
        let second = activity.begin();
        assert_eq!(activity.phase(), Phase::Portal);
        drop(second);
        assert_eq!(activity.phase(), Phase::Visitor);
        drop(first);
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_body_without_a_frame_waits_for_the_portal() {
        let activity = Activity::new(Instant::now(), true, None);
        let (sender, receiver) = tokio::sync::oneshot::channel::<Bytes>();
        let frames = Box::pin(async { receiver.await.unwrap() });
        let mut body = TrackedBody::new(Later(frames), activity.begin(), None);
        let waiting = std::future::poll_fn(|cx| Poll::Ready(Pin::new(&mut body).poll_frame(cx).is_pending())).await;
        assert!(waiting);
        assert_eq!(activity.phase(), Phase::Portal);
        sender.send(Bytes::from("x")).unwrap();
        body.frame().await.unwrap().unwrap();
        assert_eq!(activity.phase(), Phase::Visitor);
    }

    /// A body with one frame that comes in its time.
    struct Later<F>(F);

    impl<F: Future<Output = Bytes> + Unpin> Body for Later<F> {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            Pin::new(&mut self.0).poll(cx).map(|data| Some(Ok(Frame::data(data))))
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn bytes_on_an_idle_stream_begin_a_head_in_http1_only() {
        for (http1, phase) in [(true, Phase::Head), (false, Phase::Idle)] {
            let activity = Activity::new(Instant::now(), http1, None);
            drop(activity.begin());
            let (mut visitor, stream) = tokio::io::duplex(3);
            visitor.write_all(b"GET").await.unwrap();
            let mut stream = TrackedStream::new(Box::new(stream), activity.clone(), ());
            stream.read_u8().await.unwrap();
            assert_eq!(activity.phase(), phase);
        }
    }
}
