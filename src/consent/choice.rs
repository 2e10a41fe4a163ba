//! What a visitor chose, key by key.

use super::KeySet;

/// How the choice was found; the label of the metrics.
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
