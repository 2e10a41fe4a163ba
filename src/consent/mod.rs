//! The visitor's choice: what a banner's cookies say, key by key.
//!
//! A [`Banner`] reads the cookies that a consent banner wrote, in the [`Format`] that the charter names, and returns a
//! [`Choice`]: which keys they grant, and which they refuse; all others are unsaid. Nothing fails open: a cookie that cannot be
//! read grants nothing. `policy` decides which category a key grants, and combines the choices of several banners.

mod answers;
mod banner;
mod choice;
pub mod choice_cookies;
mod date;
mod fault;
mod format;
mod json;
mod keys;
mod layers;
mod parts;
mod percent;
mod scan;
mod unquote;

pub use answers::Answer;
pub use banner::{Banner, Shown, Undated};
pub use choice::{Choice, Choices, Reading};
pub use fault::Fault;
pub use format::{Format, FormatOption, KnownKeys, Options};
pub use keys::{KeySet, Keys};

use answers::Answers;
use parts::Parts;
