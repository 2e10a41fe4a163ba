//! Requests that two parsers could read differently: refused with 400 and a closed connection, or made into exactly one
//! request that can be read in one way only.

use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup, lines, shown};

/// What must become of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// 400, closed, nothing upstream.
    Refused,
    /// As `Refused`, or one request whose body is this.
    Clean(&'static str),
}

use Fate::{Clean, Refused};

async fn before_portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "")).await;
    let octroi =
        Setup::before(&origin).toml("[timeouts]\nheader = \"1s\"\nidle = \"1s\"\nbody_idle = \"1s\"").start().await;
    (origin, octroi)
}

/// Why the requests that one connection caused upstream are not one clean one.
fn unclean(seen: &[Message], body: &str) -> Option<String> {
    let [request] = seen else { return Some(format!("{} requests upstream", seen.len())) };
    let framings = request.values("content-length").len() + request.values("transfer-encoding").len();
    let te = request.field("transfer-encoding");
    let clean = framings <= 1
        && te.is_none_or(|te| te == "chunked")
        && request.text() == body
        && request.texts("host").len() == 1
        && !request.head.windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n')
        && !request.head.contains(&0);
    (!clean).then(|| format!("one unclean request upstream:\n{}", request.shown()))
}

async fn judge(rows: &[(&[u8], Fate)]) {
    let (origin, octroi) = before_portal().await;
    let mut findings = Findings::default();
    for (bytes, fate) in rows {
        let before = origin.requests().len();
        let mut client = octroi.client().await;
        client.send(bytes).await;
        let answer = client.wire.read_to_end().await;
        let seen: Vec<_> = origin.requests().drain(before..).collect();
        let refused = answer.starts_with(b"HTTP/1.1 400") || answer.starts_with(b"HTTP/1.0 400");
        let verdict = match fate {
            _ if refused && seen.is_empty() => None,
            Refused => Some(format!("not refused; {} requests upstream", seen.len())),
            Clean(body) => unclean(&seen, body),
        };
        findings.expect(verdict.is_none(), || {
            format!("{}\n    {}\n    answer: {}", shown(bytes), verdict.unwrap_or_default(), shown(&answer))
        });
    }
    findings.none();
}

#[tokio::test]
async fn a_length_and_a_transfer_coding_never_disagree() {
    judge(&[
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\na\r\n0\r\n\r\n", Clean("a")),
        (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\nConnection: close\r\n\r\n1\r\na\r\n0\r\n\r\n", Clean("a")),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab", Refused),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1, 2\r\nConnection: close\r\n\r\nab", Refused),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab", Clean("ab")),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +2\r\nConnection: close\r\n\r\nab", Refused),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -2\r\nConnection: close\r\n\r\nab", Refused),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x2\r\nConnection: close\r\n\r\nab", Refused),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2a\r\nConnection: close\r\n\r\nab", Refused),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999\r\nConnection: close\r\n\r\nab", Refused),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length:\r\nConnection: close\r\n\r\n", Refused),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2 2\r\nConnection: close\r\n\r\nab", Refused),
    ])
    .await;
}

#[tokio::test]
async fn odd_transfer_codings_are_refused() {
    let mut rows: Vec<Vec<u8>> = Vec::new();
    for coding in [
        "identity",
        "chunked, gzip",
        "gzip",
        "chunked, identity",
        "xchunked",
        "chunkedx",
        "\"chunked\"",
        "chunked;q=1",
        "\x0bchunked",
        "chunked\x0b",
    ] {
        rows.push(
            format!("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: {coding}\r\nConnection: close\r\n\r\n0\r\n\r\n")
                .into_bytes(),
        );
    }
    let rows: Vec<(&[u8], Fate)> = rows.iter().map(|row| (&row[..], Refused)).collect();
    judge(&rows).await;
    judge(&[
        (b"POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", Refused),
        (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", Refused),
        (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", Clean("")),
        (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: ChUnKeD\r\nConnection: close\r\n\r\n1\r\na\r\n0\r\n\r\n", Clean("a")),
        (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked,\r\nConnection: close\r\n\r\n1\r\na\r\n0\r\n\r\n", Clean("a")),
        (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: , chunked\r\nConnection: close\r\n\r\n1\r\na\r\n0\r\n\r\n", Clean("a")),
    ])
    .await;
}

/// A chunked body whose framing is broken: the portal may see the request's head, but never a whole body.
#[tokio::test]
async fn broken_chunks_never_end_cleanly_upstream() {
    let (origin, octroi) = before_portal().await;
    let mut findings = Findings::default();
    for body in [
        "0x1\r\na\r\n0\r\n\r\n",
        "+1\r\na\r\n0\r\n\r\n",
        "-1\r\na\r\n0\r\n\r\n",
        "g\r\na\r\n0\r\n\r\n",
        "\r\na\r\n0\r\n\r\n",
        "1\r\nabc\r\n0\r\n\r\n",
        "2\r\na\r\n0\r\n\r\n",
        "10000000000000001\r\na\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\na\r\n0\r\n\r\n",
        "1 1\r\na\r\n0\r\n\r\n",
    ] {
        let before = origin.requests().len();
        let mut client = octroi.client().await;
        client.send(format!("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n{body}")).await;
        let answer = client.wire.read_to_end().await;
        let whole = origin.requests().drain(before..).filter(|request| request.complete).count();
        findings.expect(whole == 0 && !answer.starts_with(b"HTTP/1.1 200"), || {
            format!("{body:?}: {whole} whole, {}", shown(&answer))
        });
    }
    findings.none();
}

#[tokio::test]
async fn malformed_heads_are_refused() {
    judge(&[
        (b"GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n folded\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\n folded: x\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\n Host: h\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost : h\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\nCookie : _ga=1\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\nCookie\t: _ga=1\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\nA: b\rX: c\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\nA: b\0c\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\nA\0: b\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\n: b\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\nnocolon\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\nA(b): c\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\nA\xff: c\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\nA: \x01\r\nConnection: close\r\n\r\n", Refused),
        (b"GET / HTTP/1.1\r\nHost: h\r\nA: \x7f\r\nConnection: close\r\n\r\n", Refused),
    ])
    .await;
}

#[tokio::test]
async fn malformed_request_lines_are_refused() {
    let (origin, octroi) = before_portal().await;
    let mut findings = Findings::default();
    for line in [
        "GET /",
        "GET  / HTTP/1.1",
        "GET / HTTP/1.1 x",
        "GET / HTTP/2.0",
        "GET / HTTP/1.2x",
        "GET / http/1.1",
        "GET / HTTP/11",
        "G@T / HTTP/1.1",
        "GET /a b HTTP/1.1",
        "GET /\0 HTTP/1.1",
        "GET nopath HTTP/1.1",
        "\x16\x03\x01",
    ] {
        let mut client = octroi.client().await;
        client.send(format!("{line}\r\nHost: h\r\nConnection: close\r\n\r\n")).await;
        let answer = client.wire.read_to_end().await;
        // 505 for another version is as right as 400.
        let refused = answer.is_empty() || answer.starts_with(b"HTTP/1.1 400") || answer.starts_with(b"HTTP/1.1 505");
        findings.expect(refused, || format!("{line:?}: {}", shown(&answer)));
    }
    findings.expect(origin.requests().is_empty(), || {
        format!("upstream: {:?}", origin.requests().iter().map(Message::start_line).collect::<Vec<_>>())
    });
    findings.none();
}

#[tokio::test]
async fn a_request_hidden_in_a_body_stays_a_body() {
    let (origin, octroi) = before_portal().await;
    let hidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n";
    let mut client = octroi.client().await;
    let post = format!("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: {}\r\n\r\n{hidden}", hidden.len());
    client.exchange(post).await.assert_status(200);
    client.get("/b", "").await.assert_status(200);
    let seen: Vec<_> = origin.requests().iter().map(Message::target).collect();
    assert_eq!(seen, ["/a", "/b"]);
    assert_eq!(origin.requests()[0].text(), hidden);
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let origin = Origin::replying(|request| ok("", &request.target())).await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    let requests = lines(20, |number| format!("GET /{number} HTTP/1.1\r\nHost: h\r\n\r\n"));
    client.send(requests).await;
    for number in 0..20 {
        assert_eq!(client.response().await.text(), format!("/{number}"));
    }
}

#[tokio::test]
async fn the_400_is_short_plain_and_closes() {
    let (_origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    let response = client.exchange("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").await;
    response.assert_status(400);
    assert!(response.complete && response.body.len() < 2048, "{}", response.shown());
    assert_eq!(response.field("connection").as_deref(), Some("close"));
    assert!(!response.has("set-cookie"));
    assert!(client.wire.is_closed().await);
}
