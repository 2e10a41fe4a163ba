//! The verdict on requests of the site's pages to a third party's URL.
//!
//! It comes from [`crate::party`], as in the proxy, and is shown with the policies that a page is sent with.

use std::fmt::Write as _;

use http::StatusCode;
use serde::Serialize;
use url::Url;

use super::verdict::{because, verdict_word};
use super::words::ENGLISH;
use crate::charter::{Enforcement, PartyPath};
use crate::policy::{Consent, Verdict};
use crate::snapshot::{PagePolicies, Site};

/// Whether a page may send requests to a third party, and the policies that the page is sent with.
#[derive(Debug, Serialize)]
pub struct PartyVerdict {
    /// Without a trailing dot.
    host: String,
    /// The id of its `[[third_party]]`; `None` if the charter does not declare the host.
    party: Option<String>,
    /// The path of the charter that covers the URL's, if the host is the site's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The status with which octroi itself answers a request to that path, unless it is for a document. `None` if octroi
    /// forwards it.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<u16>,
    /// The category's id, or `undeclared`.
    category: String,
    /// Pass or drop.
    verdict: &'static str,
    reason: &'static str,
    /// The reason in a sentence.
    because: String,
    /// The value of `Content-Security-Policy`, if something is enforced.
    #[serde(skip_serializing_if = "Option::is_none")]
    content_security_policy: Option<String>,
    /// The value of `Content-Security-Policy-Report-Only`, if something is only reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    content_security_policy_report_only: Option<String>,
    /// Whether the page's HTML is rewritten, too.
    page_rewritten: bool,
}

/// The verdict on requests to this URL with this consent. `own_path`: the third party that has the URL's path, if the host
/// is the site's own.
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
    let declared = own_path.and_then(|(index, _)| policies.parties.ids().nth(index));
    let decision = policies.decide(&site.policy, consent, site.enforcement);
    let text = |index: Option<usize>| index.and_then(|index| policies.parties.texts().get(index)).cloned();
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
        because: because(judgement.reason, category, &ENGLISH.because),
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
            text += "page sent   no policy of octroi: the browser may send requests to any host\n";
        }
        if self.page_rewritten {
            text += "page body   held scripts, style sheets, hints and frames are disabled in its HTML\n";
        }
        text
    }
}
