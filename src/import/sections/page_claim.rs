//! Recognises that a page says of all its cookies that they are necessary: “We only use strictly necessary cookies.”
//!
//! Such a sentence stands far from the cookies, so it is only one of several signs: `draft` asks for a purpose that needs no
//! consent, too, and for a page without trackers.

use super::is_about_cookies;
use crate::import::categories::{self, Standing};
use crate::import::fold::{fold, has_stem};

/// The most words of such a sentence.
const MAX_WORDS: usize = 25;

/// The sentence of a text that says so.
pub(super) fn of_all_cookies(text: &str) -> Option<&str> {
    text.split(['.', '!', '\n']).map(str::trim).find(|sentence| claims(sentence))
}

fn claims(sentence: &str) -> bool {
    let folded = fold(sentence);
    sentence.split_whitespace().count() <= MAX_WORDS
        && is_about_cookies(sentence)
        && has_stem(&folded, ONLY)
        && has_stem(&folded, SETS)
        && !has_stem(&folded, OF_A_CASE)
        && !categories::speaks_of_consent(&folded)
        && !categories::is_button(sentence)
        && categories::read(sentence) == Standing::Exempt
}

/// “Only”.
const ONLY: &[&str] = &[
    "only$", "exclusivel", "uniquement$", "seulement$", "exclusivement$", "nur$", "ausschliess", "lediglich$", "solo$",
    "solamente$", "unicamente$", "exclusivamente$", "alleen$", "uitsluitend$", "enkel$", "soltanto$",
    "esclusivamente$",
];

/// “Uses”, “sets”.
const SETS: &[&str] = &[
    "use$", "uses$", "using$", "set$", "sets$", "place$", "places$", "utilis", "emploi", "emploie", "depos", "verwend",
    "nutz", "setz", "einsetz", "benutz", "utiliz", "usa$", "usamos$", "emple", "instal", "gebruik", "plaats", "impieg",
];

/// Words of a choice, of a condition or of a part: what such a sentence says is not said of all cookies.
const OF_A_CASE: &[&str] = &[
    "if$", "when$", "unless$", "until$", "before$", "default", "first$", "can$", "may$", "choos", "choice", "select",
    "then$", "si$", "quand$", "lorsqu", "avant$", "defaut$", "pouvez$", "choisi", "choix$", "alors$", "wenn$",
    "falls$", "bevor$", "standard", "zunachst$", "konnen$", "wahl", "dann$", "cuando$", "antes$", "defecto$", "puede",
    "eleg", "elij", "entonces$", "als$", "wanneer$", "voordat$", "standaard", "kunt$", "kies", "dan$", "se$",
    "quando$", "prima$", "predefinit", "puo$", "puoi$", "scegli", "allora$", "categor", "kategor", "third", "tiers$",
    "drit", "terzi$", "intranet", "extranet", "app$", "apps$", "shop", "boutique$", "tienda$", "negozio$", "blog",
    "forum",
];
