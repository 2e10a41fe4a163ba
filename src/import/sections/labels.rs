//! Lines that are no titles: labels of values, and the path to the page.

use crate::import::columns::{Role, role};
use crate::import::fold::{fold, has_phrase};

/// Whether a line is a label with its value, `Purpose: …`.
pub(super) fn is_field(line: &str) -> bool {
    let is_label =
        |label: &str| matches!(role(label), Some((Role::Purpose | Role::Provider | Role::Lifetime | Role::Domain, _)));
    line.split_once(':').is_some_and(|(label, value)| !value.trim().is_empty() && is_label(label))
}

/// Whether a line is the label of a lifetime alone, `Duration:`.
pub(super) fn is_label(line: &str) -> bool {
    let label = line.trim_end_matches([':', ' ']);
    label.len() < line.len() && matches!(role(label), Some((Role::Lifetime, _)))
}

/// What a banner's declaration shows of the visitor who saved the page.
const CURRENT: [&str; 9] = [
    "your current consent", "your current state", "votre consentement actuel", "votre etat actuel",
    "ihre aktuelle einwilligung", "ihr aktueller zustand", "su consentimiento actual", "uw huidige toestemming",
    "il tuo consenso attuale",
];

/// “Your current consent: refused.”
pub(super) fn is_current_choice(text: &str) -> bool {
    has_phrase(&fold(text), &CURRENT)
}

/// What the first page of a site is called.
const HOME: &str = "home|homepage|home page|start|startseite|accueil|page d accueil|inicio|portada|startpagina|\
    pagina iniziale|hauptseite";

/// `Home > Legal > Cookies`: where the page stands within its site.
pub(super) fn is_breadcrumb(line: &str) -> bool {
    let parts: Vec<&str> = line.split(['>', '›', '»', '/', '→']).map(str::trim).collect();
    let are_short = parts.iter().all(|part| !part.is_empty() && part.split_whitespace().count() <= 6);
    let begins = parts.first().is_some_and(|first| HOME.split('|').any(|home| home == fold(first)));
    parts.len() > 1 && are_short && begins
}
