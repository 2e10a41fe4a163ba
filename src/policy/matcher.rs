//! From a name to its declaration: exact names first, then one pass over all patterns.

/// Finds the declaration of a name.
#[derive(Debug)]
pub(super) struct Matcher {}
