//! Why a JSON text could not be read to its end.

use std::io;

/// Why a text could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum JsonFault {
    /// The source failed.
    #[error("cannot be read beyond byte {at}: {source}")]
    Io {
        /// How far it was read.
        at: u64,
        /// Why it failed.
        source: io::Error,
    },
    /// It ends within a value.
    #[error("ends within a value, at byte {at}: it was cut short")]
    Cut {
        /// Where it ends.
        at: u64,
    },
    /// It is not JSON there.
    #[error("is not JSON at byte {at}: expected {expected}")]
    Malformed {
        /// Where.
        at: u64,
        /// What would have been right.
        expected: &'static str,
    },
}
