//! octroi behind HAProxy in four configurations, and a restart of one of two backends in which no request fails.

use std::path::Path;
use std::process::Command;

use super::behind::behind;
use super::checks::{Scheme, World, is_whole};
use super::file;
use super::front::{Front, Place};
use crate::support::{Authority, Octroi};

/// HAProxy with a recipe's file, as its service starts it: a master that has a worker.
async fn haproxy(place: Place, recipe: &str, places: &[(&str, &str)]) -> Front {
    let text = file(recipe, "haproxy.cfg", &[("bind :443", &format!("bind {}", place.address))]);
    let text = places.iter().fold(text, |text, (own, here)| {
        assert!(text.contains(own), "{recipe}/haproxy.cfg has no {own:?}");
        text.replace(own, here)
    });
    let path = place.write("haproxy.cfg", &text);
    let mut command = Command::new("haproxy");
    command.arg("-W").arg("-f").arg(path);
    place.start(command, "Loading success").await
}

fn write_pair(directory: &Path, authority: &Authority) {
    std::fs::create_dir(directory.join("tls")).unwrap();
    authority.certificate(&["data.education.gouv.fr"]).write(&directory.join("tls"), "site");
}

/// Both servers of the recipe are this process or that one.
async fn two_servers(first: &Octroi, second: &Octroi) -> Front {
    let place = Place::new();
    let both = place.path("both.pem");
    let places = [
        ("/etc/haproxy/site.pem", &*both),
        ("127.0.0.1:8080 check port 9180", &format!("{} check port {}", first.address, first.admin.port())),
        ("127.0.0.1:8081 check port 9181", &format!("{} check port {}", second.address, second.admin.port())),
    ];
    haproxy(place, "haproxy-http", &places).await
}

#[tokio::test]
async fn http() {
    let (octroi, portal) = behind("haproxy-http", |_| {}).await;
    let front = two_servers(&octroi, &octroi).await;
    World { front, octroi, portal, scheme: Scheme::Https }.holds().await;
}

/// Visitors on connections that stay open, while one octroi of two ends.
#[tokio::test]
async fn a_restart_of_one_of_two_fails_no_request() {
    let (first, portal) = behind("haproxy-http", |_| {}).await;
    let address = portal.origin.address.to_string();
    let second = super::octroi("haproxy-http", &[("127.0.0.1:3000", &address)], |_| {}).await;
    let front = two_servers(&first, &second).await;
    let mut clients = Vec::new();
    for _ in 0..8 {
        clients.push(front.tls().await);
    }
    for client in &mut clients {
        assert!(is_whole(client).await, "before the restart");
    }
    first.terminate();
    let ended = tokio::spawn(first.exit_code());
    let mut asked = 0;
    while !ended.is_finished() || asked < 100 {
        for client in &mut clients {
            assert!(is_whole(client).await, "request {asked} after the signal");
            asked += 1;
        }
    }
    assert_eq!(ended.await.unwrap(), Some(0));
}

#[tokio::test]
async fn tcp_with_the_proxy_protocol() {
    let (octroi, portal) = behind("haproxy-tcp", |_| {}).await;
    let place = Place::new();
    let places = [("/etc/haproxy/site.pem", &*place.path("both.pem")), ("127.0.0.1:8080", &octroi.address.to_string())];
    let front = haproxy(place, "haproxy-tcp", &places).await;
    World { front, octroi, portal, scheme: Scheme::Https }.holds().await;
}

#[tokio::test]
async fn tls_passed_through() {
    let place = Place::new();
    let (octroi, portal) = behind("haproxy-tls-passthrough", |directory| write_pair(directory, &place.authority)).await;
    let front = haproxy(place, "haproxy-tls-passthrough", &[("127.0.0.1:8443", &octroi.tls.to_string())]).await;
    World { front, octroi, portal, scheme: Scheme::Https }.holds().await;
}

#[tokio::test]
async fn tls_begun_anew() {
    let (inner, place) = (Authority::new(), Place::new());
    let (octroi, portal) = behind("haproxy-tls-reencrypt", |directory| write_pair(directory, &inner)).await;
    place.write("octroi-ca.pem", inner.pem());
    let places = [
        ("/etc/haproxy/site.pem", &*place.path("both.pem")),
        ("/etc/haproxy/octroi-ca.pem", &*place.path("octroi-ca.pem")),
        ("127.0.0.1:8443", &octroi.tls.to_string()),
    ];
    let front = haproxy(place, "haproxy-tls-reencrypt", &places).await;
    World { front, octroi, portal, scheme: Scheme::Https }.holds().await;
}
