//! Protocol upgrades: which are asked for and granted in good order, and the tunnel that follows.
//!
//! Only WebSocket is let through (RFC 6455): another protocol would carry requests past the proxy, `h2c` first of all.

use std::cell::Cell;
use std::io;
use std::time::Duration;

use http::header::{CONNECTION, UPGRADE};
use http::{HeaderMap, HeaderValue, Response, StatusCode, Version};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split};
use tokio::time::Instant;

use super::exchange::{Exchange, Termination};
use crate::drain::Drain;
use crate::upstream::{Lease, silence};

const WEBSOCKET: &[u8] = b"websocket";
/// One such buffer for each direction of a tunnel.
const BUFFER_BYTES: usize = 16 << 10;

/// The protocol that a request asks to switch to, where octroi passes that on: the value for `Upgrade`.
pub(super) fn requested(headers: &HeaderMap, version: Version) -> Option<HeaderValue> {
    (version == Version::HTTP_11).then_some(())?;
    protocol(headers).filter(|protocol| protocol.as_bytes().eq_ignore_ascii_case(WEBSOCKET)).cloned()
}

/// Whether a response switches to the protocol that was asked for (RFC 9110 §7.8).
pub(super) fn accepted<B>(requested: &HeaderValue, response: &Response<B>) -> bool {
    response.status() == StatusCode::SWITCHING_PROTOCOLS
        && protocol(response.headers())
            .is_some_and(|protocol| protocol.as_bytes().eq_ignore_ascii_case(requested.as_bytes()))
}

/// The one value of `Upgrade`, where `Connection` lists it.
fn protocol(headers: &HeaderMap) -> Option<&HeaderValue> {
    let mut options = headers.get_all(CONNECTION).iter().flat_map(|line| line.as_bytes().split(|&byte| byte == b','));
    let listed = options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"upgrade"));
    let mut protocols = headers.get_all(UPGRADE).iter();
    protocols.next().filter(|_| listed && protocols.next().is_none())
}

/// Both ends of a tunnel, and what goes with it.
pub(super) struct Tunnel {
    /// The visitor's connection, once the 101 has gone out.
    pub(super) downstream: OnUpgrade,
    /// The portal's connection.
    pub(super) upstream: OnUpgrade,
    /// The end of a tunnel in which no byte moves for so long.
    pub(super) idle: Option<Duration>,
    /// Keeps the process until the tunnel has ended, or the drain's deadline has come.
    pub(super) drain: Drain,
    /// Records itself when the tunnel ends.
    pub(super) exchange: Exchange,
    /// Counts the tunnel as load of its endpoint.
    pub(super) lease: Lease,
}

impl Tunnel {
    /// Carries bytes both ways until both sides have ended, one breaks off, or nothing moves for too long. Spawn it
    /// locally before the 101 is returned.
    pub(super) async fn run(self) {
        let Self { downstream, upstream, idle, drain, mut exchange, lease } = self;
        match tokio::try_join!(downstream, upstream) {
            Ok((downstream, upstream)) => {
                let (downstream, upstream) = (TokioIo::new(downstream), TokioIo::new(upstream));
                let end = relay(downstream, upstream, idle, |bytes| exchange.sent(bytes)).await;
                exchange.ended(end);
            }
            Err(error) => tracing::debug!(%error, "an upgrade did not come about"),
        }
        drop((drain, lease));
    }
}

/// Relays both directions; `sent` learns of the bytes that went to the visitor.
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
        () = silence(idle, || moved.get()) => Termination::BodyTimeout,
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

/// A peer that has closed its connection needs no end.
fn tolerate_closed(shutdown: io::Result<()>) -> io::Result<()> {
    match shutdown {
        Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::duplex;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for &(name, value) in lines {
            map.append(name, HeaderValue::from_static(value));
        }
        map
    }

    #[test]
    fn only_a_plain_websocket_upgrade_is_passed_on() {
        let good = headers(&[("connection", "keep-alive, Upgrade"), ("upgrade", "WebSocket")]);
        assert_eq!(requested(&good, Version::HTTP_11).unwrap(), "WebSocket");
        assert_eq!(requested(&good, Version::HTTP_10), None);
        for bad in [
            headers(&[("upgrade", "websocket")]),
            headers(&[("connection", "upgrade")]),
            headers(&[("connection", "upgrade"), ("upgrade", "h2c")]),
            headers(&[("connection", "upgrade"), ("upgrade", "websocket, h2c")]),
            headers(&[("connection", "upgrade"), ("upgrade", "websocket"), ("upgrade", "websocket")]),
        ] {
            assert_eq!(requested(&bad, Version::HTTP_11), None, "{bad:?}");
        }
    }

    #[test]
    fn the_portal_must_switch_to_what_was_asked_for() {
        let asked = HeaderValue::from_static("websocket");
        let answer = |status: u16, lines: &[(&'static str, &'static str)]| {
            let mut response = Response::new(());
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            *response.headers_mut() = headers(lines);
            response
        };
        let good = [("connection", "upgrade"), ("upgrade", "WebSocket")];
        assert!(accepted(&asked, &answer(101, &good)));
        assert!(!accepted(&asked, &answer(200, &good)));
        assert!(!accepted(&asked, &answer(101, &[("connection", "upgrade"), ("upgrade", "h2c")])));
        assert!(!accepted(&asked, &answer(101, &[("upgrade", "websocket")])));
    }

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
