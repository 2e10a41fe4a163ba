//! A hash of a cookie's name, for tables of a fixed size in which two names that meet only cost more.

/// Of the length and of the last eight bytes, in which names that begin alike differ: as quick for a long name as for a
/// short one. A visitor who makes his names meet gains nothing.
pub fn name_hash(name: &[u8]) -> u32 {
    let last = name.last_chunk::<8>().map_or_else(
        || name.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        |last| u64::from_be_bytes(*last),
    );
    let mixed = (last ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    u32::try_from(mixed >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_names_of_a_site_rarely_meet() {
        let names =
            (0..200).flat_map(|n| [format!("_pk_id.{n}.1fff"), format!("dj_{n}"), format!("{n}"), "a".repeat(n)]);
        let names: HashSet<_> = names.collect();
        let places: HashSet<_> = names.iter().map(|name| name_hash(name.as_bytes()) % 512).collect();
        assert!(places.len() > 300, "{}", places.len());
    }
}
