//! A portal that is down, slow or unreachable: the answer gives the reason, and service returns without a restart.

use std::net::SocketAddr;

use tokio::net::{TcpSocket, TcpStream};

use crate::support::http2::{Http2, request};
use crate::support::origin::{ok, replies};
use crate::support::{Message, Octroi, Origin, Setup, within};

/// Nobody listens here, nor will.
pub(super) fn nobody() -> SocketAddr {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = socket.local_addr().unwrap();
    // Kept until the tests end, so that no other test is given its port.
    std::mem::forget(socket);
    address
}

fn proxy_status(response: &Message) -> String {
    response.field("proxy-status").unwrap_or_default()
}

#[tokio::test]
async fn a_portal_that_is_down_is_502_with_the_reason() {
    let octroi = Setup::before_address(nobody()).start().await;
    let mut client = octroi.client().await;
    let response = client.get("/", "").await;
    response.assert_status(502);
    assert!(proxy_status(&response).contains("error=connection_refused"), "{}", response.shown());
    assert!(response.complete && response.body.len() < 4096 && response.has("content-type"), "{}", response.shown());
    assert!(!response.text().contains("127.0.0.1"), "the page shows what is behind it:\n{}", response.shown());
    client.get("/again", "").await.assert_status(502);
    assert_eq!(Http2::connect(octroi.address).await.get("/", &[]).await.status(), 502);
    assert_eq!(octroi.admin("GET /readyz", "").await.status(), 200, "readiness does not depend on the portal");
}

#[tokio::test]
async fn service_returns_with_the_portal() {
    let octroi_origin = Origin::always(ok("", "before")).await;
    let octroi = Octroi::before(&octroi_origin).await;
    let mut client = octroi.client().await;
    assert_eq!(client.get("/", "").await.text(), "before");
    let address = octroi_origin.stop().await;
    client.get("/", "").await.assert_status(502);
    let _back = Origin::at(address, None, replies(|_| ok("", "after"))).await;
    assert_eq!(client.get("/", "").await.text(), "after");
}

/// An address that takes no connection and refuses none: its queue is full, and nobody accepts.
pub(super) async fn black_hole() -> (socket2::Socket, SocketAddr, Vec<tokio::task::JoinHandle<()>>) {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    socket.listen(0).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    let first = within("the queue to fill", TcpStream::connect(address)).await.unwrap();
    let mut waiting = vec![tokio::spawn(async move {
        let _held = first;
        std::future::pending::<()>().await;
    })];
    for _ in 0..3 {
        waiting.push(tokio::spawn(async move {
            let _held = TcpStream::connect(address).await;
            std::future::pending::<()>().await;
        }));
    }
    tokio::task::yield_now().await;
    (socket, address, waiting)
}

#[tokio::test]
async fn a_connection_that_is_never_made_is_504() {
    let (_socket, address, _waiting) = black_hole().await;
    let octroi = Setup::before_address(address).toml("[timeouts]\nupstream_connect = \"300ms\"").start().await;
    let response = octroi.client().await.get("/", "").await;
    response.assert_status(504);
    assert!(proxy_status(&response).contains("error=connection_timeout"), "{}", response.shown());
}

#[tokio::test]
async fn a_response_that_never_begins_is_504() {
    let origin = Origin::start(|mut visit| async move {
        visit.request().await;
        visit.closed().await;
    })
    .await;
    let octroi = Setup::before(&origin).site("timeouts = { upstream_response = \"300ms\" }").start().await;
    let response = octroi.client().await.get("/", "").await;
    response.assert_status(504);
    assert!(proxy_status(&response).contains("error=http_response_timeout"), "{}", response.shown());
    assert_eq!(Http2::connect(octroi.address).await.get("/", &[]).await.status(), 504);
}

#[tokio::test]
async fn the_wait_for_a_response_begins_when_the_upload_ends() {
    let origin = Origin::always(ok("", "stored")).await;
    let octroi = Setup::before(&origin).toml("[timeouts]\nupstream_response = \"2s\"").start().await;
    let mut client = octroi.client().await;
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20\r\n\r\n").await;
    for _ in 0..20 {
        // Twenty pieces, each within a deadline that all of them together exceed.
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        client.send("x").await;
    }
    assert_eq!(client.response().await.assert_status(200).text(), "stored");
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_502() {
    let origin = Origin::always("").await;
    let octroi = Setup::before(&origin).endpoint("http://portal.invalid").start().await;
    let response = octroi.client().await.get("/", "").await;
    assert!(matches!(response.status(), 502 | 504), "{}", response.shown());
    assert!(proxy_status(&response).contains("error=dns"), "{}", response.shown());
}

#[tokio::test]
async fn faults_are_counted_by_kind() {
    let octroi = Setup::before_address(nobody()).start().await;
    octroi.client().await.get("/", "").await.assert_status(502);
    let metrics = octroi.after_requests(1).await;
    assert!(metrics.sum("octroi_requests_total", &[("status_class", "5xx")]) >= 1.0, "{metrics:#?}");
    octroi.logged("\"status\":502,").await;
}

#[tokio::test]
async fn a_site_whose_portal_is_down_leaves_the_others_alone() {
    let alive = Origin::always(ok("", "alive")).await;
    let octroi = Setup::before(&alive).hosts(r#"["alive.test"]"#).and_site(r#"["dead.test"]"#, nobody()).start().await;
    let mut client = octroi.client().await;
    client.exchange("GET / HTTP/1.1\r\nHost: dead.test\r\n\r\n").await.assert_status(502);
    assert_eq!(client.exchange("GET / HTTP/1.1\r\nHost: alive.test\r\n\r\n").await.text(), "alive");
}

#[tokio::test]
async fn of_several_endpoints_one_that_is_down_is_skipped() {
    let alive = Origin::always(ok("", "alive")).await;
    let dead = nobody();
    let endpoints = format!("http://{dead}\", \"http://{}", alive.address);
    let octroi = Setup::before(&alive).endpoint(&endpoints).start().await;
    let mut client = octroi.client().await;
    for _ in 0..20 {
        assert_eq!(client.get("/", "").await.assert_status(200).text(), "alive");
    }
}

#[tokio::test]
async fn several_endpoints_share_the_requests() {
    let (first, second) = (Origin::always(ok("", "")).await, Origin::always(ok("", "")).await);
    let endpoints = format!("http://{}\", \"http://{}", first.address, second.address);
    for balance in ["p2c", "round-robin"] {
        let octroi =
            Setup::before(&first).endpoint(&endpoints).upstream(&format!("balance = \"{balance}\"")).start().await;
        let (before_first, before_second) = (first.requests().len(), second.requests().len());
        let mut client = Http2::connect(octroi.address).await;
        for _ in 0..60 {
            assert_eq!(client.fetch(request("GET", "/", &[])).await.unwrap().status(), 200);
        }
        let (a, b) = (first.requests().len() - before_first, second.requests().len() - before_second);
        assert!(a > 5 && b > 5 && a + b == 60, "{balance}: {a} and {b}");
    }
}
