//! Which connection a request goes over, and whether it goes twice.

use std::cell::RefCell;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::task::spawn_local;
use tokio::time::Instant;

use super::gate::{Gate, OK, POST, answer_each, converse, portal, read_head, worker};
use crate::telemetry::metrics::UpstreamEvent::{Connected, Retried, Reused};

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
fn a_get_goes_once_more_if_a_reused_connection_breaks() {
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
fn what_goes_once_more_is_whole_though_an_interim_response_came() {
    worker(async {
        let (seen, mut was_seen) = mpsc::unbounded_channel();
        let gate = Gate::to(
            portal(move |number, mut stream| {
                let seen = seen.clone();
                async move {
                    seen.send(read_head(&mut stream).await).unwrap();
                    stream.write_all(OK.as_bytes()).await.unwrap();
                    if number == 0 {
                        read_head(&mut stream).await;
                        stream.write_all(b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n").await.unwrap();
                    }
                }
            })
            .await,
        );
        gate.get("/").await.unwrap();
        gate.get("/").await.unwrap();
        assert_eq!(gate.events(), [Connected, Reused, Retried, Connected]);
        assert_eq!(was_seen.recv().await, was_seen.recv().await);
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
fn a_fresh_connection_that_breaks_is_an_error() {
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

/// Left to itself, tokio takes 1,024 events from the kernel at once: what is behind them, it does not know yet.
#[test]
fn what_comes_unasked_is_seen_behind_thousands_of_other_events() {
    worker(async {
        let (answered, mut was_answered) = mpsc::unbounded_channel();
        let gate = Gate::to(
            portal(move |number, mut stream| {
                let answered = answered.clone();
                async move {
                    if number > 0 {
                        return answer_each(stream, OK).await;
                    }
                    read_head(&mut stream).await;
                    stream.write_all(OK.as_bytes()).await.unwrap();
                    answered.send(stream).unwrap();
                }
            })
            .await,
        );
        gate.get("/").await.unwrap();
        let stream = was_answered.recv().await.unwrap();
        // Each can be written to, which is an event.
        let (socket, _peer) = UnixStream::pair().unwrap();
        socket.set_nonblocking(true).unwrap();
        let ready = || tokio::net::UnixStream::from_std(socket.try_clone().unwrap()).unwrap();
        let others: Vec<_> = (0..4096).map(|_| ready()).collect();
        stream.try_write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil").unwrap();
        // To close it like this waits until all has arrived.
        socket2::SockRef::from(&stream).set_linger(Some(Duration::from_mins(1))).unwrap();
        drop(stream);
        others[0].writable().await.unwrap();
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
