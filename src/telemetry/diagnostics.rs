//! Diagnostics on standard error, through `tracing`.
