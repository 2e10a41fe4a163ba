//! The request's cookies: the visitor's choice is read from them, and what it does not allow goes no further.
//!
//! However many `Cookie` fields came (HTTP/2 splits them, RFC 9113 §8.2.3), at most one leaves: the allowed pairs, byte
//! for byte and in their order. A portal that joins several with a comma would lose its session.

use bytes::Bytes;
use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::visitor::Visitor;
use super::withdrawal::Stripped;
use crate::cookie::{Pair, UnixTime, pairs};
use crate::policy::{Enforcement, Judgement, Policy, Verdict};
use crate::snapshot::Site;

/// A guess, so that the list of pairs seldom grows.
const SHORT_PAIR: usize = 16;

const SEC_GPC: HeaderName = HeaderName::from_static("sec-gpc");

/// What the request says of the visitor's consent.
pub(super) fn read_visitor(headers: &HeaderMap, policy: &Policy, now: UnixTime) -> Visitor {
    let is_choice = |pair: &Pair<'_>| pair.name.is_some_and(|name| policy.is_consent_cookie(name));
    let fields = headers.get_all(COOKIE).into_iter().map(HeaderValue::as_bytes);
    let pairs = fields.filter(|field| policy.may_hold_choice(field)).flat_map(pairs);
    let choice = policy.read_choice(pairs.filter(is_choice).map(|pair| pair.value), now);
    let gpc = has_gpc(headers);
    Visitor { consent: policy.consent(&choice, gpc), choice, gpc }
}

/// Forwards the pairs that may pass, by what `judge` says of each name; it is `None` where a pair has none. Returns those
/// that are kept from the portal.
pub(super) fn filter(
    headers: &mut HeaderMap,
    site: &Site,
    mut judge: impl FnMut(Option<&[u8]>) -> Judgement,
) -> Vec<Stripped> {
    let mut stripped = Vec::new();
    retain(headers, |pair| {
        let judgement = judge(pair.name);
        let enforcement = site.policy.enforcement(judgement.category, site.enforcement);
        let kept = judgement.verdict != Verdict::Drop || enforcement == Enforcement::ReportOnly;
        if !kept {
            stripped.push(Stripped::new(pair.name, &judgement));
        }
        kept
    });
    stripped
}

/// Keeps the pairs for which `keep` says so, in one field. Where it is one already and stays whole, it is not touched.
fn retain(headers: &mut HeaderMap, mut keep: impl FnMut(&Pair<'_>) -> bool) {
    let mut fields = headers.get_all(COOKIE).iter();
    let (Some(first), second) = (fields.next(), fields.next()) else { return };
    let mut whole = second.is_none();
    let mut kept = Vec::with_capacity(first.len() / SHORT_PAIR);
    for pair in all_pairs(headers) {
        if keep(&pair) {
            kept.push(pair.raw);
        } else {
            whole = false;
        }
    }
    if !whole || kept.is_empty() {
        let line = kept.join(&b"; "[..]);
        replace(headers, line.into());
    }
}

/// The pieces of valid values make a valid value; were it not so, no cookie at all would be forwarded.
fn replace(headers: &mut HeaderMap, line: Bytes) {
    headers.remove(COOKIE);
    if line.is_empty() {
        return;
    }
    if let Ok(value) = HeaderValue::from_maybe_shared(line) {
        headers.insert(COOKIE, value);
    }
}

fn all_pairs(headers: &HeaderMap) -> impl Iterator<Item = Pair<'_>> {
    headers.get_all(COOKIE).into_iter().flat_map(|field| pairs(field.as_bytes()))
}

/// `Sec-GPC: 1` and nothing else is the signal (Global Privacy Control §3.2), on any line.
fn has_gpc(headers: &HeaderMap) -> bool {
    headers.get_all(SEC_GPC).iter().any(|value| value.as_bytes() == b"1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{fields, headers};

    /// Keeps what has a name that does not begin with `_`.
    fn kept(lines: &[&str]) -> Vec<String> {
        let lines: Vec<_> = lines.iter().map(|line| ("cookie", *line)).collect();
        let mut headers = headers(&lines);
        retain(&mut headers, |pair| pair.name.is_some_and(|name| !name.starts_with(b"_")));
        fields(&headers)
    }

    #[test]
    fn one_line_leaves_at_most() {
        let table: &[(&[&str], &[&str])] = &[
            (&[], &[]),
            (&["a=1"], &["cookie: a=1"]),
            (&["a=1", "b=2"], &["cookie: a=1; b=2"]),
            (&["a=1", "_ga=2", "b=3"], &["cookie: a=1; b=3"]),
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
