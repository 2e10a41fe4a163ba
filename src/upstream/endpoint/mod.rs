//! The servers of a portal: a `balancer` chooses one, its `pool` has idle connections, a `connector` opens more (with `tls`,
//! to addresses that the `resolver` looks up, or to a `unix_socket`). `health_check` checks whether it works, `outlier` reports
//! the failures of requests.

pub(super) mod balancer;
pub(super) mod connector;
mod given_certificates;
pub(super) mod health_check;
pub(super) mod outlier;
pub(super) mod pool;
pub(super) mod resolver;
pub(super) mod tls;
mod unix_socket;
