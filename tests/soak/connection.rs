//! A visitor's connection: both protocols, in clear and under TLS, and whole exchanges on it.

use std::future::poll_fn;
use std::time::Duration;

use bytes::Bytes;
use fastrand::Rng;
use h2::SendStream;
use h2::client::{ResponseFuture, SendRequest};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::ask::{Ask, Got, Upload};
use super::body::{self, PIECE, pause};
use super::pattern::{self, Reader};
use super::world::World;
use crate::support::client::{HOST, tls};
use crate::support::http2::{Http2, request};
use crate::support::message::Message;
use crate::support::wire::Wire;
use crate::support::within;

/// Long enough to fill what buffers there are.
const LATE: Duration = Duration::from_millis(300);

pub(crate) enum Connection {
    One(Wire),
    Two(Http2),
}

impl Connection {
    pub(crate) async fn open(world: &World, rng: &mut Rng) -> Self {
        let handshake = async |protocol| tls(world.octroi.tls, HOST, world.authority.client(&[protocol])).await;
        let refused = "octroi takes no connection";
        match rng.u8(..4) {
            0 => Self::One(Wire::tcp(world.octroi.address).await.expect(refused)),
            1 => Self::One(Wire::new(handshake("http/1.1").await.expect(refused))),
            2 => Self::Two(Http2::connect(world.octroi.address).await),
            _ => Self::Two(Http2::over(handshake("h2").await.expect(refused)).await),
        }
    }

    pub(crate) fn is_http2(&self) -> bool {
        matches!(self, Self::Two(_))
    }

    /// All at once: pipelined over HTTP/1.1 (none of several may have a body), side by side over HTTP/2. An answer of
    /// which not even a head came is `None`.
    pub(crate) async fn exchange(&mut self, asks: Vec<Ask>) -> Vec<(Ask, Option<Got>)> {
        match self {
            Self::One(wire) => in_turn(wire, asks).await,
            Self::Two(client) => {
                let streams: JoinSet<_> = asks.into_iter().map(|ask| stream(client.requests.clone(), ask)).collect();
                streams.join_all().await
            }
        }
    }
}

async fn in_turn(wire: &mut Wire, asks: Vec<Ask>) -> Vec<(Ask, Option<Got>)> {
    let heads: String = asks.iter().map(head).collect();
    wire.send(heads).await;
    let mut done = Vec::new();
    for ask in asks {
        let got = answer(wire, &ask).await;
        done.push((ask, got));
    }
    done
}

/// As it goes over HTTP/1.1.
pub(crate) fn head(ask: &Ask) -> String {
    let expects = ask.upload.is_some_and(|upload| upload.expects);
    format!("{}{}\r\n", ask.head(), if expects { "expect: 100-continue\r\n" } else { "" })
}

async fn answer(wire: &mut Wire, ask: &Ask) -> Option<Got> {
    if let Some(upload) = ask.upload {
        if upload.expects {
            let interim = Message::new(wire.head().await?);
            if interim.status() != 100 {
                return rest(wire, interim, ask).await;
            }
        }
        send_body(wire, ask.id, upload).await;
    }
    loop {
        let head = Message::new(wire.head().await?);
        if head.status() >= 200 || head.status() == 101 {
            return rest(wire, head, ask).await;
        }
    }
}

/// The peer may answer early and close: that is seen where the answer is read.
async fn send_body(wire: &mut Wire, id: u64, upload: Upload) {
    if body::send(wire, id, upload.size, upload.chunked, upload.slow).await && upload.chunked {
        wire.send("0\r\n\r\n").await;
    }
}

/// Reads what follows a head. One that is cut off in itself is no head.
async fn rest(wire: &mut Wire, head: Message, ask: &Ask) -> Option<Got> {
    if !head.head.ends_with(b"\r\n\r\n") {
        return None;
    }
    let fields = head.fields().into_iter().map(|(name, value)| (name, String::from_utf8_lossy(&value).into_owned()));
    let mut got = Got { status: head.status(), fields: fields.collect(), body: Reader::new(ask.id), complete: true };
    if ask.slow {
        sleep(LATE).await;
    }
    if ask.method != "HEAD" && !head.never_has_a_body() {
        // Without a length only the end would say whether it is whole; octroi never sends that to HTTP/1.1.
        let framed = head.is_chunked() || head.content_length().is_some();
        got.complete = framed && body::read(wire, &head, &mut got.body, ask.slow).await;
    }
    Some(got)
}

/// One stream of HTTP/2.
async fn stream(requests: SendRequest<Bytes>, ask: Ask) -> (Ask, Option<Got>) {
    let got = match begin(requests, &ask).await {
        Some((response, sending)) => {
            if let Some(upload) = ask.upload {
                send_data(sending, ask.id, upload).await;
            }
            read(response, &ask).await
        }
        None => None,
    };
    (ask, got)
}

pub(crate) async fn begin(requests: SendRequest<Bytes>, ask: &Ask) -> Option<(ResponseFuture, SendStream<Bytes>)> {
    let length = ask.upload.filter(|upload| !upload.chunked).map(|upload| upload.size.to_string());
    let mut fields: Vec<(&str, &str)> = ask.fields.iter().map(|(name, value)| (*name, &**value)).collect();
    fields.extend(length.as_ref().map(|length| ("content-length", &**length)));
    let request = request(ask.method, &ask.target, &fields);
    let mut ready = within("room for a stream", requests.ready()).await.ok()?;
    ready.send_request(request, ask.upload.is_none()).ok()
}

async fn send_data(mut sending: SendStream<Bytes>, id: u64, upload: Upload) {
    let mut sent = 0;
    while sent < upload.size {
        sending.reserve_capacity(PIECE.min((upload.size - sent) as usize));
        let room = within("room to send", poll_fn(|context| sending.poll_capacity(context))).await;
        let Some(Ok(room)) = room else { return };
        let piece = pattern::bytes(id, sent, room.min(PIECE).min((upload.size - sent) as usize));
        sent += piece.len() as u64;
        if sending.send_data(piece.into(), false).is_err() {
            return;
        }
        pause(upload.slow, sent).await;
    }
    let _ = sending.send_data(Bytes::new(), true);
}

async fn read(response: ResponseFuture, ask: &Ask) -> Option<Got> {
    let (head, mut body) = within("an HTTP/2 response", response).await.ok()?.into_parts();
    let mut got = got(&head, ask);
    if ask.slow {
        sleep(LATE).await;
    }
    while let Some(data) = within("HTTP/2 data", body.data()).await {
        let Ok(data) = data else { return Some(got) };
        body.flow_control().release_capacity(data.len()).ok()?;
        got.body.read(&data);
        pause(ask.slow, got.body.length).await;
    }
    got.complete = true;
    Some(got)
}

/// A head, of which nothing has followed yet.
pub(crate) fn got(head: &http::response::Parts, ask: &Ask) -> Got {
    let field = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let fields = head.headers.iter().map(field).collect();
    Got { status: head.status.as_u16(), fields, body: Reader::new(ask.id), complete: false }
}
