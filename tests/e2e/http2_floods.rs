//! HTTP/2 floods: each is bounded in memory, and another visitor of the same worker is served meanwhile.

use std::cell::Cell;

use crate::support::frames::{
    END_HEADERS, END_STREAM, Frame, Frames, GOOD, block, changed, frame, head_in_pieces, headers, status_of, with,
};
use crate::support::http2::Http2;
use crate::support::origin::ok;
use crate::support::{Message, Octroi, Origin, Setup};

/// Far below the volume of each flood, or of what it stands for.
const BOUND_KIB: u64 = 12 * 1024;
/// `idle` is longer than the other visitor waits between two requests on a slow machine.
const TIMEOUTS: &str = "[timeouts]\nbody_idle = \"1s\"\nidle = \"1m\"";

/// Runs a flood to its end while another visitor is served; memory stays bounded. The attacker's connection, as it is.
async fn survived_by<F: AsyncFnOnce(&mut Frames)>(octroi: &Octroi, what: &str, flood: F) -> Frames {
    let mut other = Http2::connect(octroi.address).await;
    other.get("/", &[]).await;
    let before = octroi.memory_kib("VmHWM");
    let mut frames = Frames::connect(octroi.address).await;
    let ended = Cell::new(false);
    let attack = async {
        flood(&mut frames).await;
        ended.set(true);
    };
    let visits = async {
        while !ended.get() {
            assert_eq!(other.get("/", &[]).await.body, b"served", "{what}");
        }
    };
    tokio::join!(attack, visits);
    assert_eq!(other.get("/", &[]).await.body, b"served", "{what}");
    let grown = octroi.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < BOUND_KIB, "{what}: memory grew by {grown} KiB");
    frames
}

/// As [`survived_by`], with an octroi of its own.
async fn survives<F: AsyncFnOnce(&mut Frames)>(what: &str, flood: F) -> (Octroi, Frames) {
    let origin = Origin::always(ok("", "served")).await;
    let octroi = Setup::before(&origin).toml("[runtime]\nworkers = 1").toml(TIMEOUTS).start().await;
    let frames = survived_by(&octroi, what, flood).await;
    (octroi, frames)
}

/// The attacker's connection was ended, and counted as a flood.
async fn is_ended_as_flood((octroi, mut frames): (Octroi, Frames), what: &str) {
    let end = frames.settled().await;
    assert!(frames.0.is_closed().await, "{what}: {end:?}");
    let refused = [("reason", "flood")];
    octroi.metrics_until(what, |all| all.count("octroi_connections_refused_total", &refused) == 1).await;
}

fn stream_id(number: u32) -> u32 {
    2 * number + 1
}

/// The bytes of a number of streams, each made from its id.
fn streams(count: u32, each: impl Fn(u32) -> Vec<u8>) -> Vec<u8> {
    (0..count).flat_map(|number| each(stream_id(number))).collect()
}

fn reset(stream: u32) -> Vec<u8> {
    frame(Frame::RST_STREAM, 0, stream, &8_u32.to_be_bytes())
}

#[tokio::test]
async fn rapid_reset() {
    let bytes = streams(20_000, |stream| [headers(stream, true, &GOOD), reset(stream)].concat());
    is_ended_as_flood(survives("rapid reset", async |frames| frames.raw(&bytes).await).await, "rapid reset").await;
}

/// Each reset waits until its request was seen: h2's own counter, which is for those that were not, stays at zero.
#[tokio::test]
async fn slow_rapid_reset() {
    let get = changed(b":path", Some(b"/stuck"));
    let tunnel = [&get[1..], &[(&b":method"[..], &b"CONNECT"[..]), (b":protocol", b"websocket")]].concat();
    for (what, head) in [("abandoned requests", get), ("abandoned tunnels", tunnel)] {
        let reply = |request: &Message| if request.target() == "/" { ok("", "served") } else { Vec::new() };
        let octroi = Setup::before(&Origin::replying(reply).await).one_worker().start().await;
        let mut attempts = 0;
        let frames = survived_by(&octroi, what, async |frames| {
            for number in 0..2000 {
                frames.headers(stream_id(number), true, &head).await;
                frames.settled().await;
                if frames.0.try_send(&reset(stream_id(number))).await.is_err() {
                    break;
                }
                attempts = number;
            }
        })
        .await;
        assert!((400..1500).contains(&attempts), "{what}: {attempts} before the connection ended");
        is_ended_as_flood((octroi, frames), what).await;
    }
}

/// Stream errors that make the server reset what it began (CVE-2025-8671). Others end the connection at once.
#[tokio::test]
async fn made_you_reset() {
    let post = changed(b":method", Some(b"POST"));
    let beyond = |stream| frame(Frame::WINDOW_UPDATE, 0, stream, &0x7fff_ffff_u32.to_be_bytes());
    let itself = |stream: u32| frame(Frame::PRIORITY, 0, stream, &[&stream.to_be_bytes()[..], &[16]].concat());
    let mismatch = |stream| frame(Frame::DATA, END_STREAM, stream, b"more than nothing");
    let post = [&post[..], &[(b"content-length", b"0")]].concat();
    let open = |stream| headers(stream, false, &post);
    for (what, bytes) in [
        ("a window beyond its maximum", streams(5_000, |stream| [open(stream), beyond(stream)].concat())),
        ("a stream that depends on itself", streams(5_000, |stream| [open(stream), itself(stream)].concat())),
        ("a body without its length", streams(5_000, |stream| [open(stream), mismatch(stream)].concat())),
    ] {
        is_ended_as_flood(survives(what, async |frames| frames.raw(&bytes).await).await, what).await;
    }
}

#[tokio::test]
async fn endless_continuations() {
    let field = block(&[(b"x", &[b'v'; 100])]);
    let large = field.repeat(16_000 / field.len());
    for (what, payload, times) in [("empty", vec![], 200_000), ("small", field, 100_000), ("large", large, 4_000)] {
        let after = survives(what, async |frames| {
            frames.send(Frame::HEADERS, 0, 1, &block(&GOOD)).await;
            frames.pour(&frame(Frame::CONTINUATION, 0, 1, &payload), times).await;
        })
        .await;
        is_ended_as_flood(after, what).await;
    }
}

/// One string that is longer than everything that fits, in pieces.
#[tokio::test]
async fn an_endless_field() {
    let (_octroi, mut frames) = survives("a field without end", async |frames| {
        let begin = [&[0, 1, b'x', 127][..], &[0xff, 0xff, 0xff, 0x7f]].concat();
        frames.send(Frame::HEADERS, 0, 1, &[block(&GOOD), begin].concat()).await;
        frames.pour(&frame(Frame::CONTINUATION, 0, 1, &[b'v'; 16_000]), 4_000).await;
    })
    .await;
    frames.settled().await;
    assert!(frames.0.is_closed().await);
}

/// A field of 4,000 bytes is put into the table once and named 16,000 times: 64 MB for 20 KB, again and again.
#[tokio::test]
async fn hpack_bomb() {
    let entry = [&[0x40][..], &block(&[(b"x-bomb", &[b'v'; 4000])])[1..]].concat();
    let names = vec![0xbe; 16_000];
    let head = [block(&GOOD), entry].concat();
    for limits in ["", "[limits]\nheader_bytes = 0\nheaders = 0"] {
        let origin = Origin::always(ok("", "served")).await;
        let octroi = Setup::before(&origin).toml("[runtime]\nworkers = 1").toml(TIMEOUTS).toml(limits).start().await;
        survived_by(&octroi, "HPACK bomb", async |frames| {
            for number in 0..50 {
                frames.send(Frame::HEADERS, END_STREAM, stream_id(number), &head).await;
                frames.send(Frame::CONTINUATION, END_HEADERS, stream_id(number), &names).await;
            }
            frames.settled().await;
        })
        .await;
        let bombs = origin.requests().iter().filter(|request| request.has("x-bomb")).count();
        assert_eq!(bombs, 0);
    }
}

/// Frames that each want an answer, or none: sent by a client that reads the answers, and by one that does not.
#[tokio::test]
async fn control_frames() {
    let batch = |kind, stream, payload: &[u8]| frame(kind, 0, stream, payload).repeat(1000);
    let one = 1_u32.to_be_bytes();
    let window = |size: u32| [&[0, 4][..], &size.to_be_bytes()].concat();
    let windows = [window(0), window(0x7fff_ffff)].concat();
    let mut priority = 3_u32.to_be_bytes().to_vec();
    priority.push(16);
    for (what, bytes) in [
        ("PING", batch(Frame::PING, 0, &[0; 8])),
        ("SETTINGS", batch(Frame::SETTINGS, 0, &[])),
        ("SETTINGS of windows", batch(Frame::SETTINGS, 0, &windows)),
        ("PRIORITY", batch(Frame::PRIORITY, 1, &priority)),
        ("WINDOW_UPDATE of the connection", batch(Frame::WINDOW_UPDATE, 0, &one)),
        ("frames of an unknown type", batch(0xfa, 1, &[0; 64])),
    ] {
        survives(what, async |frames| frames.pour(&bytes, 100).await).await;
        survives(what, async |frames| {
            for _ in 0..1000 {
                if frames.0.try_send(&bytes).await.is_err() {
                    break;
                }
            }
        })
        .await;
    }
}

/// Frames on a stream that is open.
#[tokio::test]
async fn frames_of_a_stream() {
    let post = changed(b":method", Some(b"POST"));
    let padded = [&[255][..], &[0; 255]].concat();
    for (what, bytes, is_flood) in [
        ("empty DATA", frame(Frame::DATA, 0, 1, &[]), true),
        ("DATA of padding", frame(Frame::DATA, 8, 1, &padded), true),
        ("DATA of one byte", frame(Frame::DATA, 0, 1, b"x"), false),
        ("WINDOW_UPDATE", frame(Frame::WINDOW_UPDATE, 0, 1, &1_u32.to_be_bytes()), false),
    ] {
        let bytes = bytes.repeat(100);
        let after = survives(what, async |frames| {
            frames.headers(1, false, &post).await;
            frames.pour(&bytes, 1000).await;
        })
        .await;
        if is_flood {
            is_ended_as_flood(after, what).await;
        }
    }
}

/// 1 MiB for each of 100 streams, and nobody takes a byte of it.
#[tokio::test]
async fn closed_windows() {
    let origin = Origin::replying(|request| {
        let length = if request.target() == "/" { 6 } else { 1 << 20 };
        ok("", &"served".repeat(length / 6))
    })
    .await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let large = changed(b":path", Some(b"/large"));
    survived_by(&octroi, "closed windows", async |frames| {
        frames.send(Frame::SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]).await;
        frames.raw(&streams(100, |stream| headers(stream, true, &large))).await;
        for _ in 0..100 {
            while frames.next().await.expect("the connection ended").kind != Frame::HEADERS {}
        }
    })
    .await;
}

/// A head over the limit is an answer for its stream, and the connection goes on.
#[tokio::test]
async fn oversized_heads() {
    let large = vec![b'v'; 10_000];
    let fields = with(&[(b"x-a", &large), (b"x-b", &large), (b"x-c", &large), (b"x-d", &large)]);
    let payload = block(&fields);
    survives("oversized heads", async |frames| {
        for number in 0..500 {
            frames.raw(&head_in_pieces(stream_id(number), &payload)).await;
            let verdict = frames.verdict(stream_id(number)).await.expect("the connection ended");
            // HPACK writes the status out once.
            assert!(verdict.kind == Frame::HEADERS && (number > 0 || status_of(&verdict) == Some(431)), "{verdict:?}");
        }
    })
    .await;
}
