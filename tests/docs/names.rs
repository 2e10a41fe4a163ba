//! Every name between backticks exists: metrics, alerts, files, commands and their options.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use octroi::telemetry::Metrics;

use crate::page::Page;
use crate::repository;

/// The files of the sources and tests: pages name them by the end of their path.
fn sources() -> Vec<String> {
    fn collect(folder: &Path, into: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, into);
            } else {
                into.push(format!("/{}", path.strip_prefix(repository()).unwrap().display()));
            }
        }
    }
    let mut files = Vec::new();
    for folder in ["src", "tests", "benches", "fuzz", "scripts", "config", "deploy", "docs"] {
        collect(&repository().join(folder), &mut files);
    }
    files
}

/// The options of each command, by its words: `charter render`.
fn commands() -> BTreeMap<String, BTreeSet<String>> {
    fn help(words: &str, into: &mut BTreeMap<String, BTreeSet<String>>) {
        let output = Command::new(env!("CARGO_BIN_EXE_octroi")).args(words.split_whitespace()).arg("--help").output();
        let text = String::from_utf8(output.unwrap().stdout).unwrap();
        let words_of = |text: &str| {
            let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').map(ToOwned::to_owned);
            words.filter(|word| word.starts_with("--")).collect()
        };
        into.insert(words.to_owned(), words_of(&text));
        let listed = text.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        let names = listed.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
        for name in names.filter(|name| *name != "help") {
            help(format!("{words} {name}").trim(), into);
        }
    }
    let mut commands = BTreeMap::new();
    help("", &mut commands);
    commands
}

/// What is wrong with a command line of octroi's, if anything is.
fn wrong_command(span: &str, commands: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    let words: Vec<_> = span.strip_prefix("octroi ")?.split_whitespace().collect();
    let depth = (0..=words.len().min(2)).rev().find(|depth| commands.contains_key(&words[..*depth].join(" ")))?;
    let options = &commands[&words[..depth].join(" ")];
    if depth == 0 && words[0].starts_with(|c: char| c.is_ascii_lowercase()) {
        return Some(format!("octroi has no command `{}`", words[0]));
    }
    let given = words.iter().filter(|word| word.starts_with("--")).map(|word| word.split('=').next().unwrap());
    given.filter(|option| !options.contains(*option)).map(|option| format!("no option {option}")).next()
}

#[test]
fn every_name_in_the_pages_exists() {
    let metrics: BTreeSet<_> = Metrics::families().into_iter().map(|family| family.name).collect();
    let rules = std::fs::read_to_string(repository().join("deploy/prometheus/octroi.rules.yml")).unwrap();
    let (files, commands) = (sources(), commands());
    let mut unknown = Vec::new();
    for page in Page::all() {
        for (line, span) in page.code_spans() {
            let name: String = span.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let base =
                ["_bucket", "_sum", "_count"].iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(&name);
            if name.starts_with("octroi_") && !metrics.contains(&*name) && !metrics.contains(base) {
                unknown.push(format!("{}: no metric {name}", page.at(line)));
            }
            let is_alert = name.len() > 6 && name.starts_with("Octroi");
            if is_alert && !rules.contains(&format!("- alert: {name}\n")) {
                unknown.push(format!("{}: no alert {name}", page.at(line)));
            }
            let is_file =
                Path::new(&span).extension().is_some_and(|end| end == "rs") && !span.contains(['*', ' ', '{']);
            if is_file && !files.iter().any(|file| file.ends_with(&format!("/{span}"))) {
                unknown.push(format!("{}: no file {span}", page.at(line)));
            }
            let rooted = ["src/", "docs/", "deploy/", "tests/", "scripts/", "benches/", "fuzz/"];
            let is_path = rooted.iter().any(|folder| span.starts_with(folder)) && !span.contains(['*', ' ', '<', '{']);
            if is_path && !repository().join(PathBuf::from(&span)).exists() {
                unknown.push(format!("{}: no path {span}", page.at(line)));
            }
            if let Some(wrong) = wrong_command(&span, &commands) {
                unknown.push(format!("{}: {wrong}: {span}", page.at(line)));
            }
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}
