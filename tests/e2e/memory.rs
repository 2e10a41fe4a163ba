//! The memory of a visitor who neither sends nor reads, in every state and over both protocols. Many visitors stop in the same
//! state, and the growth of the whole process is divided by their number.
//!
//! The figures hold for the unoptimised build, whose futures are larger than those of the shipped one.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

use super::http2_websocket::switch;
use crate::support::crowd::claim_descriptors;
use crate::support::frames::{Field, Frame, Frames, block, changed, headers, with};
use crate::support::wire::Wire;
use crate::support::{Authority, Client, Octroi, Origin, Setup, Visit, client, within};

/// How much a visitor who does not read may cost, everything counted.
const UNREAD_KIB: u64 = 32;
/// What the unoptimised build may need beyond that under TLS.
const TLS_KIB: u64 = 1;
/// Streams of one connection.
const STREAMS: usize = 128;
/// Visitors in each third of a measurement.
const VISITORS: usize = 192;
/// Connections opened at the same time. Setting one up needs temporary memory; a few at a time keep that out of the
/// measurement.
const AT_ONCE: usize = 8;
/// Initial HTTP/2 flow-control window of each stream, in bytes.
const WINDOW: u32 = 5000;
/// Bytes read before the visitor stops.
const BEGINNING: u32 = 1 << 20;
/// More bytes than any buffer between the portal and the visitor holds.
const LENGTH: usize = 16 << 20;

/// A portal that sends as long as it can, and takes uploads without reading them.
async fn portal() -> Origin {
    Origin::start(|visit| async move { drop(serve(visit).await) }).await
}

async fn serve(mut visit: Visit) -> std::io::Result<()> {
    while let Some(request) = visit.head().await {
        let stream = &mut visit.wire.stream;
        match request.target().as_str() {
            "/length" => {
                stream.write_all(format!("HTTP/1.1 200 OK\r\nContent-Length: {LENGTH}\r\n\r\n").as_bytes()).await?;
                repeat(stream, &vec![b'x'; 64 << 10], LENGTH >> 16, false).await?;
            }
            "/chunked" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await?;
                let chunk = [&b"400\r\n"[..], &[b'x'; 1024], b"\r\n"].concat();
                repeat(stream, &chunk.repeat(64), LENGTH >> 16, false).await?;
            }
            "/pieces" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await?;
                repeat(stream, b"1\r\nx\r\n", LENGTH, true).await?;
            }
            "/close" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
                repeat(stream, &vec![b'x'; 64 << 10], LENGTH >> 16, false).await?;
            }
            "/upload" => std::future::pending::<()>().await,
            "/tunnel" => {
                visit.send(switch(&request, "") + "hello").await;
                std::future::pending::<()>().await;
            }
            _ => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await?,
        }
    }
    Ok(())
}

/// Sends `bytes` `times` times; `apart`: with a chance for octroi to read each by itself.
async fn repeat(
    stream: &mut (impl AsyncWriteExt + Unpin),
    bytes: &[u8],
    times: usize,
    apart: bool,
) -> std::io::Result<()> {
    for _ in 0..times {
        stream.write_all(bytes).await?;
        if apart {
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

/// No exchange is evicted, and none times out on a slow machine: its freed memory would falsify the average.
fn alone(origin: &Origin) -> Setup {
    let timeouts = ["header", "idle", "body_idle", "upstream_connect"].map(|key| format!("{key} = \"10m\"")).join("\n");
    Setup::before(origin).toml(&format!("[limits]\nupstream_connections = 0\nbuffer_bytes = 0\n[timeouts]\n{timeouts}"))
}

/// octroi's memory, once it has not changed for a while.
async fn settled_kib(octroi: &Octroi) -> u64 {
    const STILL: usize = 20;
    let (mut last, mut still) = (0, 0);
    within("memory to stand still", async {
        while still < STILL {
            tokio::time::sleep(Duration::from_millis(25)).await;
            let now = octroi.memory_kib("VmRSS");
            still = if now.abs_diff(last) <= 64 { still + 1 } else { 0 };
            last = now;
        }
    })
    .await;
    last
}

/// Fails if memory grows by more than `kib_each` per connection. `stand_still` opens `count` connections. The first ones are
/// not counted, but stay: while connections are set up they need more memory, and how many are at once depends on the
/// machine's load. What the first ones needed for a while serves the counted ones, too.
pub(super) async fn holds<T>(
    octroi: &Octroi,
    what: &str,
    kib_each: u64,
    count: usize,
    stand_still: impl AsyncFn(usize) -> T,
) {
    let _first = stand_still(count).await;
    let before = settled_kib(octroi).await;
    let _all = [stand_still(count).await, stand_still(count).await];
    let grown = settled_kib(octroi).await.saturating_sub(before);
    let each = grown * 1024 / (2 * count as u64);
    println!("{what}: {each} bytes each");
    assert!(each <= kib_each * 1024, "{what}: {each} bytes each, {grown} KiB in all");
}

/// The identifiers of the first `streams` streams of a visitor.
fn ids(streams: usize) -> impl Iterator<Item = u32> {
    (1..).step_by(2).take(streams)
}

/// One connection whose streams have received `window` bytes and send no `WINDOW_UPDATE`.
async fn unread_streams(wire: Wire, streams: usize, window: u32, path: &str) -> JoinSet<()> {
    let mut frames = Frames::over(wire).await;
    frames.send(Frame::SETTINGS, 0, 0, &[&[0, 4][..], &window.to_be_bytes()].concat()).await;
    frames.send(Frame::WINDOW_UPDATE, 0, 0, &((1 << 30) - 1_u32).to_be_bytes()).await;
    let path = changed(b":path", Some(path.as_bytes()));
    for stream in ids(streams) {
        frames.headers(stream, true, &path).await;
    }
    let mut left = streams * window as usize;
    while left > 0 {
        let frame = frames.next().await.expect("the connection is open");
        assert!(!matches!(frame.kind, Frame::RST_STREAM | Frame::GOAWAY), "{frame:?}");
        if frame.kind == Frame::DATA {
            left -= frame.payload.len();
        }
    }
    kept([frames])
}

/// Connections over HTTP/2 that only answer PINGs until they are dropped.
fn kept(all: impl IntoIterator<Item = Frames>) -> JoinSet<()> {
    let keep = |mut frames: Frames| async move { while frames.next().await.is_some() {} };
    all.into_iter().map(keep).collect()
}

/// A large kernel buffer for each visitor would fill the test's memory.
async fn tcp(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 << 10).unwrap();
    socket.connect(address).await.unwrap()
}

/// Visitors over HTTP/1.1 who have sent `request` and read `read` bytes of the answer.
pub(super) async fn visitors(
    octroi: &Octroi,
    authority: Option<&Authority>,
    count: usize,
    request: &str,
    read: usize,
) -> Vec<Wire> {
    claim_descriptors();
    let (mut begun, mut all) = (JoinSet::new(), Vec::new());
    for _ in 0..count {
        if begun.len() == AT_ONCE {
            all.extend(begun.join_next().await.map(Result::unwrap));
        }
        let (clear, encrypted, request) = (octroi.address, octroi.tls, request.to_owned());
        let config = authority.map(|authority| authority.client(&["http/1.1"]));
        begun.spawn(async move {
            let mut wire = match config {
                None => Wire::new(tcp(clear).await),
                Some(config) => Wire::new(client::tls(encrypted, client::HOST, config).await.unwrap()),
            };
            wire.send(&request).await;
            let mut left = read;
            let mut buffer = vec![0; 16 << 10];
            while left > 0 {
                let most = left.min(buffer.len());
                let count = wire.stream.read(&mut buffer[..most]).await.unwrap();
                assert!(count > 0, "the connection ended");
                left -= count;
            }
            wire
        });
    }
    all.extend(begun.join_all().await);
    all
}

/// One address opens more streams than `upstream_connections`: memory stays within the budget, and other addresses are still
/// served.
#[tokio::test]
async fn many_unread_streams_stay_within_the_budget_and_others_are_served() {
    const CONNECTIONS: usize = 16;
    let origin = portal().await;
    // This test's addresses are loopback ones, which have no limit by default. With the limit that other addresses have, one
    // address gets a share of the connections to the portal. Under full load, opening hundreds of them takes longer than 3 s.
    let limits = "[limits]\nconnections_per_address = 5000\n[timeouts]\nupstream_connect = \"1m\"";
    let octroi = Setup::before(&origin).toml(limits).start().await;
    octroi.client().await.get("/", "").await.assert_status(200);
    let before = settled_kib(&octroi).await;
    let mut attacks = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut frames = Frames::connect(octroi.address).await;
        frames.send(Frame::SETTINGS, 0, 0, &[&[0, 4][..], &WINDOW.to_be_bytes()].concat()).await;
        let heads = ids(STREAMS).flat_map(|stream| headers(stream, true, &changed(b":path", Some(b"/length"))));
        frames.raw(&heads.collect::<Vec<_>>()).await;
        attacks.push(frames);
    }
    let _attacks = kept(attacks);
    for _ in 0..20 {
        // A visitor with another address does not wait for the share of this one.
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((Ipv4Addr::new(127, 0, 0, 2), 0).into()).unwrap();
        let mut other = Client { wire: Wire::new(socket.connect(octroi.address).await.unwrap()) };
        other.get("/", "").await.assert_status(200);
    }
    let grown = settled_kib(&octroi).await.saturating_sub(before);
    println!("under attack: {grown} KiB");
    assert!(grown <= (CONNECTIONS * STREAMS) as u64 * UNREAD_KIB, "{grown} KiB");
}

const PATHS: [&str; 4] = ["/length", "/chunked", "/pieces", "/close"];

#[tokio::test]
async fn an_unread_stream_costs_little() {
    let origin = portal().await;
    for path in PATHS {
        let octroi = alone(&origin).start().await;
        let connection = async |streams| {
            let wire = Wire::tcp(octroi.address).await.unwrap();
            let window = if path == "/pieces" { WINDOW / 20 } else { WINDOW };
            unread_streams(wire, streams, window, path).await
        };
        holds(&octroi, path, UNREAD_KIB, STREAMS, connection).await;
    }
}

#[tokio::test]
async fn a_stream_that_is_no_longer_read_costs_little() {
    let origin = portal().await;
    for path in ["/length", "/chunked"] {
        let octroi = alone(&origin).start().await;
        let connection = async |streams| {
            let wire = Wire::tcp(octroi.address).await.unwrap();
            unread_streams(wire, streams, BEGINNING, path).await
        };
        holds(&octroi, &format!("{path}, read no more"), UNREAD_KIB, STREAMS / 2, connection).await;
    }
}

#[tokio::test]
async fn a_visitor_who_does_not_read_costs_little() {
    let origin = portal().await;
    for path in PATHS {
        for read in [1, 1 << 20].into_iter().filter(|read| *read == 1 || path == "/length") {
            let octroi = alone(&origin).start().await;
            let all = async |count| visitors(&octroi, None, count, &client::get(path, ""), read).await;
            holds(&octroi, &format!("{path} {read}"), UNREAD_KIB, VISITORS, all).await;
        }
    }
}

#[tokio::test]
async fn under_tls_a_visitor_costs_little() {
    let authority = Authority::new();
    let origin = portal().await;
    let cases = [
        ("idle", 18, "/", 60),
        ("unread", UNREAD_KIB + TLS_KIB, "/length", 1),
        ("read no more", UNREAD_KIB + TLS_KIB, "/length", 1 << 20),
    ];
    for (what, kib, path, read) in cases {
        let octroi = alone(&origin).tls(&authority, &[&[client::HOST]]).start().await;
        let all = async |count| visitors(&octroi, Some(&authority), count, &client::get(path, ""), read).await;
        holds(&octroi, &format!("TLS, {what}"), kib, VISITORS, all).await;
    }
}

#[tokio::test]
async fn a_visitor_who_stands_still_otherwise_costs_a_known_amount() {
    const HANDSHAKE: &str = "GET /tunnel HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    let upload = format!("POST /upload HTTP/1.1\r\nHost: h\r\nContent-Length: {LENGTH}\r\n\r\n{}", "x".repeat(100_000));
    let idle = client::get("/", "");
    let cases = [
        ("silent", 16, "", 0),
        ("half a head", 18, "GET / HTTP/1.1\r\nHost: h\r\nCookie: a", 0),
        // 7,800 to 8,400 bytes. On a busy machine more are open before the first is parked, 10,730 once; 12,800 if none is.
        ("idle", 12, idle.as_str(), 60),
        ("a stalled upload", 64, upload.as_str(), 0),
        ("a tunnel", 64, HANDSHAKE, 100),
    ];
    let origin = portal().await;
    for (what, kib, request, read) in cases {
        let octroi = alone(&origin).start().await;
        let all = async |count| visitors(&octroi, None, count, request, read).await;
        holds(&octroi, what, kib, VISITORS, all).await;
    }
}

/// Streams of one connection that upload or are tunnels; what each sends first fits into the connection's window.
const STANDING: usize = 6;

/// Connections over HTTP/2 that have sent `head` on each of `streams` streams, and `content` after it; without content the
/// head ends the stream. octroi has read all of it. `answered`: waits for the head of each response.
async fn standing(
    octroi: &Octroi,
    count: usize,
    streams: usize,
    head: &[Field<'_>],
    content: Option<&[u8]>,
    answered: bool,
) -> JoinSet<()> {
    let mut all = Vec::new();
    for _ in 0..count {
        let mut frames = Frames::connect(octroi.address).await;
        for stream in ids(streams) {
            frames.headers(stream, content.is_none(), head).await;
            if let Some(content) = content {
                frames.send(Frame::DATA, 0, stream, content).await;
            }
            if answered {
                assert_eq!(within("an answer", frames.verdict(stream)).await.unwrap().kind, Frame::HEADERS);
            }
        }
        assert!(frames.settled().await.is_none());
        all.push(frames);
    }
    kept(all)
}

#[tokio::test]
async fn over_http2_a_visitor_who_stands_still_costs_a_known_amount() {
    let upload = changed(b":method", Some(b"POST"));
    let upload = [&upload[..3], &[(&b":path"[..], &b"/upload"[..])]].concat();
    let tunnel: [Field<'_>; 6] = [
        (b":method", b"CONNECT"),
        (b":protocol", b"websocket"),
        (b":scheme", b"http"),
        (b":authority", b"h"),
        (b":path", b"/tunnel"),
        (b"sec-websocket-version", b"13"),
    ];
    let (idle, some) = (changed(b":path", Some(b"/")), [b'x'; 10_000]);
    let cases = [
        ("silent", 32, 0, &idle[..0], None, false),
        ("idle", 32, 1, &idle[..], None, true),
        ("stalled uploads", 32, STANDING, &upload[..], Some(&some[..]), false),
        ("tunnels", 40, STANDING, &tunnel[..], Some(&b"x"[..]), true),
    ];
    let origin = portal().await;
    for (what, kib, streams, head, content, answered) in cases {
        let octroi = alone(&origin).start().await;
        let streams_each = streams.max(1);
        let all = async |count: usize| {
            standing(&octroi, count.div_ceil(streams_each), streams, head, content, answered).await
        };
        holds(&octroi, &format!("HTTP/2, {what}"), kib, VISITORS * streams_each, all).await;
    }
    let octroi = alone(&origin).start().await;
    let half_a_head = async |count: usize| {
        let mut all = Vec::new();
        for _ in 0..count {
            let mut frames = Frames::connect(octroi.address).await;
            assert!(frames.settled().await.is_none());
            frames.send(Frame::HEADERS, 0, 1, &block(&with(&[(b"cookie", &[b'x'; 8000])]))).await;
            all.push(frames);
        }
        all
    };
    holds(&octroi, "HTTP/2, half a head", 48, VISITORS, half_a_head).await;
}
