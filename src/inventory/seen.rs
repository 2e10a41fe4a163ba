//! What is known of one name: how often it was seen in each direction, the last decisions, and its attributes.
//!
//! A [`Seen`] begins with one sighting, and absorbs others. A worker's part and a site's names use the same type.

use super::SeenAttributes;
use crate::cookie::{FoldedPath, UnixTime};
use crate::policy::{CategoryId, Direction, Judgement, Reason, Verdict};
use crate::telemetry::metrics::verdict_label;

/// After this many seconds, a name that was not seen again may be replaced by another, and no longer counts as undeclared.
pub(super) const STALE: i64 = 24 * 60 * 60;

/// The decision on a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The label of the metrics.
    pub verdict: &'static str,
    /// The reason of the verdict.
    pub reason: Reason,
    /// The category, by the policy in force.
    pub category: CategoryId,
    /// Whether the charter names it, as a cookie or as infrastructure, or it holds the choice.
    pub declared: bool,
    /// The index of its declaration among the charter's cookies.
    pub declaration: Option<usize>,
}

impl Decision {
    /// The decision of a judgement.
    pub(super) fn new(direction: Direction, judgement: &Judgement) -> Self {
        let known = matches!(judgement.category, CategoryId::CHOICE | CategoryId::INFRASTRUCTURE);
        Self {
            verdict: verdict_label(direction, judgement.verdict),
            reason: judgement.reason,
            category: judgement.category,
            declared: known || judgement.declaration.is_some(),
            declaration: judgement.declaration,
        }
    }
}

/// How often each verdict was given. In report-only mode, the verdicts are those that enforcing would have applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    /// Forwarded unchanged.
    pub pass: u64,
    /// Forwarded with other attributes.
    pub amend: u64,
    /// Forwarded as a deletion.
    pub delete: u64,
    /// Not forwarded; in a request, stripped.
    pub drop: u64,
}

impl VerdictCounts {
    fn times(count: u64, verdict: Verdict) -> Self {
        let mut counts = Self::default();
        match verdict {
            Verdict::Pass => counts.pass = count,
            Verdict::Amend(_) => counts.amend = count,
            Verdict::Delete => counts.delete = count,
            Verdict::Drop => counts.drop = count,
        }
        counts
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        let Self { pass, amend, delete, drop } = *self;
        pass.saturating_add(amend).saturating_add(delete).saturating_add(drop)
    }

    fn absorb(&mut self, other: &Self) {
        self.pass = self.pass.saturating_add(other.pass);
        self.amend = self.amend.saturating_add(other.amend);
        self.delete = self.delete.saturating_add(other.delete);
        self.drop = self.drop.saturating_add(other.drop);
    }
}

/// What is known of a name in one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sightings {
    /// How often it was seen, by verdict.
    pub verdicts: VerdictCounts,
    /// When it was last seen.
    pub last_seen: Option<UnixTime>,
    /// The last decision. If [`Self::is_assumed`], the decision of the charter in force for a visitor without a choice; `None`
    /// if that depends on a part of the name that was folded.
    pub last: Option<Decision>,
    /// Whether it was not seen since the charter came into force.
    pub is_assumed: bool,
    /// When it was last seen undeclared: names that fold into one may be declared or not.
    pub(super) undeclared_at: Option<UnixTime>,
}

/// The decision of a new charter on a name that was seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JudgedAnew {
    Decided(Decision),
    /// It is unknown: the name was folded, and a declaration may cover some of the names that it stands for.
    Open,
}

impl Sightings {
    /// A number of sightings with the same judgement.
    pub(super) fn times(count: u64, verdict: Verdict, decision: Decision, now: UnixTime) -> Self {
        let undeclared_at = (!decision.declared).then_some(now);
        let verdicts = VerdictCounts::times(count, verdict);
        Self { verdicts, last_seen: Some(now), last: Some(decision), is_assumed: false, undeclared_at }
    }

    /// The sightings in a file, which are not judged yet.
    pub(super) fn kept(verdicts: VerdictCounts, last_seen: Option<UnixTime>) -> Self {
        Self { verdicts, last_seen, is_assumed: true, ..Self::default() }
    }

    /// How often it was seen.
    pub fn count(&self) -> u64 {
        self.verdicts.total()
    }

    /// Adds other sightings. A clock that was ahead may have left times in the future: they count as `now`.
    fn absorb(&mut self, other: &Self, now: UnixTime) {
        self.last_seen = self.last_seen.map(|at| at.min(now));
        self.undeclared_at = self.undeclared_at.map(|at| at.min(now));
        self.verdicts.absorb(&other.verdicts);
        if other.last.is_some() && other.last_seen >= self.last_seen {
            (self.last, self.is_assumed) = (other.last, other.is_assumed);
        }
        self.last_seen = self.last_seen.max(other.last_seen);
        self.undeclared_at = self.undeclared_at.max(other.undeclared_at);
    }

    /// Whether it was seen undeclared not long ago.
    pub fn is_undeclared(&self, now: UnixTime) -> bool {
        self.undeclared_at.is_some_and(|at| is_recent(at, now))
    }

    fn judge_anew(&mut self, anew: JudgedAnew) {
        if self.last_seen.is_none() {
            return;
        }
        self.is_assumed = true;
        match anew {
            JudgedAnew::Decided(decision) => {
                self.undeclared_at = if decision.declared { None } else { self.last_seen };
                self.last = Some(decision);
            }
            JudgedAnew::Open => self.last = None,
        }
    }

    /// Takes over an earlier decision under the same charter, because a file holds no decisions.
    fn keep_decision_of(&mut self, before: &Self) {
        if self.is_assumed && !before.is_assumed {
            (self.last, self.is_assumed) = (before.last, false);
        }
        self.undeclared_at = self.undeclared_at.max(before.undeclared_at);
    }
}

/// What is known of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When it was first seen, by this process or, if a file keeps the inventory, by an earlier one.
    pub first_seen: UnixTime,
    /// In `Cookie` fields.
    pub request: Sightings,
    /// In `Set-Cookie` fields.
    pub response: Sightings,
    /// The attributes of the portal's lines.
    pub attributes: SeenAttributes,
    /// The path of a page with which it was seen.
    pub example_path: Option<FoldedPath>,
}

/// The rank of a name: it may replace names of a lower rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Seen only in requests and not declared: a visitor may have invented it.
    Invented,
    /// Seen only in requests, but declared.
    RequestOnly,
    /// Set by the portal.
    Response,
}

impl Seen {
    /// A name with sightings in one direction.
    pub(super) fn once(direction: Direction, sightings: Sightings, now: UnixTime) -> Self {
        let (mut request, mut response) = (Sightings::default(), Sightings::default());
        match direction {
            Direction::Request => request = sightings,
            Direction::Response => response = sightings,
        }
        Self { first_seen: now, request, response, attributes: SeenAttributes::default(), example_path: None }
    }

    /// The sightings in one direction.
    pub fn direction(&self, direction: Direction) -> &Sightings {
        match direction {
            Direction::Request => &self.request,
            Direction::Response => &self.response,
        }
    }

    /// When it was last seen in either direction; `None` if the file from which it was read does not say.
    pub fn last_seen(&self) -> Option<UnixTime> {
        self.request.last_seen.max(self.response.last_seen)
    }

    /// Whether it was seen undeclared not long ago, in either direction.
    pub fn is_undeclared(&self, now: UnixTime) -> bool {
        self.request.is_undeclared(now) || self.response.is_undeclared(now)
    }

    /// How often it was seen in both directions.
    pub(super) fn sightings(&self) -> u64 {
        self.request.count().saturating_add(self.response.count())
    }

    /// Adds what another part knows: the earlier first time, the sum of the counts, the later decision.
    pub(super) fn absorb(&mut self, other: &Self, now: UnixTime) {
        self.first_seen = self.first_seen.min(other.first_seen);
        self.request.absorb(&other.request, now);
        self.response.absorb(&other.response, now);
        self.attributes.absorb(&other.attributes);
        if self.example_path.is_none() {
            self.example_path.clone_from(&other.example_path);
        }
    }

    /// Judges the name by the charter in force. `judge` is its judgement in a direction.
    pub(super) fn judge_anew(&mut self, judge: impl Fn(Direction) -> JudgedAnew) {
        self.request.judge_anew(judge(Direction::Request));
        self.response.judge_anew(judge(Direction::Response));
    }

    /// Takes the last decision of each direction from `before` if the one here is only assumed.
    pub(super) fn keep_decisions_of(&mut self, before: &Self) {
        self.request.keep_decision_of(&before.request);
        self.response.keep_decision_of(&before.response);
    }

    /// The rank of the name. Lowest are names that were seen only in requests and that the charter does not declare, because any
    /// visitor can invent them.
    pub(super) fn rank(&self) -> Rank {
        match self.request.last {
            _ if self.response.count() > 0 => Rank::Response,
            Some(decision) if decision.declared => Rank::RequestOnly,
            _ => Rank::Invented,
        }
    }

    /// Whether it was not seen for a day, or its time is unknown.
    pub(super) fn is_stale(&self, now: UnixTime) -> bool {
        self.last_seen().is_none_or(|seen| !is_recent(seen, now))
    }
}

/// Whether a time is within a day of now, before or after it: the clock may have been set back.
pub(super) fn is_recent(at: UnixTime, now: UnixTime) -> bool {
    at.plus(STALE) > now && now.plus(STALE) > at
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_795_000_000);

    fn sightings(declared: bool) -> Sightings {
        let judgement = Judgement {
            verdict: Verdict::Drop,
            reason: Reason::Unsaid,
            category: CategoryId::UNDECLARED,
            declaration: declared.then_some(0),
        };
        Sightings::times(1, Verdict::Drop, Decision::new(Direction::Response, &judgement), NOW)
    }

    #[test]
    fn a_name_counts_as_undeclared_for_a_day() {
        let undeclared = sightings(false);
        assert!(undeclared.is_undeclared(NOW.plus(STALE - 1)));
        assert!(!undeclared.is_undeclared(NOW.plus(STALE)));
        assert!(!sightings(true).is_undeclared(NOW));
    }

    #[test]
    fn a_name_that_is_judged_again_is_undeclared_since_it_was_last_seen() {
        let (declared, undeclared) = (sightings(true).last.unwrap(), sightings(false).last.unwrap());
        let mut seen = sightings(false);
        seen.judge_anew(JudgedAnew::Decided(declared));
        assert!(!seen.is_undeclared(NOW) && seen.is_assumed && seen.last == Some(declared));
        seen.judge_anew(JudgedAnew::Decided(undeclared));
        assert!(seen.is_undeclared(NOW) && !seen.is_undeclared(NOW.plus(STALE)));
        seen.judge_anew(JudgedAnew::Open);
        assert!(seen.is_undeclared(NOW) && seen.last.is_none(), "an open name stays undeclared");
        let mut never = Sightings::default();
        never.judge_anew(JudgedAnew::Decided(undeclared));
        assert_eq!(never, Sightings::default());
    }

    #[test]
    fn a_seen_decision_replaces_an_assumed_one() {
        let mut kept = Sightings::kept(VerdictCounts::times(7, Verdict::Pass), Some(NOW.plus(-10)));
        kept.judge_anew(JudgedAnew::Decided(sightings(true).last.unwrap()));
        kept.absorb(&sightings(false), NOW);
        assert!(!kept.is_assumed && !kept.last.unwrap().declared);
        assert_eq!(kept.verdicts, VerdictCounts { pass: 7, drop: 1, ..VerdictCounts::default() });
    }
}
