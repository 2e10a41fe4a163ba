//! Maps the keys of the choice to the categories of the charter.
//!
//! `consent` (the module of the core) reads the answer for each key; here the charter decides which category a key grants.

use memchr::memmem::Finder;

use super::{CategoryId, CategorySet, CompiledCategory, Policy};
use crate::charter::{CategoryIndex, Combine, Gpc, Need};
use crate::consent::{Banner, Choice, Choices, KeySet, Reading};
use crate::cookie::UnixTime;

/// What one visitor's choice grants, by the policy of one site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    granted: CategorySet,
    refused: CategorySet,
    granted_keys: KeySet,
    refused_keys: KeySet,
    /// All keys of the banners that count.
    asked_keys: KeySet,
    /// Categories about which visitors must be asked anew, and this one was not yet.
    asked_anew: CategorySet,
    /// Whether what is unsaid counts as refused: the visitor's browser sends `Sec-GPC: 1` and the charter honours it.
    silence_refuses: bool,
    full: bool,
    any_refused: bool,
    /// The label of the metrics.
    pub level: ConsentLevel,
}

/// How much a visitor agreed to; the label `consent` of `octroi_requests_total`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConsentLevel {
    /// There is no choice, or one that says nothing.
    #[default]
    None,
    /// The choice cannot be read.
    Unreadable,
    /// The choice is too old, answers an earlier question, or lacks the date that the policy requires.
    Expired,
    /// Something was refused and nothing granted.
    Refused,
    /// Something was granted.
    Partial,
    /// All was granted, and nothing refused.
    Full,
}

impl ConsentLevel {
    /// Every level.
    pub const ALL: [Self; 6] = [Self::None, Self::Unreadable, Self::Expired, Self::Refused, Self::Partial, Self::Full];

    /// The label of the metrics and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Unreadable => "unreadable",
            Self::Expired => "expired",
            Self::Refused => "refused",
            Self::Partial => "partial",
            Self::Full => "full",
        }
    }
}

/// What a choice says of one cookie. In ascending order: if several banners ask about it, the least of their answers
/// counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    Refused,
    Unsaid,
    Granted,
}

/// A banner of the site, and a quick look for its cookies.
#[derive(Debug)]
pub(super) struct CompiledBanner {
    /// How its cookies are read.
    pub(super) banner: Banner,
    /// Finds what the names of its cookies begin with.
    finder: Finder<'static>,
    /// Whether it keeps a choice in several cookies.
    has_parts: bool,
}

impl CompiledBanner {
    /// The quick check is for the common beginning of the names, such as `cmplz_`. If they have none, every field may hold them.
    pub(super) fn new(banner: Banner) -> Self {
        let mut names = banner.names.iter().map(|(name, _)| name.as_bytes());
        let first = names.next().unwrap_or_default();
        let common = names.fold(first, |common, name| {
            let length = common.iter().zip(name).take_while(|(a, b)| a == b).count();
            common.get(..length).unwrap_or_default()
        });
        Self { finder: Finder::new(common).into_owned(), has_parts: banner.has_parts(), banner }
    }
}

impl Policy {
    /// The banners that record the visitor's choice, in the charter's order.
    pub fn banners(&self) -> impl Iterator<Item = &Banner> {
        self.banners.iter().map(|compiled| &compiled.banner)
    }

    /// The banner whose cookie has this name. Its position among [`Policy::banners`]; `None` if it is no banner's.
    pub fn banner_of(&self, name: &[u8]) -> Option<usize> {
        self.banners().position(|banner| banner.part(name).is_some())
    }

    /// Whether a `Set-Cookie` line may be a banner's cookie: a quick check, because most are not.
    pub fn may_set_choice(&self, line: &[u8]) -> bool {
        let line = line.trim_ascii_start();
        self.banners.iter().any(|compiled| {
            let begins = compiled.finder.needle();
            begins.is_empty() || (line.first() == begins.first() && line.starts_with(begins))
        })
    }

    /// Whether a `Cookie` field may hold a banner's cookie: a quick check, because many have none.
    pub fn may_hold_choice(&self, field: &[u8]) -> bool {
        self.banners.iter().any(|compiled| compiled.finder.find(field).is_some())
    }

    /// The same for a banner that keeps a choice in several cookies.
    pub fn may_hold_choice_in_parts(&self, field: &[u8]) -> bool {
        self.banners.iter().any(|compiled| compiled.has_parts && compiled.finder.find(field).is_some())
    }

    /// Whether this is the name of one of several cookies in which a banner keeps a choice.
    pub fn is_part_of_choice(&self, name: &[u8]) -> bool {
        self.banners.iter().any(|compiled| compiled.has_parts && compiled.banner.part(name).is_some())
    }

    /// What each banner recorded, by these cookies (name and value); other cookies are ignored. A choice that cannot be read, is
    /// too old or was never given is in the result as well, with that reading.
    pub fn read_choices<'a>(
        &self,
        cookies: &(impl Iterator<Item = (&'a [u8], &'a [u8])> + Clone),
        now: UnixTime,
    ) -> Choices {
        Choices::new(self.banners().map(|banner| banner.read(cookies.clone(), now)))
    }

    /// The key of this name, in each banner that has it.
    pub fn key(&self, name: &str) -> KeySet {
        self.banners().map(|banner| banner.keys.find(name.as_bytes())).fold(KeySet::EMPTY, KeySet::union)
    }

    /// The names of the keys in a set, for people.
    pub fn key_names(&self, keys: KeySet) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.banners().flat_map(|banner| banner.keys.names(keys)) {
            if names.iter().all(|known| known != name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// The consent if the request has no banner's cookie: nothing is granted; with GPC, if the charter honours it, everything is
    /// refused.
    pub fn silence(&self, gpc: bool) -> Consent {
        if gpc { self.silence_with_gpc } else { self.silence }
    }

    /// What the choices grant at this moment. `gpc`: the visitor sent `Sec-GPC: 1`.
    ///
    /// Of several banners, all those with cookies in the request count, or the first of them (`combine`). What one of them
    /// refuses is refused; what all that ask about it grant is granted. A grant from before a category's `asked_since` does not
    /// count for it. With GPC, if the charter honours it, what is unsaid is refused, and what was granted stays granted.
    pub fn consent(&self, choices: &Choices, gpc: bool, now: UnixTime) -> Consent {
        let mut consent = Consent { silence_refuses: gpc && self.gpc == Gpc::Refuse, ..Consent::default() };
        for (banner, choice) in self.deciding(choices) {
            consent.hear(banner, choice);
        }
        for (index, category) in (0..).zip(&self.categories) {
            let id = CategoryId::from(CategoryIndex(index));
            if self.is_asked_anew(category, choices, now) {
                consent.asked_anew.insert(id);
            }
            match self.said_of(category, choices, &consent, id) {
                Said::Granted => consent.granted.insert(id),
                Said::Refused => consent.refused.insert(id),
                Said::Unsaid => {}
            }
        }
        consent.full =
            !self.expressible.is_empty() && self.expressible.is_subset(consent.granted) && !consent.any_refused;
        consent.level = self.level(choices, &consent);
        consent
    }

    /// The banners that count: those with cookies in the request, or the first of them.
    fn deciding<'a>(&'a self, choices: &'a Choices) -> impl Iterator<Item = (&'a Banner, &'a Choice)> {
        let came = self.banners().zip(choices.iter()).filter(|(_, choice)| choice.reading != Reading::Absent);
        came.take(match self.combine {
            Combine::All => Choices::MAX,
            Combine::First => 1,
        })
    }

    /// The answer of all banners that ask about a category: granted if all of them grant it, refused if one refuses.
    fn said_of(&self, category: &CompiledCategory, choices: &Choices, consent: &Consent, id: CategoryId) -> Said {
        let asking = self.deciding(choices).map(|(banner, _)| category.keys.intersection(banner.keys.all()));
        let said = asking.filter(|keys| !keys.is_empty()).map(|keys| consent.of_any(keys)).min();
        match said {
            Some(Said::Granted) if consent.asked_anew.contains(id) => consent.unsaid(),
            Some(Said::Unsaid) | None => consent.unsaid(),
            Some(said) => said,
        }
    }

    /// Whether the question about a category has changed since one of the choices was made.
    fn is_asked_anew(&self, category: &CompiledCategory, choices: &Choices, now: UnixTime) -> bool {
        category
            .asked_since
            .is_some_and(|since| now >= since && self.deciding(choices).any(|(_, choice)| choice.date < Some(since)))
    }

    fn level(&self, choices: &Choices, consent: &Consent) -> ConsentLevel {
        let granted = |(index, category): (u8, &CompiledCategory)| {
            category.need == Need::Required && consent.granted.contains(CategoryIndex(index).into())
        };
        let readings = self.deciding(choices).map(|(_, choice)| choice.reading);
        // A reading that is no choice explains why nothing is granted.
        let reading = readings.reduce(|all, next| if all == Reading::Given { next } else { all });
        match reading.unwrap_or_default() {
            Reading::Unreadable => ConsentLevel::Unreadable,
            Reading::Expired | Reading::Undated | Reading::Outdated => ConsentLevel::Expired,
            Reading::Given if consent.full => ConsentLevel::Full,
            Reading::Given if (0..).zip(&self.categories).any(granted) => ConsentLevel::Partial,
            Reading::Given if consent.any_refused => ConsentLevel::Refused,
            Reading::Given | Reading::Absent | Reading::Undecided | Reading::Implied => ConsentLevel::None,
        }
    }
}

impl Consent {
    /// The intersection: granted is what both grant, refused what either refuses. The level stays.
    #[must_use]
    pub fn meet(self, other: &Self) -> Self {
        Self {
            granted: self.granted.intersection(other.granted),
            refused: self.refused.union(other.refused),
            granted_keys: self.granted_keys.intersection(other.granted_keys),
            refused_keys: self.refused_keys.union(other.refused_keys),
            asked_keys: self.asked_keys.union(other.asked_keys),
            asked_anew: self.asked_anew.union(other.asked_anew),
            silence_refuses: self.silence_refuses || other.silence_refuses,
            full: self.full && other.full,
            any_refused: self.any_refused || other.any_refused,
            level: self.level,
        }
    }

    /// Whether the category is granted.
    pub fn grants(&self, category: CategoryIndex) -> bool {
        self.of_category(category) == Said::Granted
    }

    /// Whether the category is refused.
    pub fn refuses(&self, category: CategoryIndex) -> bool {
        self.of_category(category) == Said::Refused
    }

    /// What the choice says of a category.
    pub(super) fn of_category(&self, category: CategoryIndex) -> Said {
        let id = CategoryId::from(category);
        if self.granted.contains(id) {
            Said::Granted
        } else if self.refused.contains(id) {
            Said::Refused
        } else {
            Said::Unsaid
        }
    }

    /// The answer for the key of a single cookie. Several banners may have the key: granted if all of them with cookies in the
    /// request grant it.
    pub(super) fn of_key(&self, key: KeySet, category: CategoryIndex) -> Said {
        let asked = key.intersection(self.asked_keys);
        if key.intersects(self.refused_keys) {
            Said::Refused
        } else if !asked.is_empty() && asked.is_subset(self.granted_keys) && !self.asked_anew.contains(category.into())
        {
            Said::Granted
        } else {
            self.unsaid()
        }
    }

    /// The answer for the keys of one banner together: granted if one is granted and none refused.
    fn of_any(&self, keys: KeySet) -> Said {
        if keys.intersects(self.refused_keys) {
            Said::Refused
        } else if keys.intersects(self.granted_keys) {
            Said::Granted
        } else {
            Said::Unsaid
        }
    }

    /// Adds what a banner recorded.
    fn hear(&mut self, banner: &Banner, choice: &Choice) {
        self.asked_keys = self.asked_keys.union(banner.keys.all());
        self.granted_keys = self.granted_keys.union(choice.granted);
        self.refused_keys = self.refused_keys.union(choice.refused);
        self.any_refused |= choice.other_refused || !choice.refused.is_empty();
    }

    /// What the choice says of cookies that the charter does not name.
    pub(super) fn of_undeclared(&self) -> Said {
        if self.full {
            Said::Granted
        } else if self.any_refused {
            Said::Refused
        } else {
            self.unsaid()
        }
    }

    fn unsaid(&self) -> Said {
        if self.silence_refuses { Said::Refused } else { Said::Unsaid }
    }
}

#[cfg(test)]
mod tests;
