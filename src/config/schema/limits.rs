//! The limits of `octroi.toml`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::AutoWord;
use crate::config::Limits;
use crate::config::units::Size;

/// Limits; sizes are `"32KiB"`, `"1MiB"` or whole bytes.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(in crate::config) struct LimitsDocument {
    /// Open connections of visitors, all together.
    pub(in crate::config) connections: u32,
    /// Open connections of one address: a number, or `auto`, a quarter of `connections`, which binds no address of this
    /// machine. An IPv6 network of 64 bits counts as one address; `trusted` ones are not limited.
    pub(in crate::config) connections_per_address: PerAddressDocument,
    /// Requests of one address in a second, at once or spread over it (429). An IPv6 network of 64 bits counts as one
    /// address; `trusted` ones are not limited. Each process counts for itself.
    pub(in crate::config) request_rate: u32,
    /// The head of a request, both protocols (431).
    pub(in crate::config) header_bytes: Size,
    /// Fields of a request; all `Cookie` fields count as one (431).
    pub(in crate::config) headers: u32,
    /// The target of a request (414).
    pub(in crate::config) target_bytes: Size,
    /// The body of a request (413).
    pub(in crate::config) body_bytes: Size,
    /// The head of a response of the portal (502).
    pub(in crate::config) upstream_header_bytes: Size,
    /// Fields of a response of the portal (502).
    pub(in crate::config) upstream_headers: u32,
    /// Streams that an HTTP/2 connection may hold open at once.
    pub(in crate::config) h2_streams: u32,
    /// `Set-Cookie` lines that take cookies out of the browser, in one response: `auto` is 3 KiB if a trusted proxy
    /// stands in front, which may have little room for a head, else 32 KiB. What does not fit follows on the next page.
    /// Never more than 192 KiB, whatever is written: browsers refuse a larger head.
    pub(in crate::config) deletion_bytes: DeletionBytesDocument,
    /// What was read of the portal's responses and waits for its visitors to take it, in the whole process, with the heads
    /// of responses. Reads shrink as more of it waits. From three quarters on, the slowest visitors are ended: of those who
    /// take less than 4 KiB a second. If all of it is used up, requests are answered with 503.
    pub(in crate::config) buffer_bytes: Size,
    /// Connections to one portal, tunnels included, which may take half of them; health checks have their own. An address
    /// that `connections_per_address` limits may use a third as many as are left, alone a quarter. An eighth is for visitors
    /// who have none, and one of an address's share for those of its connections that have none. Where no address is limited
    /// (this machine's, `trusted` ones), visitors are told apart by their connections: a balancer that sends many visitors'
    /// requests over one HTTP/2 connection should be `trusted` and name them. A request that finds none free waits for
    /// `upstream_connect` at most (503); who has the fewest is served first. Meanwhile the slowest visitors are ended: of those
    /// who take or send less than 4 KiB a second. Each worker has its share.
    pub(in crate::config) upstream_connections: u32,
}

/// `auto`, or a number.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(in crate::config) enum PerAddressDocument {
    Word(AutoWord),
    Number(u32),
}

/// `auto`, or a size.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(in crate::config) enum DeletionBytesDocument {
    Word(AutoWord),
    Size(Size),
}

impl Default for LimitsDocument {
    fn default() -> Self {
        let limits = Limits::default();
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            connections: number(limits.connections),
            connections_per_address: PerAddressDocument::Word(AutoWord::Auto),
            request_rate: limits.request_rate,
            header_bytes: limits.header_bytes.into(),
            headers: number(limits.headers),
            target_bytes: limits.target_bytes.into(),
            body_bytes: limits.body_bytes.into(),
            upstream_header_bytes: limits.upstream_header_bytes.into(),
            upstream_headers: number(limits.upstream_headers),
            h2_streams: limits.h2_streams,
            deletion_bytes: DeletionBytesDocument::Word(AutoWord::Auto),
            buffer_bytes: limits.buffer_bytes.into(),
            upstream_connections: number(limits.upstream_connections),
        }
    }
}
