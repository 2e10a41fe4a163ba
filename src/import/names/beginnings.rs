//! Sentences that give the beginning of names: “any cookie beginning with _hs”.

use super::words::{BEGIN_VERBS, BEGINS, WITH};
use crate::import::fold::fold;

/// What follows “beginning with”, if a line has that.
pub(super) fn beginning(line: &str) -> Option<String> {
    // Folding may split a word, so each is folded by itself.
    let words: Vec<&str> = line.split_whitespace().collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let behind = |phrase: &str| {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        let at = folded
            .windows(wanted.len())
            .position(|window| window.iter().zip(&wanted).all(|(word, wanted)| word == wanted))?;
        Some(words.get(at + wanted.len()..)?.join(" ")).filter(|rest| !rest.is_empty())
    };
    if let Some(rest) = BEGINS.iter().find_map(|phrase| behind(phrase)) {
        return Some(rest);
    }
    let rest = WITH.iter().find_map(|phrase| behind(phrase))?;
    let end = rest.split_whitespace().position(|word| BEGIN_VERBS.contains(&fold(word).as_str()))?;
    Some(rest.split_whitespace().take(end).collect::<Vec<_>>().join(" "))
}
