//! The gate: the product on one message. Cookie lines in; what leaves, what is deleted and what is counted out.

pub(crate) mod cookie_header_cache;
pub(crate) mod counts;
pub(crate) mod deletions;
pub(crate) mod observed_paths;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod verdict_cache;
pub(crate) mod visitor;
