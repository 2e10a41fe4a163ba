//! Why a JSON text could not be read to its end.

use std::io;

/// Why a JSON text could not be read to its end. Positions are bytes of the decompressed text, from 0.
#[derive(Debug, thiserror::Error)]
pub enum JsonFault {
    /// The file could not be read or decompressed.
    #[error("cannot be read beyond byte {at}: {source}")]
    Io {
        /// How far it was read.
        at: u64,
        /// Why it failed.
        source: io::Error,
    },
    /// It ends before its outermost value does.
    #[error("ends within a value, at byte {at}: it was cut short")]
    Cut {
        /// Where it ends.
        at: u64,
    },
    /// It is not JSON.
    #[error("is not JSON at byte {at}: expected {expected}")]
    Malformed {
        /// Where that was found.
        at: u64,
        /// What was expected there.
        expected: &'static str,
    },
}
