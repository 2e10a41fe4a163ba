//! What the unit tests of this module share: header maps from tables and back, a connection.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Downstream, ForwardedCache, Trust};

/// A connection in clear of which nothing is known; nobody is trusted.
pub(crate) fn downstream() -> Downstream {
    Downstream {
        client: None,
        local: None,
        tls: false,
        scheme: None,
        server_name: None,
        trust: Trust::Nothing,
        behind_a_proxy: false,
        trusted_networks: Arc::default(),
        redirect_to_https: false,
        forwarded_cache: ForwardedCache::default(),
    }
}

/// Header lines as a table holds them.
pub(crate) type Lines = &'static [(&'static str, &'static str)];

/// A header map of these lines.
pub(crate) fn headers(lines: &[(&str, &str)]) -> HeaderMap {
    let line = |(name, value): &(&str, &str)| {
        (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap())
    };
    let mut headers = HeaderMap::new();
    for (name, value) in lines.iter().map(line) {
        headers.append(name, value);
    }
    headers
}

/// The lines of a header map, by name; those of one name in their order. A map keeps no order between names.
pub(crate) fn fields(headers: &HeaderMap) -> Vec<String> {
    let mut lines: Vec<_> = headers.iter().collect();
    lines.sort_by_key(|(name, _)| name.as_str());
    lines.into_iter().map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))).collect()
}
