//! Connections to the portal are limited: requests wait in turn for one, and a visitor who does not use theirs is ended.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use crate::support::client::get;
use crate::support::frames::{Frame, Frames, GOOD, changed, headers, status_of};
use crate::support::http2::{Http2, request};
use crate::support::metrics::Metrics;
use crate::support::origin::ok;
use crate::support::wire::Wire;
use crate::support::{Client, Message, Octroi, Origin, Setup, Visit, within};

/// However busy the machine is, nothing ends but for want of a connection. No address has a share.
const PATIENT: &str =
    "connections_per_address = 0\n[timeouts]\nheader = \"10m\"\nbody_idle = \"10m\"\nupstream_connect = \"10m\"";

/// The same, with shares.
fn limited() -> String {
    PATIENT.replace("_address = 0", "_address = 100")
}

/// A portal that counts its open connections, and answers `/held` when it is told to.
struct Portal {
    origin: Origin,
    state: Arc<State>,
}

struct State {
    held: Semaphore,
    open: AtomicUsize,
    most_open: AtomicUsize,
    waiting: watch::Sender<usize>,
}

/// Bytes of the content of `/long`.
const LONG: usize = 16 << 20;

impl Portal {
    async fn start() -> Self {
        let state = Arc::new(State {
            held: Semaphore::new(0),
            open: AtomicUsize::default(),
            most_open: AtomicUsize::default(),
            waiting: watch::Sender::default(),
        });
        let served = Arc::clone(&state);
        let origin = Origin::start(move |visit| {
            let state = Arc::clone(&served);
            async move {
                let open = state.open.fetch_add(1, Ordering::SeqCst) + 1;
                state.most_open.fetch_max(open, Ordering::SeqCst);
                state.serve(visit).await;
                state.open.fetch_sub(1, Ordering::SeqCst);
            }
        })
        .await;
        Self { origin, state }
    }

    /// Waits until this many requests for `/held` were received.
    async fn holds(&self, count: usize) {
        let mut waiting = self.state.waiting.subscribe();
        within("requests to be held", waiting.wait_for(|waiting| *waiting >= count)).await.unwrap();
    }

    /// Answers this many of them.
    fn answers(&self, count: usize) {
        self.state.held.add_permits(count);
    }
}

impl State {
    async fn serve(&self, mut visit: Visit) {
        while let Some(request) = visit.request().await {
            match request.target().as_str() {
                "/held" => {
                    self.waiting.send_modify(|waiting| *waiting += 1);
                    tokio::select! {
                        permit = self.held.acquire() => permit.unwrap().forget(),
                        () = visit.closed() => return,
                    }
                    visit.send(ok("", "held")).await;
                }
                "/tunnel" => {
                    visit
                        .send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
                        .await;
                    return visit.closed().await;
                }
                "/endless" => {
                    visit.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await;
                    let chunk = [&b"10000\r\n"[..], &vec![b'x'; 1 << 16], b"\r\n"].concat();
                    while visit.wire.stream.write_all(&chunk).await.is_ok() {}
                }
                // In pieces: many of these at once must not fill the test's memory.
                "/long" => {
                    visit.send(format!("HTTP/1.1 200 OK\r\nContent-Length: {LONG}\r\n\r\n")).await;
                    let piece = vec![b'x'; 1 << 16];
                    for _ in 0..LONG / piece.len() {
                        if visit.wire.stream.write_all(&piece).await.is_err() {
                            return;
                        }
                    }
                }
                _ => visit.send(ok("", "ok")).await,
            }
        }
    }
}

async fn octroi(portal: &Portal, connections: usize, more: &str) -> Octroi {
    let limits = format!("[limits]\nupstream_connections = {connections}\n{more}");
    Setup::before(&portal.origin).one_worker().toml(&limits).start().await
}

async fn held(address: std::net::SocketAddr) -> String {
    Client::connect(address).await.get("/held", "").await.text()
}

#[tokio::test]
async fn more_requests_than_connections_wait_for_their_turn() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 2, "").await;
    let mut visitors = JoinSet::new();
    for _ in 0..6 {
        visitors.spawn(held(octroi.address));
    }
    portal.holds(2).await;
    octroi
        .metrics_until("four to wait", |metrics| {
            metrics.count("octroi_upstream_events_total", &[("event", "waited")]) == 4
        })
        .await;
    portal.answers(6);
    for answer in within("the answers", visitors.join_all()).await {
        assert_eq!(answer, "held");
    }
    assert_eq!((portal.origin.connections(), portal.state.most_open.load(Ordering::SeqCst)), (2, 2));
}

#[tokio::test]
async fn if_too_many_wait_the_next_one_is_refused_at_once() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 1, "[timeouts]\nupstream_connect = 0").await;
    let mut visitors = JoinSet::new();
    for _ in 0..5 {
        visitors.spawn(held(octroi.address));
    }
    octroi
        .metrics_until("four to wait", |metrics| {
            metrics.count("octroi_upstream_events_total", &[("event", "waited")]) == 4
        })
        .await;
    let response = octroi.client().await.get("/", "").await;
    response.assert_status(503);
    assert!(response.field("proxy-status").unwrap().contains("error=connection_limit_reached"), "{}", response.shown());
    octroi.logged("upstream_busy").await;
    portal.answers(5);
    within("the answers", visitors.join_all()).await;
    let metrics = octroi.metrics().await;
    assert_eq!(metrics.count("octroi_upstream_events_total", &[("event", "busy")]), 1);
}

#[tokio::test]
async fn no_request_waits_longer_than_for_a_new_connection() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 1, "[timeouts]\nupstream_connect = \"300ms\"").await;
    let first = tokio::spawn(held(octroi.address));
    portal.holds(1).await;
    let response = octroi.client().await.get("/", "").await;
    response.assert_status(503);
    // The visitors who went away have left no trace.
    portal.answers(1);
    assert_eq!(first.await.unwrap(), "held");
    octroi.client().await.get("/", "").await.assert_status(200);
}

#[tokio::test]
async fn a_visitor_who_leaves_while_waiting_takes_no_place() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 1, "").await;
    let first = tokio::spawn(held(octroi.address));
    portal.holds(1).await;
    for _ in 0..8 {
        let mut client = octroi.client().await;
        client.send(get("/", "")).await;
        octroi
            .metrics_until("a wait", |metrics| {
                metrics.count("octroi_upstream_events_total", &[("event", "waited")]) > 0
            })
            .await;
        drop(client);
    }
    portal.answers(1);
    assert_eq!(first.await.unwrap(), "held");
    octroi.client().await.get("/", "").await.assert_status(200);
}

#[tokio::test]
async fn an_idle_connection_makes_room_for_a_request_that_cannot_use_it() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 1, "").await;
    let mut client = octroi.client().await;
    for _ in 0..3 {
        client.exchange("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx").await.assert_status(200);
    }
    client.get("/", "").await.assert_status(200);
    assert_eq!(portal.origin.requests().len(), 4);
}

/// The first visitor's response is long, and unread.
async fn others_are_served_while(octroi: &Octroi, unread: impl Future<Output = bool>) {
    let mut client = octroi.client().await;
    for _ in 0..3 {
        client.get("/", "").await.assert_status(200);
    }
    assert!(within("the end of who does not read", unread).await, "it ended whole");
    octroi.logged("\"unread\"").await;
    let metrics = octroi.metrics().await;
    assert_eq!(metrics.count("octroi_connections_refused_total", &[("reason", "unread")]), 1);
}

#[tokio::test]
async fn a_visitor_who_does_not_read_makes_room_for_others() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 1, "[timeouts]\nupstream_connect = \"20s\"").await;
    let mut unread = octroi.client().await;
    unread.send(get("/long", "")).await;
    unread.wire.head().await.unwrap();
    others_are_served_while(&octroi, async { unread.wire.count_to_end().await < 16 << 20 }).await;
}

/// If only the connection's end shows where a response ends, a cut must not look like one.
#[tokio::test]
async fn an_http10_visitor_is_cut_with_a_reset() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 1, "[timeouts]\nupstream_connect = \"20s\"").await;
    let mut unread = octroi.client().await;
    unread.send("GET /endless HTTP/1.0\r\nHost: h\r\n\r\n").await;
    unread.wire.head().await.unwrap();
    others_are_served_while(&octroi, async {
        let read = unread.wire.stream.read_to_end(&mut Vec::new()).await;
        read.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset)
    })
    .await;
}

#[tokio::test]
async fn a_stream_whose_window_stays_closed_makes_room_for_others() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 1, "[timeouts]\nupstream_connect = \"20s\"").await;
    let mut frames = Frames::connect(octroi.address).await;
    frames.send(Frame::SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]).await;
    frames.headers(1, true, &changed(b":path", Some(b"/long"))).await;
    assert_eq!(within("an answer", frames.verdict(1)).await.unwrap().kind, Frame::HEADERS);
    others_are_served_while(&octroi, async {
        let ended = frames.verdict(1).await.unwrap();
        (ended.kind, ended.stream) == (Frame::RST_STREAM, 1)
    })
    .await;
    frames.headers(3, true, &changed(b":method", Some(b"HEAD"))).await;
    assert_eq!(within("an answer", frames.verdict(3)).await.unwrap().kind, Frame::HEADERS);
}

#[tokio::test]
async fn a_visitor_who_stops_sending_makes_room_for_others() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 1, "[timeouts]\nupstream_connect = \"20s\"").await;
    let mut unsent = octroi.client().await;
    unsent.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nbeginning").await;
    within("a connection", async {
        while portal.origin.connections() == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let mut others = octroi.client().await;
    for _ in 0..3 {
        others.get("/", "").await.assert_status(200);
    }
    within("an answer", unsent.response()).await.assert_status(408);
    assert!(within("the end", unsent.wire.is_closed()).await);
}

/// The visitor who has read nothing for longest is ended first, and one who reads stays.
#[tokio::test]
async fn a_visitor_who_reads_stays() {
    const LENGTH: usize = 16 << 20;
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 2, "[timeouts]\nupstream_connect = \"20s\"").await;
    let mut unread = octroi.client().await;
    unread.send(get("/long", "")).await;
    unread.wire.head().await.unwrap();
    let mut reading = octroi.client().await;
    reading.send(get("/long", "")).await;
    reading.wire.head().await.unwrap();
    let mut asking = octroi.client().await;
    // A task of its own: a read that is given up for the answer would lose what it had taken.
    let asked = tokio::spawn(async move { asking.get("/", "").await });
    let (begun, mut left) = (Instant::now(), LENGTH);
    while !asked.is_finished() {
        // By the clock: timers are late beside other load.
        let due = LENGTH.saturating_sub(1024 * usize::try_from(begun.elapsed().as_millis()).unwrap());
        let some = left.saturating_sub(due.max(1));
        assert!(reading.wire.discard(some).await, "whoever reads was ended");
        left -= some;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let answer = asked.await.unwrap();
    answer.assert_status(200);
    assert!(reading.wire.discard(left).await);
    assert!(unread.wire.count_to_end().await < LENGTH as u64);
}

#[tokio::test]
async fn tunnels_leave_half_of_the_connections_to_requests() {
    const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 2, "").await;
    let mut tunnel = octroi.client().await;
    tunnel.get("/tunnel", UPGRADE).await.assert_status(101);
    octroi.client().await.get("/tunnel", UPGRADE).await.assert_status(503);
    for _ in 0..3 {
        octroi.client().await.get("/", "").await.assert_status(200);
    }
    drop(tunnel);
    within("the tunnel's end", async { while octroi.client().await.get("/tunnel", UPGRADE).await.status() != 101 {} })
        .await;
}

/// Streams of one connection wait for one another, too.
#[tokio::test]
async fn many_streams_share_few_connections() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 4, "").await;
    let mut visitor = Http2::connect(octroi.address).await;
    let mut answers = Vec::new();
    for _ in 0..16 {
        answers.push(visitor.begin(request("GET", "/", &[]), true).await.0);
    }
    for answer in answers {
        assert_eq!(within("an answer", answer).await.unwrap().status(), 200);
    }
    assert!(portal.state.most_open.load(Ordering::SeqCst) <= 4);
}

/// Far more requests than connections and places, of a few addresses, none of which ends: the next address is served.
#[tokio::test]
async fn a_few_addresses_leave_a_connection_to_the_next() {
    const CROWD: u8 = 8;
    const STREAMS: u32 = 64;
    for path in [b"/held", b"/long"] {
        let portal = Portal::start().await;
        let octroi = octroi(&portal, 64, &limited()).await;
        let mut crowd = Vec::new();
        for last in 1..=CROWD {
            let mut frames = Frames::over(from(last, &octroi).await).await;
            frames.send(Frame::SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]).await;
            asks(&mut frames, 0..STREAMS, path).await;
            crowd.push(frames);
        }
        judged(&octroi, u32::from(CROWD) * STREAMS).await;
        for _ in 0..10 {
            let mut other = Client { wire: from(CROWD + 1, &octroi).await };
            within("an answer", other.get("/", "")).await.assert_status(200);
        }
    }
}

/// One connection with more requests than there are connections and places, none of which ends: whoever comes anew from the
/// same address is served, also within the address's share.
#[tokio::test]
async fn many_streams_of_one_connection_leave_connections_to_others_of_their_address() {
    const STREAMS: u32 = 128;
    let limited = limited();
    for (path, connections, address) in
        [(b"/held", 16, None), (b"/long", 16, None), (b"/held", 64, Some(1)), (b"/long", 64, Some(1))]
    {
        let portal = Portal::start().await;
        let octroi = octroi(&portal, connections, if address.is_some() { &limited } else { PATIENT }).await;
        let mut crowd = Frames::over(visitor(address, &octroi).await).await;
        asks(&mut crowd, 0..STREAMS, path).await;
        judged(&octroi, STREAMS).await;
        for _ in 0..10 {
            let mut other = Client { wire: visitor(address, &octroi).await };
            within("an answer", other.get("/", "")).await.assert_status(200);
            let mut other = Frames::over(visitor(address, &octroi).await).await;
            other.headers(1, true, &GOOD).await;
            assert_eq!(within("an answer", other.verdict(1)).await.as_ref().and_then(status_of), Some(200));
        }
    }
}

/// All connections are in use. The first that becomes free is for whoever has none, however many requests of one connection
/// came before; also within the share of an address.
#[tokio::test]
async fn whoever_has_no_connection_is_served_before_a_crowd() {
    let limited = limited();
    for (connections, address) in [(4, None), (16, Some(1))] {
        let portal = Portal::start().await;
        let octroi = octroi(&portal, connections, if address.is_some() { &limited } else { PATIENT }).await;
        let mut crowd = Frames::over(visitor(address, &octroi).await).await;
        asks(&mut crowd, 0..12, b"/held").await;
        portal.holds(4).await;
        judged(&octroi, 12).await;
        let mut late = Client { wire: visitor(address, &octroi).await };
        late.send(get("/late", "")).await;
        judged(&octroi, 13).await;
        portal.answers(1);
        within("an answer", late.response()).await.assert_status(200);
        portal.answers(11);
        for _ in 0..12 {
            while within("the crowd's answers", crowd.next()).await.unwrap().kind != Frame::HEADERS {}
        }
        let asked: Vec<_> = portal.origin.requests().iter().map(Message::target).collect();
        assert_eq!(asked.iter().position(|target| target == "/late"), Some(4), "{asked:?}");
    }
}

/// Whose streams are unread is ended for who has no connection, before the streams of the same connection that wait.
#[tokio::test]
async fn an_unread_stream_makes_room_for_who_has_none_before_a_crowd() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 4, PATIENT).await;
    let mut crowd = Frames::connect(octroi.address).await;
    crowd.send(Frame::SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]).await;
    asks(&mut crowd, 0..4, b"/long").await;
    judged(&octroi, 4).await;
    asks(&mut crowd, 4..12, b"/held").await;
    judged(&octroi, 12).await;
    within("an answer", octroi.client().await.get("/", "")).await.assert_status(200);
}

/// Streams with these numbers ask for `path`.
async fn asks(frames: &mut Frames, streams: std::ops::Range<u32>, path: &[u8]) {
    let heads = streams.flat_map(|number| headers(2 * number + 1, true, &changed(b":path", Some(path))));
    frames.raw(&heads.collect::<Vec<_>>()).await;
}

/// Waits until this many requests have a connection, wait for one or are refused.
async fn judged(octroi: &Octroi, requests: u32) {
    let count = |metrics: &Metrics| -> u64 {
        let events = ["connected", "reused", "waited", "busy"];
        events.map(|event| metrics.count("octroi_upstream_events_total", &[("event", event)])).iter().sum()
    };
    octroi.metrics_until("all to be judged", |metrics| count(metrics) >= u64::from(requests)).await;
}

/// A connection, from another address of this machine or from any.
async fn visitor(address: Option<u8>, octroi: &Octroi) -> Wire {
    match address {
        Some(last) => from(last, octroi).await,
        None => octroi.client().await.wire,
    }
}

/// A connection from another address of this machine.
async fn from(last: u8, octroi: &Octroi) -> Wire {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::new(127, 0, 2, last), 0).into()).unwrap();
    Wire::new(socket.connect(octroi.address).await.unwrap())
}

#[tokio::test]
async fn without_a_limit_all_are_served_at_once() {
    let portal = Portal::start().await;
    let octroi = octroi(&portal, 0, "buffer_bytes = 0").await;
    let mut visitors = JoinSet::new();
    for _ in 0..20 {
        visitors.spawn(held(octroi.address));
    }
    portal.holds(20).await;
    portal.answers(20);
    within("the answers", visitors.join_all()).await;
}
