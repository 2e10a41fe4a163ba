//! The portal's responses: the cases of response framing, in pieces, with bytes after them, left open or closed.

use std::sync::Arc;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::grammar::own_cuts;
use super::outcome::Visited;
use super::script::{End, Script};
use super::world::{By, Job, Reply, World};
use super::{PAUSES, assert_right, plain};
use crate::e2e::response_framing::{CUT_SHORT, MALFORMED, ODD};
use crate::support::client::get;
use crate::support::origin::ok;
use crate::support::{Client, Message, Origin, Setup, within};

/// What must become of a response.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// octroi answers in its place, without any of it.
    Malformed,
    /// A cut that can be seen.
    CutShort,
    /// 200 with the body `abc`.
    Passes,
}

impl Fate {
    async fn wrong(self, visited: &Visited) -> Option<String> {
        let answers = visited.answers().await;
        let right = match (self, &answers[..]) {
            (Self::CutShort, []) => true,
            (Self::CutShort, [answer]) => !answer.complete || answer.status() == 502,
            (Self::Malformed, [answer]) => is_own(answer) && answer.set_cookies().is_empty(),
            (Self::Passes, [interim @ .., answer]) => {
                let whole = answer.complete && answer.status() == 200 && answer.text() == "abc";
                whole && interim.iter().all(|interim| interim.status() < 200)
            }
            _ => false,
        };
        (!right).then(|| format!("it is not {self:?}"))
    }
}

fn is_own(answer: &Message) -> bool {
    matches!(answer.status(), 502 | 504) && answer.complete
}

/// Each response whole, byte by byte, and cut in two.
fn in_pieces(table: &[&[u8]], fate: Fate) -> Vec<(Script, Fate)> {
    let before = std::iter::once(None).chain(table.iter().map(|bytes| Some(*bytes)));
    let rows = table.iter().zip(before);
    let scripts = rows.flat_map(|(bytes, before)| {
        let cuts = own_cuts(bytes, before).into_iter().filter(|at| *at < bytes.len()).enumerate();
        let pause = |at: usize, number: usize| if bytes[..at].ends_with(b"\r\n\r\n") { 2 } else { number % 2 };
        let mut scripts = vec![Script::whole(*bytes), Script::by_byte(bytes)];
        scripts.extend(cuts.map(|(number, at)| Script::cut(bytes, at, PAUSES[pause(at, number)])));
        scripts.into_iter().map(|script| (script.ending(End::Closed), fate))
    });
    scripts.collect()
}

/// A portal that answers `/n` with the n-th of these.
fn portal(scripts: Vec<Script>) -> impl Fn(&Message) -> Reply + Send + Sync + 'static {
    move |head| match head.target()[1..].parse::<usize>() {
        Ok(number) => Reply::Whole(scripts[number].clone()),
        Err(_) => plain(head),
    }
}

/// One visitor for each.
fn visitors(count: usize) -> Vec<Job> {
    let ask = |number| Script::whole(get(&format!("/{number}"), "Connection: close\r\n"));
    (0..count).map(|number| Job { script: ask(number), by: By::Clear }).collect()
}

/// A failure tells what the portal said as well.
fn told(wrong: Option<String>, said: &Script) -> Option<String> {
    Some(format!("{}\n    the portal said {said}", wrong?))
}

async fn judge(scripts: Vec<(Script, Fate)>, timeouts: &str) {
    let (scripts, fates): (Vec<_>, Vec<_>) = scripts.into_iter().unzip();
    let jobs = visitors(scripts.len());
    let world = World::start(portal(scripts.clone()), |setup| setup.toml(timeouts)).await;
    let visited = world.run(&jobs).await;
    let mut wrong = Vec::new();
    for ((visited, fate), said) in visited.iter().zip(fates).zip(&scripts) {
        let found = visited.wrong().await.or(fate.wrong(visited).await);
        wrong.push(told(found, said));
    }
    assert_right(&jobs, &visited, wrong);
}

/// Beyond every pause, unless a test is about them.
const TIMEOUTS: &str = "[timeouts]\nupstream_response = \"4s\"\nbody_idle = \"4s\"";

#[tokio::test]
async fn a_response_in_pieces_is_the_response() {
    let tables = [(MALFORMED, Fate::Malformed), (CUT_SHORT, Fate::CutShort), (ODD, Fate::Passes)];
    let scripts = tables.into_iter().flat_map(|(table, fate)| in_pieces(table, fate));
    judge(scripts.collect(), TIMEOUTS).await;
}

#[tokio::test]
async fn a_response_that_stays_open_ends_for_the_visitor() {
    let open = |(script, fate): (Script, Fate)| (script.ending(End::Open), fate);
    let whole =
        |table: &[&[u8]], fate| in_pieces(table, fate).into_iter().filter(|(script, _)| script.parts.len() == 1);
    let scripts = whole(MALFORMED, Fate::Malformed).chain(whole(CUT_SHORT, Fate::CutShort)).map(open);
    judge(scripts.collect(), "[timeouts]\nupstream_response = \"1s\"\nbody_idle = \"1s\"").await;
}

/// The rest comes when octroi waits for it no longer.
#[tokio::test]
async fn a_response_whose_rest_comes_too_late_is_cut_or_answered_in_its_place() {
    let response = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let head = super::grammar::head_length(response);
    let late = |at| {
        let fate = if at < head { Fate::Malformed } else { Fate::CutShort };
        (Script::cut(response, at, PAUSES[2]), fate)
    };
    let cuts = own_cuts(response, None).into_iter().filter(|at| *at < response.len());
    judge(cuts.map(late).collect(), "[timeouts]\nupstream_response = \"500ms\"\nbody_idle = \"500ms\"").await;
}

/// What may stand behind a response that is none itself, or one that nobody asked for.
const BEHIND: [&[u8]; 7] = [
    b"",
    b"H",
    b"\r\n",
    b"\r",
    b"HTTP/1.1 200 OK\r\nContent-Le",
    b"\0garbage\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison",
];

/// So many connections at once as there are ways to say it.
const WAYS: usize = BEHIND.len() * 4;

/// What follows the answer: at once, or when the connection is idle.
fn answer(number: usize) -> Script {
    let whole = ok("", "first");
    let said = [&whole[..], BEHIND[number / 4]].concat();
    let script = match number % 4 {
        0 | 1 => Script::whole(said),
        _ => Script::cut(&said, whole.len(), PAUSES[1]),
    };
    script.ending(if number.is_multiple_of(2) { End::Open } else { End::Closed })
}

/// All are asked before one of them is answered, so that each has a connection of its own; a visitor who asks when all have
/// said what they have to say gets the answer to their own request.
#[tokio::test]
async fn bytes_behind_a_response_answer_no_request() {
    let (asked, said) = (Arc::new(Barrier::new(WAYS)), Arc::new(Barrier::new(WAYS + 1)));
    let (at_once, all_said) = (Arc::clone(&asked), Arc::clone(&said));
    let origin = Origin::start(move |mut visit| {
        let (at_once, all_said) = (Arc::clone(&at_once), Arc::clone(&all_said));
        async move {
            while let Some(request) = visit.request().await {
                if let Ok(number) = request.target()[1..].parse() {
                    at_once.wait().await;
                    answer(number).say(&mut visit.wire.stream).await;
                    all_said.wait().await;
                } else {
                    visit.send(ok("", &request.target())).await;
                }
            }
        }
    })
    .await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    let ask = |path: String| {
        let address = octroi.address;
        async move { Client::connect(address).await.get(&path, "Connection: close\r\n").await.text() }
    };
    let first = (0..WAYS).map(|number| ask(format!("/{number}"))).collect::<JoinSet<_>>().join_all().await;
    assert!(first.iter().all(|text| text == "first"), "{first:?}");
    within("all to be said", said.wait()).await;
    for number in 0..2 * WAYS {
        let path = format!("/next/{number}");
        assert_eq!(ask(path.clone()).await, path);
    }
}
