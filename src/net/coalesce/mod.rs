//! Write coalescing: bytes that are ready at about the same time are sent together, because a write costs a system call and may
//! wake the receiving process.
//!
//! There are two mechanisms, which share no code because they join different things:
//! - [`flush_queue`] joins the writes of *many connections* in time. It holds no bytes. Each connection keeps its own bytes, and
//!   is told once when to send them: after all tasks that are ready have run. An error or a full socket concerns only its own
//!   connection.
//! - [`per_poll`] joins the writes of *one connection*. It is a stream that holds the bytes of one poll, because h2 needs a stream
//!   that takes each frame at once. Backpressure and errors are reported to the writer at a later write.
//!
//! A queue of one connection would send a poll's bytes one iteration of the event loop later. A buffer for each connection in
//! the queue would copy requests that are in a buffer already.

pub(crate) mod flush_queue;
pub(crate) mod per_poll;
