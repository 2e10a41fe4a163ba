//! Cuts a text into parts that are judged one by one: at punctuation, and at each word that joins a part to another.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::beside::BESIDE_ANY;
use super::groups::GROUPS;
use super::joining::{ASKING, DENYING, JOINING};
use crate::import::fold::fold;

/// A word of a part, or a phrase that stands for one.
#[derive(Clone, Copy)]
pub(super) enum Token<'a> {
    Word(&'a str),
    /// A phrase that names one of these purposes, which are places in [`GROUPS`].
    Topic(&'a [usize]),
    /// A phrase that says nothing more beside one of these purposes, or beside any if there are none.
    Beside(&'a [usize]),
    /// “Who”, “what”, “which”.
    Asking,
    /// “Not”, “without”.
    Denial,
}

/// What a phrase is, beside the [`Token`] that it becomes.
#[derive(Clone, Copy, PartialEq)]
enum Meaning {
    Topic,
    Beside,
    Asking,
    Denial,
}

struct Phrase {
    words: Vec<&'static str>,
    meaning: Meaning,
    /// Places in [`GROUPS`]; none where the phrase is of no purpose in particular.
    purposes: Vec<usize>,
}

impl Phrase {
    fn token(&self) -> Token<'_> {
        match self.meaning {
            Meaning::Topic => Token::Topic(&self.purposes),
            Meaning::Beside => Token::Beside(&self.purposes),
            Meaning::Asking => Token::Asking,
            Meaning::Denial => Token::Denial,
        }
    }
}

/// The phrases by their first words, the longest first.
static PHRASES: LazyLock<HashMap<&str, Vec<Phrase>>> = LazyLock::new(|| {
    let own = GROUPS.iter().enumerate();
    let of_purposes =
        own.flat_map(|(at, of)| [(of.phrases, Meaning::Topic, Some(at)), (of.beside, Meaning::Beside, Some(at))]);
    let of_any = BESIDE_ANY.into_iter().map(|list| (list, Meaning::Beside, None));
    let others = [(ASKING, Meaning::Asking, None), (DENYING, Meaning::Denial, None)];
    let mut phrases: HashMap<&str, Vec<Phrase>> = HashMap::new();
    for (list, meaning, purpose) in of_any.chain(of_purposes).chain(others) {
        for phrase in list.split('|') {
            let words: Vec<&str> = phrase.split_whitespace().collect();
            let is_word = matches!((meaning, &words[..]), (Meaning::Topic | Meaning::Beside, [_]));
            let Some(first) = words.first().filter(|_| !is_word) else { continue };
            let alike = phrases.entry(*first).or_default();
            match alike.iter_mut().find(|known| known.words == words && known.meaning == meaning) {
                Some(known) if known.purposes.is_empty() => {}
                Some(known) => known.purposes.extend(purpose),
                None => alike.push(Phrase { words, meaning, purposes: purpose.into_iter().collect() }),
            }
        }
    }
    for alike in phrases.values_mut() {
        alike.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    phrases
});

static JOINS: LazyLock<HashSet<&str>> = LazyLock::new(|| JOINING.into_iter().flat_map(str::split_whitespace).collect());

/// The folded clauses of a text, between punctuation.
pub(super) fn clauses(text: &str) -> impl Iterator<Item = String> {
    text.split([',', '/', ':', '&', '+', '|']).map(fold)
}

/// The parts of a clause. A word that joins is of neither part; one that asks or denies begins its own, and so does a phrase
/// that stands beside a purpose.
pub(super) fn parts(clause: &str) -> Vec<Vec<Token<'_>>> {
    let mut parts = vec![Vec::new()];
    let mut is_last_closed = false;
    for token in tokens(clause) {
        let (joins, begins) = match token {
            Token::Word(word) => (JOINS.contains(word), false),
            Token::Topic(_) => (false, false),
            Token::Beside(_) | Token::Asking | Token::Denial => (false, true),
        };
        if joins || begins || is_last_closed {
            parts.push(Vec::new());
        }
        is_last_closed = matches!(token, Token::Beside(_));
        if let Some(part) = parts.last_mut().filter(|_| !joins) {
            part.push(token);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The words of a clause, with the longest phrase wherever one begins.
fn tokens(clause: &str) -> Vec<Token<'_>> {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let mut rest = &words[..];
    let mut tokens = Vec::new();
    while let [word, behind @ ..] = rest {
        let mut alike = PHRASES.get(word).into_iter().flatten();
        let found = alike.find_map(|phrase| Some((rest.strip_prefix(&phrase.words[..])?, phrase.token())));
        let (after, token) = found.unwrap_or((behind, Token::Word(word)));
        tokens.push(token);
        rest = after;
    }
    tokens
}
