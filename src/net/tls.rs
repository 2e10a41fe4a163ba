//! TLS with visitors: a session in which a write is done when its records were handed to the kernel.
//!
//! rustls accepts content that the kernel does not take yet, up to a limit of its own. The writer would take it for sent, and
//! read more from the portal. Here the writer keeps content that a visitor does not read, as without TLS, so that it is counted
//! and bounded.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncBufRead, AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::server::TlsStream;

use super::write_half::pass_shutdown_to;

/// A visitor's TLS session. A write that is pending must be repeated with content that begins with the same bytes: they are
/// encrypted already.
pub(crate) struct TlsConnection<T> {
    session: TlsStream<T>,
    /// How many bytes of content are encrypted while not all of their records are sent. The writer is told of them later.
    encrypted: usize,
}

impl<T> From<TlsStream<T>> for TlsConnection<T> {
    fn from(session: TlsStream<T>) -> Self {
        Self { session, encrypted: 0 }
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> TlsConnection<T> {
    /// The next bytes to read, which stay in the session; empty at the end.
    ///
    /// # Errors
    /// Those of the socket, and records that TLS refuses. An end without `close_notify` is one, too.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        Pin::new(&mut self.session).poll_fill_buf(cx)
    }

    /// Encrypts by `write`, unless the content begins with bytes that are encrypted already, and waits until all is sent.
    fn poll_through(
        &mut self,
        cx: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TlsStream<T>>, &mut Context<'_>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if self.encrypted == 0 {
            self.encrypted = ready!(write(Pin::new(&mut self.session), cx))?;
        }
        if self.session.get_ref().1.wants_write() {
            ready!(Pin::new(&mut self.session).poll_flush(cx))?;
        }
        Poll::Ready(Ok(std::mem::take(&mut self.encrypted)))
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncRead for TlsConnection<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.session).poll_read(cx, buf)
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncWrite for TlsConnection<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_through(cx, |session, cx| session.poll_write(cx, buf))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_through(cx, |session, cx| session.poll_write_vectored(cx, bufs))
    }

    fn is_write_vectored(&self) -> bool {
        self.session.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.session).poll_flush(cx)
    }

    pass_shutdown_to!(session);
}
