//! Requests that two programs could read differently: refused with 400 and a closed connection, or made into exactly one
//! request that can be read in one way only, after which the next one begins where it should.

mod chunks;
mod connections;
mod fields;
mod hosts;
mod lengths;
mod lines;

use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup, shown};

/// What must become of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// 400, closed, nothing upstream.
    Refused,
    /// One request whose body is this, then the one behind it.
    One(&'static str),
    /// One request whose body is this, and the connection ends.
    Last(&'static str),
}

use Fate::{Last, One, Refused};

/// What stands behind each request of a table: whoever finds another boundary sees more, or less.
const NEXT: &[u8] = b"GET /next HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

async fn before_portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "")).await;
    let timeouts = "[timeouts]\nheader = \"2s\"\nidle = \"2s\"\nbody_idle = \"2s\"";
    let octroi = Setup::before(&origin).toml(timeouts).start().await;
    (origin, octroi)
}

/// Sends each row over a connection of its own, with [`NEXT`] behind it.
async fn judge<B: AsRef<[u8]>>(rows: &[(B, Fate)]) {
    let (origin, octroi) = before_portal().await;
    let mut findings = Findings::default();
    for (bytes, fate) in rows {
        let before = origin.requests().len();
        let mut client = octroi.client().await;
        client.send([bytes.as_ref(), NEXT].concat()).await;
        let answer = client.wire.read_to_end().await;
        let seen: Vec<_> = origin.requests().drain(before..).collect();
        let wrong = match fate {
            Refused => not_refused(&answer, &seen),
            One(body) => unclean(&seen, body, true).or_else(|| not_ok(&answer, 2)),
            Last(body) => unclean(&seen, body, false).or_else(|| not_ok(&answer, 1)),
        };
        findings.expect(wrong.is_none(), || {
            let wrong = wrong.unwrap_or_default();
            format!("{}\n    {fate:?}: {wrong}\n    answer: {}", shown(bytes.as_ref()), shown(&answer))
        });
    }
    findings.none();
}

/// The rows, all with the same fate.
async fn all<B: AsRef<[u8]>>(fate: Fate, rows: &[B]) {
    let rows: Vec<_> = rows.iter().map(|row| (row.as_ref(), fate)).collect();
    judge(&rows).await;
}

/// Whether the answer is one 400 that announces the end, and nothing reached the portal.
fn not_refused(answer: &[u8], seen: &[Message]) -> Option<String> {
    let text = String::from_utf8_lossy(answer).to_ascii_lowercase();
    let refused = (text.starts_with("http/1.1 400 ") || text.starts_with("http/1.0 400 "))
        && !text.contains("\nhttp/1.")
        && text.contains("\r\nconnection: close\r\n");
    (!refused || !seen.is_empty()).then(|| format!("not refused; {} requests upstream", seen.len()))
}

fn not_ok(answer: &[u8], count: usize) -> Option<String> {
    let text = String::from_utf8_lossy(answer);
    let answers = text.matches("HTTP/1.1 200 ").count() + text.matches("HTTP/1.0 200 ").count();
    (answers != count).then(|| format!("{answers} answers of 200"))
}

/// Why the requests that a row caused upstream are not one clean one, and the next where there is one.
fn unclean(seen: &[Message], body: &str, next: bool) -> Option<String> {
    let request = match seen {
        [request] if !next => request,
        [request, follows] if next && follows.target() == "/next" => request,
        _ => return Some(format!("{} requests upstream", seen.len())),
    };
    let framings = request.values("content-length").len() + request.values("transfer-encoding").len();
    let te = request.field("transfer-encoding");
    let clean = framings <= 1
        && te.is_none_or(|te| te == "chunked")
        && request.complete
        && request.text() == body
        && request.texts("host").len() == 1
        && !request.has("upgrade")
        && request.head.split(|&byte| byte == b'\n').all(|line| line.is_empty() || line.ends_with(b"\r"))
        && memchr::memchr_iter(b'\r', &request.head).all(|at| request.head.get(at + 1) == Some(&b'\n'))
        && !request.head.contains(&0);
    (!clean).then(|| format!("an unclean request upstream:\n{}", request.shown()))
}

/// A POST with these lines in its head, and this behind it.
fn post(lines: &str, body: &str) -> String {
    format!("POST / HTTP/1.1\r\nHost: h\r\n{lines}\r\n{body}")
}

/// A GET with these bytes as further lines of its head.
fn get_with(lines: &[u8]) -> Vec<u8> {
    [b"GET / HTTP/1.1\r\nHost: h\r\n", lines, b"\r\n"].concat()
}
