//! Joins the writes of an HTTP/2 connection during one poll.
//!
//! h2 writes and flushes each DATA frame by itself, which under TLS is one record and one system call each. One poll of a
//! connection often writes several frames, for several streams. So they are buffered, and sent when the poll is over.

use std::cell::RefCell;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How many bytes are joined at most: the content of one TLS record (RFC 8446 §5.1).
const MOST: usize = 16 * 1024;

/// The stream that the connection writes to.
pub(crate) struct CoalescingStream<T>(Rc<RefCell<PollBuffer<T>>>);

struct PollBuffer<T> {
    stream: T,
    /// Bytes that were written in this poll, and earlier ones that the stream did not take. The first `sent` of them are sent.
    bytes: Vec<u8>,
    sent: usize,
    /// Why they could not be sent. The connection's next write returns it.
    error: Option<io::Error>,
    /// There was an error: nothing more is sent, and a connection that continues nevertheless is not woken again and again.
    is_broken: bool,
}

pin_project_lite::pin_project! {
    /// A connection on a [`CoalescingStream`]: what it has written is sent after each poll.
    pub(crate) struct Coalescing<C, T> {
        #[pin]
        connection: C,
        buffered: Rc<RefCell<PollBuffer<T>>>,
    }
}

/// Makes a connection of the stream with `begin`, and joins its writes.
pub(crate) fn coalesce<C, T>(stream: T, begin: impl FnOnce(CoalescingStream<T>) -> C) -> Coalescing<C, T> {
    let buffered = PollBuffer { stream, bytes: Vec::new(), sent: 0, error: None, is_broken: false };
    let buffered = Rc::new(RefCell::new(buffered));
    Coalescing { connection: begin(CoalescingStream(Rc::clone(&buffered))), buffered }
}

impl<C: Future, T: AsyncWrite + Unpin> Future for Coalescing<C, T> {
    type Output = C::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<C::Output> {
        let this = self.project();
        let polled = this.connection.poll(cx);
        let buffered = &mut *this.buffered.borrow_mut();
        if !buffered.is_broken
            && let Poll::Ready(Err(error)) = buffered.poll_send(cx)
        {
            (buffered.error, buffered.is_broken) = (Some(error), true);
            cx.waker().wake_by_ref();
        }
        polled
    }
}

impl<C, T> Coalescing<C, T> {
    /// The connection.
    pub(crate) fn connection(self: Pin<&mut Self>) -> Pin<&mut C> {
        self.project().connection
    }
}

impl<T: AsyncWrite + Unpin> PollBuffer<T> {
    /// Sends all bytes, and flushes the stream.
    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { stream, bytes, sent, .. } = self;
        while let Some(unsent @ [_, ..]) = bytes.get(*sent..) {
            match ready!(Pin::new(&mut *stream).poll_write(cx, unsent))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => *sent += written,
            }
        }
        // An idle connection holds no buffer.
        (*bytes, *sent) = (Vec::new(), 0);
        Pin::new(stream).poll_flush(cx)
    }

    /// Returns the error of an earlier send, once.
    fn take_error(&mut self) -> io::Result<()> {
        self.error.take().map_or(Ok(()), Err)
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for CoalescingStream<T> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0.borrow_mut().stream).poll_read(cx, buf)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for CoalescingStream<T> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[IoSlice::new(buf)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let buffered = &mut *self.0.borrow_mut();
        buffered.take_error()?;
        let bytes: usize = bufs.iter().map(|buf| buf.len()).sum();
        if buffered.bytes.len() + bytes > MOST {
            ready!(buffered.poll_send(cx))?;
        }
        if bytes > MOST {
            return Pin::new(&mut buffered.stream).poll_write_vectored(cx, bufs);
        }
        if buffered.bytes.is_empty() {
            buffered.bytes.reserve_exact(MOST);
        }
        for buf in bufs {
            buffered.bytes.extend_from_slice(buf);
        }
        Poll::Ready(Ok(bytes))
    }

    fn is_write_vectored(&self) -> bool {
        self.0.borrow().stream.is_write_vectored()
    }

    /// The bytes are sent when the poll is over.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.borrow_mut().take_error())
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let buffered = &mut *self.0.borrow_mut();
        buffered.take_error()?;
        ready!(buffered.poll_send(cx))?;
        Pin::new(&mut buffered.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, poll_fn};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
    use std::task::{Wake, Waker};

    use proptest::prelude::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;

    /// A stream that notes each write, or fails each if it is broken.
    #[derive(Default)]
    struct Noting {
        writes: Rc<RefCell<Vec<usize>>>,
        broken: bool,
    }

    impl AsyncWrite for Noting {
        fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
            if self.broken {
                return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
            }
            self.writes.borrow_mut().push(buf.len());
            Poll::Ready(Ok(buf.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    /// Writes and flushes pieces of these lengths, as h2 does with frames.
    async fn write(stream: &mut CoalescingStream<impl AsyncWrite + Unpin>, lengths: &[usize]) -> io::Result<()> {
        for length in lengths {
            stream.write_all(&vec![b'x'; *length]).await?;
            stream.flush().await?;
        }
        Ok(())
    }

    #[test]
    fn the_frames_of_a_poll_are_sent_together() {
        let table: &[(&[usize], &[usize])] = &[
            (&[], &[]),
            (&[1], &[1]),
            (&[9, 1024, 9, 1024], &[2066]),
            (&[MOST], &[MOST]),
            (&[MOST - 1, 1, 1], &[MOST, 1]),
            (&[9, MOST + 1, 9], &[9, MOST + 1, 9]),
        ];
        for (frames, expected) in table {
            let stream = Noting::default();
            let writes = Rc::clone(&stream.writes);
            let connection = coalesce(stream, |mut stream| async move {
                write(&mut stream, frames).await.unwrap();
                pending::<()>().await;
            });
            let connection = std::pin::pin!(connection);
            assert!(connection.poll(&mut Context::from_waker(Waker::noop())).is_pending());
            assert_eq!(*writes.borrow(), *expected, "{frames:?}");
        }
    }

    /// What a peer reads that reads late, of a connection that writes more than the stream and the buffer take.
    async fn read_late(connection: impl AsyncFnOnce(&mut CoalescingStream<DuplexStream>)) -> usize {
        let (mut peer, stream) = duplex(1000);
        let connection = coalesce(stream, |mut stream| async move { connection(&mut stream).await });
        let mut came = Vec::new();
        let read = async {
            tokio::task::yield_now().await;
            peer.read_to_end(&mut came).await.unwrap();
        };
        tokio::join!(connection, read);
        came.len()
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_stream_that_is_full_is_waited_for() {
        const FRAMES: [usize; 3] = [MOST - 9, 5000, 2 * MOST];
        let all = FRAMES.iter().sum::<usize>();
        let came = read_late(async |stream| {
            write(stream, &FRAMES).await.unwrap();
            stream.shutdown().await.unwrap();
        });
        assert_eq!(came.await, all);
    }

    #[derive(Default)]
    struct Woken(AtomicBool);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Relaxed);
        }
    }

    #[test]
    fn the_connection_learns_why_nothing_went_out() {
        let stream = Noting { broken: true, ..Noting::default() };
        let connection = coalesce(stream, |mut stream| async move {
            write(&mut stream, &[9]).await.unwrap();
            let mut later = false;
            poll_fn(|_| if std::mem::replace(&mut later, true) { Poll::Ready(()) } else { Poll::Pending }).await;
            let told = stream.flush().await.unwrap_err();
            assert_eq!(told.kind(), io::ErrorKind::BrokenPipe);
            pending::<()>().await;
        });
        let mut connection = std::pin::pin!(connection);
        let woken = Arc::<Woken>::default();
        let waker = Arc::clone(&woken).into();
        let mut cx = Context::from_waker(&waker);
        for wakes in [true, false] {
            assert!(connection.as_mut().poll(&mut cx).is_pending());
            assert_eq!(woken.0.swap(false, Relaxed), wakes);
        }
    }

    /// A stream that takes as many bytes at a time as `steps` say, pauses at each 0, and breaks after a number of bytes.
    struct Stingy {
        taken: Rc<RefCell<Vec<u8>>>,
        steps: std::iter::Cycle<std::vec::IntoIter<usize>>,
        breaks_after: usize,
    }

    impl AsyncWrite for Stingy {
        fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
            let this = &mut *self;
            let (step, taken) = (this.steps.next().unwrap(), &mut *this.taken.borrow_mut());
            if step == 0 {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            let most = this.breaks_after - taken.len();
            if most == 0 {
                return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
            }
            let part = &buf[..step.min(buf.len()).min(most)];
            taken.extend_from_slice(part);
            Poll::Ready(Ok(part.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    proptest! {
        /// Whatever the stream takes and wherever it pauses, all bytes arrive once and in order. If it breaks, those before
        /// the break have arrived, and the writer gets an error at its shutdown at the latest.
        #[test]
        fn bytes_arrive_once_and_in_order_up_to_a_break(
            frames in prop::collection::vec(prop_oneof![1..40_usize, MOST - 2..MOST + 3], 0..6),
            mut steps in prop::collection::vec(prop_oneof![Just(0_usize), 1..20_000_usize], 0..6),
            breaks_after in prop_oneof![Just(usize::MAX), 1..50_000_usize],
        ) {
            steps.push(5000);
            let all: Vec<u8> = (0..frames.iter().sum::<usize>()).map(|at| at.to_le_bytes()[0] ^ at.to_le_bytes()[1]).collect();
            let taken = Rc::<RefCell<Vec<u8>>>::default();
            let stream = Stingy { taken: Rc::clone(&taken), steps: steps.into_iter().cycle(), breaks_after };
            let connection = coalesce(stream, |mut stream| {
                let all = all.clone();
                async move {
                    let mut rest = &all[..];
                    for frame in frames {
                        let (frame, behind) = rest.split_at(frame);
                        rest = behind;
                        stream.write_all(frame).await?;
                        stream.flush().await?;
                        tokio::task::yield_now().await;
                    }
                    stream.shutdown().await
                }
            });
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let ended = runtime.block_on(connection);
            let taken = &*taken.borrow();
            prop_assert_eq!(taken, &all[..all.len().min(breaks_after)]);
            prop_assert_eq!(ended.is_ok(), all.len() <= breaks_after, "{:?}", ended);
        }
    }
}
