//! A visitor's requests, read byte by byte in front of hyper: `requests` follows them with readers for the `head`, its
//! `fields` and the body; `framing_guard` is the stream that calls it.

pub(super) mod fields;
pub(super) mod framing_guard;
pub(super) mod head;
pub(super) mod requests;
