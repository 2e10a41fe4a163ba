//! One connection: who is at the other end, which protocol is spoken, and how long each phase may last.
//!
//! First come the PROXY header, the TLS handshake (or `clear_text`, which refuses plain HTTP) and the `preface`, which tells
//! the protocol; all of them under the header timeout. A handshake may be an `acme_challenge`. Then `http1` or `http2` lets
//! hyper serve the requests, within the `head_limits`. `idle_parking` frees the buffers of an idle HTTP/1.1 connection. Over
//! HTTP/2 each request is an `h2_stream`, whose writes are joined (`net::coalesce`). `unsent_heads` are
//! counted. `lingering` closes without losing the last response.
//!
//! `timeouts` ends a connection on which nothing moves, for a `close_reason`. `progress_io` records every movement in `progress`
//! and `request_progress` (made of `relaxed_cell`s), and `deadline` decides by them. The timer is polled only when it was woken
//! (`lazy_poll`).
//!
//! Futures that are needed only for a while are boxed, because an idle connection needs memory for all of its futures.

pub(super) mod acme_challenge;
pub(super) mod clear_text;
pub(super) mod close_reason;
pub(super) mod deadline;
pub(super) mod h2_stream;
pub(super) mod head_limits;
pub(super) mod http1;
pub(super) mod http2;
pub(super) mod idle_parking;
pub(super) mod lazy_poll;
pub(super) mod lingering;
pub(super) mod preface;
pub(super) mod progress;
pub(super) mod progress_io;
pub(super) mod relaxed_cell;
pub(super) mod request_progress;
pub(super) mod timeouts;
pub(super) mod unsent_heads;

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

use rustls::ServerConnection;
use tokio::time::{Instant, sleep, timeout_at};

use super::context::WorkerContext;
use super::handler::Handler;
use super::listener::Listening;
use super::listener::connection_limits::AddressPermit;
use super::listener::proxy_protocol::{self, Addresses, Announcement};
use crate::acme::Challenges;
use crate::config::{AcmeConfig, Limits, Timeouts};
use crate::net::prefixed::Prefixed;
use crate::net::stream::Stream;
use crate::net::tls::TlsConnection;
use crate::proxy::{Downstream, ForwardedCache, Trust};
use crate::upstream::Eviction;
use close_reason::CloseReason;
use deadline::{DRAIN_GRACE, FAR};
use preface::Protocol;

/// How many bytes rustls encrypts before some of them are sent: the content of one record (RFC 8446 §5.1).
const TLS_BUFFER: usize = 16 << 10;

/// What is known of a connection when it is accepted.
pub(super) struct ConnectionInfo {
    /// `None` on a Unix socket.
    pub(super) peer: Option<SocketAddr>,
    /// The address that the peer connected to.
    pub(super) local: Option<SocketAddr>,
    /// From which the header timeout counts.
    pub(super) accepted: Instant,
    /// The listener that accepted it.
    pub(super) listening: Arc<Listening>,
    /// As configured at that moment: a reload does not change them.
    pub(super) timeouts: Timeouts,
    pub(super) limits: Limits,
    /// Whose challenges are answered.
    pub(super) acme: Option<Arc<AcmeConfig>>,
}

/// A connection on which HTTP can begin.
struct Prepared {
    /// After the PROXY header and, over TLS, decrypted.
    stream: Box<dyn Stream>,
    protocol: Protocol,
    /// What the proxy is told of it.
    downstream: Downstream,
    /// Counts it for the address that a PROXY header announced.
    permit: Option<AddressPermit>,
}

/// What `http1` and `http2` serve a connection with.
struct ServedConnection<'a, H> {
    worker: &'a WorkerContext<H>,
    info: &'a ConnectionInfo,
    downstream: Rc<Downstream>,
    eviction: &'a Rc<Eviction>,
}

/// Serves a connection to its end. `held` is dropped when its stream is closed; if there was a tunnel, after its end.
pub(super) async fn serve<H: Handler, G: Send + Unpin + 'static>(
    stream: Box<dyn Stream>,
    held: G,
    info: ConnectionInfo,
    worker: Rc<WorkerContext<H>>,
) {
    let eviction = Rc::<Eviction>::default();
    let mut serving = pin!(try_serve(stream, held, &info, &worker, &eviction));
    let served = poll_fn(|cx| match serving.as_mut().poll(cx) {
        Poll::Pending => eviction.poll_asked(cx).map(|()| Err(CloseReason::Evicted)),
        served @ Poll::Ready(_) => served,
    });
    if let Err(reason) = served.await {
        if let Some(refusal) = reason.refusal() {
            worker.metrics.connection_refused(refusal);
        }
        tracing::debug!(%reason, "connection ended");
    }
}

/// # Errors
/// Why it did not end in good order.
async fn try_serve<H: Handler, G: Send + Unpin + 'static>(
    stream: Box<dyn Stream>,
    held: G,
    info: &ConnectionInfo,
    worker: &WorkerContext<H>,
    eviction: &Rc<Eviction>,
) -> Result<(), CloseReason> {
    let prepared = Box::pin(within_header_timeout(prepare(stream, info, worker), info, worker));
    let Prepared { stream, protocol, downstream, permit } = prepared.await?;
    let connection = ServedConnection { worker, info, downstream: Rc::new(downstream), eviction };
    match protocol {
        Protocol::Http1 => http1::serve(stream, (held, permit), &connection).await,
        Protocol::Http2 => http2::serve(stream, (held, permit), &connection).await,
    }
}

/// Ends the preparation at the header timeout, or shortly after a drain began.
async fn within_header_timeout<H, T>(
    preparing: impl Future<Output = Result<T, CloseReason>>,
    info: &ConnectionInfo,
    worker: &WorkerContext<H>,
) -> Result<T, CloseReason> {
    let mut drain = worker.drain.clone();
    let drained = async {
        drain.begun().await;
        sleep(DRAIN_GRACE).await;
    };
    let preparing = timeout_at(info.accepted + info.timeouts.header.unwrap_or(FAR), preparing);
    tokio::select! {
        biased;
        prepared = preparing => prepared.unwrap_or(Err(CloseReason::HeaderTimeout)),
        () = drained => Err(CloseReason::Drained),
    }
}

/// Reads what comes before HTTP: a PROXY header, the TLS handshake, and enough bytes to tell the protocol. Nothing of the first
/// request is consumed.
async fn prepare<H>(
    stream: Box<dyn Stream>,
    info: &ConnectionInfo,
    worker: &WorkerContext<H>,
) -> Result<Prepared, CloseReason> {
    let mut stream = Prefixed::new(stream);
    let announced = read_proxy_header(&mut stream, info).await?;
    let mut downstream = downstream(info, announced);
    let permit = permit(info, worker, announced.and_then(|announced| announced.addresses))?;
    let Some(tls) = &info.listening.tls else {
        let protocol = preface::detect(&mut stream).await.map_err(CloseReason::Left)?;
        return Ok(Prepared { stream: Box::new(stream), protocol, downstream, permit });
    };
    clear_text::refuse(&mut stream).await?;
    let set_up = |session: &mut ServerConnection| session.set_buffer_limit(Some(TLS_BUFFER));
    let stream = match info.acme.as_deref().map(Challenges::new).filter(Challenges::use_tls) {
        Some(challenges) => acme_challenge::accept(stream, &tls.acceptor, challenges, set_up).await?,
        None => tls.acceptor.accept_with(stream, set_up).await.map_err(CloseReason::Tls)?,
    };
    let (_, session) = stream.get_ref();
    let chose_http2 = session.alpn_protocol() == Some(b"h2");
    downstream.server_name = session.server_name().map(|name| name.to_ascii_lowercase().into());
    let mut stream = Prefixed::new(TlsConnection::from(stream));
    if !chose_http2 {
        return Ok(Prepared { stream: Box::new(stream), protocol: Protocol::Http1, downstream, permit });
    }
    match preface::detect(&mut stream).await.map_err(CloseReason::Left)? {
        Protocol::Http1 => Err(CloseReason::Left(io::ErrorKind::InvalidData.into())),
        protocol @ Protocol::Http2 => Ok(Prepared { stream: Box::new(stream), protocol, downstream, permit }),
    }
}

/// Reads the PROXY header, on a listener whose connections begin with one.
async fn read_proxy_header(
    stream: &mut Prefixed<Box<dyn Stream>>,
    info: &ConnectionInfo,
) -> Result<Option<Announcement>, CloseReason> {
    if !info.listening.config.proxy_protocol {
        return Ok(None);
    }
    if !info.listening.trusts(info.peer) {
        return Err(CloseReason::Untrusted);
    }
    Ok(Some(proxy_protocol::read(stream).await?))
}

/// What the proxy is told of the connection; the server name is not known yet.
fn downstream(info: &ConnectionInfo, announced: Option<Announcement>) -> Downstream {
    let listening = &info.listening;
    let addresses = announced.and_then(|announced| announced.addresses);
    let client = addresses.map_or(info.peer, |addresses| Some(addresses.source));
    Downstream {
        client,
        local: addresses.map_or(info.local, |addresses| Some(addresses.destination)),
        tls: listening.tls.is_some(),
        scheme: announced.and_then(|announced| announced.scheme).or(listening.config.scheme),
        server_name: None,
        trust: trust(announced, client, listening),
        behind_a_proxy: listening.trusts(info.peer),
        trusted_networks: Arc::clone(&listening.config.trusted),
        redirect_to_https: listening.config.redirect_to_https,
        forwarded_cache: ForwardedCache::default(),
    }
}

/// Which forwarding fields of this connection's requests are trusted.
fn trust(announced: Option<Announcement>, client: Option<SocketAddr>, listening: &Listening) -> Trust {
    match announced {
        // The header does not say who the client is.
        Some(Announcement { addresses: None, .. }) => Trust::Nothing,
        _ if listening.trusts(client) => Trust::Everything,
        // An untrusted peer behind a trusted balancer: only the balancer can tell the scheme.
        Some(_) => Trust::Scheme,
        None => Trust::Nothing,
    }
}

/// Applies the limit for one address to the address that a PROXY header announces, unless that one is trusted. The peer's
/// own address was counted when the connection was accepted.
fn permit<H>(
    info: &ConnectionInfo,
    worker: &WorkerContext<H>,
    announced: Option<Addresses>,
) -> Result<Option<AddressPermit>, CloseReason> {
    let source = announced.map(|addresses| addresses.source).filter(|source| !info.listening.trusts(Some(*source)));
    let counted = source.map(|source| worker.connection_limits.count(&info.limits, source.ip())).transpose();
    counted.map(Option::flatten).map_err(|_| CloseReason::TooManyOfAddress)
}

#[cfg(test)]
mod tests;
