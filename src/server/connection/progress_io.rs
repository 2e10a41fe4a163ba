//! Records what moves on a connection in its [`ConnectionProgress`]: wraps the stream, the reader of its requests, and the body
//! of a response.

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body::{Body, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use super::h2_stream::StreamProgress;
use super::progress::{ConnectionProgress, RequestGuard};
use crate::http::h1::{Reached, Refused, Requests};
use crate::net::idle_timeout::IdleTimeout;
use crate::net::stream::Stream;
use crate::upstream::Eviction;

/// The delay between the moment when a body broke off, and the moment when hyper is told.
///
/// On an error, hyper drops bytes that are not written yet, even the head, and over HTTP/2 resets the stream. Writing the head
/// first is not enough: if Chromium reads the head and the reset together, the stream fails before the head is processed, and
/// no cookie is stored.
const BREAK_DELAY: Duration = Duration::from_millis(100);

pin_project_lite::pin_project! {
    /// A response's body. If it was polled and is not ready, it waits for the portal; if it is not polled, for the visitor.
    pub(in crate::server) struct ProgressBody<B: Body> {
        #[pin]
        body: B,
        request: RequestGuard,
        // Over HTTP/2.
        stream: Option<StreamProgress>,
        broken: Option<BrokenBody<B::Error>>,
    }
}

/// Why a body broke off, and the timer until hyper is told.
struct BrokenBody<E> {
    why: E,
    told: Pin<Box<Sleep>>,
}

impl<B: Body> ProgressBody<B> {
    /// Reads a task-local, so it must be called in the task that sends the body. The visitor may leave it unread for
    /// `body_idle`. Over HTTP/2, `eviction` ends the stream.
    pub(in crate::server) fn new(
        body: B,
        mut request: RequestGuard,
        body_idle: IdleTimeout,
        eviction: &Rc<Eviction>,
    ) -> Self {
        request.answered(body_idle);
        Self { body, request, stream: StreamProgress::of_this_task(body_idle, eviction), broken: None }
    }

    /// The body itself: what is read of it here is not recorded as read by the visitor.
    pub(in crate::server) fn body_mut(&mut self) -> &mut B {
        &mut self.body
    }
}

impl<B: Body> Body for ProgressBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let this = self.project();
        if this.broken.is_none() {
            let polled = this.body.poll_frame(cx);
            this.request.set_waiting(polled.is_pending());
            if let Some(stream) = this.stream {
                stream.set_unread(polled.is_ready());
            }
            let Poll::Ready(Some(Err(why))) = polled else { return polled };
            this.request.broke_off();
            *this.broken = Some(BrokenBody { why, told: Box::pin(sleep(BREAK_DELAY)) });
        }
        if let Some(broken) = this.broken {
            ready!(broken.told.as_mut().poll(cx));
        }
        Poll::Ready(this.broken.take().map(|broken| Err(broken.why)))
    }

    fn is_end_stream(&self) -> bool {
        self.broken.is_none() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Reads the requests of an HTTP/1.1 connection strictly, and records how far they have come.
pub(in crate::server) struct ProgressRequests {
    requests: Requests,
    progress: Arc<ConnectionProgress>,
}

impl ProgressRequests {
    /// Refuses heads of more than `head_bytes` bytes.
    pub(in crate::server) fn new(progress: Arc<ConnectionProgress>, head_bytes: usize) -> Self {
        Self { requests: Requests::limited(head_bytes), progress }
    }

    /// Reads on, as [`Requests::read`] does.
    ///
    /// # Errors
    /// Those of [`Requests::read`]. A refused head is remembered, and answered after the requests before it.
    pub(in crate::server) fn read(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        let read = self.requests.read(bytes);
        let reached = match &read {
            Err(refused) if refused.within_head => {
                self.progress.requests.refuse(refused.why);
                Reached::Head
            }
            _ => self.requests.reached(),
        };
        self.progress.requests_read(reached, self.requests.heads());
        read
    }
}

/// A stream that records when bytes move, and detects if the visitor leaves before the answer is sent. `held` is dropped with
/// the stream; if there was a tunnel, after its end.
pub(in crate::server) struct ProgressStream<G> {
    stream: Box<dyn Stream>,
    progress: Arc<ConnectionProgress>,
    /// A byte was seen that is not read yet. The end of the stream cannot be detected before it is read.
    byte_waits: Cell<bool>,
    _held: G,
}

impl<G> Drop for ProgressStream<G> {
    fn drop(&mut self) {
        if self.progress.is_broken() {
            self.stream.break_off();
        }
    }
}

impl<G> ProgressStream<G> {
    pub(in crate::server) fn new(stream: Box<dyn Stream>, progress: Arc<ConnectionProgress>, held: G) -> Self {
        Self { stream, progress, byte_waits: Cell::new(false), _held: held }
    }

    /// Whether the visitor has left while their request is being answered.
    fn has_lost_visitor(&mut self, cx: &mut Context<'_>) -> bool {
        if self.byte_waits.get() || !self.progress.is_answering() {
            return false;
        }
        let ended = self.stream.poll_end(cx);
        self.byte_waits.set(ended == Poll::Ready(false));
        ended == Poll::Ready(true)
    }

    /// `Pending` means that the visitor does not read.
    fn record(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(1..)) => self.progress.wrote(),
            Poll::Pending => self.progress.blocked(),
            Poll::Ready(_) => {}
        }
        written
    }
}

impl<G: Unpin> AsyncRead for ProgressStream<G> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        if buf.filled().len() > before {
            self.byte_waits.set(false);
            self.progress.read();
        }
        Poll::Ready(Ok(()))
    }
}

impl<G: Unpin> AsyncWrite for ProgressStream<G> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.record(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.record(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes when it has done all that it can for now. So here is checked whether the visitor has left.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_flush(cx) {
            Poll::Pending => {
                self.progress.blocked();
                return Poll::Pending;
            }
            Poll::Ready(flushed) => flushed?,
        }
        self.progress.unblocked();
        if self.has_lost_visitor(cx) {
            return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
    use std::task::Waker;

    use bytes::Bytes;
    use http_body_util::{BodyExt, Full};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::time::Instant;

    use super::*;
    use crate::net::tcp::TcpConnection;
    use crate::server::connection::deadline::Phase;
    use crate::server::connection::preface::Protocol;

    #[test]
    fn a_frame_is_progress_if_written_bytes_do_not_tell_of_it() {
        for protocol in [Protocol::Http1, Protocol::Http2] {
            let accepted = Instant::now() - Duration::from_secs(1);
            let progress = ConnectionProgress::new(accepted, protocol, IdleTimeout::default());
            let mut guard = progress.begin();
            guard.set_waiting(true);
            assert_eq!(progress.last_progress() > accepted, protocol == Protocol::Http2);
            progress.wrote();
            assert!(progress.last_progress() > accepted);
        }
    }

    #[test]
    fn a_request_is_followed_from_head_to_end() {
        let progress = ConnectionProgress::new(Instant::now(), Protocol::Http1, IdleTimeout::default());
        assert_eq!(progress.phase(), Phase::Head);
        progress.requests_read(Reached::Boundary, 1);
        let guard = progress.begin();
        assert_eq!(progress.phase(), Phase::Portal);
        let body = ProgressBody::new(Full::new(Bytes::from("x")), guard, IdleTimeout::default(), &Rc::default());
        assert_eq!(progress.phase(), Phase::Visitor);
        drop(body);
        assert_eq!(progress.phase(), Phase::Idle);
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_body_without_a_frame_waits_for_the_portal() {
        let progress = ConnectionProgress::new(Instant::now(), Protocol::Http1, IdleTimeout::default());
        let (sender, receiver) = tokio::sync::oneshot::channel::<Bytes>();
        let frames = Box::pin(async { receiver.await.unwrap() });
        let mut body = ProgressBody::new(Later(frames), progress.begin(), IdleTimeout::default(), &Rc::default());
        let waiting = poll_fn(|cx| Poll::Ready(Pin::new(&mut body).poll_frame(cx).is_pending())).await;
        assert!(waiting);
        assert_eq!(progress.phase(), Phase::Portal);
        sender.send(Bytes::from("x")).unwrap();
        body.frame().await.unwrap().unwrap();
        assert_eq!(progress.phase(), Phase::Visitor);
    }

    /// A visitor, and the stream to them.
    async fn visited(progress: &Arc<ConnectionProgress>) -> (TcpStream, ProgressStream<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (visitor, accepted) = tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
        let stream = Box::new(TcpConnection::from(accepted.unwrap().0));
        (visitor.unwrap(), ProgressStream::new(stream, Arc::clone(progress), ()))
    }

    /// Flushes as often as it is woken, until that fails.
    async fn lost(stream: &mut ProgressStream<()>) -> io::Error {
        poll_fn(|cx| match Pin::new(&mut *stream).poll_flush(cx) {
            Poll::Ready(Err(error)) => Poll::Ready(error),
            _ => Poll::Pending,
        })
        .await
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_visitor_who_leaves_is_missed_while_they_are_answered() {
        let progress = ConnectionProgress::new(Instant::now(), Protocol::Http1, IdleTimeout::default());
        let (visitor, mut stream) = visited(&progress).await;
        let answering = progress.begin();
        let (lost, ()) = tokio::join!(lost(&mut stream), async {
            // By now the stream waits for the visitor's end.
            tokio::task::yield_now().await;
            drop(visitor);
        });
        assert_eq!(lost.kind(), io::ErrorKind::UnexpectedEof);
        drop(answering);
        stream.flush().await.unwrap();
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_visitor_who_asks_on_is_not_missed_before_that_is_read() {
        let progress = ConnectionProgress::new(Instant::now(), Protocol::Http1, IdleTimeout::default());
        let (mut visitor, mut stream) = visited(&progress).await;
        let _answering = progress.begin();
        visitor.write_all(b"next").await.unwrap();
        poll_fn(|cx| stream.stream.poll_end(cx)).await;
        stream.flush().await.unwrap();
        drop(visitor);
        stream.flush().await.unwrap();
        let mut next = [0; 4];
        stream.read_exact(&mut next).await.unwrap();
        assert_eq!(&next, b"next");
        lost(&mut stream).await;
    }

    /// A stream with one more byte after the last one that is read. Counts how often that byte is looked at.
    struct Crowded(Arc<AtomicUsize>);

    impl Stream for Crowded {
        fn poll_end(&mut self, _: &mut Context<'_>) -> Poll<bool> {
            self.0.fetch_add(1, Relaxed);
            Poll::Ready(false)
        }
    }

    impl AsyncRead for Crowded {
        fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            buf.put_slice(b"x");
            Poll::Ready(Ok(()))
        }
    }

    impl AsyncWrite for Crowded {
        fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
            Poll::Ready(Ok(buf.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    /// A look is a call of the system.
    #[tokio::test(flavor = "current_thread")]
    async fn nobody_is_looked_for_behind_a_byte_that_waits() {
        let (progress, looks) = (
            ConnectionProgress::new(Instant::now(), Protocol::Http1, IdleTimeout::default()),
            Arc::<AtomicUsize>::default(),
        );
        let mut stream = ProgressStream::new(Box::new(Crowded(Arc::clone(&looks))), Arc::clone(&progress), ());
        let _answering = progress.begin();
        for expected in [1, 2] {
            for _ in 0..3 {
                stream.flush().await.unwrap();
            }
            assert_eq!(looks.load(Relaxed), expected);
            stream.read_u8().await.unwrap();
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn nobody_is_missed_if_several_are_answered_at_once() {
        let progress = ConnectionProgress::new(Instant::now(), Protocol::Http2, IdleTimeout::default());
        let (visitor, mut stream) = visited(&progress).await;
        let _answering = progress.begin();
        drop(visitor);
        assert!(poll_fn(|cx| stream.stream.poll_end(cx)).await);
        stream.flush().await.unwrap();
    }

    /// A body with one frame that comes later.
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

    /// A body that has broken off, and holds nothing more.
    struct Cut;

    impl Body for Cut {
        type Data = Bytes;
        type Error = io::Error;

        fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
            Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
        }

        fn is_end_stream(&self) -> bool {
            true
        }
    }

    #[tokio::test(flavor = "current_thread", start_paused = true)]
    async fn a_body_that_broke_off_does_not_look_ended_before_that_is_told() {
        let progress = ConnectionProgress::new(Instant::now(), Protocol::Http1, IdleTimeout::default());
        let mut body = ProgressBody::new(Cut, progress.begin(), IdleTimeout::default(), &Rc::default());
        let waiting = poll_fn(|cx| Poll::Ready(Pin::new(&mut body).poll_frame(cx).is_pending())).await;
        assert!(waiting && !body.is_end_stream());
        body.frame().await.unwrap().unwrap_err();
    }

    /// A stream that takes bytes, and has sent them all when `sent` says so.
    struct Holding {
        sent: Arc<AtomicBool>,
    }

    impl AsyncRead for Holding {
        fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            Poll::Pending
        }
    }

    impl AsyncWrite for Holding {
        fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
            Poll::Ready(Ok(buf.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            if self.sent.load(Relaxed) { Poll::Ready(Ok(())) } else { Poll::Pending }
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Pending
        }
    }

    impl Stream for Holding {}

    #[test]
    fn who_does_not_take_what_the_stream_still_holds_is_waited_for() {
        let (sent, progress) = (
            Arc::<AtomicBool>::default(),
            ConnectionProgress::new(Instant::now(), Protocol::Http1, IdleTimeout::default()),
        );
        progress.requests_read(Reached::Boundary, 1);
        drop(progress.begin());
        let mut stream = ProgressStream::new(Box::new(Holding { sent: Arc::clone(&sent) }), progress.clone(), ());
        let mut flush = || Pin::new(&mut stream).poll_flush(&mut Context::from_waker(Waker::noop()));
        assert!(flush().is_pending());
        assert_eq!(progress.phase(), Phase::Visitor);
        sent.store(true, Relaxed);
        assert!(flush().is_ready());
        assert_eq!(progress.phase(), Phase::Idle);
    }

    #[test]
    fn what_stands_behind_a_request_tells_the_phase() {
        let request = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nxy";
        let table = [
            ("", 0, Phase::Head),
            (&request[..9], 0, Phase::Head),
            (request, 1, Phase::Idle),
            (&request[..request.len() - 1], 1, Phase::End),
            (&format!("{request}G"), 1, Phase::Head),
            (&format!("{request}\r"), 1, Phase::Head),
            (&format!("{request}\r\n"), 1, Phase::Idle),
            (&format!("{request}\r\nG"), 1, Phase::Head),
            // hyper did not want the second one.
            (&format!("{request}{request}"), 1, Phase::End),
            (&format!("{request}{request}G"), 1, Phase::End),
        ];
        for (bytes, served, phase) in table {
            for piece in [1, 7, bytes.len().max(1)] {
                let progress = ConnectionProgress::new(Instant::now(), Protocol::Http1, IdleTimeout::default());
                let mut requests = ProgressRequests::new(Arc::clone(&progress), usize::MAX);
                bytes.as_bytes().chunks(piece).for_each(|bytes| requests.read(bytes).unwrap());
                (0..served).for_each(|_| drop(progress.begin()));
                assert_eq!(progress.phase(), phase, "{bytes:?}, {piece} at once");
                assert_eq!(progress.may_park(), phase == Phase::Idle);
            }
        }
    }

    #[test]
    fn a_refused_head_is_owed_an_answer_once_when_its_turn_has_come() {
        for bytes in ["GET /\n", "\0", "GET / HTTP/1.1\r\nhost: a\r\n\r\n\0", "GET / HTTP/1.1\r\nhost: a\r\n\r\nG /\n"]
        {
            let progress = ConnectionProgress::new(Instant::now(), Protocol::Http1, IdleTimeout::default());
            let mut requests = ProgressRequests::new(Arc::clone(&progress), usize::MAX);
            requests.read(bytes.as_bytes()).unwrap_err();
            if bytes.contains("host") {
                assert!(!progress.owes_refusal());
                let guard = progress.begin();
                assert!(!progress.owes_refusal());
                drop(guard);
            }
            assert!(progress.owes_refusal() && progress.requests.refusal().is_none());
            progress.requests.answer_refusal();
            assert!(!progress.owes_refusal() && progress.requests.refusal().is_some());
        }
    }

    #[test]
    fn nothing_is_served_or_owed_behind_the_last_response() {
        for bytes in ["GET / HTTP/1.1\r\nhost: a\r\n\r\n", "GET / HTTP/1.1\r\nhost: a\r\n\r\n\0"] {
            let progress = ConnectionProgress::new(Instant::now(), Protocol::Http1, IdleTimeout::default());
            let _ = ProgressRequests::new(Arc::clone(&progress), usize::MAX).read(bytes.as_bytes());
            let guard = progress.begin();
            progress.requests.end();
            drop(guard);
            assert_eq!(progress.phase(), Phase::End);
            assert!(!progress.may_park() && !progress.owes_refusal());
        }
    }
}
