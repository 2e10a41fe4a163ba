//! Derives the findings from a ledger: who set each cookie, whether it was allowed, and what is wrong.
//!
//! The order of events decides: a cookie that a response set without consent is reported there, and not again for each
//! request that carries it. Each finding of a cookie points to the earliest entry that shows it.

use serde::Serialize;

use super::Audit;
use super::evidence::{Earliest, Evidence};
use super::ledger::{CookieKey, CookieRecord, Ledger, Life};
use super::survey::Survey;
use crate::charter::{Charter, KeyPath, Lifetime};
use crate::cookie::{is_within, site_of};
use crate::policy::CategoryId;

/// How many seconds a lifetime may exceed the declared one: the clocks of browsers and portals differ.
const SLACK_SECONDS: i64 = 120;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// A cookie was set without consent.
    CookieWithoutConsent,
    /// A cookie was sent without consent, and the recording does not show that it was set without consent.
    CookieSentWithoutConsent,
    /// The charter does not name a cookie.
    UndeclaredCookie,
    /// A cookie lives longer than the charter says.
    LifetimeExceedsCharter,
    /// A third party received a request without consent.
    ThirdPartyWithoutConsent,
    /// A cookie was set or sent that browsers read differently: it has no name, or holds a control byte.
    UnreadableCookie,
    /// Cookies were removed from the recording, so it proves nothing.
    RecordingSanitised,
}

impl FindingKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::CookieWithoutConsent,
        Self::CookieSentWithoutConsent,
        Self::UndeclaredCookie,
        Self::LifetimeExceedsCharter,
        Self::ThirdPartyWithoutConsent,
        Self::UnreadableCookie,
        Self::RecordingSanitised,
    ];

    /// The `kind` of the JSON report, and the rule id of the SARIF report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CookieWithoutConsent => "cookie-without-consent",
            Self::CookieSentWithoutConsent => "cookie-sent-without-consent",
            Self::UndeclaredCookie => "undeclared-cookie",
            Self::LifetimeExceedsCharter => "lifetime-exceeds-charter",
            Self::ThirdPartyWithoutConsent => "third-party-without-consent",
            Self::UnreadableCookie => "unreadable-cookie",
            Self::RecordingSanitised => "recording-sanitised",
        }
    }
}

/// Who set a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SetBy {
    /// A response.
    Header,
    /// A script, or a response that is not in the recording: a request carries the cookie after a page of the site was
    /// requested, and no response set it before.
    Script,
}

/// One finding, as one recording shows it.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) kind: FindingKind,
    /// The cookie's name, if it is about one.
    pub(super) name: Option<Box<[u8]>>,
    /// The host that set or received the cookie, or the third party's.
    pub(super) host: Option<Box<str>>,
    /// The earliest entry that shows it; `None` if it is about the recording as a whole.
    pub(super) evidence: Option<Evidence>,
    /// The key of the charter that decided.
    pub(super) key: Option<KeyPath>,
}

/// A cookie as the reports show it.
#[derive(Clone, Debug)]
pub(super) struct SeenCookie {
    pub(super) key: CookieKey,
    /// `None` if it was in the browser before, or if the recording does not show what set it.
    pub(super) set_by: Option<SetBy>,
    /// Whether it was ever set or sent without consent.
    pub(super) is_refused: bool,
    /// Whether the charter names it, as a cookie or as infrastructure, or it holds the choice.
    pub(super) is_declared: bool,
    /// Whether its host belongs to another site.
    pub(super) is_third_party: bool,
    /// The category that decided.
    pub(super) category: CategoryId,
    /// The entry that first set or sent it.
    pub(super) first: Option<Evidence>,
    /// The longest lifetime that a response gave it; `None` if no response set it.
    pub(super) life: Option<Life>,
    /// The shorter of the lifetimes declared for the cookie and for its category.
    pub(super) declared_life: Option<Life>,
}

/// The cookies and findings of one recording.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) cookies: Vec<SeenCookie>,
    pub(super) found: Vec<Found>,
}

impl Outcome {
    /// `survey` and `ledger` are those of the same recording.
    pub(super) fn of(audit: &Audit, survey: &Survey, ledger: &Ledger) -> Self {
        let mut outcome = Self::default();
        if survey.is_sanitised() {
            outcome.add(FindingKind::RecordingSanitised, None, None, None, None);
        }
        for (key, record) in &ledger.cookies {
            outcome.cookie(audit.charter(), survey, ledger, key, record);
        }
        for (host, party) in &ledger.parties {
            if let Some(evidence) = party.first_refused.get() {
                let key = audit.party_key(host, party.declaration);
                outcome.add(FindingKind::ThirdPartyWithoutConsent, None, Some(host), Some(evidence), Some(key));
            }
        }
        for (host, seen) in &ledger.unreadable {
            outcome.add(FindingKind::UnreadableCookie, None, Some(host), seen.get(), None);
        }
        outcome
    }

    /// Adds a cookie and its findings. A cookie that a response of another host set for both is listed at that host only,
    /// unless sending it here is a finding.
    fn cookie(&mut self, charter: &Charter, survey: &Survey, ledger: &Ledger, key: &CookieKey, record: &CookieRecord) {
        let sources = Sources::of(ledger, key, record);
        let set_by = sources.set_by(&key.host, record, survey);
        let is_sent_refused = sources.only_sending_shows(record, set_by);
        let is_a_siblings = record.set.get().is_none() && set_by == Some(SetBy::Header);
        if is_a_siblings && !is_sent_refused {
            return;
        }
        let category = record.category.unwrap_or(CategoryId::UNDECLARED);
        let declaration = record.declaration.map(|index| KeyPath::default().key("cookie").index(index));
        let against = declaration.clone().unwrap_or_else(undeclared_key);
        let add = |outcome: &mut Self, kind, evidence, against| {
            outcome.add(kind, Some(&key.name), Some(&key.host), evidence, Some(against));
        };
        let script = (set_by == Some(SetBy::Script) && record.sent.at() == record.sent_refused.at())
            .then_some(&record.sent_refused);
        if let Some(evidence) = earlier(record.set_refused.get(), script.and_then(Earliest::get)) {
            add(self, FindingKind::CookieWithoutConsent, Some(evidence), against.clone());
        }
        if is_sent_refused {
            add(self, FindingKind::CookieSentWithoutConsent, record.sent_refused.get(), against.clone());
        }
        let first = earlier(record.set.get(), record.sent.get());
        let is_known = matches!(category, CategoryId::CHOICE | CategoryId::INFRASTRUCTURE);
        let is_declared = is_known || record.declaration.is_some();
        if !is_declared {
            add(self, FindingKind::UndeclaredCookie, first, undeclared_key());
        }
        let declared = declared_life(charter, record.declaration, category);
        let declared_life = declared.as_ref().map(|(life, _)| *life);
        if let Some((declared, key)) = declared
            && exceeds(record.life, declared)
        {
            add(self, FindingKind::LifetimeExceedsCharter, record.longest.get(), key);
        }
        self.cookies.push(SeenCookie {
            key: key.clone(),
            set_by,
            is_refused: record.set_refused.get().is_some() || record.sent_refused.get().is_some(),
            is_declared,
            is_third_party: record.is_third_party,
            category,
            first: first.cloned(),
            life: record.life,
            declared_life,
        });
    }

    fn add(
        &mut self,
        kind: FindingKind,
        name: Option<&[u8]>,
        host: Option<&str>,
        evidence: Option<&Evidence>,
        key: Option<KeyPath>,
    ) {
        let (name, host) = (name.map(Into::into), host.map(Into::into));
        self.found.push(Found { kind, name, host, evidence: evidence.cloned(), key });
    }
}

/// The earliest responses that set a cookie: of its own host, or of another host that set it for a domain above both.
struct Sources<'a> {
    set: Option<&'a Evidence>,
    set_refused: Option<&'a Evidence>,
}

impl<'a> Sources<'a> {
    fn of(ledger: &'a Ledger, key: &CookieKey, record: &'a CookieRecord) -> Self {
        let mut sources = Self { set: record.set.get(), set_refused: record.set_refused.get() };
        let of_name = ledger.cookies.range(CookieKey { name: key.name.clone(), host: "".into() }..);
        for (other, sibling) in of_name.take_while(|(other, _)| other.name == key.name) {
            let covers = |domain: &str| is_within(&key.host, domain);
            if other.host != key.host && sibling.domain.as_deref().is_some_and(covers) {
                sources.set = earlier(sources.set, sibling.set.get());
                sources.set_refused = earlier(sources.set_refused, sibling.set_refused.get());
            }
        }
        sources
    }

    /// `None` if it was in the browser before, or if the recording does not show what set it.
    fn set_by(&self, host: &str, record: &CookieRecord, survey: &Survey) -> Option<SetBy> {
        let (setting, sending) = (self.set, record.sent.get());
        let was_set_first = setting.is_some_and(|setting| sending.is_none_or(|sending| comes_before(setting, sending)));
        let has_script = |sending: &&Evidence| survey.has_document_before(site_of(host), sending.at);
        match sending.filter(has_script) {
            _ if was_set_first => Some(SetBy::Header),
            Some(_) => Some(SetBy::Script),
            None => setting.map(|_| SetBy::Header),
        }
    }

    /// Whether it was sent without consent before anything in the recording set it without consent.
    fn only_sending_shows(&self, record: &CookieRecord, set_by: Option<SetBy>) -> bool {
        let Some(sending) = record.sent_refused.get() else { return false };
        let was_written_refused = set_by == Some(SetBy::Script) && record.sent.at() == Some(sending.at);
        let was_set_refused = self.set_refused.is_some_and(|setting| comes_before(setting, sending));
        !was_written_refused && !was_set_refused
    }
}

/// Whether a response that sets a cookie comes before a request that sends it. The response of the same entry does not.
fn comes_before(setting: &Evidence, sending: &Evidence) -> bool {
    (setting.at, setting.entry) < (sending.at, sending.entry)
}

fn earlier<'a>(one: Option<&'a Evidence>, other: Option<&'a Evidence>) -> Option<&'a Evidence> {
    one.into_iter().chain(other).min_by_key(|evidence| (evidence.at, evidence.entry))
}

fn undeclared_key() -> KeyPath {
    KeyPath::default().key("charter").key("undeclared")
}

/// The lifetime that the charter declares for a cookie or for its category, whichever is shorter, and its key.
fn declared_life(charter: &Charter, declaration: Option<usize>, category: CategoryId) -> Option<(Life, KeyPath)> {
    let own = declaration.and_then(|index| {
        let key = KeyPath::default().key("cookie").index(index).key("lifetime");
        Some((life(charter.cookies.get(index)?.lifetime?), key))
    });
    let of_category = charter.categories.get(category.index()).and_then(|found| {
        let key = KeyPath::default().key("category").index(category.index()).key("max_lifetime");
        Some((life(found.max_lifetime?), key))
    });
    own.into_iter().chain(of_category).min_by_key(|(life, _)| *life)
}

fn life(declared: Lifetime) -> Life {
    match declared {
        Lifetime::Session => Life::Session,
        Lifetime::Seconds(seconds) => Life::Seconds(i64::from(seconds)),
    }
}

/// Whether a lifetime is longer than the declared one, by more than the slack. Any number of seconds exceeds a session.
fn exceeds(life: Option<Life>, declared: Life) -> bool {
    match (life, declared) {
        (Some(Life::Seconds(seconds)), Life::Seconds(most)) => seconds > most.saturating_add(SLACK_SECONDS),
        (Some(Life::Seconds(_)), Life::Session) => true,
        (Some(Life::Session) | None, _) => false,
    }
}

impl Audit {
    /// The key of the charter by which a third party is judged.
    fn party_key(&self, host: &str, declaration: Option<usize>) -> KeyPath {
        if let Some(index) = declaration {
            return KeyPath::default().key("third_party").index(index);
        }
        let declared = self.declared_at(host).next();
        let index =
            declared.and_then(|found| self.charter().cookies.iter().position(|cookie| std::ptr::eq(cookie, found)));
        index.map_or_else(undeclared_key, |index| KeyPath::default().key("cookie").index(index))
    }
}
