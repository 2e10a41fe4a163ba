//! The duties of a proxy (RFC 9110, 9112): hop-by-hop fields, its own fields, and bytes that it must not change.

use crate::support::client::get;
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup, shown};

const HOP_BY_HOP: &str = "Keep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\n\
    Proxy-Authorization: Basic x\r\nTE: gzip\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\
    Connection: upgrade, http2-settings\r\nX-End: 1\r\n";
const LISTED: &str = "Connection: X-A, x-b\r\nX-A: 1\r\nConnection: x-c\r\nX-B: 2\r\nX-C: 3\r\n\
    connection:x-d,,\tx-e \r\nX-D: 4\r\nX-E: 5\r\nX-F: 6\r\n";
const LISTED_AWAY: &str = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nCookie: sessionid=1; _ga=2\r\n\
    Authorization: Bearer x\r\nX-Forwarded-For: 1.1.1.1\r\n\
    Connection: host, content-length, cookie, authorization, x-forwarded-for, via\r\n\r\nab";
const FORWARDED: &str = "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7\r\nX-Forwarded-Proto: https\r\n\
    X-Forwarded-Host: evil.test\r\nX-Forwarded-Port: 666\r\nForwarded: for=6.6.6.6;host=evil.test\r\n\
    X-Real-IP: 6.6.6.6\r\n";
const UNDERSCORES: &str = "X_Forwarded_For: 6.6.6.6\r\nX_Forwarded_Proto: https\r\n";
const EXPECTS: &str = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n";
const LATIN: &[u8] = b"GET / HTTP/1.1\r\nHost: h\r\nX-Latin: \xe9t\xe9\r\nAuthorization: Apikey k\r\n\
    ODS-Widgets-Version: 1\r\n\r\n";
const PREFLIGHT: &str = "OPTIONS /api HTTP/1.1\r\nHost: h\r\nOrigin: https://a\r\n\
    Access-Control-Request-Headers: ods-widgets-version\r\n\r\n";
const CONNECT: &str = "CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n\r\n";
const HTTP10: &str = "GET / HTTP/1.0\r\nHost: h\r\n\r\n";
const TARGETS: [&str; 10] = [
    "/a/../b/./c//d",
    "/%2e%2e/%2F%00?a=%20+b&c;d",
    "/?",
    "/?a?b=//c",
    "/x;y=z,w/!$&'()*+",
    "/%C3%A9%zz",
    "/?q={a:1}|^[x]",
    "/\u{e9}?\u{e9}=\u{20ac}",
    "//a//../?x=//",
    "/api/explore/v2.1/catalog/datasets/x/records?where=a%20%3E%201&limit=100",
];

/// The requests of this file, as a visitor sends them.
pub(super) fn requests() -> Vec<Vec<u8>> {
    let lines =
        [HOP_BY_HOP, LISTED, FORWARDED, UNDERSCORES, "TE: gzip, trailers\r\nConnection: TE\r\n", "Via: 1.0 fred\r\n"];
    let gets = lines.map(|lines| get("/", lines)).into_iter().chain(TARGETS.map(|target| get(target, "")));
    let whole = [LISTED_AWAY, PREFLIGHT, CONNECT, HTTP10].map(str::to_owned);
    let texts = gets.chain(whole).chain([format!("{EXPECTS}body")]);
    texts.map(String::into_bytes).chain([LATIN.to_vec()]).collect()
}

async fn portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    (origin, octroi)
}

/// The request that reaches the portal when a visitor sends these lines.
async fn upstream_of(lines: &str) -> Message {
    let (origin, octroi) = portal().await;
    octroi.client().await.get("/", lines).await.assert_status(200);
    origin.last()
}

async fn trusted_upstream_of(lines: &str) -> Message {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).listener(r#"trusted = ["127.0.0.0/8"]"#).start().await;
    octroi.client().await.get("/", lines).await.assert_status(200);
    origin.last()
}

#[tokio::test]
async fn hop_by_hop_fields_of_a_request_stay_here() {
    let seen = upstream_of(HOP_BY_HOP).await;
    for name in ["keep-alive", "proxy-connection", "proxy-authorization", "te", "upgrade", "http2-settings"] {
        assert!(!seen.has(name), "{name} went upstream:\n{}", seen.shown());
    }
    assert!(seen.has("x-end"));
}

#[tokio::test]
async fn fields_listed_on_any_connection_line_stay_here() {
    let seen = upstream_of(LISTED).await;
    for name in ["x-a", "x-b", "x-c", "x-d", "x-e"] {
        assert!(!seen.has(name), "{name} went upstream:\n{}", seen.shown());
    }
    assert!(seen.has("x-f"));
}

#[tokio::test]
async fn a_connection_line_cannot_take_away_what_a_request_is_made_of() {
    let (origin, octroi) = portal().await;
    let response = octroi.client().await.exchange(LISTED_AWAY).await;
    if response.status() == 400 {
        return assert!(origin.requests().is_empty());
    }
    let seen = origin.last();
    assert_eq!((seen.text().as_str(), seen.texts("host")), ("ab", vec!["h".to_owned()]), "{}", seen.shown());
    assert!(seen.texts("cookie").iter().all(|line| line == "sessionid=1"), "{}", seen.shown());
    assert!(seen.has("x-forwarded-for"), "octroi's own fields are there:\n{}", seen.shown());
}

#[tokio::test]
async fn what_a_connection_line_lists_for_the_portal_is_refused() {
    let (origin, octroi) = portal().await;
    for name in
        ["Cookie", "Content-Type", "Cache-Control", "X-Forwarded-For", "X-Forwarded-User", "Authorization", "Via"]
    {
        octroi.client().await.get("/", &format!("Connection: close, {name}\r\n")).await.assert_status(400);
    }
    assert!(origin.requests().is_empty());
}

/// It can name no field (RFC 9110 section 5.6.2), so there is nothing to remove or to hide.
#[tokio::test]
async fn a_connection_option_that_is_no_token_names_nothing() {
    let values = [
        "keep-alive;",
        "close;",
        "keep-alive; timeout=5",
        "Keep-Alive, timeout=5, max=100",
        "\"keep-alive\"",
        "keep alive",
        "cookie;",
        "\"cookie\"",
        "(x)",
        ";",
    ];
    for value in values {
        let seen = upstream_of(&format!("Connection: {value}\r\nCookie: sessionid=1\r\nX-End: 1\r\n")).await;
        assert_eq!((seen.texts("cookie"), seen.has("x-end")), (vec!["sessionid=1".to_owned()], true), "{value}");
        assert!(!seen.has("connection") && !seen.has("max"), "{value}:\n{}", seen.shown());
    }
}

#[tokio::test]
async fn hop_by_hop_fields_of_a_response_stay_here() {
    let lines = "Connection: X-Secret, keep-alive\r\nX-Secret: 1\r\nConnection: x-other\r\nX-Other: 2\r\nKeep-Alive: timeout=5\r\n\
                 Proxy-Authenticate: Basic\r\nProxy-Connection: close\r\nProxy-Authentication-Info: x\r\nUpgrade: h2c\r\nX-End: 1\r\n";
    let octroi = Octroi::before(&Origin::always(ok(lines, "ok")).await).await;
    let response = octroi.client().await.get("/", "").await;
    for name in ["x-secret", "x-other", "keep-alive", "proxy-connection", "proxy-authentication-info", "upgrade"] {
        assert!(!response.has(name), "{name} reached the visitor:\n{}", response.shown());
    }
    assert!(response.has("x-end") && response.text() == "ok");
}

#[tokio::test]
async fn a_portal_cannot_list_set_cookie_or_its_framing_away() {
    let lines =
        "Connection: content-length, set-cookie, cache-control\r\nSet-Cookie: sessionid=1\r\nSet-Cookie: _ga=1\r\n";
    let octroi = Octroi::before(&Origin::always(ok(lines, "ok")).await).await;
    let response = octroi.client().await.get("/", "").await;
    assert!(!response.set_cookies().iter().any(|line| line.starts_with("_ga")), "{}", response.shown());
    assert!(response.status() == 502 || (response.complete && response.text() == "ok"), "{}", response.shown());
}

#[tokio::test]
async fn te_trailers_goes_upstream_and_nothing_else_of_te() {
    assert_eq!(upstream_of("TE: trailers\r\nConnection: TE\r\n").await.texts("te"), ["trailers"]);
    assert_eq!(upstream_of("TE: gzip, trailers\r\nConnection: TE\r\n").await.texts("te"), ["trailers"]);
    assert!(!upstream_of("TE: deflate\r\nConnection: TE\r\n").await.has("te"));
}

#[tokio::test]
async fn trailers_of_a_response_reach_a_visitor_who_asked() {
    let reply =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n";
    let octroi = Octroi::before(&Origin::always(reply).await).await;
    let response = octroi.client().await.get("/", "TE: trailers\r\nConnection: TE\r\n").await;
    let trailers = String::from_utf8_lossy(&response.trailers).to_lowercase();
    assert!(response.complete && trailers.contains("x-sum: 42"), "{}\n{trailers}", response.shown());
}

#[tokio::test]
async fn a_strangers_forwarding_fields_are_replaced() {
    let seen = upstream_of(FORWARDED).await;
    assert_eq!(seen.texts("x-forwarded-for"), ["127.0.0.1"], "{}", seen.shown());
    assert_eq!(seen.texts("x-forwarded-proto"), ["http"]);
    assert_eq!(seen.texts("x-forwarded-host"), ["data.education.gouv.fr"]);
    for name in ["forwarded", "x-forwarded-port", "x-real-ip"] {
        let value = seen.field(name).unwrap_or_default();
        assert!(!value.contains('6') && !value.contains("evil"), "{name}: {value}");
    }
}

#[tokio::test]
async fn a_trusted_peers_forwarding_fields_are_continued() {
    let seen = trusted_upstream_of(
        "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: data.education.gouv.fr\r\nForwarded: for=203.0.113.9;proto=https\r\n",
    )
    .await;
    let chain = seen.field("x-forwarded-for").unwrap_or_default();
    assert_eq!(chain.split(',').map(str::trim).collect::<Vec<_>>(), ["203.0.113.9", "127.0.0.1"]);
    assert_eq!(seen.texts("x-forwarded-proto"), ["https"]);
    assert!(seen.field("forwarded").is_none_or(|value| value.starts_with("for=203.0.113.9")), "{}", seen.shown());
}

#[tokio::test]
async fn underscores_do_not_forge_the_fields_of_the_proxy() {
    let seen = upstream_of(UNDERSCORES).await;
    let forged = seen.fields().iter().filter(|(name, _)| name.starts_with("x_forwarded")).count();
    assert_eq!(forged, 0, "WSGI reads these as X-Forwarded-For:\n{}", seen.shown());
}

#[tokio::test]
async fn a_request_has_one_id_in_the_portal_and_in_the_log() {
    let (origin, octroi) = portal().await;
    octroi.client().await.get("/id", "X-Request-ID: forged-0001\r\nX-Request-Id: forged-0002\r\n").await;
    let ids = origin.last().texts("x-request-id");
    assert!(ids.len() == 1 && ids[0].len() == 32, "{ids:?}");
    let logged = octroi.logged("/id").await;
    assert!(logged.contains(&ids[0]), "{ids:?} is not in {logged}");
    let kept = trusted_upstream_of("X-Request-Id: from-the-edge-0001\r\n").await;
    assert_eq!(kept.texts("x-request-id"), ["from-the-edge-0001"]);
}

#[tokio::test]
async fn expect_is_answered_once_the_body_is_needed() {
    let (origin, octroi) = portal().await;
    let mut client = octroi.client().await;
    client.send(EXPECTS).await;
    let interim = client.wire.head().await.unwrap_or_default();
    assert!(interim.starts_with(b"HTTP/1.1 100"), "{interim:?}");
    client.send("body").await;
    client.response().await.assert_status(200);
    let seen = origin.last();
    assert!(!seen.has("expect") && seen.text() == "body", "{}", seen.shown());
}

#[tokio::test]
async fn a_refused_body_gets_no_100() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).toml("[limits]\nbody_bytes = 10").start().await;
    let mut client = octroi.client().await;
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 999\r\nExpect: 100-continue\r\n\r\n").await;
    let first = client.wire.head().await.unwrap_or_default();
    assert!(first.starts_with(b"HTTP/1.1 413"), "{}", shown(&first));
    assert!(origin.requests().is_empty());
}

#[tokio::test]
async fn alt_svc_is_dropped_and_date_and_clear_site_data_are_kept() {
    let lines = "Alt-Svc: h3=\"elsewhere:443\"\r\nDate: Wed, 31 Dec 1969 00:00:00 GMT\r\nClear-Site-Data: \"cookies\"\r\nSet-Cookie: _ga=1\r\n";
    let octroi = Octroi::before(&Origin::always(ok(lines, "")).await).await;
    let response = octroi.client().await.get("/", "").await;
    assert!(!response.has("alt-svc"), "{}", response.shown());
    assert_eq!(response.texts("date"), ["Wed, 31 Dec 1969 00:00:00 GMT"]);
    assert_eq!(response.texts("clear-site-data"), ["\"cookies\""]);
}

#[tokio::test]
async fn targets_reach_the_portal_byte_for_byte() {
    let (origin, octroi) = portal().await;
    let mut findings = Findings::default();
    for target in TARGETS {
        let mut client = octroi.client().await;
        client.send(get(target, "Connection: close\r\n")).await;
        let answer = client.wire.read_to_end().await;
        let seen = origin.requests().pop().map(|request| request.target()).unwrap_or_default();
        findings.expect(seen == target, || format!("{target} became {seen}; answered {}", shown(&answer)));
    }
    findings.none();
}

#[tokio::test]
async fn field_values_reach_both_sides_byte_for_byte() {
    let origin = Origin::always(
        [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Latin: caf\xe9 \xff\r\nX-Tab: a\tb\r\n\r\n".to_vec()].concat(),
    )
    .await;
    let octroi = Octroi::before(&origin).await;
    let response = octroi.client().await.exchange(LATIN).await;
    assert_eq!(
        (response.values("x-latin"), response.values("x-tab")),
        (vec![b"caf\xe9 \xff".to_vec()], vec![b"a\tb".to_vec()])
    );
    let seen = origin.last();
    assert_eq!(seen.values("x-latin"), [b"\xe9t\xe9"]);
    assert_eq!(
        (seen.texts("authorization"), seen.texts("ods-widgets-version")),
        (vec!["Apikey k".to_owned()], vec!["1".to_owned()])
    );
}

#[tokio::test]
async fn head_204_and_304_have_no_body_and_the_connection_stays_open() {
    let origin = Origin::replying(|request| match request.target().as_str() {
        "/head" => b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".to_vec(),
        "/204" => b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
        "/304" => b"HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 1000\r\n\r\n".to_vec(),
        _ => ok("", "last"),
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send(get("/head", "").replacen("GET", "HEAD", 1)).await;
    let head = client.head_response().await;
    assert_eq!((head.status(), head.content_length()), (200, Some(1000)));
    assert_eq!(client.get("/204", "").await.status(), 204);
    let not_modified = client.get("/304", "").await;
    assert_eq!((not_modified.status(), not_modified.texts("etag")), (304, vec!["\"x\"".to_owned()]));
    assert_eq!(client.get("/", "").await.text(), "last");
}

#[tokio::test]
async fn options_passes_untouched() {
    let (origin, octroi) = portal().await;
    let mut client = octroi.client().await;
    client.exchange(PREFLIGHT).await.assert_status(200);
    let seen = origin.last();
    assert_eq!(
        (seen.method().as_str(), seen.texts("access-control-request-headers")),
        ("OPTIONS", vec!["ods-widgets-version".to_owned()])
    );
    let star = client.exchange("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").await;
    assert!(star.status() == 400 || origin.last().target() == "*", "OPTIONS * became {}", origin.last().target());
}

#[tokio::test]
async fn connect_is_not_for_this_proxy() {
    let (origin, octroi) = portal().await;
    let response = octroi.client().await.exchange(CONNECT).await;
    assert!((400..=501).contains(&response.status()), "{}", response.shown());
    assert!(origin.requests().is_empty());
}

#[tokio::test]
async fn an_http10_visitor_gets_a_plain_body_and_the_end() {
    let reply =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: _ga=1\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
    let octroi = Octroi::before(&Origin::always(reply).await).await;
    let mut client = octroi.client().await;
    let response = client.exchange(HTTP10).await;
    assert_eq!(
        (response.status(), response.text().as_str(), response.is_chunked()),
        (200, "abc", false),
        "{}",
        response.shown()
    );
    assert!(client.wire.is_closed().await);
}

#[tokio::test]
async fn a_target_that_is_no_text_is_refused() {
    let (origin, octroi) = portal().await;
    octroi.client().await.exchange(b"GET /\xe9 HTTP/1.1\r\nHost: h\r\n\r\n").await.assert_status(400);
    assert!(origin.requests().is_empty());
}

#[tokio::test]
async fn an_http10_visitor_may_keep_the_connection() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).upstream("via = true").start().await;
    let mut client = octroi.client().await;
    for number in 0..2 {
        let request = format!("GET /{number} HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n");
        client.exchange(request).await.assert_status(200);
        assert_eq!(origin.last().start_line(), format!("GET /{number} HTTP/1.1"));
    }
    assert_eq!(origin.last().field("via").as_deref().map(|via| via.starts_with("1.0 ")), Some(true));
}

#[tokio::test]
async fn an_unknown_expectation_is_not_sent_upstream() {
    let seen = upstream_of("Expect: the-spanish-inquisition\r\n").await;
    assert!(!seen.has("expect"), "{}", seen.shown());
}

#[tokio::test]
async fn upstream_requests_are_http11_in_origin_form() {
    let seen = upstream_of("").await;
    assert_eq!(seen.start_line(), "GET / HTTP/1.1");
    assert!(!seen.has("content-length") && !seen.has("transfer-encoding"), "a GET gains no body:\n{}", seen.shown());
}
