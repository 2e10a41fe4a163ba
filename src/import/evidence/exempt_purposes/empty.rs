//! Words that say nothing of a purpose, wherever they stand: “this”, “visitor”, “stores”. Folded; a word ends in `$`, the
//! beginning of a word does not.
//!
//! Words that make another purpose when they are joined are not among them, neither things that may be kept (“page”,
//! “data”, “number”) nor what may be done with visitors (“know”, “count”, “write to”): they need a purpose in their own part.

mod plain;
mod verbs;

use plain::{DUTCH, ENGLISH, FRENCH, GERMAN, ITALIAN, SOFTWARE, SPANISH};
use verbs::VERBS;

/// All of them.
pub(super) const EMPTY: [&str; 8] = [ENGLISH, FRENCH, GERMAN, SPANISH, DUTCH, ITALIAN, VERBS, SOFTWARE];
