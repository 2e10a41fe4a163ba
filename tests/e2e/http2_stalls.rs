//! HTTP/2 visitors who stop sending or reading: in the preface, in a head, in an upload, in a response, or before one.

use crate::support::client::tls;
use crate::support::frames::{Frame, Frames, GOOD, PREFACE, block, changed, frame, headers};
use crate::support::http2::{Http2, request};
use crate::support::origin::ok;
use crate::support::wire::{BodyRule, Wire};
use crate::support::{Authority, Message, Octroi, Origin, Setup, within};

/// `/large` is large, `/stuck` never answered.
async fn before(timeouts: &str) -> (Origin, Octroi) {
    let origin = Origin::replying(|request| match request.target().as_str() {
        "/large" => ok("", &"x".repeat(1 << 20)),
        "/stuck" => Vec::new(),
        _ => ok("", "ok"),
    })
    .await;
    let octroi = Setup::before(&origin).toml(&format!("[timeouts]\n{timeouts}")).start().await;
    (origin, octroi)
}

#[tokio::test]
async fn a_first_byte_that_stalls_is_timed_out_in_clear_as_under_tls() {
    let authority = Authority::new();
    let origin = Origin::always(ok("", "ok")).await;
    let octroi = Setup::before(&origin)
        .tls(&authority, &[&["data.education.gouv.fr"]])
        .toml("[timeouts]\nheader = \"1s\"")
        .start()
        .await;
    let settings = frame(Frame::SETTINGS, 0, 0, &[]);
    let half_a_head = frame(Frame::HEADERS, 0, 1, &block(&GOOD));
    let whole = [PREFACE, &settings, &half_a_head].concat();
    for length in [0, 1, 10, PREFACE.len() - 1, PREFACE.len(), PREFACE.len() + 4, PREFACE.len() + 9, whole.len()] {
        let mut clear = Wire::tcp(octroi.address).await.unwrap();
        let stream = tls(octroi.tls, "data.education.gouv.fr", authority.client(&["h2"])).await.unwrap();
        let mut encrypted = Wire::new(stream);
        for wire in [&mut clear, &mut encrypted] {
            wire.send(&whole[..length]).await;
            within("the connection to be closed", wire.count_to_end()).await;
        }
    }
    assert!(origin.requests().is_empty());
}

#[tokio::test]
async fn a_stream_whose_window_stays_closed_is_reset_and_the_others_go_on() {
    let (origin, octroi) = before("body_idle = \"300ms\"").await;
    let mut frames = Frames::connect(octroi.address).await;
    frames.send(Frame::SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]).await;
    // The portal has not answered this one: the connection as a whole waits for it, and not for the visitor.
    frames.headers(1, true, &changed(b":path", Some(b"/stuck"))).await;
    frames.headers(3, true, &changed(b":path", Some(b"/large"))).await;
    let answer = within("an answer", frames.verdict(3)).await.unwrap();
    assert_eq!(answer.kind, Frame::HEADERS);
    let verdict = within("the end of the stream", frames.verdict(3)).await.unwrap();
    assert_eq!((verdict.kind, verdict.stream, verdict.code()), (Frame::RST_STREAM, 3, Some(8)), "{verdict:?}");
    frames.headers(5, true, &changed(b":method", Some(b"HEAD"))).await;
    assert_eq!(within("an answer", frames.verdict(5)).await.unwrap().kind, Frame::HEADERS);
    assert_eq!(origin.requests().len(), 3);
}

/// However much of a response fits into the window before it stays closed.
#[tokio::test]
async fn a_stream_that_is_no_longer_read_is_ended_however_much_was_read() {
    for window in [1_u32, 1000, 5000, 20_000, 65_535, 300_000] {
        let (_origin, octroi) = before("body_idle = \"300ms\"").await;
        let mut frames = Frames::connect(octroi.address).await;
        frames.send(Frame::SETTINGS, 0, 0, &[&[0, 4][..], &window.to_be_bytes()].concat()).await;
        frames.send(Frame::WINDOW_UPDATE, 0, 0, &[1, 0, 0, 0]).await;
        // The connection as a whole waits for the portal.
        frames.headers(1, true, &changed(b":path", Some(b"/stuck"))).await;
        frames.headers(3, true, &changed(b":path", Some(b"/large"))).await;
        let answer = within("an answer", frames.verdict(3)).await.unwrap();
        assert_eq!(answer.kind, Frame::HEADERS);
        let verdict = within("the end of the stream", frames.verdict(3)).await.unwrap();
        assert_eq!((verdict.kind, verdict.stream), (Frame::RST_STREAM, 3), "{window}: {verdict:?}");
    }
}

/// Of two sites, one has a short timeout: its visitors who read nothing are cut, over HTTP/1.1 too, and the other's are not.
#[tokio::test]
async fn the_time_that_a_response_may_stay_unread_is_configured_by_site() {
    let origin = Origin::always(ok("", &"x".repeat(8 << 20))).await;
    let octroi = Setup::before(&origin)
        .hosts("[\"fast.test\"]")
        .site("timeouts.body_idle = \"300ms\"")
        .and_site("[\"*\"]", origin.address)
        .toml("[timeouts]\nbody_idle = 0")
        .start()
        .await;
    let head = |host: &'static [u8]| changed(b":authority", Some(host));
    let mut frames = Frames::connect(octroi.address).await;
    frames.send(Frame::SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]).await;
    frames.headers(1, true, &head(b"slow.test")).await;
    assert_eq!(within("an answer", frames.verdict(1)).await.unwrap().kind, Frame::HEADERS);
    let (mut slow, slow_head) = begun(&octroi, "slow.test").await;
    frames.headers(3, true, &head(b"fast.test")).await;
    assert_eq!(within("an answer", frames.verdict(3)).await.unwrap().kind, Frame::HEADERS);
    assert_eq!(within("the end of the stream", frames.verdict(3)).await.unwrap().kind, Frame::RST_STREAM);
    let (mut fast, fast_head) = begun(&octroi, "fast.test").await;
    octroi.metrics_until("two connections", |metrics| metrics.count("octroi_connections", &[]) == 2).await;
    assert!(slow.message_of(slow_head, BodyRule::Response).await.complete);
    assert!(!fast.message_of(fast_head, BodyRule::Response).await.complete);
    frames.send(Frame::WINDOW_UPDATE, 0, 1, &5_u32.to_be_bytes()).await;
    let next = within("its body", frames.next()).await.unwrap();
    assert_eq!((next.kind, &*next.payload), (Frame::DATA, &b"xxxxx"[..]));
}

/// A connection whose response has begun, and is read no further: until then it may not have been accepted.
async fn begun(octroi: &Octroi, host: &str) -> (Wire, Message) {
    let mut wire = octroi.client().await.wire;
    wire.send(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).await;
    let head = wire.head().await.expect("a head");
    (wire, Message::new(head))
}

#[tokio::test]
async fn a_window_that_opens_now_and_then_is_not_closed() {
    let (_origin, octroi) = before("body_idle = \"1s\"").await;
    let mut frames = Frames::connect(octroi.address).await;
    frames.send(Frame::SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]).await;
    frames.headers(1, true, &changed(b":path", Some(b"/large"))).await;
    let mut taken = 0;
    while taken < 1 << 20 {
        for stream in [0, 1] {
            frames.send(Frame::WINDOW_UPDATE, 0, stream, &16_384_u32.to_be_bytes()).await;
        }
        let next = within("a frame", frames.next()).await.expect("the connection ended");
        assert_ne!(next.kind, Frame::RST_STREAM);
        taken += if next.kind == Frame::DATA { next.payload.len() } else { 0 };
    }
}

#[tokio::test]
async fn an_upload_that_stalls_ends_only_its_stream() {
    let (origin, octroi) = before("body_idle = \"300ms\"").await;
    let mut client = Http2::connect(octroi.address).await;
    let (response, mut sending) = client.begin(request("POST", "/", &[("content-length", "100")]), false).await;
    sending.send_data("some".into(), false).unwrap();
    let answer = within("an answer", response).await;
    assert!(answer.as_ref().is_ok_and(|answer| answer.status() == 408) || answer.is_err(), "{answer:?}");
    assert!(origin.requests().iter().all(|request| !request.complete));
    assert_eq!(client.get("/", &[]).await.body, b"ok");
}

/// PINGs are no use, and a goodbye that is not answered ends, too.
#[tokio::test]
async fn an_idle_connection_is_closed_whatever_its_visitor_pings() {
    let (_origin, octroi) = before("idle = \"300ms\"\nbody_idle = \"300ms\"").await;
    let mut frames = Frames::connect(octroi.address).await;
    frames.headers(1, true, &GOOD).await;
    let mut told = false;
    let pinging = async {
        frames.send(Frame::PING, 0, 0, b"idle yet").await;
        while let Some(frame) = frames.read().await {
            told |= frame.kind == Frame::GOAWAY;
            // No PING of octroi's is answered. Another visitor's request is the clock of ours.
            if frame.kind == Frame::PING && frame.flags == 1 {
                octroi.client().await.get("/", "Connection: close\r\n").await;
                frames.send(Frame::PING, 0, 0, b"idle yet").await;
            }
        }
    };
    within("the connection to end", pinging).await;
    assert!(told, "no GOAWAY");
}

#[tokio::test]
async fn half_a_head_does_not_keep_an_idle_connection() {
    let (_origin, octroi) = before("idle = \"300ms\"").await;
    let mut frames = Frames::connect(octroi.address).await;
    frames.raw(&[headers(1, true, &GOOD), frame(Frame::HEADERS, 0, 3, &block(&GOOD))].concat()).await;
    within("the connection to end", frames.0.count_to_end()).await;
}
