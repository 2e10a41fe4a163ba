//! The report's sentences: what each kind of finding means and what to do about it, lifetimes in words, and the notes on a
//! recording.

use super::{FindingRow, Report};
use crate::audit::FindingKind;
use crate::audit::ledger::{Ledger, Life};
use crate::audit::survey::Survey;
use crate::charter::Lifetime;

impl FindingKind {
    /// A heading.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::CookieWithoutConsent => "Cookies set without consent",
            Self::CookieSentWithoutConsent => "Cookies sent without consent",
            Self::UndeclaredCookie => "Cookies that the charter does not name",
            Self::LifetimeExceedsCharter => "Cookies that live longer than the charter says",
            Self::ThirdPartyWithoutConsent => "Third parties asked without consent",
            Self::UnreadableCookie => "Unreadable cookies",
            Self::RecordingSanitised => "Recordings that prove nothing",
        }
    }

    /// What it means.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::CookieWithoutConsent => {
                "A response set these cookies, or a script wrote them, when the visitor had not agreed to their purpose."
            }
            Self::CookieSentWithoutConsent => {
                "The browser sent these cookies when the visitor had not agreed to their purpose. They were there before \
                 the recording, or were set while the visitor agreed and kept after a withdrawal."
            }
            Self::UndeclaredCookie => "These cookies were seen, and no entry of the charter covers them.",
            Self::LifetimeExceedsCharter => {
                "A response gave these cookies a longer lifetime than the charter declares, by more than two minutes."
            }
            Self::ThirdPartyWithoutConsent => {
                "The page sent requests to these third parties when the visitor had not agreed to it. Each learns the \
                 visitor's address, whether or not it sets a cookie."
            }
            Self::UnreadableCookie => {
                "These hosts set or received cookies without a name or with control bytes, which browsers read differently. \
                 Their text may be a value, so it is not shown."
            }
            Self::RecordingSanitised => {
                "Cookies were removed from these recordings, or placeholders stand in place of their values. That no finding \
                 comes from them proves nothing."
            }
        }
    }

    /// What to do about it.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::CookieWithoutConsent => {
                "Let octroi enforce the charter, or make the portal wait for the choice; a script's cookie, or another site's, \
                 octroi cannot stop from being written: declare who writes it in a `[[third_party]]`. If the purpose needs no \
                 consent, declare the cookie in an exempt category."
            }
            Self::CookieSentWithoutConsent => {
                "Delete the cookies when consent is refused or withdrawn; octroi does it with the next navigation."
            }
            Self::UndeclaredCookie => "Name each in the charter, with its purpose and category, or stop setting it.",
            Self::LifetimeExceedsCharter => {
                "Shorten the cookie's lifetime, let octroi do it (`cap = true`), or publish its real lifetime."
            }
            Self::ThirdPartyWithoutConsent => {
                "Load it only once the visitor agreed, or declare its hosts in a `[[third_party]]`, so that octroi holds it until \
                 then; if it needs no consent, in an exempt category."
            }
            Self::UnreadableCookie => "Find out what writes them, and mend it: octroi drops them.",
            Self::RecordingSanitised => {
                "Record again with cookies: in Chrome, allow it in the settings of the developer tools and choose “Export \
                 HAR (with sensitive data)”."
            }
        }
    }
}

impl FindingRow {
    /// What it is about: a name at a host, a host, or a recording.
    pub(super) fn subject(&self, report: &Report) -> String {
        match (&self.name, &self.host) {
            (Some(name), Some(host)) => format!("{name} at {host}"),
            (None, Some(host)) => host.clone(),
            _ => report.summary.recordings.get(self.recording).map_or_else(String::new, |read| read.file.clone()),
        }
    }

    /// The entry that shows it, its recording if there are several, and its time.
    pub(super) fn evidence(&self) -> Option<String> {
        let entry = format!("entry {}", self.entry?);
        let file = self.file.as_ref().map(|file| format!(" of {file}")).unwrap_or_default();
        let at = self.at.and_then(super::moment).map(|at| format!(", {at}")).unwrap_or_default();
        Some(format!("{entry}{file}{at}"))
    }
}

/// A lifetime in words; empty if there is none.
pub(super) fn life(life: Option<Life>) -> String {
    match life {
        None => String::new(),
        Some(Life::Session) => "session".to_owned(),
        Some(Life::Seconds(seconds)) => {
            // Portals set whole hours or days, and `Expires` is a few seconds off `Date`: within a minute, round to the hour.
            let rounded = seconds.saturating_add(60).div_euclid(3600) * 3600;
            let whole = if (rounded - seconds).abs() <= 60 && rounded > 0 { rounded } else { seconds };
            u32::try_from(whole)
                .map_or_else(|_| format!("{seconds} seconds"), |whole| Lifetime::Seconds(whole).to_string())
        }
    }
}

/// The report in one sentence.
pub(super) fn verdict(report: &Report) -> String {
    let summary = &report.summary;
    match (summary.complete, summary.findings) {
        (true, 0) => "Nothing was found.".to_owned(),
        (true, 1) => "1 finding.".to_owned(),
        (true, findings) => format!("{findings} findings."),
        (false, findings) => format!("{findings} findings, and not everything could be read."),
    }
}

/// The choice by which it was judged.
pub(super) fn state(report: &Report) -> &'static str {
    use crate::audit::State::{Accepted, Nothing, Recorded, Refused};
    match report.summary.state {
        Recorded => "the choice that the recording shows",
        Nothing => "as if the visitor had said nothing",
        Refused => "as if the visitor had refused everything",
        Accepted => "as if the visitor had accepted everything",
    }
}

/// What limits the results for a recording.
pub(super) fn notes(survey: &Survey, ledger: &Ledger) -> Vec<&'static str> {
    let notes = [
        (survey.is_elsewhere, "the charter's site is not in it: the site of its first page was judged instead"),
        (
            survey.lacks_cookies(),
            "there is no cookie in it: if its producer leaves cookies out, it proves nothing about them",
        ),
        (
            survey.has_service_worker,
            "some responses came from a service worker, whose own requests may not be recorded: a cookie attributed to a \
             script may have been set by their responses",
        ),
        (
            survey.undated == survey.entries && survey.entries > 0,
            "no entry has a start time: it is unknown whether a dated choice was valid, so none counts",
        ),
        (
            (1..survey.entries).contains(&survey.undated),
            "some entries have no start time: each is taken to have begun with the one before it",
        ),
        (
            ledger.is_folded,
            "there are too many names or hosts, or too long names: further ones are shown folded, as `id_*`, or together, \
             as `*`",
        ),
        (survey.is_full, "there are more hosts than can be remembered: what set a cookie may be shown wrongly"),
        (
            survey.is_timeline_full(),
            "the choice changes more often than can be remembered: a host to which it is not sent is judged as if nothing \
             had been chosen",
        ),
    ];
    notes.into_iter().filter_map(|(is_so, note)| is_so.then_some(note)).collect()
}
