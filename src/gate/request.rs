//! Judges the request's cookies: reads the visitor's choice from them, and strips the pairs that it does not allow.
//!
//! At most one `Cookie` field is sent: the allowed pairs, byte for byte and in their order.

use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;

use super::counts::{Counts, VerdictCount};
use super::deletion_way::Way;
use super::verdict_cache::{CachedPolicy, Scope};
use super::visitor::Visitor;
use super::{Caches, Fields, Leaving};
use crate::cookie::{Pair, UnixTime, pairs};
use crate::inventory::Recorder;
use crate::policy::{Judgement, Policy, Verdict};
use crate::snapshot::Site;

/// A guess, so that the list of pairs seldom grows.
const SHORT_PAIR: usize = 16;

const SEPARATOR: &[u8] = b"; ";

/// A request's head, as far as the gate reads it.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of the head.
pub struct RequestView<'a, F> {
    /// The value of the `Cookie` field; several are joined with `; ` before (RFC 9113 §8.2.3).
    pub cookies: Option<&'a [u8]>,
    /// Whether the visitor sent `Sec-GPC: 1`; see [`super::says_gpc`].
    pub gpc: bool,
    /// The path of the target, as it was received.
    pub path: &'a str,
    /// Whether the method is GET.
    pub is_get: bool,
    /// Whether anybody who knows the path could have sent it: a GET without query, cookies or credentials.
    pub is_anonymous: bool,
    /// Whether the visitor came by https.
    pub https: bool,
    /// Whether a trusted proxy connected, so that the response passes through it.
    pub behind_a_proxy: bool,
    /// All fields; read only if there may be deletions.
    pub fields: &'a F,
}

/// What the gate says of a request, and what its response is judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestOutcome {
    /// Who sent it.
    pub visitor: Visitor,
    /// `None` if the request has no cookies.
    cookies: Option<Rc<JudgedField>>,
    /// What stands between octroi and the browser, for deletions; `None` if the response may carry none.
    pub(super) deletion_way: Option<Way>,
    /// Whether the visitor came by https: only then do browsers let a line overwrite a `Secure` cookie.
    pub(super) https: bool,
    /// Whether anybody could have sent it. Only then may paths that its response names be sent to visitors of other pages.
    pub(super) is_anonymous: bool,
    /// Whether the site lets no response under this path set a cookie.
    pub(super) strip_all: bool,
}

/// The outcome of a `Cookie` field.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct JudgedField {
    counts: Counts,
    stripped: Vec<Stripped>,
    leaving: Leaving,
    /// The cookies of banners that keep a choice in several. If the response sets one of them, the whole choice is needed to
    /// judge the response.
    choice_parts: Vec<u8>,
}

/// The outcome of one pair of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JudgedPair {
    /// What the policy says of it.
    pub judgement: Judgement,
    /// Whether it is kept from the portal. In report-only nothing is, whatever the verdict.
    pub is_stripped: bool,
}

/// A cookie that was kept from the portal.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stripped {
    /// Empty if it has none.
    pub(super) name: Vec<u8>,
    /// The position in the charter of the declaration that named it.
    pub(super) declaration: Option<usize>,
}

impl RequestOutcome {
    /// How the `Cookie` field is sent. [`Leaving::Nothing`] without cookies, or once they are forgotten.
    pub fn leaving(&self) -> &Leaving {
        self.cookies.as_ref().map_or(&Leaving::Nothing, |field| &field.leaving)
    }

    /// How the pairs were judged, grouped.
    pub fn counts(&self) -> impl Iterator<Item = &VerdictCount> {
        self.cookies.iter().flat_map(|field| field.counts.iter())
    }

    /// Frees what only the request needed, because an exchange may last long. Not if its response deletes cookies or may set
    /// a part of the choice.
    pub fn forget_request(&mut self) {
        if self.deletion_way.is_none() && self.choice_parts().is_empty() {
            self.cookies = None;
        }
    }

    /// The names of the cookies that are kept from the portal.
    pub fn stripped_names(&self) -> impl Iterator<Item = &[u8]> {
        self.stripped().iter().map(|cookie| cookie.name.as_slice())
    }

    /// A `Cookie` field with the cookies of banners that keep a choice in several; empty if there were none.
    pub(super) fn choice_parts(&self) -> &[u8] {
        self.cookies.as_ref().map_or(&[], |field| &field.choice_parts)
    }

    /// What was kept from the portal.
    pub(super) fn stripped(&self) -> &[Stripped] {
        self.cookies.as_ref().map_or(&[], |field| &field.stripped)
    }
}

/// [`super::Gate::request`], with the caches and the inventory of the worker.
pub(super) fn judge<F: Fields>(
    caches: &mut Caches,
    inventory: &Recorder,
    site: &Arc<Site>,
    request: &RequestView<'_, F>,
    now: UnixTime,
) -> RequestOutcome {
    let RequestView { path, is_anonymous, https, .. } = *request;
    let (visitor, cookies) = match request.cookies {
        None => (Visitor::read(None, &site.policy, request.gpc, now), None),
        Some(field) => {
            let (visitor, judged) = judge_field(caches, inventory, site, field, request, now);
            (visitor, Some(judged))
        }
    };
    let any_stripped = cookies.as_ref().is_some_and(|field| !field.stripped.is_empty());
    let deletion_way = if any_stripped {
        Way::of_deletions(request.is_get, request.behind_a_proxy, request.fields, &visitor)
    } else {
        None
    };
    RequestOutcome { visitor, cookies, deletion_way, https, is_anonymous, strip_all: site.strips_all(path) }
}

/// Returns the visitor who sent a `Cookie` field, and its outcome.
fn judge_field<F: Fields>(
    caches: &mut Caches,
    inventory: &Recorder,
    site: &Arc<Site>,
    field: &[u8],
    request: &RequestView<'_, F>,
    now: UnixTime,
) -> (Visitor, Rc<JudgedField>) {
    let (gpc, page) = (request.gpc, request.path.as_bytes());
    let Caches { verdicts, cookie_headers } = caches;
    cookie_headers.lookup(field, site, gpc, now).unwrap_or_else(|| {
        let visitor = Visitor::read(Some(field), &site.policy, gpc, now);
        let scope = Scope { site, consent: visitor.consent, strip_all: false };
        let mut judged = JudgedField::new(field, &mut verdicts.policy(scope, page, now, inventory));
        judged.choice_parts = choice_parts(field, &site.policy);
        let judged = Rc::new(judged);
        cookie_headers.insert(field, site, now, &visitor, &judged, inventory);
        (visitor, judged)
    })
}

impl JudgedField {
    /// How many items it holds in memory.
    pub(super) fn kept(&self) -> usize {
        self.counts.len() + self.stripped.len()
    }

    fn new(field: &[u8], policy: &mut CachedPolicy<'_>) -> Self {
        let mut kept = Vec::with_capacity(field.len() / SHORT_PAIR);
        let (mut counts, mut stripped) = (Counts::default(), Vec::new());
        for pair in pairs(field) {
            let JudgedPair { judgement, is_stripped } = judge_pair(&pair, policy);
            counts.add(&judgement, 1);
            if is_stripped {
                let name = pair.name.unwrap_or_default().to_vec();
                stripped.push(Stripped { name, declaration: judgement.declaration });
            } else {
                kept.push(pair.raw);
            }
        }
        let leaving = match kept.as_slice() {
            [] => Leaving::Nothing,
            _ if stripped.is_empty() => Leaving::Unchanged,
            kept => Leaving::Rewritten(Bytes::from(kept.join(SEPARATOR))),
        };
        Self { counts, stripped, leaving, choice_parts: Vec::new() }
    }
}

/// The cookies of a field that belong to banners which keep a choice in several.
fn choice_parts(field: &[u8], policy: &Policy) -> Vec<u8> {
    if !policy.may_hold_choice_in_parts(field) {
        return Vec::new();
    }
    let is_part = |pair: &Pair<'_>| pair.name.is_some_and(|name| policy.is_part_of_choice(name));
    pairs(field).filter(is_part).map(|pair| pair.raw).collect::<Vec<_>>().join(SEPARATOR)
}

/// A pair without a readable name is [`Judgement::UNREADABLE`]: no rule can allow it, and it is stripped unless the
/// site only reports.
pub(super) fn judge_pair(pair: &Pair<'_>, policy: &mut CachedPolicy<'_>) -> JudgedPair {
    let judgement = pair.name.map_or(Judgement::UNREADABLE, |name| policy.judge_pair(name));
    let is_stripped = judgement.verdict == Verdict::Drop && policy.enforces(&judgement);
    JudgedPair { judgement, is_stripped }
}
