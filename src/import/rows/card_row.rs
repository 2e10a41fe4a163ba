//! What a card declares: the row of its fields, and of the texts within its container that are none.

use super::Row;
use super::answer::Answer;
use super::row_consent::RowConsent;
use super::sentence;
use super::storage::{is_storage, is_store, is_titled, says_stored};
use super::title::is_service_word;
use crate::charter::NamePattern;
use crate::import::block::Rich;
use crate::import::columns::Role;
use crate::import::durations;
use crate::import::evidence;
use crate::import::fold::fold;
use crate::import::names;
use crate::import::sections::Sections;

/// The row that a card declares; `None` if it has no name, or nothing but a name that is not surely one. `titled`: it is among
/// others, or under a heading.
pub(super) fn row(card: &[(Role, Rich)], titled: bool, sections: &Sections) -> Option<Row> {
    let value = |role: Role| card.iter().find(|(known, _)| *known == role).map(|(_, value)| value);
    let text = |role: Role| value(role).map(Rich::line).filter(|text| !fold(text).is_empty());
    let name = value(Role::Name)?;
    let names = names::read(name, false);
    let is_told = card.len() > 1 || (titled && name.line().contains('_'));
    if !is_told || (names.patterns.is_empty() && names.stored.is_empty()) {
        return None;
    }
    let kind = text(Role::Kind);
    let is_stored = kind.iter().any(|kind| is_storage(kind))
        || is_titled(sections)
        || card.iter().any(|(role, value)| *role != Role::Name && is_store(&value.line()))
        || [Role::Purpose, Role::Lifetime].into_iter().filter_map(text).any(|text| says_stored(&text));
    let within = || text(Role::Purpose).and_then(|purpose| sentence::lifetime_of(&purpose));
    let lifetime = text(Role::Lifetime).or_else(within).unwrap_or_default();
    // `borlabs-cookie (1 Jahr)`: the name's own text may state it.
    let own = durations::behind_names(&name.line(), &names.texts()).filter(|_| lifetime.is_empty());
    let durations = own.unwrap_or_else(|| durations::of_names(&lifetime, &names.texts()));
    let mut consent =
        RowConsent { titles: kind.into_iter().collect(), purpose: text(Role::Purpose), ..RowConsent::default() };
    for (role, value) in card {
        object(&mut consent, *role, value);
        if let Some(against) = sections.footnotes.against(value) {
            consent.object(against);
        }
    }
    if is_service_word(&name.line()) {
        consent.object(&name.line());
    }
    if let Some(against) = evidence::of_cell(&names::beside(&name.line(), &names)) {
        consent.object(&against);
    }
    Some(Row {
        category: consent.category(sections),
        written: name.line(),
        names,
        provider: text(Role::Provider).or_else(|| text(Role::Domain)),
        service: text(Role::Service),
        purpose: text(Role::Purpose),
        lifetime: (lifetime, durations),
        is_stored,
        against: consent.against,
    })
}

/// Adds what a value says of consent.
pub(super) fn object(consent: &mut RowConsent, role: Role, value: &Rich) {
    let line = value.line();
    if line.is_empty() {
        consent.object("(a label without a value)");
    }
    let against = match role {
        Role::NeedsConsent => return consent.answer(Answer::read(&line), &line),
        Role::IsExempt => return consent.answer(Answer::read(&line).negated(), &line),
        Role::IsOptional => matches!(Answer::read(&line), Answer::Yes | Answer::Unclear).then(|| line.clone()),
        Role::Basis => evidence::of_basis(&line),
        Role::Name => None,
        Role::Lifetime => evidence::of_lifetime(&line),
        Role::Provider | Role::Domain => evidence::of_provider(&line),
        Role::Service | Role::Purpose | Role::Kind | Role::Aside => evidence::of_cell(&line),
    };
    if let Some(against) = against {
        consent.object(&against);
    }
    if value.is_hidden() {
        consent.object("(it is hidden)");
    }
}

/// The row, with what the texts within its container say against an exemption. No label says what they are, so a long one
/// must be of a purpose that needs no consent.
pub(super) fn with_strays(mut row: Row, strays: &[&Rich]) -> Row {
    let is_strange = |text: &&String| {
        text.split_whitespace().count() > 2
            && !durations::is_duration(text)
            && evidence::of_purpose("", "", text) == evidence::Exempt::No
    };
    for text in strays.iter().map(|text| text.line()) {
        let against = evidence::of_cell(&text).or_else(|| Some(&text).filter(is_strange).cloned());
        row.against = row.against.take().or(against);
    }
    row
}

/// Whether the name of a card is a title: `Google Analytics`, `Borlabs Cookie`.
pub(super) fn is_title(card: &[(Role, Rich)]) -> bool {
    card.iter().filter(|(role, _)| *role == Role::Name).any(|(_, value)| {
        let names = names::read(value, false);
        let is_plain = |pattern: &NamePattern| {
            !names::is_strong(pattern.text()) && pattern.text().starts_with(|c: char| c.is_ascii_uppercase())
        };
        names.patterns.iter().all(is_plain)
    })
}

/// Whether a card states a lifetime, and a purpose or a provider.
pub(super) fn is_whole(card: &[(Role, Rich)]) -> bool {
    let has = |role: Role| card.iter().any(|(known, _)| *known == role);
    has(Role::Lifetime) && (has(Role::Purpose) || has(Role::Provider))
}
