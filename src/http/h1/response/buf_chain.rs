//! Several buffers that are read as one ([`Buf`]), without a copy.
//!
//! The chunks of one read from the portal become one frame for the visitor, without the framing between them. Otherwise each
//! chunk would be framed and counted anew.

use std::collections::VecDeque;
use std::io::IoSlice;

use bytes::{Buf, Bytes};

/// Content in a chain of buffers, none of which is empty.
#[derive(Clone, Debug, Default)]
pub struct BufChain {
    /// Empty only if the chain is.
    first: Bytes,
    rest: VecDeque<Bytes>,
}

impl From<Bytes> for BufChain {
    fn from(first: Bytes) -> Self {
        Self { first, rest: VecDeque::new() }
    }
}

impl BufChain {
    /// Appends a buffer, unless it is empty.
    pub(crate) fn push(&mut self, buffer: Bytes) {
        if self.first.is_empty() {
            self.first = buffer;
        } else if !buffer.is_empty() {
            self.rest.push_back(buffer);
        }
    }

    /// How many buffers there are.
    pub(crate) fn count(&self) -> usize {
        usize::from(!self.first.is_empty()) + self.rest.len()
    }
}

impl Buf for BufChain {
    fn remaining(&self) -> usize {
        self.rest.iter().fold(self.first.len(), |sum, buffer| sum + buffer.len())
    }

    fn chunk(&self) -> &[u8] {
        &self.first
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        let buffers = std::iter::once(&self.first).chain(&self.rest).filter(|buffer| !buffer.is_empty());
        slices.iter_mut().zip(buffers).map(|(slice, buffer)| *slice = IoSlice::new(buffer)).count()
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

    fn of(buffers: &[Vec<u8>]) -> BufChain {
        buffers.iter().fold(BufChain::default(), |mut all, buffer| {
            all.push(Bytes::copy_from_slice(buffer));
            all
        })
    }

    fn listed(chain: &BufChain, slices: usize) -> Vec<Vec<u8>> {
        let mut all = vec![IoSlice::new(&[]); slices];
        let count = chain.chunks_vectored(&mut all);
        all[..count].iter().map(|slice| slice.to_vec()).collect()
    }

    #[test]
    fn empty_buffers_are_left_out() {
        let chain = of(&[vec![], b"a".to_vec(), vec![], b"bc".to_vec()]);
        assert_eq!(chain.chunk(), b"a");
        assert_eq!((chain.count(), listed(&chain, 9)), (2, vec![b"a".to_vec(), b"bc".to_vec()]));
        assert_eq!((of(&[vec![]]).count(), listed(&of(&[]), 1)), (0, vec![]));
    }

    proptest! {
        /// By whatever steps and with however many slices it is read, the same bytes come.
        #[test]
        fn nothing_is_lost_or_changed(
            parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..5), 0..6),
            steps in prop::collection::vec(0_usize..7, 0..12),
            slices in 1_usize..8,
        ) {
            let (mut chain, whole) = (of(&parts), parts.concat());
            let mut taken = 0;
            for step in steps {
                let step = step.min(whole.len() - taken);
                chain.advance(step);
                taken += step;
                let left = &whole[taken..];
                prop_assert_eq!(chain.remaining(), left.len());
                prop_assert_eq!(chain.chunk().is_empty(), left.is_empty());
                prop_assert!(left.starts_with(&listed(&chain, slices).concat()));
                prop_assert_eq!(listed(&chain, 9).concat(), left);
            }
            prop_assert_eq!(chain.copy_to_bytes(whole.len() - taken), &whole[taken..]);
        }
    }
}
