//! Inserts texts into a stream of bytes, which is otherwise unchanged.

use std::collections::VecDeque;

/// Passes bytes on, and inserts texts between them.
#[derive(Debug, Default)]
pub(super) struct Splicer {
    /// How many bytes of the stream have passed.
    passed: usize,
    /// Texts and their offsets in the stream, in order.
    insertions: VecDeque<(usize, Inserted)>,
    /// The output until it is taken.
    output: Vec<u8>,
}

/// A text to insert, in ASCII.
#[derive(Clone, Debug)]
pub(super) enum Inserted {
    Fixed(&'static str),
    Text(String),
}

impl Inserted {
    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Fixed(text) => text.as_bytes(),
            Self::Text(text) => text.as_bytes(),
        }
    }
}

impl Splicer {
    /// Adds texts with their offsets in the stream. No offset may have passed, or lie before one of an earlier call.
    pub(super) fn insert(&mut self, mut insertions: Vec<(usize, Inserted)>) {
        insertions.sort_by_key(|(offset, _)| *offset);
        self.insertions.extend(insertions);
    }

    /// Passes on the next bytes of the stream.
    pub(super) fn pass(&mut self, mut bytes: &[u8]) {
        while let Some((offset, inserted)) = self.insertions.front() {
            let before = offset.saturating_sub(self.passed);
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

    /// Takes the output so far.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_inserted_at_their_offsets_in_pieces_of_any_size() {
        for size in 1..=6 {
            let mut splicer = Splicer::default();
            splicer.insert(vec![(3, Inserted::Fixed("[b]")), (0, Inserted::Fixed("[a]"))]);
            splicer.insert(vec![(3, Inserted::Text("[c]".into())), (5, Inserted::Fixed("[d]"))]);
            for piece in b"012345".chunks(size) {
                splicer.pass(piece);
            }
            assert_eq!(splicer.take(), b"[a]012[b][c]34[d]5", "{size}");
        }
    }
}
