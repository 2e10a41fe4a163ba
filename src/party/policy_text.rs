//! Writes a `Content-Security-Policy` that only restricts which hosts a page may ask.
//!
//! A browser enforces all policies of a page at once (CSP 3, section 8.1), so the portal's own policy stays as strict as it was.
//! The keywords allow whatever a page may do without this line; a nonce, a hash or `strict-dynamic` would disable some of them.
//! Only `default-src` is written: without it, prefetches would not be held (CSP 3, section 6.7.2.2).

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
