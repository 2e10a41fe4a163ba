//! Sections 8.1 and 8.5: the parts of a message, its length, and CONNECT.

use super::Expected::{Error, Nothing, Refused};
use super::Stream1::{Idle, Open};
use super::{PROTOCOL, Row, check};
use crate::support::frames::{
    END_HEADERS, END_STREAM, Field, Fields, Frame, Frames, block, changed, frame, headers, status_of,
};
use crate::support::origin::ok;
use crate::support::{Octroi, Origin, within};

fn trailers(flags: u8, fields: &[Field<'_>]) -> Vec<u8> {
    frame(Frame::HEADERS, END_HEADERS | flags, 1, &block(fields))
}

#[tokio::test]
async fn trailers_end_the_message() {
    check(trailers_end_the_message_rows()).await;
}

fn trailers_end_the_message_rows() -> Vec<Row<'static>> {
    vec![
        ("8.1", "trailers", Open, trailers(END_STREAM, &[(b"x", b"y")]), Nothing),
        ("8.1", "a second head that does not end the stream", Open, trailers(0, &[(b"x", b"y")]), Error(PROTOCOL)),
        // h2 drops it without a word.
        ("8.1", "a pseudo field in the trailers", Open, trailers(END_STREAM, &[(b":path", b"/bad")]), Nothing),
        ("8.1", "an upper-case name in the trailers", Open, trailers(END_STREAM, &[(b"X", b"y")]), Error(PROTOCOL)),
        ("8.1", "connection in the trailers", Open, trailers(END_STREAM, &[(b"connection", b"x")]), Error(PROTOCOL)),
        (
            "8.1",
            "DATA behind the trailers",
            Open,
            [trailers(END_STREAM, &[(b"x", b"y")]), frame(Frame::DATA, END_STREAM, 1, b"/bad")].concat(),
            Error(super::STREAM_CLOSED),
        ),
    ]
}

#[tokio::test]
async fn connect() {
    check(connect_rows()).await;
}

fn connect_rows() -> Vec<Row<'static>> {
    let of = |fields: &[Field<'_>]| headers(1, false, fields);
    let method: Field = (b":method", b"CONNECT");
    let authority: Field = (b":authority", b"h:443");
    let scheme: Field = (b":scheme", b"https");
    let path: Field = (b":path", b"/bad");
    let protocol: Field = (b":protocol", b"websocket");
    vec![
        ("8.5", "CONNECT", Idle, of(&[method, authority]), Refused),
        ("8.5", "CONNECT without an authority", Idle, of(&[method]), Refused),
        ("8.5", "CONNECT with a scheme", Idle, of(&[method, authority, scheme]), Refused),
        ("8.5", "CONNECT with a path", Idle, of(&[method, authority, path]), Refused),
        ("8.5", "CONNECT with scheme and path", Idle, of(&[method, authority, scheme, path]), Refused),
        (
            "RFC 8441 4",
            "a protocol without CONNECT",
            Idle,
            of(&[(b":method", b"GET"), scheme, path, authority, protocol]),
            Refused,
        ),
        ("RFC 8441 4", "a protocol without a path", Idle, of(&[method, scheme, authority, protocol]), Refused),
        ("RFC 8441 4", "a protocol without a scheme", Idle, of(&[method, path, authority, protocol]), Refused),
        ("RFC 8441 4", "a protocol without an authority", Idle, of(&[method, path, scheme, protocol]), Refused),
        ("RFC 8441 4", "two protocols", Idle, of(&[method, path, scheme, authority, protocol, protocol]), Refused),
        (
            "RFC 8441 4",
            "another protocol",
            Idle,
            of(&[method, path, scheme, authority, (b":protocol", b"h2c")]),
            Refused,
        ),
        ("RFC 8441 4", "an empty protocol", Idle, of(&[method, path, scheme, authority, (b":protocol", b"")]), Refused),
        (
            "RFC 8441 4",
            "a WebSocket with a body's length",
            Idle,
            of(&[method, path, scheme, authority, protocol, (b"content-length", b"5")]),
            Refused,
        ),
        (
            "RFC 8441 4",
            "a WebSocket with connection fields",
            Idle,
            of(&[method, path, scheme, authority, protocol, (b"connection", b"upgrade"), (b"upgrade", b"websocket")]),
            Refused,
        ),
    ]
}

/// Section 8.1.1.
#[tokio::test]
async fn a_body_that_disagrees_with_its_length_is_never_whole_upstream() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let post = |length: &'static [u8]| -> Fields {
        let mut fields = changed(b":method", Some(b"POST"));
        fields.push((b"content-length", length));
        fields
    };
    for (length, data) in [(&b"2"[..], &b"abc"[..]), (b"4", b"abc"), (b"1", b""), (b"0", b"abc")] {
        let mut frames = Frames::connect(octroi.address).await;
        frames.headers(1, false, &post(length)).await;
        frames.send(Frame::DATA, END_STREAM, 1, data).await;
        let verdict = within("a verdict", frames.verdict(1)).await;
        let answered = verdict.as_ref().filter(|frame| frame.kind == Frame::HEADERS).and_then(status_of);
        assert!(answered != Some(200), "a length of {length:?} for {data:?}: {verdict:?}");
    }
    assert!(origin.requests().iter().all(|request| !request.complete));
}

/// In chunks, it would be the end.
#[tokio::test]
async fn an_empty_frame_is_no_end_upstream() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let mut frames = Frames::connect(octroi.address).await;
    frames.headers(1, false, &changed(b":method", Some(b"POST"))).await;
    for data in [&b""[..], b"ab", b"", b"cd"] {
        frames.send(Frame::DATA, 0, 1, data).await;
    }
    frames.send(Frame::DATA, END_STREAM, 1, b"").await;
    let verdict = within("a verdict", frames.verdict(1)).await;
    assert_eq!(verdict.as_ref().and_then(status_of), Some(200), "{verdict:?}");
    let [request] = &origin.requests()[..] else { panic!("not one request") };
    assert_eq!((request.text().as_str(), request.complete), ("abcd", true));
}

/// All rows of this file.
pub(super) fn rows() -> Vec<Row<'static>> {
    [trailers_end_the_message_rows(), connect_rows()].concat()
}
