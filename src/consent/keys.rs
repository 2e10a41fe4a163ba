//! The keys that a site's policy knows, and sets of them.
//!
//! A set of keys is one machine word, so granting and meeting are single instructions: that is why a charter has 64
//! keys at most.

/// The keys of one banner that the policy maps. Each has a number of its own among those of all banners of the site.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    names: Vec<String>,
    /// The number of the first.
    first: usize,
    all: KeySet,
}

impl Keys {
    /// One machine word holds a set of the keys of all banners of a site.
    pub const MAX: usize = 64;

    /// The keys in this order, numbered from `first`; those past [`Keys::MAX`] are never granted.
    pub fn new(names: Vec<String>, first: usize) -> Self {
        let numbers = (first..Self::MAX).take(names.len());
        let all = numbers.fold(KeySet::EMPTY, |set, number| set.union(KeySet(1 << number)));
        Self { names, first, all }
    }

    /// The set that holds `key` alone; empty if the policy does not know it.
    pub fn find(&self, key: impl AsRef<[u8]>) -> KeySet {
        let key = key.as_ref();
        let Some(place) = self.names.iter().position(|name| name.as_bytes() == key) else { return KeySet::EMPTY };
        let number = self.first + place;
        if number < Self::MAX { KeySet(1 << number) } else { KeySet::EMPTY }
    }

    /// Each key, and the set that holds it alone.
    pub fn iter(&self) -> impl Iterator<Item = (&str, KeySet)> {
        (self.first..Self::MAX).zip(&self.names).map(|(number, name)| (name.as_str(), KeySet(1 << number)))
    }

    /// Whether this is the only one.
    pub(super) fn is_only(&self, key: &str) -> bool {
        matches!(self.names.as_slice(), [only] if only == key)
    }

    /// All keys.
    pub fn all(&self) -> KeySet {
        self.all
    }

    /// The names of the keys in a set.
    pub fn names(&self, set: KeySet) -> impl Iterator<Item = &str> {
        self.iter().filter(move |(_, key)| key.intersects(set)).map(|(name, _)| name)
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

    /// Whether all its keys are in the other.
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether it holds no key.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}
