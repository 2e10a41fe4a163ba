//! The response's cookies: every `Set-Cookie` line of every response is judged, and leaves as its verdict says.
//!
//! The status does not matter: browsers store the cookies of redirects, errors and a 101 alike.

use bytes::Bytes;
use http::header::{DATE, Entry, SET_COOKIE};
use http::{HeaderMap, HeaderValue};

use super::visitor::Visitor;
use crate::consent::Choice;
use crate::cookie::{SetCookie, UnixTime, amend, canonical_deletion, parse_cookie_date};
use crate::policy::{Consent, Enforcement, Judgement, Policy, Reason, Subject, Verdict};
use crate::snapshot::Site;

/// Judges every line and carries the verdicts out. `record` is told of each, read where it can be. Returns
/// whether consent decided over any of them: then no shared cache may keep the response.
pub(super) fn filter(
    headers: &mut HeaderMap,
    site: &Site,
    visitor: &Visitor,
    strip_all: bool,
    now: UnixTime,
    mut record: impl FnMut(Option<&SetCookie<'_>>, &Judgement),
) -> bool {
    if !headers.contains_key(SET_COOKIE) {
        return false;
    }
    let consent = consent_with(headers, &site.policy, visitor, now);
    let mut gated = false;
    rewrite(headers, |line, headers| {
        let cookie = SetCookie::parse(line).ok();
        let judgement = judge(&site.policy, cookie.as_ref(), &consent, strip_all, now);
        let (judgement, outcome) = carry_out(cookie.as_ref(), judgement, || sent_at(headers, now));
        record(cookie.as_ref(), &judgement);
        let enforced = site.policy.enforcement(judgement.category, site.enforcement) == Enforcement::Enforce;
        gated |= enforced && judgement.gated();
        if enforced { outcome } else { Outcome::Keep }
    });
    gated
}

/// Where the response itself sets the choice, its other cookies need what the request's choice and the new one both
/// grant; a deleted choice grants nothing.
fn consent_with(headers: &HeaderMap, policy: &Policy, visitor: &Visitor, now: UnixTime) -> Consent {
    let lines = headers.get_all(SET_COOKIE).into_iter().map(HeaderValue::as_bytes);
    let lines = lines.filter(|line| policy.may_set_choice(line)).filter_map(|line| SetCookie::parse(line).ok());
    let (deleted, set): (Vec<_>, Vec<_>) =
        lines.filter(|line| policy.is_consent_cookie(line.name())).partition(|line| line.surely_deletes(now));
    let mut choice = visitor.choice;
    if !set.is_empty() {
        choice = choice.meet(policy.read_choice(set.iter().map(SetCookie::value), now));
    }
    if !deleted.is_empty() {
        choice = choice.meet(Choice::default());
    }
    if set.is_empty() && deleted.is_empty() { visitor.consent } else { policy.consent(&choice, visitor.gpc) }
}

/// The moment that lives are measured from: browsers correct `Expires` by the response's `Date`, so an earlier one
/// would lengthen them.
fn sent_at(headers: &HeaderMap, now: UnixTime) -> UnixTime {
    let dates = headers.get_all(DATE).into_iter().filter_map(|date| parse_cookie_date(date.as_bytes()));
    dates.fold(now, UnixTime::min)
}

fn judge(
    policy: &Policy,
    cookie: Option<&SetCookie<'_>>,
    consent: &Consent,
    strip_all: bool,
    now: UnixTime,
) -> Judgement {
    let judgement = match cookie {
        Some(cookie) => policy.judge(Subject::SetCookie(cookie), consent, now),
        None => Judgement::UNREADABLE,
    };
    if strip_all {
        // The path decides, not consent: what is left is the same for every visitor.
        return Judgement { verdict: Verdict::Drop, reason: Reason::PathStripped, ..judgement };
    }
    judgement
}

/// What becomes of one line.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Keep,
    Replace(Vec<u8>),
    Remove,
}

impl Outcome {
    /// What becomes of a line.
    fn of(self, line: HeaderValue) -> Option<HeaderValue> {
        match self {
            Self::Keep => Some(line),
            Self::Replace(line) => HeaderValue::from_maybe_shared(Bytes::from(line)).ok(),
            Self::Remove => None,
        }
    }
}

/// What the verdict makes of the line; an amendment that finds nothing to change is a pass.
fn carry_out(
    cookie: Option<&SetCookie<'_>>,
    judgement: Judgement,
    sent: impl FnOnce() -> UnixTime,
) -> (Judgement, Outcome) {
    let outcome = match (cookie, judgement.verdict) {
        (Some(_), Verdict::Pass) => Outcome::Keep,
        (Some(cookie), Verdict::Amend(amendment)) => match amend(cookie, &amendment, sent()) {
            Some(line) => Outcome::Replace(line),
            None => return (Judgement { verdict: Verdict::Pass, ..judgement }, Outcome::Keep),
        },
        (Some(cookie), Verdict::Delete) => Outcome::Replace(canonical_deletion(cookie)),
        (_, Verdict::Drop) | (None, _) => Outcome::Remove,
    };
    (judgement, outcome)
}

/// Replaces the lines by what `decide` makes of them, in their order; where all are kept, nothing is touched.
fn rewrite(headers: &mut HeaderMap, mut decide: impl FnMut(&[u8], &HeaderMap) -> Outcome) {
    let mut outcomes = Vec::with_capacity(headers.len());
    outcomes.extend(headers.get_all(SET_COOKIE).iter().map(|line| decide(line.as_bytes(), headers)));
    if outcomes.iter().all(|outcome| *outcome == Outcome::Keep) {
        return;
    }
    let Entry::Occupied(lines) = headers.entry(SET_COOKIE) else { return };
    let (_, lines) = lines.remove_entry_mult();
    let lines: Vec<_> = lines.zip(outcomes).filter_map(|(line, outcome)| outcome.of(line)).collect();
    for line in lines {
        headers.append(SET_COOKIE, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{fields, headers};

    #[test]
    fn lines_keep_their_order_and_their_bytes() {
        let mut headers = headers(&[
            ("set-cookie", "a=1; path=/ ;X"),
            ("content-type", "text/html"),
            ("set-cookie", "drop=1"),
            ("set-cookie", "replace=1; Path=/"),
            ("set-cookie", "a=\u{e9}, b=2"),
        ]);
        rewrite(&mut headers, |line, _| match line {
            line if line.starts_with(b"drop") => Outcome::Remove,
            line if line.starts_with(b"replace") => Outcome::Replace(b"replace=; Path=/".to_vec()),
            _ => Outcome::Keep,
        });
        let expected = [
            "content-type: text/html",
            "set-cookie: a=1; path=/ ;X",
            "set-cookie: replace=; Path=/",
            "set-cookie: a=\u{e9}, b=2",
        ];
        assert_eq!(fields(&headers), expected);
    }

    #[test]
    fn where_all_pass_nothing_is_touched() {
        let lines = [("set-cookie", "a=1"), ("x", "y"), ("set-cookie", "b=2")];
        let mut rewritten = headers(&lines);
        rewrite(&mut rewritten, |_, _| Outcome::Keep);
        assert_eq!(rewritten, headers(&lines));
    }

    #[test]
    fn lives_are_measured_from_the_earliest_moment_that_a_browser_may_take() {
        const NOW: UnixTime = UnixTime(1_795_435_200);
        let table: &[(&[&str], i64)] = &[
            (&[], NOW.0),
            (&["Wed, 31 Dec 1969 23:59:59 GMT"], -1),
            (&["Thu, 01 Jan 2099 00:00:00 GMT"], NOW.0),
            (&["yesterday"], NOW.0),
            (&["Thu, 01 Jan 2099 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:09 GMT"], 9),
        ];
        for (dates, expected) in table {
            let lines: Vec<_> = dates.iter().map(|date| ("date", *date)).collect();
            assert_eq!(sent_at(&headers(&lines), NOW), UnixTime(*expected), "{dates:?}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_written_is_dropped() {
        let mut headers = headers(&[("set-cookie", "a=1")]);
        rewrite(&mut headers, |_, _| Outcome::Replace(b"a=\r\n".to_vec()));
        assert!(headers.is_empty());
    }
}
