//! A `Content-Security-Policy` that narrows whom a page may ask, and nothing else.
//!
//! A browser follows all policies of a page at once (CSP 3, section 8.1): the portal's own stays as strict as it was. The
//! keywords allow whatever a page may do without this line; a nonce, a hash or `strict-dynamic` would switch some of
//! them off. `default-src` alone is written: without it, prefetches would not be held (CSP 3, section 6.7.2.2).

use crate::charter::PartyHost;

/// What the page itself may do.
const OWN: &str = "default-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' data: blob: mediastream:";

/// The policy under which a page may ask its own site and these hosts.
pub(super) fn policy_text<'a>(hosts: impl Iterator<Item = &'a PartyHost>) -> String {
    let mut text = OWN.to_owned();
    for host in hosts {
        // A source without a scheme stands for that of the page, or the secure one. It does not cover WebSockets.
        let schemes: &[&str] = if host.port.is_some() { &["", "ws://", "wss://"] } else { &["", "wss://"] };
        for scheme in schemes {
            text.push(' ');
            text.push_str(scheme);
            text.push_str(&host.to_string());
        }
    }
    text
}
