//! The report's sentences: what each kind of finding means and what to do, lives in words, and what a reader must know of a
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
            Self::UnreadableCookie => "What is no cookie that browsers agree on",
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
                "A response gave these cookies a longer life than the charter declares; two minutes are allowed for clocks."
            }
            Self::ThirdPartyWithoutConsent => {
                "The page asked servers of other sites before the visitor had agreed to it. Each learns the visitor's \
                 address, whether or not it sets a cookie."
            }
            Self::UnreadableCookie => {
                "These hosts set or were sent something without a name, or with control bytes. Its text may be a value, so \
                 it is not shown."
            }
            Self::RecordingSanitised => {
                "Cookies were taken out of these recordings, or a word stands in place of their values. That nothing was \
                 found in them shows nothing."
            }
        }
    }

    /// What to do about it.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::CookieWithoutConsent => {
                "Let octroi enforce the charter, or make the portal wait for the choice; if the purpose needs no consent, \
                 declare the cookie in an exempt category."
            }
            Self::CookieSentWithoutConsent => {
                "Delete the cookies when consent is refused or withdrawn; octroi does it with the next navigation."
            }
            Self::UndeclaredCookie => "Name each in the charter, with its purpose and category, or stop setting it.",
            Self::LifetimeExceedsCharter => {
                "Shorten the cookie's life, let octroi do it (`cap = true`), or publish the life that it really has."
            }
            Self::ThirdPartyWithoutConsent => {
                "Load it only once the visitor agreed; if it needs no consent, declare its cookies with their `domain` in \
                 an exempt category."
            }
            Self::UnreadableCookie => {
                "Find out what writes it: browsers do not agree on what it is, and octroi drops it."
            }
            Self::RecordingSanitised => {
                "Record again with cookies: in Chrome, allow it in the settings of the developer tools and choose “Export \
                 HAR (with sensitive data)”."
            }
        }
    }
}

impl FindingRow {
    /// What is concerned: a name at a host, a host, or a recording.
    pub(super) fn subject(&self, report: &Report) -> String {
        match (&self.name, &self.host) {
            (Some(name), Some(host)) => format!("{name} at {host}"),
            (None, Some(host)) => host.clone(),
            _ => report.summary.recordings.get(self.recording).map_or_else(String::new, |read| read.file.clone()),
        }
    }

    /// The entry that shows it.
    pub(super) fn evidence(&self) -> Option<String> {
        let entry = format!("entry {}", self.entry?);
        let file = self.file.as_ref().map(|file| format!(" of {file}")).unwrap_or_default();
        let at = self.at.and_then(super::moment).map(|at| format!(", {at}")).unwrap_or_default();
        Some(format!("{entry}{file}{at}"))
    }
}

/// A life in words; of a cookie whose life no response said, nothing.
pub(super) fn life(life: Option<Life>) -> String {
    match life {
        None => String::new(),
        Some(Life::Session) => "session".to_owned(),
        Some(Life::Seconds(seconds)) => {
            // Portals count in days; a browser's clock is a few seconds off.
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

/// By whose choice it was judged.
pub(super) fn state(report: &Report) -> &'static str {
    use crate::audit::State::{Accepted, Nothing, Recorded, Refused};
    match report.summary.state {
        Recorded => "the choice that the recording shows",
        Nothing => "as if the visitor had said nothing",
        Refused => "as if the visitor had refused everything",
        Accepted => "as if the visitor had accepted everything",
    }
}

/// What a reader must know of a recording to judge what is said of it.
pub(super) fn notes(survey: &Survey, ledger: &Ledger) -> Vec<&'static str> {
    let notes = [
        (survey.is_elsewhere, "the charter's site is not in it: the site of its first page was taken for it"),
        (
            survey.lacks_cookies(),
            "there is no cookie in it: if its recorder leaves cookies out, it proves nothing about them",
        ),
        (
            survey.has_service_worker,
            "some responses came from a service worker: what it fetched may not be in it, and a cookie that is said to be \
             a script's may have been set there",
        ),
        (
            survey.undated == survey.entries && survey.entries > 0,
            "no entry says when it began: whether a dated choice was valid then cannot be told, so none counts",
        ),
        (
            (1..survey.entries).contains(&survey.undated),
            "some entries do not say when they began: each is taken to be as old as the one before it",
        ),
        (
            ledger.is_folded,
            "there are more names or hosts than are kept apart, or longer ones: further ones are shown folded, as `id_*`, \
             or together, as `*`",
        ),
        (survey.is_full, "there are more hosts than are remembered: who set a cookie may be told wrongly"),
        (
            survey.is_timeline_full(),
            "the choice changes more often than can be remembered: where it is not sent, none counts",
        ),
    ];
    notes.into_iter().filter_map(|(is_so, note)| is_so.then_some(note)).collect()
}
