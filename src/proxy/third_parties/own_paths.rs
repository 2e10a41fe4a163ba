//! Requests for paths of the site's own host that belong to a third party: octroi answers them itself while that party is
//! held.
//!
//! A content security policy cannot hold them, because `'self'` stands for the whole site. A document passes in any case:
//! whoever opens one sees where they are.

use http::request;

use super::destination::is_for_document;
use crate::charter::Enforcement;
use crate::policy::{Consent, Verdict};
use crate::snapshot::Site;

/// Whether a request is held, by this consent. Counts it for its party.
pub(in crate::proxy) fn is_held(site: &Site, head: &request::Parts, consent: &Consent) -> bool {
    let Some(policies) = &site.page_policies else { return false };
    let Some((party, _)) = policies.parties.at_path(head.uri.path()) else { return false };
    if is_for_document(&head.headers) {
        return false;
    }
    let judged = policies.parties.judge_declared(&site.policy, party, consent);
    let is_held = judged.verdict != Verdict::Pass;
    site.metrics.third_party_request(party, is_held);
    is_held && site.policy.enforcement(judged.category, site.enforcement) == Enforcement::Enforce
}
