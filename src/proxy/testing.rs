//! What the unit tests of this module share: header maps from tables and back.

use http::{HeaderMap, HeaderName, HeaderValue};

/// Header lines as a table holds them.
pub(super) type Lines = &'static [(&'static str, &'static str)];

/// A header map of these lines.
pub(super) fn headers(lines: &[(&str, &str)]) -> HeaderMap {
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
pub(super) fn fields(headers: &HeaderMap) -> Vec<String> {
    let mut lines: Vec<_> = headers.iter().collect();
    lines.sort_by_key(|(name, _)| name.as_str());
    lines.into_iter().map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))).collect()
}
