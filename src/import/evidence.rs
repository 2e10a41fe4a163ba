//! What speaks against an exemption: a sentence, a cell or a provider that names consent, a choice, or a purpose or a
//! service that needs consent. A heading says “necessary” of all that is under it; these are what it may be wrong about.

mod services;
#[cfg(test)]
mod tests;

use super::categories::{self, GATED_PHRASES, GATED_PURPOSES};
use super::fold::{find_phrase, fold, has_stem};
pub(super) use services::names_service;

/// What keeps something.
const KEEPS: &[&str] = &[
    "stor",
    "rememb",
    "sav",
    "record",
    "keep",
    "recogn",
    "memoris",
    "enregistr",
    "conserv",
    "stock",
    "souven",
    "garde",
    "retien",
    "speicher",
    "merk",
    "erinner",
    "guard",
    "recuerd",
    "recordar",
    "almacen",
    "memorizz",
    "salva",
    "ricord",
    "onthou",
    "bewaar",
    "opsla",
    "registr",
    "contain",
    "contient",
    "enthalt",
    "indicat",
    "manag",
    "gere",
    "gerer",
    "gestion",
    "verwalt",
    "track$",
    "proof",
    "preuve",
    "hide",
    "masqu",
    "know$",
    "determin",
    "check",
];
/// What is kept of a visitor's choice.
const CHOICES: &[&str] = &[
    "consent",
    "consens",
    "einwillig",
    "zustimm",
    "toestemming",
    "choice",
    "choix",
    "auswahl",
    "entscheid",
    "eleccion",
    "keuze",
    "scelt",
    "accept",
    "aceptad",
    "acept",
    "accett",
    "geaccept",
    "akzept",
    "refus",
    "reject",
    "rechaz",
    "rifiut",
    "abgelehn",
    "ablehn",
    "opt$",
    "optout",
    "optin",
    "oppos",
    "agree",
    "decision",
];
/// What is kept of it, too, if no advertiser reads it.
const SETTINGS: &[&str] = &["preferen", "voorkeur", "praferenz", "einstellung", "settings", "parametr", "impostazion"];
const ADVERTISING: &[&str] =
    &["advert", "ads$", "publici", "pubblici", "werb", "market", "target", "cibl", "reclame", "profil"];
/// Whose choice it is then: that of cookies.
const OF_COOKIES: &[&str] = &[
    "cookie",
    "traceur",
    "tracker",
    "galleta",
    "banner",
    "bandeau",
    "consent",
    "consens",
    "einwillig",
    "zustimm",
    "toestemming",
];

/// What the keeping of a choice is called: there the word “consent” asks for none.
const CALLED: &[&str] = &[
    "consent preferences",
    "consent preference",
    "consent settings",
    "consent choices",
    "consent choice",
    "consent state",
    "consent status",
    "cookie consent",
    "cookies consent",
    "consent management",
    "consent banner",
    "preferences de consentement",
    "choix de consentement",
    "preferences en matiere de consentement",
    "gestion du consentement",
    "consentement aux cookies",
    "einwilligungseinstellungen",
    "einwilligungsverwaltung",
    "einwilligungsstatus",
    "zustimmungsstatus",
    "consent manager",
    "preferencias de consentimiento",
    "gestion de consentimiento",
    "consentimiento de cookies",
    "preferenze di consenso",
    "preferenze sul consenso",
    "consenso ai cookie",
    "toestemmingsvoorkeuren",
    "cookie toestemming",
    "cookietoestemming",
];

/// Sentences that speak of other cookies than those above.
const OTHERS: &[&str] = &[
    "other$",
    "others$",
    "autre",
    "andere",
    "sonstige",
    "weitere",
    "otras$",
    "otros$",
    "overige",
    "altri$",
    "altre$",
    "ubrigen",
    "resto$",
    "rest$",
    "remaining",
];
const ALSO: &[&str] = &[
    "also$",
    "egalement",
    "auch$",
    "zudem",
    "ferner",
    "ausserdem",
    "tambien",
    "ook$",
    "anche$",
    "inoltre",
    "additionally",
    "daruber",
    "further",
    "ainsi",
    "furthermore",
    "optional",
];
/// What a visitor does in the browser is no choice that the site offers.
const BROWSER: &[&str] = &["browser", "navigat", "naveg"];
/// The words before a purpose that deny it.
const DENIED: &[&str] = &[
    "no$", "not$", "cannot$", "don$", "doesn$", "without$", "never$", "non$", "pas$", "sans$", "aucun", "jamais$",
    "kein", "nicht$", "ohne$", "nie$", "sin$", "ningun", "nunca$", "geen$", "niet$", "zonder$", "nessun", "senza$",
    "ni$", "ne$", "mai$", "nor$", "weder$", "rather$", "except$",
];
/// How far before a purpose its denial may stand.
const REACH: usize = 5;

/// What a paragraph under an exempt title says against it.
pub(super) fn of_introduction(text: &str) -> Option<String> {
    sentences(text).find(|sentence| {
        let folded = fold(sentence);
        !has_stem(&folded, OTHERS) && speaks_against(&folded) && !has_stem(&folded, BROWSER)
    })
}

/// Whether a paragraph leads on to other cookies than those above it.
pub(super) fn speaks_of_others(text: &str) -> bool {
    let folded = fold(text);
    super::sections::is_about_cookies(text) && (has_stem(&folded, OTHERS) || has_stem(&folded, ALSO))
        || of_introduction(text).is_some()
}

/// What a cell of purposes, services or providers, or a description, says against an exemption.
pub(super) fn of_cell(text: &str) -> Option<String> {
    sentences(text).find(|sentence| {
        let folded = fold(sentence);
        speaks_against(&folded) || (!keeps_a_choice(&folded) && names_service(&folded).is_some())
    })
}

/// What a cell that is about nothing but the legal basis, the status or something unknown says against an exemption:
/// there the bare word “consent” is enough.
pub(super) fn of_basis(text: &str) -> Option<String> {
    let folded = fold(text);
    let is_bare = folded.split(' ').count() <= 4 && categories::speaks_of_consent(&folded);
    let is_against =
        is_bare || is_consent_article(&folded) || of_cell(text).is_some() || categories::is_optional(&folded);
    is_against.then(|| text.to_owned())
}

/// “Art. 6(1)(a) GDPR”, “§ 25 Abs. 1 TDDDG”: the articles that stand for consent.
fn is_consent_article(folded: &str) -> bool {
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| {
            !matches!(
                *word,
                "abs"
                    | "par"
                    | "s"
                    | "satz"
                    | "lit"
                    | "let"
                    | "lettre"
                    | "buchst"
                    | "nr"
                    | "apartado"
                    | "letra"
                    | "lettera"
                    | "comma"
                    | "lid"
                    | "onder"
            )
        })
        .collect();
    let has = |window: &[&str]| words.windows(window.len()).any(|at| at == window);
    has(&["6", "1", "a"]) || has(&["6", "1a"]) || has(&["25", "1"]) || has(&["49", "1", "a"])
}

fn speaks_against(folded: &str) -> bool {
    if keeps_a_choice(folded) {
        return false;
    }
    let unnamed = CALLED.iter().fold(folded.to_owned(), |text, name| text.replace(name, " "));
    categories::needs_consent(&unnamed)
        || categories::can_be_refused(folded)
        || categories::is_optional(folded)
        || has_gated_purpose(folded)
}

/// “Stores the visitor's choice of cookies (statistics)” is of no other purpose than the choice.
fn keeps_a_choice(folded: &str) -> bool {
    let is_choice = has_stem(folded, CHOICES) || (has_stem(folded, SETTINGS) && !has_stem(folded, ADVERTISING));
    has_stem(folded, KEEPS) && is_choice && has_stem(folded, OF_COOKIES)
}

fn has_gated_purpose(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let is_denied = |at: usize| {
        let before = words.get(at.saturating_sub(REACH)..at).unwrap_or_default();
        before.iter().any(|word| has_stem(word, DENIED))
    };
    let is_named = words.iter().enumerate().any(|(at, word)| has_stem(word, GATED_PURPOSES) && !is_denied(at));
    let is_told = |phrase: &&str| {
        let words_before = |at| folded.get(..at).map_or(0, |before| before.split_whitespace().count());
        find_phrase(folded, phrase).is_some_and(|at| !is_denied(words_before(at)))
    };
    is_named || GATED_PHRASES.iter().any(is_told)
}

/// The sentences of a text.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    let ends = text.split_inclusive(['.', '!', '?', ';', '\n']).fold(vec![String::new()], |mut sentences, piece| {
        let is_end = piece.ends_with(['!', '?', ';', '\n'])
            || piece.ends_with('.')
                && piece.trim_end_matches('.').ends_with(|c: char| c.is_alphabetic())
                && piece.split_whitespace().last().is_some_and(|word| word.chars().count() > 4);
        if let Some(last) = sentences.last_mut() {
            last.push_str(piece);
        }
        if is_end {
            sentences.push(String::new());
        }
        sentences
    });
    ends.into_iter().map(|sentence| sentence.trim().to_owned()).filter(|sentence| !sentence.is_empty())
}
