//! Write coalescing: bytes that are ready at about the same time go out together, because a write costs a system call and
//! may wake the receiving process.
//!
//! - [`flush_queue`] joins the writes of many connections in time. It holds no bytes: each connection has its own, and is
//!   told once when to send them, after all tasks that are ready have run.
pub(crate) mod flush_queue;
