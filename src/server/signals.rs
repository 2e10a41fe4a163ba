//! The signals of the process: SIGTERM and SIGINT drain, SIGHUP reloads, SIGUSR1 reopens the access log.
//!
//! They are received on the main thread, which `lifecycle` runs.

use std::io;

use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::ServerError;

/// The signals, taken over from their default action. To be taken before anything is served: by default SIGTERM would kill the
/// process and cut every connection.
pub struct Signals {
    /// On which they are received.
    pub(super) runtime: Runtime,
    pub(super) requests: SignalReceiver,
}

impl Signals {
    /// Takes the signals over; they are kept until [`Server::run_until_signalled`](super::Server::run_until_signalled).
    ///
    /// # Errors
    /// If the system refuses a handler.
    pub fn take_over() -> Result<Self, ServerError> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(ServerError::system("a runtime"))?;
        let entered = runtime.enter();
        let requests = SignalReceiver::new().map_err(ServerError::system("the signals"))?;
        drop(entered);
        Ok(Self { runtime, requests })
    }
}

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// SIGTERM or SIGINT.
    Drain,
    /// SIGHUP.
    Reload,
    /// SIGUSR1, which log rotation sends.
    ReopenLog,
}

/// What is asked for, one signal after the other.
pub(super) struct SignalReceiver {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
    user1: Signal,
}

impl SignalReceiver {
    fn new() -> io::Result<Self> {
        // A write beyond a limit on the size of files then fails; by default the system ends the process. The handler stays.
        drop(signal(SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw()))?);
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
            user1: signal(SignalKind::user_defined1())?,
        })
    }

    /// Waits for the next one. Signals of one kind that come together count once.
    pub(super) async fn next(&mut self) -> Request {
        tokio::select! {
            _ = self.terminate.recv() => Request::Drain,
            _ = self.interrupt.recv() => Request::Drain,
            _ = self.hang_up.recv() => Request::Reload,
            _ = self.user1.recv() => Request::ReopenLog,
        }
    }
}
