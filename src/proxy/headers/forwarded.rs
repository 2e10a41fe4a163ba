//! The forwarding fields: `X-Forwarded-*`, `Forwarded` (RFC 7239), `X-Real-IP`, and `Via` (RFC 9110 §7.6.3).
//!
//! Those of an untrusted peer are replaced. A trusted proxy's chain of addresses is kept and added to, and all other fields
//! are written from it: a proxy that writes only `X-Forwarded-For` forwards whatever its visitors say in the others. So the
//! portal may trust each of these fields.

use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use http::header::{FORWARDED, VIA};
use http::{HeaderMap, HeaderName, HeaderValue, Version};

use super::loops;
use crate::config::Scheme;
use crate::http::fields;
use crate::http::h1::FieldLines;
use crate::proxy::authority::Authority;
use crate::proxy::forwarded_cache::Manner;
use crate::proxy::{Downstream, Trust};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_FORWARDED_PORT: HeaderName = HeaderName::from_static("x-forwarded-port");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const X_REAL_IP: HeaderName = HeaderName::from_static("x-real-ip");

/// The fields that octroi writes for every portal.
const WRITTEN: [HeaderName; 6] =
    [FORWARDED, X_FORWARDED_FOR, X_FORWARDED_HOST, X_FORWARDED_PORT, X_FORWARDED_PROTO, X_REAL_IP];

/// The visitor's address: the first one in the chain, from the right, that is no trusted proxy. `None` on a Unix socket, if no
/// field names an address.
pub(in crate::proxy) fn client(headers: &HeaderMap, downstream: &Downstream) -> Option<IpAddr> {
    chain(headers, downstream).last().or_else(|| peer(downstream))
}

/// The addresses that trusted proxies name, from the right: those of further trusted proxies, then the visitor's.
fn chain(headers: &HeaderMap, downstream: &Downstream) -> impl Iterator<Item = IpAddr> {
    let nodes = ChainField::of(headers, downstream).into_iter().flat_map(|field| {
        let elements = elements_from_right(headers, &field.name());
        elements.map(move |element| field.node(element).and_then(parse_node))
    });
    let mut is_whole = false;
    nodes.map_while(|node| node).take_while(move |address| {
        let goes_on = !is_whole;
        is_whole = !downstream.trusts(*address);
        goes_on
    })
}

/// The field in which trusted proxies name a chain of addresses. They may forward the others as the visitor sent them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ChainField {
    XForwardedFor,
    Forwarded,
    XRealIp,
}

impl ChainField {
    fn of(headers: &HeaderMap, downstream: &Downstream) -> Option<Self> {
        if !downstream.is_trusted() {
            return None;
        }
        [Self::XForwardedFor, Self::Forwarded, Self::XRealIp]
            .into_iter()
            .find(|field| headers.contains_key(field.name()))
    }

    fn name(self) -> HeaderName {
        match self {
            Self::XForwardedFor => X_FORWARDED_FOR,
            Self::Forwarded => FORWARDED,
            Self::XRealIp => X_REAL_IP,
        }
    }

    /// The address in one element.
    fn node(self, element: &str) -> Option<&str> {
        if self == Self::Forwarded { parameter(element, "for") } else { Some(element) }
    }
}

/// Whether the visitor uses https: by the PROXY header or the listener's configuration, else by a trusted proxy's field, else
/// by the connection to octroi.
pub(in crate::proxy) fn is_https(headers: &HeaderMap, downstream: &Downstream) -> bool {
    if let Some(scheme) = downstream.scheme {
        return scheme == Scheme::Https;
    }
    let word = match downstream.trust {
        Trust::Nothing => None,
        Trust::Scheme => elements_from_right(headers, &X_FORWARDED_PROTO).next(),
        Trust::Everything => forwarded_proto(headers, downstream),
    };
    match word {
        Some(proto) if proto.eq_ignore_ascii_case("https") => true,
        Some(proto) if proto.eq_ignore_ascii_case("http") => false,
        _ => downstream.tls,
    }
}

/// The last value counts, which is the nearest proxy's.
fn forwarded_proto<'a>(headers: &'a HeaderMap, downstream: &Downstream) -> Option<&'a str> {
    let said = elements_from_right(headers, &X_FORWARDED_PROTO).next();
    let is_believed = || ChainField::of(headers, downstream) == Some(ChainField::Forwarded);
    let forwarded = || elements_from_right(headers, &FORWARDED).next().filter(|_| is_believed());
    said.or_else(|| forwarded().and_then(|element| parameter(element, "proto")))
}

/// Writes the forwarding fields for a portal. A trusted proxy's fields become a part of them, and are removed from `headers`;
/// forged ones have been removed before.
pub(in crate::proxy) fn forwarding_lines(
    headers: &mut HeaderMap,
    downstream: &Downstream,
    authority: &Authority,
    manner: Manner,
) -> FieldLines {
    if downstream.is_trusted() && headers.keys().any(|name| WRITTEN.contains(name)) {
        let lines = announced(headers, downstream, authority, manner);
        fields::remove(headers, |name| WRITTEN.contains(name));
        return lines;
    }
    downstream.forwarded_cache.lines(authority, manner).unwrap_or_else(|| {
        let lines = announced(headers, downstream, authority, manner);
        downstream.forwarded_cache.keep(authority, manner, lines.clone());
        lines
    })
}

/// The fields of octroi, added to those that a trusted proxy has `said`.
fn announced(said: &HeaderMap, downstream: &Downstream, authority: &Authority, manner: Manner) -> FieldLines {
    let (scheme, default_port) = if manner.https { ("https", "443") } else { ("http", "80") };
    let port = authority.port().map_or(HeaderValue::from_static(default_port), HeaderValue::from);
    let mut fields = vec![
        (X_FORWARDED_PROTO, HeaderValue::from_static(scheme)),
        (X_FORWARDED_HOST, authority.value().clone()),
        (X_FORWARDED_PORT, port),
        (loops::CDN_LOOP, loops::mark()),
    ];
    fields.extend(client(said, downstream).map(|client| (X_REAL_IP, value(address(client)))));
    fields.extend(ways(said, downstream, authority, scheme));
    fields.extend(manner.via.then(|| (VIA, via(manner.version))));
    fields.iter().map(|(name, value)| (name, value)).collect()
}

/// The chain of addresses in both fields: the trusted proxies' own field is kept as it is, the other one is written like it.
fn ways(
    said: &HeaderMap,
    downstream: &Downstream,
    authority: &Authority,
    scheme: &str,
) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    let mut chain: Vec<_> = chain(said, downstream).map(address).collect();
    chain.reverse();
    let peer = peer(downstream).map(address);
    let host = authority.value().to_str().unwrap_or_default();
    // The visitor's element tells host and scheme, as does octroi's own: of the proxies between, only addresses are known.
    let own_scheme = if !downstream.is_trusted() {
        scheme
    } else if downstream.tls {
        "https"
    } else {
        "http"
    };
    let of_chain = chain.iter().enumerate().map(|(place, node)| {
        let told = (place == 0).then_some((host, scheme));
        forwarded_element(Some(node), told)
    });
    let own = forwarded_element(peer.as_deref(), Some((host, own_scheme)));
    let field = ChainField::of(said, downstream);
    let forwarded = match field {
        Some(ChainField::Forwarded) => joined(said, &FORWARDED, [own]),
        _ => value(of_chain.chain([own]).collect::<Vec<_>>().join(", ")),
    };
    let forwarded_for = match field {
        Some(ChainField::XForwardedFor) => joined(said, &X_FORWARDED_FOR, peer),
        _ => value(chain.into_iter().chain(peer).collect::<Vec<_>>().join(", ")),
    };
    let is_known = !forwarded_for.is_empty();
    [(FORWARDED, forwarded)].into_iter().chain(is_known.then_some((X_FORWARDED_FOR, forwarded_for)))
}

/// octroi's entry in `Via`, for a message received in this version.
pub(in crate::proxy) fn via(version: Version) -> HeaderValue {
    // As constants, their bytes are checked when octroi is compiled, not for each message.
    match version {
        Version::HTTP_10 => const { HeaderValue::from_static("1.0 octroi") },
        Version::HTTP_2 => const { HeaderValue::from_static("2.0 octroi") },
        _ => const { HeaderValue::from_static("1.1 octroi") },
    }
}

/// Whether a field is forged: from an untrusted peer, any forwarding field; from any peer, a field that a portal would take
/// for one of these.
pub(in crate::proxy) fn forged_where(trusted: bool) -> impl Fn(&HeaderName) -> bool {
    move |name| fields::is_forged(name, trusted)
}

/// One element of `Forwarded`, with host and scheme if they are known. What holds a colon needs quotes: an IPv6
/// address, perhaps the host (RFC 7239 §4, §6).
fn forwarded_element(node: Option<&str>, told: Option<(&str, &str)>) -> String {
    let node = node.unwrap_or("unknown");
    let (before, after) = if node.contains(':') { ("for=\"[", "]\"") } else { ("for=", "") };
    match told {
        Some((host, scheme)) => [before, node, after, ";host=\"", host, "\";proto=", scheme].concat(),
        None => [before, node, after].concat(),
    }
}

/// An address as text. An IPv4 address is written by hand, because the standard library's formatter costs measurable time.
fn address(address: IpAddr) -> String {
    let IpAddr::V4(address) = address else { return address.to_string() };
    let mut text = String::with_capacity("255.255.255.255".len());
    for (place, octet) in address.octets().into_iter().enumerate() {
        if place > 0 {
            text.push('.');
        }
        let digits = [octet / 100, octet / 10 % 10, octet % 10];
        let zeros = if octet < 10 { 2 } else { usize::from(octet < 100) };
        text.extend(digits.iter().skip(zeros).map(|digit| char::from(b'0' + digit)));
    }
    text
}

/// An IPv4 address that came in through an IPv6 socket is written as what it is.
fn peer(downstream: &Downstream) -> Option<IpAddr> {
    downstream.client.map(|address| address.ip().to_canonical())
}

/// What was said in a list field, all of it in one line, and further elements.
fn joined(said: &HeaderMap, name: &HeaderName, more: impl IntoIterator<Item = String>) -> HeaderValue {
    let more: Vec<_> = more.into_iter().collect();
    let values: Vec<_> =
        said.get_all(name).iter().map(HeaderValue::as_bytes).chain(more.iter().map(String::as_bytes)).collect();
    // The pieces of valid values make a valid value.
    HeaderValue::from_maybe_shared(Bytes::from(values.join(&b", "[..]))).unwrap_or(HeaderValue::from_static(""))
}

/// A value of which all is visible ASCII.
fn value(text: String) -> HeaderValue {
    HeaderValue::from_maybe_shared(Bytes::from(text)).unwrap_or(HeaderValue::from_static(""))
}

/// The elements of a list, the nearest proxy's first.
fn elements_from_right<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> + use<'a> {
    let lines = headers.get_all(name).into_iter().rev().map(|line| line.to_str().unwrap_or_default());
    let has_quotes = *name == FORWARDED;
    let of_line = move |line: &'a str| {
        let elements = if has_quotes { split_outside_quotes(line, ',') } else { line.split(',').collect() };
        elements.into_iter().rev()
    };
    lines.flat_map(of_line).map(str::trim_ascii)
}

/// Splits at a separator, but not within quoted strings (RFC 7239 §4, RFC 9110 §5.6.4), which may hold a visitor's text. If the
/// last string does not end, quotes count for nothing: else what a visitor sent would hide what a proxy wrote behind it.
fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let parts = text.split(|char| {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ => return char == separator && !is_quoted,
        }
        false
    });
    let parts = parts.collect();
    if is_quoted { text.split(separator).collect() } else { parts }
}

/// A parameter of one element of `Forwarded`.
fn parameter<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = split_outside_quotes(element, ';').into_iter().filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| key.trim_ascii().eq_ignore_ascii_case(name))?;
    Some(value.trim_ascii().trim_matches('"'))
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`
fn parse_node(node: &str) -> Option<IpAddr> {
    let bare = node.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(node);
    let address = bare.parse().or_else(|_| node.parse::<SocketAddr>().map(|address| address.ip()));
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::proxy::testing::{self, Lines, fields, headers};

    fn downstream(client: &str, trusted: bool, tls: bool) -> Downstream {
        Downstream {
            client: client.parse().ok(),
            tls,
            trust: if trusted { Trust::Everything } else { Trust::Nothing },
            trusted_networks: Arc::new(["10.0.0.0/8".parse().unwrap()]),
            ..testing::downstream()
        }
    }

    fn announced(lines: &[(&str, &str)], downstream: &Downstream, version: Version) -> Vec<String> {
        let mut headers = headers(lines);
        let authority = Authority::parse(HeaderValue::from_static("a.example:8443")).unwrap();
        let https = is_https(&headers, downstream);
        fields::remove(&mut headers, forged_where(downstream.is_trusted()));
        let lines = forwarding_lines(&mut headers, downstream, &authority, Manner { https, version, via: true });
        let mut announced = fields(&headers);
        announced.extend(written(&lines).into_iter().filter(|line| !line.starts_with("cdn-loop: octroi; id=")));
        // The order among several lines of one field stays.
        announced.sort_by_key(|line| line.split(':').next().map(str::to_owned));
        announced
    }

    fn written(lines: &FieldLines) -> Vec<String> {
        String::from_utf8(lines.as_bytes().to_vec()).unwrap().lines().map(str::to_owned).collect()
    }

    const FORGED: Lines = &[
        ("x-forwarded-for", "203.0.113.9, 203.0.113.8"),
        ("x-forwarded-for", "203.0.113.7"),
        ("x-forwarded-host", "b.example"),
        ("x-forwarded-port", "1"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-prefix", "/p"),
        ("x-real-ip", "203.0.113.9"),
        ("x-request-id", "x"),
        ("forwarded", "for=203.0.113.9;proto=https"),
        ("via", "1.1 other"),
    ];

    #[test]
    fn what_an_untrusted_peer_says_is_replaced() {
        let expected = [
            "forwarded: for=192.0.2.1;host=\"a.example:8443\";proto=http",
            "via: 1.1 other",
            "via: 1.1 octroi",
            "x-forwarded-for: 192.0.2.1",
            "x-forwarded-host: a.example:8443",
            "x-forwarded-port: 8443",
            "x-forwarded-proto: http",
            "x-real-ip: 192.0.2.1",
            // It is replaced elsewhere.
            "x-request-id: x",
        ];
        assert_eq!(announced(FORGED, &downstream("192.0.2.1:5", false, false), Version::HTTP_11), expected);
    }

    #[test]
    fn requests_to_several_hosts_on_one_connection_do_not_mix() {
        let downstream = downstream("192.0.2.1:5", false, false);
        for host in ["a.example", "b.example", "a.example", "A.example", "a.example:81"] {
            let value = HeaderValue::from_static(host);
            let authority = downstream.forwarded_cache.authority(&value).unwrap();
            assert_eq!(authority.value(), host);
            for (https, scheme, version, via) in [
                (false, "http", Version::HTTP_11, "1.1"),
                (true, "https", Version::HTTP_11, "1.1"),
                (true, "https", Version::HTTP_10, "1.0"),
            ] {
                let lines = written(&forwarding_lines(
                    &mut HeaderMap::new(),
                    &downstream,
                    &authority,
                    Manner { https, version, via: true },
                ));
                for line in [
                    format!("x-forwarded-host: {host}"),
                    format!("forwarded: for=192.0.2.1;host=\"{host}\";proto={scheme}"),
                    format!("x-forwarded-proto: {scheme}"),
                    format!("via: {via} octroi"),
                ] {
                    assert!(lines.contains(&line), "{line} in {lines:?}");
                }
            }
        }
        assert!(downstream.forwarded_cache.authority(&HeaderValue::from_static("a b")).is_err());
    }

    #[test]
    fn visitors_behind_one_trusted_connection_do_not_mix() {
        let downstream = downstream("10.0.0.1:5", true, false);
        let authority = Authority::parse(HeaderValue::from_static("a.example")).unwrap();
        for visitor in [None, Some("203.0.113.9"), None, Some("203.0.113.8"), Some("203.0.113.9")] {
            let mut headers = HeaderMap::new();
            headers.extend(visitor.map(|visitor| (X_FORWARDED_FOR, HeaderValue::from_static(visitor))));
            let lines = written(&forwarding_lines(
                &mut headers,
                &downstream,
                &authority,
                Manner { https: false, version: Version::HTTP_11, via: false },
            ));
            let chain: Vec<_> = visitor.into_iter().chain(["10.0.0.1"]).collect();
            assert!(lines.contains(&format!("x-forwarded-for: {}", chain.join(", "))), "{lines:?}");
            assert!(headers.is_empty(), "{headers:?}");
        }
    }

    #[test]
    fn a_trusted_proxys_word_is_kept_and_added_to() {
        let expected = [
            "forwarded: for=203.0.113.7;host=\"a.example:8443\";proto=https, \
             for=\"[2001:db8::1]\";host=\"a.example:8443\";proto=http",
            "via: 1.1 other",
            "via: 2.0 octroi",
            "x-forwarded-for: 203.0.113.9, 203.0.113.8, 203.0.113.7, 2001:db8::1",
            "x-forwarded-host: a.example:8443",
            "x-forwarded-port: 8443",
            "x-forwarded-prefix: /p",
            "x-forwarded-proto: https",
            "x-real-ip: 203.0.113.7",
            "x-request-id: x",
        ];
        assert_eq!(announced(FORGED, &downstream("[2001:db8::1]:5", true, false), Version::HTTP_2), expected);
    }

    #[test]
    fn a_chain_in_one_field_is_told_in_all() {
        let table: &[(Lines, &str, &str, &str)] = &[
            (
                &[
                    ("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.0.0.2"),
                    ("x-real-ip", "6.6.6.6"),
                    ("forwarded", "for=6.6.6.6"),
                ],
                "for=203.0.113.9;host=\"a.example:8443\";proto=http, for=10.0.0.2, for=10.0.0.1",
                "6.6.6.6, 203.0.113.9, 10.0.0.2, 10.0.0.1",
                "203.0.113.9",
            ),
            (
                &[("forwarded", "for=\"[2001:db8::9]\";proto=https;by=_x, for=10.0.0.2"), ("x-real-ip", "6.6.6.6")],
                "for=\"[2001:db8::9]\";proto=https;by=_x, for=10.0.0.2, for=10.0.0.1",
                "2001:db8::9, 10.0.0.2, 10.0.0.1",
                "2001:db8::9",
            ),
            (
                &[("x-real-ip", "203.0.113.9")],
                "for=203.0.113.9;host=\"a.example:8443\";proto=http, for=10.0.0.1",
                "203.0.113.9, 10.0.0.1",
                "203.0.113.9",
            ),
            (&[("x-forwarded-for", "unknown")], "for=10.0.0.1", "unknown, 10.0.0.1", "10.0.0.1"),
            (&[("x-forwarded-proto", "http")], "for=10.0.0.1", "10.0.0.1", "10.0.0.1"),
        ];
        for (lines, forwarded, forwarded_for, real) in table {
            let told = announced(lines, &downstream("10.0.0.1:5", true, false), Version::HTTP_11);
            for line in [
                format!("forwarded: {forwarded};host=\"a.example:8443\";proto=http"),
                format!("x-forwarded-for: {forwarded_for}"),
                format!("x-real-ip: {real}"),
            ] {
                assert!(told.contains(&line), "{line} in {told:?}");
            }
        }
    }

    #[test]
    fn no_proxys_field_passes_from_an_untrusted_peer() {
        let lines = [("x-forwarded-user", "x"), ("true-client-ip", "x"), ("x-original-url", "x"), ("forwarded", "x")];
        let mut headers = headers(&lines);
        fields::remove(&mut headers, forged_where(true));
        assert_eq!(headers.len(), lines.len());
        fields::remove(&mut headers, forged_where(false));
        assert!(headers.is_empty(), "{headers:?}");
    }

    #[test]
    fn addresses_are_written_as_the_standard_library_writes_them() {
        for text in ["0.0.0.0", "1.22.99.100", "203.0.113.9", "255.255.255.255", "10.101.110.200", "2001:db8::1"] {
            assert_eq!(address(text.parse().unwrap()), text);
        }
    }

    #[test]
    fn lookalikes_pass_from_nobody() {
        let lines = [("x_forwarded_for", "203.0.113.9"), ("x-forwarded_proto", "https"), ("x_other", "1")];
        for trusted in [true, false] {
            let mut headers = headers(&lines);
            fields::remove(&mut headers, forged_where(trusted));
            assert_eq!(fields(&headers), ["x_other: 1"]);
        }
    }

    #[test]
    fn a_peer_without_an_address_is_unknown() {
        let fields = announced(&[("x-forwarded-for", "203.0.113.9")], &downstream("", false, true), Version::HTTP_10);
        assert!(
            fields.contains(&"forwarded: for=unknown;host=\"a.example:8443\";proto=https".to_owned()),
            "{fields:?}"
        );
        assert!(fields.contains(&"via: 1.0 octroi".to_owned()));
        assert!(!fields.iter().any(|field| field.starts_with("x-forwarded-for")), "{fields:?}");
    }

    #[test]
    fn the_client_is_the_first_untrusted_address_from_the_right() {
        let table: &[(Lines, &str, &str)] = &[
            (&[("x-forwarded-for", "203.0.113.9")], "10.0.0.1:1", "203.0.113.9"),
            (&[("x-forwarded-for", "198.51.100.1, 203.0.113.9, 10.0.0.2")], "10.0.0.1:1", "203.0.113.9"),
            (&[("x-forwarded-for", "203.0.113.9:4711"), ("x-forwarded-for", "10.0.0.2")], "10.0.0.1:1", "203.0.113.9"),
            (&[("x-forwarded-for", "203.0.113.9, nonsense")], "10.0.0.1:1", "10.0.0.1"),
            (&[("x-forwarded-for", "10.0.0.3, 10.0.0.2")], "10.0.0.1:1", "10.0.0.3"),
            (&[("forwarded", "for=203.0.113.9, For=\"[2001:db8::9]:80\";proto=http")], "10.0.0.1:1", "2001:db8::9"),
            (&[("forwarded", "for=unknown")], "10.0.0.1:1", "10.0.0.1"),
            (&[("forwarded", "host=\"a;for=6.6.6.6\";for=203.0.113.9")], "10.0.0.1:1", "203.0.113.9"),
            (&[("forwarded", "host=\"a\\\",for=6.6.6.6\";proto=https")], "10.0.0.1:1", "10.0.0.1"),
            (&[("forwarded", "for=\"6.6.6.6, for=203.0.113.9")], "10.0.0.1:1", "203.0.113.9"),
            (&[("x-forwarded-for", "\"6.6.6.6, 203.0.113.9")], "10.0.0.1:1", "203.0.113.9"),
            (&[("x-real-ip", "203.0.113.9")], "10.0.0.1:1", "203.0.113.9"),
            (&[("x-real-ip", "6.6.6.6"), ("x-forwarded-for", "203.0.113.9")], "10.0.0.1:1", "203.0.113.9"),
            (&[], "[::ffff:10.0.0.1]:1", "10.0.0.1"),
        ];
        for (lines, peer, expected) in table {
            let found = client(&headers(lines), &downstream(peer, true, false));
            assert_eq!(found, Some(expected.parse().unwrap()), "{lines:?}");
        }
        let forged = headers(&[("x-forwarded-for", "203.0.113.9")]);
        assert_eq!(client(&forged, &downstream("192.0.2.1:1", false, false)), Some("192.0.2.1".parse().unwrap()));
    }

    #[test]
    fn the_scheme_is_the_visitors() {
        let table: &[(Lines, bool, bool, bool)] = &[
            (&[], false, true, true),
            (&[], false, false, false),
            (&[("x-forwarded-proto", "https")], false, false, false),
            (&[("x-forwarded-proto", "HTTPS")], true, false, true),
            (&[("x-forwarded-proto", "http")], true, true, false),
            (&[("x-forwarded-proto", "gopher")], true, true, true),
            (&[("forwarded", "for=1.1.1.1;proto=http, for=2.2.2.2; Proto=https")], true, false, true),
            (&[("forwarded", "for=2.2.2.2;proto=https"), ("x-forwarded-for", "2.2.2.2")], true, false, false),
        ];
        for (lines, trusted, tls, https) in table {
            assert_eq!(is_https(&headers(lines), &downstream("192.0.2.1:1", *trusted, *tls)), *https, "{lines:?}");
        }
        for (trust, said, https) in [
            (Trust::Scheme, "https", true),
            (Trust::Scheme, "http, https", true),
            (Trust::Scheme, "http", false),
            (Trust::Nothing, "https", false),
        ] {
            let downstream = Downstream { trust, ..downstream("192.0.2.1:1", false, false) };
            let lines = headers(&[("x-forwarded-proto", said), ("forwarded", "proto=https")]);
            assert_eq!(is_https(&lines, &downstream), https, "{trust:?} {said}");
            let downstream = Downstream { scheme: Some(Scheme::Http), ..downstream };
            assert!(!is_https(&lines, &downstream));
            let downstream = Downstream { scheme: Some(Scheme::Https), ..downstream };
            assert!(is_https(&headers(&[("x-forwarded-proto", "http")]), &downstream));
        }
        assert!(!is_https(
            &headers(&[("forwarded", "proto=https")]),
            &Downstream { trust: Trust::Scheme, ..downstream("192.0.2.1:1", false, false) }
        ));
    }
}
