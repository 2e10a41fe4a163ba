//! A memo of judgements: the same cookies come with every request, and are set with every response. To find a name among a
//! thousand patterns costs more than all else that is done with it, and so does reading what a line says of its life.
//!
//! How often a judgement came again is counted here as well, and told to the inventory from time to time: so a name is
//! looked up once for both.

use std::rc::Rc;
use std::sync::Arc;

use super::cookie_header_cache::{self, CookieLines};
use super::deletions::plan::named_path;
use super::request::Filtered;
use super::visitor::Visitor;
use crate::cookie::{NameKey, SetCookie, UnixTime, pairs};
use crate::inventory::{Recorder, Sighting};
use crate::policy::{Consent, Direction, Enforcement, Judgement, Policy, Reason, Subject, Verdict};
use crate::snapshot::Site;

/// More places than a busy site has names. A name has a few to choose from, or the fifty of one visitor would meet
/// somewhere, and take turns with each request. Where all are taken, that only costs more.
const SETS: usize = 256;
const PLACES_OF_A_SET: usize = 4;
/// What is longer is judged each time: the memo stays small whatever visitors and portals send.
const LONGEST_NAME: usize = 64;
const LONGEST_ATTRIBUTES: usize = 256;
/// Beyond so many, all is forgotten: there are few consents, and fewer sites.
const CONTEXTS: usize = 32;

/// What one worker judged lately.
pub(crate) struct Memo {
    contexts: Vec<OwnContext>,
    sets: Box<[Set]>,
    lines: CookieLines,
}

type Set = [Option<Known>; PLACES_OF_A_SET];

/// By what a site's cookies are judged.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    pub(crate) site: &'a Arc<str>,
    pub(crate) policy: &'a Arc<Policy>,
    /// The site's word: a judgement does not depend on it, but what comes of it does.
    pub(crate) enforcement: Enforcement,
}

impl<'a> Rules<'a> {
    pub(crate) fn of(site: &'a Site) -> Self {
        Self { site: &site.name, policy: &site.policy, enforcement: site.enforcement }
    }

    fn are(&self, other: &Rules<'_>) -> bool {
        Arc::ptr_eq(self.policy, other.policy)
            && Arc::ptr_eq(self.site, other.site)
            && self.enforcement == other.enforcement
    }
}

/// What a judgement depends on beside the cookie and the time.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) rules: Rules<'a>,
    pub(crate) consent: Consent,
    /// Whether the path lets no response set a cookie.
    pub(crate) strip_all: bool,
}

impl Context<'_> {
    fn judge(&self, subject: Subject<'_>, now: UnixTime) -> Judgement {
        let judgement = self.rules.policy.judge(subject, &self.consent, now);
        match subject {
            Subject::SetCookie(_) => self.on_its_path(judgement),
            Subject::Pair(_) => judgement,
        }
    }

    /// Where the path decides, not consent: what is left is the same for every visitor.
    fn on_its_path(&self, judgement: Judgement) -> Judgement {
        if self.strip_all {
            return Judgement { verdict: Verdict::Drop, reason: Reason::PathStripped, ..judgement };
        }
        judgement
    }
}

/// A context, kept: so that no other policy can be at its address.
struct OwnContext {
    site: Arc<str>,
    policy: Arc<Policy>,
    enforcement: Enforcement,
    consent: Consent,
    strip_all: bool,
}

impl From<&Context<'_>> for OwnContext {
    fn from(context: &Context<'_>) -> Self {
        let Context { rules: Rules { site, policy, enforcement }, consent, strip_all } = *context;
        Self { site: Arc::clone(site), policy: Arc::clone(policy), enforcement, consent, strip_all }
    }
}

impl OwnContext {
    fn rules(&self) -> Rules<'_> {
        Rules { site: &self.site, policy: &self.policy, enforcement: self.enforcement }
    }

    fn as_context(&self) -> Context<'_> {
        Context { rules: self.rules(), consent: self.consent, strip_all: self.strip_all }
    }

    /// Tells of the names in a line that came again: they are judged anew, for that depends on nothing else.
    fn tell(&self, line: &cookie_header_cache::Known, inventory: &Recorder) {
        if line.again == 0 {
            return;
        }
        for name in pairs(&line.line).filter_map(|pair| pair.name) {
            let judgement = self.as_context().judge(Subject::Pair(name), line.at);
            let (site, direction) = (Arc::clone(&self.site), Direction::Request);
            inventory.add(&Sighting { site, name: name.into(), direction, judgement, count: line.again });
        }
    }

    fn is(&self, context: &Context<'_>) -> bool {
        self.rules().are(&context.rules) && self.strip_all == context.strip_all && self.consent == context.consent
    }
}

struct Known {
    key: Key,
    /// What follows the value; empty for a pair of a request.
    attributes: Vec<u8>,
    /// When it was judged: dates are read by it.
    at: UnixTime,
    /// Whether the line says itself which path the cookie is for.
    names_path: bool,
    sighting: Sighting,
}

/// What is looked up first, and tells nearly all apart.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    name: NameKey,
    /// The place of the context.
    context: usize,
    direction: Direction,
}

impl Key {
    /// One name stands in another set for each context, or visitors who chose differently would take turns.
    fn set(&self) -> usize {
        (self.name.hash() as usize ^ self.context.wrapping_mul(0x9e37) ^ self.direction as usize) % SETS
    }
}

impl Known {
    fn is_of(&self, key: Key, name: &[u8]) -> bool {
        self.key == key && (key.name.is_unique() || *self.sighting.name == *name)
    }
}

/// The judgement of a line.
#[derive(Clone, Copy)]
pub(crate) struct Judged {
    pub(crate) judgement: Judgement,
    /// Whether its like came shortly before, and said then all that it says of its cookie's path.
    pub(crate) path_is_known: bool,
}

/// Judges the cookies of one message.
pub(crate) struct Judge<'a> {
    memo: &'a mut Memo,
    context: Context<'a>,
    /// Its place among the contexts.
    place: usize,
    now: UnixTime,
    inventory: &'a Recorder,
}

impl Memo {
    pub(crate) fn new() -> Self {
        Self { contexts: Vec::new(), sets: (0..SETS).map(|_| Set::default()).collect(), lines: CookieLines::new() }
    }

    /// For a message in this context.
    pub(crate) fn judge<'a>(&'a mut self, context: Context<'a>, now: UnixTime, inventory: &'a Recorder) -> Judge<'a> {
        let place = self.contexts.iter().position(|known| known.is(&context)).unwrap_or_else(|| {
            if self.contexts.len() >= CONTEXTS {
                self.tell(inventory);
            }
            self.contexts.push(OwnContext::from(&context));
            self.contexts.len() - 1
        });
        Judge { memo: self, context, place, now, inventory }
    }

    /// Who sent a whole `Cookie` line, and what it came to, when it came last: in the same second, with the same `gpc` and
    /// by the same rules.
    pub(crate) fn again(
        &mut self,
        line: &[u8],
        gpc: bool,
        rules: &Rules<'_>,
        now: UnixTime,
    ) -> Option<(Visitor, Rc<Filtered>)> {
        let known = self.lines.find(line)?;
        let context = self.contexts.get(known.context)?;
        if known.at != now || known.visitor.gpc != gpc || !context.rules().are(rules) {
            return None;
        }
        known.again += 1;
        Some((known.visitor, Rc::clone(&known.filtered)))
    }

    /// Tells the inventory what was seen, and forgets it: policies may be in force no more. The worker calls it once a
    /// second.
    pub(crate) fn tell(&mut self, inventory: &Recorder) {
        for line in self.lines.drain() {
            self.contexts.get(line.context).into_iter().for_each(|context| context.tell(&line, inventory));
        }
        let known = self.sets.iter_mut().flatten().filter_map(Option::take);
        known.for_each(|known| inventory.add(&known.sighting));
        self.contexts.clear();
    }
}

impl Judge<'_> {
    /// The judgement of the name of a request's pair.
    #[inline]
    pub(crate) fn pair(&mut self, name: &[u8]) -> Judgement {
        let key = self.key(name, Direction::Request);
        if let Some(known) = self.known(key, name, &[]) {
            return known.sighting.judgement;
        }
        self.judged_anew(key, Subject::Pair(name), name, &[])
    }

    /// The judgement of a response's line. Where it is to amend, it is not noted: what comes of it is yet to be seen.
    #[inline]
    pub(crate) fn line(&mut self, line: &SetCookie<'_>) -> Judged {
        let (name, attributes) = (line.name(), line.attribute_text());
        let key = self.key(name, Direction::Response);
        if let Some(known) = self.known(key, name, attributes) {
            return Judged { judgement: known.sighting.judgement, path_is_known: known.names_path };
        }
        let judgement = self.judged_anew(key, Subject::SetCookie(line), name, attributes);
        Judged { judgement, path_is_known: false }
    }

    /// Keeps who sent a whole `Cookie` line, and what it came to, where it came before.
    pub(crate) fn remember(&mut self, line: &[u8], visitor: &Visitor, filtered: &Rc<Filtered>) {
        let known = |line| {
            let (context, at, filtered) = (self.place, self.now, Rc::clone(filtered));
            cookie_header_cache::Known { line, context, at, visitor: *visitor, filtered, again: 0 }
        };
        let before = self.memo.lines.remember(line, known);
        if let Some((context, before)) =
            before.and_then(|before| Some((self.memo.contexts.get(before.context)?, before)))
        {
            context.tell(&before, self.inventory);
        }
    }

    /// Whether a judgement is carried out.
    pub(crate) fn enforces(&self, judgement: &Judgement) -> bool {
        let Rules { policy, enforcement, .. } = self.context.rules;
        policy.enforcement(judgement.category, enforcement) == Enforcement::Enforce
    }

    /// The judgement of a line that is no cookie.
    pub(crate) fn unreadable(&self) -> Judged {
        Judged { judgement: self.context.on_its_path(Judgement::UNREADABLE), path_is_known: false }
    }

    /// When it is.
    pub(crate) fn now(&self) -> UnixTime {
        self.now
    }

    /// Notes what came of an amendment.
    pub(crate) fn note(&self, line: &SetCookie<'_>, judgement: &Judgement) {
        self.inventory.saw(self.context.rules.site, Direction::Response, line.name(), judgement);
    }

    #[inline]
    fn key(&self, name: &[u8], direction: Direction) -> Key {
        Key { name: NameKey::of(name), context: self.place, direction }
    }

    /// What was judged before, and is seen once more.
    #[inline]
    fn known(&mut self, key: Key, name: &[u8], attributes: &[u8]) -> Option<&Known> {
        let set = self.memo.sets.get_mut(key.set())?;
        let known = set.iter_mut().flatten().find(|known| known.is_of(key, name))?;
        if known.at != self.now || *known.attributes != *attributes {
            return None;
        }
        known.sighting.count += 1;
        Some(known)
    }

    #[cold]
    fn judged_anew(&mut self, key: Key, subject: Subject<'_>, name: &[u8], attributes: &[u8]) -> Judgement {
        let judgement = self.context.judge(subject, self.now);
        if matches!((subject, judgement.verdict), (Subject::SetCookie(_), Verdict::Amend(_))) {
            return judgement;
        }
        if name.len() > LONGEST_NAME || attributes.len() > LONGEST_ATTRIBUTES {
            self.inventory.saw(self.context.rules.site, key.direction, name, &judgement);
            return judgement;
        }
        let names_path = matches!(subject, Subject::SetCookie(line) if named_path(line).is_some());
        let place = self.memo.sets.get_mut(key.set()).and_then(|set| place_for(key, name, set));
        match place {
            Some(Some(known)) if known.is_of(key, name) && known.sighting.judgement == judgement => {
                known.sighting.count += 1;
                (known.at, known.names_path) = (self.now, names_path);
                known.attributes.clear();
                known.attributes.extend_from_slice(attributes);
            }
            place => {
                let (site, direction) = (Arc::clone(self.context.rules.site), key.direction);
                let sighting = Sighting { site, name: name.into(), direction, judgement, count: 1 };
                let known = Known { key, attributes: attributes.to_vec(), at: self.now, names_path, sighting };
                if let Some(before) = place.and_then(|place| place.replace(known)) {
                    self.inventory.add(&before.sighting);
                }
            }
        }
        judgement
    }
}

/// Where a name stands, else where there is room, else where another gives way.
fn place_for<'a>(key: Key, name: &[u8], set: &'a mut Set) -> Option<&'a mut Option<Known>> {
    let its_own = set.iter().position(|place| place.as_ref().is_some_and(|known| known.is_of(key, name)));
    let place = its_own.or_else(|| set.iter().position(Option::is_none)).unwrap_or_default();
    set.get_mut(place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::charter::{Charter, CharterDocument};
    use crate::consent::Reading;
    use crate::gate::request;
    use crate::inventory::Inventory;

    const NOW: UnixTime = UnixTime(1_795_435_200);
    const AGREED: &str =
        "cookies_preferences=%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Atrue%2C%22ga%22%3Atrue%7D";

    /// A visitor who agreed, or said nothing.
    fn context(agreed: bool) -> OwnContext {
        let text = include_str!("../../tests/golden/policy/charter.toml");
        let document: CharterDocument = toml::from_str(text).unwrap();
        let policy = Arc::new(Policy::compile(&Charter::from_document(&document).unwrap()).unwrap());
        let line = agreed.then_some(AGREED.as_bytes());
        let consent = request::read_visitor(line, &policy, false, NOW).consent;
        OwnContext { site: "a.fr".into(), policy, enforcement: Enforcement::Enforce, consent, strip_all: false }
    }

    fn judge_pair(context: &OwnContext, name: &[u8]) -> Judgement {
        context.as_context().judge(Subject::Pair(name), NOW)
    }

    #[test]
    fn a_judgement_is_remembered_in_its_context_alone_and_every_sighting_counts() {
        let inventory = Inventory::default();
        let recorder = inventory.recorder();
        let mut memo = Memo::new();
        let long = "z".repeat(LONGEST_NAME + 1);
        let (unsaid, agreed) = (context(false), context(true));
        assert_ne!(judge_pair(&unsaid, b"_ga"), judge_pair(&agreed, b"_ga"));
        for context in [&unsaid, &agreed, &unsaid, &agreed] {
            let mut judge = memo.judge(context.as_context(), NOW, &recorder);
            for name in ["_ga", "sessionid", "unknown", "_ga", &long] {
                assert_eq!(judge.pair(name.as_bytes()), judge_pair(context, name.as_bytes()), "{name}");
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
        for number in [0..2000, 0..2000].into_iter().flatten() {
            let name = format!("a{number}");
            // Each of another site, by the same policy.
            let site = "b.fr".into();
            let rules = Rules { site: &site, ..context.rules() };
            let mut judge = memo.judge(Context { rules, ..context.as_context() }, NOW, &recorder);
            assert_eq!(judge.pair(name.as_bytes()), judge_pair(&context, name.as_bytes()));
            assert!(memo.contexts.len() <= CONTEXTS);
        }
    }

    #[test]
    fn a_choice_lapses_to_the_second_although_its_line_is_known() {
        let recorder = Inventory::default().recorder();
        let mut memo = Memo::new();
        let context = context(false);
        // Six months are 181 days (`crate::charter`).
        let line = format!(r#"cookies_preferences={{"matomo":true,"timestamp":{}}}"#, NOW.0 - 181 * 86_400);
        let readings = [0, 0, 0, 1].map(|later| {
            let (rules, now) = (context.rules(), NOW.plus(later));
            request::read(line.as_bytes(), false, rules, now, &mut memo, &recorder).0.choice.reading
        });
        assert_eq!(readings, [Reading::Given, Reading::Given, Reading::Given, Reading::Expired]);
    }

    #[test]
    fn the_names_of_a_site_do_not_take_turns() {
        let recorder = Inventory::default().recorder();
        let mut memo = Memo::new();
        let context = context(false);
        let mut judge = memo.judge(context.as_context(), NOW, &recorder);
        let names: Vec<_> = (0..250).map(|number| format!("app_{number}")).collect();
        for name in &names {
            judge.pair(name.as_bytes());
        }
        let known = |name: &&String| {
            judge.known(judge.key(name.as_bytes(), Direction::Request), name.as_bytes(), &[]).is_some()
        };
        let known = names.iter().filter(known).count();
        assert!(known > 245, "{known}");
    }

    #[test]
    fn the_path_of_a_line_is_known_once_it_has_named_it() {
        let recorder = Inventory::default().recorder();
        let mut memo = Memo::new();
        let context = context(false);
        let lines =
            ["_ga=1; Path=/a", "_ga=2; Path=/a", "_ga=2; Path=/b", "_ga=2", "_ga=2", "_ga=3; path=a", "_ga=3; path=a"];
        let known = lines.map(|line| {
            let mut judge = memo.judge(context.as_context(), NOW, &recorder);
            judge.line(&SetCookie::parse(line.as_bytes()).unwrap()).path_is_known
        });
        assert_eq!(known, [false, true, false, false, false, false, false]);
    }

    proptest! {
        /// Whatever came before: a judgement is that of the policy, and each is noted once.
        #[test]
        fn what_is_remembered_is_what_would_be_judged(
            lines in proptest::collection::vec((
                prop_oneof![Just("_ga"), Just("sessionid"), Just("audience"), Just("unknown")],
                prop_oneof![
                    Just(""), Just("; Path=/"), Just("; Max-Age=0"), Just("; Max-Age=1"),
                    // A deletion from one second after NOW on.
                    Just("; Expires=Mon, 23 Nov 2026 00:00:00 GMT"),
                ],
                any::<(bool, bool)>(),
                -1_i64..=1,
            ), 1..40),
        ) {
            let inventory = Inventory::default();
            let recorder = inventory.recorder();
            let mut memo = Memo::new();
            let contexts = [false, true].map(context);
            for (name, attributes, (agreed, strip_all), later) in &lines {
                let context = Context { strip_all: *strip_all, ..contexts[usize::from(*agreed)].as_context() };
                let now = NOW.plus(*later);
                let line = format!("{name}=v{attributes}");
                let line = SetCookie::parse(line.as_bytes()).unwrap();
                let mut judge = memo.judge(context, now, &recorder);
                let Judged { judgement, .. } = judge.line(&line);
                prop_assert_eq!(judgement, context.judge(Subject::SetCookie(&line), now));
                if matches!(judgement.verdict, Verdict::Amend(_)) {
                    judge.note(&line, &judgement);
                }
            }
            memo.tell(&recorder);
            recorder.merge();
            let seen: u64 = inventory.snapshot("a.fr").names.iter().map(|(_, seen)| seen.response.count).sum();
            prop_assert_eq!(seen, lines.len() as u64);
        }

        /// Whatever came before: a line says and comes to what it would alone, and each of its names is noted once.
        #[test]
        fn a_line_that_comes_again_comes_to_the_same(
            lines in proptest::collection::vec((
                proptest::collection::vec(
                    prop_oneof![
                        Just("_ga=1"), Just("sessionid=2"), Just("unknown=3"), Just("unknown=4"), Just("x"), Just(""),
                        Just(AGREED), Just("cookies_preferences=%7B%7D"),
                    ],
                    1..4,
                ),
                any::<bool>(),
                prop_oneof![Just(Enforcement::Enforce), Just(Enforcement::ReportOnly)],
                0..2_i64,
            ), 1..60),
        ) {
            let inventory = Inventory::default();
            let recorder = inventory.recorder();
            let mut memo = Memo::new();
            let context = context(false);
            for (pairs, gpc, enforcement, later) in &lines {
                let rules = Rules { enforcement: *enforcement, ..context.rules() };
                let line = pairs.join("; ");
                let read = |memo: &mut Memo, recorder: &Recorder| {
                    let (line, now) = (line.as_bytes(), NOW.plus(*later));
                    let (visitor, filtered) = request::read(line, *gpc, rules, now, memo, recorder);
                    format!("{visitor:?} {filtered:?}")
                };
                let alone = read(&mut Memo::new(), &Inventory::default().recorder());
                prop_assert_eq!(read(&mut memo, &recorder), alone);
            }
            memo.tell(&recorder);
            recorder.merge();
            let seen: u64 = inventory.snapshot("a.fr").names.iter().map(|(_, seen)| seen.request.count).sum();
            let named = lines.iter().flat_map(|(pairs, ..)| pairs).filter(|pair| pair.contains('=')).count();
            prop_assert_eq!(seen, named as u64);
        }
    }
}
