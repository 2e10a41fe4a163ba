//! Certificates that octroi orders itself (ACME, RFC 8555) and renews when the authority suggests (ARI, RFC 9773).
//!
//! There is one certificate for each host, in a folder that replicas may share. `store` is that folder: the process that
//! holds its lock orders, and the others load the new pair as they load any changed file. `schedule` says what is due,
//! only by the clock and the files, so nothing is lost by a restart. `order` runs one order from the account to the pair,
//! over `http_client`. `maintenance` does what is due, on a thread of its own. [`Challenges`] answers the authority on any
//! worker of any replica.
//!
//! Serving does not depend on it: if the authority cannot be reached, the last certificate stays.

mod account;
mod certificate_id;
mod challenges;
mod failure;
mod http_client;
mod maintenance;
mod order;
mod pem;
mod schedule;
mod store;

pub use challenges::{Challenges, HTTP_PATH, TLS_PROTOCOL};
pub(crate) use maintenance::run;
