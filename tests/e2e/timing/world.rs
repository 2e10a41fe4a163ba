//! octroi between a scripted portal and hundreds of scripted visitors at once.
//!
//! Each visitor has its own address, which octroi forwards to the portal. So the requests of each connection are known at the
//! portal, and the bytes of a case need no mark.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;

use super::http2;
use super::outcome::Visited;
use super::script::{End, Script};
use crate::support::crowd::claim_descriptors;
use crate::support::wire::{BodyRule, Duplex};
use crate::support::{Authority, Message, Octroi, Origin, Setup, Visit, within};

/// How many visitors there are at once: enough for their pauses to overlap, and few enough that each is served in time on a
/// loaded machine.
const AT_ONCE: usize = 250;
/// A connection that lives so long does not end: far above all deadlines and pauses together.
pub(super) const LONGEST: Duration = Duration::from_secs(25);
/// In every certificate.
pub(super) const NAME: &str = "h";

/// How a portal replies to a head.
pub(super) enum Reply {
    /// When the whole request is there.
    Whole(Script),
    /// At once; the body is read afterwards.
    Early(Script),
    /// At once, with a switch of protocols. Then this many bytes are read, and kept as the request's body.
    Tunnel(Script, usize),
}

/// How a visitor comes: over HTTP/1.1 or HTTP/2, in clear or under TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Clear,
    Tls,
    Http2,
    Http2Tls,
}

/// What a visitor says.
pub(super) struct Job {
    pub(super) script: Script,
    pub(super) by: By,
}

pub(super) struct World {
    origin: Origin,
    pub(super) octroi: Octroi,
    authority: Authority,
    /// The portal's connections.
    open: watch::Sender<usize>,
    next: AtomicU32,
}

impl World {
    pub(super) async fn start<R>(reply: R, configure: impl FnOnce(Setup) -> Setup) -> Self
    where
        R: Fn(&Message) -> Reply + Send + Sync + 'static,
    {
        claim_descriptors();
        let (open, authority) = (watch::Sender::new(0), Authority::new());
        let (counted, reply) = (open.clone(), Arc::new(reply));
        let origin = Origin::start(move |visit| {
            let (held, reply) = (Held::new(counted.clone()), Arc::clone(&reply));
            async move {
                let _held = held;
                serve(visit, &*reply).await;
            }
        })
        .await;
        // Beside load, and to so many at once, the portal's kernel may take its time.
        let setup = Setup::before(&origin).site("timeouts.upstream_connect = \"20s\"");
        let setup = setup.toml("[log]\naccess = \"off\"").tls(&authority, &[&[NAME]]);
        let octroi = configure(setup).start().await;
        Self { origin, octroi, authority, open, next: AtomicU32::new(0) }
    }

    /// Opens a connection from an address that no other one comes from.
    pub(super) async fn connect(&self, by: By) -> (Ipv4Addr, Box<dyn Duplex>) {
        let number = self.next.fetch_add(1, Relaxed);
        let from = Ipv4Addr::from_bits(Ipv4Addr::new(127, 1, 0, 0).to_bits() + number);
        let stream = match by {
            By::Clear | By::Http2 => Box::new(connect(from, self.octroi.address).await),
            By::Tls => self.connect_tls(from, "http/1.1").await,
            By::Http2Tls => self.connect_tls(from, "h2").await,
        };
        (from, stream)
    }

    async fn connect_tls(&self, from: Ipv4Addr, protocol: &str) -> Box<dyn Duplex> {
        let stream = connect(from, self.octroi.tls).await;
        let connector = TlsConnector::from(self.authority.client(&[protocol]));
        let handshake = connector.connect(NAME.try_into().unwrap(), stream);
        Box::new(within("the TLS handshake", handshake).await.expect("a TLS handshake"))
    }

    /// Lets all these visitors speak, side by side, and ends the process: what came of each.
    pub(super) async fn run(self, jobs: &[Job]) -> Vec<Visited> {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let mut visits = JoinSet::new();
        for (number, Job { script, by }) in jobs.iter().enumerate() {
            let place = Arc::clone(&places).acquire_owned().await.unwrap();
            let (from, stream) = self.connect(*by).await;
            let (script, by) = (script.clone(), *by);
            visits.spawn(async move {
                let _place = place;
                let spoken = match by {
                    By::Http2 | By::Http2Tls => http2::speak(stream, &script).await,
                    By::Clear | By::Tls => speak(stream, &script).await,
                };
                (number, from, spoken)
            });
        }
        let mut spoken = visits.join_all().await;
        spoken.sort_by_key(|(number, ..)| *number);
        let mut seen = self.end().await;
        let visited = |(_, from, (answer, ended))| {
            let seen = seen.remove(&from).unwrap_or_default();
            Visited { from, answer, seen, ended }
        };
        spoken.into_iter().map(visited).collect()
    }

    /// Ends the process; what reached the portal, by the visitor's address.
    pub(super) async fn end(self) -> HashMap<Ipv4Addr, Vec<Message>> {
        drop(self.octroi);
        let mut open = self.open.subscribe();
        within("the portal's connections to end", open.wait_for(|open| *open == 0)).await.unwrap();
        let mut seen: HashMap<_, Vec<_>> = HashMap::new();
        for request in self.origin.requests() {
            let from = request.field("x-forwarded-for").and_then(|from| from.parse().ok());
            seen.entry(from.unwrap_or(Ipv4Addr::UNSPECIFIED)).or_default().push(request);
        }
        seen
    }
}

async fn connect(from: Ipv4Addr, address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((from, 0))).unwrap();
    let stream = within("a connection", socket.connect(address)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// Sends everything, and reads to the end of the connection. Returns the answer, and whether the connection ended.
pub(super) async fn speak(stream: Box<dyn Duplex>, script: &Script) -> (Vec<u8>, bool) {
    let (mut reading, mut writing) = tokio::io::split(stream);
    let mut answer = Vec::new();
    // A reset is an end, too.
    let read = async { while matches!(reading.read_buf(&mut answer).await, Ok(1..)) {} };
    let both = async { tokio::join!(script.say(&mut writing), read) };
    let ended = tokio::time::timeout(LONGEST, both).await.is_ok();
    (answer, ended)
}

/// One of the portal's connections.
async fn serve(mut visit: Visit, reply: &impl Fn(&Message) -> Reply) {
    while let Some(head) = visit.wire.head().await {
        let head = Message::new(head);
        let reply = reply(&head);
        if let Reply::Early(script) | Reply::Tunnel(script, _) = &reply {
            script.say(&mut visit.wire.stream).await;
        }
        let mut request = visit.wire.message_of(head, BodyRule::Request).await;
        if let Reply::Tunnel(_, length) = reply {
            request.body = visit.wire.take(length).await;
            return visit.note(&request);
        }
        visit.note(&request);
        if let Reply::Whole(script) = &reply {
            script.say(&mut visit.wire.stream).await;
        }
        match reply {
            Reply::Whole(script) | Reply::Early(script) if script.end == End::Open => {}
            _ => return visit.closed().await,
        }
    }
}

/// Counts as long as it lives.
struct Held(watch::Sender<usize>);

impl Held {
    fn new(count: watch::Sender<usize>) -> Self {
        count.send_modify(|open| *open += 1);
        Self(count)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.send_modify(|open| *open -= 1);
    }
}
