//! Counts the instructions that octroi executes, each with a limit:
//!
//! ```text
//! cargo bench --bench instructions
//! ```
//!
//! Valgrind's callgrind counts them, so that a figure does not depend on the machine's speed or load: single steps of the core
//! ([`steps`]), a choice in each format ([`formats`]), and whole requests through the real process ([`requests`]), which can be
//! compared with [`nginx`]. Each is counted for few rounds and for many, and the difference is divided by the further rounds,
//! so that the work of the start does not count.
//!
//! Limits are some 10 % above the figures, and some 5 % for whole requests: compilers, and processors with other vector
//! instructions, differ by less. The kernel's instructions are not counted.

mod callgrind;
#[allow(dead_code)] // Other benches use the rest.
#[path = "../exchange/mod.rs"]
mod exchange;
mod formats;
mod nginx;
#[allow(dead_code)]
#[path = "../process/mod.rs"]
mod process;
mod requests;
mod steps;

use anyhow::{Result, ensure};
use clap::Parser;

/// Counts instructions, and fails if a limit is exceeded.
#[derive(Parser)]
struct Options {
    /// Count only scenarios whose name contains this.
    scenario: Option<String>,
    /// Run only this step, `--rounds` times: the call under callgrind.
    #[arg(long, hide = true, requires = "rounds")]
    step: Option<String>,
    #[arg(long, hide = true)]
    rounds: Option<u64>,
    /// `cargo bench` passes it to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    if let (Some(step), Some(rounds)) = (&options.step, options.rounds) {
        return formats::repeat(step, rounds).unwrap_or_else(|| steps::repeat(step, rounds));
    }
    ensure!(!cfg!(debug_assertions), "the limits are for optimised code: run `cargo bench --bench instructions`");
    callgrind::ensure_installed()?;
    let name = options.scenario.as_deref().unwrap_or_default();
    let wanted = |scenario: &Scenario| scenario.name.contains(name);
    let peers = name.contains("nginx").then(nginx::scenarios).into_iter().flatten();
    println!("| {:42} | instructions |   limit |   % |\n|{:-<44}|-------------:|--------:|----:|", "one round of", "");
    let mut exceeded = Vec::new();
    for scenario in
        steps::scenarios().chain(formats::scenarios()).chain(requests::scenarios()).chain(peers).filter(wanted)
    {
        let Scenario { name, limit, count } = scenario;
        let counted = count()?;
        println!("| {name:42} | {counted:12} | {limit:7} | {:3} |", counted * 100 / limit);
        if counted > limit {
            exceeded.push(name);
        }
    }
    let advice = "make it cheaper, or raise the limit beside the scenario and say why";
    ensure!(exceeded.is_empty(), "above the limit: {}: {advice}", exceeded.join("; "));
    Ok(())
}

/// What is counted.
struct Scenario {
    name: String,
    /// The limit for one round.
    limit: u64,
    count: Box<dyn FnOnce() -> Result<u64>>,
}
