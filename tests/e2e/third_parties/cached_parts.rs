//! A script or an image that the browser has in its cache, as a part of a page, and then runs as a worker or shows as a document:
//! it needs the policy that only workers and documents get. And a page that it stored while all was granted, which the portal would
//! answer with 304.

use super::browsers::{PORTAL, TRACKER, Visits, third_party};
use crate::support::browser::{Browser, Chromium, Firefox};
use crate::support::choice::{granted, refused};
use crate::support::origin::ok;
use crate::support::{Message, Origin, Setup};

const CACHED: &str = "Cache-Control: public, max-age=3600\r\n";

/// The portal: each way of fetching has a script and an image of its own, by their query.
fn portal(tracker: String) -> impl Fn(&Message) -> Vec<u8> {
    move |request| {
        let target = request.target();
        let way = target.split_once('?').map_or("", |(_, way)| way);
        let asks = format!("fetch('http://{tracker}/{way}', {{ mode: 'no-cors' }})");
        if target.starts_with("/worker.js") {
            let told = format!("{asks}.then(() => postMessage(true), () => postMessage(true))");
            let script = format!("if (self.document === undefined) {told}");
            return ok(&format!("Content-Type: text/javascript\r\n{CACHED}"), &script);
        }
        if target.starts_with("/image.svg") {
            let image = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>{asks}</script></svg>");
            return ok(&format!("Content-Type: image/svg+xml\r\n{CACHED}"), &image);
        }
        ok("Content-Type: text/html\r\n", "<!doctype html><title>x</title>")
    }
}

/// How the script comes into the cache, each with what it leaves for `worker.js` to be asked for by.
const WAYS: [(&str, &str); 3] = [
    ("fetch", "fetch('/worker.js?fetch').then(response => response.text())"),
    (
        "script",
        "new Promise(done => { const script = document.createElement('script'); script.src = '/worker.js?script';
         script.onload = done; document.head.append(script) })",
    ),
    (
        "preload",
        "new Promise(done => { const link = document.createElement('link'); link.rel = 'preload'; link.as = 'script';
         link.href = '/worker.js?preload'; link.onload = done; document.head.append(link) })",
    ),
];

fn visits(browser: &impl Browser, port: u16) {
    let visits = Visits { tab: browser.tab(), tracker: 0 };
    let blank = format!("http://{PORTAL}:{port}/");
    for (way, caches) in WAYS {
        visits.loads(&blank);
        visits.run(&format!(
            "{caches}.then(() => new Promise(done => {{ const worker = new Worker('/worker.js?{way}');
             worker.onmessage = () => done(true); worker.onerror = () => done(true) }}))"
        ));
    }
    visits.loads(&blank);
    visits.run("new Promise(done => { const image = new Image(); image.onload = () => done(true); image.src = '/image.svg?svg' })");
    visits.tab.visit(&format!("{blank}image.svg?svg"));
    visits.loads(&blank);
}

async fn nobody_is_asked<B: Browser + 'static>(level: &str, start: fn() -> B) {
    let tracker = Origin::replying(third_party).await;
    let authority = format!("{TRACKER}:{}", tracker.address.port());
    let portal = Origin::replying(portal(authority.clone())).await;
    let charter =
        super::charter(&authority, "tiles.example").replace("level = \"policy\"", &format!("level = \"{level}\""));
    let octroi = Setup::before(&portal).hosts("[\"*\"]").charter(&charter).start().await;
    let at = |port: u16| tokio::task::spawn_blocking(move || visits(&start(), port));
    at(octroi.address.port()).await.unwrap();
    let asked = |tracker: &Origin| tracker.requests().iter().map(Message::target).collect::<Vec<_>>();
    assert_eq!(asked(&tracker), [""; 0], "asked though held");
    at(portal.address.port()).await.unwrap();
    let all = |requests: &[Message]| {
        ["/fetch", "/script", "/preload", "/svg"]
            .iter()
            .all(|way| requests.iter().any(|request| request.target() == *way))
    };
    assert!(tracker.until(all).await, "without octroi: {:?}", asked(&tracker));
}

#[tokio::test]
async fn chromium_runs_nothing_from_its_cache_without_a_policy() {
    nobody_is_asked("policy", Chromium::start).await;
}

#[tokio::test]
async fn firefox_runs_nothing_from_its_cache_without_a_policy() {
    nobody_is_asked("pages", || Firefox::start("unused.test")).await;
}

/// The page has one address in every state, a validator, and is fresh for an hour.
async fn a_stored_page_asks_nobody_after_a_withdrawal<B: Browser + 'static>(level: &str, start: fn() -> B) {
    let tracker = Origin::replying(third_party).await;
    let authority = format!("{TRACKER}:{}", tracker.address.port());
    let page = format!(
        "<!doctype html><title>x</title><img src=http://{authority}/image><script src=http://{authority}/script></script>"
    );
    let portal = Origin::replying(move |request: &Message| match request.field("if-none-match") {
        Some(_) => b"HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n".to_vec(),
        None if request.target() == "/page" => {
            ok(&format!("Content-Type: text/html\r\nETag: \"x\"\r\n{CACHED}"), &page)
        }
        None => ok("Content-Type: text/html\r\n", "<!doctype html><title>blank</title>"),
    })
    .await;
    let charter =
        super::charter(&authority, "tiles.example").replace("level = \"policy\"", &format!("level = \"{level}\""));
    let octroi = Setup::before(&portal).hosts("[\"*\"]").charter(&charter).start().await;
    let port = octroi.address.port();
    tokio::task::spawn_blocking(move || {
        let browser = start();
        let visits = Visits { tab: browser.tab(), tracker: 0 };
        let open = |path: &str| visits.tab.load(&format!("http://{PORTAL}:{port}/{path}"));
        for choice in [None, Some(granted()), Some(refused())] {
            open("blank");
            if let Some(choice) = choice {
                visits.chooses(&choice);
            }
            open("page");
        }
        open("blank");
    })
    .await
    .unwrap();
    assert!(tracker.until(|requests| requests.len() >= 2).await, "granted: {}", tracker.requests().len());
    let asked: Vec<_> = tracker.requests().iter().map(Message::target).collect();
    assert_eq!(asked.len(), 2, "asked without consent, too: {asked:?}");
}

#[tokio::test]
async fn chromium_shows_no_stored_page_after_a_withdrawal() {
    a_stored_page_asks_nobody_after_a_withdrawal("policy", Chromium::start).await;
    a_stored_page_asks_nobody_after_a_withdrawal("pages", Chromium::start).await;
}

#[tokio::test]
async fn firefox_shows_no_stored_page_after_a_withdrawal() {
    a_stored_page_asks_nobody_after_a_withdrawal("policy", || Firefox::start("unused.test")).await;
    a_stored_page_asks_nobody_after_a_withdrawal("pages", || Firefox::start("unused.test")).await;
}
