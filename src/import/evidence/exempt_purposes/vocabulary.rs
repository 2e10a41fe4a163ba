//! Lists of words, and the parts of compounds that may be among them.

use std::collections::HashSet;

/// By how many letters a word may be longer than the beginning that is known of it: `-ation`, `-ungen`.
const MAX_ENDING: usize = 5;
/// The longest word that is looked up, in bytes, and the fewest letters of a part of a compound. Shorter parts are found by
/// chance: `an` and `de` begin and end many words.
const MAX_WORD: usize = 40;
const MIN_PART: usize = 4;
/// The fewest letters of a beginning that is looked for within a word.
const MIN_WITHIN: usize = 6;
/// What joins the parts of a compound in German and Dutch.
const LINKS: [&str; 4] = ["", "s", "n", "en"];

/// A list of folded words: whole ones, which end in `$` where they are written, and beginnings.
#[derive(Default)]
pub(super) struct Vocabulary {
    whole: HashSet<&'static str>,
    beginnings: HashSet<&'static str>,
    /// The bytes of the longest beginning: no more of a word is looked at.
    longest: usize,
}

impl Vocabulary {
    pub(super) fn of(words: impl IntoIterator<Item = &'static str>) -> Self {
        let mut vocabulary = Self::default();
        for word in words {
            if let Some(whole) = word.strip_suffix('$') {
                vocabulary.whole.insert(whole);
            } else {
                vocabulary.longest = vocabulary.longest.max(word.len());
                vocabulary.beginnings.insert(word);
            }
        }
        vocabulary
    }

    /// Whether a word is one of them, or begins as one and ends soon after.
    pub(super) fn has(&self, word: &str) -> bool {
        self.whole.contains(word) || self.has_beginning(word, word.len().saturating_sub(MAX_ENDING))
    }

    /// Whether a word is one of them, or begins as one.
    pub(super) fn begins(&self, word: &str) -> bool {
        self.whole.contains(word) || self.has_beginning(word, 1)
    }

    /// Whether a word begins as a long one of them anywhere.
    pub(super) fn is_within(&self, word: &str) -> bool {
        (0..word.len()).filter_map(|at| word.get(at..)).any(|rest| self.has_beginning(rest, MIN_WITHIN))
    }

    /// Whether a beginning of at least this many bytes is one of them.
    fn has_beginning(&self, word: &str, least: usize) -> bool {
        let is_one = |end: usize| word.get(..end).is_some_and(|beginning| self.beginnings.contains(beginning));
        (least..=word.len().min(self.longest)).any(is_one)
    }
}

/// Whether a word is known, or made of known ones.
pub(super) fn is_compound(word: &str, is_known: &dyn Fn(&str) -> bool) -> bool {
    is_known(word) || divisions(word).any(|(first, rest)| is_known(first) && is_compound(rest, is_known))
}

/// Whether a word, or a part of a compound that begins or ends it, is one of these.
pub(super) fn has_part(word: &str, is_one: &dyn Fn(&str) -> bool) -> bool {
    is_one(word) || divisions(word).any(|(first, rest)| is_one(first) || has_part(rest, is_one))
}

/// The ways to take a word apart: its first part and the rest, without what joins them.
fn divisions(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let longest = if word.len() > MAX_WORD { 0 } else { word.len().saturating_sub(2) };
    let ends = (MIN_PART..=longest).filter(|end| word.is_char_boundary(*end));
    ends.flat_map(|end| {
        let (first, behind) = word.split_at(end);
        LINKS.iter().filter_map(move |link| Some((first, behind.strip_prefix(link)?)))
    })
    .filter(|(_, rest)| rest.len() >= MIN_PART || *rest == "id")
}
