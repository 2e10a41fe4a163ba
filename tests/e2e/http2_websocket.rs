//! WebSocket over HTTP/2 (RFC 8441): the handshake that the portal sees, the answer that the visitor gets, the tunnel.

use bytes::Bytes;
use h2::{Reason, RecvStream, SendStream};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::support::choice::granted;
use crate::support::frames::{Frame, Frames};
use crate::support::http2::{Answer, Http2, piece, whole};
use crate::support::{Findings, Message, Octroi, Origin, Setup, Visit, within};

/// A 101 that fits the request, with these lines.
pub(super) fn switch(request: &Message, lines: &str) -> String {
    let key = request.field("sec-websocket-key").unwrap_or_default();
    let accept = derive_accept_key(key.as_bytes());
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n{lines}\r\n"
    )
}

/// Sends back what comes, until its end.
async fn echo(mut visit: Visit) {
    loop {
        let byte = visit.wire.take(1).await;
        if byte.is_empty() {
            return visit.wire.finish().await;
        }
        visit.send(byte).await;
    }
}

/// A portal that switches with these lines, and echoes; a request that asks for no switch is answered.
async fn switching(lines: &'static str) -> Origin {
    Origin::start(move |mut visit| async move {
        while let Some(request) = visit.head().await {
            if request.has("upgrade") {
                visit.send(switch(&request, lines)).await;
                return echo(visit).await;
            }
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain").await;
        }
    })
    .await
}

/// A tunnel to the portal, and the fields of the answer.
pub(super) async fn tunnel(
    client: &mut Http2,
    path: &str,
    fields: &[(&str, &str)],
) -> (Answer, SendStream<Bytes>, RecvStream) {
    let (response, sending) = client.extend("websocket", path, fields).await;
    let (head, body) = within("an answer", response).await.expect("no answer").into_parts();
    let answer = Answer { head: http::Response::from_parts(head, ()), body: Vec::new(), trailers: None };
    (answer, sending, body)
}

async fn echoed(sending: &mut SendStream<Bytes>, body: &mut RecvStream, bytes: &'static str) {
    sending.send_data(bytes.into(), false).unwrap();
    let mut back = Vec::new();
    while back.len() < bytes.len() {
        back.extend_from_slice(&piece(body).await);
    }
    assert_eq!(back, bytes.as_bytes());
}

/// What comes up to a clean end.
async fn rest(body: &mut RecvStream) -> Vec<u8> {
    let mut rest = Vec::new();
    while let Some(data) = within("the end of the stream", body.data()).await {
        let data = data.expect("the stream broke off");
        body.flow_control().release_capacity(data.len()).unwrap();
        rest.extend_from_slice(&data);
    }
    rest
}

#[tokio::test]
async fn the_settings_offer_it() {
    let octroi = Octroi::before(&switching("").await).await;
    let mut frames = Frames::connect(octroi.address).await;
    let settings = within("SETTINGS", frames.next()).await.unwrap();
    assert_eq!(settings.kind, Frame::SETTINGS);
    assert!(settings.payload.chunks(6).any(|setting| setting == [0, 8, 0, 0, 0, 1]), "{settings:?}");
}

#[tokio::test]
async fn the_portal_sees_the_handshake_of_http1() {
    let origin = switching("").await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let fields = [
        ("cookie", "_ga=1; sessionid=2"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-protocol", "chat"),
        ("sec-websocket-key", "the visitor's"),
        ("origin", "https://data.education.gouv.fr"),
    ];
    drop(tunnel(&mut client, "/live?x=1", &fields).await);
    let seen = origin.last();
    assert_eq!(seen.start_line(), "GET /live?x=1 HTTP/1.1");
    assert_eq!(seen.texts("host"), ["data.education.gouv.fr"]);
    assert_eq!(
        (seen.texts("connection"), seen.texts("upgrade")),
        (vec!["upgrade".to_owned()], vec!["websocket".to_owned()])
    );
    assert_eq!(seen.texts("cookie"), ["sessionid=2"]);
    assert_eq!(
        (seen.texts("sec-websocket-version"), seen.texts("sec-websocket-protocol")),
        (vec!["13".to_owned()], vec!["chat".to_owned()])
    );
    assert_eq!(seen.texts("origin"), ["https://data.education.gouv.fr"]);
    assert!(!seen.has("content-length") && !seen.has("transfer-encoding"), "{}", seen.shown());
    let keys = seen.texts("sec-websocket-key");
    assert!(matches!(&keys[..], [key] if key.len() == 24 && key.ends_with("==")), "{keys:?}");
    drop(tunnel(&mut client, "/", &[]).await);
    assert_ne!(origin.last().texts("sec-websocket-key"), keys, "each handshake has a key of its own");
}

#[tokio::test]
async fn the_visitor_gets_a_200_with_its_cookies_filtered() {
    let lines =
        "Set-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\nSet-Cookie: stranger=3\r\nSec-WebSocket-Protocol: chat\r\n";
    let octroi = Octroi::before(&switching(lines).await).await;
    let mut client = Http2::connect(octroi.address).await;
    for (cookie, wanted) in [("a=1", &["sessionid=2"][..]), (&granted(), &["_ga=1", "sessionid=2", "stranger=3"])] {
        let (answer, mut sending, mut body) = tunnel(&mut client, "/", &[("cookie", cookie)]).await;
        assert_eq!(
            (answer.status(), answer.texts("set-cookie")),
            (200, wanted.iter().map(ToString::to_string).collect())
        );
        assert_eq!(answer.texts("sec-websocket-protocol"), ["chat"]);
        for name in ["connection", "upgrade", "sec-websocket-accept", "content-length", "transfer-encoding"] {
            assert!(!answer.head.headers().contains_key(name), "{name}: {answer:?}");
        }
        echoed(&mut sending, &mut body, "hello").await;
    }
}

#[tokio::test]
async fn a_refusal_is_the_response_of_the_stream() {
    let refusal =
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nSet-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\n\r\nno";
    let octroi = Octroi::before(&Origin::always(refusal).await).await;
    let (response, _sending) = Http2::connect(octroi.address).await.extend("websocket", "/", &[]).await;
    let answer = whole(response).await.unwrap();
    assert_eq!(
        (answer.status(), &answer.body[..], answer.texts("set-cookie")),
        (403, &b"no"[..], vec!["sessionid=2".to_owned()])
    );
}

#[tokio::test]
async fn a_response_that_is_not_a_switch_never_opens_a_tunnel() {
    let mut findings = Findings::default();
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: sessionid=2\r\n\r\nno",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    ] {
        let octroi = Octroi::before(&Origin::always(answer).await).await;
        let (response, _sending) = Http2::connect(octroi.address).await.extend("websocket", "/", &[]).await;
        let status = whole(response).await.map(|answer| (answer.status(), answer.texts("set-cookie").len()));
        findings.expect(matches!(status, Ok((502, 0))), || format!("{answer:?}: {status:?}"));
    }
    findings.none();
}

#[tokio::test]
async fn other_protocols_and_plain_connect_open_nothing() {
    let origin = switching("").await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    for protocol in ["connect-udp", "webtransport", "WebSocket"] {
        let (response, _sending) = client.extend(protocol, "/", &[]).await;
        assert_eq!(whole(response).await.unwrap().status(), 501, "{protocol}");
    }
    let plain = http::Request::connect("data.education.gouv.fr:443").version(http::Version::HTTP_2).body(()).unwrap();
    let (response, _sending) = client.begin(plain, false).await;
    assert_eq!(whole(response).await.unwrap().status(), 405);
    assert_eq!(origin.connections(), 0);
}

#[tokio::test]
async fn an_end_on_one_side_leaves_the_other_open() {
    let origin = Origin::start(|mut visit| async move {
        let request = visit.head().await.unwrap();
        visit.send(switch(&request, "")).await;
        let question = visit.wire.read_to_end().await;
        visit.send([b"you said ", &question[..]].concat()).await;
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let (_, mut sending, mut body) = tunnel(&mut client, "/", &[]).await;
    sending.send_data("question".into(), true).unwrap();
    assert_eq!(rest(&mut body).await, b"you said question", "END_STREAM is the end of one direction, as FIN is");
}

#[tokio::test]
async fn a_reset_stream_ends_the_tunnel_even_if_the_portal_is_silent() {
    let origin = Origin::start(|mut visit| async move {
        let request = visit.head().await.unwrap();
        visit.send(switch(&request, "")).await;
        visit.closed().await;
        // The end of one direction, for all that this portal knows: it keeps the other open.
        std::future::pending::<()>().await;
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    for (path, reason) in
        [("/cancel", Reason::CANCEL), ("/no-error", Reason::NO_ERROR), ("/error", Reason::INTERNAL_ERROR)]
    {
        let (_, mut sending, _body) = tunnel(&mut client, path, &[]).await;
        sending.send_reset(reason);
        let line = octroi.logged(path).await;
        assert!(line.contains("client_closed"), "{line}");
    }
}

#[tokio::test]
async fn a_portal_that_closes_its_connection_ends_only_the_stream() {
    let origin = Origin::start(|mut visit| async move {
        let request = visit.head().await.unwrap();
        if request.has("upgrade") {
            visit.send(switch(&request, "")).await;
            visit.wire.take(4).await;
            return visit.wire.reset();
        }
        visit.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain").await;
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let (_, mut sending, mut body) = tunnel(&mut client, "/", &[]).await;
    sending.send_data("data".into(), false).unwrap();
    while let Some(Ok(_)) = within("the end of the stream", body.data()).await {}
    assert_eq!(client.get("/", &[]).await.body, b"plain");
}

#[tokio::test]
async fn a_visitor_who_does_not_read_slows_the_portal_instead_of_filling_memory() {
    const MIB: usize = 1 << 20;
    let origin = Origin::start(|mut visit| async move {
        let Some(request) = visit.head().await else { return };
        visit.send(switch(&request, "")).await;
        // Nobody waits for the slow visitor's bytes.
        let blocks = (0..128).map(|_| vec![b'x'; MIB]);
        for block in blocks {
            if tokio::io::AsyncWriteExt::write_all(&mut visit.wire.stream, &block).await.is_err() {
                return;
            }
        }
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let before = octroi.memory_kib("VmHWM");
    let mut slow = Http2::connect(octroi.address).await;
    let (_, _sending, mut slow_body) = tunnel(&mut slow, "/", &[]).await;
    piece(&mut slow_body).await;
    let mut fast = Http2::connect(octroi.address).await;
    let (_, mut sending, mut body) = tunnel(&mut fast, "/", &[]).await;
    sending.send_data(Bytes::new(), true).unwrap();
    assert_eq!(rest(&mut body).await.len(), 128 * MIB);
    let grown = octroi.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < 32 * 1024, "memory grew by {grown} KiB");
}

#[tokio::test]
async fn a_quiet_tunnel_ends_and_a_tunnel_is_not_idle() {
    let origin = switching("").await;
    let octroi = Setup::before(&origin).toml("[timeouts]\nidle = \"200ms\"\ntunnel_idle = \"1h\"").start().await;
    let mut client = Http2::connect(octroi.address).await;
    let (_, mut sending, mut body) = tunnel(&mut client, "/", &[]).await;
    // An idle connection opened afterwards is told to go, and is closed; this one has its tunnel.
    let mut idle = Http2::connect(octroi.address).await;
    idle.get("/", &[]).await;
    let _ = idle.ended_by_peer().await;
    assert_eq!(client.get("/", &[]).await.body, b"plain", "the connection was not told to go");
    echoed(&mut sending, &mut body, "still open").await;
    drop((sending, body));
    client.ended_by_peer().await.expect("idle once the tunnel has ended");

    let octroi = Setup::before(&origin).toml("[timeouts]\ntunnel_idle = \"200ms\"").start().await;
    let mut client = Http2::connect(octroi.address).await;
    let (_, _sending, mut body) = tunnel(&mut client, "/", &[]).await;
    while let Some(Ok(_)) = within("the end of the quiet tunnel", body.data()).await {}
    assert_eq!(client.get("/", &[]).await.body, b"plain", "the connection lives on");
}

#[tokio::test]
async fn a_drain_waits_for_the_tunnel() {
    let octroi = Octroi::before(&switching("").await).await;
    let mut client = Http2::connect(octroi.address).await;
    let (_, mut sending, mut body) = tunnel(&mut client, "/", &[]).await;
    octroi.terminate();
    super::drain::refuses(&octroi).await;
    echoed(&mut sending, &mut body, "not yet").await;
    sending.send_data(Bytes::new(), true).unwrap();
    assert_eq!(rest(&mut body).await, b"");
    client.ended_by_peer().await.expect("GOAWAY without an error");
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn the_tunnel_is_one_line_of_the_log_and_one_request() {
    let octroi = Octroi::before(&switching("Set-Cookie: _ga=1\r\n").await).await;
    let mut client = Http2::connect(octroi.address).await;
    let (_, mut sending, mut body) = tunnel(&mut client, "/live", &[]).await;
    echoed(&mut sending, &mut body, "hello").await;
    sending.send_data(Bytes::new(), true).unwrap();
    assert_eq!(rest(&mut body).await, b"");
    let line = octroi.logged("/live").await;
    let json: Value = serde_json::from_str(&line).unwrap();
    for (key, value) in
        [("method", json!("CONNECT")), ("status", json!(200)), ("bytes", json!(5)), ("termination", json!("ok"))]
    {
        assert_eq!(json[key], value, "{key}: {line}");
    }
}
