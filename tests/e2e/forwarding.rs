//! Fields that tell the portal about the client: those of proxies, similar spellings, and peers that may not send them.

use std::fmt::Display;

use crate::support::client::get;
use crate::support::http2::{Http2, request, whole};
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup};

/// Fields by which proxies tell who the client is, over what it came and for what it asks, with a value that nobody
/// else writes.
const OF_PROXIES: &str = "Forwarded X-Forwarded X-Forwarded-For X-Forwarded-Host X-Forwarded-Port X-Forwarded-Proto \
    X-Forwarded-User X-Forwarded-Email X-Forwarded-Groups X-Forwarded-Client-Cert X-Forwarded-Uri X-Forwarded-Method \
    X-Forwarded-Prefix X-Forwarded-Ssl X-Forwarded-Whatever X-Forwarder-For Forwarded-For X-Real-IP X-Real-Port X-Original-URL \
    X-Original-Host X-Original-URI X-Original-Forwarded-For X-Rewrite-URL X-Client-IP Client-IP True-Client-IP \
    X-Cluster-Client-IP CF-Connecting-IP CF-Connecting-IPv6 CF-Visitor CF-IPCountry Fastly-Client-IP Fastly-SSL Fly-Client-IP \
    X-Remote-User X-Remote-IP X-Remote-Addr Remote-User X-Originating-IP X-ProxyUser-Ip Proxy-Client-IP WL-Proxy-Client-IP \
    HTTP-Client-IP Front-End-Https X-Url-Scheme X-Scheme X-Host X-HTTP-Host-Override X-Envoy-External-Address \
    X-Azure-ClientIP X-AppEngine-User-IP X-SSL-Client-Cert SSL-Client-Verify Client-Cert X-Client-Cert X-Auth-Request-User \
    X-Authenticated-User X-WebAuth-User OIDC-Claim-Sub Auth-User X-MS-Client-Principal X-Goog-IAP-JWT-Assertion \
    X-Amzn-Oidc-Identity CloudFront-Viewer-Address Akamai-Origin-Hop X-Vercel-Forwarded-For Z-Forwarded-For X-Script-Name \
    X-Sendfile-Type X-Accel-Mapping Proxy X-ClientIP ClientIP X-Sucuri-ClientIP X-Override-URL X-Client-Verified \
    X-TLS-Client-Cert X-Userinfo X-Vouch-User Tailscale-User-Login X-Endpoint-API-UserInfo X-JWT-Assertion";

/// What clients of the portal send, and octroi does not touch.
const OF_VISITORS: &str = "X-Requested-With X-CSRFToken ODS-Widgets-Version X-API-Key X-Client-Version X-Auth-Token \
    X-Correlation-ID X-HTTP-Method-Override X_Other api_key DNT Sec-CH-UA Priority";

/// The same name, with another character in place of the hyphens.
fn spelt(name: &str) -> [String; 3] {
    ["_", ".", "~"].map(|other| name.replace('-', other))
}

/// A line for each name, all with the same value.
fn lines_of(names: impl IntoIterator<Item = impl Display>, value: &str) -> String {
    names.into_iter().map(|name| format!("{name}: {value}\r\n")).collect::<Vec<_>>().concat()
}

/// The names, as the portal sees them, of all lines that have the word in their value.
fn bearing(seen: &Message, word: &str) -> Vec<String> {
    let bears = |value: &[u8]| memchr::memmem::find(value, word.as_bytes()).is_some();
    seen.fields().into_iter().filter(|(_, value)| bears(value)).map(|(name, _)| name).collect()
}

#[tokio::test]
async fn no_field_of_a_proxy_passes_from_an_untrusted_peer_in_any_spelling() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).toml("[limits]\nheaders = 1000").start().await;
    let mut names: Vec<String> = OF_PROXIES.split_ascii_whitespace().map(str::to_owned).collect();
    let spellings: Vec<String> = names.iter().flat_map(|name| spelt(name)).collect();
    names.extend(spellings);
    let lines = lines_of(&names, "forged");
    octroi.client().await.get("/", &lines).await.assert_status(200);
    assert_eq!(bearing(&origin.last(), "forged"), [""; 0]);

    let lower: Vec<_> = names.iter().map(|name| name.to_lowercase()).collect();
    let fields: Vec<_> = lower.iter().map(|name| (name.as_str(), "forged")).collect();
    assert_eq!(Http2::connect(octroi.address).await.get("/", &fields).await.status(), 200);
    assert_eq!(bearing(&origin.last(), "forged"), [""; 0]);
}

#[tokio::test]
async fn fields_that_are_the_visitors_own_pass() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let names: Vec<String> = OF_VISITORS.split_ascii_whitespace().map(str::to_lowercase).collect();
    let lines = lines_of(&names, "mine");
    octroi.client().await.get("/", &lines).await.assert_status(200);
    let mut passed = bearing(&origin.last(), "mine");
    passed.sort();
    let mut expected = names;
    expected.sort();
    assert_eq!(passed, expected);
}

/// A server that reads names as variables would take these for the fields that octroi has judged.
#[tokio::test]
async fn no_other_spelling_of_a_field_that_octroi_reads_passes() {
    let origin = Origin::always(ok("", "")).await;
    let names =
        ["Content-Length", "Content-Type", "Transfer-Encoding", "Sec-GPC", "X-Request-ID", "Keep-Alive", "CDN-Loop"];
    for listener in ["", "trusted = [\"127.0.0.0/8\"]"] {
        let octroi = Setup::before(&origin).listener(listener).start().await;
        let spellings = names.iter().flat_map(|name| spelt(name)).chain(spelt("X-Forwarded-For"));
        let lines = lines_of(spellings, "forged");
        octroi.client().await.get("/", &lines).await.assert_status(200);
        assert_eq!(bearing(&origin.last(), "forged"), [""; 0], "{listener}");
    }
}

async fn trusted_upstream_of(lines: &str) -> Message {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).listener("trusted = [\"127.0.0.0/8\", \"10.0.0.0/8\"]").start().await;
    octroi.client().await.get("/", lines).await.assert_status(200);
    origin.last()
}

#[tokio::test]
async fn a_trusted_proxys_further_fields_pass() {
    let names = ["x-forwarded-user", "x-forwarded-prefix", "cf-connecting-ip", "x-ssl-client-cert", "x-original-url"];
    let lines = lines_of(names, "said");
    let mut passed = bearing(&trusted_upstream_of(&lines).await, "said");
    passed.sort();
    let mut expected = names;
    expected.sort_unstable();
    assert_eq!(passed, expected);
}

/// What its visitor says in the fields that it does not write passes through it.
#[tokio::test]
async fn behind_a_proxy_that_writes_one_field_the_others_say_the_same() {
    const FORGED: &str = "X-Real-IP: 6.6.6.6\r\nX-Forwarded-Host: evil.test\r\nX-Forwarded-Port: 666\r\n";
    const FORWARDED: &str = "Forwarded: for=6.6.6.6;host=evil.test;proto=https\r\n";
    for chain in ["203.0.113.9", "203.0.113.9, 10.0.0.7", "203.0.113.9:4711,10.0.0.7"] {
        let seen = trusted_upstream_of(&format!("X-Forwarded-For: {chain}\r\n{FORGED}{FORWARDED}")).await;
        assert_eq!(seen.texts("x-forwarded-for"), [format!("{chain}, 127.0.0.1")]);
        assert_eq!(seen.texts("x-real-ip"), ["203.0.113.9"]);
        assert_eq!(seen.texts("x-forwarded-host"), ["data.education.gouv.fr"]);
        assert_eq!(
            (seen.texts("x-forwarded-port"), seen.texts("x-forwarded-proto")),
            (vec!["80".into()], vec!["http".into()])
        );
        let forwarded = seen.texts("forwarded");
        let begins = "for=203.0.113.9;host=\"data.education.gouv.fr\";proto=http, for=";
        assert!(forwarded.len() == 1 && forwarded[0].starts_with(begins), "{forwarded:?}");
        assert_eq!((bearing(&seen, "6.6.6.6"), bearing(&seen, "evil")), (vec![], vec![]), "{}", seen.shown());
    }
    let seen = trusted_upstream_of(&format!("Forwarded: for=203.0.113.9;proto=https\r\n{FORGED}")).await;
    assert_eq!(seen.texts("x-real-ip"), ["203.0.113.9"]);
    assert_eq!(seen.texts("x-forwarded-for"), ["203.0.113.9, 127.0.0.1"]);
    assert_eq!(seen.texts("x-forwarded-proto"), ["https"]);
    assert_eq!((bearing(&seen, "6.6.6.6"), bearing(&seen, "evil")), (vec![], vec![]), "{}", seen.shown());
}

/// Names that a head would not let through as they are, or that a recipient must know before the body.
const NO_TRAILERS: &str = "X-Request-ID Content-Type Content-Encoding Content-Range Keep-Alive Proxy-Authorization Host Cookie \
    Authorization Range If-Match Cache-Control Via Accept-Encoding Sec-GPC Max-Forwards CDN-Loop X_Request_ID Content_Length X-Mine";

#[tokio::test]
async fn no_such_field_comes_as_a_trailer() {
    let origin = Origin::always(ok("", "")).await;
    let mut findings = Findings::default();
    for listener in ["", "trusted = [\"127.0.0.0/8\"]"] {
        let octroi = Setup::before(&origin).listener(listener).start().await;
        for name in OF_PROXIES.split_ascii_whitespace().chain(NO_TRAILERS.split_ascii_whitespace()) {
            let body = format!("1\r\na\r\n0\r\n{name}: forged\r\nX-Sum: 1\r\n\r\n");
            let lines = "Connection: X-Mine\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n";
            let post = get("/", lines).replacen("GET", "POST", 1) + &body;
            octroi.client().await.exchange(post).await.assert_status(200);
            let seen = origin.last();
            let trailers = String::from_utf8_lossy(&seen.trailers).to_lowercase();
            findings.expect(trailers == "x-sum: 1\r\n" && bearing(&seen, "forged").is_empty(), || {
                format!("{listener} {name}: {trailers}{}", seen.shown())
            });
        }
    }
    findings.none();
}

#[tokio::test]
async fn no_such_field_comes_as_a_trailer_of_http2() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let names = OF_PROXIES.to_lowercase();
    let names = names.split_ascii_whitespace().chain(["x-request-id", "content-type", "via", "x_real_ip", "range"]);
    let mut trailers: http::HeaderMap =
        names.map(|name| (name.parse::<http::HeaderName>().unwrap(), "forged".parse().unwrap())).collect();
    trailers.insert("x-sum", "1".parse().unwrap());
    let mut client = Http2::connect(octroi.address).await;
    let (response, mut body) = client.begin(request("POST", "/", &[]), false).await;
    body.send_data("up".into(), false).unwrap();
    body.send_trailers(trailers).unwrap();
    assert_eq!(whole(response).await.unwrap().status(), 200);
    assert_eq!(String::from_utf8_lossy(&origin.last().trailers).to_lowercase(), "x-sum: 1\r\n");
}
