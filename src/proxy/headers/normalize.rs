//! The request's head, made unambiguous: exactly one authority, an origin-form target, and sizes within the limits.
//!
//! If a head can be read in two ways it is refused, never repaired: octroi must route and judge by what the portal sees. Path
//! and query are kept byte for byte.

use std::net::SocketAddr;

use http::header::{CONTENT_LENGTH, HOST};
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Method, Uri, Version, request, uri};

use crate::config::Limits;
use crate::http::fields::{self, Lines};
use crate::http::h1::is_sound_target;
use crate::http::length;
use crate::proxy::Downstream;
use crate::proxy::authority::Authority;
use crate::proxy::error::ProxyError;

/// The `: ` and the line end that a field costs on the wire of HTTP/1.1; counted for HTTP/2, too, so that one limit
/// means the same on both.
const FIELD_OVERHEAD: usize = 4;

/// What a head says, once it is checked.
pub(in crate::proxy) struct Normalized {
    /// By which the site is found, and which the portal is sent as `Host`.
    pub(in crate::proxy) authority: Authority,
    /// Which fields the head had when it was received.
    pub(in crate::proxy) seen: Seen,
}

/// Which fields there are. One loop over all names replaces a search for each field that most requests lack.
#[allow(clippy::struct_excessive_bools)] // Each is a field that is there or not.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::proxy) struct Seen {
    /// How many lines of cookies.
    pub(in crate::proxy) cookies: usize,
    /// Whether the fields are over `header_bytes` because of the cookies among them. The request is refused, but only after its
    /// cookies were judged, so that the answer can delete some.
    pub(in crate::proxy) cookies_too_large: bool,
    /// Credentials: the response to such a request belongs to one visitor.
    pub(in crate::proxy) authorization: bool,
    /// `If-None-Match` or `If-Modified-Since`.
    pub(in crate::proxy) conditions: bool,
    /// `Sec-Fetch-Dest`, whatever its value.
    pub(in crate::proxy) fetch_destination: bool,
    /// `Sec-GPC`, whatever its value.
    pub(in crate::proxy) gpc: bool,
    pub(in crate::proxy) cdn_loop: bool,
    pub(in crate::proxy) content_length: bool,
    pub(in crate::proxy) host: bool,
    /// `traceparent`, valid or not.
    pub(in crate::proxy) traceparent: bool,
    /// `Upgrade`, which asks for a tunnel in HTTP/1.1.
    pub(in crate::proxy) upgrade: bool,
}

/// Checks a request's head and brings it into the form that is sent upstream: origin-form, one `Host`.
///
/// # Errors
/// If the head is malformed, ambiguous or over a limit; cookies over the limit are only noted.
pub(in crate::proxy) fn normalize(
    head: &mut request::Parts,
    limits: &Limits,
    downstream: &Downstream,
) -> Result<Normalized, ProxyError> {
    if head.method == Method::CONNECT || head.method == Method::TRACE {
        return Err(ProxyError::MethodNotAllowed);
    }
    let seen = check_fields(&head.headers, limits)?;
    let authority = one_authority(head, downstream)?;
    if head.uri.authority().is_some() || !seen.host {
        head.headers.insert(HOST, authority.value().clone());
    }
    bring_to_origin_form(head)?;
    check_target(&head.uri, limits.target_bytes)?;
    if seen.content_length {
        check_content_length(&head.headers, limits.body_bytes)?;
    }
    Ok(Normalized { authority, seen })
}

/// Checks the number and size of the fields. HTTP/2 splits `Cookie` into several fields (RFC 9113 §8.2.3): they count as one.
fn check_fields(headers: &HeaderMap, limits: &Limits) -> Result<Seen, ProxyError> {
    let (mut size, mut cookies, mut padded, mut seen) = (0, 0, false, Seen::default());
    for (name, value) in headers {
        let bytes = name.as_str().len() + value.len() + FIELD_OVERHEAD;
        size += bytes;
        padded |= is_padded(value);
        match name.as_str() {
            "cookie" => {
                cookies += bytes;
                seen.cookies += 1;
            }
            "host" => seen.host = true,
            "content-length" => seen.content_length = true,
            "authorization" => seen.authorization = true,
            "if-none-match" | "if-modified-since" => seen.conditions = true,
            "sec-fetch-dest" => seen.fetch_destination = true,
            "sec-gpc" => seen.gpc = true,
            "cdn-loop" => seen.cdn_loop = true,
            "traceparent" => seen.traceparent = true,
            "upgrade" => seen.upgrade = true,
            _ => {}
        }
    }
    if exceeds(headers.len().saturating_sub(seen.cookies.saturating_sub(1)), limits.headers) {
        return Err(ProxyError::TooManyFields);
    }
    if padded {
        return Err(ProxyError::FieldInvalid);
    }
    if exceeds(size - cookies, limits.header_bytes) {
        return Err(ProxyError::FieldsTooLarge);
    }
    seen.cookies_too_large = exceeds(size, limits.header_bytes);
    Ok(seen)
}

/// Whether there is white space around a value. In HTTP/1.1 it was removed before; in HTTP/2 there must be none.
fn is_padded(value: &HeaderValue) -> bool {
    let (first, last) = (value.as_bytes().first(), value.as_bytes().last());
    [first, last].into_iter().flatten().any(|byte| matches!(byte, b' ' | b'\t'))
}

/// The target's authority wins over `Host` (RFC 9112 §3.2.2), but the two must agree. An HTTP/1.0 request may name none, as
/// the probes of load balancers do.
fn one_authority(head: &request::Parts, downstream: &Downstream) -> Result<Authority, ProxyError> {
    let host = match fields::lines(&head.headers, &HOST) {
        Lines::None => None,
        Lines::One(value) => Some(downstream.forwarded_cache.authority(value)?),
        Lines::Several => return Err(ProxyError::HostRepeated),
    };
    let target = head.uri.authority().map(target_authority).transpose()?;
    match (target, host) {
        (Some(target), None) if head.version >= Version::HTTP_2 => Ok(target),
        (Some(target), Some(host)) if target.agrees_with(&host, default_port(&head.uri)) => Ok(target),
        (Some(_), Some(_)) => Err(ProxyError::HostDisagrees),
        (None, Some(host)) => Ok(host),
        (None, None) if head.version == Version::HTTP_10 => unnamed_authority(downstream),
        (_, None) => Err(ProxyError::HostMissing),
    }
}

/// The authority of a request that names no host: the name of the TLS handshake, or the address that the visitor connected to.
fn unnamed_authority(downstream: &Downstream) -> Result<Authority, ProxyError> {
    let address = downstream.local.map(|local| SocketAddr::new(local.ip().to_canonical(), local.port()).to_string());
    let name = downstream.server_name.as_deref().or(address.as_deref()).ok_or(ProxyError::HostMissing)?;
    Authority::parse(HeaderValue::from_str(name).map_err(|_| ProxyError::HostInvalid)?)
}

fn target_authority(authority: &uri::Authority) -> Result<Authority, ProxyError> {
    let value = HeaderValue::from_str(authority.as_str()).map_err(|_| ProxyError::HostInvalid)?;
    Authority::parse(value)
}

fn default_port(uri: &Uri) -> u16 {
    if uri.scheme() == Some(&uri::Scheme::HTTPS) { 443 } else { 80 }
}

fn bring_to_origin_form(head: &mut request::Parts) -> Result<(), ProxyError> {
    let uri = &head.uri;
    let has_scheme = match uri.scheme_str() {
        Some("http" | "https") => true,
        Some(_) => return Err(ProxyError::InvalidTarget),
        None => false,
    };
    // Authority-form belongs to CONNECT alone.
    if uri.authority().is_some() && !has_scheme {
        return Err(ProxyError::InvalidTarget);
    }
    if has_scheme || uri.path_and_query().is_none() {
        let target = uri.path_and_query().cloned();
        head.uri = Uri::from(target.unwrap_or_else(|| PathAndQuery::from_static("/")));
    }
    add_empty_path(head)?;
    let fits = match head.uri.path() {
        "*" => head.method == Method::OPTIONS && head.uri.query().is_none(),
        path => path.starts_with('/'),
    };
    if fits { Ok(()) } else { Err(ProxyError::InvalidTarget) }
}

/// `http://host?x` has an empty path, which is sent as `/` (RFC 9110 §4.2.3).
fn add_empty_path(head: &mut request::Parts) -> Result<(), ProxyError> {
    let target = head.uri.path_and_query().map_or("/", PathAndQuery::as_str);
    if target.starts_with('?') {
        let target = PathAndQuery::try_from(format!("/{target}")).map_err(|_| ProxyError::TargetTooLong)?;
        head.uri = Uri::from(target);
    }
    Ok(())
}

/// Checks length and bytes of the target. In HTTP/2 it may hold any byte, even those that end it in HTTP/1.1.
fn check_target(uri: &Uri, limit: usize) -> Result<(), ProxyError> {
    let target = uri.path_and_query().map_or("", PathAndQuery::as_str);
    if exceeds(target.len(), limit) {
        return Err(ProxyError::TargetTooLong);
    }
    if is_sound_target(target.as_bytes()) { Ok(()) } else { Err(ProxyError::InvalidTarget) }
}

/// Refuses a body that is too large before a byte of it is asked for.
fn check_content_length(headers: &HeaderMap, limit: u64) -> Result<(), ProxyError> {
    let length = match fields::lines(headers, &CONTENT_LENGTH) {
        Lines::None => return Ok(()),
        Lines::One(value) => length::read(value.as_bytes()).ok_or(ProxyError::ContentLengthInvalid)?,
        Lines::Several => return Err(ProxyError::ContentLengthInvalid),
    };
    if limit != 0 && length > limit { Err(ProxyError::BodyTooLarge) } else { Ok(()) }
}

fn exceeds(size: usize, limit: usize) -> bool {
    limit != 0 && size > limit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{self, Lines};
    use http::Request;

    fn limits() -> Limits {
        Limits { header_bytes: 1000, headers: 10, target_bytes: 50, body_bytes: 100, ..Limits::default() }
    }

    fn head(version: Version, method: &str, target: &str, fields: &[(&str, &str)]) -> request::Parts {
        let mut request = Request::builder().version(version).method(method).uri(target);
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    fn outcome(version: Version, method: &str, target: &str, fields: &[(&str, &str)]) -> String {
        let mut head = head(version, method, target, fields);
        let downstream = Downstream { local: Some(([192, 0, 2, 1], 8080).into()), ..testing::downstream() };
        match normalize(&mut head, &limits(), &downstream) {
            Ok(Normalized { seen: Seen { cookies_too_large: true, .. }, .. }) => "cookies".to_owned(),
            Ok(Normalized { authority, .. }) => {
                let hosts: Vec<_> = head.headers.get_all(HOST).iter().collect();
                assert_eq!(hosts, [authority.value()]);
                format!("{} {}", authority.host(), head.uri)
            }
            Err(error) => format!("{}", error.status().as_u16()),
        }
    }

    #[test]
    fn http1_targets_and_hosts() {
        const SITE: (&str, &str) = ("host", "Data.Example.fr:8080");
        let table: &[(&str, &str, Lines, &str)] = &[
            ("GET", "/a%2Fb//c?x=%41&y", &[SITE], "data.example.fr /a%2Fb//c?x=%41&y"),
            ("GET", "//other.example/x", &[SITE], "data.example.fr //other.example/x"),
            ("GET", "/", &[], "400"),
            ("GET", "/", &[("host", "")], "400"),
            ("GET", "/", &[("host", "a.example"), ("host", "a.example")], "400"),
            ("GET", "/", &[("host", "user@a.example")], "400"),
            ("GET", "/", &[("host", "a.example/b")], "400"),
            ("GET", "/", &[("host", "a.example, b.example")], "400"),
            ("GET", "http://a.example/x", &[("host", "a.example")], "a.example /x"),
            ("GET", "http://A.example/x", &[("host", "a.example:80")], "a.example /x"),
            ("GET", "http://a.example", &[("host", "a.example")], "a.example /"),
            ("GET", "http://a.example/x", &[("host", "b.example")], "400"),
            ("GET", "http://a.example:81/x", &[("host", "a.example")], "400"),
            ("GET", "http://a.example/x", &[], "400"),
            ("GET", "http://u:p@a.example/x", &[("host", "a.example")], "400"),
            ("GET", "ftp://a.example/x", &[("host", "a.example")], "400"),
            ("GET", "a.example:80", &[("host", "a.example:80")], "400"),
            ("GET", "http://a.example?x=1", &[("host", "a.example")], "a.example /?x=1"),
            ("GET", "/<>`?a=\"<b>\"", &[SITE], "data.example.fr /<>`?a=\"<b>\""),
            ("OPTIONS", "*", &[SITE], "data.example.fr *"),
            ("GET", "*", &[SITE], "400"),
            ("TRACE", "/", &[SITE], "405"),
            ("CONNECT", "a.example:443", &[SITE], "405"),
            ("PROPFIND", "/", &[SITE], "data.example.fr /"),
        ];
        for (method, target, fields, expected) in table {
            assert_eq!(outcome(Version::HTTP_11, method, target, fields), *expected, "{method} {target} {fields:?}");
        }
        assert_eq!(outcome(Version::HTTP_10, "GET", "/", &[]), "192.0.2.1 /");
        assert_eq!(outcome(Version::HTTP_10, "GET", "http://a.example/x", &[]), "400");
        assert_eq!(outcome(Version::HTTP_10, "GET", "/", &[("host", "")]), "400");
        assert_eq!(outcome(Version::HTTP_10, "GET", "/", &[("host", "a.example")]), "a.example /");
    }

    #[test]
    fn http2_authorities() {
        let table: &[(&str, Lines, &str)] = &[
            ("https://a.example/x?y", &[], "a.example /x?y"),
            ("https://a.example/x", &[("host", "a.example")], "a.example /x"),
            ("https://a.example/x", &[("host", "a.example:443")], "a.example /x"),
            ("https://a.example/x", &[("host", "b.example")], "400"),
            ("https://a.example/x", &[("host", "a.example"), ("host", "a.example")], "400"),
            ("/x", &[("host", "a.example")], "a.example /x"),
            ("/x", &[], "400"),
            ("https://a.example?x=1", &[], "a.example /?x=1"),
            ("https://a.example/x#y", &[], "400"),
            ("https://a.example/x?y#z", &[], "400"),
            ("https://a.example/x y", &[], "400"),
            ("https://a.example/x?\u{7f}", &[], "400"),
            ("https://a.example/x?\u{e9}", &[], "a.example /x?\u{e9}"),
            ("/x\r\nevil: y", &[("host", "a.example")], "400"),
            ("/\0", &[("host", "a.example")], "400"),
            ("/x\t", &[("host", "a.example")], "400"),
            ("/x", &[("host", "a.example"), ("x", "a b")], "a.example /x"),
            ("/x", &[("host", "a.example"), ("x", " a")], "400"),
            ("/x", &[("host", "a.example"), ("x", "a\t")], "400"),
        ];
        for (target, fields, expected) in table {
            assert_eq!(outcome(Version::HTTP_2, "GET", target, fields), *expected, "{target} {fields:?}");
        }
    }

    #[test]
    fn sizes_are_limited() {
        let host = ("host", "a.example");
        let long = format!("/{}", "a".repeat(50));
        assert_eq!(outcome(Version::HTTP_11, "GET", &long, &[host]), "414");
        assert_eq!(outcome(Version::HTTP_11, "GET", &long[..50], &[host]), format!("a.example {}", &long[..50]));

        let many = [("x", "y"); 10];
        assert_eq!(outcome(Version::HTTP_11, "GET", "/", &[&many[..], &[host]].concat()), "431");
        let fields = [("cookie", "a=b"); 50];
        assert_eq!(outcome(Version::HTTP_2, "GET", "/", &[&fields[..], &[host]].concat()), "a.example /");
        let large = "v".repeat(1000);
        assert_eq!(outcome(Version::HTTP_2, "GET", "/", &[host, ("x", &large)]), "431");
        assert_eq!(outcome(Version::HTTP_2, "GET", "/", &[host, ("cookie", &large)]), "cookies");
        assert_eq!(outcome(Version::HTTP_2, "GET", "/", &[host, ("cookie", &large), ("x", &large)]), "431");
        for (length, expected) in
            [("100", "a.example /"), ("9223372036854775807", "413"), ("9223372036854775808", "400")]
        {
            assert_eq!(
                outcome(Version::HTTP_2, "POST", "/", &[host, ("content-length", length)]),
                expected,
                "{length}"
            );
        }
    }

    #[test]
    fn what_is_asked_for_later_is_seen() {
        let all = ["cookie", "cookie", "authorization", "sec-gpc", "cdn-loop", "content-length", "host"];
        let headers = testing::headers(&all.map(|name| (name, "x")));
        let seen = check_fields(&headers, &Limits::default()).unwrap();
        assert!(
            seen.cookies == 2 && seen.authorization && seen.gpc && seen.cdn_loop && seen.content_length && seen.host
        );
        let others = ["cookies", "x-authorization", "sec-gpc2", "cdn_loop", "content-lengt", "x-host"];
        let headers = testing::headers(&others.map(|name| (name, "x")));
        let seen = check_fields(&headers, &Limits::default()).unwrap();
        assert!(
            seen.cookies == 0 && !(seen.authorization || seen.gpc || seen.cdn_loop || seen.content_length || seen.host)
        );
    }

    #[test]
    fn bodies_are_limited_by_their_announced_length() {
        let table = [("100", "a.example /"), ("101", "413"), ("+1", "400"), ("1,1", "400"), ("", "400")];
        for (length, expected) in table {
            let fields = [("host", "a.example"), ("content-length", length)];
            assert_eq!(outcome(Version::HTTP_11, "POST", "/", &fields), expected, "{length}");
        }
        let twice = [("host", "a.example"), ("content-length", "1"), ("content-length", "1")];
        assert_eq!(outcome(Version::HTTP_11, "POST", "/", &twice), "400");
    }
}
