//! The test harness itself: clients and portal without octroi between them.

use crate::support::client::get;
use crate::support::metrics::Metrics;
use crate::support::origin::ok;
use crate::support::wire::Wire;
use crate::support::{Authority, Client, Origin, frames, within};

#[tokio::test]
async fn a_request_reaches_the_portal_as_it_was_written() {
    let origin = Origin::always(ok("X-Y: z\r\n", "hello")).await;
    let mut client = Client::connect(origin.address).await;
    let request = "POST /a?b HTTP/1.1\r\nHost: h\r\nCookie: a=\u{e9}\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n";
    let response = client.exchange(request).await;
    assert_eq!((response.status(), response.text().as_str(), response.complete), (200, "hello", true));
    let seen = origin.last();
    assert_eq!((seen.method().as_str(), seen.target().as_str(), seen.text().as_str()), ("POST", "/a?b", "abcde"));
    assert_eq!((seen.values("cookie"), seen.trailers.as_slice()), (vec!["a=é".into()], &b"T: 1\r\n"[..]));
}

#[tokio::test]
async fn keep_alive_and_truncation_are_distinguished() {
    let origin = Origin::replying(|request| match request.target().as_str() {
        "/short" => b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nabc".to_vec(),
        "/cut" => b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n".to_vec(),
        _ => ok("", "whole"),
    })
    .await;
    let mut client = Client::connect(origin.address).await;
    assert!(client.get("/1", "").await.complete);
    assert!(client.get("/2", "").await.complete);
    assert!(!client.get("/short", "").await.complete);
    assert!(client.wire.is_closed().await);
    assert!(!Client::connect(origin.address).await.get("/cut", "").await.complete);
    assert_eq!((origin.connections(), origin.requests().len()), (2, 4));
}

#[tokio::test]
async fn a_reset_is_an_end_and_a_stopped_portal_refuses() {
    let origin = Origin::start(|mut visit| async move {
        visit.request().await;
        visit.wire.reset();
    })
    .await;
    let mut client = Client::connect(origin.address).await;
    client.send(get("/", "")).await;
    assert!(client.wire.is_closed().await);
    let address = origin.stop().await;
    assert!(Wire::tcp(address).await.is_err());
    let again = Origin::at(address, None, |mut visit| async move { visit.send(ok("", "back")).await }).await;
    assert_eq!(Client::connect(again.address).await.get("/", "").await.text(), "back");
}

#[tokio::test]
async fn tls_works_and_shows_the_server_name() {
    let authority = Authority::new();
    let origin = Origin::start_tls(authority.server(&["portal.test"]), |mut visit| async move {
        visit.request().await;
        visit.send(ok("", "secret")).await;
    })
    .await;
    let mut client = Client::connect_tls(origin.address, "portal.test", authority.client(&[])).await;
    assert_eq!(client.get("/", "").await.text(), "secret");
    assert_eq!(origin.server_names(), [Some("portal.test".to_owned())]);
}

#[tokio::test]
async fn frames_written_by_hand_are_read_by_a_real_server() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut connection = h2::server::handshake(listener.accept().await.unwrap().0).await.unwrap();
        while let Some(Ok((_, mut respond))) = connection.accept().await {
            respond.send_response(http::Response::builder().status(421).body(()).unwrap(), true).unwrap();
        }
    });
    let mut frames = frames::Frames::connect(address).await;
    let fields: [(&[u8], &[u8]); 4] =
        [(b":method", b"GET"), (b":scheme", b"http"), (b":authority", b"h"), (b":path", b"/")];
    frames.headers(1, true, &fields).await;
    let verdict = within("a verdict", frames.verdict(1)).await.expect("the connection ended");
    assert_eq!((verdict.kind, frames::status_of(&verdict)), (frames::Frame::HEADERS, Some(421)));
    frames.headers(3, true, &[(b"Upper", b"x")]).await;
    let verdict = within("a verdict", frames.verdict(3)).await.expect("the connection ended");
    assert_ne!(verdict.kind, frames::Frame::HEADERS, "{verdict:?}");
}

#[test]
fn metrics_are_read_and_summed() {
    let metrics = Metrics::parse("# HELP a b\na{x=\"1\",y=\"u v\"} 2\na{x=\"2\",y=\"u v\"} 3\nb 4\n");
    assert!((metrics.sum("a", &[("y", "u v")]) - 5.0).abs() < f64::EPSILON);
    assert!((metrics.sum("a", &[("x", "2")]) - 3.0).abs() < f64::EPSILON);
    assert_eq!(metrics.labels("a", "x"), ["1", "2"]);
}
