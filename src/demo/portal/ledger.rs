//! Records which cookies the sample portal received and set: names only, in bounded memory. The comparison page and the
//! tests read it at `/__demo/received`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use http::{HeaderMap, header};
use serde::Serialize;

use super::third_parties::ThirdParty;

/// How many requests are remembered.
const REQUESTS: usize = 200;
/// How many names are remembered of each kind.
const NAMES: usize = 256;

/// How a request reached the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Entry {
    /// At the portal's own address.
    Direct,
    /// Through octroi.
    Octroi,
}

impl Entry {
    /// By the port in `Host`: the portal's own `port` if the request came directly; octroi forwards its own.
    pub(super) fn of(headers: &HeaderMap, port: u16) -> Self {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let own = host.rsplit_once(':').and_then(|(_, given)| given.parse::<u16>().ok()) == Some(port);
        if own { Self::Direct } else { Self::Octroi }
    }

    /// The name of the entry in the record.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Octroi => "octroi",
        }
    }

    /// The entry of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Direct, Self::Octroi].into_iter().find(|entry| entry.name() == name)
    }
}

/// One request: the names of the cookies that came with it, and of those set by its response.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Logged {
    /// How it reached the portal.
    pub entry: Entry,
    pub method: String,
    /// Decoded, without the query.
    pub path: String,
    pub status: u16,
    /// Names, in the order of the field.
    pub received: Vec<String>,
    /// Names, in the order of the lines.
    pub set: Vec<String>,
}

/// What was recorded of one entry.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Account {
    /// Names that the browser has for this entry's host, by the last report of a page.
    held: BTreeSet<String>,
    /// Names in the latest request.
    latest: Vec<String>,
    /// How often each name was received.
    received: BTreeMap<String, u64>,
    /// How often each name was set.
    set: BTreeMap<String, u64>,
    /// How many requests came.
    requests: u64,
    /// How often its pages sent a request to each third party.
    asked: BTreeMap<ThirdParty, u64>,
}

/// The whole record.
#[derive(Debug, Default, Serialize)]
pub(super) struct Ledger {
    /// Requests directly to the portal.
    direct: Account,
    /// Requests through octroi.
    octroi: Account,
    /// The latest requests, the last one at the end.
    log: VecDeque<Logged>,
}

impl Ledger {
    /// Records a request with the cookies of `jar`'s host. It counts for no entry if it came directly with octroi's cookies.
    pub(super) fn note(&mut self, jar: Entry, request: Logged) {
        if jar == request.entry {
            let account = self.account(jar);
            account.requests += 1;
            count(&mut account.received, &request.received);
            count(&mut account.set, &request.set);
            account.latest.clone_from(&request.received);
        }
        if self.log.len() == REQUESTS {
            self.log.pop_front();
        }
        self.log.push_back(request);
    }

    /// Records a page's report: the cookies that the browser has for `jar`'s host, and those that came with the report. If it
    /// came through that entry, it counts as a request, too.
    pub(super) fn report(&mut self, jar: Entry, entry: Entry, held: Vec<String>, received: Vec<String>) {
        let account = self.account(jar);
        account.held = held.into_iter().chain(received.iter().cloned()).take(NAMES).collect();
        if jar == entry {
            count(&mut account.received, &received);
            account.latest = received;
        }
    }

    /// Records that a page of this entry sent a request to a third party.
    pub(super) fn note_third_party(&mut self, entry: Entry, party: ThirdParty) {
        *self.account(entry).asked.entry(party).or_default() += 1;
    }

    /// Empties the record.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    fn account(&mut self, entry: Entry) -> &mut Account {
        match entry {
            Entry::Direct => &mut self.direct,
            Entry::Octroi => &mut self.octroi,
        }
    }
}

fn count(counts: &mut BTreeMap<String, u64>, names: &[String]) {
    for name in names {
        if counts.len() < NAMES || counts.contains_key(name) {
            *counts.entry(name.clone()).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged(entry: Entry, received: &str) -> Logged {
        Logged {
            entry,
            method: "GET".into(),
            path: "/".into(),
            status: 200,
            received: vec![received.into()],
            set: Vec::new(),
        }
    }

    #[test]
    fn memory_is_bounded() {
        let mut ledger = Ledger::default();
        for number in 0..1000 {
            ledger.note(Entry::Direct, logged(Entry::Direct, &number.to_string()));
        }
        assert_eq!(ledger.log.len(), REQUESTS);
        assert_eq!(ledger.direct.received.len(), NAMES);
        assert_eq!(ledger.direct.requests, 1000);
    }

    #[test]
    fn a_direct_request_with_octrois_cookies_counts_for_no_entry() {
        let mut ledger = Ledger::default();
        ledger.note(Entry::Octroi, logged(Entry::Direct, "_ga"));
        assert_eq!((ledger.log.len(), ledger.direct.requests, ledger.octroi.requests), (1, 0, 0));
        ledger.report(Entry::Octroi, Entry::Direct, vec!["_ga".into()], vec!["IDE".into()]);
        assert!(ledger.octroi.held.contains("_ga") && ledger.octroi.held.contains("IDE"));
        assert!(ledger.octroi.received.is_empty() && ledger.octroi.latest.is_empty());
        ledger.report(Entry::Octroi, Entry::Octroi, Vec::new(), vec!["csrftoken".into()]);
        assert_eq!(ledger.octroi.latest, ["csrftoken"]);
        assert_eq!(ledger.octroi.received["csrftoken"], 1);
    }

    #[test]
    fn the_port_tells_the_entry() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "localhost:8001".parse().unwrap());
        assert_eq!(Entry::of(&headers, 8001), Entry::Direct);
        assert_eq!(Entry::of(&headers, 8002), Entry::Octroi);
    }
}
