//! The rewriter finds all that browsers fetch of odd pages: each page is shown in a frame without octroi, and every element that
//! sent a request to a third party must be disabled in octroi's version of that page.

use std::collections::BTreeSet;

use super::browsers::{PORTAL, TRACKER, Visits, third_party};
use super::charter;
use crate::support::browser::{Browser, Chromium, Firefox};
use crate::support::client::navigate;
use crate::support::origin::ok;
use crate::support::{Findings, Message, Origin, Setup};

/// One page a line. `TP` is the third party's address and `HOST` its authority; each element asks for a path of its own.
const CORPUS: &str = include_str!("corpus.txt");

/// Held by the policy alone: frames of a frameset, and what stands in a `srcdoc`.
const UNSEEN: [&str; 2] = ["T21", "T49"];

fn page(line: &str, tracker: &str) -> String {
    let line = line.replace("&NUL;", "\0").replace("&FF;", "\u{c}").replace("&LF;", "\n");
    format!("<!doctype html>{}", line.replace("TP", &format!("http://{tracker}")).replace("HOST", tracker))
}

/// The portal: `/all` shows each page in a frame, `/page/N` is one of them.
fn portal(tracker: &str) -> impl Fn(&Message) -> Vec<u8> + use<> {
    let pages: Vec<_> = CORPUS.lines().map(|line| page(line, tracker)).collect();
    move |request| {
        let target = request.target();
        let html = "Content-Type: text/html; charset=utf-8\r\n";
        match target.strip_prefix("/page/").and_then(|number| pages.get(number.parse::<usize>().ok()?)) {
            Some(page) => ok(html, page),
            None if target == "/all" => {
                let frames = (0..pages.len()).map(|number| format!("<iframe src=/page/{number}></iframe>"));
                ok(html, &format!("<!doctype html><title>all</title>{}", frames.collect::<String>()))
            }
            None => ok("Content-Type: text/plain\r\n", ""),
        }
    }
}

/// The paths that a third party was asked for.
fn asked(tracker: &Origin) -> BTreeSet<String> {
    let path = |request: &Message| request.target().trim_start_matches('/').to_owned();
    tracker.requests().iter().map(path).filter(|path| path.starts_with('T')).collect()
}

/// Whether a tag of the page that names this path is switched off.
fn is_seen(page: &str, path: &str) -> bool {
    let mut tags = page.split('<').filter(|tag| tag.contains("data-octroi-"));
    tags.any(|tag| tag.split(|char: char| !char.is_ascii_alphanumeric()).any(|word| word == path))
}

async fn what_is_fetched_was_seen<B: Browser + 'static>(start: fn() -> B) {
    let tracker = Origin::replying(third_party).await;
    let authority = format!("{TRACKER}:{}", tracker.address.port());
    let origin = Origin::replying(portal(&authority)).await;
    let text = charter(&authority, "*.tiles.example").replace("level = \"policy\"", "level = \"pages\"");
    let octroi = Setup::before(&origin).hosts("[\"*\"]").charter(&text).start().await;
    let visit = |port: u16| {
        tokio::task::spawn_blocking(move || {
            let browser = start();
            Visits { tab: browser.tab(), tracker: 0 }.loads(&format!("http://{PORTAL}:{port}/all"));
        })
    };
    visit(octroi.address.port()).await.unwrap();
    assert_eq!(asked(&tracker), BTreeSet::new(), "asked though held");
    visit(origin.address.port()).await.unwrap();
    let fetched = asked(&tracker);
    assert!(fetched.len() > 40, "{fetched:?}");

    let mut pages = String::new();
    for number in 0..CORPUS.lines().count() {
        pages += &octroi.client().await.exchange(navigate(&format!("/page/{number}"), "")).await.text();
    }
    let mut findings = Findings::default();
    for path in fetched.iter().filter(|path| !UNSEEN.contains(&path.as_str())) {
        findings.expect(is_seen(&pages, path), || format!("{path} was fetched and not seen"));
    }
    findings.none();
}

#[tokio::test]
async fn the_rewriter_finds_what_chromium_fetches() {
    what_is_fetched_was_seen(Chromium::start).await;
}

#[tokio::test]
async fn the_rewriter_finds_what_firefox_fetches() {
    what_is_fetched_was_seen(|| Firefox::start("unused.test")).await;
}
