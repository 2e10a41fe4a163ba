//! Opens a connection to an endpoint: name, TCP and TLS, or a Unix socket, all within one deadline.
//!
//! It is called if there is no idle connection. The time is the site's `upstream_connect`.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::ServerName;

use super::resolver::{HostAddresses, Lookup};
use super::tls;
use super::unix_socket::UnixSocket;
use crate::config::{EndpointConfig, UpstreamConfig};
use crate::net::tcp::TcpConnection;
use crate::upstream::UpstreamError;
use crate::upstream::error::tls_error;
use crate::upstream::http1::stream::{Peer, PortalStream};

/// How long one address is tried alone before the next one is tried as well (RFC 8305 §5).
const STAGGER: Duration = Duration::from_millis(250);

/// Where one endpoint is, and the name that its certificate must hold.
pub(in crate::upstream) struct ConnectTarget {
    /// `host:port` or `unix:/path` as configured, for logs and errors.
    pub(in crate::upstream) name: Arc<str>,
    place: Place,
}

enum Place {
    Host {
        /// Addresses of the endpoint's host, or of `connect` if the site has it.
        addresses: HostAddresses,
        /// The name that the certificate must hold, which is also sent (SNI): `sni` if the site has it, else the
        /// endpoint's host. `None` without TLS.
        tls: Option<String>,
    },
    Socket(UnixSocket),
}

impl ConnectTarget {
    pub(in crate::upstream) fn new(endpoint: &EndpointConfig, upstream: &UpstreamConfig, lookup: &Lookup) -> Self {
        let name: Arc<str> = endpoint.name().into();
        let place = match endpoint {
            EndpointConfig::Unix(path) => Place::Socket(UnixSocket::new(path, Arc::clone(&name))),
            EndpointConfig::Tcp { tls, host: own, port } => {
                let given = upstream.connect.as_deref().and_then(split_address);
                let (host, port) = given.unwrap_or((own, *port));
                let server = upstream.sni.as_ref().unwrap_or(own);
                Place::Host {
                    addresses: HostAddresses::new(host, port, Lookup::clone(lookup)),
                    tls: tls.then(|| server.clone()),
                }
            }
        };
        Self { name, place }
    }

    /// Whether a connection to this peer is still one to this endpoint.
    pub(in crate::upstream) fn leads_to(&self, peer: Peer) -> bool {
        match (&self.place, peer) {
            (Place::Host { addresses, .. }, Peer::Address(address)) => addresses.contain(address),
            (Place::Socket(_), Peer::UnixSocket) => true,
            _ => false,
        }
    }

    /// Whether its addresses must be looked up again.
    pub(in crate::upstream) fn is_due(&self, now: Instant) -> bool {
        self.addresses().is_some_and(|addresses| addresses.is_due(now))
    }

    /// Looks its addresses up again. If that fails, it is logged, and the last good ones stay.
    pub(in crate::upstream) async fn look_up(&self) {
        if let Some(addresses) = self.addresses() {
            drop(addresses.look_up().await);
        }
    }

    /// Notes that its addresses may have changed: the next request looks them up.
    pub(in crate::upstream) fn doubt(&self) {
        if let Some(addresses) = self.addresses() {
            addresses.doubt();
        }
    }

    fn addresses(&self) -> Option<&HostAddresses> {
        match &self.place {
            Place::Host { addresses, .. } => Some(addresses),
            Place::Socket(_) => None,
        }
    }

    /// Connects within this time, by TLS if the endpoint's URL says so.
    ///
    /// # Errors
    /// What failed: the name, the address, the handshake, the certificate, or the time. The addresses are looked up
    /// again for the next request.
    pub(in crate::upstream) async fn connect(
        &self,
        tls: Option<&TlsConnector>,
        within: Option<Duration>,
    ) -> Result<PortalStream, UpstreamError> {
        #[cfg(feature = "fuzzing")]
        if let Some(portal) = crate::upstream::in_memory::connect() {
            return portal
                .map(PortalStream::Memory)
                .map_err(|source| UpstreamError::Connect { endpoint: self.name.clone(), source });
        }
        let connecting = async {
            match &self.place {
                Place::Socket(socket) => Ok(PortalStream::Unix(socket.connect().await?)),
                Place::Host { addresses, tls: server } => {
                    let tcp = self.tcp(addresses).await?;
                    match (tls, server) {
                        (Some(connector), Some(server)) => self.handshake(connector, server, tcp).await,
                        _ => Ok(PortalStream::Clear(tcp)),
                    }
                }
            }
        };
        let opened = match within.and_then(|within| Some((within, Instant::now().checked_add(within)?))) {
            Some((after, deadline)) => timeout_at(deadline, connecting)
                .await
                .unwrap_or_else(|_| Err(UpstreamError::ConnectTimeout { endpoint: self.name.clone(), after })),
            None => connecting.await,
        };
        opened.inspect_err(|_| self.doubt())
    }

    /// Connects to one of the addresses. If none of them answers, they are looked up again and tried if they have changed.
    async fn tcp(&self, known: &HostAddresses) -> Result<TcpConnection, UpstreamError> {
        let unresolved = |source| UpstreamError::Resolve { host: known.host.clone(), source };
        let unreachable = |source| UpstreamError::connecting(&self.name, source);
        let addresses = known.get().await.map_err(unresolved)?;
        let error = match dial(&addresses).await {
            Ok(stream) => return Ok(stream),
            Err(error) => error,
        };
        known.doubt();
        match known.get().await {
            Ok(now) if now != addresses => dial(&now).await.map_err(unreachable),
            _ => Err(unreachable(error)),
        }
    }

    /// # Errors
    /// An error about a refused certificate says what the operator can do.
    async fn handshake(
        &self,
        connector: &TlsConnector,
        server: &str,
        tcp: TcpConnection,
    ) -> Result<PortalStream, UpstreamError> {
        let tls = |source| UpstreamError::Tls { endpoint: self.name.clone(), source };
        let name = ServerName::try_from(server.to_owned())
            .map_err(|error| tls(io::Error::new(io::ErrorKind::InvalidInput, error)))?;
        match connector.connect(name, tcp).await {
            Ok(stream) => Ok(PortalStream::Tls(Box::new(stream))),
            Err(error) => Err(match tls_error(&error) {
                Some(rustls::Error::InvalidCertificate(reason)) => UpstreamError::Certificate {
                    endpoint: self.name.clone(),
                    name: server.to_owned(),
                    advice: tls::advice(reason),
                    reason: reason.clone(),
                },
                _ => tls(error),
            }),
        }
    }
}

/// The first connection that is established. Each address is tried when those before it have failed, or after [`STAGGER`].
async fn dial(addresses: &[SocketAddr]) -> io::Result<TcpConnection> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    let mut left = addresses.iter();
    let mut attempts = JoinSet::new();
    loop {
        match left.next() {
            Some(address) => drop(attempts.spawn(TcpStream::connect(*address))),
            None if attempts.is_empty() => return Err(last),
            None => {}
        }
        tokio::select! {
            Some(ended) = attempts.join_next() => match ended.unwrap_or_else(|lost| Err(lost.into())) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    return Ok(stream.into());
                }
                Err(error) => last = error,
            },
            () = sleep(STAGGER), if left.len() > 0 => {}
        }
    }
}

/// `host:port` or `[v6]:port`.
fn split_address(address: &str) -> Option<(&str, u16)> {
    let (host, port) = address.rsplit_once(':')?;
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    Some((host, port.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_split_at_the_port() {
        assert_eq!(split_address("203.0.113.7:443"), Some(("203.0.113.7", 443)));
        assert_eq!(split_address("[2001:db8::7]:443"), Some(("2001:db8::7", 443)));
        assert_eq!(split_address("portal.example"), None);
    }
}
