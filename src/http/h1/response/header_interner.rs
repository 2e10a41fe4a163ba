//! Interns field values that a portal repeats with each response, such as its media type or its security policy.
//!
//! A value that shares the read buffer takes two locked instructions, which count a reference to the buffer, and a check of
//! its bytes. A static value takes neither. So a value that was repeated often enough is leaked, once for the whole process,
//! up to a number of bytes; values beyond that share the buffer like any other.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};

/// A value is interned after this many responses in a row on one connection have had it.
const OFTEN: u8 = 32;
/// Longer values, in bytes, are not interned.
const LONGEST: usize = 512;
/// How many bytes are leaked at most.
const MOST_KEPT: usize = 64 << 10;

/// Fields that describe the portal. Values of other fields may belong to one visitor and must not be kept, or change often.
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

/// The values of one field on one connection.
#[derive(Debug)]
pub(crate) enum InternedValue {
    /// They are not interned.
    Unknown,
    Watched {
        /// The last value, and how often it was received in a row. Empty if it is interned.
        last: Vec<u8>,
        times: u8,
        kept: Option<HeaderValue>,
    },
}

impl InternedValue {
    /// For a field with this name.
    pub(crate) fn of(name: &HeaderName) -> Self {
        if !OF_THE_PORTAL.contains(name) {
            return Self::Unknown;
        }
        Self::Watched { last: Vec::new(), times: 0, kept: None }
    }

    /// Counts the value of a response. Returns it if it is interned.
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

/// All interned values.
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

    /// How often a value must be received until it is kept; `None`: it never is.
    fn kept_after(field: &mut InternedValue, value: &[u8]) -> Option<u8> {
        (0..=2 * OFTEN).find(|_| field.note(value).is_some_and(|kept| kept.as_bytes() == value))
    }

    #[test]
    fn what_is_said_often_is_kept_and_gives_way_to_what_is_said_as_often() {
        let mut field = InternedValue::of(&NAME);
        assert_eq!(kept_after(&mut field, b"text/html"), Some(OFTEN));
        assert_eq!(field.note(b"text/csv"), None);
        assert_eq!(kept_after(&mut field, b"text/html"), Some(0));
        assert_eq!(kept_after(&mut field, b"text/csv"), Some(OFTEN));
        assert_eq!(field.note(b"text/html"), None);
    }

    #[test]
    fn it_must_be_said_in_a_row() {
        let mut field = InternedValue::of(&NAME);
        let values: [&[u8]; 2] = [b"a", b"b"];
        assert!((0..1000).all(|turn| field.note(values[turn / 31 % 2]).is_none()));
    }

    #[test]
    fn what_is_of_a_visitor_or_a_moment_or_long_or_no_value_is_not_kept() {
        for name in [header::DATE, header::LOCATION, HeaderName::from_static("x-user")] {
            assert_eq!(kept_after(&mut InternedValue::of(&name), b"value"), None, "{name}");
        }
        assert_eq!(kept_after(&mut InternedValue::of(&NAME), &[b'a'; LONGEST + 1]), None);
        assert_eq!(kept_after(&mut InternedValue::of(&NAME), b"a\0"), None);
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
