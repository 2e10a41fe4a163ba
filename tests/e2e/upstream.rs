//! Connections to the portal: TLS, names, addresses and certificates.

use crate::support::client::get;
use crate::support::origin::{ok, replies};
use crate::support::{Authority, Origin, Setup};

async fn secure_portal(authority: &Authority, names: &[&str]) -> Origin {
    Origin::start_tls(authority.server(names), replies(|_| ok("Set-Cookie: _ga=1\r\n", "secure"))).await
}

/// Before a portal under TLS that is called `portal.test` and reached by its address.
fn setup(origin: &Origin, authority: &Authority) -> Setup {
    let setup =
        Setup::before(origin).endpoint("https://portal.test").upstream(&format!("connect = \"{}\"", origin.address));
    std::fs::write(setup.directory().join("ca.pem"), authority.pem()).unwrap();
    setup
}

#[tokio::test]
async fn a_given_authority_is_trusted_and_the_endpoints_name_is_shown() {
    let authority = Authority::new();
    let origin = secure_portal(&authority, &["portal.test"]).await;
    let octroi = setup(&origin, &authority).upstream("ca = \"ca.pem\"").start().await;
    let response = octroi.client().await.get("/", "").await;
    assert_eq!((response.text().as_str(), response.set_cookies().len()), ("secure", 0), "{}", response.shown());
    assert_eq!(origin.server_names(), [Some("portal.test".to_owned())]);
    assert_eq!(origin.last().texts("host"), ["data.education.gouv.fr"], "Host stays the visitor's");
}

#[tokio::test]
async fn a_certificate_that_cannot_be_trusted_is_502() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let origin = secure_portal(&stranger, &["portal.test"]).await;
    let other_name = secure_portal(&authority, &["other.test"]).await;
    for origin in [&origin, &other_name] {
        let octroi = setup(origin, &authority).upstream("ca = \"ca.pem\"").start().await;
        let response = octroi.client().await.get("/", "").await;
        response.assert_status(502);
        let status = response.field("proxy-status").unwrap_or_default();
        assert!(status.contains("error=tls"), "{status}");
        assert!(origin.requests().is_empty(), "a request went to a portal that could not be trusted");
    }
}

#[tokio::test]
async fn the_systems_authorities_do_not_trust_this_one() {
    let authority = Authority::new();
    let origin = secure_portal(&authority, &["portal.test"]).await;
    let octroi = setup(&origin, &authority).start().await;
    octroi.client().await.get("/", "").await.assert_status(502);
}

#[tokio::test]
async fn the_server_name_and_the_host_can_be_given() {
    let authority = Authority::new();
    let origin = secure_portal(&authority, &["inner.test"]).await;
    let octroi = setup(&origin, &authority)
        .upstream("ca = \"ca.pem\"\nsni = \"inner.test\"\nhost = \"public.example.fr\"")
        .start()
        .await;
    let response = octroi.client().await.get("/", "").await;
    assert_eq!(response.text(), "secure", "{}", response.shown());
    assert_eq!(origin.server_names(), [Some("inner.test".to_owned())]);
    let seen = origin.last();
    assert_eq!(seen.texts("host"), ["public.example.fr"]);
    assert_eq!(seen.texts("x-forwarded-host"), ["data.education.gouv.fr"]);
}

#[tokio::test]
async fn a_connect_address_is_for_clear_text_too() {
    let origin = Origin::always(ok("", "clear")).await;
    let octroi = Setup::before(&origin)
        .endpoint("http://portal.test")
        .upstream(&format!("connect = \"{}\"", origin.address))
        .start()
        .await;
    assert_eq!(octroi.client().await.exchange(get("/", "")).await.text(), "clear");
}

#[tokio::test]
async fn a_tls_portal_that_ends_without_close_notify_is_a_cut() {
    let authority = Authority::new();
    let origin = Origin::start_tls(authority.server(&["portal.test"]), |mut visit| async move {
        visit.request().await;
        // Neither a length nor close_notify: a truncation attack looks exactly like this.
        visit.send("HTTP/1.1 200 OK\r\n\r\nhalf of it").await;
    })
    .await;
    let octroi = setup(&origin, &authority).upstream("ca = \"ca.pem\"").start().await;
    let response = octroi.client().await.get("/", "").await;
    assert!(!response.complete || response.status() == 502, "a clean end:\n{}", response.shown());
}

#[tokio::test]
async fn octroi_sends_its_client_certificate_if_it_has_one() {
    let authority = Authority::new();
    let origin = secure_portal(&authority, &["portal.test"]).await;
    let setup = setup(&origin, &authority);
    authority.certificate(&["octroi.test"]).write(setup.directory(), "client");
    let octroi = setup
        .upstream("ca = \"ca.pem\"\nclient_certificate = \"client.pem\"\nclient_key = \"client.key\"")
        .start()
        .await;
    octroi.client().await.get("/", "").await.assert_status(200);
}
