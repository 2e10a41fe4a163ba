//! What is kept of each cookie and of each third party while a recording is read: the earliest sights, never a value.
//!
//! Memory grows with distinct names and hosts, so both are bounded: once there are too many, names are folded (`id_*`),
//! then all further ones of a host, then of all hosts, count as one (`*`). Nothing that was refused is ever lost that way.

use std::collections::BTreeMap;

use super::evidence::Earliest;
use super::recording::Call;
use crate::cookie::{MAX_FOLDED_NAME, fold};
use crate::policy::{CategoryId, Judgement, Verdict};

/// Names at hosts, each as it is. Beyond, a quarter more that are folded, and again.
const MAX_COOKIES: usize = 8192;
/// Hosts of other sites, and hosts with something unreadable, each.
const MAX_THIRD_PARTIES: usize = 4096;
/// What stands for all that found no room.
const ALL_OTHERS: &str = "*";

/// A cookie: its name at a host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CookieKey {
    /// As it was set or sent, or folded.
    pub(super) name: Box<[u8]>,
    /// The host that set it or got it, or `*`.
    pub(super) host: Box<str>,
}

/// How long a cookie lives, as a response said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Life {
    /// Until the browser closes.
    Session,
    /// So many seconds.
    Seconds(i64),
}

/// What was seen of a cookie.
#[derive(Debug, Default)]
pub(super) struct CookieRecord {
    /// Whether the host is of another site than the visited one.
    pub(super) is_third_party: bool,
    /// Set by a response: at all, and without consent.
    pub(super) set: Earliest,
    pub(super) set_refused: Earliest,
    /// Sent by a request: at all, and without consent.
    pub(super) sent: Earliest,
    pub(super) sent_refused: Earliest,
    /// The longest that a response gave it.
    pub(super) life: Option<Life>,
    /// Where it was given that life first.
    pub(super) longest: Earliest,
    /// The domain to whose other hosts it is sent, the widest that a response named.
    pub(super) domain: Option<Box<str>>,
    /// The category that decided when it was first judged.
    pub(super) category: Option<CategoryId>,
    /// The position among the charter's cookies.
    pub(super) declaration: Option<usize>,
}

/// What was seen of a third party.
#[derive(Debug, Default)]
pub(super) struct PartyRecord {
    /// The position among the charter's third parties, if it declares this one.
    pub(super) declaration: Option<usize>,
    /// How many entries asked it.
    pub(super) requests: u64,
    /// How many of those the visitor had not agreed to.
    pub(super) refused: u64,
    pub(super) first_refused: Earliest,
}

/// All cookies and third parties of a recording.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// In the order of names, so that a cookie's other hosts stand beside it.
    pub(super) cookies: BTreeMap<CookieKey, CookieRecord>,
    /// By host; by the portal's own host with the charter's path behind it, if that is what the party has.
    pub(super) parties: BTreeMap<Box<str>, PartyRecord>,
    /// By host: what is sent or set there that is no cookie.
    pub(super) unreadable: BTreeMap<Box<str>, Earliest>,
    /// Whether some names or hosts found no room of their own.
    pub(super) is_folded: bool,
}

impl Ledger {
    /// A response set a cookie, which lives so long and is sent to all hosts of that domain. `domain` is what the line
    /// names, without a leading dot; `None` if it names none.
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

    /// A request sent a cookie.
    pub(super) fn sent(&mut self, call: &Call, name: &[u8], judgement: &Judgement) -> &mut CookieRecord {
        let record = self.cookie(call, name, judgement);
        record.sent.saw(call);
        if judgement.verdict == Verdict::Drop {
            record.sent_refused.saw(call);
        }
        record
    }

    /// Something that is no cookie was set or sent.
    pub(super) fn unreadable(&mut self, call: &Call) {
        let host =
            self.host(&call.host, |ledger| (ledger.unreadable.len(), ledger.unreadable.contains_key(&*call.host)));
        self.unreadable.entry(host).or_default().saw(call);
    }

    /// A third party was asked. `own_path`: at this path of the portal's own host.
    pub(super) fn third_party(
        &mut self,
        call: &Call,
        own_path: Option<&str>,
        declaration: Option<usize>,
        is_refused: bool,
    ) {
        let asked = format!("{}{}", call.host, own_path.unwrap_or_default());
        let host = self.host(&asked, |ledger| (ledger.parties.len(), ledger.parties.contains_key(&*asked)));
        let record = self.parties.entry(host).or_default();
        record.declaration = record.declaration.or(declaration);
        record.requests += 1;
        if is_refused {
            record.refused += 1;
            record.first_refused.saw(call);
        }
    }

    /// The host, if there is room for it. `count` says how many hosts there are, and whether this one is among them.
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

    /// The cookie's own key, or the first of the wider ones for which there is room.
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
        let wider = [(key(&folded, host), 5), (key(ALL_OTHERS.as_bytes(), host), 6)];
        let has_room = |(key, quarters): &(CookieKey, usize)| {
            self.cookies.len() < MAX_COOKIES / 4 * quarters || self.cookies.contains_key(key)
        };
        let found = wider.into_iter().find(has_room).map(|(key, _)| key);
        found.unwrap_or_else(|| key(ALL_OTHERS.as_bytes(), ALL_OTHERS))
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
    fn names_and_hosts_without_end_take_room_that_has_one() {
        let mut ledger = Ledger::default();
        for entry in 0..50_000 {
            let call = call(entry, &format!("h{entry}.fr"));
            ledger.sent(&call, format!("n{entry}").as_bytes(), &REFUSED);
            ledger.third_party(&call, None, None, true);
            ledger.unreadable(&call);
        }
        assert!(ledger.is_folded);
        assert!(ledger.cookies.len() <= MAX_COOKIES / 4 * 6 + 1);
        assert!(ledger.parties.len() <= MAX_THIRD_PARTIES + 1 && ledger.unreadable.len() <= MAX_THIRD_PARTIES + 1);
        let asked: u64 = ledger.parties.values().map(|party| party.requests).sum();
        assert_eq!(asked, 50_000);
        assert!(ledger.cookies.keys().any(|key| &*key.name == b"*" && &*key.host == "*"));
    }

    #[test]
    fn a_long_name_is_never_kept_whole() {
        let mut ledger = Ledger::default();
        ledger.sent(&call(0, "a.fr"), &[b'x'; 5000], &REFUSED);
        let (key, _) = ledger.cookies.first_key_value().unwrap();
        assert!(key.name.len() <= MAX_FOLDED_NAME && ledger.is_folded);
    }
}
