//! Rewrites `Domain` attributes that name the portal to the visitor's host.
//!
//! If the portal is told another host than the visitor's, it sets cookies for that host. No browser stores those
//! (RFC 6265bis §5.7), so a login would fail.

use crate::cookie::{SetCookie, with_domain};
use crate::snapshot::{PortalName, Site};

/// The portal's names, and the host that replaces them.
#[derive(Clone, Copy, Debug)]
pub(super) struct PortalDomain<'a> {
    names: &'a [PortalName],
    host: &'a str,
}

impl<'a> PortalDomain<'a> {
    /// For visitors who see the site under this host; `None` if the portal is told the visitor's own host.
    pub(super) fn of(site: &'a Site, host: &'a str) -> Option<Self> {
        site.upstream.host.as_ref().map(|_| Self { names: &site.portal_names, host })
    }

    /// The line with the visitor's host, if its `Domain` names the portal.
    pub(super) fn rewrite(&self, line: &[u8]) -> Option<Vec<u8>> {
        let is_own = |host: &[u8]| self.names.iter().any(|name| name.host.as_bytes().eq_ignore_ascii_case(host));
        with_domain(&SetCookie::parse(line).ok()?, self.host, is_own)
    }
}
