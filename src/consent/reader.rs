//! Reading the consent cookie.

use super::{Choice, Keys};
use crate::cookie::UnixTime;

/// How the value of a consent cookie is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Opendatasoft's `cookies_preferences`: a flat JSON object of booleans.
    Opendatasoft,
}

/// What a choice without a date is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Undated {
    /// It holds as long as the browser sends it.
    #[default]
    Allow,
    /// It says nothing.
    Deny,
}

/// Reads the values of a site's consent cookie.
#[derive(Clone, Debug)]
pub struct Reader {
    /// How the value is written.
    pub format: Format,
    /// The keys that the policy maps.
    pub keys: Keys,
    /// How long a choice holds, in seconds.
    pub valid_for: u32,
    /// What a choice without a date is worth.
    pub undated: Undated,
}

impl Reader {
    /// What all values of the consent cookie say together.
    pub fn read<'a>(&self, _values: impl Iterator<Item = &'a [u8]>, _now: UnixTime) -> Choice {
        todo!()
    }
}
