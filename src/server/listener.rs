//! Listeners: which sockets are bound, and how all workers accept from them.
//!
//! If octroi binds a TCP address, each worker has a socket of its own (`SO_REUSEPORT`). A Unix socket, or one that was passed to
//! the process (`socket_activation`), is shared by all. `connection_limits` bounds the connections that are `accepted`. A
//! connection may begin with a `proxy_protocol` header and `tls`, whose sessions are resumed by `tickets`.

pub(super) mod accepted;
pub(super) mod connection_limits;
pub(super) mod proxy_protocol;
pub(super) mod socket_activation;
mod tickets;
pub(super) mod tls;

use std::io;
use std::net::{SocketAddr, TcpListener as StdTcpListener};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::{UnixListener as StdUnixListener, UnixStream as StdUnixStream};
use std::path::{Path, PathBuf};

use socket2::{Domain, SockAddr, Socket, Type};

use super::BoundAddress;
use crate::config::{ListenAddress, ListenerConfig};
use socket_activation::Inherited;
use tls::Tls;

/// Connections that the kernel keeps until they are accepted; it lowers this to `net.core.somaxconn`.
pub(super) const BACKLOG: u16 = 4096;
/// The mode of a Unix socket: its owner and its group may connect.
const UNIX_MODE: u32 = 0o660;

/// Why an address cannot be listened on.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Another process listens there.
    #[error("cannot listen on {0}: another process listens there already; stop it or choose another address")]
    InUse(String),
    /// A port that only privileged processes may bind.
    #[error(
        "cannot listen on {0}: permission denied; a port below 1024 needs the capability CAP_NET_BIND_SERVICE (systemd: \
         `AmbientCapabilities=CAP_NET_BIND_SERVICE`), or a socket unit"
    )]
    Privileged(String),
    /// No such socket was passed, or another listener has taken it.
    #[error(
        "cannot listen on {wanted}: no such socket is passed (by a systemd socket unit, LISTEN_FDS); still to be taken: {left}"
    )]
    #[allow(missing_docs)]
    NotInherited { wanted: String, left: String },
    /// A socket was passed for which there is no listener.
    #[error(
        "no [[listener]] takes a socket that is passed, and connections would wait on it for ever: give a listener its \
         `address`, or take it out of the socket unit: {0}"
    )]
    Unclaimed(String),
    /// The file descriptor that was passed is no listening socket.
    #[error("{socket} cannot be listened on: {source}; a socket unit needs `ListenStream=` and `Accept=no`")]
    #[allow(missing_docs)]
    NotAListener { socket: String, source: io::Error },
    /// Anything else, as the kernel says it.
    #[error("cannot listen on {address}: {source}")]
    #[allow(missing_docs)]
    Io { address: String, source: io::Error },
}

/// A listener as its connections see it.
pub(super) struct Listening {
    /// As configured at the start: another address or another `proxy_protocol` needs a restart.
    pub(super) config: ListenerConfig,
    /// Its certificates follow each reload.
    pub(super) tls: Option<Tls>,
}

impl Listening {
    /// Whether this address may speak for others. A peer on a Unix socket (`None`) may: the mode of the file decides who can connect.
    pub(super) fn trusts(&self, address: Option<SocketAddr>) -> bool {
        address.is_none_or(|address| self.config.trusted.iter().any(|network| network.contains(&address.ip())))
    }
}

/// One configured listener, bound: a socket for each worker.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) address: BoundAddress,
    /// One for each worker.
    pub(super) sockets: Vec<ListenSocket>,
    /// The file of a Unix socket, removed in the end.
    pub(super) file: Option<SocketFile>,
}

/// A listening socket, non-blocking, not yet registered with a runtime.
#[derive(Debug)]
pub(super) struct ListenSocket {
    pub(super) kind: SocketKind,
    /// Whether another process keeps it when this one ends.
    pub(super) inherited: bool,
}

/// A socket that listens, of the standard library.
#[derive(Debug)]
pub(super) enum SocketKind {
    Tcp(StdTcpListener),
    Unix(StdUnixListener),
}

/// Removes the file of a Unix socket when dropped.
#[derive(Debug)]
pub(super) struct SocketFile(PathBuf);

impl Drop for SocketFile {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Takes the socket that was passed for this address, or binds the address, for `workers` workers.
///
/// # Errors
/// If the address cannot be bound, or the socket that it names was not passed.
pub(super) fn bind(
    address: &ListenAddress,
    tls: bool,
    only_v6: bool,
    workers: usize,
    inherited: &mut Inherited,
) -> Result<Bound, ListenError> {
    let error = |source| failed(address, source);
    if let Some(socket) = inherited.claim(address)? {
        return adopt(socket, tls, workers).map_err(error);
    }
    match address {
        ListenAddress::Tcp(tcp) => bind_tcp(*tcp, tls, only_v6, workers).map_err(error),
        ListenAddress::Unix(path) => bind_unix(path, workers).map_err(error),
        // It was claimed above, or that was the error.
        ListenAddress::Inherited(_) => Err(error(io::ErrorKind::NotFound.into())),
    }
}

/// Binds the admin listener's address, for one accept loop.
///
/// # Errors
/// If the address cannot be bound.
pub(super) fn bind_admin(address: SocketAddr) -> Result<StdTcpListener, ListenError> {
    let bind = || {
        let listener = StdTcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    };
    bind().map_err(|source| failed(&ListenAddress::Tcp(address), source))
}

fn failed(listen: &ListenAddress, source: io::Error) -> ListenError {
    let address = listen.to_string();
    match (source.kind(), listen) {
        (io::ErrorKind::AddrInUse, _) => ListenError::InUse(address),
        (io::ErrorKind::PermissionDenied, ListenAddress::Tcp(_)) => ListenError::Privileged(address),
        _ => ListenError::Io { address, source },
    }
}

/// Port 0 is chosen by the kernel for the first socket, and taken by all.
fn bind_tcp(address: SocketAddr, tls: bool, only_v6: bool, workers: usize) -> io::Result<Bound> {
    let first = tcp_socket(address, only_v6)?;
    // The first socket binds without the option. With it, the kernel would also accept an address that another process has
    // bound with it, and silently share the connections out to both.
    first.bind(&address.into())?;
    first.set_reuse_port(true)?;
    first.listen(BACKLOG.into())?;
    let first = StdTcpListener::from(first);
    let address = first.local_addr()?;

    let mut sockets = vec![ListenSocket { kind: SocketKind::Tcp(first), inherited: false }];
    for _ in 1..workers {
        let socket = tcp_socket(address, only_v6)?;
        socket.set_reuse_port(true)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG.into())?;
        sockets.push(ListenSocket { kind: SocketKind::Tcp(socket.into()), inherited: false });
    }
    Ok(Bound { address: BoundAddress::Tcp { address, tls }, sockets, file: None })
}

/// Without `only_v6`, the kernel's setting decides whether `[::]` takes IPv4 as well (`net.ipv6.bindv6only`).
fn tcp_socket(address: SocketAddr, only_v6: bool) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    if only_v6 {
        socket.set_only_v6(true)?;
    }
    socket.set_nonblocking(true)?;
    // Connections of a former process may be in TIME_WAIT.
    socket.set_reuse_address(true)?;
    Ok(socket)
}

/// A path on which another process listens is refused: two processes would share its connections out at random.
fn bind_unix(path: &Path, workers: usize) -> io::Result<Bound> {
    remove_stale(path)?;
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    socket.bind(&SockAddr::unix(path)?)?;
    let file = SocketFile(path.to_owned());
    // Before it listens, or a client could connect under another mode.
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(UNIX_MODE))?;
    socket.listen(BACKLOG.into())?;
    let listener = StdUnixListener::from(socket);
    let sockets = share(SocketKind::Unix(listener), false, workers)?;
    Ok(Bound { address: BoundAddress::Unix(path.to_owned()), sockets, file: Some(file) })
}

/// Removes the file of a socket on which no process listens: one that was killed has left it behind.
fn remove_stale(path: &Path) -> io::Result<()> {
    let is_socket = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_socket());
    if !is_socket {
        return Ok(());
    }
    match StdUnixStream::connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => std::fs::remove_file(path),
        _ => Err(io::ErrorKind::AddrInUse.into()),
    }
}

fn adopt(kind: SocketKind, tls: bool, workers: usize) -> io::Result<Bound> {
    let address = match &kind {
        SocketKind::Tcp(listener) => BoundAddress::Tcp { address: listener.local_addr()?, tls },
        SocketKind::Unix(listener) => {
            let path = listener.local_addr()?.as_pathname().map(Path::to_owned);
            BoundAddress::Unix(path.unwrap_or_default())
        }
    };
    Ok(Bound { address, sockets: share(kind, true, workers)?, file: None })
}

/// Duplicates a socket's descriptor for each worker.
fn share(kind: SocketKind, inherited: bool, workers: usize) -> io::Result<Vec<ListenSocket>> {
    let mut sockets = Vec::with_capacity(workers);
    for _ in 1..workers {
        let kind = match &kind {
            SocketKind::Tcp(listener) => SocketKind::Tcp(listener.try_clone()?),
            SocketKind::Unix(listener) => SocketKind::Unix(listener.try_clone()?),
        };
        sockets.push(ListenSocket { kind, inherited });
    }
    sockets.push(ListenSocket { kind, inherited });
    Ok(sockets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bind_here(address: &ListenAddress, workers: usize) -> Result<Bound, ListenError> {
        bind(address, false, false, workers, &mut Inherited::default())
    }

    #[test]
    fn a_port_of_the_privileged_says_what_it_needs() {
        let refused = || io::Error::from(io::ErrorKind::PermissionDenied);
        let tcp = failed(&ListenAddress::Tcp("127.0.0.1:80".parse().unwrap()), refused()).to_string();
        assert!(tcp.contains("127.0.0.1:80") && tcp.contains("CAP_NET_BIND_SERVICE"), "{tcp}");
        let unix = failed(&ListenAddress::Unix("/run/octroi.sock".into()), refused()).to_string();
        assert!(unix.contains("/run/octroi.sock: permission denied"), "{unix}");
    }

    #[test]
    fn every_worker_listens_on_the_port_that_the_kernel_chose() {
        for address in ["127.0.0.1:0", "[::1]:0"] {
            let bound = bind_here(&ListenAddress::Tcp(address.parse().unwrap()), 3).unwrap();
            let BoundAddress::Tcp { address, tls: false } = bound.address else { panic!("{bound:?}") };
            assert_ne!(address.port(), 0);
            for socket in &bound.sockets {
                let SocketKind::Tcp(listener) = &socket.kind else { panic!("{socket:?}") };
                assert_eq!(listener.local_addr().unwrap(), address);
            }
            assert_eq!(bound.sockets.len(), 3);
        }
    }

    #[test]
    fn another_process_that_would_share_the_port_is_noticed() {
        let other = tcp_socket("127.0.0.1:0".parse().unwrap(), false).unwrap();
        other.set_reuse_port(true).unwrap();
        other.bind(&"127.0.0.1:0".parse::<SocketAddr>().unwrap().into()).unwrap();
        other.listen(1).unwrap();
        let address = other.local_addr().unwrap().as_socket().unwrap();
        let error = bind_here(&ListenAddress::Tcp(address), 2).unwrap_err();
        assert!(matches!(&error, ListenError::InUse(named) if *named == address.to_string()), "{error}");
    }

    #[test]
    fn a_stale_unix_socket_is_replaced_and_a_live_one_is_not() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("octroi.sock");
        drop(StdUnixListener::bind(&path).unwrap());
        assert!(path.exists());

        let address = ListenAddress::Unix(path.clone());
        let bound = bind_here(&address, 2).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, UNIX_MODE);
        assert!(matches!(bind_here(&address, 1), Err(ListenError::InUse(_))));
        drop(bound);
        assert!(!path.exists());
    }

    #[test]
    fn a_file_that_is_no_socket_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("notes.txt");
        std::fs::write(&path, "mine").unwrap();
        assert!(bind_here(&ListenAddress::Unix(path.clone()), 1).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    }

    #[test]
    fn an_inherited_socket_is_shared_by_all_workers() {
        let listener = StdTcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let bound = adopt(SocketKind::Tcp(listener), true, 2).unwrap();
        assert_eq!(bound.address, BoundAddress::Tcp { address, tls: true });
        assert_eq!(bound.sockets.len(), 2);
    }
}
