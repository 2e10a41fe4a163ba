//! Deadlines on the visitor's side and between bytes. Short ones are configured, and must end the right connections.

use crate::support::client::get;
use crate::support::http2::{Http2, request};
use crate::support::origin::ok;
use crate::support::{Octroi, Origin, Setup, shown, within};

async fn with(timeouts: &str) -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "ok")).await;
    let octroi = Setup::before(&origin).toml(&format!("[timeouts]\n{timeouts}")).start().await;
    (origin, octroi)
}

#[tokio::test]
async fn a_visitor_who_never_finishes_a_head_is_closed() {
    let (_origin, octroi) = with("header = \"300ms\"").await;
    for bytes in ["", "G", "GET / HTTP/1.1\r\nHost: h\r\nX", "PRI * HTTP/2.0\r\n\r\n"] {
        let mut slow = octroi.client().await;
        slow.send(bytes).await;
        let answer = slow.wire.read_to_end().await;
        let right = answer.is_empty() || answer.starts_with(b"HTTP/1.1 408") || bytes.starts_with("PRI");
        assert!(right, "{bytes:?}: {}", shown(&answer));
    }
}

#[tokio::test]
async fn bytes_of_a_head_do_not_move_its_deadline() {
    let (_origin, octroi) = with("header = \"2s\"").await;
    let mut slow = octroi.client().await;
    slow.send("GET / HTTP/1.1\r\n").await;
    let dripping = async {
        loop {
            // The other visitor's request is the clock of the drops.
            octroi.client().await.get("/", "").await.assert_status(200);
            if slow.wire.try_send(b"X: y\r\n").await.is_err() {
                return;
            }
        }
    };
    within("the slow visitor to be closed", dripping).await;
}

#[tokio::test]
async fn many_slow_visitors_do_not_block_others() {
    let (_origin, octroi) = with("header = \"2s\"").await;
    let mut slow = Vec::new();
    for _ in 0..300 {
        let mut client = octroi.client().await;
        client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Slow").await;
        slow.push(client);
    }
    octroi.client().await.get("/", "").await.assert_status(200);
    for mut client in slow {
        client.wire.read_to_end().await;
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed_quietly() {
    let (_origin, octroi) = with("idle = \"300ms\"").await;
    let mut client = octroi.client().await;
    client.get("/", "").await.assert_status(200);
    assert!(client.wire.is_closed().await);
}

#[tokio::test]
async fn idle_and_header_deadlines_are_separate() {
    let (_origin, octroi) = with("header = \"1s\"\nidle = \"1h\"").await;
    let mut idle = octroi.client().await;
    idle.get("/", "").await.assert_status(200);
    // Another visitor runs into the header's deadline, which began later than the idle one's wait.
    octroi.client().await.wire.read_to_end().await;
    idle.get("/", "").await.assert_status(200);
}

#[tokio::test]
async fn an_idle_http2_connection_gets_goaway() {
    let (_origin, octroi) = with("idle = \"300ms\"").await;
    let mut client = Http2::connect(octroi.address).await;
    assert_eq!(client.get("/", &[]).await.status(), 200);
    client.ended_by_peer().await.expect("GOAWAY without an error");
}

#[tokio::test]
async fn an_http2_connection_with_an_open_stream_is_not_idle() {
    let origin = Origin::start(|mut visit| async move {
        while let Some(request) = visit.request().await {
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst").await;
            if request.target() == "/long" {
                let mut other = Vec::new();
                while !other.ends_with(b"go") {
                    other = visit.wire.take(1).await;
                    if other.is_empty() {
                        return;
                    }
                }
            }
            visit.send("last").await;
        }
    })
    .await;
    let octroi = Setup::before(&origin).toml("[timeouts]\nidle = \"300ms\"").start().await;
    let mut client = Http2::connect(octroi.address).await;
    let (response, _) = client.begin(request("GET", "/long", &[]), true).await;
    let _body = within("a head", response).await.unwrap();
    // An idle connection opened afterwards is closed; this one, whose stream is open, is not.
    let mut idle = Http2::connect(octroi.address).await;
    idle.get("/short", &[]).await;
    let _ = idle.ended_by_peer().await;
    assert_eq!(client.get("/short", &[]).await.body, b"firstlast");
}

#[tokio::test]
async fn an_upload_that_stalls_ends() {
    let (origin, octroi) = with("body_idle = \"300ms\"").await;
    let mut client = octroi.client().await;
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nsome").await;
    let answer = client.wire.read_to_end().await;
    assert!(!answer.starts_with(b"HTTP/1.1 200"), "{}", shown(&answer));
    assert!(origin.requests().iter().all(|request| !request.complete));
}

#[tokio::test]
async fn a_response_that_stalls_is_cut_off() {
    let origin = Origin::start(|mut visit| async move {
        visit.request().await;
        visit.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n").await;
        visit.closed().await;
    })
    .await;
    let octroi = Setup::before(&origin).toml("[timeouts]\nbody_idle = \"300ms\"").start().await;
    let response = octroi.client().await.get("/", "").await;
    assert!(!response.complete && response.text() == "some", "{}", response.shown());
    assert!(
        Http2::connect(octroi.address).await.fetch(request("GET", "/", &[])).await.is_err(),
        "a clean end on HTTP/2"
    );
}

#[tokio::test]
async fn a_visitor_who_does_not_read_is_cut_off() {
    let origin = Origin::start(|mut visit| async move {
        visit.request().await;
        visit.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n").await;
        while visit.wire.try_send(&[b'x'; 8192]).await.is_ok() {}
    })
    .await;
    let octroi = Setup::before(&origin).toml("[timeouts]\nbody_idle = \"300ms\"").start().await;
    let mut client = octroi.client().await;
    client.send(get("/", "")).await;
    octroi.logged("client_closed").await;
    octroi.metrics_until("no connection", |metrics| metrics.sum("octroi_connections", &[]) == 0.0).await;
}

#[tokio::test]
async fn a_quiet_tunnel_ends() {
    let origin = Origin::start(|mut visit| async move {
        visit.head().await;
        visit.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n").await;
        visit.closed().await;
    })
    .await;
    let octroi = Setup::before(&origin).toml("[timeouts]\ntunnel_idle = \"300ms\"").start().await;
    let mut client = octroi.client().await;
    client.send(get("/", "Connection: Upgrade\r\nUpgrade: websocket\r\n")).await;
    client.response().await.assert_status(101);
    assert!(client.wire.is_closed().await);
}

#[tokio::test]
async fn zero_is_no_deadline() {
    let (_origin, octroi) = with("header = \"1s\"\nidle = 0\nbody_idle = 0").await;
    let mut idle = octroi.client().await;
    idle.get("/", "").await.assert_status(200);
    octroi.client().await.wire.read_to_end().await;
    idle.get("/", "").await.assert_status(200);
}
