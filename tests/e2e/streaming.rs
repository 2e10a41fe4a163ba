//! Bodies are streamed: the first byte is sent before the last arrives, memory does not grow, and an end on one side reaches
//! the other.

use std::sync::Arc;

use bytes::Bytes;
use h2::SendStream;
use tokio::sync::{Notify, mpsc};

use crate::support::client::{Client, HOST, get};
use crate::support::http2::{Http2, piece, request};
use crate::support::wire::BodyRule;
use crate::support::{Authority, Octroi, Origin, Setup, within};

/// A portal that sends `first`, waits to be told, then sends `last`.
async fn in_two_steps(first: &'static str, last: &'static str) -> (Origin, Arc<Notify>) {
    let go = Arc::new(Notify::new());
    let waits = Arc::clone(&go);
    let origin = Origin::start(move |mut visit| {
        let waits = Arc::clone(&waits);
        async move {
            while visit.request().await.is_some() {
                visit.send(first).await;
                waits.notified().await;
                visit.send(last).await;
            }
        }
    })
    .await;
    (origin, go)
}

#[tokio::test]
async fn the_first_byte_of_a_response_is_sent_before_the_last_arrives() {
    for (first, last) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nSet-Cookie: _ga=1\r\n\r\nfirst", "last"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n", "4\r\nlast\r\n0\r\n\r\n"),
    ] {
        let (origin, go) = in_two_steps(first, last).await;
        let octroi = Octroi::before(&origin).await;
        let mut client = octroi.client().await;
        client.send(get("/", "")).await;
        client.wire.expect("first").await;
        go.notify_one();
        client.wire.expect("last").await;
    }
}

#[tokio::test]
async fn the_head_is_sent_before_any_byte_of_the_body() {
    let (origin, go) = in_two_steps("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", "end").await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send(get("/", "")).await;
    client.wire.expect("\r\n\r\n").await;
    go.notify_one();
    client.wire.expect("end").await;
}

#[tokio::test]
async fn http2_streams_in_both_directions() {
    let (origin, go) = in_two_steps("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst", "last").await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let (response, _) = client.begin(request("GET", "/", &[]), true).await;
    let mut body = within("a head", response).await.unwrap().into_body();
    assert_eq!(&piece(&mut body).await[..], b"first");
    go.notify_one();
    assert_eq!(&piece(&mut body).await[..], b"last");
}

/// A portal that reports each piece of an upload as it is received, then answers.
async fn reporting() -> (Origin, mpsc::UnboundedReceiver<Vec<u8>>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let origin = Origin::start(move |mut visit| {
        let sender = sender.clone();
        async move {
            visit.head().await;
            for mark in ["first", "last"] {
                sender.send(visit.wire.until(mark.as_bytes()).await).unwrap();
            }
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone").await;
            visit.closed().await;
        }
    })
    .await;
    (origin, receiver)
}

#[tokio::test]
async fn the_first_byte_of_an_upload_reaches_the_portal_before_the_last_is_sent() {
    let (origin, mut pieces) = reporting().await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n").await;
    assert!(within("the first piece", pieces.recv()).await.unwrap().ends_with(b"first"));
    client.send("4\r\nlast\r\n0\r\n\r\n").await;
    assert!(within("the last piece", pieces.recv()).await.unwrap().ends_with(b"last"));
    assert_eq!(client.response().await.text(), "done");
}

#[tokio::test]
async fn an_http2_upload_streams_too() {
    let (origin, mut pieces) = reporting().await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let (response, mut upload) = client.begin(request("POST", "/", &[]), false).await;
    upload.send_data(Bytes::from_static(b"first"), false).unwrap();
    assert!(within("the first piece", pieces.recv()).await.unwrap().ends_with(b"first"));
    upload.send_data(Bytes::from_static(b"last"), true).unwrap();
    within("the last piece", pieces.recv()).await.unwrap();
    assert_eq!(within("a response", response).await.unwrap().status(), 200);
}

/// A portal whose every answer is a chunked export of this many bytes.
async fn exporting(bytes: usize) -> Origin {
    Origin::start(move |mut visit| async move {
        const CHUNK: usize = 64 * 1024;
        let chunk = [format!("{CHUNK:x}\r\n").into_bytes(), vec![b'x'; CHUNK], b"\r\n".to_vec()].concat();
        while visit.request().await.is_some() {
            visit.send("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n").await;
            for _ in 0..bytes / CHUNK {
                if visit.wire.try_send(&chunk).await.is_err() {
                    return;
                }
            }
            visit.send("0\r\n\r\n").await;
        }
    })
    .await
}

const MIB: usize = 1024 * 1024;
/// Far above what two streams need, far below what is sent.
const FLAT_KIB: u64 = 32 * 1024;

#[tokio::test]
async fn a_gibibyte_export_passes_in_flat_memory() {
    let origin = exporting(1024 * MIB).await;
    let octroi = Octroi::before(&origin).await;
    octroi.client().await.send(get("/warm-up", "")).await;
    let before = octroi.memory_kib("VmHWM");
    let mut client = octroi.client().await;
    client.send(get("/export", "Connection: close\r\n")).await;
    let received = client.wire.count_to_end().await;
    assert!(received > 1024 * MIB as u64, "only {received} bytes came");
    let grown = octroi.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < FLAT_KIB, "memory grew by {grown} KiB");
}

#[tokio::test]
async fn a_slow_reader_slows_the_portal_instead_of_filling_memory() {
    let origin = exporting(1024 * MIB).await;
    let octroi = Octroi::before(&origin).await;
    let before = octroi.memory_kib("VmHWM");
    let mut slow = octroi.client().await;
    slow.send(get("/slow", "")).await;
    let mut slow_h2 = Http2::connect(octroi.address).await;
    let (response, _) = slow_h2.begin(request("GET", "/slow", &[]), true).await;
    let mut slow_h2_body = within("a head", response).await.unwrap().into_body();
    // While others download everything, the slow ones read a little now and then.
    for _ in 0..2 {
        slow.wire.take(64 * 1024).await;
        piece(&mut slow_h2_body).await;
        let mut fast = octroi.client().await;
        fast.send(get("/fast", "Connection: close\r\n")).await;
        assert!(fast.wire.count_to_end().await > 100 * MIB as u64);
    }
    let grown = octroi.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < FLAT_KIB, "memory grew by {grown} KiB");
}

#[tokio::test]
async fn a_gibibyte_upload_passes_in_flat_memory() {
    let origin = Origin::start(|mut visit| async move {
        visit.head().await;
        assert!(visit.wire.discard(1024 * MIB).await, "the upload broke off");
        visit.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone").await;
        visit.closed().await;
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let before = octroi.memory_kib("VmHWM");
    let mut client = octroi.client().await;
    client.send(format!("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: {}\r\n\r\n", 1024 * MIB)).await;
    let chunk = vec![b'u'; MIB];
    for _ in 0..1024 {
        client.send(&chunk).await;
    }
    assert_eq!(client.response().await.text(), "done");
    let grown = octroi.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < FLAT_KIB, "memory grew by {grown} KiB");
}

/// Sends this many pieces as fast as the peer's windows allow. Returns the bytes that were sent.
async fn pour(upload: &mut SendStream<Bytes>, pieces: usize) -> usize {
    let piece = Bytes::from(vec![b'u'; MIB]);
    let mut sent = 0;
    while sent < pieces * MIB {
        upload.reserve_capacity(MIB);
        let Some(Ok(room)) = std::future::poll_fn(|cx| upload.poll_capacity(cx)).await else { break };
        let room = room.min(MIB).min(pieces * MIB - sent);
        upload.send_data(piece.slice(..room), sent + room >= pieces * MIB).unwrap();
        sent += room;
    }
    sent
}

#[tokio::test]
async fn a_gibibyte_passes_over_http2_in_flat_memory_both_ways() {
    let origin = Origin::start(|mut visit| async move {
        visit.head().await;
        // Chunked: a little more than the bytes.
        assert!(visit.wire.discard(1024 * MIB).await, "the upload broke off");
        visit.wire.until(b"\r\n0\r\n\r\n").await;
        visit.send(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", 1024 * MIB)).await;
        let chunk = vec![b'x'; MIB];
        while visit.wire.try_send(&chunk).await.is_ok() {}
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let before = octroi.memory_kib("VmHWM");
    let (response, mut upload) = client.begin(request("POST", "/", &[]), false).await;
    assert_eq!(pour(&mut upload, 1024).await, 1024 * MIB);
    let mut body = within("a head", response).await.unwrap().into_body();
    let mut received = 0;
    while received < 1024 * MIB {
        received += piece(&mut body).await.len();
    }
    let grown = octroi.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < FLAT_KIB, "memory grew by {grown} KiB");
}

#[tokio::test]
async fn a_portal_that_reads_nothing_slows_uploads_instead_of_filling_memory() {
    let origin = Origin::start(|mut visit| async move {
        let Some(head) = visit.head().await else { return };
        if head.target() == "/stuck" {
            return std::future::pending().await;
        }
        assert!(visit.wire.discard(128 * MIB).await, "the upload broke off");
        visit.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndone").await;
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let before = octroi.memory_kib("VmHWM");
    let post = |path| format!("POST {path} HTTP/1.1\r\nHost: h\r\nContent-Length: {}\r\n\r\n", 128 * MIB);
    let mut stuck = octroi.client().await;
    stuck.send(post("/stuck")).await;
    let mut stuck_h2 = Http2::connect(octroi.address).await;
    let (_response, mut upload) = stuck_h2.begin(request("POST", "/stuck", &[]), false).await;
    let mut other = octroi.client().await;
    other.send(post("/")).await;
    let chunk = vec![b'u'; MIB];
    let passing = async {
        for _ in 0..128 {
            other.send(&chunk).await;
        }
        assert_eq!(other.response().await.text(), "done");
    };
    let held_back = async { while stuck.wire.try_send(&chunk).await.is_ok() {} };
    tokio::select! {
        () = passing => {}
        () = held_back => panic!("the upload broke off"),
        sent = pour(&mut upload, 128) => panic!("{sent} bytes went nowhere"),
    }
    let grown = octroi.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < FLAT_KIB, "memory grew by {grown} KiB");
}

/// A portal that tells when octroi has closed its connection; it answers with `head` first.
async fn telling_its_end(head: &'static str) -> (Origin, mpsc::UnboundedReceiver<()>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let origin = Origin::start(move |mut visit| {
        let sender = sender.clone();
        async move {
            if visit.head().await.is_some() {
                visit.send(head).await;
                visit.closed().await;
                sender.send(()).unwrap();
            }
        }
    })
    .await;
    (origin, receiver)
}

#[tokio::test]
async fn a_visitor_who_leaves_is_noticed_by_the_portal() {
    let authority = Authority::new();
    let post = format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 4\r\n\r\nbody");
    for head in ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome"] {
        let (origin, mut ended) = telling_its_end(head).await;
        let setup = Setup::before(&origin).tls(&authority, &[&[HOST]]);
        let socket = setup.directory().join("octroi.sock");
        let octroi = setup.and_listener(&format!("address = \"unix:{}\"", socket.display())).start().await;
        let visits = [
            (octroi.client().await, get("/", "")),
            (octroi.client().await, post.clone()),
            (Client::connect_tls(octroi.tls, HOST, authority.client(&["http/1.1"])).await, get("/", "")),
            (Client::connect_unix(&socket).await, get("/", "")),
        ];
        for (number, (mut client, request)) in (1..).zip(visits) {
            client.send(request).await;
            origin.nth(number).await;
            drop(client);
            within("the portal's connection to end", ended.recv()).await.unwrap();
        }
        let left = |line: &&String| line.contains("client_closed");
        octroi.stdout.until("the access log", |lines| lines.iter().filter(left).count() == 4).await;
    }
}

#[tokio::test]
async fn pipelined_requests_during_a_response_are_answered_in_turn() {
    let (origin, go) = in_two_steps("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst", "last").await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send(get("/1", "")).await;
    origin.nth(1).await;
    client.send([get("/2", ""), get("/3", "")].concat()).await;
    for _ in 0..3 {
        go.notify_one();
        assert_eq!(client.response().await.text(), "firstlast");
    }
}

#[tokio::test]
async fn an_http2_stream_that_is_reset_is_noticed_and_its_connection_stays_open() {
    let (origin, mut ended) = telling_its_end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome").await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let (response, mut stream) = client.begin(request("GET", "/", &[]), true).await;
    let mut body = within("a head", response).await.unwrap().into_body();
    piece(&mut body).await;
    stream.send_reset(h2::Reason::CANCEL);
    drop(body);
    within("the portal's connection to end", ended.recv()).await.unwrap();
    let (again, _) = client.begin(request("GET", "/again", &[]), true).await;
    assert_eq!(within("a head", again).await.unwrap().status(), 200);
}

#[tokio::test]
async fn an_http2_visitor_who_leaves_before_the_head_is_noticed_too() {
    for leaves_whole in [false, true] {
        let (origin, mut ended) = telling_its_end("").await;
        let octroi = Octroi::before(&origin).await;
        let mut client = Http2::connect(octroi.address).await;
        let (response, mut stream) = client.begin(request("GET", "/", &[]), true).await;
        origin.nth(1).await;
        if leaves_whole {
            client.leave();
        } else {
            stream.send_reset(h2::Reason::CANCEL);
        }
        within("the portal's connection to end", ended.recv()).await.unwrap();
        drop(response);
    }
}

#[tokio::test]
async fn an_aborted_upload_is_aborted_at_the_portal() {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let origin = Origin::start(move |mut visit| {
        let sender = sender.clone();
        async move { sender.send(visit.wire.message(BodyRule::Request).await).unwrap() }
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n").await;
    drop(client);
    let seen = within("the portal's connection to end", receiver.recv()).await.unwrap();
    assert!(seen.is_none_or(|request| !request.complete), "half an upload looked whole");
}

#[tokio::test]
async fn an_early_answer_arrives_while_the_upload_is_still_running() {
    let origin = Origin::start(|mut visit| async move {
        visit.head().await;
        visit.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nSet-Cookie: _ga=1\r\n\r\nno").await;
        visit.closed().await;
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nbeginning").await;
    let response = client.response().await;
    assert_eq!((response.status(), response.text().as_str(), response.set_cookies().len()), (403, "no", 0));
}

#[tokio::test]
async fn events_arrive_one_by_one() {
    let (sender, receiver) = mpsc::unbounded_channel::<String>();
    let events = Arc::new(tokio::sync::Mutex::new(receiver));
    let origin = Origin::start(move |mut visit| {
        let events = Arc::clone(&events);
        async move {
            visit.request().await;
            visit.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n").await;
            while let Some(event) = events.lock().await.recv().await {
                visit.send(event).await;
            }
        }
    })
    .await;
    let octroi = Setup::before(&origin).start().await;
    let mut client = octroi.client().await;
    client.send(get("/", "Accept: text/event-stream\r\n")).await;
    for number in 0..100 {
        sender.send(format!("data: {number}\n\n")).unwrap();
        client.wire.expect(&format!("data: {number}\n\n")).await;
    }
}
