//! The event loop of a worker: a runtime of one thread, which sleeps until the kernel has an event of one of its sockets.
//!
//! When it wakes, it takes all events that there are. By default, tokio takes 1,024 at once and leaves the others in the kernel;
//! here it takes as many as the process may have descriptors. So if there is no event of a socket after a sleep, nothing was
//! received on it by then, and no system call is needed to know that
//! ([`TcpConnection::is_quiet`](super::tcp::TcpConnection::is_quiet)). The limit of descriptors is read when the loop is built: if
//! it is raised from outside later, this no longer holds. An event takes 12 bytes; memory for events that never happen is address
//! space that is never used.

use tokio::runtime::Builder;

use super::fd_limit;

/// A builder of it. The process has claimed its descriptors by then.
pub(crate) fn builder() -> Builder {
    let mut builder = Builder::new_current_thread();
    builder.enable_all().max_io_events_per_tick(fd_limit::granted().max(1));
    builder
}
