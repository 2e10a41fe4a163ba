//! HTTP/2 on the visitor's side, with a well-behaved client: prior knowledge in clear, ALPN under TLS.

use crate::support::choice::granted;
use crate::support::client::tls;
use crate::support::http2::{Http2, request, whole};
use crate::support::origin::ok;
use crate::support::{Authority, Octroi, Origin, Setup, lines};

#[tokio::test]
async fn prior_knowledge_in_clear() {
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\n", "body")).await;
    let octroi = Octroi::before(&origin).await;
    let answer = Http2::connect(octroi.address).await.get("/a?b", &[]).await;
    assert_eq!(
        (answer.status(), &answer.body[..], answer.texts("set-cookie")),
        (200, &b"body"[..], vec!["sessionid=2".to_owned()])
    );
    let seen = origin.last();
    assert_eq!(seen.start_line(), "GET /a?b HTTP/1.1");
    assert_eq!(seen.texts("host"), ["data.education.gouv.fr"]);
}

#[tokio::test]
async fn alpn_under_tls() {
    let authority = Authority::new();
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\n", "body")).await;
    let octroi = Setup::before(&origin).tls(&authority, &[&["data.education.gouv.fr"]]).start().await;
    let stream = tls(octroi.tls, "data.education.gouv.fr", authority.client(&["h2", "http/1.1"])).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let mut client = Http2::over(stream).await;
    let yes = granted();
    assert_eq!(client.get("/", &[]).await.texts("set-cookie"), [""; 0]);
    assert_eq!(client.get("/", &[("cookie", &yes)]).await.texts("set-cookie"), ["_ga=1"]);
    assert_eq!(origin.last().texts("x-forwarded-proto"), ["https"]);
}

#[tokio::test]
async fn spaces_around_a_value_are_trimmed() {
    let lines =
        "Content-Security-Policy: default-src 'self';  \t \r\nX-Lead: \t x\r\nSet-Cookie: sessionid=1; Path=/ \t\r\n";
    let octroi = Octroi::before(&Origin::always(ok(lines, "")).await).await;
    let answer = Http2::connect(octroi.address).await.get("/", &[]).await;
    assert_eq!(answer.texts("content-security-policy"), ["default-src 'self';"], "RFC 9113 section 8.2.1");
    assert_eq!(
        (answer.texts("x-lead"), answer.texts("set-cookie")),
        (vec!["x".to_owned()], vec!["sessionid=1; Path=/".to_owned()])
    );
}

#[tokio::test]
async fn fields_of_a_connection_never_enter_a_stream() {
    let lines = "Connection: keep-alive, x-secret\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r\nUpgrade: h2c\r\nX-Secret: 1\r\n";
    let octroi = Octroi::before(&Origin::always(ok(lines, "ok")).await).await;
    let answer = Http2::connect(octroi.address).await.get("/", &[]).await;
    for name in ["connection", "keep-alive", "proxy-connection", "upgrade", "x-secret", "transfer-encoding"] {
        assert!(!answer.head.headers().contains_key(name), "{name}: {answer:?}");
    }
    assert_eq!(answer.body, b"ok");
}

#[tokio::test]
async fn trailers_pass_without_cookies() {
    let reply = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: grpc-status\r\n\r\n2\r\nok\r\n0\r\ngrpc-status: 0\r\nSet-Cookie: _ga=1\r\n\r\n";
    let origin = Origin::always(reply).await;
    let octroi = Octroi::before(&origin).await;
    let answer = Http2::connect(octroi.address).await.get("/", &[("te", "trailers")]).await;
    let trailers = answer.trailers.expect("no trailers");
    assert_eq!(trailers.get("grpc-status").map(http::HeaderValue::as_bytes), Some(&b"0"[..]));
    assert!(!trailers.contains_key("set-cookie"), "{trailers:?}");
    assert_eq!(origin.last().texts("te"), ["trailers"]);
}

#[tokio::test]
async fn a_hundred_streams_at_once_are_not_mixed_up() {
    let origin = Origin::replying(|request| ok("", &request.target())).await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let mut streams = Vec::new();
    for number in 0..100 {
        let (response, _) = client.begin(request("GET", &format!("/{number}"), &[]), true).await;
        streams.push((number, response));
    }
    for (number, response) in streams {
        let answer = whole(response).await.unwrap();
        assert_eq!(String::from_utf8_lossy(&answer.body), format!("/{number}"));
    }
}

#[tokio::test]
async fn a_waiting_stream_does_not_block_others() {
    let origin = Origin::start(|mut visit| async move {
        while let Some(request) = visit.request().await {
            if request.target() == "/stuck" {
                return visit.closed().await;
            }
            visit.send(ok("", "quick")).await;
        }
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let (_stuck, _) = client.begin(request("GET", "/stuck", &[]), true).await;
    origin.nth(1).await;
    assert_eq!(client.get("/quick", &[]).await.body, b"quick");
}

#[tokio::test]
async fn head_and_304_end_without_a_body() {
    let origin = Origin::replying(|request| {
        if request.method() == "HEAD" {
            b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nSet-Cookie: _ga=1\r\n\r\n".to_vec()
        } else {
            b"HTTP/1.1 304 Not Modified\r\nSet-Cookie: _ga=1\r\nETag: \"x\"\r\n\r\n".to_vec()
        }
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = Http2::connect(octroi.address).await;
    let head = client.fetch(request("HEAD", "/", &[])).await.unwrap();
    assert_eq!(
        (head.status(), head.body.len(), head.texts("content-length"), head.texts("set-cookie").len()),
        (200, 0, vec!["1000".to_owned()], 0)
    );
    let unchanged = client.get("/", &[]).await;
    assert_eq!((unchanged.status(), unchanged.body.len(), unchanged.texts("set-cookie").len()), (304, 0, 0));
}

#[tokio::test]
async fn three_hundred_cookies_fit() {
    let lines = lines(300, |number| format!("Set-Cookie: sessionid={number}\r\n"));
    let octroi = Octroi::before(&Origin::always(ok(&lines, "")).await).await;
    let answer = Http2::connect(octroi.address).await.get("/", &[]).await;
    assert_eq!(answer.texts("set-cookie").len(), 300);
}

#[tokio::test]
async fn a_jar_of_20_kb_is_served() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let jar = format!("sessionid=1; _ga={}", "x".repeat(20_000));
    let answer = Http2::connect(octroi.address).await.get("/", &[("cookie", &jar)]).await;
    assert_eq!((answer.status(), origin.last().texts("cookie")), (200, vec!["sessionid=1".to_owned()]));
}

#[tokio::test]
async fn an_error_page_ends_its_stream_and_not_the_connection() {
    let origin = Origin::always(ok("", "fine")).await;
    let octroi = Setup::before(&origin).hosts(r#"["data.education.gouv.fr"]"#).start().await;
    let mut client = Http2::connect(octroi.address).await;
    let lost = client.fetch(crate::support::http2::request_to("other.test", "GET", "/", &[])).await.unwrap();
    assert_eq!(lost.status(), 421);
    assert_eq!(client.get("/", &[]).await.body, b"fine");
}
