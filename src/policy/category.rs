//! Categories as the policy numbers them: the charter's own, then the few that octroi adds.
//!
//! A set of categories is one machine word ([`CategorySet`]): that is why a charter has 56 at most.

use crate::charter::{CategoryIndex, Charter, Enforcement, Need};
use crate::consent::KeySet;
use crate::cookie::{Amendment, UnixTime};

/// A category of the charter, or one of those that every policy has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CategoryId(u8);

/// The labels of the categories that every policy has, from [`CategoryId::CHOICE`] on; no charter may use them.
pub(super) const RESERVED_LABELS: [&str; 4] = ["choice", "infrastructure", "undeclared", "unreadable"];

impl CategoryId {
    /// The choice itself: the consent cookie and the choice cookies of known banners. Always exempt.
    pub const CHOICE: Self = Self(56);
    /// Cookies of load balancers and the like that the charter exempts.
    pub const INFRASTRUCTURE: Self = Self(57);
    /// Cookies that the charter does not name.
    pub const UNDECLARED: Self = Self(58);
    /// Lines and pieces that are no cookie.
    pub const UNREADABLE: Self = Self(59);
    /// How many ids there can be, for tables that are indexed by them.
    pub const COUNT: usize = Charter::MAX_CATEGORIES + RESERVED_LABELS.len();

    /// The position in a table of [`CategoryId::COUNT`] places.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The category at a position of such a table. `None` if the table has no such place.
    pub fn from_index(index: usize) -> Option<Self> {
        u8::try_from(index).ok().filter(|_| index < Self::COUNT).map(Self)
    }

    fn bit(self) -> u64 {
        1_u64.wrapping_shl(u32::from(self.0))
    }
}

impl From<CategoryIndex> for CategoryId {
    fn from(index: CategoryIndex) -> Self {
        Self(index.0)
    }
}

/// A set of categories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CategorySet(u64);

impl CategorySet {
    /// Adds a category.
    pub fn insert(&mut self, category: CategoryId) {
        self.0 |= category.bit();
    }

    /// The categories in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The categories in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it holds a category.
    pub fn contains(self, category: CategoryId) -> bool {
        self.0 & category.bit() != 0
    }

    /// Whether all of these are in `other`.
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether it holds none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What judging needs of a category.
#[derive(Debug)]
pub(super) struct CompiledCategory {
    /// The charter's id, as the metrics, the access log and the inventory show it.
    pub(super) label: Box<str>,
    /// Whether the visitor has to agree before its cookies pass.
    pub(super) need: Need,
    /// The keys of the choice that grant it.
    pub(super) keys: KeySet,
    /// What is asked of its cookies if the charter does not name them.
    pub(super) amendment: Amendment,
    /// The category's own setting; `None`: that of the site.
    pub(super) enforcement: Option<Enforcement>,
    /// Older choices do not count for this category, because visitors must be asked anew.
    pub(super) asked_since: Option<UnixTime>,
}
