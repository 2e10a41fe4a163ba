//! The portal: endpoints that answer as a request's target says, stop with all their connections, and start again.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::ask::COOKIES;
use super::body::{self, PIECE};
use super::ledger::Ledger;
use super::pattern::{self, Reader};
use crate::support::message::Message;
use crate::support::wire::Wire;

/// One address of the portal. Its port stays taken while nobody listens there, so that no other socket gets it.
pub(crate) struct Endpoint {
    pub(crate) address: SocketAddr,
    ledger: Arc<Ledger>,
    _reserved: TcpSocket,
    alive: Option<Alive>,
}

struct Alive {
    task: JoinHandle<()>,
    ending: watch::Sender<Option<Ending>>,
}

/// How all connections of an endpoint end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ending {
    Close,
    Reset,
}

impl Endpoint {
    pub(crate) fn new(ledger: &Arc<Ledger>) -> Self {
        let reserved = socket("127.0.0.1:0".parse().unwrap());
        let mut endpoint = Self {
            address: reserved.local_addr().unwrap(),
            ledger: Arc::clone(ledger),
            _reserved: reserved,
            alive: None,
        };
        endpoint.revive();
        endpoint
    }

    pub(crate) fn is_alive(&self) -> bool {
        self.alive.is_some()
    }

    pub(crate) fn revive(&mut self) {
        let listener = socket(self.address).listen(1024).unwrap();
        let (ending, stopped) = watch::channel(None);
        let task = tokio::spawn(accept(listener, Arc::clone(&self.ledger), stopped));
        self.alive = Some(Alive { task, ending });
    }

    /// Ends the listener and every connection; returns when all are gone.
    pub(crate) async fn stop(&mut self, how: Ending) {
        if let Some(Alive { task, ending }) = self.alive.take() {
            ending.send_replace(Some(how));
            task.await.expect("the portal does not fail");
        }
    }
}

fn socket(address: SocketAddr) -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.bind(address).unwrap_or_else(|error| panic!("{address}: {error}"));
    socket
}

async fn accept(listener: TcpListener, ledger: Arc<Ledger>, mut stopped: watch::Receiver<Option<Ending>>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (tcp, _) = accepted.unwrap();
                connections.spawn(connection(tcp, Arc::clone(&ledger), stopped.clone()));
            }
            Some(ended) = connections.join_next() => ended.unwrap_or_else(|panic| ledger.fail(&format!("the portal: {panic}"))),
            _ = stopped.changed() => break,
        }
    }
    drop(listener);
    connections.join_all().await;
}

async fn connection(tcp: TcpStream, ledger: Arc<Ledger>, mut stopped: watch::Receiver<Option<Ending>>) {
    tcp.set_nodelay(true).unwrap();
    let mut wire = Wire::new(tcp);
    let ends = tokio::select! {
        ends = serve(&mut wire, &ledger) => ends,
        ending = stopped.wait_for(Option::is_some) => ending.map_or(Ending::Close, |ending| ending.unwrap_or(Ending::Close)),
    };
    match ends {
        Ending::Reset => wire.reset(),
        Ending::Close => wire.finish().await,
    }
}

/// Serves one request after the other, until one of them ends the connection.
async fn serve(wire: &mut Wire, ledger: &Ledger) -> Ending {
    while let Some(head) = wire.head().await {
        let request = Message::new(head);
        let query = Query::of(&request);
        let ends = match &*query.kind {
            "health" => respond(wire, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await,
            "upload" => upload(wire, ledger, &request, &query).await,
            "tunnel" => tunnel(wire, &request, &query).await,
            "held" => held(wire).await,
            _ => page(wire, &request, &query).await,
        };
        if let Some(ends) = ends {
            return ends;
        }
    }
    Ending::Close
}

/// What a target asks for: `/kind/id?key=value&…`.
struct Query {
    kind: String,
    id: u64,
    keys: String,
}

impl Query {
    fn of(request: &Message) -> Self {
        let target = request.target();
        let (path, keys) = target.split_once('?').unwrap_or((&target, ""));
        let mut parts = path.split('/').skip(1);
        let kind = parts.next().unwrap_or_default().to_owned();
        let id = parts.next().and_then(|id| id.parse().ok()).unwrap_or(0);
        Self { kind, id, keys: keys.to_owned() }
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.keys.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
    }

    fn number(&self, key: &str) -> Option<u64> {
        self.text(key)?.parse().ok()
    }
}

async fn respond(wire: &mut Wire, bytes: impl AsRef<[u8]>) -> Option<Ending> {
    wire.try_send(bytes.as_ref()).await.err().map(|_| Ending::Close)
}

/// What every answer says: whose it is, and which cookies came with the request.
fn signature(request: &Message, query: &Query) -> String {
    let id = query.id;
    let mut lines = format!("x-soak-id: {id}\r\nx-endpoint-saw: {}\r\n", request.texts("cookie").join(" | "));
    if matches!(&*query.kind, "visit" | "tunnel") {
        lines.extend(COOKIES.map(|name| format!("set-cookie: {name}={id}; Path=/\r\n")));
    }
    lines
}

async fn page(wire: &mut Wire, request: &Message, query: &Query) -> Option<Ending> {
    let status = query.number("status").unwrap_or(200);
    let size = query.number("size").unwrap_or(0);
    let framing = match query.text("framing") {
        Some("chunked") => "transfer-encoding: chunked\r\n".to_owned(),
        Some("close") => "connection: close\r\n".to_owned(),
        _ if status == 204 => String::new(),
        _ => format!("content-length: {size}\r\n"),
    };
    let head = format!("HTTP/1.1 {status} Fine\r\n{}{framing}\r\n", signature(request, query));
    if request.method() == "HEAD" || matches!(status, 204 | 304) {
        return respond(wire, head).await;
    }
    if wire.try_send(head.as_bytes()).await.is_err() {
        return Some(Ending::Close);
    }
    content(wire, query, size).await
}

/// As much of the body as the target asks for, and what follows it.
async fn content(wire: &mut Wire, query: &Query, size: u64) -> Option<Ending> {
    let (cut, framing) = (query.number("cut"), query.text("framing"));
    if !body::send(wire, query.id, cut.unwrap_or(size), framing == Some("chunked"), false).await {
        return Some(Ending::Close);
    }
    match (cut, query.text("how"), framing) {
        (Some(_), Some("reset"), _) => Some(Ending::Reset),
        (Some(_), ..) | (None, _, Some("close")) => Some(Ending::Close),
        (None, _, Some("chunked")) => respond(wire, "0\r\n\r\n").await,
        _ => None,
    }
}

/// Reads a body and tells its length, and where it differs from what was sent.
async fn upload(wire: &mut Wire, ledger: &Ledger, request: &Message, query: &Query) -> Option<Ending> {
    if request.method() == "POST" {
        ledger.posted(query.id);
    }
    if request.has("expect") {
        respond(wire, "HTTP/1.1 100 Continue\r\n\r\n").await;
    }
    let mut reader = Reader::new(query.id);
    if !body::read(wire, request, &mut reader, false).await {
        return Some(Ending::Close);
    }
    let Reader { length, differs_at, .. } = reader;
    let size = query.number("size").unwrap_or(0) as usize;
    let head = format!(
        "HTTP/1.1 200 OK\r\n{}x-received: {length} {differs_at:?}\r\ncontent-length: {size}\r\n\r\n",
        signature(request, query)
    );
    respond(wire, [head.as_bytes(), &pattern::bytes(query.id, 0, size)].concat()).await
}

async fn tunnel(wire: &mut Wire, request: &Message, query: &Query) -> Option<Ending> {
    let accept = derive_accept_key(request.field("sec-websocket-key").unwrap_or_default().as_bytes());
    let lines = signature(request, query);
    let head = format!(
        "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: {accept}\r\n{lines}\r\n"
    );
    wire.send(head).await;
    let mut buffer = vec![0; PIECE];
    while let Ok(read @ 1..) = wire.stream.read(&mut buffer).await {
        if wire.stream.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
    Some(Ending::Close)
}

/// Waits until octroi notices that its visitor is gone; a connection that it keeps is a leak, and fails the run.
async fn held(wire: &mut Wire) -> Option<Ending> {
    wire.count_to_end().await;
    Some(Ending::Close)
}
