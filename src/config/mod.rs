//! The operator's files, from text to a checked value.
//!
//! [`Config::load`] reads `octroi.toml` and the charters that it names, and returns either the whole configuration or
//! every problem in it, each with file, line, column and a caret. The JSON Schema that `octroi schema` prints is the one
//! that the files are checked against.

mod address;
mod alone;
mod charters;
mod check;
mod document;
mod eab;
mod endpoint;
mod environment;
mod error;
mod files;
mod limits;
mod load;
mod log;
mod path_prefix;
mod schema;
mod site;
mod source;
mod ticket_keys;
mod tls;
mod tracing;
mod units;
pub mod validity;
mod walk;

use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use alone::locate_in_charter;
pub use eab::EabConfig;
pub use endpoint::EndpointConfig;
pub use error::{ConfigError, Finding, Severity};
pub use files::Files;
pub(crate) use files::with_user;
pub use limits::{DeletionBytes, Limits, PerAddress};
pub use log::{AccessFormat, LogConfig, LogField};
pub use path_prefix::{path_is, path_lies_under};
pub use schema::{charter_schema, config_schema};
pub use ticket_keys::TicketKey;
pub use tls::{AcmeChallenge, AcmeConfig, TlsConfig};
pub use tracing::TracingConfig;

use crate::charter::{Charter, Enforcement};
use crate::policy::Policy;

/// All that the operator's files say. Immutable.
#[derive(Clone, Debug)]
pub struct Config {
    /// In the order of the file.
    pub listeners: Vec<ListenerConfig>,
    /// The certificates that octroi orders itself; `None`: none.
    pub acme: Option<Arc<AcmeConfig>>,
    /// In the order of the file.
    pub sites: Vec<SiteConfig>,
    /// The listener for operators.
    pub admin: AdminConfig,
    /// What is written of each request.
    pub log: LogConfig,
    /// Where spans of requests go; `None`: there are none.
    pub tracing: Option<TracingConfig>,
    /// What was seen of cookies.
    pub inventory: InventoryConfig,
    /// How many threads serve visitors.
    pub workers: Workers,
    /// Of the process; a site may have others.
    pub timeouts: Timeouts,
    /// Of the process; a site may have others of some.
    pub limits: Limits,
    /// The certificates that octroi shows, to visitors and to portals.
    pub certificates: Vec<CertificateInUse>,
    /// Every file that was read (configuration, charters, certificates, keys, CAs, tokens): what a reload watches.
    pub files: Files,
    /// What is not as it was probably meant, or could be stricter; none of it is a [`Severity::Error`].
    pub advice: Vec<Finding>,
}

impl Config {
    /// Reads and checks a configuration and all files that it names. Relative paths are relative to the file that
    /// names them. `environment` holds the `OCTROI_…` overrides.
    ///
    /// # Errors
    /// Every problem found in any of the files, ready to print.
    pub fn load(path: &Path, environment: &[(String, String)]) -> Result<Self, ConfigError> {
        Self::load_with(path, environment, &files::read)
    }

    /// As [`Config::load`], with `read` in place of the file system: the demo has no files.
    ///
    /// # Errors
    /// Every problem found in any of the files, ready to print.
    pub fn load_with(
        path: &Path,
        environment: &[(String, String)],
        read: &dyn Fn(&Path) -> std::io::Result<Vec<u8>>,
    ) -> Result<Self, ConfigError> {
        load::load(path, environment, read)
    }
}

/// Reads and checks a charter alone; `read` stands in for the file system. With it comes what its author should look at.
///
/// # Errors
/// Every problem found in it, ready to print.
pub fn load_charter(
    path: &Path,
    read: &dyn Fn(&Path) -> std::io::Result<Vec<u8>>,
) -> Result<(Arc<Charter>, Vec<Finding>), ConfigError> {
    load::load_charter(path, read)
}

/// Where visitors connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenerConfig {
    /// What is bound.
    pub address: ListenAddress,
    /// Peers that may send `X-Forwarded-*`, `Forwarded` and the PROXY protocol.
    pub trusted: Arc<[IpNet]>,
    /// Whether every connection begins with a PROXY header, version 1 or 2.
    pub proxy_protocol: bool,
    /// `None`: clear text.
    pub tls: Option<TlsConfig>,
    /// Whether everything but ACME challenges is redirected to https.
    pub redirect_to_https: bool,
    /// What visitors speak to the balancer in front; `None`: it is told with each connection or request, or there is
    /// no balancer.
    pub scheme: Option<Scheme>,
}

/// What a visitor speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// Clear text.
    Http,
    /// TLS.
    Https,
}

/// What is bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenAddress {
    /// `0.0.0.0:8080`, `[::]:8080`; port 0: the kernel chooses.
    Tcp(SocketAddr),
    /// `unix:/run/octroi.sock`
    Unix(PathBuf),
    /// `inherited:web`, `inherited:0`: a socket that systemd passes (`sd_listen_fds(3)`).
    Inherited(InheritedSocket),
}

impl fmt::Display for ListenAddress {
    /// As the operator writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Inherited(InheritedSocket::Number(number)) => write!(f, "inherited:{number}"),
            Self::Inherited(InheritedSocket::Name(name)) => write!(f, "inherited:{name}"),
        }
    }
}

/// Which of the sockets that systemd passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InheritedSocket {
    /// The n-th, from 0.
    Number(usize),
    /// The one that the socket unit names (`FileDescriptorName=`).
    Name(String),
}

/// A certificate chain and its key, in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFiles {
    /// The server's certificate and those between it and the authority's, in this order.
    pub certificate: PathBuf,
    /// The private key of the first of them.
    pub key: PathBuf,
}

/// A virtual host.
#[derive(Clone, Debug)]
pub struct SiteConfig {
    /// The label of the metrics: the first host (`*`: `default`).
    pub name: Arc<str>,
    /// Which hosts it answers to.
    pub hosts: Vec<HostPattern>,
    /// The charter, as published.
    pub charter: Arc<Charter>,
    /// The charter, compiled.
    pub policy: Arc<Policy>,
    /// Identity of the charter's text: hexadecimal digits of its digest, the label `hash` of `octroi_policy_info`.
    pub charter_hash: Arc<str>,
    /// Whether verdicts are carried out.
    pub enforcement: Enforcement,
    /// Path prefixes whose responses set no cookie at all; see [`path_lies_under`].
    pub strip_all: Vec<String>,
    /// How long browsers shall ask for https alone; zero makes them forget it.
    pub hsts: Option<Duration>,
    /// Where requests go.
    pub upstream: UpstreamConfig,
    /// `[timeouts]`, overridden by `[site.timeouts]`.
    pub timeouts: Timeouts,
}

/// Which hosts a site answers to, in lower case, without a port.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HostPattern {
    /// This host.
    Exact(String),
    /// `*.example.fr`, kept as `.example.fr`: any host below it, at any depth.
    Suffix(String),
    /// `*`: the site of all other hosts.
    Default,
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(name) => f.write_str(name),
            Self::Suffix(suffix) => write!(f, "*{suffix}"),
            Self::Default => f.write_str("*"),
        }
    }
}

/// The portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpstreamConfig {
    /// At least one; several are balanced.
    pub endpoints: Vec<EndpointConfig>,
    /// `Host` sent upstream; `None`: the visitor's.
    pub host: Option<String>,
    /// Server name sent in the TLS handshake and checked; `None`: the endpoint's host.
    pub sni: Option<String>,
    /// Where to connect in place of the endpoint's own host and port: `host:port`.
    pub connect: Option<String>,
    /// PEM file of the CAs that may sign the portal's certificate; `None`: the system's.
    pub ca: Option<PathBuf>,
    /// The certificate that octroi shows to the portal.
    pub client_certificate: Option<CertificateFiles>,
    /// How one of several endpoints is chosen.
    pub balance: Balance,
    /// How endpoints are checked; `None`: only requests tell how they are.
    pub health: Option<HealthConfig>,
    /// Whether `Via` is sent.
    pub via: bool,
}

/// How the endpoints of a portal are checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthConfig {
    /// What is asked for: path and query.
    pub path: String,
    /// From the end of one check to the next; also how long a check may take.
    pub interval: Duration,
    /// So many failures in a row take an endpoint down.
    pub fall: u32,
    /// So many successes in a row bring it back.
    pub rise: u32,
}

/// A certificate that octroi shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateInUse {
    /// Its file.
    pub file: PathBuf,
    /// When it, or an authority's that follows in the file, ceases to hold, in seconds since 1970.
    pub not_after: u64,
}

/// How one of several endpoints is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Balance {
    /// The less busy one of two picked at random.
    #[default]
    P2c,
    /// One after the other.
    RoundRobin,
}

/// The admin listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminConfig {
    /// Port 0: the kernel chooses.
    pub address: SocketAddr,
    /// The secret that a request must show (`Authorization: Bearer …`); always present if the address is not loopback.
    pub token: Option<Arc<str>>,
}

/// What was seen of cookies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InventoryConfig {
    /// Where it is kept across restarts; `None`: nowhere.
    pub file: Option<PathBuf>,
}

/// How many workers run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Workers {
    /// One for each core that the process may use.
    #[default]
    Auto,
    /// This many.
    Fixed(NonZeroUsize),
}

/// Deadlines. `None` (written `0`) is no deadline. Connections are checked together, so one may be ended up to a second late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// From accept, or the first byte of a head, to the end of that head, with the PROXY header and the TLS handshake. Then the
    /// connection is closed.
    pub header: Option<Duration>,
    /// Between two requests of a connection. Then it is closed; over HTTP/2, with GOAWAY (RFC 9113 §6.8).
    pub idle: Option<Duration>,
    /// Without a byte of a body, in either direction and on either side. Then the response breaks off, or is a 408 or 504.
    pub body_idle: Option<Duration>,
    /// Without a byte in either direction of a WebSocket. Then both sides are closed.
    pub tunnel_idle: Option<Duration>,
    /// For a free slot of `upstream_connections` (then 503), and again for the connection with its TLS handshake (then 504).
    pub upstream_connect: Option<Duration>,
    /// From the last byte of a request to the head of its response. Then 504.
    pub upstream_response: Option<Duration>,
    /// Between two requests on a connection to the portal. It should be less than what the portal itself waits.
    pub upstream_idle: Option<Duration>,
    /// From the beginning of the drain to the end of the process, whatever is still in flight.
    pub drain: Option<Duration>,
    /// From the signal to the beginning of the drain, while `/readyz` fails and connections are still accepted.
    pub drain_delay: Option<Duration>,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            header: Some(Duration::from_secs(15)),
            idle: Some(Duration::from_secs(75)),
            body_idle: Some(Duration::from_mins(1)),
            tunnel_idle: Some(Duration::from_hours(1)),
            upstream_connect: Some(Duration::from_secs(3)),
            upstream_response: Some(Duration::from_mins(5)),
            upstream_idle: Some(Duration::from_secs(55)),
            drain: Some(Duration::from_secs(30)),
            drain_delay: None,
        }
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
