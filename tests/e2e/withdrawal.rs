//! Deletions beyond plain navigations: through a service worker, and on requests that carry a choice; and their number, which
//! proxies and clients limit.

use crate::support::browser::{Browser, Chromium, Firefox};
use crate::support::choice::{granted, refused};
use crate::support::client::{get, navigate};
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup, lines};

fn deletes(response: &Message, name: &str) -> bool {
    response.set_cookies().iter().any(|line| line.starts_with(&format!("{name}=;")))
}

#[tokio::test]
async fn a_request_with_a_choice_carries_deletions_if_it_comes_from_the_sites_own_pages() {
    let octroi = Octroi::before(&Origin::always(ok("", "")).await).await;
    let own = "Sec-Fetch-Site: same-origin\r\n";
    let image = "Sec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\nAccept: image/*\r\n";
    let call = "Sec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\nAccept: */*\r\n";
    let frame = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\nAccept: text/html\r\n";
    let worker =
        "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: empty\r\nAccept: text/html\r\nUpgrade-Insecure-Requests: 1\r\n";
    let (choice, none, broken) = (refused(), String::new(), "cookies_preferences=nonsense".to_owned());
    let rows = [
        ("GET", format!("{image}{own}"), &choice, true),
        ("GET", format!("{call}{own}"), &choice, true),
        ("POST", format!("{call}{own}Content-Length: 0\r\n"), &choice, true),
        ("GET", format!("{frame}{own}"), &choice, true),
        ("GET", format!("{image}{own}"), &none, false),
        ("GET", format!("{image}{own}"), &broken, false),
        ("GET", format!("{frame}{own}Upgrade-Insecure-Requests: 1\r\n"), &none, false),
        ("GET", format!("{image}Sec-Fetch-Site: cross-site\r\n"), &choice, false),
        ("GET", format!("{image}Sec-Fetch-Site: same-site\r\n"), &choice, false),
        ("GET", image.to_owned(), &choice, false),
        ("GET", format!("{worker}{own}"), &none, true),
        ("GET", format!("{worker}Sec-Fetch-Site: none\r\n"), &none, true),
        ("GET", format!("{worker}Sec-Fetch-Site: cross-site\r\n"), &none, false),
        ("POST", format!("{worker}{own}Content-Length: 0\r\n"), &none, false),
    ];
    let mut findings = Findings::default();
    for (method, fields, choice, wanted) in rows {
        let request = get("/img/x.png", &format!("{fields}Cookie: _ga=1; {choice}\r\n")).replacen("GET", method, 1);
        let response = octroi.client().await.exchange(request).await;
        findings.expect(deletes(&response, "_ga") == wanted, || {
            format!("{method} {fields:?} {choice}, wanted {wanted}:\n{}", response.shown())
        });
    }
    let agreed = get("/img/x.png", &format!("{image}{own}Cookie: _ga=1; {}\r\n", granted()));
    let response = octroi.client().await.exchange(agreed).await;
    findings.expect(response.set_cookies().is_empty(), || response.shown());
    findings.none();
}

/// A portal whose page starts a service worker that passes every request on.
async fn portal_with_a_worker() -> Origin {
    const WORKER: &str = "self.addEventListener('install', () => self.skipWaiting());
        self.addEventListener('activate', event => event.waitUntil(clients.claim()));
        self.addEventListener('fetch', event => event.respondWith(fetch(event.request)));";
    Origin::replying(|request| match request.target().as_str() {
        "/worker.js" => ok("Content-Type: text/javascript\r\n", WORKER),
        "/fill" => ok("Content-Type: text/html\r\nSet-Cookie: _ga=1; Path=/\r\nSet-Cookie: stranger=2\r\n", "filled"),
        _ => ok("Content-Type: text/html\r\n", "<!doctype html><title>page</title>"),
    })
    .await
}

async fn a_worker_does_not_keep_cookies_in<B: Browser>(start: impl FnOnce() -> B + Send + 'static) {
    const READY: &str = "navigator.serviceWorker.register('/worker.js').then(() => new Promise(done => {
        const look = () => navigator.serviceWorker.controller ? done(true) : setTimeout(look, 20); look(); }))";
    let origin = portal_with_a_worker().await;
    let octroi = Octroi::before(&origin).await;
    let (bare, guarded) = (origin.address, octroi.address);
    let (full, left) = tokio::task::spawn_blocking(move || {
        let browser = start();
        let tab = browser.tab();
        tab.visit(&format!("http://{guarded}/"));
        assert_eq!(tab.run(READY), true);
        tab.visit(&format!("http://{bare}/fill"));
        let full = browser.jar();
        tab.visit(&format!("http://{guarded}/page"));
        assert_eq!(tab.run("navigator.serviceWorker.controller !== null"), true, "no worker was in between");
        (full, browser.jar())
    })
    .await
    .unwrap();
    assert_eq!(full.len(), 2, "{full:?}");
    let page = origin.requests().into_iter().find(|request| request.target() == "/page").unwrap();
    assert!(!page.has("cookie"), "{}", page.shown());
    assert_eq!(page.field("sec-fetch-dest").as_deref(), Some("empty"), "the worker passed it on: {}", page.shown());
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_service_worker_in_chromium_does_not_prevent_deletions() {
    a_worker_does_not_keep_cookies_in(Chromium::start).await;
}

#[tokio::test]
async fn a_service_worker_in_firefox_does_not_prevent_deletions() {
    a_worker_does_not_keep_cookies_in(|| Firefox::start("unused.test")).await;
}

#[tokio::test]
async fn cookies_whose_path_no_page_has_are_deleted_where_they_are_seen() {
    const BEFORE: &str = "Set-Cookie: a=1; Path=/img\r\nSet-Cookie: b=1; Path=/api/explore/v2.1\r\n\
                          Set-Cookie: c=1; Path=/api/explore/v2.1/catalog/\r\n";
    let origin = Origin::replying(|request| match request.target().as_str() {
        "/fill" => ok(&format!("Content-Type: text/html\r\n{BEFORE}Set-Cookie: {}; Path=/\r\n", refused()), "filled"),
        "/page" => ok("Content-Type: text/html\r\n", "<!doctype html><img src=/img/logo.png>"),
        _ => ok("Content-Type: application/json\r\n", "{}"),
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let (bare, guarded) = (origin.address, octroi.address);
    let (full, left) = tokio::task::spawn_blocking(move || {
        let browser = Chromium::start();
        let page = browser.open();
        page.navigate(&format!("http://{bare}/fill"));
        let full = browser.cookies("127.0.0.1");
        page.navigate(&format!("http://{guarded}/page"));
        page.evaluate("fetch('/api/explore/v2.1/catalog/datasets').then(answer => answer.text())");
        (full, browser.cookies("127.0.0.1"))
    })
    .await
    .unwrap();
    assert_eq!(full.len(), 4, "{full:?}");
    assert!(left.iter().eq(["cookies_preferences"]), "{left:?}");
}

/// The jar of a visitor with many cookies without consent.
fn jar(count: usize) -> String {
    (0..count).map(|number| format!("stranger{number}=1")).collect::<Vec<_>>().join("; ")
}

fn fields(response: &Message) -> usize {
    response.fields().len()
}

#[tokio::test]
async fn behind_a_trusted_proxy_no_response_has_more_fields_than_it_accepts() {
    const HAPROXY: usize = 101;
    for (listener, header) in [
        ("trusted = [\"127.0.0.1\"]", ""),
        ("trusted = [\"127.0.0.1\"]\nproxy_protocol = true", "PROXY TCP4 203.0.113.9 198.51.100.1 12345 443\r\n"),
    ] {
        for of_the_portal in [0, 20, 60, 95] {
            let origin = Origin::always(ok(&lines(of_the_portal, |row| format!("X-Own-{row}: 1\r\n")), "")).await;
            for deletion_bytes in ["\"auto\"", "\"32KiB\"", "0"] {
                let limits = format!("[limits]\ndeletion_bytes = {deletion_bytes}");
                let octroi = Setup::before(&origin).listener(listener).toml(&limits).start().await;
                let visit = navigate("/explore/dataset/x/information/", &format!("Cookie: {}\r\n", jar(30)));
                let response = octroi.client().await.exchange(format!("{header}{visit}")).await;
                let deletions = response.set_cookies().len();
                let shown = || format!("{listener} {of_the_portal} {deletion_bytes}:\n{}", response.shown());
                assert!(deletions <= 60 && (deletions > 10 || of_the_portal > 60), "{deletions} lines, {}", shown());
                assert!(fields(&response) <= HAPROXY, "{} fields, {}", fields(&response), shown());
            }
        }
    }
}

#[tokio::test]
async fn an_unknown_client_gets_at_most_a_hundred_lines() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Octroi::before(&origin).await;
    let visit = get("/explore/dataset/x/", &format!("Accept: text/html\r\nCookie: {}\r\n", jar(60)));
    let response = octroi.client().await.exchange(visit).await;
    assert!((60..=100).contains(&fields(&response)), "{} fields", fields(&response));
    let browser = navigate("/explore/dataset/x/", &format!("Cookie: {}\r\n", jar(60)));
    let response = octroi.client().await.exchange(browser).await;
    assert!(response.set_cookies().len() > 200, "a browser takes them all: {}", response.set_cookies().len());
}
