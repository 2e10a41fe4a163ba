//! Deletions: which lines surely delete, and the one form in which a deletion may pass.

use super::{SetCookie, UnixTime};

impl SetCookie<'_> {
    /// Whether every browser reads this line as a deletion.
    ///
    /// True where each `Max-Age` is `-?[0-9]+` and the last one is at most 0; or where there is no `Max-Age` and exactly
    /// one `Expires`, a strict date more than 12 hours before `now` (browsers correct `Expires` by the response's `Date`).
    pub fn surely_deletes(&self, _now: UnixTime) -> bool {
        todo!()
    }
}

/// The line as an empty, canonical deletion: the name, its scope attributes as they were, `Max-Age=0` and a past `Expires`.
pub fn canonical_deletion(_line: &SetCookie<'_>) -> Vec<u8> {
    todo!()
}
