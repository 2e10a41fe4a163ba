//! Shared caches must not give one visitor's cookies, or their absence, to another.

use crate::support::choice::granted;
use crate::support::client::navigate;
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin};

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
async fn fields_for_content_delivery_networks_go() {
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
