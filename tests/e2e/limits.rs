//! Limits on sizes and numbers: a message that exceeds one is refused with the right status, and counted.

use crate::support::client::{Client, HOST, get};
use crate::support::crowd::Crowd;
use crate::support::http2::{Http2, request};
use crate::support::metrics::Metrics;
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup, lines};

/// The limits of [`at_the_limits`].
pub(super) const LIMITS: &str =
    "target_bytes = \"1KiB\"\nheader_bytes = \"16KiB\"\nheaders = 20\nbody_bytes = \"1KiB\"";

/// Requests at a limit or beyond it, and the status of each.
pub(super) fn at_the_limits() -> Vec<(String, u16)> {
    let x = |count: usize| "x".repeat(count);
    let fields = |count| lines(count, |number| format!("X-{number}: 1\r\n"));
    let post = |lines: &str, body: &str| format!("POST / HTTP/1.1\r\nHost: {HOST}\r\n{lines}\r\n{body}");
    let chunk = format!("400\r\n{}\r\n", x(1024));
    vec![
        (get(&format!("/{}", x(1023)), ""), 200),
        (get(&format!("/{}", x(1024)), ""), 414),
        (get(&format!("/?{}", x(2000)), ""), 414),
        (get("/", &format!("X: {}\r\n", x(14_000))), 200),
        (get("/", &format!("X: {}\r\n", x(17_000))), 431),
        (get("/", &lines(40, |number| format!("X-{number}: {}\r\n", x(500)))), 431),
        (get("/", &fields(19)), 200),
        (get("/", &fields(25)), 431),
        (post("Content-Length: 1024\r\n", &x(1024)), 200),
        (post("Content-Length: 1025\r\n", &x(1025)), 413),
        (post("Transfer-Encoding: chunked\r\n", &format!("{chunk}{chunk}0\r\n\r\n")), 413),
    ]
}

#[tokio::test]
async fn a_request_passes_at_its_limit_and_not_beyond() {
    let (origin, octroi) = limited(LIMITS).await;
    let mut findings = Findings::default();
    for (request, status) in at_the_limits() {
        let before = origin.requests().len();
        let response = octroi.client().await.exchange(&request).await;
        let whole = origin.requests()[before..].iter().filter(|request| request.complete).count();
        findings.expect((response.status(), whole) == (status, usize::from(status == 200)), || {
            format!("{}… is not {status}: {whole} at the portal\n{}", &request[..60], response.shown())
        });
    }
    findings.none();
}

async fn limited(table: &str) -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "ok")).await;
    let octroi = Setup::before(&origin).toml(&format!("[limits]\n{table}")).start().await;
    (origin, octroi)
}

#[tokio::test]
async fn a_target_too_long_is_414_over_http2() {
    let (origin, octroi) = limited(LIMITS).await;
    let mut client = Http2::connect(octroi.address).await;
    assert_eq!(client.get(&format!("/{}", "x".repeat(2000)), &[]).await.status(), 414);
    assert!(origin.requests().is_empty());
}

#[tokio::test]
async fn a_head_too_large_is_431_over_http2() {
    let (origin, octroi) = limited("header_bytes = \"16KiB\"").await;
    let filler = |bytes: usize| "x".repeat(bytes);
    let mut client = Http2::connect(octroi.address).await;
    assert_eq!(client.get("/", &[("x", &filler(14_000))]).await.status(), 200);
    let refused = Http2::connect(octroi.address).await.fetch(request("GET", "/", &[("x", &filler(17_000))])).await;
    assert!(refused.as_ref().map_or(true, |answer| answer.status() == 431), "{refused:?}");
    assert_eq!(origin.requests().len(), 1);
}

#[tokio::test]
async fn an_endless_head_is_cut_off() {
    let (_origin, octroi) = limited("header_bytes = \"16KiB\"").await;
    let mut client = octroi.client().await;
    client.send(format!("GET / HTTP/1.1\r\nHost: {HOST}\r\n")).await;
    for _ in 0..1000 {
        if client.wire.try_send(format!("X: {}\r\n", "x".repeat(1000)).as_bytes()).await.is_err() {
            break;
        }
    }
    let answer = client.wire.read_to_end().await;
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "{}", crate::support::shown(&answer));
}

#[tokio::test]
async fn too_many_fields_are_431_and_all_cookie_lines_count_as_one_over_http2() {
    let (_origin, octroi) = limited("headers = 20").await;
    let crumbs = vec![("cookie", "sessionid=1"); 60];
    assert_eq!(Http2::connect(octroi.address).await.get("/", &crumbs).await.status(), 200);
    let mut fields: Vec<(String, &str)> = (0..25).map(|number| (format!("x-{number}"), "1")).collect();
    fields.truncate(25);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    assert_eq!(Http2::connect(octroi.address).await.get("/", &fields).await.status(), 431);
}

#[tokio::test]
async fn a_body_too_large_closes_and_a_length_says_it_before_the_first_byte() {
    let (origin, octroi) = limited(LIMITS).await;
    let mut client = octroi.client().await;
    client.send(format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1025\r\n\r\n{}", "x".repeat(1025))).await;
    assert_eq!(client.response().await.assert_status(413).field("connection").as_deref(), Some("close"));
    assert!(client.wire.is_closed().await && origin.requests().is_empty());
}

/// What is left of bodies that nobody wants must not use up the connection's window, which is smaller than all of them.
#[tokio::test]
async fn a_body_too_large_is_413_over_http2_and_the_connection_goes_on() {
    let (origin, octroi) = limited("body_bytes = \"1KiB\"").await;
    let mut client = Http2::connect(octroi.address).await;
    for fields in [&[("content-length", "65536")][..], &[]].repeat(20) {
        let (response, mut sending) = client.begin(request("POST", "/large", fields), false).await;
        // It may have been refused before.
        let _ = sending.send_data(vec![b'x'; 65_536].into(), true);
        assert_eq!(crate::support::within("an answer", response).await.unwrap().status(), 413);
    }
    let (response, mut sending) = client.begin(request("POST", "/fits", &[]), false).await;
    sending.send_data(vec![b'x'; 1024].into(), true).unwrap();
    assert_eq!(crate::support::within("an answer", response).await.unwrap().status(), 200);
    let whole = origin.requests().into_iter().filter(|request| request.complete).map(|request| request.target());
    assert_eq!(whole.collect::<Vec<_>>(), ["/fits"]);
}

#[tokio::test]
async fn a_refusal_over_http2_ends_only_its_stream() {
    let (origin, octroi) = limited("target_bytes = \"1KiB\"\nheader_bytes = \"8KiB\"\nheaders = 20").await;
    let mut client = Http2::connect(octroi.address).await;
    let long = "x".repeat(8000);
    for (path, fields, status) in [
        (format!("/{}", &long[..2000]), vec![], 414),
        ("/".to_owned(), vec![("x", &*long), ("y", &long[..500])], 431),
        ("/".to_owned(), vec![("x", &*long), ("y", &*long)], 431),
        ("/".to_owned(), vec![("x", "1"); 30], 431),
    ] {
        let refused = client.fetch(request("GET", &path, &fields)).await.unwrap();
        assert_eq!((refused.status(), refused.head.headers().contains_key("set-cookie")), (status, false));
        assert_eq!(client.get("/", &[]).await.status(), 200, "after a {status}");
    }
    assert_eq!(origin.requests().len(), 4);
}

#[tokio::test]
async fn connections_beyond_the_limit_are_not_served_until_others_end() {
    let (_origin, octroi) = limited("connections = 2").await;
    let (mut first, mut second) = (octroi.client().await, octroi.client().await);
    first.get("/", "").await.assert_status(200);
    second.get("/", "").await.assert_status(200);
    let mut third = octroi.client().await;
    third.send(get("/", "")).await;
    let answer = third.wire.read_to_end().await;
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 503"), "{}", crate::support::shown(&answer));
    drop(first);
    served_again(&octroi).await;
    second.get("/", "").await.assert_status(200);
}

/// New connections until one is served: the end of the old ones is noticed a moment later.
async fn served_again(octroi: &Octroi) {
    crate::support::within("a connection to be served", async {
        loop {
            let mut client = octroi.client().await;
            client.send(get("/", "Connection: close\r\n")).await;
            if client.wire.read_to_end().await.starts_with(b"HTTP/1.1 200") {
                return;
            }
        }
    })
    .await;
}

/// `cargo test --test long` does so with 10,000.
#[tokio::test]
async fn a_thousand_connections_opened_at_once_are_served_and_stay() {
    let origin = Origin::always(ok("", "ok")).await;
    let octroi = Setup::before(&origin).toml("[timeouts]\nupstream_connect = \"20s\"").start().await;
    let mut crowd = Crowd::open(octroi.address, 1000).await;
    for _ in 0..2 {
        crowd.ask(200).await;
    }
    assert!(octroi.metrics().await.sum("octroi_connections", &[]) >= 1000.0);
}

#[tokio::test]
async fn connections_of_one_address_are_limited() {
    let (_origin, octroi) = limited("connections_per_address = 1").await;
    let mut first = octroi.client().await;
    first.get("/", "").await.assert_status(200);
    let mut second = octroi.client().await;
    second.send(get("/", "")).await;
    let answer = second.wire.read_to_end().await;
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 503") || answer.starts_with(b"HTTP/1.1 429"));
    drop(first);
    served_again(&octroi).await;
}

/// Requests with these lines, each on a connection of its own, until one is answered with `status`.
async fn until(octroi: &Octroi, status: u16, lines: &str) -> Message {
    let asking = async {
        loop {
            let response = octroi.client().await.get("/", lines).await;
            if response.status() == status {
                return response;
            }
        }
    };
    crate::support::within(&format!("a {status}"), asking).await
}

#[tokio::test]
async fn requests_of_one_address_that_come_too_fast_are_429_until_they_slow_down() {
    let (_origin, octroi) = limited("request_rate = 2").await;
    octroi.client().await.get("/", "").await.assert_status(200);
    let refused = until(&octroi, 429, "").await;
    assert_eq!(refused.field("retry-after").as_deref(), Some("1"));
    assert!(!refused.has("set-cookie") && refused.field("connection").is_none(), "{}", refused.shown());
    until(&octroi, 200, "").await;
    let rejected = |metrics: &Metrics| metrics.sum("octroi_rejected_requests_total", &[("status", "429")]) > 0.0;
    octroi.metrics_until("a 429", rejected).await;
    let line = octroi.logged("\"status\":429,").await;
    assert!(line.contains("rate_exceeded"), "{line}");
}

#[tokio::test]
async fn the_rate_is_that_of_the_visitor_behind_a_trusted_proxy() {
    let origin = Origin::always(ok("", "ok")).await;
    let setup = Setup::before(&origin).listener("trusted = [\"127.0.0.0/8\"]").toml("[limits]\nrequest_rate = 1");
    let octroi = setup.start().await;
    let visitor = |address: &str| format!("X-Forwarded-For: {address}\r\n");
    until(&octroi, 429, &visitor("203.0.113.9")).await;
    for number in 10..30 {
        octroi.client().await.get("/", &visitor(&format!("203.0.113.{number}"))).await.assert_status(200);
        // The proxy itself stands for many.
        octroi.client().await.get("/", "").await.assert_status(200);
    }
    until(&octroi, 429, &visitor("2001:db8::1")).await;
    until(&octroi, 429, &visitor("2001:db8::2")).await;
}

#[tokio::test]
async fn a_response_beyond_the_upstream_limits_is_502() {
    let origin = Origin::replying(|request| match request.target().as_str() {
        "/many" => ok(&"X: 1\r\n".repeat(30), ""),
        "/large" => ok(&format!("X: {}\r\n", "x".repeat(20_000)), ""),
        _ => ok("", ""),
    })
    .await;
    let octroi =
        Setup::before(&origin).toml("[limits]\nupstream_headers = 20\nupstream_header_bytes = \"16KiB\"").start().await;
    for (path, status) in [("/many", 502), ("/large", 502), ("/", 200)] {
        octroi.client().await.get(path, "").await.assert_status(status);
    }
}

#[tokio::test]
async fn streams_of_one_connection_are_limited() {
    let origin = Origin::start(|mut visit| async move { visit.closed().await }).await;
    let octroi = Setup::before(&origin).toml("[limits]\nh2_streams = 3").start().await;
    let mut client = Http2::connect(octroi.address).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(client.begin(request("GET", "/", &[]), true).await);
    }
    let told = async {
        while client.requests.current_max_send_streams() != 3 {
            tokio::task::yield_now().await;
        }
    };
    crate::support::within("the limit to be told", told).await;
}

#[tokio::test]
async fn refusals_are_short_and_set_no_cookie() {
    let (_origin, octroi) = limited("target_bytes = \"1KiB\"\nheaders = 20").await;
    let mut findings = Findings::default();
    for request in [get(&format!("/{}", "x".repeat(2000)), ""), get("/", &"X: 1\r\n".repeat(50))] {
        let response = Client::connect(octroi.address).await.exchange(request).await;
        let right = response.complete && response.body.len() < 2048 && !response.has("set-cookie");
        findings.expect(right, || response.shown());
    }
    findings.none();
}
