//! Bodies: whole, cut, endless, early, abandoned.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use bytes::Buf;
use http::Request;
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::gate::{Gate, OK, answer_each, converse, portal, read_head, read_rest, worker};
use crate::telemetry::metrics::UpstreamEvent::{BodyTimeout, Connected, ConnectionLost, Reused};
use crate::upstream::{Buffered, RequestBody, ResponseBody, ResponseBodyError, UpstreamResponse};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

/// A portal that sends `answer` and closes the connection.
async fn closing(answer: &'static str) -> Gate {
    Gate::to(
        portal(move |_, mut stream| async move {
            read_head(&mut stream).await;
            stream.write_all(answer.as_bytes()).await.unwrap();
        })
        .await,
    )
}

fn request() -> Request<RequestBody> {
    Request::builder().uri("/").header("host", "a").body(RequestBody::empty()).unwrap()
}

#[test]
fn a_cut_body_does_not_look_like_an_end() {
    worker(async {
        for answer in [
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        ] {
            let gate = closing(answer).await;
            let mut body = gate.send(request()).await.unwrap().into_body();
            let half = body.frame().await.unwrap().unwrap().into_data().unwrap();
            assert_eq!(half.chunk(), b"half");
            assert!(matches!(body.frame().await, Some(Err(ResponseBodyError::Aborted(_)))));
            assert_eq!(gate.events(), [Connected, ConnectionLost]);
        }
    });
}

#[test]
fn no_cookie_comes_with_the_trailers() {
    worker(async {
        let gate = closing(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: set-cookie, x-sum\r\n\r\n\
             2\r\nok\r\n0\r\nSet-Cookie: leak=1\r\nX-Sum: 7\r\n\r\n",
        )
        .await;
        let body = gate.send(request()).await.unwrap().into_body().collect().await.unwrap();
        let trailers = body.trailers().unwrap();
        assert_eq!(trailers.len(), 1);
        assert_eq!(trailers["x-sum"], "7");
    });
}

#[test]
fn a_visitor_who_goes_away_is_noticed_by_the_portal() {
    worker(async {
        let (gone, mut was_gone) = mpsc::unbounded_channel();
        let gate = Gate::to(
            portal(move |_, mut stream| {
                let gone = gone.clone();
                async move {
                    read_head(&mut stream).await;
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nfirst").await.unwrap();
                    read_rest(&mut stream).await;
                    gone.send(()).unwrap();
                }
            })
            .await,
        );
        let mut visitor = gate.visitor().await;
        visitor.write_all(GET.as_bytes()).await.unwrap();
        read_head(&mut visitor).await;
        drop(visitor);
        was_gone.recv().await.unwrap();
    });
}

#[test]
fn a_visitor_who_does_not_wait_for_the_head_is_noticed_too() {
    worker(async {
        let (told, mut hears) = mpsc::unbounded_channel();
        let gate = Gate::to(
            portal(move |_, mut stream| {
                let told = told.clone();
                async move {
                    read_head(&mut stream).await;
                    told.send("asked").unwrap();
                    read_rest(&mut stream).await;
                    told.send("gone").unwrap();
                }
            })
            .await,
        );
        let mut visitor = gate.visitor().await;
        visitor.write_all(GET.as_bytes()).await.unwrap();
        assert_eq!(hears.recv().await, Some("asked"));
        drop(visitor);
        assert_eq!(hears.recv().await, Some("gone"));
    });
}

#[test]
fn a_switch_of_protocols_loses_no_byte() {
    worker(async {
        let gate = Gate::to(
            portal(|_, mut stream| async move {
                assert!(read_head(&mut stream).await.contains("upgrade: websocket\r\n"));
                let answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
                stream.write_all(format!("{answer}at once").as_bytes()).await.unwrap();
                let mut said = [0; 5];
                stream.read_exact(&mut said).await.unwrap();
                stream.write_all(&said).await.unwrap();
            })
            .await,
        );
        let mut request = request();
        request.headers_mut().insert("connection", "upgrade".parse().unwrap());
        request.headers_mut().insert("upgrade", "websocket".parse().unwrap());
        let UpstreamResponse { head, mut lease, .. } = gate.ask(request).await.unwrap();
        assert_eq!(head.response.status(), 101);
        let mut portal = lease.switch().unwrap();
        drop(lease);
        gate.upstream.check_bodies(Instant::now() + Duration::from_hours(1));
        portal.write_all(b" echo").await.unwrap();
        let mut heard = String::new();
        portal.read_to_string(&mut heard).await.unwrap();
        assert_eq!(heard, "at once echo");
    });
}

#[test]
fn an_endless_body_waits_for_its_reader() {
    const MIB: usize = 1 << 20;
    worker(async {
        let written = Rc::new(Cell::new(0));
        let counted = Rc::clone(&written);
        let gate = Gate::to(
            portal(move |_, mut stream| {
                let counted = Rc::clone(&counted);
                async move {
                    read_head(&mut stream).await;
                    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
                    let block = vec![b'a'; 64 << 10];
                    while stream.write_all(&block).await.is_ok() {
                        counted.set(counted.get() + block.len());
                    }
                }
            })
            .await,
        );
        let mut visitor = gate.visitor().await;
        visitor.write_all(GET.as_bytes()).await.unwrap();
        let mut block = vec![0; MIB];
        for read in 1..=128 {
            visitor.read_exact(&mut block).await.unwrap();
            // The kernel's buffers on both sides are a few MiB each; octroi's are not to be seen beside them.
            let ahead = written.get().saturating_sub(read * MIB);
            assert!(ahead < 24 * MIB, "{ahead} bytes are held between portal and visitor");
        }
    });
}

/// Reads are large for visitors who take what comes, however many there are; those who take nothing leave little for others.
#[test]
fn contents_are_read_in_large_pieces_as_long_as_few_wait() {
    const LARGE: usize = 256 << 10;
    const SMALL: usize = 8 << 10;
    const MANY: usize = 64;
    async fn piece(body: &mut ResponseBody) -> Buffered {
        body.frame().await.unwrap().unwrap().into_data().unwrap()
    }
    worker(async {
        let gate = Gate::to(
            portal(|_, mut stream| async move {
                read_head(&mut stream).await;
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n").await.unwrap();
                let block = vec![b'a'; 64 << 10];
                while stream.write_all(&block).await.is_ok() {}
            })
            .await,
        );
        let body = || async { gate.send(request()).await.unwrap().into_body() };
        let mut all = Vec::new();
        for _ in 0..MANY {
            let mut body = body().await;
            while piece(&mut body).await.remaining() < LARGE {}
            all.push(body);
        }
        let mut waiting = Vec::new();
        for body in &mut all {
            waiting.push(piece(body).await);
        }
        let mut late = body().await;
        for _ in 0..200 {
            assert!(piece(&mut late).await.remaining() <= SMALL);
        }
        assert!(waiting.iter().map(Buf::remaining).sum::<usize>() <= MANY * SMALL + 2 * LARGE);
        waiting.clear();
        while piece(&mut late).await.remaining() < LARGE {}
    });
}

#[test]
fn a_body_that_stands_still_is_given_up() {
    worker(async {
        let gate = Gate::to(
            portal(|_, mut stream| async move {
                read_head(&mut stream).await;
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nfirst").await.unwrap();
                read_rest(&mut stream).await;
            })
            .await,
        );
        let mut body = gate.send(request()).await.unwrap().into_body();
        body.frame().await.unwrap().unwrap();
        gate.upstream.check_bodies(Instant::now() + Duration::from_secs(59));
        gate.upstream.check_bodies(Instant::now() + Duration::from_secs(61));
        assert!(matches!(body.frame().await, Some(Err(ResponseBodyError::Idle))));
        assert_eq!(gate.events(), [Connected, BodyTimeout]);
    });
}

#[test]
fn a_portal_is_let_go_if_the_visitor_takes_nothing() {
    worker(async {
        let (gone, mut was_gone) = mpsc::unbounded_channel();
        let gate = Gate::to(
            portal(move |_, mut stream| {
                let gone = gone.clone();
                async move {
                    read_head(&mut stream).await;
                    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
                    while stream.write_all(&[b'a'; 4096]).await.is_ok() {}
                    gone.send(()).unwrap();
                }
            })
            .await,
        );
        let body = gate.send(request()).await.unwrap().into_body();
        gate.upstream.check_bodies(Instant::now() + Duration::from_secs(61));
        was_gone.recv().await.unwrap();
        drop(body);
    });
}

#[test]
fn an_early_answer_ends_the_upload() {
    worker(async {
        let gate = Gate::to(
            portal(|number, mut stream| async move {
                read_head(&mut stream).await;
                if number == 0 {
                    stream.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno").await.unwrap();
                    read_rest(&mut stream).await;
                } else {
                    stream.write_all(OK.as_bytes()).await.unwrap();
                }
            })
            .await,
        );
        let mut visitor = gate.visitor().await;
        visitor.write_all(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nbegin").await.unwrap();
        assert!(read_head(&mut visitor).await.starts_with("HTTP/1.1 403"));
        assert_eq!(gate.get("/").await.unwrap().0, 200);
        assert_eq!(gate.events(), [Connected, Connected]);
    });
}

/// A visitor may send everything before reading anything, when the response is stuck on its way.
#[test]
fn an_upload_goes_on_behind_the_head_of_its_response() {
    const LENGTH: usize = 32 << 20;
    worker(async {
        let gate = Gate::to(
            portal(|_, mut stream| async move {
                read_head(&mut stream).await;
                let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {LENGTH}\r\n\r\n");
                stream.write_all(answer.as_bytes()).await.unwrap();
                let (mut upload, mut response) = stream.split();
                let (mut taken, content) = (vec![0; LENGTH], vec![b'a'; LENGTH]);
                let (read, written) = tokio::join!(upload.read_exact(&mut taken), response.write_all(&content));
                read.and(written.map(|()| 0)).unwrap();
                answer_each(stream, OK).await;
            })
            .await,
        );
        let mut visitor = gate.visitor().await;
        let head = format!("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: {LENGTH}\r\n\r\n");
        visitor.write_all(head.as_bytes()).await.unwrap();
        assert!(read_head(&mut visitor).await.starts_with("HTTP/1.1 200"));
        visitor.write_all(&vec![b'b'; LENGTH]).await.unwrap();
        visitor.read_exact(&mut vec![0; LENGTH]).await.unwrap();
        // All has gone through: the connection is as good as any.
        assert_eq!(gate.get("/").await.unwrap().0, 200);
        assert_eq!(gate.events(), [Connected, Reused]);
    });
}

#[test]
fn a_body_keeps_its_framing() {
    worker(async {
        let (seen, mut was_seen) = mpsc::unbounded_channel();
        let gate = Gate::to(
            portal(move |_, mut stream| {
                let seen = seen.clone();
                async move {
                    let head = read_head(&mut stream).await;
                    let mut body = vec![0; if head.contains("chunked") { 14 } else { 4 }];
                    stream.read_exact(&mut body).await.unwrap();
                    stream.write_all(OK.as_bytes()).await.unwrap();
                    seen.send((head, String::from_utf8(body).unwrap())).unwrap();
                }
            })
            .await,
        );
        // A GET with a body of unknown length is what hyper would send without its body.
        let chunked = "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
                       4\r\nbody\r\n0\r\n\r\n";
        assert!(converse(&mut gate.visitor().await, chunked).await.ends_with("ok"));
        let (head, body) = was_seen.recv().await.unwrap();
        assert!(head.contains("transfer-encoding: chunked\r\n"), "{head}");
        assert_eq!(body, "4\r\nbody\r\n0\r\n\r\n");

        let sized = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody";
        assert!(converse(&mut gate.visitor().await, sized).await.ends_with("ok"));
        let (head, body) = was_seen.recv().await.unwrap();
        assert!(head.contains("content-length: 4\r\n") && !head.contains("transfer-encoding"), "{head}");
        assert_eq!(body, "body");
    });
}
