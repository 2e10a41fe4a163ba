//! The server: listeners, workers, connections, and the life of the process.
//!
//! [`Server::start`] binds everything or nothing, then starts one thread for each worker and one for control (admin
//! listener, file watch). Workers have pools and caches of their own; on the request path they share the snapshot and little
//! else.
//!
//! `startup` puts the server together, `lifecycle` runs it to its end and handles the `signals`, and both report to `systemd`.
//! `listener` binds and accepts, `worker` distributes the connections. `connection` serves one from its first byte to its last
//! with the worker's `context` and a `handler`, and checks its deadlines at each `timer_tick`. `control` is the thread that
//! serves no visitor; `inventory_writer` writes the inventory's file.

mod clock_steps;
mod connection;
mod context;
mod control;
mod handler;
mod inventory_writer;
mod lifecycle;
mod listener;
mod signals;
mod startup;
mod systemd;
mod timer_tick;
mod worker;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread::JoinHandle;

use tokio::sync::{mpsc, watch as tokio_watch};

pub use listener::ListenError;
pub use listener::socket_activation::Inherited;
pub use listener::tls::TlsError;
pub use signals::Signals;

use crate::drain::DrainTrigger;
use crate::inventory::InventoryFile;
use crate::otlp::Exporter;
use crate::reload::{Loader, Reloader};
use crate::snapshot::Snapshots;
use crate::telemetry::Metrics;
use crate::telemetry::access_log::AccessLog;

/// An address on which a running server listens.
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

/// A running server. To drop it cuts every connection; [`Server::run_until_signalled`] drains it.
pub struct Server {
    addresses: Vec<BoundAddress>,
    admin_address: SocketAddr,
    snapshots: Snapshots,
    /// Used by signals and the admin listener to reload.
    reloader: Reloader,
    metrics: Metrics,
    access_log: AccessLog,
    exporter: Exporter,
    inventory_file: InventoryFile,
    /// Begins the drain, and waits for its end.
    trigger: DrainTrigger,
    threads: Threads,
    watchdog: systemd::watchdog::Watchdog,
    /// Receives the index of a worker that ended in a panic.
    lost: mpsc::UnboundedReceiver<usize>,
    /// Removed when the drain begins, or the server is dropped.
    socket_files: Vec<listener::SocketFile>,
}

/// The threads of a server. They end when `stop` says so or is dropped.
struct Threads {
    stop: tokio_watch::Sender<bool>,
    handles: Vec<JoinHandle<()>>,
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    /// An address cannot be listened on.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// A certificate cannot be served.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The access log cannot be written.
    #[error("cannot open the access log `{output}`: {source}")]
    #[allow(missing_docs)]
    AccessLog { output: String, source: io::Error },
    /// The system gave no thread, runtime or signal.
    #[error("cannot start {what}: {source}")]
    #[allow(missing_docs)]
    System { what: &'static str, source: io::Error },
}

impl Server {
    /// Loads the configuration, binds every listener that is not inherited, starts the workers and the admin listener;
    /// all or nothing.
    ///
    /// # Errors
    /// If the configuration is faulty, an address cannot be bound, or an inherited socket has no listener.
    pub fn start(load: Loader, inherited: Inherited) -> Result<Self, ServerError> {
        startup::start(load, inherited)
    }

    /// The addresses on which it listens, in the order of the file.
    pub fn addresses(&self) -> &[BoundAddress] {
        &self.addresses
    }

    /// The address of the admin listener.
    pub fn admin_address(&self) -> SocketAddr {
        self.admin_address
    }

    /// Serves until SIGTERM or SIGINT, then drains. Reloads on SIGHUP and when a file changes. Returns whether the drain
    /// ended before its deadline; a second signal ends it at once.
    pub fn run_until_signalled(self, signals: Signals) -> bool {
        lifecycle::run_until_signalled(self, signals)
    }
}

impl ServerError {
    fn system(what: &'static str) -> impl Fn(io::Error) -> Self {
        move |source| Self::System { what, source }
    }
}

impl fmt::Display for BoundAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { address, .. } => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}
