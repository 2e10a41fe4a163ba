//! Requests that return to the octroi that forwarded them, and the fields that mark forwarded requests (`CDN-Loop`, `Via`).

use std::net::{SocketAddr, TcpListener};

use crate::support::client::{Client, get};
use crate::support::http2::Http2;
use crate::support::origin::{Visit, ok};
use crate::support::{Octroi, Origin, Setup};

/// An octroi on this socket, before a portal at this address.
async fn on(socket: &TcpListener, portal: SocketAddr) -> Octroi {
    Setup::before_address(portal).listening_at("inherited:web").pass("web", socket).start().await
}

fn socket() -> (TcpListener, SocketAddr) {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    (socket, address)
}

/// How many requests were counted, once there are so many.
async fn requests(octroi: &Octroi, count: u32) -> u64 {
    octroi.after_requests(count).await.count("octroi_requests_total", &[])
}

#[tokio::test]
async fn a_request_that_octroi_sends_to_itself_is_refused_at_once() {
    let (socket, address) = socket();
    let octroi = on(&socket, address).await;
    let response = Client::connect(address).await.get("/", "Accept: text/html\r\n").await;
    response.assert_status(502);
    let status = response.field("proxy-status").unwrap_or_default();
    assert!(status.contains("proxy_loop_detected"), "{}", response.shown());
    assert!(response.text().contains("come back"), "{}", response.shown());
    octroi.logged("came_back").await;
    assert_eq!(requests(&octroi, 2).await, 2);
    assert_eq!(Http2::connect(address).await.get("/", &[]).await.status(), 502);
    assert_eq!(requests(&octroi, 4).await, 4);
}

#[tokio::test]
async fn a_loop_through_another_octroi_ends_at_its_first_return() {
    let ((first, one), (second, two)) = (socket(), socket());
    let (first, second) = (on(&first, two).await, on(&second, one).await);
    Client::connect(one).await.get("/", "").await.assert_status(502);
    assert_eq!(requests(&first, 2).await, 2);
    assert_eq!(requests(&second, 1).await, 1);
}

/// A proxy between may write the field anew: what it says counts, not how.
#[tokio::test]
async fn a_loop_through_a_proxy_that_joins_fields_ends() {
    let (socket, address) = socket();
    let between = Origin::start(move |mut visit: Visit| async move {
        while let Some(request) = visit.request().await {
            let marks = request.texts("cdn-loop").join(",").replace("; ", ";");
            let answer = Client::connect(address).await.get("/", &format!("cdn-loop: a.example,{marks}\r\n")).await;
            visit.send(ok("", &answer.status().to_string())).await;
        }
    })
    .await;
    let octroi = on(&socket, between.address).await;
    assert_eq!(Client::connect(address).await.get("/", "").await.text(), "502");
    drop(octroi);
}

#[tokio::test]
async fn two_octrois_in_a_row_serve_and_pass_foreign_marks_on() {
    let origin = Origin::always(ok("", "served")).await;
    let (second, two) = socket();
    let _second = on(&second, origin.address).await;
    let first = Setup::before_address(two).start().await;
    for line in ["", "CDN-Loop: octroi\r\n", "CDN-Loop: octroi; id=0123456789abcdef0123456789abcdef, cloudflare\r\n"] {
        let response = first.client().await.get("/", line).await;
        assert_eq!(response.assert_status(200).text(), "served");
        let marks = origin.last().texts("cdn-loop");
        assert_eq!(marks.iter().filter(|mark| line.contains(mark.as_str())).count(), usize::from(!line.is_empty()));
        assert_eq!(marks.len(), 2 + usize::from(!line.is_empty()), "{marks:?}");
    }
}

#[tokio::test]
async fn no_via_is_sent_unless_the_site_configures_it() {
    let origin = Origin::always(ok("", "")).await;
    for listener in ["", "trusted = [\"127.0.0.0/8\"]"] {
        let silent = Setup::before(&origin).listener(listener).start().await;
        for lines in ["", "Via: 1.1 edge\r\n", "Via: 1.0 fred, 1.1 edge\r\nVia: 2 google\r\n"] {
            silent.client().await.get("/", lines).await.assert_status(200);
            assert!(!origin.last().has("via"), "{}", origin.last().shown());
        }
    }
    let telling = Setup::before(&origin).upstream("via = true").start().await;
    let mut client = telling.client().await;
    for (lines, via) in [("", "1.1 octroi"), ("Via: 1.0 fred, 1.1 edge\r\n", "1.0 fred, 1.1 edge, 1.1 octroi")] {
        client.exchange(get("/", lines)).await.assert_status(200);
        assert_eq!(origin.last().field("via").as_deref(), Some(via));
    }
    assert_eq!(Http2::connect(telling.address).await.get("/", &[]).await.status(), 200);
    assert_eq!(origin.last().field("via").as_deref(), Some("2.0 octroi"));
}
