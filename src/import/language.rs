//! Guesses the language of a page that has no `lang`.
//!
//! The texts of a charter must have a language; a person can correct it.

use super::block::{Block, Page, Rich};
use super::fold::fold;

/// Frequent words that most of the other five languages do not have, folded.
const WORDS: [(&str, &[&str]); 6] = [
    (
        "fr",
        &[
            "les", "des", "du", "est", "pour", "votre", "vous", "nous", "aux", "sur", "dans", "duree", "finalite",
            "finalites", "nom", "et",
        ],
    ),
    (
        "en",
        &[
            "the", "and", "of", "is", "to", "this", "your", "name", "with", "purpose", "duration", "we", "for", "by",
            "used",
        ],
    ),
    (
        "es",
        &[
            "los", "las", "del", "para", "una", "nombre", "usuario", "duracion", "finalidad", "con", "por", "sitio",
            "y", "proveedor",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "und", "des", "wird", "ist", "eine", "fur", "zweck", "auf", "mit", "speicherdauer", "dieser",
            "anbieter",
        ],
    ),
    (
        "nl",
        &[
            "het", "een", "van", "voor", "deze", "wordt", "naam", "doel", "zijn", "niet", "bewaartermijn", "worden",
            "aanbieder", "op",
        ],
    ),
    (
        "it",
        &[
            "il", "di", "della", "che", "gli", "nome", "scadenza", "durata", "sono", "questo", "utente", "finalita",
            "del", "fornitore", "per",
        ],
    ),
];

/// The language with the most words. `None` if there are fewer than three, or not more than one and a half times as many
/// as of the second.
pub(super) fn guess(page: &Page) -> Option<&'static str> {
    let mut texts: Vec<String> = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Table(table) => texts.extend(table.rows.iter().flatten().map(|cell| cell.text.line())),
            block => texts.extend(block.text().map(Rich::line)),
        }
    }
    let folded = fold(&texts.join(" "));
    let count = |words: &[&str]| folded.split(' ').filter(|word| words.contains(word)).count();
    let mut counts: Vec<(usize, &str)> = WORDS.iter().map(|(language, words)| (count(words), *language)).collect();
    counts.sort_unstable_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counts.as_slice() {
        [(first, language), (second, _), ..] if *first >= 3 && *first * 2 > *second * 3 => Some(language),
        _ => None,
    }
}

/// The language of a tag, in lower case: `fr_FR` and `fr-CA` are `fr`. `None` if it is no tag (BCP 47).
pub(super) fn tag(written: &str) -> Option<String> {
    let written = written.trim().replace('_', "-");
    let main = written.split('-').next().unwrap_or_default();
    let is_tag = (2..=3).contains(&main.len())
        && written
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    // A charter's texts have a language, but no region.
    is_tag.then(|| main.to_ascii_lowercase())
}
