//! `octroi charter render`: its output and its errors.

use std::path::Path;
use std::process::{Output, Stdio};

use crate::support::octroi::octroi;
use crate::support::shown;

const CHARTER: &str = r#"
[charter]
site = "data.example.fr"
languages = ["fr", "pt"]
publish = { path = "/cookies/", style = "dsfr", stylesheets = ["/dsfr.css"] }
[[category]]
id = "necessary"
consent = "exempt"
title = { fr = "Cookies nécessaires", pt = "Cookies necessários" }
[[cookie]]
name = "sessionid"
category = "necessary"
purpose = { fr = "Rester <connecté>" }
lifetime = "13 months"
"#;

fn render(directory: &Path, arguments: &[&str]) -> Output {
    octroi(directory).args(["charter", "render"]).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// Standard output of a run that went well.
fn page(directory: &Path, arguments: &[&str]) -> String {
    let output = render(directory, arguments);
    assert!(output.status.success(), "{}", shown(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn directory() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("charter.toml"), CHARTER).unwrap();
    directory
}

#[test]
fn a_page_is_in_the_language_and_the_style_that_are_asked_for() {
    let directory = directory();
    let own = page(directory.path(), &["charter.toml"]);
    for part in [
        "<html lang=\"fr\">",
        "<title>Cookies de data.example.fr</title>",
        "13 mois",
        "Rester &#60;connecté&#62;",
        "class=\"fr-container",
        "<link rel=\"stylesheet\" href=\"/dsfr.css\">",
    ] {
        assert!(own.contains(part), "{part} is not in {own}");
    }
    let german = page(directory.path(), &["charter.toml", "--language", "de", "--style", "plain"]);
    for part in
        ["<html lang=\"de\">", "13 Monate", "<span lang=\"fr\" dir=\"auto\">Cookies nécessaires</span>", "<style>"]
    {
        assert!(german.contains(part), "{part} is not in {german}");
    }
    let portuguese = page(directory.path(), &["charter.toml", "--language", "PT"]);
    assert!(portuguese.contains("<html lang=\"en\">") && portuguese.contains("<span lang=\"pt\" dir=\"auto\">Cookies"));
    let observed = page(directory.path(), &["charter.toml", "--report-only"]);
    assert!(observed.contains("seulement observées") && !own.contains("seulement observées"));
}

#[test]
fn other_formats_say_the_same() {
    let directory = directory();
    let markdown = page(directory.path(), &["charter.toml", "--format", "markdown"]);
    assert!(markdown.contains("| `sessionid` |  |  | Rester &lt;connecté&gt; | 13 mois |"), "{markdown}");
    let json = page(directory.path(), &["charter.toml", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["cookie"][0]["name"], "sessionid");
    assert_eq!(json["charter"]["publish"]["stylesheets"][0], "/dsfr.css");
}

#[test]
fn what_cannot_be_shown_is_refused_with_the_reason() {
    let directory = directory();
    std::fs::write(directory.path().join("faulty.toml"), "[charter]\nsite = 1\nlanguage = []\n").unwrap();
    for (arguments, reasons) in [
        (&["faulty.toml"][..], &["faulty.toml:2:8", "unknown key `language`", "2 errors"][..]),
        (&["absent.toml"], &["absent.toml", "there is no such file"]),
        (&["charter.toml", "--language", "sv"], &["`sv`", "fr, pt, de, en, es, it, nl"]),
        (&["-"], &["charter"]),
    ] {
        let output = render(directory.path(), arguments);
        let told = shown(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{told}");
        for reason in reasons {
            assert!(told.contains(reason), "{reason} is not in {told}");
        }
    }
}
