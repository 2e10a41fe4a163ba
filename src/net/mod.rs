//! What streams and timeouts are made of: the `event_loop` that watches sockets, as many as the `fd_limit` allows; a
//! `stream` of any kind, `tcp` connections, `tls` over them, a stream with bytes in front (`prefixed`), what a stream that
//! wraps another one passes on (`write_half`), how writes go out together (`coalesce`); idle timeouts
//! (`idle_timeout`); who an IP `address` stands for.

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
