//! TLS on the visitor's side: versions, certificates chosen by name, and hosts that do not match the name.

use rustls::version::{TLS12, TLS13};

use crate::support::client::{Client, get, tls};
use crate::support::http2::{Http2, request_to};
use crate::support::origin::ok;
use crate::support::{Authority, Octroi, Origin, Setup};

async fn two_certificates(authority: &Authority) -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "ok")).await;
    let setup = Setup::before(&origin).hosts(r#"["a.test", "b.test", "*.wild.test"]"#);
    let octroi = setup.tls(authority, &[&["a.test"], &["b.test", "*.wild.test"]]).start().await;
    (origin, octroi)
}

#[tokio::test]
async fn versions_12_and_13_and_nothing_older() {
    let authority = Authority::new();
    let (_origin, octroi) = two_certificates(&authority).await;
    for version in [&TLS12, &TLS13] {
        let stream = tls(octroi.tls, "a.test", authority.client_of_versions(&["http/1.1"], &[version])).await.unwrap();
        assert_eq!(stream.get_ref().1.protocol_version(), Some(version.version));
    }
    // A ClientHello of TLS 1.1, its version in both places, with one old cipher suite.
    let hello = [&[22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2][..], &[7; 32], &[0, 0, 2, 0, 0x2f, 1, 0]].concat();
    let mut old = octroi_tls(&octroi).await;
    old.send(hello).await;
    let answer = old.wire.read_to_end().await;
    assert!(answer.is_empty() || answer[0] == 21, "no alert: {answer:?}");
}

async fn octroi_tls(octroi: &Octroi) -> Client {
    Client::connect(octroi.tls).await
}

#[tokio::test]
async fn the_protocol_is_chosen_by_alpn() {
    let authority = Authority::new();
    let (_origin, octroi) = two_certificates(&authority).await;
    for (offered, chosen) in [
        (&["h2", "http/1.1"][..], Some(&b"h2"[..])),
        (&["http/1.1", "h2"], Some(b"h2")),
        (&["http/1.1"], Some(b"http/1.1")),
        (&[], None),
    ] {
        let stream = tls(octroi.tls, "a.test", authority.client(offered)).await.unwrap();
        let got = stream.get_ref().1.alpn_protocol();
        // Either order of preference is right if both were offered.
        assert!(got == chosen || (offered.len() == 2 && got == Some(b"http/1.1")), "{offered:?}: {got:?}");
    }
    let mut client = Client::connect_tls(octroi.tls, "a.test", authority.client(&[])).await;
    client.exchange("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n").await.assert_status(200);
}

#[tokio::test]
async fn the_certificate_is_chosen_by_name() {
    let authority = Authority::new();
    let (_origin, octroi) = two_certificates(&authority).await;
    for name in ["a.test", "b.test", "x.wild.test", "A.TEST"] {
        let mut client = Client::connect_tls(octroi.tls, name, authority.client(&["http/1.1"])).await;
        client.exchange(format!("GET / HTTP/1.1\r\nHost: {name}\r\n\r\n")).await.assert_status(200);
    }
    assert!(tls(octroi.tls, "c.test", authority.client(&[])).await.is_err(), "no certificate fits this name");
}

#[tokio::test]
async fn a_host_of_another_site_than_the_servers_name_is_misdirected() {
    let authority = Authority::new();
    let (first, second) = (Origin::always(ok("", "first")).await, Origin::always(ok("", "second")).await);
    let octroi = Setup::before(&first)
        .hosts(r#"["a.test", "also-a.test"]"#)
        .and_site(r#"["b.test"]"#, second.address)
        .tls(&authority, &[&["a.test"], &["b.test"]])
        .start()
        .await;
    let mut client = Client::connect_tls(octroi.tls, "a.test", authority.client(&["http/1.1"])).await;
    client.exchange("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n").await.assert_status(200);
    client.exchange("GET / HTTP/1.1\r\nHost: also-a.test\r\n\r\n").await.assert_status(200);
    client.exchange("GET / HTTP/1.1\r\nHost: b.test\r\n\r\n").await.assert_status(421);
    let stream = tls(octroi.tls, "b.test", authority.client(&["h2"])).await.unwrap();
    let mut client = Http2::over(stream).await;
    assert_eq!(client.fetch(request_to("a.test", "GET", "/", &[])).await.unwrap().status(), 421);
    assert_eq!(client.fetch(request_to("b.test", "GET", "/", &[])).await.unwrap().body, b"second");
    assert_eq!((first.requests().len(), second.requests().len()), (2, 1));
}

/// Its certificate vouches for no site's host, so there is nothing to keep apart.
#[tokio::test]
async fn a_server_name_that_no_site_has_restricts_nothing() {
    let authority = Authority::new();
    let (first, second) = (Origin::always(ok("", "first")).await, Origin::always(ok("", "second")).await);
    for others in [r#"["b.test", "*.b.test"]"#, r#"["b.test", "*"]"#] {
        let octroi = Setup::before(&first)
            .hosts(r#"["a.test"]"#)
            .and_site(others, second.address)
            .tls(&authority, &[&["octroi.internal", "a.test"]])
            .start()
            .await;
        let mut client = Client::connect_tls(octroi.tls, "octroi.internal", authority.client(&["http/1.1"])).await;
        for (host, site) in [("a.test", "first"), ("b.test", "second")] {
            assert_eq!(client.exchange(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).await.text(), site);
        }
        let stream = tls(octroi.tls, "octroi.internal", authority.client(&["h2"])).await.unwrap();
        let mut client = Http2::over(stream).await;
        assert_eq!(client.fetch(request_to("b.test", "GET", "/", &[])).await.unwrap().body, b"second");
        // The name of a site still stands for that site alone, also against the site of all other hosts.
        let mut client = Client::connect_tls(octroi.tls, "a.test", authority.client(&["http/1.1"])).await;
        client.exchange("GET / HTTP/1.1\r\nHost: b.test\r\n\r\n").await.assert_status(421);
        if others.contains("\"*\"") {
            client.exchange("GET / HTTP/1.1\r\nHost: c.test\r\n\r\n").await.assert_status(421);
        }
    }
}

/// It may serve several hosts over one connection, and name whom it likes in the handshake.
#[tokio::test]
async fn a_trusted_proxy_may_share_a_connection_among_sites() {
    let authority = Authority::new();
    let (first, second) = (Origin::always(ok("", "first")).await, Origin::always(ok("", "second")).await);
    let setup = Setup::before(&first).hosts(r#"["a.test"]"#).and_site(r#"["b.test"]"#, second.address);
    authority.certificate(&["a.test"]).write(setup.directory(), "a");
    let listener = "address = \"127.0.0.1:0\"\ntls = { certificate = \"a.pem\", key = \"a.key\" }";
    let octroi = setup.and_listener(&format!("{listener}\ntrusted = [\"127.0.0.0/8\"]")).start().await;
    let mut client = Client::connect_tls(octroi.tls, "a.test", authority.client(&["http/1.1"])).await;
    for (host, site) in [("a.test", "first"), ("b.test", "second"), ("a.test", "first")] {
        assert_eq!(client.exchange(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).await.text(), site);
    }
    let stream = tls(octroi.tls, "a.test", authority.client(&["h2"])).await.unwrap();
    let mut client = Http2::over(stream).await;
    assert_eq!(client.fetch(request_to("b.test", "GET", "/", &[])).await.unwrap().body, b"second");
}

#[tokio::test]
async fn garbage_and_silence_disturb_no_other_connection() {
    let authority = Authority::new();
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin)
        .toml("[timeouts]\nheader = \"2s\"")
        .tls(&authority, &[&["data.education.gouv.fr"]])
        .start()
        .await;
    let mut garbage = octroi_tls(&octroi).await;
    garbage.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").await;
    garbage.wire.read_to_end().await;
    let mut silent = octroi_tls(&octroi).await;
    let mut half = octroi_tls(&octroi).await;
    half.send([22, 3, 1, 0, 200, 1, 0]).await;
    let mut client = Client::connect_tls(octroi.tls, "data.education.gouv.fr", authority.client(&["http/1.1"])).await;
    client.exchange(get("/", "")).await.assert_status(200);
    assert!(silent.wire.is_closed().await, "a handshake has a deadline");
    half.wire.read_to_end().await;
    let failed = "octroi_connections_refused_total";
    octroi.metrics_until("failed handshakes", |metrics| metrics.sum(failed, &[]) > 0.0 || !metrics.has(failed)).await;
}

#[tokio::test]
async fn a_second_handshake_resumes_on_any_worker() {
    let authority = Authority::new();
    let (_origin, octroi) = two_certificates(&authority).await;
    let config = authority.client_of_versions(&["http/1.1"], &[&TLS13]);
    let mut resumed = 0;
    for round in 0..6 {
        let stream = tls(octroi.tls, "a.test", config.clone()).await.unwrap();
        let kind = stream.get_ref().1.handshake_kind();
        resumed += usize::from(kind == Some(rustls::HandshakeKind::Resumed));
        let mut client = Client { wire: crate::support::wire::Wire::new(stream) };
        // Tickets come behind the handshake: a whole response makes sure that they were read.
        client.exchange("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n").await.assert_status(200);
        assert!(round == 0 || resumed > 0, "the second handshake did not resume");
    }
    assert_eq!(resumed, 5);
}

/// What kind of handshake a visit begins with.
async fn handshake(octroi: &Octroi, config: &std::sync::Arc<rustls::ClientConfig>) -> Option<rustls::HandshakeKind> {
    let stream = tls(octroi.tls, "a.test", config.clone()).await.unwrap();
    let kind = stream.get_ref().1.handshake_kind();
    let mut client = Client { wire: crate::support::wire::Wire::new(stream) };
    // Tickets come behind the handshake: a whole response makes sure that they were read.
    client.exchange("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n").await.assert_status(200);
    kind
}

/// Writes a file of keys, each of equal bytes, for the process alone.
fn write_keys(directory: &std::path::Path, keys: &[u8]) {
    use std::os::unix::fs::PermissionsExt;
    let text: String = keys.iter().map(|byte| data_encoding::BASE64.encode(&[*byte; 32]) + "\n").collect();
    let file = directory.join("ticket.keys");
    std::fs::write(&file, text).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[tokio::test]
async fn replicas_that_share_ticket_keys_resume_each_others_sessions() {
    use rustls::HandshakeKind::{Full, Resumed};
    let authority = Authority::new();
    let origin = Origin::always(ok("", "ok")).await;
    let replica = async |keys: &[u8]| {
        let setup = Setup::before(&origin).hosts(r#"["a.test"]"#);
        authority.certificate(&["a.test"]).write(setup.directory(), "a");
        write_keys(setup.directory(), keys);
        let tls = "tls = { certificate = \"a.pem\", key = \"a.key\" }\nticket_keys = \"ticket.keys\"";
        setup.and_listener(&format!("address = \"127.0.0.1:0\"\n{tls}")).start().await
    };
    let (one, other, stranger) = (replica(&[1, 2]).await, replica(&[2, 1]).await, replica(&[3]).await);
    for version in [&TLS12, &TLS13] {
        let config = authority.client_of_versions(&["http/1.1"], &[version]);
        assert_eq!(handshake(&one, &config).await, Some(Full));
        assert_eq!(handshake(&other, &config).await, Some(Resumed), "{:?}", version.version);
        assert_eq!(handshake(&one, &config).await, Some(Resumed), "{:?}", version.version);
        assert_eq!(handshake(&stranger, &config).await, Some(Full));
    }
    // The key of the first is taken away: its tickets are worth nothing any more, without a restart.
    let config = authority.client_of_versions(&["http/1.1"], &[&TLS13]);
    let forgotten = async {
        loop {
            handshake(&one, &config).await;
            if handshake(&other, &config).await == Some(Full) {
                return;
            }
        }
    };
    write_keys(other.directory.path(), &[2]);
    crate::support::within("the key to be forgotten", forgotten).await;
}

#[tokio::test]
async fn clear_text_gets_an_answer_that_the_port_needs_tls() {
    let authority = Authority::new();
    let (origin, octroi) = two_certificates(&authority).await;
    let upload = format!("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 200000\r\n\r\n{}", "x".repeat(200_000));
    for request in
        ["GET / HTTP/1.1\r\nHost: a.test\r\n\r\n", "G", "\r\nGET /", "get", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &upload]
    {
        let mut client = octroi_tls(&octroi).await;
        client.send(request).await;
        let answer = client.response().await;
        answer.assert_status(400);
        assert!(
            answer.text().contains("https://") && answer.field("connection").as_deref() == Some("close"),
            "{}",
            answer.shown()
        );
        assert!(client.wire.is_closed().await, "{request:.20}");
    }
    let mut client = Client::connect_tls(octroi.tls, "a.test", authority.client(&["http/1.1"])).await;
    client.exchange("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n").await.assert_status(200);
    assert_eq!(origin.requests().len(), 1);
}

#[tokio::test]
async fn bytes_that_are_neither_http_nor_tls_get_an_alert_or_the_end() {
    let authority = Authority::new();
    let (_origin, octroi) = two_certificates(&authority).await;
    for bytes in [&[0][..], &[0x80, 0x2e, 1], &[21, 3, 1, 0, 2, 2, 0], &[0xff; 100]] {
        let mut client = octroi_tls(&octroi).await;
        client.send(bytes).await;
        client.wire.finish().await;
        let answer = client.wire.read_to_end().await;
        assert!(!answer.starts_with(b"HTTP"), "{bytes:?}: {answer:?}");
    }
}
