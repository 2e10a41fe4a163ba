//! The PROXY protocol: who may send it, in which forms, and its deadline.

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::support::client::{get, tls};
use crate::support::http2::{Http2, request_to};
use crate::support::origin::ok;
use crate::support::{Authority, Findings, Octroi, Origin, Setup, shown, within};

pub(super) const TRUSTED: &str = "proxy_protocol = true\ntrusted = [\"127.0.0.0/8\"]";

async fn portal() -> Origin {
    Origin::always(ok("", "served")).await
}

/// Version 2: command and family, then the addresses of the tables below and whatever follows them.
fn version2(command: u8, family: u8, addresses: &[u8], extensions: &[u8]) -> Vec<u8> {
    let length = u16::try_from(addresses.len() + extensions.len()).unwrap().to_be_bytes();
    [b"\r\n\r\n\0\r\nQUIT\n", &[0x20 | command, family][..], &length, addresses, extensions].concat()
}

const IPV4: &[u8] = &[203, 0, 113, 9, 198, 51, 100, 1, 0x30, 0x39, 0, 80];

/// What the portal is told of the visitor if a connection begins with `header`; `None` if it was not served.
async fn visitor(octroi: &Octroi, origin: &Origin, header: &[u8]) -> Option<String> {
    let before = origin.requests().len();
    let mut client = octroi.client().await;
    client.send([header, get("/", "Connection: close\r\n").as_bytes()].concat()).await;
    let answer = client.wire.read_to_end().await;
    assert_eq!(answer.starts_with(b"HTTP/1.1 200"), origin.requests().len() > before, "{}", shown(&answer));
    origin.requests().get(before)?.field("x-forwarded-for")
}

/// Headers, and the address that the portal is told then.
pub(super) fn understood() -> Vec<(Vec<u8>, &'static str)> {
    let ipv6 = [&[0x20, 1, 0xd, 0xb8][..], &[0; 11], &[9], &[0; 16], &[0x30, 0x39, 0, 80]].concat();
    let crc_and_name = [&[3, 0, 4, 1, 2, 3, 4][..], &[2, 0, 1, b'a'], &[4, 0, 0]].concat();
    vec![
        (b"PROXY TCP4 203.0.113.9 198.51.100.1 12345 80\r\n".into(), "203.0.113.9"),
        (b"PROXY TCP6 2001:db8::9 2001:db8::1 12345 80\r\n".into(), "2001:db8::9"),
        (b"PROXY UNKNOWN\r\n".into(), "127.0.0.1"),
        (b"PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n".into(), "127.0.0.1"),
        (version2(1, 0x11, IPV4, b""), "203.0.113.9"),
        (version2(1, 0x11, IPV4, &crc_and_name), "203.0.113.9"),
        (version2(1, 0x21, &ipv6, b""), "2001:db8::9"),
        (version2(1, 0x00, b"", b""), "127.0.0.1"),
        (version2(0, 0x00, b"", b""), "127.0.0.1"),
        (version2(0, 0x11, IPV4, &crc_and_name), "127.0.0.1"),
    ]
}

#[tokio::test]
async fn every_form_of_the_header_is_understood() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).listener(TRUSTED).start().await;
    let mut findings = Findings::default();
    for (header, expected) in understood() {
        let seen = visitor(&octroi, &origin, &header).await;
        findings.expect(seen.as_deref() == Some(expected), || format!("{}: {seen:?}", shown(&header)));
    }
    findings.none();
}

/// Headers after which nothing is served.
pub(super) fn malformed() -> Vec<Vec<u8>> {
    let long_line = format!("PROXY TCP4 {}\r\n", "1".repeat(200));
    let table: [&[u8]; 8] = [
        b"",
        b"proxy TCP4 203.0.113.9 198.51.100.1 12345 80\r\n",
        b"PROXY TCP4 nonsense\r\n",
        b"PROXY TCP4 203.0.113.9 198.51.100.1 12345 99999\r\n",
        long_line.as_bytes(),
        &[&version2(1, 0x11, IPV4, b"")[..14], &[0xff, 0xff]].concat(),
        &[b"\r\n\r\n\0\r\nQUIT\n\x31\x11\0\x0c", IPV4].concat(),
        &version2(1, 0x11, &IPV4[..4], b""),
    ];
    table.map(<[u8]>::to_vec).into()
}

#[tokio::test]
async fn a_malformed_or_too_long_header_is_not_served() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).listener(TRUSTED).start().await;
    for header in malformed() {
        assert_eq!(visitor(&octroi, &origin, &header).await, None, "{}", shown(&header));
    }
    let refused = [("reason", "proxy-header")];
    octroi
        .metrics_until("the refusals", |metrics| {
            metrics.count("octroi_connections_refused_total", &refused) == u64::try_from(malformed().len()).unwrap()
        })
        .await;
}

#[tokio::test]
async fn a_header_that_does_not_come_or_end_has_a_deadline() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).listener(TRUSTED).toml("[timeouts]\nheader = \"300ms\"").start().await;
    for begun in [&b""[..], b"PROXY TCP4 203.0.113.9", b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xcb"] {
        let mut client = octroi.client().await;
        client.send(begun).await;
        assert!(client.wire.is_closed().await, "{}", shown(begun));
    }
}

/// Neither if the listener expects a header, nor if it expects none.
#[tokio::test]
async fn an_untrusted_peer_may_not_send_it() {
    let origin = portal().await;
    let header = b"PROXY TCP4 203.0.113.9 198.51.100.1 12345 80\r\n";
    for listener in ["proxy_protocol = true\ntrusted = [\"192.0.2.0/24\"]", "trusted = [\"127.0.0.0/8\"]", ""] {
        let octroi = Setup::before(&origin).listener(listener).start().await;
        assert_eq!(visitor(&octroi, &origin, header).await, None, "{listener}");
        assert_eq!(visitor(&octroi, &origin, &version2(1, 0x11, IPV4, b"")).await, None, "{listener}");
    }
}

/// The balancer speaks for the address only: the visitor whom it announces is not trusted with anything else.
#[tokio::test]
async fn an_announced_address_is_not_trusted() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).listener(TRUSTED).start().await;
    let header = b"PROXY TCP4 203.0.113.9 198.51.100.1 12345 80\r\n";
    let mut client = octroi.client().await;
    client.send([&header[..], get("/", "X-Forwarded-For: 192.0.2.1\r\n").as_bytes()].concat()).await;
    client.response().await.assert_status(200);
    assert_eq!(origin.last().texts("x-forwarded-for"), ["203.0.113.9"]);
}

/// As a balancer sends it that does not end TLS: the handshake may come in the same packet.
#[tokio::test]
async fn it_comes_before_the_tls_handshake() {
    let (origin, authority) = (portal().await, Authority::new());
    let listener = format!("tls = {{ certificate = \"h.pem\", key = \"h.key\" }}\n{TRUSTED}");
    let setup = Setup::before(&origin).listener(&listener);
    authority.certificate(&["h"]).write(setup.directory(), "h");
    let octroi = setup.start().await;
    for header in [b"PROXY TCP4 203.0.113.9 198.51.100.1 12345 443\r\n".to_vec(), version2(1, 0x11, IPV4, b"")] {
        let mut tcp = TcpStream::connect(octroi.tls).await.unwrap();
        tcp.write_all(&header).await.unwrap();
        let connector = TlsConnector::from(authority.client(&["h2"]));
        let stream = within("a handshake", connector.connect("h".try_into().unwrap(), tcp)).await.unwrap();
        let mut client = Http2::over(stream).await;
        assert_eq!(client.fetch(request_to("h", "GET", "/", &[])).await.unwrap().body, b"served");
        let seen = origin.last();
        assert_eq!(seen.texts("x-forwarded-for"), ["203.0.113.9"]);
        assert_eq!(seen.texts("x-forwarded-proto"), ["https"]);
    }
    assert!(tls(octroi.tls, "h", authority.client(&["h2"])).await.is_err(), "a handshake without the header");
}

/// Each announced address is counted by itself, for all that one balancer opens the connections.
#[tokio::test]
async fn connections_of_one_announced_address_are_limited() {
    let origin = portal().await;
    let limit = "[limits]\nconnections_per_address = 1";
    let octroi = Setup::before(&origin).listener(TRUSTED).toml(limit).start().await;
    let header = |last: u8| format!("PROXY TCP4 203.0.113.{last} 198.51.100.1 12345 80\r\n").into_bytes();
    let mut open = octroi.client().await;
    open.send([header(9), get("/", "").into_bytes()].concat()).await;
    open.response().await.assert_status(200);
    assert_eq!(visitor(&octroi, &origin, &header(9)).await, None);
    assert!(visitor(&octroi, &origin, &header(10)).await.is_some());
    drop(open);
    within("the address to be let in again", async { while visitor(&octroi, &origin, &header(9)).await.is_none() {} })
        .await;
}

/// If nothing is said of one address, a stranger has a quarter of all connections and a local proxy all of them.
#[tokio::test]
async fn one_announced_address_takes_a_quarter_of_all_connections_at_most() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).listener(TRUSTED).toml("[limits]\nconnections = 8").start().await;
    let header = |last: u8| format!("PROXY TCP4 203.0.113.{last} 198.51.100.1 12345 80\r\n").into_bytes();
    let mut open = Vec::new();
    for _ in 0..2 {
        let mut client = octroi.client().await;
        client.send([header(9), get("/", "").into_bytes()].concat()).await;
        client.response().await.assert_status(200);
        open.push(client);
    }
    assert_eq!(visitor(&octroi, &origin, &header(9)).await, None);
    assert!(visitor(&octroi, &origin, &header(10)).await.is_some());
}
