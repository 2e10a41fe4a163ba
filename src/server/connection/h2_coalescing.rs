//! A stream whose writes gather until its connection's turn is over.
//!
//! h2 writes and flushes each frame of content by itself: under TLS each would be a record, with a call of the system. A
//! turn of a connection often has several of them, for several streams. So what it writes is held, and goes out together.

use std::cell::RefCell;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::timeouts::GracefulShutdown;

/// The content of one record of TLS (RFC 8446 §5.1).
const MOST: usize = 16 * 1024;

/// The connection's end of the stream: what is written to it is held.
pub(in crate::server) struct Corked<T>(Rc<RefCell<Held<T>>>);

struct Held<T> {
    stream: T,
    /// What was written in this turn, and before, where the stream did not take it; `out` bytes of it have gone out.
    bytes: Vec<u8>,
    out: usize,
    /// Why it did not go out; the connection is told next time.
    fault: Option<io::Error>,
    /// It was, or will be: a connection that goes on nevertheless is not woken for ever.
    broken: bool,
}

pin_project_lite::pin_project! {
    /// A connection on a [`Corked`] stream; what it holds goes out behind each of its turns.
    pub(in crate::server) struct ByTurns<C, T> {
        #[pin]
        connection: C,
        held: Rc<RefCell<Held<T>>>,
    }
}

/// The connection that `begin` makes of the corked stream.
pub(in crate::server) fn by_turns<C, T>(stream: T, begin: impl FnOnce(Corked<T>) -> C) -> ByTurns<C, T> {
    let held = Rc::new(RefCell::new(Held { stream, bytes: Vec::new(), out: 0, fault: None, broken: false }));
    ByTurns { connection: begin(Corked(Rc::clone(&held))), held }
}

impl<C: Future, T: AsyncWrite + Unpin> Future for ByTurns<C, T> {
    type Output = C::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<C::Output> {
        let this = self.project();
        let polled = this.connection.poll(cx);
        let held = &mut *this.held.borrow_mut();
        if !held.broken
            && let Poll::Ready(Err(fault)) = held.poll_out(cx)
        {
            (held.fault, held.broken) = (Some(fault), true);
            cx.waker().wake_by_ref();
        }
        polled
    }
}

impl<C: GracefulShutdown, T: AsyncWrite + Unpin> GracefulShutdown for ByTurns<C, T> {
    fn graceful_shutdown(self: Pin<&mut Self>) {
        self.project().connection.graceful_shutdown();
    }
}

impl<T: AsyncWrite + Unpin> Held<T> {
    /// Sends what is held; ready when it is on its way.
    fn poll_out(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { stream, bytes, out, .. } = self;
        while let Some(rest @ [_, ..]) = bytes.get(*out..) {
            match ready!(Pin::new(&mut *stream).poll_write(cx, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => *out += written,
            }
        }
        // An idle connection holds no memory.
        (*bytes, *out) = (Vec::new(), 0);
        Pin::new(stream).poll_flush(cx)
    }

    /// Tells of an earlier fault, once.
    fn tell(&mut self) -> io::Result<()> {
        self.fault.take().map_or(Ok(()), Err)
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Corked<T> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0.borrow_mut().stream).poll_read(cx, buf)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Corked<T> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[IoSlice::new(buf)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let held = &mut *self.0.borrow_mut();
        held.tell()?;
        let bytes: usize = bufs.iter().map(|buf| buf.len()).sum();
        if held.bytes.len() + bytes > MOST {
            ready!(held.poll_out(cx))?;
        }
        if bytes > MOST {
            return Pin::new(&mut held.stream).poll_write_vectored(cx, bufs);
        }
        if held.bytes.is_empty() {
            held.bytes.reserve_exact(MOST);
        }
        for buf in bufs {
            held.bytes.extend_from_slice(buf);
        }
        Poll::Ready(Ok(bytes))
    }

    fn is_write_vectored(&self) -> bool {
        self.0.borrow().stream.is_write_vectored()
    }

    /// What is held goes out when the turn is over.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.borrow_mut().tell())
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let held = &mut *self.0.borrow_mut();
        held.tell()?;
        ready!(held.poll_out(cx))?;
        Pin::new(&mut held.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, poll_fn};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
    use std::task::{Wake, Waker};

    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;

    /// A stream that notes each write, and takes none where it is broken.
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
    async fn write(stream: &mut Corked<impl AsyncWrite + Unpin>, lengths: &[usize]) -> io::Result<()> {
        for length in lengths {
            stream.write_all(&vec![b'x'; *length]).await?;
            stream.flush().await?;
        }
        Ok(())
    }

    #[test]
    fn a_turns_frames_go_out_together() {
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
            let connection = by_turns(stream, |mut stream| async move {
                write(&mut stream, frames).await.unwrap();
                pending::<()>().await;
            });
            let connection = std::pin::pin!(connection);
            assert!(connection.poll(&mut Context::from_waker(Waker::noop())).is_pending());
            assert_eq!(*writes.borrow(), *expected, "{frames:?}");
        }
    }

    /// What a peer reads that reads late, of a connection that writes more than the stream and the cork take.
    async fn read_late(connection: impl AsyncFnOnce(&mut Corked<DuplexStream>)) -> usize {
        let (mut peer, stream) = duplex(1000);
        let connection = by_turns(stream, |mut stream| async move { connection(&mut stream).await });
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
        let connection = by_turns(stream, |mut stream| async move {
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
}
