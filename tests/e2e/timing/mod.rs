//! Time and splitting: a message has the same effect whether it is received whole, in pieces or late.
//!
//! Every raw message of the tests beside this folder is cut at every boundary of its grammar and in the middle of each
//! token, on both sides of octroi, with pauses between the parts. Further bytes follow it or not, and the connection is left
//! open or closed. The same requests must reach the portal, the visitor must receive the same answers, and every connection
//! must end.

mod deadlines;
mod first_bytes;
mod grammar;
mod http2;
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

/// Pauses between parts. The shortest gives octroi time to read the part; the longest is longer than octroi may hold a part
/// back.
const PAUSES: [Duration; 3] = [Duration::from_millis(30), Duration::from_millis(150), Duration::from_millis(1500)];

/// Timeouts that never expire in a test, however slow the machine is.
const LONG_TIMEOUTS: &str = "[timeouts]\nheader = \"30s\"\nidle = \"30s\"\nbody_idle = \"30s\"";

/// A portal that answers every request when it is whole.
fn plain(_: &Message) -> Reply {
    Reply::Whole(Script::whole(ok("", "")))
}

fn long_timeouts(setup: Setup) -> Setup {
    setup.toml(LONG_TIMEOUTS)
}

/// How many failed connections are shown: one fault can fail hundreds.
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
