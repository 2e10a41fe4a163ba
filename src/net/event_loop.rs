//! The event loop of a worker: a runtime of one thread, which sleeps until the kernel has news of the sockets that it
//! watches.
//!
//! When it wakes, it has taken all events that there were. Of its own accord, tokio takes 1,024 at once and leaves the
//! others in the kernel; here it takes as many as the process may have descriptors. So if there is no event of a socket
//! after a sleep, nothing had come on it by then, and no system call is needed to learn that
//! ([`TcpConnection::is_quiet`](super::tcp::TcpConnection::is_quiet)). The limit of descriptors is read when the loop is
//! built: a limit that is raised from outside later takes that certainty away. An event takes 12 bytes; memory for events that
//! there never are is address space which nobody touches.

use tokio::runtime::Builder;

use super::fd_limit;

/// A builder of it. The process has claimed its descriptors by then.
pub(crate) fn builder() -> Builder {
    let mut builder = Builder::new_current_thread();
    builder.enable_all().max_io_events_per_tick(fd_limit::granted().max(1));
    builder
}
