//! Which connection a request goes over, and whether it goes twice.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::task::spawn_local;
use tokio::time::Instant;

use super::gate::{Gate, OK, answer_each, config, converse, limits, nowhere, portal, read_head, worker};
use crate::health::Failure;
use crate::telemetry::metrics::UpstreamEvent::{ConnectFailed, Connected, Ejected, Retried, Reused};

const POST: &str = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody";

#[test]
fn a_connection_is_used_again() {
    worker(async {
        let gate = Gate::to(portal(|_, stream| answer_each(stream, OK)).await);
        for _ in 0..3 {
            assert_eq!(gate.get("/").await.unwrap(), (200, "ok".to_owned()));
        }
        assert_eq!(gate.events(), [Connected, Reused, Reused]);
    });
}

#[test]
fn a_response_without_content_gives_its_connection_back() {
    worker(async {
        for answer in ["HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n"] {
            let gate = Gate::to(portal(move |_, stream| answer_each(stream, answer)).await);
            gate.get("/").await.unwrap();
            gate.get("/").await.unwrap();
            assert_eq!(gate.events(), [Connected, Reused], "{answer}");
        }
    });
}

#[test]
fn an_answer_to_head_gives_its_connection_back() {
    worker(async {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
        let gate = Gate::to(portal(move |_, stream| answer_each(stream, answer)).await);
        for _ in 0..2 {
            let head = "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            let answer = converse(&mut gate.visitor().await, head).await;
            assert!(answer.contains("content-length: 1000\r\n") && answer.ends_with("\r\n\r\n"), "{answer}");
        }
        assert_eq!(gate.events(), [Connected, Reused]);
    });
}

#[test]
fn a_get_goes_once_more_where_a_reused_connection_dies() {
    worker(async {
        let gate = Gate::to(
            portal(|number, mut stream| async move {
                if number > 0 {
                    return answer_each(stream, OK).await;
                }
                read_head(&mut stream).await;
                stream.write_all(OK.as_bytes()).await.unwrap();
                // The next request is read, and the connection closed in its face.
                read_head(&mut stream).await;
            })
            .await,
        );
        gate.get("/first").await.unwrap();
        assert_eq!(gate.get("/second").await.unwrap().0, 200);
        assert_eq!(gate.events(), [Connected, Reused, Retried, Connected]);
    });
}

#[test]
fn two_hundred_requests_survive_a_portal_that_closes_as_it_likes() {
    worker(async {
        let gate = Gate::to(
            portal(|number, mut stream| async move {
                // Answers a few, without a word of closing, and goes.
                for _ in 0..=number % 3 {
                    if read_head(&mut stream).await.is_empty() {
                        return;
                    }
                    stream.write_all(OK.as_bytes()).await.unwrap();
                }
            })
            .await,
        );
        for _ in 0..200 {
            assert_eq!(gate.get("/").await.unwrap(), (200, "ok".to_owned()));
        }
    });
}

#[test]
fn a_fresh_connection_that_dies_is_an_error() {
    worker(async {
        let requests = Rc::new(RefCell::new(0));
        let counted = Rc::clone(&requests);
        let gate = Gate::to(
            portal(move |_, mut stream| {
                let counted = Rc::clone(&counted);
                async move {
                    read_head(&mut stream).await;
                    *counted.borrow_mut() += 1;
                }
            })
            .await,
        );
        let error = gate.get("/").await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.proxy_status()), (502, "http_response_incomplete"));
        assert_eq!(*requests.borrow(), 1);
    });
}

#[test]
fn a_post_is_never_sent_twice() {
    worker(async {
        let posts = Rc::new(RefCell::new(0));
        let counted = Rc::clone(&posts);
        let address = portal(move |_, mut stream| {
            let counted = Rc::clone(&counted);
            async move {
                loop {
                    let head = read_head(&mut stream).await;
                    if head.is_empty() {
                        return;
                    }
                    if head.starts_with("POST") {
                        *counted.borrow_mut() += 1;
                        return;
                    }
                    stream.write_all(OK.as_bytes()).await.unwrap();
                }
            }
        })
        .await;
        let gate = Gate::to(address);
        gate.get("/").await.unwrap();
        gate.get("/").await.unwrap();
        let answer = converse(&mut gate.visitor().await, POST).await;
        assert!(answer.starts_with("HTTP/1.1 502"), "{answer}");
        assert_eq!(gate.events()[..3], [Connected, Reused, Reused]);
        assert!(!gate.events().contains(&Retried));
        assert_eq!(*posts.borrow(), 1);
    });
}

#[test]
fn a_post_takes_only_a_proven_connection() {
    worker(async {
        let gate = Gate::to(
            portal(|_, mut stream| async move {
                loop {
                    let head = read_head(&mut stream).await;
                    if head.starts_with("POST") {
                        stream.read_exact(&mut [0; 4]).await.unwrap();
                    } else if head.is_empty() {
                        return;
                    }
                    stream.write_all(OK.as_bytes()).await.unwrap();
                }
            })
            .await,
        );
        gate.get("/").await.unwrap();
        assert!(converse(&mut gate.visitor().await, POST).await.ends_with("ok"));
        assert_eq!(gate.events(), [Connected, Connected]);
    });
}

#[test]
fn what_follows_a_response_is_given_to_nobody() {
    worker(async {
        let gate = Gate::to(
            portal(|number, stream| async move {
                match number {
                    0 => answer_each(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil").await,
                    _ => answer_each(stream, OK).await,
                }
            })
            .await,
        );
        gate.get("/").await.unwrap();
        assert_eq!(gate.get("/").await.unwrap().1, "ok");
        assert_eq!(gate.events(), [Connected, Connected]);
    });
}

#[test]
fn a_connection_that_speaks_http_1_0_is_not_used_again() {
    worker(async {
        let answer = "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok";
        let gate = Gate::to(portal(move |_, stream| answer_each(stream, answer)).await);
        gate.get("/").await.unwrap();
        gate.get("/").await.unwrap();
        assert_eq!(gate.events(), [Connected, Connected]);
    });
}

#[test]
fn an_old_idle_connection_is_closed() {
    worker(async {
        let (closed, mut was_closed) = mpsc::unbounded_channel();
        let gate = Gate::to(
            portal(move |_, stream| {
                let closed = closed.clone();
                async move {
                    answer_each(stream, OK).await;
                    closed.send(()).unwrap();
                }
            })
            .await,
        );
        gate.get("/").await.unwrap();
        gate.upstream.tick(Instant::now() + Duration::from_secs(54));
        gate.get("/").await.unwrap();
        gate.upstream.tick(Instant::now() + Duration::from_secs(56));
        was_closed.recv().await.unwrap();
        assert_eq!(gate.events(), [Connected, Reused]);
    });
}

#[test]
fn a_connection_that_has_grown_old_is_closed_although_it_is_in_use() {
    worker(async {
        let mut gate = Gate::to(portal(|_, stream| answer_each(stream, OK)).await);
        gate.timeouts.upstream_idle = None;
        gate.get("/").await.unwrap();
        gate.upstream.tick(Instant::now() + Duration::from_mins(9));
        gate.get("/").await.unwrap();
        gate.upstream.tick(Instant::now() + Duration::from_mins(11));
        gate.get("/").await.unwrap();
        assert_eq!(gate.events(), [Connected, Reused, Connected]);
    });
}

/// Three hundred requests at once need as many connections; of those, no more than the bound stay.
#[test]
fn idle_connections_are_bounded() {
    worker(async {
        let asked = Rc::new(RefCell::new(0));
        let answer_now = Rc::new(tokio::sync::Notify::new());
        let (counted, told) = (Rc::clone(&asked), Rc::clone(&answer_now));
        let (closed, mut was_closed) = mpsc::unbounded_channel();
        let gate = Gate::to(
            portal(move |_, mut stream| {
                let (counted, told, closed) = (Rc::clone(&counted), Rc::clone(&told), closed.clone());
                async move {
                    let answered = told.notified();
                    read_head(&mut stream).await;
                    *counted.borrow_mut() += 1;
                    if *counted.borrow() == 300 {
                        told.notify_waiters();
                    } else {
                        answered.await;
                    }
                    stream.write_all(OK.as_bytes()).await.unwrap();
                    read_head(&mut stream).await;
                    let _ = closed.send(());
                }
            })
            .await,
        );
        let requests: Vec<_> = (0..300)
            .map(|_| {
                let gate = gate.clone();
                spawn_local(async move { gate.get("/").await.unwrap() })
            })
            .collect();
        for request in requests {
            request.await.unwrap();
        }
        for _ in 0..300 - 256 {
            was_closed.recv().await.unwrap();
        }
        tokio::task::yield_now().await;
        assert!(was_closed.try_recv().is_err(), "more than needed were closed");
    });
}

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

/// Whether each of so many requests, one after the other, was answered.
async fn answered(gate: &Gate, count: usize) -> Vec<bool> {
    let mut answered = Vec::new();
    for _ in 0..count {
        answered.push(gate.get("/").await.is_ok());
    }
    answered
}

/// Twelve connections are proven, then each dies under a POST, which is not sent again. Six in a row at each of two
/// endpoints would eject, were they not idle connections that a portal may close at any time.
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
fn an_ejected_endpoint_is_tried_where_no_other_can_be_reached() {
    worker(async {
        let up = portal(|_, stream| answer_each(stream, OK)).await;
        let gate = Gate::new(&config(&[nowhere().await, up]), &limits());
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
fn another_endpoint_is_tried_where_one_refuses() {
    worker(async {
        let up = portal(|_, stream| answer_each(stream, OK)).await;
        let gate = Gate::new(&config(&[nowhere().await, up]), &limits());
        for _ in 0..10 {
            assert_eq!(gate.get("/").await.unwrap().0, 200);
        }
        let refused = gate.events().iter().filter(|&&event| event == ConnectFailed).count();
        assert!(refused <= 1, "it is passed over for a while: {:?}", gate.events());
    });
}
