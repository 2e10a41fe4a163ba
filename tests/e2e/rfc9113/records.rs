//! Section 8.1.1: a request that is refused is counted and recorded once, whether octroi answers it, h2 resets its stream, or h2
//! ends the connection because of it.

use serde_json::Value;

use super::Expected::Refused;
use super::Stream1::Idle;
use super::{fields, is_served, messages, portal};
use crate::support::frames::{
    END_HEADERS, END_STREAM, Field, Frame, Frames, PRIORITY, block, changed, frame, head_in_pieces, headers, with,
};
use crate::support::metrics::Metrics;
use crate::support::{Findings, Setup, within};

/// What it is, its bytes on stream 1, and the status in its record if octroi does not answer it; `None` if octroi sees its head.
type Bad = (&'static str, Vec<u8>, Option<u16>);

/// hyper ends the connection of one who sends it, and tells nobody.
const UNTOLD: &str = "a WebSocket with a body's length";

/// Names the newest entry of HPACK's table.
const NAMED: u8 = 0xbe;

/// Those of the other tests, and some that have no place in a table there.
fn refused() -> Vec<Bad> {
    let rows = [fields::rows(), messages::rows()].concat().into_iter();
    let rows = rows
        .filter(|(_, what, stream1, _, expected)| *stream1 == Idle && matches!(expected, Refused) && *what != UNTOLD);
    let good = block(&with(&[]));
    let head = |flags, payload: &[u8]| frame(Frame::HEADERS, flags | END_STREAM, 1, payload);
    let cookies = |count| head_in_pieces(1, &block(&with(&[(&b"cookie"[..], &[b'c'; 4000][..])].repeat(count))));
    let long = vec![b'v'; 20_000];
    let long_and_upper: [Field; 2] = [(b"x-long", &long), (b"X-Upper", b"1")];
    let post = [&changed(b":method", Some(b"POST"))[..], &[(b"content-length", b"2")]].concat();
    let post = |behind: &[u8]| [&headers(1, false, &post), behind].concat();
    let on_itself = [0, 0, 0, 1, 16];
    let itself = head(END_HEADERS | PRIORITY, &[&on_itself, &good[..]].concat());
    // A field of 4,000 bytes for the table, and the beginning of one of some 250 MB.
    let entry = [&[0x40][..], &block(&[(b"x-entry", &[b'v'; 4000])])[1..]].concat();
    let endless = [0, 1, b'x', 127, 0xff, 0xff, 0xff, 0x7f];
    let pieces = |behind: &[u8], piece: &[u8], times| {
        [head(0, &[&good, behind].concat()), frame(Frame::CONTINUATION, 0, 1, piece).repeat(times)].concat()
    };
    let more = [
        ("a path that is not UTF-8", headers(1, true, &changed(b":path", Some(b"/bad\xff"))), Some(400)),
        ("a head that depends on itself", itself, Some(400)),
        ("a head that cannot be decoded", head(END_HEADERS, &[&good[..], &[0x80]].concat()), Some(400)),
        ("a malformed head in pieces", head_in_pieces(1, &block(&with(&long_and_upper))), Some(400)),
        ("a body beyond its length", post(&frame(Frame::DATA, END_STREAM, 1, b"abc")), None),
        ("trailers before the length is reached", post(&head(END_HEADERS, &block(&[(b"x", b"y")]))), None),
        ("a stream that depends on itself", post(&frame(Frame::PRIORITY, 0, 1, &on_itself)), None),
        ("more cookies than are read", cookies(80), Some(431)),
        ("cookies that end the connection", cookies(180), Some(431)),
        ("a head without end", pieces(&[], &[], 1000), Some(431)),
        ("an entry named too often", head(END_HEADERS, &[&good[..], &entry, &[NAMED; 8000]].concat()), Some(431)),
        ("an entry named too often in pieces", pieces(&entry, &[NAMED; 8000], 1), Some(431)),
        (
            "a field without end, behind too many",
            pieces(&[&entry[..], &[NAMED; 80], &endless].concat(), &[b'v'; 16_000], 18),
            Some(431),
        ),
    ];
    rows.map(|(_, what, _, bytes, _)| (what, bytes, Some(400))).chain(more).collect()
}

/// Of all requests, good and bad.
fn counted(metrics: &Metrics) -> u64 {
    metrics.count("octroi_requests_total", &[]) + metrics.count("octroi_rejected_requests_total", &[])
}

/// The status and the reason in the record of a request that octroi never saw; `None` of another.
fn unseen(line: &str) -> Option<(u16, String)> {
    let record: Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| record[key].as_str().unwrap_or_default();
    if text("method") != "-" {
        return None;
    }
    let told = ["path", "protocol", "client", "termination"].map(text);
    assert_eq!(told, ["*", "HTTP/2.0", "127.0.0.1", "rejected"], "{line}");
    Some((record["status"].as_u64()?.try_into().ok()?, text("reason").to_owned()))
}

/// h2 passes nothing up of what it refuses: octroi knows of it only by how the messages of h2's diagnostics begin
/// (`src/telemetry/refused_heads.rs`). A new release of h2 must keep this green.
#[tokio::test]
async fn a_refused_request_is_counted_and_recorded_once() {
    let octroi = Setup::before(&portal().await).log_level("trace").start().await;
    let (mut findings, mut requests, mut expected) = (Findings::default(), 0, Vec::new());
    for (what, bytes, status) in refused() {
        let mut frames = Frames::connect(octroi.address).await;
        frames.raw(&bytes).await;
        let verdict = within("a verdict", frames.verdict(1)).await;
        let kind = verdict.map(|frame| frame.kind);
        if kind != Some(Frame::HEADERS) || status == Some(431) {
            expected.extend(status);
        }
        let goes_on = kind.is_some_and(|kind| kind != Frame::GOAWAY);
        findings.expect(!goes_on || is_served(&mut frames).await, || format!("{what}: the next request is not served"));
        requests += 1 + u64::from(goes_on);
        let all = octroi.metrics_until(what, |all| counted(all) >= requests).await;
        findings.expect(counted(&all) == requests, || {
            format!("{what}: it is counted {} times too often", counted(&all) - requests)
        });
        requests = counted(&all);
    }
    findings.none();
    octroi.terminate();
    let (records, told) = (octroi.stdout.whole().await, octroi.stderr.whole().await);
    assert_eq!(records.lines().count() as u64, requests);
    let of = |status: &u16| (*status, if *status == 431 { "fields_too_large" } else { "malformed" }.to_owned());
    assert_eq!(records.lines().filter_map(unseen).collect::<Vec<_>>(), expected.iter().map(of).collect::<Vec<_>>());
    let of_h2 = ["\"h2", "malformed headers", "stream error", "connection error"];
    let written: Vec<_> = told.lines().filter(|line| of_h2.iter().any(|words| line.contains(words))).collect();
    assert!(written.is_empty(), "{written:#?}");
}
