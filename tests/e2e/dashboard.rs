//! Each expression of the Grafana dashboard, asked of a real Prometheus that scrapes octroi while visitors come; and `/metrics`
//! as promtool sees it.

use std::io::Write as _;
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::acme::{AcmeServer, Doors};
use crate::support::choice::{CHARTER, granted, percent_encoded};
use crate::support::client::{get, navigate};
use crate::support::octroi::Spawned;
use crate::support::origin::ok;
use crate::support::{Client, EVENT_TIMEOUT, Octroi, Origin, Setup};

const DASHBOARD: &str = include_str!("../../deploy/grafana/octroi.json");

/// Pages of the portal hold a tracker's script, and it serves another tracker itself.
const PARTIES: &str = r#"
[third_parties]
level = "pages"
[[third_party]]
id = "tracker"
hosts = ["stats.example"]
category = "statistics"
[[third_party]]
id = "matomo"
paths = ["/matomo.js"]
category = "statistics"
"#;

/// What the dashboard asks: of each panel, and of the variables above them, whose labels must exist.
fn expressions() -> Vec<String> {
    let dashboard: Value = serde_json::from_str(DASHBOARD).unwrap();
    let panels = dashboard["panels"].as_array().unwrap().iter();
    let targets = panels.filter_map(|panel| panel["targets"].as_array()).flatten();
    let asked = targets.map(|target| {
        let expression = target["expr"].as_str().unwrap();
        expression.replace("$__rate_interval", "1m").replace("$site", ".*").replace("$job", ".*")
    });
    let variables = dashboard["templating"]["list"].as_array().unwrap().iter();
    let labels = variables.filter_map(|variable| {
        let (metric, label) = variable["definition"].as_str()?.strip_prefix("label_values(")?.split_once(", ")?;
        Some(format!("{metric}{{{}!=\"\"}}", label.trim_end_matches(')')))
    });
    asked.chain(labels).collect()
}

struct Prometheus {
    address: SocketAddr,
    _process: Spawned,
    _folder: tempfile::TempDir,
}

impl Prometheus {
    async fn scraping(octroi: &Octroi) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let target = octroi.admin;
        let configuration = format!(
            "global: {{scrape_interval: 500ms}}\n\
             scrape_configs: [{{job_name: octroi, static_configs: [{{targets: [\"{target}\"]}}]}}]\n"
        );
        std::fs::write(folder.path().join("prometheus.yml"), configuration).unwrap();
        let mut command = Command::new("prometheus");
        command.args(["--config.file=prometheus.yml", "--storage.tsdb.path=data", "--web.listen-address=127.0.0.1:0"]);
        command.current_dir(folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        let process = Spawned::new(command);
        let listening = |line: &str| {
            let (_, address) = line.split_once("msg=\"Listening on\" address=")?;
            address.parse().ok()
        };
        let address = process.stderr.find("Prometheus to listen", listening).await.expect("Prometheus has ended");
        Self { address, _process: process, _folder: folder }
    }

    /// What came of an expression: the answer, and whether there is a number in it.
    async fn asked(&self, expression: &str) -> (String, bool) {
        let mut client = Client::connect(self.address).await;
        let answer = client.get(&format!("/api/v1/query?query={}", percent_encoded(expression)), "").await.text();
        let read: Value = serde_json::from_str(&answer).unwrap_or_default();
        let series = read["data"]["result"].as_array().map(Vec::as_slice).unwrap_or_default();
        let is_number = |series: &Value| {
            let value = series["value"][1].as_str().and_then(|value| value.parse::<f64>().ok());
            value.is_some_and(f64::is_finite)
        };
        (answer, series.iter().any(is_number))
    }
}

/// Somebody who has not answered, somebody who agreed to everything, and a name that no site has.
async fn visit(octroi: &Octroi) {
    for cookies in [String::new(), format!("Cookie: _ga=1; {}\r\n", granted())] {
        for request in [navigate("/", &cookies), get("/matomo.js", &cookies)] {
            let answer = octroi.client().await.exchange(request).await;
            assert!(matches!(answer.status(), 200 | 403), "{}", answer.shown());
        }
    }
    octroi.client().await.exchange("GET / HTTP/1.1\r\nHost: elsewhere.test\r\n\r\n").await.assert_status(421);
}

#[tokio::test]
async fn each_panel_has_data_and_the_metrics_are_well_formed() {
    let page = "<!doctype html><html lang=fr><title>x</title><script src=https://stats.example/s.js></script>";
    let cookies = "Set-Cookie: sessionid=1\r\nSet-Cookie: _ga=1\r\nSet-Cookie: strange=1\r\n";
    let origin = Origin::always(ok(&format!("Content-Type: text/html; charset=utf-8\r\n{cookies}"), page)).await;
    let doors = Doors::new();
    let server = AcmeServer::start(&doors, 0).await;
    let setup = Setup::before(&origin)
        .charter(&format!("{CHARTER}{PARTIES}"))
        .hosts("[\"data.education.gouv.fr\"]")
        .listening_at("inherited:http")
        .pass("http", &doors.http)
        .pass("https", &doors.https);
    let acme = server.table(setup.directory(), "");
    let octroi = setup.and_listener(&format!("address = \"inherited:https\"\ntls = {{ acme = {acme} }}")).start().await;
    let prometheus = Prometheus::scraping(&octroi).await;
    let mut without: Vec<_> = expressions().into_iter().map(|expression| (expression, String::new())).collect();
    assert!(without.len() > 30, "{without:#?}");
    // Rates need two scrapes between which visitors came.
    let all_have_data = async {
        while !without.is_empty() {
            visit(&octroi).await;
            for (expression, _) in std::mem::take(&mut without) {
                let (answer, is_number) = prometheus.asked(&expression).await;
                if !is_number {
                    without.push((expression, answer));
                }
            }
        }
    };
    let in_time = tokio::time::timeout(EVENT_TIMEOUT, all_have_data).await;
    assert!(in_time.is_ok(), "no data: {without:#?}");
    is_well_formed(&octroi.admin("GET /metrics", "").await.text());
}

fn is_well_formed(metrics: &str) {
    let mut promtool = Command::new("promtool");
    promtool.args(["check", "metrics"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = promtool.spawn().expect("promtool does not start: run scripts/setup");
    child.stdin.take().unwrap().write_all(metrics.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    assert!(output.status.success() && said.is_empty(), "{said}\n{metrics}");
}
