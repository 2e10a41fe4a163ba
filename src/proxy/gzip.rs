//! Compresses pages that were requested uncompressed. The visitor can read each piece as soon as it is received.

use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;

/// A gzip stream (RFC 1952).
#[derive(Debug)]
pub(super) struct Gzip(GzEncoder<Vec<u8>>);

impl Gzip {
    /// Begins one, at the level that costs least.
    pub(super) fn new() -> Self {
        Self(GzEncoder::new(Vec::new(), Compression::fast()))
    }

    /// Compresses a piece and flushes it, so that no part of it waits for the next one.
    ///
    /// # Errors
    /// None that is known: it is written to memory.
    pub(super) fn piece(&mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        self.0.write_all(bytes)?;
        self.0.flush()?;
        Ok(std::mem::take(self.0.get_mut()))
    }

    /// The last piece, and the end of the stream.
    ///
    /// # Errors
    /// None that is known: it is written to memory.
    pub(super) fn end(mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        self.0.write_all(bytes)?;
        self.0.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn each_piece_can_be_read_when_it_came() {
        let mut gzip = Gzip::new();
        let (mut compressed, mut plain) = (Vec::new(), Vec::new());
        for piece in [&b"<p>one"[..], b"<p>two", &b"<p>three".repeat(1000)] {
            compressed.extend(gzip.piece(piece).unwrap());
            plain.extend_from_slice(piece);
            let mut read = vec![0; plain.len()];
            GzDecoder::new(&compressed[..]).read_exact(&mut read).unwrap();
            assert_eq!(read, plain);
        }
        compressed.extend(gzip.end(b"</html>").unwrap());
        plain.extend_from_slice(b"</html>");
        let mut read = Vec::new();
        GzDecoder::new(&compressed[..]).read_to_end(&mut read).unwrap();
        assert_eq!(read, plain);
    }
}
