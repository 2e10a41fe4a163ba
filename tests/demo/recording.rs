//! `octroi audit` on what a real Chromium records of the demo portal, bare and through octroi, in three states: the bare
//! portal's recordings name its trackers, octroi's none.
//!
//! A page's script writes its cookies whatever stands before the portal, and the browser's recording shows them on their
//! way to octroi, which keeps them from the portal. So the portal's tags are taken out of its pages for octroi's part.

use std::process::Command;

use serde_json::Value;

use super::audit::{Audit, Scheme, declared};
use super::tour::{Names, Visitor};

/// What says that a cookie was set or sent to which the visitor had not agreed.
const WITHOUT_CONSENT: [&str; 2] = ["cookie-without-consent", "cookie-sent-without-consent"];

/// What a visitor chooses before the tour, if anything.
const CHOICES: [Option<&str>; 3] = [None, Some("refuse"), Some("accept")];

#[test]
fn a_recording_of_the_bare_portal_names_every_tracker() {
    for choice in CHOICES {
        let audit = Audit::start(Scheme::Https, &declared());
        let (report, code) = audited(&visit(&audit.beside_octroi(), choice));
        assert_eq!(code, Some(1), "{choice:?}");
        let (found, trackers) = (without_consent(&report), audit.known(|_| true));
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
    for choice in CHOICES {
        let audit = Audit::start(Scheme::Https, &declared());
        audit.remove_tags();
        let (report, _) = audited(&visit(&audit.through_octroi(), choice));
        assert_eq!(without_consent(&report), Names::new(), "{choice:?}: {report:#}");
        let set = report["cookies"].as_array().unwrap().iter().filter(|cookie| cookie["set_by"] == "header").count();
        let is_accepted = choice == Some("accept");
        assert_eq!(set > 10, is_accepted, "{choice:?}: {set} cookies");
        assert!(set > 1, "the portal's own are there");
    }
}

/// The recording of a visit.
fn visit(visitor: &Visitor<'_>, choice: Option<&str>) -> Value {
    visitor.page.record();
    visitor.open("/");
    if let Some(choice) = choice {
        visitor.choose(choice);
    }
    visitor.tour();
    visitor.page.recording()
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
