//! Phrases around names: “beginning with”, and “and the like”.

use super::words::{BEGIN_VERBS, BEGINS, OPEN, WITH};
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

/// “`_ga`, `_gid` and the like” declares two names and says that there are more.
///
/// The text without “and the like” and dots, and whether it had one of them.
pub(super) fn without_open_end(text: &str) -> (String, bool) {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let mut is_open = false;
    words.retain(|word| {
        let is_dots = matches!(word.trim_matches([',', '(', ')']), "…" | "..." | "....");
        is_open |= is_dots;
        !is_dots
    });
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    for phrase in OPEN {
        let joined: Vec<&str> = phrase.split(' ').collect();
        // `u.a.` and `z.B.` are one word here, and two when folded.
        let single = folded.iter().position(|word| word == phrase);
        let at = single.map(|at| (at, 1)).or_else(|| {
            let at = folded
                .windows(joined.len())
                .position(|window| window.iter().zip(&joined).all(|(word, wanted)| word == wanted))?;
            Some((at, joined.len()))
        });
        if let Some((at, length)) = at {
            let is_introduction = matches!(
                phrase,
                "such as"
                    | "for example"
                    | "e g"
                    | "par exemple"
                    | "zum beispiel"
                    | "z b"
                    | "por ejemplo"
                    | "bijvoorbeeld"
                    | "ad esempio"
                    | "onder andere"
                    | "unter anderem"
                    | "entre autres"
                    | "among others"
            );
            let kept: Vec<&str> = if is_introduction {
                words
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| *index < at || *index >= at + length)
                    .map(|(_, word)| *word)
                    .collect()
            } else {
                words.get(..at).unwrap_or_default().to_vec()
            };
            return (kept.join(" ").trim_end_matches([',', ';']).to_owned(), true);
        }
    }
    let joined = words.join(" ");
    let dotted = joined.trim_end_matches(['…', '.']);
    if joined.ends_with('…') || joined.ends_with("...") {
        return (dotted.to_owned(), true);
    }
    (joined, is_open)
}
