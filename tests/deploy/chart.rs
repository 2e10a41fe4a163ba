//! The charts, besides their golden renderings: the values that they refuse, the library for a portal's own chart, the
//! kustomize patch, the dashboard, the address of the runbooks, and the tables of values in the READMEs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{CHART, HELM, assert_loads, assert_valid, held_by_operators, repository, run};

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

/// Values that must stop a rendering, and what is said then.
#[track_caller]
fn assert_refused(chart: &str, under: &str, wrong: &[(&str, &str)]) {
    for (values, expected) in wrong {
        let set: Vec<_> = values.split(' ').map(|value| format!("{under}{value}")).collect();
        let mut helm = Command::new(HELM);
        helm.args(["template", "octroi", chart]).current_dir(repository());
        let output = helm.args(set.iter().flat_map(|value| ["--set", value])).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(expected), "{values}: {said}");
    }
}

#[test]
fn the_edges_chart_says_what_is_wrong_with_its_values() {
    assert_refused(
        CHART,
        "",
        &[
            ("replica=3", "'replica' not allowed"),
            ("image.digest=abc", "/image/digest"),
            ("image.tag=a:b", "/image/tag"),
            ("sites=nothing", "/sites"),
            ("charters.portal\\.toml=null", "/charters"),
            ("workers=0", "/workers"),
            ("listener.scheme=ftp", "/listener/scheme"),
            ("listener.trusted={nonsense}", "/listener/trusted/0"),
            ("admin.existingSecret=A_b", "/admin/existingSecret"),
            ("resources.limits.memory=512Mo", "/resources/limits/memory"),
            ("resources.limit.memory=512Mi", "'limit' not allowed"),
            ("tolerations[0].keys=a", "'keys' not allowed"),
            ("extraEnv[0].name=A extraEnv[0].valu=b", "'valu' not allowed"),
            ("httpRoute.hostnames={a_b}", "/httpRoute/hostnames/0"),
            (
                "autoscaling.enabled=true autoscaling.minReplicas=9 autoscaling.maxReplicas=2",
                "autoscaling.minReplicas is 9, more than autoscaling.maxReplicas, 2",
            ),
            ("tls.certManager.enabled=true", "tls.certManager.enabled does nothing without tls.enabled"),
            ("tls.ticketKeysSecret=keys", "tls.ticketKeysSecret does nothing without tls.enabled"),
            ("tls.secretName=pair", "tls.secretName does nothing without tls.enabled"),
            ("tls.enabled=true tls.certManager.enabled=true", "tls.certManager.issuerName is missing"),
            (
                "tls.enabled=true tls.certManager.enabled=true tls.certManager.issuerName=a",
                "tls.certManager.dnsNames is missing",
            ),
            ("ingress.enabled=true", "ingress.host is missing"),
            ("httpRoute.enabled=true", "httpRoute.gatewayName is missing"),
            ("httpRoute.enabled=true httpRoute.gatewayName=a tls.enabled=true", "redirects to https, for ever"),
            ("ingress.enabled=true ingress.host=a.example tls.enabled=true", "redirects to https, for ever"),
            ("service.externalTrafficPolicy=Local", "LoadBalancer and NodePort"),
            ("serviceMonitor.enabled=true networkPolicy.enabled=true", "networkPolicy.monitoringFrom"),
            ("charters.portal\\.toml=null charters.a\\.toml=b", "charters/portal.toml, which is not in charters"),
        ],
    );
}

#[test]
fn the_sidecars_library_says_what_is_wrong_with_its_values() {
    let (_folder, chart) = example();
    assert_refused(
        chart.to_str().unwrap(),
        "octroi-sidecar.",
        &[
            ("portal=8000", "'portal' not allowed"),
            ("image=registry.example/octroi", "/image"),
            ("portalPort=0", "/portalPort"),
            ("enforcement=on", "/enforcement"),
            ("charter=nothing", "/charter"),
            ("trusted={nonsense}", "/trusted/0"),
            ("workers=0", "/workers"),
            ("drainSeconds=-1", "/drainSeconds"),
            ("tokenSecret=", "/tokenSecret"),
            ("resources.limits.memory=512Mo", "/resources/limits/memory"),
        ],
    );
}

/// So the check of the operators' objects can fail.
#[test]
fn what_an_operator_would_refuse_or_overlook_is_found() {
    let gateway = read("tests/golden/helm/gateway.yaml");
    let ingress = read("tests/golden/helm/ingress.yaml");
    let edge = read("tests/golden/helm/edge.yaml");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("manifest.yaml");
    for (manifest, right, wrong, expected) in [
        (&gateway, "    - backendRefs:", "    - backends:", "HTTPRoute/spec/rules/0/backends: no such key"),
        (&gateway, "          port: 80\n", "          port: 65536\n", "port must be <= 65535"),
        (&ingress, "      authorization:", "      authorisation:", "ServiceMonitor/spec/endpoints/0/authorisation: no"),
        (&ingress, "      for: 15m", "      for: soon", "/for must match pattern"),
        (&edge, "  issuerRef:", "  issuer:", "must have required property issuerRef"),
    ] {
        assert!(manifest.contains(right), "{right}");
        std::fs::write(&file, manifest.replace(right, wrong)).unwrap();
        let said = held_by_operators(&file);
        assert!(said.contains(expected), "{wrong}: {said}");
    }
}

/// It stands for itself: nothing else reads it.
#[test]
fn the_pod_monitor_is_valid() {
    assert_valid(&read("deploy/kubernetes/podmonitor.yaml"));
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
    for part in ["Chart.yaml", "values.yaml", "values.schema.json", "templates"] {
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
