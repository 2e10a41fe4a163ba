//! The request's cookies: the visitor's choice is read from them, and what it does not allow goes no further.
//!
//! However many `Cookie` fields came, at most one leaves: the allowed pairs, byte for byte and in their order. A portal
//! that joins several with a comma would lose its session.

use std::rc::Rc;

use bytes::Bytes;
use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::counts::{Run, Tally};
use super::deletions::Stripped;
use super::verdict_cache::{Context, Judge, Memo, Rules};
use super::visitor::Visitor;
use crate::cookie::{Pair, UnixTime, pairs};
use crate::http::fields::{self, Lines};
use crate::inventory::Recorder;
use crate::policy::{Judgement, Policy, Verdict};

/// A guess, so that the list of pairs seldom grows.
const SHORT_PAIR: usize = 16;

const SEPARATOR: &[u8] = b"; ";

const SEC_GPC: HeaderName = HeaderName::from_static("sec-gpc");

/// Makes one field of several, of all their pairs: HTTP/2 splits them, and says how they are joined (RFC 9113 §8.2.3).
pub(crate) fn join(headers: &mut HeaderMap) {
    let Lines::Several = fields::lines(headers, &COOKIE) else { return };
    let lines = fields::all(headers, &COOKIE).map(HeaderValue::as_bytes);
    let kept: Vec<_> = lines.flat_map(pairs).map(|pair| pair.raw).collect();
    match line(kept.join(SEPARATOR)) {
        Some(line) => drop(headers.insert(COOKIE, line)),
        None => drop(headers.remove(COOKIE)),
    }
}

/// What a request says of its visitor's consent; `line` is its `Cookie` line.
pub(crate) fn read_visitor(line: Option<&[u8]>, policy: &Policy, gpc: bool, now: UnixTime) -> Visitor {
    let is_choice = |pair: &Pair<'_>| pair.name.is_some_and(|name| policy.is_consent_cookie(name));
    let line = line.filter(|line| policy.may_hold_choice(line));
    let choices = line.into_iter().flat_map(pairs).filter(is_choice);
    let choice = policy.read_choice(choices.map(|pair| pair.value), now);
    Visitor { consent: policy.consent(&choice, gpc), choice, gpc }
}

/// Who sent a `Cookie` line, and what it comes to.
pub(crate) fn read(
    line: &[u8],
    gpc: bool,
    rules: Rules<'_>,
    now: UnixTime,
    memo: &mut Memo,
    inventory: &Recorder,
) -> (Visitor, Rc<Filtered>) {
    memo.again(line, gpc, &rules, now).unwrap_or_else(|| {
        let visitor = read_visitor(Some(line), rules.policy, gpc, now);
        let context = Context { rules, consent: visitor.consent, strip_all: false };
        let mut judge = memo.judge(context, now, inventory);
        let filtered = Rc::new(Filtered::of(line, &mut judge));
        judge.remember(line, &visitor, &filtered);
        (visitor, filtered)
    })
}

/// What the cookies of a request come to.
#[derive(Debug)]
pub(crate) struct Filtered {
    /// How they were judged.
    pub(crate) runs: Vec<Run>,
    /// What is kept from the portal.
    pub(crate) stripped: Vec<Stripped>,
    leaving: Leaving,
}

/// What leaves for the portal.
#[derive(Debug)]
enum Leaving {
    /// The line that came.
    Whole,
    /// This one.
    Line(HeaderValue),
    Nothing,
}

impl Filtered {
    /// Judges the pairs of a line.
    fn of(line: &[u8], judge: &mut Judge<'_>) -> Self {
        let (mut runs, mut stripped) = (Vec::new(), Vec::new());
        let mut tally = Tally::new(|run| runs.push(run));
        let leaving = Leaving::of(line, |pair| {
            let judgement = pair.name.map_or(Judgement::UNREADABLE, |name| judge.pair(name));
            tally.add(&judgement);
            let kept = !matches!(judgement.verdict, Verdict::Drop) || !judge.enforces(&judgement);
            if !kept {
                stripped.push(Stripped::new(pair.name, &judgement));
            }
            kept
        });
        drop(tally);
        Self { runs, stripped, leaving }
    }

    /// Forwards the pairs that may pass.
    pub(crate) fn forward(&self, headers: &mut HeaderMap) {
        match &self.leaving {
            Leaving::Whole => {}
            Leaving::Line(line) => drop(headers.insert(COOKIE, line.clone())),
            Leaving::Nothing => drop(headers.remove(COOKIE)),
        }
    }
}

impl Leaving {
    /// The pairs for which `keep` says so. A line that stays whole is not touched.
    fn of(came: &[u8], mut keep: impl FnMut(&Pair<'_>) -> bool) -> Self {
        let mut whole = true;
        let mut kept = Vec::with_capacity(came.len() / SHORT_PAIR);
        for pair in pairs(came) {
            if keep(&pair) {
                kept.push(pair.raw);
            } else {
                whole = false;
            }
        }
        if kept.is_empty() {
            return Self::Nothing;
        }
        if whole { Self::Whole } else { line(kept.join(SEPARATOR)).map_or(Self::Nothing, Self::Line) }
    }
}

/// The pieces of valid values make a valid value; were it not so, no cookie at all would be forwarded.
fn line(line: Vec<u8>) -> Option<HeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from(line)).ok()
}

/// `Sec-GPC: 1` and nothing else is the signal (Global Privacy Control §3.2), on any line.
pub(crate) fn has_gpc(headers: &HeaderMap) -> bool {
    fields::all(headers, &SEC_GPC).any(|value| value.as_bytes() == b"1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{fields, headers};

    /// Keeps what has a name that does not begin with `_`.
    fn kept(lines: &[&str]) -> Vec<String> {
        let lines: Vec<_> = lines.iter().map(|line| ("cookie", *line)).collect();
        let mut headers = headers(&lines);
        join(&mut headers);
        if let Some(line) = headers.get(COOKIE) {
            let leaving = Leaving::of(line.as_bytes(), |pair| pair.name.is_some_and(|name| !name.starts_with(b"_")));
            Filtered { runs: Vec::new(), stripped: Vec::new(), leaving }.forward(&mut headers);
        }
        fields(&headers)
    }

    #[test]
    fn one_line_leaves_at_most() {
        let table: &[(&[&str], &[&str])] = &[
            (&[], &[]),
            (&["a=1"], &["cookie: a=1"]),
            (&["a=1", "b=2"], &["cookie: a=1; b=2"]),
            (&["a=1", "_ga=2", "b=3"], &["cookie: a=1; b=3"]),
            (&["a=1;", "b=2; _c=3"], &["cookie: a=1; b=2"]),
            (&["a=1;;", " ;b=2"], &["cookie: a=1; b=2"]),
            (&["_ga=2", "_gid=3"], &[]),
            (&["_ga=2"], &[]),
            (&["", ";"], &[]),
            (&["a=1; _ga=2; b=\"x=y\""], &["cookie: a=1; b=\"x=y\""]),
            (&["_ga=1; a=\u{e9}\t,"], &["cookie: a=\u{e9}\t,"]),
            (&["a=1; nameless; =v"], &["cookie: a=1"]),
            (&["a=1; a=2; _a=3"], &["cookie: a=1; a=2"]),
        ];
        for (lines, expected) in table {
            assert_eq!(kept(lines), *expected, "{lines:?}");
        }
    }

    #[test]
    fn what_stays_whole_is_not_touched() {
        assert_eq!(kept(&["a=1;b=2 ;  c=3;"]), ["cookie: a=1;b=2 ;  c=3;"]);
    }

    #[test]
    fn gpc_is_exactly_one() {
        for (value, expected) in [("1", true), ("0", false), ("true", false), ("1, 1", false), ("", false)] {
            assert_eq!(has_gpc(&headers(&[("sec-gpc", value)])), expected, "{value}");
        }
        assert!(!has_gpc(&HeaderMap::new()));
        assert!(has_gpc(&headers(&[("sec-gpc", "0"), ("sec-gpc", "1")])));
    }
}
