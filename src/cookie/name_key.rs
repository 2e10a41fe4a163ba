//! A cookie's name in two words, for tables that are looked up with every cookie.
//!
//! The gate's verdict cache is such a table.

/// Few names of sites are longer than sixteen bytes: up to there, the key alone tells one from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameKey {
    first: u64,
    last: u64,
    length: usize,
}

impl NameKey {
    /// The longest name that the key holds whole.
    const WHOLE: usize = 16;

    /// Of the length, and of the first and the last eight bytes.
    #[inline]
    pub fn of(name: &[u8]) -> Self {
        let (first, last) = match (name.first_chunk(), name.last_chunk()) {
            (Some(first), Some(last)) => (u64::from_be_bytes(*first), u64::from_be_bytes(*last)),
            _ => (0, short(name)),
        };
        Self { first, last, length: name.len() }
    }

    /// Whether this is the key of no other name.
    #[inline]
    pub fn is_unique(self) -> bool {
        self.length <= Self::WHOLE
    }

    /// A hash of the last eight bytes, in which names with the same beginning differ. For a table of a fixed size, in which a
    /// collision only costs time; a visitor who makes names collide gains nothing.
    #[inline]
    pub fn hash(self) -> u32 {
        let mixed = (self.last ^ self.length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        u32::try_from(mixed >> 32).unwrap_or_default()
    }
}

/// Fewer than eight bytes in one word.
#[inline]
fn short(name: &[u8]) -> u64 {
    match (name.first_chunk(), name.last_chunk()) {
        (Some(first), Some(last)) => u64::from(u32::from_be_bytes(*first)) << 32 | u64::from(u32::from_be_bytes(*last)),
        _ => name.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_names_of_a_site_rarely_share_a_set() {
        let names =
            (0..200).flat_map(|n| [format!("_pk_id.{n}.1fff"), format!("dj_{n}"), format!("{n}"), "a".repeat(n)]);
        let names: HashSet<_> = names.collect();
        let places: HashSet<_> = names.iter().map(|name| NameKey::of(name.as_bytes()).hash() % 512).collect();
        assert!(places.len() > 300, "{}", places.len());
    }

    proptest! {
        #[test]
        fn a_unique_key_is_that_of_one_name(one in "[ab]{0,18}", other in "[ab]{0,18}", at in 0..18_usize) {
            let mut changed = one.clone().into_bytes();
            if let Some(byte) = changed.get_mut(at) {
                *byte ^= 1;
            }
            for other in [other.as_bytes(), &changed] {
                let (key, other_key) = (NameKey::of(one.as_bytes()), NameKey::of(other));
                prop_assert!(one.as_bytes() != other || key == other_key);
                prop_assert!(one.as_bytes() == other || key != other_key || !key.is_unique());
            }
            prop_assert_eq!(NameKey::of(one.as_bytes()).is_unique(), one.len() <= 16);
        }
    }
}
