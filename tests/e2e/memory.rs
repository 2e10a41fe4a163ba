//! What a visitor who stands still costs in memory, in every state and over both protocols: many of them stand still alike,
//! and the growth of the whole process is divided by their number.
//!
//! The figures hold for the unoptimised build, whose futures are larger than those of the shipped one.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

use super::http2_websocket::switch;
use crate::support::frames::{Field, Frame, Frames, changed, headers};
use crate::support::wire::Wire;
use crate::support::{Authority, Octroi, Origin, Setup, Visit, client, within};

/// How much a visitor who does not read may cost, everything counted.
const UNREAD_KIB: u64 = 32;
/// Streams of one connection.
const STREAMS: u32 = 128;
/// Visitors over HTTP/1.1.
const VISITORS: usize = 128;
/// A visitor over HTTP/2 lets so much of each stream come.
const WINDOW: u32 = 5000;
/// What a visitor takes who then stops.
const BEGINNING: u32 = 1 << 20;
/// More than any buffer on the way holds.
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

/// Sends this so many times; `apart`: so that each may be read by itself.
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

/// octroi's memory, once it has stood still for a while.
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

/// Fails if the memory grows by more than so much for each of those who `stand_still`. The first ones warm up what all of
/// them share.
async fn holds<T>(octroi: &Octroi, what: &str, kib_each: u64, count: usize, stand_still: impl AsyncFn() -> T) {
    drop(stand_still().await);
    let before = settled_kib(octroi).await;
    let _all = [stand_still().await, stand_still().await];
    let grown = settled_kib(octroi).await.saturating_sub(before);
    let each = grown * 1024 / (2 * count as u64);
    println!("{what}: {each} bytes each");
    assert!(each <= kib_each * 1024, "{what}: {each} bytes each, {grown} KiB in all");
}

/// One connection, all of whose streams have taken `window` bytes and take no more.
async fn unread_streams(wire: Wire, streams: u32, window: u32, path: &str) -> Frames {
    let mut frames = Frames::over(wire).await;
    frames.send(Frame::SETTINGS, 0, 0, &[&[0, 4][..], &window.to_be_bytes()].concat()).await;
    frames.send(Frame::WINDOW_UPDATE, 0, 0, &((1 << 30) - 1_u32).to_be_bytes()).await;
    for stream in 0..streams {
        frames.headers(2 * stream + 1, true, &changed(b":path", Some(path.as_bytes()))).await;
    }
    let mut left = u64::from(streams) * u64::from(window);
    while left > 0 {
        let frame = frames.next().await.expect("the connection is open");
        assert!(!matches!(frame.kind, Frame::RST_STREAM | Frame::GOAWAY), "{frame:?}");
        if frame.kind == Frame::DATA {
            left -= frame.payload.len() as u64;
        }
    }
    frames
}

/// Whoever leaves much to the kernel would fill the test's memory.
async fn tcp(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 << 10).unwrap();
    socket.connect(address).await.unwrap()
}

/// Visitors over HTTP/1.1 who have sent `request` and read `read` bytes of what is answered.
async fn visitors(octroi: &Octroi, authority: Option<&Authority>, request: &str, read: usize) -> Vec<Wire> {
    let mut all = JoinSet::new();
    for _ in 0..VISITORS {
        let (clear, encrypted, request) = (octroi.address, octroi.tls, request.to_owned());
        let config = authority.map(|authority| authority.client(&["http/1.1"]));
        all.spawn(async move {
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
    all.join_all().await
}

/// More than there are connections to the portal: the budget is kept, and others are served.
#[tokio::test]
async fn many_unread_streams_stay_within_the_budget_and_others_are_served() {
    const CONNECTIONS: u64 = 16;
    let origin = portal().await;
    // On a busy machine, a second in which somebody reads nothing is noticed late.
    let octroi = Setup::before(&origin).toml("[timeouts]\nupstream_connect = \"15s\"").start().await;
    octroi.client().await.get("/", "").await.assert_status(200);
    let before = settled_kib(&octroi).await;
    let mut attacks = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut frames = Frames::connect(octroi.address).await;
        frames.send(Frame::SETTINGS, 0, 0, &[&[0, 4][..], &WINDOW.to_be_bytes()].concat()).await;
        let heads = (0..STREAMS).flat_map(|stream| headers(2 * stream + 1, true, &changed(b":path", Some(b"/length"))));
        frames.raw(&heads.collect::<Vec<_>>()).await;
        attacks.push(frames);
    }
    for _ in 0..20 {
        octroi.client().await.get("/", "").await.assert_status(200);
    }
    let grown = settled_kib(&octroi).await.saturating_sub(before);
    println!("under attack: {grown} KiB");
    assert!(grown <= CONNECTIONS * u64::from(STREAMS) * UNREAD_KIB, "{grown} KiB");
}

const PATHS: [&str; 4] = ["/length", "/chunked", "/pieces", "/close"];

#[tokio::test]
async fn an_unread_stream_costs_little() {
    let origin = portal().await;
    for path in PATHS {
        let octroi = Setup::before(&origin).start().await;
        let connection = async || {
            let wire = Wire::tcp(octroi.address).await.unwrap();
            let window = if path == "/pieces" { WINDOW / 20 } else { WINDOW };
            unread_streams(wire, STREAMS, window, path).await
        };
        holds(&octroi, path, UNREAD_KIB, STREAMS as usize, connection).await;
    }
}

#[tokio::test]
async fn a_stream_that_is_read_no_more_costs_little() {
    let origin = portal().await;
    for path in ["/length", "/chunked"] {
        let octroi = Setup::before(&origin).start().await;
        let connection = async || {
            let wire = Wire::tcp(octroi.address).await.unwrap();
            unread_streams(wire, 32, BEGINNING, path).await
        };
        holds(&octroi, path, UNREAD_KIB, 32, connection).await;
    }
}

#[tokio::test]
async fn a_visitor_who_does_not_read_costs_little() {
    let origin = portal().await;
    for path in PATHS {
        for read in [0, 1 << 20].into_iter().filter(|read| *read == 0 || path == "/length") {
            let octroi = Setup::before(&origin).start().await;
            let all = async || visitors(&octroi, None, &client::get(path, ""), read).await;
            holds(&octroi, &format!("{path} {read}"), UNREAD_KIB, VISITORS, all).await;
        }
    }
}

#[tokio::test]
async fn under_tls_a_visitor_who_does_not_read_costs_a_record_more() {
    let authority = Authority::new();
    let origin = portal().await;
    let octroi = Setup::before(&origin).tls(&authority, &[&[client::HOST]]).start().await;
    let all = async || visitors(&octroi, Some(&authority), &client::get("/", ""), 60).await;
    holds(&octroi, "TLS, idle", 64, VISITORS, all).await;
    let all = async || visitors(&octroi, Some(&authority), &client::get("/length", ""), 0).await;
    holds(&octroi, "TLS", 48, VISITORS, all).await;
}

#[tokio::test]
async fn whoever_stands_still_otherwise_costs_a_known_amount() {
    const HANDSHAKE: &str = "GET /tunnel HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    let upload = format!("POST /upload HTTP/1.1\r\nHost: h\r\nContent-Length: {LENGTH}\r\n\r\n{}", "x".repeat(100_000));
    let idle = client::get("/", "");
    let cases = [
        ("silent", 16, "", 0),
        ("half a head", 24, "GET / HTTP/1.1\r\nHost: h\r\nCookie: a", 0),
        ("idle", 16, idle.as_str(), 60),
        ("a stalled upload", 192, upload.as_str(), 0),
        ("a tunnel", 64, HANDSHAKE, 100),
    ];
    let origin = portal().await;
    for (what, kib, request, read) in cases {
        let octroi = Setup::before(&origin).start().await;
        let all = async || visitors(&octroi, None, request, read).await;
        holds(&octroi, what, kib, VISITORS, all).await;
    }
}

/// Streams of one connection that upload or are tunnels; their beginnings fit into the connection's window.
const STANDING: u32 = 6;

/// Connections over HTTP/2 that have sent `head` on each of so many streams, with or without the end of the stream, and
/// `content` behind it, of which octroi has seen all. `answered`: each stream's head has come.
async fn standing(
    octroi: &Octroi,
    streams: u32,
    head: &[Field<'_>],
    content: Option<&[u8]>,
    answered: bool,
) -> Vec<Frames> {
    let mut all = Vec::new();
    for _ in 0..VISITORS {
        let mut frames = Frames::connect(octroi.address).await;
        for stream in (0..streams).map(|stream| 2 * stream + 1) {
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
    all
}

#[tokio::test]
async fn over_http2_whoever_stands_still_costs_a_known_amount() {
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
        let octroi = Setup::before(&origin).toml("[limits]\nupstream_connections = 0").start().await;
        let all = async || standing(&octroi, streams, head, content, answered).await;
        holds(&octroi, &format!("HTTP/2, {what}"), kib, VISITORS * streams.max(1) as usize, all).await;
    }
}
