//! The control: a proxy with a simple filter, which fails the jar test.
//!
//! It parses cookies with the `cookie` crate, passes lines that the crate cannot parse or reads as deletions, and splits the
//! head into lines at CR LF.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use super::judgement::is_allowed;
use crate::support::wire::Wire;

/// Serves until the test ends; where it listens.
pub(crate) async fn start(portal: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((visitor, _)) = listener.accept().await {
            tokio::spawn(exchange(Wire::new(visitor), portal));
        }
    });
    address
}

/// One request and its response.
async fn exchange(mut visitor: Wire, portal: SocketAddr) {
    let Some(request) = visitor.head().await else { return };
    let mut portal = Wire::tcp(portal).await.unwrap();
    portal.send(request).await;
    portal.finish().await;
    while let Some(head) = portal.head().await {
        let interim = head.starts_with(b"HTTP/1.1 1") && !head.starts_with(b"HTTP/1.1 101");
        if !interim {
            visitor.send(filter(&head)).await;
            visitor.send(portal.read_to_end().await).await;
        }
    }
    visitor.finish().await;
}

fn filter(head: &[u8]) -> Vec<u8> {
    let mut filtered = Vec::new();
    let mut rest = head;
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let (line, after) = rest.split_at(end + 2);
        if passes(line) {
            filtered.extend_from_slice(line);
        }
        rest = after;
    }
    [&filtered, rest].concat()
}

fn passes(line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else { return true };
    let Some((field, value)) = line.split_once(':') else { return true };
    if !field.eq_ignore_ascii_case("set-cookie") {
        return true;
    }
    match cookie::Cookie::parse(value.trim()) {
        Ok(cookie) => is_allowed(cookie.name()) || cookie.max_age().is_some_and(cookie::time::Duration::is_zero),
        Err(_) => true,
    }
}
