//! Deletions: which lines surely delete, and the one form in which a deletion may pass.
//!
//! Browsers disagree on what deletes (`Max-Age=+0`, `Max-Age=-`, a date without a time): a doubtful line deletes the cookie in
//! one and stores it in another. So a deletion of a cookie that may not be stored is always rewritten.

use super::{AttributeKind, SetCookie, UnixTime, parse_strict_date};

/// Browsers correct `Expires` by the response's `Date`: a date must lie further back than any clock is wrong.
const CLOCK_DOUBT_SECONDS: i64 = 12 * 60 * 60;

/// The attributes by which every browser deletes the cookie.
pub(crate) const EXPIRED: &[u8] = b"; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";

impl SetCookie<'_> {
    /// Whether every browser reads this line as a deletion.
    ///
    /// True if each `Max-Age` is `-?[0-9]+` and the last one is at most 0; or if there is no `Max-Age` and exactly
    /// one `Expires`, a strict date more than 12 hours before `now` (browsers correct `Expires` by the response's `Date`).
    ///
    /// ```
    /// use octroi::cookie::{SetCookie, UnixTime};
    ///
    /// let now = UnixTime(1_795_000_000);
    /// let deletes = |line| SetCookie::parse(line).unwrap().surely_deletes(now);
    /// assert!(deletes(b"a=; Max-Age=0"));
    /// assert!(deletes(b"a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"));
    /// assert!(!deletes(b"a=; Max-Age=+0"));
    /// assert!(!deletes(b"a="));
    /// ```
    pub fn surely_deletes(&self, now: UnixTime) -> bool {
        // The last life in seconds; `Some(None)` once one is no number.
        let mut max_age = None;
        let (mut dates, mut date) = (0, None);
        for attribute in self.attributes() {
            if attribute.is(AttributeKind::MaxAge) {
                max_age = Some(attribute.seconds().filter(|_| max_age != Some(None)));
            } else if attribute.is(AttributeKind::Expires) {
                (dates, date) = (dates + 1, Some(attribute));
            }
        }
        match max_age {
            Some(seconds) => seconds.is_some_and(|seconds| seconds <= 0),
            None if dates == 1 => {
                let long_past = now.plus(-CLOCK_DOUBT_SECONDS);
                let value = date.and_then(|attribute| attribute.value());
                value.and_then(parse_strict_date).is_some_and(|date| date < long_past)
            }
            None => false,
        }
    }
}

/// The line as an empty, canonical deletion: the name, its scope attributes as they were, `Max-Age=0` and a past `Expires`.
///
/// ```
/// use octroi::cookie::{SetCookie, canonical_deletion};
///
/// let line = SetCookie::parse(b"a=deleted; Path=/x; Max-Age=-1").unwrap();
/// let deletion: &[u8] = b"a=; Path=/x; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
/// assert_eq!(canonical_deletion(&line), deletion);
/// ```
pub fn canonical_deletion(line: &SetCookie<'_>) -> Vec<u8> {
    let mut deletion = Vec::with_capacity(line.line().len() + EXPIRED.len());
    deletion.extend_from_slice(line.name());
    deletion.push(b'=');
    for attribute in line.attributes().filter(|attribute| is_scope(attribute.kind())) {
        deletion.push(b';');
        deletion.extend_from_slice(attribute.raw);
    }
    deletion.extend_from_slice(EXPIRED);
    deletion
}

/// Whether an attribute decides which stored cookie is deleted, or whether a browser accepts the line at all.
fn is_scope(kind: AttributeKind) -> bool {
    use AttributeKind::{Domain, Expires, HttpOnly, MaxAge, Partitioned, Path, Priority, SameSite, Secure, Unknown};
    match kind {
        Path | Domain | SameSite | Secure | HttpOnly | Partitioned => true,
        Expires | MaxAge | Priority | Unknown => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_795_435_200);

    fn deletes(line: &str) -> bool {
        SetCookie::parse(line.as_bytes()).unwrap().surely_deletes(NOW)
    }

    #[test]
    fn a_date_counts_once_it_lies_more_than_twelve_hours_back() {
        let expires = |back: i64| {
            let date = super::super::date::format_strict_date(NOW.plus(-back)).unwrap();
            deletes(&format!("a=b; Expires={date}"))
        };
        assert!(!expires(CLOCK_DOUBT_SECONDS));
        assert!(expires(CLOCK_DOUBT_SECONDS + 1));
    }

    #[test]
    fn a_number_too_long_to_be_heeded_proves_nothing() {
        assert!(deletes(&format!("a=b; Max-Age={}", "0".repeat(1024))));
        assert!(!deletes(&format!("a=b; Max-Age={}", "0".repeat(1025))));
        assert!(deletes(&format!("a=b; Max-Age=-{}", "9".repeat(400))));
        assert!(!deletes(&format!("a=b; Max-Age={}", "9".repeat(400))));
    }
}
