//! What a page tells the browser of third parties: one more `Content-Security-Policy` line, and no hint to ask a host
//! that is held. Bodies are rewritten if the charter says so ([`rewriting`](self)), and what is asked of a third party on the site's
//! own host is answered here ([`is_held`]).
//!
//! The line goes with whatever has a policy of its own ([`Destination`]), whatever the status. The portal's own lines
//! stay: browsers follow all of them at once (CSP 3, section 8.1).

mod destination;
mod hints;
mod own_paths;
pub(super) mod reports;
mod rewriting;

use http::header::{CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY_REPORT_ONLY, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use http::{HeaderMap, request};
use url::Url;

use destination::Destination;
pub(super) use own_paths::is_held;
pub(super) use rewriting::{Rewriting, begin, is_of_content};

use super::headers::caching;
use super::headers::location::PublicAddress;
use super::headers::normalize::Seen;
use super::headers::rare_fields::RareFields;
use crate::charter::{Enforcement, ReportSample};
use crate::html_rewriter::Held;
use crate::http::fields;
use crate::party::Decision;
use crate::policy::Consent;
use crate::snapshot::{PagePolicies, Site};

/// What a request asks of a site whose pages are told of third parties.
#[derive(Clone, Copy)]
pub(super) struct PageRequest {
    pub(super) destination: Destination,
    /// Whether it is for a page that is rewritten if the site has it so and anybody is held.
    pub(super) is_rewritable: bool,
    /// Whether the visitor takes it compressed.
    accepts_gzip: bool,
}

/// Makes a request fit for the page that it may ask for; `None` if pages of the site are left alone. `accepts_html`: its
/// `Accept` names `text/html`. `seen` avoids searches for absent fields.
pub(super) fn ask(
    head: &mut request::Parts,
    accepts_html: bool,
    seen: Seen,
    site: &Site,
    consent: &Consent,
) -> Option<PageRequest> {
    let policies = site.page_policies.as_ref()?;
    let unsaid = Destination::Unsaid { accepts_html };
    let destination = if seen.fetch_destination { Destination::of(&head.headers, accepts_html) } else { unsaid };
    if seen.conditions && site.enforcement == Enforcement::Enforce && destination.is_page() {
        ask_in_full(&mut head.headers);
    }
    let is_rewritable = policies.placeholders.is_some() && rewriting::asks_for_page(&head.method, destination);
    let accepts_gzip = is_rewritable && rewriting::accepts_gzip(&head.headers);
    if is_rewritable && policies.decide(&site.policy, consent, site.enforcement).rewritten.is_some() {
        rewriting::ask_plain(&mut head.headers);
    }
    Some(PageRequest { destination, is_rewritable, accepts_gzip })
}

/// Lets the portal answer a request for a page in full. A page that the browser keeps has the policy of the day on which
/// it was stored, and the fields of a 304 would take the place of the portal's own policy there (RFC 9111 §3.2).
fn ask_in_full(headers: &mut HeaderMap) {
    fields::remove(headers, |name| *name == IF_NONE_MATCH || *name == IF_MODIFIED_SINCE);
}

/// Tells the browser which hosts the page may ask, by this consent. Returns the decision, to be counted; `None` if the response
/// is no page. `rare`: which rare fields it came with.
pub(super) fn hold(
    headers: &mut HeaderMap,
    rare: RareFields,
    policies: &PagePolicies,
    site: &Site,
    destination: Destination,
    consent: &Consent,
    public: &PublicAddress,
) -> Option<Decision> {
    let decide = || policies.decide(&site.policy, consent, site.enforcement);
    if !destination.has_policy(headers) {
        if site.enforcement == Enforcement::Enforce {
            destination::keep_apart(headers);
        }
        // An image's `Link` connects, too.
        if rare.hints {
            drop_hints(headers, policies, decide(), public);
        }
        return None;
    }
    let decision = decide();
    if site.enforcement == Enforcement::Enforce {
        // In every state: a page that was stored while all was granted must not be shown after a withdrawal.
        caching::make_private_and_revalidate(headers, rare);
    }
    if rare.hints {
        drop_hints(headers, policies, decision, public);
    }
    if let Some(value) = decision.enforced.and_then(|place| policies.value(place)) {
        headers.append(CONTENT_SECURITY_POLICY, value.clone());
    }
    if let Some(place) = decision.reported
        && let Some(value) = policies.reported_value(place, fastrand::u32(..ReportSample::WHOLE))
    {
        headers.append(CONTENT_SECURITY_POLICY_REPORT_ONLY, value.clone());
    }
    Some(decision)
}

/// Removes what would make the browser ask whoever is held.
fn drop_hints(headers: &mut HeaderMap, policies: &PagePolicies, decision: Decision, public: &PublicAddress) {
    if decision.rewritten.is_some() {
        hints::drop_held(headers, &|url| held(policies, decision, public, url).is_some());
    }
}

/// Who answers to a URL, if a page with this decision may not ask for it.
fn held(policies: &PagePolicies, decision: Decision, public: &PublicAddress, url: &Url) -> Option<Held> {
    let parties = &policies.parties;
    // `data:` and the like ask nobody.
    let (host, port) = (url.host_str()?.trim_end_matches('.'), url.port());
    if public.is_own(url) {
        let (party, _) = parties.at_path(url.path())?;
        let is_held = decision.rewritten.is_some_and(|met| !parties.is_met(met, party));
        return is_held.then_some(Held { party: Some(party) });
    }
    let is_held = decision.enforced.is_some_and(|met| !parties.allows(met, host, port));
    is_held.then(|| Held { party: parties.find(host, port).map(|(place, _)| place) })
}
