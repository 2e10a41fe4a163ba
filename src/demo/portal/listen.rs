//! One port on both loopback addresses, because a browser may resolve `localhost` to `::1`.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};

/// How many ports are tried if the one that the kernel chose is taken on `::1`.
const ATTEMPTS: usize = 16;

/// Listeners on `port` of 127.0.0.1, and of `::1` if there is one. For 0, a port that is free on both.
///
/// # Errors
/// The port is taken on either address, or no port is free on both after 16 attempts.
pub(super) fn on_loopback(port: u16) -> io::Result<Vec<TcpListener>> {
    let attempts = if port == 0 { ATTEMPTS } else { 1 };
    let mut last = io::Error::from(ErrorKind::AddrInUse);
    for _ in 0..attempts {
        match both(port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => last = error,
            result => return result,
        }
    }
    Err(last)
}

/// The port of the listeners.
///
/// # Errors
/// There is no listener, or the kernel does not tell its address.
pub(super) fn port(listeners: &[TcpListener]) -> io::Result<u16> {
    let first = listeners.first().ok_or(ErrorKind::AddrNotAvailable)?;
    Ok(first.local_addr()?.port())
}

fn both(port: u16) -> io::Result<Vec<TcpListener>> {
    let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let port = v4.local_addr()?.port();
    let listeners = match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(v6) => vec![v4, v6],
        Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
        // The machine has no IPv6.
        Err(_) => vec![v4],
    };
    for listener in &listeners {
        listener.set_nonblocking(true)?;
    }
    Ok(listeners)
}
