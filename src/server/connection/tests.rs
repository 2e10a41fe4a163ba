//! A connection from its first byte to its last, over real sockets.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::Full;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, ReadBuf};
use tokio::sync::{Notify, Semaphore};
use tokio::task::{JoinHandle, LocalSet, spawn_local};

use super::*;
use crate::config::{ListenAddress, ListenerConfig};
use crate::drain::{DrainTrigger, drain};
use crate::server::tls::Tls;

const SHORT: Option<Duration> = Some(Duration::from_millis(40));
const GET: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";

/// Answers with what it knows of the visitor, once `gate` lets it; `/big` with more than any buffer holds.
struct Echo {
    gate: Semaphore,
    entered: Semaphore,
}

impl Handler for Echo {
    type Body = Full<Bytes>;

    async fn handle(self: &Rc<Self>, request: Request<Incoming>, downstream: &Downstream) -> Response<Full<Bytes>> {
        self.entered.add_permits(1);
        if request.uri().path() == "/slow" {
            self.gate.acquire().await.unwrap().forget();
        }
        let body = match request.uri().path() {
            "/big" => Bytes::from(vec![b'x'; 8 << 20]),
            _ => format!("{:?} {downstream:?} {}", request.version(), request.method()).into(),
        };
        Response::new(Full::new(body))
    }

    fn rejected(&self, _: StatusCode, _: &Downstream) {}

    fn tick(&self) {}
}

struct Bench {
    echo: Rc<Echo>,
    listening: Listening,
    timeouts: Timeouts,
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
            tls: Vec::new(),
            redirect_to_https: false,
        };
        Self {
            echo: Rc::new(Echo { gate: Semaphore::new(0), entered: Semaphore::new(0) }),
            listening: Listening { config, tls: None },
            timeouts: Timeouts {
                header: None,
                idle: None,
                body_idle: None,
                tunnel_idle: None,
                upstream_connect: None,
                upstream_response: None,
                upstream_idle: None,
                drain: None,
                drain_delay: None,
            },
            limits: Limits::default(),
            trigger,
            drain,
            peer: "10.1.1.1:5",
        }
    }

    /// Serves one connection; the client's end of it.
    fn connect(self) -> (Client, JoinHandle<()>, DrainTrigger) {
        let (client, server) = tokio::io::duplex(4096);
        let resting = Arc::new(Notify::new());
        let connection = Connection {
            stream: Box::new(Probe { stream: server, resting: Arc::clone(&resting) }),
            peer: Some(self.peer.parse().unwrap()),
            local: None,
            accepted: Instant::now(),
            held: (),
        };
        let terms = Terms {
            handler: Rc::clone(&self.echo),
            listening: Arc::new(self.listening),
            timeouts: self.timeouts,
            limits: self.limits,
            metrics: Metrics::new(),
            admission: Admission::new(1),
            drain: self.drain,
        };
        let task = spawn_local(serve(connection, terms));
        (Client { stream: client, echo: self.echo, resting }, task, self.trigger)
    }
}

/// The server's end of a connection. It tells when somebody waits for one byte and no more: then the connection rests.
struct Probe {
    stream: DuplexStream,
    resting: Arc<Notify>,
}

impl Stream for Probe {}

impl AsyncRead for Probe {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_read(cx, buf);
        if polled.is_pending() && buf.remaining() == 1 {
            self.resting.notify_one();
        }
        polled
    }
}

impl AsyncWrite for Probe {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

struct Client {
    stream: DuplexStream,
    echo: Rc<Echo>,
    resting: Arc<Notify>,
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
            assert!(response.contains("client: Some(10.1.1.1:5)") && response.contains("trusted: true"), "{response}");
        }
        drop(client);
        served.await.unwrap();
    });
}

#[test]
fn a_connection_that_rests_wakes_for_a_request_and_rests_again() {
    run(async {
        let (mut client, served, _trigger) = Bench::new().connect();
        for request in [GET, b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nxy", GET] {
            client.send(request).await;
            let response = client.response().await;
            let (method, _) = request.split_at(request.iter().position(|byte| *byte == b' ').unwrap());
            assert!(response.as_bytes().ends_with(method), "{response}");
            client.resting.notified().await;
        }
        client.send(b"GET /\n").await;
        assert!(String::from_utf8(client.rest().await).unwrap().starts_with("HTTP/1.1 400"));
        served.await.unwrap();
    });
}

#[test]
fn a_connection_that_rests_is_still_watched() {
    let ends: [fn(&mut Bench); 2] = [|bench| bench.timeouts.idle = Some(Duration::from_millis(600)), |_| {}];
    for (end, set) in ends.into_iter().enumerate() {
        run(async {
            let mut bench = Bench::new();
            set(&mut bench);
            let (mut client, served, trigger) = bench.connect();
            client.send(GET).await;
            client.response().await;
            client.resting.notified().await;
            if end == 1 {
                trigger.begin();
            }
            assert_eq!(client.rest().await, b"");
            served.await.unwrap();
        });
    }
}

#[test]
fn a_head_that_begins_after_a_rest_has_the_header_deadline() {
    run(async {
        let mut bench = Bench::new();
        bench.timeouts.header = Some(Duration::from_millis(600));
        let (mut client, served, _trigger) = bench.connect();
        client.send(GET).await;
        client.response().await;
        client.resting.notified().await;
        client.send(b"G").await;
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn a_request_that_crosses_the_drain_while_the_connection_rests_is_answered() {
    run(async {
        let (mut client, served, trigger) = Bench::new().connect();
        client.send(GET).await;
        client.response().await;
        client.resting.notified().await;
        trigger.begin();
        client.send(GET).await;
        assert!(client.response().await.contains("connection: close"));
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn speaks_http2_in_clear_text_and_tells_an_idle_client_to_go() {
    run(async {
        let mut bench = Bench::new();
        bench.timeouts.idle = SHORT;
        let (client, served, _trigger) = bench.connect();
        let io = TokioIo::new(client.stream);
        let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
        let connection = spawn_local(connection);
        let request = Request::get("http://a/").body(Full::<Bytes>::default()).unwrap();
        let response = sender.send_request(request).await.unwrap();
        assert_eq!(response.version(), Version::HTTP_2);
        drop(response);
        connection.await.unwrap().unwrap();
        served.await.unwrap();
    });
}

#[test]
fn a_head_that_does_not_come_ends_the_connection() {
    for sent in ["", "GET / HTTP/1.1\r\nhost", "PRI * HTTP/2.0\r\n"] {
        run(async {
            let mut bench = Bench::new();
            bench.timeouts.header = SHORT;
            let (mut client, served, _trigger) = bench.connect();
            client.send(sent.as_bytes()).await;
            assert_eq!(client.rest().await, b"");
            served.await.unwrap();
        });
    }
}

#[test]
fn a_second_head_has_the_header_deadline_and_not_the_idle_one() {
    run(async {
        let mut bench = Bench::new();
        bench.timeouts.header = SHORT;
        let (mut client, served, _trigger) = bench.connect();
        client.send(GET).await;
        client.response().await;
        client.send(b"GET /").await;
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn an_idle_connection_ends_and_a_slow_portal_is_not_idle() {
    run(async {
        let mut bench = Bench::new();
        (bench.timeouts.header, bench.timeouts.idle, bench.timeouts.body_idle) = (SHORT, SHORT, SHORT);
        let (mut client, served, _trigger) = bench.connect();
        client.send(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
        // Longer than any patience of the connection's: the portal's timeouts are others.
        sleep(Duration::from_millis(200)).await;
        client.echo.gate.add_permits(1);
        assert!(client.response().await.starts_with("HTTP/1.1 200"));
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn a_visitor_who_stops_reading_is_cut() {
    run(async {
        let mut bench = Bench::new();
        bench.timeouts.body_idle = SHORT;
        let (mut client, served, _trigger) = bench.connect();
        client.send(b"GET /big HTTP/1.1\r\nhost: a\r\n\r\n").await;
        served.await.unwrap();
        assert!(client.rest().await.len() <= 4096);
    });
}

#[test]
fn a_request_in_flight_is_answered_when_the_drain_begins() {
    run(async {
        let (mut client, served, trigger) = Bench::new().connect();
        client.send(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
        client.echo.entered.acquire().await.unwrap().forget();
        trigger.begin();
        client.echo.gate.add_permits(1);
        let response = client.response().await;
        assert!(response.contains("connection: close"), "{response}");
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
        assert!(trigger.finished(None).await);
    });
}

#[test]
fn a_request_that_crosses_the_drain_on_an_idle_connection_is_answered() {
    run(async {
        let (mut client, served, trigger) = Bench::new().connect();
        client.send(GET).await;
        client.response().await;
        trigger.begin();
        client.send(GET).await;
        assert!(client.response().await.contains("connection: close"));
        assert_eq!(client.rest().await, b"");
        served.await.unwrap();
    });
}

#[test]
fn silent_and_idle_connections_do_not_hold_the_drain() {
    for sent in [b"".as_slice(), GET] {
        run(async {
            let (mut client, served, trigger) = Bench::new().connect();
            client.send(sent).await;
            if !sent.is_empty() {
                client.response().await;
            }
            trigger.begin();
            assert_eq!(client.rest().await, b"");
            served.await.unwrap();
            assert!(trigger.finished(None).await);
        });
    }
}

#[test]
fn the_proxy_header_says_who_the_visitor_is_and_gives_him_no_trust() {
    run(async {
        let mut bench = Bench::new();
        bench.listening.config.proxy_protocol = true;
        let (mut client, _served, _trigger) = bench.connect();
        client.send(b"PROXY TCP4 192.0.2.7 198.51.100.1 40000 443\r\n").await;
        client.send(GET).await;
        let response = client.response().await;
        assert!(response.contains("client: Some(192.0.2.7:40000)"), "{response}");
        assert!(response.contains("local: Some(198.51.100.1:443)"), "{response}");
        assert!(response.contains("trusted: false"), "{response}");
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
fn a_head_beyond_the_limit_is_answered_431() {
    run(async {
        let mut bench = Bench::new();
        bench.limits.header_bytes = 1024;
        let (mut client, _served, _trigger) = bench.connect();
        let head = [b"GET / HTTP/1.1\r\nhost: a\r\nx: ".as_slice(), &[b'x'; 2000], b"\r\n\r\n"].concat();
        client.send(&head).await;
        let response = client.rest().await;
        assert!(response.starts_with(b"HTTP/1.1 431"), "{:?}", String::from_utf8_lossy(&response));
    });
}

/// Accepts any certificate: what is tested is who serves it.
fn tls_client(certificate: rustls::pki_types::CertificateDer<'static>, alpn: &[u8]) -> tokio_rustls::TlsConnector {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![alpn.to_vec()];
    Arc::new(config).into()
}

#[test]
fn under_tls_alpn_chooses_and_the_server_name_is_known() {
    run(async {
        let directory = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(["data.example.fr".to_owned()]).unwrap();
        let files = crate::config::CertificateFiles {
            certificate: directory.path().join("cert.pem"),
            key: directory.path().join("key.pem"),
        };
        std::fs::write(&files.certificate, made.cert.pem()).unwrap();
        std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
        for (alpn, version) in [(b"h2".as_slice(), "HTTP/2.0"), (b"http/1.1", "HTTP/1.1")] {
            let mut bench = Bench::new();
            bench.listening.tls = Some(Tls::new(std::slice::from_ref(&files)).unwrap());
            let (client, _served, _trigger) = bench.connect();
            let name = "data.example.fr".try_into().unwrap();
            let stream = tls_client(made.cert.der().clone(), alpn).connect(name, client.stream).await.unwrap();
            assert_eq!(stream.get_ref().1.alpn_protocol(), Some(alpn));
            let text = ask(TokioIo::new(stream), alpn == b"h2").await;
            assert!(text.starts_with(version) && text.contains("server_name: Some(\"data.example.fr\")"), "{text}");
        }
    });
}

async fn ask<T>(io: T, http2: bool) -> String
where
    T: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    use http_body_util::BodyExt;
    let request = Request::get(if http2 { "https://a/" } else { "/" }).header("host", "a");
    let request = request.body(http_body_util::Empty::<Bytes>::new()).unwrap();
    let response = if http2 {
        let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
        spawn_local(connection);
        sender.send_request(request).await.unwrap()
    } else {
        let (mut sender, connection) = hyper::client::conn::http1::handshake(io).await.unwrap();
        spawn_local(connection);
        sender.send_request(request).await.unwrap()
    };
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}
