//! RFC 9113 by raw frames, section by section: forbidden frames end their stream or connection, and never reach the portal.
//!
//! Rows name their section. If the RFC lets a stream error end the connection (section 5.4.2), or leaves the code open, the
//! row lists what is accepted. `h2` often sends `PROTOCOL_ERROR` although the RFC names a more specific code.

mod fields;
mod frames;
mod messages;
mod records;
mod streams;

use crate::support::frames::{
    END_HEADERS, END_STREAM, Frame, Frames, GOOD, PREFACE, changed, frame, headers, status_of,
};
use crate::support::origin::ok;
use crate::support::{Findings, Octroi, Origin, shown, within};

const PROTOCOL: &[u32] = &[1];
const FLOW_CONTROL: &[u32] = &[3, 1];
const STREAM_CLOSED: &[u32] = &[5, 1];
const FRAME_SIZE: &[u32] = &[6, 1];
const COMPRESSION: &[u32] = &[9, 1];

/// What stream 1 is when the row's bytes are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream1 {
    /// Nothing was sent.
    Idle,
    /// A POST whose body is to come.
    Open,
    /// A GET that is not answered yet.
    HalfClosed,
    /// A GET that was answered.
    Closed,
    /// A POST that was reset by its client.
    Reset,
}

/// What must come of a row's bytes.
#[derive(Clone, Copy, Debug)]
enum Expected {
    /// GOAWAY with one of these codes, and the end of the connection.
    Connection(&'static [u32]),
    /// `RST_STREAM` with one of these codes; the connection goes on.
    Stream(&'static [u32]),
    /// One of the two.
    Error(&'static [u32]),
    /// An error of either kind, or the status of a refusal.
    Refused,
    /// Nothing: it is allowed, or must be ignored. The next request is served.
    Nothing,
}

/// Section, what is sent, the state of stream 1 before, the bytes, what must come of them.
type Row<'a> = (&'a str, &'a str, Stream1, Vec<u8>, Expected);

/// What is sent in each row, from the preface on. Left out are those for which an answer must come first, and more DATA than a
/// window takes: whether that ends the stream or the connection depends on what h2 reads at once.
pub(super) fn conversations() -> Vec<Vec<u8>> {
    let rows = [fields::rows(), frames::rows(), messages::rows(), streams::rows()].concat();
    let said = |(_, _, stream1, bytes, _): Row<'_>| {
        let before = match stream1 {
            Stream1::Idle => Vec::new(),
            Stream1::Open => stuck(1, b"POST", false),
            Stream1::HalfClosed => stuck(1, b"GET", true),
            Stream1::Closed | Stream1::Reset => return None,
        };
        (bytes.len() < 64 << 10).then(|| [PREFACE, &frame(Frame::SETTINGS, 0, 0, &[]), &before, &bytes].concat())
    };
    rows.into_iter().filter_map(said).collect()
}

/// A portal that leaves `/stuck` unanswered and lets no request with `/bad` pass unseen.
async fn portal() -> Origin {
    Origin::start(|mut visit| async move {
        while let Some(request) = visit.head().await {
            if request.target() == "/stuck" {
                return visit.closed().await;
            }
            visit.send(ok("", "ok")).await;
        }
    })
    .await
}

/// The bytes of a request that must not reach the portal.
fn bad(stream: u32) -> Vec<u8> {
    headers(stream, true, &changed(b":path", Some(b"/bad")))
}

fn stuck(stream: u32, method: &[u8], ends: bool) -> Vec<u8> {
    let mut fields = changed(b":path", Some(b"/stuck"));
    fields[0].1 = method;
    headers(stream, ends, &fields)
}

/// A frame that carries a whole head, with these flags on top.
fn head_frame(flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    frame(Frame::HEADERS, END_HEADERS | END_STREAM | flags, stream, payload)
}

async fn check(rows: Vec<Row<'_>>) {
    let origin = portal().await;
    let octroi = Octroi::before(&origin).await;
    let mut findings = Findings::default();
    for (section, what, stream1, bytes, expected) in rows {
        let mut frames = Frames::connect(octroi.address).await;
        bring(&mut frames, stream1).await;
        frames.raw(&bytes).await;
        if let Err(came) = meets(&mut frames, expected).await {
            findings.expect(false, || format!("{section} {what}: expected {expected:?}, came {came}"));
        }
    }
    let passed: Vec<_> = origin.requests().into_iter().filter(|request| request.target().contains("bad")).collect();
    findings.expect(passed.is_empty(), || {
        format!("these reached the portal:\n{}", passed.iter().map(|request| shown(&request.head)).collect::<String>())
    });
    findings.none();
}

async fn bring(frames: &mut Frames, stream1: Stream1) {
    match stream1 {
        Stream1::Idle => {}
        Stream1::Open => frames.raw(&stuck(1, b"POST", false)).await,
        Stream1::HalfClosed => frames.raw(&stuck(1, b"GET", true)).await,
        Stream1::Closed => {
            frames.headers(1, true, &GOOD).await;
            frames.ended(1).await;
        }
        Stream1::Reset => {
            frames.raw(&stuck(1, b"POST", false)).await;
            frames.send(Frame::RST_STREAM, 0, 1, &8_u32.to_be_bytes()).await;
        }
    }
}

async fn meets(frames: &mut Frames, expected: Expected) -> Result<(), String> {
    if let Expected::Refused = expected {
        let verdict = within("a verdict", frames.verdict(1)).await;
        let status = verdict.as_ref().filter(|frame| frame.kind == Frame::HEADERS).map(status_of);
        let refused = status.is_none_or(|status| matches!(status, Some(400 | 405 | 421 | 501)));
        return if refused { Ok(()) } else { Err(format!("{verdict:?}")) };
    }
    let error = frames.settled().await;
    let code = error.as_ref().and_then(Frame::code).unwrap_or(u32::MAX);
    let (on_connection, on_stream) = match error.as_ref().map(|error| error.kind) {
        Some(Frame::GOAWAY) => (frames.0.is_closed().await, false),
        Some(_) => (false, true),
        None => (false, false),
    };
    let met = match expected {
        Expected::Connection(codes) => on_connection && codes.contains(&code),
        Expected::Stream(codes) => on_stream && codes.contains(&code),
        Expected::Error(codes) => (on_connection || on_stream) && codes.contains(&code),
        Expected::Nothing | Expected::Refused => error.is_none() && is_served(frames).await,
    };
    if met { Ok(()) } else { Err(format!("{error:?}")) }
}

async fn is_served(frames: &mut Frames) -> bool {
    frames.headers(1001, true, &GOOD).await;
    within("an answer", frames.verdict(1001)).await.is_some_and(|frame| frame.kind == Frame::HEADERS)
}
