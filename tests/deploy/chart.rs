//! The charts, besides their golden renderings: the library for a portal's own chart, the kustomize patch, the dashboard, the
//! address of the runbooks, and the tables of values in the READMEs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::{CHART, HELM, assert_loads, assert_valid, repository, run};

const SIDECAR: &str = "deploy/helm/octroi-sidecar";
const MARKS: [&str; 2] =
    ["<!-- values: made by UPDATE_GOLDEN=1 cargo test --test deploy -->\n", "<!-- end of values -->\n"];

fn read(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}

/// Compares with a file of the repository, or writes it if the environment asks for that.
#[track_caller]
fn assert_file(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, actual).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == actual, "{} differs; UPDATE_GOLDEN=1 writes it; now:\n{actual}", path.display());
}

/// The edge's chart with these values.
fn rendered(values: &[&str]) -> String {
    let set: Vec<_> = values.iter().flat_map(|value| ["--set", value]).collect();
    run(".", &[&[HELM, "template", "octroi", CHART, "--set", "admin.existingSecret=token"], &*set].concat())
}

#[test]
fn the_charts_dashboard_is_the_tested_one() {
    assert!(read("deploy/grafana/octroi.json") == read("deploy/helm/octroi/files/octroi.json"));
    let manifest = rendered(&["grafanaDashboard.enabled=true"]);
    assert!(manifest.contains("grafana_dashboard: \"1\""));
    let text = manifest.lines().find_map(|line| line.strip_prefix("  octroi.json: ")).unwrap();
    // A string in double quotes is the same in YAML as in JSON.
    let json: String = serde_json::from_str(text).unwrap();
    assert_eq!(json, read("deploy/grafana/octroi.json"));
    assert_valid(&manifest);
}

#[test]
fn alerts_link_to_the_served_runbooks() {
    let manifest =
        rendered(&["prometheusRule.enabled=true", "prometheusRule.runbooks=https://docs.example/runbooks.html"]);
    let alerts = manifest.matches("- alert: ").count();
    let with_section = manifest.matches("runbook_url: https://docs.example/runbooks.html#octroi").count();
    assert!(alerts > 10 && with_section == alerts && !manifest.contains("runbook:"), "{with_section} of {alerts}");
}

/// A portal's chart with the library in it, as `helm dependency build` would put it there.
fn example() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let chart = folder.path().join("portal");
    let library = chart.join("charts/octroi-sidecar");
    let copy = |from: String, to: &Path| run(".", &["cp", "-r", &from, to.to_str().unwrap()]);
    copy(format!("{SIDECAR}/example"), &chart);
    std::fs::create_dir_all(&library).unwrap();
    for part in ["Chart.yaml", "values.yaml", "templates"] {
        copy(format!("{SIDECAR}/{part}"), &library);
    }
    (folder, chart)
}

#[test]
fn the_library_adds_octroi_to_a_portals_own_chart() {
    let (_folder, chart) = example();
    let chart = chart.to_str().unwrap();
    run(".", &[HELM, "lint", "--strict", "--quiet", chart]);
    let manifest = run(".", &[HELM, "template", "portal", chart, "--namespace", "portal"]);
    assert_valid(&manifest);
    assert_loads(&manifest);
    assert_file(&repository().join("tests/golden/helm/sidecar.yaml"), &manifest);
}

#[test]
fn the_kustomize_patch_adds_octroi_to_an_existing_portal() {
    let manifest = run(".", &["target/helm/kubectl", "kustomize", "deploy/kubernetes/kustomize"]);
    assert_valid(&manifest);
    assert_loads(&manifest);
    let containers = ["image: portal:1", "image: registry.example/octroi:0.1.0", "targetPort: octroi", "seconds: 27"];
    assert!(containers.iter().all(|part| manifest.contains(part)), "{manifest}");
}

/// A row for each value, with the comment that stands over it.
fn table(values: &str) -> String {
    let mut text = "| value | default | |\n|---|---|---|\n".to_owned();
    let mut path: Vec<(usize, String)> = Vec::new();
    let mut comment = String::new();
    let mut lines = values.lines().peekable();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        let line = line.trim_start();
        if let Some(more) = line.strip_prefix('#') {
            comment = format!("{comment} {}", more.trim());
        } else if let Some((key, value)) = line.split_once(':') {
            path.retain(|(outer, _)| *outer < indent);
            path.push((indent, key.to_owned()));
            let name = path.iter().map(|(_, key)| key.as_str()).collect::<Vec<_>>().join(".");
            let is_block = value.trim() == "|";
            while is_block
                && lines.peek().is_some_and(|line| line.is_empty() || line.starts_with(&" ".repeat(indent + 1)))
            {
                lines.next();
            }
            let default = match value.trim() {
                "|" => "see `values.yaml`".to_owned(),
                "" => String::new(),
                value => format!("`{value}`"),
            };
            let comment = std::mem::take(&mut comment);
            // A table that says nothing of itself has rows for its values.
            if !(default.is_empty() && comment.is_empty()) {
                writeln!(text, "| `{name}` | {default} | {} |", comment.trim().replace('|', "\\|")).unwrap();
            }
        } else {
            // A comment of its own, such as the file's head.
            comment.clear();
        }
    }
    text
}

#[test]
fn the_tables_of_values_are_those_of_the_charts() {
    for chart in [CHART, SIDECAR] {
        let path = repository().join(chart).join("README.md");
        let page = std::fs::read_to_string(&path).unwrap();
        let (head, rest) = page.split_once(MARKS[0]).unwrap_or_else(|| panic!("{chart}: no {}", MARKS[0]));
        let (_, tail) = rest.split_once(MARKS[1]).unwrap();
        let values = table(&read(&format!("{chart}/values.yaml")));
        assert!(values.lines().count() > 8, "{values}");
        assert_file(&path, &format!("{head}{}{values}{}{tail}", MARKS[0], MARKS[1]));
    }
}
