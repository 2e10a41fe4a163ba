//! A stream with a prefix: bytes that were read of it ahead, or that are put before it.
//!
//! A visitor's connection reads its first bytes to tell the protocol. A parked connection keeps the byte that woke it. A tunnel
//! begins with the bytes that were received after the head of the 101.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};

use super::stream::Stream;
use super::write_half::{pass_shutdown_to, pass_writes_to};

/// How many bytes are read ahead at once: enough for most request heads.
const READ_AHEAD: usize = 2048;

/// A stream that is read after its prefix.
pub(crate) struct Prefixed<T> {
    prefix: BytesMut,
    stream: T,
}

impl<T> Prefixed<T> {
    /// A stream without a prefix.
    pub(crate) fn new(stream: T) -> Self {
        Self::with_prefix(BytesMut::new(), stream)
    }

    /// `prefix` is read first.
    pub(crate) fn with_prefix(prefix: BytesMut, stream: T) -> Self {
        Self { prefix, stream }
    }

    /// The part of the prefix that is not read yet.
    pub(crate) fn prefix(&self) -> &[u8] {
        &self.prefix
    }

    /// Replaces the prefix.
    pub(crate) fn set_prefix(&mut self, bytes: &[u8]) {
        self.prefix = BytesMut::from(bytes);
    }

    /// Drops this many bytes of the prefix.
    pub(crate) fn consume(&mut self, bytes: usize) {
        self.prefix.advance(bytes.min(self.prefix.len()));
        if self.prefix.is_empty() {
            // An idle connection holds no buffer.
            self.prefix = BytesMut::new();
        }
    }
}

impl<T: AsyncRead + Unpin> Prefixed<T> {
    /// Reads some more of the stream into the prefix; 0 is the end of the stream. Cancel safe: no byte is lost.
    ///
    /// # Errors
    /// Those of the stream.
    pub(crate) async fn read_ahead(&mut self) -> io::Result<usize> {
        self.prefix.reserve(READ_AHEAD);
        self.stream.read_buf(&mut self.prefix).await
    }

    /// Waits until there is something to read, which may be the end of the stream or an error. Without a prefix, one byte is
    /// read into it.
    pub(crate) fn poll_readable(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.prefix.is_empty() {
            let mut byte = [0];
            let mut buf = ReadBuf::new(&mut byte);
            if ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buf)).is_ok() {
                self.prefix.extend_from_slice(buf.filled());
            }
        }
        Poll::Ready(())
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Prefixed<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.prefix.is_empty() {
            return Pin::new(&mut self.stream).poll_read(cx, buf);
        }
        let count = self.prefix.len().min(buf.remaining());
        buf.put_slice(self.prefix.split_at(count).0);
        self.consume(count);
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Prefixed<T> {
    pass_writes_to!(stream);
    pass_shutdown_to!(stream);
}

impl<T: Stream> Stream for Prefixed<T> {
    fn break_off(&self) {
        self.stream.break_off();
    }

    fn shows_end(&self) -> bool {
        self.stream.shows_end()
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        if self.prefix.is_empty() { self.stream.poll_end(cx) } else { Poll::Ready(false) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn what_was_read_ahead_and_not_consumed_is_read_first() {
        let mut stream = Prefixed::new(&b"PROXY rest"[..]);
        assert_eq!(stream.read_ahead().await.unwrap(), 10);
        stream.consume(6);
        assert_eq!(stream.prefix(), b"rest");
        let mut rest = String::new();
        stream.read_to_string(&mut rest).await.unwrap();
        assert_eq!(rest, "rest");
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_prefix_is_read_in_pieces_and_the_stream_follows() {
        let mut stream = Prefixed::with_prefix(BytesMut::from("abc"), &b"de"[..]);
        let mut two = [0; 2];
        stream.read_exact(&mut two).await.unwrap();
        assert_eq!((&two, stream.prefix()), (b"ab", &b"c"[..]));
        let mut rest = String::new();
        stream.read_to_string(&mut rest).await.unwrap();
        assert_eq!(rest, "cde");
    }
}
