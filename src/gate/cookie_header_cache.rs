//! The Cookie header cache: keeps the outcome of a whole `Cookie` field, because a browser sends the same field with each
//! request of a page.
//!
//! An entry is valid for the second in which its field was judged, for the same site and the same GPC signal. It holds values
//! of cookies, so [`super::Gate::tick`] clears the cache once a second.

use std::rc::Rc;
use std::sync::Arc;

use super::Caching;
use super::request::JudgedField;
use super::visitor::Visitor;
use crate::cookie::{UnixTime, pairs};
use crate::inventory::{Recorder, Sighting};
use crate::policy::{Direction, Subject};
use crate::snapshot::Site;

/// Two fields with the same fingerprint modulo this number evict each other, which only costs time.
const ENTRIES: usize = 256;
/// A longer field, or one with more than [`MOST_KEPT`] items in its outcome, is judged each time. This bounds the memory,
/// whatever visitors send.
const LONGEST: usize = 4096;
const MOST_KEPT: usize = 128;
/// How many words of a field, evenly spread, make its fingerprint.
const SAMPLES: usize = 32;

/// The fields that one worker received lately; empty if caching is off.
pub(super) struct CookieHeaderCache(Box<[CacheSlot]>);

#[derive(Default)]
struct CacheSlot {
    /// Fingerprint of the last field. A field is copied only when it comes for the second time, because most come once.
    fingerprint: u64,
    entry: Option<CachedCookies>,
}

/// A field and its outcome.
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
    /// Tells the inventory of the names that were seen again. They are judged once more here: that gives the same verdicts,
    /// and to keep them would cost time in each request.
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

    /// Returns the visitor and the outcome of this field. `None` if it was not judged in this second for this site and this
    /// GPC signal. A hit is counted, and the inventory is told of it when the entry is removed.
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

    /// Keeps the outcome of a field, if the field was received before.
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
            // Checked before it is taken: an entry is large to move, and most are empty.
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

/// Differs for most fields. The whole field is compared after it, so a visitor who makes fields collide gains nothing.
fn fingerprint(field: &[u8]) -> u64 {
    let (words, _) = field.as_chunks::<8>();
    let sampled = words.iter().step_by(words.len() / SAMPLES + 1).map(|word| u64::from_le_bytes(*word));
    sampled.fold(field.len() as u64, |mixed, word| (mixed.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
