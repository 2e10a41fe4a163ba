//! Requests for an upgrade that is refused: their connection ends as any other. The answer arrives complete,
//! TLS sends `close_notify`, and bytes that the visitor has sent after the request are discarded.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use super::faults::nobody;
use super::upgrade::HANDSHAKE;
use crate::support::client::tls;
use crate::support::origin::ok;
use crate::support::{Authority, Findings, Octroi, Origin, Setup, shown, within};

const H2C: &str = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";

/// More than one protocol to choose from is ignored, as a server may (RFC 9110 §7.8). The visitor must not speak another one
/// before a 101, so what comes behind is a request.
const ANY_OF: &str = "Connection: Upgrade\r\nUpgrade: foo, websocket\r\n";

/// Each is what a visitor sends, and the statuses that come back before the end.
pub(super) fn asked() -> Vec<(String, Vec<u16>)> {
    let get = |host: &str, lines: &str| format!("GET / HTTP/1.1\r\nHost: {host}\r\n{lines}\r\n");
    let post = |host: &str, lines: &str| {
        format!("POST / HTTP/1.1\r\nHost: {host}\r\n{lines}Content-Length: 900000\r\n\r\nGET / HTTP/1.1\r\n")
    };
    let close = "Connection: close\r\n";
    vec![
        (get("h", HANDSHAKE), vec![200]),
        (get("h", &format!("{HANDSHAKE}{close}")), vec![200]),
        (get("h", &format!("{H2C}{close}")), vec![200]),
        (get("h", "Upgrade: other\r\nConnection: close\r\n"), vec![200]),
        (get("h", H2C) + &get("h", close), vec![200, 200]),
        (get("h", H2C) + &get("h", HANDSHAKE), vec![200, 200]),
        (get("h", ANY_OF) + &get("h", close), vec![200, 200]),
        (get("h", H2C) + "\0", vec![200, 400]),
        (get("h", H2C) + &get("h", &"X: y\r\n".repeat(150)), vec![200, 431]),
        (get("h", H2C) + &get("h", &format!("X: {}\r\n", "x".repeat(99_000))), vec![200, 431]),
        (get("elsewhere", HANDSHAKE), vec![421]),
        (get("dead", HANDSHAKE), vec![502]),
        ("CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\nConnection: close\r\n\r\n".to_owned(), vec![405]),
        (post("elsewhere", HANDSHAKE), vec![421]),
        (post("elsewhere", H2C), vec![421]),
        (post("dead", HANDSHAKE), vec![502]),
        // HTTP/1.0 knows no upgrade.
        (format!("GET / HTTP/1.0\r\nHost: h\r\n{HANDSHAKE}\r\n"), vec![200]),
    ]
}

/// What may follow: first bytes of the other protocol, or of a request.
const BEHIND: [&str; 3] = ["", "\x01 early\n", "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n"];

async fn before(origin: &Origin, authority: &Authority) -> Octroi {
    let setup = Setup::before(origin).hosts(r#"["h"]"#).and_site(r#"["dead"]"#, nobody());
    setup.tls(authority, &[&["h", "dead", "elsewhere"]]).start().await
}

/// Sends a request, and reads to the end, which must be a clean one. Returns what was received.
async fn visit(mut stream: impl AsyncRead + AsyncWrite + Unpin, sent: &str) -> Result<String, String> {
    within("the request to leave", stream.write_all(sent.as_bytes())).await.map_err(|error| error.to_string())?;
    let mut came = Vec::new();
    let ended = within("the end", stream.read_to_end(&mut came)).await;
    ended.map(|_| shown(&came)).map_err(|error| format!("{error} behind {}", shown(&came)))
}

fn statuses(came: &str) -> Vec<u16> {
    came.split("HTTP/1.").skip(1).filter_map(|answer| answer.get(2..5)?.parse().ok()).collect()
}

#[tokio::test]
async fn a_connection_without_the_upgrade_that_was_asked_for_ends_well() {
    let origin = Origin::always(ok("", "no")).await;
    let authority = Authority::new();
    let octroi = before(&origin, &authority).await;
    let mut visits = tokio::task::JoinSet::new();
    for (asked, expected) in asked() {
        for behind in BEHIND {
            let sent = format!("{asked}{behind}");
            let expected = expected.clone();
            let (address, tls_address, config) = (octroi.address, octroi.tls, authority.client(&["http/1.1"]));
            visits.spawn(async move {
                let clear = visit(TcpStream::connect(address).await.unwrap(), &sent).await;
                let site = if sent.contains("Host: dead") { "dead" } else { "h" };
                let tls = visit(tls(tls_address, site, config).await.unwrap(), &sent).await;
                [("in clear", clear), ("under TLS", tls)].map(|(how, came)| {
                    (came.as_deref().map(statuses) != Ok(expected.clone()))
                        .then(|| format!("{how}: {sent:?} should get {expected:?}: {came:?}"))
                })
            });
        }
    }
    let mut findings = Findings::default();
    while let Some(visited) = visits.join_next().await {
        for wrong in visited.unwrap().into_iter().flatten() {
            findings.expect(false, || wrong);
        }
    }
    findings.none();
    assert!(origin.requests().iter().all(|request| request.target() == "/"));
}

/// A visitor who closes their side after an answer that was no upgrade is answered in kind.
#[tokio::test]
async fn a_visitor_who_leaves_after_a_refused_upgrade_gets_close_notify() {
    let origin = Origin::always(ok("", "no")).await;
    let authority = Authority::new();
    let octroi = before(&origin, &authority).await;
    let mut stream = tls(octroi.tls, "h", authority.client(&["http/1.1"])).await.unwrap();
    stream.write_all(format!("GET / HTTP/1.1\r\nHost: h\r\n{H2C}\r\n").as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\nno") {
        within("the answer", stream.read_buf(&mut answer)).await.unwrap();
    }
    stream.shutdown().await.unwrap();
    assert_eq!(within("the end", stream.read_to_end(&mut answer)).await.unwrap(), 0);
}

/// The visitor is still sending when the answer comes: a reset would take it away.
#[tokio::test]
async fn a_refused_upgrade_is_read_by_a_visitor_who_is_still_sending() {
    let origin = Origin::always(ok("", "no")).await;
    let authority = Authority::new();
    let octroi = before(&origin, &authority).await;
    for lines in [HANDSHAKE, H2C] {
        for _ in 0..10 {
            let mut stream = TcpStream::connect(octroi.address).await.unwrap();
            let head = format!("POST / HTTP/1.1\r\nHost: elsewhere\r\n{lines}Content-Length: 1000000\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            within("the body to leave", stream.write_all(&vec![b'x'; 500_000])).await.unwrap();
            let mut came = Vec::new();
            let read = within("the end", stream.read_to_end(&mut came)).await;
            assert!(read.is_ok() && came.starts_with(b"HTTP/1.1 421 "), "{read:?} behind {}", shown(&came));
        }
    }
}
