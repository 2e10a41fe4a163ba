//! Denials: “contains no personal data” says nothing of a purpose.

use crate::import::fold::{find_phrase, has_stem};

/// How many words may stand between a denial and what it denies.
const REACH: usize = 5;

/// “No”, “not”, “without”.
const NOT: &[&str] = &[
    "no$", "not$", "never$", "without$", "don$", "doesn$", "neither$", "aucun$", "aucune$", "ne$", "n$", "pas$",
    "sans$", "jamais$", "kein", "nicht$", "ohne$", "nie$", "ningun", "sin$", "nunca$", "geen$", "niet$", "zonder$",
    "nooit$", "non$", "nessun", "senza$", "mai$",
];
/// “Not only” denies nothing.
const ONLY: &[&str] = &["only$", "seulement$", "uniquement$", "nur$", "solo$", "solamente$", "alleen$", "soltanto$"];
/// What follows “no secret that” is not denied.
const THAT: &[&str] = &["that$", "que$", "dass$", "dat$", "che$"];
/// Nor is what follows a denial that is denied; between `|`.
const TWICE: &str = "not without|no without|pas sans|non sans|nicht ohne|no sin|niet zonder|non senza";
/// What a denial may be about, between `|`.
const DATA: &str = "personally identifiable information|personal data|personal information|donnees personnelles|\
    donnee personnelle|donnees a caractere personnel|donnee a caractere personnel|informations personnelles|\
    information personnelle|personenbezogenen daten|personenbezogene daten|personenbezogener daten|\
    personlichen daten|personliche daten|datos personales|dato personal|datos de caracter personal|\
    informacion personal|persoonsgegevens|persoonlijke gegevens|persoonlijke informatie|dati personali|\
    dato personale|informazioni personali";

/// Whether a text has a word of denial.
pub(super) fn denies(folded: &str) -> bool {
    has_stem(folded, NOT) && !has_stem(folded, ONLY)
}

/// A sentence without the data that it denies.
pub(super) fn without_denied_data(folded: &str) -> String {
    DATA.split('|').fold(folded.to_owned(), |rest, data| match find_phrase(&rest, data) {
        Some(at) if is_denied(&rest, at) => rest.replacen(data, "", 1),
        _ => rest,
    })
}

/// Whether a denial stands in the [`REACH`] words before this position.
fn is_denied(folded: &str, at: usize) -> bool {
    let before: Vec<&str> = folded.get(..at).unwrap_or_default().split_whitespace().collect();
    let near = before.get(before.len().saturating_sub(REACH)..).unwrap_or_default();
    let near = near.join(" ");
    denies(&near) && !has_stem(&near, THAT) && TWICE.split('|').all(|twice| find_phrase(&near, twice).is_none())
}
