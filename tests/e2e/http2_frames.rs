//! HTTP/2 heads that a well-behaved client would not send.

use crate::support::frames::{Fields, Frame, Frames, GOOD, changed, status_of, with};
use crate::support::origin::ok;
use crate::support::{Findings, Octroi, Origin, shown, within};

#[tokio::test]
async fn malformed_heads_never_reach_the_portal() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let rows: Vec<(&str, Fields)> = vec![
        ("an upper-case name", with(&[(b"X-Upper", b"1")])),
        ("CR LF in a value", with(&[(b"x", b"a\r\nset-cookie: _ga=1")])),
        ("LF in a value", with(&[(b"x", b"a\nb: c")])),
        ("CR in a value", with(&[(b"x", b"a\rb")])),
        ("NUL in a value", with(&[(b"x", b"a\0b")])),
        ("LF in a name", with(&[(b"x\ny", b"1")])),
        ("a colon in a name", with(&[(b"x:y", b"1")])),
        ("a blank in a name", with(&[(b"x y", b"1")])),
        ("an empty name", with(&[(b"", b"1")])),
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
        ("connection", with(&[(b"connection", b"close")])),
        ("transfer-encoding", with(&[(b"transfer-encoding", b"chunked")])),
        ("keep-alive", with(&[(b"keep-alive", b"1")])),
        ("upgrade", with(&[(b"upgrade", b"websocket")])),
        ("proxy-connection", with(&[(b"proxy-connection", b"x")])),
        ("TE beyond trailers", with(&[(b"te", b"gzip")])),
        ("a length without its body", with(&[(b"content-length", b"5")])),
        ("two lengths", with(&[(b"content-length", b"0"), (b"content-length", b"1")])),
        ("a length that is none", with(&[(b"content-length", b"+0")])),
        ("another host", with(&[(b"host", b"evil.test")])),
        ("two hosts", with(&[(b"host", b"h"), (b"host", b"evil.test")])),
    ];
    let mut findings = Findings::default();
    for (what, fields) in &rows {
        let mut frames = Frames::connect(octroi.address).await;
        frames.headers(1, true, fields).await;
        let verdict = within(what, frames.verdict(1)).await;
        let refused = verdict.as_ref().is_none_or(|frame| {
            frame.kind != Frame::HEADERS || status_of(frame).is_some_and(|status| matches!(status, 400 | 421 | 501))
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
