//! Visitors who read or send a byte now and then: if others wait for their connection or memory, only their exchanges are
//! ended.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::support::client::get;
use crate::support::frames::{Frame, Frames, changed, frame};
use crate::support::origin::ok;
use crate::support::{Client, Octroi, Origin, Setup, within};

const LONG: usize = 16 << 20;
/// The pause between two bytes.
const PAUSE: Duration = Duration::from_millis(300);
/// What octroi's `RST_STREAM` says when it gives up a response.
const CANCEL: u32 = 8;

/// `/long` is more than any buffer holds, `/short` fits into one.
async fn portal() -> Origin {
    Origin::replying(|request| match request.target().as_str() {
        "/long" => ok("", &"x".repeat(LONG)),
        "/short" => ok("", &"x".repeat(3900)),
        _ => ok("", "ok"),
    })
    .await
}

async fn octroi(origin: &Origin, limits: &str) -> Octroi {
    let toml = format!("[timeouts]\nupstream_connect = \"20s\"\n[limits]\n{limits}");
    Setup::before(origin).one_worker().toml(&toml).start().await
}

/// A connection whose streams have asked for `path`, and may take one byte each.
async fn asked(octroi: &Octroi, streams: u32, path: &str) -> Frames {
    let mut frames = Frames::connect(octroi.address).await;
    frames.send(Frame::SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 1]).await;
    for stream in 0..streams {
        frames.headers(2 * stream + 1, true, &changed(b":path", Some(path.as_bytes()))).await;
    }
    let mut begun = 0;
    while begun < streams {
        let frame = within("the responses", frames.next()).await.expect("the connection is open");
        begun += u32::from(frame.kind == Frame::HEADERS);
    }
    frames
}

/// Lets one byte of each stream come now and then, until one of them or the connection is ended.
async fn trickle(frames: &mut Frames, streams: u32) -> Option<Frame> {
    let window = |stream| frame(Frame::WINDOW_UPDATE, 0, 2 * stream + 1, &1_u32.to_be_bytes());
    let windows: Vec<u8> = (0..streams).flat_map(window).collect();
    within("an end of the trickle", async {
        while frames.0.try_send(&windows).await.is_ok() {
            let ended = frames.settled().await;
            if ended.is_some() {
                return ended;
            }
            sleep(PAUSE).await;
        }
        None
    })
    .await
}

/// Others are served, however often they ask.
async fn others_are_served(octroi: &Octroi) {
    for _ in 0..6 {
        octroi.client().await.get("/", "").await.assert_status(200);
    }
}

async fn ended_for_others(octroi: &Octroi) -> u64 {
    octroi.metrics().await.count("octroi_connections_refused_total", &[("reason", "unread")])
}

/// Over HTTP/2 the stream ends, and the connection goes on.
#[tokio::test]
async fn a_visitor_who_reads_a_byte_now_and_then_makes_room_for_others() {
    let origin = portal().await;
    let octroi = octroi(&origin, "upstream_connections = 2").await;
    let mut frames = asked(&octroi, 2, "/long").await;
    let (ended, ()) = tokio::join!(trickle(&mut frames, 2), others_are_served(&octroi));
    let ended = ended.unwrap();
    assert_eq!((ended.kind, ended.code()), (Frame::RST_STREAM, Some(CANCEL)), "{ended:?}");
    octroi.logged("\"unread\"").await;
    frames.headers(5, true, &changed(b":method", Some(b"HEAD"))).await;
    assert_eq!(within("an answer", frames.verdict(5)).await.unwrap().kind, Frame::HEADERS);
    assert!(ended_for_others(&octroi).await >= 1);
}

/// A visitor who sends a byte now and then can be told why it ends.
#[tokio::test]
async fn a_visitor_who_sends_a_byte_now_and_then_makes_room_for_others() {
    let origin = portal().await;
    let octroi = octroi(&origin, "upstream_connections = 1").await;
    let mut slow = octroi.client().await;
    slow.send("POST /short HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nbegins").await;
    within("a connection", async {
        while origin.connections() == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let answered = async {
        let (mut reading, mut writing) = tokio::io::split(&mut slow.wire.stream);
        let sends = async {
            while tokio::io::AsyncWriteExt::write_all(&mut writing, b"x").await.is_ok() {
                sleep(PAUSE).await;
            }
        };
        let mut answer = [0; 12];
        tokio::select! {
            read = tokio::io::AsyncReadExt::read_exact(&mut reading, &mut answer) => { read.unwrap(); }
            () = sends => {}
        }
        answer
    };
    let (answer, ()) = tokio::join!(within("an answer", answered), others_are_served(&octroi));
    assert_eq!(&answer, b"HTTP/1.1 408");
}

/// A visitor of HTTP/1.1 who has read a megabyte and pauses.
async fn paused(octroi: &Octroi) -> Client {
    let mut visitor = octroi.client().await;
    visitor.send(get("/long", "")).await;
    visitor.wire.head().await.unwrap();
    assert!(visitor.wire.discard(1 << 20).await);
    visitor
}

#[tokio::test]
async fn a_visitor_who_has_read_much_and_pauses_stays() {
    let origin = portal().await;
    let octroi = octroi(&origin, "upstream_connections = 3").await;
    let mut frames = asked(&octroi, 2, "/long").await;
    let mut paused = paused(&octroi).await;
    tokio::join!(trickle(&mut frames, 2), others_are_served(&octroi));
    assert!(paused.wire.discard(LONG - (1 << 20)).await, "the response was cut");
}

/// Short responses need no connection to the portal any more, but memory.
#[tokio::test]
async fn if_memory_runs_short_the_slowest_are_ended_and_others_are_served() {
    let origin = portal().await;
    let octroi = octroi(&origin, "buffer_bytes = \"1MiB\"").await;
    let mut paused = paused(&octroi).await;
    let mut all = Vec::new();
    for _ in 0..4 {
        let mut frames = Frames::connect(octroi.address).await;
        frames.send(Frame::SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 1]).await;
        for stream in 0..100 {
            frames.headers(2 * stream + 1, true, &changed(b":path", Some(b"/short"))).await;
        }
        all.push(frames);
    }
    within("the memory to be used up", async {
        while octroi.client().await.get("/", "").await.status() == 200 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let mut trickles = JoinSet::new();
    for mut frames in all {
        trickles.spawn(async move { trickle(&mut frames, 100).await });
    }
    within("others to be served", async {
        while octroi.client().await.get("/", "").await.status() != 200 {
            sleep(PAUSE).await;
        }
    })
    .await;
    others_are_served(&octroi).await;
    assert!(ended_for_others(&octroi).await >= 1);
    assert!(paused.wire.discard(LONG - (1 << 20)).await, "the response was cut");
}
