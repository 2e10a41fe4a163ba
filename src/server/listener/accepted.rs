//! Listening sockets and accepted ones, TCP and Unix alike, on a runtime or between two runtimes.
//!
//! A connection may be accepted by one worker and served by another, so it can leave its runtime.

use std::io;
use std::net::{SocketAddr, TcpStream as StdTcpStream};
use std::os::unix::net::UnixStream as StdUnixStream;

use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};

use super::{BACKLOG, ListenSocket, SocketKind};
use crate::net::stream::Stream;
use crate::net::tcp::TcpConnection;

/// How many unsent bytes of a response may wait in the kernel. More would hide how fast the visitor reads: for a visitor who
/// reads fast at first, the kernel takes megabytes at once, and reports room only when a third of them has been sent.
const MOST_UNSENT: u32 = 128 << 10;

/// A socket that listens on a worker's runtime.
pub(in crate::server) struct Listener {
    kind: Kind,
    inherited: bool,
}

enum Kind {
    Tcp(TcpListener),
    Unix(UnixListener),
}

impl Listener {
    /// Registers the socket with the current runtime.
    ///
    /// # Errors
    /// If the runtime cannot watch it.
    pub(in crate::server) fn new(socket: ListenSocket) -> io::Result<Self> {
        let kind = match socket.kind {
            SocketKind::Tcp(listener) => Kind::Tcp(TcpListener::from_std(listener)?),
            SocketKind::Unix(listener) => Kind::Unix(UnixListener::from_std(listener)?),
        };
        Ok(Self { kind, inherited: socket.inherited })
    }

    /// # Errors
    /// Those of accept(2): often no descriptor is free, or the peer has left already.
    pub(in crate::server) async fn accept(&self) -> io::Result<Accepted> {
        match &self.kind {
            Kind::Tcp(listener) => {
                listener.accept().await.map(|(stream, peer)| Accepted::tcp(Tcp::Attached(stream), peer))
            }
            Kind::Unix(listener) => listener.accept().await.map(|(stream, _)| Accepted::Unix(Unix::Attached(stream))),
        }
    }

    /// Closes the socket and returns the connections that are not accepted yet. An inherited socket is open in another process
    /// as well; its connections are left for that process.
    pub(in crate::server) fn backlog(self) -> Vec<Accepted> {
        if self.inherited {
            return Vec::new();
        }
        match self.kind {
            Kind::Tcp(listener) => listener.into_std().map_or_else(
                |_| Vec::new(),
                |listener| {
                    waiting(|| listener.accept())
                        .map(|(stream, peer)| Accepted::tcp(Tcp::Detached(stream), peer))
                        .collect()
                },
            ),
            Kind::Unix(listener) => listener.into_std().map_or_else(
                |_| Vec::new(),
                |listener| {
                    waiting(|| listener.accept()).map(|(stream, _)| Accepted::Unix(Unix::Detached(stream))).collect()
                },
            ),
        }
    }
}

/// The connections of the backlog; no more than it can hold, because new ones may arrive without end meanwhile.
fn waiting<S>(mut accept: impl FnMut() -> io::Result<S>) -> impl Iterator<Item = S> {
    // Linux keeps one more than the backlog says.
    std::iter::from_fn(move || accept().ok()).take(usize::from(BACKLOG) + 1)
}

/// A connection that was accepted, attached to the runtime of its worker or to none.
pub(in crate::server) enum Accepted {
    Tcp(Tcp, SocketAddr),
    Unix(Unix),
}

/// A TCP stream, registered with a runtime or not yet.
pub(in crate::server) enum Tcp {
    Attached(TcpStream),
    Detached(StdTcpStream),
}

/// The same of a Unix socket.
pub(in crate::server) enum Unix {
    Attached(UnixStream),
    Detached(StdUnixStream),
}

impl Accepted {
    /// A dual-stack socket reports IPv4 peers as mapped IPv6 addresses; they are converted back here.
    fn tcp(stream: Tcp, peer: SocketAddr) -> Self {
        Self::Tcp(stream, canonical(peer))
    }

    /// `None` on a Unix socket.
    pub(in crate::server) fn peer(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(_, peer) => Some(*peer),
            Self::Unix(_) => None,
        }
    }

    /// The address that the peer connected to. `None` on a Unix socket.
    pub(in crate::server) fn local(&self) -> Option<SocketAddr> {
        let address = match self {
            Self::Tcp(Tcp::Attached(stream), _) => stream.local_addr(),
            Self::Tcp(Tcp::Detached(stream), _) => stream.local_addr(),
            Self::Unix(_) => return None,
        };
        address.ok().map(canonical)
    }

    /// Takes it off its runtime, to be served on another thread.
    ///
    /// # Errors
    /// If it cannot be deregistered from the runtime; it is closed then.
    pub(in crate::server) fn into_detached(self) -> io::Result<Self> {
        Ok(match self {
            Self::Tcp(Tcp::Attached(stream), peer) => Self::Tcp(Tcp::Detached(stream.into_std()?), peer),
            Self::Unix(Unix::Attached(stream)) => Self::Unix(Unix::Detached(stream.into_std()?)),
            detached => detached,
        })
    }

    /// A stream on the current runtime.
    ///
    /// # Errors
    /// The runtime cannot watch the socket, or an option cannot be set.
    pub(in crate::server) fn into_stream(self) -> io::Result<Box<dyn Stream>> {
        Ok(match self {
            Self::Tcp(stream, _) => {
                let stream = match stream {
                    Tcp::Attached(stream) => stream,
                    Tcp::Detached(stream) => {
                        stream.set_nonblocking(true)?;
                        TcpStream::from_std(stream)?
                    }
                };
                set_options(&stream)?;
                Box::new(TcpConnection::from(stream))
            }
            Self::Unix(Unix::Attached(stream)) => Box::new(stream),
            Self::Unix(Unix::Detached(stream)) => {
                stream.set_nonblocking(true)?;
                Box::new(UnixStream::from_std(stream)?)
            }
        })
    }
}

/// Sets the options by which written bytes are sent at once, and few of them wait in the kernel.
fn set_options(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    SockRef::from(stream).set_tcp_notsent_lowat(MOST_UNSENT)
}

/// `::ffff:192.0.2.1` is `192.0.2.1`.
fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn little_waits_in_the_kernel_that_is_not_on_its_way() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (_peer, accepted) = tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
        let (stream, _) = accepted.unwrap();
        set_options(&stream).unwrap();
        assert_eq!(SockRef::from(&stream).tcp_notsent_lowat().unwrap(), MOST_UNSENT);
    }

    #[test]
    fn those_who_come_while_others_are_taken_do_not_keep_a_socket_open() {
        let mut came = 0..1_000_000;
        let taken = waiting(|| came.next().ok_or_else(|| io::ErrorKind::WouldBlock.into())).count();
        assert_eq!(taken, 4097);
        assert_eq!(waiting(|| Err::<(), _>(io::ErrorKind::WouldBlock.into())).count(), 0);
    }
}
