//! Words that say nothing of a purpose, whatever they stand beside: “this”, “visitor”, “stores”. Folded; a word ends in `$`,
//! the beginning of a word does not.
//!
//! Words that turn a purpose into another are not among them: “number”, “several”, “other”, “partners”, “improve”, “devices”,
//! “last”, “data”, plurals of “session” and “visit”.

mod grammar;
mod things;
mod verbs;

use grammar::{DUTCH, ENGLISH, FRENCH, GERMAN, ITALIAN, SPANISH};
use things::{SOFTWARE, THINGS};
use verbs::VERBS;

/// All of them.
pub(super) const NEUTRAL: [&str; 9] = [ENGLISH, FRENCH, GERMAN, SPANISH, DUTCH, ITALIAN, VERBS, THINGS, SOFTWARE];
