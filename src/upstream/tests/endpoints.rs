//! Several endpoints: what ejects one of them, what does not, and where a request goes instead.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::task::spawn_local;

use super::gate::{Gate, OK, POST, answer_each, config, converse, limits, nowhere, portal, read_head, worker};
use crate::health::Failure;
use crate::telemetry::metrics::UpstreamEvent::{ConnectFailed, Ejected, Retried};

#[test]
fn broken_exchanges_eject_an_endpoint_and_what_the_visitor_breaks_does_not() {
    worker(async {
        let broken = portal(|_, mut stream| async move { drop(read_head(&mut stream).await) }).await;
        let up = portal(|_, stream| answer_each(stream, OK)).await;
        let mut gate = Gate::new(&config(&[broken, up]), &limits());
        gate.body_limit = Some(3);
        for _ in 0..20 {
            assert!(converse(&mut gate.visitor().await, POST).await.starts_with("HTTP/1.1 413"));
        }
        assert!(!gate.events().contains(&Ejected));
        let statuses: Vec<_> = answered(&gate, 40).await;
        let failed = statuses.iter().filter(|ok| !**ok).count();
        assert_eq!((failed, gate.events().iter().filter(|event| **event == Ejected).count()), (5, 1));
    });
}

/// Sends this many requests, one after the other. Returns whether each was answered.
async fn answered(gate: &Gate, count: usize) -> Vec<bool> {
    let mut answered = Vec::new();
    for _ in 0..count {
        answered.push(gate.get("/").await.is_ok());
    }
    answered
}

/// Twelve connections are proven, then each is closed under a POST, which is not sent again. Six in a row at each of
/// two endpoints would eject, were they not idle connections that a portal may close at any time.
#[test]
fn an_idle_connection_that_was_closed_is_not_held_against_the_endpoint() {
    worker(async {
        let asked = Rc::new(RefCell::new(0));
        let all_asked = Rc::new(tokio::sync::Notify::new());
        let dying = move |_, mut stream: tokio::net::TcpStream| {
            let (asked, all_asked) = (Rc::clone(&asked), Rc::clone(&all_asked));
            async move {
                let others = all_asked.notified();
                read_head(&mut stream).await;
                *asked.borrow_mut() += 1;
                if *asked.borrow() == 12 {
                    all_asked.notify_waiters();
                } else {
                    others.await;
                }
                stream.write_all(OK.as_bytes()).await.unwrap();
                read_head(&mut stream).await;
                stream.write_all(OK.as_bytes()).await.unwrap();
                read_head(&mut stream).await;
            }
        };
        let gate = Gate::new(&config(&[portal(dying.clone()).await, portal(dying).await]), &limits());
        for _ in 0..2 {
            let visitors: Vec<_> = (0..12).map(|_| gate.clone()).collect();
            let requests = visitors.into_iter().map(|gate| spawn_local(async move { gate.get("/").await.unwrap() }));
            for request in requests.collect::<Vec<_>>() {
                request.await.unwrap();
            }
        }
        for _ in 0..12 {
            assert!(converse(&mut gate.visitor().await, POST).await.starts_with("HTTP/1.1 502"));
        }
        assert!(!gate.events().contains(&Ejected) && !gate.events().contains(&Retried), "{:?}", gate.events());
    });
}

#[test]
fn a_body_that_is_cut_again_and_again_ejects() {
    worker(async {
        let cut = portal(|_, mut stream| async move {
            read_head(&mut stream).await;
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").await.unwrap();
        })
        .await;
        let up = portal(|_, stream| answer_each(stream, OK)).await;
        let gate = Gate::new(&config(&[cut, up]), &limits());
        for _ in 0..20 {
            let request = http::Request::builder().uri("/").header("host", "a");
            let response = gate.send(request.body(crate::upstream::RequestBody::empty()).unwrap()).await.unwrap();
            let _ = http_body_util::BodyExt::collect(response.into_body()).await;
        }
        assert_eq!(gate.events().iter().filter(|event| **event == Ejected).count(), 1, "{:?}", gate.events());
    });
}

#[test]
fn an_ejected_endpoint_is_tried_if_no_other_can_be_reached() {
    worker(async {
        let up = portal(|_, stream| answer_each(stream, OK)).await;
        let gate = Gate::new(&config(&[nowhere(), up]), &limits());
        // The one that works is held to be out, as it was a moment ago.
        gate.reports.health.failed(1, Failure::Unreachable, std::time::Instant::now());
        assert_eq!(gate.get("/").await.unwrap().0, 200);
        assert!(
            gate.reports.health.share(1, std::time::Instant::now() + Duration::from_millis(2)) > 0,
            "it has answered"
        );
    });
}

#[test]
fn a_retry_may_go_to_another_endpoint() {
    worker(async {
        let connections = Rc::new(RefCell::new(0));
        let counted = Rc::clone(&connections);
        let dying = portal(move |number, mut stream| {
            *counted.borrow_mut() = number + 1;
            async move {
                read_head(&mut stream).await;
                stream.write_all(OK.as_bytes()).await.unwrap();
                read_head(&mut stream).await;
            }
        })
        .await;
        let up = portal(|_, stream| answer_each(stream, OK)).await;
        let gate = Gate::new(&config(&[dying, up]), &limits());
        while !gate.events().contains(&Retried) {
            assert_eq!(gate.get("/").await.unwrap().0, 200);
        }
        assert_eq!(*connections.borrow(), 1, "the retry went back to where the request had failed");
    });
}

#[test]
fn another_endpoint_is_tried_if_one_refuses() {
    worker(async {
        let up = portal(|_, stream| answer_each(stream, OK)).await;
        let gate = Gate::new(&config(&[nowhere(), up]), &limits());
        for _ in 0..10 {
            assert_eq!(gate.get("/").await.unwrap().0, 200);
        }
        let refused = gate.events().iter().filter(|&&event| event == ConnectFailed).count();
        assert!(refused <= 1, "it is passed over for a while: {:?}", gate.events());
    });
}
