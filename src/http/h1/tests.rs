//! The readers against tables, against themselves in pieces, and against hyper.

mod differential;
mod pieces;
mod refusals;
mod responses;

use super::*;

/// How reading all of `bytes` ends: `None`, or why and at which byte.
fn read(bytes: &[u8]) -> Option<(Refusal, usize)> {
    read_in(&[bytes])
}

fn read_in(pieces: &[&[u8]]) -> Option<(Refusal, usize)> {
    read_by(&mut Requests::new(), pieces.iter().copied())
}

fn read_by<'a>(reader: &mut Requests, pieces: impl Iterator<Item = &'a [u8]>) -> Option<(Refusal, usize)> {
    let mut before = 0;
    for piece in pieces {
        if let Err(refused) = reader.read(piece) {
            return Some((refused.why, before + refused.taken));
        }
        before += piece.len();
    }
    None
}
