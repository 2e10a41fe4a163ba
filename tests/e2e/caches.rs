//! Shared caches must not give one visitor's cookies, or their absence, to another.

use crate::support::choice::{charter_with, granted};
use crate::support::client::{get, navigate};
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup};

/// The response's directives, in lower case and order.
fn directives(response: &Message) -> Vec<String> {
    let value = response.field("cache-control").unwrap_or_default().to_lowercase();
    let mut parts: Vec<String> =
        value.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    parts.sort();
    parts
}

#[tokio::test]
async fn a_response_with_a_gated_cookie_is_private_whatever_its_fate() {
    let rows: [(&str, &[&str]); 8] = [
        ("", &["private"]),
        ("Cache-Control: public, max-age=60\r\n", &["max-age=60", "private"]),
        ("Cache-Control: max-age=60, s-maxage=600, PUBLIC\r\n", &["max-age=60", "private"]),
        ("Cache-Control: S-MaxAge=600\r\n", &["private"]),
        ("Cache-Control: no-store\r\n", &["no-store"]),
        ("Cache-Control: private\r\n", &["private"]),
        ("Cache-Control: public\r\nCache-Control: max-age=5\r\n", &["max-age=5", "private"]),
        ("Cache-Control: private=\"set-cookie\", max-age=1\r\n", &["max-age=1", "private"]),
    ];
    let mut findings = Findings::default();
    let origin = Origin::replying(move |request| {
        let row: usize = request.target()[1..].parse().unwrap();
        ok(&format!("Set-Cookie: _ga=1\r\n{}", rows[row].0), "")
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    for cookie in [String::new(), format!("Cookie: {}\r\n", granted())] {
        for (row, (line, wanted)) in rows.iter().enumerate() {
            let response = octroi.client().await.get(&format!("/{row}"), &cookie).await;
            let mut got = directives(&response);
            got.dedup();
            let kept = got.iter().filter(|part| !part.starts_with("private=")).cloned().collect::<Vec<_>>();
            let safe = kept == *wanted || (wanted == &["no-store"] && kept.contains(&"no-store".to_owned()));
            findings.expect(safe, || format!("{line:?} with {cookie:?} became {got:?}"));
        }
    }
    findings.none();
}

#[tokio::test]
async fn fields_for_content_delivery_networks_are_removed() {
    let lines = "Set-Cookie: _ga=1\r\nCDN-Cache-Control: max-age=600\r\nSurrogate-Control: max-age=600\r\nX-Accel-Expires: 600\r\n";
    let octroi = Octroi::before(&Origin::always(ok(lines, "")).await).await;
    let response = octroi.client().await.get("/", "").await;
    for name in ["cdn-cache-control", "surrogate-control", "x-accel-expires"] {
        assert!(!response.has(name), "{name} is still there:\n{}", response.shown());
    }
}

#[tokio::test]
async fn a_response_that_expires_a_cookie_is_private() {
    let octroi = Octroi::before(&Origin::always(ok("Cache-Control: public, max-age=60\r\n", "")).await).await;
    let response = octroi.client().await.exchange(navigate("/", "Cookie: _ga=1\r\n")).await;
    assert_eq!(directives(&response), ["max-age=60", "private"], "{}", response.shown());
}

#[tokio::test]
async fn other_responses_keep_their_cache_fields() {
    let lines = "Set-Cookie: sessionid=1\r\nCache-Control:  Public,s-maxage=9\r\nSurrogate-Control: max-age=600\r\n";
    let octroi = Octroi::before(&Origin::always(ok(lines, "")).await).await;
    let response = octroi.client().await.get("/", "Cookie: sessionid=1\r\n").await;
    assert_eq!(response.texts("cache-control"), ["Public,s-maxage=9"]);
    assert_eq!(response.texts("surrogate-control"), ["max-age=600"]);
    assert!(!response.has("vary"), "{}", response.shown());
}

/// The values of all cache fields of a response, joined.
fn cache_fields(response: &Message) -> String {
    let names =
        ["cache-control", "surrogate-control", "cdn-cache-control", "x-accel-expires", "expires", "vary", "pragma"];
    let values =
        names.iter().flat_map(|name| response.texts(name).into_iter().map(move |value| format!("{name}: {value}")));
    values.collect::<Vec<_>>().join("\n")
}

const INVITING: &str = "Cache-Control: public, max-age=60\r\nCache-Control: s-maxage=600\r\nSurrogate-Control: max-age=1\r\n\
                        Expires: Fri, 31 Dec 2100 00:00:00 GMT\r\nVary: Accept\r\nPragma: x\r\n";
const PRIVATE: &str =
    "cache-control: private, max-age=60\nexpires: Fri, 31 Dec 2100 00:00:00 GMT\nvary: Accept\npragma: x";

#[tokio::test]
async fn every_kind_of_response_with_a_gated_cookie_is_private() {
    let origin = Origin::replying(|request| {
        let status = request.target()[1..].replace('-', " ");
        let length = if status.starts_with("101") || status.starts_with("204") { "" } else { "Content-Length: 0\r\n" };
        let upgrade = if status.starts_with("101") { "Connection: upgrade\r\nUpgrade: websocket\r\n" } else { "" };
        format!("HTTP/1.1 {status}\r\n{length}{upgrade}{INVITING}Set-Cookie: _ga=1\r\n\r\n").into_bytes()
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut findings = Findings::default();
    for status in ["101-Switching", "204-No", "206-Part", "301-Moved", "304-Not", "404-Not", "500-Oh"] {
        let switches = status.starts_with("101");
        let upgrade = if switches { "Connection: Upgrade\r\nUpgrade: websocket\r\n" } else { "" };
        for method in if switches { &["GET"][..] } else { &["GET", "HEAD"] } {
            let mut client = octroi.client().await;
            client.send(get(&format!("/{status}"), upgrade).replacen("GET", method, 1)).await;
            let response = client.head_response().await;
            let right = cache_fields(&response) == PRIVATE && response.set_cookies().is_empty();
            findings.expect(right, || format!("{method}: {}", response.shown()));
        }
    }
    findings.none();
}

#[tokio::test]
async fn deletions_make_a_304_and_a_page_of_octroi_itself_private() {
    let origin = Origin::always(format!("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n{INVITING}\r\n")).await;
    let octroi = Octroi::before(&origin).await;
    let request = navigate("/", "If-None-Match: \"x\"\r\nCookie: _ga=1\r\n");
    let not_modified = octroi.client().await.exchange(&request).await;
    assert!(not_modified.status() == 304 && !not_modified.set_cookies().is_empty(), "{}", not_modified.shown());
    assert_eq!(cache_fields(&not_modified), PRIVATE);
    origin.stop().await;
    let own = octroi.client().await.exchange(&request).await;
    assert!(own.status() == 502 && !own.set_cookies().is_empty(), "{}", own.shown());
    assert_eq!(directives(&own), ["no-store", "private"]);
}

#[tokio::test]
async fn amended_exempt_cookies_and_an_ordinary_request_without_consent_leave_a_page_shareable() {
    let charter = charter_with("name = \"sessionid\"\n", "name = \"sessionid\"\nsecure = true\n");
    let origin = Origin::always(ok(&format!("{INVITING}Set-Cookie: sessionid=1\r\n"), "")).await;
    let octroi = Setup::before(&origin).charter(&charter).start().await;
    let response = octroi.client().await.get("/", "Cookie: _ga=1; stranger=2\r\n").await;
    assert_eq!(response.set_cookies(), ["sessionid=1; Secure"]);
    assert_eq!(cache_fields(&response), cache_fields(&Message::new(ok(INVITING, ""))));
}
