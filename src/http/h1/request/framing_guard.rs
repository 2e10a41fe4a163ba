//! The framing guard: a stream in front of hyper that hands bytes on only up to the first one that is refused.
//!
//! If that byte is in a head, the stream stays pending after it, so that hyper finds no further request, and the connection
//! answers the refusal after the responses before it. If it is in a body, the stream fails, so that hyper takes the message for
//! incomplete.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::http::h1::{Refusal, Refused};
use crate::net::write_half::{pass_shutdown_to, pass_writes_to};

/// A stream whose bytes are read by `R` before they are handed on.
pub struct FramingGuard<T, R> {
    stream: T,
    read: R,
    end: Option<End>,
}

/// What follows the last byte that was handed on.
enum End {
    /// Nothing: the stream stays pending.
    WithinHead,
    /// An error.
    WithinBody(Refusal),
}

impl<T, R: FnMut(&[u8]) -> Result<(), Refused>> FramingGuard<T, R> {
    /// Guards a connection from its first byte on. `read` is given each byte once, in order, and nothing after an error.
    pub fn new(stream: T, read: R) -> Self {
        Self { stream, read, end: None }
    }

    /// Checks the bytes that were read after the first `before`, and cuts them off at the first one that is refused.
    fn inspect(&mut self, buf: &mut ReadBuf<'_>, before: usize) {
        let came = buf.filled().get(before..).unwrap_or_default();
        let Err(Refused { taken, within_head, why }) = (self.read)(came) else { return };
        tracing::debug!(reason = %why, "bytes were refused");
        buf.set_filled(before.saturating_add(taken));
        self.end = Some(if within_head { End::WithinHead } else { End::WithinBody(why) });
    }
}

impl<T: AsyncRead + Unpin, R: FnMut(&[u8]) -> Result<(), Refused> + Unpin> AsyncRead for FramingGuard<T, R> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        if self.end.is_none() {
            ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
            self.inspect(buf, before);
        }
        match &self.end {
            None => Poll::Ready(Ok(())),
            // What is sound is handed on first.
            Some(_) if buf.filled().len() > before => Poll::Ready(Ok(())),
            Some(End::WithinHead) => Poll::Pending,
            Some(End::WithinBody(why)) => Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, *why))),
        }
    }
}

impl<T: AsyncWrite + Unpin, R: Unpin> AsyncWrite for FramingGuard<T, R> {
    pass_writes_to!(stream);
    pass_shutdown_to!(stream);
}
