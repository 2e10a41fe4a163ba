//! New files take effect without losing a connection; faulty ones change nothing.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::support::choice::{CHARTER, charter_with};
use crate::support::client::{Client, get, tls};
use crate::support::origin::ok;
use crate::support::{Authority, Octroi, Origin, Setup, within};

/// The charter under which `_ga` needs no consent.
fn relaxed() -> String {
    charter_with("id = \"statistics\"\nconsent = \"required\"", "id = \"statistics\"\nconsent = \"exempt\"")
}

async fn before_portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\nSet-Cookie: _pk_id.1=2\r\n", "")).await;
    let octroi = Octroi::before(&origin).await;
    (origin, octroi)
}

/// Replaces a file as editors do: a new one, renamed over the old one.
fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("new");
    std::fs::write(&beside, text).unwrap();
    std::fs::rename(&beside, path).unwrap();
}

async fn passed(client: &mut Client) -> usize {
    client.get("/", "").await.assert_status(200).set_cookies().len()
}

/// Sends requests on one connection until this many cookies pass.
async fn until_passed(client: &mut Client, count: usize) {
    within("the new charter to be in force", async { while passed(client).await != count {} }).await;
}

#[tokio::test]
async fn a_renamed_file_takes_effect_on_open_connections() {
    let (_origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    assert_eq!(passed(&mut client).await, 0);
    replace(&octroi.file("charter.toml"), &relaxed());
    until_passed(&mut client, 2).await;
    replace(&octroi.file("charter.toml"), CHARTER);
    until_passed(&mut client, 0).await;
}

#[tokio::test]
async fn a_file_written_in_place_takes_effect() {
    let (_origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    std::fs::write(octroi.file("charter.toml"), relaxed()).unwrap();
    until_passed(&mut client, 2).await;
}

#[tokio::test]
async fn a_symlink_that_is_swapped_as_by_kubernetes_takes_effect() {
    let origin = Origin::always(ok("Set-Cookie: _ga=1\r\n", "")).await;
    let setup = Setup::before(&origin);
    let mount = setup.directory().join("mount");
    let publish = |version: &str, text: &str| {
        let directory = mount.join(version);
        std::fs::create_dir_all(&directory).unwrap();
        std::fs::write(directory.join("charter.toml"), text).unwrap();
        std::os::unix::fs::symlink(version, mount.join("..data_tmp")).unwrap();
        std::fs::rename(mount.join("..data_tmp"), mount.join("..data")).unwrap();
    };
    publish("..2026_01", CHARTER);
    std::os::unix::fs::symlink("..data/charter.toml", mount.join("charter.toml")).unwrap();
    let configuration = setup.configuration().replace("\"charter.toml\"", "\"mount/charter.toml\"");
    let octroi = setup.start_with(&configuration).await;
    let mut client = octroi.client().await;
    assert_eq!(passed(&mut client).await, 0);
    publish("..2026_02", &relaxed());
    until_passed(&mut client, 1).await;
    publish("..2026_03", CHARTER);
    until_passed(&mut client, 0).await;
}

#[tokio::test]
async fn sighup_and_the_admin_listener_reload() {
    let (_origin, octroi) = before_portal().await;
    let successes =
        |metrics: &crate::support::metrics::Metrics| metrics.sum("octroi_reload_total", &[("result", "success")]);
    let before = successes(&octroi.metrics().await);
    octroi.signal("HUP");
    let after = octroi.metrics_until("a reload after SIGHUP", |metrics| successes(metrics) > before).await;
    let answer = octroi.admin("POST /reload", "Content-Length: 0\r\n").await;
    assert!((200..300).contains(&answer.status()), "{}", answer.shown());
    let last = octroi.metrics().await;
    assert!(successes(&last) > successes(&after));
    assert!(last.sum("octroi_reload_last_success_timestamp_seconds", &[]) > 1.7e9);
}

#[tokio::test]
async fn post_reload_answers_when_the_new_policy_is_in_force() {
    let (_origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    replace(&octroi.file("charter.toml"), &relaxed());
    octroi.admin("POST /reload", "Content-Length: 0\r\n").await.assert_status(200);
    assert_eq!(passed(&mut client).await, 2);
}

#[tokio::test]
async fn a_faulty_file_changes_nothing_and_is_shown() {
    let (_origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    let hash = octroi.metrics().await.labels("octroi_policy_info", "hash");
    replace(&octroi.file("charter.toml"), &charter_with("consent = \"required\"", "consent = \"maybe\""));
    let answer = octroi.admin("POST /reload", "Content-Length: 0\r\n").await;
    assert!((400..=500).contains(&answer.status()), "{}", answer.shown());
    assert!(answer.text().contains("charter.toml") && answer.text().contains("maybe"), "{}", answer.shown());
    assert_eq!(passed(&mut client).await, 0, "the last good snapshot stays");
    let metrics = octroi.metrics().await;
    assert!(metrics.sum("octroi_reload_total", &[]) > metrics.sum("octroi_reload_total", &[("result", "success")]));
    assert_eq!(metrics.labels("octroi_policy_info", "hash"), hash);
    let policy = octroi.admin("GET /policy", "").await;
    let page = octroi.admin("GET /", "").await;
    assert!(
        format!("{}{}", policy.text(), page.text()).contains("maybe"),
        "the reason is not shown:\n{}",
        policy.text()
    );
    let logged = octroi.stderr.find("the reason in the log", |line| line.contains("maybe").then_some(())).await;
    assert!(logged.is_some());
    replace(&octroi.file("charter.toml"), &relaxed());
    until_passed(&mut client, 2).await;
}

#[tokio::test]
async fn a_charter_caught_before_its_first_byte_is_written_changes_nothing() {
    let origin = Origin::always(ok("Set-Cookie: sessionid=1\r\n", "")).await;
    let octroi = Octroi::before(&origin).await;
    std::fs::write(octroi.file("charter.toml"), "").unwrap();
    let answer = octroi.admin("POST /reload", "Content-Length: 0\r\n").await;
    assert!((400..=500).contains(&answer.status()), "an empty charter was put in force:\n{}", answer.shown());
    assert_eq!(passed(&mut octroi.client().await).await, 1, "logins are broken by a file that is being saved");
}

#[tokio::test]
async fn a_charter_that_vanishes_changes_nothing() {
    let (_origin, octroi) = before_portal().await;
    let mut client = octroi.client().await;
    std::fs::remove_file(octroi.file("charter.toml")).unwrap();
    let answer = octroi.admin("POST /reload", "Content-Length: 0\r\n").await;
    assert!((400..=500).contains(&answer.status()), "{}", answer.shown());
    assert_eq!(passed(&mut client).await, 0);
}

#[tokio::test]
async fn a_new_site_answers_without_a_restart() {
    let first = Origin::always(ok("", "first")).await;
    let second = Origin::always(ok("", "second")).await;
    let setup = Setup::before(&first).hosts(r#"["first.test"]"#);
    let both = format!(
        "{}\n[[site]]\nhosts = [\"second.test\"]\ncharter = \"charter.toml\"\nupstream = {{ endpoints = [\"http://{}\"] }}\n",
        setup.configuration(),
        second.address
    );
    let octroi = setup.start().await;
    let mut client = octroi.client().await;
    let ask = "GET / HTTP/1.1\r\nHost: second.test\r\n\r\n";
    client.exchange(ask).await.assert_status(421);
    replace(&octroi.file("octroi.toml"), &both);
    within("the new site", async { while client.exchange(ask).await.status() != 200 {} }).await;
    assert_eq!(client.exchange(ask).await.text(), "second");
}

#[tokio::test]
async fn a_new_certificate_serves_new_handshakes() {
    let authority = Authority::new();
    let origin = Origin::always(ok("", "")).await;
    let setup = Setup::before(&origin).listener("tls = { certificate = \"only.pem\", key = \"only.key\" }");
    authority.certificate(&["data.education.gouv.fr"]).write(setup.directory(), "only");
    let octroi = setup.start().await;
    let chain = async || {
        let stream = tls(octroi.tls, "data.education.gouv.fr", authority.client(&["http/1.1"])).await.unwrap();
        (stream.get_ref().1.peer_certificates().unwrap().to_vec(), stream)
    };
    let (old, stream) = chain().await;
    let mut open = Client { wire: crate::support::wire::Wire::new(stream) };
    authority.certificate(&["data.education.gouv.fr"]).write(octroi.directory.path(), "only");
    octroi.admin("POST /reload", "Content-Length: 0\r\n").await.assert_status(200);
    within("the new certificate", async { while chain().await.0 == old {} }).await;
    open.exchange(get("/", "")).await.assert_status(200);
}

/// The files change under octroi's eyes one after the other: a certificate stands beside a key that is not its own, and
/// the pair before it stays.
#[tokio::test]
async fn no_handshake_fails_while_fifty_certificates_follow_each_other() {
    let authority = Authority::new();
    let origin = Origin::always(ok("", "ok")).await;
    let setup = Setup::before(&origin).tls(&authority, &[&["h"]]);
    let octroi = setup.start().await;
    let (done, address) = (Arc::new(AtomicBool::new(false)), octroi.tls);
    let mut config = authority.client(&["http/1.1"]).as_ref().clone();
    // A session that is resumed shows no certificate.
    config.resumption = rustls::client::Resumption::disabled();
    let config = Arc::new(config);
    let mut visitors = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (done, config) = (Arc::clone(&done), Arc::clone(&config));
        visitors.spawn(async move {
            let mut seen = std::collections::HashSet::new();
            while !done.load(Ordering::Relaxed) {
                let stream = tls(address, "h", Arc::clone(&config)).await.expect("a handshake failed");
                let certificates = stream.get_ref().1.peer_certificates().unwrap_or_default();
                seen.extend(certificates.first().map(|certificate| certificate.to_vec()));
                let mut client = Client { wire: crate::support::wire::Wire::new(stream) };
                client.get("/", "").await.assert_status(200);
            }
            seen.len()
        });
    }
    for _ in 0..50 {
        authority.certificate(&["h"]).write(octroi.directory.path(), "h");
        octroi.admin("POST /reload", "Content-Length: 0\r\n").await.assert_status(200);
    }
    done.store(true, Ordering::Relaxed);
    let seen = visitors.join_all().await;
    assert!(seen.iter().all(|certificates| *certificates > 1), "{seen:?}");
}

/// Each policy lets exactly one of two cookies pass: a response with none or both was judged by two policies.
#[tokio::test]
async fn two_hundred_reloads_under_load_fail_no_request_and_mix_no_policies() {
    let only = |name: &str| charter_with("name = \"csrftoken\"", &format!("name = \"{name}\""));
    let charters = [only("heads"), only("tails")];
    let origin = Origin::always(ok("Set-Cookie: heads=1\r\nSet-Cookie: tails=1\r\n", "whole")).await;
    let octroi = Setup::before(&origin).charter(&charters[0]).start().await;
    let done = Arc::new(AtomicBool::new(false));
    let served = Arc::new(AtomicUsize::new(0));
    let mut visitors = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (done, served, address) = (Arc::clone(&done), Arc::clone(&served), octroi.address);
        visitors.spawn(async move {
            let mut client = Client::connect(address).await;
            while !done.load(Ordering::Relaxed) {
                let response = client.get("/", "Cookie: heads=1; tails=1\r\n").await;
                assert_eq!((response.status(), response.text().as_str()), (200, "whole"), "{}", response.shown());
                assert_eq!(response.set_cookies().len(), 1, "judged by two policies:\n{}", response.shown());
                served.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    for round in 0..200 {
        std::fs::write(octroi.file("next"), &charters[(round + 1) % 2]).unwrap();
        std::fs::rename(octroi.file("next"), octroi.file("charter.toml")).unwrap();
        octroi.admin("POST /reload", "Content-Length: 0\r\n").await.assert_status(200);
    }
    done.store(true, Ordering::Relaxed);
    visitors.join_all().await;
    assert!(served.load(Ordering::Relaxed) > 200);
    for request in origin.requests() {
        let cookies = request.texts("cookie");
        assert!(cookies == ["heads=1"] || cookies == ["tails=1"], "judged by two policies: {cookies:?}");
    }
}

#[tokio::test]
async fn a_request_keeps_the_policy_that_it_began_with() {
    let go = Arc::new(tokio::sync::Notify::new());
    let waits = Arc::clone(&go);
    let origin = Origin::start(move |mut visit| {
        let waits = Arc::clone(&waits);
        async move {
            while visit.request().await.is_some() {
                waits.notified().await;
                visit.send(ok("Set-Cookie: _ga=1\r\n", "")).await;
            }
        }
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    client.send(get("/", "")).await;
    origin.nth(1).await;
    replace(&octroi.file("charter.toml"), &relaxed());
    octroi.admin("POST /reload", "Content-Length: 0\r\n").await.assert_status(200);
    go.notify_one();
    assert_eq!(client.response().await.set_cookies(), [""; 0], "it began under the strict charter");
    go.notify_one();
    assert_eq!(client.get("/", "").await.set_cookies(), ["_ga=1"]);
}
