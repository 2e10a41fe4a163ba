//! Visitors' requests: the cases of request framing, in pieces, with bytes after them, left open or closed.

use std::time::Duration;

use super::grammar::{cuts, own_cuts};
use super::outcome::Outcome;
use super::script::{End, Script};
use super::world::{By, Job, World};
use super::{PAUSES, assert_right, long_timeouts, plain};
use crate::e2e::limits::{LIMITS, at_the_limits};
use crate::e2e::request_framing::{Case, Fate, NEXT, tables};
use crate::e2e::{leftovers, semantics};

/// The whole one, then the same in pieces.
fn in_pieces(table: &[Case]) -> Vec<(Script, Fate)> {
    let before = std::iter::once(None).chain(table.iter().map(Some));
    let cases = table.iter().zip(before);
    let scripts = cases.flat_map(|(case, before)| {
        let said = [&case.bytes, NEXT].concat();
        let cut = |(number, at)| Script::cut(&said, at, pause(number, at, &case.bytes));
        let cuts = own_cuts(&case.bytes, before.map(|before| &*before.bytes)).into_iter().enumerate().map(cut);
        let mut scripts = vec![Script::whole(&*said), Script::by_byte(&said)];
        scripts.extend(cuts);
        scripts.into_iter().map(|script| (script, case.fate))
    });
    scripts.collect()
}

/// Each in its turn; the longest one if something ends.
fn pause(number: usize, at: usize, bytes: &[u8]) -> Duration {
    let ends = at == bytes.len() || bytes[..at].ends_with(b"\r\n\r\n");
    if ends { PAUSES[2] } else { PAUSES[number % 2] }
}

#[tokio::test]
async fn a_request_in_pieces_is_the_request() {
    let scripts: Vec<_> = tables().iter().flat_map(|table| in_pieces(table)).collect();
    let mut fates: Vec<_> = scripts.iter().map(|(_, fate)| *fate).collect();
    let mut jobs: Vec<_> = scripts.into_iter().map(|(script, _)| Job { script, by: By::Clear }).collect();
    // A sample under TLS.
    for number in (0..jobs.len()).step_by(7) {
        jobs.push(Job { script: jobs[number].script.clone(), by: By::Tls });
        fates.push(fates[number]);
    }
    let visited = World::start(plain, long_timeouts).await.run(&jobs).await;
    let mut wrong = Vec::new();
    for (visited, fate) in visited.iter().zip(fates) {
        let broken = visited.wrong().await;
        wrong.push(
            broken.or_else(|| fate.wrong(&visited.answer, &visited.seen).map(|wrong| format!("{fate:?}: {wrong}"))),
        );
    }
    assert_right(&jobs, &visited, wrong);
}

/// Those of the other tests: whatever comes of one at once comes of it in pieces.
#[tokio::test]
async fn any_request_in_pieces_has_the_same_effect() {
    let limited = at_the_limits().into_iter().map(|(request, _)| request.into());
    let all = semantics::requests().into_iter().chain(limited).chain(leftovers::refused());
    let mut jobs = Vec::new();
    for request in all {
        let said = [&request, NEXT].concat();
        let cut = |(number, at)| Script::cut(&said, at, pause(number, at, &request));
        let cuts = cuts(&request).into_iter().enumerate().map(cut);
        let closed = Script::whole(&*said).ending(End::Closed);
        let scripts = [Script::whole(&*said), closed, Script::by_byte(&said)].into_iter().chain(cuts);
        jobs.extend(scripts.map(|script| Job { script, by: By::Clear }));
    }
    let configure = |setup| long_timeouts(setup).toml(&format!("[limits]\n{LIMITS}"));
    let visited = World::start(plain, configure).await.run(&jobs).await;
    let mut wrong = Vec::new();
    let mut whole = Outcome::default();
    for (job, visited) in jobs.iter().zip(&visited) {
        let outcome = visited.outcome().await;
        let is_closed = job.script.end == End::Closed;
        if job.script.parts.len() == 1 && !is_closed {
            whole = outcome.clone();
        }
        // A client that closes may be taken for one that has left, and is not answered any more.
        let is_right = outcome == whole || (is_closed && outcome.begins(&whole));
        wrong.push(visited.wrong().await.or(if is_right { None } else { outcome.differs_from(&whole) }));
    }
    assert_right(&jobs, &visited, wrong);
}

/// What may stand behind a request that is none itself, or not yet.
const BEHIND: [&[u8]; 8] =
    [b"", b"G", b"\r\n", b"\r", b"\r\nG", b"GET /next HTTP/1.1\r\nHo", b"\0garbage\r\n\r\n", NEXT];

/// The requests that are served; what stands behind them comes with them or later.
#[tokio::test]
async fn bytes_behind_a_request_have_the_same_effect_however_late_they_come() {
    let served = tables().into_iter().flatten().filter(|case| matches!(case.fate, Fate::One(_) | Fate::Last(_)));
    let mut pauses = PAUSES.into_iter().cycle();
    let mut jobs = Vec::new();
    for case in served {
        for behind in BEHIND {
            let said = [&case.bytes, behind].concat();
            for end in [End::Open, End::Closed] {
                let later = pauses.next().map(|pause| Script::cut(&said, case.bytes.len(), pause));
                let both = std::iter::once(Script::whole(said.clone())).chain(later);
                jobs.extend(both.map(|script| Job { script: script.ending(end), by: By::Clear }));
            }
        }
    }
    // Beyond the longest pause.
    let timeouts = "[timeouts]\nheader = \"4s\"\nidle = \"4s\"\nbody_idle = \"4s\"";
    let visited = World::start(plain, |setup| setup.toml(timeouts)).await.run(&jobs).await;
    let mut wrong = Vec::new();
    let mut whole = Outcome::default();
    for (job, visited) in jobs.iter().zip(&visited) {
        let outcome = visited.outcome().await;
        if job.script.parts.len() == 1 && job.script.end == End::Open {
            whole = outcome.clone();
        }
        // A client that closes may be taken for one that has left, and is not answered any more.
        let is_right = outcome == whole || (job.script.end == End::Closed && outcome.begins(&whole));
        let differs = if is_right { None } else { outcome.differs_from(&whole) };
        wrong.push(visited.wrong().await.or(differs));
    }
    assert_right(&jobs, &visited, wrong);
}
