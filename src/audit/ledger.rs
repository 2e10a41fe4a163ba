//! What is kept of each cookie and each third party while a recording is read: the earliest evidence, never a value.
//!
//! Memory grows with distinct names and hosts, so both are bounded. Beyond the bound, names are folded (`id_*`); beyond
//! the next, all further names of a host count as one (`*`); then those of all hosts do. A refused cookie is counted in
//! each case.

use std::collections::BTreeMap;

use super::evidence::Earliest;
use super::recording::Call;
use crate::cookie::{FOLD_MARK, MAX_FOLDED_NAME, fold};
use crate::policy::{CategoryId, Judgement, Verdict};

/// How many cookies are kept under their own names. A quarter of it more are kept folded, and then a quarter more as one
/// for each host.
const MAX_COOKIES: usize = 8192;
/// How many third parties are kept, and how many hosts with unreadable cookies.
const MAX_THIRD_PARTIES: usize = 4096;
/// The host that stands for all those beyond the bounds. All names beyond them are one fold.
const ALL_OTHERS: &str = "*";

/// A cookie's name and host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CookieKey {
    /// As it was set or sent, or folded.
    pub(super) name: Box<[u8]>,
    /// The host that set or received it, or `*`.
    pub(super) host: Box<str>,
}

/// A cookie's lifetime. Any number of seconds is longer than a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Life {
    /// Until the browser closes.
    Session,
    /// A number of seconds.
    Seconds(i64),
}

/// What was seen of a cookie.
#[derive(Debug, Default)]
pub(super) struct CookieRecord {
    /// Whether the host belongs to another site than the visited one.
    pub(super) is_third_party: bool,
    /// A response set it.
    pub(super) set: Earliest,
    /// A response set it without consent.
    pub(super) set_refused: Earliest,
    /// A request sent it.
    pub(super) sent: Earliest,
    /// A request sent it without consent.
    pub(super) sent_refused: Earliest,
    /// The longest lifetime that a response gave it.
    pub(super) life: Option<Life>,
    /// A response gave it that lifetime.
    pub(super) longest: Earliest,
    /// The widest domain that a response set it for.
    pub(super) domain: Option<Box<str>>,
    /// The category that decided when it was first judged.
    pub(super) category: Option<CategoryId>,
    /// The index of its declaration among the charter's cookies.
    pub(super) declaration: Option<usize>,
}

/// What became of a request to a third party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// It went there, and the visitor had agreed.
    Agreed,
    /// It went there, and the visitor had not.
    Refused,
    /// octroi answered it and asked nobody.
    Held,
}

/// What was seen of a third party.
#[derive(Debug, Default)]
pub(super) struct PartyRecord {
    /// The index of its declaration among the charter's third parties.
    pub(super) declaration: Option<usize>,
    /// How many requests it received.
    pub(super) requests: u64,
    /// How many of those were sent without consent.
    pub(super) refused: u64,
    /// How many octroi answered itself.
    pub(super) held: u64,
    pub(super) first_refused: Earliest,
}

/// All cookies and third parties of a recording.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Sorted by name, so that the same name at other hosts comes next.
    pub(super) cookies: BTreeMap<CookieKey, CookieRecord>,
    /// By host; a third party at a path of the portal's own host, by that host and the charter's path.
    pub(super) parties: BTreeMap<Box<str>, PartyRecord>,
    /// By host, the unreadable cookies sent or set there.
    pub(super) unreadable: BTreeMap<Box<str>, Earliest>,
    /// Whether some names were folded, or some hosts counted as one.
    pub(super) is_folded: bool,
}

impl Ledger {
    /// Records a cookie that a response set. `domain` is what the line names, without a leading dot; `None` if it names
    /// none.
    pub(super) fn set(
        &mut self,
        call: &Call,
        name: &[u8],
        judgement: &Judgement,
        life: Life,
        domain: Option<String>,
    ) -> &mut CookieRecord {
        let record = self.cookie(call, name, judgement);
        record.set.saw(call);
        if judgement.verdict == Verdict::Drop {
            record.set_refused.saw(call);
        }
        if record.life.is_none_or(|known| known < life) {
            record.life = Some(life);
            record.longest = Earliest::default();
        }
        if record.life == Some(life) {
            record.longest.saw(call);
        }
        if let Some(domain) = domain
            && record.domain.as_ref().is_none_or(|known| domain.len() < known.len())
        {
            record.domain = Some(domain.into());
        }
        record
    }

    /// Records a cookie that a request sent.
    pub(super) fn sent(&mut self, call: &Call, name: &[u8], judgement: &Judgement) -> &mut CookieRecord {
        let record = self.cookie(call, name, judgement);
        record.sent.saw(call);
        if judgement.verdict == Verdict::Drop {
            record.sent_refused.saw(call);
        }
        record
    }

    /// Records that an unreadable cookie was set or sent.
    pub(super) fn unreadable(&mut self, call: &Call) {
        let host =
            self.host(&call.host, |ledger| (ledger.unreadable.len(), ledger.unreadable.contains_key(&*call.host)));
        self.unreadable.entry(host).or_default().saw(call);
    }

    /// Records a request to a third party. `own_path` is the charter's path if it is at the portal's own host.
    pub(super) fn third_party(&mut self, call: &Call, own_path: Option<&str>, declaration: Option<usize>, what: Asked) {
        let asked = format!("{}{}", call.host, own_path.unwrap_or_default());
        let host = self.host(&asked, |ledger| (ledger.parties.len(), ledger.parties.contains_key(&*asked)));
        let record = self.parties.entry(host).or_default();
        record.declaration = record.declaration.or(declaration);
        record.requests += 1;
        match what {
            Asked::Agreed => {}
            Asked::Refused => {
                record.refused += 1;
                record.first_refused.saw(call);
            }
            Asked::Held => record.held += 1,
        }
    }

    /// The host, or `*` if there is no room for it. `count` says how many hosts there are, and whether this is one of them.
    fn host(&mut self, host: &str, count: impl Fn(&Self) -> (usize, bool)) -> Box<str> {
        let (count, is_known) = count(self);
        if is_known || count < MAX_THIRD_PARTIES {
            return host.into();
        }
        self.is_folded = true;
        ALL_OTHERS.into()
    }

    fn cookie(&mut self, call: &Call, name: &[u8], judgement: &Judgement) -> &mut CookieRecord {
        let key = self.key(name, &call.host);
        let record = self.cookies.entry(key).or_default();
        record.category.get_or_insert(judgement.category);
        if record.declaration.is_none() {
            record.declaration = judgement.declaration;
        }
        record
    }

    /// The cookie's own key, or the first wider key for which there is room.
    fn key(&mut self, name: &[u8], host: &str) -> CookieKey {
        let key = |name: &[u8], host: &str| CookieKey { name: name.into(), host: host.into() };
        if name.len() <= MAX_FOLDED_NAME {
            let own = key(name, host);
            if self.cookies.len() < MAX_COOKIES || self.cookies.contains_key(&own) {
                return own;
            }
        }
        self.is_folded = true;
        let mut folded = Vec::new();
        fold(name).write(&mut folded);
        let wider = [(key(&folded, host), 5), (key(&[FOLD_MARK], host), 6)];
        let has_room = |(key, quarters): &(CookieKey, usize)| {
            self.cookies.len() < MAX_COOKIES / 4 * quarters || self.cookies.contains_key(key)
        };
        let found = wider.into_iter().find(has_room).map(|(key, _)| key);
        found.unwrap_or_else(|| key(&[FOLD_MARK], ALL_OTHERS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Reason;

    fn call(entry: usize, host: &str) -> Call {
        let (host, url) = (host.to_owned(), format!("https://{host}/"));
        let path = "/".to_owned();
        Call {
            entry,
            at: 0,
            ended: 0,
            host,
            path,
            url,
            https: true,
            is_document: false,
            is_redirect: false,
            is_cross_site: false,
        }
    }

    const REFUSED: Judgement = Judgement {
        verdict: Verdict::Drop,
        reason: Reason::Unsaid,
        category: CategoryId::UNDECLARED,
        declaration: None,
    };

    #[test]
    fn any_number_of_names_and_hosts_is_kept_within_bounds() {
        let mut ledger = Ledger::default();
        for entry in 0..50_000 {
            let call = call(entry, &format!("h{entry}.fr"));
            ledger.sent(&call, format!("n{entry}").as_bytes(), &REFUSED);
            ledger.third_party(&call, None, None, Asked::Refused);
            ledger.unreadable(&call);
        }
        assert!(ledger.is_folded);
        assert!(ledger.cookies.len() <= MAX_COOKIES / 4 * 6 + 1);
        assert!(ledger.parties.len() <= MAX_THIRD_PARTIES + 1 && ledger.unreadable.len() <= MAX_THIRD_PARTIES + 1);
        let asked: u64 = ledger.parties.values().map(|party| party.requests).sum();
        assert_eq!(asked, 50_000);
        assert!(ledger.cookies.keys().any(|key| *key.name == [FOLD_MARK] && &*key.host == "*"));
    }

    #[test]
    fn a_long_name_is_never_kept_whole() {
        let mut ledger = Ledger::default();
        ledger.sent(&call(0, "a.fr"), &[b'x'; 5000], &REFUSED);
        let (key, _) = ledger.cookies.first_key_value().unwrap();
        assert!(key.name.len() <= MAX_FOLDED_NAME && ledger.is_folded);
    }
}
