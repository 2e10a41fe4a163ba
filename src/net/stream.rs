//! A stream of bytes of any kind: TCP, a Unix socket, or TLS over either.

use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::UnixStream;

use super::tcp::TcpConnection;
use super::tls::TlsConnection;

/// What a visitor's connection reads and writes. It is used as `Box<dyn Stream>`: one dynamic call for each read or write,
/// instead of a copy of hyper's code for each kind of stream.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {
    /// Makes the next close abortive (over TCP a reset), so that the peer does not take the end for that of a complete message.
    /// Does nothing if a plain close shows that already.
    fn break_off(&self) {}

    /// Whether [`poll_end`](Self::poll_end) works. If not, only a read shows the end of the stream.
    fn shows_end(&self) -> bool {
        false
    }

    /// Waits for what comes next, without reading it: `true` for the end of the stream or an error, `false` for a byte.
    /// Never ready if the stream does not show its end.
    fn poll_end(&mut self, _: &mut Context<'_>) -> Poll<bool> {
        Poll::Pending
    }
}

impl Stream for TcpConnection {
    fn break_off(&self) {
        // An error means that the socket is broken already.
        let _ = self.get_ref().set_zero_linger();
    }

    fn shows_end(&self) -> bool {
        true
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        let mut byte = [0];
        let peeked = self.get_ref().poll_peek(cx, &mut ReadBuf::new(&mut byte));
        peeked.map(|peeked| !matches!(peeked, Ok(1..)))
    }
}

impl Stream for UnixStream {}

/// A missing `close_notify` already marks a truncation (RFC 8446 §6.1).
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for TlsConnection<T> {
    fn shows_end(&self) -> bool {
        true
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        let next = self.poll_next(cx);
        next.map(|content| !matches!(content, Ok([_, ..])))
    }
}

impl Stream for Box<dyn Stream> {
    fn break_off(&self) {
        self.as_ref().break_off();
    }

    fn shows_end(&self) -> bool {
        self.as_ref().shows_end()
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        self.as_mut().poll_end(cx)
    }
}

#[cfg(test)]
impl Stream for tokio::io::DuplexStream {}
