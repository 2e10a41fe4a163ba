//! The admin listener: what it shows, who may read it, and that no visitor can write into it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::client::navigate;
use crate::support::origin::ok;
use crate::support::{Authority, Findings, Octroi, Origin, Setup};

async fn before_portal() -> (Origin, Octroi) {
    let origin =
        Origin::always(ok("Set-Cookie: _ga=1\r\nSet-Cookie: _pk_id.7.ab=2\r\nSet-Cookie: stranger=3\r\n", "")).await;
    let octroi = Octroi::before(&origin).await;
    (origin, octroi)
}

#[tokio::test]
async fn health_is_shown() {
    let (_origin, octroi) = before_portal().await;
    for path in ["GET /livez", "GET /readyz", "HEAD /livez"] {
        assert_eq!(octroi.admin(path, "").await.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn what_does_not_exist_is_404_and_other_methods_are_405() {
    let (_origin, octroi) = before_portal().await;
    assert_eq!(octroi.admin("GET /nothing", "").await.status(), 404);
    assert_eq!(octroi.admin("GET /reload", "").await.status(), 405);
    assert_eq!(octroi.admin("POST /metrics", "Content-Length: 0\r\n").await.status(), 405);
}

#[tokio::test]
async fn metrics_are_in_the_format_of_prometheus() {
    let (_origin, octroi) = before_portal().await;
    octroi.client().await.get("/", "").await;
    let metrics = octroi.after_requests(1).await;
    let page = octroi.admin("GET /metrics", "").await;
    assert!(page.field("content-type").is_some_and(|kind| kind.starts_with("text/plain")), "{}", page.shown());
    let mut findings = Findings::default();
    for family in [
        "octroi_cookies_total",
        "octroi_undeclared_cookies",
        "octroi_requests_total",
        "octroi_request_duration_seconds_count",
        "octroi_policy_info",
        "octroi_reload_last_success_timestamp_seconds",
    ] {
        findings.expect(metrics.has(family), || format!("{family} is missing"));
    }
    let text = page.text();
    for prefix in ["octroi_upstream_", "octroi_connections", "octroi_reload_total"] {
        findings.expect(text.contains(prefix), || format!("{prefix}* is missing"));
    }
    findings.none();
}

#[tokio::test]
async fn requests_are_counted_by_class_protocol_and_consent() {
    let (_origin, octroi) = before_portal().await;
    octroi.client().await.get("/", "").await;
    crate::support::http2::Http2::connect(octroi.address).await.get("/", &[]).await;
    let metrics = octroi.after_requests(2).await;
    let labels = |label| {
        let mut values = metrics.labels("octroi_requests_total", label);
        values.sort();
        values.dedup();
        values
    };
    assert!(metrics.sum("octroi_requests_total", &[("status_class", "2xx"), ("site", "default")]) >= 2.0);
    assert!(labels("protocol").len() >= 2, "{:?}", labels("protocol"));
    assert!(!labels("consent").is_empty());
}

#[tokio::test]
async fn the_policy_in_force_and_its_hash_are_shown() {
    let (_origin, octroi) = before_portal().await;
    let hash = octroi.metrics().await.labels("octroi_policy_info", "hash");
    assert_eq!(hash.len(), 1);
    let policy = octroi.admin("GET /policy", "").await;
    let json: Value =
        serde_json::from_str(&policy.text()).unwrap_or_else(|error| panic!("{error}:\n{}", policy.shown()));
    let text = json.to_string();
    for part in [hash[0].as_str(), "_ga", "statistics", "sessionid", "full-consent", "enforce"] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
}

/// Where `/policy` shows what each table of the configuration says.
const TABLES: [(&str, &str); 16] = [
    ("AcmeDocument", "/acme"),
    ("AdminDocument", "/admin"),
    ("CertificateDocument", "/listeners/1/tls/0"),
    ("ConfigDocument", ""),
    ("EabDocument", "/acme/eab"),
    ("HealthDocument", "/sites/0/upstream/health"),
    ("InventoryDocument", "/inventory"),
    ("LimitsDocument", "/limits"),
    ("ListenerDocument", "/listeners/0"),
    ("LogDocument", "/log"),
    ("RuntimeDocument", "/runtime"),
    ("SiteDocument", "/sites/0"),
    ("SiteTimeoutsDocument", "/sites/0/timeouts_seconds"),
    ("TimeoutsDocument", "/timeouts_seconds"),
    ("TracingDocument", "/tracing"),
    ("UpstreamDocument", "/sites/0/upstream"),
];
/// Secrets and where they lie, what another key shows, and the format's version, of which there is one.
const NOT_SHOWN: [(&str, &str); 7] = [
    ("AcmeDocument", "staging"),
    ("AcmeDocument", "terms_agreed"),
    ("AdminDocument", "token_file"),
    ("CertificateDocument", "key"),
    ("ConfigDocument", "version"),
    ("EabDocument", "key_file"),
    ("UpstreamDocument", "client_key"),
];

#[tokio::test]
async fn every_key_of_the_configuration_is_shown_but_for_secrets() {
    let origin = Origin::always(ok("", "")).await;
    let setup = Setup::before(&origin).upstream("health = { path = \"/\" }");
    std::fs::write(setup.directory().join("eab.key"), "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0").unwrap();
    // Nobody listens at that port: nothing comes of the order.
    let acme = "{ directory = \"acme\", terms_agreed = true, hosts = [\"data.education.gouv.fr\"], \
                server = \"https://127.0.0.1:1/directory\", challenge = \"tls-alpn-01\", \
                eab = { key_id = \"customer\", key_file = \"eab.key\" } }";
    let setup = setup.tls(&Authority::new(), &[&["data.education.gouv.fr"]]);
    let setup = setup.and_listener(&format!("address = \"127.0.0.1:0\"\ntls = {{ acme = {acme} }}"));
    let has_tracing = cfg!(feature = "otel");
    let setup = if has_tracing { setup.toml("[tracing]\nendpoint = \"http://127.0.0.1:1\"") } else { setup };
    let octroi = setup.start().await;
    let policy: Value = serde_json::from_str(&octroi.admin("GET /policy", "").await.text()).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../../config/octroi.schema.json")).unwrap();
    let mut tables: BTreeMap<&str, &Value> =
        schema["$defs"].as_object().unwrap().iter().map(|(name, table)| (name.as_str(), table)).collect();
    tables.insert("ConfigDocument", &schema);
    tables.retain(|name, table| table.get("properties").is_some() && (has_tracing || *name != "TracingDocument"));
    let shown = |place: &str, key: &str| {
        let table = policy.pointer(place).unwrap_or_else(|| panic!("no {place} in {policy:#}"));
        // A list has its plural, a duration its unit.
        [key.to_owned(), format!("{key}s"), format!("{key}_seconds")].iter().any(|key| table.get(key).is_some())
    };
    let mut findings = Findings::default();
    for (name, table) in tables {
        let place = TABLES.iter().find(|(table, _)| *table == name).map(|(_, place)| *place);
        findings.expect(place.is_some(), || format!("{name} is shown nowhere"));
        for key in table["properties"].as_object().unwrap().keys() {
            let wanted = !NOT_SHOWN.contains(&(name, key.as_str()));
            let right = place.is_none_or(|place| shown(place, key) == wanted);
            findings.expect(right, || format!("{name}: {key} is {}shown", if wanted { "not " } else { "" }));
        }
    }
    findings.none();
}

/// Waits until the inventory's text satisfies, for workers merge their parts once a second.
async fn inventory_until(octroi: &Octroi, wanted: impl Fn(&str) -> bool) -> String {
    crate::support::within("the inventory", async {
        loop {
            let page = octroi.admin("GET /cookies", "").await;
            assert_eq!(page.status(), 200);
            if wanted(&page.text()) {
                return page.text();
            }
        }
    })
    .await
}

#[tokio::test]
async fn the_inventory_has_names_and_no_value() {
    let (_origin, octroi) = before_portal().await;
    octroi.client().await.get("/", "Cookie: from_visitor=needle-in-value; sessionid=other-needle\r\n").await;
    let text = inventory_until(&octroi, |text| text.contains("stranger") && text.contains("from_visitor")).await;
    assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
    assert!(text.contains("_ga") && text.contains("_pk_id."), "{text}");
    assert!(!text.contains("needle"), "a value is shown:\n{text}");
}

#[tokio::test]
async fn a_visitor_cannot_fill_the_inventory_nor_make_a_label() {
    let (_origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    for round in 0..40 {
        let invented: Vec<String> =
            (0..50).map(|number| format!("n{}x{}=1", letters(round), letters(number))).collect();
        client.get("/", &format!("Cookie: {}; {}=1\r\n", invented.join("; "), "long".repeat(100))).await;
    }
    let metrics = octroi.after_requests(40).await;
    let series = metrics.labels("octroi_cookies_total", "category").len();
    assert!(series < 200, "{series} series");
    for label in ["site", "category", "reason", "verdict"] {
        let invented = metrics.labels("octroi_cookies_total", label);
        assert!(
            !invented.iter().any(|value| value.contains('x') && value.starts_with('n') && value != "necessary"),
            "{invented:?}"
        );
    }
    let text = inventory_until(&octroi, |text| text.contains("naax")).await;
    let invented = |name: &&str| name.len() == 6 && name.starts_with('n') && name.as_bytes()[3] == b'x';
    let names = text.split('"').filter(invented).collect::<std::collections::BTreeSet<_>>().len();
    assert!(names <= 256, "{names} invented names");
    assert!(!text.contains(&"long".repeat(40)), "a name longer than 128 bytes");
}

/// A number in letters, for digits at a name's end are folded.
fn letters(number: u8) -> String {
    [b'a' + number / 26, b'a' + number % 26].iter().map(|&byte| char::from(byte)).collect()
}

#[tokio::test]
async fn undeclared_cookies_are_counted_apart_for_responses_and_requests() {
    let (_origin, octroi) = before_portal().await;
    octroi.client().await.exchange(navigate("/", "Cookie: invented=1\r\n")).await;
    let metrics = octroi.after_requests(1).await;
    let directions = metrics.labels("octroi_undeclared_cookies", "direction");
    assert!(directions.iter().any(|direction| direction == "response"), "{directions:?}");
}

#[tokio::test]
async fn a_page_for_people_is_there() {
    let (_origin, octroi) = before_portal().await;
    let page = octroi.admin("GET /", "").await;
    assert_eq!(page.status(), 200);
    assert!(page.field("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{}", page.shown());
    assert!(page.text().contains("default") && page.text().contains("_ga"), "{}", page.shown());
}

#[tokio::test]
async fn a_token_guards_everything_but_health() {
    let origin = Origin::always(ok("", "")).await;
    let setup = Setup::before(&origin).admin("token_file = \"admin.token\"");
    std::fs::write(setup.directory().join("admin.token"), "open-sesame\n").unwrap();
    let octroi = setup.start().await;
    let mut findings = Findings::default();
    for path in ["GET /metrics", "GET /policy", "GET /cookies", "GET /", "POST /reload"] {
        for lines in [
            "",
            "Authorization: Bearer wrong\r\n",
            "Authorization: Bearer open-sesam\r\n",
            "Authorization: Basic open-sesame\r\n",
        ] {
            let status = octroi.admin(path, &format!("Content-Length: 0\r\n{lines}")).await.status();
            findings.expect(status == 401, || format!("{path} with {lines:?}: {status}"));
        }
        let status = octroi.admin(path, "Content-Length: 0\r\nAuthorization: Bearer open-sesame\r\n").await.status();
        findings.expect(status == 200, || format!("{path} with the token: {status}"));
    }
    for path in ["GET /livez", "GET /readyz"] {
        let status = octroi.admin(path, "").await.status();
        findings.expect(status == 200, || format!("{path}: {status}"));
    }
    findings.none();
    let (out, err) = (octroi.stdout.lines().join("\n"), octroi.stderr.lines().join("\n"));
    assert!(!out.contains("open-sesame") && !err.contains("open-sesame"), "the token is in the log");
}

#[tokio::test]
async fn another_websites_page_cannot_reload() {
    let (_origin, octroi) = before_portal().await;
    let rebinding = octroi
        .admin("POST /reload", "Content-Length: 0\r\nOrigin: https://evil.test\r\nSec-Fetch-Site: cross-site\r\n")
        .await;
    assert!(rebinding.status() >= 400, "a page of another site moved the admin listener:\n{}", rebinding.shown());
}

/// The admin listener's answer to a request with this token.
async fn status_with(octroi: &Octroi, request_line: &str, token: &str) -> u16 {
    octroi.admin(request_line, &format!("Content-Length: 0\r\nAuthorization: Bearer {token}\r\n")).await.status()
}

#[tokio::test]
async fn only_the_changed_token_is_accepted() {
    let origin = Origin::always(ok("", "")).await;
    let setup = Setup::before(&origin).admin("token_file = \"admin.token\"");
    let token = |text: &str| std::fs::write(setup.directory().join("admin.token"), text).unwrap();
    token("the-first-token");
    let octroi = setup.launch().await;
    token("the-second-token");
    assert_eq!(status_with(&octroi, "POST /reload", "the-first-token").await, 200);
    assert_eq!(status_with(&octroi, "GET /policy", "the-first-token").await, 401);
    assert_eq!(status_with(&octroi, "GET /policy", "the-second-token").await, 200);
    // Nobody need ask for it.
    token("the-third-token");
    let third = async { while status_with(&octroi, "GET /policy", "the-third-token").await != 200 {} };
    crate::support::within("the third token", third).await;
    assert_eq!(status_with(&octroi, "GET /policy", "the-second-token").await, 401);
}

#[tokio::test]
async fn a_public_listener_keeps_its_token_whatever_a_reload_reads() {
    let origin = Origin::always(ok("", "")).await;
    let setup = Setup::before(&origin).admin("token_file = \"admin.token\"");
    std::fs::write(setup.directory().join("admin.token"), "the-first-token").unwrap();
    let others = |text: &str| text.replace("[admin]\naddress = \"127.0.0.1:0\"", "[admin]\naddress = \"0.0.0.0:0\"");
    let (reached, alone) = (others(&setup.configuration()), Setup::before(&origin).configuration());
    let octroi = setup.start_with(&reached).await;
    std::fs::write(octroi.file("octroi.toml"), alone).unwrap();
    let answer = octroi.admin("POST /reload", "Content-Length: 0\r\nAuthorization: Bearer the-first-token\r\n").await;
    answer.assert_status(200);
    assert!(answer.text().contains("token_file") && answer.text().contains("[admin] address"), "{}", answer.shown());
    assert_eq!(octroi.admin("GET /policy", "").await.status(), 401);
    assert_eq!(status_with(&octroi, "GET /policy", "the-first-token").await, 200);
}

#[tokio::test]
async fn changes_that_need_a_restart_are_named() {
    let (_origin, octroi) = before_portal().await;
    let text = std::fs::read_to_string(octroi.file("octroi.toml")).unwrap();
    let text = text.replacen("address = \"127.0.0.1:0\"", "address = \"127.0.0.1:0\"\ntrusted = [\"10.0.0.0/8\"]", 1);
    let text = text.replace("[admin]\naddress = \"127.0.0.1:0\"", "[admin]\naddress = \"127.0.0.2:0\"");
    std::fs::write(octroi.file("octroi.toml"), format!("{text}\n[log]\naccess = \"off\"\n[runtime]\nworkers = 1\n"))
        .unwrap();
    let answer = octroi.admin("POST /reload", "Content-Length: 0\r\n").await;
    answer.assert_status(200);
    let named: Value = serde_json::from_str(&answer.text()).unwrap();
    let expected = serde_json::json!(["[[listener]] 127.0.0.1:0", "[admin] address", "[log]", "[runtime] workers"]);
    assert_eq!(named["needs_restart"], expected);
    let policy: Value = serde_json::from_str(&octroi.admin("GET /policy", "").await.text()).unwrap();
    assert_eq!(policy["reload"]["needs_restart"], expected);
    let logged = |line: &str| (line.contains("not taken up") && line.contains("[runtime] workers")).then_some(());
    octroi.stderr.find("what was not taken up", logged).await.unwrap();
}

#[tokio::test]
async fn silent_connections_do_not_block_probes() {
    let (_origin, octroi) = before_portal().await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(tokio::net::TcpStream::connect(octroi.admin).await.unwrap());
    }
    for path in ["GET /livez", "GET /readyz"] {
        octroi.admin(path, "").await.assert_status(200);
    }
    // The deadline of a head has closed none of them so far: the probes did not wait for it.
    let unread = silent[120].try_read(&mut [0]).unwrap_err();
    assert_eq!(unread.kind(), std::io::ErrorKind::WouldBlock);
}

#[tokio::test]
async fn names_invented_in_one_request_do_not_hide_what_a_script_writes() {
    let (_origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    let invented: Vec<String> =
        (0..12).flat_map(|a| (0..26).map(move |b| format!("z{}{}=1", letters(a), letters(b)))).collect();
    client.get("/", &format!("Cookie: {}\r\n", invented.join("; "))).await.assert_status(200);
    inventory_until(&octroi, |text| text.contains("\"za")).await;
    for _ in 0..20 {
        client.get("/", "Cookie: written_by_a_script=1\r\n").await.assert_status(200);
    }
    inventory_until(&octroi, |text| text.contains("\"written_by_a_script\"")).await;
}
