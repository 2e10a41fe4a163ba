//! The tunnel after a switch of protocols: copies bytes in both directions until its end.
//!
//! Its bytes are not judged, because cookies are sent in the handshake only.

use std::any::Any;
use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::Extensions;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf, split};
use tokio::time::Instant;

use crate::drain::Drain;
use crate::net::idle_timeout::IdleTimeout;
use crate::net::write_half::{pass_shutdown_to, pass_writes_to};
use crate::proxy::exchange::Exchange;
use crate::proxy::termination::Termination;
use crate::upstream::{Lease, Switched};

/// Size of the buffer for each direction of a tunnel.
const BUFFER_BYTES: usize = 16 << 10;

/// Keeps the visitor's connection from being idle while a tunnel lives. The server puts it into the extensions of a request
/// whose tunnel would be one of several streams, because hyper counts such a request as ended once it is answered.
#[derive(Clone)]
pub struct InFlight {
    _held: Arc<dyn Any + Send + Sync>,
}

impl InFlight {
    /// `held` is dropped when the request is over, and its tunnel.
    pub fn new(held: impl Any + Send + Sync) -> Self {
        Self { _held: Arc::new(held) }
    }
}

/// The visitor's side of a switch of protocols.
pub(in crate::proxy) struct VisitorSide {
    upgrade: Option<OnUpgrade>,
    in_flight: Option<InFlight>,
}

impl VisitorSide {
    /// Takes it out of a request's extensions.
    pub(in crate::proxy) fn of(extensions: &mut Extensions) -> Self {
        Self { upgrade: extensions.remove(), in_flight: extensions.remove() }
    }
}

/// Both ends of a tunnel, and what goes with it.
pub(in crate::proxy) struct Tunnel {
    /// The visitor's connection or stream, once the answer has been sent.
    pub(in crate::proxy) downstream: VisitorSide,
    /// The portal's connection.
    pub(in crate::proxy) upstream: Switched,
    /// The tunnel is ended if no byte moves for this long.
    pub(in crate::proxy) idle: Option<Duration>,
    /// Keeps the process until the tunnel has ended, or the drain's deadline has passed.
    pub(in crate::proxy) drain: Drain,
    /// Records itself when the tunnel ends.
    pub(in crate::proxy) exchange: Box<Exchange>,
    /// Counts the tunnel as load of its endpoint.
    pub(in crate::proxy) lease: Lease,
}

impl Tunnel {
    /// Copies bytes both ways until both sides have ended, one breaks off, or nothing moves for too long. Must be spawned
    /// before the answer is returned.
    pub(in crate::proxy) async fn run(self) {
        let Self { downstream, upstream, idle, drain, mut exchange, lease } = self;
        let VisitorSide { upgrade, in_flight } = downstream;
        let Some(upgrade) = upgrade else { return };
        match upgrade.await {
            Ok(downstream) => {
                let downstream = EndChecked::new(TokioIo::new(downstream));
                let end = relay(downstream, upstream, idle, |bytes| exchange.sent(bytes)).await;
                exchange.ended(end);
            }
            Err(error) => tracing::debug!(%error, "an upgrade did not come about"),
        }
        drop((drain, lease, in_flight));
    }
}

/// Relays both directions. `sent` is called with the number of bytes that were sent to the visitor.
async fn relay(
    downstream: impl AsyncRead + AsyncWrite,
    upstream: impl AsyncRead + AsyncWrite,
    idle: Option<Duration>,
    mut sent: impl FnMut(usize),
) -> Termination {
    let moved = Cell::new(Instant::now());
    let (mut from_visitor, mut to_visitor) = split(downstream);
    let (mut from_portal, mut to_portal) = split(upstream);
    let up = carry(&mut from_visitor, &mut to_portal, |_| moved.set(Instant::now()));
    let down = carry(&mut from_portal, &mut to_visitor, |bytes| {
        moved.set(Instant::now());
        sent(bytes);
    });
    let up = async { up.await.map_err(|broken| broken.blame(Termination::ClientClosed, Termination::UpstreamAborted)) };
    let down =
        async { down.await.map_err(|broken| broken.blame(Termination::UpstreamAborted, Termination::ClientClosed)) };
    tokio::select! {
        end = async { tokio::try_join!(up, down) } => end.map_or_else(|termination| termination, |_| Termination::Ok),
        () = IdleTimeout::new(idle).wait(|| moved.get()) => Termination::BodyTimeout,
    }
}

/// Which side of one direction broke off.
enum Broken {
    Source,
    Sink,
}

impl Broken {
    fn blame(self, source: Termination, sink: Termination) -> Termination {
        match self {
            Self::Source => source,
            Self::Sink => sink,
        }
    }
}

/// One direction, until its source ends; the end is passed on, the other direction stays open.
async fn carry(
    source: &mut (impl AsyncRead + Unpin),
    sink: &mut (impl AsyncWrite + Unpin),
    mut carried: impl FnMut(usize),
) -> Result<(), Broken> {
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let read = source.read(&mut buffer).await.map_err(|_| Broken::Source)?;
        let bytes = buffer.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            return tolerate_closed(sink.shutdown().await).map_err(|_| Broken::Sink);
        }
        sink.write_all(bytes).await.map_err(|_| Broken::Sink)?;
        sink.flush().await.map_err(|_| Broken::Sink)?;
        carried(read);
    }
}

/// Not an error: the peer has closed its connection already.
fn tolerate_closed(shutdown: io::Result<()>) -> io::Result<()> {
    match shutdown {
        Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(()),
        other => other,
    }
}

/// Checks how a stream ended: hyper shows a cancelled stream of HTTP/2 as one that ended well. Otherwise the tunnel of a
/// visitor who has left would wait for the portal, which may send nothing more.
struct EndChecked<T> {
    stream: T,
    ended: bool,
}

impl<T> EndChecked<T> {
    fn new(stream: T) -> Self {
        Self { stream, ended: false }
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncRead for EndChecked<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        if buf.filled().len() > before || buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        if !self.ended {
            // The task that writes the stream learns of the cancellation in the same turn, perhaps after this one.
            self.ended = true;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        match Pin::new(&mut self.stream).poll_flush(cx) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            _ => Poll::Ready(Ok(())),
        }
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for EndChecked<T> {
    pass_writes_to!(stream);
    pass_shutdown_to!(stream);
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::duplex;

    #[tokio::test]
    async fn a_tunnel_half_closes() {
        let (mut visitor, downstream) = duplex(64);
        let (mut portal, upstream) = duplex(64);
        let mut counted = 0;
        let tunnel = relay(downstream, upstream, None, |bytes| counted += bytes);
        let talk = async {
            visitor.write_all(b"question").await.unwrap();
            visitor.shutdown().await.unwrap();
            let mut question = String::new();
            portal.read_to_string(&mut question).await.unwrap();
            assert_eq!(question, "question");
            portal.write_all(b"a long answer, after the end of the question").await.unwrap();
            drop(portal);
            let mut answer = String::new();
            visitor.read_to_string(&mut answer).await.unwrap();
            answer
        };
        let (end, answer) = tokio::join!(tunnel, talk);
        assert_eq!((end, counted), (Termination::Ok, answer.len()));
    }

    #[tokio::test]
    async fn a_silent_tunnel_ends() {
        let (_visitor, downstream) = duplex(64);
        let (_portal, upstream) = duplex(64);
        let end = relay(downstream, upstream, Some(Duration::from_millis(1)), |_| {}).await;
        assert_eq!(end, Termination::BodyTimeout);
    }
}
