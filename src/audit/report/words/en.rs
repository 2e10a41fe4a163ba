//! English.

use super::{CookieWords, FindingWords, FindingsWords, HeadWords, Note, PartyWords, RecordingWords, Words};
use crate::audit::findings::SetBy;
use crate::audit::report::CookieVerdict;
use crate::audit::{FindingKind, State};

pub(in crate::audit::report) static WORDS: Words = Words {
    tag: "en",
    title: "Cookie audit of",
    verdict,
    head: HeadWords {
        charter: "Charter",
        judged_by: "Judged by",
        state,
        cookies: |all, refused| format!("{all}, of which {refused} without consent"),
    },
    recordings: RecordingWords {
        heading: "Recordings",
        made_by: "Made by",
        counted: |entries, requests| format!("{entries} entries, {requests} requests over the network."),
        span: |from, to| format!("From {from} to {to}."),
        first_party: ["The site itself is", "with all its hosts."],
        fault: "It",
        note: "Note:",
        noted,
    },
    findings: FindingsWords {
        heading: "Findings",
        none: "None.",
        columns: ["What", "Seen in", "Address", "Charter"],
        whole_recording: "the whole recording",
        at: " at ",
        entry: ["entry ", " of "],
        line: "line",
    },
    finding,
    cookies: CookieWords {
        heading: "Cookies",
        none: "None was seen.",
        columns: ["Name", "Host", "Set by", "Verdict", "Category", "Lifetime", "Declared lifetime", "First seen at"],
        verdict: |verdict| match verdict {
            CookieVerdict::Allowed => "allowed",
            CookieVerdict::Refused => "refused",
        },
        set_by: |source| match source {
            Some(SetBy::Header) => "header",
            Some(SetBy::Script) => "script",
            None => "unknown",
        },
        session: "session",
        seconds: "seconds",
    },
    parties: PartyWords {
        heading: "Third parties",
        none: "None received a request.",
        columns: ["Host", "Requests", "Cookies", "Requests without consent", "Held by octroi"],
    },
    written_by: "Written by",
    is_no_advice: "It says what the recordings show, by the rules that octroi enforces; it is no legal advice. It holds no \
                   cookie's value and no query.",
};

fn verdict(findings: usize, complete: bool) -> String {
    match (complete, findings) {
        (true, 0) => "Nothing was found.".to_owned(),
        (true, 1) => "1 finding.".to_owned(),
        (true, findings) => format!("{findings} findings."),
        (false, findings) => format!("{findings} findings, and not everything could be read."),
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Recorded => "the choice that the recording shows",
        State::Nothing => "as if the visitor had said nothing",
        State::Refused => "as if the visitor had refused everything",
        State::Accepted => "as if the visitor had accepted everything",
    }
}

fn finding(kind: FindingKind) -> FindingWords {
    match kind {
        FindingKind::CookieWithoutConsent => FindingWords {
            title: "Cookies set without consent",
            meaning: "A response set these cookies, or a script wrote them, when the visitor had not agreed to their purpose.",
            advice: "Let octroi enforce the charter, or make the portal wait for the choice; a script's cookie, or another \
                     site's, octroi cannot stop from being written: declare who writes it in a `[[third_party]]`. If the \
                     purpose needs no consent, declare the cookie in an exempt category.",
        },
        FindingKind::CookieSentWithoutConsent => FindingWords {
            title: "Cookies sent without consent",
            meaning: "The browser sent these cookies when the visitor had not agreed to their purpose. They were there \
                      before the recording, or were set while the visitor agreed and kept after a withdrawal.",
            advice: "Delete the cookies when consent is refused or withdrawn; octroi does it with the next navigation.",
        },
        FindingKind::UndeclaredCookie => FindingWords {
            title: "Cookies that the charter does not name",
            meaning: "These cookies were seen, and no entry of the charter covers them.",
            advice: "Name each in the charter, with its purpose and category, or stop setting it.",
        },
        FindingKind::LifetimeExceedsCharter => FindingWords {
            title: "Cookies that live longer than the charter says",
            meaning: "A response gave these cookies a longer lifetime than the charter declares, by more than two minutes.",
            advice: "Shorten the cookie's lifetime, let octroi do it (`cap = true`), or publish its real lifetime.",
        },
        FindingKind::ThirdPartyWithoutConsent => FindingWords {
            title: "Third parties asked without consent",
            meaning: "The page sent requests to these third parties when the visitor had not agreed to it. Each learns the \
                      visitor's address, whether or not it sets a cookie.",
            advice: "Load it only once the visitor agreed, or declare its hosts in a `[[third_party]]`, so that octroi holds \
                     it until then; if it needs no consent, in an exempt category.",
        },
        FindingKind::UnreadableCookie => FindingWords {
            title: "Unreadable cookies",
            meaning: "These hosts set or received cookies without a name or with control bytes, which browsers read \
                      differently. Their text may be a value, so it is not shown.",
            advice: "Find out what writes them, and mend it: octroi drops them.",
        },
        FindingKind::RecordingSanitised => FindingWords {
            title: "Recordings that prove nothing",
            meaning: "Cookies were removed from these recordings, or placeholders stand in place of their values. That no \
                      finding comes from them proves nothing.",
            advice: "Record again with cookies: in Chrome, allow it in the settings of the developer tools and choose \
                     “Export HAR (with sensitive data)”.",
        },
    }
}

fn noted(note: Note) -> &'static str {
    match note {
        Note::OtherSite => "the charter's site is not in it: the site of its first page was judged instead",
        Note::NoCookie => "there is no cookie in it: if its producer leaves cookies out, it proves nothing about them",
        Note::ServiceWorker => {
            "some responses came from a service worker, whose own requests may not be recorded: a cookie attributed to a \
             script may have been set by their responses"
        }
        Note::Undated => "no entry has a start time: it is unknown whether a dated choice was valid, so none counts",
        Note::PartlyUndated => "some entries have no start time: each is taken to have begun with the one before it",
        Note::Folded => {
            "there are too many names or hosts, or too long names: further ones are shown folded, as `id_*`, or together, \
             as `*`"
        }
        Note::ManyHosts => "there are more hosts than can be remembered: what set a cookie may be shown wrongly",
        Note::ManyChoices => {
            "the choice changes more often than can be remembered: a host to which it is not sent is judged as if nothing \
             had been chosen"
        }
    }
}
