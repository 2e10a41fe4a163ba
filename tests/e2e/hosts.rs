//! A request has exactly one host, which decides the site.

use crate::support::http2::{Http2, request_to};
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup};

async fn portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    (origin, octroi)
}

#[tokio::test]
async fn a_host_that_is_missing_doubled_or_malformed_is_refused() {
    let (origin, octroi) = portal().await;
    let heads = [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: http://a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\n\r\n",
    ];
    let mut findings = Findings::default();
    for head in heads {
        let mut client = octroi.client().await;
        let response = client.exchange(head).await;
        findings.expect(response.status() == 400, || format!("{head:?}:\n{}", response.shown()));
        findings.expect(client.wire.is_closed().await, || format!("{head:?}: the connection stays open"));
    }
    findings.expect(origin.requests().is_empty(), || format!("{} requests got through", origin.requests().len()));
    findings.none();
}

#[tokio::test]
async fn one_host_line_goes_upstream_as_the_visitor_wrote_it() {
    let (origin, octroi) = portal().await;
    for host in ["data.education.gouv.fr", "Data.Education.GOUV.fr", "a:8080", "[::1]:80", "127.0.0.1"] {
        octroi.client().await.exchange(format!("GET / HTTP/1.1\r\nhOST: {host}\r\n\r\n")).await.assert_status(200);
        let hosts = origin.last().texts("host");
        assert!(hosts.len() == 1 && hosts[0].eq_ignore_ascii_case(host), "{host}: {hosts:?}");
    }
}

#[tokio::test]
async fn an_absolute_target_becomes_a_path() {
    let (origin, octroi) = portal().await;
    octroi.client().await.exchange("GET http://a.test/x?y HTTP/1.1\r\nHost: a.test\r\n\r\n").await.assert_status(200);
    let seen = origin.last();
    assert_eq!((seen.target(), seen.texts("host")), ("/x?y".to_owned(), vec!["a.test".to_owned()]));
}

#[tokio::test]
async fn an_absolute_target_is_never_overruled_by_the_host_line() {
    let (origin, octroi) = portal().await;
    let response = octroi.client().await.exchange("GET http://a.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n").await;
    match response.status() {
        400 => assert!(origin.requests().is_empty()),
        200 => assert_eq!(origin.last().texts("host"), ["a.test"], "RFC 9112 section 3.2.2"),
        _ => panic!("neither refused nor repaired:\n{}", response.shown()),
    }
}

#[tokio::test]
async fn http2_if_host_and_authority_differ_is_refused() {
    let (origin, octroi) = portal().await;
    let mut client = Http2::connect(octroi.address).await;
    let answer = client.fetch(request_to("a.test", "GET", "/", &[("host", "evil.test")])).await;
    // A reset stream is a refusal too.
    assert!(answer.is_err() || answer.is_ok_and(|answer| answer.status() == 400));
    assert!(origin.requests().is_empty());
    let same = client.fetch(request_to("a.test", "GET", "/", &[("host", "a.test")])).await.unwrap();
    assert_eq!((same.status(), origin.last().texts("host")), (200, vec!["a.test".to_owned()]));
}

async fn named(name: &'static str) -> Origin {
    Origin::always(ok("Set-Cookie: _ga=1\r\n", name)).await
}

async fn ask(octroi: &Octroi, host: &str) -> Message {
    octroi.client().await.exchange(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).await
}

#[tokio::test]
async fn the_most_specific_site_answers() {
    let (exact, suffix, deeper, default) =
        (named("exact").await, named("suffix").await, named("deeper").await, named("default").await);
    let octroi = Setup::before(&exact)
        .hosts(r#"["data.example.fr", "open.example.fr"]"#)
        .and_site(r#"["*.example.fr"]"#, suffix.address)
        .and_site(r#"["*.deep.example.fr"]"#, deeper.address)
        .and_site(r#"["*"]"#, default.address)
        .start()
        .await;
    for (host, site) in [
        ("data.example.fr", "exact"),
        ("DATA.example.FR", "exact"),
        ("data.example.fr:8443", "exact"),
        ("data.example.fr.", "exact"),
        ("open.example.fr", "exact"),
        ("other.example.fr", "suffix"),
        ("a.b.example.fr", "suffix"),
        ("x.deep.example.fr", "deeper"),
        ("example.fr", "default"),
        ("notexample.fr", "default"),
        ("127.0.0.1", "default"),
        ("[::1]:80", "default"),
    ] {
        let response = ask(&octroi, host).await;
        assert_eq!(response.text(), site, "{host}:\n{}", response.shown());
    }
    let metrics = octroi.after_requests(12).await;
    for site in metrics.labels("octroi_requests_total", "site") {
        assert!(["data.example.fr", "*.example.fr", "*.deep.example.fr", "default"].contains(&site.as_str()), "{site}");
    }
}

#[tokio::test]
async fn a_host_that_no_site_knows_is_misdirected() {
    let origin = named("mine").await;
    let octroi = Setup::before(&origin).hosts(r#"["mine.test"]"#).start().await;
    assert_eq!(ask(&octroi, "mine.test").await.text(), "mine");
    ask(&octroi, "other.test").await.assert_status(421);
    assert_eq!(origin.requests().len(), 1);
    let metrics = octroi.metrics().await;
    let labels = metrics.labels("octroi_requests_total", "site");
    assert!(!labels.iter().any(|site| site.contains("other")), "a visitor made a label: {labels:?}");
}

#[tokio::test]
async fn each_site_has_its_own_policy() {
    let (strict, relaxed) = (named("strict").await, named("relaxed").await);
    let setup = Setup::before(&strict).hosts(r#"["strict.test"]"#);
    std::fs::write(
        setup.directory().join("relaxed.toml"),
        crate::support::choice::charter_with("consent = \"required\"", "consent = \"exempt\""),
    )
    .unwrap();
    let octroi = setup
        .toml(&format!(
            "[[site]]\nhosts = [\"relaxed.test\"]\ncharter = \"relaxed.toml\"\nupstream = {{ endpoints = [\"http://{}\"] }}",
            relaxed.address
        ))
        .start()
        .await;
    assert_eq!(ask(&octroi, "strict.test").await.set_cookies(), [""; 0]);
    assert_eq!(ask(&octroi, "relaxed.test").await.set_cookies(), ["_ga=1"]);
}
