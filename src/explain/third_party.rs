//! The verdict on a URL that a page of the site would ask somebody else for.
//!
//! It asks [`crate::party`], as the response phase does for each page, and shows the policies that would go with one.

use std::fmt::Write as _;

use http::StatusCode;
use serde::Serialize;
use url::Url;

use super::verdict::{because, verdict_word};
use crate::charter::{Enforcement, PartyPath};
use crate::policy::{Consent, Verdict};
use crate::snapshot::{PagePolicies, Site};

/// Whether a page may ask a third party, and what its browser is told.
#[derive(Debug, Serialize)]
pub struct PartyVerdict {
    /// Without a trailing dot.
    host: String,
    /// The id in the charter; none if it declares no such host.
    party: Option<String>,
    /// The path of the charter that covers the URL's, if the host is the site's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// What octroi answers to a request there that is for no document, if it does not pass it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<u16>,
    /// By its id, or `undeclared`.
    category: String,
    /// Pass or drop.
    verdict: &'static str,
    reason: &'static str,
    /// The reason in a sentence.
    because: String,
    /// The policies that go with a page. The value of `Content-Security-Policy`, if the site enforces its charter.
    #[serde(skip_serializing_if = "Option::is_none")]
    content_security_policy: Option<String>,
    /// The value of `Content-Security-Policy-Report-Only`, if something is only reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    content_security_policy_report_only: Option<String>,
    /// Whether the page's HTML is rewritten, too.
    page_rewritten: bool,
}

/// What is said of asking this URL with this consent. `own_path`: the third party whose path it is, if the URL is one of the
/// site itself.
pub(super) fn of_url(
    site: &Site,
    policies: &PagePolicies,
    url: &Url,
    own_path: Option<(usize, &PartyPath)>,
    consent: &Consent,
) -> PartyVerdict {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let judgement = match own_path {
        Some((party, _)) => policies.parties.judge_declared(&site.policy, party, consent),
        None => policies.parties.judge(&site.policy, host, url.port(), consent),
    };
    let is_answered = judgement.verdict != Verdict::Pass
        && site.policy.enforcement(judgement.category, site.enforcement) == Enforcement::Enforce;
    let declared = own_path.and_then(|(place, _)| policies.parties.ids().nth(place));
    let decision = policies.decide(&site.policy, consent, site.enforcement);
    let text = |place: Option<usize>| place.and_then(|place| policies.parties.texts().get(place)).cloned();
    let labels = site.policy.category_labels();
    let category = labels.get(judgement.category.index()).copied().flatten().unwrap_or_default();
    PartyVerdict {
        host: host.to_owned(),
        party: declared.or_else(|| Some(policies.parties.find(host, url.port())?.1)).map(str::to_owned),
        path: own_path.map(|(_, path)| path.to_string()),
        answered: own_path.and(is_answered.then_some(StatusCode::FORBIDDEN.as_u16())),
        category: category.to_owned(),
        verdict: verdict_word(judgement.verdict),
        reason: judgement.reason.as_str(),
        because: because(judgement.reason, category),
        content_security_policy: text(decision.enforced),
        content_security_policy_report_only: text(decision.reported),
        page_rewritten: policies.placeholders.is_some() && decision.rewritten.is_some(),
    }
}

impl PartyVerdict {
    pub(super) fn to_text(&self) -> String {
        let mut text = String::new();
        let party = self.party.as_deref().unwrap_or("declared by no [[third_party]]");
        let _ = writeln!(text, "third party {party} ({})", self.host);
        if let Some(path) = &self.path {
            let _ = writeln!(text, "path        {path} of the site itself");
        }
        let _ = writeln!(text, "category    {}", self.category);
        let _ = writeln!(text, "verdict     {} ({}): {}", self.verdict, self.reason, self.because);
        if let Some(status) = self.answered {
            let _ = writeln!(text, "answered    {status} by octroi, unless a document is asked for");
        }
        let lines = [
            ("Content-Security-Policy", &self.content_security_policy),
            ("Content-Security-Policy-Report-Only", &self.content_security_policy_report_only),
        ];
        for (name, value) in lines {
            if let Some(value) = value {
                let _ = writeln!(text, "page sent   {name}: {value}");
            }
        }
        if lines.iter().all(|(_, value)| value.is_none()) {
            text += "page sent   no policy of octroi's: its browser may ask anybody\n";
        }
        if self.page_rewritten {
            text += "page body   held scripts, style sheets, hints and frames are switched off in its HTML\n";
        }
        text
    }
}
