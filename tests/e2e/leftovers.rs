//! Bytes that belong to no request: after a request, and the body of one that was answered early. They are never read as a
//! request, and move no deadline.

use std::time::Duration;

use tokio::time::sleep;

use crate::support::client::{Client, get};
use crate::support::origin::ok;
use crate::support::{Authority, Octroi, Origin, Setup, shown, within};

/// hyper is taken apart after 25 ms without a request, in rounds of 64 ms.
const PARKED: Duration = Duration::from_millis(200);

const REFUSED: [&str; 4] =
    ["GET / HTTP/1.1\nHost: h\n\n", "GET / HTTP/1.1\r\nHost : h\r\n\r\n", "\0", "GET  / HTTP/1.1\r\n\r\n"];

/// Heads that are no request's, alone and behind a request.
pub(super) fn refused() -> Vec<Vec<u8>> {
    let both = |head: &str| [head.to_owned(), format!("{}{head}", get("/", ""))];
    REFUSED.into_iter().flat_map(both).map(String::into_bytes).collect()
}

#[tokio::test]
async fn bytes_behind_a_request_move_no_deadline() {
    let origin = Origin::always(ok("", "ok")).await;
    let authority = Authority::new();
    for timeouts in ["header = \"2s\"\nidle = \"1h\"", "header = \"2s\"\nidle = \"300ms\""] {
        let setup = Setup::before(&origin).tls(&authority, &[&["h"]]).toml(&format!("[timeouts]\n{timeouts}"));
        let octroi = setup.start().await;
        let mut clients = Vec::new();
        for behind in ["G", "\r", "GET / HTTP/1.1\r\nHost: h", "\r\nG"] {
            for first in [get("/", ""), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nxy".to_owned()] {
                for mut client in [octroi.client().await, tls(&octroi, &authority).await] {
                    client.send(format!("{first}{behind}")).await;
                    clients.push((behind, client));
                }
            }
        }
        for (behind, mut client) in clients {
            client.response().await.assert_status(200);
            assert_eq!(shown(&client.wire.read_to_end().await), "", "{behind:?}");
        }
    }
}

#[tokio::test]
async fn an_empty_line_behind_a_request_leaves_the_connection_idle() {
    let origin = Origin::always(ok("", "ok")).await;
    let octroi = Setup::before(&origin).toml("[timeouts]\nheader = \"300ms\"\nidle = \"2s\"").start().await;
    let mut client = octroi.client().await;
    for _ in 0..3 {
        client.send(format!("{}\r\n", get("/", ""))).await;
        client.response().await.assert_status(200);
        // Longer than the head may take.
        sleep(Duration::from_millis(600)).await;
    }
    assert_eq!(shown(&client.wire.read_to_end().await), "");
}

async fn tls(octroi: &Octroi, authority: &Authority) -> Client {
    Client::connect_tls(octroi.tls, "h", authority.client(&["http/1.1"])).await
}

/// Requests with content that octroi answers by itself, and with what.
const ANSWERED: [(&str, &str); 6] = [
    ("POST / HTTP/1.1\r\nHost: elsewhere.test\r\n", "421"),
    ("TRACE / HTTP/1.1\r\nHost: h\r\n", "405"),
    ("POST / HTTP/1.1\r\nHost: h\r\nHost: h\r\n", "400"),
    ("POST / HTTP/1.1\r\nHost: h\r\nConnection: cookie\r\n", "400"),
    ("POST /big HTTP/1.1\r\nHost: h\r\nX: y\r\n", "413"),
    ("POST / HTTP/1.0\r\nHost: elsewhere.test\r\nConnection: keep-alive\r\n", "421"),
];

#[tokio::test]
async fn the_body_of_a_request_that_octroi_answers_is_never_a_request() {
    let origin = Origin::always(ok("", "ok")).await;
    let octroi = Setup::before(&origin).hosts(r#"["h"]"#).toml("[limits]\nbody_bytes = 50").start().await;
    let next = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
    let mut tries = tokio::task::JoinSet::new();
    for (head, status) in ANSWERED {
        for framing in ["Content-Length: 40000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n9c40\r\n"] {
            if head.contains("HTTP/1.0") && framing.contains("chunked") {
                continue;
            }
            for pause in [Duration::ZERO, PARKED, 8 * PARKED] {
                let mut client = octroi.client().await;
                tries.spawn(async move {
                    client.send(format!("{head}{framing}")).await;
                    // Content over the limit is the first reason if it has a length.
                    if pause > Duration::ZERO && framing.contains("chunked") && status != "413" {
                        assert_eq!(client.response().await.status().to_string(), status, "{head:?}");
                    }
                    sleep(pause).await;
                    client.send(format!("{next}{}{next}", "x".repeat(60))).await;
                    let rest = within("the connection to end", client.wire.read_to_end()).await;
                    assert!(!shown(&rest).contains("200 OK"), "{head:?} after {pause:?}: {}", shown(&rest));
                });
            }
        }
    }
    while let Some(tried) = tries.join_next().await {
        tried.unwrap();
    }
    assert!(origin.requests().iter().all(|request| request.target() != "/smuggled"));
}

#[tokio::test]
async fn a_visitor_who_is_still_sending_gets_the_answer_and_no_reset() {
    let origin = Origin::always(ok("", "ok")).await;
    let octroi = Setup::before(&origin).hosts(r#"["h"]"#).start().await;
    for _ in 0..20 {
        let mut client = octroi.client().await;
        client.send("POST / HTTP/1.1\r\nHost: elsewhere.test\r\nContent-Length: 1000000\r\n\r\n").await;
        client.send(vec![b'x'; 500_000]).await;
        client.response().await.assert_status(421);
    }
}

#[tokio::test]
async fn bytes_behind_the_last_request_cut_no_answer() {
    const LENGTH: usize = 4 << 20;
    let origin = Origin::always(ok("", &"x".repeat(LENGTH))).await;
    let octroi = Octroi::before(&origin).await;
    for behind in ["G", "\r\n", "GET / HTTP/1.1\r\nHost: h\r\n\r\n"] {
        let mut client = octroi.client().await;
        client.send(get("/", "Connection: close\r\n")).await;
        client.wire.expect("\r\n\r\n").await;
        client.send(behind).await;
        assert!(client.wire.discard(LENGTH).await, "{behind:?}: the answer was cut off");
        assert_eq!(shown(&client.wire.read_to_end().await), "", "{behind:?}");
    }
}

#[tokio::test]
async fn a_head_that_is_refused_is_answered_with_a_page() {
    let origin = Origin::always(ok("", "ok")).await;
    let octroi = Octroi::before(&origin).await;
    for head in REFUSED {
        for first in ["", &get("/", "")] {
            let mut client = octroi.client().await;
            client.send(format!("{first}{head}")).await;
            if !first.is_empty() {
                client.response().await.assert_status(200);
            }
            let answer = client.response().await;
            answer.assert_status(400);
            assert!(answer.text().starts_with("400 Bad Request\nThe request cannot be read: "), "{}", answer.shown());
            assert_eq!(shown(&client.wire.read_to_end().await), "");
        }
    }
    octroi.logged(r#""method":"-","path":"*""#).await;
}
