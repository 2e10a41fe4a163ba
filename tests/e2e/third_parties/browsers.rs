//! Chromium and Firefox on a page that sends requests to a third party in every possible way: the requests are counted at the
//! third party's own server.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use crate::support::browser::{Browser, Chromium, Firefox, Tab};
use crate::support::choice::{granted, refused};
use crate::support::origin::ok;
use crate::support::{Message, Octroi, Origin, Setup};

/// The portal's host and the third parties'. A browser resolves all of them to this machine.
pub(super) const PORTAL: &str = "portal.localhost";
pub(super) const TRACKER: &str = "tracker.localhost";
const TILES: &str = "tiles.localhost";

/// What stands in the page. `TP` is the third party's address, `OWN` a folder of the portal; each way asks for a path of its own.
const MARKUP: &str = include_str!("page.html");

/// What scripts ask for, once the page is loaded; done when each has come to an end.
const SCRIPTS: &str = include_str!("page.js");

/// Once the page is loaded.
const LOADED: &str =
    "new Promise(done => document.readyState === 'complete' ? done(true) : addEventListener('load', () => done(true)))";

/// The ways that are fetched by both browsers if nobody holds them.
const WAYS: [&str; 42] = [
    "async.js", "audio.mp3", "background.png", "beacon", "blob-worker", "document-write.js", "dynamic-import.js",
    "embed.svg", "eventsource", "fetch", "fetch-no-cors", "font.woff2", "frame-image.png", "frame-refresh.html",
    "header-preload.png", "iframe.html", "img.png", "import-scripts.js", "import.css", "input.png",
    "inserted-frame.html", "inserted.js", "module.js", "modulepreload.js", "new-image.png", "object.svg", "own-worker",
    "picture.png", "poster.png", "preload.png", "redirected.png", "script.js", "srcdoc.png", "srcset.png",
    "static-import.js", "stylesheet.css", "svg-image.png", "svg-script.js", "table.png", "video.mp4", "websocket",
    "xhr",
];

/// What a service worker that was installed while all was granted still passes on, because it keeps the policy of that day: it
/// follows redirects, and a worker whose script it fetches is known to nobody as a worker.
const OLDER_WORKER: [&str; 3] = ["import-scripts.js", "own-worker", "redirected.png"];

/// The portal: the first segment of a path is the visit, which the third parties see, too.
fn portal(tracker: SocketAddr, tiles: SocketAddr) -> impl Fn(&Message) -> Vec<u8> {
    let (tracker, tiles) = (tracker.port(), tiles.port());
    move |request| {
        let target = request.target();
        let (visit, page) = target.trim_start_matches('/').split_once('/').unwrap_or(("", "blank"));
        let tracker = format!("http://{TRACKER}:{tracker}/{visit}");
        let html = "Content-Type: text/html\r\n";
        let script = "Content-Type: text/javascript\r\n";
        match page {
            "page" => {
                let link = format!("{html}Link: <{tracker}/header-preload.png>; rel=preload; as=image\r\n");
                let tile = format!("<img src=\"http://{TILES}:{tiles}/{visit}/tile.png\">");
                ok(&link, &format!("{}{tile}", MARKUP.replace("TP", &tracker).replace("OWN", &format!("/{visit}"))))
            }
            "frame" => {
                let refresh = format!("<meta http-equiv=refresh content=\"0; url={tracker}/frame-refresh.html\">");
                ok(html, &format!("<!doctype html>{refresh}<img src=\"{tracker}/frame-image.png\">"))
            }
            "worker.js" => {
                let imports = format!("try {{ importScripts('{tracker}/import-scripts.js') }} catch {{}}");
                let fetches =
                    format!("fetch('{tracker}/own-worker').then(() => 0, () => 0).then(() => postMessage(1))");
                ok(script, &format!("{imports}; {fetches}"))
            }
            "passing.js" => ok(&format!("{script}Service-Worker-Allowed: /\r\n"), PASSING),
            "hints" => ok(
                html,
                &format!(
                    "<!doctype html><title>hints</title><link rel=preconnect href=\"{tracker}\"><link rel=preconnect \
                     href=\"{tracker}\" crossorigin><script type=speculationrules>{{\"prefetch\": [{{\"urls\": \
                     [\"{tracker}/speculated.html\"], \"eagerness\": \"immediate\"}}]}}</script>"
                ),
            ),
            "redirect" => {
                format!("HTTP/1.1 302 Found\r\nLocation: {tracker}/redirected.png\r\nContent-Length: 0\r\n\r\n")
                    .into_bytes()
            }
            _ => ok(html, "<!doctype html><title>blank</title>"),
        }
    }
}

/// A service worker that passes every request on.
const PASSING: &str = "self.addEventListener('install', () => self.skipWaiting());
    self.addEventListener('activate', event => event.waitUntil(clients.claim()));
    self.addEventListener('fetch', event => event.respondWith(fetch(event.request)));";

/// A third party that lets everybody in.
pub(super) fn third_party(request: &Message) -> Vec<u8> {
    let target = request.target();
    let kind = match target.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("html") => "text/html",
        _ => "application/octet-stream",
    };
    ok(&format!("Content-Type: {kind}\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: no-store\r\n"), "")
}

/// The ways on which a third party was asked during a visit.
fn ways(requests: &[Message], visit: &str) -> BTreeSet<String> {
    let way = |request: &Message| Some(request.target().strip_prefix(&format!("/{visit}/"))?.to_owned());
    requests.iter().filter_map(way).collect()
}

/// A portal, its third parties, and octroi before it.
struct Scene {
    portal: Origin,
    tracker: Origin,
    tiles: Origin,
    octroi: Octroi,
}

impl Scene {
    async fn new(level: &str) -> Self {
        let (tracker, tiles) = (Origin::replying(third_party).await, Origin::replying(third_party).await);
        let portal = Origin::replying(portal(tracker.address, tiles.address)).await;
        let host = |name: &str, party: &Origin| format!("{name}:{}", party.address.port());
        let charter = super::charter(&host(TRACKER, &tracker), &host(TILES, &tiles));
        let charter = charter.replace("level = \"policy\"", &format!("level = \"{level}\""));
        let octroi = Setup::before(&portal).hosts("[\"*\"]").charter(&charter).start().await;
        Self { portal, tracker, tiles, octroi }
    }

    /// Waits until each way was taken during a visit.
    async fn all_are_taken(&self, visit: &str, more: &[&str]) {
        let missing = |requests: &[Message]| {
            let taken = ways(requests, visit);
            WAYS.iter().chain(more).filter(|way| !taken.contains(**way)).copied().collect::<Vec<_>>()
        };
        let are_taken = self.tracker.until(|requests| missing(requests).is_empty()).await;
        assert!(are_taken, "never taken while {visit}: {:?}", missing(&self.tracker.requests()));
    }

    /// Nobody was asked but the party that is exempt.
    fn none_is_taken(&self, visit: &str) {
        assert_eq!(ways(&self.tracker.requests(), visit), BTreeSet::new(), "{visit}");
        assert_eq!(ways(&self.tiles.requests(), visit), BTreeSet::from(["tile.png".to_owned()]), "{visit}");
    }
}

/// A visitor's browser, at work in a thread that may block.
pub(super) struct Visits<'b> {
    pub(super) tab: Box<dyn Tab + 'b>,
    pub(super) tracker: u16,
}

impl Visits<'_> {
    /// Opens a page, and waits until it has loaded all that it asks for.
    pub(super) fn loads(&self, url: &str) {
        self.tab.visit(url);
        self.run(LOADED);
    }

    /// Opens the page at this port, and does all that its scripts do.
    fn visit(&self, port: u16, visit: &str) {
        self.loads(&format!("http://{PORTAL}:{port}/{visit}/page"));
        let tracker = format!("http://{TRACKER}:{}/{visit}", self.tracker);
        self.run(&SCRIPTS.replace("TP", &tracker).replace("OWN", &format!("/{visit}")));
        // Whatever was to be asked for before is on its way when the portal answers again.
        self.run("fetch('/blank').then(() => true)");
    }

    pub(super) fn chooses(&self, choice: &str) {
        self.run(&format!("document.cookie = {choice:?} + '; path=/', true"));
    }

    fn starts_a_worker(&self) {
        self.run(
            "navigator.serviceWorker.register('/x/passing.js', { scope: '/' }).then(() => new Promise(done => {
             const look = () => navigator.serviceWorker.controller ? done(true) : setTimeout(look, 20); look(); }))",
        );
    }

    fn ends_workers(&self) {
        self.run(
            "navigator.serviceWorker.getRegistrations()
             .then(all => Promise.all(all.map(worker => worker.unregister()))).then(() => true)",
        );
    }

    pub(super) fn run(&self, script: &str) {
        assert_eq!(self.tab.run(script), true, "{script}");
    }
}

async fn only_whom_the_visitor_agreed_to_is_asked<B: Browser + 'static>(level: &str, start: fn() -> B, more: &[&str]) {
    let scene = Scene::new(level).await;
    let (bare, guarded, tracker) =
        (scene.portal.address.port(), scene.octroi.address.port(), scene.tracker.address.port());
    tokio::task::spawn_blocking(move || {
        let browser = start();
        let visits = Visits { tab: browser.tab(), tracker };
        visits.visit(bare, "bare");
        visits.visit(guarded, "nothing-said");
        visits.chooses(&refused());
        visits.visit(guarded, "refused");
        visits.chooses(&granted());
        visits.visit(guarded, "granted");
        visits.starts_a_worker();
        visits.chooses(&refused());
        visits.visit(guarded, "with-a-worker-of-before");
        visits.ends_workers();
        visits.visit(guarded, "withdrawn");
        visits.starts_a_worker();
        visits.visit(guarded, "with-a-worker");
    })
    .await
    .unwrap();
    for visit in ["bare", "granted"] {
        scene.all_are_taken(visit, more).await;
    }
    for visit in ["nothing-said", "refused", "withdrawn", "with-a-worker"] {
        scene.none_is_taken(visit);
    }
    let through_it = ways(&scene.tracker.requests(), "with-a-worker-of-before");
    assert!(through_it.iter().all(|way| OLDER_WORKER.contains(&way.as_str())), "{through_it:?}");
}

/// Under report-only nobody is held, and the operator learns who was asked.
async fn whom_a_page_asks_is_reported<B: Browser + 'static>(start: fn() -> B) {
    let (tracker, tiles) = (Origin::replying(third_party).await, Origin::replying(third_party).await);
    let portal = Origin::replying(portal(tracker.address, tiles.address)).await;
    let tiles_host = format!("{TILES}:{}", tiles.address.port());
    let charter = super::reports::charter("elsewhere.example", &tiles_host, "1");
    let octroi = Setup::before(&portal).hosts("[\"*\"]").charter(&charter).report_only().start().await;
    let (port, tracker) = (octroi.address.port(), tracker.address.port());
    tokio::task::spawn_blocking(move || {
        let browser = start();
        let tab = browser.tab();
        tab.visit(&format!("http://{PORTAL}:{port}/reported/page"));
        tab.run("fetch('/blank').then(() => true)");
    })
    .await
    .unwrap();
    let site = super::reports::inventory_with(&octroi, &format!("{TRACKER}:{tracker}")).await;
    let hosts: Vec<_> = site["reported_hosts"].as_array().unwrap().iter().collect();
    assert_eq!(hosts.len(), 1, "whom the policy lists is not reported: {site}");
    assert!(hosts[0]["directives"].as_array().unwrap().iter().all(|directive| directive != "default-src"), "{site}");
    assert!(portal.requests().iter().all(|request| request.target() != super::reports::PATH));
}

#[tokio::test]
async fn chromium_reports_the_third_parties_of_a_page() {
    whom_a_page_asks_is_reported(Chromium::start).await;
}

#[tokio::test]
async fn firefox_reports_the_third_parties_of_a_page() {
    whom_a_page_asks_is_reported(|| Firefox::start("unused.test")).await;
}

#[tokio::test]
async fn chromium_sends_requests_only_to_agreed_third_parties() {
    only_whom_the_visitor_agreed_to_is_asked("policy", Chromium::start, &["ping"]).await;
}

/// It sends no pings, as it is shipped.
#[tokio::test]
async fn firefox_sends_requests_only_to_agreed_third_parties() {
    only_whom_the_visitor_agreed_to_is_asked("policy", || Firefox::start("unused.test"), &[]).await;
}

#[tokio::test]
async fn chromium_sends_the_same_requests_on_rewritten_pages() {
    only_whom_the_visitor_agreed_to_is_asked("pages", Chromium::start, &["ping"]).await;
}

#[tokio::test]
async fn firefox_sends_the_same_requests_on_rewritten_pages() {
    only_whom_the_visitor_agreed_to_is_asked("pages", || Firefox::start("unused.test"), &[]).await;
}

/// What a policy does not hold: connections, and what Chromium fetches by speculation rules.
async fn no_hint_is_followed<B: Browser + 'static>(start: fn() -> B) {
    let scene = Scene::new("pages").await;
    let (guarded, tracker) = (scene.octroi.address.port(), scene.tracker.address.port());
    let visiting = move |choice: Option<String>| {
        tokio::task::spawn_blocking(move || {
            let browser = start();
            let visits = Visits { tab: browser.tab(), tracker };
            visits.tab.visit(&format!("http://{PORTAL}:{guarded}/blank"));
            if let Some(choice) = choice {
                visits.chooses(&choice);
            }
            visits.tab.visit(&format!("http://{PORTAL}:{guarded}/visit/hints"));
            visits.run(&format!("{LOADED}.then(() => fetch('/blank')).then(() => true)"));
        })
    };
    visiting(None).await.unwrap();
    assert_eq!(scene.tracker.connections(), 0);
    visiting(Some(granted())).await.unwrap();
    scene.tracker.connected().await;
}

#[tokio::test]
async fn chromium_follows_no_hint_of_a_rewritten_page() {
    no_hint_is_followed(Chromium::start).await;
}

#[tokio::test]
async fn firefox_follows_no_hint_of_a_rewritten_page() {
    no_hint_is_followed(|| Firefox::start("unused.test")).await;
}
