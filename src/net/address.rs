//! Which addresses count as one client.

use std::net::{IpAddr, Ipv6Addr};

/// The address by which a client is counted: an IPv4 address, or the /64 of an IPv6 address. A subscriber has at least a /64, and
/// may send from any address in it (RFC 6177).
pub(crate) fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}
