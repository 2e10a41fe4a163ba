//! Compresses pages that were requested uncompressed. The visitor can read each piece as soon as it is received.
//!
//! Each piece is compressed by itself, so nothing but a checksum is kept of a page between two of its pieces. A compressor
//! takes some 320 KiB: if each page had one, visitors who stop reading would hold one for each of their streams. All pages of a
//! worker share one.

use std::cell::RefCell;
use std::rc::Rc;

use flate2::{Compress, CompressError, Compression, Crc, FlushCompress};

/// Deflate, no name and no time, the fastest level, any system (RFC 1952 §2.3).
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255];
/// An empty block that says it is the last one (RFC 1951 §3.2.6).
const LAST_BLOCK: [u8; 2] = [3, 0];
/// What a block needs beside its content, in bytes.
const SPARE: usize = 64;

/// The compressor of one worker, allocated for its first page.
#[derive(Debug, Default)]
pub(super) struct Compressor(RefCell<Option<Compress>>);

impl Compressor {
    /// Appends blocks that hold `bytes` and refer to nothing before them, ended at the boundary of a byte.
    fn append(&self, bytes: &[u8], blocks: &mut Vec<u8>) -> Result<(), CompressError> {
        let mut compress = self.0.borrow_mut();
        // At the level that costs least, without a header.
        let compress = compress.get_or_insert_with(|| Compress::new(Compression::fast(), false));
        compress.reset();
        let mut rest = bytes;
        loop {
            blocks.reserve(rest.len() / 3 + SPARE);
            let before = compress.total_in();
            compress.compress_vec(rest, blocks, FlushCompress::Sync)?;
            let taken = usize::try_from(compress.total_in() - before).unwrap_or(usize::MAX);
            rest = rest.get(taken..).unwrap_or_default();
            // All is written if it did not need all of the room.
            if blocks.len() < blocks.capacity() {
                return Ok(());
            }
        }
    }
}

/// The gzip stream of one page (RFC 1952).
#[derive(Debug)]
pub(super) struct Gzip {
    compressor: Rc<Compressor>,
    checksum: Crc,
    is_begun: bool,
}

impl Gzip {
    /// A stream of which nothing is sent yet.
    pub(super) fn new(compressor: &Rc<Compressor>) -> Self {
        Self { compressor: Rc::clone(compressor), checksum: Crc::new(), is_begun: false }
    }

    /// Compresses a piece, so that no part of it waits for the next one.
    ///
    /// # Errors
    /// None that is known: it is written to memory.
    pub(super) fn piece(&mut self, bytes: &[u8]) -> Result<Vec<u8>, CompressError> {
        let mut blocks = Vec::new();
        if !std::mem::replace(&mut self.is_begun, true) {
            blocks.extend(HEADER);
        }
        if !bytes.is_empty() {
            self.checksum.update(bytes);
            self.compressor.append(bytes, &mut blocks)?;
        }
        Ok(blocks)
    }

    /// The last piece, and the end of the stream.
    ///
    /// # Errors
    /// None that is known: it is written to memory.
    pub(super) fn end(mut self, bytes: &[u8]) -> Result<Vec<u8>, CompressError> {
        let mut blocks = self.piece(bytes)?;
        blocks.extend(LAST_BLOCK);
        blocks.extend(self.checksum.sum().to_le_bytes());
        blocks.extend(self.checksum.amount().to_le_bytes());
        Ok(blocks)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_piece_can_be_read_when_it_came() {
        let mut gzip = Gzip::new(&Rc::default());
        let (mut compressed, mut plain) = (Vec::new(), Vec::new());
        for piece in [&b"<p>one"[..], b"<p>two", &b"<p>three".repeat(1000)] {
            compressed.extend(gzip.piece(piece).unwrap());
            plain.extend_from_slice(piece);
            let mut read = vec![0; plain.len()];
            GzDecoder::new(&compressed[..]).read_exact(&mut read).unwrap();
            assert_eq!(read, plain);
        }
        assert!(compressed.len() < plain.len() / 10, "{} of {}", compressed.len(), plain.len());
        compressed.extend(gzip.end(b"</html>").unwrap());
        plain.extend_from_slice(b"</html>");
        let mut read = Vec::new();
        GzDecoder::new(&compressed[..]).read_to_end(&mut read).unwrap();
        assert_eq!(read, plain);
    }

    proptest! {
        /// Pages that are compressed in turns by one compressor do not mix, and each ends with its checksum and length.
        #[test]
        fn any_pieces_of_two_pages_are_read_as_they_were(
            pieces in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<u8>(), 0..2000), 0..60usize), 0..12),
        ) {
            let compressor = Rc::default();
            let mut pages = [false, true].map(|_| (Gzip::new(&compressor), Vec::new(), Vec::new()));
            for (second, piece, times) in pieces {
                let (gzip, compressed, plain) = &mut pages[usize::from(second)];
                // Neither all random, so that it can be compressed, nor all alike.
                let piece = piece.repeat(times);
                compressed.extend(gzip.piece(&piece).unwrap());
                plain.extend(piece);
            }
            for (gzip, mut compressed, plain) in pages {
                compressed.extend(gzip.end(b"").unwrap());
                let (mut decoder, mut read) = (GzDecoder::new(&compressed[..]), Vec::new());
                decoder.read_to_end(&mut read).unwrap();
                prop_assert_eq!(read, plain);
                prop_assert!(decoder.into_inner().is_empty(), "bytes behind the end");
            }
        }
    }
}
