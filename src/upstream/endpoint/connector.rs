//! From an endpoint to an open connection: name, TCP, TLS, all within one deadline.
//!
//! It is called if no idle connection is left; the time is the site's `upstream_connect`.

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
use crate::config::{EndpointConfig, UpstreamConfig};
use crate::net::tcp::TcpConnection;
use crate::upstream::UpstreamError;
use crate::upstream::error::tls_error;
use crate::upstream::http1::stream::PortalStream;

/// How long one address is tried alone before the next one is tried as well (RFC 8305 §5).
const STAGGER: Duration = Duration::from_millis(250);

/// The address of one endpoint, and the name that its certificate must hold.
pub(in crate::upstream) struct ConnectTarget {
    /// `host:port` as configured, for logs and errors.
    pub(in crate::upstream) name: Arc<str>,
    /// Of the endpoint's host, or of `connect` if the site has it.
    pub(in crate::upstream) addresses: HostAddresses,
    /// The name that the certificate must hold, which is also sent (SNI): `sni` if the site has it, else the endpoint's
    /// host. `None`: in clear.
    tls: Option<String>,
}

impl ConnectTarget {
    pub(in crate::upstream) fn new(endpoint: &EndpointConfig, upstream: &UpstreamConfig, lookup: &Lookup) -> Self {
        let given = upstream.connect.as_deref().and_then(split_address);
        let (host, port) = given.unwrap_or((&endpoint.host, endpoint.port));
        let server = upstream.sni.as_ref().unwrap_or(&endpoint.host);
        Self {
            name: endpoint.authority().into(),
            addresses: HostAddresses::new(host, port, Lookup::clone(lookup)),
            tls: endpoint.tls.then(|| server.clone()),
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
            let tcp = self.tcp().await?;
            match (tls, &self.tls) {
                (Some(connector), Some(server)) => self.handshake(connector, server, tcp).await,
                _ => Ok(PortalStream::Clear(tcp)),
            }
        };
        let opened = match within.and_then(|within| Some((within, Instant::now().checked_add(within)?))) {
            Some((after, deadline)) => timeout_at(deadline, connecting)
                .await
                .unwrap_or_else(|_| Err(UpstreamError::ConnectTimeout { endpoint: self.name.clone(), after })),
            None => connecting.await,
        };
        opened.inspect_err(|_| self.addresses.doubt())
    }

    /// Connects to one of the addresses. If none of them answers, they are looked up again and tried if they have changed.
    async fn tcp(&self) -> Result<TcpConnection, UpstreamError> {
        let unresolved = |source| UpstreamError::Resolve { host: self.addresses.host.clone(), source };
        let unreachable = |source| UpstreamError::connecting(&self.name, source);
        let addresses = self.addresses.get().await.map_err(unresolved)?;
        let error = match dial(&addresses).await {
            Ok(stream) => return Ok(stream),
            Err(error) => error,
        };
        self.addresses.doubt();
        match self.addresses.get().await {
            Ok(now) if now != addresses => dial(&now).await.map_err(unreachable),
            _ => Err(unreachable(error)),
        }
    }

    /// # Errors
    /// A refused certificate comes with what the operator can do about it.
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
