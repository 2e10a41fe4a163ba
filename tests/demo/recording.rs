//! `octroi audit` on real browsers' recordings of the demo portal, without octroi and through octroi, in three states: without
//! octroi, the findings name the portal's trackers; through octroi, there are none.
//!
//! The script that writes cookies is a third party's, which the charter holds: through octroi, it is not loaded.

use std::process::Command;

use serde_json::{Value, json};

use super::audit::{Audit, HELD, HOST, Scheme, declared};
use super::tour::{Names, Visitor, Window, tour};
use crate::support::browser::Firefox;

/// What says that a cookie was set or sent to which the visitor had not agreed.
const WITHOUT_CONSENT: [&str; 2] = ["cookie-without-consent", "cookie-sent-without-consent"];

/// What a visitor chooses before the tour, if anything.
const CHOICES: [Option<&str>; 3] = [None, Some("refuse"), Some("accept")];

/// What records a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recorder {
    /// Chromium's events, fields that came several times joined by line feeds.
    Events,
    /// The same, written as Playwright does: a field for each line, and all cookies listed.
    Playwright,
    /// The network panel of Firefox, by its own export.
    Firefox,
}

#[test]
fn a_recording_of_the_bare_portal_names_every_tracker() {
    names_every_tracker(Recorder::Events);
}

#[test]
fn a_recording_like_playwrights_names_every_tracker() {
    names_every_tracker(Recorder::Playwright);
}

#[test]
fn firefoxs_recording_of_the_bare_portal_names_every_tracker() {
    names_every_tracker(Recorder::Firefox);
}

fn names_every_tracker(recorder: Recorder) {
    for choice in CHOICES {
        let audit = Audit::start(Scheme::Https, &declared());
        let (report, code) = audited(&visit(recorder, &audit.beside_octroi(), choice));
        assert_eq!(code, Some(1), "{choice:?}");
        let own_of_third_parties: Names = HELD.iter().map(|id| format!("{id}_uid")).collect();
        let (found, trackers) = (without_consent(&report), &audit.known(|_| true) | &own_of_third_parties);
        if choice == Some("accept") {
            // What the first page sets comes before the choice.
            assert!(found.contains("_ga") && found.is_subset(&trackers), "{found:?}");
            assert!(found.len() < trackers.len(), "{found:?}");
        } else {
            assert_eq!(found, trackers, "{choice:?}");
        }
        let scripts = audit.known(|cookie| cookie["script"] == true);
        let shown = report["cookies"].as_array().unwrap().iter().filter(|cookie| cookie["set_by"] == "script");
        let shown: Names = shown.map(|cookie| cookie["name"].as_str().unwrap().to_owned()).collect();
        assert!(shown.is_superset(&scripts), "{choice:?}: {shown:?}");
    }
}

#[test]
fn a_recording_through_octroi_names_none() {
    names_none(Recorder::Events);
}

#[test]
fn a_recording_like_playwrights_through_octroi_names_none() {
    names_none(Recorder::Playwright);
}

#[test]
fn firefoxs_recording_through_octroi_names_none() {
    names_none(Recorder::Firefox);
}

fn names_none(recorder: Recorder) {
    for choice in CHOICES {
        let audit = Audit::start(Scheme::Https, &declared());
        let (report, _) = audited(&visit(recorder, &audit.through_octroi(), choice));
        assert_eq!(without_consent(&report), Names::new(), "{choice:?}: {report:#}");
        let set = report["cookies"].as_array().unwrap().iter().filter(|cookie| cookie["set_by"] == "header").count();
        let is_accepted = choice == Some("accept");
        assert_eq!(set > 10, is_accepted, "{choice:?}: {set} cookies");
        assert!(set > 1, "the portal's own are there");
    }
}

/// The recording of a visit: to the visitor's address, by whatever browser the recorder needs.
fn visit(recorder: Recorder, visitor: &Visitor<'_>, choice: Option<&str>) -> Value {
    if recorder == Recorder::Firefox {
        let firefox = Firefox::start(HOST);
        let tab = firefox.recorded_tab();
        see(&tab, visitor.address(), choice);
        return tab.recording();
    }
    visitor.page.record();
    see(&visitor.page, visitor.address(), choice);
    let recording = visitor.page.recording();
    if recorder == Recorder::Playwright { like_playwright(recording) } else { recording }
}

fn see(window: &impl Window, address: &str, choice: Option<&str>) {
    window.navigate(&format!("{address}/"));
    if let Some(choice) = choice {
        window.follow(&format!("[data-choice={choice}]"));
    }
    tour(window, address);
}

/// A recording as Playwright writes it: `har.spec.ts` and `harTracer.ts` of its repository show how.
fn like_playwright(mut recording: Value) -> Value {
    recording["log"]["creator"] = json!({ "name": "Playwright", "version": "1.65.1" });
    for entry in recording["log"]["entries"].as_array_mut().unwrap() {
        for (side, field) in [("request", "cookie"), ("response", "set-cookie")] {
            let headers = entry[side]["headers"].as_array().unwrap();
            let one_a_line = headers.iter().flat_map(|header| {
                let lines = header["value"].as_str().unwrap().split('\n');
                lines.map(|line| json!({ "name": header["name"], "value": line }))
            });
            let headers: Vec<Value> = one_a_line.collect();
            let of_field = headers.iter().filter(|header| header["name"].as_str().unwrap().eq_ignore_ascii_case(field));
            let texts = of_field.map(|header| header["value"].as_str().unwrap());
            let cookies: Vec<Value> = match side {
                "request" => texts.flat_map(|text| text.split("; ")).map(listed).collect(),
                _ => texts.map(listed).collect(),
            };
            entry[side]["cookies"] = cookies.into();
            entry[side]["headers"] = headers.into();
        }
    }
    recording
}

/// A cookie as Playwright lists it: what has no `=` is a name.
fn listed(text: &str) -> Value {
    let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let mut cookie = json!({ "name": name.trim(), "value": value.trim() });
    for attribute in attributes.split(';') {
        let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        match key.trim().to_ascii_lowercase().as_str() {
            key @ ("path" | "domain") => cookie[key] = value.trim().into(),
            "httponly" => cookie["httpOnly"] = true.into(),
            "secure" => cookie["secure"] = true.into(),
            _ => {}
        }
    }
    cookie
}

/// The report on a recording, and the exit code.
fn audited(recording: &Value) -> (Value, Option<i32>) {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("charter.toml"), declared()).unwrap();
    std::fs::write(directory.path().join("visit.har"), recording.to_string()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_octroi"));
    command.args(["audit", "visit.har", "--charter", "charter.toml", "--format", "json"]);
    let output = command.current_dir(directory.path()).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    (serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {stderr}")), output.status.code())
}

fn without_consent(report: &Value) -> Names {
    let findings = report["findings"].as_array().unwrap().iter();
    let of_kind = findings.filter(|finding| WITHOUT_CONSENT.iter().any(|kind| finding["kind"] == *kind));
    of_kind.map(|finding| finding["name"].as_str().unwrap().to_owned()).collect()
}
