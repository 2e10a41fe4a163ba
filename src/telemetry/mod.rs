//! What is watched: metrics, the access log, spans and diagnostics.
//!
//! Reads the core's enums and nothing else. The logic returns values; one place at the end of a request records them.
//! No visitor can create a label, and no cookie value and no query string is ever written.

pub mod access_log;
pub mod diagnostics;
pub mod metrics;
pub mod panics;
mod printable;
pub mod spans;

pub use metrics::{Metrics, SiteMetrics};
pub use printable::{excerpt, printable, printable_lines};
