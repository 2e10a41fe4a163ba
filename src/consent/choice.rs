//! What a visitor chose, key by key.
//!
//! Keys are the banner's own. Which categories they grant is decided in `policy`, by the charter.

use super::KeySet;
use crate::cookie::UnixTime;

/// How a banner's choice was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Reading {
    /// The request has none of the banner's cookies.
    #[default]
    Absent,
    /// There are some, but they could not be read, or are dated in the future.
    Unreadable,
    /// The banner wrote them before anybody answered.
    Undecided,
    /// The banner counted something else as an answer: where the visitor lives, or that they scrolled.
    Implied,
    /// They are older than the policy lets a choice be.
    Expired,
    /// They answer an earlier version of the question.
    Outdated,
    /// They hold no date, and the policy requires one.
    Undated,
    /// They were read.
    Given,
}

impl Reading {
    /// Every reading.
    pub const ALL: [Self; 8] = [
        Self::Absent,
        Self::Unreadable,
        Self::Undecided,
        Self::Implied,
        Self::Expired,
        Self::Outdated,
        Self::Undated,
        Self::Given,
    ];

    /// The label of the metrics, and the word of `octroi explain`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Unreadable => "unreadable",
            Self::Undecided => "undecided",
            Self::Implied => "implied",
            Self::Expired => "expired",
            Self::Outdated => "outdated",
            Self::Undated => "undated",
            Self::Given => "given",
        }
    }
}

/// What one banner recorded of a visitor's choice. A key neither granted nor refused is unsaid, which is no consent.
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
    /// When it was made, as far as the banner tells.
    pub date: Option<UnixTime>,
}

impl Choice {
    /// A choice that grants and refuses nothing, with this reading.
    pub(super) fn silent(reading: Reading) -> Self {
        Self { reading, ..Self::default() }
    }

    /// Whether it was accepted without a date.
    pub fn is_undated(&self) -> bool {
        self.reading == Reading::Given && self.date.is_none()
    }

    /// The intersection of two choices: granted is what both grant, refused what either refuses. Its date is the earlier one; a
    /// choice without a date counts as the oldest.
    ///
    /// Used if a request carries several instances of a cookie, and if a response sets a new one.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        Self {
            // The first reading that is not a choice explains why nothing is granted.
            reading: if self.reading == Reading::Given { other.reading } else { self.reading },
            granted: self.granted.intersection(other.granted),
            refused: self.refused.union(other.refused),
            other_refused: self.other_refused || other.other_refused,
            other_key: self.other_key || other.other_key,
            date: self.date.min(other.date),
        }
    }
}

/// What the banners of a site recorded, in the charter's order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices([Choice; Self::MAX]);

impl Choices {
    /// A site has no more banners: several are for a migration from one to another.
    pub const MAX: usize = 4;

    /// What each banner recorded; those past [`Choices::MAX`] are ignored.
    pub fn new(choices: impl Iterator<Item = Choice>) -> Self {
        let mut all = Self::default();
        for (choice, read) in all.0.iter_mut().zip(choices) {
            *choice = read;
        }
        all
    }

    /// What each banner recorded; nothing, for one that the site does not have.
    pub fn iter(&self) -> impl Iterator<Item = &Choice> {
        self.0.iter()
    }

    /// The same with another choice of one banner.
    #[must_use]
    pub fn with(mut self, banner: usize, change: impl FnOnce(Choice) -> Choice) -> Self {
        if let Some(choice) = self.0.get_mut(banner) {
            *choice = change(*choice);
        }
        self
    }

    /// Whether a banner recorded an answer.
    pub fn is_given(&self) -> bool {
        self.iter().any(|choice| choice.reading == Reading::Given)
    }

    /// Whether the request carries no choice at all. The browser may have withheld some cookies.
    pub fn is_silent(&self) -> bool {
        self.iter().all(|choice| matches!(choice.reading, Reading::Absent | Reading::Undecided))
    }
}
