//! The one function of the product: what happens to one cookie.
//!
//! Pure, and the same for the proxy, the audit and `explain`. The tables in `tests/golden/policy/` show it verdict by
//! verdict.

use super::consent::Said;
use super::matcher::Found;
use super::{CategoryId, Consent, Policy};
use crate::charter::{CategoryIndex, Need, Undeclared};
use crate::consent::KeySet;
use crate::cookie::{Amendment, SetCookie, UnixTime};

/// What is judged.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A line of a response.
    SetCookie(&'a SetCookie<'a>),
    /// The name of a pair of a request.
    Pair(&'a [u8]),
}

/// What happens to a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It passes as it is.
    Pass,
    /// It passes, changed in these attributes if they do not comply.
    Amend(Amendment),
    /// It surely deletes: it passes as an empty, canonical deletion.
    Delete,
    /// It does not pass. A pair of a request is also expired in the browser when the time comes.
    Drop,
}

/// Why; a label of the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Its category, or its nature, needs no consent.
    Exempt,
    /// It serves anonymous statistics under the exemption for audience measurement, and nothing was said of it.
    Audience,
    /// The visitor agreed.
    Granted,
    /// The visitor said nothing of it.
    Unsaid,
    /// The visitor refused.
    Refused,
    /// The charter does not name it and lets no such cookie pass.
    Denied,
    /// It cannot be read as a cookie.
    Unreadable,
    /// The path sets no cookie at all (`strip_all`).
    PathStripped,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::Exempt,
        Self::Audience,
        Self::Granted,
        Self::Unsaid,
        Self::Refused,
        Self::Denied,
        Self::Unreadable,
        Self::PathStripped,
    ];

    /// The label of the metrics and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Audience => "audience",
            Self::Granted => "granted",
            Self::Unsaid => "unsaid",
            Self::Refused => "refused",
            Self::Denied => "denied",
            Self::Unreadable => "unreadable",
            Self::PathStripped => "path-stripped",
        }
    }

    fn passes(self) -> bool {
        matches!(self, Self::Exempt | Self::Audience | Self::Granted)
    }
}

/// What happens to one cookie, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What happens.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// What it is for.
    pub category: CategoryId,
    /// The position in the charter of the declaration that named it.
    pub declaration: Option<usize>,
}

impl Judgement {
    /// The judgement of a line or a piece that is no cookie.
    pub const UNREADABLE: Self = Self {
        verdict: Verdict::Drop,
        reason: Reason::Unreadable,
        category: CategoryId::UNREADABLE,
        declaration: None,
    };

    /// Whether more than an exemption decided. A response that carried such a cookie belongs to one visitor, and no shared
    /// cache may store it. Not so on a path that is stripped: there the result is the same for every visitor.
    pub fn gated(&self) -> bool {
        !matches!(self.reason, Reason::Exempt | Reason::PathStripped)
    }
}

/// What the charter and the choice say of a name, before the line itself is considered.
struct Standing<'a> {
    reason: Reason,
    category: CategoryId,
    declaration: Option<usize>,
    amendment: &'a Amendment,
}

impl Policy {
    /// What happens to one cookie.
    ///
    /// By its name it is declared, holds a choice, is infrastructure, or is undeclared; an exact name goes before every
    /// pattern. Unless its category is exempt, consent decides, and what is unsaid is no consent (GDPR, article 4(11)
    /// and recital 32). Then the line itself is considered: one that passes may be amended, and one that does not may
    /// still delete.
    ///
    /// `now` is only used to tell which dates are in the past. Whether the choice is still valid was decided when `consent`
    /// was made.
    ///
    /// ```
    /// use octroi::charter::Charter;
    /// use octroi::cookie::UnixTime;
    /// use octroi::policy::{Consent, Policy, Reason, Subject, Verdict};
    /// use octroi::starter::{self, Answers};
    ///
    /// let (site, languages) = ("data.example.fr".to_owned(), vec!["en".to_owned()]);
    /// let (document, _) = starter::charter(&Answers { site, languages, banner: None, jurisdiction: None });
    /// let policy = Policy::compile(&Charter::from_document(&document).unwrap()).unwrap();
    /// let judged = policy.judge(Subject::Pair(b"_ga"), &Consent::default(), UnixTime(0));
    /// assert_eq!((judged.verdict, judged.reason), (Verdict::Drop, Reason::Unsaid));
    /// ```
    pub fn judge(&self, subject: Subject<'_>, consent: &Consent, now: UnixTime) -> Judgement {
        let name = match subject {
            Subject::SetCookie(line) => line.name(),
            Subject::Pair(name) => name,
        };
        let standing = match self.matcher.find(name) {
            Some(Found::Declared(index)) => self.declared(index, consent),
            Some(Found::Choice) => Standing::exempt(CategoryId::CHOICE),
            Some(Found::Infrastructure) => Standing::exempt(CategoryId::INFRASTRUCTURE),
            None => self.undeclared(consent),
        };
        Judgement {
            verdict: standing.verdict(subject, now),
            reason: standing.reason,
            category: standing.category,
            declaration: standing.declaration,
        }
    }

    /// Whether a page may send requests to a third party, by the visitor's consent. Judged as a cookie of that category would
    /// be, or as one that the charter does not name. `key`: the key of the choice that grants this party alone.
    pub fn judge_third_party(
        &self,
        category: Option<CategoryIndex>,
        key: Option<KeySet>,
        consent: &Consent,
    ) -> Judgement {
        let standing = match category {
            Some(category) => self.in_category(category, key, false, consent),
            None => self.undeclared(consent),
        };
        Judgement {
            verdict: if standing.reason.passes() { Verdict::Pass } else { Verdict::Drop },
            reason: standing.reason,
            category: standing.category,
            declaration: None,
        }
    }

    fn declared(&self, index: usize, consent: &Consent) -> Standing<'_> {
        let Some(cookie) = self.cookies.get(index) else { return self.undeclared(consent) };
        let standing = if cookie.choice {
            Standing { category: cookie.category.into(), ..Standing::exempt(CategoryId::CHOICE) }
        } else {
            self.in_category(cookie.category, cookie.key, cookie.audience, consent)
        };
        Standing { declaration: Some(index), amendment: &cookie.amendment, ..standing }
    }

    fn undeclared(&self, consent: &Consent) -> Standing<'_> {
        let standing = |reason| Standing { reason, ..Standing::exempt(CategoryId::UNDECLARED) };
        match self.undeclared {
            Undeclared::Deny => standing(Reason::Denied),
            Undeclared::FullConsent => standing(reason(consent.of_undeclared())),
            Undeclared::As(category) => self.in_category(category, None, false, consent),
        }
    }

    fn in_category(
        &self,
        index: CategoryIndex,
        key: Option<KeySet>,
        audience: bool,
        consent: &Consent,
    ) -> Standing<'_> {
        let category = self.categories.get(usize::from(index.0));
        let said = key.map_or_else(|| consent.of_category(index), |key| consent.of_key(key, index));
        let reason = match category.map(|category| category.need) {
            Some(Need::Exempt) => Reason::Exempt,
            _ if audience && said == Said::Unsaid => Reason::Audience,
            _ => reason(said),
        };
        let amendment = category.map_or(&Amendment::NONE, |category| &category.amendment);
        Standing { reason, category: index.into(), declaration: None, amendment }
    }
}

fn reason(said: Said) -> Reason {
    match said {
        Said::Granted => Reason::Granted,
        Said::Unsaid => Reason::Unsaid,
        Said::Refused => Reason::Refused,
    }
}

impl Standing<'_> {
    fn exempt(category: CategoryId) -> Self {
        Self { reason: Reason::Exempt, category, declaration: None, amendment: &Amendment::NONE }
    }

    fn verdict(&self, subject: Subject<'_>, now: UnixTime) -> Verdict {
        match subject {
            Subject::SetCookie(_) if self.reason.passes() && *self.amendment != Amendment::NONE => {
                Verdict::Amend(*self.amendment)
            }
            _ if self.reason.passes() => Verdict::Pass,
            Subject::SetCookie(line) if line.surely_deletes(now) => Verdict::Delete,
            _ => Verdict::Drop,
        }
    }
}
