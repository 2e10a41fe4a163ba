//! WebSocket tunnels over HTTP/1.1 and HTTP/2: an echo, which either side may end at any time.

use std::time::Duration;

use bytes::Bytes;
use fastrand::Rng;
use h2::{RecvStream, SendStream};
use tokio::time::sleep;

use super::ask::{Ask, Got};
use super::body::read_exactly;
use super::connection::{self, Connection};
use super::judge::{Outcome, judge};
use super::pattern::{self, Reader};
use super::world::World;
use crate::support::http2::Http2;
use crate::support::message::Message;
use crate::support::wire::Wire;
use crate::support::within;

const HANDSHAKE: &str = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
const LARGEST_MESSAGE: usize = 60_000;

enum Ends {
    One(Wire),
    Two(Http2, SendStream<Bytes>, RecvStream),
}

/// Opens a tunnel, talks for a while, and leaves.
pub(crate) async fn visit(world: &World, connection: Connection, rng: &mut Rng) {
    let mut ask = Ask::tunnel(world.ledger.next_id(), rng);
    let begun = world.ledger.begin();
    let opened = match connection {
        Connection::One(wire) => open(wire, &ask).await,
        Connection::Two(client) => extend(client, &ask).await,
    };
    ask.wanted.status = if matches!(opened, Some((_, Some(Ends::One(_))))) { 101 } else { 200 };
    let Some((got, Some(mut ends))) = opened else {
        judge(&world.ledger, begun, &ask, opened.as_ref().map(|(got, _)| got));
        return;
    };
    if judge(&world.ledger, begun, &ask, Some(&got)) != Outcome::Fine {
        return;
    }
    let mut reader = Reader::new(ask.id);
    for _ in 0..rng.u8(..6) {
        let length = rng.usize(1..LARGEST_MESSAGE);
        let came = echoed(&mut ends, pattern::bytes(ask.id, reader.length, length), &mut reader).await;
        if reader.differs_at.is_some() || (!came && !world.ledger.excuses(begun, false)) {
            return world.ledger.fail(&format!("a tunnel lost or changed bytes: {reader:?}, {ask:#?}"));
        }
        if !came {
            return;
        }
        sleep(Duration::from_millis(rng.u64(..20))).await;
    }
    leave(ends, rng).await;
}

async fn open(mut wire: Wire, ask: &Ask) -> Option<(Got, Option<Ends>)> {
    wire.send(ask.head() + HANDSHAKE).await;
    let head = Message::new(wire.head().await?);
    let fields = head.fields().into_iter().map(|(name, value)| (name, String::from_utf8_lossy(&value).into_owned()));
    let got = Got { status: head.status(), fields: fields.collect(), body: Reader::new(ask.id), complete: true };
    let ends = (got.status == 101).then_some(Ends::One(wire));
    Some((got, ends))
}

async fn extend(mut client: Http2, ask: &Ask) -> Option<(Got, Option<Ends>)> {
    let mut fields: Vec<(&str, &str)> = ask.fields.iter().map(|(name, value)| (*name, &**value)).collect();
    fields.push(("sec-websocket-version", "13"));
    let (response, sending) = client.extend("websocket", &ask.target, &fields).await;
    let (head, body) = within("an answer", response).await.ok()?.into_parts();
    let got = Got { complete: true, ..connection::got(&head, ask) };
    let ends = (got.status == 200).then_some(Ends::Two(client, sending, body));
    Some((got, ends))
}

/// Whether as many bytes came back.
async fn echoed(ends: &mut Ends, bytes: Vec<u8>, reader: &mut Reader) -> bool {
    let length = bytes.len();
    match ends {
        Ends::One(wire) => wire.try_send(&bytes).await.is_ok() && read_exactly(wire, length, reader).await,
        Ends::Two(_, sending, body) => {
            if sending.send_data(bytes.into(), false).is_err() {
                return false;
            }
            let end = reader.length + length as u64;
            while reader.length < end {
                match within("HTTP/2 data", body.data()).await {
                    Some(Ok(data)) => {
                        let _ = body.flow_control().release_capacity(data.len());
                        reader.read(&data);
                    }
                    _ => return false,
                }
            }
            true
        }
    }
}

async fn leave(ends: Ends, rng: &mut Rng) {
    match (ends, rng.bool()) {
        (Ends::One(mut wire), true) => wire.finish().await,
        (Ends::One(wire), false) => wire.reset(),
        (Ends::Two(client, mut sending, _), true) => {
            sending.send_reset(h2::Reason::CANCEL);
            drop(client);
        }
        (Ends::Two(client, ..), false) => client.leave(),
    }
}
