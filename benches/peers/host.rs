//! Whether the host is quiet. A virtual machine shares its cores' caches with neighbours that it cannot see: no process
//! shows, no time is stolen, and the same code takes up to twice as long.

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rustix::thread::{CpuSet, sched_setaffinity};

/// What a core keeps in a cache of its own, and a neighbour on the same core drives out.
const MEMORY: usize = 1 << 20;
/// What is fetched at once.
const LINE: usize = 64;
/// Of so many passes over the memory, the median counts: 1 ms in all, or two.
const PASSES: usize = 61;
/// How much longer than at the best moment so far a pass may take.
const QUIET: f64 = 1.5;
/// The best moment is looked for so long.
const SEARCH: Duration = Duration::from_secs(5);

/// The proxy's core, and one of the load's.
pub(crate) struct Host {
    cores: [usize; 2],
    fastest: Duration,
}

impl Host {
    /// Takes some seconds to see how fast the cores can be.
    pub(crate) fn meet(cores: [usize; 2]) -> Result<Self> {
        let (mut host, begun) = (Self { cores, fastest: Duration::MAX }, Instant::now());
        while begun.elapsed() < SEARCH {
            host.is_quiet()?;
        }
        Ok(host)
    }

    /// Whether nobody else is in the way of either core right now.
    pub(crate) fn is_quiet(&mut self) -> Result<bool> {
        let pass = self.pass()?;
        self.fastest = self.fastest.min(pass);
        Ok(pass <= self.fastest.mul_f64(QUIET))
    }

    /// How long both cores at once take to read what is in their caches; the slower one's time.
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
