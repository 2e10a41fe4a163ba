//! Samples octroi's memory and other resources every second, and checks that they do not grow.

use std::fs;
use std::time::Duration;

use tokio::time::sleep;

use super::ledger::Ledger;
use super::world::World;
use crate::support::Octroi;

/// A run this long has settled after its first fifth, and tells growth from the noise of an allocator.
const SETTLES: Duration = Duration::from_mins(10);
/// What medians of quarters may differ by, whichever is less: allocators keep what the busiest moment took, and that moment
/// may come late. With 25 MiB resident and 100 requests a second, a leak of 150 bytes in each shows within ten minutes,
/// one of 25 bytes within an hour.
const GROWTH_KIB: u64 = 16 << 10;
const GROWTH_PERCENT: u64 = 20;
/// What no run may exceed: four times what a build without optimisation took when this was written.
const CEILING_KIB: u64 = 96 << 10;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub(crate) resident_kib: u64,
    pub(crate) threads: u64,
    pub(crate) descriptors: u64,
}

impl Sample {
    pub(crate) fn of(octroi: &Octroi) -> Self {
        let descriptors = fs::read_dir(format!("/proc/{}/fd", octroi.pid())).unwrap().count() as u64;
        Self { resident_kib: octroi.memory_kib("VmRSS"), threads: octroi.memory_kib("Threads"), descriptors }
    }
}

/// One sample a second.
pub(crate) async fn watch(world: &World, samples: &mut Vec<Sample>) {
    while !world.is_over() {
        samples.push(Sample::of(&world.octroi));
        sleep(Duration::from_secs(1)).await;
    }
}

/// Fails if memory, threads or descriptors grew.
pub(crate) fn judge(samples: &[Sample], time: Duration, ledger: &Ledger) {
    let highest = samples.iter().map(|sample| sample.resident_kib).max().unwrap_or(0);
    println!("memory: {highest} KiB at its highest");
    if highest > CEILING_KIB {
        ledger.fail(&format!("{highest} KiB resident, more than {CEILING_KIB}"));
    }
    if time < SETTLES {
        return;
    }
    let settled = &samples[samples.len() / 5..];
    let quarter = settled.len() / 4;
    let (first, last) = (&settled[..quarter], &settled[settled.len() - quarter..]);
    let resident = |sample: &Sample| sample.resident_kib;
    let (before, after) = (median(first, resident), median(last, resident));
    println!("memory: median {before} KiB in the first quarter after the start, {after} KiB in the last");
    if after > before + GROWTH_KIB.min(before * GROWTH_PERCENT / 100) {
        ledger.fail(&format!("memory grew from {before} to {after} KiB"));
    }
    for (what, of) in
        [("threads", (|sample| sample.threads) as fn(&Sample) -> u64), ("descriptors", |sample| sample.descriptors)]
    {
        let (before, after) = (median(first, of), median(last, of));
        println!("{what}: median {before} in the first quarter after the start, {after} in the last");
        // Twice as many connections may be open at one time as at another; a leak goes on.
        if after > before * 2 {
            ledger.fail(&format!("{what} grew from {before} to {after}"));
        }
    }
}

fn median(samples: &[Sample], of: impl Fn(&Sample) -> u64) -> u64 {
    let mut values: Vec<u64> = samples.iter().map(of).collect();
    values.sort_unstable();
    values[values.len() / 2]
}
