//! The verdict cache: keeps the verdict on each cookie, because visitors send the same cookies with every request, and the
//! portal sets the same ones with every response.
//!
//! Finding a name among a thousand patterns, and reading a line's lifetime, cost more than all other work on a cookie. So a
//! verdict is kept for the second in which it was given. It depends on the name, the attributes, the time and the [`Scope`],
//! and all of them are compared.
//!
//! An entry also counts how often its cookie was seen, and tells the inventory when it is removed, so that one lookup serves
//! both. With [`Caching::Off`] there are no entries, and the inventory is told each sighting at once.

use std::sync::Arc;

use super::Caching;
use super::page_path::PagePath;
use crate::cookie::{FoldedPath, NameKey, SetCookie, UnixTime};
use crate::inventory::{Recorder, SeenAttributes, Sighting};
use crate::policy::{Consent, Direction, Enforcement, Judgement, Reason, Subject, Verdict};
use crate::snapshot::Site;

/// More sets than a busy site has names, with a few entries in each. With one entry in a set, the fifty cookies of a visitor
/// would evict each other with every request.
const SETS: usize = 256;
const ENTRIES_OF_A_SET: usize = 4;
/// A cookie with a longer name or attributes is judged each time. This bounds the cache, whatever visitors and portals send.
const LONGEST_NAME: usize = 64;
const LONGEST_ATTRIBUTES: usize = 256;
/// With more scopes than this, the cache is cleared. Few are expected: there are few consents, and fewer sites.
const MOST_SCOPES: usize = 32;

/// What one worker judged lately.
pub(super) struct VerdictCache {
    scopes: Vec<OwnScope>,
    /// None if caching is off.
    sets: Box<[Set]>,
}

type Set = [Option<CachedVerdict>; ENTRIES_OF_A_SET];

/// What a verdict depends on beside the cookie and the time.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Compared by address: a reload makes new sites, so that no verdict outlives its charter.
    pub(super) site: &'a Arc<Site>,
    /// The visitor's consent, the only thing of the visitor that decides.
    pub(super) consent: Consent,
    /// Whether the path lets no response set a cookie.
    pub(super) strip_all: bool,
}

impl Scope<'_> {
    fn judge(&self, subject: Subject<'_>, now: UnixTime) -> Judgement {
        let judgement = self.site.policy.judge(subject, &self.consent, now);
        match subject {
            Subject::SetCookie(_) => self.on_its_path(judgement),
            Subject::Pair(_) => judgement,
        }
    }

    /// On a path with `strip_all`, the path decides and not consent: the response is the same for every visitor.
    fn on_its_path(&self, judgement: Judgement) -> Judgement {
        if self.strip_all {
            return Judgement { verdict: Verdict::Drop, reason: Reason::PathStripped, ..judgement };
        }
        judgement
    }
}

/// A scope that holds its site, so that no other site can be allocated at the same address.
struct OwnScope {
    site: Arc<Site>,
    consent: Consent,
    strip_all: bool,
}

impl OwnScope {
    fn is(&self, scope: &Scope<'_>) -> bool {
        Arc::ptr_eq(&self.site, scope.site) && self.strip_all == scope.strip_all && self.consent == scope.consent
    }
}

/// The verdict on a cookie.
struct CachedVerdict {
    key: Key,
    name: Box<[u8]>,
    /// What follows the value; empty for a pair of a request.
    attributes: Vec<u8>,
    /// When it was judged.
    at: UnixTime,
    judgement: Judgement,
    /// Whether the line says itself which path the cookie is for, and that is not `/`.
    names_path: bool,
    /// How often the judgement was carried out as it stands.
    count: u64,
    /// Another outcome of the same judgement, and how often: an amendment may find nothing to change, and a `Domain` may be
    /// rewritten.
    other: Option<(Judgement, u64)>,
    /// Whether `other` was the last outcome.
    other_is_last: bool,
    /// The path of the first page that it was seen on.
    page: Option<FoldedPath>,
    /// What earlier lines of the name, with other attributes, asked for.
    earlier: SeenAttributes,
}

/// Compared first; differs for nearly all entries.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    name: NameKey,
    /// The index of the scope.
    scope: usize,
    direction: Direction,
}

impl Key {
    /// A name has another set in each scope. Otherwise visitors who chose differently would evict each other's entries.
    fn set(&self) -> usize {
        (self.name.hash() as usize ^ self.scope.wrapping_mul(0x9e37) ^ self.direction as usize) % SETS
    }
}

impl CachedVerdict {
    fn is_of(&self, key: Key, name: &[u8]) -> bool {
        self.key == key && (key.name.is_unique() || *self.name == *name)
    }

    /// Counts the outcome and returns it: `other` if there is one, else the judgement itself.
    #[inline]
    fn count(&mut self, other: Option<Judgement>, site: &Site, inventory: &Recorder) -> Judgement {
        self.other_is_last = other.is_some();
        match other {
            None => {
                self.count += 1;
                self.judgement
            }
            Some(other) => {
                self.count_other(other, site, inventory);
                other
            }
        }
    }

    fn count_other(&mut self, outcome: Judgement, site: &Site, inventory: &Recorder) {
        match &mut self.other {
            Some((other, count)) if *other == outcome => *count += 1,
            other => {
                if let Some((other, count)) = other.replace((outcome, 1)) {
                    inventory.saw(&self.sighting(site, &other, count));
                }
            }
        }
    }

    fn sighting<'a>(&'a self, site: &'a Site, judgement: &'a Judgement, count: u64) -> Sighting<'a> {
        Sighting {
            site: &site.name,
            charter_hash: &site.charter_hash,
            direction: self.key.direction,
            name: &self.name,
            judgement,
            count,
            path: self.page.as_ref(),
            attributes: None,
        }
    }

    /// What all lines of the name asked for.
    fn asked(&self) -> Option<SeenAttributes> {
        (self.key.direction == Direction::Response).then(|| {
            let mut asked = SeenAttributes::of(&self.name, &self.attributes, self.at);
            asked.absorb(&self.earlier);
            asked
        })
    }

    /// Makes the entry valid for this moment and for a line with these attributes.
    fn renew(&mut self, attributes: &[u8], now: UnixTime, names_path: bool) {
        if *self.attributes != *attributes {
            self.earlier = self.asked().unwrap_or_default();
            self.attributes.clear();
            self.attributes.extend_from_slice(attributes);
        }
        (self.at, self.names_path) = (now, names_path);
    }

    /// Tells the inventory the counts; the last outcome comes last. `scopes`: those of the cache.
    fn tell(&self, scopes: &[OwnScope], inventory: &Recorder) {
        let Some(OwnScope { site, .. }) = scopes.get(self.key.scope) else { return };
        let mut counted = [Some((self.judgement, self.count)), self.other];
        if !self.other_is_last {
            counted.reverse();
        }
        let asked = self.asked();
        for (judgement, count) in counted.into_iter().flatten().filter(|(_, count)| *count > 0) {
            inventory.saw(&Sighting { attributes: asked.as_ref(), ..self.sighting(site, &judgement, count) });
        }
    }
}

/// A site's policy for one message, through the cache.
pub(super) struct CachedPolicy<'a> {
    cache: &'a mut VerdictCache,
    scope: Scope<'a>,
    /// The index of the scope.
    index: usize,
    page: PagePath<'a>,
    now: UnixTime,
    inventory: &'a Recorder,
}

impl VerdictCache {
    /// With [`Caching::Off`] each name is judged anew, and each sighting is told at once.
    pub(super) fn new(caching: Caching) -> Self {
        let sets = match caching {
            Caching::On => SETS,
            Caching::Off => 0,
        };
        Self { scopes: Vec::new(), sets: (0..sets).map(|_| Set::default()).collect() }
    }

    /// The policy for a message in this scope, of the page of this path.
    pub(super) fn policy<'a>(
        &'a mut self,
        scope: Scope<'a>,
        page: &'a [u8],
        now: UnixTime,
        inventory: &'a Recorder,
    ) -> CachedPolicy<'a> {
        let index = self.scopes.iter().position(|known| known.is(&scope)).unwrap_or_else(|| {
            if self.scopes.len() >= MOST_SCOPES {
                self.clear(inventory);
            }
            let Scope { site, consent, strip_all } = scope;
            self.scopes.push(OwnScope { site: Arc::clone(site), consent, strip_all });
            self.scopes.len() - 1
        });
        CachedPolicy { cache: self, scope, index, page: PagePath::new(page), now, inventory }
    }

    /// The entry of a cookie that was judged in this second. Always inlined: otherwise unrelated changes of the code decide
    /// whether the compiler does so, and a call costs 55 instructions for each cookie.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn lookup(&mut self, key: Key, name: &[u8], attributes: &[u8], now: UnixTime) -> Option<&mut CachedVerdict> {
        let set = self.sets.get_mut(key.set())?;
        let known = set.iter_mut().flatten().find(|entry| entry.is_of(key, name))?;
        (known.at == now && *known.attributes == *attributes).then_some(known)
    }

    /// Forgets everything, and tells the inventory what was seen.
    pub(super) fn clear(&mut self, inventory: &Recorder) {
        let scopes = std::mem::take(&mut self.scopes);
        // Checked before it is taken: an entry is large to move, and most are empty.
        for entry in self.sets.iter_mut().flatten().filter(|entry| entry.is_some()).filter_map(Option::take) {
            entry.tell(&scopes, inventory);
        }
    }
}

impl CachedPolicy<'_> {
    /// The judgement of a request's pair, by its name.
    #[inline]
    pub(super) fn judge_pair(&mut self, name: &[u8]) -> Judgement {
        let key = self.key(name, Direction::Request);
        if let Some(known) = self.cache.lookup(key, name, &[], self.now) {
            known.count += 1;
            return known.judgement;
        }
        let subject = Subject::Pair(name);
        match self.judge_anew(key, subject, name, &[]) {
            Some(known) => {
                known.count += 1;
                known.judgement
            }
            None => self.judge_uncached(key, subject, name, |_| (None, ())).0,
        }
    }

    /// Returns the judgement of a response's line, the second result of `carry_out`, and whether the line may name a path
    /// other than `/`. If `carry_out` returns another judgement as well, that one is counted and returned.
    #[inline]
    pub(super) fn judge_line<R>(
        &mut self,
        line: &SetCookie<'_>,
        carry_out: impl FnOnce(&Judgement) -> (Option<Judgement>, R),
    ) -> (Judgement, R, bool) {
        let (name, attributes) = (line.name(), line.attribute_text());
        let key = self.key(name, Direction::Response);
        let (inventory, site) = (self.inventory, self.scope.site);
        if let Some(known) = self.cache.lookup(key, name, attributes, self.now) {
            let (other, result) = carry_out(&known.judgement);
            return (known.count(other, site, inventory), result, known.names_path);
        }
        let subject = Subject::SetCookie(line);
        if let Some(known) = self.judge_anew(key, subject, name, attributes) {
            let (other, result) = carry_out(&known.judgement);
            return (known.count(other, site, inventory), result, known.names_path);
        }
        let (judgement, result) = self.judge_uncached(key, subject, name, carry_out);
        (judgement, result, true)
    }

    /// The judgement of a line that is no cookie.
    pub(super) fn unreadable(&self) -> Judgement {
        self.scope.on_its_path(Judgement::UNREADABLE)
    }

    /// Whether a judgement is carried out.
    pub(super) fn enforces(&self, judgement: &Judgement) -> bool {
        let Site { policy, enforcement, .. } = &**self.scope.site;
        policy.enforcement(judgement.category, *enforcement) == Enforcement::Enforce
    }

    #[inline]
    fn key(&self, name: &[u8], direction: Direction) -> Key {
        Key { name: NameKey::of(name), scope: self.index, direction }
    }

    /// Judges a cookie that gets no entry.
    #[cold]
    fn judge_uncached<R>(
        &self,
        key: Key,
        subject: Subject<'_>,
        name: &[u8],
        carry_out: impl FnOnce(&Judgement) -> (Option<Judgement>, R),
    ) -> (Judgement, R) {
        let judgement = self.scope.judge(subject, self.now);
        let (other, result) = carry_out(&judgement);
        let outcome = other.unwrap_or(judgement);
        let asked = match subject {
            Subject::SetCookie(line) => Some(SeenAttributes::of(name, line.attribute_text(), self.now)),
            Subject::Pair(_) => None,
        };
        let Site { name: site, charter_hash, .. } = &**self.scope.site;
        self.inventory.saw(&Sighting {
            site,
            charter_hash,
            direction: key.direction,
            name,
            judgement: &outcome,
            count: 1,
            path: FoldedPath::of(self.page.path).as_ref(),
            attributes: asked.as_ref(),
        });
        (outcome, result)
    }

    /// Judges a cookie that has no entry of this second, and makes one; `None` if it gets none.
    #[cold]
    fn judge_anew(
        &mut self,
        key: Key,
        subject: Subject<'_>,
        name: &[u8],
        attributes: &[u8],
    ) -> Option<&mut CachedVerdict> {
        if name.len() > LONGEST_NAME || attributes.len() > LONGEST_ATTRIBUTES {
            return None;
        }
        let VerdictCache { sets, scopes } = &mut *self.cache;
        let slot = slot_for(key, name, sets.get_mut(key.set())?)?;
        let judgement = self.scope.judge(subject, self.now);
        let names_path = match subject {
            Subject::SetCookie(line) => line.named_path().is_some_and(|path| path != b"/"),
            Subject::Pair(_) => false,
        };
        match &mut *slot {
            Some(known) if known.is_of(key, name) && known.judgement == judgement => {
                known.renew(attributes, self.now, names_path);
            }
            slot => {
                let entry = CachedVerdict {
                    key,
                    name: name.into(),
                    attributes: attributes.to_vec(),
                    at: self.now,
                    judgement,
                    names_path,
                    count: 0,
                    other: None,
                    other_is_last: false,
                    page: self.page.folded(),
                    earlier: SeenAttributes::default(),
                };
                if let Some(before) = slot.replace(entry) {
                    before.tell(scopes, self.inventory);
                }
            }
        }
        slot.as_mut()
    }
}

/// The slot of a name's entry, else a free one, else one whose entry will be replaced.
fn slot_for<'a>(key: Key, name: &[u8], set: &'a mut Set) -> Option<&'a mut Option<CachedVerdict>> {
    let its_own = set.iter().position(|entry| entry.as_ref().is_some_and(|entry| entry.is_of(key, name)));
    let index = its_own.or_else(|| set.iter().position(Option::is_none)).unwrap_or_default();
    set.get_mut(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cookie::Amendment;
    use crate::gate::testing::{NOW, recorder, site};
    use crate::inventory::Inventory;

    fn scope(site: &Arc<Site>) -> Scope<'_> {
        Scope { site, consent: Consent::default(), strip_all: false }
    }

    fn judged(site: &Arc<Site>, name: &str) -> Judgement {
        scope(site).judge(Subject::Pair(name.as_bytes()), NOW)
    }

    #[test]
    fn every_sighting_counts_also_of_a_name_that_is_too_long_to_keep() {
        let (inventory, site, long) = (Inventory::default(), site(""), "z".repeat(LONGEST_NAME + 1));
        let recorder = inventory.recorder();
        let mut cache = VerdictCache::new(Caching::On);
        for _ in 0..4 {
            let mut policy = cache.policy(scope(&site), b"/page", NOW, &recorder);
            for name in ["_ga", "sessionid", "unknown", "_ga", &long] {
                assert_eq!(policy.judge_pair(name.as_bytes()), judged(&site, name), "{name}");
            }
        }
        cache.clear(&recorder);
        recorder.merge();
        let names = inventory.snapshot(&site.name).names;
        let mut seen: Vec<_> = names.iter().map(|(name, seen)| (name.as_str(), seen.request.count())).collect();
        seen.sort_unstable();
        assert_eq!(seen, [("_ga", 8), ("sessionid", 4), ("unknown", 4), (long.as_str(), 4)]);
    }

    #[test]
    fn the_inventory_shows_what_came_last() {
        let site = site("");
        let line = SetCookie::parse(b"sessionid=1").unwrap();
        for amended in [[true, false], [false, true]] {
            let (inventory, mut cache) = (Inventory::default(), VerdictCache::new(Caching::On));
            let recorder = inventory.recorder();
            let mut policy = cache.policy(scope(&site), b"/page", NOW, &recorder);
            for amended in amended {
                policy.judge_line(&line, |judgement| {
                    (amended.then_some(Judgement { verdict: Verdict::Amend(Amendment::NONE), ..*judgement }), ())
                });
            }
            cache.clear(&recorder);
            recorder.merge();
            let seen = inventory.snapshot(&site.name).names[0].1.response;
            let expected = if amended[1] { "amend" } else { "pass" };
            assert_eq!((seen.count(), seen.last.unwrap().verdict), (2, expected));
        }
    }

    #[test]
    fn more_names_and_scopes_than_there_is_room_for_are_judged_right() {
        let (recorder, mut cache) = (recorder(), VerdictCache::new(Caching::On));
        let sites: Vec<_> = (0..MOST_SCOPES + 3).map(|_| site("")).collect();
        for number in [0..2000, 0..2000].into_iter().flatten() {
            let (name, site) = (format!("a{number}"), &sites[number % sites.len()]);
            let mut policy = cache.policy(scope(site), b"/page", NOW, &recorder);
            assert_eq!(policy.judge_pair(name.as_bytes()), judged(site, &name));
            assert!(cache.scopes.len() <= MOST_SCOPES);
        }
    }

    #[test]
    fn the_names_of_a_site_do_not_evict_each_other() {
        let (recorder, site, mut cache) = (recorder(), site(""), VerdictCache::new(Caching::On));
        let names: Vec<_> = (0..250).map(|number| format!("app_{number}")).collect();
        let mut policy = cache.policy(scope(&site), b"/page", NOW, &recorder);
        for name in &names {
            policy.judge_pair(name.as_bytes());
        }
        let mut is_known = |name: &&String| {
            let name = name.as_bytes();
            let key = Key { name: NameKey::of(name), scope: 0, direction: Direction::Request };
            cache.lookup(key, name, &[], NOW).is_some()
        };
        let known = names.iter().filter(|name| is_known(name)).count();
        assert!(known > 245, "{known}");
    }

    #[test]
    fn a_line_that_names_another_path_than_the_root_is_told_apart() {
        let (recorder, site, mut cache) = (recorder(), site(""), VerdictCache::new(Caching::On));
        for (line, expected) in
            [("_ga=1; Path=/a", true), ("_ga=2; path=/b", true), ("_ga=2; Path=/", false), ("_ga=2", false)]
        {
            let line = SetCookie::parse(line.as_bytes()).unwrap();
            for _ in 0..2 {
                let mut policy = cache.policy(scope(&site), b"/page", NOW, &recorder);
                assert_eq!(policy.judge_line(&line, |_| (None, ())).2, expected, "{line:?}");
            }
        }
    }
}
