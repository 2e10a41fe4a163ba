//! Rewrites redirects that name the portal itself to the host that the visitor asked for. Otherwise the visitor would be led
//! around octroi.
//!
//! Browsers follow `Location` and `Refresh`, and take `Content-Location` for the page's own address (RFC 9110 §10.2.2,
//! §8.7; HTML, "shared declarative refresh steps"). They find a host in many spellings: with backslashes, with tabs, with
//! one slash or three, percent-encoded, in full-width letters. So a URL is read as they read it, by the WHATWG standard. A
//! field that cannot be read is removed, because nobody knows where it leads. A URL of any other host is kept byte for byte.
//!
//! `Link` is not rewritten: like the links in a page, it names what the page uses. `third_parties` removes held hosts from it.

use std::net::IpAddr;
use std::ops::Range;
use std::sync::LazyLock;

use bytes::Bytes;
use http::header::{CONTENT_LOCATION, Entry, HeaderMap, HeaderName, HeaderValue, LOCATION, REFRESH};
use url::{Host, Position, Url};

use crate::party::{BaseUrls, PAGE_HOST, refresh_url};
use crate::proxy::authority::Authority;
use crate::snapshot::PortalName;

/// What URLs of a response are relative to.
static BASES: LazyLock<BaseUrls> = LazyLock::new(BaseUrls::default);

/// Where the visitor sees the site: the scheme and the authority of its address.
pub(in crate::proxy) struct PublicAddress {
    /// Whether the visitor uses https, by the connection or by a trusted proxy's field.
    pub(in crate::proxy) https: bool,
    /// The host that the request asked for, with its port if there is one.
    pub(in crate::proxy) authority: Authority,
}

impl PublicAddress {
    fn port(&self) -> u16 {
        self.authority.port().unwrap_or(if self.https { 443 } else { 80 })
    }

    /// Whether a URL is one of the site itself.
    pub(in crate::proxy) fn is_own(&self, url: &Url) -> bool {
        is_at(url, self.authority.host(), self.port()) || url.host_str() == Some(PAGE_HOST)
    }

    /// A copy with memory of its own.
    pub(in crate::proxy) fn detached(&self) -> Self {
        Self { https: self.https, authority: self.authority.detached() }
    }

    /// The scheme and the authority.
    pub(in crate::proxy) fn origin(&self) -> Option<String> {
        let scheme = if self.https { "https" } else { "http" };
        Some(format!("{scheme}://{}", self.authority.value().to_str().ok()?))
    }

    /// The same place on the visitor's site.
    fn with_path_of(&self, url: &Url) -> Option<String> {
        Some(self.origin()? + &url[Position::BeforePath..])
    }
}

/// Where a URL leads.
enum Lead {
    /// To the portal, around octroi. Holds the URL rewritten for the visitor's host, which leads to the same page.
    Around(String),
    Elsewhere,
    /// No browser can tell.
    Nowhere,
}

/// Rewrites fields that name the portal for the visitor's host, and removes those that hold no URL.
pub(in crate::proxy) fn rewrite(headers: &mut HeaderMap, portal: &[PortalName], public: &PublicAddress) {
    for name in [LOCATION, CONTENT_LOCATION, REFRESH] {
        if let Entry::Occupied(mut values) = headers.entry(&name)
            && values.iter_mut().any(|value| turn(&name, value, portal, public).is_none())
        {
            tracing::debug!(field = %name, "what is no URL was dropped from a response");
            values.remove();
        }
    }
}

/// Rewrites one value if it names the portal. Returns `None` if the field must be removed.
fn turn(name: &HeaderName, value: &mut HeaderValue, portal: &[PortalName], public: &PublicAddress) -> Option<()> {
    let bytes = value.as_bytes();
    let place = url_in(name, bytes);
    let (before, after) = (bytes.get(..place.start)?, bytes.get(place.end..)?);
    match lead(bytes.get(place)?, portal, public) {
        Lead::Around(turned) => {
            let turned = Bytes::from([before, turned.as_bytes(), after].concat());
            *value = HeaderValue::from_maybe_shared(turned).ok()?;
            Some(())
        }
        Lead::Elsewhere => Some(()),
        Lead::Nowhere => None,
    }
}

fn lead(url: &[u8], portal: &[PortalName], public: &PublicAddress) -> Lead {
    let read = readings(url);
    let is_around = |url: &&Url| {
        portal.iter().any(|name| is_at(url, &name.host, name.port))
            && !is_at(url, public.authority.host(), public.port())
    };
    match read.iter().find(is_around) {
        Some(around) => public.with_path_of(around).map_or(Lead::Nowhere, Lead::Around),
        None if read.is_empty() => Lead::Nowhere,
        None => Lead::Elsewhere,
    }
}

/// All URLs as which a browser on a page of the site may read this one; none if no browser can read it.
pub(in crate::proxy) fn readings(url: &[u8]) -> Vec<Url> {
    BASES.readings(url)
}

/// Whether a URL is one of this host and port. The two standard ports count as one: portals that do not know the visitor's
/// scheme write either.
fn is_at(url: &Url, host: &str, port: u16) -> bool {
    let is_standard = |port| matches!(port, 80 | 443);
    let (Some(own), Some(named)) = (url.host(), read_host(host)) else { return false };
    let named_port = url.port_or_known_default().unwrap_or(port);
    matches!(url.scheme(), "http" | "https")
        && is_same(&own, &named)
        && (named_port == port || is_standard(named_port) && is_standard(port))
}

/// A host that was not written in a URL; an IPv6 address may have brackets.
fn read_host(host: &str) -> Option<Host> {
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V6(address)) => Some(Host::Ipv6(address)),
        _ => Host::parse(host).ok(),
    }
}

fn is_same(one: &Host<&str>, other: &Host) -> bool {
    match (one, other) {
        (Host::Domain(one), Host::Domain(other)) => one.trim_matches('.') == other.trim_matches('.'),
        (one, other) => address(one).is_some() && address(one) == address(other),
    }
}

/// An IPv4 address that is written as IPv6 leads to the same place.
fn address<S>(host: &Host<S>) -> Option<IpAddr> {
    match host {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some((*address).into()),
        Host::Ipv6(address) => Some(IpAddr::from(*address).to_canonical()),
    }
}

/// Where in a value its URL is.
fn url_in(name: &HeaderName, value: &[u8]) -> Range<usize> {
    if *name == REFRESH { refresh_url(value) } else { 0..value.len() }
}

/// The URL of a `Refresh` field; empty if it leads back to the page itself.
pub(in crate::proxy) fn refresh_target(value: &[u8]) -> &[u8] {
    value.get(refresh_url(value)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::proxy::testing::{fields, headers};

    fn portal() -> Vec<PortalName> {
        let names =
            [("portal.example", 443), ("10.0.0.7", 8000), ("2001:db8::7", 8000), ("xn--prtal-jua.example", 443)];
        names.map(|(host, port)| PortalName { host: host.to_owned(), port }).into()
    }

    fn rewritten(name: &str, value: &[u8], host: &'static str, https: bool) -> Option<String> {
        let authority = Authority::parse(HeaderValue::from_static(host)).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::try_from(name).unwrap(), HeaderValue::from_bytes(value).unwrap());
        rewrite(&mut headers, &portal(), &PublicAddress { https, authority });
        headers.get(name).map(|value| value.as_bytes().iter().map(|byte| char::from(*byte)).collect())
    }

    fn seen(location: &str, host: &'static str, https: bool) -> Option<String> {
        rewritten("location", location.as_bytes(), host, https)
    }

    #[test]
    fn the_portals_own_name_becomes_the_visitors_host() {
        let table = [
            ("https://portal.example/a%2Fb?x=//y#z", "https://Data.example.fr/a%2Fb?x=//y#z"),
            ("http://PORTAL.example:80/", "https://Data.example.fr/"),
            ("HTTPS://portal.example.:443", "https://Data.example.fr/"),
            ("//portal.example?x", "https://Data.example.fr/?x"),
            ("https://portal.example#@evil.example/", "https://Data.example.fr/#@evil.example/"),
            ("http://10.0.0.7:8000/x", "https://Data.example.fr/x"),
            ("http://[2001:DB8::7]:8000/x", "https://Data.example.fr/x"),
            ("https://portal.example//evil.example/", "https://Data.example.fr//evil.example/"),
        ];
        for (location, expected) in table {
            assert_eq!(seen(location, "Data.example.fr", true).as_deref(), Some(expected), "{location}");
        }
        assert_eq!(seen("https://portal.example/x", "localhost:8080", false).unwrap(), "http://localhost:8080/x");
    }

    /// Each of them leads Chromium or Firefox to the portal.
    #[test]
    fn however_it_is_spelt() {
        let spellings = [
            "https://user@portal.example/x",
            "https://user:pass@portal.example:443/x",
            "https://evil.example:80@portal.example/x",
            "https://portal.example%2e/x",
            "https:/\\portal.example/x",
            "https:\\\\portal.example\\x",
            "\\\\portal.example\\x",
            "\\/portal.example/x",
            "/\\portal.example/x",
            "https:portal.example/x",
            "http:portal.example/x",
            "https:/portal.example/x",
            "https:///portal.example/x",
            "https:////portal.example/x",
            "///portal.example/x",
            "https://portal.exampl%65/x",
            "https://portal%2eexample/x",
            "https://%70%6F%72%74%61%6C.example/x",
            "https://portal.example:0443/x",
            "https://portal.example:/x",
            "https://portal.example../x",
            "https://..portal.example/x",
            "https://%2eportal\u{3002}example/x",
            "https://\u{ff50}\u{ff4f}\u{ff52}tal.example/x",
            "https://portal\u{3002}example/x",
            "https://portal\u{ff0e}example/x",
            "https://por\u{ad}tal.example/x",
            "https://p\u{f6}rtal.example/x",
            "https://P\u{d6}RTAL.example/x",
            "https://p%C3%B6rtal.example/x",
            "ht\ttps://portal.example/x",
            "https:\t//portal.example/x",
            "https:/\t/portal.example/x",
            "https://por\ttal.exa\tmple/x",
            "\thttps://portal.example/x\t",
            " https://portal.example/x ",
            "http://0x0a000007:8000/x",
            "http://0012.0.0.7:8000/x",
            "http://10.7:8000/x",
            "http://167772167:8000/x",
            "http://10.0.0.7.:8000/x",
            "http://[::ffff:10.0.0.7]:8000/x",
            "http://[2001:0db8:0::0:7]:8000/x",
        ];
        for spelling in spellings {
            for https in [false, true] {
                let expected = if https { "https://a.fr/x" } else { "http://a.fr/x" };
                assert_eq!(seen(spelling, "a.fr", https).as_deref(), Some(expected), "{spelling:?} {https}");
            }
        }
    }

    #[test]
    fn bytes_beyond_ascii_are_encoded_as_browsers_do() {
        let table: [(&[u8], &str); 4] = [
            (b"https://portal.example/donn\xc3\xa9es", "https://a.fr/donn%C3%A9es"),
            (b"https://portal.example/donn\xe9es?\xe9#\xe9", "https://a.fr/donn%E9es?%E9#%E9"),
            (b"//portal.example/\xff\xfe", "https://a.fr/%FF%FE"),
            (b"https://u\xe9@portal.example/", "https://a.fr/"),
        ];
        for (location, expected) in table {
            assert_eq!(rewritten("location", location, "a.fr", true).as_deref(), Some(expected));
        }
        for elsewhere in [&b"/donn\xc3\xa9es"[..], b"donn\xe9es", b"https://other.example/\xe9", b"?\xff"] {
            let kept = rewritten("location", elsewhere, "a.fr", true).unwrap();
            assert!(kept.chars().map(|char| char as u8).eq(elsewhere.iter().copied()), "{kept}");
        }
    }

    #[test]
    fn any_other_place_stays_as_it_is() {
        let others = [
            "/x",
            "x/y//portal.example/",
            "?x",
            "#x",
            "",
            ".//portal.example/",
            "/.//portal.example/",
            "/a b\"<>\\^`{|}",
            "https://other.example/?next=https://portal.example/",
            "https://portal.example.evil.example/",
            "https://portal.example:8443/",
            "https://portal.example@evil.example/",
            "http://10.0.0.7/",
            "ftp://portal.example/",
            "mailto:someone@portal.example",
            "javascript:location='https://portal.example/'",
            "https://Data.example.fr/x",
            "http://data.example.fr/x",
        ];
        for location in others {
            assert_eq!(seen(location, "data.example.fr", true).as_deref(), Some(location));
        }
        assert_eq!(seen("http://portal.example/x", "portal.example", true).unwrap(), "http://portal.example/x");
    }

    #[test]
    fn what_is_no_url_is_dropped() {
        let unreadable: [&[u8]; 9] = [
            b"https://",
            b"https:///",
            b"//",
            b"https://portal.example:99999/",
            b"https://portal.example:x/",
            b"https://portal example/",
            b"https://portal%00.example/",
            b"https://p\xf6rtal.example/",
            b"https://[::1/",
        ];
        for location in unreadable {
            assert_eq!(rewritten("location", location, "a.fr", true), None, "{}", location.escape_ascii());
        }
        let mut lines = headers(&[("location", "/x"), ("location", "//"), ("x", "y")]);
        let authority = Authority::parse(HeaderValue::from_static("a.fr")).unwrap();
        rewrite(&mut lines, &portal(), &PublicAddress { https: true, authority });
        assert_eq!(fields(&lines), ["x: y"]);
    }

    #[test]
    fn a_refresh_keeps_all_but_its_url() {
        let table = [
            ("0;url=https://portal.example/x", "0;url=https://a.fr/x"),
            ("5; URL = 'https://portal.example/x' y", "5; URL = 'https://a.fr/x' y"),
            ("1.5,\"//portal.example/x", "1.5,\"https://a.fr/x"),
            ("0; https://portal.example/x", "0; https://a.fr/x"),
            ("0 url=/\\portal.example/x", "0 url=https://a.fr/x"),
        ];
        for (refresh, expected) in table {
            assert_eq!(rewritten("refresh", refresh.as_bytes(), "a.fr", true).as_deref(), Some(expected));
        }
        for other in ["30", "0;url=/x", "0; url=https://other.example/", "", ";", "0;url", "0;url='"] {
            assert_eq!(rewritten("refresh", other.as_bytes(), "a.fr", true).as_deref(), Some(other));
        }
        assert_eq!(rewritten("refresh", b"0;url=https://", "a.fr", true), None);
    }

    #[test]
    fn every_line_and_no_other_field() {
        let authority = Authority::parse(HeaderValue::from_static("a.example")).unwrap();
        let own = "https://portal.example/x";
        let lines = [("location", own), ("location", own), ("content-location", own), ("link", own)];
        let mut headers = headers(&lines);
        rewrite(&mut headers, &portal(), &PublicAddress { https: true, authority });
        let public = "https://a.example/x";
        let expected = [
            format!("content-location: {public}"),
            format!("link: {own}"),
            format!("location: {public}"),
            format!("location: {public}"),
        ];
        assert_eq!(fields(&headers), expected);
    }

    /// Pieces of which a URL that leads astray could be made.
    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            prop::sample::select(vec![
                "https:", "http:", "/", "\\", "portal.example", "portal", "%2e", "example", ".", "@", ":", "443", "80",
                "\t", " ", "?", "#", "evil.example", "10.0.0.7:8000", "[", "]", "%70", "\u{3002}", "\u{ff50}", "x",
            ])
            .prop_map(|text| text.as_bytes().to_vec()),
            prop::collection::vec((b' '..=0xff).prop_filter("no DEL", |byte| *byte != 0x7f), 1..3),
        ];
        prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        /// What leaves leads to the portal from no page of the visitor's; what does not lead there stays.
        #[test]
        fn nothing_that_leaves_leads_around(value in pieces(), https: bool) {
            let mut page = BaseUrls::default();
            page.set(b"//a.fr/p/q");
            let leads_around = |value: &[u8]| {
                page.readings(value).iter().any(|url| portal().iter().any(|name| is_at(url, &name.host, name.port)))
            };
            match rewritten("location", &value, "a.fr", https) {
                Some(left) => {
                    let left: Vec<u8> = left.chars().map(|char| char as u8).collect();
                    prop_assert!(!leads_around(&left), "{}", left.escape_ascii());
                    prop_assert!(leads_around(&value) || left == value);
                }
                None => prop_assert!(page.readings(&value).is_empty()),
            }
        }
    }
}
