//! A memo of judgements: browsers send the same cookies with every request, and to find a name among a thousand patterns
//! costs more than all else that is done with it.

use std::sync::Arc;

use crate::cookie::name_hash;
use crate::policy::{Consent, Judgement, Policy};

/// More than the names of a busy site. Two that meet at one place only cost more.
const PLACES: usize = 512;
/// A longer name is judged each time: the memo stays small whatever visitors send.
const LONGEST_NAME: usize = 64;

/// What was judged lately, by name; one worker's.
pub(super) struct Memo(Box<[Option<Known>]>);

struct Known {
    /// Kept, so that no other policy can be at its address.
    policy: Arc<Policy>,
    consent: Consent,
    name: Box<[u8]>,
    judgement: Judgement,
}

impl Known {
    fn is_of(&self, policy: &Arc<Policy>, consent: &Consent, name: &[u8]) -> bool {
        Arc::ptr_eq(&self.policy, policy) && *self.name == *name && self.consent == *consent
    }
}

impl Memo {
    pub(super) fn new() -> Self {
        Self((0..PLACES).map(|_| None).collect())
    }

    /// The judgement of a name that a request carries, under a policy and a consent; made by `judge` where it is new.
    pub(super) fn judgement(
        &mut self,
        policy: &Arc<Policy>,
        consent: &Consent,
        name: &[u8],
        judge: impl FnOnce() -> Judgement,
    ) -> Judgement {
        let place = self.0.get_mut(place_of(name)).filter(|_| name.len() <= LONGEST_NAME);
        match place {
            Some(Some(known)) if known.is_of(policy, consent, name) => known.judgement,
            Some(place) => {
                let known =
                    Known { policy: Arc::clone(policy), consent: *consent, name: name.into(), judgement: judge() };
                place.insert(known).judgement
            }
            None => judge(),
        }
    }

    /// Lets go of policies that may be in force no more. The worker calls it once a second.
    pub(super) fn forget(&mut self) {
        self.0.iter_mut().for_each(|place| *place = None);
    }
}

fn place_of(name: &[u8]) -> usize {
    name_hash(name) as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charter::{Charter, CharterDocument};
    use crate::cookie::UnixTime;
    use crate::policy::Subject;

    const NOW: UnixTime = UnixTime(1_795_435_200);
    const CHOICE: &[u8] = b"%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Atrue%2C%22ga%22%3Atrue%7D";

    fn policy() -> Arc<Policy> {
        let text = include_str!("../../tests/golden/policy/charter.toml");
        let document: CharterDocument = toml::from_str(text).unwrap();
        Arc::new(Policy::compile(&Charter::from_document(&document).unwrap()).unwrap())
    }

    #[test]
    fn nothing_is_judged_twice_but_under_another_consent_or_policy() {
        let (policy, other) = (policy(), policy());
        let granted = policy.consent(&policy.read_choice([CHOICE].into_iter(), NOW), false);
        assert_ne!(granted, Consent::default());
        let mut memo = Memo::new();
        let mut judged = 0;
        let mut ask = |policy: &Arc<Policy>, consent: &Consent, name: &[u8]| {
            let mut judge = || {
                judged += 1;
                policy.judge(Subject::Pair(name), consent, NOW)
            };
            let expected = policy.judge(Subject::Pair(name), consent, NOW);
            assert_eq!(memo.judgement(policy, consent, name, &mut judge), expected);
            judged
        };
        let unsaid = Consent::default();
        assert_eq!(ask(&policy, &unsaid, b"_ga"), 1);
        assert_eq!(ask(&policy, &unsaid, b"_ga"), 1);
        assert_eq!(ask(&policy, &unsaid, b"sessionid"), 2);
        assert_eq!(ask(&policy, &unsaid, b"_ga"), 2);
        assert_eq!(ask(&policy, &granted, b"_ga"), 3);
        assert_eq!(ask(&policy, &unsaid, b"_ga"), 4);
        assert_eq!(ask(&other, &unsaid, b"_ga"), 5);
        let long = [b'a'; LONGEST_NAME + 1];
        assert_eq!(ask(&other, &unsaid, &long), 6);
        assert_eq!(ask(&other, &unsaid, &long), 7);
    }

    #[test]
    fn names_that_meet_take_turns() {
        let policy = policy();
        let mut memo = Memo::new();
        let names: Vec<_> = (0..2000).map(|number| format!("a{number}")).collect();
        for name in names.iter().chain(&names) {
            let judgement = policy.judge(Subject::Pair(name.as_bytes()), &Consent::default(), NOW);
            let found = memo.judgement(&policy, &Consent::default(), name.as_bytes(), || judgement);
            assert_eq!(found, judgement);
        }
    }
}
