//! One HTTP/1.1 `connection` to an endpoint. It owns what it reads into (`read_buffer`); what others have a part in is its
//! `connection_io`: a `shared_stream`, which is a `stream` that can be closed meanwhile, the `request_writer`, and the
//! `body_timeout`. `framing` decides where a message ends. `open_connections` is what a worker looks at once a second.

mod body_timeout;
pub(super) mod connection;
pub(super) mod connection_io;
pub(super) mod framing;
pub(super) mod open_connections;
mod read_buffer;
mod request_writer;
mod shared_stream;
pub(super) mod stream;
