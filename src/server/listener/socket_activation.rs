//! Sockets that were opened before the process started and are passed to it, by systemd or by anything else that speaks its
//! protocol (`sd_listen_fds(3)`).
//!
//! Two processes that hold the same socket accept from one queue, so that a new one can begin before the old one ends,
//! and no connection is lost between them. A listener takes a socket by its number (`inherited:0`), by its name
//! (`inherited:web`, the unit's `FileDescriptorName=`), or by its address alone: if a socket with the address in `octroi.toml`
//! is passed, it is not bound anew, so that one file serves with a socket unit and without.

use std::fmt;
use std::io;
use std::os::fd::AsFd;
use std::path::Path;

use listenfd::ListenFd;
use socket2::SockRef;

use super::{ListenError, SocketKind};
use crate::config::{InheritedSocket, ListenAddress};

/// The sockets that no listener has taken yet.
#[derive(Debug, Default)]
pub struct Inherited(Vec<Passed>);

/// One socket, as it was passed.
#[derive(Debug)]
struct Passed {
    /// From 0, in the order in which they were passed.
    number: usize,
    /// As `LISTEN_FDNAMES` has it.
    name: Option<String>,
    socket: SocketKind,
}

impl Inherited {
    /// Takes over what the environment announces. To be called once, before any thread is started: the announcement is
    /// taken out of the environment.
    ///
    /// # Errors
    /// If something else was passed than sockets that listen.
    pub fn from_environment() -> Result<Self, ListenError> {
        let names = std::env::var("LISTEN_FDNAMES").unwrap_or_default();
        let mut names = names.split(':');
        let mut announced = ListenFd::from_env();
        let count = announced.len();
        let take = |number| {
            let name = names.next().filter(|name| !name.is_empty()).map(ToOwned::to_owned);
            match take(&mut announced, number) {
                Ok(socket) => Ok(Passed { number, name, socket }),
                Err(source) => Err(ListenError::NotAListener { socket: described(number, name.as_deref()), source }),
            }
        };
        (0..count).map(take).collect::<Result<_, _>>().map(Self)
    }

    /// Takes the socket for a configured address; `None` if that is to be bound.
    ///
    /// # Errors
    /// If the address names a socket that was not passed, or is taken.
    pub(in crate::server) fn claim(&mut self, address: &ListenAddress) -> Result<Option<SocketKind>, ListenError> {
        let found = self.0.iter().position(|passed| passed.fits(address));
        match found {
            Some(at) => Ok(Some(self.0.remove(at).socket)),
            None if matches!(address, ListenAddress::Inherited(_)) => Err(self.lacks(address)),
            None => Ok(None),
        }
    }

    /// # Errors
    /// If a socket is left: connections would wait on it for ever.
    pub(in crate::server) fn all_claimed(&self) -> Result<(), ListenError> {
        if self.0.is_empty() { Ok(()) } else { Err(ListenError::Unclaimed(self.to_string())) }
    }

    fn lacks(&self, address: &ListenAddress) -> ListenError {
        ListenError::NotInherited { wanted: address.to_string(), left: self.to_string() }
    }
}

impl Passed {
    fn fits(&self, address: &ListenAddress) -> bool {
        match (address, &self.socket) {
            (ListenAddress::Inherited(InheritedSocket::Number(number)), _) => self.number == *number,
            (ListenAddress::Inherited(InheritedSocket::Name(name)), _) => self.name.as_ref() == Some(name),
            (ListenAddress::Tcp(address), SocketKind::Tcp(listener)) => {
                listener.local_addr().is_ok_and(|bound| bound == *address)
            }
            (ListenAddress::Unix(path), SocketKind::Unix(listener)) => {
                listener.local_addr().is_ok_and(|bound| bound.as_pathname() == Some(path))
            }
            _ => false,
        }
    }
}

/// Takes one socket over and makes sure that connections can be accepted from it.
fn take(announced: &mut ListenFd, number: usize) -> io::Result<SocketKind> {
    // Anything else than a TCP socket is left in its place.
    let tcp = announced.take_tcp_listener(number).ok().flatten().map(SocketKind::Tcp);
    let unix = || Ok(announced.take_unix_listener(number)?.map(SocketKind::Unix));
    let missing = || io::Error::from(io::ErrorKind::NotFound);
    let socket = tcp.map_or_else(unix, |socket| Ok::<_, io::Error>(Some(socket)))?.ok_or_else(missing)?;
    if !socket.is_listening()? {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it does not listen"));
    }
    socket.set_nonblocking()?;
    Ok(socket)
}

impl SocketKind {
    fn is_listening(&self) -> io::Result<bool> {
        let socket = match self {
            Self::Tcp(listener) => listener.as_fd(),
            Self::Unix(listener) => listener.as_fd(),
        };
        SockRef::from(&socket).is_listener()
    }

    fn set_nonblocking(&self) -> io::Result<()> {
        match self {
            Self::Tcp(listener) => listener.set_nonblocking(true),
            Self::Unix(listener) => listener.set_nonblocking(true),
        }
    }
}

/// What was passed and not taken, as an error names it.
impl fmt::Display for Inherited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("none");
        }
        for (index, passed) in self.0.iter().enumerate() {
            let separator = if index > 0 { ", " } else { "" };
            write!(f, "{separator}{passed}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = match &self.socket {
            SocketKind::Tcp(listener) => listener.local_addr().map(|address| address.to_string()),
            SocketKind::Unix(listener) => {
                let path = |address: std::os::unix::net::SocketAddr| address.as_pathname().map(Path::to_owned);
                listener.local_addr().map(|address| format!("unix:{}", path(address).unwrap_or_default().display()))
            }
        };
        write!(f, "{} = {}", described(self.number, self.name.as_deref()), bound.unwrap_or_default())
    }
}

/// How a listener may call it.
fn described(number: usize, name: Option<&str>) -> String {
    let name = name.map(|name| format!(" or inherited:{name}")).unwrap_or_default();
    format!("inherited:{number}{name}")
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::os::unix::net::UnixListener;

    use super::*;

    fn passed(number: usize, name: &str, socket: SocketKind) -> Passed {
        Passed { number, name: Some(name.to_owned()), socket }
    }

    fn tcp() -> (SocketKind, ListenAddress) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = ListenAddress::Tcp(listener.local_addr().unwrap());
        (SocketKind::Tcp(listener), address)
    }

    fn named(name: &str) -> ListenAddress {
        ListenAddress::Inherited(InheritedSocket::Name(name.to_owned()))
    }

    #[test]
    fn a_socket_is_found_by_number_name_or_address_and_once_only() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("octroi.sock");
        let ((first, _), (second, _), (third, third_address)) = (tcp(), tcp(), tcp());
        let unix = SocketKind::Unix(UnixListener::bind(&path).unwrap());
        let all = [("a", first), ("b", second), ("c", third), ("d", unix)].into_iter().enumerate();
        let mut inherited = Inherited(all.map(|(number, (name, socket))| passed(number, name, socket)).collect());

        let number = ListenAddress::Inherited(InheritedSocket::Number(1));
        for address in [number.clone(), named("a"), third_address.clone(), ListenAddress::Unix(path)] {
            assert!(inherited.all_claimed().is_err());
            assert!(inherited.claim(&address).unwrap().is_some(), "{address:?}");
        }
        inherited.all_claimed().unwrap();
        assert!(inherited.claim(&third_address).unwrap().is_none(), "what is not passed is bound");
        assert!(matches!(inherited.claim(&number), Err(ListenError::NotInherited { .. })));
    }

    #[test]
    fn an_error_names_what_was_passed() {
        let (socket, ListenAddress::Tcp(address)) = tcp() else { panic!() };
        let mut inherited = Inherited(vec![passed(0, "web", socket)]);
        let what = format!("inherited:0 or inherited:web = {address}");
        for error in [inherited.claim(&named("wbe")).unwrap_err(), inherited.all_claimed().unwrap_err()] {
            assert!(error.to_string().contains(&what), "{error}");
        }
    }
}
