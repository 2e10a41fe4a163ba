//! The jar test: real browsers' cookie jars show that octroi lets no refused cookie through, whatever a parser says.
//!
//! Each case of `cases` is a response in exact bytes. A browser loads it directly from the portal and through octroi, each
//! time with an empty jar, and `judgement` compares the two jars: no name outside the charter, and every allowed cookie
//! exactly as without octroi. `naive` shows that the test is able to fail.

mod amendments;
mod case;
mod cases;
mod comparison;
mod judgement;
mod naive;
mod portal;

use std::net::SocketAddr;
use std::sync::Arc;

use case::Case;
use comparison::{Comparison, Consent};
use judgement::{finding, is_tempting};
use portal::{HOST, portal};

use crate::support::browser::{Browser, Chromium, Firefox};
use crate::support::choice::charter_with;
use crate::support::{Authority, Setup};

#[tokio::test]
async fn chromium_in_clear() {
    in_clear(Chromium::start).await;
}

#[tokio::test]
async fn chromium_under_tls_and_http2() {
    under_tls(Chromium::start).await;
}

#[tokio::test]
async fn firefox_in_clear() {
    in_clear(firefox).await;
}

#[tokio::test]
async fn firefox_under_tls_and_http2() {
    under_tls(firefox).await;
}

/// What a naive filter lets through: the beginning of a case's name, and the cookie that then lands.
const LEAKS: [(&str, &str); 9] = [
    ("NBSP before the name", r#""\u{a0}sessionid""#),
    ("NEL after the name", r#""sessionid\u{85}""#),
    ("U+3000 after the name", r#""sessionid\u{3000}""#),
    ("0xff in names", r#""\\xffsessionid""#),
    ("nameless: v", r#""""#),
    ("held, Max-Age=-", r#""_ga""#),
    ("a bare CR: ", r#""_ga""#),
    ("a space before the colon: ", r#""_ga""#),
    ("LF in another field: ", r#""_ga""#),
];

#[tokio::test]
async fn a_naive_filter_fails() {
    let is_leak = |case: &Case| LEAKS.iter().any(|(name, _)| case.name.starts_with(name));
    let cases: Arc<Vec<Case>> = Arc::new(cases::all().into_iter().filter(is_leak).collect());
    let origin = portal(&cases, None).await;
    let naive = naive::start(origin.address).await;
    let Report { findings, .. } = report(Chromium::start, "http", [origin.address, naive], cases).await;
    for (name, cookie) in LEAKS {
        let leak = format!("{cookie} is there and ought not to be");
        let found = findings.iter().any(|finding| finding.starts_with(name) && finding.contains(&leak));
        assert!(found, "{name:?}: {cookie} was not found, but\n{}", findings.join("\n"));
    }
}

fn firefox() -> Firefox {
    Firefox::start(HOST)
}

async fn in_clear<B: Browser>(start: impl FnOnce() -> B + Send + 'static) {
    let cases = Arc::new(cases::all());
    let origin = portal(&cases, None).await;
    let octroi = Setup::before(&origin).charter(&charter()).start().await;
    report(start, "http", [origin.address, octroi.address], cases).await.assert_tight();
}

/// Octroi speaks HTTP/2 with the browser; the portal itself HTTP/1.1, so that its bytes can be what they are.
async fn under_tls<B: Browser>(start: impl FnOnce() -> B + Send + 'static) {
    let (cases, authority) = (Arc::new(cases::all()), Authority::new());
    let (origin, direct) = (portal(&cases, None).await, portal(&cases, Some(&authority)).await);
    let octroi = Setup::before(&origin).charter(&charter()).tls(&authority, &[&[HOST]]).start().await;
    report(start, "https", [direct.address, octroi.tls], cases).await.assert_tight();
    let lines = octroi.stdout.lines();
    let by_http2 = lines.iter().filter(|line| line.contains(r#""protocol":"HTTP/2.0""#)).count();
    assert!(by_http2 > lines.len() / 10 * 9, "{by_http2} of {} requests came by HTTP/2", lines.len());
}

/// What came of all cases, under each consent.
struct Report {
    findings: Vec<String>,
    /// How many times the portal got a refused cookie into the jar if nothing stood in its way.
    tempted: usize,
}

impl Report {
    #[track_caller]
    fn assert_tight(self) {
        assert!(self.findings.is_empty(), "{} findings:\n{}", self.findings.len(), self.findings.join("\n"));
        assert!(self.tempted > 1000, "only {} loads had a cookie that could leak", self.tempted);
    }
}

/// Loads the cases on the way straight to the portal and on the way through a proxy.
async fn report<B: Browser>(
    start: impl FnOnce() -> B + Send + 'static,
    scheme: &'static str,
    addresses: [SocketAddr; 2],
    cases: Arc<Vec<Case>>,
) -> Report {
    // On a thread of its own, for the portal is served on this one.
    let comparison = tokio::task::spawn_blocking(move || {
        let [direct, through] = addresses.map(|address| format!("{scheme}://{HOST}:{}", address.port()));
        let browser = start();
        let comparison = Comparison::new(&browser, &direct, &through);
        let mut report = Report { findings: Vec::new(), tempted: 0 };
        for consent in [Consent::Unsaid, Consent::Granted] {
            let results = comparison.results(&cases, consent);
            report.tempted += results.iter().filter(|(_, pair)| is_tempting(pair)).count();
            report.findings.extend(results.iter().filter_map(|(case, pair)| finding(case, consent, pair)));
        }
        report
    });
    comparison.await.unwrap()
}

/// The charter of the tests, and a kind of name that is exempt and has no end.
fn charter() -> String {
    let statistics = "[[cookie]]\nname = \"_ga\"";
    charter_with(statistics, &format!("[[cookie]]\nprefix = \"portal-\"\ncategory = \"necessary\"\n{statistics}"))
}
