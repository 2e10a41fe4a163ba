//! One HTTP/1.1 `connection` to an endpoint. It owns its `read_buffer`. Its `connection_io` is shared with others: a
//! `shared_stream`, which is a `stream` that can be closed meanwhile, the `request_writer`, and the `body_timeout`. `framing`
//! decides where a message ends. A worker checks its `open_connections` once a second.

mod body_timeout;
pub(super) mod connection;
pub(super) mod connection_io;
pub(super) mod framing;
pub(super) mod open_connections;
mod read_buffer;
mod request_writer;
mod shared_stream;
pub(super) mod stream;
