//! Third parties: the policy of a page, and the requests that the browser then sends.

mod browsers;
mod cached_parts;
mod corpus;
mod own_paths;
mod pages;
mod reports;
mod rewritten_pages;
mod slow_pages;
mod tree_construction;

use crate::support::choice::{CHARTER, granted, refused};
use crate::support::client::{get, navigate};
use crate::support::octroi::octroi;
use crate::support::origin::ok;
use crate::support::{Findings, Message, Origin, Setup};

/// The charter of the tests, and three third parties.
pub(super) fn charter(tracker: &str, tiles: &str) -> String {
    format!(
        "{CHARTER}\n[third_parties]\nlevel = \"policy\"\nreport_sample = 0\n\
         [[third_party]]\nid = \"tracker\"\nhosts = [\"{tracker}\"]\ncategory = \"statistics\"\n\
         [[third_party]]\nid = \"tiles\"\nhosts = [\"{tiles}\"]\ncategory = \"necessary\"\n"
    )
}

const OWN: &str = "default-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' data: blob: mediastream:";
const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

fn held() -> String {
    format!("{OWN} *.tiles.example wss://*.tiles.example")
}

fn before(origin: &Origin) -> Setup {
    Setup::before(origin).charter(&charter("stats.example", "*.tiles.example"))
}

fn policies(response: &Message) -> Vec<String> {
    response.texts("content-security-policy")
}

#[tokio::test]
async fn a_page_lists_the_hosts_that_it_may_use() {
    let origin = Origin::always(ok(HTML, "<!doctype html>")).await;
    let octroi = before(&origin).start().await;
    for (cookie, expected) in [
        (String::new(), vec![held()]),
        (format!("Cookie: {}\r\n", refused()), vec![held()]),
        ("Cookie: cookies_preferences=nonsense\r\n".to_owned(), vec![held()]),
        (format!("Cookie: {}\r\n", granted()), vec![]),
    ] {
        let response = octroi.client().await.exchange(navigate("/", &cookie)).await;
        assert_eq!(policies(&response), expected, "{cookie}");
        assert_eq!(response.texts("cache-control"), ["private, no-cache"], "{cookie}");
        assert!(!response.has("content-security-policy-report-only"));
    }
}

#[tokio::test]
async fn the_portals_own_policy_stays_as_it_is() {
    let own =
        "Content-Security-Policy: script-src 'nonce-a' 'strict-dynamic'\r\nContent-Security-Policy: img-src *\r\n";
    let origin = Origin::always(ok(&format!("{HTML}{own}"), "")).await;
    let response = before(&origin).start().await.client().await.exchange(navigate("/", "")).await;
    assert_eq!(policies(&response), ["script-src 'nonce-a' 'strict-dynamic'", "img-src *", &held()]);
}

/// Frames and workers are bound by their own policy; parts of a page by the page's.
#[tokio::test]
async fn only_documents_and_workers_get_a_policy() {
    let origin = Origin::replying(|request| {
        let kind = request.target().split('?').next_back().unwrap_or_default().replace('_', "/");
        ok(&format!("Content-Type: {kind}\r\nCache-Control: public, max-age=60\r\n"), "")
    })
    .await;
    let octroi = before(&origin).start().await;
    let mut findings = Findings::default();
    for (destination, kind, expected) in [
        ("iframe", "text/html", true),
        ("frame", "text/html", true),
        ("embed", "image/svg+xml", true),
        ("object", "image/svg+xml", true),
        ("worker", "text/javascript", true),
        ("sharedworker", "text/javascript", true),
        ("serviceworker", "text/javascript", true),
        ("document", "application/pdf", true),
        ("empty", "application/json", false),
        ("empty", "text/html", true),
        ("image", "image/svg+xml", false),
        ("script", "text/javascript", false),
        ("style", "text/css", false),
        ("", "text/html", true),
        ("", "application/xhtml+xml", true),
        ("", "image/svg+xml", true),
        ("", "application/json", false),
    ] {
        let fetch = Some(destination).filter(|word| !word.is_empty()).map(|word| format!("Sec-Fetch-Dest: {word}\r\n"));
        let target = format!("/x?{}", kind.replace('/', "_"));
        let response = octroi.client().await.exchange(get(&target, &fetch.unwrap_or_default())).await;
        let is_told = policies(&response) == [held()];
        let is_kept = response.texts("cache-control") == ["public, max-age=60"];
        findings.expect(is_told == expected && is_kept != expected, || {
            format!("{destination} {kind}: {}", response.shown())
        });
    }
    findings.none();
}

#[tokio::test]
async fn every_status_has_the_policy_and_pages_are_revalidated() {
    let origin = Origin::replying(|request| {
        let status = request.target().trim_start_matches('/').to_owned();
        let length = if status == "304" { "" } else { "Content-Length: 0\r\n" };
        format!("HTTP/1.1 {status} x\r\n{length}{HTML}Location: /\r\n\r\n").into_bytes()
    })
    .await;
    let octroi = before(&origin).start().await;
    for status in ["200", "302", "304", "404", "500"] {
        let conditions = "If-None-Match: \"x\"\r\nIf-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT\r\n";
        let response = octroi.client().await.exchange(navigate(&format!("/{status}"), conditions)).await;
        assert_eq!(policies(&response), [held()], "{status}");
        let asked = origin.last();
        assert!(!asked.has("if-none-match") && !asked.has("if-modified-since"), "{}", asked.shown());
    }
    // A service worker passes a navigation on, and its destination is lost.
    let passed_on =
        "Sec-Fetch-Dest: empty\r\nSec-Fetch-Mode: navigate\r\nAccept: text/html\r\nIf-None-Match: \"x\"\r\n";
    let response = octroi.client().await.exchange(get("/304", passed_on)).await;
    assert_eq!(policies(&response), [held()]);
    assert!(!origin.last().has("if-none-match"), "{}", origin.last().shown());
    octroi.client().await.exchange(get("/200", "Sec-Fetch-Dest: image\r\nIf-None-Match: \"x\"\r\n")).await;
    assert!(origin.last().has("if-none-match"), "an image may be stored");
}

#[tokio::test]
async fn hints_to_held_hosts_are_removed() {
    let lines = "Link: <https://stats.example/a.js>; rel=preload, </own.css>; rel=preload\r\n\
                 Link: <https://a.tiles.example>; rel=preconnect\r\nLink: <https://stats.example/>; rel=canonical\r\n\
                 Refresh: 5; url=https://stats.example/\r\nSpeculation-Rules: \"/rules.json\"\r\n";
    let origin = Origin::replying(move |request| {
        let kind = if request.target() == "/image" { "Content-Type: image/png\r\n" } else { HTML };
        ok(&format!("{kind}{lines}"), "")
    })
    .await;
    let octroi = before(&origin).start().await;
    for request in [navigate("/", ""), get("/image", "Sec-Fetch-Dest: image\r\n")] {
        let response = octroi.client().await.exchange(request).await;
        assert_eq!(
            response.texts("link"),
            [
                "</own.css>; rel=preload",
                "<https://a.tiles.example>; rel=preconnect",
                "<https://stats.example/>; rel=canonical"
            ]
        );
        assert!(!response.has("refresh") && !response.has("speculation-rules"), "{}", response.shown());
    }
    let agreed = octroi.client().await.exchange(navigate("/", &format!("Cookie: {}\r\n", granted()))).await;
    assert_eq!(agreed.texts("link").len(), 3);
    assert!(agreed.has("refresh") && agreed.has("speculation-rules"));
}

#[tokio::test]
async fn report_only_adds_the_report_only_policy_and_changes_nothing_else() {
    let lines = format!("{HTML}Link: <https://stats.example/a.js>; rel=preload\r\nCache-Control: public\r\n");
    let origin = Origin::always(ok(&lines, "")).await;
    let octroi = before(&origin).report_only().start().await;
    let response = octroi.client().await.exchange(navigate("/", "If-None-Match: \"x\"\r\n")).await;
    assert_eq!(response.texts("content-security-policy-report-only"), [held()]);
    assert!(policies(&response).is_empty() && response.has("link"), "{}", response.shown());
    assert_eq!(response.texts("cache-control"), ["public"]);
    assert!(origin.last().has("if-none-match"));
}

/// Without the table, and on octroi's own pages, nothing is said.
#[tokio::test]
async fn a_site_without_the_table_is_left_alone() {
    let origin = Origin::always(ok(&format!("{HTML}Cache-Control: public\r\n"), "")).await;
    let plain = Setup::before(&origin).start().await;
    let response = plain.client().await.exchange(navigate("/", "")).await;
    assert!(policies(&response).is_empty());
    assert_eq!(response.texts("cache-control"), ["public"]);

    let published =
        charter("stats.example", "*.tiles.example").replace("[charter]\n", "[charter]\npublish = \"/cookies/\"\n");
    let octroi = Setup::before(&origin).charter(&published).start().await;
    let page = octroi.client().await.exchange(navigate("/cookies/", "")).await;
    assert_eq!(policies(&page).len(), 1, "{}", page.shown());
    assert!(!policies(&page)[0].contains("tiles.example"));
}

/// A response that takes the choice back is judged by what is left of it, as its cookies are.
#[tokio::test]
async fn a_page_that_withdraws_the_choice_holds_at_once() {
    let origin = Origin::always(ok(&format!("{HTML}Set-Cookie: cookies_preferences=; Max-Age=0\r\n"), "")).await;
    let octroi = before(&origin).start().await;
    let response = octroi.client().await.exchange(navigate("/", &format!("Cookie: {}\r\n", granted()))).await;
    assert_eq!(policies(&response), [held()]);
}

#[tokio::test]
async fn pages_are_counted_by_party() {
    let origin = Origin::always(ok(HTML, "")).await;
    let octroi = before(&origin).start().await;
    octroi.client().await.exchange(navigate("/", "")).await;
    octroi.client().await.exchange(navigate("/", &format!("Cookie: {}\r\n", granted()))).await;
    octroi.client().await.exchange(get("/", "Sec-Fetch-Dest: image\r\nAccept: image/*\r\n")).await;
    let metrics = octroi.metrics().await;
    let count = |party: &str, verdict: &str| {
        metrics
            .count("octroi_third_parties_total", &[("party", party), ("verdict", verdict), ("enforcement", "enforce")])
    };
    // The third response is HTML, too, whatever it was asked for as.
    for (party, passed, held) in [("tracker", 1, 2), ("tiles", 3, 0), ("undeclared", 1, 2)] {
        assert_eq!((count(party, "pass"), count(party, "hold")), (passed, held), "{party}");
    }
}

#[tokio::test]
async fn a_faulty_table_is_refused_with_the_place() {
    for (old, new, told) in [
        ("[third_parties]\nlevel = \"policy\"\nreport_sample = 0", "", "nothing says how they are held"),
        ("stats.example", "https://stats.example/", "write it without scheme and path"),
        ("*.tiles.example", "stats.example", "`stats.example` is declared twice"),
        ("id = \"tiles\"", "id = \"tracker\"", "there is a third party `tracker` already"),
        ("level = \"policy\"", "level = \"page\"", "expected `policy` or `pages`"),
    ] {
        let charter = charter("stats.example", "*.tiles.example").replacen(old, new, 1);
        let origin = Origin::always(ok("", "")).await;
        let setup = Setup::before(&origin).charter(&charter);
        drop(setup.command(&setup.configuration()));
        let output = octroi(setup.directory()).args(["check", "--config", "octroi.toml"]).output().unwrap();
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(text.contains(told), "{told} is not in {text}");
    }
}

#[tokio::test]
async fn a_check_says_who_is_declared_and_what_is_not_held() {
    let origin = Origin::always(ok("", "")).await;
    let setup = before(&origin);
    drop(setup.command(&setup.configuration()));
    let output = octroi(setup.directory()).args(["check", "--config", "octroi.toml"]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for told in ["  parties      tracker, tiles (level policy)\n", "  not held     inline scripts, "] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
}

#[tokio::test]
async fn a_page_and_its_explanation_say_the_same() {
    let origin = Origin::always(ok(HTML, "")).await;
    let octroi = before(&origin).start().await;
    let explain = |arguments: &[&str]| {
        let mut command = crate::support::octroi::octroi(octroi.directory.path());
        command.args(["explain", "--config", "octroi.toml", "--format", "json"]).args(arguments);
        command.output().unwrap()
    };
    for (choice, agrees) in [("nonsense".to_owned(), false), (refused(), false), (granted(), true)] {
        let page = octroi.client().await.exchange(navigate("/", &format!("Cookie: {choice}\r\n"))).await;
        for (url, party, passes) in [
            ("https://stats.example/a.js", Some("tracker"), agrees),
            ("https://a.tiles.example/1.png", Some("tiles"), true),
            ("https://elsewhere.example/", None, agrees),
        ] {
            let output = explain(&["--choice", &choice, "url", url]);
            let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            let verdict = &told["third_party"];
            assert_eq!(
                verdict["content_security_policy"].as_str(),
                policies(&page).first().map(String::as_str),
                "{url}"
            );
            assert_eq!((verdict["party"].as_str(), verdict["verdict"] == "pass"), (party, passes), "{url}: {told}");
        }
    }
    let told = |arguments: &[&str]| -> serde_json::Value {
        let output = explain(arguments);
        serde_json::from_slice(&output.stdout).unwrap_or_default()
    };
    let unasked = told(&["url", "https://stats.example/a.js"]);
    assert_eq!(
        (&unasked["third_party"]["party"], &unasked["third_party"]["reason"]),
        (&"tracker".into(), &"unsaid".into())
    );
    assert!(told(&["url", "https://data.education.gouv.fr/"])["route"].is_array());
    let because =
        told(&["--choice", &refused(), "url", "https://elsewhere.example/"])["third_party"]["because"].clone();
    assert_eq!(
        because,
        "the charter does not name it: it needs the visitor's consent to everything, and something was refused"
    );
    for (arguments, reason) in [
        (&["--gpc", "url", "https://data.education.gouv.fr/"][..], "is the site itself"),
        (&["--gpc", "url", "nonsense"], "is not a URL"),
    ] {
        let output = explain(arguments);
        assert!(String::from_utf8_lossy(&output.stderr).contains(reason), "{arguments:?}");
    }
}
