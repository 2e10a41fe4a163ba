//! Several requests over one connection: each ends at its declared end, and nothing after a refused one is read.

use super::{NEXT, before_portal, post};
use crate::support::client::get;
use crate::support::origin::ok;
use crate::support::{Message, Octroi, Origin, Setup, lines, shown};

const HIDDEN: &str = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n";
const WEBSOCKET: &str = "Connection: upgrade\r\nUpgrade: websocket\r\n";

fn targets(origin: &Origin) -> Vec<String> {
    origin.requests().iter().map(Message::target).collect()
}

#[tokio::test]
async fn a_request_hidden_in_a_body_stays_a_body() {
    let (origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    client.exchange(post(&format!("Content-Length: {}\r\n", HIDDEN.len()), HIDDEN)).await.assert_status(200);
    let chunk = format!("{:x}\r\n{HIDDEN}\r\n0\r\n\r\n", HIDDEN.len());
    client.exchange(post("Transfer-Encoding: chunked\r\n", &chunk)).await.assert_status(200);
    client.get("/b", "").await.assert_status(200);
    assert_eq!(targets(&origin), ["/", "/", "/b"]);
    assert!(origin.requests()[..2].iter().all(|request| request.text() == HIDDEN));
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
async fn pipelined_bodies_of_every_kind_end_where_they_say() {
    let (origin, octroi) = before_portal().await;
    let one = [
        post("Content-Length: 3\r\n", "a\r\n"),
        post("Transfer-Encoding: chunked\r\n", "3\r\nb\r\n\r\n0\r\nX: y\r\n\r\n"),
        get("/c", ""),
        post("Content-Length: 0\r\n", "\r\n"),
    ]
    .concat();
    let mut client = octroi.client().await;
    client.send([one.repeat(5).as_bytes(), NEXT].concat()).await;
    client.wire.read_to_end().await;
    let bodies: Vec<_> = origin.requests().iter().map(Message::text).collect();
    assert_eq!(bodies, [&["a\r\n", "b\r\n", "", ""].repeat(5)[..], &[""]].concat());
}

#[tokio::test]
async fn a_request_in_pieces_is_the_same_request() {
    let (origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    for byte in post("Transfer-Encoding: chunked\r\n", "1;a=b\r\na\r\n0\r\nX: y\r\n\r\n").bytes() {
        client.send([byte]).await;
    }
    client.response().await.assert_status(200);
    assert_eq!(origin.last().text(), "a");
    let mut client = octroi.client().await;
    for byte in b"GET / HTTP/1.1\r\nHost: h\r\nA: b\n" {
        client.send([*byte]).await;
    }
    client.response().await.assert_status(400);
    assert!(client.wire.is_closed().await);
}

#[tokio::test]
async fn requests_before_a_malformed_one_are_answered_and_those_after_are_not() {
    let (origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    let first = [get("/a", ""), get("/b", "")].concat();
    client.send([first.as_bytes(), b"GET /c HTTP/1.1\r\nHost: h\nX: y\r\n\r\n", NEXT].concat()).await;
    client.response().await.assert_status(200);
    client.response().await.assert_status(200);
    client.response().await.assert_status(400);
    assert!(client.wire.is_closed().await);
    assert_eq!(targets(&origin), ["/a", "/b"]);
}

/// The visitor sends on after an early answer: it is the body that it announced, or nothing.
#[tokio::test]
async fn the_body_of_a_request_that_was_answered_early_is_no_request() {
    let origin = Origin::start(|mut visit| async move {
        while visit.head().await.is_some() {
            visit.send(ok("Connection: close\r\n", "early")).await;
            visit.wire.finish().await;
        }
    })
    .await;
    let limited = "[limits]\nbody_bytes = 1000\n[timeouts]\nbody_idle = \"2s\"\nidle = \"2s\"";
    let octroi = Setup::before(&origin).toml(limited).start().await;
    let long = HIDDEN.repeat(100);
    for (head, status) in [
        ("POST /early HTTP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\n".to_owned(), 200),
        ("POST /early HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n".to_owned(), 200),
        (format!("POST /large HTTP/1.1\r\nHost: h\r\nContent-Length: {}\r\n\r\n", long.len()), 413),
        (format!("POST /two HTTP/1.1\r\nHost: h\r\nHost: h\r\nContent-Length: {}\r\n\r\n", long.len()), 400),
        (format!("CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\nContent-Length: {}\r\n\r\n", long.len()), 405),
    ] {
        let mut client = octroi.client().await;
        client.send(&head).await;
        // An upload that is not complete may fail the exchange; a hidden request must not answer it.
        let status_seen = if status == 200 { client.response().await.status() } else { 0 };
        client.send(&long).await;
        let answer = client.wire.read_to_end().await;
        let answers = String::from_utf8_lossy(&answer).matches("HTTP/1.1 ").count();
        assert!(
            status_seen == status || answer.starts_with(format!("HTTP/1.1 {status}").as_bytes()),
            "{}",
            shown(&answer)
        );
        assert_eq!(answers, usize::from(status != 200), "{head}{}", shown(&answer));
    }
    assert!(!targets(&origin).contains(&"/hidden".to_owned()), "{:?}", targets(&origin));
}

#[tokio::test]
async fn h2c_is_not_offered_to_the_portal_and_the_connection_goes_on() {
    let (origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    let lines = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
    for number in 0..2 {
        client.get(&format!("/{number}"), lines).await.assert_status(200);
    }
    assert!(origin.requests().iter().all(|request| !request.has("upgrade") && !request.has("http2-settings")));
    assert_eq!(targets(&origin), ["/0", "/1"]);
}

/// What follows a handshake may be frames: without a tunnel, nobody can tell where a request would begin.
#[tokio::test]
async fn a_handshake_that_comes_to_nothing_ends_the_connection() {
    let (origin, octroi) = before_portal().await;
    for lines in [WEBSOCKET, "Upgrade: WebSocket\r\n", "Connection: upgrade\r\nUpgrade: x\r\nUpgrade: websocket\r\n"] {
        let mut client = octroi.client().await;
        client.send([get("/ws", lines), HIDDEN.to_owned()].concat()).await;
        let response = client.response().await;
        assert_eq!(response.assert_status(200).field("connection").as_deref(), Some("close"), "{lines}");
        assert!(client.wire.is_closed().await);
    }
    assert_eq!(targets(&origin), ["/ws"; 3]);
}

#[tokio::test]
async fn a_malformed_request_is_counted_and_logged() {
    let (_origin, octroi) = before_portal().await;
    octroi.client().await.exchange("GET /secret HTTP/1.1\nHost: h\r\n\r\n").await.assert_status(400);
    let rejected = |metrics: &crate::support::metrics::Metrics| {
        metrics.sum("octroi_rejected_requests_total", &[("status", "400")]) >= 1.0
    };
    octroi.metrics_until("a rejected request", rejected).await;
    let line = octroi.logged("\"status\":400,").await;
    for part in ["\"rejected\"", "127.0.0.1", "\"method\":\"-\"", "\"path\":\"*\""] {
        assert!(line.contains(part), "{part} is missing: {line}");
    }
    assert!(!octroi.stderr.lines().iter().any(|line| line.contains("panic")));
}

#[tokio::test]
async fn the_400_is_short_plain_and_closes() {
    let (_origin, octroi) = before_portal().await;
    for request in ["GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\nHost: a\r\n\r\n"] {
        let mut client = octroi.client().await;
        let response = client.exchange(request).await;
        response.assert_status(400);
        assert!(response.complete && response.body.len() < 2048, "{}", response.shown());
        assert_eq!(response.field("connection").as_deref(), Some("close"));
        assert!(!response.has("set-cookie"));
        assert!(client.wire.is_closed().await);
    }
}
