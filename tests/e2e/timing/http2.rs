//! HTTP/2 in pieces: what is cut before, within and behind a frame's header, and within its payload, has the same effect.

use std::collections::{BTreeMap, BTreeSet};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::grammar::head_length;
use super::outcome::Visited;
use super::script::Script;
use super::world::{By, Job, LONGEST, Reply, World};
use super::{PAUSES, assert_right, long_timeouts, plain};
use crate::e2e::limits::{LIMITS, at_the_limits};
use crate::e2e::{rfc9113, semantics};
use crate::support::Message;
use crate::support::frames::{
    ACK, END_HEADERS, END_STREAM, Field, Frame, PADDED, PREFACE, block, frame, frames_of, status_of,
};
use crate::support::wire::Duplex;

/// The length of a frame's header.
const HEADER: usize = 9;
/// No response comes to it.
const STUCK: &[u8] = b"/stuck";
/// What was sent before these has been dealt with once both are answered: a `RST_STREAM` may come behind the first answer.
const MARKS: [&[u8; 8]; 2] = [b"settled?", b"for sure"];

/// A portal that leaves `/stuck` unanswered.
fn portal(head: &Message) -> Reply {
    if head.target().as_bytes() == STUCK { Reply::Early(Script::whole("")) } else { plain(head) }
}

/// A request of HTTP/1.1 as frames: its head in one or more, its body in two.
fn translated(request: &[u8]) -> Vec<u8> {
    let (head, body) = request.split_at(head_length(request));
    let head = Message::new(head.to_vec());
    let (method, target, fields) = (head.method(), head.target(), head.fields());
    let host = head.values("host").pop().unwrap_or_default();
    let pseudo: [Field<'_>; 4] =
        [(b":method", method.as_bytes()), (b":scheme", b"http"), (b":authority", &host), (b":path", target.as_bytes())];
    let others = fields.iter().filter(|(name, _)| name != "host").map(|(name, value)| (name.as_bytes(), &**value));
    let block = block(&pseudo.into_iter().chain(others).collect::<Vec<_>>());
    let mut parts: Vec<_> = block.chunks(16_000).map(|part| frame(Frame::CONTINUATION, 0, 1, part)).collect();
    parts[0][3] = Frame::HEADERS;
    parts[0][4] = if body.is_empty() { END_STREAM } else { 0 };
    parts.last_mut().unwrap()[4] |= END_HEADERS;
    if !body.is_empty() {
        let (begin, end) = body.split_at(body.len() / 2);
        parts.push(frame(Frame::DATA, 0, 1, begin));
        parts.push(frame(Frame::DATA, PADDED | END_STREAM, 1, &[&[3], end, &[0; 3]].concat()));
    }
    [PREFACE, &frame(Frame::SETTINGS, 0, 0, &[]), &parts.concat()].concat()
}

/// The places to cut: around and within each header, and within each payload.
fn cuts(said: &[u8]) -> Vec<usize> {
    let mut cuts = vec![1, PREFACE.len() / 2, PREFACE.len()];
    let mut begins = PREFACE.len();
    for frame in frames_of(&said[begins..]) {
        let length = frame.payload.len();
        let payload = begins + HEADER;
        cuts.extend([1, 3, 4, 5, 8, HEADER].map(|within| begins + within));
        cuts.extend([length / 2, length.saturating_sub(1), length].map(|within| payload + within));
        begins = payload + length;
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// The streams whose requests are to be answered.
fn awaited(said: &[u8]) -> BTreeSet<u32> {
    let frames = frames_of(said.strip_prefix(PREFACE).unwrap_or_default());
    let heads = || frames.iter().filter(|frame| frame.kind == Frame::HEADERS);
    let is_stuck = |head: &&Frame| memchr::memmem::find(&head.payload, STUCK).is_some();
    let stuck: BTreeSet<_> = heads().filter(is_stuck).map(|head| head.stream).collect();
    heads().map(|head| head.stream).filter(|stream| !stuck.contains(stream)).collect()
}

/// Says all of it, and reads until all of it has been dealt with or the connection ends. Returns all that came, and whether
/// there was an end of it.
pub(super) async fn speak(stream: Box<dyn Duplex>, script: &Script) -> (Vec<u8>, bool) {
    let (mut reading, mut writing) = tokio::io::split(stream);
    let mut came = Vec::new();
    let awaited = awaited(&script.parts.concat());
    let spoken = async {
        tokio::select! {
            () = script.say(&mut writing) => {}
            () = async { while matches!(reading.read_buf(&mut came).await, Ok(1..)) {} } => return,
        }
        while !awaited.iter().all(|stream| frames_of(&came).iter().any(|frame| frame.stream == *stream && ends(frame)))
        {
            let Ok(1..) = reading.read_buf(&mut came).await else { return };
        }
        for mark in MARKS {
            let _ = writing.write_all(&frame(Frame::PING, 0, 0, mark)).await;
            let _ = writing.flush().await;
            let answers = |frame: &Frame| frame.kind == Frame::PING && frame.flags == ACK && frame.payload == mark;
            while !frames_of(&came).iter().any(answers) {
                let Ok(1..) = reading.read_buf(&mut came).await else { return };
            }
        }
    };
    let ended = tokio::time::timeout(LONGEST, spoken).await.is_ok();
    (came, ended)
}

/// What came on one stream.
#[derive(Debug, Default)]
struct Answer {
    status: Option<u16>,
    bytes: usize,
    ended: bool,
    /// With which it was reset.
    error: Option<u32>,
}

/// Whether its stream ends.
fn ends(frame: &Frame) -> bool {
    frame.kind == Frame::RST_STREAM || (frame.kind <= Frame::HEADERS && frame.flags & END_STREAM != 0)
}

/// The requests that reached the portal, and what was answered on each stream. If the connection ends with an error, only which:
/// what was answered before depends on time.
fn outcome(visited: &Visited) -> (Vec<String>, Vec<String>) {
    let mut requests: Vec<_> = visited.requests().into_iter().filter(|request| !request.contains("/stuck")).collect();
    requests.sort();
    let mut streams = BTreeMap::<_, Answer>::new();
    for frame in frames_of(&visited.answer) {
        let of = streams.entry(frame.stream).or_default();
        // Whether what comes behind the end is refused depends on what was received by then.
        if of.ended {
            continue;
        }
        (of.ended, of.error) = (ends(&frame), frame.code());
        match frame.kind {
            Frame::HEADERS => of.status = of.status.or(status_of(&frame)),
            Frame::DATA => of.bytes += frame.payload.len(),
            Frame::GOAWAY if frame.code() != Some(0) => return (requests, vec![format!("{:?}", frame.code())]),
            _ => {}
        }
    }
    (requests, streams.into_iter().map(|stream| format!("{stream:?}")).collect())
}

#[tokio::test]
async fn frames_in_pieces_have_the_same_effect() {
    judge(World::start(portal, long_timeouts).await, rfc9113::conversations()).await;
}

/// Those of the tests of HTTP/1.1, as frames.
#[tokio::test]
async fn the_frames_of_a_request_in_pieces_are_the_request() {
    let limited = at_the_limits().into_iter().map(|(request, _)| request.into_bytes());
    let requests = semantics::requests().into_iter().chain(limited);
    let configure = |setup| long_timeouts(setup).toml(&format!("[limits]\n{LIMITS}"));
    judge(World::start(portal, configure).await, requests.map(|request| translated(&request)).collect()).await;
}

/// Whether what is said has the same effect in pieces.
async fn judge(world: World, conversations: Vec<Vec<u8>>) {
    let mut jobs = Vec::new();
    for (number, said) in conversations.into_iter().enumerate() {
        // The preface and the settings are the same in all.
        let first = if number == 0 { 0 } else { PREFACE.len() + HEADER };
        let cuts = cuts(&said).into_iter().filter(|at| (first..said.len()).contains(at));
        let last = said.len() - HEADER / 2;
        let cut = |at: usize| Script::cut(&said, at, PAUSES[at % 2]);
        let late = Script::cut(&said, last, PAUSES[2]);
        let scripts: Vec<_> =
            [Script::whole(&*said), Script::by_byte(&said), late].into_iter().chain(cuts.map(cut)).collect();
        // A sample under TLS, too.
        let ways = if number % 7 == 0 { &[By::Http2, By::Http2Tls][..] } else { &[By::Http2] };
        let said = |by: &By| scripts.iter().map(|script| Job { script: script.clone(), by: *by }).collect::<Vec<_>>();
        jobs.extend(ways.iter().flat_map(said));
    }
    let visited = world.run(&jobs).await;
    let mut whole = (Vec::new(), Vec::new());
    let mut wrong = Vec::new();
    for (job, visited) in jobs.iter().zip(&visited) {
        let outcome = outcome(visited);
        if job.script.parts.len() == 1 {
            whole = outcome.clone();
        }
        let unfinished = (!visited.ended).then(|| "there is no end of it".to_owned());
        let differs = || (outcome != whole).then(|| format!("{outcome:#?}, and at once {whole:#?}"));
        wrong.push(unfinished.or_else(differs));
    }
    assert_right(&jobs, &visited, wrong);
}
