//! Tunnels: the handshake and the 101 in pieces, with the first bytes of the tunnel behind them or later.

use super::grammar::cuts;
use super::outcome::Outcome;
use super::script::Script;
use super::world::{By, Job, Reply, World};
use super::{PAUSES, assert_right};
use crate::e2e::upgrade::{ACCEPTED, HANDSHAKE};
use crate::support::Message;
use crate::support::client::get;

/// In both directions.
const EARLY: &str = "\x01 early\r\n\r\nGET / HTTP/1.1\r\n\r\n";

/// Whole, byte by byte, and cut in two.
fn in_pieces(said: &[u8]) -> Vec<Script> {
    let cuts = cuts(said).into_iter().filter(|at| *at < said.len()).enumerate();
    let mut scripts = vec![Script::whole(said), Script::by_byte(said)];
    scripts.extend(cuts.map(|(number, at)| Script::cut(said, at, PAUSES[number % 3])));
    scripts
}

/// `visitor` and `portal`: what they say, in pieces of which one side at a time is cut.
async fn judge(visitors: Vec<Script>, portal: Vec<Script>) {
    let by = |number| if number % 2 == 0 { By::Clear } else { By::Tls };
    let jobs: Vec<_> =
        visitors.into_iter().enumerate().map(|(number, script)| Job { script, by: by(number) }).collect();
    let reply = move |head: &Message| {
        let number = head.field("x-case").and_then(|number| number.parse::<usize>().ok());
        let script = number.and_then(|number| portal.get(number)).unwrap_or(&portal[0]);
        Reply::Tunnel(script.clone(), EARLY.len())
    };
    let visited = World::start(reply, |setup| setup).await.run(&jobs).await;
    let mut wrong = Vec::new();
    for visited in &visited {
        let Outcome { requests, answers } = visited.outcome().await;
        let up = requests.len() == 1 && visited.seen[0].body == EARLY.as_bytes();
        let down = visited.answer.starts_with(b"HTTP/1.1 101 ") && visited.answer.ends_with(EARLY.as_bytes());
        wrong.push((!(up && down && visited.ended)).then(|| format!("no tunnel: {answers:?}")));
    }
    assert_right(&jobs, &visited, wrong);
}

fn accepted() -> Vec<u8> {
    [ACCEPTED, EARLY].concat().into_bytes()
}

#[tokio::test]
async fn a_handshake_in_pieces_opens_the_tunnel() {
    let said = [&get("/live", HANDSHAKE), EARLY].concat();
    judge(in_pieces(said.as_bytes()), vec![Script::whole(accepted())]).await;
}

#[tokio::test]
async fn a_101_in_pieces_opens_the_tunnel() {
    let portal = in_pieces(&accepted());
    let asks = |number| [&get("/live", &format!("{HANDSHAKE}X-Case: {number}\r\n")), EARLY].concat();
    let visitor = |number| Script::whole(asks(number));
    judge((0..portal.len()).map(visitor).collect(), portal).await;
}
