//! Cookies between header maps and the gate: finds the fields that the gate reads, and carries out what it decided.
//!
//! However many `Cookie` fields were received, at most one is sent: a portal that joins several with a comma would lose its
//! session.

use bytes::Bytes;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, request};

use super::headers::caching;
use super::headers::normalize::Seen;
use super::headers::rare_fields::RareFields;
use crate::cookie::pairs;
use crate::gate::{Fields, Leaving, RequestOutcome, RequestView, ResponseOutcome, says_gpc};
use crate::http::fields::{self, Lines};
use crate::http::h1::SetCookies;
use crate::http::lists;

const SEPARATOR: &[u8] = b"; ";

const SEC_GPC: HeaderName = HeaderName::from_static("sec-gpc");

impl Fields for HeaderMap {
    fn values<'a>(&'a self, name: &'static str) -> impl Iterator<Item = &'a [u8]> {
        self.get_all(name).into_iter().map(HeaderValue::as_bytes)
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn accept_html(&self) -> bool {
        lists::accept_html(self)
    }
}

/// Joins several `Cookie` fields, into which HTTP/2 splits them, as the standard says (RFC 9113 §8.2.3).
pub(super) fn join(headers: &mut HeaderMap) {
    let Lines::Several = fields::lines(headers, &COOKIE) else { return };
    let lines = headers.get_all(&COOKIE).iter().map(HeaderValue::as_bytes);
    let pairs: Vec<_> = lines.flat_map(pairs).map(|pair| pair.raw).collect();
    set_cookie_field(headers, Some(pairs.join(SEPARATOR).into()));
}

/// A request as the gate reads it; its `Cookie` fields are joined already. `seen` avoids searches for absent fields.
pub(super) fn request_view(
    head: &request::Parts,
    seen: Seen,
    https: bool,
    behind_a_proxy: bool,
) -> RequestView<'_, HeaderMap> {
    let fields = &head.headers;
    let cookies = if seen.cookies > 0 { fields.get_all(&COOKIE).iter().next() } else { None };
    let is_get = head.method == Method::GET;
    RequestView {
        cookies: cookies.map(HeaderValue::as_bytes),
        gpc: seen.gpc && says_gpc(fields.get_all(&SEC_GPC).iter().map(HeaderValue::as_bytes)),
        path: head.uri.path(),
        is_get,
        is_anonymous: is_get && head.uri.query().is_none() && seen.cookies == 0 && !seen.authorization,
        https,
        behind_a_proxy,
        fields,
    }
}

/// Forwards the pairs that may pass.
pub(super) fn forward(outcome: &RequestOutcome, headers: &mut HeaderMap) {
    match outcome.leaving() {
        Leaving::Unchanged => {}
        Leaving::Rewritten(field) => set_cookie_field(headers, Some(field.clone())),
        Leaving::Nothing => set_cookie_field(headers, None),
    }
}

/// Pieces of valid values make a valid value. If that were untrue, no cookie would be forwarded.
fn set_cookie_field(headers: &mut HeaderMap, field: Option<Bytes>) {
    match field.and_then(|field| HeaderValue::from_maybe_shared(field).ok()) {
        Some(field) => drop(headers.insert(COOKIE, field)),
        None => drop(headers.remove(COOKIE)),
    }
}

/// Adds the lines to send, in their order, and then the deletions. Makes the response private if the gate says so. `rare`: which
/// rare fields it came with.
pub(super) fn release(outcome: ResponseOutcome, lines: &SetCookies, headers: &mut HeaderMap, rare: RareFields) {
    for (line, judged) in lines.iter().zip(outcome.lines) {
        let leaving = match judged.leaving {
            Leaving::Unchanged => line.to_value(),
            Leaving::Rewritten(line) => HeaderValue::from_maybe_shared(line).ok(),
            Leaving::Nothing => None,
        };
        if let Some(leaving) = leaving {
            headers.append(SET_COOKIE, leaving);
        }
    }
    if outcome.is_private {
        caching::make_private(headers, rare);
    }
    for line in outcome.deletions {
        if let Ok(line) = HeaderValue::from_maybe_shared(Bytes::from(line)) {
            headers.append(SET_COOKIE, line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{fields, headers};

    #[test]
    fn one_cookie_field_leaves_at_most() {
        let table: &[(&[&str], &[&str])] = &[
            (&[], &[]),
            (&["a=1;b=2 ;  c=3;"], &["cookie: a=1;b=2 ;  c=3;"]),
            (&["a=1", "b=2"], &["cookie: a=1; b=2"]),
            (&["a=1;", "b=2; c=3"], &["cookie: a=1; b=2; c=3"]),
            (&["a=1;;", " ;b=2"], &["cookie: a=1; b=2"]),
            (&["", ";"], &["cookie: "]),
        ];
        for (lines, expected) in table {
            let lines: Vec<_> = lines.iter().map(|line| ("cookie", *line)).collect();
            let mut headers = headers(&lines);
            join(&mut headers);
            assert_eq!(fields(&headers), *expected, "{lines:?}");
        }
    }

    #[test]
    fn only_a_get_that_anybody_may_have_sent_is_anonymous() {
        let is_anonymous = |method: &str, target: &str, seen: Seen| {
            let (head, ()) = http::Request::builder().method(method).uri(target).body(()).unwrap().into_parts();
            request_view(&head, seen, true, false).is_anonymous
        };
        assert!(is_anonymous("GET", "/x", Seen::default()));
        assert!(!is_anonymous("GET", "/x", Seen { cookies: 1, ..Seen::default() }));
        assert!(!is_anonymous("GET", "/x", Seen { authorization: true, ..Seen::default() }));
        assert!(!is_anonymous("GET", "/x?user=alice", Seen::default()));
        assert!(!is_anonymous("POST", "/x", Seen::default()));
    }
}
