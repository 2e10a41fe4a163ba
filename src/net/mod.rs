//! Sockets, streams and timeouts: the `event_loop` that watches sockets, as many as the `fd_limit` allows; a `stream` of any
//! kind, `tcp` connections, `tls` over them, a stream with bytes before it (`prefixed`), macros for a stream that wraps another
//! one (`write_half`), joined writes (`coalesce`); idle timeouts (`idle_timeout`); which IP addresses count as one client
//! (`address`).

pub(crate) mod address;
pub(crate) mod coalesce;
pub(crate) mod event_loop;
pub(crate) mod fd_limit;
pub(crate) mod idle_timeout;
pub(crate) mod prefixed;
pub(crate) mod stream;
pub(crate) mod tcp;
pub(crate) mod tls;
pub(crate) mod write_half;
