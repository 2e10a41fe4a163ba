//! What happens to a message's head apart from its cookies: `normalize` leaves a request one target and one authority,
//! `hop_by_hop` removes the fields of one connection, `forwarded` and `request_id` write who sent the request, `trace_context`
//! reads its trace, `loops` refuses a request that octroi has sent on before, `location` rewrites the portal's name to the
//! visitor's host, `caching` makes a response private; `rare_fields` tells what a response has to be searched for.

pub(super) mod caching;
pub(super) mod forwarded;
pub(super) mod hop_by_hop;
pub(super) mod location;
pub(super) mod loops;
pub(super) mod normalize;
pub(super) mod rare_fields;
pub(super) mod request_id;
pub(super) mod trace_context;
