//! Collects the answers of a banner's cookies: each format passes them to [`Answers`], key by key.
//!
//! One [`Answers`] is for one set of parts; `banner` combines several.

use super::{Choice, Fault, KeySet, Keys, Reading};
use crate::cookie::UnixTime;

/// No banner has more keys.
const MAX_KEYS: usize = 512;

/// What a banner recorded for one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The visitor agreed.
    Granted,
    /// The visitor refused.
    Refused,
    /// The banner names the key, and nobody has answered.
    Unsaid,
}

impl Answer {
    /// Granted or refused.
    pub(super) fn of(granted: bool) -> Self {
        if granted { Self::Granted } else { Self::Refused }
    }
}

/// The answers of a banner's cookies, as far as they were read.
#[derive(Debug)]
pub(super) struct Answers<'k> {
    keys: &'k Keys,
    said: Said,
    /// How many keys were answered, in failed attempts, too.
    count: usize,
    /// Why they are outdated, in words for people.
    outdated: Option<&'static str>,
    /// Every key as it was read, for people; the proxy keeps none.
    told: Option<Vec<(String, Answer)>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Said {
    choice: Choice,
    unsaid: KeySet,
    /// Why these cookies are no choice, whatever they say.
    silence: Option<Reading>,
}

impl<'k> Answers<'k> {
    /// No answer yet.
    pub(super) fn new(keys: &'k Keys) -> Self {
        Self { keys, said: Said::default(), count: 0, outdated: None, told: None }
    }

    /// No answer yet; every key is kept, to be shown.
    pub(super) fn shown(keys: &'k Keys) -> Self {
        Self { told: Some(Vec::new()), ..Self::new(keys) }
    }

    /// The keys that the policy knows.
    pub(super) fn keys(&self) -> &'k Keys {
        self.keys
    }

    /// Notes an answer. A key that is answered twice is granted only if both grant it, and refused if either does.
    pub(super) fn say(&mut self, key: impl AsRef<[u8]>, answer: Answer) {
        let key = key.as_ref();
        if let Some(told) = &mut self.told {
            told.push((String::from_utf8_lossy(key).into_owned(), answer));
        }
        self.count += 1;
        if self.count > MAX_KEYS {
            self.is_no_choice(Reading::Unreadable);
            return;
        }
        let known = self.keys.find(key);
        let choice = &mut self.said.choice;
        choice.other_key |= known.is_empty();
        choice.other_refused |= known.is_empty() && answer == Answer::Refused;
        self.say_set(known, answer);
    }

    /// The keys that were granted so far, refused or not.
    pub(super) fn granted(&self) -> KeySet {
        self.said.choice.granted
    }

    /// Notes one answer for keys of the policy, which are not shown.
    pub(super) fn say_set(&mut self, keys: KeySet, answer: Answer) {
        let Said { choice, unsaid, .. } = &mut self.said;
        match answer {
            Answer::Granted => choice.granted = choice.granted.union(keys),
            Answer::Refused => choice.refused = choice.refused.union(keys),
            Answer::Unsaid => *unsaid = unsaid.union(keys),
        }
    }

    /// Refuses whatever else the policy knows: the banner lists what the visitor agreed to, and nothing but that.
    pub(super) fn refuse_others(&mut self) {
        let keys = self.keys;
        let others = keys.all().without(self.said.choice.granted);
        if let Some(told) = &mut self.told {
            told.extend(keys.names(others).map(|key| (key.to_owned(), Answer::Refused)));
        }
        self.say_set(others, Answer::Refused);
    }

    /// Refuses whatever the policy knows, and whatever else the banner may ask.
    pub(super) fn refuse_all(&mut self) {
        self.said.choice.granted = KeySet::EMPTY;
        self.said.choice.other_refused = true;
        self.refuse_others();
    }

    /// Takes back all grants except that of this key, which the banner grants before anybody agreed.
    pub(super) fn take_back_but(&mut self, kept: &str) {
        self.say_set(self.said.choice.granted.without(self.keys.find(kept)), Answer::Unsaid);
        for (key, answer) in self.told.iter_mut().flatten() {
            if *answer == Answer::Granted && key != kept {
                *answer = Answer::Unsaid;
            }
        }
    }

    /// Notes that a key which the policy does not know was refused.
    pub(super) fn refuse_unknown(&mut self) {
        self.said.choice.other_refused = true;
    }

    /// Shows an answer, if answers are to be shown; nothing depends on it.
    pub(super) fn show(&mut self, key: impl FnOnce() -> String, answer: Answer) {
        if let Some(told) = &mut self.told {
            told.push((key(), answer));
        }
    }

    /// Notes when the visitor chose. Of several dates the earliest counts.
    pub(super) fn date(&mut self, date: UnixTime) {
        let earlier = &mut self.said.choice.date;
        *earlier = Some(earlier.map_or(date, |earlier| earlier.min(date)));
    }

    /// Notes that these cookies answer another question than today's, and why.
    pub(super) fn is_outdated(&mut self, why: &'static str) {
        self.is_no_choice(Reading::Outdated);
        self.outdated.get_or_insert(why);
    }

    /// Why they answer another question, if that is why they are no choice.
    pub(super) fn outdated(&self) -> Option<&'static str> {
        self.outdated.filter(|_| self.said.silence == Some(Reading::Outdated))
    }

    /// The date of the answers, even if they are no choice. `None` if the cookies hold none that could be read.
    pub(super) fn date_told(&self) -> Option<UnixTime> {
        self.said.choice.date
    }

    /// Notes that these cookies are no choice of the visitor's, whatever they grant or refuse. The first reason stays.
    pub(super) fn is_no_choice(&mut self, reading: Reading) {
        self.said.silence.get_or_insert(reading);
    }

    /// Calls `read`. If it fails, its answers are discarded.
    ///
    /// # Errors
    /// Those of the attempt.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        let (said, told) = (self.said, self.told.as_ref().map(Vec::len));
        read(self).inspect_err(|_| {
            self.said = said;
            if let Some((told, length)) = self.told.as_mut().zip(told) {
                told.truncate(length);
            }
        })
    }

    /// The choice that results from the answers.
    pub(super) fn choice(&self) -> Choice {
        let Said { choice, unsaid, silence } = self.said;
        match silence {
            Some(reading) => Choice::silent(reading),
            None => Choice {
                reading: Reading::Given,
                granted: choice.granted.without(choice.refused).without(unsaid),
                ..choice
            },
        }
    }

    /// Every key as it was read, if they are to be shown.
    pub(super) fn told(self) -> Vec<(String, Answer)> {
        self.told.unwrap_or_default()
    }
}
