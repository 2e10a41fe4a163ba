//! A portal on a Unix socket: everything works as over TCP, and an error says why the socket cannot be opened.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Semaphore;

use crate::support::choice::refused;
use crate::support::client::{get, navigate};
use crate::support::octroi::diagnostic;
use crate::support::origin::{ok, replies};
use crate::support::{Findings, Octroi, Origin, Setup, lines, within};

/// octroi before a socket of its own folder.
fn before_socket(name: &str) -> (Setup, PathBuf) {
    let setup = Setup::before_address("127.0.0.1:1".parse().unwrap());
    let path = setup.directory().join(name);
    // Relative to the configuration's folder, as all paths are.
    (setup.endpoint(&format!("unix:{name}")).one_worker(), path)
}

#[tokio::test]
async fn cookies_are_judged_and_the_connection_is_used_again() {
    let (setup, path) = before_socket("portal.sock");
    let reply = |_: &_| ok("Set-Cookie: sessionid=s\r\nSet-Cookie: _ga=1\r\n", "page");
    let portal = Origin::on_socket(&path, replies(reply));
    let octroi = setup.start().await;
    let mut client = octroi.client().await;
    for _ in 0..3 {
        let page = client.exchange(navigate("/", &format!("Cookie: sessionid=s; _ga=1; {}\r\n", refused()))).await;
        let set: Vec<_> = page.set_cookies().into_iter().filter(|line| !line.contains("Max-Age=0")).collect();
        assert_eq!((page.status(), set), (200, vec!["sessionid=s".to_owned()]), "{}", page.shown());
    }
    let seen = portal.last();
    assert_eq!(seen.texts("host"), ["data.education.gouv.fr"]);
    assert!(!seen.texts("cookie").concat().contains("_ga"), "{}", seen.shown());
    assert_eq!((portal.requests().len(), portal.connections()), (3, 1));
    let named = format!("unix:{}", path.display());
    assert!(octroi.logged("\"status\":200").await.contains(&named));
}

#[tokio::test]
async fn large_bodies_go_both_ways() {
    let (setup, path) = before_socket("portal.sock");
    let _portal = Origin::on_socket(&path, replies(|request| ok("", &request.text())));
    let octroi = setup.start().await;
    let body = lines(400_000, |number| format!("{number:09}\n"));
    let request = format!("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let mut client = octroi.client().await;
    assert!(client.exchange(request).await.text() == body, "the body came back changed");
}

#[tokio::test]
async fn a_tunnel_passes() {
    let (setup, path) = before_socket("portal.sock");
    let _portal = Origin::on_socket(&path, |mut visit| async move {
        visit.head().await;
        let accept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\nhello";
        let switch = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n";
        visit.send(format!("{switch}{accept}")).await;
        let heard = visit.wire.take(4).await;
        visit.send(&heard).await;
    });
    let octroi = setup.start().await;
    let mut client = octroi.client().await;
    let lines = "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                 Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    let switched = client.exchange(get("/", lines)).await;
    assert_eq!(switched.status(), 101);
    client.send("ping").await;
    assert_eq!(client.wire.take(9).await, b"helloping");
}

/// The portal closes an idle connection, or says something unasked on it: it is not used for another request. What is written
/// to a Unix socket is in the reader's queue at once, so octroi's next look finds it.
#[tokio::test]
async fn an_idle_connection_that_is_no_longer_good_is_not_used() {
    for unasked in ["", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"] {
        let (setup, path) = before_socket("portal.sock");
        let (idle, said) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let (is_idle, has_said) = (Arc::clone(&idle), Arc::clone(&said));
        let portal = Origin::on_socket(&path, move |mut visit| {
            let (is_idle, has_said) = (Arc::clone(&is_idle), Arc::clone(&has_said));
            async move {
                visit.request().await;
                visit.send(ok("", "true")).await;
                is_idle.acquire().await.unwrap().forget();
                visit.send(unasked).await;
                if unasked.is_empty() {
                    visit.wire.finish().await;
                }
                has_said.add_permits(1);
                visit.closed().await;
            }
        });
        let octroi = setup.start().await;
        let mut client = octroi.client().await;
        for asked in 1..=3 {
            assert_eq!(client.get("/", "").await.assert_status(200).text(), "true");
            // Counted when its body has gone out; by then its connection is back in the pool.
            octroi.after_requests(asked).await;
            idle.add_permits(1);
            within("the portal's word", said.acquire()).await.unwrap().forget();
        }
        assert_eq!(portal.connections(), 3);
        let metrics = octroi.after_requests(3).await;
        let events = |event| metrics.sum("octroi_upstream_events_total", &[("event", event)]);
        assert!(events("reused") + events("retried") < 0.5, "a connection was used again");
    }
}

#[tokio::test]
async fn a_visitor_who_goes_away_is_noticed_by_the_portal() {
    let (setup, path) = before_socket("portal.sock");
    let (ended, mut has_ended) = tokio::sync::mpsc::unbounded_channel();
    let portal = Origin::on_socket(&path, move |mut visit| {
        let ended = ended.clone();
        async move {
            visit.request().await;
            visit.closed().await;
            ended.send(()).unwrap();
        }
    });
    let octroi = setup.start().await;
    let mut client = octroi.client().await;
    client.send(get("/", "")).await;
    portal.nth(1).await;
    drop(client);
    within("the end of the portal's connection", has_ended.recv()).await.unwrap();
}

/// What stands at the socket's path, as long as the listener is held.
type Prepare = dyn Fn(&Path) -> Option<UnixListener>;

/// What one request gets, and what the log says of it.
async fn failure(octroi: &Octroi) -> (u16, String, String) {
    let page = octroi.client().await.get("/", "").await;
    let status = page.field("proxy-status").unwrap_or_default();
    let said = |line: &str| {
        let (_, fields) = diagnostic(line)?;
        let error = fields.get("error")?.as_str()?.to_owned();
        error.contains("unix:").then_some(error)
    };
    (page.status(), status, octroi.stderr.find("the failure", said).await.unwrap_or_default())
}

#[tokio::test]
async fn a_socket_that_cannot_be_opened_is_named_with_the_reason() {
    let nothing = |_: &Path| None;
    let file = |path: &Path| {
        std::fs::write(path, "").unwrap();
        None
    };
    let closed = |path: &Path| {
        let listener = UnixListener::bind(path).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::os::unix::fs::chown(path, Some(65534), Some(65534)).unwrap();
        Some(listener)
    };
    let left = |path: &Path| {
        drop(UnixListener::bind(path).unwrap());
        None
    };
    let rows: [(&Prepare, &str, &str); 4] = [
        (&nothing, "destination_unavailable", "start the portal"),
        (&file, "connection_refused", "it is no socket"),
        (&left, "connection_refused", "nobody listens there"),
        (&closed, "destination_unavailable", "put its user into the socket's group"),
    ];
    let mut findings = Findings::default();
    for (prepare, word, advice) in rows {
        let (setup, path) = before_socket("portal.sock");
        let _held = prepare(&path);
        let octroi = setup.without_privileges().start().await;
        let (status, proxy_status, error) = failure(&octroi).await;
        let who = format!("as user {} and group", rustix::process::geteuid().as_raw());
        let named = format!("unix:{}", path.display());
        let told = status == 502
            && proxy_status.contains(word)
            && [&*named, &*who, advice].iter().all(|part| error.contains(part));
        findings.expect(told, || format!("{advice}: {status} {proxy_status}: {error}"));
    }
    findings.none();
}

/// A queue that is full makes octroi wait, as it would over TCP, and not fail at once.
#[tokio::test]
async fn octroi_waits_for_a_portal_whose_queue_is_full() {
    let (setup, path) = before_socket("portal.sock");
    let socket = socket2::Socket::new(socket2::Domain::UNIX, socket2::Type::STREAM, None).unwrap();
    socket.bind(&socket2::SockAddr::unix(&path).unwrap()).unwrap();
    socket.listen(0).unwrap();
    socket.set_nonblocking(true).unwrap();
    let mut waiting = Vec::new();
    let full = loop {
        match UnixStream::connect(&path).await {
            Ok(stream) => waiting.push(stream),
            Err(error) => break error,
        }
    };
    assert_eq!(full.kind(), std::io::ErrorKind::WouldBlock);
    let octroi = setup.site("[site.timeouts]\nupstream_connect = \"300ms\"").start().await;
    let page = octroi.client().await.get("/", "").await;
    assert_eq!(
        (page.status(), page.field("proxy-status").unwrap_or_default().contains("connection_timeout")),
        (504, true)
    );
    drop(waiting);
    let listener =
        UnixListener::from_std(std::os::unix::net::UnixListener::from(std::os::fd::OwnedFd::from(socket))).unwrap();
    let serving = tokio::spawn(async move {
        loop {
            let mut stream = listener.accept().await.unwrap().0;
            tokio::spawn(async move {
                let mut head = [0; 4096];
                if tokio::io::AsyncReadExt::read(&mut stream, &mut head).await.is_ok_and(|bytes| bytes > 0) {
                    tokio::io::AsyncWriteExt::write_all(&mut stream, &ok("", "served")).await.unwrap();
                }
            });
        }
    });
    assert_eq!(octroi.client().await.get("/", "").await.assert_status(200).text(), "served");
    serving.abort();
}

#[tokio::test]
async fn checks_see_a_portal_end_and_come_back() {
    let (setup, path) = before_socket("portal.sock");
    let setup = setup.upstream("health = { path = \"/health\", interval = \"200ms\", fall = 1, rise = 1 }");
    let serve = || replies(|_| ok("", "here"));
    let portal = Origin::on_socket(&path, serve());
    let octroi = setup.start().await;
    let name = format!("unix:{}", path.display());
    let is_up = async |wanted: bool| {
        let up = |metrics: &crate::support::metrics::Metrics| {
            metrics.sum("octroi_upstream_endpoint_up", &[("endpoint", &name)]) > 0.0
        };
        octroi.metrics_until("the endpoint's state", |metrics| up(metrics) == wanted).await;
    };
    portal.nth(1).await;
    assert_eq!(portal.last().texts("host"), ["localhost"]);
    is_up(true).await;
    portal.stop().await;
    is_up(false).await;
    std::fs::remove_file(&path).unwrap();
    let _again = Origin::on_socket(&path, serve());
    is_up(true).await;
    assert_eq!(octroi.client().await.get("/", "").await.assert_status(200).text(), "here");
}
