//! Section 5: the states of a stream, ids, and the number of streams.

use super::Expected::{Connection, Error, Nothing, Stream};
use super::Stream1::{Closed, HalfClosed, Idle, Open, Reset};
use super::{PROTOCOL, Row, STREAM_CLOSED, bad, check, portal, stuck};
use crate::support::frames::{END_HEADERS, Frame, Frames, GOOD, block, changed, frame, headers};
use crate::support::{Setup, within};

const REFUSED_STREAM: u32 = 7;

#[tokio::test]
async fn states() {
    check(states_rows()).await;
}

fn states_rows() -> Vec<Row<'static>> {
    let data = |stream| frame(Frame::DATA, 0, stream, b"x");
    let update = |stream| frame(Frame::WINDOW_UPDATE, 0, stream, &1_u32.to_be_bytes());
    let reset = |stream| frame(Frame::RST_STREAM, 0, stream, &8_u32.to_be_bytes());
    let priority = |stream| frame(Frame::PRIORITY, 0, stream, &[0, 0, 0, 0, 1]);
    vec![
        ("5.1 idle", "DATA", Idle, data(1), Connection(PROTOCOL)),
        ("5.1 idle", "DATA of a later stream", HalfClosed, data(3), Connection(PROTOCOL)),
        ("5.1 idle", "RST_STREAM", Idle, reset(1), Connection(PROTOCOL)),
        ("5.1 idle", "WINDOW_UPDATE", Idle, update(1), Connection(PROTOCOL)),
        ("5.1 idle", "PRIORITY", Idle, priority(1), Nothing),
        ("5.1 open", "WINDOW_UPDATE, PRIORITY, DATA", Open, [update(1), priority(1), data(1)].concat(), Nothing),
        ("5.1 open", "RST_STREAM", Open, reset(1), Nothing),
        ("5.1 half-closed", "DATA", HalfClosed, data(1), Error(STREAM_CLOSED)),
        ("5.1 half-closed", "HEADERS", HalfClosed, bad(1), Error(STREAM_CLOSED)),
        ("5.1 half-closed", "WINDOW_UPDATE, PRIORITY", HalfClosed, [update(1), priority(1)].concat(), Nothing),
        ("5.1 half-closed", "RST_STREAM", HalfClosed, reset(1), Nothing),
        ("5.1 closed", "DATA", Closed, data(1), Error(STREAM_CLOSED)),
        ("5.1 closed", "HEADERS", Closed, bad(1), Error(STREAM_CLOSED)),
        (
            "5.1 closed",
            "WINDOW_UPDATE, RST_STREAM, PRIORITY",
            Closed,
            [update(1), reset(1), priority(1)].concat(),
            Nothing,
        ),
        ("5.1 closed", "DATA behind a reset", Reset, data(1), Error(STREAM_CLOSED)),
        ("5.1 closed", "HEADERS behind a reset", Reset, bad(1), Error(STREAM_CLOSED)),
        ("5.1 closed", "WINDOW_UPDATE behind a reset", Reset, update(1), Nothing),
        ("5.1 closed", "a second reset", Reset, reset(1), Nothing),
        ("5.1.1", "an even id", Idle, bad(2), Connection(PROTOCOL)),
        ("5.1.1", "an id below the last", Idle, [stuck(5, b"GET", true), bad(3)].concat(), Connection(STREAM_CLOSED)),
        ("5.1.1", "ids that are left out", Idle, [headers(7, true, &GOOD), headers(15, true, &GOOD)].concat(), Nothing),
        (
            "5.1.1",
            "DATA of a stream that was left out",
            Idle,
            [stuck(5, b"GET", true), data(3)].concat(),
            Error(STREAM_CLOSED),
        ),
        ("5.4.1", "GOAWAY of a client", Closed, frame(Frame::GOAWAY, 0, 0, &[0; 8]), Connection(&[0])),
    ]
}

/// RFC 7540 section 5.3.1, which RFC 9113 leaves behind with all of priorities: it may be an error, or ignored.
#[tokio::test]
async fn a_stream_that_depends_on_itself() {
    check(a_stream_that_depends_on_itself_rows()).await;
}

fn a_stream_that_depends_on_itself_rows() -> Vec<Row<'static>> {
    let itself = frame(Frame::PRIORITY, 0, 1, &[0, 0, 0, 1, 16]);
    let head = [&[0, 0, 0, 1, 16][..], &block(&changed(b":path", Some(b"/bad")))].concat();
    vec![
        ("5.3", "in PRIORITY", Open, itself, Stream(PROTOCOL)),
        ("5.3", "in HEADERS", Idle, frame(Frame::HEADERS, END_HEADERS | 0x21, 1, &head), Stream(PROTOCOL)),
    ]
}

/// Section 5.1.2: one stream more than the limit is refused, never sent to the portal (section 8.7), and the others go on.
#[tokio::test]
async fn one_stream_too_many() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).toml("[limits]\nh2_streams = 4").start().await;
    let mut frames = Frames::connect(octroi.address).await;
    let many = (0..4).flat_map(|number| stuck(2 * number + 1, b"GET", true)).collect::<Vec<_>>();
    frames.raw(&many).await;
    // The client knows the limit once it has acknowledged it.
    frames.send(Frame::SETTINGS, 1, 0, &[]).await;
    origin.nth(4).await;
    frames.raw(&bad(9)).await;
    let refusal = within("a refusal", frames.verdict(9)).await.unwrap();
    assert_eq!((refusal.kind, refusal.stream, refusal.code()), (Frame::RST_STREAM, 9, Some(REFUSED_STREAM)));
    frames.send(Frame::RST_STREAM, 0, 1, &8_u32.to_be_bytes()).await;
    frames.settled().await;
    frames.headers(11, true, &GOOD).await;
    assert_eq!(within("an answer", frames.verdict(11)).await.unwrap().kind, Frame::HEADERS);
    assert!(origin.requests().iter().all(|request| request.target() != "/bad"));
}

/// All rows of this file.
pub(super) fn rows() -> Vec<Row<'static>> {
    [states_rows(), a_stream_that_depends_on_itself_rows()].concat()
}
