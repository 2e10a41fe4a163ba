//! Where visitors are sent: to https, and never around octroi to the portal itself.

use crate::support::client::{Client, get};
use crate::support::http2::Http2;
use crate::support::origin::ok;
use crate::support::{Authority, Octroi, Origin, Setup};

const HOST: &str = "data.education.gouv.fr";
const HSTS: &str = "strict-transport-security";

async fn portal() -> Origin {
    Origin::always(ok("", "served")).await
}

#[tokio::test]
async fn everything_but_acme_is_redirected_to_https() {
    let (origin, authority) = (portal().await, Authority::new());
    let octroi = Setup::before(&origin)
        .listener("redirect = \"https\"")
        .tls(&authority, &[&["data.education.gouv.fr"]])
        .start()
        .await;
    let mut client = octroi.client().await;
    let response = client.get("/explore/?q=a%20b", "Cookie: _ga=1\r\n").await;
    assert!(matches!(response.status(), 301 | 308), "{}", response.shown());
    assert_eq!(response.field("location").as_deref(), Some("https://data.education.gouv.fr/explore/?q=a%20b"));
    assert!(origin.requests().is_empty());
    assert_eq!(client.get("/.well-known/acme-challenge/token", "").await.text(), "served");
    let mut client = Client::connect_tls(octroi.tls, "data.education.gouv.fr", authority.client(&["http/1.1"])).await;
    assert_eq!(client.get("/", "").await.text(), "served");
}

#[tokio::test]
async fn a_redirect_never_sends_to_a_host_that_no_site_knows() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).hosts(r#"["mine.test"]"#).listener("redirect = \"https\"").start().await;
    let response = octroi.client().await.exchange("GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n").await;
    assert!(!response.has("location"), "{}", response.shown());
}

#[tokio::test]
async fn the_redirect_keeps_the_method_and_trusts_the_proxy_that_ended_tls() {
    let origin = portal().await;
    let octroi =
        Setup::before(&origin).listener("redirect = \"https\"").listener("trusted = [\"127.0.0.0/8\"]").start().await;
    let post = format!("POST /x HTTP/1.1\r\nHost: {HOST}:8080\r\nContent-Length: 2\r\n\r\nhi");
    let response = octroi.client().await.exchange(post).await;
    assert_eq!(response.assert_status(308).field("location").as_deref(), Some("https://data.education.gouv.fr/x"));
    assert_eq!(Http2::connect(octroi.address).await.get("/x", &[]).await.status(), 308);
    for path in ["/.well-known/acme-challenge/../x", "/.well-known/acme-challenge/%2e%2e/x"] {
        octroi.client().await.get(path, "").await.assert_status(308);
    }
    assert!(origin.requests().is_empty());
    octroi.client().await.get("/x", "X-Forwarded-Proto: https\r\n").await.assert_status(200);
}

/// A portal that redirects to the address under which octroi reaches it, with and without a field of its own.
async fn leads_to_itself(lines: &'static str) -> Origin {
    Origin::replying(move |request| {
        let itself = request.field("x-test-itself").unwrap_or_default();
        format!("HTTP/1.1 302 Found\r\nLocation: {itself}/login?next=/x\r\n{lines}Content-Length: 0\r\n\r\n")
            .into_bytes()
    })
    .await
}

async fn location(octroi: &Octroi, itself: &str) -> String {
    let response = octroi.client().await.get("/", &format!("X-Test-Itself: {itself}\r\n")).await;
    response.assert_status(302).field("location").unwrap()
}

#[tokio::test]
async fn a_redirect_to_the_portal_itself_leads_back_through_octroi() {
    let (origin, authority) = (leads_to_itself("").await, Authority::new());
    let octroi = Setup::before(&origin).upstream("host = \"portal.example\"").tls(&authority, &[&[HOST]]).start().await;
    let here = format!("http://{}/login?next=/x", crate::support::client::HOST);
    for itself in [&format!("http://{}", origin.address), "https://portal.example", "http://PORTAL.example:80"] {
        assert_eq!(location(&octroi, itself).await, here, "{itself}");
    }
    for other in ["", "https://other.example", "https://portal.example:8443", "https://portal.example@evil.example"] {
        assert_eq!(location(&octroi, other).await, format!("{other}/login?next=/x"));
    }
    let mut client = Client::connect_tls(octroi.tls, HOST, authority.client(&["http/1.1"])).await;
    let response = client.get("/", "X-Test-Itself: http://portal.example\r\n").await;
    assert_eq!(response.field("location").as_deref(), Some("https://data.education.gouv.fr/login?next=/x"));
}

/// Both names are octroi's own here: the redirect comes back, and turning it would make it endless.
#[tokio::test]
async fn a_redirect_to_a_host_that_octroi_serves_stays() {
    let origin = leads_to_itself("").await;
    let octroi = Setup::before(&origin)
        .hosts(r#"["www.site.example", "site.example", "*"]"#)
        .upstream("host = \"site.example\"")
        .start()
        .await;
    assert_eq!(location(&octroi, "https://site.example").await, "https://site.example/login?next=/x");
}

async fn hsts(site: &str, lines: &'static str) -> (Option<String>, Option<String>) {
    let (origin, authority) = (Origin::always(ok(lines, "")).await, Authority::new());
    let octroi = Setup::before(&origin).site(site).tls(&authority, &[&[HOST]]).start().await;
    let clear = octroi.client().await.get("/", "").await.field(HSTS);
    let mut client = Client::connect_tls(octroi.tls, HOST, authority.client(&["http/1.1"])).await;
    (clear, client.get("/", "").await.field(HSTS))
}

#[tokio::test]
async fn hsts_is_sent_over_https_alone_and_the_portals_own_goes_first() {
    let own = "Strict-Transport-Security: max-age=1; includeSubDomains\r\n";
    let (year, itself) = (Some("max-age=31536000".to_owned()), Some("max-age=1; includeSubDomains".to_owned()));
    assert_eq!(hsts("", "").await, (None, None));
    assert_eq!(hsts("hsts = \"365d\"", "").await, (None, year));
    assert_eq!(hsts("hsts = 0", "").await.1.as_deref(), Some("max-age=0"));
    assert_eq!(hsts("hsts = \"365d\"", own).await, (itself.clone(), itself));
}

#[tokio::test]
async fn hsts_is_on_octrois_own_answers_too() {
    let (origin, authority) = (Origin::always("nonsense\r\n\r\n").await, Authority::new());
    let octroi = Setup::before(&origin).site("hsts = \"1d\"").tls(&authority, &[&[HOST]]).start().await;
    let mut client = Client::connect_tls(octroi.tls, HOST, authority.client(&["http/1.1"])).await;
    let response = client.exchange(get("/", "")).await;
    assert_eq!(response.assert_status(502).field(HSTS).as_deref(), Some("max-age=86400"));
}
