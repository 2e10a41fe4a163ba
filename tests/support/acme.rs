//! A real ACME server, pebble, behind a scripted proxy: requests can be counted, delayed, cut and refused, and the proxy
//! suggests renewal times (RFC 9773), which pebble itself does not.

use std::net::{SocketAddr, TcpListener as StdTcpListener};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use data_encoding::BASE64URL_NOPAD;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::client::TlsStream;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::octroi::Spawned;
use super::{Authority, within};

/// Pebble's name for where orders are made.
pub(crate) const NEW_ORDER: &str = "/order-plz";
/// Where its accounts are made.
pub(crate) const NEW_ACCOUNT: &str = "/sign-me-up";
/// Where it is told that a certificate is wanted for an order.
pub(crate) const FINALIZE: &str = "/finalize-order/";
/// Where the front suggests moments of renewal.
pub(crate) const RENEWAL_INFO: &str = "/renewal-info";

/// What the front does.
#[derive(Default)]
pub(crate) struct Script {
    /// Connections are closed as soon as they are taken.
    pub(crate) is_down: bool,
    /// Orders are refused with 429 and this `Retry-After`.
    pub(crate) limited: Option<u64>,
    /// The window of renewal, as the RFC writes it. `None`: the server does not know of any.
    pub(crate) window: Option<(String, String)>,
    /// The answer to a request with this in its path is never sent, though pebble has it.
    pub(crate) held: Option<&'static str>,
    /// A body without end is sent for it instead.
    pub(crate) endless: bool,
}

/// A running server. It ends when dropped.
pub(crate) struct AcmeServer {
    address: SocketAddr,
    management: SocketAddr,
    authority: Authority,
    front: Arc<Front>,
    _processes: [Spawned; 2],
    _directory: tempfile::TempDir,
}

struct Front {
    script: Mutex<Script>,
    asked: watch::Sender<Vec<String>>,
    pebble: SocketAddr,
    tls: TlsConnector,
}

/// Sockets at which octroi is asked for its challenges.
pub(crate) struct Doors {
    pub(crate) http: StdTcpListener,
    pub(crate) https: StdTcpListener,
}

impl Doors {
    pub(crate) fn new() -> Self {
        let bind = || StdTcpListener::bind("127.0.0.1:0").unwrap();
        Self { http: bind(), https: bind() }
    }
}

impl AcmeServer {
    /// One that asks for challenges at `doors`, and refuses `bad_nonces` percent of all good nonces.
    pub(crate) async fn start(doors: &Doors, bad_nonces: u32) -> Self {
        Self::start_with(doors, bad_nonces, &[]).await
    }

    /// One that makes accounts for these customers alone: the id and the key of each, in base64url.
    pub(crate) async fn for_customers(doors: &Doors, customers: &[(&str, &str)]) -> Self {
        Self::start_with(doors, 0, customers).await
    }

    async fn start_with(doors: &Doors, bad_nonces: u32, customers: &[(&str, &str)]) -> Self {
        for _ in 0..10 {
            if let Some(server) = Self::at_free_ports(doors, bad_nonces, customers).await {
                return server;
            }
        }
        panic!("pebble has ended, or its ports were taken, ten times");
    }

    /// `None` if somebody took one of its ports before it did.
    async fn at_free_ports(doors: &Doors, bad_nonces: u32, customers: &[(&str, &str)]) -> Option<Self> {
        let directory = tempfile::tempdir().unwrap();
        let authority = Authority::new();
        authority.certificate(&["localhost", "127.0.0.1"]).write(directory.path(), "own");
        let [pebble, management, names] = [free_port(), free_port(), free_port()];
        let config = json!({ "pebble": {
            "listenAddress": pebble.to_string(),
            "managementListenAddress": management.to_string(),
            "certificate": "own.pem",
            "privateKey": "own.key",
            "httpPort": doors.http.local_addr().unwrap().port(),
            "tlsPort": doors.https.local_addr().unwrap().port(),
            "externalAccountBindingRequired": !customers.is_empty(),
            "externalAccountMACKeys": customers.iter().copied().collect::<std::collections::BTreeMap<_, _>>(),
        } });
        std::fs::write(directory.path().join("pebble.json"), config.to_string()).unwrap();
        let resolver = spawn(
            directory.path(),
            "pebble-challtestsrv",
            &[
                &format!("-dns01={names}"),
                "-defaultIPv4=127.0.0.1",
                "-defaultIPv6=",
                "-http01=",
                "-https01=",
                "-tlsalpn01=",
                &format!("-management={}", free_port()),
            ],
            0,
        );
        let server =
            spawn(directory.path(), "pebble", &["-config=pebble.json", &format!("-dnsserver={names}")], bad_nonces);
        let ready = |line: &str| line.contains("ACME directory available").then_some(());
        server.stdout.find("pebble", ready).await?;
        let tls = TlsConnector::from(authority.client(&["http/1.1"]));
        for address in [pebble, management] {
            // It says so a moment before it listens.
            within("pebble to listen", reachable(address)).await;
            connect(address, &tls).await.ok()?;
        }
        let front = Arc::new(Front { script: Mutex::default(), asked: watch::Sender::default(), pebble, tls });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = TlsAcceptor::from(authority.server(&["localhost"]));
        tokio::spawn(serve(listener, acceptor, Arc::clone(&front)));
        Some(Self { address, management, authority, front, _processes: [resolver, server], _directory: directory })
    }

    /// The `acme` table for this server; its authority's file is written to `directory`. `more`: further keys.
    pub(crate) fn table(&self, directory: &Path, more: &str) -> String {
        std::fs::write(directory.join("acme-ca.pem"), self.authority.pem()).unwrap();
        let port = self.address.port();
        format!(
            "{{ server = \"https://localhost:{port}/dir\", ca = \"acme-ca.pem\", directory = \"acme\", terms_agreed = true{more} }}"
        )
    }

    /// The folder of this server below `directory`.
    pub(crate) fn folder(&self, directory: &Path) -> std::path::PathBuf {
        directory.join(format!("acme/localhost-{}-dir", self.address.port()))
    }

    pub(crate) fn script(&self) -> MutexGuard<'_, Script> {
        self.front.script.lock().unwrap()
    }

    /// How often something with this in its path was asked for.
    pub(crate) fn count(&self, path: &str) -> usize {
        count(&self.front.asked.borrow(), path)
    }

    /// Waits until it was asked for so often.
    pub(crate) async fn until_asked(&self, path: &str, times: usize) {
        let mut asked = self.front.asked.subscribe();
        let reached = asked.wait_for(|asked| count(asked, path) >= times);
        within(&format!("{path} {times} times"), reached).await.unwrap();
    }

    /// A client that trusts whom this server signs for.
    pub(crate) async fn visitor(&self) -> Arc<rustls::ClientConfig> {
        let request = Request::get("/roots/0").header("Host", "localhost").body(Full::default()).unwrap();
        let answer = ask(self.management, &self.front.tls, request).await.unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(answer.body()).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Arc::new(config)
    }
}

async fn reachable(address: SocketAddr) {
    while TcpStream::connect(address).await.is_err() {
        tokio::task::yield_now().await;
    }
}

fn count(asked: &[String], path: &str) -> usize {
    asked.iter().filter(|one| one.contains(path)).count()
}

/// A port that is free now. Neither program can be told to have one chosen and to say which.
fn free_port() -> SocketAddr {
    StdTcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn spawn(directory: &Path, program: &str, arguments: &[&str], bad_nonces: u32) -> Spawned {
    let mut command = Command::new(program);
    command
        .current_dir(directory)
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped());
    command.env("PEBBLE_VA_NOSLEEP", "1").env("PEBBLE_AUTHZREUSE", "0");
    command.env("PEBBLE_WFE_NONCEREJECT", bad_nonces.to_string());
    Spawned::new(command)
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, front: Arc<Front>) {
    while let Ok((stream, _)) = listener.accept().await {
        if front.script.lock().unwrap().is_down {
            continue;
        }
        let (acceptor, front) = (acceptor.clone(), Arc::clone(&front));
        tokio::spawn(async move {
            let Ok(stream) = acceptor.accept(stream).await else { return };
            let answer = service_fn(|request| answer(Arc::clone(&front), request));
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}

type Answer = http_body_util::combinators::BoxBody<Bytes, std::convert::Infallible>;

/// Passes a request on to pebble, unless the script says otherwise.
async fn answer(front: Arc<Front>, request: Request<Incoming>) -> hyper::Result<Response<Answer>> {
    let path = request.uri().path().to_owned();
    let (limited, window, is_held, endless) = {
        let script = front.script.lock().unwrap();
        let is_held = script.held.is_some_and(|held| path.contains(held));
        (script.limited.filter(|_| path == NEW_ORDER), script.window.clone(), is_held, script.endless)
    };
    if endless {
        front.asked.send_modify(|asked| asked.push(path.clone()));
        return Ok(Response::new(Endless.boxed()));
    }
    let (head, body) = request.into_parts();
    let host = head.headers.get("host").map(|host| host.to_str().unwrap().to_owned()).unwrap_or_default();
    let body = body.collect().await?.to_bytes();
    let mut answered = if let Some(seconds) = limited {
        let problem = json!({ "type": "urn:ietf:params:acme:error:rateLimited", "detail": "too many", "status": 429 });
        Response::builder()
            .status(429)
            .header(CONTENT_TYPE, "application/problem+json")
            .header(RETRY_AFTER, seconds)
            .body(Bytes::from(problem.to_string()))
            .unwrap()
    } else if path.starts_with(RENEWAL_INFO) {
        let (start, end) = window.clone().unwrap_or_default();
        let info = json!({ "suggestedWindow": { "start": start, "end": end } });
        Response::builder().header(RETRY_AFTER, 21600).body(Bytes::from(info.to_string())).unwrap()
    } else {
        ask(front.pebble, &front.tls, Request::from_parts(head, Full::new(body.clone()))).await?
    };
    if window.is_some() && path == "/dir" {
        amend(&mut answered, |directory| directory["renewalInfo"] = json!(format!("https://{host}{RENEWAL_INFO}")));
    }
    if path == NEW_ORDER
        && let Some(replaces) = payload(&body).get("replaces")
    {
        amend(&mut answered, |order| order["replaces"] = replaces.clone());
    }
    front.asked.send_modify(|asked| asked.push(path.clone()));
    if is_held {
        std::future::pending::<()>().await;
    }
    Ok(answered.map(|body| Full::new(body).boxed()))
}

/// Changes an answer's JSON.
fn amend(answer: &mut Response<Bytes>, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_slice(answer.body()).unwrap();
    change(&mut value);
    *answer.body_mut() = Bytes::from(value.to_string());
    answer.headers_mut().remove(CONTENT_LENGTH);
}

/// What a signed request (RFC 8555 §6.2) holds.
fn payload(request: &[u8]) -> Value {
    let request: Value = serde_json::from_slice(request).unwrap_or_default();
    let payload = request["payload"].as_str().and_then(|text| BASE64URL_NOPAD.decode(text.as_bytes()).ok());
    payload.and_then(|payload| serde_json::from_slice(&payload).ok()).unwrap_or_default()
}

async fn connect(address: SocketAddr, tls: &TlsConnector) -> std::io::Result<TlsStream<TcpStream>> {
    tls.connect(ServerName::try_from("localhost").unwrap(), TcpStream::connect(address).await?).await
}

/// One request under TLS on a connection of its own.
async fn ask(address: SocketAddr, tls: &TlsConnector, request: Request<Full<Bytes>>) -> hyper::Result<Response<Bytes>> {
    let stream = connect(address, tls).await.expect("TLS to pebble");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let (head, body) = sender.send_request(request).await?.into_parts();
    Ok(Response::from_parts(head, body.collect().await?.to_bytes()))
}

/// Content that never ends.
struct Endless;

impl hyper::body::Body for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Ready(Some(Ok(hyper::body::Frame::data(Bytes::from_static(&[b' '; 16384])))))
    }
}
