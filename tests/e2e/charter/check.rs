//! `octroi charter check`: a charter alone, with the findings and exit codes of `octroi check`.

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::support::choice::CHARTER;
use crate::support::octroi::octroi;
use crate::support::shown;

fn check(directory: &Path, arguments: &[&str]) -> Output {
    octroi(directory).args(["charter", "check"]).args(arguments).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn a_charter_is_checked_without_a_configuration() {
    let directory = tempfile::tempdir().unwrap();
    let exempt =
        CHARTER.replacen("name = \"_ga\"\ncategory = \"statistics\"", "name = \"_ga\"\ncategory = \"necessary\"", 1);
    assert_ne!(exempt, CHARTER);
    let faulty = CHARTER.replacen("category = \"statistics\"", "category = \"statistic\"", 1);
    for (charter, strict, code, told) in [
        (CHARTER, true, 0, "valid\n"),
        (&exempt, false, 0, "valid, with 1 warning\n"),
        (&exempt, true, 1, "`_ga` is known as a cookie of Google Analytics"),
        (&faulty, false, 2, "did you mean `statistics`?"),
    ] {
        std::fs::write(directory.path().join("charter.toml"), charter).unwrap();
        let arguments: &[&str] = if strict { &["charter.toml", "--strict"] } else { &["charter.toml"] };
        let output = check(directory.path(), arguments);
        let said = shown(&output.stdout);
        assert_eq!(output.status.code(), Some(code), "{said} {}", shown(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stdout).contains(told), "{told} is not in {said}");
    }
    assert_eq!(check(directory.path(), &["nowhere.toml"]).status.code(), Some(2));
}

#[test]
fn its_findings_are_those_of_a_whole_configuration() {
    let directory = tempfile::tempdir().unwrap();
    let charter =
        CHARTER.replacen("[[cookie]]", "# DECIDE: whose is it?\n[[cookie]]", 1).replace("full-consent", "necessary");
    let config = "[[listener]]\naddress = \"127.0.0.1:0\"\n[[site]]\nhosts = [\"*\"]\ncharter = \"charter.toml\"\n\
                  upstream = { endpoints = [\"http://127.0.0.1:1\"] }\n";
    std::fs::write(directory.path().join("charter.toml"), &charter).unwrap();
    std::fs::write(directory.path().join("octroi.toml"), config).unwrap();
    let read = |output: Output| serde_json::from_slice::<Value>(&output.stdout).unwrap();
    let alone = read(check(directory.path(), &["charter.toml", "--format", "json"]));
    let whole =
        octroi(directory.path()).args(["check", "--config", "octroi.toml", "--format", "json"]).output().unwrap();
    let whole = read(whole);
    assert_eq!((&alone["valid"], &alone["findings"]), (&whole["valid"], &whole["findings"]));
    let of_line = |finding: &Value| finding["line"].as_u64().unwrap();
    let lines: Vec<_> = alone["findings"].as_array().unwrap().iter().map(of_line).collect();
    assert!(lines.len() >= 2 && lines.is_sorted(), "{alone}");
    assert_eq!(alone["charter"]["undeclared"], "necessary");

    let mut child = octroi(directory.path())
        .args(["charter", "check", "-", "--strict"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(charter.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("still to be decided: whose is it?"), "{said}");
}
