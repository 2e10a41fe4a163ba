//! Socket activation, and restarts in which no request fails.

use std::net::{SocketAddr, TcpListener};

use crate::support::client::Client;
use crate::support::load::{BODY, NAME};
use crate::support::origin::ok;
use crate::support::{Authority, Load, Octroi, Origin, Setup};

async fn portal() -> Origin {
    Origin::always(ok("", BODY)).await
}

/// What a socket unit holds: bound and listening before any octroi, and after.
fn socket() -> (TcpListener, SocketAddr) {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    (socket, address)
}

async fn body_from(address: SocketAddr) -> String {
    Client::connect(address).await.get("/", "").await.text()
}

/// Two sockets and the setup of every process that serves on them: one in clear, one under TLS.
fn passed(origin: &Origin, authority: &Authority) -> (Setup, SocketAddr, SocketAddr) {
    let ((clear, clear_address), (tls, tls_address)) = (socket(), socket());
    let setup = Setup::before(origin).listening_at("inherited:web").pass("web", &clear).pass("tls", &tls);
    authority.certificate(&[NAME]).write(setup.directory(), "load");
    let table = "address = \"inherited:tls\"\ntls = { certificate = \"load.pem\", key = \"load.key\" }";
    (setup.and_listener(table), clear_address, tls_address)
}

#[tokio::test]
async fn a_passed_socket_is_used_by_number_name_or_address() {
    let origin = portal().await;
    let (socket, address) = socket();
    for written in ["inherited:0", "inherited:web", &address.to_string()] {
        let octroi = Setup::before(&origin).listening_at(written).pass("web", &socket).start().await;
        assert_eq!(octroi.address, address, "{written}");
        assert_eq!(body_from(address).await, BODY);
        octroi.terminate();
        assert_eq!(octroi.exit_code().await, Some(0));
    }
}

#[tokio::test]
async fn several_workers_serve_one_passed_socket() {
    let origin = portal().await;
    let (socket, _) = socket();
    let setup = Setup::before(&origin).listening_at("inherited:web").pass("web", &socket);
    let octroi = setup.toml("[runtime]\nworkers = 3").start().await;
    let mut clients = Vec::new();
    for _ in 0..6 {
        let mut client = octroi.client().await;
        client.get("/", "").await.assert_status(200);
        clients.push(client);
    }
    octroi.metrics_until("six connections", |metrics| metrics.sum("octroi_connections", &[]) >= 6.0).await;
}

#[tokio::test]
async fn passed_sockets_and_configured_listeners_must_match() {
    let origin = portal().await;
    let (listening, address) = socket();
    let stranger = std::net::TcpStream::connect(address).unwrap();
    let connected = TcpListener::from(std::os::fd::OwnedFd::from(stranger));
    let passing = |written: &str, socket| Setup::before(&origin).listening_at(written).pass("web", socket);
    for (setup, named) in [
        (Setup::before(&origin).listening_at("inherited:web"), vec!["inherited:web", "none"]),
        (passing("inherited:wbe", &listening), vec!["inherited:wbe", "inherited:web"]),
        (passing("127.0.0.1:0", &listening), vec!["inherited:0", "inherited:web"]),
        (passing("inherited:web", &connected), vec!["inherited:web", "ListenStream="]),
        (passing("inherited:web", &listening).and_listener("address = \"inherited:0\""), vec!["inherited:0", "none"]),
    ] {
        let (code, _, stderr) = setup.spawn().ended().await;
        assert_eq!(code, Some(2), "{stderr}");
        assert!(named.iter().all(|named| stderr.contains(named)), "{named:?} is not named:\n{stderr}");
    }
}

#[tokio::test]
async fn sockets_announced_to_another_process_are_not_used() {
    let origin = portal().await;
    let setup = Setup::before(&origin).environment("LISTEN_FDS", "1").environment("LISTEN_PID", "1");
    assert_eq!(body_from(setup.start().await.address).await, BODY);
}

/// A new process begins to serve before the old one is told to end.
#[tokio::test]
async fn twenty_restarts_beside_the_old_process_fail_no_request() {
    let (origin, authority) = (portal().await, Authority::new());
    let (setup, clear, tls) = passed(&origin, &authority);
    let mut serving = setup.launch().await;
    let load = Load::start(clear, tls, &authority, 2);
    for _ in 0..20 {
        load.answers(20).await;
        let next = setup.launch().await;
        let old = std::mem::replace(&mut serving, next);
        old.terminate();
        assert_eq!(old.exit_code().await, Some(0));
    }
    load.answers(20).await;
    unharmed(load, serving).await;
}

/// As `systemctl restart` with a socket unit: connections wait in the kernel until the new process is there.
#[tokio::test]
async fn restarts_one_after_the_other_fail_no_request() {
    let (origin, authority) = (portal().await, Authority::new());
    let (setup, clear, tls) = passed(&origin, &authority);
    let mut serving = setup.launch().await;
    let load = Load::start(clear, tls, &authority, 2);
    for _ in 0..4 {
        load.answers(20).await;
        serving.terminate();
        assert_eq!(serving.exit_code().await, Some(0));
        serving = setup.launch().await;
    }
    load.answers(20).await;
    unharmed(load, serving).await;
}

async fn unharmed(load: Load, serving: Octroi) {
    let tally = load.stop().await;
    println!("{tally:?}");
    assert!(tally.failures.is_empty(), "{tally:#?}");
    assert_eq!((tally.crossed, tally.refused), (0, 0), "{tally:?}");
    serving.terminate();
    assert_eq!(serving.exit_code().await, Some(0));
}
