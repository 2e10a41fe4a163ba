//! Certificates that octroi orders itself (ACME, RFC 8555), with renewal when the authority says so (ARI, RFC 9773).
//!
//! One certificate for each host, in a folder that replicas may share. `store` is that folder: who holds its lock orders,
//! the others take the pair up as they take up any changed file. `schedule` says what is due, by the clock and what is on
//! disk, and nothing else: so a restart, a replica or a clock that jumps changes nothing that is not written down. `order` is
//! one order from the account to the pair, over `http_client`; `tending` does what is due, on a thread of its own. [`Challenges`]
//! answers the authority on any worker of any replica.
//!
//! Nothing here is needed to serve: if the authority cannot be reached, the last certificate stays.

mod account;
mod certificate_id;
mod challenges;
mod failure;
mod http_client;
mod order;
mod pem;
mod schedule;
mod store;
mod tending;

pub use challenges::{Challenges, HTTP_PATH, TLS_PROTOCOL};
pub(crate) use tending::run;
