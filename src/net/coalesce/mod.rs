//! Write coalescing: bytes that are ready at about the same time go out together, because a write costs a system call and
//! may wake the receiving process.
//!
//! There are two, which share no code because they join different things:
//! - [`flush_queue`] joins the writes of *many connections* in time. It holds no bytes. Each connection keeps its own, and is
//!   told once when to send them: after all tasks that are ready have run. An error or a full socket is the connection's own
//!   matter, and concerns no other.
//! - [`per_poll`] joins the writes of *one connection*. It is a stream that holds the bytes of one poll, because h2 wants a
//!   stream that takes each frame at once. It has to hand back pressure and errors to a writer that believes its bytes sent.
//!
//! A queue of one connection would send a poll's bytes a turn later; a buffer for each connection in the queue would copy
//! requests that are in a buffer already.

pub(crate) mod flush_queue;
pub(crate) mod per_poll;
