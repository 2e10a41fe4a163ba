//! The stream in front of hyper: passes bytes on until one of them is refused.
//!
//! hyper itself answers a request that it cannot read (400, after the responses that are still due, and the connection
//! is closed), and reports a response that it cannot. So a head that is refused is ended with bytes that no head can
//! hold, in place of the byte that was refused and all after it. Within a body the stream breaks off: the message is
//! never complete.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{Refusal, Strict};
use crate::write_half::{pass_shutdown_to, pass_writes_to};

/// A NUL is an error wherever it stands in a head; the empty line makes hyper look.
const SPOILER: &[u8] = b"\0\r\n\r\n";

/// A stream whose bytes are read strictly before their owner gets them.
pub struct Guarded<T, S> {
    stream: T,
    reader: S,
    refused: Option<Refused>,
}

/// What is left to say after a refusal.
enum Refused {
    Head { spoiler: &'static [u8] },
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
        let Err(super::Refused { taken, within_head, why }) = self.reader.read(came) else { return };
        tracing::debug!(reason = %why, "bytes were refused");
        buf.set_filled(before.saturating_add(taken));
        self.refused = Some(if within_head { Refused::Head { spoiler: SPOILER } } else { Refused::Body(why) });
    }
}

impl Refused {
    fn read(&mut self, buf: &mut ReadBuf<'_>) -> io::Result<()> {
        match self {
            Self::Head { spoiler } => {
                let count = spoiler.len().min(buf.remaining());
                let (now, later) = spoiler.split_at(count);
                buf.put_slice(now);
                *spoiler = later;
                Ok(())
            }
            Self::Body(why) => Err(io::Error::new(io::ErrorKind::InvalidData, *why)),
        }
    }
}

impl<T: AsyncRead + Unpin, S: Strict + Unpin> AsyncRead for Guarded<T, S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        if self.refused.is_none() {
            ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
            self.inspect(buf, before);
        }
        match &mut self.refused {
            // What is fine goes first.
            Some(refused) if buf.filled().len() == before => Poll::Ready(refused.read(buf)),
            _ => Poll::Ready(Ok(())),
        }
    }
}

impl<T: AsyncWrite + Unpin, S: Unpin> AsyncWrite for Guarded<T, S> {
    pass_writes_to!(stream);
    pass_shutdown_to!(stream);
}
