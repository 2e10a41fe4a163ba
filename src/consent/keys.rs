//! The keys that a site's policy knows, and sets of them.

/// The keys of the choice that the policy maps, by position.
#[derive(Clone, Debug, Default)]
pub struct Keys(Vec<String>);

impl Keys {
    /// One machine word holds a set of them.
    pub const MAX: usize = 64;

    /// The keys in this order; those past [`Keys::MAX`] are never granted.
    pub fn new(names: Vec<String>) -> Self {
        Self(names)
    }

    /// The set that holds `key` alone; empty where the policy does not know it.
    pub fn find(&self, key: &str) -> KeySet {
        self.0.iter().take(Self::MAX).position(|name| name == key).map_or(KeySet::EMPTY, |index| KeySet(1 << index))
    }

    /// The names of the keys in a set.
    pub fn names(&self, set: KeySet) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str).filter(move |name| self.find(name).intersects(set))
    }
}

/// A set of the policy's keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeySet(u64);

impl KeySet {
    /// No key.
    pub const EMPTY: Self = Self(0);

    /// The keys in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The keys in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The keys in this one but not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the two have a key in common.
    pub fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it holds no key.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}
