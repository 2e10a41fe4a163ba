//! The visitor's choice: what a banner's cookies say, key by key.
//!
//! A [`Banner`] reads the cookies that a consent banner wrote, in the [`Format`] that the charter names, and gives a
//! [`Choice`]: which keys they grant, which they refuse; all others are unsaid. Nothing fails open: what cannot be read
//! says nothing. Which category a key grants, and what several banners say together, is the business of `policy`.

mod answers;
mod banner;
mod choice;
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
