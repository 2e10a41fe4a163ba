//! The report of all recordings, for people ([`text`], [`html`]) and for machines (JSON, [`sarif`]).
//!
//! Serialised, it is the JSON of the command. It holds names, hosts and paths of the recordings. Those are not trusted, so
//! each format escapes them in its own way.
//!
//! The page is written in any of its languages, the other formats in English.

pub mod html;
pub mod sarif;
pub mod text;
mod words;

pub use words::{Language, Note};

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::findings::{Found, Outcome, SeenCookie, SetBy};
use super::ledger::{Ledger, Life, PartyRecord};
use super::recording::{RecordingFault, Source};
use super::survey::Survey;
use super::{Audit, FindingKind, State};
use crate::charter::KeyPath;
use crate::config::locate_in_charter;
use crate::inventory::shown;
use crate::telemetry::printable;

/// The results of one audit.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What was audited, and the totals.
    pub summary: Summary,
    /// Each cookie, at each host that set or received it.
    pub cookies: Vec<CookieRow>,
    /// Each host of another site that received a request, and each path of the portal's own that is a third party's.
    pub third_parties: Vec<PartyRow>,
    /// Each finding once, with the earliest entry that shows it.
    pub findings: Vec<FindingRow>,
    /// The labels of the charter's categories, by the index of their id.
    #[serde(skip)]
    labels: Vec<String>,
    /// The charter's text, to find the lines of the findings' keys.
    #[serde(skip)]
    charter_text: String,
}

/// What was audited, and the totals.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// The charter by which the recordings were judged.
    pub charter: CharterRead,
    /// The choice by which they were judged.
    pub state: State,
    /// In the order of the command line.
    pub recordings: Vec<RecordingRead>,
    /// How many rows of cookies follow.
    pub cookies: usize,
    /// How many of those were refused at least once.
    pub refused: usize,
    /// How many rows of third parties follow.
    pub third_parties: usize,
    /// How many findings follow. If there are any, the exit code is 1.
    pub findings: usize,
    /// Whether every recording was read to its end. If not, the unread rest may hold more findings.
    pub complete: bool,
}

/// The charter by which the recordings were judged.
#[derive(Debug, Serialize)]
pub struct CharterRead {
    /// The file, as it was named.
    pub file: String,
    /// The host that it is for.
    pub site: String,
    /// The hash as in `octroi_policy_info`, to compare it with the charter in force.
    pub hash: String,
}

/// A recording, as far as it was read.
#[derive(Debug, Serialize)]
pub struct RecordingRead {
    /// The file, as it was named; `-` for standard input.
    pub file: String,
    /// The program that wrote it, as it names itself.
    pub producer: String,
    /// How many entries were read.
    pub entries: usize,
    /// How many of them used the network: neither cached nor blocked.
    pub requests: usize,
    /// The visited site, as a registrable domain.
    pub first_party: String,
    /// When the earliest request began (RFC 3339).
    pub from: Option<String>,
    /// When the latest request began (RFC 3339).
    pub to: Option<String>,
    /// Why it was not read to its end.
    pub fault: Option<String>,
    /// What limits the results for this recording.
    pub notes: Vec<Note>,
}

/// A cookie.
#[derive(Clone, Debug, Serialize)]
pub struct CookieRow {
    /// As it was set or sent, or folded (`id_*`).
    pub name: String,
    /// The host that set or received it.
    pub host: String,
    /// A response, if one recording shows a response and another a script.
    set_by: Option<SetBy>,
    /// The worst verdict on it.
    pub verdict: CookieVerdict,
    /// The label of its category, as metrics show it.
    pub category: String,
    /// Whether the charter names it.
    pub declared: bool,
    /// The URL that first set or received it, without the query.
    pub first_url: Option<String>,
    /// `None` if it ends with the session, or if no response set it.
    pub lifetime_seconds: Option<i64>,
    /// `None` if the charter says that it ends with the session, or says nothing.
    pub declared_lifetime_seconds: Option<i64>,
    /// The source of `lifetime_seconds`: here, a session cookie differs from one that no response set.
    #[serde(skip)]
    life: Option<Life>,
    #[serde(skip)]
    declared_life: Option<Life>,
    #[serde(skip)]
    is_third_party: bool,
}

/// Whether a cookie was allowed whenever it was set or sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CookieVerdict {
    /// Each time.
    Allowed,
    /// At least once.
    Refused,
}

/// A host of another site, or a path of the portal's own host that is a third party's.
#[derive(Clone, Debug, Serialize)]
pub struct PartyRow {
    /// Without a port; the portal's own host with the charter's path behind it.
    pub host: String,
    /// The id of its `[[third_party]]` in the charter, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// How many requests it received.
    pub requests: u64,
    /// How many cookies it set or received.
    pub cookies: usize,
    /// How many of the requests were sent without consent.
    pub before_consent: u64,
    /// How many octroi refused itself, so that nobody was asked.
    #[serde(skip_serializing_if = "is_none")]
    pub held: u64,
}

impl PartyRow {
    /// The host, with the charter's id of the party.
    pub fn shown(&self) -> String {
        self.party.as_ref().map_or_else(|| self.host.clone(), |party| format!("{} ({party})", self.host))
    }
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingRow {
    /// What is wrong.
    pub kind: FindingKind,
    /// The cookie's name, if it is about a cookie that has one.
    pub name: Option<String>,
    /// The host that it is about.
    pub host: Option<String>,
    /// The URL of the entry that shows it, without the query.
    pub url: Option<String>,
    /// The position of the entry in its recording, from 0.
    pub entry: Option<usize>,
    /// The recording's file, if there are several recordings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// When the entry's request began, in milliseconds since 1970.
    #[serde(skip)]
    at: Option<i64>,
    /// The recording's index in the summary.
    #[serde(skip)]
    recording: usize,
    /// The key of the charter that decided.
    #[serde(skip)]
    key: Option<KeyPath>,
    /// Line and column of that key, both from 1.
    #[serde(skip)]
    place: Option<(usize, usize)>,
}

impl Report {
    pub(super) fn new(audit: &Audit) -> Self {
        let charter = CharterRead {
            file: audit.charter.name.clone(),
            site: audit.charter().site.clone(),
            hash: audit.own.charter_hash.to_string(),
        };
        let labels = audit.policy().category_labels().into_iter();
        Self {
            summary: Summary {
                charter,
                state: audit.state,
                recordings: Vec::new(),
                cookies: 0,
                refused: 0,
                third_parties: 0,
                findings: 0,
                complete: true,
            },
            cookies: Vec::new(),
            third_parties: Vec::new(),
            findings: Vec::new(),
            labels: labels.map(|label| label.unwrap_or_default().to_owned()).collect(),
            charter_text: audit.charter.text.clone(),
        }
    }

    /// Adds the results of one recording.
    pub(super) fn add(
        &mut self,
        audit: &Audit,
        source: &Source,
        survey: &Survey,
        ledger: &Ledger,
        fault: Option<&RecordingFault>,
    ) {
        let outcome = Outcome::of(audit, survey, ledger);
        let recording = self.summary.recordings.len();
        self.summary.complete &= fault.is_none();
        self.summary.recordings.push(RecordingRead {
            file: source.name().to_owned(),
            producer: printable(&survey.producer.name),
            entries: survey.entries,
            requests: survey.calls,
            first_party: survey.first_party.clone(),
            from: survey.span.and_then(|(from, _)| moment(from)),
            to: survey.span.and_then(|(_, to)| moment(to)),
            fault: fault.map(ToString::to_string),
            notes: words::notes(survey, ledger),
        });
        for cookie in &outcome.cookies {
            self.add_cookie(cookie);
        }
        for (host, party) in &ledger.parties {
            let id = party
                .declaration
                .and_then(|index| Some(&*audit.charter().third_parties.as_ref()?.parties.get(index)?.id));
            self.add_party(host, id, party);
        }
        for found in outcome.found {
            self.add_finding(recording, found);
        }
    }

    /// Sorts the rows, locates the findings in the charter, and counts. Called once, after the last recording.
    pub(super) fn finish(&mut self) {
        self.cookies.sort_by(|one, other| (&one.host, &one.name).cmp(&(&other.host, &other.name)));
        self.third_parties.sort_by(|one, other| one.host.cmp(&other.host));
        self.findings.sort_by(|one, other| {
            (one.kind, &one.host, &one.name, one.recording)
                .cmp(&(other.kind, &other.host, &other.name, other.recording))
        });
        let mut cookies: BTreeMap<&str, usize> = BTreeMap::new();
        for cookie in self.cookies.iter().filter(|cookie| cookie.is_third_party) {
            *cookies.entry(&cookie.host).or_default() += 1;
        }
        for party in &mut self.third_parties {
            party.cookies = cookies.get(&*party.host).copied().unwrap_or_default();
        }
        let keys: Vec<_> = self.findings.iter().filter_map(|finding| finding.key.clone()).collect();
        let mut places = locate_in_charter(&self.charter_text, keys).into_iter();
        for finding in &mut self.findings {
            finding.place = finding.key.as_ref().and_then(|_| places.next());
        }
        let is_alone = self.summary.recordings.len() == 1;
        for finding in &mut self.findings {
            let recording = self.summary.recordings.get(finding.recording);
            finding.file = recording.filter(|_| !is_alone).map(|recording| recording.file.clone());
        }
        let refused = self.cookies.iter().filter(|cookie| cookie.verdict == CookieVerdict::Refused).count();
        let summary = &mut self.summary;
        (summary.cookies, summary.refused) = (self.cookies.len(), refused);
        (summary.third_parties, summary.findings) = (self.third_parties.len(), self.findings.len());
    }

    /// Adds a cookie. If an earlier recording has it, both share a row, with the worse verdict and the longer lifetime.
    fn add_cookie(&mut self, cookie: &SeenCookie) {
        let (name, host) = (shown(&cookie.key.name), cookie.key.host.to_string());
        let verdict = if cookie.is_refused { CookieVerdict::Refused } else { CookieVerdict::Allowed };
        if let Some(known) = self.cookies.iter_mut().find(|known| known.name == name && known.host == host) {
            known.set_by = known.set_by.into_iter().chain(cookie.set_by).min_by_key(|by| *by == SetBy::Script);
            if cookie.is_refused {
                known.verdict = verdict;
            }
            known.life = known.life.max(cookie.life);
            known.lifetime_seconds = seconds(known.life);
            return;
        }
        self.cookies.push(CookieRow {
            name,
            host,
            set_by: cookie.set_by,
            verdict,
            category: self.labels.get(cookie.category.index()).cloned().unwrap_or_default(),
            declared: cookie.is_declared,
            first_url: cookie.first.as_ref().map(|evidence| evidence.url.to_string()),
            lifetime_seconds: seconds(cookie.life),
            declared_lifetime_seconds: seconds(cookie.declared_life),
            life: cookie.life,
            declared_life: cookie.declared_life,
            is_third_party: cookie.is_third_party,
        });
    }

    fn add_party(&mut self, host: &str, id: Option<&str>, seen: &PartyRecord) {
        let PartyRecord { requests, refused: before_consent, held, .. } = *seen;
        match self.third_parties.iter_mut().find(|known| known.host == host) {
            Some(known) => {
                known.requests += requests;
                known.before_consent += before_consent;
                known.held += held;
            }
            None => self.third_parties.push(PartyRow {
                host: host.to_owned(),
                party: id.map(str::to_owned),
                requests,
                cookies: 0,
                before_consent,
                held,
            }),
        }
    }

    /// Adds a finding, unless an earlier recording has it: one piece of evidence is enough to find the cause.
    fn add_finding(&mut self, recording: usize, found: Found) {
        let (name, host) = (found.name.as_deref().map(shown), found.host.as_deref().map(str::to_owned));
        let is_it = |known: &FindingRow| known.kind == found.kind && known.name == name && known.host == host;
        // Each recording from which cookies were removed is a finding of its own.
        if found.kind != FindingKind::RecordingSanitised && self.findings.iter().any(is_it) {
            return;
        }
        let evidence = found.evidence.as_ref();
        self.findings.push(FindingRow {
            kind: found.kind,
            name,
            host,
            url: evidence.map(|evidence| evidence.url.to_string()),
            entry: evidence.map(|evidence| evidence.entry),
            file: None,
            at: evidence.map(|evidence| evidence.at),
            recording,
            key: found.key,
            place: None,
        });
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes a reference.
fn is_none(count: &u64) -> bool {
    *count == 0
}

fn seconds(life: Option<Life>) -> Option<i64> {
    match life? {
        Life::Session => None,
        Life::Seconds(seconds) => Some(seconds),
    }
}

/// A time in UTC (RFC 3339); `None` for 0, the time of an entry if no entry has a start time.
fn moment(millisecond: i64) -> Option<String> {
    if millisecond == 0 {
        return None;
    }
    Timestamp::from_millisecond(millisecond).ok().map(|moment| format!("{moment:.0}"))
}
