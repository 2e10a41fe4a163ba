//! Clauses that say that no consent is needed: “keine Einwilligung erforderlich”, “your consent is not required”.
//!
//! They have the word “necessary”, denied, and say the opposite of “not necessary”; so they are read before anything else.

use super::need_words::{CONSENT, DENIAL, NECESSARY, NEED, TURNS};
use crate::import::fold::{fold, has_stem};

/// The signs between which a clause stands.
const BORDERS: [char; 13] = [',', ';', ':', '(', ')', '[', ']', '–', '—', '.', '!', '?', '\n'];

/// Words within such a clause that do not change what it says.
const FILLERS: &str = "is are be was were your you the a an any of to for our prior explicit user s this these ist \
    sind wird werden die der das den dem dafur hierfur hierzu ihre ihrer ihren vorherige vorherigen gesonderte \
    ausdruckliche nutzers est sont n ne l la le les de du d des un une votre vos recueil recueillir collecte \
    prealable obtenir etre font fait au ce ces ils elles es son se su el del previo ser obtener zijn uw het voor \
    voorafgaande worden e il lo gli suo vostro si preventivo raccolta dell utente usuario utilisateur we they them \
    ceux ci celles nach fur wir recabar instalarlas instalarlos para ti vi per questi queste essi wij om gemass abs \
    art tdddg ttdsg dsgvo rgpd lssi lil articulo article artikel selon conformement segun conforme volgens wettelijk \
    gesetzlich legalmente legally";

/// “Subject to”, which in such clauses stands for “need”.
const SUBJECT: [&str; 10] = [
    "subordonn", "objet$", "supedita", "subordinat", "gebunden$", "subject$", "sujet", "soumis", "soggett", "onderworp",
];

/// “Necessary” as it is said of one thing, such as consent, and not of several cookies.
const ONE_THING: [&str; 11] = [
    "necessary", "required", "requis", "requise", "necessaire", "necesario", "necessario", "notwendig", "erforderlich",
    "noodzakelijk", "nodig",
];

/// What a word of such a clause says; fillers say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    Denial,
    Consent,
    Need,
    /// “Necessary”, which may also be said of cookies.
    Necessary,
}

/// The folded text without such clauses, and whether it had one. A text with a condition (“unless”) is left as it is.
pub(in crate::import) fn without_free_clauses(text: &str) -> (String, bool) {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let turns = |(at, word): (usize, &&str)| {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        // “No se requiere”: a pronoun, and not “if”.
        let is_pronoun = matches!(*word, "se" | "si") && before.is_some_and(|word| matches!(*word, "no" | "non"));
        has_stem(word, TURNS) && !is_pronoun
    };
    if !has_stem(&folded, CONSENT) || words.iter().enumerate().any(turns) {
        return (folded, false);
    }
    let mut is_free = false;
    let mut rest = String::new();
    for clause in text.split(BORDERS) {
        let clause = fold(clause);
        let (kept, was_free) = without_clause(&clause);
        is_free |= was_free;
        rest.push_str(&kept);
        rest.push(' ');
    }
    if is_free { (rest.split_whitespace().collect::<Vec<_>>().join(" "), true) } else { (folded, false) }
}

/// A clause without the words that say that no consent is needed, and whether it had them.
///
/// Such words stand together: a word of another kind between them may change what they say.
fn without_clause(folded: &str) -> (String, bool) {
    let words: Vec<&str> = folded.split(' ').collect();
    let mut start = 0;
    while let Some(begin) = (start..words.len()).find(|at| words.get(*at).is_some_and(|word| is_part(word))) {
        let end = (begin..words.len()).find(|at| words.get(*at).is_some_and(|word| !is_part(word)));
        let end = end.unwrap_or(words.len());
        if let Some(free) = words.get(begin..end).and_then(free_from) {
            let kept = words.get(..begin + free).into_iter().flatten().chain(words.get(end..).into_iter().flatten());
            return (kept.copied().collect::<Vec<_>>().join(" "), true);
        }
        start = end;
    }
    (folded.to_owned(), false)
}

/// Where in these words the part begins that says that no consent is needed, if they end with one. What stands before it
/// may only be “necessary”.
fn free_from(words: &[&str]) -> Option<usize> {
    let parts: Vec<(usize, &str, Sense)> =
        words.iter().enumerate().filter_map(|(at, word)| Some((at, *word, sense(word)?))).collect();
    let first = parts.len().checked_sub(3)?;
    let (before, last) = parts.split_at_checked(first)?;
    let is_one = |word: &str| ONE_THING.contains(&word);
    let is_free = match last {
        [(_, _, Sense::Denial), (_, _, Sense::Consent), (_, _, Sense::Need | Sense::Necessary)]
        | [(_, _, Sense::Consent), (_, _, Sense::Denial), (_, _, Sense::Need | Sense::Necessary)]
        | [(_, _, Sense::Denial), (_, _, Sense::Need), (_, _, Sense::Consent)]
        | [(_, _, Sense::Need), (_, _, Sense::Denial), (_, _, Sense::Consent)] => true,
        [(_, _, Sense::Denial), (_, word, Sense::Necessary), (_, _, Sense::Consent)] => is_one(word),
        _ => false,
    };
    let is_alone = before.iter().all(|(.., part)| *part == Sense::Necessary);
    let at = before.last().map_or(0, |(at, ..)| at + 1);
    (is_free && is_alone).then_some(at)
}

/// The sense of a word. `None`: a filler, or a word that no such clause has.
fn sense(word: &str) -> Option<Sense> {
    if FILLERS.split_whitespace().any(|filler| filler == word) {
        None
    } else if has_stem(word, DENIAL) {
        Some(Sense::Denial)
    } else if has_stem(word, CONSENT) {
        Some(Sense::Consent)
    } else if has_stem(word, NECESSARY) || ONE_THING.contains(&word) {
        Some(Sense::Necessary)
    } else if has_stem(word, NEED) || has_stem(word, &SUBJECT) {
        Some(Sense::Need)
    } else {
        None
    }
}

/// Whether such a clause may have this word.
fn is_part(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
        || sense(word).is_some()
        || FILLERS.split_whitespace().any(|filler| filler == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_that_need_no_consent_are_left_out() {
        for (text, rest) in [
            ("Technisch notwendige Cookies (keine Einwilligung erforderlich)", "technisch notwendige cookies"),
            ("Necessary cookies: no consent is needed", "necessary cookies"),
            ("Necessary – your consent is not required", "necessary"),
            ("Cookies nécessaires, votre consentement n'est pas nécessaire", "cookies necessaires"),
            ("Cookies qui ne font l'objet d'aucun recueil de consentement", "cookies qui"),
            ("Cookies necesarias (no es necesario su consentimiento)", "cookies necesarias"),
            ("Cookies necesarias: no se requiere consentimiento", "cookies necesarias"),
            ("Noodzakelijk (geen toestemming vereist)", "noodzakelijk"),
            ("Cookie necessari (consenso non richiesto)", "cookie necessari"),
        ] {
            assert_eq!(without_free_clauses(text), (rest.to_owned(), true), "{text}");
        }
        for text in [
            "No, consent required",
            "Non-necessary cookies, consent required",
            "Cookies non nécessaires soumis au consentement",
            "Nicht notwendig, Einwilligung erforderlich",
            "Nicht notwendige Cookies mit Einwilligung",
            "No consent is needed unless you watch a video",
            "Cookies that are not necessary need consent",
            "Keine Cookies ohne Einwilligung",
            "Cookie non necessari: consenso richiesto",
        ] {
            assert!(!without_free_clauses(text).1, "{text}");
        }
    }
}
