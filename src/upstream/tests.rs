//! The portal's side against scripted portals: raw bytes over real sockets on both ends.
//!
//! A [`Gate`] is the least of a proxy: hyper's server for the visitor, [`Upstream::send`] for the portal. A portal is a
//! closure that is given each connection with its number.

mod addresses;
mod batches;
mod endpoints;
mod faults;
mod gate;
mod reuse;
mod streaming;
mod tls;
