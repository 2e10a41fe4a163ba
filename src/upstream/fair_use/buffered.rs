//! Some content of a response on its way to the visitor, with its hold on the memory that it lies in.

use std::io::IoSlice;

use bytes::{Buf, Bytes};

use super::budget::Hold;
use crate::http::h1::Pieces;

/// Content that has not gone out. Whoever sends it drops it when it has: then its memory is free for what comes next.
#[derive(Debug)]
pub struct Buffered {
    pieces: Pieces,
    /// `None` for what was not read from the portal. Behind the pieces, for it is dropped after them.
    hold: Option<Hold>,
}

impl Buffered {
    pub(in crate::upstream) fn new(pieces: Pieces, hold: Option<Hold>) -> Self {
        Self { pieces, hold }
    }
}

impl From<Bytes> for Buffered {
    fn from(bytes: Bytes) -> Self {
        Self { pieces: bytes.into(), hold: None }
    }
}

impl Buf for Buffered {
    fn remaining(&self) -> usize {
        self.pieces.remaining()
    }

    fn chunk(&self) -> &[u8] {
        self.pieces.chunk()
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        self.pieces.chunks_vectored(slices)
    }

    fn advance(&mut self, bytes: usize) {
        self.pieces.advance(bytes);
        if let Some(hold) = &self.hold {
            hold.moved(bytes);
        }
    }
}
