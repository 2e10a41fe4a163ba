//! One HTTP/1.1 `connection` to an endpoint: a `request_writer` and a `read_buffer` over a `shared_stream`, which is a
//! `stream` that either side may close. Requests go out together in a `batch`; `framing` decides where a message ends,
//! `body_timeout` closes what stands still.

pub(super) mod batch;
pub(super) mod body_timeout;
pub(super) mod connection;
pub(super) mod framing;
pub(super) mod read_buffer;
pub(super) mod request_writer;
pub(super) mod shared_stream;
pub(super) mod stream;
