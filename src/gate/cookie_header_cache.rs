//! The Cookie header cache: a browser sends the same field with each of the requests that a page makes.
//!
//! An entry is valid for the second in which its field was judged, by the same site and the same GPC signal. It holds
//! values, which were just read from a request; [`super::Gate::tick`] forgets them once a second.

use std::rc::Rc;
use std::sync::Arc;

use super::Caching;
use super::request::JudgedField;
use super::visitor::Visitor;
use crate::cookie::{UnixTime, pairs};
use crate::inventory::{Recorder, Sighting};
use crate::policy::{Direction, Subject};
use crate::snapshot::Site;

/// Two fields that have the same entry evict each other, which only costs more.
const ENTRIES: usize = 256;
/// A longer field, or one of which more is kept beside it, is judged each time: what is kept stays bounded, whatever
/// visitors send.
const LONGEST: usize = 4096;
const MOST_KEPT: usize = 128;
/// So many words of a field, evenly spread, make its fingerprint.
const SAMPLES: usize = 32;

/// What one worker met lately; empty if caching is off.
pub(super) struct CookieHeaderCache(Box<[CacheSlot]>);

#[derive(Default)]
struct CacheSlot {
    /// Of the field that came last: most come once, and only what comes again is worth a copy.
    fingerprint: u64,
    entry: Option<CachedCookies>,
}

/// A field and what it came to.
struct CachedCookies {
    field: Box<[u8]>,
    site: Arc<Site>,
    /// When it was judged.
    at: UnixTime,
    visitor: Visitor,
    judged: Rc<JudgedField>,
    /// How often it was found.
    hits: u64,
}

impl CachedCookies {
    /// Tells the inventory of the names that were seen again. They are judged once more, because their verdicts depend on
    /// nothing else, and to keep them would cost each request.
    fn tell(&self, inventory: &Recorder) {
        if self.hits == 0 {
            return;
        }
        for name in pairs(&self.field).filter_map(|pair| pair.name) {
            let judgement = self.site.policy.judge(Subject::Pair(name), &self.visitor.consent, self.at);
            inventory.saw(&Sighting {
                site: &self.site.name,
                charter_hash: &self.site.charter_hash,
                direction: Direction::Request,
                name,
                judgement: &judgement,
                count: self.hits,
                path: None,
                attributes: None,
            });
        }
    }
}

impl CookieHeaderCache {
    /// With [`Caching::Off`] nothing is ever kept, and [`Self::lookup`] finds nothing.
    pub(super) fn new(caching: Caching) -> Self {
        let entries = match caching {
            Caching::On => ENTRIES,
            Caching::Off => 0,
        };
        Self((0..entries).map(|_| CacheSlot::default()).collect())
    }

    /// Who sent this field, and what it came to. `None` if it was not judged in this second for this site and this GPC
    /// signal. What is found counts as seen again, of which the inventory is told when the entry goes.
    pub(super) fn lookup(
        &mut self,
        field: &[u8],
        site: &Arc<Site>,
        gpc: bool,
        now: UnixTime,
    ) -> Option<(Visitor, Rc<JudgedField>)> {
        let entry = self.slot(fingerprint(field))?.entry.as_mut()?;
        let is_it =
            *entry.field == *field && entry.at == now && entry.visitor.gpc == gpc && Arc::ptr_eq(&entry.site, site);
        if !is_it {
            return None;
        }
        entry.hits += 1;
        Some((entry.visitor, Rc::clone(&entry.judged)))
    }

    /// Keeps what a field came to, if the field came before.
    pub(super) fn insert(
        &mut self,
        field: &[u8],
        site: &Arc<Site>,
        now: UnixTime,
        visitor: &Visitor,
        judged: &Rc<JudgedField>,
        inventory: &Recorder,
    ) {
        let fingerprint = fingerprint(field);
        let Some(slot) = self.slot(fingerprint) else { return };
        let came_before = std::mem::replace(&mut slot.fingerprint, fingerprint) == fingerprint;
        if !came_before || field.len() > LONGEST || judged.kept() > MOST_KEPT {
            return;
        }
        let (field, site, judged) = (field.into(), Arc::clone(site), Rc::clone(judged));
        let entry = CachedCookies { field, site, at: now, visitor: *visitor, judged, hits: 0 };
        if let Some(before) = slot.entry.replace(entry) {
            before.tell(inventory);
        }
    }

    /// Forgets everything, and tells the inventory what was seen again.
    pub(super) fn clear(&mut self, inventory: &Recorder) {
        for slot in &mut self.0 {
            slot.fingerprint = 0;
            // Looked at before it is taken: an entry is large, and most are empty.
            if slot.entry.is_some()
                && let Some(entry) = slot.entry.take()
            {
                entry.tell(inventory);
            }
        }
    }

    fn slot(&mut self, fingerprint: u64) -> Option<&mut CacheSlot> {
        let index = usize::try_from(fingerprint >> 32).unwrap_or_default() % ENTRIES;
        self.0.get_mut(index)
    }
}

/// Tells most fields apart; a visitor whose fields collide gains nothing.
fn fingerprint(field: &[u8]) -> u64 {
    let (words, _) = field.as_chunks::<8>();
    let sampled = words.iter().step_by(words.len() / SAMPLES + 1).map(|word| u64::from_le_bytes(*word));
    sampled.fold(field.len() as u64, |mixed, word| (mixed.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
