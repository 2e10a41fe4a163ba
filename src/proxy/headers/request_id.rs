//! The id of a request: what a visitor can quote, and a log can be searched for.
//!
//! It is sent to the portal as `X-Request-ID`, and written to the access log and to error pages.

use std::ops::Range;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::http::fields::{self, Lines};

/// The customary field, which no standard defines.
pub(in crate::proxy) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id of a trusted proxy that is kept.
const LONGEST: usize = 128;
/// The field with an id of octroi's own, as it is written: its digits are hexadecimal.
type Line = [u8; 48];
const LINE: Line = *b"x-request-id: 00000000000000000000000000000000\r\n";
const DIGITS: Range<usize> = 14..46;

/// One request's id, plain ASCII.
#[derive(Clone, Debug)]
pub(in crate::proxy) enum RequestId {
    /// By a trusted proxy.
    Given(HeaderValue),
    /// By octroi. It is copied: that costs less than to share it.
    Made(Line),
}

impl RequestId {
    /// A trusted proxy's if it is one plain word, else 128 random bits. Plain: one to 128 ASCII letters, digits or
    /// `-_.:+/=`, so that it can stand in a log and on a page as it is.
    pub(in crate::proxy) fn of(headers: &HeaderMap, trusted: bool) -> Self {
        if trusted
            && let Lines::One(id) = fields::lines(headers, &X_REQUEST_ID)
            && is_plain(id.as_bytes())
        {
            return Self::Given(id.clone());
        }
        let mut line = LINE;
        if let Some(digits) = line.get_mut(DIGITS) {
            write_hex(fastrand::u128(..), digits);
        }
        Self::Made(line)
    }

    /// Its text.
    pub(in crate::proxy) fn as_str(&self) -> &str {
        let text = match self {
            Self::Given(id) => id.as_bytes(),
            Self::Made(line) => line.get(DIGITS).unwrap_or_default(),
        };
        str::from_utf8(text).unwrap_or_default()
    }

    /// Adds the id to the request for the portal, which must have no such field yet: as a field, or as the line that is
    /// returned.
    pub(in crate::proxy) fn sign(&self, headers: &mut HeaderMap) -> Option<Line> {
        match self {
            Self::Given(id) => {
                headers.insert(X_REQUEST_ID, id.clone());
                None
            }
            Self::Made(line) => Some(*line),
        }
    }
}

/// Writes a number in 32 digits; `digits` has room for them.
fn write_hex(number: u128, digits: &mut [u8]) {
    let digit = |half: u8| half + if half < 10 { b'0' } else { b'a' - 10 };
    for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(number.to_be_bytes()) {
        *pair = [digit(byte >> 4), digit(byte & 0xf)];
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
    fn ids_are_kept_if_they_are_plain_and_trusted() {
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
        let given = headers(&[("x-request-id", "abc")]);
        let mut headers = HeaderMap::new();
        let made = RequestId::of(&given, false);
        let line = made.sign(&mut headers).unwrap();
        assert_eq!(str::from_utf8(&line).unwrap(), format!("{X_REQUEST_ID}: {}\r\n", made.as_str()));
        assert!(headers.is_empty());
        assert_eq!(RequestId::of(&given, true).sign(&mut headers), None);
        assert_eq!(headers, given);
    }
}
