//! The inventory: the names of cookies that were seen, declared or not, and what their lines asked for; never a value. Also the
//! hosts that browsers report: pages send requests to them although the site's policy does not list them.
//!
//! Memory is bounded, so that no visitor can fill it: at most 1,024 names of 128 bytes a site, 256 of them for names seen only
//! in requests; variable endings are folded (`_pk_id.*`). Each worker records into its own [`Recorder`], which is merged once
//! a second; nothing is shared on the request path. A charter that comes into force judges the names that were seen before
//! (`in_force`). An [`InventoryFile`] keeps the inventory across restarts.

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

pub use attributes::{Frequency, SeenAttributes, Words};
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
    /// Names as [`shown`], sorted.
    pub names: Vec<(String, Seen)>,
    /// Sightings of names for which there was no room.
    pub unlisted: u64,
    /// Hosts that browsers reported, sorted.
    pub hosts: Vec<(PartyHost, ReportedHost)>,
    /// Reports of hosts for which there was no room.
    pub unlisted_reports: u64,
}

impl Inventory {
    /// A part for one worker. Its names appear in this inventory after it was merged or dropped.
    pub fn recorder(&self) -> Recorder {
        Recorder::new(self.clone())
    }

    /// Sets the charter in force on a site. If it differs from the last one, the names that were seen are judged again: a name
    /// that the operator has just declared no longer counts as undeclared.
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

    /// All that was seen on a site; empty if nothing was.
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
