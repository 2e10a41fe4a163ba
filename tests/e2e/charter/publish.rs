//! `[charter] publish`: the site shows its charter, and no request under that path reaches the portal.

use crate::support::choice::CHARTER;
use crate::support::client::get;
use crate::support::http2::{Http2, request};
use crate::support::origin::ok;
use crate::support::{Octroi, Origin, Setup, within};

/// The tests' charter in two languages, shown at `/cookies/`.
pub(super) fn published() -> String {
    let head = "[charter]\npublish = \"/cookies/\"\nlanguages = [\"fr\", \"en\"]\n";
    let rest = CHARTER.split_once("[charter]\n").unwrap().1;
    let rest = rest.lines().filter(|line| !line.starts_with("languages"));
    format!("{head}{}\n", rest.collect::<Vec<_>>().join("\n"))
}

async fn start() -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "the portal")).await;
    let octroi = Setup::before(&origin).charter(&published()).start().await;
    (origin, octroi)
}

#[tokio::test]
async fn the_page_is_shown_in_the_visitors_language() {
    let (origin, octroi) = start().await;
    let mut client = octroi.client().await;
    for (path, lines, language) in [
        ("/cookies/", "", "fr"),
        ("/cookies", "", "fr"),
        ("/cookies/", "Accept-Language: en-GB, fr;q=0.5\r\n", "en"),
        ("/cookies/?lang=fr", "Accept-Language: en\r\n", "fr"),
        ("/cookies/?x=1&lang=EN", "", "en"),
        ("/cookies/?lang=sv", "Accept-Language: sv, en;q=0.1\r\n", "en"),
        ("/cookies/?lang=%00", "Accept-Language: ,,;q=,\r\n", "fr"),
    ] {
        let page = client.get(path, lines).await;
        page.assert_status(200);
        assert_eq!(page.texts("content-language"), [language], "{path} {lines}");
        assert!(page.text().contains(&format!("<html lang=\"{language}\">")), "{path} {lines}");
    }
    assert_eq!(origin.requests().len(), 0);
}

#[tokio::test]
async fn the_page_sets_no_cookie_runs_nothing_and_is_revalidated() {
    let (_origin, octroi) = start().await;
    let mut client = octroi.client().await;
    let page = client.get("/cookies/", "Cookie: _ga=1; sessionid=2\r\n").await;
    page.assert_status(200);
    assert_eq!(page.texts("cache-control"), ["private, no-cache"]);
    assert_eq!(page.texts("x-content-type-options"), ["nosniff"]);
    assert_eq!(page.texts("vary"), ["accept-language"]);
    assert_eq!(page.set_cookies(), [""; 0]);
    let policy = page.field("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self' 'sha256-"), "{policy}");
    let etag = page.field("etag").unwrap();
    for known in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()] {
        let unchanged = client.get("/cookies/", &format!("If-None-Match: {known}\r\n")).await;
        unchanged.assert_status(304);
        assert_eq!((unchanged.texts("etag"), unchanged.body.len()), (vec![etag.clone()], 0));
    }
    client.get("/cookies/?lang=en", &format!("If-None-Match: {etag}\r\n")).await.assert_status(200);
    client.send(get("/cookies/", "").replacen("GET", "HEAD", 1)).await;
    let head = client.head_response().await;
    assert_eq!((head.status(), head.content_length()), (200, Some(page.body.len())));
}

#[tokio::test]
async fn nothing_under_the_path_goes_to_the_portal() {
    let (origin, octroi) = start().await;
    let mut client = octroi.client().await;
    for path in ["/cookies/x", "/%63ookies/x", "//cookies/x", "/x/../cookies/y", "/cookies/../login"] {
        client.get(path, "").await.assert_status(404);
    }
    for method in ["PUT", "DELETE", "OPTIONS", "PROPFIND"] {
        let refused = client.exchange(get("/cookies/", "").replacen("GET", method, 1)).await;
        refused.assert_status(405);
        assert_eq!(refused.texts("allow"), ["GET, HEAD"], "{method}");
    }
    let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    octroi.client().await.get("/cookies/", upgrade).await.assert_status(404);
    assert_eq!(origin.requests().len(), 0);
    for path in ["/", "/cookies-of-the-portal", "/Cookies/", "/x/cookies/", "/%2563ookies/", "/x/../cookies-too"] {
        assert_eq!(client.get(path, "").await.text(), "the portal", "{path}");
    }
}

/// RFC 3986 §6.2.2 takes them for one path, and portals for more.
#[tokio::test]
async fn the_page_is_there_however_its_path_is_written() {
    let (origin, octroi) = start().await;
    let mut client = octroi.client().await;
    for path in [
        "/%63ookies", "/%63ooki%65s/?lang=fr", "/a/../cookies", "/./cookies/", "/a/%2e%2E/cookies", "/cookies/%2e",
        "/cookies/../cookies/", "//cookies", "/cookies%2F",
    ] {
        let page = client.get(path, "").await;
        assert_eq!((page.status(), page.texts("content-language")), (200, vec!["fr".to_owned()]), "{path}");
    }
    assert_eq!(origin.requests().len(), 0);
}

#[tokio::test]
async fn an_unread_body_is_no_next_request() {
    let (origin, octroi) = start().await;
    let mut client = octroi.client().await;
    let smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
    let length = smuggled.len();
    let post = get("/cookies/", &format!("Content-Length: {length}\r\n")).replacen("GET", "POST", 1);
    let answer = client.exchange(format!("{post}{smuggled}")).await;
    answer.assert_status(405);
    assert!(client.wire.is_closed().await);
    let mut client = octroi.client().await;
    let page =
        client.exchange(format!("{}{smuggled}", get("/cookies/", &format!("Content-Length: {length}\r\n")))).await;
    page.assert_status(200);
    assert!(client.wire.is_closed().await);
    assert_eq!(origin.requests().len(), 0);
}

#[tokio::test]
async fn it_is_served_over_http2_too() {
    let (origin, octroi) = start().await;
    let mut client = Http2::connect(octroi.address).await;
    let page = client.get("/cookies/", &[("accept-language", "en")]).await;
    assert_eq!((page.status(), page.texts("content-language")), (200, vec!["en".to_owned()]));
    assert!(page.body.starts_with(b"<!DOCTYPE html>"));
    let head = client.fetch(request("HEAD", "/cookies/?lang=en", &[])).await.unwrap();
    assert_eq!((head.status(), head.body.len(), head.texts("etag")), (200, 0, page.texts("etag")));
    assert_eq!(client.fetch(request("DELETE", "/cookies/", &[])).await.unwrap().status(), 405);
    assert_eq!(client.get("/cookies/x", &[]).await.status(), 404);
    assert_eq!(origin.requests().len(), 0);
}

#[tokio::test]
async fn a_reload_changes_or_removes_the_page_at_once() {
    let (_origin, octroi) = start().await;
    let mut client = octroi.client().await;
    let before = client.get("/cookies/", "").await.field("etag").unwrap();
    let wider = published().replacen(
        "[[cookie]]",
        "[[cookie]]\nname = \"brand_new\"\ncategory = \"statistics\"\n[[cookie]]",
        1,
    );
    std::fs::write(octroi.file("charter.toml"), wider).unwrap();
    within("the new page", async { while !client.get("/cookies/", "").await.text().contains("brand_new") {} }).await;
    let asked = format!("If-None-Match: {before}\r\n");
    client.get("/cookies/", &asked).await.assert_status(200);
    std::fs::write(octroi.file("charter.toml"), CHARTER).unwrap();
    octroi.signal("HUP");
    within("the portal's page", async { while client.get("/cookies/", "").await.text() != "the portal" {} }).await;
}
