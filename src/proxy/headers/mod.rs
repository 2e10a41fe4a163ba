//! What happens to a message's head apart from its cookies: `normalize` leaves a request one target and one authority,
//! `hop_by_hop` takes away what belongs to one connection, `forwarded` and `request_id` say who asked, `trace_context` as part
//! of which trace, `loops` ends a request that comes back, `location` turns the portal's own name into the visitor's host.

pub(super) mod caching;
pub(super) mod forwarded;
pub(super) mod hop_by_hop;
pub(super) mod location;
pub(super) mod loops;
pub(super) mod normalize;
pub(super) mod request_id;
pub(super) mod trace_context;
