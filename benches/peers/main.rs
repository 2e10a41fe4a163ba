//! Compares octroi with widely used proxies that do the same work on one core, and prints one table:
//!
//! ```text
//! scripts/setup-peers && OCTROI=$(scripts/build-dist) cargo bench --bench peers
//! ```
//!
//! The work: each of the portal's pages sets six cookies, of which three pass if the visitor has not agreed. Every proxy gets
//! one core and one worker, and access logs are off; the portal and the load share the other cores. Each proxy's work is
//! checked before it is measured. octroi also filters the request's cookies, and counts them; the environment's `OCTROI` names
//! another binary than cargo's own. A figure is the median of several rounds; each round measures every peer. With `--quiet`,
//! the bench waits for moments without neighbours on a shared host.

mod host;
mod load;
mod peer;
mod portal;
mod table;
mod usage;

use std::io::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use clap::Parser;
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use host::Host;
use load::{Protocol, Workload};
use peer::{Peer, Running};
use portal::Portal;
use usage::Usage;

/// Compares octroi with other proxies.
#[derive(Parser)]
struct Options {
    /// Peers to measure [default: all].
    peers: Vec<Peer>,
    /// Rounds, of which the median is taken.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Length of each measurement.
    #[arg(long, default_value_t = 2)]
    seconds: u32,
    /// Seconds to wait, at most, for each figure to begin and end in a moment without neighbours on the host.
    #[arg(long, default_value_t = 0)]
    quiet: u64,
    /// `cargo bench` passes it to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

const WORKLOADS: [Workload; 4] = [
    Workload { name: "pages", protocol: Protocol::Http1, path: "/page", clients: 64, streams: 1 },
    Workload { name: "plain", protocol: Protocol::Http1, path: "/plain", clients: 64, streams: 1 },
    Workload { name: "HTTP/2", protocol: Protocol::Http2, path: "/page", clients: 8, streams: 16 },
    Workload { name: "10 MiB", protocol: Protocol::Http1, path: "/file", clients: 8, streams: 1 },
];
const IDLE_CONNECTIONS: u32 = 2000;

fn main() -> Result<()> {
    let options = Options::parse();
    let cores @ [core, _] = leave_one_core()?;
    let longest_wait = Duration::from_secs(options.quiet);
    let mut host = if longest_wait.is_zero() { None } else { Some(Host::meet(cores)?) };
    let portal = Portal::start()?;
    let peers = if options.peers.is_empty() { Peer::ALL.to_vec() } else { options.peers };
    let mut rows = Vec::new();
    for peer in peers {
        let running = peer.start(&portal, core)?;
        running.verify()?;
        rows.push(Row { peer, figures: WORKLOADS.map(|_| Vec::new()), idle: idle(&running)? });
    }
    for round in 1..=options.rounds {
        eprint!("\rround {round} of {}", options.rounds);
        std::io::stderr().flush()?;
        for row in &mut rows {
            let running = row.peer.start(&portal, core)?;
            for (workload, figures) in WORKLOADS.iter().zip(&mut row.figures) {
                let measure = || measure(&running, workload, options.seconds);
                figures.push(host.as_mut().map_or_else(measure, |host| quietly(host, longest_wait, measure))?);
            }
        }
    }
    eprintln!();
    table::print(&rows);
    Ok(())
}

/// The figures of one peer.
struct Row {
    peer: Peer,
    /// For each workload, one for each round.
    figures: [Vec<Figures>; WORKLOADS.len()],
    idle: Idle,
}

/// Moves this process and its children, except for the proxies, to all cores but the first. Returns the first core, and one of
/// the others.
fn leave_one_core() -> Result<[usize; 2]> {
    let allowed = sched_getaffinity(None)?;
    let cores: Vec<_> = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core)).collect();
    let [first, others @ ..] = &cores[..] else { bail!("no core to run on") };
    let second = others.first().context("two cores are needed: one for the proxy, one for the portal and the load")?;
    let mut left = CpuSet::new();
    for other in others {
        left.set(*other);
    }
    sched_setaffinity(None, &left)?;
    Ok([*first, *second])
}

/// The figures of one peer under one workload.
struct Figures {
    requests_per_second: f64,
    /// Microseconds of the proxy's processor time for each request.
    microseconds: f64,
    /// The share of the time in which other processes ran on the proxy's core: 0 on a quiet machine.
    foreign: f64,
}

fn measure(running: &Running, workload: &Workload, seconds: u32) -> Result<Figures> {
    workload.run(running, 1)?;
    let before = Usage::of(running.id(), running.core)?;
    let done = workload.run(running, seconds)?;
    let used = Usage::of(running.id(), running.core)?.since(&before);
    let requests = f64::from(done.requests);
    Ok(Figures {
        requests_per_second: requests / done.seconds,
        microseconds: used.own.as_secs_f64() * 1e6 / requests,
        foreign: used.foreign(),
    })
}

/// Repeats a measurement until the host was quiet at its beginning and end, for `longest_wait` at most.
fn quietly(host: &mut Host, longest_wait: Duration, measure: impl Fn() -> Result<Figures>) -> Result<Figures> {
    let begun = Instant::now();
    while begun.elapsed() < longest_wait {
        if !host.is_quiet()? {
            continue;
        }
        let figures = measure()?;
        if host.is_quiet()? {
            return Ok(figures);
        }
    }
    eprintln!("\rnever quiet in {} s: this figure is from a disturbed moment", longest_wait.as_secs());
    measure()
}

/// Memory of an idle proxy, and of each idle connection.
struct Idle {
    mebibytes: f64,
    kibibytes_per_connection: f64,
}

fn idle(running: &Running) -> Result<Idle> {
    let before = usage::resident_kibibytes(running.id())?;
    let connections = running.idle_connections(IDLE_CONNECTIONS)?;
    let after = usage::resident_kibibytes(running.id())?;
    drop(connections);
    Ok(Idle { mebibytes: before / 1024.0, kibibytes_per_connection: (after - before) / f64::from(IDLE_CONNECTIONS) })
}
