//! The least of a proxy, a scripted portal, and raw conversations.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{Request, Response};
use http_body_util::{BodyExt, Either, Empty};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{LocalSet, spawn_local};

use crate::config::{Balance, EndpointConfig, Limits, Timeouts, UpstreamConfig};
use crate::health::Health;
use crate::http::h1::ResponseHead;
use crate::net::{event_loop, fd_limit};
use crate::telemetry::Metrics;
use crate::telemetry::metrics::{UpstreamEvent, UpstreamEvents};
use crate::upstream::dispatch::{Context, Upstream};
use crate::upstream::endpoint::outlier::Reports;
use crate::upstream::endpoint::resolver::{self, Lookup};
use crate::upstream::http1::connection_io::RequestQueue;
use crate::upstream::identity::Settings;
use crate::upstream::{Buffered, RequestBody, ResponseBody, UpstreamError, UpstreamResponse};

/// Runs a test as a worker runs: one thread, local tasks.
pub(super) fn worker(test: impl Future<Output = ()>) {
    fd_limit::claim(0, true);
    let runtime = event_loop::builder().build().unwrap();
    LocalSet::new().block_on(&runtime, async {
        tokio::time::timeout(Duration::from_mins(1), test).await.expect("the test hangs");
    });
}

/// The least of a proxy.
#[derive(Clone)]
pub(super) struct Gate {
    pub(super) upstream: Rc<Upstream>,
    pub(super) timeouts: Timeouts,
    pub(super) body_limit: Option<u64>,
    pub(super) reports: Rc<Reports>,
    /// What its requests go out with.
    pub(super) queue: Option<Rc<RequestQueue>>,
    metrics: Metrics,
}

pub(super) fn config(endpoints: &[SocketAddr]) -> UpstreamConfig {
    let endpoint =
        |address: &SocketAddr| EndpointConfig::Tcp { tls: false, host: address.ip().to_string(), port: address.port() };
    UpstreamConfig {
        endpoints: endpoints.iter().map(endpoint).collect(),
        host: None,
        sni: None,
        connect: None,
        ca: None,
        client_certificate: None,
        balance: Balance::RoundRobin,
        health: None,
        via: false,
    }
}

pub(super) fn limits() -> Limits {
    Limits::default()
}

fn timeouts() -> Timeouts {
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    Timeouts {
        header: seconds(15),
        idle: seconds(75),
        body_idle: seconds(60),
        tunnel_idle: seconds(3600),
        upstream_connect: seconds(3),
        upstream_response: seconds(300),
        upstream_idle: seconds(55),
        drain: seconds(30),
        drain_delay: None,
    }
}

impl Gate {
    pub(super) fn to(portal: SocketAddr) -> Self {
        Self::new(&config(&[portal]), &limits())
    }

    pub(super) fn new(config: &UpstreamConfig, limits: &Limits) -> Self {
        Self::resolving(config, limits, &resolver::system())
    }

    /// With a resolver of the test's own.
    pub(super) fn resolving(config: &UpstreamConfig, limits: &Limits, lookup: &Lookup) -> Self {
        let settings = Settings::read(config, limits).unwrap();
        let upstream = Rc::new(Upstream::new(settings, Rc::default(), lookup).unwrap());
        let health = Arc::new(Health::new(config.endpoints.len(), Instant::now()));
        let reports = Rc::new(Reports::new(health, UpstreamEvents::unregistered()));
        Self { upstream, timeouts: timeouts(), body_limit: None, reports, queue: None, metrics: Metrics::new() }
    }

    /// A new visitor's connection.
    pub(super) async fn visitor(&self) -> TcpStream {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (visitor, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
        let gate = self.clone();
        spawn_local(async move {
            let service = service_fn(|request| gate.answer(request));
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(accepted.unwrap().0), service)
                .await;
        });
        visitor.unwrap()
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<Either<ResponseBody, Empty<Buffered>>>, Infallible> {
        let limit = self.body_limit;
        let mut request = request.map(RequestBody::new);
        request.body_mut().limit(limit);
        // What the real proxy does to hop-by-hop fields.
        request.headers_mut().remove(http::header::CONNECTION);
        Ok(match self.send(request).await {
            Ok(response) => response.map(Either::Left),
            Err(error) => Response::builder()
                .status(error.status())
                .header("proxy-status", error.proxy_status())
                .header("message", error.to_string())
                .header("connection", "close")
                .body(Either::Right(Empty::new()))
                .unwrap(),
        })
    }

    pub(super) async fn send(&self, request: Request<RequestBody>) -> Result<Response<ResponseBody>, UpstreamError> {
        let UpstreamResponse { head, lease, .. } = self.ask(request).await?;
        let ResponseHead { mut response, set_cookies } = *head;
        for line in set_cookies.iter() {
            response.headers_mut().append(http::header::SET_COOKIE, line.to_value().unwrap());
        }
        response.headers_mut().remove(http::header::TRANSFER_ENCODING);
        response.headers_mut().remove(http::header::CONNECTION);
        Ok(response.map(|()| ResponseBody::new(lease)))
    }

    /// The head of the response, as it came.
    pub(super) async fn ask(&self, request: Request<RequestBody>) -> Result<UpstreamResponse, UpstreamError> {
        let context = Context {
            timeouts: &self.timeouts,
            metrics: &self.metrics,
            reports: &self.reports,
            queue: self.queue.as_ref(),
            owner: &crate::upstream::Owner::default(),
        };
        self.upstream.send(&mut request.into(), context).await
    }

    /// Sends a GET and reads the whole answer.
    pub(super) async fn get(&self, path: &str) -> Result<(u16, String), UpstreamError> {
        let request = Request::builder().uri(path).header("host", "portal.example").body(RequestBody::empty()).unwrap();
        let response = self.send(request).await?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.expect("a whole body").to_bytes();
        Ok((status, String::from_utf8(body.to_vec()).unwrap()))
    }

    /// What was counted so far.
    pub(super) fn events(&self) -> Vec<UpstreamEvent> {
        self.reports.reported.borrow().clone()
    }

    pub(super) fn informational(&self) -> usize {
        let text = String::from_utf8(self.metrics.render()).unwrap();
        let count = text.lines().find_map(|line| line.strip_prefix("octroi_informational_dropped_total "));
        count.unwrap().parse().unwrap()
    }
}

/// Starts a portal: `script` is given each connection with its number, from 0.
pub(super) async fn portal<F, T>(script: F) -> SocketAddr
where
    F: Fn(usize, TcpStream) -> T + 'static,
    T: Future<Output = ()> + 'static,
{
    portal_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap(), script)
}

/// As [`portal`], on a socket that is bound already.
pub(super) fn portal_on<F, T>(listener: TcpListener, script: F) -> SocketAddr
where
    F: Fn(usize, TcpStream) -> T + 'static,
    T: Future<Output = ()> + 'static,
{
    let address = listener.local_addr().unwrap();
    spawn_local(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            spawn_local(script(number, stream));
        }
    });
    address
}

/// Has an address, at which nobody listens yet.
pub(super) fn bound() -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    socket
}

/// An address at which nobody listens, nor will.
pub(super) fn nowhere() -> SocketAddr {
    let socket = bound();
    let address = socket.local_addr().unwrap();
    // Kept until the tests end, so that no other test is given its port.
    std::mem::forget(socket);
    address
}

/// Reads up to the blank line; empty at the end of the connection.
pub(super) async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).unwrap()
}

/// Answers every request on a connection with this, until the other side closes it.
pub(super) async fn answer_each(mut stream: TcpStream, answer: &'static str) {
    while !read_head(&mut stream).await.is_empty() {
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

pub(super) const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
pub(super) const POST: &str = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody";

/// Writes `request` and reads until the connection closes.
pub(super) async fn converse(visitor: &mut TcpStream, request: &str) -> String {
    visitor.write_all(request.as_bytes()).await.unwrap();
    read_rest(visitor).await
}

/// Reads until the connection closes, in whatever way.
pub(super) async fn read_rest(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all).await;
    String::from_utf8_lossy(&all).into_owned()
}
