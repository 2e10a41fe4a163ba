//! What a text says of purposes that need no consent, part by part.

use std::sync::LazyLock;

use super::empty::EMPTY;
use super::groups::{GROUPS, Group};
use super::neutral::NEUTRAL;
use super::parts::{Token, clauses, parts};
use super::places::names_a_place;
use super::suspect::SUSPECT;
use super::vocabulary::{Vocabulary, has_part, is_compound};

/// How many words may name a place of the site: one is usual, and in two languages side by side there are two. More of them
/// are a part that is not understood.
const MAX_PLACES: usize = 2;

/// The vocabulary of one purpose.
struct Known {
    tells: bool,
    topics: Vocabulary,
    words: Vocabulary,
    beside: Vocabulary,
}

impl Known {
    fn of(group: &Group) -> Self {
        let beside = group.beside.split('|').map(str::trim).filter(|word| !word.contains(' '));
        Self {
            tells: group.tells,
            topics: Vocabulary::of(group.topics.split_whitespace()),
            words: Vocabulary::of(group.words.split_whitespace()),
            beside: Vocabulary::of(beside),
        }
    }
}

/// In the order of [`GROUPS`].
static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| GROUPS.iter().map(Known::of).collect());
static PLAIN: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::of(NEUTRAL.into_iter().flat_map(str::split_whitespace)));
static NOTHING: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::of(EMPTY.into_iter().flat_map(str::split_whitespace)));
static SUSPECTS: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::of(SUSPECT.into_iter().flat_map(str::split_whitespace)));

/// What a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Purposes that need no consent, and nothing else.
    Exempt,
    /// A purpose that needs no consent, and something in words that are not known; none of them is suspect.
    Likely,
    /// Nothing of a purpose.
    Nothing,
    /// Something that may be another purpose.
    More,
}

/// What the pieces of a text say together. `names` are words that say nothing: of the cookie's name, and of who sets it.
/// `is_named`: the name of the cookie is that of such a purpose.
pub(super) fn said(pieces: &[&str], names: &[&str], is_named: bool) -> Said {
    let clauses: Vec<String> = pieces.iter().flat_map(|piece| clauses(piece)).collect();
    let parts: Vec<Vec<Token>> = clauses.iter().flat_map(|clause| parts(clause)).collect();
    let purposes: Vec<usize> = parts.iter().filter_map(|part| purposes_of(part, names)).flatten().collect();
    let is_known = |part: &Vec<Token>| purposes_of(part, names).is_some() || is_beside(part, &purposes, names);
    let unknown: Vec<&Vec<Token>> = parts.iter().filter(|part| !is_known(part)).collect();
    let names_one = || {
        is_named
            || parts
                .iter()
                .any(|part| KNOWN.iter().enumerate().any(|(at, known)| known.tells && names_purpose(part, at)))
    };
    match (unknown.is_empty(), purposes.is_empty()) {
        (true, true) => Said::Nothing,
        (true, false) => Said::Exempt,
        (false, _) if names_one() && !unknown.into_iter().any(|part| is_suspect(part)) => Said::Likely,
        (false, _) => Said::More,
    }
}

/// Whether a part may say anything: it asks, denies, belongs to another purpose, or has a suspect word.
fn is_suspect(part: &[Token]) -> bool {
    part.iter().any(|token| match token {
        Token::Word(word) => is_suspect_word(word),
        Token::Topic(_) => false,
        Token::Beside(_) | Token::Asking | Token::Denial => true,
    })
}

pub(super) fn is_suspect_word(word: &str) -> bool {
    SUSPECTS.begins(word) || SUSPECTS.is_within(word)
}

/// The purposes that a part names, as places in [`GROUPS`], if it says nothing else.
fn purposes_of(part: &[Token], names: &[&str]) -> Option<Vec<usize>> {
    let purposes: Vec<usize> = (0..KNOWN.len()).filter(|at| names_purpose(part, *at)).collect();
    let is_known = |word: &str| {
        let is_topic = KNOWN.iter().any(|of| of.topics.has(word));
        let mut own = purposes.iter().filter_map(|at| KNOWN.get(*at));
        is_topic || PLAIN.has(word) || NOTHING.has(word) || own.any(|of| of.words.has(word) || of.beside.has(word))
    };
    let is_covered = |token: &Token| match token {
        Token::Word(word) => is_name(word, names) || is_compound(word, &is_known),
        Token::Topic(_) | Token::Asking => true,
        Token::Beside(_) | Token::Denial => false,
    };
    (!purposes.is_empty() && has_only(part, &is_covered)).then_some(purposes)
}

fn names_purpose(part: &[Token], at: usize) -> bool {
    part.iter().any(|token| match token {
        Token::Word(word) => KNOWN.get(at).is_some_and(|of| has_part(word, &|part| of.topics.has(part))),
        Token::Topic(of) => of.contains(&at),
        Token::Beside(_) | Token::Asking | Token::Denial => false,
    })
}

/// Whether a part says nothing, or nothing more than these purposes. “Who you are” says something: it asks, and names
/// nothing that belongs to them.
fn is_beside(part: &[Token], purposes: &[usize], names: &[&str]) -> bool {
    let belongs = |word: &str| purposes.iter().filter_map(|at| KNOWN.get(*at)).any(|of| of.beside.has(word));
    let is_known = |word: &str| NOTHING.has(word) || belongs(word);
    let is_covered = |token: &Token| match token {
        Token::Word(word) => is_name(word, names) || is_compound(word, &is_known),
        Token::Beside(of) => of.is_empty() || of.iter().any(|of| purposes.contains(of)),
        Token::Asking => part.iter().any(|token| matches!(token, Token::Word(word) if has_part(word, &belongs))),
        Token::Topic(_) | Token::Denial => false,
    };
    has_only(part, &is_covered)
}

fn is_name(word: &str, names: &[&str]) -> bool {
    names.contains(&word) || word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a part has only such tokens, and names of places.
fn has_only(part: &[Token], is_one: &dyn Fn(&Token) -> bool) -> bool {
    let words: Vec<&str> = part.iter().map(|token| if let Token::Word(word) = token { word } else { "" }).collect();
    let others: Vec<usize> = (0..part.len()).filter(|at| !part.get(*at).is_some_and(is_one)).collect();
    others.len() <= MAX_PLACES && others.iter().all(|at| names_a_place(&words, *at))
}
