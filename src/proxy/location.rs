//! A redirect that names the portal itself would lead the visitor around octroi: it is turned to the host that he asked.
//!
//! `Location` and `Content-Location` (RFC 9110 §10.2.2, §8.7) alone: `Refresh` says no more than a page's own `<meta>` can,
//! and pages are never rewritten. What names any other place stays byte for byte.

use bytes::Bytes;
use http::header::{CONTENT_LOCATION, Entry, HeaderMap, HeaderValue, LOCATION};

use super::authority::Authority;
use crate::fields;
use crate::snapshot::PortalName;

/// Where the visitor sees the site: the scheme and the authority of its address.
pub(super) struct PublicAddress {
    pub(super) https: bool,
    pub(super) authority: Authority,
}

impl PublicAddress {
    fn port(&self) -> u16 {
        self.authority.port().unwrap_or(if self.https { 443 } else { 80 })
    }
}

/// An absolute URL, split where its authority ends.
struct Target<'a> {
    authority: Authority,
    port: u16,
    rest: &'a str,
}

/// Turns what names the portal to the visitor's own address of the site.
pub(super) fn rewrite(headers: &mut HeaderMap, portal: &[PortalName], public: &PublicAddress) {
    for name in [LOCATION, CONTENT_LOCATION] {
        if !fields::contain(headers, &name) {
            continue;
        }
        if let Entry::Occupied(mut values) = headers.entry(name) {
            for value in values.iter_mut() {
                if let Some(rewritten) = rewritten(value, portal, public) {
                    *value = rewritten;
                }
            }
        }
    }
}

fn rewritten(value: &HeaderValue, portal: &[PortalName], public: &PublicAddress) -> Option<HeaderValue> {
    let target = Target::parse(value.to_str().ok()?, public.https)?;
    if !portal.iter().any(|name| target.is_at(&name.host, name.port)) {
        return None;
    }
    if target.is_at(public.authority.host().trim_matches(['[', ']']), public.port()) {
        return None;
    }
    let scheme = if public.https { "https" } else { "http" };
    let authority = public.authority.value().to_str().ok()?;
    HeaderValue::from_maybe_shared(Bytes::from(format!("{scheme}://{authority}{}", target.rest))).ok()
}

impl<'a> Target<'a> {
    /// `http://host/…`, `https://host/…` or `//host/…`, and nothing that a browser may read in another way.
    fn parse(url: &'a str, https: bool) -> Option<Self> {
        let (scheme, rest) = url.split_once("//")?;
        let default_port = match scheme.to_ascii_lowercase().as_str() {
            "https:" => 443,
            "" if https => 443,
            "http:" | "" => 80,
            _ => return None,
        };
        let (authority, rest) = rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len()))?;
        let authority = Authority::parse(HeaderValue::from_str(authority).ok()?).ok()?;
        Some(Self { port: authority.port().unwrap_or(default_port), authority, rest })
    }

    /// Whether it is this host's, on this port. The two standard ports are one: portals that do not know how the visitor
    /// came write either.
    fn is_at(&self, host: &str, port: u16) -> bool {
        let is_standard = |port| matches!(port, 80 | 443);
        self.authority.host().trim_matches(['[', ']']) == host
            && (self.port == port || is_standard(self.port) && is_standard(port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{fields, headers};

    fn portal() -> Vec<PortalName> {
        let names = [("portal.example", 443), ("10.0.0.7", 8000), ("2001:db8::7", 8000)];
        names.map(|(host, port)| PortalName { host: host.to_owned(), port }).into()
    }

    fn seen(location: &str, host: &'static str, https: bool) -> String {
        let authority = Authority::parse(HeaderValue::from_static(host)).unwrap();
        let mut headers = headers(&[("location", location)]);
        rewrite(&mut headers, &portal(), &PublicAddress { https, authority });
        headers["location"].to_str().unwrap().to_owned()
    }

    #[test]
    fn the_portals_own_name_becomes_the_visitors_host() {
        let table = [
            ("https://portal.example/a%2Fb?x=//y#z", "https://Data.example.fr/a%2Fb?x=//y#z"),
            ("http://PORTAL.example:80/", "https://Data.example.fr/"),
            ("HTTPS://portal.example.:443", "https://Data.example.fr"),
            ("//portal.example?x", "https://Data.example.fr?x"),
            ("https://portal.example#@evil.example/", "https://Data.example.fr#@evil.example/"),
            ("http://10.0.0.7:8000/x", "https://Data.example.fr/x"),
            ("http://[2001:DB8::7]:8000/x", "https://Data.example.fr/x"),
        ];
        for (location, expected) in table {
            assert_eq!(seen(location, "Data.example.fr", true), expected);
        }
        assert_eq!(seen("https://portal.example/x", "localhost:8080", false), "http://localhost:8080/x");
    }

    #[test]
    fn any_other_place_stays_as_it_is() {
        let others = [
            "/x",
            "x/y//portal.example/",
            "?x",
            "",
            "https://other.example/?next=https://portal.example/",
            "https://portal.example.evil.example/",
            "https://portal.example:8443/",
            "https://portal.example@evil.example/",
            "https://user@portal.example/",
            "https://portal.example\\@evil.example/",
            "https:///portal.example/",
            "https:portal.example",
            "http://10.0.0.7/",
            "ftp://portal.example/",
            "https://portal.exampl%65/",
            "https://Data.example.fr/x",
            "http://data.example.fr/x",
        ];
        for location in others {
            assert_eq!(seen(location, "data.example.fr", true), location);
        }
        assert_eq!(seen("http://portal.example/x", "portal.example", true), "http://portal.example/x");
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
}
