//! Valgrind's callgrind, which counts every instruction that a process executes outside the kernel.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context as _, Result, ensure};

const COUNTS: &str = "callgrind.out";

pub(crate) fn ensure_installed() -> Result<()> {
    let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    ensure!(version.is_ok_and(|status| status.success()), "valgrind does not run: `apt-get install valgrind`");
    Ok(())
}

/// The start of a command that runs `program` under callgrind, which leaves its counts in `directory`.
pub(crate) fn command(program: impl AsRef<Path>, directory: &Path) -> Command {
    let mut command = Command::new("valgrind");
    let mut counts = OsString::from("--callgrind-out-file=");
    counts.push(directory.join(COUNTS));
    command.args(["--tool=callgrind", "--quiet"]).arg(counts).arg(program.as_ref()).stdin(Stdio::null());
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("OCTROI_")) {
        command.env_remove(name);
    }
    command
}

/// All instructions of the process that left its counts in `directory`.
pub(crate) fn total(directory: &Path) -> Result<u64> {
    let counts = fs::read_to_string(directory.join(COUNTS)).context("callgrind left no counts")?;
    let total = counts.lines().find_map(|line| line.strip_prefix("totals: "));
    Ok(total.context("callgrind left no total")?.trim().parse()?)
}

/// Instructions of one round, from the totals for few rounds and for many.
pub(crate) fn of_one_round([few, many]: [u64; 2], total: impl Fn(u64) -> Result<u64>) -> Result<u64> {
    let more = total(many)?.checked_sub(total(few)?).context("many rounds took fewer instructions than few")?;
    Ok(more / (many - few))
}
