//! Cookies that exceed `header_bytes`: the request is refused, and the answer deletes some, so that the next one is not.

use crate::support::choice::{granted, refused};
use crate::support::client::{get, navigate};
use crate::support::http2::Http2;
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup};

/// Cookies of 4,000 bytes, as trackers of sibling sites leave them on a parent domain.
fn jar(names: &[String]) -> String {
    names.iter().map(|name| format!("{name}={}", "x".repeat(4000))).collect::<Vec<_>>().join("; ")
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("stranger{number}")).collect()
}

async fn before_a_portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("Content-Type: text/html\r\n", "page")).await;
    let octroi = Octroi::before(&origin).await;
    (origin, octroi)
}

/// What is left of the names after the deletions for `/`, host-only: where these cookies are.
fn left(names: Vec<String>, set_cookies: &[String]) -> Vec<String> {
    let gone = |name: &String| set_cookies.iter().any(|line| line.starts_with(&format!("{name}=; Path=/; Max-Age=0")));
    names.into_iter().filter(|name| !gone(name)).collect()
}

fn assert_helps(status: u16, page: &str, cache_control: Option<&str>) {
    assert_eq!(status, 431);
    assert!(page.contains("<!DOCTYPE html>") && page.contains("load the page again"), "{page}");
    assert_eq!(cache_control, Some("private, no-store"));
}

#[tokio::test]
async fn a_navigation_is_refused_with_a_page_and_the_deletions_that_make_the_next_one_fit() {
    for choice in [refused(), "sessionid=1".to_owned()] {
        let (origin, octroi) = before_a_portal().await;
        for path in ["/", "/explore/dataset/x/"] {
            let visit = |jar: &str| navigate(path, &format!("Cookie: {choice}; {jar}\r\n"));
            let names = names(9);
            let response = octroi.client().await.exchange(visit(&jar(&names))).await;
            assert_helps(response.status(), &response.text(), response.field("cache-control").as_deref());
            let left = left(names, &response.set_cookies());
            assert!(left.is_empty(), "{left:?}:\n{}", response.shown());
            assert!(response.set_cookies().iter().all(|line| line.starts_with("stranger")), "{}", response.shown());
            octroi.client().await.exchange(visit(&jar(&left))).await.assert_status(200);
        }
        assert_eq!(origin.requests().len(), 2, "what is refused does not reach the portal");
        octroi.logged("\"status\":431").await;
    }
}

/// What a browser says of a navigation.
const FETCH: [(&str, &str); 4] = [
    ("sec-fetch-mode", "navigate"),
    ("sec-fetch-dest", "document"),
    ("sec-fetch-site", "none"),
    ("accept", "text/html,*/*;q=0.8"),
];

#[tokio::test]
async fn over_http2_the_stream_gets_them_and_the_connection_stays_open() {
    let (origin, octroi) = before_a_portal().await;
    let mut client = Http2::connect(octroi.address).await;
    for whole in [true, false] {
        let names = names(9);
        let jar = jar(&names);
        // Browsers send each cookie in a field of its own.
        let crumbs: Vec<_> = if whole { vec![&*jar] } else { jar.split("; ").collect() };
        let fields: Vec<_> = FETCH.into_iter().chain(crumbs.into_iter().map(|crumb| ("cookie", crumb))).collect();
        let answer = client.get("/", &fields).await;
        let cache_control = answer.texts("cache-control").pop();
        assert_helps(answer.status(), &String::from_utf8_lossy(&answer.body), cache_control.as_deref());
        assert_eq!(left(names, &answer.texts("set-cookie")), [""; 0]);
        assert_eq!(client.get("/", &FETCH).await.status(), 200, "the connection goes on");
    }
    assert_eq!(origin.requests().len(), 2);
}

/// 9 cookies are over `header_bytes`, 17 over 64 KiB, and 60 are nearly all that is read.
#[tokio::test]
async fn one_navigation_clears_whatever_jar_is_read() {
    let (origin, octroi) = before_a_portal().await;
    let mut http2 = Http2::connect(octroi.address).await;
    for count in [9, 17, 30, 60] {
        let names = names(count);
        let jar = jar(&names);
        let response = octroi.client().await.exchange(navigate("/a/b", &format!("Cookie: {jar}\r\n"))).await;
        assert_eq!(left(names.clone(), &response.assert_status(431).set_cookies()), [""; 0], "{count}");
        let answer = http2.get("/a/b", &[&FETCH[..], &[("cookie", &*jar)]].concat()).await;
        assert_eq!((answer.status(), left(names, &answer.texts("set-cookie"))), (431, Vec::new()), "{count}");
        assert_eq!(http2.get("/a/b", &FETCH).await.status(), 200, "the connection goes on");
    }
    assert_eq!(origin.requests().len(), 4);
}

#[tokio::test]
async fn agreed_cookies_and_other_requests_are_refused_without_deletions() {
    let (origin, octroi) = before_a_portal().await;
    let jar = jar(&names(9));
    let rows = [
        navigate("/", &format!("Cookie: {}; {jar}\r\n", granted())),
        get("/api/x", &format!("Accept: application/json\r\nCookie: {jar}\r\n")),
    ];
    let mut findings = Findings::default();
    for request in rows {
        let response: Message = octroi.client().await.exchange(request).await;
        findings.expect(
            response.status() == 431 && response.set_cookies().is_empty() && !response.text().is_empty(),
            || response.shown(),
        );
    }
    findings.none();
    assert!(origin.requests().is_empty());
}

#[tokio::test]
async fn a_head_that_is_too_large_without_its_cookies_is_refused_as_such() {
    let (_origin, octroi) = before_a_portal().await;
    let field = format!("X: {}\r\n", "x".repeat(40_000));
    let response = octroi.client().await.exchange(navigate("/", &format!("{field}Cookie: stranger=1\r\n"))).await;
    assert_eq!((response.assert_status(431).set_cookies().len(), response.text().is_empty()), (0, false));
}

#[tokio::test]
async fn behind_a_trusted_proxy_the_next_one_fits_as_well() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).listener("trusted = [\"127.0.0.1\"]").start().await;
    let names = names(9);
    let response = octroi.client().await.exchange(navigate("/a/b", &format!("Cookie: {}\r\n", jar(&names)))).await;
    assert_eq!(left(names, &response.assert_status(431).set_cookies()), [""; 0]);
    assert!(response.set_cookies().len() <= 60);
}

#[tokio::test]
async fn a_jar_beyond_every_limit_gets_an_answer_and_others_are_served() {
    let (origin, octroi) = before_a_portal().await;
    let jar = jar(&names(180));
    let mut client = octroi.client().await;
    client.send(navigate("/", &format!("Cookie: {jar}\r\n"))).await;
    let answer = client.response().await;
    assert!(!answer.assert_status(431).text().is_empty(), "{}", answer.shown());
    octroi.logged("\"status\":431").await;
    let crumbs: Vec<_> = jar.split("; ").map(|crumb| ("cookie", crumb)).collect();
    let mut client = Http2::connect(octroi.address).await;
    assert_eq!(client.get("/", crumbs.get(..80).unwrap()).await.status(), 431);
    assert_eq!(client.get("/", &[]).await.status(), 200, "the connection goes on");
    let refused = client.fetch(crate::support::http2::request("GET", "/", &crumbs)).await;
    assert!(refused.as_ref().map_or(true, |answer| answer.status() == 431), "{refused:?}");
    octroi.client().await.get("/", "").await.assert_status(200);
    assert_eq!(origin.requests().len(), 2);
}
