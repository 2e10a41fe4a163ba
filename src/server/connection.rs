//! One connection: who is at the other end, which protocol is spoken, and how long each phase may last.
//!
//! The PROXY header, the TLS handshake (or `clear_text`, which refuses what is none) and the choice of the `protocol` come
//! first, under the header deadline. Then hyper serves HTTP, and a [`Watch`] (`timeouts`) ends what stands still: it goes by
//! the connection's `progress` and `request_progress`, which `progress_io` notes, and looks when `lazy_poll` was woken. Over
//! HTTP/1.1 `idle_parking` gives memory back between requests; over HTTP/2 each request is an `h2_stream`, and what they
//! write in a turn goes out together (`h2_coalescing`). `lingering` closes without losing the last response, and
//! `close_reason` says why.
//!
//! What is only needed for a while is boxed: the memory of an idle connection is what all of them take together.

pub(super) mod clear_text;
pub(super) mod close_reason;
pub(super) mod h2_coalescing;
pub(super) mod h2_stream;
pub(super) mod idle_parking;
pub(super) mod lazy_poll;
pub(super) mod lingering;
pub(super) mod map;
pub(super) mod preface;
pub(super) mod progress;
pub(super) mod progress_io;
pub(super) mod request_progress;
pub(super) mod timeouts;

use std::convert::Infallible;
use std::error::Error;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use http::header::{CONNECTION, HeaderValue};
use http::{Method, Request, Response, StatusCode, Version};
use hyper::body::{Body, Incoming};
use hyper::service::{Service, service_fn};
use hyper::upgrade::OnUpgrade;
use tokio::time::{Instant, sleep, timeout_at};

use super::listener::Listening;
use super::listener::connection_limits::{Admission, OfAddress};
use super::listener::proxy_protocol::{self, Addresses, Announcement};
use crate::config::{Limits, Timeouts};
use crate::drain::Drain;
use crate::http::h1::{self, Guarded};
use crate::http::{fields, lists};
use crate::net::prefixed::{Rewind, Stream};
use crate::proxy::{Downstream, InFlight, Introduced, Proxy, Trust};
use crate::telemetry::Metrics;
use crate::upstream::{Eviction, RequestBody};
use close_reason::Ending;
use h2_coalescing::by_turns;
use h2_stream::StreamExecutor;
use lingering::Lingering;
use map::map;
use progress::Activity;
use progress_io::{TrackedBody, TrackedRequests, TrackedStream};
use timeouts::{DRAIN_GRACE, FAR, Rounds, Watch};

/// What waits under TLS for a visitor who does not read: the content of one record (RFC 8446 §5.1).
const TLS_BUFFER: usize = 16 << 10;

/// What answers requests: the proxy, or a stand-in for it in a test.
pub(super) trait Handler: 'static {
    /// The body of its responses.
    type Body: Body<Error: Into<Box<dyn Error + Send + Sync>>> + 'static;

    /// Answers one request; `eviction` tells that it has to end. One with a [`h1::Refusal`] among its extensions stands in
    /// for a head that was refused.
    fn handle(
        self: Rc<Self>,
        request: Request<Incoming>,
        downstream: Rc<Downstream>,
        eviction: Rc<Eviction>,
    ) -> impl Future<Output = Response<Self::Body>> + 'static;

    /// How long the visitor may leave this response unread; `whole` where no site says it.
    fn patience(_: &Self::Body, whole: Option<Duration>) -> Option<Duration> {
        whole
    }

    /// Records a request that hyper answered with this status because its head was too much for it.
    fn rejected(&self, status: StatusCode, downstream: &Downstream);

    /// What is due once a second.
    fn tick(&self);

    /// Ends bodies that stand still. How long they may be left alone now; `None`: for ever.
    fn check_bodies(&self) -> Option<Duration> {
        None
    }
}

impl Handler for Proxy {
    type Body = crate::proxy::Body;

    fn handle(
        self: Rc<Self>,
        request: Request<Incoming>,
        downstream: Rc<Downstream>,
        eviction: Rc<Eviction>,
    ) -> impl Future<Output = Response<Self::Body>> + 'static {
        Proxy::handle(self, request.map(RequestBody::new), downstream, eviction)
    }

    fn patience(body: &Self::Body, whole: Option<Duration>) -> Option<Duration> {
        body.patience(whole)
    }

    fn rejected(&self, status: StatusCode, downstream: &Downstream) {
        Proxy::rejected(self, status, downstream);
    }

    fn tick(&self) {
        Proxy::tick(self);
    }

    fn check_bodies(&self) -> Option<Duration> {
        Proxy::check_bodies(self)
    }
}

/// A connection that was accepted and let in. `held` is kept until its stream is closed, in a tunnel too.
pub(super) struct Connection<G> {
    pub(super) stream: Box<dyn Stream>,
    /// `None` on a Unix socket.
    pub(super) peer: Option<SocketAddr>,
    pub(super) local: Option<SocketAddr>,
    pub(super) accepted: Instant,
    pub(super) held: G,
}

/// By what a connection is served.
pub(super) struct Terms<H> {
    pub(super) handler: Rc<H>,
    pub(super) listening: Arc<Listening>,
    pub(super) timeouts: Timeouts,
    pub(super) rounds: Rounds,
    pub(super) limits: Limits,
    pub(super) metrics: Metrics,
    pub(super) admission: Admission,
    pub(super) drain: Drain,
}

impl<H> Terms<H> {
    /// Holds whom a PROXY header announces to the limit for one address, as who connects himself is.
    fn count(&self, announced: Option<Addresses>) -> Result<Option<OfAddress>, Ending> {
        let source = announced.map(|addresses| addresses.source);
        let limited = source.filter(|source| !self.listening.trusts(Some(*source)));
        let counted = limited.map(|source| self.admission.count(&self.limits, source.ip())).transpose();
        counted.map(Option::flatten).map_err(|_| Ending::TooManyOfAddress)
    }
}

/// A connection on which HTTP can begin.
struct Prepared {
    stream: Box<dyn Stream>,
    http2: bool,
    downstream: Downstream,
    /// The hold on the limit of the address that a PROXY header announced.
    counted: Option<OfAddress>,
}

/// Serves a connection to its end.
pub(super) async fn serve<H: Handler, G: Send + Unpin + 'static>(connection: Connection<G>, terms: Terms<H>) {
    let eviction = Rc::<Eviction>::default();
    let mut serving = pin!(try_serve(connection, &terms, &eviction));
    let served = poll_fn(|cx| match serving.as_mut().poll(cx) {
        Poll::Pending => eviction.poll_asked(cx).map(|()| Err(Ending::Evicted)),
        served @ Poll::Ready(_) => served,
    });
    if let Err(ending) = served.await {
        if let Some(refusal) = ending.refusal() {
            terms.metrics.connection_refused(refusal);
        }
        tracing::debug!(reason = %ending, "connection ended");
    }
}

async fn try_serve<H: Handler, G: Send + Unpin + 'static>(
    connection: Connection<G>,
    terms: &Terms<H>,
    eviction: &Rc<Eviction>,
) -> Result<(), Ending> {
    let Connection { stream, peer, local, accepted, held } = connection;
    let prepared = prepare(stream, peer, local, terms);
    let Prepared { stream, http2, downstream, counted } = Box::pin(hurried(prepared, accepted, terms)).await?;

    let body_idle = terms.timeouts.body_idle;
    let activity = Activity::new(accepted, !http2, body_idle);
    let downstream = Rc::new(downstream);
    let drain = Rc::new(terms.drain.clone());
    let service = service_fn(|mut request: Request<Incoming>| {
        let exchange = activity.begin();
        let is_last = note_request(&mut request, &activity);
        let drain = Rc::clone(&drain);
        let upgrade = request.extensions().get::<OnUpgrade>().cloned();
        // A stream ends alone.
        let eviction = if http2 { Eviction::of_stream(eviction) } else { Rc::clone(eviction) };
        let answer = Rc::clone(&terms.handler).handle(request, Rc::clone(&downstream), Rc::clone(&eviction));
        let activity = Arc::clone(&activity);
        map(answer, move |mut response| {
            if !http2 {
                announce_end(&mut response, is_last || drain.has_begun(), &activity);
                note_upgrade(&response, upgrade, &activity);
            }
            let patience = H::patience(response.body(), body_idle);
            Ok::<_, Infallible>(response.map(|body| TrackedBody::new(body, exchange, patience, &eviction)))
        })
    });
    let mut watch = Watch::new(&activity, terms.timeouts, terms.rounds, terms.drain.clone(), http2);
    if http2 {
        let stream = TrackedStream::new(stream, Arc::clone(&activity), (held, counted));
        let executor = StreamExecutor { activity: Arc::clone(&activity), metrics: terms.metrics.clone() };
        let builder = preface::http2(&terms.limits, executor);
        // A stream's task is moved several times before it stands: what is large in it must not be.
        let service = service_fn(|request| Box::pin(service.call(request)));
        let connection = by_turns(stream, |stream| {
            builder.serve_connection(preface::io(Lingering::new(stream, Arc::clone(&activity))), service)
        });
        return Ok(Box::pin(watch.drive(connection)).await??);
    }
    let shows_end = stream.shows_end();
    let stream = TrackedStream::new(stream, Arc::clone(&activity), (held, counted));
    let stream = Lingering::new(stream, Arc::clone(&activity));
    let requests = TrackedRequests::new(Arc::clone(&activity), preface::whole_head(&terms.limits));
    let stream = Guarded::new(stream, requests);
    let ended = idle_parking::serve_http1(&mut watch, &activity, &terms.limits, shows_end, stream, service).await;
    if let Some(status) = ended.as_ref().err().and_then(Ending::answered) {
        terms.handler.rejected(status, &downstream);
    }
    ended
}

/// Notes what a request means for its connection; whether it is the last one over HTTP/1.1.
fn note_request(request: &mut Request<Incoming>, activity: &Arc<Activity>) -> bool {
    if request.version() == Version::HTTP_10 {
        activity.knows_no_chunks();
    }
    if request.method() == Method::CONNECT {
        request.extensions_mut().insert(InFlight::new(activity.hold()));
    }
    if let Some(why) = activity.requests.refusal() {
        request.extensions_mut().insert(why);
    }
    h1::leaves_unread(request.version(), request.headers()) || asks_to_close(request)
}

/// Has an HTTP/1.1 response say that it is the last one, and notes it where it says so.
fn announce_end<B>(response: &mut Response<B>, is_last: bool, activity: &Activity) {
    if is_last && !is_switch(response) {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    // Beside a switch of protocols, which ends HTTP too, no other option is left by now.
    if fields::contain(response.headers(), &CONNECTION) {
        activity.requests.end();
    }
}

/// Notes whether an upgrade that was asked for over HTTP/1.1 was granted.
fn note_upgrade<B>(response: &Response<B>, upgrade: Option<OnUpgrade>, activity: &Activity) {
    match upgrade {
        Some(_) if is_switch(response) => activity.requests.upgraded(),
        Some(upgrade) => activity.requests.not_upgraded(upgrade),
        None => {}
    }
}

fn is_switch<B>(response: &Response<B>) -> bool {
    response.status() == StatusCode::SWITCHING_PROTOCOLS
}

/// Whether an HTTP/1.1 client says that this request is its last on the connection (RFC 9112 §9.6).
fn asks_to_close(request: &Request<Incoming>) -> bool {
    lists::contain(request.headers(), &CONNECTION, b"close")
}

/// Holds the preparation to the header deadline, and to a short grace where the process drains.
async fn hurried<H, T>(
    preparing: impl Future<Output = Result<T, Ending>>,
    accepted: Instant,
    terms: &Terms<H>,
) -> Result<T, Ending> {
    let mut drain = terms.drain.clone();
    let drained = async {
        drain.begun().await;
        sleep(DRAIN_GRACE).await;
    };
    let preparing = timeout_at(accepted + terms.timeouts.header.unwrap_or(FAR), preparing);
    tokio::select! {
        biased;
        prepared = preparing => prepared.unwrap_or(Err(Ending::HeaderTimeout)),
        () = drained => Err(Ending::Drained),
    }
}

async fn prepare<H>(
    stream: Box<dyn Stream>,
    peer: Option<SocketAddr>,
    local: Option<SocketAddr>,
    terms: &Terms<H>,
) -> Result<Prepared, Ending> {
    let listening = &terms.listening;
    let mut stream = Rewind::new(stream);
    let announced = announced(&mut stream, peer, listening).await?;
    let addresses = announced.and_then(|announced| announced.addresses);
    let client = addresses.map_or(peer, |addresses| Some(addresses.source));
    let counted = terms.count(addresses)?;
    let mut downstream = Downstream {
        client,
        local: addresses.map_or(local, |addresses| Some(addresses.destination)),
        tls: listening.tls.is_some(),
        scheme: announced.and_then(|announced| announced.scheme).or(listening.config.scheme),
        server_name: None,
        trust: trust(announced, client, listening),
        behind_a_proxy: listening.trusts(peer),
        trusted_networks: Arc::clone(&listening.config.trusted),
        redirect_to_https: listening.config.redirect_to_https,
        introduced: Introduced::default(),
    };
    let Some(tls) = &listening.tls else {
        let http2 = preface::begins_http2(&mut stream).await.map_err(Ending::Left)?;
        return Ok(Prepared { stream: Box::new(stream), http2, downstream, counted });
    };
    clear_text::refuse(&mut stream).await?;
    let accepting = tls.acceptor.accept_with(stream, |session| session.set_buffer_limit(Some(TLS_BUFFER)));
    let stream = accepting.await.map_err(Ending::Tls)?;
    let (_, session) = stream.get_ref();
    let http2 = session.alpn_protocol() == Some(b"h2");
    downstream.server_name = session.server_name().map(|name| name.to_ascii_lowercase().into());
    let mut stream = Rewind::new(stream);
    if http2 && !preface::begins_http2(&mut stream).await.map_err(Ending::Left)? {
        return Err(Ending::Left(io::ErrorKind::InvalidData.into()));
    }
    Ok(Prepared { stream: Box::new(stream), http2, downstream, counted })
}

/// Whose word the forwarding fields of this connection's requests are.
fn trust(announced: Option<Announcement>, client: Option<SocketAddr>, listening: &Listening) -> Trust {
    match announced {
        // Nobody knows who speaks.
        Some(Announcement { addresses: None, .. }) => Trust::Nothing,
        _ if listening.trusts(client) => Trust::Everything,
        // A stranger speaks. What speaks to the balancer, the balancer alone can tell.
        Some(_) => Trust::Scheme,
        None => Trust::Nothing,
    }
}

/// The PROXY header, on a listener where each connection begins with one.
async fn announced(
    stream: &mut Rewind<Box<dyn Stream>>,
    peer: Option<SocketAddr>,
    listening: &Listening,
) -> Result<Option<Announcement>, Ending> {
    if !listening.config.proxy_protocol {
        return Ok(None);
    }
    if !listening.trusts(peer) {
        return Err(Ending::Untrusted);
    }
    Ok(Some(proxy_protocol::read(stream).await?))
}

#[cfg(test)]
mod tests;
