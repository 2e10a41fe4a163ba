//! What the heading of a column, or a label, is about; `layout` finds with it what each column of a table holds.
//!
//! `rows::table` uses it for each table, and cards of labels and values (`rows::card`) for each label.

mod label;
mod layout;
mod phrases;
#[cfg(test)]
mod tests;
mod words;

use super::categories::{self, Standing, read as standing};
use super::fold::{fold, has_phrase, has_stem};
pub(super) use label::{bare_label, is_kind_by_life};
pub(super) use layout::{Layout, is_transposed};
use phrases::{LASTS, SERVES, SETS, WHOLE};
use words::{ASIDE, BASIS, COOKIE, DOMAIN, KIND, LIFETIME, NAME, PROVIDER, PURPOSE, SERVICE, STORAGE};

/// What a column, or a label, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Role {
    /// The cookie's name, or several names.
    Name,
    /// Who sets or reads it.
    Provider,
    /// The product of that provider, or the tool of the site.
    Service,
    /// What it is for.
    Purpose,
    /// How long it lives.
    Lifetime,
    /// A class of cookies: a category, `First-party`, `HTML Local Storage`.
    Kind,
    /// For which host it is set.
    Domain,
    /// Whether consent is needed.
    NeedsConsent,
    /// Whether consent is not needed.
    IsExempt,
    /// Whether it can be refused.
    IsOptional,
    /// The legal basis, or the status.
    Basis,
    /// Something that no charter holds: `Contents`, `Privacy policy`.
    Aside,
}

/// What a heading says, and how surely, from 1 to 4. If two columns look equally like names, the surer heading decides.
/// `None` for a sentence, and for words that are no heading.
pub(super) fn role(heading: &str) -> Option<(Role, u8)> {
    // “Name / type”: the first counts.
    if let Some((name, _)) = heading.split_once('/').filter(|(name, _)| is_name_heading(name)) {
        return role(name);
    }
    let folded = fold(heading);
    if folded.is_empty() || folded.split(' ').count() > 8 || heading.trim_end().ends_with('.') {
        return None;
    }
    if let Some((role, _)) = WHOLE.iter().find(|(_, headings)| headings.contains(&folded.as_str())) {
        return Some((*role, 2));
    }
    let has = |stems: &[&str]| has_stem(&folded, stems);
    let is_cookie = has(COOKIE);
    if let Some(role) = of_consent(heading, is_cookie) {
        return Some((role, 3));
    }
    // “Service provider's name” is a provider, “Purpose of the cookie” a purpose.
    let about = [
        (Role::Lifetime, LIFETIME),
        (Role::Provider, PROVIDER),
        (Role::Purpose, PURPOSE),
        (Role::Domain, DOMAIN),
        (Role::Kind, KIND),
    ];
    if has(NAME) && is_cookie && !has(PROVIDER) {
        return Some((Role::Name, 4));
    }
    let phrases = [(Role::Lifetime, LASTS), (Role::Purpose, SERVES), (Role::Provider, SETS)];
    if let Some((role, _)) = phrases.into_iter().find(|(_, phrases)| has_phrase(&folded, phrases)) {
        return Some((role, 2));
    }
    if let Some((role, _)) = about.iter().find(|(_, stems)| has(stems)) {
        return Some((*role, if folded.contains(' ') { 2 } else { 3 }));
    }
    if !is_cookie && has(STORAGE) {
        return Some((Role::Kind, 2));
    }
    if is_cookie {
        return (folded.split(' ').count() <= 4).then_some((Role::Name, 3));
    }
    if has(NAME) {
        return Some((Role::Name, 3));
    }
    if has(SERVICE) {
        return Some((Role::Service, 2));
    }
    has(ASIDE).then_some((Role::Aside, 1))
}

/// The role of a column about consent, by what its heading asks: “Exempt?”, “Consent required”, “Can be refused”.
fn of_consent(heading: &str, is_cookie: bool) -> Option<Role> {
    let question = heading.replace('?', " ");
    let folded = fold(&question);
    let has = |stems: &[&str]| has_stem(&folded, stems);
    let is_exemption = has(&["exempt", "exonere", "exent", "exceptua", "eximid", "befreit", "vrijgesteld", "esent"]);
    let speaks = is_exemption || has(&["consent", "einwillig", "zustimm", "toestemming"]);
    let is_named = has(NAME) || has(PURPOSE) || has(KIND);
    // “Set before consent?”
    if speaks && has(&["before$", "prior$", "avant$", "vor$", "antes$", "voor$", "prima$"]) {
        return Some(Role::IsExempt);
    }
    match (categories::wants_consent(&folded), standing(&question)) {
        (Some(true), _) => Some(Role::NeedsConsent),
        (Some(false), _) => Some(Role::IsExempt),
        _ if is_exemption && !categories::denies_necessity(&folded) => Some(Role::IsExempt),
        _ if speaks || has(BASIS) => Some(Role::Basis),
        _ if is_cookie || is_named => None,
        _ if categories::can_be_refused(&folded) || categories::is_optional(&folded) => Some(Role::IsOptional),
        (None, Standing::Exempt) => Some(Role::IsExempt),
        _ => None,
    }
}

/// `Name`, `Nom du cookie`: no cookie is called so.
fn is_name_heading(text: &str) -> bool {
    let folded = fold(text);
    matches!(folded.as_str(), "name" | "nom" | "nombre" | "naam" | "nome" | "bezeichnung")
        || role(text).is_some_and(|(role, sureness)| role == Role::Name && sureness == 4)
}
