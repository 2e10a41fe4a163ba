//! The verdict on one cookie, and the steps that led to it.
//!
//! Reasons and verdicts have the names that logs and metrics use, so that a log line can be compared with it.

use serde::Serialize;

use super::anatomy::escape;
use super::words::{BecauseWords, Words};
use crate::charter::{DeclaredCookie, NamePattern};
use crate::cookie::Pair;
use crate::gate::{JudgedLine, JudgedPair, Leaving};
use crate::policy::{Judgement, Reason, Verdict};
use crate::snapshot::Site;

/// The verdict on one cookie.
#[derive(Debug, Serialize)]
pub struct CookieVerdict {
    /// Which entry of the charter names the cookie, in words; entries count from 1.
    pub declared: String,
    /// The category's id, or octroi's own label if no category of the charter applies.
    pub category: String,
    /// Pass, amend, delete or drop.
    pub verdict: &'static str,
    /// As logs and metrics name it.
    pub reason: &'static str,
    /// The reason in a sentence.
    pub because: String,
    /// `enforce`, or `report-only`: then the cookie is forwarded as it came, whatever the verdict.
    pub enforcement: &'static str,
    /// What octroi does with a `Domain` that is the portal's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<&'static str>,
    /// What octroi forwards, escaped as the line; `None` if nothing.
    pub sent: Option<String>,
}

/// The verdict on a line of a response. `judged` is `None` if the line holds a control byte: the gate does not judge it.
pub(super) fn of_set_cookie(site: &Site, judged: Option<(&[u8], &JudgedLine)>, words: &'static Words) -> CookieVerdict {
    let Some((line, JudgedLine { judgement, leaving, names_portal })) = judged else {
        return dropped(site, words.because.control_byte, words);
    };
    let sent = match leaving {
        Leaving::Unchanged => Some(line),
        Leaving::Rewritten(line) => Some(&**line),
        Leaving::Nothing => None,
    };
    let domain = names_portal.then_some(words.domain);
    CookieVerdict { domain, ..describe(site, judgement, sent, words) }
}

/// The verdict on a line with a NUL, CR or LF byte.
pub(super) fn refused(site: &Site, words: &'static Words) -> CookieVerdict {
    dropped(site, words.because.line_end, words)
}

fn dropped(site: &Site, because: &str, words: &'static Words) -> CookieVerdict {
    CookieVerdict { because: because.to_owned(), ..describe(site, &Judgement::UNREADABLE, None, words) }
}

pub(super) fn of_pair(site: &Site, pair: &Pair<'_>, judged: JudgedPair, words: &'static Words) -> CookieVerdict {
    describe(site, &judged.judgement, (!judged.is_stripped).then_some(pair.raw), words)
}

/// `sent`: what octroi forwards.
fn describe(site: &Site, judgement: &Judgement, sent: Option<&[u8]>, words: &'static Words) -> CookieVerdict {
    let labels = site.policy.category_labels();
    let category = labels.get(judgement.category.index()).copied().flatten().unwrap_or_default();
    let declaration = judgement.declaration.and_then(|index| Some((index, site.charter.cookies.get(index)?)));
    let enforcement = site.policy.enforcement(judgement.category, site.enforcement);
    CookieVerdict {
        declared: declaration.map_or_else(|| words.not_declared.to_owned(), |entry| declared(entry, words)),
        category: category.to_owned(),
        verdict: verdict_word(judgement.verdict),
        reason: judgement.reason.as_str(),
        because: because(judgement.reason, category, &words.because),
        enforcement: enforcement.as_str(),
        domain: None,
        sent: sent.map(escape),
    }
}

/// As `by entry 3 of the charter, prefix = "_ga"`; entries count from 1.
fn declared((index, cookie): (usize, &DeclaredCookie), words: &Words) -> String {
    let (kind, text) = match &cookie.name {
        NamePattern::Exact(name) => ("name", name),
        NamePattern::Prefix(prefix) => ("prefix", prefix),
        NamePattern::Glob(glob) => ("glob", glob),
        NamePattern::Regex(regex) => ("regex", regex),
    };
    let (number, pattern) = ((index + 1).to_string(), format!("{kind} = \"{text}\""));
    words.declared.replacen("{}", &number, 1).replacen("{}", &pattern, 1)
}

pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Amend(_) => "amend",
        Verdict::Delete => "delete",
        Verdict::Drop => "drop",
    }
}

/// The reason in a sentence. `category` is its label in the metrics.
pub(super) fn because(reason: Reason, category: &str, words: &BecauseWords) -> String {
    let is_undeclared = category == "undeclared";
    let sentence = match reason {
        Reason::Exempt => words.exempt,
        Reason::Audience => words.audience,
        Reason::Granted => words.granted,
        Reason::Unsaid if is_undeclared => words.unsaid_undeclared,
        Reason::Unsaid => words.unsaid,
        Reason::Refused if is_undeclared => words.refused_undeclared,
        Reason::Refused => words.refused,
        Reason::Denied => words.denied,
        Reason::Unreadable => words.unreadable,
        Reason::PathStripped => words.path_stripped,
    };
    sentence.replacen("{}", category, 1)
}

impl CookieVerdict {
    pub(super) fn to_text(&self) -> String {
        let enforcement = match self.enforcement {
            "report-only" => "report-only: counted, and left as it is",
            other => other,
        };
        let domain = self.domain.map_or_else(String::new, |domain| format!("domain    {domain}\n"));
        let sent = self.sent.as_deref().unwrap_or("nothing");
        format!(
            "declared  {}\ncategory  {}\nverdict   {} ({}): {}\nmode      {enforcement}\n{domain}sent      {sent}\n",
            self.declared, self.category, self.verdict, self.reason, self.because
        )
    }
}
