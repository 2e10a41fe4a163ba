//! From the host to the site, and from http to https.
//!
//! [`Snapshot::site_named`] finds the site of a host. This file adds the rules for TLS server names and redirects.

use std::sync::Arc;

use http::{HeaderValue, Uri};

use super::Downstream;
use super::authority::Authority;
use super::error::ProxyError;
use crate::acme;
use crate::snapshot::{Site, Snapshot};

/// The site of a request.
///
/// # Errors
/// If no site has the host, or if TLS was set up for another site, whose certificate does not vouch for this host (RFC 9110
/// §15.5.20). A server name that no site has is not checked, nor is that of a trusted proxy, which may share a connection among
/// hosts or use any name.
pub(super) fn route<'s>(
    snapshot: &'s Snapshot,
    authority: &Authority,
    downstream: &Downstream,
) -> Result<&'s Arc<Site>, ProxyError> {
    let site = snapshot.site(authority.host()).ok_or(ProxyError::UnknownHost)?;
    let Some(server_name) = downstream.server_name.as_ref().filter(|_| !downstream.is_trusted()) else {
        return Ok(site);
    };
    let is_others = snapshot.site_named(server_name).is_some_and(|other| !Arc::ptr_eq(other, site));
    if is_others { Err(ProxyError::OtherSite) } else { Ok(site) }
}

/// The `Location` of a redirect, on a listener that only redirects. `https`: the visitor uses it already. `None` also for an
/// ACME challenge (RFC 8555 §8.3), which is always requested without TLS.
pub(super) fn redirect(downstream: &Downstream, https: bool, authority: &Authority, uri: &Uri) -> Option<HeaderValue> {
    if !downstream.redirect_to_https || https || is_acme_challenge(uri.path()) {
        return None;
    }
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let target = if target == "*" { "/" } else { target };
    HeaderValue::try_from(format!("https://{}{target}", authority.host())).ok()
}

/// Whether the path ends in a token of base64url (RFC 8555 §8.3). A dot segment would make it another path, served without
/// TLS.
fn is_acme_challenge(path: &str) -> bool {
    let is_of_token = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    path.strip_prefix(acme::HTTP_PATH).is_some_and(|token| token.bytes().all(is_of_token))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing;

    #[test]
    fn clear_text_is_redirected_to_the_same_place() {
        let listener = Downstream { redirect_to_https: true, ..testing::downstream() };
        let table = [
            ("A.example:8080", "/a%2Fb?x=1&y", Some("https://a.example/a%2Fb?x=1&y")),
            ("a.example", "//evil.example/", Some("https://a.example//evil.example/")),
            ("[2001:db8::1]:80", "/", Some("https://[2001:db8::1]/")),
            ("a.example", "*", Some("https://a.example/")),
            ("a.example", "/.well-known/acme-challenge/to-ken_1", None),
            ("a.example", "/.well-known/acme-challenge/..", Some("https://a.example/.well-known/acme-challenge/..")),
            ("a.example", "/.well-known/acme-challenge/.?x", Some("https://a.example/.well-known/acme-challenge/.?x")),
            (
                "a.example",
                "/.well-known/acme-challenge/../x",
                Some("https://a.example/.well-known/acme-challenge/../x"),
            ),
            ("a.example", "/.well-known/acme-challenge", Some("https://a.example/.well-known/acme-challenge")),
        ];
        for (host, target, expected) in table {
            let authority = Authority::parse(HeaderValue::from_static(host)).unwrap();
            let uri: Uri = target.parse().unwrap();
            let location = redirect(&listener, false, &authority, &uri);
            assert_eq!(location.as_ref().map(|value| value.to_str().unwrap()), expected);
            assert_eq!(redirect(&listener, true, &authority, &uri), None);
        }
    }
}
