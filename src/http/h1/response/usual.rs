//! The usual value of a field: what a portal says with each response, such as its media type or its security policy.
//!
//! A value that shares the memory in which it came counts a reference to that memory when it is made and when it is
//! dropped, and the processor stops for both. What lives for ever counts nothing. So what a portal has said often enough
//! is kept for ever, once for the whole process and within bounds; what is beyond them is shared like any other value.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};

/// So many responses of a connection in a row must have the value.
const OFTEN: u8 = 32;
/// What is longer is not watched.
const LONGEST: usize = 512;
/// Bytes that are kept for ever.
const MOST_KEPT: usize = 64 << 10;

/// Fields that say what the portal is like. What others say may be of one visitor, who must not be remembered, or of one
/// moment.
const OF_THE_PORTAL: [HeaderName; 16] = [
    header::ACCEPT_RANGES,
    header::CACHE_CONTROL,
    header::CONNECTION,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_SECURITY_POLICY,
    header::CONTENT_TYPE,
    header::REFERRER_POLICY,
    header::SERVER,
    header::STRICT_TRANSPORT_SECURITY,
    header::TRANSFER_ENCODING,
    header::VARY,
    header::VIA,
    header::X_CONTENT_TYPE_OPTIONS,
    header::X_FRAME_OPTIONS,
    header::X_XSS_PROTECTION,
];

static KEPT: Mutex<Kept> = Mutex::new(Kept { values: BTreeSet::new(), bytes: 0 });

/// What a field has said on a connection.
#[derive(Debug)]
pub(crate) enum Usual {
    /// It is not watched.
    Unknown,
    Watched {
        /// What it said last, and how often in a row; nothing, where that is kept.
        last: Vec<u8>,
        times: u8,
        kept: Option<HeaderValue>,
    },
}

impl Usual {
    /// Of a field with this name.
    pub(crate) fn of(name: &HeaderName) -> Self {
        if !OF_THE_PORTAL.contains(name) {
            return Self::Unknown;
        }
        Self::Watched { last: Vec::new(), times: 0, kept: None }
    }

    /// Notes the value of a response. Returns it, where it is kept.
    pub(crate) fn note(&mut self, value: &[u8]) -> Option<HeaderValue> {
        let Self::Watched { last, times, kept } = self else { return None };
        if let Some(kept) = kept.as_ref().filter(|kept| kept.as_bytes() == value) {
            *times = 0;
            return Some(kept.clone());
        }
        if value.len() > LONGEST {
            return None;
        }
        if last != value {
            last.clear();
            last.extend_from_slice(value);
            *times = 0;
        }
        *times = times.saturating_add(1);
        if *times == OFTEN {
            let forever = KEPT.lock().unwrap_or_else(PoisonError::into_inner).keep(value);
            *kept = forever.and_then(|value| HeaderValue::from_maybe_shared(Bytes::from_static(value)).ok());
            *last = Vec::new();
        }
        None
    }
}

/// What is kept for ever.
struct Kept {
    values: BTreeSet<&'static [u8]>,
    bytes: usize,
}

impl Kept {
    fn keep(&mut self, value: &[u8]) -> Option<&'static [u8]> {
        if let Some(known) = self.values.get(value) {
            return Some(known);
        }
        if self.bytes + value.len() > MOST_KEPT {
            return None;
        }
        let forever: &'static [u8] = Box::leak(value.into());
        self.bytes += forever.len();
        self.values.insert(forever);
        Some(forever)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: HeaderName = header::CONTENT_TYPE;

    /// How often a value must be said until it is kept; `None`: it never is.
    fn kept_after(usual: &mut Usual, value: &[u8]) -> Option<u8> {
        (0..=2 * OFTEN).find(|_| usual.note(value).is_some_and(|kept| kept.as_bytes() == value))
    }

    #[test]
    fn what_is_said_often_is_kept_and_gives_way_to_what_is_said_as_often() {
        let mut usual = Usual::of(&NAME);
        assert_eq!(kept_after(&mut usual, b"text/html"), Some(OFTEN));
        assert_eq!(usual.note(b"text/csv"), None);
        assert_eq!(kept_after(&mut usual, b"text/html"), Some(0));
        assert_eq!(kept_after(&mut usual, b"text/csv"), Some(OFTEN));
        assert_eq!(usual.note(b"text/html"), None);
    }

    #[test]
    fn it_must_be_said_in_a_row() {
        let mut usual = Usual::of(&NAME);
        let values: [&[u8]; 2] = [b"a", b"b"];
        assert!((0..1000).all(|turn| usual.note(values[turn / 31 % 2]).is_none()));
    }

    #[test]
    fn what_is_of_a_visitor_or_a_moment_or_long_or_no_value_is_not_kept() {
        for name in [header::DATE, header::LOCATION, HeaderName::from_static("x-user")] {
            assert_eq!(kept_after(&mut Usual::of(&name), b"value"), None, "{name}");
        }
        assert_eq!(kept_after(&mut Usual::of(&NAME), &[b'a'; LONGEST + 1]), None);
        assert_eq!(kept_after(&mut Usual::of(&NAME), b"a\0"), None);
    }

    #[test]
    fn a_process_keeps_each_value_once_and_no_more_than_it_may() {
        let mut all = Kept { values: BTreeSet::new(), bytes: 0 };
        let first = all.keep(&[0; LONGEST]).unwrap();
        assert!(std::ptr::eq(first, all.keep(&[0; LONGEST]).unwrap()));
        let other = |number: u16| number.to_le_bytes().repeat(LONGEST / 2);
        let refused = (1..1000).find(|number| all.keep(&other(*number)).is_none()).unwrap();
        assert!(all.bytes <= MOST_KEPT && all.bytes + LONGEST > MOST_KEPT, "{refused}: {}", all.bytes);
        assert!(std::ptr::eq(first, all.keep(&[0; LONGEST]).unwrap()));
    }
}
