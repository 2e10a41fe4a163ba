//! Time and splitting: a message is the same whether it comes whole, in pieces or late.
//!
//! Every raw message of the tests beside this folder is cut at every boundary of its grammar and in the middle of each
//! token, on both sides of octroi, with pauses between; something or nothing follows it, and the connection is left open
//! or closed. The same requests reach the portal, the same answers come back, and every connection ends.

mod deadlines;
mod grammar;
mod outcome;
mod own_answers;
mod requests;
mod responses;
mod script;
mod tunnels;
mod world;

use std::time::Duration;

use outcome::Visited;
use script::Script;
use world::{Job, Reply};

use crate::support::origin::ok;
use crate::support::{Findings, Message, Setup};

/// Between parts. The shortest that is none is longer than octroi needs to look; the longest than it may hesitate.
const PAUSES: [Duration; 3] = [Duration::from_millis(30), Duration::from_millis(150), Duration::from_millis(1500)];

/// Deadlines that no visitor meets, however slow the machine is.
const LONG_TIMEOUTS: &str = "[timeouts]\nheader = \"30s\"\nidle = \"30s\"\nbody_idle = \"30s\"";

/// A portal that answers every request when it is whole.
fn plain(_: &Message) -> Reply {
    Reply::Whole(Script::whole(ok("", "")))
}

fn long_timeouts(setup: Setup) -> Setup {
    setup.toml(LONG_TIMEOUTS)
}

/// A fault is seen in hundreds of connections: so many are shown.
const SHOWN: usize = 20;

/// Fails if something is wrong with a connection: `wrong` says what.
#[track_caller]
fn assert_right(jobs: &[Job], visited: &[Visited], wrong: Vec<Option<String>>) {
    println!("{} connections", jobs.len());
    let all: Vec<_> = jobs.iter().zip(visited).zip(wrong).filter_map(|(of, wrong)| Some((of, wrong?))).collect();
    let mut findings = Findings::default();
    for ((job, visited), wrong) in all.iter().take(SHOWN) {
        findings.expect(false, || format!("{wrong}: {:?}, {}{}", job.by, job.script, visited.shown()));
    }
    findings.expect(all.len() <= SHOWN, || format!("{} connections in all", all.len()));
    findings.none();
}
