//! The response's cookies: every `Set-Cookie` line of every response is judged, and leaves as its verdict says.
//!
//! The status does not matter: browsers store the cookies of redirects, errors and a 101 alike.

use bytes::Bytes;
use http::header::{DATE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};

use super::verdict_cache::{Judge, Judged};
use super::visitor::Visitor;
use crate::consent::Choice;
use crate::cookie::{Amendment, SetCookie, UnixTime, amend, canonical_deletion, parse_cookie_date, with_domain};
use crate::http::fields;
use crate::http::h1::SetCookies;
use crate::policy::{Consent, Judgement, Policy, Verdict};
use crate::snapshot::{PortalName, Site};

/// The consent that the response's cookies need.
///
/// Where the response itself sets the choice, its other cookies need what the request's choice and the new one both
/// grant; a deleted choice grants nothing.
pub(crate) fn read_consent(lines: &SetCookies, policy: &Policy, visitor: &Visitor, now: UnixTime) -> Consent {
    let lines = lines
        .iter()
        .map(|line| line.as_bytes())
        .filter(|line| policy.may_set_choice(line))
        .filter_map(|line| SetCookie::parse(line).ok());
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

/// The names of a portal that is told another host than the visitor's: it sets cookies for one of them, and no browser
/// keeps those (RFC 6265bis §5.7), so that a login would do nothing. Like its redirects, they are for the visitor's host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnDomain<'a> {
    names: &'a [PortalName],
    host: &'a str,
}

impl<'a> OwnDomain<'a> {
    /// Of a portal that visitors see under this host; `None` where the portal is told the visitor's own.
    pub(crate) fn of(site: &'a Site, host: &'a str) -> Option<Self> {
        site.upstream.host.as_ref().map(|_| Self { names: &site.portal_names, host })
    }

    /// The line for the visitor's host, where it is for the portal's.
    pub(crate) fn turn(&self, line: &[u8]) -> Option<Vec<u8>> {
        let is_own = |host: &[u8]| self.names.iter().any(|name| name.host.as_bytes().eq_ignore_ascii_case(host));
        with_domain(&SetCookie::parse(line).ok()?, self.host, is_own)
    }
}

/// Judges every line, and adds to the fields what its verdict lets through; a line with a control byte is dropped under
/// every policy, for no field can hold it. `record` is told of each, and of the line where it has something to teach of
/// its cookie's path. Returns whether consent decided over any of them: then no shared
/// cache may keep the response.
pub(crate) fn filter(
    headers: &mut HeaderMap,
    lines: &SetCookies,
    own_domain: Option<OwnDomain<'_>>,
    judge: &mut Judge<'_>,
    mut record: impl FnMut(&Judgement, Option<&SetCookie<'_>>),
) -> bool {
    let mut any_gated = false;
    release(headers, lines, |line, headers| {
        let turned = own_domain.and_then(|own| own.turn(line));
        let cookie = SetCookie::parse(turned.as_deref().unwrap_or(line)).ok();
        let Judged { judgement, path_is_known } = match &cookie {
            Some(cookie) => judge.line(cookie),
            None => judge.unreadable(),
        };
        let amends = matches!(judgement.verdict, Verdict::Amend(_));
        let (judgement, outcome) = carry_out(cookie.as_ref(), judgement, || sent_at(headers, judge.now()));
        if let Some(cookie) = cookie.as_ref().filter(|_| amends) {
            judge.note(cookie, &judgement);
        }
        let (judgement, outcome) = match &turned {
            Some(turned) if matches!(outcome, Outcome::Keep) => {
                let verdict = Verdict::Amend(Amendment::NONE);
                (Judgement { verdict, ..judgement }, Outcome::rewritten(turned.clone()))
            }
            _ => (judgement, outcome),
        };
        record(&judgement, cookie.as_ref().filter(|_| judgement.gated() && !path_is_known));
        let enforced = judge.enforces(&judgement);
        any_gated |= enforced && judgement.gated();
        if enforced { outcome } else { Outcome::Keep }
    });
    for _ in 0..lines.unreadable() {
        let Judged { judgement, .. } = judge.unreadable();
        record(&judgement, None);
        any_gated |= judge.enforces(&judgement) && judgement.gated();
    }
    any_gated
}

/// The moment that lives are measured from: browsers correct `Expires` by the response's `Date`, so an earlier one
/// would lengthen them.
fn sent_at(headers: &HeaderMap, now: UnixTime) -> UnixTime {
    let dates = headers.get_all(DATE).into_iter().filter_map(|date| parse_cookie_date(date.as_bytes()));
    dates.fold(now, UnixTime::min)
}

/// What becomes of one line.
#[derive(Debug)]
enum Outcome {
    Keep,
    Replace(HeaderValue),
    Remove,
}

impl Outcome {
    /// The line gives way to this one; where that cannot be sent, to none.
    fn rewritten(line: Vec<u8>) -> Self {
        HeaderValue::from_maybe_shared(Bytes::from(line)).map_or(Self::Remove, Self::Replace)
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
            Some(line) => Outcome::rewritten(line),
            None => return (Judgement { verdict: Verdict::Pass, ..judgement }, Outcome::Keep),
        },
        (Some(cookie), Verdict::Delete) => Outcome::rewritten(canonical_deletion(cookie)),
        (_, Verdict::Drop) | (None, _) => Outcome::Remove,
    };
    (judgement, outcome)
}

/// Adds what `decide` makes of the lines, in their order.
fn release(headers: &mut HeaderMap, lines: &SetCookies, mut decide: impl FnMut(&[u8], &HeaderMap) -> Outcome) {
    for line in lines.iter() {
        let leaving = match decide(line.as_bytes(), headers) {
            Outcome::Keep => line.to_value(),
            Outcome::Replace(line) => Some(line),
            Outcome::Remove => None,
        };
        if let Some(leaving) = leaving {
            fields::add(headers, SET_COOKIE, leaving);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{fields, headers};

    #[test]
    fn lines_keep_their_order_and_their_bytes() {
        let mut headers = headers(&[("content-type", "text/html")]);
        let lines = ["a=1; path=/ ;X", "drop=1", "replace=1; Path=/", "a=\u{e9}, b=2"].into_iter().collect();
        release(&mut headers, &lines, |line, _| match line {
            line if line.starts_with(b"drop") => Outcome::Remove,
            line if line.starts_with(b"replace") => Outcome::rewritten(b"replace=; Path=/".to_vec()),
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
        let mut headers = HeaderMap::new();
        release(&mut headers, &["a=1"].into_iter().collect(), |_, _| Outcome::rewritten(b"a=\r\n".to_vec()));
        assert!(headers.is_empty());
    }
}
