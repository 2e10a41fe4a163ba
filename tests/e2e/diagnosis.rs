//! Information for operators: in the log, in metrics, and when octroi cannot start.

use std::os::unix::fs::PermissionsExt;

use crate::support::octroi::diagnostic;
use crate::support::origin::ok;
use crate::support::{Authority, Octroi, Origin, Setup};

const FAILED: &str = "the portal gave no usable response";

/// The fields of all diagnostics with this message so far.
fn told(octroi: &Octroi, wanted: &str) -> Vec<serde_json::Value> {
    let told = octroi.stderr.lines();
    told.iter()
        .filter_map(|line| diagnostic(line))
        .filter(|(message, _)| message == wanted)
        .map(|told| told.1)
        .collect()
}

#[tokio::test]
async fn a_portal_that_is_down_is_logged_once_and_counted_each_time() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let octroi = Setup::before_address(gone).one_worker().start().await;
    let mut client = octroi.client().await;
    for _ in 0..30 {
        client.get("/", "").await.assert_status(502);
    }
    octroi.after_requests(30).await;
    let count = told(&octroi, FAILED).len();
    // Slow machines may take longer than the ten seconds after which it is told again.
    assert!((1..=5).contains(&count), "{count} lines");
}

#[tokio::test]
async fn the_names_of_dropped_cookies_are_logged_at_debug_without_a_value() {
    let origin = Origin::always(ok("Set-Cookie: _pk_id.1=secret7\r\nSet-Cookie: sessionid=2\r\n", "")).await;
    let octroi = Setup::before(&origin).log_level("info,octroi::proxy=debug").start().await;
    octroi.client().await.get("/page", "Cookie: _ga=secret8; sessionid=1\r\n").await.assert_status(200);
    octroi.logged("/page").await;
    let names = |message| -> Vec<_> { told(&octroi, message).iter().map(|fields| fields["cookie"].clone()).collect() };
    assert_eq!(names("a cookie is kept from the portal"), ["_ga"]);
    assert_eq!(names("a cookie is kept from the visitor"), ["_pk_id.1"]);
    let stderr = octroi.stderr.lines().join("\n");
    assert!(!stderr.contains("secret"), "{stderr}");
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_a_metric_until_it_can() {
    let octroi = Octroi::before(&Origin::always(ok("", "")).await).await;
    let gauge = "octroi_reload_last_successful";
    assert_eq!(octroi.metrics().await.count(gauge, &[]), 1);
    let file = octroi.file("octroi.toml");
    let good = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("junk\n{good}")).unwrap();
    octroi.metrics_until("the failure", |metrics| metrics.count(gauge, &[]) == 0).await;
    std::fs::write(&file, good).unwrap();
    octroi.metrics_until("the success", |metrics| metrics.count(gauge, &[]) == 1).await;
}

#[tokio::test]
async fn the_expiry_of_each_certificate_is_a_metric_that_follows_a_renewal() {
    let (origin, authority) = (Origin::always(ok("", "")).await, Authority::new());
    let octroi = Setup::before(&origin).tls(&authority, &[&["a.test"], &["b.test"]]).start().await;
    let expiry = "octroi_certificate_expiry_timestamp_seconds";
    let metrics = octroi.metrics().await;
    let files = metrics.labels(expiry, "certificate");
    assert_eq!(files.len(), 2, "{files:?}");
    let first = octroi.file("a.test.pem");
    let first = first.to_str().unwrap();
    assert!(metrics.count(expiry, &[("certificate", first)]) > 2_000_000_000, "{files:?}");
    authority.certificate_until(&["a.test"], 2001).write(octroi.file("").as_path(), "a.test");
    let expired = octroi
        .metrics_until("the other one", |metrics| metrics.count(expiry, &[("certificate", first)]) < 1_000_000_000);
    expired.await;
    octroi.stderr.find("the warning", |line| line.contains("expired on 2001-01-01").then_some(())).await.unwrap();
}

/// The files of a configuration that cannot be started, and what is said.
async fn refused(setup: Setup) -> String {
    let (code, _, stderr) = setup.spawn().ended().await;
    assert_eq!(code, Some(2), "{stderr}");
    stderr
}

#[tokio::test]
async fn a_log_that_cannot_be_opened_is_named() {
    let origin = Origin::always("").await;
    let stderr = refused(Setup::before(&origin).toml("[log]\noutput = \"gone/access.log\"")).await;
    assert!(stderr.contains("there is no folder") && stderr.contains("gone"), "{stderr}");

    let setup = Setup::before(&origin).toml("[log]\noutput = \"closed/access.log\"").without_privileges();
    let closed = setup.directory().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o500)).unwrap();
    let stderr = refused(setup).await;
    assert!(stderr.contains("closed/access.log") && stderr.matches("ermission denied").count() == 1, "{stderr}");
}
