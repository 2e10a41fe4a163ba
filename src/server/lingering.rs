//! A stream that is closed without losing what is still on its way.
//!
//! If a socket is closed and the peer sends one more byte, the kernel answers with a reset and throws away what it has not
//! delivered yet. An HTTP/2 visitor does send, a `WINDOW_UPDATE` or a PING, while the end of the last response is under way;
//! an HTTP/1.1 visitor may still be sending the body of a request that is answered already. So the sending half is closed
//! first, and what comes is read and thrown away until the visitor has closed theirs (RFC 9112 §9.6).

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

use super::activity::Activity;
use crate::write_half::pass_writes_to;

/// How long a visitor may go on sending who has not closed yet.
const LONGEST: Duration = Duration::from_mins(1);
const DISCARDED_AT_ONCE: usize = 1024;

/// A stream that lingers when it is shut down.
pub(super) struct Lingering<T> {
    stream: T,
    /// How long the visitor may be silent who has not closed yet.
    silence: Duration,
    activity: Arc<Activity>,
    /// Once the sending half is closed.
    patience: Option<Patience>,
}

struct Patience {
    end: Instant,
    silence: Duration,
    timer: Pin<Box<Sleep>>,
}

impl<T> Lingering<T> {
    /// Lingers only if bytes of the visitor may still come, as `activity` knows.
    pub(super) fn new(stream: T, silence: Duration, activity: Arc<Activity>) -> Self {
        Self { stream, silence, activity, patience: None }
    }
}

impl Patience {
    fn new(silence: Duration) -> Self {
        Self { end: Instant::now() + LONGEST, silence, timer: Box::pin(sleep(silence)) }
    }

    /// Reads until the peer has closed, or long enough.
    fn poll_end<T: AsyncRead + Unpin>(&mut self, stream: &mut T, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            let mut discarded = [0; DISCARDED_AT_ONCE];
            let mut buffer = ReadBuf::new(&mut discarded);
            match Pin::new(&mut *stream).poll_read(cx, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    self.timer.as_mut().reset(self.end.min(Instant::now() + self.silence));
                }
                Poll::Ready(_) => return Poll::Ready(()),
                Poll::Pending => return self.timer.as_mut().poll(cx),
            }
        }
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
        let Self { stream, silence, activity, patience } = &mut *self;
        if patience.is_none() {
            ready!(Pin::new(&mut *stream).poll_shutdown(cx))?;
            if !activity.requests.may_send_more() {
                return Poll::Ready(Ok(()));
            }
        }
        patience.get_or_insert_with(|| Patience::new(*silence)).poll_end(stream, cx).map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    fn lingering<T>(stream: T, silence: Duration, http1: bool) -> Lingering<T> {
        Lingering::new(stream, silence, Activity::new(Instant::now(), http1, None))
    }

    #[tokio::test(flavor = "current_thread")]
    async fn nobody_is_waited_for_between_two_requests() {
        let (_peer, stream) = tokio::io::duplex(64);
        lingering(stream, Duration::from_hours(1), true).shutdown().await.unwrap();
    }

    #[tokio::test(flavor = "current_thread")]
    async fn the_end_waits_for_the_peers_and_swallows_what_comes_before() {
        let (mut peer, stream) = tokio::io::duplex(64);
        let mut stream = lingering(stream, Duration::from_hours(1), false);
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

    #[tokio::test(flavor = "current_thread")]
    async fn a_peer_that_never_closes_is_not_waited_for_for_ever() {
        let (_peer, stream) = tokio::io::duplex(64);
        lingering(stream, Duration::from_millis(1), false).shutdown().await.unwrap();
    }
}
