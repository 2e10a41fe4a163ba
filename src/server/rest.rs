//! Rest: an idle HTTP/1.1 connection gives back the memory of the machinery that serves it.
//!
//! hyper keeps its buffers, and the room for a request under way, as long as a connection is open; browsers keep theirs
//! open for minutes. What is left while one rests is its stream and its deadlines. The next byte wakes it.

use std::error::Error;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::server::conn::http1::Parts;
use hyper::service::HttpService;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

use super::ending::Ending;
use super::patience::Watch;
use super::protocol::{self, Graceful};
use super::transport::Rewind;
use crate::config::Limits;

/// A visitor who sends more often than this is never made to wait for new machinery.
const RESTS_AFTER: Duration = Duration::from_millis(25);

/// Serves HTTP/1.1 to the connection's end. `shows_end`: of the stream.
pub(super) async fn serve_http1<T, S, B>(
    watch: &mut Watch<'_>,
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
        // Nothing of the machinery outlives this block, or a rest would save nothing.
        let parts = {
            let machinery = protocol::http1(limits, shows_end).serve_connection(protocol::io(stream), service);
            let mut machinery = Box::new(machinery.with_upgrades());
            let served = watch.drive_until_idle(Pin::new(&mut *machinery), Some(RESTS_AFTER)).await?;
            if let Some(ended) = served {
                return Ok(ended?);
            }
            machinery.into_parts()
        };
        let Some(parts) = parts else { return Ok(()) };
        (stream, service) = taken_back(parts);
        watch.drive(Rest { stream: &mut stream, ends: false }).await?;
    }
}

/// The stream, with all bytes that hyper has not used, and the service.
fn taken_back<T: AsyncRead + Unpin, S>(parts: Parts<TokioIo<Rewind<T>>, S>) -> (Rewind<T>, S) {
    let mut stream = parts.io.into_inner();
    stream.give_back(&parts.read_buf);
    (stream, parts.service)
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
