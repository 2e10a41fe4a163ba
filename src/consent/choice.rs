//! What a visitor chose, key by key.

use super::KeySet;

/// How the choice was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Reading {
    /// No consent cookie came.
    #[default]
    Absent,
    /// It came and could not be read, or is dated in the future.
    Unreadable,
    /// It is older than the policy lets a choice be.
    Expired,
    /// It carries no date and the policy wants one.
    Undated,
    /// It was read.
    Given,
}

/// A visitor's choice. A key neither granted nor refused is unsaid, which is no consent.
///
/// The default is the choice of a visitor who said nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// How it was found.
    pub reading: Reading,
    /// Keys that it grants and does not refuse.
    pub granted: KeySet,
    /// Keys that it refuses.
    pub refused: KeySet,
    /// Whether it refuses a key that the policy does not know.
    pub other_refused: bool,
    /// Whether it names a key that the policy does not know: the banner has drifted from the charter.
    pub other_key: bool,
    /// Whether it was accepted without a date.
    pub undated: bool,
}

impl Choice {
    /// A choice that says nothing, found like this.
    pub(super) fn silent(reading: Reading) -> Self {
        Self { reading, ..Self::default() }
    }

    /// What two choices say together: granted is what both grant, refused what either refuses.
    ///
    /// It serves where a request carries several consent cookies, and where a response sets a new one.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        Self {
            // The first reading that is not a choice explains why nothing is granted.
            reading: if self.reading == Reading::Given { other.reading } else { self.reading },
            granted: self.granted.intersection(other.granted),
            refused: self.refused.union(other.refused),
            other_refused: self.other_refused || other.other_refused,
            other_key: self.other_key || other.other_key,
            undated: self.undated || other.undated,
        }
    }
}
