//! Limits for visitors and portals.
//!
//! These are the values in force, in one unit each; `schema::limits` is how the file writes them.

use std::net::IpAddr;

/// Limits; sizes are bytes. Zero is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Open connections of visitors, in the process; those beyond are closed.
    pub connections: usize,
    /// Of those, of one address.
    pub connections_per_address: PerAddress,
    /// Requests of one address in a second (429).
    pub request_rate: u32,
    /// Without a limit of the operator's, a head still takes no more than 400 KiB or so.
    pub header_bytes: usize,
    /// Fields of a request; all its `Cookie` fields count as one (431).
    pub headers: usize,
    /// Bytes of a request's target (414).
    pub target_bytes: usize,
    /// Bytes of a request's body (413).
    pub body_bytes: u64,
    /// Bytes of a response's head; it is 502 beyond.
    pub upstream_header_bytes: usize,
    /// Fields of a response; it is 502 beyond.
    pub upstream_headers: usize,
    /// Concurrent streams of a connection, `SETTINGS_MAX_CONCURRENT_STREAMS` (RFC 9113 §6.5.2).
    pub h2_streams: u32,
    /// Bytes of the lines in one response that take cookies out of the browser.
    pub deletion_bytes: DeletionBytes,
    /// Each worker has its share.
    pub buffer_bytes: usize,
    /// To one portal. Each worker has its share.
    pub upstream_connections: usize,
}

/// How many connections one address may have open; `trusted` addresses are never limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PerAddress {
    /// A quarter of all. Addresses of this machine are not limited: a proxy before octroi speaks for many visitors there.
    Auto,
    /// This many; zero: no limit.
    AtMost(usize),
}

impl Limits {
    /// How many connections this address may have open; `None`: as many as there is room for.
    pub fn connections_of(&self, address: IpAddr) -> Option<usize> {
        let most = match self.connections_per_address {
            PerAddress::Auto if address.to_canonical().is_loopback() => 0,
            PerAddress::Auto => self.connections.div_ceil(4),
            PerAddress::AtMost(most) => most,
        };
        (most > 0).then_some(most)
    }
}

/// How many bytes the lines that delete cookies may take in one response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionBytes {
    /// As many as a proxy in front of octroi surely accepts.
    Auto,
    /// This many; zero: as many as browsers accept.
    AtMost(usize),
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 20_000,
            connections_per_address: PerAddress::Auto,
            request_rate: 0,
            header_bytes: 32 << 10,
            headers: 100,
            target_bytes: 16 << 10,
            body_bytes: 0,
            upstream_header_bytes: 256 << 10,
            upstream_headers: 1000,
            h2_streams: 128,
            deletion_bytes: DeletionBytes::Auto,
            buffer_bytes: 64 << 20,
            upstream_connections: 1024,
        }
    }
}
