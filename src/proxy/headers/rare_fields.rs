//! Fields that most responses lack, and that octroi has to read or remove. One loop over all names replaces a search for each of
//! them.

use http::{HeaderMap, HeaderName};

/// Which kinds of rare fields a response has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::proxy) struct RareFields {
    /// Fields that may name the portal: `Location`, `Content-Location`, `Refresh`.
    pub(in crate::proxy) addresses: bool,
    /// Fields that make browsers send requests: `Link`, `Refresh`, `Speculation-Rules`.
    pub(in crate::proxy) hints: bool,
    /// Fields for shared caches alone.
    pub(in crate::proxy) shared_caching: bool,
}

/// What a rare field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RareKind {
    Address,
    Hint,
    /// An address and a hint.
    Refresh,
    /// It overrides `Cache-Control` in shared caches (RFC 9213 and the targets in use, Surrogate-Control, nginx, Akamai).
    SharedCaching,
}

impl RareKind {
    /// `None`: octroi neither reads nor removes it.
    #[inline]
    #[rustfmt::skip]
    pub(super) fn of(name: &HeaderName) -> Option<Self> {
        match name.as_str() {
            "location" | "content-location" => Some(Self::Address),
            "link" | "speculation-rules" => Some(Self::Hint),
            "refresh" => Some(Self::Refresh),
            "akamai-cache-control" | "cdn-cache-control" | "cloudflare-cdn-cache-control" | "edge-control"
                | "netlify-cdn-cache-control" | "surrogate-control" | "vercel-cdn-cache-control" | "x-accel-expires"
                => Some(Self::SharedCaching),
            _ => None,
        }
    }
}

impl RareFields {
    pub(in crate::proxy) fn of(headers: &HeaderMap) -> Self {
        let mut rare = Self::default();
        for kind in headers.keys().filter_map(RareKind::of) {
            rare.addresses |= matches!(kind, RareKind::Address | RareKind::Refresh);
            rare.hints |= matches!(kind, RareKind::Hint | RareKind::Refresh);
            rare.shared_caching |= kind == RareKind::SharedCaching;
        }
        rare
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::headers;

    #[test]
    fn each_kind_is_found_among_common_fields() {
        let of = |addresses, hints, shared_caching| RareFields { addresses, hints, shared_caching };
        for (name, expected) in [
            ("location", of(true, false, false)),
            ("content-location", of(true, false, false)),
            ("refresh", of(true, true, false)),
            ("link", of(false, true, false)),
            ("speculation-rules", of(false, true, false)),
            ("surrogate-control", of(false, false, true)),
            ("x-accel-expires", of(false, false, true)),
            ("etag", RareFields::default()),
        ] {
            let headers = headers(&[("content-type", "text/html"), (name, "x"), ("cache-control", "max-age=1")]);
            assert_eq!(RareFields::of(&headers), expected, "{name}");
        }
    }
}
