//! The response's cookies: every `Set-Cookie` line of every response is judged, and leaves as its verdict says.
//!
//! The status does not matter: browsers store the cookies of redirects, errors and a 101 alike.

use std::sync::Arc;

use bytes::Bytes;

use super::counts::{VerdictCount, grouped};
use super::portal_domain::PortalDomain;
use super::verdict_cache::{CachedPolicy, Scope};
use super::visitor::Visitor;
use super::{Fields, Gate, Leaving, RequestOutcome};
use crate::consent::Choice;
use crate::cookie::{Amendment, SetCookie, UnixTime, amend, canonical_deletion, parse_cookie_date};
use crate::policy::{Consent, Judgement, Policy, Verdict};
use crate::snapshot::Site;

/// A response's head, as far as the gate reads it.
#[derive(Clone, Copy, Debug)]
pub struct ResponseView<'a, F, L> {
    /// The host that the visitor asked for, in lower case, without a port.
    pub host: &'a str,
    /// The path that the visitor asked for.
    pub path: &'a str,
    /// The values of the `Set-Cookie` lines, without blanks around them.
    pub set_cookies: L,
    /// How many more `Set-Cookie` lines hold a control byte: no browser keeps those (RFC 6265bis §5.6, step 1).
    pub unreadable: usize,
    /// The other fields.
    pub fields: &'a F,
    /// A random number; asked only if deletions are due.
    pub random: fn() -> usize,
}

/// What a response comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseOutcome {
    /// The lines that came, in their order.
    pub lines: Vec<JudgedLine>,
    /// What was said of each line with a control byte.
    pub(super) unreadable: (Judgement, usize),
    /// Lines to add, which take cookies out of the browser. They follow the portal's own.
    pub deletions: Vec<Vec<u8>>,
    /// Whether consent decided over a cookie of it: then no shared cache may keep it.
    pub is_private: bool,
}

/// A `Set-Cookie` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedLine {
    /// What the policy says of it; an amendment that found nothing to change is a pass.
    pub judgement: Judgement,
    /// What becomes of it. In report-only it stays as it is, whatever the verdict.
    pub leaving: Leaving,
    /// Whether its `Domain` named the portal.
    pub names_portal: bool,
}

impl ResponseOutcome {
    const WITHOUT_COOKIES: Self =
        Self { lines: Vec::new(), unreadable: (Judgement::UNREADABLE, 0), deletions: Vec::new(), is_private: false };

    /// How the lines were judged, grouped.
    pub fn counts(&self) -> impl Iterator<Item = VerdictCount> {
        let (judgement, times) = self.unreadable;
        grouped(self.lines.iter().map(|line| line.judgement).chain(std::iter::repeat_n(judgement, times)))
    }
}

/// Judges all lines; deletions are still to come.
pub(super) fn judge<'a, F: Fields, L: Iterator<Item = &'a [u8]> + Clone>(
    gate: &Gate,
    site: &Arc<Site>,
    request: &RequestOutcome,
    response: &ResponseView<'a, F, L>,
    now: UnixTime,
) -> ResponseOutcome {
    if response.unreadable == 0 && response.set_cookies.clone().next().is_none() {
        return ResponseOutcome::WITHOUT_COOKIES;
    }
    let consent = read_consent(response.set_cookies.clone(), &site.policy, &request.visitor, now);
    let scope = Scope { site, consent, strip_all: request.strip_all };
    let mut caches = gate.caches.borrow_mut();
    let mut judging = Judging {
        policy: caches.verdicts.policy(scope, now, &gate.inventory),
        portal_domain: PortalDomain::of(site, response.host),
        fields: response.fields,
        now,
        is_private: false,
    };
    let learn = |line: &SetCookie<'_>| {
        let mut paths = gate.observed_paths.borrow_mut();
        paths.learn(&site.name, line, response.path.as_bytes(), request.is_anonymous);
    };
    let lines = response.set_cookies.clone().map(|line| judging.line(line, learn)).collect();
    let unreadable = (judging.unreadable(response.unreadable), response.unreadable);
    ResponseOutcome { lines, unreadable, deletions: Vec::new(), is_private: judging.is_private }
}

/// The consent that the response's cookies need.
///
/// If the response itself sets the choice, its other cookies need what the request's choice and the new one both grant;
/// a deleted choice grants nothing.
fn read_consent<'a>(
    lines: impl Iterator<Item = &'a [u8]>,
    policy: &Policy,
    visitor: &Visitor,
    now: UnixTime,
) -> Consent {
    let lines = lines.filter(|line| policy.may_set_choice(line)).filter_map(|line| SetCookie::parse(line).ok());
    let (deleted, set): (Vec<_>, Vec<_>) =
        lines.filter(|line| policy.is_consent_cookie(line.name())).partition(|line| line.surely_deletes(now));
    if set.is_empty() && deleted.is_empty() {
        return visitor.consent;
    }
    let mut choice = visitor.choice;
    if !set.is_empty() {
        choice = choice.meet(policy.read_choice(set.iter().map(SetCookie::value), now));
    }
    if !deleted.is_empty() {
        choice = choice.meet(Choice::default());
    }
    policy.consent(&choice, visitor.gpc)
}

/// The moment that lifetimes are measured from: browsers correct `Expires` by the response's `Date`, so an earlier one
/// would lengthen them.
fn sent_at(fields: &impl Fields, now: UnixTime) -> UnixTime {
    fields.values("date").filter_map(parse_cookie_date).fold(now, UnixTime::min)
}

/// The judging of one response's lines.
struct Judging<'a, F> {
    policy: CachedPolicy<'a>,
    portal_domain: Option<PortalDomain<'a>>,
    fields: &'a F,
    now: UnixTime,
    is_private: bool,
}

impl<F: Fields> Judging<'_, F> {
    /// Judges a line; `learn` is told of one that may name a path other than `/`.
    fn line(&mut self, line: &[u8], learn: impl Fn(&SetCookie<'_>)) -> JudgedLine {
        let rewritten = self.portal_domain.and_then(|portal| portal.rewrite(line));
        let Ok(cookie) = SetCookie::parse(rewritten.as_deref().unwrap_or(line)) else {
            let judgement = self.unreadable(1);
            let leaving = if self.policy.enforces(&judgement) { Leaving::Nothing } else { Leaving::Unchanged };
            return JudgedLine { judgement, leaving, names_portal: false };
        };
        let carry_out =
            |judgement| carry_out(&cookie, rewritten.is_some(), judgement, || sent_at(self.fields, self.now));
        let (judgement, leaving, may_name_path) = self.policy.judge_line(&cookie, carry_out);
        if judgement.gated() && may_name_path {
            learn(&cookie);
        }
        let enforced = self.policy.enforces(&judgement);
        self.is_private |= enforced && judgement.gated();
        let leaving = if enforced { leaving } else { Leaving::Unchanged };
        JudgedLine { judgement, leaving, names_portal: rewritten.is_some() }
    }

    /// The judgement of so many lines that are no cookies.
    fn unreadable(&mut self, lines: usize) -> Judgement {
        let judgement = self.policy.unreadable();
        self.is_private |= lines > 0 && self.policy.enforces(&judgement) && judgement.gated();
        judgement
    }
}

/// What the verdict makes of a line, which was `rewritten` for the visitor's host if it was for the portal's.
fn carry_out(
    cookie: &SetCookie<'_>,
    rewritten: bool,
    judgement: Judgement,
    sent: impl Fn() -> UnixTime,
) -> (Judgement, Leaving) {
    let as_rewritten = || Leaving::Rewritten(Bytes::copy_from_slice(cookie.line()));
    let amended = match judgement.verdict {
        Verdict::Drop => return (judgement, Leaving::Nothing),
        Verdict::Delete => return (judgement, Leaving::Rewritten(canonical_deletion(cookie).into())),
        Verdict::Pass => None,
        Verdict::Amend(amendment) => amend(cookie, &amendment, sent()),
    };
    match amended {
        Some(line) => (judgement, Leaving::Rewritten(line.into())),
        None if rewritten => (Judgement { verdict: Verdict::Amend(Amendment::NONE), ..judgement }, as_rewritten()),
        None => (Judgement { verdict: Verdict::Pass, ..judgement }, Leaving::Unchanged),
    }
}
