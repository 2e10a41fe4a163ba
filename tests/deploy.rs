//! What `deploy/` ships, held against octroi by the tools that will read it.

// A tool that is missing or refuses a file must fail the test aloud.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use octroi::telemetry::Metrics;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What a tool says of these files, in their folder.
#[track_caller]
fn run(folder: &str, command: &[&str]) -> String {
    let (program, arguments) = command.split_first().unwrap();
    let output = Command::new(program).args(arguments).current_dir(repository().join(folder)).output();
    let output = output.unwrap_or_else(|error| panic!("{program} does not start ({error}): run scripts/setup"));
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    assert!(output.status.success(), "{command:?}: {said}");
    said
}

#[test]
fn each_alert_fires_if_it_should_and_at_no_other_time() {
    run("deploy/prometheus", &["promtool", "check", "rules", "--lint-fatal", "octroi.rules.yml"]);
    run("deploy/prometheus", &["promtool", "test", "rules", "octroi.rules.test.yml"]);
    let read = |name: &str| std::fs::read_to_string(repository().join("deploy/prometheus").join(name)).unwrap();
    let (rules, tests) = (read("octroi.rules.yml"), read("octroi.rules.test.yml"));
    for alert in rules.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")) {
        let of_it: Vec<_> = tests.match_indices(&format!("alertname: {alert}")).collect();
        assert!(of_it.len() >= 2, "{alert} is tried {} times: when does it fire, and when not?", of_it.len());
    }
}

/// Each name that begins with `octroi_` in a file of rules, expressions or text.
fn metrics_named(path: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let words = text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    words.filter(|word| word.starts_with("octroi_")).map(ToOwned::to_owned).collect()
}

#[test]
fn what_watches_octroi_asks_for_metrics_that_there_are() {
    let known: BTreeSet<_> = Metrics::families().into_iter().map(|family| family.name).collect();
    for file in ["deploy/prometheus/octroi.rules.yml", "deploy/prometheus/octroi.rules.test.yml"] {
        let asked = metrics_named(&repository().join(file));
        let is_known = |name: &&String| {
            let base = ["_bucket", "_sum", "_count"].iter().find_map(|suffix| name.strip_suffix(suffix));
            known.contains(name.as_str()) || base.is_some_and(|base| known.contains(base))
        };
        let unknown: Vec<_> = asked.iter().filter(|name| !is_known(name)).collect();
        assert!(unknown.is_empty() && !asked.is_empty(), "{file}: {unknown:?}");
    }
}

/// The reference of the metrics, made from what the code declares.
fn metrics_reference() -> String {
    use std::fmt::Write as _;

    let mut text = "\
# Metrics
What `/metrics` of the admin listener shows, in the text format of Prometheus. This page is made from the code
(`UPDATE_GOLDEN=1 cargo test --test deploy`). A family without a series yet is not shown. Durations are in seconds, sizes in
bytes; counters begin at 0 with the process. `site` is the first of the site's `hosts`, and
`default` for `*`. Nothing that a visitor sends becomes a label.

The process's own (`process_cpu_seconds_total`, `process_open_fds`, `process_resident_memory_bytes`, ...) are those of every
Prometheus client. [Alert rules](../deploy/prometheus/octroi.rules.yml) use them.

| name | kind | labels | what it says |
|---|---|---|---|
"
    .to_owned();
    for family in Metrics::families() {
        let labels: Vec<_> = family.labels.iter().map(|label| format!("`{label}`")).collect();
        let (name, kind, labels) = (family.name, family.kind.as_str(), labels.join(" "));
        writeln!(text, "| `{name}` | {kind} | {labels} | {} |", family.help).unwrap();
    }
    text.push_str(
        "\n## Words\n`category`, `party` and `hash` are the charter's, `endpoint` the configuration's, `format` one of \
         `[consent]`'s, `status` an HTTP status, or `other`.\n\n| label | words |\n|---|---|\n",
    );
    for (label, words) in Metrics::label_values() {
        let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
        writeln!(text, "| {label} | {} |", words.join(" ")).unwrap();
    }
    text
}

#[test]
fn the_reference_of_the_metrics_is_that_of_the_code() {
    let path = repository().join("docs/metrics.md");
    let reference = metrics_reference();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &reference).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == reference, "docs/metrics.md differs; UPDATE_GOLDEN=1 cargo test --test deploy writes it");
}
