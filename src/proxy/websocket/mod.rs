//! WebSocket: the `handshake` that requests and grants it, and the `tunnel` that follows.

pub(super) mod handshake;
pub(super) mod tunnel;
