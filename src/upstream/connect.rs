//! From an endpoint to an open connection: name, TCP, TLS, all within one deadline.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::ServerName;

use super::UpstreamError;
use super::error::tls_error;
use super::tls;
use crate::config::{EndpointConfig, UpstreamConfig};

/// Where one endpoint is, and as whom it must prove itself.
#[derive(Debug)]
pub(super) struct Target {
    /// `host:port` as configured, for logs and errors.
    pub(super) name: Arc<str>,
    host: String,
    port: u16,
    tls: Option<String>,
}

/// An open connection.
pub(super) enum Stream {
    Clear(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    #[cfg(feature = "fuzzing")]
    Memory(tokio::io::DuplexStream),
}

impl Target {
    pub(super) fn new(endpoint: &EndpointConfig, upstream: &UpstreamConfig) -> Self {
        let (host, port) = match upstream.connect.as_deref().and_then(split_address) {
            Some((host, port)) => (host.to_owned(), port),
            None => (endpoint.host.clone(), endpoint.port),
        };
        let server = upstream.sni.as_ref().unwrap_or(&endpoint.host);
        Self { name: name(endpoint), host, port, tls: endpoint.tls.then(|| server.clone()) }
    }

    /// Connects; `tls` is used where the endpoint asks for it.
    pub(super) async fn connect(
        &self,
        tls: Option<&TlsConnector>,
        within: Option<Duration>,
    ) -> Result<Stream, UpstreamError> {
        #[cfg(feature = "fuzzing")]
        if let Some(portal) = super::in_memory::connect() {
            return portal
                .map(Stream::Memory)
                .map_err(|source| UpstreamError::Connect { endpoint: self.name.clone(), source });
        }
        let deadline = within.and_then(|within| Instant::now().checked_add(within));
        let connecting = async {
            let tcp = self.tcp(deadline).await?;
            match (tls, &self.tls) {
                (Some(connector), Some(server)) => self.handshake(connector, server, tcp).await,
                _ => Ok(Stream::Clear(tcp)),
            }
        };
        match (deadline, within) {
            (Some(deadline), Some(after)) => timeout_at(deadline, connecting)
                .await
                .unwrap_or_else(|_| Err(UpstreamError::ConnectTimeout { endpoint: self.name.clone(), after })),
            _ => connecting.await,
        }
    }

    /// Every address in turn. Each has its share of the time that is left, so that one black hole does not eat it all.
    async fn tcp(&self, deadline: Option<Instant>) -> Result<TcpStream, UpstreamError> {
        let resolve_error = |source| UpstreamError::Resolve { host: self.host.clone(), source };
        let addresses: Vec<SocketAddr> =
            lookup_host((self.host.as_str(), self.port)).await.map_err(resolve_error)?.collect();
        let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
        let mut left = u32::try_from(addresses.len()).unwrap_or(u32::MAX);
        for address in addresses {
            match dial(address, deadline, left).await {
                Ok(stream) => return Ok(stream),
                Err(error) => last = error,
            }
            left = left.saturating_sub(1);
        }
        Err(UpstreamError::Connect { endpoint: self.name.clone(), source: last })
    }

    async fn handshake(&self, connector: &TlsConnector, server: &str, tcp: TcpStream) -> Result<Stream, UpstreamError> {
        let tls = |source| UpstreamError::Tls { endpoint: self.name.clone(), source };
        let name = ServerName::try_from(server.to_owned())
            .map_err(|error| tls(io::Error::new(io::ErrorKind::InvalidInput, error)))?;
        match connector.connect(name, tcp).await {
            Ok(stream) => Ok(Stream::Tls(Box::new(stream))),
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

async fn dial(address: SocketAddr, deadline: Option<Instant>, left: u32) -> io::Result<TcpStream> {
    let connecting = TcpStream::connect(address);
    let stream = match deadline {
        // The last one has all that is left; the deadline above names the timeout.
        Some(deadline) if left > 1 => {
            let now = Instant::now();
            let share = deadline.saturating_duration_since(now) / left;
            timeout_at(now + share, connecting).await??
        }
        _ => connecting.await?,
    };
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// `host:port` or `[v6]:port`.
fn split_address(address: &str) -> Option<(&str, u16)> {
    let (host, port) = address.rsplit_once(':')?;
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    Some((host, port.parse().ok()?))
}

fn name(endpoint: &EndpointConfig) -> Arc<str> {
    let EndpointConfig { host, port, .. } = endpoint;
    if host.contains(':') { format!("[{host}]:{port}").into() } else { format!("{host}:{port}").into() }
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

    #[test]
    fn an_ipv6_endpoint_is_named_in_brackets() {
        let endpoint = EndpointConfig { tls: false, host: "::1".to_owned(), port: 80 };
        assert_eq!(&*name(&endpoint), "[::1]:80");
    }
}
