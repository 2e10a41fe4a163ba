//! Cookies as browsers read them: bytes in, ranges out.
//!
//! The rules are those of RFC 6265bis as real browsers apply them, not those of its grammar: a value may hold any byte, a name is
//! the part before the first `=`, trimmed of SP and TAB only, and the last attribute of a kind wins. Reading allocates nothing;
//! only a line that must change is written anew.
//!
//! This is the lowest module of the crate. It knows no policy, no consent and no clock.

mod amend;
mod attribute;
mod date;
mod deletion;
mod domain;
mod fold;
mod life;
mod name_key;
mod pairs;
mod path;
mod scan;
mod set_cookie;
mod time;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;

pub use amend::{Amendment, amend, with_domain};
pub use attribute::{Attribute, AttributeKind, Attributes, SameSite};
pub use date::{format_strict_date, parse_cookie_date, parse_strict_date};
pub(crate) use deletion::EXPIRED;
pub use deletion::canonical_deletion;
pub use domain::{is_public_suffix, is_within, parent_domains, site_of};
pub use fold::{FOLD_MARK, Folded, MAX_FOLDED_NAME, fold};
pub use name_key::NameKey;
pub use pairs::{Pair, Pairs, pairs};
pub use path::{FoldedPath, is_path_word, path_words};
pub use set_cookie::{SetCookie, Unreadable};
pub use time::UnixTime;
