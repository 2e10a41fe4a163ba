//! The admin listener through real sockets, on a configuration that is read as an operator's would be.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::response::{Kind, response};
use super::{Admin, access, serve};
use crate::config::Config;
use crate::cookie::{FoldedPath, UnixTime};
use crate::drain::{DrainTrigger, drain};
use crate::inventory::{Inventory, SeenAttributes, Sighting};
use crate::policy::Direction;
use crate::policy::{CategoryId, Judgement, Reason, Verdict};
use crate::reload::Reloader;
use crate::snapshot::{Snapshot, Snapshots};
use crate::telemetry::Metrics;

pub(super) const CONFIG: &str = r#"
[[listener]]
address = "127.0.0.1:0"
[[site]]
hosts = ["data.example.fr"]
charter = "charter.toml"
[site.upstream]
endpoints = ["http://127.0.0.1:1"]
"#;

pub(super) const CHARTER: &str = r#"
[charter]
site = "data.example.fr"
languages = ["fr"]
[[category]]
id = "necessary"
consent = "exempt"
title = { fr = "Cookies nécessaires" }
[[category]]
id = "statistics"
consent = "required"
title = { fr = "Statistiques" }
[[cookie]]
name = "sessionid"
category = "necessary"
lifetime = "2 weeks"
[consent]
cookie = "cookies_preferences"
format = "opendatasoft"
[consent.keys]
matomo = "statistics"
"#;

type Files = Arc<Mutex<HashMap<PathBuf, String>>>;

/// An admin listener, and all that moves it.
struct Fixture {
    address: std::net::SocketAddr,
    files: Files,
    trigger: DrainTrigger,
    inventory: Inventory,
    snapshots: Snapshots,
}

impl Fixture {
    async fn start() -> Self {
        let files: Files = Arc::default();
        files.lock().unwrap().insert("/etc/octroi.toml".into(), CONFIG.to_owned());
        files.lock().unwrap().insert("/etc/charter.toml".into(), CHARTER.to_owned());
        let readable = Arc::clone(&files);
        let load = move || {
            let read = |path: &Path| {
                let text = readable.lock().unwrap().get(path).cloned();
                text.map(String::into_bytes).ok_or_else(|| std::io::ErrorKind::NotFound.into())
            };
            Config::load_with(Path::new("/etc/octroi.toml"), &[], &read)
        };
        let metrics = Metrics::new();
        let snapshots = Snapshots::new(Snapshot::new(load().unwrap(), 1, &metrics));
        let (trigger, drain) = drain();
        let inventory = Inventory::default();
        let admin = Admin {
            snapshots: snapshots.clone(),
            metrics: metrics.clone(),
            inventory: inventory.clone(),
            reloader: Reloader::new(Box::new(load), snapshots.clone(), inventory.clone(), metrics),
            drain,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(admin.serve(listener));
        Self { address, files, trigger, inventory, snapshots }
    }

    async fn get(&self, path: &str) -> (u16, String) {
        self.send("GET", path).await
    }

    async fn send(&self, method: &str, path: &str) -> (u16, String) {
        let answer = exchange(self.address, &format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    async fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path).await.1).unwrap()
    }

    fn write_charter(&self, text: &str) {
        self.files.lock().unwrap().insert("/etc/charter.toml".into(), text.to_owned());
    }

    /// The portal sets this cookie, and the worker merges what it saw.
    fn portal_sets(&self, name: &str) {
        let site = Arc::clone(&self.snapshots.current().sites()[0]);
        let judgement = Judgement {
            verdict: Verdict::Drop,
            reason: Reason::Unsaid,
            category: CategoryId::UNDECLARED,
            declaration: None,
        };
        let recorder = self.inventory.recorder();
        recorder.saw(&Sighting {
            site: &site.name,
            charter_hash: &site.charter_hash,
            direction: Direction::Response,
            name: name.as_bytes(),
            judgement: &judgement,
            count: 1,
            path: FoldedPath::of(b"/user/8c1f22").as_ref(),
            attributes: Some(&SeenAttributes::of(b"a", b" Path=/; HttpOnly; Max-Age=60", UnixTime(0))),
        });
        site.metrics.cookie(Direction::Response, &judgement, 1);
        recorder.merge();
    }
}

async fn exchange(address: std::net::SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// Only the access check, with a token, and no configuration behind it.
async fn access_alone() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve::serve(listener, |request| async move {
        match access::admit(&request, Some("s3cret")) {
            Ok(endpoint) => response(http::StatusCode::OK, Kind::Text, format!("{endpoint:?}")),
            Err(refusal) => refusal.response(),
        }
    }));
    address
}

#[tokio::test]
async fn answers_one_request_for_each_connection() {
    let address = access_alone().await;
    let answer =
        exchange(address, "GET /livez HTTP/1.1\r\nHost: a\r\n\r\nGET /livez HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\nLivez"), "{answer}");
    for field in
        ["connection: close", "cache-control: no-store", "x-content-type-options: nosniff", "content-length: 5"]
    {
        assert!(answer.contains(field), "{field} is missing: {answer}");
    }
}

/// Connections that say nothing.
async fn silent(address: std::net::SocketAddr, from: &str, count: usize) -> Vec<TcpStream> {
    let mut silent = Vec::new();
    for _ in 0..count {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
        silent.push(socket.connect(address).await.unwrap());
    }
    silent
}

#[tokio::test]
async fn silent_connections_do_not_keep_a_probe_out() {
    let address = access_alone().await;
    let silent = silent(address, "127.0.0.1", 200).await;
    let answer = exchange(address, "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    // It did not wait until the deadline for a head had closed them.
    let unread = silent[100].try_read(&mut [0]).unwrap_err();
    assert_eq!(unread.kind(), std::io::ErrorKind::WouldBlock);
}

#[tokio::test]
async fn silent_connections_push_out_those_of_their_own_address() {
    let address = access_alone().await;
    let mut probe = TcpStream::connect(address).await.unwrap();
    probe.write_all(b"GET /livez HTTP/1.1\r\n").await.unwrap();
    let _silent = silent(address, "127.0.0.2", 300).await;
    probe.write_all(b"Host: a\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    probe.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("Livez"), "{answer}");
}

/// A client that reads nothing has its response, made at once, and holds its connection like one that sends nothing.
#[tokio::test]
async fn unread_responses_do_not_keep_a_probe_out() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let long = bytes::Bytes::from(vec![b'a'; 8 << 20]);
    tokio::spawn(serve::serve(listener, move |request| {
        let body = if request.uri.path() == "/long" { long.clone() } else { "short".into() };
        async { response(http::StatusCode::OK, Kind::Text, body) }
    }));
    let all = async {
        let mut unread = Vec::new();
        for _ in 0..200 {
            let socket = tokio::net::TcpSocket::new_v4().unwrap();
            socket.set_recv_buffer_size(4096).unwrap();
            let mut stream = socket.connect(address).await.unwrap();
            stream.write_all(b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
            stream.readable().await.unwrap();
            unread.push(stream);
        }
        exchange(address, "GET /short HTTP/1.1\r\nHost: a\r\n\r\n").await
    };
    // Half the time after which the first connections end by themselves.
    let answer = tokio::time::timeout(std::time::Duration::from_secs(30), all).await.unwrap();
    assert!(answer.ends_with("\r\n\r\nshort"), "{answer}");
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let answer = exchange(access_alone().await, "HEAD /livez HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(answer.contains("content-length: 5\r\n") && answer.ends_with("\r\n\r\n"), "{answer}");
}

#[tokio::test]
async fn the_token_is_asked_for() {
    let address = access_alone().await;
    let refused = exchange(address, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(refused.starts_with("HTTP/1.1 401 ") && refused.contains("www-authenticate: Bearer"), "{refused}");
    assert!(refused.contains("www-authenticate: Basic"), "browsers prompt for nothing else: {refused}");
    let shown = "GET /metrics HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer s3cret\r\n\r\n";
    assert!(exchange(address, shown).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn the_wrong_method_is_told_the_right_one() {
    let request = "GET /reload HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer s3cret\r\n\r\n";
    let refused = exchange(access_alone().await, request).await;
    assert!(refused.starts_with("HTTP/1.1 405 ") && refused.contains("allow: POST\r\n"), "{refused}");
}

#[tokio::test]
async fn a_head_that_is_too_large_or_malformed_is_refused() {
    let address = access_alone().await;
    assert!(exchange(address, "GET / HTTP/1.1\r\nHo st: a\r\n\r\n").await.starts_with("HTTP/1.1 400 "));
    // Without an end: one that is whole by the read that exceeds the limit is taken.
    let large = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}", "x".repeat(17 * 1024));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(large.as_bytes()).await.unwrap();
    let mut status = [0; 13];
    stream.read_exact(&mut status).await.unwrap();
    assert_eq!(&status, b"HTTP/1.1 431 ");
}

#[tokio::test]
async fn the_policy_in_force_is_shown() {
    let fixture = Fixture::start().await;
    let policy = fixture.json("/policy").await;
    let site = &policy["sites"][0];
    assert_eq!(policy["generation"], 1);
    assert_eq!(policy["reload"]["last_error"], Value::Null);
    assert_eq!((&site["hosts"][0], &site["enforcement"]), (&"data.example.fr".into(), &"enforce".into()));
    assert_eq!(site["charter"]["categories"][1]["id"], "statistics");
    assert_eq!(site["charter"]["consent"]["keys"]["matomo"], "statistics");
    assert_eq!(site["charter"]["cookies"][0]["lifetime"], 1_209_600);
}

#[tokio::test]
async fn drift_is_shown_to_machines_and_people() {
    let fixture = Fixture::start().await;
    fixture.portal_sets("<b>_ga_ABC123");
    let metrics = fixture.get("/metrics").await.1;
    assert!(
        metrics.contains("octroi_undeclared_cookies{direction=\"response\",site=\"data.example.fr\"} 1\n"),
        "{metrics}"
    );
    assert!(metrics.contains("octroi_undeclared_cookies{direction=\"request\",site=\"data.example.fr\"} 0\n"));
    let cookies = &fixture.json("/cookies").await["sites"][0];
    assert_eq!(cookies["names"][0]["name"], "<b>_ga_*");
    assert_eq!(cookies["names"][0]["response"]["verdict"], "drop");
    assert_eq!(cookies["names"][0]["request"], Value::Null);
    assert_eq!(cookies["declared_but_not_seen"][0], "sessionid");
    let page = fixture.get("/").await.1;
    assert!(page.contains("&#60;b&#62;_ga_*") && !page.contains("<b>"), "{page}");
    let explained = fixture.get("/explain?line=sessionid%3D1").await.1;
    assert!(explained.contains("<strong>pass</strong>"), "{explained}");
}

#[tokio::test]
async fn a_reload_takes_effect_or_changes_nothing() {
    let fixture = Fixture::start().await;
    fixture.portal_sets("tracker");
    let hash = fixture.json("/policy").await["sites"][0]["charter_hash"].as_str().unwrap().to_owned();

    fixture.write_charter(&CHARTER.replace("exempt", "exmpt"));
    let (status, problems) = fixture.send("POST", "/reload").await;
    assert_eq!(status, 422);
    assert!(problems.contains("exmpt"), "{problems}");
    let policy = fixture.json("/policy").await;
    assert_eq!((&policy["generation"], &policy["sites"][0]["charter_hash"]), (&1.into(), &hash.as_str().into()));
    assert!(policy["reload"]["last_error"].as_str().unwrap().contains("exmpt"));

    fixture.write_charter(&format!("{CHARTER}# another text\n"));
    let (status, body) = fixture.send("POST", "/reload").await;
    assert_eq!((status, serde_json::from_str::<Value>(&body).unwrap()["generation"].as_u64()), (200, Some(2)));
    let metrics = fixture.get("/metrics").await.1;
    assert_eq!(metrics.matches("octroi_policy_info{").count(), 1, "one series for each site");
    assert!(!metrics.contains(&hash));
    assert!(metrics.contains("octroi_reload_total{result=\"failure\"} 1\n"));
    assert!(metrics.contains("octroi_undeclared_cookies{direction=\"response\",site=\"data.example.fr\"} 1\n"));
}

#[tokio::test]
async fn a_charter_that_comes_into_force_judges_what_was_seen() {
    let fixture = Fixture::start().await;
    fixture.portal_sets("tracker");
    fixture.portal_sets("_ga_ABC123");
    let entry = "[[cookie]]\nname = \"tracker\"\ncategory = \"necessary\"\n[[cookie]]\nregex = \"_ga_[A-Z0-9]+\"\ncategory = \"statistics\"\n";
    fixture.write_charter(&format!("{CHARTER}{entry}"));
    assert_eq!(fixture.send("POST", "/reload").await.0, 200);
    let cookies = &fixture.json("/cookies").await["sites"][0];
    let tracker = &cookies["names"][1]["response"];
    assert_eq!((&tracker["verdict"], &tracker["category"]), (&"pass".into(), &"necessary".into()));
    assert_eq!((&tracker["assumed"], &tracker["verdicts"]["drop"]), (&true.into(), &1.into()));
    let folded = &cookies["names"][0];
    assert_eq!((&folded["name"], &folded["response"]["verdict"]), (&"_ga_*".into(), &Value::Null));
    assert_eq!(cookies["undeclared"]["response"], 1, "of the folded name, nobody can tell");
    assert_eq!(folded["attributes"]["http_only"], "always");
    assert_eq!((&folded["attributes"]["longest_lifetime"], &folded["example_path"]), (&60.into(), &"/user/*".into()));
}

#[tokio::test]
async fn not_ready_once_the_drain_has_begun() {
    let fixture = Fixture::start().await;
    assert_eq!(fixture.get("/readyz").await, (200, "ready\n".to_owned()));
    fixture.trigger.begin();
    assert_eq!(fixture.get("/readyz").await, (503, "draining\n".to_owned()));
    assert_eq!(fixture.get("/livez").await.0, 200);
}

/// A visitor's bytes reach no label: whatever is recorded, the series are those of the start.
#[tokio::test]
async fn a_visitor_creates_no_series() {
    let fixture = Fixture::start().await;
    let series = |text: String| text.lines().filter(|line| line.starts_with("octroi_")).count();
    let before = series(fixture.get("/metrics").await.1);
    let site = Arc::clone(&fixture.snapshots.current().sites()[0]);
    for (index, reason) in Reason::ALL.into_iter().enumerate() {
        for verdict in [Verdict::Pass, Verdict::Delete, Verdict::Drop] {
            let category = CategoryId::from_index(index * 7).unwrap();
            let judgement = Judgement { verdict, reason, category, declaration: None };
            for direction in Direction::ALL {
                site.metrics.cookie(direction, &judgement, 1);
            }
        }
        let status = u16::try_from(index * 123).unwrap();
        site.metrics.request(
            status,
            http::Version::HTTP_3,
            crate::policy::ConsentLevel::Full,
            SystemTime::UNIX_EPOCH.elapsed().unwrap(),
        );
    }
    assert_eq!(series(fixture.get("/metrics").await.1), before);
}
