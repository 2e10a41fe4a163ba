//! A connection's stream, held by all who have a part in it: who reads, who writes, and who closes it under them.

use std::cell::{Cell, RefCell};
use std::io::{self, IoSlice};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bytes::BytesMut;
use tokio::io::{AsyncReadExt, AsyncWrite};

use super::stream::Stream;

/// A stream that can be closed by any of its holders.
pub(in crate::upstream) struct Wire {
    stream: RefCell<Option<Stream>>,
    /// Who waits for bytes, to be told where there is more to do or it is closed.
    reader: Cell<Option<Waker>>,
}

impl Wire {
    pub(in crate::upstream) fn new(stream: Stream) -> Self {
        Self { stream: RefCell::new(Some(stream)), reader: Cell::default() }
    }

    /// Reads what there is, behind what `input` holds. 0 is the end of the stream.
    pub(in crate::upstream) fn poll_read(&self, cx: &mut Context<'_>, input: &mut BytesMut) -> Poll<io::Result<usize>> {
        let read = self.with(|stream| pin!(stream.read_buf(input)).poll(cx));
        if read.is_pending() {
            self.reader.set(Some(cx.waker().clone()));
        }
        read
    }

    /// Writes some of these bytes.
    pub(in crate::upstream) fn poll_write(
        &self,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.with(|stream| match bytes {
            [bytes] => Pin::new(stream).poll_write(cx, bytes),
            _ => Pin::new(stream).poll_write_vectored(cx, bytes),
        })
    }

    /// Sees to it that what was written is on its way.
    pub(in crate::upstream) fn poll_flush(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.with(|stream| Pin::new(stream).poll_flush(cx))
    }

    /// Whether it is open and nothing has come. Asked where nothing is due: a byte would belong to no response, and a wire
    /// on which one came is of no more use. `is_known`: the runtime has taken all events since the last read.
    pub(in crate::upstream) fn is_quiet(&self, is_known: bool) -> bool {
        self.stream.borrow_mut().as_mut().is_some_and(|stream| stream.is_quiet(is_known))
    }

    /// Whether nobody has closed it or taken it away.
    pub(in crate::upstream) fn is_open(&self) -> bool {
        self.stream.borrow().is_some()
    }

    /// Nobody waits any more.
    pub(in crate::upstream) fn rest(&self) {
        self.reader.set(None);
    }

    /// Closes it at once; whoever waits for it is told.
    pub(in crate::upstream) fn close(&self) {
        drop(self.take());
        self.wake_reader();
    }

    /// Has whoever waits for bytes look again.
    pub(in crate::upstream) fn wake_reader(&self) {
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }

    /// Takes the stream away: to all others, it is closed.
    pub(in crate::upstream) fn take(&self) -> Option<Stream> {
        self.stream.take()
    }

    fn with<T>(&self, call: impl FnOnce(&mut Stream) -> Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        match self.stream.borrow_mut().as_mut() {
            Some(stream) => call(stream),
            None => Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())),
        }
    }
}
