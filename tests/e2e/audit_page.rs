//! The audit's report in a real browser: axe-core finds no problem, with any findings and on any screen.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::browser::{Chromium, Page};
use crate::support::octroi::octroi;

const CHARTER: &str = "[charter]\nsite = \"data.example.fr\"\nlanguages = [\"en\"]\nundeclared = \"full-consent\"\n\
    [[category]]\nid = \"necessary\"\nconsent = \"exempt\"\ntitle = { en = \"Necessary\" }\n\
    [[category]]\nid = \"statistics\"\nconsent = \"required\"\ntitle = { en = \"Statistics\" }\n\
    [[cookie]]\nname = \"sessionid\"\ncategory = \"necessary\"\n\
    [[cookie]]\nname = \"_ga\"\ncategory = \"statistics\"\nlifetime = \"13 months\"\n\
    [consent]\ncookie = \"cookies_preferences\"\nformat = \"opendatasoft\"\n[consent.keys]\nmatomo = \"statistics\"\n";

/// A name and an address that are longer than a telephone is wide, with no blank to break the line at.
const LONG: &str = "a_name_that_is_longer_than_a_telephone_is_wide_and_has_no_blank_to_break_the_line_at";

/// A recording with a finding of each kind.
fn full() -> Value {
    let entry = |url: &str, sent: &[&str], set: &[&str]| {
        let fields = |name: &str, values: &[&str]| -> Vec<Value> {
            values.iter().map(|value| json!({ "name": name, "value": value })).collect()
        };
        json!({
            "startedDateTime": "2026-11-28T10:00:00Z",
            "request": { "method": "GET", "url": url, "headers": fields("Cookie", sent), "cookies": [] },
            "response": {
                "status": 200, "headers": fields("Set-Cookie", set), "cookies": [],
                "content": { "mimeType": "text/html" },
            },
        })
    };
    let long = format!("{LONG}=1");
    recording(&[
        entry(
            "https://data.example.fr/",
            &["_pk_id.1=2; =nameless"],
            &["_ga=3; Max-Age=63072000", "sessionid=4", &long],
        ),
        entry(&format!("https://stats.tracker.test/{LONG}/{LONG}"), &[], &["uid=5"]),
        entry("https://data.example.fr/<script>document.title='harmed'</script>", &["sessionid=[redacted]"], &[]),
    ])
}

fn recording(entries: &[Value]) -> Value {
    json!({ "log": { "version": "1.2", "creator": { "name": "Firefox", "version": "1" }, "entries": entries } })
}

/// Writes the report on a recording to a file beside it, in a language.
fn report(directory: &Path, name: &str, recording: &[u8], language: &str) -> String {
    std::fs::write(directory.join("charter.toml"), CHARTER).unwrap();
    std::fs::write(directory.join(name), recording).unwrap();
    let mut command = octroi(directory);
    let output = command.args(["audit", name, "--charter", "charter.toml", "--format", "html", "--language", language]);
    let output = output.output().unwrap();
    let page = directory.join(format!("{name}.{language}.html"));
    std::fs::write(&page, &output.stdout).unwrap();
    format!("file://{}", page.display())
}

/// Holds the report that is shown against what everybody needs.
fn check(page: &Page, report: &str) {
    let is_styled = "getComputedStyle(document.querySelector('dl')).display === 'grid'";
    assert!(page.evaluate(is_styled) == true, "{report}: the style sheet is blocked");
    assert_ne!(page.evaluate("document.title"), "harmed");
    for (width, medium, is_dark) in [
        (1280, "screen", false),
        (1280, "screen", true),
        (390, "screen", false),
        (320, "screen", true),
        (720, "print", false),
    ] {
        page.resize(width, 800);
        page.emulate(medium, is_dark);
        let screen = format!("{report}, {width} px, {medium}, dark: {is_dark}");
        assert_eq!(page.accessibility_findings(), [""; 0], "{screen}");
        let overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert!(overflow == 0, "{screen}: {overflow} px do not fit");
    }
}

#[test]
fn everybody_can_read_the_report() {
    let directory = tempfile::tempdir().unwrap();
    let clean = recording(&[json!({
        "startedDateTime": "2026-11-28T10:00:00Z",
        "request": { "method": "GET", "url": "https://data.example.fr/", "headers": [], "cookies": [] },
        "response": { "status": 200, "headers": [{ "name": "Set-Cookie", "value": "sessionid=1" }], "cookies": [] },
    })]);
    let full = full().to_string();
    let cut = &full.as_bytes()[..full.len() - 40];
    let browser = Chromium::start();
    let page = browser.open();
    for (name, recording, expected) in
        [("full.har", full.as_bytes(), 7), ("cut.har", cut, 6), ("clean.har", clean.to_string().as_bytes(), 0)]
    {
        for (language, heading) in [("en", "Findings"), ("fr", "Constats")] {
            page.navigate(&report(directory.path(), name, recording, language));
            let shown = format!(
                "document.documentElement.lang === '{language}' && \
                 [...document.querySelectorAll('h2')].find(title => title.textContent === '{heading}') !== undefined && \
                 document.querySelectorAll('h3 + p + p + .table').length"
            );
            assert_eq!(page.evaluate(&shown), expected, "{name}: one table for each kind of finding");
            check(&page, &format!("{name}, {language}"));
        }
    }
}
