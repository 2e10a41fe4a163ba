//! Amendments: a shorter life or a missing attribute, and not one other byte changed.

use super::{SameSite, SetCookie, UnixTime};

/// What the policy asks of a cookie that passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// Longest life in seconds; a longer `Max-Age` or `Expires` is shortened to it. A session cookie stays one.
    pub max_lifetime: Option<u32>,
    /// Add `Secure` where it is missing.
    pub secure: bool,
    /// Add `HttpOnly` where it is missing.
    pub http_only: bool,
    /// Add `SameSite` where it is missing.
    pub same_site: Option<SameSite>,
}

/// The line with `amendment` applied, or `None` where it already complies and can pass byte for byte.
pub fn amend(_line: &SetCookie<'_>, _amendment: &Amendment, _now: UnixTime) -> Option<Vec<u8>> {
    todo!()
}
