//! Names of parts of a site, of which a site may have any: “the repair form”, “espace famille”, “Bürgerportal”.

use crate::import::categories::{self, GATED_PURPOSES, Standing};
use crate::import::fold::has_stem;

/// Parts of a site, behind their kind, and before it.
const PLACES: [&str; 22] = [
    "account", "accounts", "area", "portal", "portals", "platform", "form", "forms", "intranet", "application",
    "catalogue", "konto", "kontos", "bereich", "formular", "formulars", "plattform", "katalog", "portaal", "omgeving",
    "catalogus", "formulier",
];
const PLACES_OF: [&str; 14] = [
    "espace", "portail", "plateforme", "formulaire", "compte", "catalogue", "area", "zona", "portal", "plataforma",
    "formulario", "portale", "piattaforma", "modulo",
];
/// “Of” and articles, between a part of a site and its kind.
const OF: [&str; 11] = ["de", "d", "du", "des", "la", "l", "del", "di", "della", "dell", "of"];
/// The fewest letters of a kind that is written with its place: `Bürgerportal`.
const MIN_KIND: usize = 4;

/// Whether the word at this position only says which part of a site is meant.
pub(super) fn names_a_place(words: &[&str], at: usize) -> bool {
    let is_one =
        |at: Option<usize>, places: &[&str]| at.and_then(|at| words.get(at)).is_some_and(|word| places.contains(word));
    let word = words.get(at).copied().unwrap_or_default();
    let before = (0..at).rev().find(|at| words.get(*at).is_some_and(|word| !OF.contains(word)));
    let is_compound = PLACES.iter().any(|place| word.strip_suffix(place).is_some_and(|kind| kind.len() >= MIN_KIND));
    let is_place = is_one(Some(at + 1), &PLACES) || is_one(before, &PLACES_OF) || is_compound;
    is_place
        && !word.is_empty()
        && categories::read(word) == Standing::Silent
        && !has_stem(word, GATED_PURPOSES)
        && !categories::names_content(word)
}
