//! Broken responses of portals: 502, or a cut that the visitor can see; never a clean end, and never a smuggled cookie.

use std::collections::HashSet;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use crate::support::client::get;
use crate::support::frames::{Frame, Frames, GOOD, status_of};
use crate::support::http2::{Http2, request};
use crate::support::origin::ok;
use crate::support::wire::BodyRule;
use crate::support::{Findings, Octroi, Origin, Setup, lines, shown, within};

/// A portal that answers `/n` with the `n`-th of these and closes.
async fn broken(answers: &[&'static [u8]]) -> Origin {
    let answers = answers.to_vec();
    Origin::start(move |mut visit| {
        let answers = answers.clone();
        async move {
            if let Some(request) = visit.request().await {
                if let Ok(row) = request.target()[1..].parse::<usize>() {
                    visit.send(answers[row]).await;
                } else {
                    visit.send(ok("", "fine")).await;
                }
                visit.wire.finish().await;
            }
        }
    })
    .await
}

/// Heads that are no head, or one that could be read in two ways.
pub(super) const MALFORMED: &[&[u8]] = &[
    b"",
    b"garbage\r\n\r\n",
    b"\x15\x03\x01\x00\x02\x02\x46",
    b"HTTP/1.1\r\n\r\n",
    b"HTTP/1.1 abc OK\r\n\r\n",
    b"HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/3.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nab",
    b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: +0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b\r\n folded\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b\rSet-Cookie: _ga=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b\0c\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie : _ga=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n Set-Cookie: _ga=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nnocolon\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n: empty\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA",
    b"HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n",
    b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSet-Cookie: _ga=1\r\n\r\nbytes",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: \x01\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: a\x7f\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b\r\n\tSet-Cookie: _ga=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b\r\r\nSet-Cookie: _ga=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b\n\rSet-Cookie: _ga=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b\x0bSet-Cookie: _ga=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie\t: _ga=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie\x0b: _ga=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie\xa0: _ga=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: sessionid=1\0; _ga=2\r\n\r\n",
    // The status line.
    b"\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b" HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"junkHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1\t200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200\tOK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 +20 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 O\0K\r\nContent-Length: 0\r\n\r\n",
    b"ICY 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"<html>an answer of HTTP/0.9</html>",
    // Line ends: a portal that lets a bare LF into a value would have one field become two.
    b"HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\nSet-Cookie: sessionid=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b\nSet-Cookie: sessionid=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b\n\nSet-Cookie: sessionid=2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\n",
    b"HTTP/1.1 200 OK\nContent-Length: 0\n\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\r\n\r\n",
    b"HTTP/1.1 103 Early Hints\r\nX-A: b\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 103 Early Hints\r\n\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
    // The framing.
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0, 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0x0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked,\r\n\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\n\r\n",
    b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"HTTP/1.1 304 Not Modified\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
];

#[tokio::test]
async fn malformed_responses_are_502() {
    let origin = broken(MALFORMED).await;
    let octroi = Octroi::before(&origin).await;
    let mut findings = Findings::default();
    for (row, answer) in MALFORMED.iter().enumerate() {
        let response = octroi.client().await.get(&format!("/{row}"), "").await;
        let right = response.status() == 502 && response.complete && response.set_cookies().is_empty();
        findings.expect(right, || format!("{}\n{}", shown(answer), response.shown()));
        let status = response.field("proxy-status").unwrap_or_default();
        findings.expect(status.contains("error="), || format!("{}: Proxy-Status: {status:?}", shown(answer)));
    }
    findings
        .expect(octroi.client().await.get("/fine", "").await.status() == 200, || "others are not served".to_owned());
    findings.none();
}

/// Bodies that do not come to the end that their framing says.
pub(super) const CUT_SHORT: &[&[u8]] = &[
    b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n 3\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3 3\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000003\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: \0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\nSet-Cookie: _ga=1\r\n\r\n",
];

#[tokio::test]
async fn a_body_cut_short_is_cut_short_for_the_visitor() {
    let origin = broken(CUT_SHORT).await;
    let octroi = Octroi::before(&origin).await;
    let mut findings = Findings::default();
    for (row, answer) in CUT_SHORT.iter().enumerate() {
        let path = format!("/{row}");
        let mut client = octroi.client().await;
        client.send(get(&path, "")).await;
        // No response at all is a cut that can be seen, too.
        if let Some(response) = client.wire.message(BodyRule::Response).await {
            let seen = !response.complete || response.status() == 502;
            findings.expect(seen, || format!("HTTP/1.1: {}\n{}", shown(answer), response.shown()));
        }
        let answered = Http2::connect(octroi.address).await.fetch(request("GET", &path, &[])).await;
        let seen = answered.as_ref().map_or(true, |answered| answered.status() == 502);
        findings.expect(seen, || format!("HTTP/2: {}: a clean end: {answered:?}", shown(answer)));
    }
    findings.none();
}

/// HTTP/1.0 knows no chunks: there, a body without a length ends with the connection, and a reset is all that can tell a
/// cut from an end.
#[tokio::test]
async fn a_body_cut_short_is_a_reset_for_a_visitor_of_http_1_0() {
    let origin = broken(&[
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    ])
    .await;
    let octroi = Octroi::before(&origin).await;
    for (row, is_whole) in [(0, false), (1, true)] {
        let mut visitor = TcpStream::connect(octroi.address).await.unwrap();
        visitor.write_all(format!("GET /{row} HTTP/1.0\r\nHost: h\r\n\r\n").as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let end = within("the end", visitor.read_to_end(&mut answer)).await;
        if is_whole {
            assert!(end.is_ok() && answer.ends_with(b"abc"), "{end:?} of {}", shown(&answer));
        } else {
            assert_eq!(
                end.map_err(|error| error.kind()),
                Err(std::io::ErrorKind::ConnectionReset),
                "{}",
                shown(&answer)
            );
        }
    }
}

/// Head, some of the body and the end are there at once, and a reset takes back what has not been written yet.
#[tokio::test]
async fn the_head_of_a_body_cut_short_comes_before_the_reset() {
    const STREAMS: usize = 24;
    const HEADS: [&str; 3] = [
        "Content-Length: 10\r\n\r\nabc",
        "Content-Length: 10\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ];
    let (asked, mut requests) = mpsc::unbounded_channel();
    let origin = Origin::start(move |mut visit| {
        let asked = asked.clone();
        async move {
            visit.request().await;
            asked.send(visit).unwrap();
        }
    })
    .await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let mut visitor = Frames::connect(octroi.address).await;
    let streams = (0..STREAMS).map(|number| u32::try_from(2 * number + 1).unwrap());
    let mut visits = Vec::new();
    for stream in streams.clone() {
        visitor.headers(stream, true, &GOOD).await;
        visits.push(within("a request", requests.recv()).await.unwrap());
    }
    let mut connections = Vec::new();
    for _ in 0..2 * HEADS.len() {
        let mut client = octroi.client().await;
        client.send(get("/", "")).await;
        connections.push(client);
        visits.push(within("a request", requests.recv()).await.unwrap());
    }
    let answering = async {
        for (number, mut visit) in visits.into_iter().enumerate() {
            let big: usize = std::env::var("BIG").map_or(0, |b| b.parse().unwrap());
            if number < big {
                visit.send(ok("", &"x".repeat(16_000))).await;
                continue;
            }
            visit.send(format!("HTTP/1.1 200 OK\r\nSet-Cookie: sessionid=1\r\n{}", HEADS[number % HEADS.len()])).await;
            if number % 2 == 0 { visit.wire.reset() } else { visit.wire.finish().await }
        }
    };
    octroi.stopped(answering).await;
    for client in &mut connections {
        let response = client.response().await;
        assert!(response.status() == 200 && !response.complete, "{}", response.shown());
    }
    let mut answered = HashSet::new();
    let mut resets = 0;
    while resets < STREAMS {
        let frame = within("a frame", visitor.next()).await.expect("the connection ended");
        match frame.kind {
            Frame::HEADERS if status_of(&frame) == Some(200) => _ = answered.insert(frame.stream),
            Frame::RST_STREAM => resets += 1,
            _ => {}
        }
    }
    assert_eq!(answered, streams.collect());
}

#[tokio::test]
async fn a_reset_in_the_middle_is_seen_on_both_protocols() {
    let origin = Origin::start(|mut visit| async move {
        visit.request().await;
        visit.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome").await;
        visit.wire.reset();
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let response = octroi.client().await.get("/", "").await;
    assert!(!response.complete || response.status() == 502, "{}", response.shown());
    let answered = Http2::connect(octroi.address).await.fetch(request("GET", "/", &[])).await;
    assert!(answered.map_or(true, |answered| answered.status() == 502));
}

#[tokio::test]
async fn a_response_without_length_ends_with_its_connection() {
    let origin =
        broken(&[b"HTTP/1.1 200 OK\r\nSet-Cookie: _ga=1\r\n\r\nto the end", b"HTTP/1.0 200 OK\r\n\r\nold"]).await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    let response = client.get("/0", "").await;
    assert_eq!((response.text().as_str(), response.complete, response.set_cookies().len()), ("to the end", true, 0));
    assert!(response.is_chunked(), "the visitor's connection can go on:\n{}", response.shown());
    assert_eq!(client.get("/1", "").await.text(), "old");
}

#[tokio::test]
async fn bytes_after_a_response_never_answer_another_request() {
    let origin = Origin::start(|mut visit| async move {
        while let Some(request) = visit.request().await {
            let extra = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nSet-Cookie: _ga=9\r\n\r\npoison";
            visit.send([&ok("", &request.target())[..], extra.as_bytes()].concat()).await;
        }
    })
    .await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    for number in 0..10 {
        let path = format!("/{number}");
        let response = octroi.client().await.get(&path, "").await;
        assert_eq!(response.text(), path, "{}", response.shown());
    }
}

#[tokio::test]
async fn an_endless_head_is_502() {
    let origin = Origin::start(|mut visit| async move {
        visit.request().await;
        visit.send("HTTP/1.1 200 OK\r\n").await;
        let line = format!("X-Filler: {}\r\n", "x".repeat(1000));
        while visit.wire.try_send(line.as_bytes()).await.is_ok() {}
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    octroi.client().await.get("/", "").await.assert_status(502);
}

/// Nothing of it can be passed on, and a worker that reads it does nothing else.
#[tokio::test]
async fn an_endless_line_with_a_chunks_size_ends_its_connection() {
    for (begin, filling) in [("5;", b"x"), ("5", b" ")] {
        let (sender, mut ended) = mpsc::unbounded_channel();
        let origin = Origin::start(move |mut visit| {
            let sender = sender.clone();
            async move {
                visit.request().await;
                visit.send(format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{begin}")).await;
                while visit.wire.try_send(&filling.repeat(16 << 10)).await.is_ok() {}
                let _ = sender.send(());
            }
        })
        .await;
        let octroi = Octroi::before(&origin).await;
        let mut client = octroi.client().await;
        client.send(get("/", "")).await;
        within("the end of the portal's connection", ended.recv()).await;
    }
}

#[tokio::test]
async fn a_head_within_the_upstream_limits_passes() {
    let lines = lines(900, |number| format!("X-{number}: {}\r\n", "v".repeat(100)));
    let octroi = Octroi::before(&Origin::always(ok(&lines, "")).await).await;
    let response = octroi.client().await.exchange(get("/", "")).await;
    assert_eq!(response.assert_status(200).fields().iter().filter(|(name, _)| name.starts_with("x-")).count(), 900);
}

#[tokio::test]
async fn a_flood_of_interim_responses_ends() {
    let origin = Origin::start(|mut visit| async move {
        visit.request().await;
        let flood = "HTTP/1.1 103 Early Hints\r\nSet-Cookie: _ga=1\r\n\r\n".repeat(100);
        for _ in 0..20 {
            visit.send(&flood).await;
        }
        visit.send(ok("", "end")).await;
        visit.closed().await;
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let response = octroi.client().await.get("/", "").await;
    assert!(matches!(response.status(), 200 | 502) && response.set_cookies().is_empty(), "{}", response.shown());
}

/// What hyper reads as browsers do, and no visitor sees: the response is written anew.
pub(super) const ODD: &[&[u8]] = &[
    b"HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc",
    b"HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\nabc",
    b"HTTP/1.1 200 caf\xe9\tOK  \r\ncontent-length:003\r\nA:\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n003;a=\"b\"\r\nabc\r\n00\r\nX: y\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3 \r\nabc\r\n0\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
];

#[tokio::test]
async fn oddities_that_every_reader_reads_alike_pass() {
    let origin = broken(ODD).await;
    let octroi = Octroi::before(&origin).await;
    let mut findings = Findings::default();
    for (row, answer) in ODD.iter().enumerate() {
        let response = octroi.client().await.get(&format!("/{row}"), "").await;
        let right = response.status() == 200 && response.complete && response.text() == "abc";
        findings.expect(right, || format!("{}\n{}", shown(answer), response.shown()));
    }
    findings.none();
}

/// A head may come in any pieces; what is refused in one is the same, and the log says why.
#[tokio::test]
async fn a_head_in_pieces_is_read_as_one() {
    let origin = Origin::start(|mut visit| async move {
        while let Some(request) = visit.request().await {
            let end = if request.target() == "/bare" { "\n" } else { "\r\n" };
            let interim = "HTTP/1.1 103 Early\r\nX: y\r\n\r\n";
            for byte in format!("{interim}HTTP/1.1 200 OK\r\nContent-Length: 2{end}\r\nab").bytes() {
                visit.send([byte]).await;
            }
        }
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    for _ in 0..2 {
        assert_eq!(octroi.client().await.get("/", "").await.assert_status(200).text(), "ab");
        octroi.client().await.get("/bare", "").await.assert_status(502);
    }
    let why = octroi.stderr.find("the reason", |line| line.contains("a line ends with LF alone").then_some(())).await;
    assert!(why.is_some());
}
