//! Whether a visitor came by https: the PROXY header's TLS part, the listener's `scheme`, a trusted peer's field.

use crate::support::client::{get, navigate};
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup, shown};

const PROXY: &str = "proxy_protocol = true\ntrusted = [\"127.0.0.0/8\"]";
const TRUSTED: &str = "trusted = [\"127.0.0.0/8\"]";
const V1: &[u8] = b"PROXY TCP4 203.0.113.9 198.51.100.1 12345 80\r\n";
const IPV4: &[u8] = &[203, 0, 113, 9, 198, 51, 100, 1, 0x30, 0x39, 0, 80];

/// A header of version 2: command, family, addresses, extensions.
fn version2(command: u8, family: u8, addresses: &[u8], extensions: &[u8]) -> Vec<u8> {
    let length = u16::try_from(addresses.len() + extensions.len()).unwrap().to_be_bytes();
    [b"\r\n\r\n\0\r\nQUIT\n", &[0x20 | command, family][..], &length, addresses, extensions].concat()
}

/// The extension that speaks of TLS (`PP2_TYPE_SSL`), with the version's name in it, behind a checksum.
fn tls_part(client: u8) -> Vec<u8> {
    let version = [&[0x21, 0, 7][..], b"TLSv1.3"].concat();
    let value = [&[client, 0, 0, 0, 0][..], &version].concat();
    let length = u8::try_from(value.len()).unwrap();
    [&[3, 0, 4, 1, 2, 3, 4, 0x20, 0, length][..], &value].concat()
}

fn tls(client: u8) -> Vec<u8> {
    version2(1, 0x11, IPV4, &tls_part(client))
}

async fn start(origin: &Origin, listener: &str) -> Octroi {
    Setup::before(origin).listener(listener).site("hsts = \"1d\"").start().await
}

/// The request that reaches the portal on a connection that begins with `header`, and its response.
async fn pass(octroi: &Octroi, origin: &Origin, header: &[u8], lines: &str) -> Option<(Message, Message)> {
    let before = origin.requests().len();
    let mut client = octroi.client().await;
    client.send([header, get("/", lines).as_bytes()].concat()).await;
    let response = client.response().await;
    Some((origin.requests().get(before)?.clone(), response))
}

const HTTPS: &str = "X-Forwarded-Proto: https\r\n";
const HTTP: &str = "X-Forwarded-Proto: http\r\n";

/// What begins a connection, further lines of the request, and the scheme that must be told of it.
type Case<'a> = (&'a [u8], &'a str, &'a str);

/// Whether the portal hears the scheme and its port, and the visitor of HSTS.
async fn judge(listener: &str, cases: &[Case<'_>]) {
    let origin = Origin::always(ok("", "")).await;
    let octroi = start(&origin, listener).await;
    let mut findings = Findings::default();
    for (header, lines, scheme) in cases {
        let Some((seen, response)) = pass(&octroi, &origin, header, lines).await else {
            findings.expect(false, || format!("{}: not served", shown(header)));
            continue;
        };
        let port = if *scheme == "https" { "443" } else { "80" };
        let heard = (seen.field("x-forwarded-proto"), seen.field("x-forwarded-port"));
        let hsts = response.has("strict-transport-security") == (*scheme == "https");
        let right = heard == (Some((*scheme).to_owned()), Some(port.to_owned()));
        findings.expect(right && hsts, || format!("{} {lines}: {heard:?}, {hsts}", shown(header)));
    }
    findings.none();
}

#[tokio::test]
async fn the_scheme_is_the_proxy_headers_then_that_of_the_balancer_that_connected() {
    let plain = version2(1, 0x11, IPV4, b"");
    let cases: [Case<'_>; 12] = [
        (V1, "", "http"),
        (&plain, "", "http"),
        (&tls(1), "", "https"),
        (&tls(7), HTTP, "https"),
        (&version2(1, 0x31, &[b'/'; 216], &tls_part(1)), "", "https"),
        // No TLS, whatever else the part says, and whatever the visitor adds.
        (&tls(0), HTTPS, "http"),
        (&tls(6), HTTPS, "http"),
        // The balancer is trusted to write this field, and no other.
        (V1, HTTPS, "https"),
        (&plain, HTTPS, "https"),
        (&plain, HTTP, "http"),
        (V1, "Forwarded: for=6.6.6.6;proto=https\r\n", "http"),
        (V1, "X-Forwarded-Ssl: on\r\n", "http"),
    ];
    judge(PROXY, &cases).await;
}

#[tokio::test]
async fn if_the_proxy_header_has_no_address_no_other_scheme_counts() {
    let cases: [Case<'_>; 5] = [
        (b"PROXY UNKNOWN\r\n", HTTPS, "http"),
        (b"PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", HTTPS, "http"),
        (&version2(1, 0, b"", b""), HTTPS, "http"),
        (&version2(0, 0, b"", b""), HTTPS, "http"),
        (&version2(0, 0x11, IPV4, &tls_part(1)), HTTPS, "http"),
    ];
    judge(PROXY, &cases).await;
}

#[tokio::test]
async fn a_listeners_scheme_overrides_fields_but_not_the_proxy_header() {
    let https: [Case<'_>; 6] = [
        (V1, "", "https"),
        (V1, HTTP, "https"),
        (b"PROXY UNKNOWN\r\n", HTTP, "https"),
        (&version2(0, 0, b"", b""), "", "https"),
        (&tls(0), HTTPS, "http"),
        (&tls(1), HTTP, "https"),
    ];
    judge(&format!("{PROXY}\nscheme = \"https\""), &https).await;
    judge(&format!("{PROXY}\nscheme = \"http\""), &[(V1, HTTPS, "http"), (&tls(1), "", "https")]).await;
    for listener in ["scheme = \"https\"".to_owned(), format!("{TRUSTED}\nscheme = \"https\"")] {
        judge(&listener, &[(b"", "", "https"), (b"", HTTP, "https")]).await;
    }
}

#[tokio::test]
async fn without_a_proxy_header_a_trusted_peers_fields_count_and_a_strangers_do_not() {
    const FORWARDED: &str = "Forwarded: for=1.2.3.4;proto=https\r\n";
    judge(TRUSTED, &[(b"", "", "http"), (b"", HTTPS, "https"), (b"", FORWARDED, "https")]).await;
    judge("", &[(b"", HTTPS, "http"), (b"", FORWARDED, "http")]).await;
}

#[tokio::test]
async fn fields_of_a_visitor_behind_a_proxy_header_do_not_count() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = start(&origin, PROXY).await;
    let lines = "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: evil.test\r\nX-Forwarded-Port: 666\r\nX-Real-IP: 6.6.6.6\r\n\
                 Forwarded: for=6.6.6.6;host=evil.test\r\nX-Request-ID: 66666666666\r\n";
    let headers: [&[u8]; 6] = [
        V1,
        &tls(1),
        b"PROXY UNKNOWN\r\n",
        &version2(0, 0, b"", b""),
        &version2(1, 0, b"", b""),
        &version2(1, 0x31, &[b'/'; 216], b""),
    ];
    let mut findings = Findings::default();
    for header in headers {
        let (seen, _) = pass(&octroi, &origin, header, lines).await.expect("it is served");
        let forged = seen.fields().into_iter().filter(|(_, value)| {
            let value = String::from_utf8_lossy(value);
            value.contains("6.6.6.6") || value.contains("evil") || value.contains("666666") || value == "666"
        });
        let forged: Vec<_> = forged.map(|(name, _)| name).collect();
        findings.expect(forged.is_empty(), || format!("{}: {forged:?}\n{}", shown(header), seen.shown()));
    }
    findings.none();
}

/// As a CDN behind a balancer: the balancer announces a proxy that is trusted, too.
#[tokio::test]
async fn an_announced_address_may_be_a_trusted_proxy() {
    let origin = Origin::always(ok("", "")).await;
    let listener = "proxy_protocol = true\ntrusted = [\"127.0.0.0/8\", \"203.0.113.0/24\"]";
    let octroi = start(&origin, listener).await;
    let lines = "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n";
    let (seen, _) = pass(&octroi, &origin, V1, lines).await.expect("it is served");
    assert_eq!(seen.texts("x-forwarded-for"), ["192.0.2.7, 203.0.113.9"]);
    assert_eq!(
        (seen.texts("x-real-ip"), seen.texts("x-forwarded-proto")),
        (vec!["192.0.2.7".into()], vec!["https".into()])
    );
}

#[tokio::test]
async fn the_redirect_to_https_ends_if_the_balancer_uses_it() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = start(&origin, &format!("{PROXY}\nredirect = \"https\"")).await;
    for (header, lines, status) in [
        (V1.to_vec(), "", 308),
        (tls(0), "", 308),
        (tls(1), "", 200),
        (V1.to_vec(), "X-Forwarded-Proto: https\r\n", 200),
        (b"PROXY UNKNOWN\r\n".to_vec(), "X-Forwarded-Proto: https\r\n", 308),
    ] {
        let mut client = octroi.client().await;
        client.send([&header[..], get("/", lines).as_bytes()].concat()).await;
        assert_eq!(client.response().await.status(), status, "{} {lines}", shown(&header));
    }
}

#[tokio::test]
async fn deletions_are_those_of_https() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = start(&origin, PROXY).await;
    for (header, https) in [(tls(1), true), (tls(0), false)] {
        let mut client = octroi.client().await;
        client.send([&header[..], navigate("/", "Cookie: _ga=1\r\n").as_bytes()].concat()).await;
        let response = client.response().await;
        let lines = response.set_cookies();
        let is_secure = |line: &String| line.contains("; Secure");
        assert!(!lines.is_empty() && lines.iter().all(|line| is_secure(line) == https), "{}", response.shown());
        assert_eq!(lines.iter().any(|line| line.contains("; Partitioned")), https, "{}", response.shown());
    }
}

/// What cannot be read to its end is no header, and nobody guesses what it says.
#[tokio::test]
async fn extensions_that_cannot_be_read_are_refused() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = start(&origin, PROXY).await;
    for extensions in
        [&[0x20, 0, 9, 1, 0, 0, 0, 0][..], &[0x20], &[4, 0, 0, 0x20, 0], &[0x20, 0, 0], &[0x20, 0, 4, 1, 0, 0, 0]]
    {
        let mut client = octroi.client().await;
        client.send([version2(1, 0x11, IPV4, extensions), get("/", "").into_bytes()].concat()).await;
        assert!(client.wire.is_closed().await, "{extensions:?}");
    }
    assert!(origin.requests().is_empty());
}
