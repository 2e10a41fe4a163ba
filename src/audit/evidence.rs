//! Where in a recording something is seen, for people to look it up.
//!
//! The ledger keeps one [`Evidence`] for each kind of sight, whatever the number of entries that show it.

use super::recording::Call;

/// The entry that shows something, and when that was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Milliseconds since 1970.
    pub(super) at: i64,
    /// The position in the recording, from 0.
    pub(super) entry: usize,
    /// Without query. Scheme, host, port and path.
    pub(super) url: Box<str>,
}

/// The earliest evidence of something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Earliest(Option<Evidence>);

impl Earliest {
    /// Takes in that a request shows it, too.
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

    /// When it was seen first.
    pub(super) fn at(&self) -> Option<i64> {
        self.0.as_ref().map(|evidence| evidence.at)
    }
}
