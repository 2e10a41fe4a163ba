//! The formats of consent cookies: each has a file of its own that reads one value, and a variant of [`Format`].
//!
//! `unquote` takes off what a server's framework puts around a value when it writes the cookie again.

mod opendatasoft;
mod unquote;

use super::reader::Statement;
use super::{Choice, Keys, Reading};

/// How the value of a consent cookie is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Opendatasoft's `cookies_preferences`: a flat JSON object of booleans.
    Opendatasoft,
}

impl Format {
    /// What one value says; `None` if it is none of this format.
    pub(super) fn read(self, value: &[u8], keys: &Keys) -> Option<Statement> {
        match self {
            Self::Opendatasoft => opendatasoft::read(value, keys),
        }
    }
}
