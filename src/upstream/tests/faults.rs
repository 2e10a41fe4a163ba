//! Portals that are down, slow or broken, and visitors who are.

use std::rc::Rc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;

use super::gate::{
    Gate, OK, answer_each, bound, config, converse, limits, nowhere, portal, read_head, read_rest, worker,
};
use crate::upstream::UpstreamError;

/// What one answer to a GET comes to.
async fn refusal(answer: &'static str) -> UpstreamError {
    let gate = Gate::to(portal(move |_, stream| answer_each(stream, answer)).await);
    gate.get("/").await.unwrap_err()
}

#[test]
fn a_refused_connection_is_502_at_once_and_recovers_by_itself() {
    worker(async {
        let socket = bound();
        let address = socket.local_addr().unwrap();
        let gate = Gate::to(address);
        let error = gate.get("/").await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.proxy_status()), (502, "connection_refused"));
        assert!(error.to_string().contains(&address.to_string()), "{error}");
        let listener = socket.listen(1).unwrap();
        tokio::task::spawn_local(async move {
            answer_each(listener.accept().await.unwrap().0, OK).await;
        });
        assert_eq!(gate.get("/").await.unwrap().0, 200);
    });
}

#[test]
fn a_silent_portal_is_504() {
    worker(async {
        let mut gate = Gate::to(
            portal(|_, mut stream| async move {
                read_head(&mut stream).await;
                read_rest(&mut stream).await;
            })
            .await,
        );
        gate.timeouts.upstream_response = Some(Duration::from_millis(10));
        let error = gate.get("/").await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.proxy_status()), (504, "http_response_timeout"));
    });
}

#[test]
fn an_unknown_name_is_told_as_such() {
    worker(async {
        let mut config = config(&[nowhere()]);
        config.connect = Some("portal.invalid:80".to_owned());
        let error = Gate::new(&config, &limits()).get("/").await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.proxy_status()), (502, "dns_error"));
    });
}

#[test]
fn a_broken_response_is_502() {
    worker(async {
        for broken in [
            "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/1.1 099 Low\r\n\r\n",
            "HTTP/1.1 700 High\r\nContent-Length: 0\r\n\r\n",
            "garbage\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX : a\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n",
        ] {
            let error = refusal(broken).await;
            assert_eq!((error.status().as_u16(), error.proxy_status()), (502, "http_protocol_error"), "{broken:?}");
        }
    });
}

#[test]
fn informational_responses_are_dropped_and_counted() {
    worker(async {
        let answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nSet-Cookie: leak=1\r\n\r\n\
                      HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        let gate = Gate::to(portal(move |_, stream| answer_each(stream, answer)).await);
        let answer =
            converse(&mut gate.visitor().await, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200") && !answer.contains("leak"), "{answer}");
        assert_eq!(gate.informational(), 2);
    });
}

#[test]
fn a_request_may_have_as_many_informational_responses_as_any_needs() {
    for (count, fits) in [(64, true), (65, false)] {
        worker(async move {
            let gate = Gate::to(
                portal(move |_, mut stream| async move {
                    read_head(&mut stream).await;
                    let interim = b"HTTP/1.1 102 Processing\r\n\r\n".repeat(count);
                    let last = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                    // The connection may be closed before the end.
                    let _ = stream.write_all(&[&interim[..], last].concat()).await;
                })
                .await,
            );
            assert_eq!(gate.get("/").await.is_ok(), fits, "{count}");
        });
    }
}

#[test]
fn a_flood_of_informational_responses_is_cut() {
    worker(async {
        let gate = Gate::to(
            portal(|_, mut stream| async move {
                read_head(&mut stream).await;
                while stream.write_all(b"HTTP/1.1 102 Processing\r\n\r\n").await.is_ok() {}
            })
            .await,
        );
        let error = gate.get("/").await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.proxy_status()), (502, "http_protocol_error"));
    });
}

#[test]
fn three_hundred_cookies_pass_and_the_limit_holds() {
    worker(async {
        let answer = |cookies: usize| {
            let lines = (0..cookies).map(|n| format!("Set-Cookie: c{n}=1\r\n")).collect::<Vec<_>>().concat();
            &*format!("HTTP/1.1 200 OK\r\n{lines}Content-Length: 2\r\n\r\nok").leak()
        };
        let (within, beyond) = (answer(300), answer(1000));
        let gate = Gate::to(portal(move |_, stream| answer_each(stream, within)).await);
        let answer =
            converse(&mut gate.visitor().await, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        assert_eq!(answer.matches("set-cookie").count(), 300);
        let error = refusal(beyond).await;
        assert_eq!((error.status().as_u16(), error.proxy_status()), (502, "http_response_header_section_size"));
    });
}

#[test]
fn a_head_without_end_is_cut_at_the_limit() {
    worker(async {
        let gate = Gate::to(
            portal(|_, mut stream| async move {
                read_head(&mut stream).await;
                stream.write_all(b"HTTP/1.1 200 OK\r\nX: ").await.unwrap();
                while stream.write_all(&[b'a'; 4096]).await.is_ok() {}
            })
            .await,
        );
        assert_eq!(gate.get("/").await.unwrap_err().proxy_status(), "http_response_header_section_size");
    });
}

#[test]
fn a_body_over_the_limit_is_413() {
    worker(async {
        let mut gate = Gate::to(
            portal(|_, mut stream| async move {
                read_rest(&mut stream).await;
            })
            .await,
        );
        gate.body_limit = Some(3);
        let request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n";
        let answer = converse(&mut gate.visitor().await, request).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        assert_eq!(gate.events().len(), 1, "a visitor's fault is not counted as the portal's");
    });
}

#[test]
fn a_visitor_who_stops_sending_is_408() {
    worker(async {
        let (half, mut has_half) = mpsc::unbounded_channel();
        let gate = Gate::to(
            portal(move |_, mut stream| {
                let half = half.clone();
                async move {
                    read_head(&mut stream).await;
                    stream.read_exact(&mut [0; 2]).await.unwrap();
                    half.send(()).unwrap();
                    read_rest(&mut stream).await;
                }
            })
            .await,
        );
        let mut visitor = gate.visitor().await;
        visitor.write_all(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo").await.unwrap();
        has_half.recv().await.unwrap();
        gate.upstream.check_bodies(Instant::now() + Duration::from_secs(59));
        gate.upstream.check_bodies(Instant::now() + Duration::from_secs(61));
        let answer = read_rest(&mut visitor).await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    });
}

#[test]
fn a_portal_that_thinks_is_not_a_body_that_stands_still() {
    worker(async {
        let (asked, mut was_asked) = mpsc::unbounded_channel();
        let answer_now = Rc::new(Notify::new());
        let told = Rc::clone(&answer_now);
        let gate = Gate::to(
            portal(move |_, mut stream| {
                let (asked, told) = (asked.clone(), Rc::clone(&told));
                async move {
                    read_head(&mut stream).await;
                    asked.send(()).unwrap();
                    told.notified().await;
                    stream.write_all(OK.as_bytes()).await.unwrap();
                }
            })
            .await,
        );
        let (answer, ()) = tokio::join!(gate.get("/"), async {
            was_asked.recv().await.unwrap();
            gate.upstream.check_bodies(Instant::now() + Duration::from_secs(200));
            answer_now.notify_one();
        });
        assert_eq!(answer.unwrap().0, 200);
    });
}
