//! What visitors share: `places`, the connections to the portal that may be used at a time, and the `budget`, the memory for
//! what is `buffered`. Where either runs out, a visitor's `pace` tells who has to give way, and the `holder` is told.

pub(super) mod budget;
pub(super) mod buffered;
pub(super) mod holder;
pub(super) mod pace;
pub(super) mod places;
