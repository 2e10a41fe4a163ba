//! The visitor's connection: who is at its other end, and which of their forwarding fields are trusted.
//!
//! The server makes it once for each connection; the proxy uses it for each request.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;

use super::forwarded_cache::ForwardedCache;
use crate::config::Scheme;

/// What the server knows of the connection on which a request came.
#[derive(Clone, Debug)]
pub struct Downstream {
    /// The visitor's address: the peer's, or what the PROXY header says. `None` on a Unix socket without one.
    pub client: Option<SocketAddr>,
    /// The address that the visitor connected to, if known.
    pub local: Option<SocketAddr>,
    /// Whether the connection to octroi is TLS.
    pub tls: bool,
    /// The scheme between the visitor and the balancer in front: by the PROXY header, or by the listener's configuration.
    pub scheme: Option<Scheme>,
    /// The server name of the TLS handshake, in lower case.
    pub server_name: Option<Arc<str>>,
    /// Which forwarding fields of its requests are trusted.
    pub trust: Trust,
    /// Whether a trusted proxy connected, for any visitor. Responses are sent through it.
    pub behind_a_proxy: bool,
    /// Whom the listener trusts: the proxies in front of octroi.
    pub trusted_networks: Arc<[IpNet]>,
    /// Whether everything but ACME challenges is redirected to https.
    pub redirect_to_https: bool,
    /// The forwarding fields of the last request; none yet.
    pub forwarded_cache: ForwardedCache,
}

/// Which of a connection's forwarding fields (`X-Forwarded-*`, `Forwarded` and so on) a trusted proxy wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// None: the peer is not trusted, or not known.
    Nothing,
    /// `X-Forwarded-Proto` alone: a trusted balancer connected, and its PROXY header announced an untrusted one. It has
    /// no other way to say what that visitor speaks, if its header has no part on TLS.
    Scheme,
    /// All of them: a trusted proxy speaks.
    Everything,
}

impl Downstream {
    /// Whether the peer's requests come from a trusted proxy.
    pub(super) fn is_trusted(&self) -> bool {
        self.trust == Trust::Everything
    }

    /// Whether this address is a trusted proxy's.
    pub(super) fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_networks.iter().any(|network| network.contains(&address))
    }
}
