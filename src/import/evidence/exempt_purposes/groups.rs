//! The purposes that need no consent, each with its words in six languages. Folded; a word ends in `$`, the beginning of a word
//! does not.
//!
//! `topics` and `phrases` show that a part of a text is about the purpose. `words` say nothing more in such a part and may name
//! something else in another: “attempts” to sign in. `beside` makes up a part of its own: “products” that are in a basket.

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
    /// Whether it says what the cookie is for.
    pub(super) tells: bool,
    pub(super) topics: &'static str,
    pub(super) words: &'static str,
    /// Topics of several words, between `|`.
    pub(super) phrases: &'static str,
    /// Words and phrases, between `|`.
    pub(super) beside: &'static str,
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
