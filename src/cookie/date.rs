//! Dates in cookies: the lenient reading of browsers and the strict one of HTTP.

use super::UnixTime;

/// Reads a date as browsers do (RFC 6265 §5.1.1); `None` where they would ignore the attribute.
pub fn parse_cookie_date(_value: &[u8]) -> Option<UnixTime> {
    todo!()
}

/// Reads an IMF-fixdate (`Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110 §5.6.7) and nothing else.
pub fn parse_strict_date(_value: &[u8]) -> Option<UnixTime> {
    todo!()
}
