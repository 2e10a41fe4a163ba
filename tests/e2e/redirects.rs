//! Redirects: to https, and never around octroi to the portal itself.

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
async fn all_requests_but_acmes_are_redirected_to_https() {
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
async fn a_redirect_never_names_a_host_that_no_site_serves() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).hosts(r#"["mine.test"]"#).listener("redirect = \"https\"").start().await;
    let response = octroi.client().await.exchange("GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n").await;
    assert!(!response.has("location"), "{}", response.shown());
}

#[tokio::test]
async fn the_redirect_keeps_the_method_and_obeys_a_trusted_proxys_scheme() {
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

/// Each of them leads a browser to the portal; what names no place at all leads nobody anywhere.
#[tokio::test]
async fn in_every_spelling_that_a_browser_follows() {
    const SPELLINGS: [&[u8]; 18] = [
        b"https://portal.example/donn\xc3\xa9es",
        b"https://portal.example/donn\xe9es",
        b"//portal.example/?\xe9",
        b"https://user:pass@portal.example/",
        b"https:/\\portal.example/",
        b"\\\\portal.example/",
        b"/\\portal.example/",
        b"///portal.example/",
        b"https:portal.example/",
        b"https:///portal.example/",
        b"ht\ttps://portal.example/",
        b"https:/\t/portal.ex\tample/",
        b"https://portal%2eexample/",
        b"https://portal.exampl%65./",
        b"https://portal\xe3\x80\x82example/",
        b"https://\xef\xbd\x90ortal.example:443/",
        b"https://portal.example:0443/",
        b"https://p\xf6rtal.example/",
    ];
    let origin = Origin::replying(|request| {
        let number: usize = request.target().trim_start_matches('/').parse().unwrap();
        [b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ", SPELLINGS[number], b"\r\n\r\n"].concat()
    })
    .await;
    let octroi = Setup::before(&origin).upstream("host = \"portal.example\"").start().await;
    let here = format!("http://{}/", crate::support::client::HOST);
    for (number, spelling) in SPELLINGS.iter().enumerate() {
        let response = octroi.client().await.get(&format!("/{number}"), "").await;
        let location = response.assert_status(302).field("location");
        // The last one is no host.
        let expected = number + 1 < SPELLINGS.len();
        let came_back = location.as_ref().is_some_and(|location| location.starts_with(&here));
        assert!(came_back == expected && location.is_some() == expected, "{}: {location:?}", spelling.escape_ascii());
    }
}

#[tokio::test]
async fn a_refresh_and_a_content_location_come_back_as_well() {
    let lines = "Refresh: 0; url=https://portal.example/x\r\nContent-Location: //portal.example/y\r\n\
                 Link: <https://portal.example/z>; rel=canonical\r\n";
    let origin = Origin::always(ok(lines, "")).await;
    let octroi = Setup::before(&origin).upstream("host = \"portal.example\"").start().await;
    let response = octroi.client().await.get("/", "").await;
    let here = format!("http://{}", crate::support::client::HOST);
    assert_eq!(response.field("refresh"), Some(format!("0; url={here}/x")));
    assert_eq!(response.field("content-location"), Some(format!("{here}/y")));
    assert_eq!(response.field("link").as_deref(), Some("<https://portal.example/z>; rel=canonical"));
}

/// If the portal is told another host than the visitor's, a cookie for that host would be kept by no browser.
#[tokio::test]
async fn a_cookie_for_the_portals_own_name_is_for_the_visitors_host() {
    const COOKIES: &str = "Set-Cookie: sessionid=1; Path=/; Domain=.Portal.example; HttpOnly\r\n\
                           Set-Cookie: csrftoken=2;domain=other.example\r\n\
                           Set-Cookie: sessionid=; Domain=portal.example; Max-Age=0\r\n\
                           Set-Cookie: _ga=3; Domain=portal.example\r\n";
    let cookies = async |upstream: &str, report_only: bool| {
        let origin = Origin::always(ok(COOKIES, "")).await;
        let setup = Setup::before(&origin).upstream(upstream);
        let setup = if report_only { setup.report_only() } else { setup };
        setup.start().await.client().await.get("/", "").await.texts("set-cookie")
    };
    let as_it_came = [
        "sessionid=1; Path=/; Domain=.Portal.example; HttpOnly",
        "csrftoken=2;domain=other.example",
        "sessionid=; Domain=portal.example; Max-Age=0",
        "_ga=3; Domain=portal.example",
    ];
    let turned = [
        "sessionid=1; Path=/; Domain=data.education.gouv.fr; HttpOnly",
        "csrftoken=2;domain=other.example",
        "sessionid=; Domain=data.education.gouv.fr; Max-Age=0",
    ];
    assert_eq!(cookies("host = \"portal.example\"", false).await, turned);
    assert_eq!(cookies("host = \"portal.example\"", true).await, as_it_came);
    assert_eq!(cookies("", false).await, as_it_came[..3]);
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
async fn hsts_is_sent_only_over_https_and_the_portals_own_replaces_it() {
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
