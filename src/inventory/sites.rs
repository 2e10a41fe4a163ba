//! All sites, under the inventory's lock: what was seen on each, and which part of it the file does not hold yet.
//!
//! Workers take the lock once a second, and only if it is free; the admin listener and the file may wait for it.

use std::collections::HashMap;
use std::sync::Arc;

use super::CharterInForce;
use super::hosts::Hosts;
use super::names::Names;
use crate::cookie::UnixTime;

/// What was seen, site by site.
pub(super) type SeenBySite = HashMap<Arc<str>, SeenOnSite>;

/// What was seen on one site.
#[derive(Clone, Debug, Default)]
pub(super) struct SeenOnSite {
    /// Of cookies.
    pub(super) names: Names,
    /// Of third parties.
    pub(super) hosts: Hosts,
}

impl SeenOnSite {
    /// Adds all that another part has seen, and leaves that as it is.
    pub(super) fn absorb_all(&mut self, other: &Self, now: UnixTime) {
        self.names.absorb_all(&other.names, now);
        self.hosts.absorb_all(&other.hosts, now);
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.hosts.is_empty()
    }
}

/// All sites.
#[derive(Debug, Default)]
pub(super) struct Sites {
    sites: HashMap<Arc<str>, Site>,
    /// Whether a file keeps the inventory, so that unsaved sightings are collected.
    is_kept: bool,
}

#[derive(Debug, Default)]
struct Site {
    /// All that is known, with what the file holds.
    seen: SeenOnSite,
    /// What was seen since the file was written.
    unsaved: SeenOnSite,
    /// `None` before the first snapshot, and for sites that are only in the file.
    charter: Option<CharterInForce>,
}

impl Sites {
    /// What was seen on a site.
    pub(super) fn seen(&self, site: &str) -> Option<&SeenOnSite> {
        self.sites.get(site).map(|site| &site.seen)
    }

    /// Moves in the names that a worker has judged by the charter with this hash. If another charter is in force now, they are
    /// judged by it first.
    pub(super) fn take_in(&mut self, site: &Arc<str>, hash: &Arc<str>, part: &mut Names, now: UnixTime) {
        if part.is_empty() {
            return;
        }
        let site = self.sites.entry(Arc::clone(site)).or_default();
        if let Some(in_force) = site.charter.as_ref().filter(|in_force| in_force.hash != *hash) {
            in_force.judge_anew(part);
        }
        if self.is_kept {
            site.unsaved.names.absorb_all(part, now);
        }
        site.seen.names.take_in(part, now);
    }

    /// Adds the hosts that browsers reported to a worker.
    pub(super) fn take_in_hosts(&mut self, site: &Arc<str>, part: &Hosts, now: UnixTime) {
        let site = self.sites.entry(Arc::clone(site)).or_default();
        if self.is_kept {
            site.unsaved.hosts.absorb_all(part, now);
        }
        site.seen.hosts.absorb_all(part, now);
    }

    /// Puts a charter in force, and judges by it what was seen.
    pub(super) fn put_in_force(&mut self, site: &Arc<str>, charter: CharterInForce) {
        let Site { seen, unsaved, charter: in_force } = self.sites.entry(Arc::clone(site)).or_default();
        if in_force.as_ref().is_none_or(|last| last.hash != charter.hash) {
            charter.judge_anew(&mut seen.names);
            charter.judge_anew(&mut unsaved.names);
        }
        *in_force = Some(charter);
    }

    /// Sets whether a file keeps the inventory. When one begins to, all that was seen is unsaved.
    pub(super) fn keep(&mut self, is_kept: bool) {
        if is_kept == std::mem::replace(&mut self.is_kept, is_kept) {
            return;
        }
        for site in self.sites.values_mut() {
            site.unsaved = if is_kept { site.seen.clone() } else { SeenOnSite::default() };
        }
    }

    /// Whether anything is unsaved.
    pub(super) fn is_unsaved(&self) -> bool {
        self.sites.values().any(|site| !site.unsaved.is_empty())
    }

    /// Takes what is unsaved: it counts as saved from now on.
    pub(super) fn take_unsaved(&mut self) -> SeenBySite {
        let unsaved = self.sites.iter_mut().map(|(name, site)| (Arc::clone(name), std::mem::take(&mut site.unsaved)));
        unsaved.filter(|(_, seen)| !seen.is_empty()).collect()
    }

    /// Puts back what could not be written: it is unsaved again.
    pub(super) fn put_back(&mut self, unsaved: &SeenBySite, now: UnixTime) {
        for (name, seen) in unsaved {
            self.sites.entry(Arc::clone(name)).or_default().unsaved.absorb_all(seen, now);
        }
    }

    /// All that is known.
    pub(super) fn all(&self) -> SeenBySite {
        self.sites.iter().map(|(name, site)| (Arc::clone(name), site.seen.clone())).collect()
    }

    /// Judges the names of a file by the charters in force; a site without one is left as it is.
    pub(super) fn judge(&self, held: &mut SeenBySite) {
        for (name, seen) in held {
            if let Some(charter) = self.sites.get(name).and_then(|site| site.charter.as_ref()) {
                charter.judge_anew(&mut seen.names);
            }
        }
    }

    /// Replaces what is known of each site that has a charter by what the file holds and what is unsaved. Sites without a
    /// charter are not of this process: they stay in the file only.
    pub(super) fn adopt(&mut self, held: SeenBySite, now: UnixTime) {
        for (name, mut seen) in held {
            let Some(site) = self.sites.get_mut(&name).filter(|site| site.charter.is_some()) else { continue };
            seen.absorb_all(&site.unsaved, now);
            seen.names.keep_decisions_of(&site.seen.names);
            site.seen = seen;
        }
    }
}
