//! HTTP/1.1 to the connection's end: hyper serves the requests, one after the other; what it does not do is done here.
//!
//! An idle connection is parked: hyper is taken apart, and what is left are the stream and its deadlines, because hyper keeps
//! its buffers as long as a connection is open, and browsers keep theirs open for minutes. The next byte begins with a new
//! hyper. A connection is parked only between two requests: every head that came was served, every body was read to its
//! end, and no response said that it is the last one ([`Activity::may_rest`]). So there is nothing in hyper to lose.
//!
//! A head that is refused is hidden from hyper, which would answer without a page: it is taken apart, too, and a plain
//! request stands in for the refused one, which the service answers.
//!
//! hyper prepares an upgrade for each request that asks for one. If its connection ends while one is prepared, it does not
//! close the stream but hands it to the upgrade, whatever the answer was. So a stream without an upgrade is closed here.

use std::error::Error;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::rt::Write;
use hyper::service::HttpService;
use tokio::io::{AsyncRead, AsyncWrite};

use super::close_reason::Ending;
use super::preface::{self, Graceful};
use super::progress::Activity;
use super::timeouts::{Driven, Watch};
use crate::config::Limits;
use crate::net::prefixed::Rewind;

/// A visitor who sends more often than this is never made to wait for a new hyper.
const RESTS_AFTER: Duration = Duration::from_millis(25);
/// What hyper reads in place of a head that is refused.
const STAND_IN: &[u8] = b"- * HTTP/1.1\r\nconnection: close\r\n\r\n";

/// Serves HTTP/1.1 to the connection's end. `shows_end`: of the stream.
pub(in crate::server) async fn serve_http1<T, S, B>(
    watch: &mut Watch<'_>,
    activity: &Activity,
    limits: &Limits,
    shows_end: bool,
    stream: T,
    mut service: S,
) -> Result<(), Ending>
where
    T: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    S: HttpService<Incoming, ResBody = B> + Unpin,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    B: Body + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let mut stream = Rewind::new(stream);
    loop {
        // hyper does not outlive this block, or parking would save nothing.
        let (parts, refused) = {
            let hyper = preface::http1(limits, shows_end).serve_connection(preface::io(stream), service);
            let mut hyper = Box::new(hyper.with_upgrades());
            match watch.drive_until_idle(Pin::new(&mut *hyper), Some(RESTS_AFTER)).await? {
                Driven::Ended(Ok(())) => break,
                Driven::Ended(Err(error)) => {
                    let error = Ending::from(error);
                    // A head that hyper itself has answered ends the connection well.
                    if let Some(parts) = hyper.into_parts().filter(|_| error.answered().is_some()) {
                        let _ = Box::pin(close(watch, parts.io)).await;
                    }
                    return Err(error);
                }
                Driven::Idle => (hyper.into_parts(), false),
                Driven::Refused => (hyper.into_parts(), true),
            }
        };
        let Some(parts) = parts else { break };
        (stream, service) = (parts.io.into_inner(), parts.service);
        if refused {
            activity.requests.answer_refusal();
            stream.give_back(STAND_IN);
        } else if matches!(&*parts.read_buf, b"" | b"\r\n") {
            // An empty line in front of a head is none of it (RFC 9112 §2.2).
            watch.drive_until_idle(pin!(Rest { stream: &mut stream, ends: false }), None).await?;
        } else {
            return Err(Ending::Unread);
        }
    }
    let Some(upgrade) = activity.requests.take_upgrade() else { return Ok(()) };
    match upgrade.await {
        Ok(stream) => Box::pin(close(watch, stream)).await,
        Err(_) => Ok(()),
    }
}

/// Closes a stream that hyper has left open.
async fn close<T: Write + Unpin>(watch: &mut Watch<'_>, stream: T) -> Result<(), Ending> {
    watch.drive_until_idle(pin!(Closing(stream)), None).await.map(drop)
}

/// Ends when there is something to do: a byte, the end of the stream or a fault, or that the connection has to end. All of
/// that is hyper's to see.
struct Rest<'a, T> {
    stream: &'a mut Rewind<T>,
    ends: bool,
}

impl<T: AsyncRead + AsyncWrite + Unpin> Future for Rest<'_, T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.ends {
            return Poll::Ready(());
        }
        // TLS may still have something to send; where it cannot, the read says so.
        let _ = pin!(&mut *self.stream).poll_flush(cx);
        ready!(self.stream.poll_ahead(cx));
        Poll::Ready(())
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> Graceful for Rest<'_, T> {
    fn tell_to_end(mut self: Pin<&mut Self>) {
        self.ends = true;
    }
}

/// Ends when a stream is closed.
struct Closing<T>(T);

impl<T: Write + Unpin> Future for Closing<T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // A visitor who is gone needs no end.
        Pin::new(&mut self.0).poll_shutdown(cx).map(drop)
    }
}

impl<T: Write + Unpin> Graceful for Closing<T> {
    fn tell_to_end(self: Pin<&mut Self>) {}
}
