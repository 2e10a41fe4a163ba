//! File descriptors: a visitor's connection takes one, and mostly another one towards the portal.
//!
//! All that the hard limit grants is taken at the start; if `connections` may need more, the log says so.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The process takes no more, however many it is granted: as many as Linux grants one process unless it is told otherwise.
const MOST: u64 = 1 << 20;
/// For files, listeners, and what else a process holds open.
const OTHERS: u64 = 64;

/// Takes all that the system grants, up to [`MOST`]: it lets a process begin with few (often 1,024) and raise that itself.
/// `connections` is `limits.connections`; that many may need more than there are. A default (`is_default`) is nobody's
/// wish: that it may not be reached is said, and warns of nothing.
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
