//! Changes of a stream of bytes: what is inserted, and where. All other bytes leave as they came, in their order.

use std::collections::VecDeque;
use std::sync::Arc;

/// Passes bytes on, with what is inserted between them.
#[derive(Debug, Default)]
pub(super) struct Splicer {
    /// How many bytes of the stream have passed.
    passed: usize,
    /// In the order of their places.
    insertions: VecDeque<(usize, Inserted)>,
    /// What has left, until it is taken.
    output: Vec<u8>,
}

/// Text in ASCII.
#[derive(Clone, Debug)]
pub(super) enum Inserted {
    Fixed(&'static str),
    Shared(Arc<str>),
}

impl Inserted {
    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Fixed(text) => text.as_bytes(),
            Self::Shared(text) => text.as_bytes(),
        }
    }
}

impl Splicer {
    /// Inserts texts before bytes of the stream that have not passed, each with the place of that byte in it. They lie behind
    /// all that were inserted before.
    pub(super) fn insert(&mut self, mut insertions: Vec<(usize, Inserted)>) {
        insertions.sort_by_key(|(place, _)| *place);
        self.insertions.extend(insertions);
    }

    /// The next bytes of the stream.
    pub(super) fn pass(&mut self, mut bytes: &[u8]) {
        while let Some((place, inserted)) = self.insertions.front() {
            let before = place.saturating_sub(self.passed);
            let Some((kept, rest)) = bytes.split_at_checked(before).filter(|(_, rest)| !rest.is_empty()) else { break };
            self.output.extend_from_slice(kept);
            self.output.extend_from_slice(inserted.as_bytes());
            self.passed += kept.len();
            self.insertions.pop_front();
            bytes = rest;
        }
        self.output.extend_from_slice(bytes);
        self.passed += bytes.len();
    }

    /// What has left since it was last taken.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn insertions_stand_where_they_belong_in_any_pieces() {
        for size in 1..=6 {
            let mut splicer = Splicer::default();
            splicer.insert(vec![(3, Inserted::Fixed("[b]")), (0, Inserted::Fixed("[a]"))]);
            splicer.insert(vec![(3, Inserted::Shared("[c]".into())), (5, Inserted::Fixed("[d]"))]);
            for piece in b"012345".chunks(size) {
                splicer.pass(piece);
            }
            assert_eq!(splicer.take(), b"[a]012[b][c]34[d]5", "{size}");
        }
    }
}
