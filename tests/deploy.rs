//! Checks the files of `deploy/` by octroi and by the tools that read them. `scripts/setup` installs these.

// A tool that is missing or refuses a file must fail the test aloud.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "deploy/chart.rs"]
mod chart;
#[path = "deploy/systemd.rs"]
mod systemd;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use octroi::config::{Config, Severity};
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
fn each_alert_fires_when_it_should_and_only_then() {
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
fn dashboards_and_alerts_use_metrics_that_exist() {
    let known: BTreeSet<_> = Metrics::families().into_iter().map(|family| family.name).collect();
    for file in
        ["deploy/prometheus/octroi.rules.yml", "deploy/prometheus/octroi.rules.test.yml", "deploy/grafana/octroi.json"]
    {
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

// ── Manual pages ────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn every_linked_page_exists() {
    let folder = tempfile::tempdir().unwrap();
    let binary = env!("CARGO_BIN_EXE_octroi");
    assert_eq!(run(".", &[binary, "man", "--directory", folder.path().to_str().unwrap()]), "");
    let mut named = BTreeSet::new();
    let mut pages = BTreeSet::new();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap().replace('\\', "");
        let words = text.split_whitespace().filter_map(|word| word.strip_suffix("(1)"));
        named.extend(words.map(|word| format!("{word}.1")));
        pages.insert(path.file_name().unwrap().to_str().unwrap().to_owned());
    }
    let missing: Vec<_> = named.difference(&pages).collect();
    assert!(
        missing.is_empty() && pages.contains("octroi-charter-diff.1") && named.len() > 10,
        "{missing:?}: {pages:?}"
    );
    let page = run(".", &[binary, "man", "run"]);
    assert!(page.contains("octroi-run") && run(".", &[binary, "man"]).contains("EXIT STATUS"), "{page}");
}

#[test]
fn the_version_is_available_as_json() {
    let version = run(".", &[env!("CARGO_BIN_EXE_octroi"), "version", "--format", "json"]);
    let version: serde_json::Value = serde_json::from_str(&version).unwrap();
    assert_eq!(
        (&version["version"], &version["tls_provider"]),
        (&env!("CARGO_PKG_VERSION").into(), &"aws-lc-rs".into())
    );
}

// ── systemd ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn systemd_accepts_the_units_and_rates_them_as_safe() {
    let folder = tempfile::tempdir().unwrap();
    let binary = env!("CARGO_BIN_EXE_octroi");
    for unit in ["octroi.service", "octroi.socket"] {
        let text = std::fs::read_to_string(repository().join("deploy/systemd").join(unit)).unwrap();
        std::fs::write(folder.path().join(unit), text.replace("/usr/bin/octroi", binary)).unwrap();
    }
    let path = |unit: &str| folder.path().join(unit).to_str().unwrap().to_owned();
    let said = run(".", &["systemd-analyze", "verify", "--man=no", &path("octroi.service"), &path("octroi.socket")]);
    assert_eq!(said, "");
    // Tenths of a point: what is above 1.5 fails.
    run(".", &["systemd-analyze", "security", "--offline=true", "--threshold=15", &path("octroi.service")]);
}

// ── Container ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn hadolint_finds_nothing_in_the_dockerfile() {
    assert_eq!(run(".", &["target/validators/bin/hadolint", "deploy/container/Dockerfile"]), "");
}

// ── Compose ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_composition_is_valid_and_its_configuration_loads() {
    let check = "target/validators/bin/check-jsonschema";
    run(".", &[check, "--builtin-schema", "vendor.compose-spec", "deploy/compose/compose.yaml"]);
    let folder = repository().join("deploy/compose/octroi");
    let config = Config::load_with(&folder.join("octroi.toml"), &[], &|path| {
        if path.ends_with("token") { Ok(b"0123456789abcdef".to_vec()) } else { std::fs::read(path) }
    });
    assert!(config.is_ok(), "{}", config.err().unwrap());
}

// ── Kubernetes ───────────────────────────────────────────────────────────────────────────────────────────────────────

const HELM: &str = "target/helm/helm";
const CHART: &str = "deploy/helm/octroi";
const VALUES: [&str; 4] = ["least", "ingress", "edge", "gateway"];

fn rendered(values: &str) -> String {
    let values = format!("{CHART}/ci/{values}.yaml");
    run(".", &[HELM, "template", "octroi", CHART, "--namespace", "portal", "--values", &values])
}

/// The text of a literal block of a manifest, `key: |`.
fn block(manifest: &str, key: &str) -> String {
    let mut lines = manifest.lines().skip_while(|line| line.trim() != format!("{key}: |"));
    let indent = |line: &str| line.len() - line.trim_start().len();
    let of_key = indent(lines.next().unwrap_or_else(|| panic!("there is no {key}")));
    let lines = lines.take_while(|line| line.is_empty() || indent(line) > of_key);
    lines.map(|line| line.get(of_key + 2..).unwrap_or("").to_owned() + "\n").collect()
}

/// Loads a configuration of a manifest, as it will be mounted; its charters are in the manifest, too.
fn assert_loads(manifest: &str) {
    let toml = block(manifest, "octroi.toml");
    let made = rcgen::generate_simple_self_signed(["data.example.fr".to_owned()]).unwrap();
    let config = Config::load_with(Path::new("octroi.toml"), &[], &|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = match name {
            "octroi.toml" => toml.clone(),
            "token" => "0123456789abcdef".to_owned(),
            "ticket.keys" => "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n".to_owned(),
            "tls.crt" => made.cert.pem(),
            "tls.key" => made.signing_key.serialize_pem(),
            charter => block(manifest, charter),
        };
        Ok(text.into_bytes())
    });
    let config = config.unwrap_or_else(|error| panic!("{toml}\n{error}"));
    let warnings: Vec<_> = config.advice.iter().filter(|finding| finding.severity == Severity::Warning).collect();
    assert!(warnings.is_empty(), "{warnings:#?}");
}

/// Holds what Kubernetes itself knows against its schemas, and what its operators know against theirs.
fn assert_valid(manifest: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("manifest.yaml");
    let foreign = ["monitoring.coreos.com/", "cert-manager.io/", "gateway.networking.k8s.io/"];
    let is_foreign = |text: &&str| foreign.iter().any(|group| text.contains(&format!("apiVersion: {group}")));
    let (foreign, known): (Vec<_>, Vec<_>) = manifest.split("\n---\n").partition(is_foreign);
    if !known.is_empty() {
        std::fs::write(&file, known.join("\n---\n")).unwrap();
        run(".", &["target/validators/bin/kubernetes-validate", "--strict", "-k", "1.37.0", file.to_str().unwrap()]);
    }
    if !foreign.is_empty() {
        std::fs::write(&file, foreign.join("\n---\n")).unwrap();
        assert_eq!(held_by_operators(&file), format!("{} held\n", foreign.len()));
    }
}

/// What `operators.mjs` says of a manifest.
fn held_by_operators(file: &Path) -> String {
    run(".", &["node", "tests/deploy/operators.mjs", "target/operators", file.to_str().unwrap()])
}

#[test]
fn the_sidecar_is_valid_and_its_configuration_loads() {
    let manifest = std::fs::read_to_string(repository().join("deploy/kubernetes/sidecar.yaml")).unwrap();
    assert_valid(&manifest);
    assert_loads(&manifest);
}

/// `UPDATE_GOLDEN=1 cargo test --test deploy` writes the renderings anew, to be read before they are committed.
#[test]
fn the_chart_renders_its_golden_and_kubernetes_and_octroi_accept_it() {
    for values in VALUES {
        run(".", &[HELM, "lint", "--strict", "--quiet", CHART, "--values", &format!("{CHART}/ci/{values}.yaml")]);
        let manifest = rendered(values);
        assert_valid(&manifest);
        assert_loads(&manifest);
        let golden = repository().join(format!("tests/golden/helm/{values}.yaml"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&golden, &manifest).unwrap();
        }
        let written = std::fs::read_to_string(&golden).unwrap_or_default();
        assert!(written == manifest, "{} differs; now:\n{manifest}", golden.display());
    }
}

#[test]
fn the_charts_alerts_are_the_tested_ones() {
    let read = |path: &str| std::fs::read_to_string(repository().join(path)).unwrap();
    assert!(read("deploy/prometheus/octroi.rules.yml") == read("deploy/helm/octroi/files/octroi.rules.yml"));
}
