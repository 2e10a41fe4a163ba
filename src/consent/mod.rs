//! The visitor's choice: what a consent cookie says, key by key.
//!
//! A [`Reader`] turns the values of the consent cookie into a [`Choice`]: which keys it grants, which it refuses; all
//! others are unsaid. Nothing fails open: what cannot be read says nothing. Which category a key grants is the
//! business of `policy`.

mod choice;
mod format;
mod keys;
mod reader;

pub use choice::{Choice, Reading};
pub use format::Format;
pub use keys::{KeySet, Keys};
pub use reader::{Reader, Undated};
