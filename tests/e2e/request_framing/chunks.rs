//! Chunked bodies: well-formed ones pass; broken ones never arrive complete, and no byte after them is read as a request.

use super::{Broken, Case, NEXT, One, all, before_portal, each, judge, post};
use crate::support::{Findings, shown};

pub(super) fn tables() -> Vec<Vec<Case>> {
    vec![plain(), broken()]
}

fn chunked(body: &str) -> String {
    post("Transfer-Encoding: chunked\r\n", body)
}

fn plain() -> Vec<Case> {
    let rows = [
        ("0\r\n\r\n", ""),
        ("1\r\na\r\n0\r\n\r\n", "a"),
        ("01\r\na\r\n00\r\n\r\n", "a"),
        ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("2\r\n\r\n\r\n3\r\n0\r\n\r\n0\r\n\r\n", "\r\n0\r\n"),
        ("1;a\r\na\r\n0\r\n\r\n", "a"),
        ("1;a=b;c=\"d\"\r\na\r\n0;e\r\n\r\n", "a"),
        ("1\r\na\r\n0\r\nX-Sum: 1\r\nX-Empty:\r\n\r\n", "a"),
        ("000000000000001\r\na\r\n0\r\n\r\n", "a"),
    ];
    each(rows.map(|(body, whole)| (chunked(body), One(whole))))
}

#[tokio::test]
async fn plain_chunks_are_one_body() {
    judge(plain()).await;
}

/// Bodies that are wrong from one byte on.
const BROKEN: &[&str] = &[
    // The size.
    "\r\na\r\n0\r\n\r\n",
    " 1\r\na\r\n0\r\n\r\n",
    "\t1\r\na\r\n0\r\n\r\n",
    "1 \r\na\r\n0\r\n\r\n",
    "1\t\r\na\r\n0\r\n\r\n",
    "1 ;a\r\na\r\n0\r\n\r\n",
    "1 1\r\na\r\n0\r\n\r\n",
    "0x1\r\na\r\n0\r\n\r\n",
    "x1\r\na\r\n0\r\n\r\n",
    "1h\r\na\r\n0\r\n\r\n",
    "+1\r\na\r\n0\r\n\r\n",
    "-1\r\na\r\n0\r\n\r\n",
    "1_0\r\na\r\n0\r\n\r\n",
    "1,1\r\na\r\n0\r\n\r\n",
    "1.0\r\na\r\n0\r\n\r\n",
    "g\r\na\r\n0\r\n\r\n",
    "\"1\"\r\na\r\n0\r\n\r\n",
    "\u{0661}\r\na\r\n0\r\n\r\n",
    "1\0\r\na\r\n0\r\n\r\n",
    ";a\r\na\r\n0\r\n\r\n",
    "0000000000000001\r\na\r\n0\r\n\r\n",
    "00000000000000000000000000000000000000001\r\na\r\n0\r\n\r\n",
    "10000000000000001\r\na\r\n0\r\n\r\n",
    "ffffffffffffffff\r\na\r\n0\r\n\r\n",
    "ffffffffffffffffff\r\na\r\n0\r\n\r\n",
    // The end of its line.
    "1\na\r\n0\r\n\r\n",
    "1\ra\r\n0\r\n\r\n",
    "1\r\r\na\r\n0\r\n\r\n",
    "1\n\ra\r\n0\r\n\r\n",
    // Extensions.
    "1;\na\r\n0\r\n\r\n",
    "1;a\nb\r\na\r\n0\r\n\r\n",
    "1;a\rb\r\na\r\n0\r\n\r\n",
    "1;a\0b\r\na\r\n0\r\n\r\n",
    "1;a\x01\r\na\r\n0\r\n\r\n",
    "1;a\x7f\r\na\r\n0\r\n\r\n",
    // The data.
    "1\r\na0\r\n\r\n",
    "1\r\na\n0\r\n\r\n",
    "1\r\na\r0\r\n\r\n",
    "1\r\nabc\r\n0\r\n\r\n",
    "2\r\na\r\n0\r\n\r\n",
    "1\r\na\r\n\r\n0\r\n\r\n",
    // The end.
    "1\r\na\r\n0\n\r\n",
    "1\r\na\r\n0\r\n\n",
    "1\r\na\r\n0\r\n\r\r\n",
    "1\r\na\r\n-0\r\n\r\n",
    "1\r\na\r\n0 \r\n\r\n",
    // Trailers.
    "0\r\nX\r\n\r\n",
    "0\r\n: y\r\n\r\n",
    "0\r\nX : y\r\n\r\n",
    "0\r\nX: y\nZ: z\r\n\r\n",
    "0\r\nX: y\n\r\n\r\n",
    "0\r\nX: y\r\n folded\r\n\r\n",
    "0\r\n X: y\r\n\r\n",
    "0\r\nX: \0\r\n\r\n",
    "0\r\nX: y\rZ: z\r\n\r\n",
    "0\r\nContent-Length: 5\r\n\r\n",
    "0\r\nTransfer-Encoding: chunked\r\n\r\n",
];

fn broken() -> Vec<Case> {
    all(Broken, BROKEN.iter().map(|body| chunked(body)))
}

#[tokio::test]
async fn broken_chunks_never_end_cleanly_upstream() {
    judge(broken()).await;
}

#[tokio::test]
async fn a_flood_of_extensions_or_trailers_ends() {
    let (origin, octroi) = before_portal().await;
    let mut findings = Findings::default();
    let extension = format!("1;{}\r\na\r\n0\r\n\r\n", "x".repeat(100_000));
    let extensions = format!("{}0\r\n\r\n", format!("1;{}\r\na\r\n", "x".repeat(1000)).repeat(100));
    let trailers = format!("0\r\n{}\r\n", "X: y\r\n".repeat(10_000));
    let trailer = format!("0\r\nX: {}\r\n\r\n", "y".repeat(300_000));
    for body in [extension, extensions, trailers, trailer] {
        let before = origin.requests().len();
        let mut client = octroi.client().await;
        client.send([chunked(&body).as_bytes(), NEXT].concat()).await;
        let answer = client.wire.read_to_end().await;
        let whole = origin.requests().drain(before..).any(|request| request.complete);
        findings
            .expect(!whole && !answer.starts_with(b"HTTP/1.1 200 "), || format!("{}…: {}", &body[..9], shown(&answer)));
    }
    findings.none();
}

#[tokio::test]
async fn a_trailer_cannot_forge_a_field_of_the_head() {
    let (origin, octroi) = before_portal().await;
    for name in ["Host", "Cookie", "Authorization", "Connection", "TE", "Trailer", "Upgrade", "Expect"] {
        let mut client = octroi.client().await;
        let body = format!("1\r\na\r\n0\r\n{name}: forged\r\nX-Sum: 1\r\n\r\n");
        client.exchange(post("Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n", &body)).await.assert_status(200);
        let seen = origin.last();
        let forged = [seen.head.clone(), seen.trailers.clone()].concat();
        assert!(memchr::memmem::find(&forged, b"forged").is_none(), "{name}:\n{}", seen.shown());
    }
}
