//! Recognises sentences, and titles that do not name cookies, that claim an exemption.

use super::is_about_cookies;
use crate::import::categories::{self, Standing};
use crate::import::evidence;
use crate::import::fold::{fold, has_phrase, has_stem};

/// The most words of a sentence that says that the cookies under a title are exempt.
const MAX_CLAIM_WORDS: usize = 20;

/// “Activities strictly necessary for the operation of this site”: what iubenda calls the cookies of that purpose.
pub(super) fn is_activity(text: &str) -> bool {
    let folded = fold(text);
    let activities = ["activit", "attivit", "actividad", "aktivitat", "activiteit"];
    let strictly = ["strictly", "strettamente", "strictement", "estrictamente", "unbedingt", "strikt"];
    has_stem(&folded, &activities) && has_stem(&folded, &strictly)
}

/// Whether a paragraph is one sentence that says that its cookies need no consent, or two of which one says it of “these”.
pub(super) fn says_exempt(text: &str) -> bool {
    let sentences: Vec<&str> = text.split(". ").map(str::trim).filter(|sentence| !sentence.is_empty()).collect();
    let is_said = match sentences.as_slice() {
        [only] => claims(only) && is_of_these(only),
        [_, _] => sentences.iter().any(|sentence| begins_with_these(sentence) && claims(sentence)),
        _ => false,
    };
    is_said && evidence::of_introduction(text).is_none() && !evidence::speaks_of_others(text)
}

/// Whether a sentence is about the cookies under its title: it says “these”, names no cookies, or begins with its verb.
/// “Strictly necessary cookies need no consent” is about the law.
fn is_of_these(sentence: &str) -> bool {
    let folded = fold(sentence);
    let begins = folded.split(' ').next().is_some_and(|word| ARE.contains(&word));
    begins || !is_about_cookies(sentence) || folded.split(' ').any(|word| THESE.contains(&word))
}

/// “Are”, at the beginning of a sentence without a subject.
const ARE: [&str; 8] = ["are", "sont", "sind", "son", "estan", "zijn", "sono", "servono"];

/// Whether a paragraph begins with “These cookies are necessary”, and nothing in it speaks against that.
pub(super) fn says_necessary_of_these(text: &str) -> bool {
    let first = text.split(". ").next().unwrap_or(text);
    begins_with_these(first)
        && categories::read(first) == Standing::Exempt
        && evidence::of_introduction(text).is_none()
        && !evidence::speaks_of_others(text)
}

/// Whether a paragraph describes cookies and says that they need no consent: “We may place these cookies without your
/// consent.”
pub(super) fn frees_kind(text: &str) -> bool {
    let names_these = |sentence: &str| fold(sentence).split(' ').any(|word| THESE.contains(&word));
    text.split(". ").any(|sentence| names_these(sentence) && claims(sentence))
        && evidence::of_introduction(text).is_none()
}

fn claims(sentence: &str) -> bool {
    let folded = fold(sentence);
    sentence.split_whitespace().count() <= MAX_CLAIM_WORDS
        && !sentence.trim_end_matches('.').contains(['.', ';', ':', '?'])
        && (categories::says_free(sentence) || is_always_on(&folded))
        && categories::read(sentence) == Standing::Exempt
}

/// “These cookies are necessary and cannot be switched off.”
fn is_always_on(folded: &str) -> bool {
    begins_with_these(folded) && has_phrase(folded, ALWAYS_ON)
}

/// A folded title without “cannot be switched off”.
pub(super) fn without_always_on(folded: &str) -> String {
    ALWAYS_ON.iter().fold(folded.to_owned(), |text, phrase| text.replace(phrase, ""))
}

pub(super) fn begins_with_these(sentence: &str) -> bool {
    let folded = fold(sentence);
    folded.split(' ').next().is_some_and(|word| THESE.contains(&word))
}

/// Whether a paragraph below a table is about that table: “Note: these are only set if you agree.” One that ends with a
/// colon is about what follows.
pub(in crate::import) fn refers_back(text: &str) -> bool {
    let folded = fold(text);
    let is_note = folded.split(' ').next().is_some_and(|word| NOTES.contains(&word));
    (is_note || begins_with_these(text)) && !text.trim_end().ends_with(':')
}

/// “Note”, at the beginning of a paragraph.
const NOTES: [&str; 12] = [
    "note", "notes", "notice", "remark", "remarque", "remarques", "hinweis", "anmerkung", "nota", "notas", "opmerking",
    "let",
];

/// What refers to the cookies under the title.
const THESE: [&str; 22] = [
    "these", "they", "this", "ces", "ils", "elles", "cela", "diese", "sie", "dafur", "hierfur", "estas", "estos",
    "ellas", "deze", "hiervoor", "daarvoor", "questi", "queste", "essi", "no", "aucun",
];

/// “Cannot be switched off”.
const ALWAYS_ON: &[&str] = &[
    "cannot be switched off",
    "cannot be disabled",
    "cannot be turned off",
    "can not be switched off",
    "can not be disabled",
    "ne peuvent etre desactives",
    "ne peuvent pas etre desactives",
    "konnen nicht deaktiviert werden",
    "konnen nicht abgeschaltet werden",
    "nicht deaktiviert werden",
    "kann nicht abgewahlt werden",
    "konnen nicht abgewahlt werden",
    "no se pueden desactivar",
    "no pueden desactivarse",
    "kunnen niet worden uitgeschakeld",
    "kunnen niet uitgeschakeld worden",
    "non possono essere disattivati",
    "non possono essere disabilitati",
];
