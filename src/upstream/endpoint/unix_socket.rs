//! Connects to a portal that listens on a Unix socket of the same machine.
//!
//! If the listener's queue is full, a TCP connect waits. On a Unix socket it fails at once (`EAGAIN`), and the kernel has no
//! event for the moment when there is room again. So octroi tries again until `upstream_connect` is over. Otherwise a burst of
//! requests to a busy portal would be answered with 502.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::UnixStream;
use tokio::time::sleep;

use crate::upstream::UpstreamError;
use crate::upstream::error::is_own_shortage;

/// The first pause before a full queue is tried again; each is twice the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
/// The longest of those pauses.
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

/// The path of a portal's socket.
pub(super) struct UnixSocket {
    path: PathBuf,
    /// As configured, for errors.
    name: Arc<str>,
}

impl UnixSocket {
    pub(super) fn new(path: &Path, name: Arc<str>) -> Self {
        Self { path: path.to_owned(), name }
    }

    /// Connects, and waits while the portal's queue is full; the caller sets the deadline.
    ///
    /// # Errors
    /// If nobody listens there or octroi may not open it: with the path, who octroi is, and what to do.
    pub(super) async fn connect(&self) -> Result<UnixStream, UpstreamError> {
        let mut pause = FIRST_PAUSE;
        loop {
            match UnixStream::connect(&self.path).await {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                opened => return opened.map_err(|error| self.error(error)),
            }
        }
    }

    fn error(&self, source: io::Error) -> UpstreamError {
        let endpoint = Arc::clone(&self.name);
        if is_own_shortage(&source) {
            return UpstreamError::Exhausted { endpoint, source };
        }
        let (user, group) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
        let advice = advice(source.kind());
        UpstreamError::UnixSocket { endpoint, user, group, source, advice }
    }
}

/// What the operator can do about it.
fn advice(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => "start the portal, which makes the socket, or correct the path",
        io::ErrorKind::PermissionDenied => {
            "octroi must be able to write to the socket and to enter the folders above it: put its user into the socket's group"
        }
        io::ErrorKind::ConnectionRefused => {
            "nobody listens there: the portal has ended and left the file, or it is no socket"
        }
        _ => "check that the portal listens there",
    }
}
