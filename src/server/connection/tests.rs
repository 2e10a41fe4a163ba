//! A connection from its first byte to its last, over real sockets.

mod draining;
mod panics;
mod parking;
mod phases;
mod protocols;
mod timeouts;

use std::cell::RefCell;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, ReadBuf};
use tokio::sync::{Notify, Semaphore};
use tokio::task::{JoinHandle, LocalSet, spawn_local};

use http::{Request, Response, StatusCode, Version};
use hyper::body::{Body, Frame, Incoming, SizeHint};

use super::*;
use crate::config::{ListenAddress, ListenerConfig, testing};
use crate::drain::{Drain, DrainTrigger, drain};
use crate::http::h1;
use crate::net::write_half::pass_shutdown_to;
use crate::server::listener::connection_limits::ConnectionLimits;
use crate::server::timer_tick::TimerTick;
use crate::snapshot::{Snapshot, Snapshots};
use crate::telemetry::Metrics;

const SHORT: Option<Duration> = Some(Duration::from_millis(40));
const GET: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";

/// More than the test's connection holds.
const MORE: usize = 32 << 10;

/// Answers with what it knows of the visitor, under `/slow` once `gate` lets it; `/big` with more than any buffer holds, `/…/more` with [`MORE`],
/// `/broken` with a body that breaks off, and `/panic` as the proxy does if a panic breaks a request off.
struct Echo {
    gate: Semaphore,
    entered: Semaphore,
    /// The paths of all requests.
    asked: RefCell<Vec<String>>,
}

impl Handler for Echo {
    type Body = EchoBody;

    async fn handle(
        self: Rc<Self>,
        request: Request<Incoming>,
        downstream: Rc<Downstream>,
        _: Rc<Eviction>,
    ) -> Response<EchoBody> {
        let breaks_off = request.uri().path() == "/broken";
        self.answer(request, &downstream).await.map(|content| EchoBody { content, breaks_off })
    }

    fn rejected(&self, _: StatusCode, _: Version, _: &Downstream) {}

    fn tick(&self) {}
}

impl Echo {
    async fn answer(&self, request: Request<Incoming>, downstream: &Downstream) -> Response<Full<Bytes>> {
        self.entered.add_permits(1);
        if let Some(refusal) = request.extensions().get::<h1::Refusal>() {
            let mut refused = Response::new(Full::new(format!("{refusal:?}").into()));
            *refused.status_mut() = StatusCode::BAD_REQUEST;
            return refused;
        }
        if request.uri().path().starts_with("/slow") {
            self.gate.acquire().await.unwrap().forget();
        }
        let path = request.uri().path().to_owned();
        if let Some(wait) = path.strip_prefix("/wait/").and_then(|rest| rest.split('/').next()) {
            sleep(Duration::from_millis(wait.parse().unwrap())).await;
        }
        self.asked.borrow_mut().push(path.clone());
        if path.starts_with("/panic") {
            let mut answer = Response::new(Full::default());
            if spawn_local(panics::meet(request)).await.is_err() {
                *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            }
            return answer;
        }
        if path == "/read" {
            return Response::new(Full::new(request.into_body().collect().await.unwrap().to_bytes()));
        }
        let body = match request.uri().path() {
            "/big" => Bytes::from(vec![b'x'; 8 << 20]),
            path if path.ends_with("/more") => Bytes::from(vec![b'x'; MORE]),
            "/slow/long" => Bytes::from(vec![b'x'; 1024]),
            _ => format!("{:?} {downstream:?} {}", request.version(), request.method()).into(),
        };
        Response::new(Full::new(body))
    }
}

/// Content, and behind it an error if the body breaks off.
struct EchoBody {
    content: Full<Bytes>,
    breaks_off: bool,
}

impl Body for EchoBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match ready!(Pin::new(&mut self.content).poll_frame(cx)) {
            Some(Ok(frame)) => Poll::Ready(Some(Ok(frame))),
            None if self.breaks_off => Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into()))),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        !self.breaks_off && self.content.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        if self.breaks_off { SizeHint::default() } else { self.content.size_hint() }
    }
}

struct Bench {
    echo: Rc<Echo>,
    listening: Listening,
    timeouts: Timeouts,
    tick: TimerTick,
    limits: Limits,
    trigger: DrainTrigger,
    drain: Drain,
    peer: &'static str,
}

impl Bench {
    fn new() -> Self {
        let (trigger, drain) = drain();
        let config = ListenerConfig {
            address: ListenAddress::Unix("octroi.sock".into()),
            trusted: Arc::new(["10.0.0.0/8".parse().unwrap()]),
            proxy_protocol: false,
            tls: None,
            redirect_to_https: false,
            scheme: None,
        };
        Self {
            echo: Rc::new(Echo { gate: Semaphore::new(0), entered: Semaphore::new(0), asked: RefCell::default() }),
            listening: Listening { config, tls: None },
            timeouts: testing::UNTIMED,
            tick: TimerTick::since(Instant::now()),
            limits: Limits::default(),
            trigger,
            drain,
            peer: "10.1.1.1:5",
        }
    }

    /// Serves one connection; the client's end of it.
    fn connect(self) -> (Client, JoinHandle<()>, DrainTrigger) {
        let (client, server) = tokio::io::duplex(4096);
        let (parked, writes) = (Arc::new(Notify::new()), Arc::default());
        let stream =
            Box::new(Probe { stream: server, parked: Arc::clone(&parked), writes: Arc::clone(&writes), reads: 0 });
        let info = ConnectionInfo {
            peer: Some(self.peer.parse().unwrap()),
            local: None,
            accepted: Instant::now(),
            listening: Arc::new(self.listening),
            timeouts: self.timeouts,
            limits: self.limits,
            acme: None,
        };
        let metrics = Metrics::new();
        let worker = WorkerContext {
            index: 0,
            handler: Rc::clone(&self.echo),
            snapshots: Snapshots::new(Snapshot::new(testing::bare(self.limits), 1, &metrics)),
            metrics,
            connection_limits: ConnectionLimits::new(1),
            drain: self.drain,
            tick: self.tick,
        };
        let task = spawn_local(serve(stream, (), info, Rc::new(worker)));
        (Client { stream: client, echo: self.echo, parked, writes }, task, self.trigger)
    }
}

/// A connection that is read more often than this in a test spins.
const MOST_LOOKS: usize = 5000;

/// The server's end of a connection. `parked` is notified when one byte is waited for, and no more.
struct Probe {
    stream: DuplexStream,
    parked: Arc<Notify>,
    /// How often the server wrote.
    writes: Arc<AtomicUsize>,
    reads: usize,
}

impl Stream for Probe {}

impl AsyncRead for Probe {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.reads += 1;
        assert!(self.reads < MOST_LOOKS, "the connection spins");
        let polled = Pin::new(&mut self.stream).poll_read(cx, buf);
        if polled.is_pending() && buf.remaining() == 1 {
            self.parked.notify_one();
        }
        polled
    }
}

impl AsyncWrite for Probe {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.writes.fetch_add(1, Relaxed);
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    pass_shutdown_to!(stream);
}

struct Client {
    stream: DuplexStream,
    echo: Rc<Echo>,
    parked: Arc<Notify>,
    writes: Arc<AtomicUsize>,
}

impl Client {
    async fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    /// Reads one response whose body has a `content-length`.
    async fn response(&mut self) -> String {
        let mut all = Vec::new();
        loop {
            all.push(self.stream.read_u8().await.unwrap());
            let text = String::from_utf8_lossy(&all);
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            if body.len() >= length.parse().unwrap() {
                return text.into_owned();
            }
        }
    }

    /// Reads a response whose body is so long.
    async fn discard(&mut self, body: usize) {
        let mut came = Vec::new();
        while !came.ends_with(b"\r\n\r\n") {
            came.push(self.stream.read_u8().await.unwrap());
        }
        self.stream.read_exact(&mut vec![0; body]).await.unwrap();
    }

    async fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        self.stream.read_to_end(&mut rest).await.unwrap();
        rest
    }
}

fn run<F: Future>(test: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    LocalSet::new().block_on(&runtime, test)
}

#[test]
fn answers_one_request_after_the_other() {
    run(async {
        let (mut client, served, _trigger) = Bench::new().connect();
        for _ in 0..2 {
            client.send(GET).await;
            let response = client.response().await;
            assert!(response.starts_with("HTTP/1.1 200 OK"), "{response}");
            assert!(
                response.contains("client: Some(10.1.1.1:5)") && response.contains("trust: Everything"),
                "{response}"
            );
        }
        drop(client);
        served.await.unwrap();
    });
}

#[test]
fn the_proxy_header_says_who_the_visitor_is_and_gives_them_no_trust() {
    run(async {
        let mut bench = Bench::new();
        bench.listening.config.proxy_protocol = true;
        let (mut client, _served, _trigger) = bench.connect();
        client.send(b"PROXY TCP4 192.0.2.7 198.51.100.1 40000 443\r\n").await;
        client.send(GET).await;
        let response = client.response().await;
        assert!(response.contains("client: Some(192.0.2.7:40000)"), "{response}");
        assert!(response.contains("local: Some(198.51.100.1:443)"), "{response}");
        assert!(response.contains("trust: Scheme"), "{response}");
    });
}

#[test]
fn an_untrusted_peer_cannot_send_a_proxy_header() {
    run(async {
        let mut bench = Bench::new();
        bench.listening.config.proxy_protocol = true;
        bench.peer = "192.0.2.9:5";
        let (mut client, served, _trigger) = bench.connect();
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn a_head_beyond_what_is_read_is_refused_before_hyper_answers_it() {
    run(async {
        let mut bench = Bench::new();
        bench.limits.header_bytes = 1024;
        let (mut client, _served, _trigger) = bench.connect();
        let head = [b"GET / HTTP/1.1\r\nhost: a\r\nx: ".as_slice(), &vec![b'x'; 300_000], b"\r\n\r\n"].concat();
        client.send(&head).await;
        let response = client.rest().await;
        assert!(response.ends_with(b"\r\n\r\nTooLarge"), "{:?}", String::from_utf8_lossy(&response));
    });
}
