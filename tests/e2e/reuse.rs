//! Connections to the portal are reused, and one that was closed while idle makes no request fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

use crate::support::client::get;
use crate::support::origin::ok;
use crate::support::wire::BodyRule;
use crate::support::{Client, Message, Octroi, Origin, Setup, Visit, within};

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let origin = Origin::always(ok("", "x")).await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    for _ in 0..20 {
        octroi.client().await.get("/", "").await.assert_status(200);
    }
    assert_eq!(origin.connections(), 1);
}

#[tokio::test]
async fn a_connection_whose_response_says_close_is_not_used_again() {
    let origin = Origin::always(ok("Connection: close\r\n", "x")).await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let mut client = octroi.client().await;
    for _ in 0..3 {
        client.get("/", "").await.assert_status(200);
    }
    assert_eq!(origin.connections(), 3);
}

#[tokio::test]
async fn a_visitors_close_does_not_close_the_portals_connection() {
    let origin = Origin::always(ok("", "x")).await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    for _ in 0..5 {
        octroi.client().await.get("/", "Connection: close\r\n").await.assert_status(200);
    }
    assert_eq!(origin.connections(), 1);
    assert!(!origin.last().field("connection").unwrap_or_default().contains("close"));
}

/// Serves one request on each connection; the second one is read, and the connection closed without an answer.
async fn dying_at_the_second() -> Origin {
    Origin::start(|mut visit| async move {
        visit.request().await;
        visit.send(ok("", "served")).await;
        visit.head().await;
    })
    .await
}

#[tokio::test]
async fn a_get_on_a_connection_that_breaks_is_tried_once_more() {
    let origin = dying_at_the_second().await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let mut client = octroi.client().await;
    client.get("/1", "").await.assert_status(200);
    assert_eq!(client.get("/2", "").await.assert_status(200).text(), "served");
    let targets: Vec<_> = origin.requests().iter().map(Message::target).collect();
    assert_eq!(targets, ["/1", "/2", "/2"]);
}

#[tokio::test]
async fn a_post_is_never_sent_twice() {
    for body in [
        "Content-Length: 2\r\n\r\nab",
        "Content-Length: 0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
    ] {
        let origin = dying_at_the_second().await;
        let octroi = Setup::before(&origin).one_worker().start().await;
        let mut client = octroi.client().await;
        client.get("/warm", "").await.assert_status(200);
        let response = client.exchange(format!("POST /order HTTP/1.1\r\nHost: h\r\n{body}")).await;
        let orders = origin.requests().iter().filter(|request| request.target() == "/order").count();
        // Served if it was given a connection of its own, 502 if it died with an old one; never sent again.
        assert!(orders == 1 && matches!(response.status(), 200 | 502), "{orders} orders:\n{}", response.shown());
    }
}

#[tokio::test]
async fn a_first_request_on_a_fresh_connection_is_not_repeated_for_ever() {
    let origin = Origin::start(|mut visit| async move {
        visit.request().await;
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    octroi.client().await.get("/", "").await.assert_status(502);
    assert!(origin.requests().len() <= 2, "{} tries", origin.requests().len());
}

#[tokio::test]
async fn a_portal_that_closes_idle_connections_is_never_noticed() {
    let origin = Origin::start(|mut visit| async move {
        visit.request().await;
        // `Connection: close` is not said: the close races with the next request, as with many a server.
        visit.send(ok("", "served")).await;
    })
    .await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let mut client = octroi.client().await;
    for number in 0..200 {
        let response = client.get(&format!("/{number}"), "").await;
        assert_eq!(response.assert_status(200).text(), "served", "request {number}");
    }
}

#[tokio::test]
async fn posts_survive_a_portal_that_closed_long_ago() {
    let closed = Arc::new(Notify::new());
    let told = Arc::clone(&closed);
    let origin = Origin::start(move |mut visit| {
        let told = Arc::clone(&told);
        async move {
            visit.request().await;
            visit.send(ok("", "served")).await;
            visit.wire.finish().await;
            // octroi has seen the end when it ends its side as well.
            visit.closed().await;
            told.notify_one();
        }
    })
    .await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let mut client = octroi.client().await;
    for _ in 0..5 {
        client.exchange("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab").await.assert_status(200);
        within("the old connection to end", closed.notified()).await;
    }
    assert_eq!(origin.requests().len(), 5);
}

#[tokio::test]
async fn an_upload_cut_short_never_leaves_its_connection_to_others() {
    let origin = Origin::start(|mut visit: Visit| async move {
        while let Some(request) = visit.head().await {
            if request.method() == "POST" {
                visit.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n").await;
                visit.closed().await;
                return;
            }
            visit.send(ok("", &request.target())).await;
        }
    })
    .await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    octroi.client().await.get("/warm", "").await.assert_status(200);
    let mut client = octroi.client().await;
    client.send("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nGET /smuggled HTTP/1.1\r\n").await;
    client.response().await.assert_status(413);
    assert_eq!(octroi.client().await.get("/next", "").await.text(), "/next");
    assert!(origin.requests().iter().all(|request| request.target() != "/smuggled"));
}

#[tokio::test]
async fn idle_connections_to_the_portal_end_in_time() {
    let ended = Arc::new(Notify::new());
    let tells = Arc::clone(&ended);
    let origin = Origin::start(move |mut visit| {
        let tells = Arc::clone(&tells);
        async move {
            visit.request().await;
            visit.send(ok("", "")).await;
            assert!(visit.wire.is_closed().await);
            tells.notify_one();
        }
    })
    .await;
    let octroi = Setup::before(&origin).toml("[timeouts]\nupstream_idle = \"1s\"").start().await;
    octroi.client().await.get("/", "").await.assert_status(200);
    within("the idle connection to end", ended.notified()).await;
}

#[tokio::test]
async fn no_response_ever_goes_to_another_request() {
    let origin = Origin::replying(|request| ok("", &request.target())).await;
    let octroi = Octroi::before(&origin).await;
    let wrong = Arc::new(AtomicUsize::new(0));
    let mut visitors = tokio::task::JoinSet::new();
    for visitor in 0..20 {
        let address = octroi.address;
        let wrong = Arc::clone(&wrong);
        visitors.spawn(async move {
            let mut client = Client::connect(address).await;
            for number in 0..50 {
                let path = format!("/{visitor}/{number}");
                if number % 10 == 9 {
                    // Leaves without waiting for its answer.
                    client.send(get(&path, "")).await;
                    client = Client::connect(address).await;
                } else if client.get(&path, "").await.text() != path {
                    wrong.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }
    visitors.join_all().await;
    assert_eq!(wrong.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_head_response_with_a_length_does_not_block_the_connection() {
    let origin = Origin::start(|mut visit| async move {
        while let Some(request) = visit.wire.message(BodyRule::Request).await {
            let body = if request.method() == "HEAD" { "" } else { "body" };
            visit.send(format!("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{body}")).await;
        }
    })
    .await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let mut client = octroi.client().await;
    for _ in 0..3 {
        client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").await;
        client.head_response().await.assert_status(200);
        assert_eq!(client.get("/", "").await.text(), "body");
    }
    assert_eq!(origin.connections(), 1);
}

#[tokio::test]
async fn an_idle_connection_on_which_bytes_arrive_is_closed() {
    let speak = Arc::new(Notify::new());
    let told = Arc::clone(&speak);
    let (sender, mut closed) = tokio::sync::mpsc::unbounded_channel();
    let origin = Origin::start(move |mut visit: Visit| {
        let (told, sender) = (Arc::clone(&told), sender.clone());
        async move {
            let request = visit.request().await.expect("a connection without a request");
            visit.send(ok("", &request.target())).await;
            told.notified().await;
            visit.send(ok("", "stray")).await;
            visit.closed().await;
            sender.send(()).unwrap();
        }
    })
    .await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let mut client = octroi.client().await;
    for number in 0..5 {
        let path = format!("/{number}");
        assert_eq!(client.get(&path, "").await.text(), path);
        speak.notify_one();
        within("the connection to be closed", closed.recv()).await.unwrap();
    }
}

/// What a portal may do with a request, by the first segment of its path; each answer says in a field whose it is.
fn varied(request: &Message) -> Vec<u8> {
    let target = request.target();
    let own = format!("X-For: {target}\r\n");
    match target.split('/').nth(1) {
        Some("chunked") => {
            let length = target.len();
            format!("HTTP/1.1 200 OK\r\n{own}Transfer-Encoding: chunked\r\n\r\n{length:x}\r\n{target}\r\n0\r\n\r\n")
        }
        Some("none") => format!("HTTP/1.1 204 No Content\r\n{own}\r\n"),
        Some("unchanged") => format!("HTTP/1.1 304 Not Modified\r\n{own}\r\n"),
        Some("head") => format!("HTTP/1.1 200 OK\r\n{own}Content-Length: 10\r\n\r\n"),
        Some("closing") => format!("HTTP/1.1 200 OK\r\n{own}Connection: close\r\n\r\n{target}"),
        _ => format!("HTTP/1.1 200 OK\r\n{own}Content-Length: {}\r\n\r\n{target}", target.len()),
    }
    .into_bytes()
}

/// A portal that answers uploads without reading them, now and then dies instead of answering, and does all else as
/// [`varied`] says.
async fn varied_portal() -> Origin {
    Origin::start(|mut visit: Visit| async move {
        while let Some(request) = visit.head().await {
            let target = request.target();
            match target.split('/').nth(1) {
                // A visitor who leaves in the middle has sent a GET: all of it was read, and another request may follow.
                Some("early") if request.has("content-length") => {
                    visit.send(varied(&request)).await;
                    return visit.closed().await;
                }
                Some("dying") if target.ends_with('7') => return,
                Some("upload") => drop(visit.wire.take(10).await),
                _ => {}
            }
            visit.send(varied(&request)).await;
            if target.starts_with("/closing") {
                return visit.wire.finish().await;
            }
        }
    })
    .await
}

async fn ask(client: &mut Client, kind: &str, path: &str) -> Message {
    match kind {
        "head" => {
            client.send(format!("HEAD {path} HTTP/1.1\r\nHost: h\r\n\r\n")).await;
            client.head_response().await
        }
        "none" | "unchanged" => {
            client.send(get(path, "")).await;
            client.head_response().await
        }
        "upload" => {
            client.exchange(format!("PUT {path} HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789")).await
        }
        "early" => {
            client.exchange(format!("POST {path} HTTP/1.1\r\nHost: h\r\nContent-Length: 99\r\n\r\nbeginning")).await
        }
        _ => client.get(path, "").await,
    }
}

#[tokio::test]
async fn among_requests_of_every_kind_over_one_worker_each_gets_its_own_answer() {
    const KINDS: [&str; 9] = ["plain", "chunked", "none", "unchanged", "head", "closing", "upload", "early", "dying"];
    let origin = varied_portal().await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let mut visitors = tokio::task::JoinSet::new();
    for visitor in 0..12 {
        let address = octroi.address;
        visitors.spawn(async move {
            let mut client = Client::connect(address).await;
            for number in 0..40 {
                let kind = KINDS[(visitor + number) % KINDS.len()];
                let path = format!("/{kind}/{visitor}/{number}");
                if number % 11 == 10 {
                    // Leaves in the middle of it.
                    client.send(get(&path, "")).await;
                    client = Client::connect(address).await;
                    continue;
                }
                let response = ask(&mut client, kind, &path).await;
                let own = response.field("x-for");
                let died = kind == "dying" && response.status() == 502;
                assert!(own.as_deref() == Some(&*path) || died, "{path}:\n{}", response.shown());
                if kind == "early" || died {
                    client = Client::connect(address).await;
                }
            }
        });
    }
    visitors.join_all().await;
}
