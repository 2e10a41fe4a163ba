//! The stream of a connection: its owner reads it, a request writer writes to it, and a timeout may close it meanwhile.
//!
//! It is closed in one way only, [`SharedStream::close`]. From then on every call fails with `ConnectionAborted`, and the task
//! that waits to read is woken to see that.

use std::cell::{Cell, RefCell};
use std::io::{self, IoSlice};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bytes::BytesMut;
use tokio::io::{AsyncReadExt, AsyncWrite};

use super::stream::PortalStream;

/// A stream that can be closed while others use it.
pub(super) struct SharedStream {
    state: RefCell<StreamOrEnd>,
    /// The task that waits for bytes.
    reader: Cell<Option<Waker>>,
}

enum StreamOrEnd {
    Open(PortalStream),
    Closed(Closed),
}

/// Why the stream is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// The connection was dropped, or has become a tunnel.
    ByOwner,
    /// No byte of a body moved for `body_idle`, or a slow upload was evicted.
    ByTimeout,
}

impl SharedStream {
    pub(super) fn new(stream: PortalStream) -> Self {
        Self { state: RefCell::new(StreamOrEnd::Open(stream)), reader: Cell::default() }
    }

    /// Appends to `input` what can be read now. Returns how many bytes, 0 at the end of the stream.
    ///
    /// # Errors
    /// Those of the stream; [`io::ErrorKind::ConnectionAborted`] if it was closed or taken away.
    pub(super) fn poll_read(&self, cx: &mut Context<'_>, input: &mut BytesMut) -> Poll<io::Result<usize>> {
        let read = self.with(|stream| pin!(stream.read_buf(input)).poll(cx));
        if read.is_pending() {
            self.reader.set(Some(cx.waker().clone()));
        }
        read
    }

    /// Writes some of these bytes. Returns how many.
    ///
    /// # Errors
    /// Those of [`Self::poll_read`].
    pub(super) fn poll_write(&self, cx: &mut Context<'_>, bytes: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        self.with(|stream| match bytes {
            [bytes] => Pin::new(stream).poll_write(cx, bytes),
            _ => Pin::new(stream).poll_write_vectored(cx, bytes),
        })
    }

    /// Ready once all that was written has been handed to the kernel.
    ///
    /// # Errors
    /// Those of [`Self::poll_read`].
    pub(super) fn poll_flush(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.with(|stream| Pin::new(stream).poll_flush(cx))
    }

    /// Whether it is open and no byte was received. Called between two exchanges, when a byte would belong to no response. If
    /// it returns false, the stream must not be used again, because the byte may have been consumed. `is_known`: the runtime has
    /// taken all events since the last read.
    pub(super) fn is_quiet(&self, is_known: bool) -> bool {
        match &mut *self.state.borrow_mut() {
            StreamOrEnd::Open(stream) => stream.is_quiet(is_known),
            StreamOrEnd::Closed(_) => false,
        }
    }

    /// Whether it is neither closed nor taken away.
    pub(super) fn is_open(&self) -> bool {
        matches!(*self.state.borrow(), StreamOrEnd::Open(_))
    }

    /// Whether it was closed because no byte moved.
    pub(super) fn has_timed_out(&self) -> bool {
        matches!(*self.state.borrow(), StreamOrEnd::Closed(Closed::ByTimeout))
    }

    /// Closes it at once and wakes the task that waits to read. If it is closed already, the first reason stays.
    pub(super) fn close(&self, why: Closed) {
        drop(self.take(why));
        self.wake_reader();
    }

    /// Takes the stream away: to all others, it is closed. `None` if it is closed already.
    pub(super) fn take(&self, why: Closed) -> Option<PortalStream> {
        match self.state.replace(StreamOrEnd::Closed(why)) {
            StreamOrEnd::Open(stream) => Some(stream),
            closed @ StreamOrEnd::Closed(_) => {
                self.state.replace(closed);
                None
            }
        }
    }

    /// Wakes the task that waits to read, so that it polls again.
    pub(super) fn wake_reader(&self) {
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }

    /// No task waits to read any more.
    pub(super) fn forget_reader(&self) {
        self.reader.set(None);
    }

    fn with<T>(&self, call: impl FnOnce(&mut PortalStream) -> Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        match &mut *self.state.borrow_mut() {
            StreamOrEnd::Open(stream) => call(stream),
            StreamOrEnd::Closed(_) => Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::rc::Rc;

    use tokio::net::{TcpListener, TcpStream};
    use tokio::task::{LocalSet, spawn_local, yield_now};

    use super::*;

    /// A stream, and its other end.
    async fn pair() -> (Rc<SharedStream>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (stream, peer) = tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
        (Rc::new(SharedStream::new(PortalStream::Clear(stream.unwrap().into()))), peer.unwrap().0)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_close_ends_a_read_that_waits_and_all_that_follows() {
        let aborted = |error: io::Error| error.kind() == io::ErrorKind::ConnectionAborted;
        let (stream, mut peer) = pair().await;
        LocalSet::new()
            .run_until(async {
                let reading = Rc::clone(&stream);
                let read = spawn_local(async move {
                    let mut input = BytesMut::new();
                    poll_fn(|cx| reading.poll_read(cx, &mut input)).await
                });
                yield_now().await;
                stream.close(Closed::ByTimeout);
                assert!(aborted(read.await.unwrap().unwrap_err()));
            })
            .await;
        assert!(aborted(poll_fn(|cx| stream.poll_write(cx, &[IoSlice::new(b"x")])).await.unwrap_err()));
        assert!(aborted(poll_fn(|cx| stream.poll_flush(cx)).await.unwrap_err()));
        assert!(!stream.is_open() && !stream.is_quiet(false) && !stream.is_quiet(true));
        assert_eq!(peer.read_buf(&mut BytesMut::new()).await.unwrap(), 0);
    }

    #[tokio::test(flavor = "current_thread")]
    async fn the_first_reason_stays_and_a_closed_stream_cannot_be_taken() {
        let (stream, _peer) = pair().await;
        assert!(stream.is_open() && stream.is_quiet(false));
        stream.close(Closed::ByTimeout);
        stream.close(Closed::ByOwner);
        assert!(stream.has_timed_out() && stream.take(Closed::ByOwner).is_none() && stream.has_timed_out());
        let (stream, _peer) = pair().await;
        assert!(stream.take(Closed::ByOwner).is_some() && !stream.is_open() && !stream.has_timed_out());
    }
}
