//! Judges every `Set-Cookie` line of every response, and says how it leaves.
//!
//! The status does not matter: browsers store the cookies of redirects, errors and a 101 alike.

use std::sync::Arc;

use bytes::Bytes;

use super::counts::{Counts, VerdictCount};
use super::portal_domain::PortalDomain;
use super::verdict_cache::{CachedPolicy, Scope};
use super::{Fields, Gate, Leaving, RequestOutcome};
use crate::consent::{Choice, Reading};
use crate::cookie::{Amendment, SetCookie, UnixTime, amend, canonical_deletion, pairs, parse_cookie_date};
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
    /// Returns a random number; called only if there may be deletions.
    pub random: fn() -> usize,
}

/// What the gate says of a response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponseOutcome {
    /// The lines that were received, in their order.
    pub lines: Vec<JudgedLine>,
    counts: Counts,
    /// The consent that they were judged by, see `read_consent`.
    pub consent: Consent,
    /// Lines to add, which take cookies out of the browser. They follow the portal's own.
    pub deletions: Vec<Vec<u8>>,
    /// Whether shared caches must not store the response: more than an exemption decided over one of its lines, or deletions
    /// were added.
    pub is_private: bool,
}

/// A `Set-Cookie` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedLine {
    /// What the policy says of it. An amendment that found nothing to change is a pass, unless the `Domain` was rewritten:
    /// then it is an amendment.
    pub judgement: Judgement,
    /// How it is sent. In report-only it is sent as it is, whatever the verdict.
    pub leaving: Leaving,
    /// Whether its `Domain` named the portal.
    pub names_portal: bool,
}

impl ResponseOutcome {
    /// Allocates room for this many lines, so that no list grows while they are judged by this consent.
    fn with_room_for(lines: usize, consent: Consent) -> Self {
        Self { lines: Vec::with_capacity(lines), counts: Counts::with_room_for(lines), consent, ..Self::default() }
    }

    /// How the lines were judged, grouped; those with a control byte come last.
    pub fn counts(&self) -> impl Iterator<Item = &VerdictCount> {
        self.counts.iter()
    }
}

/// Judges all lines; the caller adds the deletions.
pub(super) fn judge<'a, F: Fields, L: Iterator<Item = &'a [u8]> + Clone>(
    gate: &Gate,
    site: &Arc<Site>,
    request: &RequestOutcome,
    response: &ResponseView<'a, F, L>,
    now: UnixTime,
) -> ResponseOutcome {
    if response.unreadable == 0 && response.set_cookies.clone().next().is_none() {
        return ResponseOutcome { consent: request.visitor.consent, ..ResponseOutcome::default() };
    }
    let consent = read_consent(response.set_cookies.clone(), &site.policy, request, now);
    let scope = Scope { site, consent, strip_all: request.strip_all };
    let mut caches = gate.caches.borrow_mut();
    let mut judging = Judging {
        policy: caches.verdicts.policy(scope, response.path.as_bytes(), now, &gate.inventory),
        portal_domain: PortalDomain::of(site, response.host),
        fields: response.fields,
        now,
        outcome: ResponseOutcome::with_room_for(response.set_cookies.size_hint().0, consent),
    };
    let learn = |line: &SetCookie<'_>| {
        let mut paths = gate.observed_paths.borrow_mut();
        paths.learn(&site.name, line, response.path.as_bytes(), request.is_anonymous);
    };
    response.set_cookies.clone().for_each(|line| judging.line(line, learn));
    if response.unreadable > 0 {
        judging.unreadable(response.unreadable);
    }
    judging.outcome
}

/// The consent that the response's cookies need.
///
/// If the response itself sets the choice, its other cookies need what the request's choice and the new one both grant. So a
/// new grant counts from the next request, and a new refusal counts at once. If a choice is spread over several cookies, the
/// new one is what the browser will hold: the cookies that are set here, and the rest of those that the request carried. A
/// deleted choice, or a deleted part of one, grants nothing.
fn read_consent<'a>(
    lines: impl Iterator<Item = &'a [u8]>,
    policy: &Policy,
    request: &RequestOutcome,
    now: UnixTime,
) -> Consent {
    let visitor = &request.visitor;
    let lines = lines.filter(|line| policy.may_set_choice(line)).filter_map(|line| SetCookie::parse(line).ok());
    let mut of_banners = lines.filter_map(|line| Some((policy.banner_of(line.name())?, line))).peekable();
    if of_banners.peek().is_none() {
        return visitor.consent;
    }
    let (deleted, set): (Vec<_>, Vec<_>) = of_banners.partition(|(_, line)| line.surely_deletes(now));
    let is_set = |name: &[u8]| set.iter().any(|(_, line)| line.name() == name);
    let others = pairs(request.choice_parts()).filter_map(|pair| Some((pair.name?, pair.value)));
    let others = others.filter(|(name, _)| !is_set(name));
    let read = policy.read_choices(&others.chain(set.iter().map(|(_, line)| (line.name(), line.value()))), now);
    let mut choices = visitor.choices;
    for (banner, new) in read.iter().enumerate().filter(|(banner, _)| set.iter().any(|(of, _)| of == banner)) {
        choices = choices.with(banner, |old| with_new(old, *new));
    }
    let taken_back = Choice { reading: Reading::Unreadable, ..Choice::default() };
    for (banner, _) in deleted {
        choices = choices.with(banner, |old| with_new(old, taken_back));
    }
    // `with_new` takes the new choice alone if the request carried none of that banner. So the request's consent is
    // intersected once more.
    visitor.consent.meet(&policy.consent(&choices, visitor.gpc, now))
}

fn with_new(old: Choice, new: Choice) -> Choice {
    if old.reading == Reading::Absent { new } else { old.meet(new) }
}

/// The time from which lifetimes are measured: the response's `Date` if that is earlier than `now`. Browsers correct
/// `Expires` by `Date`, so an earlier one would lengthen the lifetime.
fn sent_at(fields: &impl Fields, now: UnixTime) -> UnixTime {
    fields.values("date").filter_map(parse_cookie_date).fold(now, UnixTime::min)
}

/// The judging of one response's lines.
struct Judging<'a, F> {
    policy: CachedPolicy<'a>,
    portal_domain: Option<PortalDomain<'a>>,
    fields: &'a F,
    now: UnixTime,
    outcome: ResponseOutcome,
}

impl<F: Fields> Judging<'_, F> {
    /// Judges a line. Calls `learn` if consent decided over it and it may name a path other than `/`.
    fn line(&mut self, line: &[u8], learn: impl Fn(&SetCookie<'_>)) {
        let rewritten = self.portal_domain.and_then(|portal| portal.rewrite(line));
        let names_portal = rewritten.is_some();
        let Ok(cookie) = SetCookie::parse(rewritten.as_deref().unwrap_or(line)) else {
            let (judgement, enforced) = self.unreadable(1);
            let leaving = if enforced { Leaving::Nothing } else { Leaving::Unchanged };
            self.outcome.lines.push(JudgedLine { judgement, leaving, names_portal: false });
            return;
        };
        let (fields, now) = (self.fields, self.now);
        let carry_out = |judgement: &_| carry_out(&cookie, names_portal, judgement, || sent_at(fields, now));
        let (judgement, leaving, may_name_path) = self.policy.judge_line(&cookie, carry_out);
        if may_name_path && judgement.gated() {
            learn(&cookie);
        }
        let leaving = if self.count(&judgement, 1) { leaving } else { Leaving::Unchanged };
        self.outcome.lines.push(JudgedLine { judgement, leaving, names_portal });
    }

    /// Records `lines` unreadable lines. Returns their judgement, and whether it is enforced.
    fn unreadable(&mut self, lines: usize) -> (Judgement, bool) {
        let judgement = self.policy.unreadable();
        (judgement, self.count(&judgement, lines))
    }

    /// Counts `lines` lines with this judgement. Returns whether it is enforced.
    fn count(&mut self, judgement: &Judgement, lines: usize) -> bool {
        let enforced = self.policy.enforces(judgement);
        self.outcome.counts.add(judgement, lines);
        self.outcome.is_private |= enforced && judgement.gated();
        enforced
    }
}

/// Returns the line to send, and the judgement to record if it differs from this one. `names_portal`: the line's `Domain` has
/// been rewritten.
fn carry_out(
    cookie: &SetCookie<'_>,
    names_portal: bool,
    judgement: &Judgement,
    sent: impl Fn() -> UnixTime,
) -> (Option<Judgement>, Leaving) {
    let amended = match judgement.verdict {
        Verdict::Drop => return (None, Leaving::Nothing),
        Verdict::Delete => return (None, Leaving::Rewritten(canonical_deletion(cookie).into())),
        Verdict::Pass if !names_portal => return (None, Leaving::Unchanged),
        Verdict::Pass => None,
        Verdict::Amend(amendment) => amend(cookie, &amendment, sent()),
    };
    let outcome = |verdict| Some(Judgement { verdict, ..*judgement });
    match amended {
        Some(line) => (None, Leaving::Rewritten(line.into())),
        None if names_portal => {
            (outcome(Verdict::Amend(Amendment::NONE)), Leaving::Rewritten(Bytes::copy_from_slice(cookie.line())))
        }
        None => (outcome(Verdict::Pass), Leaving::Unchanged),
    }
}
