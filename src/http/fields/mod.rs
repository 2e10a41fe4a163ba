//! Fields of a message, found by name and by kind.
//!
//! It works on the `HeaderMap` of the crate `http`; `h1` works on fields as bytes.

mod forwarding;
mod trailers;

use http::{HeaderMap, HeaderName, HeaderValue};

pub(crate) use forwarding::{is_forged, is_forwarding};
pub(crate) use trailers::{is_forbidden_request_trailer, is_forbidden_response_trailer};

/// Whether a field belongs to one connection and ends with it, whether `Connection` lists it or not (RFC 9110 §7.6.1).
/// Inlined, because it is called for each field of a message, in one loop with other checks.
#[inline]
#[rustfmt::skip]
pub(crate) fn is_hop_by_hop(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "connection" | "keep-alive" | "proxy-connection" | "proxy-authenticate" | "proxy-authorization"
            | "proxy-authentication-info" | "te" | "transfer-encoding" | "upgrade" | "http2-settings"
    )
}

/// Whether a name is one that browsers send with most requests. octroi removes none of them, so they need not be compared with
/// each name that it removes.
#[inline]
#[rustfmt::skip]
pub(crate) fn is_usual(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "accept" | "accept-encoding" | "accept-language" | "cookie" | "host" | "priority" | "referer"
            | "sec-ch-ua" | "sec-ch-ua-mobile" | "sec-ch-ua-platform" | "sec-fetch-dest" | "sec-fetch-mode"
            | "sec-fetch-site" | "sec-fetch-user" | "upgrade-insecure-requests" | "user-agent"
    )
}

/// The lines of one field.
#[derive(Default)]
pub(crate) enum Lines<'a> {
    #[default]
    None,
    One(&'a HeaderValue),
    Several,
}

impl<'a> Lines<'a> {
    /// Counts one more line.
    pub(crate) fn add(&mut self, value: &'a HeaderValue) {
        *self = if matches!(self, Self::None) { Self::One(value) } else { Self::Several };
    }
}

/// The value of a field that has one line.
pub(crate) fn lines<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Lines<'a> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Lines::None,
        (Some(value), None) => Lines::One(value),
        (Some(_), Some(_)) => Lines::Several,
    }
}

/// Removes all fields of a kind. Most messages have none, so one loop over all names costs less than a look-up for each name of
/// the kind.
pub(crate) fn remove(headers: &mut HeaderMap, is_one: impl Fn(&HeaderName) -> bool) {
    while let Some(name) = headers.keys().find(|name| is_one(name)).cloned() {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn every_line_of_every_field_of_a_kind_goes() {
        let mut headers = headers(&[("a", "1"), ("x-a", "2"), ("b", "3"), ("x-b", "4"), ("x-a", "5"), ("x-c", "6")]);
        remove(&mut headers, |name| name.as_str().starts_with("x-"));
        assert!(headers.iter().eq(self::headers(&[("a", "1"), ("b", "3")]).iter()));
    }

    #[test]
    fn lines_are_told_apart_by_their_number() {
        let mut headers = headers(&[("a", "1"), ("b", "2"), ("b", "3")]);
        let name = HeaderName::from_static;
        assert!(matches!(lines(&headers, &name("a")), Lines::One(value) if value == "1"));
        assert!(matches!(lines(&headers, &name("b")), Lines::Several));
        assert!(matches!(lines(&headers, &name("c")), Lines::None));
        headers.append("a", HeaderValue::from_static("4"));
        assert!(matches!(lines(&headers, &name("a")), Lines::Several));
    }
}
