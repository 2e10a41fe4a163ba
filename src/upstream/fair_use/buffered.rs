//! Content of a response for the visitor. It counts as waiting until it is dropped.
//!
//! hyper holds it until it has been sent. So its drop tells octroi that the visitor has taken it.

use std::io::IoSlice;

use bytes::{Buf, Bytes};

use super::budget::Hold;
use crate::http::h1::BufChain;

/// Content that the visitor has not taken yet. Dropped when it has been sent: then its memory can be used again.
#[derive(Debug)]
pub struct Buffered {
    content: BufChain,
    /// `None` for bytes that were not read from the portal. Declared after the content, because fields are dropped in order.
    hold: Option<Hold>,
}

impl Buffered {
    pub(in crate::upstream) fn new(content: BufChain, hold: Option<Hold>) -> Self {
        Self { content, hold }
    }
}

impl Buffered {
    /// Replaces the content by the result of `replace`. The memory is counted as before.
    pub(crate) fn replaced(self, replace: impl FnOnce(BufChain) -> Bytes) -> Self {
        Self { content: replace(self.content).into(), hold: self.hold }
    }
}

impl From<Bytes> for Buffered {
    fn from(bytes: Bytes) -> Self {
        Self { content: bytes.into(), hold: None }
    }
}

impl Buf for Buffered {
    fn remaining(&self) -> usize {
        self.content.remaining()
    }

    fn chunk(&self) -> &[u8] {
        self.content.chunk()
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        self.content.chunks_vectored(slices)
    }

    fn advance(&mut self, bytes: usize) {
        self.content.advance(bytes);
        if let Some(hold) = &self.hold {
            hold.moved(bytes);
        }
    }
}
