//! Keeps the forwarding fields of a connection's last request: most requests of a connection need the same ones, so they are
//! not written anew for each.

use std::cell::RefCell;

use http::{HeaderValue, Version};

use super::authority::Authority;
use super::error::ProxyError;
use crate::http::h1::FieldLines;

/// The forwarding fields about a connection's visitor, for the portal of one host.
#[derive(Clone, Debug)]
struct CachedLines {
    authority: Authority,
    manner: Manner,
    lines: FieldLines,
}

/// How a request was received, and whether its portal is told by `Via`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::proxy) struct Manner {
    /// Whether the visitor uses https, by the connection or by a trusted proxy's field.
    pub(in crate::proxy) https: bool,
    /// Its HTTP version.
    pub(in crate::proxy) version: Version,
    /// Whether the site's `[site.upstream]` asks for `Via`.
    pub(in crate::proxy) via: bool,
}

/// The last forwarding fields of a connection.
#[derive(Clone, Debug, Default)]
pub struct ForwardedCache(RefCell<Option<CachedLines>>);

impl ForwardedCache {
    /// Returns the authority of a `Host` field. If the value is the last one, it is not read again.
    ///
    /// # Errors
    /// Those of [`Authority::parse`].
    pub(in crate::proxy) fn authority(&self, value: &HeaderValue) -> Result<Authority, ProxyError> {
        match &*self.0.borrow() {
            Some(last) if last.authority.value() == value => Ok(last.authority.clone()),
            _ => Authority::parse(value.clone()),
        }
    }

    /// The lines that were written last, if they say the same.
    pub(super) fn lines(&self, authority: &Authority, manner: Manner) -> Option<FieldLines> {
        let last = self.0.borrow();
        let same = |last: &&CachedLines| last.authority.value() == authority.value() && last.manner == manner;
        last.as_ref().filter(same).map(|last| last.lines.clone())
    }

    /// Keeps the lines that were written for a request.
    pub(super) fn keep(&self, authority: &Authority, manner: Manner, lines: FieldLines) {
        self.0.replace(Some(CachedLines { authority: authority.detached(), manner, lines }));
    }
}
