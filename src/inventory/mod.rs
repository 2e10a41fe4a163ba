//! The inventory: the names of cookies that were seen, declared or not, and their lifetimes; never a value. Also the hosts that
//! browsers report: those that a site's pages ask although its policy does not list them.
//!
//! Bounded and folded as the design says, so that no visitor can fill memory: at most 1,024 names of 128 bytes a site,
//! 256 of them for names seen only in requests, variable endings folded (`_pk_id.*`). Workers record into a
//! [`Recorder`] of their own, which is merged from time to time; nothing is shared on the request path. A charter that
//! comes into force judges the names that were seen before (`in_force`). An [`InventoryFile`] keeps all of it across
//! restarts.

mod attributes;
mod file;
mod hosts;
mod in_force;
mod name_text;
mod names;
mod recorder;
mod seen;
mod sites;
#[cfg(test)]
mod testing;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

pub use attributes::{Habit, SeenAttributes, Words};
pub use file::InventoryFile;
pub use hosts::{Directives, ReportedHost};
pub use in_force::CharterInForce;
pub use name_text::{name_bytes, shown};
pub use recorder::{Recorder, Sighting};
pub use seen::{Decision, Seen, Sightings, VerdictCounts};

use crate::charter::PartyHost;
use crate::cookie::UnixTime;
use crate::policy::Direction;
use sites::{SeenOnSite, Sites};

/// The names seen by this process, site by site. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Inventory(Arc<Mutex<Sites>>);

/// What was seen on one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteInventory {
    /// Names as people read them, in their order.
    pub names: Vec<(String, Seen)>,
    /// Sightings of names that found no room.
    pub unlisted: u64,
    /// Hosts that browsers reported, in their order.
    pub hosts: Vec<(PartyHost, ReportedHost)>,
    /// Reports of hosts that found no room.
    pub unlisted_reports: u64,
}

impl Inventory {
    /// A part for one worker. It is merged into this inventory, and must be dropped or merged for its names to appear.
    pub fn recorder(&self) -> Recorder {
        Recorder::new(self.clone())
    }

    /// Says which charter is in force on a site from now on. If it is another one than before, the names that were seen are judged
    /// anew: a name that the operator has just declared no longer counts as undeclared.
    pub fn put_in_force(&self, site: &Arc<str>, charter: CharterInForce) {
        self.lock().put_in_force(site, charter);
    }

    /// How many undeclared names were seen in this direction in the last 24 hours. The value of
    /// `octroi_undeclared_cookies`.
    pub fn undeclared(&self, site: &str, direction: Direction, now: UnixTime) -> usize {
        let sites = self.lock();
        let names = sites.seen(site).into_iter().flat_map(|seen| seen.names.iter());
        names.filter(|(_, seen)| seen.direction(direction).is_undeclared(now)).count()
    }

    /// All that was seen on a site. Empty for a site of which nothing was seen.
    pub fn snapshot(&self, site: &str) -> SiteInventory {
        let sites = self.lock();
        let Some(SeenOnSite { names, hosts }) = sites.seen(site) else { return SiteInventory::default() };
        let mut listed: Vec<_> = names.iter().map(|(name, seen)| (shown(name), seen.clone())).collect();
        listed.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        SiteInventory {
            names: listed,
            unlisted: names.unlisted(),
            hosts: hosts.sorted(),
            unlisted_reports: hosts.unlisted(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Sites> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None` while another thread holds the lock.
    fn try_lock(&self) -> Option<MutexGuard<'_, Sites>> {
        match self.0.try_lock() {
            Ok(sites) => Some(sites),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}
