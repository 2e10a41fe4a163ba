//! Closes a stream without losing the last bytes that were sent (lingering close).
//!
//! If a byte is received for a closed socket, the kernel sends a reset and drops bytes that it has not delivered yet. An HTTP/2
//! visitor does send bytes (a `WINDOW_UPDATE`, a PING) during the last response; an HTTP/1.1 visitor may still be sending the
//! body of a request that is answered already. So octroi closes its sending half first, and then reads and discards bytes until
//! the visitor has closed theirs (RFC 9112 §9.6). The connection's timeouts bound how long that takes
//! ([`Phase::End`](super::deadline::Phase::End)).

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::progress::ConnectionProgress;
use crate::net::write_half::pass_writes_to;

/// How many bytes are read and discarded at once.
const DISCARDED_AT_ONCE: usize = 1024;

/// A stream that lingers when it is shut down.
pub(in crate::server) struct Lingering<T> {
    /// The stream of HTTP/1.1 or HTTP/2, over TLS or not.
    stream: T,
    progress: Arc<ConnectionProgress>,
    /// The sending half is closed.
    half_closed: bool,
}

impl<T> Lingering<T> {
    /// Lingers only if the visitor may still send something, as `progress` knows.
    pub(in crate::server) fn new(stream: T, progress: Arc<ConnectionProgress>) -> Self {
        Self { stream, progress, half_closed: false }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Lingering<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Lingering<T> {
    pass_writes_to!(stream);

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { stream, progress, half_closed } = &mut *self;
        if progress.has_stopped_lingering() {
            return Poll::Ready(Ok(()));
        }
        if !*half_closed {
            progress.half_closing();
            ready!(Pin::new(&mut *stream).poll_shutdown(cx))?;
            *half_closed = true;
        }
        if progress.requests.may_send_more() { poll_discard(stream, cx).map(Ok) } else { Poll::Ready(Ok(())) }
    }
}

/// Reads until the peer has closed.
fn poll_discard<T: AsyncRead + Unpin>(stream: &mut T, cx: &mut Context<'_>) -> Poll<()> {
    loop {
        let mut discarded = [0; DISCARDED_AT_ONCE];
        let mut buffer = ReadBuf::new(&mut discarded);
        let read = ready!(Pin::new(&mut *stream).poll_read(cx, &mut buffer));
        if read.is_err() || buffer.filled().is_empty() {
            return Poll::Ready(());
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::time::Instant;

    use super::*;
    use crate::net::idle_timeout::IdleTimeout;
    use crate::server::connection::preface::Protocol;

    fn lingering<T>(stream: T, protocol: Protocol) -> Lingering<T> {
        Lingering::new(stream, ConnectionProgress::new(Instant::now(), protocol, IdleTimeout::default()))
    }

    #[tokio::test(flavor = "current_thread")]
    async fn nobody_is_waited_for_between_two_requests() {
        let (_peer, stream) = tokio::io::duplex(64);
        lingering(stream, Protocol::Http1).shutdown().await.unwrap();
    }

    #[tokio::test(flavor = "current_thread")]
    async fn the_end_waits_for_the_peers_and_swallows_what_comes_before() {
        let (mut peer, stream) = tokio::io::duplex(64);
        let mut stream = lingering(stream, Protocol::Http2);
        stream.write_all(b"last").await.unwrap();
        let closing = tokio::spawn(async move { stream.shutdown().await });
        let mut read = Vec::new();
        peer.read_to_end(&mut read).await.unwrap();
        assert_eq!(read, b"last");
        peer.write_all(&[0; 4 * DISCARDED_AT_ONCE]).await.unwrap();
        tokio::task::yield_now().await;
        assert!(!closing.is_finished());
        drop(peer);
        closing.await.unwrap().unwrap();
    }
}
