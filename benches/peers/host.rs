//! Detects whether the host is quiet. A virtual machine shares its cores' caches with neighbours that it cannot see: no process
//! is visible, no steal time is reported, and the same code takes up to twice as long.

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rustix::thread::{CpuSet, sched_setaffinity};

/// In bytes: fits into a core's own cache, from which a neighbour on the same core evicts it.
const MEMORY: usize = 1 << 20;
/// The size of a cache line, in bytes.
const LINE: usize = 64;
/// How many passes over the memory are timed, one or two milliseconds in all. Their median counts.
const PASSES: usize = 61;
/// The host is quiet if a pass takes at most this many times the fastest one.
const QUIET: f64 = 1.5;
/// How long the fastest pass is searched for at the start.
const SEARCH: Duration = Duration::from_secs(5);

/// The proxy's core, and one of the load's.
pub(crate) struct Host {
    cores: [usize; 2],
    fastest: Duration,
}

impl Host {
    /// Measures for some seconds how fast the cores can be.
    pub(crate) fn meet(cores: [usize; 2]) -> Result<Self> {
        let (mut host, begun) = (Self { cores, fastest: Duration::MAX }, Instant::now());
        while begun.elapsed() < SEARCH {
            host.is_quiet()?;
        }
        Ok(host)
    }

    /// Whether both cores are free of neighbours now.
    pub(crate) fn is_quiet(&mut self) -> Result<bool> {
        let pass = self.pass()?;
        self.fastest = self.fastest.min(pass);
        Ok(pass <= self.fastest.mul_f64(QUIET))
    }

    /// How long both cores, at the same time, take to read the memory in their caches: the time of the slower one.
    fn pass(&self) -> Result<Duration> {
        let start = &Barrier::new(self.cores.len());
        let [one, other] = thread::scope(|scope| {
            let reading = self.cores.map(|core| scope.spawn(move || read(core, start)));
            reading.map(|thread| thread.join().ok().context("a reading thread panicked")?)
        });
        Ok(one?.max(other?))
    }
}

/// The median time of a pass.
fn read(core: usize, start: &Barrier) -> Result<Duration> {
    let mut own = CpuSet::new();
    own.set(core);
    let pinned = sched_setaffinity(None, &own);
    let memory = vec![1_u8; MEMORY];
    start.wait();
    pinned?;
    let mut passes: Vec<_> = (0..PASSES)
        .map(|_| {
            let begun = Instant::now();
            for byte in memory.iter().step_by(LINE) {
                black_box(*byte);
            }
            begun.elapsed()
        })
        .collect();
    passes.sort_unstable();
    passes.get(PASSES / 2).copied().context("no pass")
}
