//! For `fuzz/` only: a portal in memory instead of a connection. Sockets would be slow there, and run out.

use std::cell::RefCell;
use std::io;

use tokio::io::DuplexStream;

thread_local! {
    static OFFERED: RefCell<Option<Vec<DuplexStream>>> = const { RefCell::new(None) };
}

/// The next connection of this thread leads here; further ones are refused.
pub fn offer(portal: DuplexStream) {
    OFFERED.set(Some(vec![portal]));
}

/// Takes the stream that was offered; `None` on a thread on which none ever was.
///
/// # Errors
/// If the stream has been taken already.
pub(super) fn connect() -> Option<io::Result<DuplexStream>> {
    let none_left = || io::Error::from(io::ErrorKind::NotFound);
    OFFERED.with_borrow_mut(|offered| offered.as_mut().map(|portals| portals.pop().ok_or_else(none_left)))
}
