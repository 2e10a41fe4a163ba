//! How much of a request's head is read, in both protocols. It is more than the operator's limits allow.
//!
//! The proxy applies those limits to the head that was read, and answers with a page that says which of them was exceeded.

use crate::config::Limits;

/// How many bytes of a head are read if no limit is configured: about as many as hyper buffers for HTTP/1.1. Over HTTP/2
/// one byte on the wire can stand for 4 KiB.
const DEFAULT_HEAD_BYTES: usize = 400 * 1024;
/// How many times `header_bytes` are read of a head. The proxy can answer a head that is too large only if it was read, and so
/// can it delete cookies if they alone are too large.
const READ_BEYOND: usize = 2;
/// What is read of a head in any case, in bytes: 64 cookies of the longest that browsers keep (RFC 6265bis §5.6), and their
/// deletions make the next request fit. A visitor makes octroi hold no more than they have sent.
const LEAST_HEAD_BYTES: usize = 256 * 1024;
/// What is buffered of a message in any case, in bytes.
pub(in crate::server) const BUFFER: usize = 64 * 1024;
/// The bytes of the shortest field line over HTTP/1.1: `a:` and its end.
pub(in crate::server) const SHORTEST_FIELD: usize = 4;

/// How many bytes of a head are read: twice `header_bytes` and at least 256 KiB, or 400 KiB if there is no limit.
pub(in crate::server) fn head_bytes(limits: &Limits) -> usize {
    if limits.header_bytes > 0 {
        limits.header_bytes.saturating_mul(READ_BEYOND).max(LEAST_HEAD_BYTES)
    } else {
        DEFAULT_HEAD_BYTES
    }
}
