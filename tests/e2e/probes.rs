//! Load balancers' probes: HTTP/1.0, without a host, with OPTIONS.

use crate::support::client::Client;
use crate::support::origin::ok;
use crate::support::{Authority, Findings, Origin, Setup};

#[tokio::test]
async fn http10_without_a_host_is_for_the_address_that_it_came_to() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).start().await;
    let address = octroi.address.to_string();
    for method in ["OPTIONS", "GET"] {
        let mut client = octroi.client().await;
        client.exchange(format!("{method} / HTTP/1.0\r\n\r\n")).await.assert_status(200);
        let seen = origin.last();
        assert_eq!((seen.method().as_str(), seen.texts("host")), (method, vec![address.clone()]));
        assert_eq!(seen.texts("x-forwarded-host"), [address.as_str()]);
        assert!(client.wire.is_closed().await);
    }
    let mut client = octroi.client().await;
    client.send("HEAD /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").await;
    client.head_response().await.assert_status(200);
}

#[tokio::test]
async fn the_portal_gets_the_host_that_the_site_configures() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).upstream("host = \"portal.test\"").start().await;
    octroi.client().await.exchange("GET / HTTP/1.0\r\n\r\n").await.assert_status(200);
    assert_eq!(origin.last().texts("host"), ["portal.test"]);
}

#[tokio::test]
async fn behind_tls_and_a_proxy_header_it_is_for_the_address_named_there() {
    let (origin, authority) = (Origin::always(ok("", "")).await, Authority::new());
    let octroi = Setup::before(&origin).hosts("[\"a.test\"]").tls(&authority, &[&["a.test"]]).start().await;
    let mut client = Client::connect_tls(octroi.tls, "a.test", authority.client(&["http/1.1"])).await;
    client.exchange("GET / HTTP/1.0\r\n\r\n").await.assert_status(200);
    assert_eq!(origin.last().texts("host"), ["a.test"]);

    let proxy = "proxy_protocol = true\ntrusted = [\"127.0.0.0/8\"]";
    let octroi = Setup::before(&origin).hosts("[\"198.51.100.1\"]").listener(proxy).start().await;
    let header = "PROXY TCP4 203.0.113.9 198.51.100.1 12345 80\r\n";
    octroi.client().await.exchange(format!("{header}GET / HTTP/1.0\r\n\r\n")).await.assert_status(200);
    assert_eq!(origin.last().texts("host"), ["198.51.100.1:80"]);
}

#[tokio::test]
async fn it_is_served_by_no_site_that_does_not_answer_to_that_address() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).hosts("[\"a.test\"]").start().await;
    octroi.client().await.exchange("GET / HTTP/1.0\r\n\r\n").await.assert_status(421);
    let octroi = Setup::before(&origin).start().await;
    for head in
        ["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.0\r\nHost:\r\n\r\n", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"]
    {
        octroi.client().await.exchange(head).await.assert_status(400);
    }
    assert!(origin.requests().is_empty());
}

#[tokio::test]
async fn the_admin_listener_answers_probes_of_every_kind() {
    let origin = Origin::always(ok("", "")).await;
    let setup = Setup::before(&origin).admin("token_file = \"token\"");
    std::fs::write(setup.directory().join("token"), "a-secret-of-the-operator").unwrap();
    let octroi = setup.start().await;
    let mut findings = Findings::default();
    for method in ["GET", "OPTIONS"] {
        for path in ["/readyz", "/livez"] {
            for end in
                ["HTTP/1.0\r\n\r\n", "HTTP/1.0\r\nHost: probe.test\r\n\r\n", "HTTP/1.1\r\nHost: 10.0.0.7:9180\r\n\r\n"]
            {
                let response = Client::connect(octroi.admin).await.exchange(format!("{method} {path} {end}")).await;
                findings.expect(response.status() == 200, || format!("{method} {path} {end}: {}", response.shown()));
            }
        }
    }
    findings.none();
    let response = Client::connect(octroi.admin).await.exchange("POST /readyz HTTP/1.0\r\n\r\n").await;
    assert_eq!(response.assert_status(405).field("allow").as_deref(), Some("GET, HEAD, OPTIONS"));
    let response = Client::connect(octroi.admin).await.exchange("OPTIONS /metrics HTTP/1.0\r\n\r\n").await;
    response.assert_status(401);
}
