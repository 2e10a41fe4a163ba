//! Rewritten pages in browsers over HTTP/2 and without scripts; and the placeholders of held frames, in which axe-core finds no
//! problem.

use std::collections::BTreeSet;

use super::browsers::{PORTAL, TRACKER, Visits, third_party};
use super::{HTML, charter};
use crate::support::browser::{Browser, Chromium, Firefox};
use crate::support::choice::{granted, refused};
use crate::support::client::navigate;
use crate::support::origin::{ok, replies};
use crate::support::{Authority, Message, Octroi, Origin, Setup};

/// What a browser fetches of a page, also without scripts.
const MARKUP: &str = "<!doctype html><html lang=en><title>x</title><link rel=stylesheet href=\"TP/stylesheet.css\">\
    <link rel=preload as=image href=\"TP/preload.png\"><script src=\"TP/script.js\"></script><img src=\"TP/img.png\">\
    <iframe src=\"TP/iframe.html\"></iframe><iframe srcdoc='<img src=\"TP/srcdoc.png\">'></iframe>\
    <video poster=\"TP/poster.png\"></video><noscript><img src=\"TP/noscript.png\"><iframe src=\"TP/noscript.html\">\
    </iframe><link rel=stylesheet href=\"TP/noscript.css\"></noscript>";
const STATIC: [&str; 6] = ["iframe.html", "img.png", "poster.png", "preload.png", "srcdoc.png", "stylesheet.css"];
const NOSCRIPT: [&str; 3] = ["noscript.css", "noscript.html", "noscript.png"];

/// A portal under TLS before octroi, and a third party under TLS, because a page over https may ask no other.
struct Scene {
    tracker: Origin,
    octroi: Octroi,
    _portal: Origin,
}

impl Scene {
    async fn new(level: &str) -> Self {
        let authority = Authority::new();
        let tracker = Origin::start_tls(authority.server(&[TRACKER]), replies(third_party)).await;
        let held = format!("{TRACKER}:{}", tracker.address.port());
        let address = format!("https://{held}");
        let portal = Origin::replying(move |request: &Message| {
            let target = request.target();
            match target.trim_start_matches('/').split_once('/') {
                Some((visit, "page")) => ok(HTML, &MARKUP.replace("TP", &format!("{address}/{visit}"))),
                _ => ok(HTML, "<!doctype html><title>blank</title>"),
            }
        })
        .await;
        let text = charter(&held, "*.tiles.example").replace("level = \"policy\"", &format!("level = \"{level}\""));
        let setup = Setup::before(&portal).hosts("[\"*\"]").charter(&text).tls(&authority, &[&[PORTAL]]);
        Self { tracker, octroi: setup.start().await, _portal: portal }
    }

    /// Opens the page once in each state, each visit under its name.
    async fn visits<B: Browser + 'static>(&self, start: fn() -> B, runs_scripts: bool) {
        let port = self.octroi.tls.port();
        let states = [
            ("nothing-said", None),
            ("refused", Some(refused())),
            ("granted", Some(granted())),
            ("withdrawn", Some(refused())),
        ];
        tokio::task::spawn_blocking(move || {
            let browser = start();
            let tab = browser.tab();
            let open = |path: &str| tab.load(&format!("https://{PORTAL}:{port}{path}"));
            for (visit, choice) in states {
                tab.run_scripts(true);
                open("/blank");
                if let Some(choice) = choice {
                    tab.run(&format!("document.cookie = {choice:?} + '; path=/'"));
                }
                tab.run_scripts(runs_scripts);
                open(&format!("/{visit}/page"));
                // Whatever the page asks for is on its way before this has come.
                open("/blank");
            }
        })
        .await
        .unwrap();
    }

    fn asked(&self, visit: &str) -> BTreeSet<String> {
        let prefix = format!("/{visit}/");
        let way = |request: &Message| request.target().strip_prefix(&prefix).map(str::to_owned);
        self.tracker.requests().iter().filter_map(way).collect()
    }

    async fn only_what_was_agreed_to_is_asked(&self, expected: &[&str]) {
        let missing = || expected.iter().filter(|way| !self.asked("granted").contains(**way)).collect::<Vec<_>>();
        assert!(self.tracker.until(|_| missing().is_empty()).await, "{:?}", missing());
        for visit in ["nothing-said", "refused", "withdrawn"] {
            assert_eq!(self.asked(visit), BTreeSet::new(), "{visit}");
        }
    }
}

async fn over_http2_only_agreed_third_parties_get_requests<B: Browser + 'static>(level: &str, start: fn() -> B) {
    let scene = Scene::new(level).await;
    scene.visits(start, true).await;
    scene.only_what_was_agreed_to_is_asked(&[&STATIC[..], &["script.js"]].concat()).await;
    let metrics = scene.octroi.metrics().await;
    assert!(metrics.count("octroi_requests_total", &[("protocol", "http/2")]) >= 12);
    let rewritten = metrics.count("octroi_page_rewrites_total", &[("result", "rewritten")]);
    assert_eq!(rewritten >= 3, level == "pages", "{rewritten}");
}

#[tokio::test]
async fn over_http2_chromium_asks_only_agreed_third_parties() {
    over_http2_only_agreed_third_parties_get_requests("policy", Chromium::start).await;
    over_http2_only_agreed_third_parties_get_requests("pages", Chromium::start).await;
}

#[tokio::test]
async fn over_http2_firefox_asks_only_agreed_third_parties() {
    over_http2_only_agreed_third_parties_get_requests("policy", || Firefox::start("unused.test")).await;
    over_http2_only_agreed_third_parties_get_requests("pages", || Firefox::start("unused.test")).await;
}

/// What stands in `noscript` is then a part of the page, which the rewriter does not see: the policy holds it.
async fn without_scripts_only_agreed_third_parties_get_requests<B: Browser + 'static>(level: &str, start: fn() -> B) {
    let scene = Scene::new(level).await;
    scene.visits(start, false).await;
    scene.only_what_was_agreed_to_is_asked(&[&STATIC[..], &NOSCRIPT[..]].concat()).await;
    assert!(!scene.asked("granted").contains("script.js"));
}

#[tokio::test]
async fn without_scripts_chromium_asks_only_agreed_third_parties() {
    without_scripts_only_agreed_third_parties_get_requests("policy", Chromium::start).await;
    without_scripts_only_agreed_third_parties_get_requests("pages", Chromium::start).await;
}

#[tokio::test]
async fn without_scripts_firefox_asks_only_agreed_third_parties() {
    without_scripts_only_agreed_third_parties_get_requests("policy", || Firefox::start("unused.test")).await;
    without_scripts_only_agreed_third_parties_get_requests("pages", || Firefox::start("unused.test")).await;
}

/// Of a service with a website and of one that is not declared, plain and with DSFR's class names, each shown as a page of its
/// own, because axe-core does not look into frames.
#[tokio::test]
async fn axe_finds_nothing_in_placeholders() {
    let page = "<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1>\
        <iframe title=Video src=https://stats.example/frame></iframe><iframe title=Other src=https://other.example/></iframe></main>";
    let origin = Origin::always(ok(HTML, page)).await;
    for style in ["plain", "dsfr"] {
        let text = charter("stats.example", "*.tiles.example")
            .replace("level = \"policy\"", "level = \"pages\"\nmanage_cookies = \"/cookies\"")
            .replace("[charter]\n", &format!("[charter]\npublish = {{ path = \"/cookies\", style = \"{style}\" }}\n"))
            .replace("category = \"statistics\"\n[[third", "category = \"statistics\"\nservice = { en = \"Films & more\" }\nwebsite = \"https://stats.example/\"\n[[third");
        let octroi = Setup::before(&origin).hosts("[\"*\"]").charter(&text).start().await;
        let response = octroi.client().await.exchange(navigate("/", "")).await.text();
        assert_eq!(response.matches("srcdoc=").count(), 2, "{response}");
        let port = octroi.address.port();
        tokio::task::spawn_blocking(move || {
            let browser = Chromium::start();
            let tab = browser.open();
            tab.navigate(&format!("http://{PORTAL}:{port}/"));
            let documents = tab.evaluate("[...document.querySelectorAll('iframe')].map(frame => frame.srcdoc)");
            for (number, document) in documents.as_array().unwrap().iter().enumerate() {
                for is_dark in [false, true] {
                    tab.navigate(&format!("http://{PORTAL}:{port}/"));
                    tab.emulate("screen", is_dark);
                    tab.resize(320, 240);
                    tab.evaluate(&format!("document.open(), document.write({document}), document.close()"));
                    assert_eq!(tab.accessibility_findings(), [""; 0], "{style}, {number}, dark: {is_dark}");
                }
            }
        })
        .await
        .unwrap();
    }
}

/// The address that the first link of the frame leads to, which a sandbox would hide.
const LINKED: &str = "new Promise(done => { const frame = document.querySelector('iframe');
    frame.removeAttribute('sandbox'); frame.onload = () => done(frame.contentDocument.links[0].href);
    frame.srcdoc = frame.srcdoc; })";

/// A document of `srcdoc` follows the `<base>` of the page around it, and pages of `AngularJS` have one.
async fn placeholders_link_the_site_whatever_the_base_of_a_page<B: Browser + 'static>(start: fn() -> B) {
    let page = "<!doctype html><html lang=en><title>Page</title><base href=//elsewhere.localhost/x/>\
        <iframe src=https://stats.example/frame></iframe>";
    let origin = Origin::always(ok(HTML, page)).await;
    for (link, leads) in [("#choose", "/page/?a='1'&copy=2#choose"), ("/cookies?b=1&copy=2", "/cookies?b=1&copy=2")] {
        let text = charter("stats.example", "*.tiles.example")
            .replace("level = \"policy\"", &format!("level = \"pages\"\nmanage_cookies = \"{link}\""));
        let octroi = Setup::before(&origin).hosts("[\"*\"]").charter(&text).start().await;
        let site = format!("http://{PORTAL}:{}", octroi.address.port());
        let linked = tokio::task::spawn_blocking(move || {
            let browser = start();
            let visits = Visits { tab: browser.tab(), tracker: 0 };
            visits.loads(&format!("{site}/page/?a='1'&copy=2"));
            (visits.tab.run(LINKED), format!("{site}{leads}").replace('\'', "%27"))
        });
        let (linked, expected) = linked.await.unwrap();
        assert_eq!(linked, expected);
    }
}

#[tokio::test]
async fn placeholders_link_the_site_in_chromium() {
    placeholders_link_the_site_whatever_the_base_of_a_page(Chromium::start).await;
}

#[tokio::test]
async fn placeholders_link_the_site_in_firefox() {
    placeholders_link_the_site_whatever_the_base_of_a_page(|| Firefox::start("unused.test")).await;
}
