//! The addresses of a name: looked up on another thread, repeatedly while they are used, and kept if a lookup fails.
//!
//! The system's resolver returns no lifetime, so one is assumed. A connection to an address that the name no longer has is
//! closed as soon as it is idle.

use std::cell::RefCell;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use tokio::net::lookup_host;
use tokio::time::Instant;
use tokio::time::timeout;

/// After this time addresses are looked up again.
const LIFETIME: Duration = Duration::from_secs(30);
/// How long a request waits for a lookup if older addresses are known.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(1);

type Found = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>>>>;
/// From a name and a port to addresses.
pub(in crate::upstream) type Lookup = Rc<dyn Fn(&str, u16) -> Found>;

/// The system's resolver, which blocks, on tokio's blocking threads.
pub(in crate::upstream) fn system() -> Lookup {
    Rc::new(|host, port| {
        let host = host.to_owned();
        Box::pin(async move { Ok(lookup_host((host, port)).await?.collect()) })
    })
}

/// The addresses of one endpoint.
pub(in crate::upstream) struct HostAddresses {
    /// A name, or an address as text.
    pub(in crate::upstream) host: String,
    port: u16,
    lookup: Lookup,
    known: RefCell<Option<ResolvedAddresses>>,
}

struct ResolvedAddresses {
    addresses: Rc<[SocketAddr]>,
    /// When they are looked up again; `None`: they are what was configured.
    due: Option<Instant>,
}

impl HostAddresses {
    pub(in crate::upstream) fn new(host: &str, port: u16, lookup: Lookup) -> Self {
        let literal = host.parse::<IpAddr>().ok();
        let known = literal.map(|ip| ResolvedAddresses { addresses: Rc::new([SocketAddr::new(ip, port)]), due: None });
        Self { host: host.to_owned(), port, lookup, known: RefCell::new(known) }
    }

    /// The addresses to connect to; at least one.
    ///
    /// # Errors
    /// No address is known, and the lookup failed.
    pub(in crate::upstream) async fn get(&self) -> io::Result<Rc<[SocketAddr]>> {
        match self.held().filter(|_| !self.is_due(Instant::now())) {
            Some(addresses) => Ok(addresses),
            None => self.look_up().await,
        }
    }

    /// Whether it is time to look them up again.
    pub(in crate::upstream) fn is_due(&self, now: Instant) -> bool {
        self.known.borrow().as_ref().and_then(|known| known.due).is_some_and(|due| due <= now)
    }

    /// Notes that they may have changed: the next request looks them up.
    pub(in crate::upstream) fn doubt(&self) {
        if let Some(due) = self.known.borrow_mut().as_mut().and_then(|known| known.due.as_mut()) {
            *due = Instant::now();
        }
    }

    /// Whether this is still one of them.
    pub(in crate::upstream) fn contain(&self, address: SocketAddr) -> bool {
        self.known.borrow().as_ref().is_none_or(|known| known.addresses.contains(&address))
    }

    /// Looks them up. If that fails, the last good ones stay.
    ///
    /// # Errors
    /// It failed, and none was known before.
    pub(in crate::upstream) async fn look_up(&self) -> io::Result<Rc<[SocketAddr]>> {
        let due = Some(Instant::now() + LIFETIME);
        let looking = (self.lookup)(&self.host, self.port);
        let Some(held) = self.held() else {
            let found = some(looking.await?)?;
            return Ok(self.hold(interleaved(found), due));
        };
        // Other requests use the old ones meanwhile.
        self.hold(Rc::clone(&held), due);
        let found = timeout(LOOKUP_TIMEOUT, looking).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        match found.and_then(some) {
            Ok(found) => Ok(self.hold(interleaved(found), due)),
            Err(error) => {
                tracing::warn!(host = self.host, %error, "name not resolved, its last good addresses stay");
                Ok(held)
            }
        }
    }

    fn held(&self) -> Option<Rc<[SocketAddr]>> {
        self.known.borrow().as_ref().map(|known| Rc::clone(&known.addresses))
    }

    fn hold(&self, addresses: Rc<[SocketAddr]>, due: Option<Instant>) -> Rc<[SocketAddr]> {
        self.known.replace(Some(ResolvedAddresses { addresses: Rc::clone(&addresses), due }));
        addresses
    }
}

fn some(found: Vec<SocketAddr>) -> io::Result<Vec<SocketAddr>> {
    let none = || io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    if found.is_empty() { Err(none()) } else { Ok(found) }
}

/// The addresses in the resolver's order, but IPv6 and IPv4 in turn: if one of them does not work, the other is next (RFC 8305).
fn interleaved(found: Vec<SocketAddr>) -> Rc<[SocketAddr]> {
    let first_is_v6 = found.first().is_some_and(SocketAddr::is_ipv6);
    let (preferred, other): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.is_ipv6() == first_is_v6);
    let mut other = other.into_iter();
    let mut addresses = Vec::new();
    for one in preferred {
        addresses.push(one);
        addresses.extend(other.next());
    }
    addresses.extend(other);
    addresses.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_take_turns() {
        let ordered = |texts: &[&str]| {
            interleaved(texts.iter().map(|text| text.parse().unwrap()).collect())
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        let six_first: Vec<_> = ordered(&["[::1]:1", "[::2]:1", "[::3]:1", "127.0.0.1:1"]);
        assert_eq!(six_first, ["[::1]:1", "127.0.0.1:1", "[::2]:1", "[::3]:1"]);
        let four_first: Vec<_> = ordered(&["127.0.0.1:1", "[::1]:1", "[::2]:1", "127.0.0.2:1"]);
        assert_eq!(four_first, ["127.0.0.1:1", "[::1]:1", "127.0.0.2:1", "[::2]:1"]);
    }
}
