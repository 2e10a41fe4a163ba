//! Exhausted resources of octroi itself: file descriptors, disk space, readers of its output. Open connections are served, and
//! octroi recovers.

use std::path::Path;
use std::process::{Child, Stdio};

use crate::support::client::{Client, get};
use crate::support::octroi::signal;
use crate::support::origin::ok;
use crate::support::{Octroi, Origin, Setup, within};

/// As many as octroi may have: more than it needs to start with, and soon used up.
const DESCRIPTORS: u32 = 64;

/// Connections that take every descriptor that octroi has left.
async fn exhaust(octroi: &Octroi) -> Vec<Client> {
    let mut idle = Vec::new();
    for _ in 0..DESCRIPTORS {
        idle.push(octroi.client().await);
    }
    octroi.stderr.find("the end of descriptors", |line| line.contains("cannot accept").then_some(())).await;
    idle
}

async fn served_again(octroi: &Octroi) {
    within("service", async {
        loop {
            let mut client = octroi.client().await;
            if client.get("/", "Connection: close\r\n").await.status() == 200 {
                return;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn out_of_descriptors_open_connections_are_served_and_new_ones_wait() {
    let origin = Origin::always(ok("", "ok")).await;
    let octroi = Setup::before(&origin).one_worker().ulimit("-n 64").start().await;
    let mut open = octroi.client().await;
    open.get("/", "").await.assert_status(200);
    let mut idle = exhaust(&octroi).await;
    for _ in 0..10 {
        open.get("/", "").await.assert_status(200);
    }
    // The last one stands in the kernel's queue.
    let mut last = idle.pop().unwrap();
    last.send(get("/", "")).await;
    drop(idle);
    last.response().await.assert_status(200);
    octroi.metrics().await;
}

#[tokio::test]
async fn the_limit_of_descriptors_is_raised_to_the_systems_maximum() {
    let origin = Origin::always(ok("", "ok")).await;
    let octroi = Setup::before(&origin).ulimit("-S -n 64").start().await;
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", octroi.pid())).unwrap();
    let files: Vec<&str> =
        limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap().split_whitespace().collect();
    assert!(files[0] == files[1] && files[0] != "64", "{files:?}");
}

#[tokio::test]
async fn out_of_descriptors_for_the_portal_is_503_and_recovers() {
    let origin = Origin::always(ok("Connection: close\r\n", "ok")).await;
    let octroi = Setup::before(&origin).one_worker().ulimit("-n 64").start().await;
    let mut open = octroi.client().await;
    open.get("/", "").await.assert_status(200);
    let idle = exhaust(&octroi).await;
    open.get("/", "").await.assert_status(503);
    drop(idle);
    // More than once: the first may have stood in the queue already.
    for _ in 0..5 {
        served_again(&octroi).await;
    }
    open.get("/", "").await.assert_status(200);
}

/// Neither by requests nor by checks, of which the first one decides alone.
#[tokio::test]
async fn out_of_descriptors_no_endpoint_is_taken_out_of_service() {
    let replies = || Origin::always(ok("Connection: close\r\n", "ok"));
    let (origin, other) = (replies().await, replies().await);
    let octroi = Setup::before(&origin)
        .endpoint(&format!("http://{}\", \"http://{}", origin.address, other.address))
        .upstream("health = { path = \"/\", interval = \"100ms\", fall = 1, rise = 1 }")
        .one_worker()
        .ulimit("-n 64")
        .start()
        .await;
    let mut open = octroi.client().await;
    open.get("/", "").await.assert_status(200);
    let idle = exhaust(&octroi).await;
    // A check that ends leaves its descriptor to whatever asks next, and that may be a request.
    let refused = async {
        let mut count = 0;
        while count < 5 {
            let status = open.get("/", "").await.status();
            assert!(matches!(status, 200 | 503), "{status}");
            count += u32::from(status == 503);
        }
    };
    within("five requests without a descriptor", refused).await;
    octroi.stderr.find("a check", |line| line.contains("endpoint not checked").then_some(())).await.unwrap();
    drop(idle);
    served_again(&octroi).await;
    let metrics = octroi.metrics().await;
    assert_eq!(metrics.count("octroi_upstream_endpoint_up", &[]), 2);
    assert_eq!(metrics.count("octroi_upstream_events_total", &[("event", "ejected")]), 0);
    let blamed = |line: &String| line.contains("endpoint is down") || line.contains("endpoint ejected");
    assert!(!octroi.stderr.lines().iter().any(blamed));
}

async fn written(path: &Path, what: &str) {
    within(what, async {
        while !std::fs::read_to_string(path).is_ok_and(|text| text.contains(what)) {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_full_disk_under_the_access_log_costs_records_and_no_request() {
    let origin = Origin::always(ok("", "ok")).await;
    let setup = Setup::before(&origin).toml("[log]\noutput = \"access.log\"");
    let log = setup.directory().join("access.log");
    std::os::unix::fs::symlink("/dev/full", &log).unwrap();
    let octroi = setup.start().await;
    let mut client = octroi.client().await;
    for _ in 0..200 {
        client.get("/lost", "").await.assert_status(200);
    }
    octroi.metrics_until("lost records", |metrics| metrics.sum("octroi_access_log_dropped_total", &[]) >= 200.0).await;
    octroi.stderr.find("the complaint", |line| line.contains("access records are lost").then_some(())).await.unwrap();
    let complaints = octroi.stderr.lines().iter().filter(|line| line.contains("access records are lost")).count();
    assert_eq!(complaints, 1, "one line says it, the counter says how many");

    std::fs::remove_file(&log).unwrap();
    octroi.signal("USR1");
    within("a new file", async {
        while !log.exists() {
            client.get("/during", "").await.assert_status(200);
        }
    })
    .await;
    client.get("/after", "").await.assert_status(200);
    written(&log, "/after").await;
}

/// A running octroi of which only the visitors know. Killed when dropped.
struct Unwatched(Child);

impl Drop for Unwatched {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// More lines than a pipe holds, were nothing but a diagnostic of each request written.
const MANY: usize = 2000;

/// With these as its outputs, requests that have something written are answered, and the process ends in good order.
async fn serves_with(stdout: Stdio, stderr: Stdio) {
    let origin = Origin::always(ok("", "ok")).await;
    let directory = tempfile::tempdir().unwrap();
    let socket = directory.path().join("octroi.sock");
    let setup = Setup::before(&origin).log_level("debug").one_worker();
    let on_a_socket = setup.configuration().replacen("127.0.0.1:0", &format!("unix:{}", socket.display()), 1);
    let command = &mut setup.command(&on_a_socket);
    let mut octroi = Unwatched(command.stdout(stdout).stderr(stderr).spawn().unwrap());
    within("octroi to listen", async {
        while std::os::unix::net::UnixStream::connect(&socket).is_err() {
            assert!(octroi.0.try_wait().unwrap().is_none(), "octroi has ended");
            tokio::task::yield_now().await;
        }
    })
    .await;
    let mut client = Client::connect_unix(&socket).await;
    for _ in 0..MANY {
        Client::connect_unix(&socket).await.exchange("GET / HTTP/1.1\r\n\r\n").await.assert_status(400);
        client.get("/", "").await.assert_status(200);
    }
    signal(octroi.0.id(), "TERM");
    let ended = tokio::task::spawn_blocking(move || octroi.0.wait().unwrap().code());
    assert_eq!(within("the end", ended).await.unwrap(), Some(0));
}

#[tokio::test]
async fn unread_diagnostics_block_no_request() {
    let (_unread, stderr) = std::io::pipe().unwrap();
    serves_with(Stdio::null(), stderr.into()).await;
}

#[tokio::test]
async fn an_unread_access_log_blocks_no_request() {
    let (_unread, stdout) = std::io::pipe().unwrap();
    serves_with(stdout.into(), Stdio::null()).await;
}

#[tokio::test]
async fn a_full_disk_under_both_outputs_costs_no_request() {
    let full = || std::fs::File::create("/dev/full").unwrap();
    serves_with(full().into(), full().into()).await;
}

#[tokio::test]
async fn a_closed_output_fails_no_request() {
    let (_, stdout) = std::io::pipe().unwrap();
    let (_, stderr) = std::io::pipe().unwrap();
    serves_with(stdout.into(), stderr.into()).await;
}
