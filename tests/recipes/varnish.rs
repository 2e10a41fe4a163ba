//! octroi behind Varnish: shareable responses are cached, and no visitor gets another's cookies.

use std::process::Command;

use super::behind::behind;
use super::checks::{Scheme, World};
use super::file;
use super::front::{Front, Place};
use crate::support::Octroi;
use crate::support::choice::{granted, refused};
use crate::support::client::navigate;

async fn varnish(octroi: &Octroi) -> Front {
    let place = Place::new();
    let (host, port) = (octroi.address.ip().to_string(), octroi.address.port().to_string());
    let rules = file(
        "varnish",
        "octroi.vcl",
        &[
            (".host = \"127.0.0.1\"", &format!(".host = \"{host}\"")),
            (".port = \"8080\"", &format!(".port = \"{port}\"")),
        ],
    );
    let path = place.write("octroi.vcl", &rules);
    let mut command = Command::new("varnishd");
    command.args(["-F", "-j", "none", "-s", "malloc,64m", "-a", &place.address.to_string(), "-n"]);
    command.arg(place.directory.path().join("work")).arg("-f").arg(path);
    place.start(command, "Child starts").await
}

#[tokio::test]
async fn the_checks_of_every_proxy_hold() {
    let (octroi, portal) = behind("varnish", |_| {}).await;
    let front = varnish(&octroi).await;
    World { front, octroi, portal, scheme: Scheme::Http }.holds().await;
}

#[tokio::test]
async fn the_cache_shares_assets_and_no_cookies() {
    let (octroi, _portal) = behind("varnish", |_| {}).await;
    let front = varnish(&octroi).await;
    let visit = async |path: &str, cookies: &str| {
        let lines = if cookies.is_empty() { String::new() } else { format!("Cookie: {cookies}\r\n") };
        let response = front.clear().await.exchange(navigate(path, &lines)).await;
        response.assert_status(200);
        response
    };
    let (agreed, refused) = (format!("_ga=1; {}", granted()), format!("_ga=1; {}", refused()));
    let asset = visit("/assets/site.css", &agreed).await;
    assert_eq!(visit("/assets/site.css", &refused).await.text(), asset.text(), "an asset is kept");
    for first in ["", &agreed, &refused] {
        let names = |page: &crate::support::Message| -> Vec<String> {
            let lines = page.set_cookies();
            lines.iter().filter(|line| !line.contains("Max-Age=0")).map(|line| line[..3].to_owned()).collect()
        };
        let path = format!("/explore/{}", first.len());
        visit(&path, first).await;
        assert_eq!(names(&visit(&path, &refused).await), ["ses"], "{first:?} came first");
        assert_eq!(names(&visit(&path, "").await), ["ses"], "{first:?} came first");
        assert_eq!(names(&visit(&path, &agreed).await), ["ses", "_ga"], "{first:?} came first");
    }
}
