//! The purposes that need no consent, each with its words in six languages. Folded; a word ends in `$`, the beginning of a word
//! does not.
//!
//! `topics` show that a text is about the purpose. `words` are neutral beside a topic of the same purpose and may name
//! something else without one: “products” in a basket, “attacks” on a form.

mod balance;
mod basket;
mod choice;
mod display;
mod language;
mod login;
mod media;
mod needed;
mod security;
mod session;

/// A purpose that needs no consent.
pub(super) struct Group {
    pub(super) topics: &'static str,
    pub(super) words: &'static str,
    /// Topics of several words, between `|`.
    pub(super) phrases: &'static str,
}

pub(super) const GROUPS: [Group; 10] = [
    session::SESSION,
    login::LOGIN,
    choice::CHOICE,
    language::LANGUAGE,
    basket::BASKET,
    security::SECURITY,
    balance::BALANCE,
    display::DISPLAY,
    media::MEDIA,
    needed::NEEDED,
];
