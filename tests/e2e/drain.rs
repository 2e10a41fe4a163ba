//! SIGTERM: requests in flight are finished, no new ones are accepted, and the exit code is 0.

use std::sync::Arc;

use tokio::net::TcpSocket;
use tokio::sync::Notify;

use crate::support::client::get;
use crate::support::frames::{Frame, Frames, GOOD};
use crate::support::http2::{Http2, piece, request};
use crate::support::load::{BODY, NAME};
use crate::support::origin::ok;
use crate::support::wire::Wire;
use crate::support::{Authority, Load, Octroi, Origin, Setup, within};

/// A portal whose responses begin at once and end when told.
async fn held() -> (Origin, Arc<Notify>) {
    let go = Arc::new(Notify::new());
    let waits = Arc::clone(&go);
    let origin = Origin::start(move |mut visit| {
        let waits = Arc::clone(&waits);
        async move {
            while visit.request().await.is_some() {
                visit.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst").await;
                waits.notified().await;
                visit.send("last").await;
            }
        }
    })
    .await;
    (origin, go)
}

/// Waits until no new connection is accepted. Each that still is ends with the drain: more of them would fill the queue of
/// a listener whose worker has not had its turn yet, and the kernel lets a client of a full one wait for long.
pub(super) async fn refuses(octroi: &Octroi) {
    let connecting = async {
        while let Ok(mut wire) = Wire::tcp(octroi.address).await {
            wire.is_closed().await;
        }
    };
    within("new connections to be refused", connecting).await;
}

#[tokio::test]
async fn a_streaming_response_is_finished() {
    let (origin, go) = held().await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send(get("/", "")).await;
    client.wire.expect("first").await;
    octroi.terminate();
    refuses(&octroi).await;
    go.notify_one();
    client.wire.expect("last").await;
    assert!(client.wire.is_closed().await, "the connection ends with its last response");
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn an_http2_stream_is_finished_and_the_connection_gets_goaway() {
    let (origin, go) = held().await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let (response, _) = client.begin(request("GET", "/", &[]), true).await;
    let mut body = within("a head", response).await.unwrap().into_body();
    piece(&mut body).await;
    octroi.terminate();
    let goodbye = async {
        while client.requests.clone().ready().await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    within("GOAWAY", goodbye).await;
    go.notify_one();
    assert_eq!(&piece(&mut body).await[..], b"last");
    assert!(within("the end of the stream", body.data()).await.is_none());
    client.ended_by_peer().await.expect("an error in place of a goodbye");
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn idle_connections_do_not_delay_the_end() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let mut idle = octroi.client().await;
    idle.get("/", "").await.assert_status(200);
    let silent = octroi.client().await;
    let mut idle_h2 = Http2::connect(octroi.address).await;
    idle_h2.get("/", &[]).await;
    octroi.terminate();
    assert!(idle.wire.is_closed().await);
    idle_h2.ended_by_peer().await.expect("GOAWAY without an error");
    assert_eq!(octroi.exit_code().await, Some(0));
    drop(silent);
}

#[tokio::test]
async fn an_upload_in_progress_is_finished() {
    let origin = Origin::always(ok("", "stored")).await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n").await;
    client.wire.expect("100 Continue\r\n\r\n").await;
    octroi.terminate();
    refuses(&octroi).await;
    client.send("body").await;
    let response = client.response().await;
    assert_eq!((response.text().as_str(), response.field("connection").as_deref()), ("stored", Some("close")));
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn sigint_drains_as_well() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    octroi.client().await.get("/", "").await.assert_status(200);
    octroi.signal("INT");
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn exchanges_that_do_not_end_are_ended_at_the_deadline() {
    let (origin, _go) = held().await;
    let octroi = Setup::before(&origin).toml("[timeouts]\ndrain = \"500ms\"").start().await;
    let mut client = octroi.client().await;
    client.send(get("/", "")).await;
    client.wire.expect("first").await;
    octroi.terminate();
    let rest = client.wire.read_to_end().await;
    assert!(!rest.ends_with(b"last"));
    // Whether a cut drain is a finding is the operator's reading; it must end, and not by a crash.
    assert!(octroi.exit_code().await.is_some());
}

#[tokio::test]
async fn a_tunnel_is_drained_with_the_rest() {
    let origin = Origin::start(|mut visit| async move {
        visit.head().await;
        visit.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n").await;
        let bytes = visit.wire.take(4).await;
        visit.send(bytes).await;
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send(get("/", "Connection: Upgrade\r\nUpgrade: websocket\r\n")).await;
    client.response().await.assert_status(101);
    octroi.terminate();
    refuses(&octroi).await;
    client.send("ping").await;
    assert_eq!(client.wire.read_to_end().await, b"ping");
    drop(client);
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn under_load_no_request_that_was_taken_fails() {
    let (origin, authority) = (Origin::always(ok("", BODY)).await, Authority::new());
    let octroi = Setup::before(&origin).tls(&authority, &[&[NAME]]).start().await;
    let load = Load::start(octroi.address, octroi.tls, &authority, 4);
    load.answers(100).await;
    load.expect_the_end();
    octroi.terminate();
    let tally = load.gone().await;
    println!("{tally:?}");
    assert!(tally.failures.is_empty() && tally.crossed == 0, "{tally:#?}");
    assert_eq!(octroi.exit_code().await, Some(0));
}

/// Its head had left before the drain, so that it could not say `Connection: close`: the visitor knows of nothing.
#[tokio::test]
async fn a_request_after_a_response_in_progress_is_answered() {
    let (origin, go) = held().await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send(get("/", "")).await;
    client.wire.expect("first").await;
    octroi.terminate();
    refuses(&octroi).await;
    go.notify_one();
    client.wire.expect("last").await;
    client.send(get("/", "")).await;
    go.notify_one();
    let response = client.response().await;
    assert_eq!((response.status(), response.field("connection").as_deref()), (200, Some("close")));
    assert!(client.wire.is_closed().await);
    assert_eq!(octroi.exit_code().await, Some(0));
}

/// A byte that comes after a socket is closed would be answered with a reset, and the rest of the response be lost.
#[tokio::test]
async fn the_end_of_an_http2_response_arrives_while_its_visitor_still_sends() {
    // More than the kernel takes before the drain begins.
    const LENGTH: usize = 12 << 20;
    let origin = Origin::always(ok("", &"x".repeat(LENGTH))).await;
    let octroi = Octroi::before(&origin).await;
    // The visitor takes little at a time, so that much is left with the kernel when octroi has written all of it.
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(64 << 10).unwrap();
    let mut client = Frames::over(Wire::new(socket.connect(octroi.address).await.unwrap())).await;
    let (large, window) = (1_u32 << 24, [&[0, 4][..], &(1_u32 << 24).to_be_bytes()].concat());
    client.send(Frame::SETTINGS, 0, 0, &window).await;
    client.send(Frame::WINDOW_UPDATE, 0, 0, &large.to_be_bytes()).await;
    client.headers(1, true, &GOOD).await;
    assert_eq!(client.verdict(1).await.map(|frame| frame.kind), Some(Frame::HEADERS));
    octroi.terminate();
    let mut length = 0;
    while let Some(frame) = client.next().await {
        if frame.kind == Frame::DATA {
            length += frame.payload.len();
        }
        client.send(Frame::WINDOW_UPDATE, 0, 0, &1_u32.to_be_bytes()).await;
    }
    assert_eq!(length, LENGTH, "the response is cut");
    drop(client);
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn readiness_fails_first_if_a_balancer_is_given_time() {
    let origin = Origin::always(ok("", "served")).await;
    let octroi = Setup::before(&origin).toml("[timeouts]\ndrain_delay = \"1h\"").start().await;
    let mut early = octroi.client().await;
    early.get("/", "").await.assert_status(200);
    octroi.terminate();
    within("readiness to fail", async { while octroi.admin("GET /readyz", "").await.status() != 503 {} }).await;
    octroi.admin("GET /livez", "").await.assert_status(200);
    for client in [&mut early, &mut octroi.client().await] {
        assert_eq!(client.get("/", "").await.field("connection"), None, "nobody is sent away");
    }
    // A second signal is for an operator who does not want to wait.
    octroi.terminate();
    refuses(&octroi).await;
    assert!(early.wire.is_closed().await);
    assert_eq!(octroi.exit_code().await, Some(0));
}

/// Once octroi says that it listens, it can be told to end.
#[tokio::test]
async fn a_signal_at_any_moment_after_it_listens_drains() {
    let origin = Origin::always(ok("", "")).await;
    let mut spun = 0;
    for round in 0..16 {
        let setup = Setup::before(&origin).one_worker();
        let process = setup.spawn();
        process.stderr.find("a listener", |line| line.contains("\"listening\"").then_some(())).await.unwrap();
        // Each time a little later.
        for _ in 0..(round / 4) * 10_000 {
            spun = std::hint::black_box(spun + 1);
        }
        process.terminate_now();
        let (code, _, stderr) = process.ended().await;
        assert_eq!(code, Some(0), "round {round}:\n{stderr}");
    }
}
