//! One server of the portal, as the configuration names it: over TCP, or over a Unix socket of the same machine.

use std::path::PathBuf;

/// One server of the portal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EndpointConfig {
    /// `http://host:port` or `https://host:port`.
    Tcp {
        /// Whether its URL says `https`.
        tls: bool,
        /// Without brackets if it is an IPv6 address.
        host: String,
        /// That of the URL, else 80 or 443.
        port: u16,
    },
    /// `unix:/path`: HTTP in clear over the socket that has this path, as gunicorn, uvicorn or PHP-FPM's front ends listen.
    Unix(PathBuf),
}

impl EndpointConfig {
    /// Whether requests go out under TLS; never over a Unix socket.
    pub fn is_tls(&self) -> bool {
        matches!(self, Self::Tcp { tls: true, .. })
    }

    /// The host, without brackets if it is an IPv6 address, and the port. `None`: a Unix socket has neither.
    pub fn host_and_port(&self) -> Option<(&str, u16)> {
        match self {
            Self::Tcp { host, port, .. } => Some((host, *port)),
            Self::Unix(_) => None,
        }
    }

    /// `host:port` or `unix:/path`, as logs and metrics name it.
    pub fn name(&self) -> String {
        match self {
            Self::Tcp { host, port, .. } if host.contains(':') => format!("[{host}]:{port}"),
            Self::Tcp { host, port, .. } => format!("{host}:{port}"),
            Self::Unix(path) => format!("unix:{}", path.display()),
        }
    }

    /// `scheme://host:port` or `unix:/path`, as operators write it.
    pub fn origin(&self) -> String {
        match self {
            Self::Tcp { tls, .. } => format!("{}://{}", if *tls { "https" } else { "http" }, self.name()),
            Self::Unix(_) => self.name(),
        }
    }

    /// `Host` of a request for which the site names none: what the URL says, and `localhost` for a Unix socket, as nginx
    /// writes it.
    pub fn host_field(&self) -> String {
        match self {
            Self::Tcp { .. } => self.name(),
            Self::Unix(_) => "localhost".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_named_as_it_is_written() {
        let six = EndpointConfig::Tcp { tls: true, host: "2001:db8::1".to_owned(), port: 443 };
        assert_eq!((six.name(), six.origin()), ("[2001:db8::1]:443".into(), "https://[2001:db8::1]:443".into()));
        let socket = EndpointConfig::Unix("/run/portal.sock".into());
        assert_eq!((socket.name(), socket.origin()), ("unix:/run/portal.sock".into(), "unix:/run/portal.sock".into()));
        assert_eq!((six.host_field(), socket.host_field()), ("[2001:db8::1]:443".into(), "localhost".into()));
    }
}
