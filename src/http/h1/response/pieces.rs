//! Content that came at once, in pieces: what framed the portal's chunks is left out between them, and nothing is copied.
//!
//! It leaves as one: chunks of the portal's choosing, often small, would each be framed for the visitor, and counted.

use std::collections::VecDeque;
use std::io::IoSlice;

use bytes::{Buf, Bytes};

/// Some content.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    /// Empty only where all are.
    first: Bytes,
    rest: VecDeque<Bytes>,
}

impl From<Bytes> for Pieces {
    fn from(first: Bytes) -> Self {
        Self { first, rest: VecDeque::new() }
    }
}

impl Pieces {
    /// Adds a piece behind the others.
    pub(crate) fn push(&mut self, piece: Bytes) {
        if self.first.is_empty() {
            self.first = piece;
        } else if !piece.is_empty() {
            self.rest.push_back(piece);
        }
    }

    /// How many pieces there are.
    pub(crate) fn count(&self) -> usize {
        usize::from(!self.first.is_empty()) + self.rest.len()
    }
}

impl Buf for Pieces {
    fn remaining(&self) -> usize {
        self.rest.iter().fold(self.first.len(), |sum, piece| sum + piece.len())
    }

    fn chunk(&self) -> &[u8] {
        &self.first
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        let pieces = std::iter::once(&self.first).chain(&self.rest).filter(|piece| !piece.is_empty());
        slices.iter_mut().zip(pieces).map(|(slice, piece)| *slice = IoSlice::new(piece)).count()
    }

    fn advance(&mut self, mut bytes: usize) {
        while bytes >= self.first.len() {
            bytes -= self.first.len();
            let Some(next) = self.rest.pop_front() else {
                self.first.clear();
                return;
            };
            self.first = next;
        }
        self.first.advance(bytes);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(pieces: &[Vec<u8>]) -> Pieces {
        pieces.iter().fold(Pieces::default(), |mut all, piece| {
            all.push(Bytes::copy_from_slice(piece));
            all
        })
    }

    fn listed(pieces: &Pieces, slices: usize) -> Vec<Vec<u8>> {
        let mut all = vec![IoSlice::new(&[]); slices];
        let count = pieces.chunks_vectored(&mut all);
        all[..count].iter().map(|slice| slice.to_vec()).collect()
    }

    #[test]
    fn a_piece_that_is_empty_is_none() {
        let pieces = of(&[vec![], b"a".to_vec(), vec![], b"bc".to_vec()]);
        assert_eq!(pieces.chunk(), b"a");
        assert_eq!((pieces.count(), listed(&pieces, 9)), (2, vec![b"a".to_vec(), b"bc".to_vec()]));
        assert_eq!((of(&[vec![]]).count(), listed(&of(&[]), 1)), (0, vec![]));
    }

    proptest! {
        /// Whoever takes it, by whatever steps and with however many slices, takes the same bytes.
        #[test]
        fn nothing_is_lost_or_changed(
            parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..5), 0..6),
            steps in prop::collection::vec(0_usize..7, 0..12),
            slices in 1_usize..8,
        ) {
            let (mut pieces, whole) = (of(&parts), parts.concat());
            let mut taken = 0;
            for step in steps {
                let step = step.min(whole.len() - taken);
                pieces.advance(step);
                taken += step;
                let left = &whole[taken..];
                prop_assert_eq!(pieces.remaining(), left.len());
                prop_assert_eq!(pieces.chunk().is_empty(), left.is_empty());
                prop_assert!(left.starts_with(&listed(&pieces, slices).concat()));
                prop_assert_eq!(listed(&pieces, 9).concat(), left);
            }
            prop_assert_eq!(pieces.copy_to_bytes(whole.len() - taken), &whole[taken..]);
        }
    }
}
