//! Heads of responses that nobody reads: hyper and h2 would keep any number of them.

use std::time::Duration;

use tokio::net::TcpSocket;
use tokio::time::timeout;

use super::memory::visitors;
use crate::support::frames::{Frame, Frames, changed, headers};
use crate::support::metrics::Metrics;
use crate::support::origin::ok;
use crate::support::wire::Wire;
use crate::support::{Client, Message, Octroi, Origin, Setup, client, within};

/// Nothing ends by itself: beside other load, a portal on one thread may be slow to accept.
const NO_TIMEOUTS: &str =
    "[timeouts]\nidle = \"10m\"\nbody_idle = \"10m\"\nheader = \"10m\"\nupstream_connect = \"10m\"";
const STREAMS: u32 = 128;

/// A portal whose answers have no content and a `Location` of the length that the path says; `/download` is long.
async fn portal() -> Origin {
    Origin::replying(|request: &Message| match request.target().trim_start_matches('/').parse::<usize>() {
        Ok(length) => {
            format!("HTTP/1.1 302 Found\r\nLocation: /{}\r\nContent-Length: 0\r\n\r\n", "x".repeat(length)).into()
        }
        Err(_) if request.target() == "/download" => {
            let length = 16 << 20;
            [format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n").into(), vec![b'x'; length]].concat()
        }
        Err(_) => b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec(),
    })
    .await
}

/// A connection whose kernel buffers hold little.
async fn narrow(octroi: &Octroi) -> Frames {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 << 10).unwrap();
    Frames::over(Wire::new(socket.connect(octroi.address).await.unwrap())).await
}

/// The heads of requests for one path, on these streams.
fn requests(path: &str, streams: impl Iterator<Item = u32>) -> Vec<u8> {
    streams.flat_map(|number| headers(2 * number + 1, true, &changed(b":path", Some(path.as_bytes())))).collect()
}

/// Fails if memory grows by `mib` or more during an attack, or if another visitor is not answered behind it.
async fn stays_within<T>(octroi: &Octroi, mib: u64, attack: impl AsyncFnOnce() -> T) -> T {
    others_are_served(octroi).await;
    let before = octroi.memory_kib("VmHWM");
    let attackers = attack().await;
    others_are_served(octroi).await;
    let grown = octroi.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < mib << 10, "memory grew by {grown} KiB");
    attackers
}

/// Visitors over HTTP/2 who ask and read nothing.
async fn silent_readers(octroi: &Octroi, count: usize, asked: &[u8]) -> Vec<Frames> {
    let mut all = Vec::new();
    for _ in 0..count {
        let mut frames = narrow(octroi).await;
        drop(frames.0.try_send(asked).await);
        all.push(frames);
    }
    all
}

/// Another visitor is answered in the end, when those who do not read have made room.
async fn others_are_served(octroi: &Octroi) {
    within("room for another visitor", async {
        while octroi.client().await.get("/", "").await.status() != 200 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
}

/// A stream ends with its head if there is no content, and makes room for another one.
#[tokio::test]
async fn a_visitor_who_reads_nothing_is_not_answered_for_ever() {
    const BATCH: u32 = 60;
    let origin = portal().await;
    let octroi = Setup::before(&origin).one_worker().toml(NO_TIMEOUTS).start().await;
    others_are_served(&octroi).await;
    let (before, mut frames) = (octroi.memory_kib("VmHWM"), narrow(&octroi).await);
    for batch in 0..100 {
        let asked = requests("/4000", batch * BATCH..(batch + 1) * BATCH);
        let Ok(Ok(())) = timeout(Duration::from_secs(2), frames.0.try_send(&asked)).await else { break };
        // octroi may answer all, or none any more.
        let answered = origin.until(|requests| requests.len() > (batch * BATCH + BATCH / 2) as usize);
        if timeout(Duration::from_secs(2), answered).await.is_err() {
            break;
        }
    }
    let grown = octroi.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < 8 << 10, "memory grew by {grown} KiB");
    others_are_served(&octroi).await;
}

#[tokio::test]
async fn over_http2_unread_heads_stay_within_the_budget() {
    let octroi = Setup::before(&portal().await).one_worker().toml(NO_TIMEOUTS);
    let octroi = octroi.toml("[limits]\nbuffer_bytes = \"8MiB\"\nupstream_connections = 256").start().await;
    let asked = requests("/15000", 0..STREAMS);
    let attack = async || {
        let attackers = silent_readers(&octroi, 24, &asked).await;
        let refused = |all: &Metrics| all.count("octroi_connections_refused_total", &[("reason", "unread")]);
        octroi.metrics_until("the end of who does not read", |all| refused(all) > 0).await;
        attackers
    };
    stays_within(&octroi, 24, attack).await;
}

/// h2 writes a head of several frames piece by piece, and keeps the rest outside of its buffer.
#[tokio::test]
async fn over_http2_long_heads_stay_within_the_budget() {
    let octroi = Setup::before(&portal().await).one_worker().toml(NO_TIMEOUTS);
    let octroi = octroi.toml("[limits]\nbuffer_bytes = \"4MiB\"\nupstream_connections = 64").start().await;
    let asked = requests("/240000", 0..1);
    stays_within(&octroi, 28, async || silent_readers(&octroi, 400, &asked).await).await;
}

/// A budget that one page fills for a moment ends nobody who reads.
#[tokio::test]
async fn a_visitor_who_asks_for_much_at_once_and_reads_is_not_ended() {
    let octroi = Setup::before(&portal().await).one_worker();
    let octroi = octroi.toml("[limits]\nbuffer_bytes = \"512KiB\"").start().await;
    for _ in 0..5 {
        let mut frames = narrow(&octroi).await;
        frames.raw(&requests("/3000", 0..100)).await;
        let mut answered = 0;
        while answered < 100 {
            let frame = within("an answer", frames.next()).await.expect("the connection stays open");
            assert!(!matches!(frame.kind, Frame::RST_STREAM | Frame::GOAWAY), "{frame:?}");
            answered += u32::from(frame.kind == Frame::HEADERS);
        }
    }
}

/// A response that waits for the heads before it would keep its connection to the portal, and lose it to those who wait.
#[tokio::test]
async fn short_bodies_are_read_while_their_heads_wait() {
    const ASKED: u32 = 60;
    let origin = Origin::always(ok(&format!("X-Long: {}\r\n", "x".repeat(15_000)), &"y".repeat(200))).await;
    let octroi = Setup::before(&origin).one_worker().toml(NO_TIMEOUTS);
    let octroi = octroi.toml("[limits]\nupstream_connections = 16").start().await;
    let mut frames = narrow(&octroi).await;
    frames.raw(&requests("/", 0..ASKED)).await;
    origin.until(|requests| requests.len() == ASKED as usize).await;
    // All connections are free: nobody waits for one.
    others_are_served(&octroi).await;
    let (mut ended, mut content) = (0, 0);
    while ended < ASKED {
        let frame = within("a whole answer", frames.next()).await.expect("the connection stays open");
        assert!(!matches!(frame.kind, Frame::RST_STREAM | Frame::GOAWAY), "{frame:?}");
        if frame.kind == Frame::DATA {
            content += frame.payload.len();
            ended += u32::from(frame.flags & 1 != 0);
        }
    }
    assert_eq!(content, 200 * ASKED as usize);
}

/// What was read ahead is not sent: the log says so if the visitor leaves.
#[tokio::test]
async fn a_response_that_waits_when_its_visitor_leaves_was_not_sent() {
    const ASKED: u32 = 60;
    let origin = Origin::always(ok(&format!("X-Long: {}\r\n", "x".repeat(15_000)), "read ahead")).await;
    let octroi = Setup::before(&origin).one_worker().toml(NO_TIMEOUTS).start().await;
    let mut frames = narrow(&octroi).await;
    frames.raw(&requests("/", 0..ASKED)).await;
    origin.until(|requests| requests.len() == ASKED as usize).await;
    drop(frames);
    // Most of the heads, with 15 KB each, fit neither into the kernel nor into what may be unsent.
    let left = |lines: &[String]| lines.iter().filter(|line| line.contains("client_closed")).count() > 15;
    octroi.stdout.until("who left", left).await;
}

#[tokio::test]
async fn over_http1_unread_heads_stay_within_the_budget() {
    let octroi = Setup::before(&portal().await).one_worker().toml(NO_TIMEOUTS);
    let octroi = octroi.toml("[limits]\nbuffer_bytes = \"8MiB\"\nupstream_connections = 64").start().await;
    let asked = client::get("/240000", "");
    stays_within(&octroi, 32, async || visitors(&octroi, None, 192, &asked, 0).await).await;
}

/// A visitor who downloads over a slow line never has an empty buffer. What else they ask for is answered meanwhile.
#[tokio::test]
async fn heads_do_not_wait_for_the_end_of_a_download() {
    const OTHERS: u32 = 40;
    let octroi = Setup::before(&portal().await).one_worker().toml(NO_TIMEOUTS).start().await;
    let mut frames = narrow(&octroi).await;
    let window = (1 << 30) - 1_u32;
    frames.send(Frame::SETTINGS, 0, 0, &[&[0, 4][..], &window.to_be_bytes()].concat()).await;
    frames.send(Frame::WINDOW_UPDATE, 0, 0, &window.to_be_bytes()).await;
    frames.raw(&requests("/download", 0..1)).await;
    while frames.next().await.unwrap().kind != Frame::DATA {}
    frames.raw(&requests("/6000", 1..=OTHERS)).await;
    let mut answered = 0;
    while answered < OTHERS {
        let frame = within("an answer", frames.next()).await.unwrap();
        assert!(!(frame.stream == 1 && frame.flags & 1 != 0), "the download ended first, after {answered} answers");
        answered += u32::from(frame.kind == Frame::HEADERS);
    }
}

/// All answers come, each whole, whatever their number and length.
#[tokio::test]
async fn a_visitor_who_reads_on_gets_every_head() {
    let octroi = Setup::before(&portal().await).start().await;
    for path in ["/10", "/5000", "/60000"] {
        let mut frames = narrow(&octroi).await;
        frames.raw(&requests(path, 0..STREAMS)).await;
        let mut answered = 0;
        while answered < STREAMS {
            let frame = within(path, frames.next()).await.unwrap();
            assert!(!matches!(frame.kind, Frame::RST_STREAM | Frame::GOAWAY), "{frame:?}");
            answered += u32::from(frame.kind == Frame::HEADERS);
        }
    }
    let mut client: Client = octroi.client().await;
    for _ in 0..3 {
        let answer = client.get("/60000", "").await;
        assert_eq!(answer.field("location").map(|location| location.len()), Some(60_001));
    }
}
