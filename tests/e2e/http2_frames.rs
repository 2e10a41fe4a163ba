//! HTTP/2 frames that a well-behaved client would not send: malformed heads, and floods.

use crate::support::http2::{Frame, Frames, Http2, request, status_of};
use crate::support::origin::ok;
use crate::support::{Findings, Octroi, Origin, Setup, shown, within};

type Fields<'a> = Vec<(&'a [u8], &'a [u8])>;

const GOOD: [(&[u8], &[u8]); 4] =
    [(b":method", b"GET"), (b":scheme", b"http"), (b":authority", b"h"), (b":path", b"/")];

fn with<'a>(more: &[(&'a [u8], &'a [u8])]) -> Fields<'a> {
    [&GOOD[..], more].concat()
}

/// [`GOOD`] with one pseudo field changed; `None` leaves it out.
fn changed<'a>(name: &[u8], value: Option<&'a [u8]>) -> Fields<'a> {
    let change = |(field, old): &(&'static [u8], &'static [u8])| -> Option<(&'a [u8], &'a [u8])> {
        if *field == name { value.map(|value| (*field, value)) } else { Some((*field, *old)) }
    };
    GOOD.iter().filter_map(change).collect()
}

fn malformed_fields() -> Vec<(&'static str, Fields<'static>)> {
    vec![
        ("an upper-case name", with(&[(b"X-Upper", b"1")])),
        ("CR LF in a value", with(&[(b"x", b"a\r\nset-cookie: _ga=1")])),
        ("LF in a value", with(&[(b"x", b"a\nb: c")])),
        ("CR in a value", with(&[(b"x", b"a\rb")])),
        ("NUL in a value", with(&[(b"x", b"a\0b")])),
        ("LF in a name", with(&[(b"x\ny", b"1")])),
        ("a colon in a name", with(&[(b"x:y", b"1")])),
        ("a blank in a name", with(&[(b"x y", b"1")])),
        ("an empty name", with(&[(b"", b"1")])),
        ("connection", with(&[(b"connection", b"close")])),
        ("transfer-encoding", with(&[(b"transfer-encoding", b"chunked")])),
        ("keep-alive", with(&[(b"keep-alive", b"1")])),
        ("upgrade", with(&[(b"upgrade", b"websocket")])),
        ("proxy-connection", with(&[(b"proxy-connection", b"x")])),
        ("TE beyond trailers", with(&[(b"te", b"gzip")])),
        ("TE with trailers and more", with(&[(b"te", b"trailers, gzip")])),
        ("a length without its body", with(&[(b"content-length", b"5")])),
        ("two lengths", with(&[(b"content-length", b"0"), (b"content-length", b"1")])),
        ("a length that is none", with(&[(b"content-length", b"+0")])),
        ("two lengths that agree", with(&[(b"content-length", b"0"), (b"content-length", b"0")])),
        ("a list of lengths", with(&[(b"content-length", b"0, 0")])),
        ("another host", with(&[(b"host", b"evil.test")])),
        ("two hosts", with(&[(b"host", b"h"), (b"host", b"evil.test")])),
    ]
}

fn malformed_pseudo_fields() -> Vec<(&'static str, Fields<'static>)> {
    vec![
        ("CR LF in the path", changed(b":path", Some(b"/a HTTP/1.1\r\nHost: evil\r\n\r\n"))),
        ("a blank in the path", changed(b":path", Some(b"/a b"))),
        ("an empty path", changed(b":path", Some(b""))),
        ("a path without its slash", changed(b":path", Some(b"a"))),
        ("CR LF in the method", changed(b":method", Some(b"GET / HTTP/1.1\r\nX: y\r\n\r\nGET"))),
        ("a blank in the authority", changed(b":authority", Some(b"a b"))),
        ("a user in the authority", changed(b":authority", Some(b"user@h"))),
        ("no method", changed(b":method", None)),
        ("no scheme", changed(b":scheme", None)),
        ("no path", changed(b":path", None)),
        ("no authority and no host", changed(b":authority", None)),
        ("two paths", with(&[(b":path", b"/b")])),
        ("a pseudo field of responses", with(&[(b":status", b"200")])),
        ("an unknown pseudo field", with(&[(b":x", b"1")])),
        ("a pseudo field after a field", [&[(&b"x"[..], &b"1"[..])][..], &GOOD[..]].concat()),
        ("a star for a path", changed(b":path", Some(b"*"))),
        ("an address for a path", changed(b":path", Some(b"http://evil.test/"))),
        ("an empty method", changed(b":method", Some(b""))),
        ("CONNECT with a path", changed(b":method", Some(b"CONNECT"))),
        ("another scheme", changed(b":scheme", Some(b"ftp"))),
        ("a list of authorities", changed(b":authority", Some(b"h,evil.test"))),
        ("an authority with a path", changed(b":authority", Some(b"h/a"))),
        ("two authorities", with(&[(b":authority", b"evil.test")])),
    ]
}

#[tokio::test]
async fn malformed_heads_never_reach_the_portal() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let mut findings = Findings::default();
    for (what, fields) in malformed_fields().iter().chain(&malformed_pseudo_fields()) {
        let mut frames = Frames::connect(octroi.address).await;
        frames.headers(1, true, fields).await;
        let verdict = within(what, frames.verdict(1)).await;
        let refused = verdict.as_ref().is_none_or(|frame| {
            frame.kind != Frame::HEADERS
                || status_of(frame).is_some_and(|status| matches!(status, 400 | 405 | 421 | 501))
        });
        findings.expect(refused, || format!("{what}: answered {:?}", verdict.as_ref().and_then(status_of)));
    }
    findings.expect(origin.requests().is_empty(), || {
        let heads: Vec<_> = origin.requests().iter().map(|request| shown(&request.head)).collect();
        format!("these reached the portal:\n{}", heads.join("\n"))
    });
    findings.none();
}

#[tokio::test]
async fn a_body_that_disagrees_with_its_length_is_never_whole_upstream() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let post = |length: &'static [u8]| {
        let mut fields = changed(b":method", Some(b"POST"));
        fields.push((b"content-length", length));
        fields
    };
    for (length, data) in [(&b"2"[..], &b"abc"[..]), (b"4", b"abc")] {
        let mut frames = Frames::connect(octroi.address).await;
        frames.headers(1, false, &post(length)).await;
        frames.send(Frame::DATA, 1, 1, data).await;
        let verdict = within("a verdict", frames.verdict(1)).await;
        let answered = verdict.as_ref().filter(|frame| frame.kind == Frame::HEADERS).and_then(status_of);
        assert!(answered != Some(200), "a length of {length:?} for {data:?}: {verdict:?}");
    }
    assert!(origin.requests().iter().all(|request| !request.complete));
}

/// Runs a flood, then shows that another visitor is served and that memory is bounded.
async fn survives<F: AsyncFnOnce(&mut Frames)>(what: &str, flood: F) {
    let origin = Origin::always(ok("", "served")).await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let before = octroi.memory_kib("VmHWM");
    let mut frames = Frames::connect(octroi.address).await;
    flood(&mut frames).await;
    let mut other = Http2::connect(octroi.address).await;
    assert_eq!(other.get("/", &[]).await.body, b"served", "{what}");
    let grown = octroi.memory_kib("VmHWM") - before;
    assert!(grown < 64 * 1024, "{what}: memory grew by {grown} KiB");
}

fn stream_id(number: u32) -> u32 {
    2 * number + 1
}

#[tokio::test]
async fn rapid_resets_are_survived() {
    survives("rapid reset", async |frames| {
        for number in 0..5000 {
            frames.headers(stream_id(number), true, &GOOD).await;
            frames.send(Frame::RST_STREAM, 0, stream_id(number), &8_u32.to_be_bytes()).await;
        }
    })
    .await;
}

#[tokio::test]
async fn resets_provoked_from_the_server_are_survived() {
    survives("MadeYouReset", async |frames| {
        for number in 0..5000 {
            frames.headers(stream_id(number), false, &GOOD).await;
            // WINDOW_UPDATE of 0 is a stream error (RFC 9113 section 6.9).
            frames.send(8, 0, stream_id(number), &[0; 4]).await;
        }
    })
    .await;
}

#[tokio::test]
async fn endless_continuations_are_survived() {
    survives("CONTINUATION", async |frames| {
        frames.send(Frame::HEADERS, 0, 1, &[]).await;
        for _ in 0..5000 {
            frames.send(9, 0, 1, &[b"\x00\x01x\x7f\x81\x00".as_slice(), &[b'v'; 256]].concat()).await;
        }
    })
    .await;
}

#[tokio::test]
async fn settings_and_pings_nobody_reads_are_survived() {
    survives("SETTINGS", async |frames| {
        for _ in 0..5000 {
            frames.send(Frame::SETTINGS, 0, 0, &[]).await;
        }
    })
    .await;
    survives("PING", async |frames| {
        for _ in 0..5000 {
            frames.send(Frame::PING, 0, 0, &[0; 8]).await;
        }
    })
    .await;
}

#[tokio::test]
async fn empty_frames_are_survived() {
    survives("empty DATA", async |frames| {
        frames.headers(1, false, &changed(b":method", Some(b"POST"))).await;
        for _ in 0..5000 {
            frames.send(Frame::DATA, 0, 1, &[]).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_visitor_who_never_opens_the_window_is_survived() {
    let origin = Origin::replying(|_| ok("", &"x".repeat(1 << 20))).await;
    let octroi = Octroi::before(&origin).await;
    let mut frames = Frames::connect(octroi.address).await;
    frames.send(Frame::SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]).await;
    for number in 0..50 {
        frames.headers(stream_id(number), true, &GOOD).await;
    }
    let mut other = Http2::connect(octroi.address).await;
    assert_eq!(other.fetch(request("GET", "/", &[])).await.unwrap().body.len(), 1 << 20);
}
