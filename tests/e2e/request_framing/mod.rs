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
pub(super) enum Fate {
    /// 400, closed, nothing upstream.
    Refused,
    /// One request whose body is this, then the one behind it.
    One(&'static str),
    /// One request whose body is this, and the connection ends.
    Last(&'static str),
    /// 400 or nothing; nothing arrives whole.
    Broken,
}

use Fate::{Broken, Last, One, Refused};

/// The bytes of a request, and what must become of it.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) bytes: Vec<u8>,
    pub(super) fate: Fate,
}

/// Every table of this folder whose cases stand alone.
pub(super) fn tables() -> Vec<Vec<Case>> {
    [chunks::tables(), fields::tables(), hosts::tables(), lengths::tables(), lines::tables()]
        .into_iter()
        .flatten()
        .collect()
}

/// What stands behind each request of a table: a reader that finds another boundary sees more, or less.
pub(super) const NEXT: &[u8] = b"GET /next HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

async fn before_portal() -> (Origin, Octroi) {
    let origin = Origin::always(ok("", "")).await;
    let timeouts = "[timeouts]\nheader = \"2s\"\nidle = \"2s\"\nbody_idle = \"2s\"";
    let octroi = Setup::before(&origin).toml(timeouts).start().await;
    (origin, octroi)
}

impl Fate {
    /// What is wrong with the answer to a request and the [`NEXT`] behind it, and with what the portal has seen of them.
    pub(super) fn wrong(self, answer: &[u8], seen: &[Message]) -> Option<String> {
        match self {
            Refused => not_refused(answer, seen),
            One(body) => unclean(seen, body, true).or_else(|| not_ok(answer, 2)),
            Last(body) => unclean(seen, body, false).or_else(|| not_ok(answer, 1)),
            Broken => not_broken(answer, seen),
        }
    }
}

/// Sends each case over a connection of its own, with [`NEXT`] behind it.
async fn judge(cases: Vec<Case>) {
    let (origin, octroi) = before_portal().await;
    let mut findings = Findings::default();
    for Case { bytes, fate } in cases {
        let before = origin.requests().len();
        let mut client = octroi.client().await;
        client.send([&bytes, NEXT].concat()).await;
        let answer = client.wire.read_to_end().await;
        let seen: Vec<_> = origin.requests().drain(before..).collect();
        if let Some(wrong) = fate.wrong(&answer, &seen) {
            findings
                .expect(false, || format!("{}\n    {fate:?}: {wrong}\n    answer: {}", shown(&bytes), shown(&answer)));
        }
    }
    findings.none();
}

/// Cases with a fate each.
fn each<B: AsRef<[u8]>>(rows: impl IntoIterator<Item = (B, Fate)>) -> Vec<Case> {
    rows.into_iter().map(|(bytes, fate)| Case { bytes: bytes.as_ref().to_vec(), fate }).collect()
}

/// Cases that all have the same fate.
fn all<B: AsRef<[u8]>>(fate: Fate, rows: impl IntoIterator<Item = B>) -> Vec<Case> {
    each(rows.into_iter().map(|row| (row, fate)))
}

/// Whether the answer is one 400 that announces the end, and nothing reached the portal.
fn not_refused(answer: &[u8], seen: &[Message]) -> Option<String> {
    let text = String::from_utf8_lossy(answer).to_ascii_lowercase();
    let refused = (text.starts_with("http/1.1 400 ") || text.starts_with("http/1.0 400 "))
        && !text.contains("\nhttp/1.")
        && text.contains("\r\nconnection: close\r\n");
    (!refused || !seen.is_empty()).then(|| format!("not refused; {} requests upstream", seen.len()))
}

/// Whether something arrived whole, or was answered with anything but 400.
fn not_broken(answer: &[u8], seen: &[Message]) -> Option<String> {
    let whole = seen.iter().any(|request| request.complete || request.target() == "/next");
    let wrong = whole || !(answer.is_empty() || answer.starts_with(b"HTTP/1.1 400 "));
    wrong.then(|| format!("{} requests upstream", seen.len()))
}

fn not_ok(answer: &[u8], count: usize) -> Option<String> {
    let text = String::from_utf8_lossy(answer);
    let answers = text.matches("HTTP/1.1 200 ").count() + text.matches("HTTP/1.0 200 ").count();
    (answers != count).then(|| format!("{answers} answers of 200"))
}

/// Why the requests that a row caused upstream are not one clean one, and the next if there is one.
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
