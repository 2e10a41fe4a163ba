//! The inventory: the names of cookies really seen, declared or not; never a value.
//!
//! Bounded and folded as the design says, so that no visitor can fill memory: at most 1,024 names of 128 bytes a site,
//! 256 of them for names seen only in requests, variable endings folded (`_pk_id.*`). Workers record into a
//! [`Recorder`] of their own, which is merged from time to time; nothing is shared on the request path.

mod names;
mod recorder;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use names::{Decision, Seen, Sightings};
pub use recorder::Recorder;

use crate::cookie::UnixTime;
use crate::policy::Direction;
use names::Names;

/// The names seen by this process, site by site. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Inventory(Arc<Mutex<HashMap<Arc<str>, Site>>>);

#[derive(Debug, Default)]
struct Site {
    names: Names,
    charter_hash: Option<Arc<str>>,
}

/// What was seen on one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteInventory {
    /// Names as people read them, in their order.
    pub names: Vec<(String, Seen)>,
    /// Sightings of names that found no room.
    pub unlisted: u64,
}

impl Inventory {
    /// A part for one worker.
    pub fn recorder(&self) -> Recorder {
        Recorder::new(self.clone())
    }

    /// Says which charter is in force on a site. What another one said of the names is forgotten, until they are seen
    /// again: a name that the operator has just declared is no drift any more.
    pub fn judged_by(&self, site: &Arc<str>, charter_hash: &Arc<str>) {
        let mut sites = self.lock();
        let site = sites.entry(Arc::clone(site)).or_default();
        let last = site.charter_hash.replace(Arc::clone(charter_hash));
        if last.is_some_and(|last| last != *charter_hash) {
            site.names.forget_decisions();
        }
    }

    /// How many undeclared names were seen in this direction in the last 24 hours.
    pub fn undeclared(&self, site: &str, direction: Direction, now: UnixTime) -> usize {
        let sites = self.lock();
        let names = sites.get(site).into_iter().flat_map(|site| site.names.iter());
        names.filter(|(_, seen)| seen.direction(direction).is_undeclared(now)).count()
    }

    /// All that was seen on a site.
    pub fn snapshot(&self, site: &str) -> SiteInventory {
        let sites = self.lock();
        let Some(site) = sites.get(site) else { return SiteInventory::default() };
        let mut names: Vec<_> = site.names.iter().map(|(name, seen)| (shown(name), *seen)).collect();
        names.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        SiteInventory { names, unlisted: site.names.unlisted() }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Arc<str>, Site>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A name as people read it: bytes that are no visible ASCII, and the backslash, as `\xE9`.
pub fn shown(name: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(name.len());
    for byte in name {
        match byte {
            0x21..=0x5b | 0x5d..=0x7e => text.push(char::from(*byte)),
            _ => drop(write!(text, "\\x{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_bytes_are_shown_escaped() {
        assert_eq!(shown(b"caf\xe9 \\\x1b<b>\xc3\xa9"), r"caf\xE9\x20\x5C\x1B<b>\xC3\xA9");
    }
}
