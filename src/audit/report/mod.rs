//! The report: what all recordings come to, for people ([`text`], [`html`]) and for machines (JSON, [`sarif`]).
//!
//! Serialised, it is the JSON of the command. What it holds of a recording are names, hosts and paths; names and hosts
//! come from others, so each form escapes them in its own way.

pub mod html;
pub mod sarif;
pub mod text;
mod words;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::findings::{Found, Outcome, SeenCookie, SetBy};
use super::ledger::{Ledger, Life};
use super::recording::{RecordingFault, Source};
use super::survey::Survey;
use super::{Audit, FindingKind, State};
use crate::charter::KeyPath;
use crate::config::locate_in_charter;
use crate::inventory::shown;
use crate::telemetry::printable;

/// What all recordings of one audit come to.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What was audited, and in short what came of it.
    pub summary: Summary,
    /// Each cookie at each host that set it or that it was sent to.
    pub cookies: Vec<CookieRow>,
    /// Each host of another site that was asked.
    pub third_parties: Vec<PartyRow>,
    /// What is wrong, each thing once, with the earliest entry that shows it.
    pub findings: Vec<FindingRow>,
    /// The charter's categories, by the index of their id.
    #[serde(skip)]
    labels: Vec<String>,
    /// In which the keys of findings are located.
    #[serde(skip)]
    charter_text: String,
}

/// What was audited, and in short what came of it.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// What the recordings were held against.
    pub charter: CharterRead,
    /// The choice that they were judged by.
    pub state: State,
    /// In the order of the command line.
    pub recordings: Vec<RecordingRead>,
    /// How many rows of cookies follow.
    pub cookies: usize,
    /// How many of those were refused at least once.
    pub refused: usize,
    /// How many hosts of other sites were asked.
    pub third_parties: usize,
    /// How many findings follow: the exit code is 1 if there is one.
    pub findings: usize,
    /// Whether every recording was read to its end. If not, what is not here was perhaps not read.
    pub complete: bool,
}

/// The charter that the recordings were held against.
#[derive(Debug, Serialize)]
pub struct CharterRead {
    /// As it was named.
    pub file: String,
    /// The host that it is for.
    pub site: String,
    /// As in `octroi_policy_info`, to be compared with the one in force.
    pub hash: String,
}

/// A recording, as far as it was read.
#[derive(Debug, Serialize)]
pub struct RecordingRead {
    /// As it was named; `-` for standard input.
    pub file: String,
    /// The program that wrote it, as it names itself.
    pub producer: String,
    /// How many were read.
    pub entries: usize,
    /// Entries that called somebody: neither cached nor blocked.
    pub requests: usize,
    /// The host whose site the visit was of.
    pub first_party: String,
    /// When the first entry began (RFC 3339).
    pub from: Option<String>,
    /// When the last entry began (RFC 3339).
    pub to: Option<String>,
    /// Why it was not read to its end.
    pub fault: Option<String>,
    /// What a reader must know to judge what is said of it.
    pub notes: Vec<&'static str>,
}

/// A cookie.
#[derive(Clone, Debug, Serialize)]
pub struct CookieRow {
    /// As it was set or sent; nothing for a cookie without a name.
    pub name: String,
    /// The host that it was set by or sent to.
    pub host: String,
    /// The response's, if one recording shows a response and another a script.
    set_by: Option<SetBy>,
    /// The worst that it met.
    pub verdict: CookieVerdict,
    /// The label of its category, as metrics show it.
    pub category: String,
    /// Whether the charter names it.
    pub declared: bool,
    /// Where it was seen first, without the query.
    pub first_url: Option<String>,
    /// `None`: it ends with the session, or no response said so.
    pub lifetime_seconds: Option<i64>,
    /// As the charter says; `None`: for the session, or nothing is said.
    pub declared_lifetime_seconds: Option<i64>,
    /// What `lifetime_seconds` is made of: it tells a session from a life that no response said.
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

/// A host of another site, or a path of the portal's own that is a third party's.
#[derive(Clone, Debug, Serialize)]
pub struct PartyRow {
    /// Without a port; with the charter's path behind it if it is the portal's own.
    pub host: String,
    /// What the charter calls it, if it declares it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// How many entries called it.
    pub requests: u64,
    /// How many cookies were set by it or sent to it.
    pub cookies: usize,
    /// How many of the requests the visitor had not agreed to.
    pub before_consent: u64,
}

impl PartyRow {
    /// The host, with the charter's name of the party.
    pub fn shown(&self) -> String {
        self.party.as_ref().map_or_else(|| self.host.clone(), |party| format!("{} ({party})", self.host))
    }
}

/// Something that is wrong.
#[derive(Clone, Debug, Serialize)]
pub struct FindingRow {
    /// What is wrong.
    pub kind: FindingKind,
    /// The cookie's name, if it is about one that has a name.
    pub name: Option<String>,
    /// The host that it is about.
    pub host: Option<String>,
    /// The evidence, without the query.
    pub url: Option<String>,
    /// The position of the entry in its recording, from 0.
    pub entry: Option<usize>,
    /// Which recording, if there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// When, in milliseconds since 1970.
    #[serde(skip)]
    at: Option<i64>,
    /// The recording's position among those of the report.
    #[serde(skip)]
    recording: usize,
    /// The key of the charter that the finding is held against.
    #[serde(skip)]
    key: Option<KeyPath>,
    /// Line and column of that key. Both from 1.
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

    /// Adds what one recording comes to.
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
                .and_then(|place| Some(&*audit.charter().third_parties.as_ref()?.parties.get(place)?.id));
            self.add_party(host, id, party.requests, party.refused);
        }
        for found in outcome.found {
            self.add_finding(recording, found);
        }
    }

    /// Puts all in order, and counts.
    pub(super) fn finish(&mut self) {
        self.cookies.sort_by(|one, other| (&one.host, &one.name).cmp(&(&other.host, &other.name)));
        self.third_parties.sort_by(|one, other| one.host.cmp(&other.host));
        self.findings.sort_by(|one, other| {
            (one.kind, &one.host, &one.name, one.recording).cmp(&(
                other.kind,
                &other.host,
                &other.name,
                other.recording,
            ))
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

    /// A cookie that an earlier recording had is one row with it, with the worse verdict and the longer life.
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

    fn add_party(&mut self, host: &str, id: Option<&str>, requests: u64, before_consent: u64) {
        match self.third_parties.iter_mut().find(|known| known.host == host) {
            Some(known) => {
                known.requests += requests;
                known.before_consent += before_consent;
            }
            None => self.third_parties.push(PartyRow {
                host: host.to_owned(),
                party: id.map(str::to_owned),
                requests,
                cookies: 0,
                before_consent,
            }),
        }
    }

    /// A finding that an earlier recording had is dropped: the first evidence is enough to find the cause.
    fn add_finding(&mut self, recording: usize, found: Found) {
        let (name, host) = (found.name.as_deref().map(shown), found.host.as_deref().map(str::to_owned));
        let is_it = |known: &FindingRow| known.kind == found.kind && known.name == name && known.host == host;
        // Each recording from which cookies were taken out is a finding of its own.
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

fn seconds(life: Option<Life>) -> Option<i64> {
    match life? {
        Life::Session => None,
        Life::Seconds(seconds) => Some(seconds),
    }
}

/// A moment as people read it, in UTC; nothing for what no entry dates.
fn moment(millisecond: i64) -> Option<String> {
    if millisecond == 0 {
        return None;
    }
    Timestamp::from_millisecond(millisecond).ok().map(|moment| format!("{moment:.0}"))
}
