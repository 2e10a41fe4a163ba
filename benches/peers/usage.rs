//! The processor time and memory of a process, from `/proc`.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// `USER_HZ`: the unit of `/proc/stat`.
const TICK: Duration = Duration::from_millis(10);

/// The processor time up to a moment.
pub(crate) struct Usage {
    at: Instant,
    /// Of all threads of the process.
    pub(crate) own: Duration,
    /// Of everything on its core.
    core: Duration,
}

/// The processor time between two moments.
pub(crate) struct Used {
    pub(crate) own: Duration,
    core: Duration,
    passed: Duration,
}

impl Usage {
    pub(crate) fn of(process: u32, core: usize) -> Result<Self> {
        Ok(Self { at: Instant::now(), own: of_threads(process)?, core: of_core(core)? })
    }

    pub(crate) fn since(&self, before: &Self) -> Used {
        Used {
            own: self.own.saturating_sub(before.own),
            core: self.core.saturating_sub(before.core),
            passed: self.at.duration_since(before.at),
        }
    }
}

impl Used {
    /// The part of the time in which something else ran on the core.
    pub(crate) fn foreign(&self) -> f64 {
        self.core.saturating_sub(self.own).as_secs_f64() / self.passed.as_secs_f64()
    }
}

/// In nanoseconds, from the scheduler; ticks would be too coarse.
fn of_threads(process: u32) -> Result<Duration> {
    let mut sum = 0;
    for thread in fs::read_dir(format!("/proc/{process}/task"))? {
        let spent = fs::read_to_string(thread?.path().join("schedstat"))?;
        sum += spent.split_whitespace().next().context("schedstat is empty")?.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(sum))
}

fn of_core(core: usize) -> Result<Duration> {
    let all = fs::read_to_string("/proc/stat")?;
    let name = format!("cpu{core} ");
    let line = all.lines().find_map(|line| line.strip_prefix(&name)).context("/proc/stat lacks the core")?;
    let ticks: Vec<u32> = line.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    // All but idle and iowait; guest time is part of user time.
    let busy = ticks.iter().take(8).enumerate().filter(|(index, _)| !matches!(index, 3 | 4));
    Ok(TICK * busy.map(|(_, ticks)| ticks).sum::<u32>())
}

/// Resident memory.
pub(crate) fn resident_kibibytes(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
