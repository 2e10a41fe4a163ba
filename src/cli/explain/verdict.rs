//! The verdict on one cookie, and the steps that led to it.

use serde::Serialize;

use crate::charter::{DeclaredCookie, Enforcement, NamePattern};
use crate::config::SiteConfig;
use crate::cookie::{Pair, SetCookie, UnixTime, amend, canonical_deletion};
use crate::gate::response::OwnDomain;
use crate::http::h1::SetCookies;
use crate::policy::{Consent, Judgement, Reason, Subject, Verdict};

/// The verdict on one cookie.
#[derive(Debug, Serialize)]
pub(super) struct CookieVerdict {
    declared: String,
    category: String,
    verdict: &'static str,
    reason: &'static str,
    because: String,
    enforcement: &'static str,
    /// What becomes of a `Domain` that is the portal's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'static str>,
    /// What leaves octroi; nothing where the cookie does not pass.
    sent: Option<String>,
}

pub(super) fn of_set_cookie(
    site: &SiteConfig,
    own_domain: Option<OwnDomain<'_>>,
    line: &[u8],
    consent: &Consent,
    now: UnixTime,
) -> CookieVerdict {
    let unsendable = |because: &str| CookieVerdict {
        because: because.to_owned(),
        sent: None,
        ..describe(site, &Judgement::UNREADABLE, line, None)
    };
    let Ok(lines) = SetCookies::of_line(line) else {
        return unsendable("NUL, CR and LF can end the line for some reader: the response becomes a 502");
    };
    let Some(line) = lines.iter().next() else {
        return unsendable("no browser keeps a cookie with a control byte: the line is dropped in every mode");
    };
    let line = line.as_bytes();
    let turned = own_domain.and_then(|own| own.turn(line));
    let verdict = judged(site, line, turned.as_deref(), consent, now);
    let domain = turned.map(|_| "the portal's own name becomes the visitor's host; left as it is in report-only");
    CookieVerdict { domain, ..verdict }
}

/// The verdict on a line, which was `turned` to the visitor's host where it was for the portal's.
fn judged(site: &SiteConfig, line: &[u8], turned: Option<&[u8]>, consent: &Consent, now: UnixTime) -> CookieVerdict {
    let leaving = turned.unwrap_or(line);
    let Ok(cookie) = SetCookie::parse(leaving) else { return describe(site, &Judgement::UNREADABLE, line, None) };
    let judgement = site.policy.judge(Subject::SetCookie(&cookie), consent, now);
    let sent = match judgement.verdict {
        Verdict::Pass => Some(leaving.to_vec()),
        Verdict::Amend(amendment) => Some(amend(&cookie, &amendment, now).unwrap_or_else(|| leaving.to_vec())),
        Verdict::Delete => Some(canonical_deletion(&cookie)),
        Verdict::Drop => None,
    };
    let verdict = describe(site, &judgement, line, sent);
    match (turned, judgement.verdict) {
        (Some(_), Verdict::Pass) => CookieVerdict { verdict: "amend", ..verdict },
        _ => verdict,
    }
}

pub(super) fn of_pair(site: &SiteConfig, pair: &Pair<'_>, consent: &Consent, now: UnixTime) -> CookieVerdict {
    let judge = |name| site.policy.judge(Subject::Pair(name), consent, now);
    let judgement = pair.name.map_or(Judgement::UNREADABLE, judge);
    let sent = (judgement.verdict == Verdict::Pass).then(|| pair.raw.to_vec());
    describe(site, &judgement, pair.raw, sent)
}

fn describe(site: &SiteConfig, judgement: &Judgement, line: &[u8], sent: Option<Vec<u8>>) -> CookieVerdict {
    let labels = site.policy.category_labels();
    let category = labels.get(judgement.category.index()).copied().flatten().unwrap_or_default();
    let declaration = judgement.declaration.and_then(|index| Some((index, site.charter.cookies.get(index)?)));
    let enforcement = site.policy.enforcement(judgement.category, site.enforcement);
    let sent = if enforcement == Enforcement::ReportOnly { Some(line.to_vec()) } else { sent };
    CookieVerdict {
        declared: declaration.map_or_else(|| "by no entry of the charter".to_owned(), declared),
        category: category.to_owned(),
        verdict: verdict_word(judgement.verdict),
        reason: judgement.reason.as_str(),
        because: because(judgement.reason, category),
        enforcement: enforcement.as_str(),
        domain: None,
        sent: sent.map(|bytes| bytes.escape_ascii().to_string().replace("\\\"", "\"").replace("\\'", "'")),
    }
}

fn declared((index, cookie): (usize, &DeclaredCookie)) -> String {
    let (kind, text) = match &cookie.name {
        NamePattern::Exact(name) => ("name", name),
        NamePattern::Prefix(prefix) => ("prefix", prefix),
        NamePattern::Glob(glob) => ("glob", glob),
        NamePattern::Regex(regex) => ("regex", regex),
    };
    format!("by entry {} of the charter, {kind} = \"{text}\"", index + 1)
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Amend(_) => "amend",
        Verdict::Delete => "delete",
        Verdict::Drop => "drop",
    }
}

fn because(reason: Reason, category: &str) -> String {
    match reason {
        Reason::Exempt => format!("`{category}` needs no consent"),
        Reason::Audience => "the charter asserts the audience exemption, and the visitor did not refuse".to_owned(),
        Reason::Granted => "the visitor agreed".to_owned(),
        Reason::Unsaid if category == "undeclared" => {
            "the charter does not name it: it needs the visitor's agreement to everything".to_owned()
        }
        Reason::Unsaid => format!("`{category}` needs consent, and the visitor said nothing of it"),
        Reason::Refused => format!("`{category}` needs consent, and the visitor refused"),
        Reason::Denied => "the charter does not name it, and lets no such cookie pass".to_owned(),
        Reason::Unreadable => "browsers do not agree on what it is".to_owned(),
        Reason::PathStripped => "the path sets no cookie at all (strip_all)".to_owned(),
    }
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
