//! html5lib's cases of tree construction, each with a script in two places: the rewriter finds all that a browser fetches of
//! them.
//!
//! The cases are data of the package `html5lib` (`scripts/setup`): some 1,700 corner cases of tables, selects, templates, SVG,
//! raw text and comments, for the parsing rules that all browsers share.

use std::collections::BTreeSet;

use octroi::html_rewriter::{Held, PageAddress, Placeholders, Rewriter, Rules};

use super::browsers::{PORTAL, TRACKER, Visits, third_party};
use crate::support::browser::{Browser, Chromium, Firefox};
use crate::support::origin::ok;
use crate::support::{Findings, Message, Origin};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/html5lib/tree-construction");
/// How many pages are shown at once, each in a frame.
const AT_ONCE: usize = 200;
/// A page in a frame runs scripts, and opens no window and no dialog.
const SANDBOX: &str = "allow-scripts allow-same-origin";

/// The texts of all cases. Those for a fragment are read as pages, too.
fn cases() -> Vec<String> {
    let files = std::fs::read_dir(CASES).unwrap_or_else(|error| panic!("{CASES}: {error}: run scripts/setup"));
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).filter(|file| file.is_file()).collect();
    files.sort();
    let texts = files.iter().map(|file| format!("\n{}", String::from_utf8_lossy(&std::fs::read(file).unwrap())));
    let of_file = |text: String| {
        let cases = text.split("\n#data\n").skip(1).map(|case| case.split("\n#errors").next().unwrap().to_owned());
        cases.collect::<Vec<_>>()
    };
    texts.flat_map(of_file).collect()
}

/// Each case with a script at its end, and with one before its last tag; the script of page N asks for the path `/CN`.
fn pages(tracker: &str) -> Vec<String> {
    let in_two_places = |case: String| {
        let last = case.rfind('<').unwrap_or(0);
        [(case.clone(), String::new()), (case[..last].to_owned(), case[last..].to_owned())]
    };
    let numbered = cases().into_iter().flat_map(in_two_places).enumerate();
    numbered
        .map(|(number, (before, after))| format!("{before}<script src=\"http://{tracker}/C{number}\"></script>{after}"))
        .collect()
}

fn portal(pages: Vec<String>) -> impl Fn(&Message) -> Vec<u8> {
    move |request| {
        let (target, html) = (request.target(), "Content-Type: text/html; charset=utf-8\r\n");
        let number = |prefix: &str| target.strip_prefix(prefix).and_then(|number| number.parse::<usize>().ok());
        if let Some(first) = number("/from/") {
            let shown = (first..pages.len()).take(AT_ONCE);
            let frames = shown.map(|number| format!("<iframe sandbox=\"{SANDBOX}\" src=/page/{number}></iframe>"));
            return ok(html, &format!("<!doctype html><title>pages</title>{}", frames.collect::<String>()));
        }
        match number("/page/").and_then(|number| pages.get(number)) {
            Some(page) => ok(html, page),
            None => ok("Content-Type: text/plain\r\n", ""),
        }
    }
}

/// The page as octroi lets it go if the third party is held.
fn rewritten(page: &str, tracker: &str) -> String {
    let tracker = tracker.split(':').next().unwrap().to_owned();
    let held = move |url: &url::Url| (url.host_str() == Some(&tracker)).then_some(Held { party: None });
    let placeholders = Placeholders::new([("fr".to_owned(), vec!["held".to_owned()])]);
    let mut rewriter = Rewriter::new(Rules {
        held: Box::new(held),
        placeholders: placeholders.into(),
        address: PageAddress::new("https://portal.example", "/"),
    });
    rewriter.write(page.as_bytes());
    rewriter.end();
    String::from_utf8(rewriter.take()).unwrap()
}

async fn the_rewriter_finds_what_is_fetched<B: Browser>(start: impl FnOnce() -> B + Send + 'static) {
    let tracker = Origin::replying(third_party).await;
    let authority = format!("{TRACKER}:{}", tracker.address.port());
    let pages = pages(&authority);
    let origin = Origin::replying(portal(pages.clone())).await;
    let (port, count) = (origin.address.port(), pages.len());
    tokio::task::spawn_blocking(move || {
        let browser = start();
        let visits = Visits { tab: browser.tab(), tracker: 0 };
        (0..count).step_by(AT_ONCE).for_each(|first| visits.loads(&format!("http://{PORTAL}:{port}/from/{first}")));
    })
    .await
    .unwrap();
    let number = |request: &Message| request.target().strip_prefix("/C")?.parse::<usize>().ok();
    // In a tag that is not finished, the script is an attribute: of an image, which is the policy's to hold.
    let requests = tracker.requests().into_iter().filter(|request| request.texts("sec-fetch-dest") == ["script"]);
    let fetched: BTreeSet<_> = requests.filter_map(|request| number(&request)).collect();
    assert!(count > 3000 && fetched.len() > count / 2, "{} of {count} were fetched", fetched.len());
    let mut findings = Findings::default();
    for number in fetched {
        let page = &pages[number];
        let is_seen =
            rewritten(page, &authority).contains(&format!("data-octroi-src=\"http://{authority}/C{number}\""));
        findings.expect(is_seen, || format!("fetched and not seen: {page:?}"));
    }
    findings.none();
}

#[tokio::test]
async fn the_rewriter_finds_what_chromium_fetches_of_html5libs_cases() {
    the_rewriter_finds_what_is_fetched(Chromium::start).await;
}

#[tokio::test]
async fn the_rewriter_finds_what_firefox_fetches_of_html5libs_cases() {
    the_rewriter_finds_what_is_fetched(|| Firefox::start("unused.test")).await;
}
