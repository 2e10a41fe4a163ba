//! The report's own words, in each language that its page speaks. The other formats are in English.
//!
//! Every language has every sentence: a missing one would not compile. To add a language: a file beside `en.rs`, and its
//! variant of [`Language`]. Why a recording could not be read is told in English alone.

mod en;
mod fr;

pub(super) use en::WORDS as ENGLISH;

use serde::{Serialize, Serializer};

use super::{CookieVerdict, FindingRow, Report};
use crate::audit::findings::SetBy;
use crate::audit::ledger::{Ledger, Life};
use crate::audit::survey::Survey;
use crate::audit::{FindingKind, State};
use crate::charter::Lifetime;
use crate::render;

/// A language of the report's page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// English
    #[default]
    En,
    /// French
    Fr,
}

impl Language {
    /// The report's sentences in it.
    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::En => &en::WORDS,
            Self::Fr => &fr::WORDS,
        }
    }
}

/// Everything that the report says of itself.
#[derive(Debug)]
pub(super) struct Words {
    /// The language (BCP 47).
    pub(super) tag: &'static str,
    /// The title, before the site's host.
    pub(super) title: &'static str,
    /// The report in one sentence: how many findings, and whether everything could be read.
    pub(super) verdict: fn(findings: usize, complete: bool) -> String,
    pub(super) head: HeadWords,
    pub(super) recordings: RecordingWords,
    pub(super) findings: FindingsWords,
    /// What a kind of finding means.
    pub(super) finding: fn(FindingKind) -> FindingWords,
    pub(super) cookies: CookieWords,
    pub(super) parties: PartyWords,
    /// At the foot of the page, before octroi's name and version.
    pub(super) written_by: &'static str,
    /// Behind them: what the report is, and what it does not hold.
    pub(super) is_no_advice: &'static str,
}

/// What was audited.
#[derive(Debug)]
pub(super) struct HeadWords {
    /// A label; host, file and hash of the charter follow.
    pub(super) charter: &'static str,
    /// A label; the choice follows.
    pub(super) judged_by: &'static str,
    /// The choice by which all was judged.
    pub(super) state: fn(State) -> &'static str,
    /// How many cookies, and how many of them without consent.
    pub(super) cookies: fn(all: usize, refused: usize) -> String,
}

/// What was read.
#[derive(Debug)]
pub(super) struct RecordingWords {
    /// Of the section.
    pub(super) heading: &'static str,
    /// Before the name of the program.
    pub(super) made_by: &'static str,
    /// How many entries there are, and how many requests that used the network.
    pub(super) counted: fn(entries: usize, requests: usize) -> String,
    /// When it begins and ends.
    pub(super) span: fn(from: &str, to: &str) -> String,
    /// Before and behind the site's registrable domain.
    pub(super) first_party: [&'static str; 2],
    /// Before why it could not be read to its end, which is an English predicate.
    pub(super) fault: &'static str,
    /// Before a note.
    pub(super) note: &'static str,
    /// What a note says, without a full stop.
    pub(super) noted: fn(Note) -> &'static str,
}

/// The tables of findings.
#[derive(Debug)]
pub(super) struct FindingsWords {
    /// Of the section.
    pub(super) heading: &'static str,
    /// In place of the table, if it would be empty.
    pub(super) none: &'static str,
    /// The heads of the columns: what it is about, the evidence, the URL, the line of the charter.
    pub(super) columns: [&'static str; 4],
    /// The evidence of what no single entry shows.
    pub(super) whole_recording: &'static str,
    /// Between a cookie's name and its host.
    pub(super) at: &'static str,
    /// Before an entry's number, and between it and a file.
    pub(super) entry: [&'static str; 2],
    /// Before the number of a line of the charter.
    pub(super) line: &'static str,
}

/// A kind of finding.
#[derive(Clone, Copy, Debug)]
pub(super) struct FindingWords {
    /// A heading.
    pub(super) title: &'static str,
    /// What it means.
    pub(super) meaning: &'static str,
    /// What to do about it.
    pub(super) advice: &'static str,
}

/// The table of cookies.
#[derive(Debug)]
pub(super) struct CookieWords {
    /// Of the section.
    pub(super) heading: &'static str,
    /// In place of the table, if it would be empty.
    pub(super) none: &'static str,
    /// The heads of the columns: name, host, what set it, verdict, category, lifetime, declared lifetime, URL.
    pub(super) columns: [&'static str; 8],
    /// Whether it was allowed, in a word.
    pub(super) verdict: fn(CookieVerdict) -> &'static str,
    /// What set it; `None`: not known.
    pub(super) set_by: fn(Option<SetBy>) -> &'static str,
    /// The lifetime of a cookie that ends with the browser.
    pub(super) session: &'static str,
    /// The unit of a lifetime that is longer than any in a charter.
    pub(super) seconds: &'static str,
}

/// The table of third parties.
#[derive(Debug)]
pub(super) struct PartyWords {
    /// Of the section.
    pub(super) heading: &'static str,
    /// In place of the table, if it would be empty.
    pub(super) none: &'static str,
    /// The heads of the columns: host, requests, cookies, requests without consent, requests that octroi refused.
    pub(super) columns: [&'static str; 5],
}

impl Words {
    /// What a finding is about: a name at a host, a host, or a recording.
    pub(super) fn subject(&self, finding: &FindingRow, report: &Report) -> String {
        match (&finding.name, &finding.host) {
            (Some(name), Some(host)) => [name, self.findings.at, host].concat(),
            (None, Some(host)) => host.clone(),
            _ => report.summary.recordings.get(finding.recording).map_or_else(String::new, |read| read.file.clone()),
        }
    }

    /// The entry that shows a finding, its recording if there are several, and its time.
    pub(super) fn evidence(&self, finding: &FindingRow) -> Option<String> {
        let [entry, of] = self.findings.entry;
        let entry = format!("{entry}{}", finding.entry?);
        let file = finding.file.as_ref().map(|file| format!("{of}{file}")).unwrap_or_default();
        let at = finding.at.and_then(super::moment).map(|at| format!(", {at}")).unwrap_or_default();
        Some(format!("{entry}{file}{at}"))
    }

    /// A lifetime; empty if there is none.
    pub(super) fn life(&self, life: Option<Life>) -> String {
        match life {
            None => String::new(),
            Some(Life::Session) => self.cookies.session.to_owned(),
            Some(Life::Seconds(seconds)) => {
                // Portals set whole hours or days, and `Expires` is a few seconds off `Date`: within a minute, round to the hour.
                let rounded = seconds.saturating_add(60).div_euclid(3600) * 3600;
                let whole = if (rounded - seconds).abs() <= 60 && rounded > 0 { rounded } else { seconds };
                u32::try_from(whole).map_or_else(
                    |_| format!("{seconds} {}", self.cookies.seconds),
                    |whole| render::lifetime(self.tag, Lifetime::Seconds(whole)),
                )
            }
        }
    }
}

/// What limits the results for a recording. Serialised, it is its English sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The charter's site is not in it, so the site of its first page was judged.
    OtherSite,
    /// There is no cookie in it.
    NoCookie,
    /// Responses came from a service worker, whose own requests may be missing.
    ServiceWorker,
    /// No entry has a start time.
    Undated,
    /// Some entries have no start time.
    PartlyUndated,
    /// Names or hosts are shown folded, or together.
    Folded,
    /// Not every host could be remembered.
    ManyHosts,
    /// Not every change of the choice could be remembered.
    ManyChoices,
}

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str((ENGLISH.recordings.noted)(*self))
    }
}

/// What limits the results for this recording.
pub(super) fn notes(survey: &Survey, ledger: &Ledger) -> Vec<Note> {
    let notes = [
        (survey.is_elsewhere, Note::OtherSite),
        (survey.lacks_cookies(), Note::NoCookie),
        (survey.has_service_worker, Note::ServiceWorker),
        (survey.undated == survey.entries && survey.entries > 0, Note::Undated),
        ((1..survey.entries).contains(&survey.undated), Note::PartlyUndated),
        (ledger.is_folded, Note::Folded),
        (survey.is_full, Note::ManyHosts),
        (survey.is_timeline_full(), Note::ManyChoices),
    ];
    notes.into_iter().filter_map(|(is_so, note)| is_so.then_some(note)).collect()
}
