//! The formats of a report: what they contain, and what they never contain.

use serde_json::{Value, json};

use crate::command::Desk;
use crate::recording::{PORTAL, at, choice, page, recording};

const FORMATS: [&str; 4] = ["text", "html", "json", "sarif"];

/// A recording with a finding of each kind that one recording can have.
fn full() -> Value {
    recording([
        page(0, &format!("{PORTAL}/?token=secret-query#secret-fragment"))
            .sends("=secret-nameless; _pk=secret-value")
            .sets("_ga=secret-value; Max-Age=63072000")
            .sets("once=secret-value; Max-Age=99"),
        at(1, "https://secret-user:secret-password@stats.tracker.test/hit?secret-query").sets("uid=secret-value"),
        at(2, PORTAL).sends(&format!("{}; sessionid=[redacted]", choice(true, true))),
    ])
}

#[test]
fn no_report_holds_a_value_a_query_or_a_nameless_text() {
    let desk = Desk::new();
    desk.write("recording.har", full().to_string().as_bytes());
    for format in FORMATS {
        let run = desk.run(&["recording.har", "--format", format]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        for secret in ["secret", "matomo%22"] {
            assert!(!run.stdout.contains(secret) && !run.stderr.contains(secret), "{format}: {}", run.stdout);
        }
        for named in ["_ga", "once", "_pk", "stats.tracker.test", "data.example.fr"] {
            assert!(run.stdout.contains(named), "{format}: {named}");
        }
        assert!(!run.stdout.contains('\u{1b}'), "colours are for terminals");
        assert_eq!(run.stderr, "", "progress is for terminals");
    }
}

#[test]
fn long_names_and_large_numbers_break_no_report() {
    let host = format!("https://{}.test/", "a".repeat(70_000));
    let life = format!("sessionid=1; Max-Age={}", i64::MAX);
    let page = page(0, &format!("{PORTAL}/x;jsessionid=secret")).sets(&life);
    let desk = Desk::new();
    desk.write("recording.har", recording([page, at(1, &host)]).to_string().as_bytes());
    for format in FORMATS {
        let run = desk.run(&["recording.har", "--format", format]);
        assert_eq!(run.code, 1, "{format}: {}", run.stderr);
        assert!(!run.stdout.contains("secret"), "{format}");
    }
}

#[test]
fn recorded_names_are_escaped_in_every_report() {
    let name = "<img src=x onerror=alert(1)>\u{1b}[2J\u{202e}";
    let entry = page(0, &format!("{PORTAL}/<script>alert(2)</script>")).sends(&format!("{name}=1; a\"'&b=1"));
    let desk = Desk::new();
    let mut text = recording([entry]);
    text["log"]["creator"]["name"] = "<b>\u{1b}[31m".into();
    desk.write("<i>.har", text.to_string().as_bytes());
    for format in FORMATS {
        let run = desk.run(&["<i>.har", "--format", format]);
        assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains('\u{202e}'), "{format}");
        if format == "html" {
            for tag in ["<img", "<script", "<b>", "<i>", "<a "] {
                assert!(!run.stdout.contains(tag), "{tag}");
            }
        }
    }
}

#[test]
fn file_names_cannot_control_a_terminal() {
    let odd = ["\u{1b}[2J", "\u{61c}", "\u{2028}", "\u{202e}", "\u{200b}"];
    let name = format!("a{}.har", odd.concat());
    let desk = Desk::new();
    let assert_harmless = |run: &crate::command::Run| {
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains(".har") || said.contains(".toml"), "{said}");
        assert!(!odd.iter().any(|odd| said.contains(odd)) && !said.contains('\u{1b}'), "{said:?}");
    };
    assert_harmless(&desk.run(&[&name]));
    let mut text = full();
    text["log"]["creator"]["name"] = odd.concat().into();
    desk.write(&name, text.to_string().as_bytes());
    assert_harmless(&desk.run(&[&name]));
    desk.write(&name, b"{");
    assert_harmless(&desk.run(&[&name]));
    for (file, text) in
        [("none", None), ("faulty", Some("[charter]\nsite = 1\n")), ("odd", Some("a = \"\u{2028}\u{61c}\""))]
    {
        let charter = format!("{file}{}.toml", odd.concat());
        if let Some(text) = text {
            desk.write(&charter, text.as_bytes());
        }
        for arguments in [&["audit", &name, "--charter", &charter][..], &["charter", "diff", &charter, &charter]] {
            assert_harmless(&desk.octroi(arguments));
        }
    }
}

#[test]
fn the_page_loads_and_runs_nothing() {
    let desk = Desk::new();
    desk.write("recording.har", full().to_string().as_bytes());
    let page = desk.run(&["recording.har", "--format", "html"]).stdout;
    for active in
        ["<script", "<link", "<iframe", "href=", "src=", "url(", "@import", "onload", "http-equiv=\"refresh\""]
    {
        assert!(!page.contains(active), "{active}");
    }
    assert!(page.contains("default-src 'none'"));
}

/// In both languages the page shows the same facts, and in French no sentence of the English one.
#[test]
fn the_page_speaks_english_and_french() {
    let desk = Desk::new();
    desk.write("recording.har", full().to_string().as_bytes());
    let [english, french] =
        ["en", "fr"].map(|tag| desk.run(&["recording.har", "--format", "html", "--language", tag]).stdout);
    let facts = |page: &str| -> Vec<String> {
        let codes = page.split("<code>").skip(1).map(|rest| rest.split("</code>").next().unwrap().to_owned());
        codes.filter(|code| !code.contains(' ')).collect()
    };
    assert!(!facts(&english).is_empty());
    assert_eq!(facts(&english), facts(&french));
    // What stands between two tags, but for names and numbers, which hold no blank.
    let sentences = |page: &str| -> Vec<String> {
        let body = page.split("<body>").nth(1).unwrap();
        let texts = body.split('<').filter_map(|rest| rest.split('>').nth(1)).map(str::trim);
        texts.filter(|text| text.contains(' ')).map(ToOwned::to_owned).collect()
    };
    let french = sentences(&french);
    let shared: Vec<_> = sentences(&english).into_iter().filter(|text| french.contains(text)).collect();
    assert!(shared.iter().all(|text| text.starts_with("data.example.fr (")), "{shared:?}");
    assert_eq!(desk.run(&["recording.har", "--language", "de"]).code, 2);
}

#[test]
fn several_recordings_make_one_report_each_judged_by_its_own_choice() {
    let desk = Desk::new();
    let accepted = recording([page(0, PORTAL).sends(&choice(true, true)).sets("_ga=1; Max-Age=60")]);
    let nothing = recording([page(5, PORTAL), page(9, PORTAL).sets("_ga=1; Max-Age=60"), at(9, "https://t.test/")]);
    desk.write("accepted.har", accepted.to_string().as_bytes());
    desk.write("nothing.har", nothing.to_string().as_bytes());
    let audited = desk.run(&["accepted.har", "nothing.har", "--format", "json"]).audited();
    audited.assert_findings(&[
        "cookie-without-consent _ga data.example.fr 1",
        "third-party-without-consent null t.test 2",
    ]);
    assert_eq!(audited.report["findings"][0]["file"], "nothing.har");
    assert_eq!(audited.cookie("_ga")["verdict"], "refused");
    let read: Vec<_> = audited.report["summary"]["recordings"].as_array().unwrap().iter().collect();
    assert_eq!((read.len(), &read[1]["requests"]), (2, &json!(3)));
    assert_eq!(desk.run(&["accepted.har", "nothing.har", "missing.har"]).code, 2);
}

#[test]
fn sarif_points_to_the_line_of_the_charter() {
    let desk = Desk::new();
    desk.write("recording.har", full().to_string().as_bytes());
    let sarif: Value = serde_json::from_str(&desk.run(&["recording.har", "--format", "sarif"]).stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let charter: Vec<_> = crate::command::CHARTER.lines().collect();
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        let physical = &result["locations"][0]["physicalLocation"];
        let message = result["message"]["text"].as_str().unwrap();
        let line = physical["region"]["startLine"].as_u64().map(|line| charter[usize::try_from(line).unwrap() - 1]);
        let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
        let expected = match (result["ruleId"].as_str().unwrap(), message) {
            ("lifetime-exceeds-charter", text) if text.contains("_ga") => Some("lifetime = \"13 months\""),
            ("lifetime-exceeds-charter", _) => Some("lifetime = \"session\""),
            ("cookie-without-consent", text) if text.contains("_ga") => Some("[[cookie]]"),
            ("unreadable-cookie" | "recording-sanitised", _) => None,
            _ => Some("undeclared = \"full-consent\""),
        };
        assert_eq!(
            (line, uri),
            (expected, if expected.is_some() { "charter.toml" } else { "recording.har" }),
            "{message}"
        );
        assert_eq!(result["partialFingerprints"]["octroi/v1"].as_str().unwrap().len(), 64);
    }
    assert_eq!(run["results"].as_array().unwrap().len(), 10);
}

#[test]
fn fingerprints_stay_when_entries_move() {
    let desk = Desk::new();
    let fingerprints = |recording: &Value| {
        desk.write("recording.har", recording.to_string().as_bytes());
        let sarif: Value = serde_json::from_str(&desk.run(&["recording.har", "--format", "sarif"]).stdout).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap().clone();
        results.into_iter().map(|result| result["partialFingerprints"].clone()).collect::<Vec<_>>()
    };
    let setting = page(5, PORTAL).sets("_ga=1; Max-Age=60");
    let first = fingerprints(&recording([setting.clone()]));
    assert_eq!(first, fingerprints(&recording([page(0, PORTAL), page(1, PORTAL), setting])));
}
