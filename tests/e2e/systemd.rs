//! The notifications to systemd: ready, reloading, stopping, and the watchdog, which needs every worker.

use std::net::TcpListener;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tokio::net::UnixDatagram;

use crate::support::client::get;
use crate::support::origin::ok;
use crate::support::shim::Hang;
use crate::support::{Client, Octroi, Origin, Setup, within};

/// Where systemd listens.
struct Manager(UnixDatagram);

impl Manager {
    /// With the setup that names it.
    fn of(setup: Setup) -> (Self, Setup) {
        let path = setup.directory().join("notify");
        let manager = Self(UnixDatagram::bind(&path).unwrap());
        (manager, setup.environment("NOTIFY_SOCKET", path.to_str().unwrap()))
    }

    /// The next message, line by line.
    async fn told(&self) -> Vec<String> {
        let mut buffer = [0; 4096];
        let length = within("a message to systemd", self.0.recv(&mut buffer)).await.unwrap();
        String::from_utf8_lossy(&buffer[..length]).lines().map(ToOwned::to_owned).collect()
    }

    /// The next message, which must have this line.
    async fn is_told(&self, line: &str) -> Vec<String> {
        let told = self.told().await;
        assert!(told.iter().any(|told| told == line), "{told:?} and not {line}");
        told
    }
}

async fn portal() -> Origin {
    Origin::always(ok("", "ok")).await
}

fn monotonic_micros() -> i64 {
    let now = clock_gettime(ClockId::Monotonic);
    now.tv_sec * 1_000_000 + now.tv_nsec / 1000
}

/// The status that a message sets.
fn status(told: &[String]) -> &str {
    told.iter().find_map(|line| line.strip_prefix("STATUS=")).expect("no status")
}

#[tokio::test]
async fn it_is_ready_once_every_listener_is_open() {
    let origin = portal().await;
    let sockets: Vec<_> = (0..2).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    let addresses: Vec<_> = sockets.iter().map(|socket| socket.local_addr().unwrap()).collect();
    drop(sockets);
    let setup = Setup::before(&origin).listening_at(&addresses[0].to_string());
    let (manager, setup) = Manager::of(setup.and_listener(&format!("address = \"{}\"", addresses[1])));
    let process = setup.spawn();
    assert_eq!(status(&manager.is_told("READY=1").await), "Serving");
    for address in addresses {
        Client::connect(address).await.get("/", "").await.assert_status(200);
    }
    drop(process);
}

#[tokio::test]
async fn a_reload_is_reported_at_its_beginning_and_end_even_if_it_fails() {
    let origin = portal().await;
    let (manager, setup) = Manager::of(Setup::before(&origin));
    let octroi = setup.start().await;
    manager.is_told("READY=1").await;

    reloads(&manager, &octroi).await;
    assert_eq!(status(&manager.is_told("READY=1").await), "Serving");

    std::fs::write(octroi.file("charter.toml"), "nonsense").unwrap();
    reloads(&manager, &octroi).await;
    let told = manager.is_told("READY=1").await;
    assert!(status(&told).contains("last good"), "{told:?}");
}

/// Sends SIGHUP and sees the reload begin: systemd tells it from an older one by the time in it.
async fn reloads(manager: &Manager, octroi: &Octroi) {
    let before = monotonic_micros();
    octroi.signal("HUP");
    let told = manager.is_told("RELOADING=1").await;
    let since = told.iter().find_map(|line| line.strip_prefix("MONOTONIC_USEC=")).expect("no time");
    assert!((before..=monotonic_micros()).contains(&since.parse().unwrap()), "{told:?}");
}

#[tokio::test]
async fn it_reports_that_it_stops() {
    let origin = portal().await;
    let (manager, setup) = Manager::of(Setup::before(&origin));
    let octroi = setup.start().await;
    manager.is_told("READY=1").await;
    octroi.terminate();
    assert_eq!(status(&manager.is_told("STOPPING=1").await), "Draining");
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn the_watchdog_is_fed_regularly_and_during_a_drain() {
    let origin = portal().await;
    let (manager, setup) = Manager::of(Setup::before(&origin).environment("WATCHDOG_USEC", "100000"));
    let octroi = setup.start().await;
    manager.is_told("READY=1").await;
    for _ in 0..3 {
        manager.is_told("WATCHDOG=1").await;
    }
    // A connection that is in the middle of a request keeps the process.
    let mut client = octroi.client().await;
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n").await;
    client.wire.expect("100 Continue\r\n\r\n").await;
    octroi.terminate();
    while manager.told().await[0] != "STOPPING=1" {}
    for _ in 0..3 {
        manager.is_told("WATCHDOG=1").await;
    }
    client.send("body").await;
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn a_worker_that_hangs_stops_the_watchdog_signal_until_it_continues() {
    const ALLOWED: Duration = Duration::from_millis(200);
    let origin = portal().await;
    let (manager, setup) = Manager::of(Setup::before(&origin).one_worker().environment("WATCHDOG_USEC", "200000"));
    let (mut hang, setup) = hanging(setup);
    let octroi = setup.start().await;
    manager.is_told("READY=1").await;
    manager.is_told("WATCHDOG=1").await;

    hang.begin();
    let mut client = octroi.client().await;
    client.send(get("/", "")).await;
    hang.is_met().await;
    // Ten times the silence that systemd allows.
    let silence = async { while tokio::time::timeout(10 * ALLOWED, manager.told()).await.is_ok() {} };
    within("the watchdog's silence", silence).await;

    hang.end();
    manager.is_told("WATCHDOG=1").await;
    client.response().await.assert_status(200);
    // From here on nobody reads what systemd is told, and nothing waits for it: not the end, either.
    octroi.terminate();
    assert_eq!(octroi.exit_code().await, Some(0));
}

/// Makes octroi hang where it accepts connections.
fn hanging(setup: Setup) -> (Hang, Setup) {
    const ACCEPT: &str = r"
        #include <sys/socket.h>

        int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags) {
            hang();
            return (int)syscall(SYS_accept4, socket, address, length, flags);
        }
    ";
    Hang::of(setup, ACCEPT)
}
