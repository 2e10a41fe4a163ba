//! The server: listeners, workers, connections, and the life of the process.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::reload::Loader;

/// Where a running server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoundAddress {
    /// A TCP address; `tls` says which scheme to use.
    Tcp {
        /// The address, with the port that the kernel chose.
        address: SocketAddr,
        /// Whether it speaks TLS.
        tls: bool,
    },
    /// A Unix socket.
    Unix(PathBuf),
}

/// A server that serves.
pub struct Server {}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
}

impl Server {
    /// Loads the configuration, binds every listener, starts the workers and the admin listener; all or nothing.
    ///
    /// # Errors
    /// Where the configuration is faulty or an address cannot be bound.
    pub fn start(_load: Loader) -> Result<Self, ServerError> {
        todo!()
    }

    /// Where it listens, in the order of the file.
    pub fn addresses(&self) -> &[BoundAddress] {
        todo!()
    }

    /// Where the admin listener is.
    pub fn admin_address(&self) -> SocketAddr {
        todo!()
    }

    /// Serves until SIGTERM or SIGINT, then drains. Reloads on SIGHUP and when a file changes. Returns whether the drain
    /// ended before its deadline.
    ///
    /// # Errors
    /// Where signals cannot be received.
    pub fn run_until_signalled(self) -> Result<bool, ServerError> {
        todo!()
    }
}
