//! The authority of a request: the host that it is for, and the port.
//!
//! Routing, forwarding fields, `Location` and redirects all use this type.

use std::net::Ipv6Addr;
use std::rc::Rc;

use http::HeaderValue;

use super::error::ProxyError;

/// The longest name that DNS knows (RFC 1035 §2.3.4), with a final dot.
const LONGEST_HOST: usize = 254;

/// A host, with or without a port. Letters, digits, `-`, `.` and `_` only, or an IPv6 address in brackets: no
/// userinfo, no percent-encoding, nothing that two programs could read differently.
#[derive(Clone, Debug)]
pub(in crate::proxy) struct Authority(Rc<AuthorityParts>);

#[derive(Debug)]
struct AuthorityParts {
    value: HeaderValue,
    host: String,
    port: Option<u16>,
}

impl Authority {
    /// Reads the value of a `Host` field or `:authority`.
    ///
    /// # Errors
    /// If it is anything but one host and a port.
    pub(in crate::proxy) fn parse(value: HeaderValue) -> Result<Self, ProxyError> {
        let text = value.to_str().map_err(|_| ProxyError::HostInvalid)?;
        let (host, port) = split(text).ok_or(ProxyError::HostInvalid)?;
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        Ok(Self(Rc::new(AuthorityParts { value, host, port })))
    }

    /// A copy with memory of its own. The value of a field keeps the whole block in memory that was read with it.
    pub(in crate::proxy) fn detached(&self) -> Self {
        let AuthorityParts { value, host, port } = &*self.0;
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap_or_else(|_| value.clone());
        Self(Rc::new(AuthorityParts { value, host: host.clone(), port: *port }))
    }

    /// As the visitor wrote it.
    pub(in crate::proxy) fn value(&self) -> &HeaderValue {
        &self.0.value
    }

    /// In lower case, without port and final dot; an IPv6 address keeps its brackets.
    pub(in crate::proxy) fn host(&self) -> &str {
        &self.0.host
    }

    /// The port, if one is named.
    pub(in crate::proxy) fn port(&self) -> Option<u16> {
        self.0.port
    }

    /// Whether the two have the same host and port; a missing port is `default`.
    pub(in crate::proxy) fn agrees_with(&self, other: &Self, default: u16) -> bool {
        self.host() == other.host() && self.port().unwrap_or(default) == other.port().unwrap_or(default)
    }
}

fn split(text: &str) -> Option<(&str, Option<u16>)> {
    let end = if text.starts_with('[') { text.find(']')? + 1 } else { text.find(':').unwrap_or(text.len()) };
    let (host, rest) = text.split_at_checked(end)?;
    if !(is_ipv6_literal(host) || is_name(host)) {
        return None;
    }
    match rest.strip_prefix(':') {
        // RFC 3986 §3.2.3 lets the port be empty.
        Some("") => Some((host, None)),
        Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => Some((host, Some(port.parse().ok()?))),
        None if rest.is_empty() => Some((host, None)),
        _ => None,
    }
}

fn is_ipv6_literal(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    address.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
}

fn is_name(host: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let dotted = host.strip_suffix('.').unwrap_or(host);
    !dotted.is_empty()
        && !dotted.starts_with('.')
        && !dotted.as_bytes().windows(2).any(|two| two == b"..")
        && host.len() <= LONGEST_HOST
        && host.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<(String, Option<u16>)> {
        let authority = Authority::parse(HeaderValue::from_bytes(text.as_bytes()).unwrap()).ok()?;
        assert_eq!(authority.value(), text);
        Some((authority.host().to_owned(), authority.port()))
    }

    #[test]
    fn hosts_are_read() {
        let table = [
            ("Data.Example.FR", "data.example.fr", None),
            ("a.example:8080", "a.example", Some(8080)),
            ("a.example:", "a.example", None),
            ("a.example.", "a.example", None),
            ("a_b.example", "a_b.example", None),
            ("192.0.2.1:80", "192.0.2.1", Some(80)),
            ("[2001:DB8::1]:443", "[2001:db8::1]", Some(443)),
            ("[::1]", "[::1]", None),
        ];
        for (text, host, port) in table {
            assert_eq!(parse(text), Some((host.to_owned(), port)), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let long = "a".repeat(255);
        let table = [
            "", ".", "..", ".a", "a..b", ":80", "a:b", "a:80:80", "a:65536", "a:+1", "u@a", "a/b", "a b", "a%20b",
            "a,b", "[::1", "::1", "[]", "[::1]x", "[a]", "a#b", "a?b", "a\\b", "\"a\"", "é.fr", &long,
        ];
        for text in table {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
