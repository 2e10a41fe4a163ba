//! The entry of a recording that shows something, so that people can look it up.
//!
//! The ledger keeps only the earliest [`Evidence`] of each fact, so that memory does not grow with the entries.

use super::recording::Call;

/// An entry that shows something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Evidence {
    /// When its request began, in milliseconds since 1970.
    pub(super) at: i64,
    /// The position in the recording, from 0.
    pub(super) entry: usize,
    /// Scheme, host, port and path, without query.
    pub(super) url: Box<str>,
}

/// The earliest evidence of something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Earliest(Option<Evidence>);

impl Earliest {
    /// Keeps this call if it is earlier than the one kept.
    pub(super) fn saw(&mut self, call: &Call) {
        let Call { at, entry, .. } = *call;
        if self.0.as_ref().is_none_or(|known| (at, entry) < (known.at, known.entry)) {
            self.0 = Some(Evidence { at, entry, url: call.url.as_str().into() });
        }
    }

    /// The evidence, if there is any.
    pub(super) fn get(&self) -> Option<&Evidence> {
        self.0.as_ref()
    }

    /// The time of the evidence, in milliseconds since 1970.
    pub(super) fn at(&self) -> Option<i64> {
        self.0.as_ref().map(|evidence| evidence.at)
    }
}
