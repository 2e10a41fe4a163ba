//! The portal: a server that sends exactly the bytes of a test, and records the requests.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use tokio::net::{TcpListener, TcpSocket, UnixListener};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use super::wire::{BodyRule, Wire};
use super::{EVENT_TIMEOUT, Message, within};

/// A scripted portal on a port of the kernel's choice. It serves until it is stopped or the test ends.
pub(crate) struct Origin {
    pub(crate) address: SocketAddr,
    record: Arc<Record>,
    task: JoinHandle<()>,
    /// Bound to the same port, and never listening: it stays this portal's when it stops.
    reserved: TcpSocket,
}

/// All that reached the portal.
#[derive(Default)]
struct Record {
    requests: watch::Sender<Vec<Message>>,
    connections: watch::Sender<usize>,
    server_names: Mutex<Vec<Option<String>>>,
}

/// One connection to the portal.
pub(crate) struct Visit {
    pub(crate) wire: Wire,
    record: Arc<Record>,
}

impl Visit {
    /// The next request with its whole body; `None` once the peer has closed.
    pub(crate) async fn request(&mut self) -> Option<Message> {
        let request = self.wire.message(BodyRule::Request).await?;
        self.note(&request);
        Some(request)
    }

    /// The head of the next request; its body is left on the wire.
    pub(crate) async fn head(&mut self) -> Option<Message> {
        let request = Message::new(self.wire.head().await?);
        self.note(&request);
        Some(request)
    }

    /// How many requests have reached the portal.
    pub(crate) fn count(&self) -> usize {
        self.record.requests.borrow().len()
    }

    /// Keeps a request that was read from the wire.
    pub(crate) fn note(&self, request: &Message) {
        self.record.requests.send_modify(|requests| requests.push(request.clone()));
    }

    /// Sends bytes of a response.
    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.wire.send(bytes).await;
    }

    /// Waits until octroi has closed the connection, whatever it sends before.
    pub(crate) async fn closed(&mut self) {
        self.wire.count_to_end().await;
    }
}

impl Origin {
    /// Each connection is given to `serve`.
    pub(crate) async fn start<F, S>(serve: S) -> Self
    where
        S: Fn(Visit) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        Self::at("127.0.0.1:0".parse().unwrap(), None, serve).await
    }

    /// As [`Origin::start`], under TLS.
    pub(crate) async fn start_tls<F, S>(config: Arc<rustls::ServerConfig>, serve: S) -> Self
    where
        S: Fn(Visit) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        Self::at("127.0.0.1:0".parse().unwrap(), Some(config), serve).await
    }

    /// As [`Origin::start`], on a Unix socket; `address` leads nowhere.
    pub(crate) fn on_socket<F, S>(path: &Path, serve: S) -> Self
    where
        S: Fn(Visit) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let reserved = bound("127.0.0.1:0".parse().unwrap());
        let address = reserved.local_addr().unwrap();
        let listener = UnixListener::bind(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let record = Arc::new(Record::default());
        let task = tokio::spawn(accept_on_socket(listener, Arc::clone(&record), serve));
        Self { address, record, task, reserved }
    }

    /// At a given address, to replace another one.
    pub(crate) async fn at<F, S>(address: SocketAddr, config: Option<Arc<rustls::ServerConfig>>, serve: S) -> Self
    where
        S: Fn(Visit) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let reserved = bound(address);
        let address = reserved.local_addr().unwrap();
        let listener = TcpListener::bind(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
        let record = Arc::new(Record::default());
        let task = tokio::spawn(accept(listener, config.map(TlsAcceptor::from), Arc::clone(&record), serve));
        Self { address, record, task, reserved }
    }

    /// Answers every request with what `reply` makes of it; `Connection: close` in a reply's head closes.
    pub(crate) async fn replying<R>(reply: R) -> Self
    where
        R: Fn(&Message) -> Vec<u8> + Send + Sync + 'static,
    {
        Self::start(replies(reply)).await
    }

    /// Answers every request with the same bytes.
    pub(crate) async fn always(reply: impl Into<Vec<u8>>) -> Self {
        let reply = reply.into();
        Self::replying(move |_| reply.clone()).await
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Message> {
        self.record.requests.borrow().clone()
    }

    /// The last request; fails if there was none.
    #[track_caller]
    pub(crate) fn last(&self) -> Message {
        self.requests().pop().expect("no request reached the portal")
    }

    /// Waits for the `count`-th request.
    pub(crate) async fn nth(&self, count: usize) -> Message {
        let mut receiver = self.record.requests.subscribe();
        let requests = within("a request at the portal", receiver.wait_for(|requests| requests.len() >= count)).await;
        requests.unwrap()[count - 1].clone()
    }

    /// Waits until this holds for the requests so far. Returns whether it ever does.
    pub(crate) async fn until(&self, mut holds: impl FnMut(&[Message]) -> bool) -> bool {
        let mut receiver = self.record.requests.subscribe();
        tokio::time::timeout(EVENT_TIMEOUT, receiver.wait_for(|requests| holds(requests))).await.is_ok()
    }

    /// How many connections were accepted so far.
    pub(crate) fn connections(&self) -> usize {
        *self.record.connections.borrow()
    }

    /// Waits for a connection, whether or not anything is asked over it.
    pub(crate) async fn connected(&self) {
        let mut receiver = self.record.connections.subscribe();
        within("a connection to the portal", receiver.wait_for(|connections| *connections > 0)).await.unwrap();
    }

    /// The server names of the TLS handshakes so far.
    pub(crate) fn server_names(&self) -> Vec<Option<String>> {
        self.record.server_names.lock().unwrap().clone()
    }

    /// Closes the listener and forgets the connections: nobody is at home any more. No other test is given the port.
    pub(crate) async fn stop(mut self) -> SocketAddr {
        self.task.abort();
        let _ = (&mut self.task).await;
        std::mem::forget(self.reserved);
        self.address
    }
}

/// A socket that shares its port with others that do not listen.
pub(crate) fn bound(address: SocketAddr) -> TcpSocket {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }.unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.bind(address).unwrap_or_else(|error| panic!("{address}: {error}"));
    socket
}

/// A connection whose requests are all answered by `reply`.
pub(crate) fn replies<R>(reply: R) -> impl Fn(Visit) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> + Send
where
    R: Fn(&Message) -> Vec<u8> + Send + Sync + 'static,
{
    let reply = Arc::new(reply);
    move |mut visit| {
        let reply = Arc::clone(&reply);
        Box::pin(async move {
            while let Some(request) = visit.request().await {
                let answer = reply(&request);
                visit.send(&answer).await;
                if closes(&answer) {
                    return visit.wire.finish().await;
                }
            }
        })
    }
}

/// Whether a reply's head says that the connection ends with it.
fn closes(reply: &[u8]) -> bool {
    let head = String::from_utf8_lossy(reply).to_ascii_lowercase();
    head.split("\r\n\r\n").any(|part| part.contains("\r\nconnection: close"))
}

async fn accept<F, S>(listener: TcpListener, tls: Option<TlsAcceptor>, record: Arc<Record>, serve: S)
where
    S: Fn(Visit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    // Dropped with this task, so that a portal which stops takes its connections with it.
    let mut visits = tokio::task::JoinSet::new();
    while let Ok((tcp, _)) = listener.accept().await {
        tcp.set_nodelay(true).unwrap();
        record.connections.send_modify(|connections| *connections += 1);
        let record = Arc::clone(&record);
        let Some(tls) = &tls else {
            visits.spawn(serve(Visit { wire: Wire::new(tcp), record }));
            continue;
        };
        // A handshake that fails is the portal's way to see that it was not trusted.
        if let Ok(stream) = tls.accept(tcp).await {
            let name = stream.get_ref().1.server_name().map(ToOwned::to_owned);
            record.server_names.lock().unwrap().push(name);
            visits.spawn(serve(Visit { wire: Wire::new(stream), record }));
        }
    }
}

async fn accept_on_socket<F, S>(listener: UnixListener, record: Arc<Record>, serve: S)
where
    S: Fn(Visit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut visits = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        record.connections.send_modify(|connections| *connections += 1);
        visits.spawn(serve(Visit { wire: Wire::new(stream), record: Arc::clone(&record) }));
    }
}

/// A response of 200 with further lines (`"Set-Cookie: a=1\r\n"`) and a body of known length.
pub(crate) fn ok(lines: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{lines}\r\n{body}", body.len()).into_bytes()
}
