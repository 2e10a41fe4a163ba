//! The `Set-Cookie` lines of a head, kept apart from its other fields. Each is a value of its own (RFC 9110 §5.3). It becomes
//! a field only if it passes, so that a line that is dropped costs no entry in the `HeaderMap`.
//!
//! If a line holds a control byte, only that cookie is lost, as in browsers (RFC 6265bis §5.6, step 1): it is clear where the
//! line ends. NUL, CR and LF can end a line for some readers, so the whole head is refused.

use std::ops::Range;

use bytes::Bytes;
use http::HeaderValue;

use super::section::{fault_of, without_blanks};
use crate::http::h1::Refusal;
use crate::http::h1::scan::text_run;

/// The lines in their order, as ranges of the read buffer.
#[derive(Debug, Default)]
pub struct SetCookies {
    head: Bytes,
    /// Their ranges in the head, each after its colon.
    lines: Vec<Range<usize>>,
    /// How many more there were, with a control byte.
    unreadable: usize,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct SetCookieLine<'a> {
    head: &'a Bytes,
    value: &'a [u8],
}

impl SetCookies {
    /// The lines of a head with this one line.
    ///
    /// # Errors
    /// If it holds NUL, CR or LF.
    pub fn of_line(line: &[u8]) -> Result<Self, Refusal> {
        let mut lines = Self::default();
        lines.add(&Bytes::copy_from_slice(line), 0..line.len(), 1)?;
        Ok(lines)
    }

    /// Adds the line at this range of the head. `head` must be the same each time. At most `most` lines are added in all.
    ///
    /// # Errors
    /// If it holds NUL, CR or LF. Another control byte makes it unreadable, which is no error.
    pub(crate) fn add(&mut self, head: &Bytes, line: Range<usize>, most: usize) -> Result<(), Refusal> {
        if self.lines.is_empty() {
            self.head = head.clone();
            self.lines.reserve(most);
        }
        // What follows the line is no text.
        if text_run(head.get(line.start..).unwrap_or_default()) < line.len() {
            let line = head.get(line).unwrap_or_default();
            if line.iter().any(|byte| matches!(byte, 0 | b'\r' | b'\n')) {
                return Err(fault_of(line));
            }
            self.unreadable += 1;
            return Ok(());
        }
        self.lines.push(line);
        Ok(())
    }

    /// Whether there are none, not even unreadable ones.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.unreadable == 0
    }

    /// How many more there were that no browser stores, because of a control byte in them.
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// The lines in the order of the head, without unreadable ones.
    pub fn iter(&self) -> impl Iterator<Item = SetCookieLine<'_>> + Clone {
        let values = self.lines.iter().map(|line| self.head.get(line.clone()).unwrap_or_default());
        values.map(|value| SetCookieLine { head: &self.head, value: without_blanks(value) })
    }
}

impl<'a> SetCookieLine<'a> {
    /// The value, without the blanks around it.
    pub fn as_bytes(&self) -> &'a [u8] {
        self.value
    }

    /// The value as that of a field. Always `Some`, because no line holds a byte that a field's value may not hold.
    pub fn to_value(&self) -> Option<HeaderValue> {
        HeaderValue::from_maybe_shared(self.head.slice_ref(self.value)).ok()
    }
}

#[cfg(test)]
impl FromIterator<&'static str> for SetCookies {
    /// For tests of what becomes of them.
    fn from_iter<T: IntoIterator<Item = &'static str>>(values: T) -> Self {
        let (mut head, mut lines) = (Vec::new(), Vec::new());
        for value in values {
            lines.push(head.len()..head.len() + value.len());
            head.extend_from_slice(value.as_bytes());
        }
        Self { head: head.into(), lines, unreadable: 0 }
    }
}
