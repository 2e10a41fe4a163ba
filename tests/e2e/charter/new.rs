//! `octroi charter new`: makes a charter of a few answers, which `octroi check` accepts.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::octroi::octroi;
use crate::support::shown;

fn new(directory: &Path, arguments: &[&str]) -> Output {
    octroi(directory).args(["charter", "new"]).args(arguments).stdin(Stdio::null()).output().unwrap()
}

const CONFIGURATION: &str = "[[listener]]\naddress = \"127.0.0.1:0\"\n[[site]]\nhosts = [\"data.example.fr\"]\n\
                             charter = \"charter.toml\"\nupstream = { endpoints = [\"http://127.0.0.1:1\"] }\n";

#[test]
fn a_new_charter_can_be_checked_and_enforced() {
    for banner in ["opendatasoft", "tarteaucitron", "tcf", "none"] {
        let directory = tempfile::tempdir().unwrap();
        let site = "https://data.example.fr/explore/?q=1";
        let output = new(directory.path(), &["--site", site, "--languages", "fr,en", "--banner", banner]);
        assert_eq!(output.status.code(), Some(0), "{}", shown(&output.stderr));
        let written = String::from_utf8_lossy(&output.stdout);
        assert!(written.contains("site = \"data.example.fr\""), "{written}");
        std::fs::write(directory.path().join("charter.toml"), &output.stdout).unwrap();
        std::fs::write(directory.path().join("octroi.toml"), CONFIGURATION).unwrap();
        let check = octroi(directory.path()).args(["check", "--config", "octroi.toml"]).output().unwrap();
        let told = [check.stdout.as_slice(), &check.stderr].concat();
        assert!(!shown(&told).contains("error"), "{banner}: {}", shown(&told));
    }
}

#[test]
fn a_wrong_or_missing_answer_is_an_error_with_advice() {
    let directory = tempfile::tempdir().unwrap();
    for (arguments, reason) in [
        (&[][..], "`--site` is missing, and there is no terminal to ask at"),
        (&["--site", "a b"], "`a b` is not a host"),
        (&["--site", "a.fr", "--banner", "tarteaucitrn"], "did you mean `tarteaucitron`?"),
        (&["--site", "a.fr", "--languages", "fr;en"], "`fr;en` is not a list of languages"),
        (&["--site", "a.fr", "--banner", "pairs"], "docs/consent/generic.md"),
        (&["--site", "a.fr", "--banner", "?"], "write one of opendatasoft, tarteaucitron"),
        (&["--site", "a.fr", "--jurisdiction", "zz"], "write one of fr, be"),
    ] {
        let output = new(directory.path(), arguments);
        let told = shown(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {told}");
        assert!(told.contains(reason), "{reason} is not in {told}");
    }
}

/// At a terminal (`script` gives one) each question is asked, a wrong answer again, and an empty one is the default.
#[test]
fn a_person_at_a_terminal_is_asked() {
    let directory = tempfile::tempdir().unwrap();
    let command = octroi(directory.path());
    let line = format!("'{}' charter new > charter.toml", command.get_program().display());
    let mut script = Command::new("script")
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .current_dir(directory.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    script.stdin.take().unwrap().write_all(b"a b\ndata.example.fr\n\nklaroo\nklaro\nfr\n").unwrap();
    let output = script.wait_with_output().unwrap();
    let told = shown(&output.stdout);
    assert!(output.status.success(), "{told}");
    for asked in
        ["Which website", "`a b` is not a host", "In which languages are its texts? [fr]", "did you mean `klaro`?"]
    {
        assert!(told.contains(asked), "{asked} is not in {told}");
    }
    let charter = std::fs::read_to_string(directory.path().join("charter.toml")).unwrap();
    for line in ["site = \"data.example.fr\"", "jurisdiction = \"fr\"", "format = \"klaro\""] {
        assert!(charter.contains(line), "{line} is not in {charter}");
    }
}
