//! From the keys of the choice to the categories of the charter.

use super::{CategoryId, CategorySet, ChoiceCookie, CompiledCategory, Policy};
use crate::charter::{CategoryIndex, Gpc, Need};
use crate::consent::{Choice, KeySet, Reading};
use crate::cookie::UnixTime;

/// What one visitor's choice grants, by the policy of one site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    granted: CategorySet,
    refused: CategorySet,
    granted_keys: KeySet,
    refused_keys: KeySet,
    /// Whether what is unsaid is refused: the visitor's browser sends `Sec-GPC: 1` and the policy heeds it.
    silence_refuses: bool,
    full: bool,
    any_refused: bool,
    /// The label of the metrics.
    pub level: ConsentLevel,
}

/// How much a visitor agreed to; the label `consent` of `octroi_requests_total`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConsentLevel {
    /// No choice came, or one that says nothing.
    #[default]
    None,
    /// A choice came that cannot be read.
    Unreadable,
    /// A choice came that is too old, or has no date where the policy wants one.
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

/// What a choice says of one cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Granted,
    Unsaid,
    Refused,
}

impl Policy {
    /// The name of the cookie that holds the visitor's choice.
    pub fn consent_cookie(&self) -> Option<&[u8]> {
        self.choice.as_ref().map(ChoiceCookie::name)
    }

    /// Whether a cookie of this name holds the visitor's choice.
    pub fn is_consent_cookie(&self, name: &[u8]) -> bool {
        self.choice.as_ref().is_some_and(|choice| choice.name() == name)
    }

    /// Whether a `Set-Cookie` line may be that cookie's: a quick look, for most are others'.
    pub fn may_set_choice(&self, line: &[u8]) -> bool {
        let line = line.trim_ascii_start();
        let is_of = |name: &[u8]| line.first() == name.first() && line.starts_with(name);
        self.choice.as_ref().is_some_and(|choice| is_of(choice.name()))
    }

    /// Whether a `Cookie` field may hold that cookie: a quick look, for many have none.
    pub fn may_hold_choice(&self, field: &[u8]) -> bool {
        self.choice.as_ref().is_some_and(|choice| choice.finder.find(field).is_some())
    }

    /// Reads all values of the consent cookie together.
    pub fn read_choice<'a>(&self, values: impl Iterator<Item = &'a [u8]>, now: UnixTime) -> Choice {
        self.choice.as_ref().map_or_else(Choice::default, |choice| choice.reader.read(values, now))
    }

    /// The names of the keys in a set, for people.
    pub fn key_names(&self, keys: KeySet) -> Vec<String> {
        let names = self.choice.iter().flat_map(|choice| choice.reader.keys.names(keys));
        names.map(str::to_owned).collect()
    }

    /// What a choice grants. `gpc`: the visitor sent `Sec-GPC: 1`.
    pub fn consent(&self, choice: &Choice, gpc: bool) -> Consent {
        let mut consent = Consent {
            granted_keys: choice.granted,
            refused_keys: choice.refused,
            silence_refuses: gpc && self.gpc == Gpc::Refuse,
            any_refused: choice.other_refused || !choice.refused.is_empty(),
            ..Consent::default()
        };
        for (index, category) in (0..).zip(&self.categories) {
            let id = CategoryId::from(CategoryIndex(index));
            match consent.of_keys(category.keys) {
                Said::Granted => consent.granted.insert(id),
                Said::Refused => consent.refused.insert(id),
                Said::Unsaid => {}
            }
        }
        consent.full =
            !self.expressible.is_empty() && self.expressible.is_subset(consent.granted) && !consent.any_refused;
        consent.level = self.level(choice, &consent);
        consent
    }

    fn level(&self, choice: &Choice, consent: &Consent) -> ConsentLevel {
        let granted = |(index, category): (u8, &CompiledCategory)| {
            category.need == Need::Required && consent.granted.contains(CategoryIndex(index).into())
        };
        match choice.reading {
            Reading::Unreadable => ConsentLevel::Unreadable,
            Reading::Expired | Reading::Undated => ConsentLevel::Expired,
            Reading::Given if consent.full => ConsentLevel::Full,
            Reading::Given if (0..).zip(&self.categories).any(granted) => ConsentLevel::Partial,
            Reading::Given if consent.any_refused => ConsentLevel::Refused,
            Reading::Given | Reading::Absent => ConsentLevel::None,
        }
    }
}

impl Consent {
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

    /// What these keys say together: granted where one is granted and none refused.
    pub(super) fn of_keys(&self, keys: KeySet) -> Said {
        if keys.intersects(self.refused_keys) {
            Said::Refused
        } else if keys.intersects(self.granted_keys) {
            Said::Granted
        } else {
            self.unsaid()
        }
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
