//! The bytes of a connection: a stream of any kind, and one that gives back what was read ahead of its owner.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::net::UnixStream;
use tokio_rustls::server::TlsStream;

use super::tcp::TcpConnection;
use super::write_half::{pass_shutdown_to, pass_writes_to};

/// A stream of bytes: TCP, a Unix socket, TLS over either. One dynamic call for each read or write spares a copy of the
/// HTTP machinery for each kind.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {
    /// Makes its end one that no peer takes for a good one, where a plain close would be.
    fn break_off(&self) {}

    /// Whether its end is seen without a read; else only who reads on learns of it.
    fn shows_end(&self) -> bool {
        false
    }

    /// Waits, where the end is seen, for what comes next: whether that is the end, or a fault, and no byte.
    fn poll_end(&self, _: &mut Context<'_>) -> Poll<bool> {
        Poll::Pending
    }
}

impl Stream for TcpConnection {
    /// With a reset. A socket that cannot be set has broken already.
    fn break_off(&self) {
        let _ = self.get_ref().set_zero_linger();
    }

    fn shows_end(&self) -> bool {
        true
    }

    fn poll_end(&self, cx: &mut Context<'_>) -> Poll<bool> {
        let mut byte = [0];
        let peeked = self.get_ref().poll_peek(cx, &mut ReadBuf::new(&mut byte));
        peeked.map(|peeked| !matches!(peeked, Ok(1..)))
    }
}

impl Stream for UnixStream {}

/// Its goodbye is missing.
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for TlsStream<T> {}

impl<T: Stream> Stream for Rewind<T> {
    fn break_off(&self) {
        self.stream.break_off();
    }

    fn shows_end(&self) -> bool {
        self.stream.shows_end()
    }

    fn poll_end(&self, cx: &mut Context<'_>) -> Poll<bool> {
        if self.ahead.is_empty() { self.stream.poll_end(cx) } else { Poll::Ready(false) }
    }
}

impl Stream for Box<dyn Stream> {
    fn break_off(&self) {
        self.as_ref().break_off();
    }

    fn shows_end(&self) -> bool {
        self.as_ref().shows_end()
    }

    fn poll_end(&self, cx: &mut Context<'_>) -> Poll<bool> {
        self.as_ref().poll_end(cx)
    }
}

#[cfg(test)]
impl Stream for tokio::io::DuplexStream {}

/// Room for what is read ahead at once: most request heads.
const READ_AHEAD: usize = 2048;

/// A stream whose first bytes can be looked at before their owner reads them.
pub(crate) struct Rewind<T> {
    ahead: BytesMut,
    stream: T,
}

impl<T: AsyncRead + Unpin> Rewind<T> {
    pub(crate) fn new(stream: T) -> Self {
        Self { ahead: BytesMut::new(), stream }
    }

    /// What was read ahead and not consumed.
    pub(crate) fn ahead(&self) -> &[u8] {
        &self.ahead
    }

    /// Reads some more ahead; 0 is the end of the stream. Safe to cancel: what was read stays.
    pub(crate) async fn read_ahead(&mut self) -> io::Result<usize> {
        self.ahead.reserve(READ_AHEAD);
        self.stream.read_buf(&mut self.ahead).await
    }

    /// Waits until there is something to read, and reads one byte ahead; none where the stream has ended or is faulty.
    pub(crate) fn poll_ahead(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.ahead.is_empty() {
            let mut byte = [0];
            let mut buf = ReadBuf::new(&mut byte);
            let came = ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buf));
            self.ahead.extend_from_slice(if came.is_ok() { buf.filled() } else { &[] });
        }
        Poll::Ready(())
    }

    /// Puts back what its owner did not consume; nothing is ahead.
    pub(crate) fn give_back(&mut self, bytes: &[u8]) {
        self.ahead = BytesMut::from(bytes);
    }

    /// Takes bytes away for good.
    pub(crate) fn consume(&mut self, bytes: usize) {
        self.ahead.advance(bytes.min(self.ahead.len()));
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Rewind<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.ahead.is_empty() {
            return Pin::new(&mut self.stream).poll_read(cx, buf);
        }
        let taken = self.ahead.len().min(buf.remaining());
        buf.put_slice(&self.ahead.split_to(taken));
        if self.ahead.is_empty() {
            self.ahead = BytesMut::new();
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Rewind<T> {
    pass_writes_to!(stream);
    pass_shutdown_to!(stream);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn gives_back_what_was_read_ahead_and_not_consumed() {
        let mut rewind = Rewind::new(&b"PROXY rest"[..]);
        assert_eq!(rewind.read_ahead().await.unwrap(), 10);
        rewind.consume(6);
        assert_eq!(rewind.ahead(), b"rest");
        let mut rest = String::new();
        rewind.read_to_string(&mut rest).await.unwrap();
        assert_eq!(rest, "rest");
    }
}
