//! All sites, behind the inventory's lock: what was seen on each, and what no file holds yet.
//!
//! Workers take the lock once a second at most, and only if it is free; the admin listener and the file may wait for
//! it.

use std::collections::HashMap;
use std::sync::Arc;

use super::CharterInForce;
use super::names::Names;
use crate::cookie::UnixTime;

/// What was seen, site by site.
pub(super) type NamesBySite = HashMap<Arc<str>, Names>;

/// All sites.
#[derive(Debug, Default)]
pub(super) struct Sites {
    sites: HashMap<Arc<str>, Site>,
    /// Whether a file keeps the inventory, so that it matters what it does not hold yet.
    is_kept: bool,
}

#[derive(Debug, Default)]
struct Site {
    /// All that is known, with what the file holds.
    names: Names,
    /// What was seen since the file was written.
    unsaved: Names,
    /// None before the first snapshot, and for sites that only the file knows.
    charter: Option<CharterInForce>,
}

impl Sites {
    /// The names of a site.
    pub(super) fn names(&self, site: &str) -> Option<&Names> {
        self.sites.get(site).map(|site| &site.names)
    }

    /// Takes in what a worker has seen and judged by the charter of this hash, and leaves it empty. If another charter
    /// is in force by now, that one judges the names first.
    pub(super) fn take_in(&mut self, site: &Arc<str>, hash: &Arc<str>, part: &mut Names, now: UnixTime) {
        if part.is_empty() {
            return;
        }
        let site = self.sites.entry(Arc::clone(site)).or_default();
        if let Some(in_force) = site.charter.as_ref().filter(|in_force| in_force.hash != *hash) {
            in_force.judge_anew(part);
        }
        if self.is_kept {
            site.unsaved.absorb_all(part, now);
        }
        site.names.take_in(part, now);
    }

    /// Puts a charter in force, and judges by it what was seen.
    pub(super) fn put_in_force(&mut self, site: &Arc<str>, charter: CharterInForce) {
        let Site { names, unsaved, charter: in_force } = self.sites.entry(Arc::clone(site)).or_default();
        if in_force.as_ref().is_none_or(|last| last.hash != charter.hash) {
            charter.judge_anew(names);
            charter.judge_anew(unsaved);
        }
        *in_force = Some(charter);
    }

    /// Says whether a file keeps the inventory from now on. If none did, none of what was seen is in it.
    pub(super) fn keep(&mut self, is_kept: bool) {
        if is_kept == std::mem::replace(&mut self.is_kept, is_kept) {
            return;
        }
        for site in self.sites.values_mut() {
            site.unsaved = if is_kept { site.names.clone() } else { Names::default() };
        }
    }

    /// Whether there is anything that the file does not hold.
    pub(super) fn is_unsaved(&self) -> bool {
        self.sites.values().any(|site| !site.unsaved.is_empty())
    }

    /// What the file does not hold yet; from here on, it counts as held.
    pub(super) fn take_unsaved(&mut self) -> NamesBySite {
        let unsaved = self.sites.iter_mut().map(|(name, site)| (Arc::clone(name), std::mem::take(&mut site.unsaved)));
        unsaved.filter(|(_, names)| !names.is_empty()).collect()
    }

    /// What could not be written counts as not held again.
    pub(super) fn put_back(&mut self, unsaved: &NamesBySite, now: UnixTime) {
        for (name, names) in unsaved {
            self.sites.entry(Arc::clone(name)).or_default().unsaved.absorb_all(names, now);
        }
    }

    /// All that is known.
    pub(super) fn all(&self) -> NamesBySite {
        self.sites.iter().map(|(name, site)| (Arc::clone(name), site.names.clone())).collect()
    }

    /// Judges what a file holds by the charters in force; a site that has none is left as it is.
    pub(super) fn judge(&self, held: &mut NamesBySite) {
        for (name, names) in held {
            if let Some(charter) = self.sites.get(name).and_then(|site| site.charter.as_ref()) {
                charter.judge_anew(names);
            }
        }
    }

    /// Takes what the file holds, and what was seen since, for all that is known of the sites that have a charter. The
    /// others are not this process's: the file alone knows them.
    pub(super) fn adopt(&mut self, held: NamesBySite, now: UnixTime) {
        for (name, mut names) in held {
            let Some(site) = self.sites.get_mut(&name).filter(|site| site.charter.is_some()) else { continue };
            names.absorb_all(&site.unsaved, now);
            names.keep_decisions_of(&site.names);
            site.names = names;
        }
    }
}
