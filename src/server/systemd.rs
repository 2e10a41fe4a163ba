//! Tells systemd the state of the process (`sd_notify(3)`, `Type=notify-reload`), and reads how often its watchdog wants to
//! be told that the process is alive.

pub(super) mod watchdog;

use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// How long a message waits if systemd's queue is full. One for the watchdog does not wait, because the next follows soon.
const WRITE_TIMEOUT: Duration = Duration::from_secs(1);

/// A state of the process.
#[derive(Clone, Copy, Debug)]
pub(super) enum ServiceState {
    /// All listeners are open, or a reload has ended.
    Serving,
    /// A reload changed nothing.
    ServingLastGood,
    /// systemd waits for the next state.
    Reloading,
    /// The unit is stopping: systemd's stop timeout runs.
    Draining,
    /// For the watchdog.
    Alive,
}

impl ServiceState {
    /// `KEY=value` lines of `sd_notify(3)`.
    fn message(self) -> String {
        match self {
            Self::Serving => "READY=1\nSTATUS=Serving".to_owned(),
            Self::ServingLastGood => {
                "READY=1\nSTATUS=Serving by the last good configuration: the files are faulty, see the log".to_owned()
            }
            Self::Reloading => format!("RELOADING=1\nMONOTONIC_USEC={}\nSTATUS=Reloading", monotonic_micros()),
            Self::Draining => "STOPPING=1\nSTATUS=Draining".to_owned(),
            Self::Alive => "WATCHDOG=1".to_owned(),
        }
    }
}

/// Tells systemd the state, if `NOTIFY_SOCKET` says where. An error is only logged, because nothing depends on the message.
pub(super) fn notify(state: ServiceState) {
    let Some(socket) = std::env::var_os("NOTIFY_SOCKET") else { return };
    if let Err(error) = send(socket.as_bytes(), state) {
        tracing::debug!(%error, "systemd was not told");
    }
}

/// After how long without a message systemd restarts the process; `None`: it does not.
pub(super) fn watchdog() -> Option<Duration> {
    let variable = |name| std::env::var(name).ok();
    watchdog_of(&variable("WATCHDOG_USEC")?, variable("WATCHDOG_PID").as_deref(), std::process::id())
}

/// Reads the variables as `sd_watchdog_enabled(3)` does. They may be meant for a parent of this process.
fn watchdog_of(micros: &str, pid: Option<&str>, own: u32) -> Option<Duration> {
    let is_meant = pid.is_none_or(|pid| pid.parse() == Ok(own));
    let micros = micros.parse().ok().filter(|micros| *micros > 0 && is_meant)?;
    Some(Duration::from_micros(micros))
}

/// `CLOCK_MONOTONIC` in microseconds: systemd tells by it whether the message answers its own reload or an older one.
fn monotonic_micros() -> i64 {
    let now = clock_gettime(ClockId::Monotonic);
    now.tv_sec * 1_000_000 + now.tv_nsec / 1000
}

/// Sends one datagram. A path that begins with `@` is in the abstract namespace.
fn send(path: &[u8], state: ServiceState) -> std::io::Result<()> {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::SocketAddr;
    let address = match path.strip_prefix(b"@") {
        Some(name) => SocketAddr::from_abstract_name(name)?,
        None => SocketAddr::from_pathname(std::ffi::OsStr::from_bytes(path))?,
    };
    let socket = UnixDatagram::unbound()?;
    socket.set_nonblocking(matches!(state, ServiceState::Alive))?;
    socket.set_write_timeout(Some(WRITE_TIMEOUT))?;
    socket.send_to_addr(state.message().as_bytes(), &address).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_watchdog_is_asked_for_by_a_number_and_may_be_meant_for_another_process() {
        let of = |micros, pid| watchdog_of(micros, pid, 7);
        assert_eq!(of("2000000", None), Some(Duration::from_secs(2)));
        assert_eq!(of("2000000", Some("7")), Some(Duration::from_secs(2)));
        for (micros, pid) in [("0", None), ("", None), ("soon", None), ("2000000", Some("8")), ("2000000", Some(""))] {
            assert_eq!(of(micros, pid), None, "{micros} {pid:?}");
        }
    }
}
