//! Certificates that octroi orders itself, from a real ACME server, and faults of that server, the folder or the clock. In
//! every case, serving continues.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::support::acme::{AcmeServer, Doors, FINALIZE, NEW_ACCOUNT, NEW_ORDER, RENEWAL_INFO};
use crate::support::client::tls;
use crate::support::clock::Clock;
use crate::support::octroi::diagnostic;
use crate::support::origin::ok;
use crate::support::{Client, Octroi, Origin, Setup, within};

const HOST: &str = "data.example.test";
const HOUR: i64 = 3600;
const YEAR: i64 = 365 * 24 * HOUR;
/// Pebble's certificates live for five years: by then, two thirds are over.
const DUE: i64 = 4 * YEAR;

/// Everything around octroi.
struct World {
    origin: Origin,
    doors: Doors,
    server: AcmeServer,
    /// As visitors of the real web trust.
    visitor: Arc<rustls::ClientConfig>,
}

impl World {
    async fn new() -> Self {
        Self::refusing_nonces(0).await
    }

    async fn refusing_nonces(percent: u32) -> Self {
        let doors = Doors::new();
        let server = AcmeServer::start(&doors, percent).await;
        Self::with(doors, server).await
    }

    async fn with(doors: Doors, server: AcmeServer) -> Self {
        let origin = Origin::always(ok("", "from the portal")).await;
        let visitor = server.visitor().await;
        Self { origin, doors, server, visitor }
    }

    /// A process at both doors; `more`: further keys of `acme`.
    fn setup(&self, more: &str) -> Setup {
        let setup = Setup::before(&self.origin)
            .hosts(&format!("[\"{HOST}\"]"))
            .listening_at("inherited:http")
            .listener("redirect = \"https\"")
            .pass("http", &self.doors.http)
            .pass("https", &self.doors.https);
        let table = self.server.table(setup.directory(), more);
        setup.and_listener(&format!("address = \"inherited:https\"\ntls = {{ acme = {table} }}"))
    }

    fn folder(&self, octroi: &Octroi) -> PathBuf {
        self.server.folder(octroi.directory.path())
    }

    /// The certificate that visitors are shown, if they trust it.
    async fn served(&self, octroi: &Octroi) -> Option<Vec<u8>> {
        let stream = tls(octroi.tls, HOST, self.visitor.clone()).await.ok()?;
        stream.get_ref().1.peer_certificates().map(|chain| chain[0].to_vec())
    }

    /// Waits until another certificate than `last` is served.
    async fn next_served(&self, octroi: &Octroi, last: Option<&[u8]>) -> Vec<u8> {
        let other = async {
            loop {
                match self.served(octroi).await {
                    Some(served) if last != Some(&served) => return served,
                    _ => {}
                }
                // The next one is taken up when the file watch sees it: nothing else tells of it.
                tokio::task::yield_now().await;
            }
        };
        within("another certificate", other).await
    }

    /// A page through the site's own certificate.
    async fn visit(&self, octroi: &Octroi) {
        let mut client = Client::connect_tls(octroi.tls, HOST, self.visitor.clone()).await;
        let page = client.exchange(format!("GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n")).await;
        assert_eq!(page.assert_status(200).text(), "from the portal");
    }
}

/// Waits until the log says this, and returns the fields.
async fn told(octroi: &Octroi, message: &str) -> serde_json::Value {
    let said = |line: &str| diagnostic(line).filter(|(text, _)| text == message).map(|(_, fields)| fields);
    octroi.stderr.find(message, said).await.unwrap_or_else(|| panic!("the log ended without: {message}"))
}

fn modes(folder: &Path) -> Vec<(String, u32)> {
    use std::os::unix::fs::PermissionsExt;
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            (entry.file_name().to_string_lossy().into_owned(), mode)
        })
        .collect()
}

#[tokio::test]
async fn a_first_certificate_is_ordered_by_http_although_nonces_are_refused() {
    let world = World::refusing_nonces(20).await;
    let setup = world.setup(", contact = [\"mailto:ops@example.fr\"]");
    let octroi = setup.launch().await;
    let first = world.next_served(&octroi, None).await;
    world.visit(&octroi).await;
    let metrics =
        octroi.metrics_until("an order", |all| all.count("octroi_acme_orders_total", &[("result", "issued")]) == 1);
    let metrics = metrics.await;
    assert!(metrics.sum("octroi_acme_last_success_timestamp_seconds", &[("host", HOST)]) > 1.7e9);
    assert!(metrics.sum("octroi_certificate_expiry_timestamp_seconds", &[]) > 1.7e9);
    for (name, mode) in modes(&world.folder(&octroi)) {
        assert_eq!(mode, if name.contains('.') || name == "lock" { 0o600 } else { 0o700 }, "{name}");
    }
    // Another process finds everything there.
    drop(octroi);
    let orders = world.server.count(NEW_ORDER);
    let again = setup.launch().await;
    assert_eq!(world.served(&again).await, Some(first));
    assert_eq!(world.server.count(NEW_ORDER), orders);
}

#[tokio::test]
async fn a_certificate_is_ordered_by_tls_and_other_handshakes_are_served() {
    let world = World::new().await;
    let octroi = world.setup(", challenge = \"tls-alpn-01\"").start().await;
    world.next_served(&octroi, None).await;
    world.visit(&octroi).await;
    let mut stranger = (*world.visitor).clone();
    stranger.alpn_protocols = vec![b"acme-tls/1".to_vec()];
    assert!(tls(octroi.tls, HOST, Arc::new(stranger)).await.is_err(), "no challenge is open any more");
}

#[tokio::test]
async fn a_challenge_that_is_not_octrois_goes_to_the_portal() {
    let world = World::new().await;
    let octroi = world.setup("").start().await;
    world.next_served(&octroi, None).await;
    let mut client = octroi.client().await;
    let ask = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n");
    let answer = client.exchange(ask("/.well-known/acme-challenge/unknown")).await;
    assert_eq!(answer.assert_status(200).text(), "from the portal");
    std::fs::write(world.folder(&octroi).join("http-01/known"), "known.thumb").unwrap();
    let answer = client.exchange(ask("/.well-known/acme-challenge/known")).await;
    assert_eq!(answer.assert_status(200).text(), "known.thumb");
    assert_eq!(answer.field("cache-control").as_deref(), Some("no-store"));
}

/// As it is, with a wall clock that can be set.
fn by_a_clock(setup: Setup) -> (Clock, Setup) {
    let clock = Clock::new(setup.directory());
    let setup = clock.environment().into_iter().fold(setup, |setup, (name, value)| setup.environment(name, value));
    (clock, setup)
}

#[tokio::test]
async fn the_authority_says_when_to_renew() {
    let world = World::new().await;
    world.server.script().window = Some(("2020-01-01T00:00:00Z".to_owned(), "2020-01-02T00:00:00Z".to_owned()));
    let (clock, setup) = by_a_clock(world.setup(""));
    let octroi = setup.start().await;
    let first = world.next_served(&octroi, None).await;
    world.server.until_asked(RENEWAL_INFO, 1).await;
    // The window is over: it is renewed as soon as it may be, an hour after the last.
    clock.set(HOUR);
    world.next_served(&octroi, Some(&first)).await;
    assert_eq!(world.server.count(NEW_ORDER), 2, "each renewal is due at once, but waits for its hour");
    world.visit(&octroi).await;
}

#[tokio::test]
async fn an_outage_keeps_the_last_certificate_and_is_logged() {
    let world = World::new().await;
    let (clock, setup) = by_a_clock(world.setup(""));
    let octroi = setup.launch().await;
    let first = world.next_served(&octroi, None).await;
    world.server.script().is_down = true;
    clock.set(DUE);
    let failure = told(&octroi, "no certificate was issued").await;
    assert!(failure["error"].as_str().unwrap().contains("no usable answer"), "{failure}");
    assert!(failure["help"].as_str().unwrap().contains("`server`"), "{failure}");
    assert_eq!(failure["serving"], "the last certificate");
    assert_eq!(world.served(&octroi).await, Some(first.clone()));
    let metrics =
        octroi.metrics_until("a failure", |all| all.count("octroi_acme_failures", &[("host", HOST)]) > 0).await;
    assert!(metrics.count("octroi_acme_orders_total", &[("result", "unreachable")]) > 0);
    world.server.script().is_down = false;
    world.next_served(&octroi, Some(&first)).await;
    octroi.metrics_until("success", |all| all.count("octroi_acme_failures", &[("host", HOST)]) == 0).await;
}

#[tokio::test]
async fn a_rate_limit_is_obeyed_as_long_as_the_server_says() {
    let world = World::new().await;
    world.server.script().limited = Some(7200);
    let setup = world.setup("");
    let octroi = setup.launch().await;
    let failure = told(&octroi, "no certificate was issued").await;
    assert!(failure["error"].as_str().unwrap().contains("too many"), "{failure}");
    assert_eq!(failure["retry_in_seconds"], 7200);
    octroi
        .metrics_until("the limit", |all| all.count("octroi_acme_orders_total", &[("result", "rate-limited")]) == 1)
        .await;
    // A restart does not ask again: the wait is written down.
    drop(octroi);
    world.server.script().limited = None;
    let orders = world.server.count(NEW_ORDER);
    let octroi = setup.launch().await;
    octroi.metrics_until("the wait", |all| all.count("octroi_acme_failures", &[("host", HOST)]) == 1).await;
    assert_eq!(world.server.count(NEW_ORDER), orders);
}

#[tokio::test]
async fn of_two_replicas_one_orders_and_both_serve() {
    let world = World::new().await;
    // Both take connections from the same sockets, as from a balancer: either may be asked for the challenge.
    let setup = world.setup("");
    let (one, other) = (setup.launch().await, setup.launch().await);
    let all = |metrics: &crate::support::metrics::Metrics| metrics.has("octroi_certificate_expiry_timestamp_seconds");
    one.metrics_until("the pair", all).await;
    other.metrics_until("the pair", all).await;
    // A process knows the pair a moment before its listener shows it.
    world.next_served(&one, None).await;
    drop(one);
    world.next_served(&other, None).await;
    world.visit(&other).await;
    assert_eq!((world.server.count(NEW_ORDER), world.server.count(NEW_ACCOUNT)), (1, 1));
}

#[tokio::test]
async fn external_account_binding_uses_the_key_of_the_authority() {
    const KEY: &str = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
    let doors = Doors::new();
    let server = AcmeServer::for_customers(&doors, &[("kid-1", KEY)]).await;
    let world = World::with(doors, server).await;
    for (eab, key) in
        [("", KEY), (", eab = { key_id = \"kid-1\", key_file = \"eab.key\" }", "c29tZSBvdGhlciBrZXksIGxvbmcgZW5vdWdo")]
    {
        let setup = world.setup(eab);
        std::fs::write(setup.directory().join("eab.key"), key).unwrap();
        let octroi = setup.start().await;
        let record = told(&octroi, "no certificate was issued").await;
        assert!(record["error"].as_str().unwrap().contains("makes no account"), "{record}");
        assert!(record["help"].as_str().unwrap().contains("`eab`"), "{record}");
        assert!(!world.folder(&octroi).join("account.json").exists());
    }
    let setup = world.setup(", eab = { key_id = \"kid-1\", key_file = \"eab.key\" }");
    std::fs::write(setup.directory().join("eab.key"), format!("{KEY}\n")).unwrap();
    let octroi = setup.start().await;
    world.next_served(&octroi, None).await;
    assert!(octroi.stderr.lines().iter().all(|line| !line.contains(KEY)));
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_logged_and_nothing_is_ordered() {
    let world = World::new().await;
    let setup = Setup::before(&world.origin).hosts(&format!("[\"{HOST}\"]")).without_privileges();
    let table = world.server.table(setup.directory(), "");
    let setup = setup.and_listener(&format!("address = \"127.0.0.1:0\"\ntls = {{ acme = {table} }}"));
    let folder = world.server.folder(setup.directory());
    std::fs::create_dir_all(&folder).unwrap();
    set_mode(&folder, 0o500);
    let octroi = setup.start().await;
    let failure = told(&octroi, "the ACME folder cannot be used: nothing is ordered").await;
    assert!(failure["error"].as_str().unwrap().contains("localhost-"), "{failure}");
    octroi.metrics_until("the folder", |all| all.count("octroi_acme_orders_total", &[("result", "folder")]) > 0).await;
    assert_eq!(world.server.count("/"), 0, "the authority heard of it");
    let mut client = octroi.client().await;
    client.exchange(format!("GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n")).await.assert_status(200);
    set_mode(&folder, 0o700);
}

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[tokio::test]
async fn damaged_files_are_set_aside_and_made_anew() {
    let world = World::new().await;
    let setup = world.setup("");
    let folder = world.server.folder(setup.directory());
    std::fs::create_dir_all(&folder).unwrap();
    let names = ["account.json".to_owned(), format!("{HOST}.json"), format!("{HOST}.pem")];
    for name in &names {
        std::fs::write(folder.join(name), "{ \"half\": ").unwrap();
    }
    let octroi = setup.launch().await;
    world.next_served(&octroi, None).await;
    for name in &names {
        assert!(folder.join(format!("{name}.damaged")).exists(), "{name}");
    }
}

#[tokio::test]
async fn a_pair_that_is_damaged_on_disk_is_still_served() {
    let world = World::new().await;
    let setup = world.setup("");
    let octroi = setup.launch().await;
    let first = world.next_served(&octroi, None).await;
    world.server.script().is_down = true;
    std::fs::write(world.server.folder(setup.directory()).join(format!("{HOST}.pem")), "-----BEGIN CERT").unwrap();
    told(&octroi, "no certificate was issued").await;
    assert_eq!(world.served(&octroi).await, Some(first.clone()));
    world.server.script().is_down = false;
    world.next_served(&octroi, Some(&first)).await;
}

#[tokio::test]
async fn a_clock_that_jumps_renews_early_and_serving_continues() {
    let world = World::new().await;
    let (clock, setup) = by_a_clock(world.setup(""));
    let octroi = setup.launch().await;
    let first = world.next_served(&octroi, None).await;
    clock.set(DUE);
    let second = world.next_served(&octroi, Some(&first)).await;
    // By this clock whatever comes has expired: it is refused, and the last one stays.
    clock.set(10 * YEAR);
    let failure = told(&octroi, "no certificate was issued").await;
    assert!(failure["error"].as_str().unwrap().contains("clock"), "{failure}");
    assert_eq!(world.served(&octroi).await, Some(second.clone()));
    clock.set(0);
    world.visit(&octroi).await;
}

#[tokio::test]
async fn an_order_is_resumed_after_a_restart() {
    let world = World::new().await;
    world.server.script().held = Some(FINALIZE);
    let setup = world.setup("");
    let octroi = setup.launch().await;
    world.server.until_asked(FINALIZE, 1).await;
    octroi.signal("KILL");
    octroi.exit_code().await;
    world.server.script().held = None;
    let octroi = setup.launch().await;
    world.next_served(&octroi, None).await;
    assert_eq!(world.server.count(NEW_ORDER), 1, "it was ordered twice");
}

#[tokio::test]
async fn an_endless_response_of_the_server_costs_no_memory() {
    let world = World::new().await;
    world.server.script().endless = true;
    let octroi = world.setup("").start().await;
    let failure = told(&octroi, "no certificate was issued").await;
    assert!(failure["error"].as_str().unwrap().contains("too long"), "{failure}");
    assert!(octroi.memory_kib("VmHWM") < 100 << 10, "{} KiB", octroi.memory_kib("VmHWM"));
    let mut client = octroi.client().await;
    client.exchange(format!("GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n")).await.assert_status(308);
}
