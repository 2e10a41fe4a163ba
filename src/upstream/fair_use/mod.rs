//! What visitors share: `slots`, the connections to a portal that may be in use at a time, and the `budget`, the memory for
//! `buffered` content and for heads (`head_counts`). If either runs out, the exchanges of the slowest visitors (`pace`) are
//! ended (`eviction`).

pub(super) mod budget;
pub(super) mod buffered;
pub(super) mod eviction;
pub(super) mod head_counts;
pub(super) mod pace;
pub(super) mod slots;
