//! PROXY headers in pieces: the first bytes of a connection.

use super::outcome::Outcome;
use super::script::Script;
use super::world::{By, Job, World};
use super::{PAUSES, assert_right, long_timeouts, plain};
use crate::e2e::proxy_protocol::{TRUSTED, malformed, understood};
use crate::support::client::get;

#[tokio::test]
async fn a_proxy_header_in_pieces_is_the_header() {
    let understood = understood().into_iter().map(|(header, _)| (header, true));
    let mut jobs = Vec::new();
    let mut serves = Vec::new();
    for (header, is_served) in understood.chain(malformed().into_iter().map(|header| (header, false))) {
        let said = [&header, get("/", "Connection: close\r\n").as_bytes()].concat();
        let cut = |at: usize| Script::cut(&said, at, PAUSES[at % 2]);
        let scripts = [Script::whole(&*said), Script::by_byte(&said)].into_iter().chain((1..=header.len()).map(cut));
        jobs.extend(scripts.map(|script| Job { script, by: By::Clear }));
        serves.resize(jobs.len(), is_served);
    }
    let visited = World::start(plain, |setup| long_timeouts(setup).listener(TRUSTED)).await.run(&jobs).await;
    let (mut wrong, mut whole) = (Vec::new(), Outcome::default());
    for ((job, visited), is_served) in jobs.iter().zip(&visited).zip(serves) {
        // The portal knows them by addresses that the header announces.
        let outcome = Outcome { requests: Vec::new(), ..visited.outcome().await };
        if job.script.parts.len() == 1 {
            whole = outcome.clone();
        }
        let is_right = is_served == visited.answer.starts_with(b"HTTP/1.1 200 ");
        let broken = (!is_right).then(|| format!("served: {}", !is_served));
        wrong.push(visited.wrong().await.or(broken).or(outcome.differs_from(&whole)));
    }
    assert_right(&jobs, &visited, wrong);
}
