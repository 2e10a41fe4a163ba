//! Sections 3.4, 4 and 6: the preface, the rules for every frame, and those of each type.

use super::{
    COMPRESSION, Expected, FLOW_CONTROL, FRAME_SIZE, PROTOCOL, Row, Stream1, bad, check, head_frame, portal, stuck,
};
use crate::support::client::tls;
use crate::support::frames::{
    ACK, END_HEADERS, END_STREAM, Frame, Frames, GOOD, PADDED, PREFACE, PRIORITY, block, changed, frame, headers,
};
use crate::support::wire::Wire;
use crate::support::{Authority, Findings, Message, Octroi, Setup, within};
use Expected::{Connection, Error, Nothing, Stream};
use Stream1::{Closed, HalfClosed, Idle, Open};

fn settings(identifier: u16, value: u32) -> Vec<u8> {
    frame(Frame::SETTINGS, 0, 0, &[&identifier.to_be_bytes()[..], &value.to_be_bytes()].concat())
}

fn window_update(stream: u32, increment: u32) -> Vec<u8> {
    frame(Frame::WINDOW_UPDATE, 0, stream, &increment.to_be_bytes())
}

fn bad_block() -> Vec<u8> {
    block(&changed(b":path", Some(b"/bad")))
}

/// The first bytes of a connection; what is no preface is no HTTP/1.1 request, either.
#[tokio::test]
async fn prefaces() {
    let (origin, authority) = (portal().await, Authority::new());
    let octroi = Setup::before(&origin).tls(&authority, &[&["h"]]).start().await;
    let mut findings = Findings::default();
    let wrong = b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n";
    for (what, bytes) in [
        ("3.4 another preface", [&wrong[..], &settings(3, 1), &bad(1)].concat()),
        ("3.4 half a preface and a frame", [&PREFACE[..18], &settings(3, 1), &bad(1)].concat()),
        ("3.4 a request before SETTINGS", [PREFACE, &bad(1), &settings(3, 1)].concat()),
        ("3.4 an acknowledgement before SETTINGS", [PREFACE, &frame(Frame::SETTINGS, ACK, 0, &[]), &bad(1)].concat()),
        ("3.4 SETTINGS that end within a setting", [PREFACE, &frame(Frame::SETTINGS, 0, 0, &[0; 5])].concat()),
        ("3.4 bytes that are no frame", [PREFACE, &[0xff; 64]].concat()),
        ("3.4 a request of HTTP/1.1 behind the preface", [PREFACE, b"GET /bad HTTP/1.1\r\nHost: h\r\n\r\n"].concat()),
    ] {
        let encrypted = tls(octroi.tls, "h", authority.client(&["h2"])).await.unwrap();
        for mut wire in [Wire::tcp(octroi.address).await.unwrap(), Wire::new(encrypted)] {
            wire.send(&bytes).await;
            let answer = within(what, wire.read_to_end()).await;
            findings.expect(!answer.starts_with(b"HTTP/1.1 2"), || what.to_owned());
        }
    }
    let passed = origin.requests().iter().map(Message::target).collect::<Vec<_>>();
    findings.expect(passed.is_empty(), || format!("reached the portal: {passed:?}"));
    findings.none();
}

#[tokio::test]
async fn every_frame() {
    check(every_frame_rows()).await;
}

fn every_frame_rows() -> Vec<Row<'static>> {
    let large = |kind, stream, size| frame(kind, 0, stream, &vec![0; size]);
    vec![
        ("4.1", "a frame of an unknown type", Idle, frame(0xfa, 0xff, 7, b"whatever"), Nothing),
        ("4.1", "unknown flags of PING", Idle, frame(Frame::PING, 0xfe, 0, &[0; 8]), Nothing),
        ("4.1", "unknown flags of a head", Idle, head_frame(0xc2, 1, &block(&GOOD)), Nothing),
        ("4.1", "the reserved bit of a stream's id", Idle, frame(Frame::PING, 0, 0x8000_0000, &[0; 8]), Nothing),
        ("4.2", "DATA over the maximum", Open, large(Frame::DATA, 1, 16_385), Error(FRAME_SIZE)),
        ("4.2", "HEADERS over the maximum", Idle, large(Frame::HEADERS, 1, 16_385), Connection(FRAME_SIZE)),
        ("4.2", "SETTINGS over the maximum", Idle, large(Frame::SETTINGS, 0, 16_386), Connection(FRAME_SIZE)),
        ("4.2", "an unknown type over the maximum", Idle, large(0xfa, 0, 16_385), Connection(FRAME_SIZE)),
        ("4.2", "DATA of the maximum", Open, large(Frame::DATA, 1, 16_384), Nothing),
        ("5.5", "an unknown setting", Idle, settings(0xfafa, 7), Nothing),
        (
            "5.5",
            "an unknown type within a head",
            Idle,
            [frame(Frame::HEADERS, END_STREAM, 1, &bad_block()), frame(0xfa, 0, 1, &[])].concat(),
            Connection(PROTOCOL),
        ),
    ]
}

/// Section 4.3 and RFC 7541: a header block that cannot be decoded ends the connection, for its state is lost.
#[tokio::test]
async fn header_compression() {
    check(header_compression_rows()).await;
}

fn header_compression_rows() -> Vec<Row<'static>> {
    let behind = |more: &[u8]| head_frame(0, 1, &[&bad_block(), more].concat());
    vec![
        ("4.3", "index 0", Idle, behind(&[0x80]), Connection(COMPRESSION)),
        ("4.3", "an index beyond the table", Idle, behind(&[0xff, 0x7f]), Connection(COMPRESSION)),
        ("4.3", "a name's index beyond the table", Idle, behind(&[0x7f, 0x7f, 1, b'v']), Connection(COMPRESSION)),
        ("4.3", "a block that ends within a string", Idle, behind(&[0, 1, b'x', 9, b'v']), Connection(COMPRESSION)),
        ("4.3", "a block that ends within a length", Idle, behind(&[0, 0x7f, 0x80]), Connection(COMPRESSION)),
        (
            "4.3",
            "an integer that overflows",
            Idle,
            behind(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
            Connection(COMPRESSION),
        ),
        ("4.3", "padding of Huffman that is not all ones", Idle, behind(&[0, 0x81, 0xf0, 0]), Connection(COMPRESSION)),
        (
            "4.3",
            "the end of string in Huffman's code",
            Idle,
            behind(&[0, 0x84, 0xff, 0xff, 0xff, 0xff, 0]),
            Connection(COMPRESSION),
        ),
        ("4.3", "padding of Huffman over 7 bits", Idle, behind(&[0, 0x82, 0x1f, 0xff, 0]), Connection(COMPRESSION)),
        (
            "4.3",
            "a table larger than allowed",
            Idle,
            head_frame(0, 1, &[&[0x3f, 0xe2, 0x1f][..], &bad_block()].concat()),
            Connection(COMPRESSION),
        ),
        ("4.3", "a size of the table behind a field", Idle, behind(&[0x20]), Connection(COMPRESSION)),
        ("4.3", "a table of no size", Idle, head_frame(0, 1, &[&[0x20][..], &block(&GOOD)].concat()), Nothing),
    ]
}

#[tokio::test]
async fn data_and_headers() {
    check(data_and_headers_rows()).await;
}

fn data_and_headers_rows() -> Vec<Row<'static>> {
    vec![
        ("6.1", "DATA of the connection", Open, frame(Frame::DATA, 0, 0, b"x"), Connection(PROTOCOL)),
        ("6.1", "padding as long as DATA", Open, frame(Frame::DATA, PADDED, 1, &[4, 0, 0, 0]), Connection(PROTOCOL)),
        ("6.1", "padding without its length", Open, frame(Frame::DATA, PADDED, 1, &[]), Connection(FRAME_SIZE)),
        ("6.1", "DATA of padding alone", Open, frame(Frame::DATA, PADDED, 1, &[3, 0, 0, 0]), Nothing),
        ("6.2", "HEADERS of the connection", Idle, head_frame(0, 0, &bad_block()), Connection(PROTOCOL)),
        (
            "6.2",
            "padding longer than HEADERS",
            Idle,
            head_frame(PADDED, 1, &[&[255][..], &bad_block()].concat()),
            Connection(PROTOCOL),
        ),
        ("6.2", "padding without its length", Idle, head_frame(PADDED, 1, &[]), Connection(FRAME_SIZE)),
        ("6.2", "a priority that is cut short", Idle, head_frame(PRIORITY, 1, &[0, 0, 0, 0]), Connection(FRAME_SIZE)),
        (
            "6.2",
            "padding and priority",
            Idle,
            head_frame(PADDED | PRIORITY, 1, &[&[3, 0, 0, 0, 0, 16][..], &block(&GOOD), &[0; 3]].concat()),
            Nothing,
        ),
        ("6.3", "PRIORITY of the connection", Idle, frame(Frame::PRIORITY, 0, 0, &[0; 5]), Connection(PROTOCOL)),
        ("6.3", "PRIORITY of 4 bytes", Open, frame(Frame::PRIORITY, 0, 1, &[0; 4]), Error(FRAME_SIZE)),
        ("6.3", "PRIORITY of 6 bytes", Open, frame(Frame::PRIORITY, 0, 1, &[0; 6]), Error(FRAME_SIZE)),
        ("6.3", "PRIORITY of an idle stream", Idle, frame(Frame::PRIORITY, 0, 7, &[0, 0, 0, 0, 1]), Nothing),
        ("6.3", "PRIORITY of a closed stream", Closed, frame(Frame::PRIORITY, 0, 1, &[0, 0, 0, 0, 1]), Nothing),
        ("6.4", "RST_STREAM of the connection", Idle, frame(Frame::RST_STREAM, 0, 0, &[0; 4]), Connection(PROTOCOL)),
        ("6.4", "RST_STREAM of 3 bytes", Open, frame(Frame::RST_STREAM, 0, 1, &[0; 3]), Connection(FRAME_SIZE)),
        ("6.4", "RST_STREAM of 5 bytes", Open, frame(Frame::RST_STREAM, 0, 1, &[0; 5]), Connection(FRAME_SIZE)),
        ("6.4", "RST_STREAM of an idle stream", Idle, frame(Frame::RST_STREAM, 0, 7, &[0; 4]), Connection(PROTOCOL)),
        (
            "6.6",
            "PUSH_PROMISE of a client",
            Open,
            frame(Frame::PUSH_PROMISE, END_HEADERS, 1, &[&2_u32.to_be_bytes()[..], &bad_block()].concat()),
            Connection(PROTOCOL),
        ),
    ]
}

#[tokio::test]
async fn frames_of_the_connection() {
    check(frames_of_the_connection_rows()).await;
}

fn frames_of_the_connection_rows() -> Vec<Row<'static>> {
    vec![
        ("6.5", "SETTINGS of a stream", Open, frame(Frame::SETTINGS, 0, 1, &[]), Connection(PROTOCOL)),
        ("6.5", "SETTINGS of 5 bytes", Idle, frame(Frame::SETTINGS, 0, 0, &[0; 5]), Connection(FRAME_SIZE)),
        (
            "6.5",
            "an acknowledgement with settings",
            Idle,
            frame(Frame::SETTINGS, ACK, 0, &[0; 6]),
            Connection(FRAME_SIZE),
        ),
        ("6.5.2", "ENABLE_PUSH of 2", Idle, settings(2, 2), Connection(PROTOCOL)),
        ("6.5.2", "INITIAL_WINDOW_SIZE of 2^31", Idle, settings(4, 1 << 31), Connection(FLOW_CONTROL)),
        ("6.5.2", "MAX_FRAME_SIZE of 16383", Idle, settings(5, 16_383), Connection(PROTOCOL)),
        ("6.5.2", "MAX_FRAME_SIZE of 2^24", Idle, settings(5, 1 << 24), Connection(PROTOCOL)),
        ("6.5.2", "MAX_FRAME_SIZE of 2^24-1", Idle, settings(5, (1 << 24) - 1), Nothing),
        ("6.5.2", "HEADER_TABLE_SIZE of 2^32-1", Idle, settings(1, u32::MAX), Nothing),
        ("RFC 8441 3", "ENABLE_CONNECT_PROTOCOL of 2", Idle, settings(8, 2), Connection(PROTOCOL)),
        ("6.7", "PING of a stream", Open, frame(Frame::PING, 0, 1, &[0; 8]), Connection(PROTOCOL)),
        ("6.7", "PING of 7 bytes", Idle, frame(Frame::PING, 0, 0, &[0; 7]), Connection(FRAME_SIZE)),
        ("6.7", "PING of 9 bytes", Idle, frame(Frame::PING, 0, 0, &[0; 9]), Connection(FRAME_SIZE)),
        ("6.7", "an answer to no PING", Idle, frame(Frame::PING, ACK, 0, &[0; 8]), Nothing),
        ("6.8", "GOAWAY of a stream", Open, frame(Frame::GOAWAY, 0, 1, &[0; 8]), Connection(PROTOCOL)),
        ("6.8", "GOAWAY of 7 bytes", Idle, frame(Frame::GOAWAY, 0, 0, &[0; 7]), Connection(FRAME_SIZE)),
        ("6.9", "WINDOW_UPDATE of 3 bytes", Idle, frame(Frame::WINDOW_UPDATE, 0, 0, &[1; 3]), Connection(FRAME_SIZE)),
        ("6.9", "WINDOW_UPDATE of the connection by 0", Idle, window_update(0, 0), Connection(PROTOCOL)),
        ("6.9", "WINDOW_UPDATE of a stream by 0", Open, window_update(1, 0), Error(PROTOCOL)),
        (
            "6.9.1",
            "the connection's window over its maximum",
            Idle,
            window_update(0, 0x7fff_ffff),
            Connection(FLOW_CONTROL),
        ),
        (
            "6.9.1",
            "a stream's window over its maximum",
            HalfClosed,
            window_update(1, 0x7fff_ffff),
            Stream(FLOW_CONTROL),
        ),
        (
            "6.9.2",
            "settings that take a window over its maximum",
            HalfClosed,
            [window_update(1, 0x7fff_0000), settings(4, 0x7fff_ffff)].concat(),
            Connection(FLOW_CONTROL),
        ),
        (
            "6.9.1",
            "DATA beyond the stream's window",
            Open,
            frame(Frame::DATA, 0, 1, &[0; 16_384]).repeat(1 + (256 << 10) / 16_384),
            Error(FLOW_CONTROL),
        ),
    ]
}

#[tokio::test]
async fn continuations() {
    check(continuations_rows()).await;
}

fn continuations_rows() -> Vec<Row<'static>> {
    let begun = |stream| frame(Frame::HEADERS, END_STREAM, stream, &bad_block());
    let goes_on = |flags, stream| frame(Frame::CONTINUATION, flags, stream, &block(&[(b"x", b"y")]));
    let within_a_head = |other: Vec<u8>| [begun(1), other].concat();
    vec![
        ("6.10", "CONTINUATION of nothing", Idle, goes_on(END_HEADERS, 1), Connection(PROTOCOL)),
        ("6.10", "CONTINUATION of the connection", Idle, within_a_head(goes_on(END_HEADERS, 0)), Connection(PROTOCOL)),
        ("6.10", "CONTINUATION of another stream", Idle, within_a_head(goes_on(END_HEADERS, 3)), Connection(PROTOCOL)),
        ("6.10", "CONTINUATION behind the end of a head", HalfClosed, goes_on(END_HEADERS, 1), Connection(PROTOCOL)),
        ("4.3", "DATA within a head", Idle, within_a_head(frame(Frame::DATA, 0, 1, b"x")), Connection(PROTOCOL)),
        ("4.3", "PING within a head", Idle, within_a_head(frame(Frame::PING, 0, 0, &[0; 8])), Connection(PROTOCOL)),
        ("4.3", "another head within a head", Idle, within_a_head(bad(3)), Connection(PROTOCOL)),
        (
            "6.10",
            "a head in three frames",
            Idle,
            [
                frame(Frame::HEADERS, END_STREAM, 1, &block(&GOOD)),
                frame(Frame::CONTINUATION, 0, 1, &[]),
                goes_on(END_HEADERS, 1),
            ]
            .concat(),
            Nothing,
        ),
    ]
}

/// Section 6.5.3: settings are acknowledged; 6.7: a PING comes back as it was; 5.4.1: GOAWAY names the last stream.
#[tokio::test]
async fn answers() {
    let octroi = Octroi::before(&portal().await).await;
    let mut frames = Frames::connect(octroi.address).await;
    frames.send(Frame::PING, 0, 0, b"the same").await;
    let (mut acknowledged, mut back) = (false, false);
    while !(acknowledged && back) {
        let frame = within("an answer", frames.next()).await.expect("the connection ended");
        acknowledged |= frame.kind == Frame::SETTINGS && frame.flags == ACK && frame.payload.is_empty();
        back |= frame.kind == Frame::PING && frame.flags == ACK && frame.payload == b"the same";
    }
    frames.raw(&[headers(1, true, &GOOD), stuck(3, b"GET", true)].concat()).await;
    frames.ended(1).await;
    frames.raw(&window_update(0, 0)).await;
    let goodbye = frames.settled().await.unwrap();
    assert_eq!((goodbye.kind, &goodbye.payload[..4]), (Frame::GOAWAY, &3_u32.to_be_bytes()[..]));
}

/// Section 6.9: not a byte more than both windows let through, also if a setting opens the stream's.
#[tokio::test]
async fn windows_are_obeyed() {
    let origin = crate::support::Origin::always(crate::support::origin::ok("", &"x".repeat(100_000))).await;
    let octroi = Octroi::before(&origin).await;
    let mut frames = Frames::connect(octroi.address).await;
    frames.raw(&[settings(4, 10), headers(1, true, &GOOD)].concat()).await;
    let mut came = 0;
    for (bytes, total) in [
        (vec![], 10),
        (window_update(1, 5), 15),
        (settings(4, 30), 35),
        (settings(4, 0), 35),
        (window_update(1, 36), 41),
        (window_update(1, 0x7fff_0000), 65_535),
        (window_update(0, 7), 65_542),
    ] {
        frames.raw(&bytes).await;
        while came < total {
            let frame = within("DATA", frames.next()).await.expect("the connection ended");
            came += if frame.kind == Frame::DATA { frame.payload.len() } else { 0 };
        }
        assert_eq!(came, total);
        assert!(frames.settled().await.is_none());
    }
}

/// All rows of this file.
pub(super) fn rows() -> Vec<Row<'static>> {
    [
        every_frame_rows(),
        header_compression_rows(),
        data_and_headers_rows(),
        frames_of_the_connection_rows(),
        continuations_rows(),
    ]
    .concat()
}
