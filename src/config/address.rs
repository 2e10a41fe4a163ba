//! Addresses, hosts and endpoints as the file writes them.
//!
//! Each function reads one kind, and its error ends in how to write one; `check` and `site` add where it stands.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use ipnet::IpNet;

use super::{EndpointConfig, HostPattern, InheritedSocket, ListenAddress};

/// Why a text is no address; it ends in how to write one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum AddressError {
    #[error(
        "`{0}` is not an address: write an IP address and a port (`0.0.0.0:8080`), `unix:/path` or `inherited:name`"
    )]
    Listen(String),
    #[error("`{0}` is not an address: write an IP address and a port, as in `127.0.0.1:9180`")]
    Socket(String),
    #[error("`{0}` is not a network: write `10.0.0.0/8`, `fd00::/8` or one address")]
    Network(String),
    #[error("`{0}` is not a host: write a name without scheme, port or path, `*.example.fr` or `*`")]
    Host(String),
    #[error("`{0}` is not an endpoint: write `https://host` or `http://host:port`, without a path, or `unix:/path`")]
    Endpoint(String),
    #[error("`{0}` is no path of a Unix socket: the kernel takes 107 bytes at most, and no NUL")]
    SocketPath(String),
    #[error("`{0}` is not `host:port`")]
    HostPort(String),
    #[error("`{0}` is not a server name: write a host without a port")]
    ServerName(String),
    #[error("`{0}` is not a `Host`: write a host, with a port if the portal expects one")]
    HostField(String),
}

/// What a listener binds; a socket's path is relative to `base`.
///
/// # Errors
/// If the text is not an IP address and a port, `unix:` and a path, or `inherited:` and a name or number.
pub(super) fn listen(text: &str, base: &Path) -> Result<ListenAddress, AddressError> {
    let error = || AddressError::Listen(text.to_owned());
    if let Some(path) = text.strip_prefix("unix:") {
        return if path.is_empty() { Err(error()) } else { Ok(ListenAddress::Unix(relative(path, base))) };
    }
    match text.strip_prefix("inherited:") {
        Some("") => Err(error()),
        Some(name) => Ok(ListenAddress::Inherited(inherited(name))),
        None => text.parse().map(ListenAddress::Tcp).map_err(|_| error()),
    }
}

/// A name of digits alone is a number.
fn inherited(name: &str) -> InheritedSocket {
    name.parse().map_or_else(|_| InheritedSocket::Name(name.to_owned()), InheritedSocket::Number)
}

/// An IP address and a port.
///
/// # Errors
/// If it is a name instead of an IP address, or has no port.
pub(super) fn socket(text: &str) -> Result<SocketAddr, AddressError> {
    text.parse().map_err(|_| AddressError::Socket(text.to_owned()))
}

/// A network, or one address. Bits behind the prefix are set to zero: `10.1.2.3/8` is `10.0.0.0/8`.
///
/// # Errors
/// If the text is neither.
pub(super) fn network(text: &str) -> Result<IpNet, AddressError> {
    let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network.map(|network| network.trunc()).map_err(|_| AddressError::Network(text.to_owned()))
}

/// Which hosts a site answers to. `*` is every host that no other site names; `*.example.fr` is every host under that
/// domain, at any depth, but not the domain itself. Case is ignored.
///
/// # Errors
/// If it has a scheme, a port or a path, a label of more than 63 bytes, or more than 253 bytes in all.
pub(super) fn host_pattern(text: &str) -> Result<HostPattern, AddressError> {
    if text == "*" {
        return Ok(HostPattern::Default);
    }
    let error = || AddressError::Host(text.to_owned());
    let lower = text.to_ascii_lowercase();
    if let Some(parent) = lower.strip_prefix("*.") {
        return if is_name(parent) { Ok(HostPattern::Suffix(format!(".{parent}"))) } else { Err(error()) };
    }
    if is_host(&lower) { Ok(HostPattern::Exact(lower)) } else { Err(error()) }
}

/// A server of the portal. The port is 443 for https and 80 for http, if none is written; a socket's path is relative to
/// `base`.
///
/// # Errors
/// If the scheme is another one, or there is a path, a query, credentials, or port 0; if the path is too long for a socket.
pub(super) fn endpoint(text: &str, base: &Path) -> Result<EndpointConfig, AddressError> {
    let error = || AddressError::Endpoint(text.to_owned());
    if let Some(path) = text.strip_prefix("unix:").filter(|path| !path.starts_with("//")) {
        return if path.is_empty() { Err(error()) } else { unix_socket(relative(path, base)) };
    }
    let (scheme, authority) = text.split_once("://").ok_or_else(error)?;
    let (tls, port) = match scheme {
        "https" => (true, 443),
        "http" => (false, 80),
        _ => return Err(error()),
    };
    let authority = authority.strip_suffix('/').unwrap_or(authority);
    let (host, port) = match split_port(authority) {
        Some((host, given)) => (host, given),
        None => (authority, port),
    };
    let host = unbracketed(host).ok_or_else(error)?;
    Ok(EndpointConfig::Tcp { tls, host: host.to_ascii_lowercase(), port })
}

/// A socket whose path the kernel can take.
fn unix_socket(path: PathBuf) -> Result<EndpointConfig, AddressError> {
    match std::os::unix::net::SocketAddr::from_pathname(&path) {
        Ok(_) => Ok(EndpointConfig::Unix(path)),
        Err(_) => Err(AddressError::SocketPath(path.display().to_string())),
    }
}

/// Where to connect: `host:port`.
///
/// # Errors
/// If the port is missing or 0, or an IPv6 address is without brackets.
pub(super) fn host_port(text: &str) -> Result<String, AddressError> {
    let whole = split_port(text).filter(|(host, _)| unbracketed(host).is_some());
    whole.map(|_| text.to_owned()).ok_or_else(|| AddressError::HostPort(text.to_owned()))
}

/// A name or an address that a certificate can bear.
///
/// # Errors
/// If it has a port, or is neither a DNS name nor an IP address.
pub(super) fn server_name(text: &str) -> Result<String, AddressError> {
    match rustls::pki_types::ServerName::try_from(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(AddressError::ServerName(text.to_owned())),
    }
}

/// A value of `Host`: a host, with or without a port. It is sent as it is written.
///
/// # Errors
/// If the host is none, or an IPv6 address without brackets.
pub(super) fn host_field(text: &str) -> Result<String, AddressError> {
    let host = split_port(text).map_or(text, |(host, _)| host);
    unbracketed(host).map(|_| text.to_owned()).ok_or_else(|| AddressError::HostField(text.to_owned()))
}

/// A path of the file, relative to the folder of the file that names it.
pub(super) fn relative(path: &str, base: &Path) -> PathBuf {
    base.join(path)
}

fn split_port(authority: &str) -> Option<(&str, u16)> {
    let (host, port) = authority.rsplit_once(':')?;
    // An IPv6 address without brackets has no port.
    if host.contains(':') && !host.starts_with('[') || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    port.parse().ok().filter(|&port| port != 0).map(|port| (host, port))
}

/// A host of a URL, which writes an IPv6 address in brackets.
fn unbracketed(host: &str) -> Option<&str> {
    match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').filter(|address| address.parse::<Ipv6Addr>().is_ok()),
        None => Some(host).filter(|host| is_name(host)),
    }
}

fn is_host(host: &str) -> bool {
    is_name(host) || unbracketed(host).is_some()
}

/// A host name or an IPv4 address. Underscores are no part of a host name, yet Docker and Kubernetes use them.
fn is_name(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    name.len() <= 253 && name.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listeners() {
        let base = Path::new("/etc/octroi");
        assert_eq!(listen("0.0.0.0:8080", base), Ok(ListenAddress::Tcp(([0, 0, 0, 0], 8080).into())));
        assert!(matches!(listen("[::]:0", base), Ok(ListenAddress::Tcp(address)) if address.is_ipv6()));
        assert_eq!(listen("unix:/run/o.sock", base), Ok(ListenAddress::Unix("/run/o.sock".into())));
        assert_eq!(listen("unix:o.sock", base), Ok(ListenAddress::Unix("/etc/octroi/o.sock".into())));
        assert_eq!(listen("inherited:1", base), Ok(ListenAddress::Inherited(InheritedSocket::Number(1))));
        let named = InheritedSocket::Name("octroi.socket".to_owned());
        assert_eq!(listen("inherited:octroi.socket", base), Ok(ListenAddress::Inherited(named)));
        for text in ["", ":8080", "8080", "localhost:80", "unix:", "inherited:", "0.0.0.0"] {
            assert_eq!(listen(text, base), Err(AddressError::Listen(text.to_owned())));
        }
    }

    #[test]
    fn networks() {
        assert_eq!(network("10.1.2.3/8").map(|network| network.to_string()), Ok("10.0.0.0/8".to_owned()));
        assert_eq!(network("10.1.2.3").map(|network| network.to_string()), Ok("10.1.2.3/32".to_owned()));
        assert!(network("10.0.0.0/33").is_err());
        assert!(network("local").is_err());
    }

    #[test]
    fn hosts() {
        assert_eq!(host_pattern("Data.Example.FR"), Ok(HostPattern::Exact("data.example.fr".to_owned())));
        assert_eq!(host_pattern("*.example.fr"), Ok(HostPattern::Suffix(".example.fr".to_owned())));
        assert_eq!(host_pattern("*"), Ok(HostPattern::Default));
        assert_eq!(host_pattern("[::1]"), Ok(HostPattern::Exact("[::1]".to_owned())));
        for text in ["", "example.fr:80", "https://example.fr", "a..b", "*.", "*x", "a.*", "é.fr", "a b", ".fr"] {
            assert_eq!(host_pattern(text), Err(AddressError::Host(text.to_owned())));
        }
    }

    #[test]
    fn endpoints() {
        let endpoint = |text| match endpoint(text, Path::new("/etc/octroi")).ok()? {
            EndpointConfig::Tcp { tls, host, port } => Some((tls, host, port)),
            EndpointConfig::Unix(_) => None,
        };
        assert_eq!(endpoint("https://Portal.example"), Some((true, "portal.example".to_owned(), 443)));
        assert_eq!(endpoint("http://127.0.0.1:8000/"), Some((false, "127.0.0.1".to_owned(), 8000)));
        assert_eq!(endpoint("https://[2001:db8::1]"), Some((true, "2001:db8::1".to_owned(), 443)));
        assert_eq!(endpoint("https://[2001:db8::1]:8443"), Some((true, "2001:db8::1".to_owned(), 8443)));
        for text in [
            "portal.example", "ftp://a", "https://a/b", "https://a?b", "https://u@a", "https://a:0", "https://a:99999",
            "https://a:", "https://", "https://::1",
        ] {
            assert_eq!(endpoint(text), None, "{text}");
        }
    }

    #[test]
    fn endpoints_on_a_unix_socket() {
        let base = Path::new("/etc/octroi");
        let unix = |path: &str| Ok(EndpointConfig::Unix(path.into()));
        assert_eq!(endpoint("unix:/run/portal.sock", base), unix("/run/portal.sock"));
        assert_eq!(endpoint("unix:portal.sock", base), unix("/etc/octroi/portal.sock"));
        for text in ["unix:", "unix:///run/portal.sock", "/run/portal.sock"] {
            assert_eq!(endpoint(text, base), Err(AddressError::Endpoint(text.to_owned())));
        }
        let path = |bytes: usize| format!("/{}", "x".repeat(bytes - 1));
        assert_eq!(endpoint(&format!("unix:{}", path(107)), base), unix(&path(107)));
        assert_eq!(endpoint(&format!("unix:{}", path(108)), base), Err(AddressError::SocketPath(path(108))));
        assert!(endpoint("unix:/run/a\0b", base).is_err());
    }

    #[test]
    fn where_to_connect() {
        assert!(host_port("203.0.113.7:443").is_ok());
        assert!(host_port("[::1]:443").is_ok());
        for text in ["portal", "portal:", ":443", "::1:443", "portal:x", "https://portal:443"] {
            assert!(host_port(text).is_err(), "{text}");
        }
        assert!(host_field("portal.example:8443").is_ok());
        assert!(host_field("portal.example/x").is_err());
        assert!(server_name("portal.example").is_ok());
        assert!(server_name("portal.example:443").is_err());
    }
}
