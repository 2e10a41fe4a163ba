//! WebSocket and other upgrades: the tunnel, its cookies, and requests that are no upgrade.

use std::net::{TcpListener, TcpStream};

use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Message as Frame, WebSocket, accept, client};

use crate::support::choice::granted;
use crate::support::client::get;
use crate::support::{EVENT_TIMEOUT, Findings, Octroi, Origin, Setup};

pub(super) const HANDSHAKE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// A portal whose web sockets send back what they get, each on a thread of its own.
pub(super) fn echoing() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let mut socket = accept(stream).unwrap();
                while let Ok(frame) = socket.read() {
                    if frame.is_text() || frame.is_binary() {
                        socket.send(frame).unwrap();
                    }
                }
            });
        }
    });
    address
}

/// What a visitor does with a WebSocket, on a thread of its own.
async fn visit(octroi: &Octroi, talk: impl FnOnce(WebSocket<TcpStream>) + Send + 'static) {
    let address = octroi.address;
    let visit = tokio::task::spawn_blocking(move || {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(EVENT_TIMEOUT)).unwrap();
        let (socket, response) = client("ws://data.education.gouv.fr/live?x=1", stream).expect("no upgrade");
        assert_eq!(response.status(), 101);
        talk(socket);
    });
    visit.await.unwrap();
}

fn echoed(socket: &mut WebSocket<TcpStream>, frame: &Frame) {
    socket.send(frame.clone()).unwrap();
    assert!(socket.read().unwrap() == *frame, "another frame came back");
}

#[tokio::test]
async fn frames_of_any_size_go_both_ways() {
    let octroi = Setup::before_address(echoing()).start().await;
    visit(&octroi, |mut socket| {
        echoed(&mut socket, &Frame::text("hello"));
        echoed(&mut socket, &Frame::binary(vec![0; 4 << 20]));
        for number in 0..200 {
            echoed(&mut socket, &Frame::text(number.to_string()));
        }
    })
    .await;
}

#[tokio::test]
async fn close_codes_pass() {
    let octroi = Setup::before_address(echoing()).start().await;
    visit(&octroi, |mut socket| {
        let close = CloseFrame { code: CloseCode::Library(4321), reason: "enough".into() };
        socket.close(Some(close.clone())).unwrap();
        assert_eq!(socket.read().unwrap(), Frame::Close(Some(close)));
    })
    .await;
}

/// A portal that answers every handshake so, and echoes raw bytes after a 101.
async fn answering(answer: &'static str) -> Origin {
    Origin::start(move |mut visit| async move {
        visit.head().await;
        visit.send(answer).await;
        while answer.starts_with("HTTP/1.1 101") {
            let bytes = visit.wire.take(1).await;
            if bytes.is_empty() {
                return;
            }
            visit.send(bytes).await;
        }
        visit.closed().await;
    })
    .await
}

pub(super) const ACCEPTED: &str = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSet-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\nSet-Cookie: stranger=3\r\n\r\n";

#[tokio::test]
async fn the_cookies_of_a_101_are_filtered() {
    let octroi = Octroi::before(&answering(ACCEPTED).await).await;
    for (cookie, wanted) in [("", &["sessionid=2"][..]), (&granted(), &["_ga=1", "sessionid=2", "stranger=3"])] {
        let mut client = octroi.client().await;
        let response = client.get("/", &format!("{HANDSHAKE}Cookie: a=1; {cookie}\r\n")).await;
        assert_eq!(response.assert_status(101).set_cookies(), wanted);
        assert_eq!(response.texts("sec-websocket-accept"), ["s3pPLMBiTxaQ9kYGzzhZRbK+xOo="]);
        assert!(response.field("upgrade").is_some_and(|value| value.eq_ignore_ascii_case("websocket")));
        client.send("x").await;
        assert_eq!(client.wire.take(1).await, b"x");
    }
}

#[tokio::test]
async fn the_handshake_reaches_the_portal_with_its_cookies_filtered() {
    let origin = answering(ACCEPTED).await;
    let octroi = Octroi::before(&origin).await;
    octroi.client().await.get("/live?x", &format!("{HANDSHAKE}Cookie: _ga=1; sessionid=2\r\nX-A: 1\r\n")).await;
    let seen = origin.last();
    assert_eq!(seen.texts("cookie"), ["sessionid=2"]);
    assert!(seen.field("connection").is_some_and(|value| value.eq_ignore_ascii_case("upgrade")), "{}", seen.shown());
    assert_eq!(seen.texts("upgrade"), ["websocket"]);
    assert!(seen.has("sec-websocket-key") && seen.has("sec-websocket-version") && seen.target() == "/live?x");
}

#[tokio::test]
async fn the_cookies_of_a_refused_upgrade_are_filtered() {
    let mut findings = Findings::default();
    for answer in [
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nSet-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\n\r\nno",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\n\r\nno",
    ] {
        let octroi = Octroi::before(&answering(answer).await).await;
        let response = octroi.client().await.get("/", HANDSHAKE).await;
        let right = response.set_cookies() == ["sessionid=2"] && response.text() == "no" && !response.has("upgrade");
        findings.expect(right, || response.shown());
    }
    findings.none();
}

#[tokio::test]
async fn a_101_that_does_not_fit_the_request_is_502() {
    let other =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: telnet\r\nSet-Cookie: _ga=1\r\n\r\n";
    let response = Octroi::before(&answering(other).await).await.client().await.get("/", HANDSHAKE).await;
    assert_eq!((response.status(), response.set_cookies().len()), (502, 0), "{}", response.shown());
    let octroi = Octroi::before(&answering(ACCEPTED).await).await;
    let response = octroi.client().await.get("/", "").await;
    assert_eq!((response.status(), response.set_cookies().len()), (502, 0), "{}", response.shown());
}

#[tokio::test]
async fn an_upgrade_to_h2c_is_never_offered_to_the_portal() {
    let origin = answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let octroi = Octroi::before(&origin).await;
    let lines = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
    octroi.client().await.get("/", lines).await.assert_status(200);
    let seen = origin.last();
    assert!(!seen.has("upgrade") && !seen.has("http2-settings"), "{}", seen.shown());
}

#[tokio::test]
async fn an_upgrade_named_without_a_connection_line_is_none() {
    let origin = answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let octroi = Octroi::before(&origin).await;
    octroi.client().await.get("/", "Upgrade: websocket\r\n").await.assert_status(200);
    assert!(!origin.last().has("upgrade"));
}

#[tokio::test]
async fn an_end_on_one_side_of_the_tunnel_reaches_the_other() {
    let octroi = Octroi::before(&answering(ACCEPTED).await).await;
    let mut client = octroi.client().await;
    client.get("/", HANDSHAKE).await.assert_status(101);
    client.wire.finish().await;
    assert!(client.wire.is_closed().await);

    let origin = Origin::start(|mut visit| async move {
        visit.head().await;
        visit.send([ACCEPTED.as_bytes(), b"bye"].concat()).await;
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.get("/", HANDSHAKE).await.assert_status(101);
    assert_eq!(
        client.wire.read_to_end().await,
        b"bye",
        "bytes that came with the head of the 101 are part of the tunnel"
    );
}

/// After the portal has said its last byte, the visitor still speaks.
#[tokio::test]
async fn bytes_of_the_visitor_after_the_portals_end_reach_the_portal() {
    const LENGTH: usize = 1 << 20;
    let origin = Origin::start(|mut visit| async move {
        let mut talk = visit.head().await.unwrap();
        visit.send([ACCEPTED.as_bytes(), b"bye"].concat()).await;
        visit.wire.finish().await;
        talk.body = visit.wire.read_to_end().await;
        visit.note(&talk);
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.get("/", HANDSHAKE).await.assert_status(101);
    assert_eq!(client.wire.read_to_end().await, b"bye");
    client.send(vec![b'x'; LENGTH]).await;
    client.wire.finish().await;
    assert_eq!(origin.nth(2).await.body.len(), LENGTH);
}

#[tokio::test]
async fn bytes_sent_right_behind_the_handshake_enter_the_tunnel() {
    let octroi = Octroi::before(&answering(ACCEPTED).await).await;
    let mut client = octroi.client().await;
    client.send([get("/", HANDSHAKE).as_bytes(), b"early"].concat()).await;
    client.response().await.assert_status(101);
    assert_eq!(client.wire.take(5).await, b"early");
}

#[tokio::test]
async fn spaces_around_the_protocol_are_no_part_of_it() {
    let octroi = Octroi::before(&answering(ACCEPTED).await).await;
    for (before, behind) in [(1, 0), (0, 1), (40, 11), (1, 500)] {
        let padded = format!("Upgrade:{}websocket{}\r\n", " ".repeat(before), " \t".repeat(behind));
        let mut client = octroi.client().await;
        client.get("/", &HANDSHAKE.replace("Upgrade: websocket\r\n", &padded)).await.assert_status(101);
        client.send("\x01 no head\n").await;
        assert_eq!(client.wire.take(10).await, b"\x01 no head\n");
    }
}
