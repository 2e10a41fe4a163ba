//! What is watched: metrics, the access log, spans and diagnostics (and what h2 says in them, `refused_heads`).
//!
//! Reads the core's enums and nothing else. The logic returns values; one place at the end of a request records them.
//! No visitor can create a label, and no cookie value and no query string is ever written.

pub mod access_log;
pub mod diagnostics;
pub mod metrics;
pub mod panics;
mod printable;
pub mod refused_heads;
pub mod spans;

pub use metrics::{Metrics, SiteMetrics};
pub use printable::{excerpt, printable, printable_lines};
