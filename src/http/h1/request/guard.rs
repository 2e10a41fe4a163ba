//! The stream in front of hyper: passes bytes on until one of them is refused.
//!
//! Within a head the stream falls silent at the byte that is refused: hyper finds no further request, and whoever holds the
//! reader answers once the responses before it are through. Within a body the stream breaks off with an error: the message
//! is never complete.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::http::h1::{Refusal, Strict};
use crate::net::write_half::{pass_shutdown_to, pass_writes_to};

/// A stream whose bytes are read strictly before their owner gets them.
pub struct Guarded<T, S> {
    stream: T,
    reader: S,
    refused: Option<Refused>,
}

/// What follows the last byte that is fine.
enum Refused {
    /// Nothing, for ever.
    Head,
    /// An error.
    Body(Refusal),
}

impl<T, S: Strict> Guarded<T, S> {
    /// From the first byte of a connection on.
    pub fn new(stream: T, reader: S) -> Self {
        Self { stream, reader, refused: None }
    }

    /// Keeps of the bytes that came those that are fine.
    fn inspect(&mut self, buf: &mut ReadBuf<'_>, before: usize) {
        let came = buf.filled().get(before..).unwrap_or_default();
        let Err(crate::http::h1::Refused { taken, within_head, why }) = self.reader.read(came) else { return };
        tracing::debug!(reason = %why, "bytes were refused");
        buf.set_filled(before.saturating_add(taken));
        self.refused = Some(if within_head { Refused::Head } else { Refused::Body(why) });
    }
}

impl<T: AsyncRead + Unpin, S: Strict + Unpin> AsyncRead for Guarded<T, S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        if self.refused.is_none() {
            ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
            self.inspect(buf, before);
        }
        match &self.refused {
            None => Poll::Ready(Ok(())),
            // What is fine goes first.
            Some(_) if buf.filled().len() > before => Poll::Ready(Ok(())),
            Some(Refused::Head) => Poll::Pending,
            Some(Refused::Body(why)) => Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, *why))),
        }
    }
}

impl<T: AsyncWrite + Unpin, S: Unpin> AsyncWrite for Guarded<T, S> {
    pass_writes_to!(stream);
    pass_shutdown_to!(stream);
}
