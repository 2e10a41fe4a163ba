//! `docs/headers.md` names every field that octroi adds, changes or removes.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::client::navigate;
use crate::support::origin::ok;
use crate::support::{Message, Origin, Setup};

const DOCUMENTED: &str = include_str!("../../docs/headers.md");

const REQUEST: &str = "Cookie: _ga=1; sessionid=2\r\nAccept-Language: fr\r\nX-Client-IP: 192.0.2.1\r\nVia: 1.1 other\r\n\
    X-Forwarded-For: 192.0.2.1\r\nForwarded: for=192.0.2.1\r\nX-Request-ID: mine\r\nTE: trailers\r\nConnection: TE, Keep-Alive\r\n\
    Keep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\nProxy-Authorization: Basic eDp5\r\nIf-None-Match: \"a\"\r\n\
    User-Agent: test\r\nOrigin: http://a.test\r\n";

const RESPONSE: &str = "Set-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\nCache-Control: public, s-maxage=9\r\nETag: \"a\"\r\n\
    CDN-Cache-Control: max-age=9\r\nSurrogate-Control: max-age=9\r\nX-Accel-Expires: 9\r\nEdge-Control: x\r\nVary: Cookie\r\n\
    Akamai-Cache-Control: x\r\nCloudflare-CDN-Cache-Control: x\r\nNetlify-CDN-Cache-Control: x\r\nVercel-CDN-Cache-Control: x\r\n\
    Set-Cookie2: a=b\r\nAlt-Svc: h3=\":443\"\r\nLocation: /x\r\nContent-Location: /x\r\n\
    Refresh: 5; url=/x\r\nUpgrade: h2c\r\nKeep-Alive: timeout=5\r\nProxy-Authenticate: Basic\r\n\
    Connection: keep-alive\r\nLink: </a.css>; rel=preload\r\nServer: portal\r\n";

/// What was sent, up to the body.
fn sent(bytes: &[u8]) -> Message {
    Message::new(bytes.strip_suffix(b"body").unwrap_or(bytes).to_vec())
}

/// The values of each field.
fn by_name(message: &Message) -> BTreeMap<String, Vec<Vec<u8>>> {
    let mut all = BTreeMap::<_, Vec<_>>::new();
    message.fields().into_iter().for_each(|(name, value)| all.entry(name).or_default().push(value));
    all
}

/// The fields that one side has and the other has not, or has otherwise.
fn changed(before: &Message, after: &Message) -> BTreeSet<String> {
    let (before, after) = (by_name(before), by_name(after));
    before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

#[track_caller]
fn assert_documented(names: &BTreeSet<String>, expected: &[&str]) {
    let documented = DOCUMENTED.to_lowercase();
    let unknown: Vec<_> = names.iter().filter(|name| !documented.contains(&format!("`{name}`"))).collect();
    assert!(unknown.is_empty(), "docs/headers.md does not name {unknown:?}");
    let unmet: Vec<_> = expected.iter().filter(|name| !names.contains(**name)).collect();
    assert!(unmet.is_empty(), "the test does not meet {unmet:?}: {names:?}");
}

#[tokio::test]
async fn the_fields_that_octroi_adds_and_removes_are_documented() {
    let answer = ok(RESPONSE, "body");
    let origin = Origin::always(answer.clone()).await;
    for setup in [Setup::before(&origin), Setup::before(&origin).site("hsts = \"1d\"").upstream("via = true")] {
        let octroi = setup.start().await;
        let request = navigate("/", REQUEST);
        let response = octroi.client().await.exchange(&request).await;
        let asked = changed(&sent(request.as_bytes()), &origin.last());
        assert_documented(&asked, &["cookie", "x-real-ip", "x-client-ip", "cdn-loop", "proxy-authorization"]);
        let answered = changed(&sent(&answer), &response);
        assert_documented(&answered, &["set-cookie", "cache-control", "alt-svc", "via", "surrogate-control"]);
    }
}

#[tokio::test]
async fn the_fields_of_octrois_own_answers_are_documented() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let octroi = Setup::before_address(gone).start().await;
    let empty = sent(b"HTTP/1.1 200 OK\r\n\r\n");
    for request in [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    ] {
        let answer = octroi.client().await.exchange(request).await;
        assert_documented(&changed(&empty, &answer), &["proxy-status", "cache-control"]);
    }
}
