//! Tunnels: the handshake and the 101 in pieces, with the first bytes of the tunnel behind them or later; and handshakes that
//! are refused.

use super::grammar::cuts;
use super::outcome::Outcome;
use super::script::{End, Script};
use super::world::{By, Job, Reply, World};
use super::{PAUSES, assert_right, long_timeouts, plain};
use crate::e2e::faults::nobody;
use crate::e2e::refused_upgrades::asked;
use crate::e2e::upgrade::{ACCEPTED, HANDSHAKE};
use crate::support::Message;
use crate::support::client::get;
use crate::support::origin::ok;

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

/// Of longer ones, each cut would take too long.
const CUT: usize = 400;

#[tokio::test]
async fn a_refused_handshake_in_pieces_is_refused() {
    let mut jobs = Vec::new();
    for (said, _) in asked() {
        let said = said.into_bytes();
        let scripts =
            if said.len() <= CUT { in_pieces(&said) } else { vec![Script::whole(&*said), Script::by_byte(&said)] };
        jobs.extend(scripts.into_iter().map(|script| Job { script, by: By::Clear }));
    }
    let configure = |setup| long_timeouts(setup).hosts(r#"["h"]"#).and_site(r#"["dead"]"#, nobody());
    let visited = World::start(plain, configure).await.run(&jobs).await;
    let (mut wrong, mut whole) = (Vec::new(), Outcome::default());
    for (job, visited) in jobs.iter().zip(&visited) {
        let outcome = visited.outcome().await;
        if job.script.parts.len() == 1 {
            whole = outcome.clone();
        }
        wrong.push(visited.wrong().await.or(outcome.differs_from(&whole)));
    }
    assert_right(&jobs, &visited, wrong);
}

/// A switch to another protocol, or one that nobody asked for.
#[tokio::test]
async fn a_101_that_does_not_fit_in_pieces_is_502() {
    let other = ACCEPTED.replace("Upgrade: websocket", "Upgrade: telnet");
    for (portal, lines) in [(&*other, HANDSHAKE), (ACCEPTED, "")] {
        let portal = in_pieces(portal.as_bytes());
        let ask = |number| Script::whole(get(&format!("/{number}"), &format!("{lines}Connection: close\r\n")));
        let jobs: Vec<_> = (0..portal.len()).map(|number| Job { script: ask(number), by: By::Clear }).collect();
        let reply = move |head: &Message| match head.target()[1..].parse::<usize>() {
            Ok(number) => Reply::Whole(portal[number].clone().ending(End::Closed)),
            Err(_) => Reply::Whole(Script::whole(ok("", ""))),
        };
        let visited = World::start(reply, long_timeouts).await.run(&jobs).await;
        let mut wrong = Vec::new();
        for visited in &visited {
            let answers = visited.answers().await;
            let is_own = matches!(&answers[..], [answer] if answer.status() == 502 && answer.set_cookies().is_empty());
            wrong.push((!(is_own && visited.ended)).then(|| format!("no 502: {answers:?}")));
        }
        assert_right(&jobs, &visited, wrong);
    }
}
