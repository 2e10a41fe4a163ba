//! Whether the words of a sentence are all known of purposes that need no consent.
//!
//! One such word must not carry a sentence that says more (“recording of the session”, “e-mails about baskets that were
//! left”): a word that is unknown may be the one that matters.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::groups::{GROUPS, Group};
use super::neutral::NEUTRAL;
use super::{clashes, denials};
use crate::import::categories::{self, GATED_PURPOSES, Standing};
use crate::import::fold::{find_phrase, has_stem};

/// By how many letters a word may be longer than the beginning that is known of it: `-ation`, `-ungen`.
const MAX_ENDING: usize = 5;
/// The longest word that is looked up, in bytes, and the fewest letters of a part of a compound. Shorter parts are found by
/// chance: `an` and `de` begin and end many words.
const MAX_WORD: usize = 40;
const MIN_PART: usize = 4;
/// What joins the parts of a compound in German and Dutch.
const LINKS: [&str; 4] = ["", "s", "n", "en"];

/// How many words may name a part of the site: one is usual, and in two languages side by side there are two. More of them
/// are a sentence that is not understood.
const MAX_PLACES: usize = 2;
/// Parts of a site, behind their kind, and before it.
const PLACES: [&str; 22] = [
    "account",
    "accounts",
    "area",
    "portal",
    "portals",
    "platform",
    "form",
    "forms",
    "intranet",
    "application",
    "catalogue",
    "konto",
    "kontos",
    "bereich",
    "formular",
    "formulars",
    "plattform",
    "katalog",
    "portaal",
    "omgeving",
    "catalogus",
    "formulier",
];
const PLACES_OF: [&str; 14] = [
    "espace",
    "portail",
    "plateforme",
    "formulaire",
    "compte",
    "catalogue",
    "area",
    "zona",
    "portal",
    "plataforma",
    "formulario",
    "portale",
    "piattaforma",
    "modulo",
];
/// “Of” and articles, between a part of a site and its kind.
const OF: [&str; 11] = ["de", "d", "du", "des", "la", "l", "del", "di", "della", "dell", "of"];

/// What begins a clause that says what a purpose is for, if it is the site that does something for it;
/// between `|`.
const GOALS: &str = "so we|so that we|so the site can|so that the site can|in order that we|for us to|to show you|to offer you|\
    to send you|damit wir|sodass wir|so dass wir|um ihnen|um sie|afin que nous|pour que nous|afin de vous|\
    afin de nous|pour vous|zodat we|zodat wij|om u|om je|para que podamos|para mostrarle|para ofrecerle|\
    para poder|cosi possiamo|in modo da poter|per mostrare|per mostrarle|per offrire";

/// What a sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A purpose that needs no consent, and nothing else.
    Exempt,
    /// Nothing of a purpose.
    Nothing,
    /// Something that may be another purpose.
    More,
}

/// A list of words: whole ones, and beginnings.
#[derive(Default)]
struct Vocabulary {
    whole: HashSet<&'static str>,
    beginnings: HashSet<&'static str>,
}

impl Vocabulary {
    fn of(words: &'static str) -> Self {
        let mut vocabulary = Self::default();
        for word in words.split_whitespace() {
            match word.strip_suffix('$') {
                Some(whole) => vocabulary.whole.insert(whole),
                None => vocabulary.beginnings.insert(word),
            };
        }
        vocabulary
    }

    fn has(&self, word: &str) -> bool {
        let is_begun = |end: usize| word.get(..end).is_some_and(|beginning| self.beginnings.contains(beginning));
        self.whole.contains(word) || (word.len().saturating_sub(MAX_ENDING)..=word.len()).any(is_begun)
    }
}

/// The vocabulary of one purpose.
struct Known {
    topics: Vocabulary,
    words: Vocabulary,
    phrases: Vec<&'static str>,
}

impl Known {
    fn of(group: &Group) -> Self {
        Self {
            topics: Vocabulary::of(group.topics),
            words: Vocabulary::of(group.words),
            phrases: group.phrases.split('|').map(str::trim).collect(),
        }
    }
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| GROUPS.iter().map(Known::of).collect());
static PHRASES: LazyLock<Vec<(&str, &Known)>> = LazyLock::new(|| {
    let phrases = KNOWN.iter().flat_map(|of| of.phrases.iter().map(move |phrase| (*phrase, of)));
    let mut phrases: Vec<_> = phrases.collect();
    phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    phrases
});
static PLAIN: LazyLock<Vec<Vocabulary>> = LazyLock::new(|| NEUTRAL.into_iter().map(Vocabulary::of).collect());

/// What the sentences of a purpose say together. `names` are words that are known beside the vocabulary: of the cookie's
/// name, and of who sets it.
pub(super) fn said(sentences: &[String], names: &[&str]) -> Said {
    let sentences: Vec<String> = sentences.iter().map(|sentence| denials::without_denied_data(sentence)).collect();
    let is_another = |sentence: &String| clashes::says_another(sentence) || !serves_itself(sentence, names);
    match covered(&sentences, names) {
        Said::Exempt if sentences.iter().any(is_another) => Said::More,
        said => said,
    }
}

/// Whether what a sentence says a purpose is for (“so that we can show you articles”) is an exempt purpose itself, or is
/// denied: “so that we do not ask again”.
fn serves_itself(sentence: &str, names: &[&str]) -> bool {
    let goal = GOALS.split('|').filter_map(|goal| find_phrase(sentence, goal)).min();
    let aim = goal.and_then(|at| sentence.get(at..)).unwrap_or_default();
    aim.is_empty() || denials::denies(aim) || covered(&[aim.to_owned()], names) == Said::Exempt
}

/// Whether all words of the sentences are known, and of which purpose.
fn covered(sentences: &[String], names: &[&str]) -> Said {
    let mut purposes = Vec::new();
    let rests: Vec<String> = sentences.iter().map(|sentence| without_phrases(sentence, &mut purposes)).collect();
    let words: Vec<&str> = rests.iter().flat_map(|rest| rest.split_whitespace()).collect();
    let names_topic = |of: &Known| words.iter().any(|word| has_part(word, &|part| of.topics.has(part)));
    purposes.extend(KNOWN.iter().filter(|of| names_topic(of)));
    let is_known = |word: &str| {
        PLAIN.iter().any(|plain| plain.has(word))
            || KNOWN.iter().any(|of| of.topics.has(word))
            || purposes.iter().any(|of| of.words.has(word))
    };
    let is_covered = |word: &str| {
        names.contains(&word) || word.bytes().any(|byte| byte.is_ascii_digit()) || is_compound(word, &is_known)
    };
    let unknown: Vec<usize> =
        (0..words.len()).filter(|at| words.get(*at).is_some_and(|word| !is_covered(word))).collect();
    let is_whole = unknown.len() <= MAX_PLACES && unknown.iter().all(|at| names_a_place(&words, *at));
    match (is_whole, purposes.is_empty()) {
        (false, _) => Said::More,
        (true, true) => Said::Nothing,
        (true, false) => Said::Exempt,
    }
}

/// Whether a word only says which part of a site is meant, of which a site may have any: “the repair form”, “espace
/// famille”, “Bürgerportal”.
fn names_a_place(words: &[&str], at: usize) -> bool {
    let is_one =
        |at: Option<usize>, places: &[&str]| at.and_then(|at| words.get(at)).is_some_and(|word| places.contains(word));
    let word = words.get(at).copied().unwrap_or_default();
    let before = (0..at).rev().find(|at| words.get(*at).is_some_and(|word| !OF.contains(word)));
    let is_compound = PLACES.iter().any(|place| word.strip_suffix(place).is_some_and(|kind| kind.len() >= MIN_PART));
    let is_place = is_one(Some(at + 1), &PLACES) || is_one(before, &PLACES_OF) || is_compound;
    is_place
        && categories::read(word) == Standing::Silent
        && !has_stem(word, GATED_PURPOSES)
        && !categories::names_content(word)
}

/// The text without the phrases of the purposes, the longest first; those whose phrases it has are added.
fn without_phrases(folded: &str, purposes: &mut Vec<&'static Known>) -> String {
    let mut rest = folded.to_owned();
    for (phrase, of) in PHRASES.iter() {
        if let Some(at) = find_phrase(&rest, phrase) {
            rest.replace_range(at..at + phrase.len(), "");
            purposes.push(of);
        }
    }
    rest
}

/// Whether a word is known, or made of known ones.
fn is_compound(word: &str, is_known: &dyn Fn(&str) -> bool) -> bool {
    is_known(word) || divisions(word).any(|(first, rest)| is_known(first) && is_compound(rest, is_known))
}

/// Whether a word, or a part of a compound that begins or ends it, is one of these.
fn has_part(word: &str, is_one: &dyn Fn(&str) -> bool) -> bool {
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
