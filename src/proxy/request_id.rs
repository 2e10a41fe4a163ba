//! The id of a request: what a visitor can quote, and a log can be searched for.

use data_encoding::HEXLOWER;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::fields::{self, Lines};

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id of a trusted proxy that is kept.
const LONGEST: usize = 128;
/// Hexadecimal digits of an id of octroi's own.
const DIGITS: usize = 32;

/// One request's id, plain ASCII.
#[derive(Clone, Debug)]
pub(super) enum RequestId {
    /// By a trusted proxy.
    Given(HeaderValue),
    /// By octroi. It is copied to whoever needs it: that costs less than to share it.
    Made([u8; DIGITS]),
}

impl RequestId {
    /// A trusted proxy's where it is one plain word, else 128 random bits.
    pub(super) fn of(headers: &HeaderMap, trusted: bool) -> Self {
        if trusted
            && let Lines::One(id) = fields::lines(headers, &X_REQUEST_ID)
            && is_plain(id.as_bytes())
        {
            return Self::Given(id.clone());
        }
        let mut digits = [0; DIGITS];
        HEXLOWER.encode_mut(&fastrand::u128(..).to_be_bytes(), &mut digits);
        Self::Made(digits)
    }

    /// Its text.
    pub(super) fn as_str(&self) -> &str {
        let text = match self {
            Self::Given(id) => id.as_bytes(),
            Self::Made(digits) => digits,
        };
        str::from_utf8(text).unwrap_or_default()
    }

    /// Tells the portal.
    pub(super) fn sign(&self, headers: &mut HeaderMap) {
        let value = match self {
            Self::Given(id) => Ok(id.clone()),
            Self::Made(digits) => HeaderValue::from_bytes(digits),
        };
        if let Ok(value) = value {
            headers.insert(X_REQUEST_ID, value);
        }
    }
}

fn is_plain(id: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:+/=".contains(byte);
    (1..=LONGEST).contains(&id.len()) && id.iter().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::headers;

    #[test]
    fn ids_are_kept_where_they_are_plain_and_trusted() {
        let given = headers(&[("x-request-id", "abc-1.2_3")]);
        assert_eq!(RequestId::of(&given, true).as_str(), "abc-1.2_3");
        let long = "a".repeat(129);
        let fresh = [
            headers(&[("x-request-id", "a b")]),
            headers(&[("x-request-id", "a"), ("x-request-id", "b")]),
            headers(&[("x-request-id", &long)]),
        ];
        for id in fresh.iter().map(|headers| RequestId::of(headers, true)).chain([RequestId::of(&given, false)]) {
            let id = id.as_str();
            assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        }
    }

    #[test]
    fn the_portal_is_told_what_the_log_holds() {
        for (given, trusted) in [("abc", true), ("a b", true), ("abc", false)] {
            let mut headers = headers(&[("x-request-id", given), ("x-request-id", "other")]);
            let id = RequestId::of(&headers, trusted);
            id.sign(&mut headers);
            assert!(headers.get_all(X_REQUEST_ID).iter().eq([id.as_str()]));
        }
        let mut headers = headers(&[("x-request-id", "abc")]);
        RequestId::of(&headers, true).sign(&mut headers);
        assert!(headers.get_all(X_REQUEST_ID).iter().eq(["abc"]));
    }
}
