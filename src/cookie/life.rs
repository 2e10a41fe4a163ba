//! How long a line makes its cookie live, as browsers compute it (RFC 6265bis §5.6.1, §5.6.2 and §5.7, step 6).
//!
//! It shows whether a line deletes its cookie; the inventory and the audit keep the longest life.

use super::{AttributeKind, SetCookie, UnixTime, parse_cookie_date};

impl SetCookie<'_> {
    /// The seconds that its cookie lives from `sent` on; at most 0: it is deleted. `None`: it ends with the session.
    ///
    /// The last `Max-Age` that is a number counts, else the last `Expires` that is a date.
    pub fn life(&self, sent: UnixTime) -> Option<i64> {
        let (mut max_age, mut expires) = (None, None);
        for attribute in self.attributes() {
            if attribute.is(AttributeKind::MaxAge) {
                max_age = attribute.seconds().or(max_age);
            } else if attribute.is(AttributeKind::Expires) && attribute.is_heeded() {
                expires = attribute.value().and_then(parse_cookie_date).or(expires);
            }
        }
        max_age.or_else(|| expires.map(|date| date.0.saturating_sub(sent.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: UnixTime = UnixTime(1_795_435_200);

    fn life(line: &str) -> Option<i64> {
        SetCookie::parse(line.as_bytes()).unwrap().life(SENT)
    }

    #[test]
    fn the_last_number_counts_before_any_date() {
        assert_eq!(life("a=b"), None);
        assert_eq!(life("a=b; Max-Age=60; Max-Age=120"), Some(120));
        assert_eq!(life("a=b; Max-Age=60; Max-Age=soon"), Some(60));
        assert_eq!(life("a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"), Some(60));
        assert_eq!(life("a=b; Max-Age=0"), Some(0));
        assert_eq!(life("a=b; Max-Age=x"), None);
    }

    #[test]
    fn a_date_is_counted_from_when_it_was_sent() {
        assert_eq!(life("a=b; Expires=Mon, 23 Nov 2026 12:01:00 GMT"), Some(60));
        assert_eq!(life("a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT"), Some(-SENT.0));
        assert_eq!(life("a=b; Expires=never"), None);
        assert_eq!(life("a=b; Expires=Mon, 23 Nov 2026 12:01:00 GMT; Expires=never"), Some(60));
    }
}
