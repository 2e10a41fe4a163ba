//! A visitor: one connection, some exchanges of any kind on it, and one of many ways to end it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use fastrand::Rng;
use h2::Reason;
use tokio::time::sleep;

use super::ask::Ask;
use super::connection::{self, Connection};
use super::judge::{Outcome, judge};
use super::pattern;
use super::world::World;
use crate::support::http2::Http2;
use crate::support::wire::Wire;
use crate::support::within;

/// So many requests at most are sent at once on one connection.
const TOGETHER: usize = 6;
const LONGEST_PAUSE_MS: u64 = 20;
/// Bytes of a long body that pass before its visitor leaves.
const LONGEST_PART: usize = 64 << 10;

/// Heads that no lenient reader may make something of.
const MALFORMED: [&str; 7] = [
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n\r\n",
    "GET /a b HTTP/1.1\r\nHost: data.education.gouv.fr\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : data.education.gouv.fr\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: data.education.gouv.fr\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: data.education.gouv.fr\r\nContent-Length: +1\r\n\r\na",
    "GET / HTTP/1.1\r\nHost: data.education.gouv.fr\r\nX: a\r\n folded\r\n\r\n",
];

/// The whole visit.
pub(crate) async fn visit(world: Arc<World>, mut rng: Rng) {
    let mut connection = Connection::open(&world, &mut rng).await;
    for _ in 0..rng.u8(1..=12) {
        pause(&mut rng).await;
        match rng.u8(..20) {
            0 => return abort(&world, connection, &mut rng).await,
            1 => return super::tunnel::visit(&world, connection, &mut rng).await,
            2 => return malformed(&world, connection, &mut rng).await,
            _ if !exchange(&world, &mut connection, &mut rng).await => return,
            _ => {}
        }
    }
}

/// Says what was asked if the support gives up waiting.
struct Asked(Vec<String>);

impl Drop for Asked {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the visitor asked for {:?}", self.0);
        }
    }
}

async fn pause(rng: &mut Rng) {
    sleep(Duration::from_millis(rng.u64(..LONGEST_PAUSE_MS))).await;
}

/// Whether the connection may be used once more.
async fn exchange(world: &World, connection: &mut Connection, rng: &mut Rng) -> bool {
    let asks = any(world, connection.is_http2(), rng);
    let _asked = Asked(asks.iter().map(|ask| ask.target.clone()).collect());
    let begun = world.ledger.begin();
    let done = connection.exchange(asks).await;
    let mut goes_on = true;
    for (ask, got) in done {
        let outcome = judge(&world.ledger, begun, &ask, got.as_ref());
        let closes = got.as_ref().is_none_or(|got| !got.complete || got.value("connection") == Some("close"));
        goes_on &= outcome == Outcome::Fine && !closes;
    }
    goes_on
}

/// One request of any kind, or several at once.
fn any(world: &World, is_http2: bool, rng: &mut Rng) -> Vec<Ask> {
    let id = || world.ledger.next_id();
    match rng.u8(..20) {
        0..=8 => vec![Ask::visit(id(), rng)],
        9..=11 => (0..rng.usize(2..=TOGETHER)).map(|_| Ask::visit(id(), rng)).collect(),
        12..=14 => vec![Ask::download(id(), rng)],
        15 => vec![Ask::cut(id(), rng)],
        16 if is_http2 => (0..rng.usize(2..=TOGETHER)).map(|_| Ask::upload(id(), rng)).collect(),
        _ => vec![Ask::upload(id(), rng)],
    }
}

/// Answered with 400 and the end of the connection.
async fn malformed(world: &World, connection: Connection, rng: &mut Rng) {
    let Connection::One(mut wire) = connection else { return };
    let head = MALFORMED[rng.usize(..MALFORMED.len())];
    wire.send(head).await;
    let answer = String::from_utf8_lossy(&wire.read_to_end().await).into_owned();
    if !answer.starts_with("HTTP/1.1 400 ") || answer.matches("HTTP/1.1 ").count() != 1 {
        world.ledger.fail(&format!("400 and the end instead of {answer:?} to the malformed {head:?}"));
    }
    let mut book = world.ledger.book();
    *book.fine.entry("malformed").or_default() += 1;
    *book.classes.entry("4xx".to_owned()).or_default() += 1;
}

/// Leaves in the middle of something.
async fn abort(world: &World, connection: Connection, rng: &mut Rng) {
    let id = world.ledger.next_id();
    let ask = [Ask::held, Ask::long_upload, Ask::long_download][rng.usize(..3)](id);
    match connection {
        Connection::One(wire) => abort_http1(wire, &ask, rng).await,
        Connection::Two(client) => abort_http2(client, &ask, rng).await,
    }
    let mut book = world.ledger.book();
    *book.fine.entry("abort").or_default() += 1;
    book.unseen += 1;
}

async fn abort_http2(client: Http2, ask: &Ask, rng: &mut Rng) {
    let Some((response, mut sending)) = connection::begin(client.requests.clone(), ask).await else { return };
    if ask.upload.is_some() {
        let _ = sending.send_data(Bytes::from(pattern::bytes(ask.id, 0, rng.usize(1..LONGEST_PART))), false);
    }
    // Its body waits unread.
    let _answer = if ask.kind == "download" { within("an answer", response).await.ok() } else { None };
    pause(rng).await;
    if rng.bool() {
        sending.send_reset([Reason::CANCEL, Reason::INTERNAL_ERROR][rng.usize(..2)]);
        pause(rng).await;
    }
    client.leave();
}

/// Of an answer that has so much; octroi's own page, if an endpoint has died, is short.
async fn take_part(wire: &mut Wire, bytes: usize) {
    if wire.until(b"\r\n\r\n").await.starts_with(b"HTTP/1.1 200") {
        wire.take(bytes).await;
    }
}

async fn abort_http1(mut wire: Wire, ask: &Ask, rng: &mut Rng) {
    let head = connection::head(ask);
    let sent = if rng.u8(..4) == 0 { rng.usize(1..head.len()) } else { head.len() };
    wire.send(&head[..sent]).await;
    match ask.kind {
        _ if sent < head.len() => pause(rng).await,
        "upload" => wire.send(pattern::bytes(ask.id, 0, rng.usize(1..LONGEST_PART))).await,
        "download" => take_part(&mut wire, rng.usize(1..LONGEST_PART)).await,
        _ => pause(rng).await,
    }
    // A closed sending half may be a visitor who still listens: a held answer must be given up with a reset.
    if ask.kind == "held" || rng.bool() {
        wire.reset();
    }
}
