//! Hop-by-hop fields (RFC 9110 §7.6.1): fields that belong to one connection are removed, in both directions.
//!
//! All `Connection` lines count, not the first alone. `Trailer` is kept, because hyper would send no trailers without it. `TE`
//! is written anew if the visitor accepts trailers, `Upgrade` if both sides agree on one.

use http::header::{CONNECTION, EXPECT, TE, UPGRADE};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::http::fields::{self, is_hop_by_hop, is_usual};
use crate::http::lists;
use crate::proxy::error::ProxyError;

/// Whether `Connection` may not list a field: it is for the portal, or says who the visitor is.
#[rustfmt::skip]
fn is_end_to_end(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "accept" | "age" | "authorization" | "cache-control" | "clear-site-data" | "content-encoding"
            | "content-length" | "content-range" | "content-type" | "cookie" | "date" | "etag" | "expect" | "expires"
            | "host" | "if-match" | "if-modified-since" | "if-none-match" | "if-range" | "if-unmodified-since"
            | "location" | "origin" | "range" | "referer" | "sec-gpc" | "set-cookie" | "strict-transport-security"
            | "trailer" | "vary" | "via" | "x-request-id"
    ) || fields::is_forwarding(name)
}

/// Removes the fields that belong to the visitor's connection, and writes those of the portal's. `Expect` is removed as well,
/// because octroi asks for the body when the portal does, and so are fields for which `also` returns true; it is not called for
/// common names.
///
/// Returns the names that `Connection` lists: a trailer may not have such a name, either. An element that is no token
/// (`keep-alive;`, `timeout=5`) names no field (RFC 9110 §5.6.2) and is ignored.
///
/// # Errors
/// If `Connection` lists a field that is meant for the portal. No client may do so (RFC 9110 §7.6.1). Proxies differ:
/// Apache obeys, which lets a visitor hide the field from the portal; nginx and HAProxy ignore it, and a hop behind them may
/// obey. After a refusal nobody can differ.
pub(in crate::proxy) fn clean_request(
    headers: &mut HeaderMap,
    upgrade: Option<&HeaderValue>,
    also: impl Fn(&HeaderName) -> bool,
) -> Result<Vec<HeaderName>, ProxyError> {
    let is_one = |name: &HeaderName| !is_usual(name) && (is_hop_by_hop(name) || *name == EXPECT || also(name));
    // Many requests have none of them, and need not be searched for `Connection` and `TE`.
    if upgrade.is_none() && !headers.keys().any(is_one) {
        return Ok(Vec::new());
    }
    let listed = listed(headers);
    if listed.iter().any(is_end_to_end) {
        return Err(ProxyError::ConnectionInvalid);
    }
    for name in &listed {
        headers.remove(name);
    }
    let trailers = lists::contain(headers, &TE, b"trailers");
    fields::remove(headers, is_one);
    if trailers {
        headers.insert(TE, HeaderValue::from_static("trailers"));
    }
    if let Some(protocol) = upgrade {
        headers.insert(UPGRADE, protocol.clone());
    }
    if let Some(options) = connection_options(upgrade.is_some(), trailers) {
        headers.insert(CONNECTION, HeaderValue::from_static(options));
    }
    Ok(listed)
}

/// Removes the fields that belong to the portal's connection, and those for which `also` returns true. `upgrade`: the protocol
/// that a valid 101 switches to. A field for the visitor is kept even if `Connection` lists it: a portal's mistake must not cost
/// its page.
pub(in crate::proxy) fn clean_response(
    headers: &mut HeaderMap,
    upgrade: Option<&HeaderValue>,
    also: impl Fn(&HeaderName) -> bool,
) {
    let is_one = |name: &HeaderName| is_hop_by_hop(name) || also(name);
    if upgrade.is_none() && !headers.keys().any(is_one) {
        return;
    }
    for name in listed(headers) {
        if !is_end_to_end(&name) {
            headers.remove(name);
        }
    }
    fields::remove(headers, is_one);
    if let Some(protocol) = upgrade {
        headers.insert(UPGRADE, protocol.clone());
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    }
}

/// A sender of `TE` lists it in `Connection` (RFC 9110 §10.1.4).
fn connection_options(upgrade: bool, trailers: bool) -> Option<&'static str> {
    match (upgrade, trailers) {
        (true, true) => Some("upgrade, te"),
        (true, false) => Some("upgrade"),
        (false, true) => Some("te"),
        (false, false) => None,
    }
}

/// The fields that all `Connection` lines list, beyond those that are removed anyway.
fn listed(headers: &HeaderMap) -> Vec<HeaderName> {
    let options = lists::elements(headers, &CONNECTION).filter(|option| !is_known_option(option));
    options.filter_map(|token| HeaderName::from_bytes(token).ok()).filter(|name| !is_hop_by_hop(name)).collect()
}

fn is_known_option(option: &[u8]) -> bool {
    [&b"close"[..], b"keep-alive", b"upgrade", b"te"].iter().any(|known| option.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{fields, headers};

    fn request(lines: &[(&str, &str)], upgrade: Option<&'static str>) -> Result<Vec<String>, ProxyError> {
        let mut headers = headers(lines);
        clean_request(&mut headers, upgrade.map(HeaderValue::from_static).as_ref(), |_| false)?;
        Ok(fields(&headers))
    }

    fn response(lines: &[(&str, &str)], upgrade: Option<&'static str>) -> Vec<String> {
        let mut headers = headers(lines);
        clean_response(&mut headers, upgrade.map(HeaderValue::from_static).as_ref(), |_| false);
        fields(&headers)
    }

    #[test]
    fn every_connection_line_counts() {
        let lines =
            [("connection", "close, X-A"), ("x-a", "1"), ("x-b", "2"), ("connection", "\tx-b ,,"), ("x-c", "3")];
        assert_eq!(request(&lines, None).unwrap(), ["x-c: 3"]);
        assert_eq!(response(&lines, None), ["x-c: 3"]);
    }

    #[test]
    fn fields_of_the_connection_end_with_it() {
        let lines = [
            ("keep-alive", "timeout=5"),
            ("proxy-connection", "keep-alive"),
            ("proxy-authorization", "Basic eDp5"),
            ("proxy-authenticate", "Basic"),
            ("proxy-authentication-info", "x"),
            ("te", "gzip"),
            ("transfer-encoding", "chunked"),
            ("upgrade", "h2c"),
            ("http2-settings", "AAMAAABk"),
            ("expect", "100-continue"),
            ("trailer", "grpc-status"),
            ("accept", "*/*"),
        ];
        assert_eq!(request(&lines, None).unwrap(), ["accept: */*", "trailer: grpc-status"]);
    }

    #[test]
    fn a_request_cannot_have_fields_hidden_from_the_portal() {
        for name in [
            "Cookie", "host", "Content-Length", "authorization", "X-Forwarded-For", "sec-gpc", "x-real-ip",
            "x-forwarded-user", "via",
        ] {
            let outcome = request(&[("connection", name), ("cookie", "a=b")], None);
            assert!(matches!(outcome, Err(ProxyError::ConnectionInvalid)), "{name}");
        }
    }

    #[test]
    fn what_is_no_token_names_nothing() {
        for value in
            ["keep-alive;", "close;", "keep-alive; timeout=5", "Keep-Alive, timeout=5", "\"cookie\"", "a b", ";"]
        {
            let lines = [("connection", value), ("cookie", "a=b"), ("a", "1"), ("b", "2")];
            assert_eq!(request(&lines, None).unwrap(), ["a: 1", "b: 2", "cookie: a=b"], "{value}");
        }
        assert_eq!(request(&[("connection", "close; x, b"), ("b", "2"), ("x", "1")], None).unwrap(), ["x: 1"]);
    }

    #[test]
    fn a_response_keeps_what_is_for_the_visitor() {
        let lines = [
            ("connection", "set-cookie, date, x-a"),
            ("connection", "a b"),
            ("set-cookie", "a=b"),
            ("date", "d"),
            ("x-a", "1"),
        ];
        assert_eq!(response(&lines, None), ["date: d", "set-cookie: a=b"]);
    }

    #[test]
    fn trailers_and_upgrades_are_said_anew() {
        assert_eq!(request(&[("te", "gzip, Trailers")], None).unwrap(), ["connection: te", "te: trailers"]);
        let asked = [("connection", "Upgrade"), ("upgrade", "websocket, h2c")];
        assert_eq!(request(&asked, Some("websocket")).unwrap(), ["connection: upgrade", "upgrade: websocket"]);
        assert_eq!(request(&asked, None).unwrap(), [""; 0]);
        let both = [("te", "trailers"), ("connection", "te")];
        let expected = ["connection: upgrade, te", "te: trailers", "upgrade: websocket"];
        assert_eq!(request(&both, Some("websocket")).unwrap(), expected);
        assert_eq!(response(&[("upgrade", "h2")], None), [""; 0]);
        assert_eq!(response(&asked, Some("websocket")), ["connection: upgrade", "upgrade: websocket"]);
    }
}
