//! Compares texts as readers do, and shows values as people read them.
//!
//! A text with other white space, punctuation or case is the same text.

use crate::charter::{Lifetime, Texts};

/// Whether two texts have the same letters and digits, whatever their case, in every language that both have.
pub(super) fn read_alike(one: &Texts, other: &Texts) -> bool {
    let mut shared = one.iter().filter_map(|(language, text)| Some((text, other.get(language)?))).peekable();
    if shared.peek().is_none() {
        // A text that is new or gone is a difference, unless it is empty.
        return one.values().chain(other.values()).all(|text| letters(text).next().is_none());
    }
    shared.all(|(one, other)| letters(one).eq(letters(other)))
}

/// Whether two names read alike.
pub(super) fn same_name(one: Option<&str>, other: Option<&str>) -> bool {
    letters(one.unwrap_or_default()).eq(letters(other.unwrap_or_default()))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// All languages of a text on one line; `None` if there are none.
pub(super) fn shown(texts: &Texts) -> Option<String> {
    let one = |(language, text): (&String, &String)| format!("{language}: {}", line(text));
    let all: Vec<_> = texts.iter().map(one).collect();
    (!all.is_empty()).then(|| all.join(" · "))
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `after` may last longer than `before`. A lifetime that is not stated may be infinite; a session is the shortest.
pub(super) fn is_longer(before: Option<Lifetime>, after: Option<Lifetime>) -> bool {
    length(after) > length(before)
}

/// In seconds. A session is 0; a lifetime that is not stated is `u64::MAX`.
pub(super) fn length(lifetime: Option<Lifetime>) -> u64 {
    match lifetime {
        Some(Lifetime::Session) => 0,
        Some(Lifetime::Seconds(seconds)) => u64::from(seconds),
        None => u64::MAX,
    }
}
