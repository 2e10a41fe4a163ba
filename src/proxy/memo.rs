//! A memo of judgements: browsers send the same cookies with every request, and to find a name among a thousand patterns
//! costs more than all else that is done with it.
//!
//! How often a judgement came again is counted here as well, and told to the inventory from time to time: so a name is
//! looked up once for both.

use std::sync::Arc;

use crate::cookie::{UnixTime, name_hash};
use crate::inventory::{Recorder, Sighting};
use crate::policy::{Consent, Judgement, Policy, Subject};
use crate::telemetry::Direction;

/// More than the names of a busy site. Two that meet at one place only cost more.
const PLACES: usize = 1024;
/// A longer name is judged each time: the memo stays small whatever visitors send.
const LONGEST_NAME: usize = 64;
/// Beyond so many, all is forgotten: there are few consents, and fewer sites.
const CONTEXTS: usize = 32;

/// What one worker judged lately of the names that requests carry.
pub(super) struct Memo {
    contexts: Vec<Context>,
    places: Box<[Option<Known>]>,
}

/// What a judgement depends on beside the name.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) site: Arc<str>,
    /// Kept, so that no other policy can be at its address.
    pub(super) policy: Arc<Policy>,
    pub(super) consent: Consent,
}

impl Context {
    fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.policy, &other.policy)
            && Arc::ptr_eq(&self.site, &other.site)
            && self.consent == other.consent
    }

    fn judge(&self, name: &[u8], now: UnixTime) -> Judgement {
        self.policy.judge(Subject::Pair(name), &self.consent, now)
    }
}

struct Known {
    /// The place of its context.
    context: usize,
    sighting: Sighting,
}

impl Known {
    fn is_of(&self, context: usize, name: &[u8]) -> bool {
        self.context == context && *self.sighting.name == *name
    }
}

/// Judges the names of one request.
pub(super) struct Judge<'a> {
    memo: &'a mut Memo,
    context: Context,
    /// Its place among the contexts.
    place: usize,
    now: UnixTime,
    inventory: &'a Recorder,
}

impl Memo {
    pub(super) fn new() -> Self {
        Self { contexts: Vec::new(), places: (0..PLACES).map(|_| None).collect() }
    }

    /// For a request in this context.
    pub(super) fn judge<'a>(&'a mut self, context: Context, now: UnixTime, inventory: &'a Recorder) -> Judge<'a> {
        let place = self.contexts.iter().position(|known| known.is_same(&context)).unwrap_or_else(|| {
            if self.contexts.len() >= CONTEXTS {
                self.tell(inventory);
            }
            self.contexts.push(context.clone());
            self.contexts.len() - 1
        });
        Judge { memo: self, context, place, now, inventory }
    }

    /// Tells the inventory what was seen, and forgets it: policies may be in force no more. The worker calls it once a
    /// second.
    pub(super) fn tell(&mut self, inventory: &Recorder) {
        let known = self.places.iter_mut().filter_map(Option::take);
        known.for_each(|known| inventory.add(&known.sighting));
        self.contexts.clear();
    }
}

impl Judge<'_> {
    /// The judgement of a name.
    pub(super) fn judgement(&mut self, name: &[u8]) -> Judgement {
        // One name stands at another place in each context, or visitors who chose differently would take turns.
        let place = (name_hash(name) as usize ^ self.place.wrapping_mul(0x9e37)) % PLACES;
        let known = self.memo.places.get_mut(place);
        match known.filter(|_| name.len() <= LONGEST_NAME) {
            Some(Some(known)) if known.is_of(self.place, name) => {
                known.sighting.count += 1;
                known.sighting.judgement
            }
            Some(known) => {
                let judgement = self.context.judge(name, self.now);
                let site = Arc::clone(&self.context.site);
                let sighting = Sighting { site, name: name.into(), direction: Direction::Request, judgement, count: 1 };
                if let Some(before) = known.replace(Known { context: self.place, sighting }) {
                    self.inventory.add(&before.sighting);
                }
                judgement
            }
            None => {
                let judgement = self.context.judge(name, self.now);
                self.inventory.saw(&self.context.site, Direction::Request, name, &judgement);
                judgement
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charter::{Charter, CharterDocument};
    use crate::inventory::Inventory;

    const NOW: UnixTime = UnixTime(1_795_435_200);
    const CHOICE: &[u8] = b"%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Atrue%2C%22ga%22%3Atrue%7D";

    /// A visitor who agreed, or said nothing.
    fn context(agreed: bool) -> Context {
        let text = include_str!("../../tests/golden/policy/charter.toml");
        let document: CharterDocument = toml::from_str(text).unwrap();
        let policy = Arc::new(Policy::compile(&Charter::from_document(&document).unwrap()).unwrap());
        let choice = Some(CHOICE).filter(|_| agreed);
        let consent = policy.consent(&policy.read_choice(choice.into_iter(), NOW), false);
        Context { site: "a.fr".into(), policy, consent }
    }

    #[test]
    fn a_judgement_is_remembered_in_its_context_alone_and_every_sighting_counts() {
        let inventory = Inventory::default();
        let recorder = inventory.recorder();
        let mut memo = Memo::new();
        let long = "z".repeat(LONGEST_NAME + 1);
        let (unsaid, agreed) = (context(false), context(true));
        assert_ne!(unsaid.judge(b"_ga", NOW), agreed.judge(b"_ga", NOW));
        for context in [&unsaid, &agreed, &unsaid, &agreed] {
            let mut judge = memo.judge(context.clone(), NOW, &recorder);
            for name in ["_ga", "sessionid", "unknown", "_ga", &long] {
                assert_eq!(judge.judgement(name.as_bytes()), context.judge(name.as_bytes(), NOW), "{name}");
            }
        }
        memo.tell(&recorder);
        recorder.merge();
        let names = inventory.snapshot("a.fr").names;
        let mut seen: Vec<_> = names.iter().map(|(name, seen)| (name.as_str(), seen.request.count)).collect();
        seen.sort_unstable();
        assert_eq!(seen, [("_ga", 8), ("sessionid", 4), ("unknown", 4), (long.as_str(), 4)]);
    }

    #[test]
    fn names_and_contexts_that_meet_take_turns() {
        let recorder = Inventory::default().recorder();
        let mut memo = Memo::new();
        let context = context(false);
        for number in (0..2 * PLACES).chain(0..2 * PLACES) {
            let name = format!("a{number}");
            // Each of another site, by the same policy.
            let context = Context { site: "b.fr".into(), ..context.clone() };
            let mut judge = memo.judge(context.clone(), NOW, &recorder);
            assert_eq!(judge.judgement(name.as_bytes()), context.judge(name.as_bytes(), NOW));
            assert!(memo.contexts.len() <= CONTEXTS);
        }
    }
}
