//! Closes a stream without losing the last bytes that were sent (lingering close).
//!
//! If a byte is received for a closed socket, the kernel sends a reset and drops bytes that it has not delivered yet. An HTTP/2
//! visitor does send bytes (a `WINDOW_UPDATE`, a PING) during the last response; an HTTP/1.1 visitor may still be sending the
//! body of a request that is answered already. So octroi closes its sending half first, and then reads and discards bytes until
//! the visitor has closed theirs (RFC 9112 §9.6). The connection's timeouts bound how long that takes
//! ([`Phase::End`](super::deadline::Phase::End)), [`MOST_DISCARDED`] how much is read.

use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::progress::ConnectionProgress;
use crate::net::write_half::pass_writes_to;

/// How many bytes are read and discarded at once: a record of TLS.
const DISCARDED_AT_ONCE: usize = 16 << 10;
/// How many bytes are discarded in all. Who stops when the answer comes has at most what the buffers of both kernels hold still
/// under way: with Linux's defaults 4 MiB at the sender and 6 MiB at the receiver (`tcp_wmem`, `tcp_rmem`).
const MOST_DISCARDED: usize = 16 << 20;

/// A stream that lingers when it is shut down.
pub(in crate::server) struct Lingering<T> {
    /// The stream of HTTP/1.1 or HTTP/2, over TLS or not.
    stream: T,
    progress: Arc<ConnectionProgress>,
    /// The sending half is closed.
    half_closed: bool,
    /// How many bytes may still be discarded.
    left: usize,
}

impl<T> Lingering<T> {
    /// Lingers only if the visitor may still send something, as `progress` knows.
    pub(in crate::server) fn new(stream: T, progress: Arc<ConnectionProgress>) -> Self {
        Self { stream, progress, half_closed: false, left: MOST_DISCARDED }
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
        let Self { stream, progress, half_closed, left } = &mut *self;
        if progress.has_stopped_lingering() {
            return Poll::Ready(Ok(()));
        }
        if !*half_closed {
            progress.half_closing();
            ready!(Pin::new(&mut *stream).poll_shutdown(cx))?;
            *half_closed = true;
        }
        if progress.requests.may_send_more() { poll_discard(stream, left, cx).map(Ok) } else { Poll::Ready(Ok(())) }
    }
}

/// Reads until the peer has closed, or nothing is `left` to be read.
fn poll_discard<T: AsyncRead + Unpin>(stream: &mut T, left: &mut usize, cx: &mut Context<'_>) -> Poll<()> {
    let mut discarded = [MaybeUninit::uninit(); DISCARDED_AT_ONCE];
    let mut buffer = ReadBuf::uninit(&mut discarded);
    while *left > 0 {
        buffer.clear();
        let read = ready!(Pin::new(&mut *stream).poll_read(cx, &mut buffer));
        if read.is_err() || buffer.filled().is_empty() {
            break;
        }
        *left = left.saturating_sub(buffer.filled().len());
    }
    Poll::Ready(())
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
        peer.write_all(&vec![0; 4 * DISCARDED_AT_ONCE]).await.unwrap();
        tokio::task::yield_now().await;
        assert!(!closing.is_finished());
        drop(peer);
        closing.await.unwrap().unwrap();
    }

    #[tokio::test(flavor = "current_thread")]
    async fn who_sends_on_without_end_is_not_waited_for() {
        let (mut peer, stream) = tokio::io::duplex(1 << 20);
        let mut stream = lingering(stream, Protocol::Http2);
        let closing = tokio::spawn(async move { stream.shutdown().await });
        let (piece, mut sent) = (vec![0; 64 << 10], 0);
        while sent < 2 * MOST_DISCARDED && peer.write_all(&piece).await.is_ok() {
            sent += piece.len();
        }
        assert!((MOST_DISCARDED..2 * MOST_DISCARDED).contains(&sent), "{sent}");
        closing.await.unwrap().unwrap();
    }
}
