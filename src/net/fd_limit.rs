//! File descriptors: a visitor's connection takes one, and mostly another one for the portal's connection.
//!
//! The soft limit is raised to the hard limit at the start. If `connections` may need more, that is logged.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The process takes no more, however many it is granted. Linux grants one process this many by default.
const MOST: u64 = 1 << 20;
/// Descriptors for files, listeners, and whatever else a process holds open.
const OTHERS: u64 = 64;

/// Raises the limit as far as the system allows, up to [`MOST`]: a process begins with few (often 1,024) and may raise that
/// itself. Warns if `connections` (of `[limits]`) may need more. If it is the default (`is_default`), nobody asked for that
/// number, so it is logged without a warning.
pub(crate) fn claim(connections: usize, is_default: bool) {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = Some(maximum.unwrap_or(MOST).min(MOST));
    let raised = current == wanted || setrlimit(Resource::Nofile, Rlimit { current: wanted, maximum }).is_ok();
    let granted = if raised { wanted } else { current };
    let needed = u64::try_from(connections).unwrap_or(u64::MAX).saturating_mul(2).saturating_add(OTHERS);
    if let Some(granted) = granted.filter(|granted| *granted < needed && connections > 0) {
        if is_default {
            tracing::info!(granted, needed, "fewer file descriptors than the default of limits.connections may need");
        } else {
            tracing::warn!(
                granted,
                needed,
                "limits.connections may need more file descriptors than there are: raise LimitNOFILE, or lower the limit"
            );
        }
    }
}

/// How many descriptors the process can have at once.
pub(super) fn granted() -> usize {
    let granted = getrlimit(Resource::Nofile).current.unwrap_or(MOST).min(MOST);
    usize::try_from(granted).unwrap_or(usize::MAX)
}
