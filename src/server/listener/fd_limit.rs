//! File descriptors: a visitor's connection takes one, and mostly another one towards the portal.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// For files, listeners, and what else a process holds open.
const OTHERS: u64 = 64;

/// Takes all that the system grants: it lets a process begin with few (often 1,024) and raise that itself. `connections`
/// is `limits.connections`; that many may need more than there are.
pub(in crate::server) fn claim(connections: usize) {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = current == maximum || setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_ok();
    let granted = if raised { maximum } else { current };
    let needed = u64::try_from(connections).unwrap_or(u64::MAX).saturating_mul(2).saturating_add(OTHERS);
    if let Some(granted) = granted.filter(|granted| *granted < needed && connections > 0) {
        tracing::warn!(
            granted,
            needed,
            "limits.connections may need more file descriptors than there are: raise LimitNOFILE, or lower the limit"
        );
    }
}
