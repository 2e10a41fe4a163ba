//! WebSocket: the `handshake` that asks for it and grants it, and the `tunnel` behind it.

pub(super) mod handshake;
pub(super) mod tunnel;
