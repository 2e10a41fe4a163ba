//! Cards of labels and values: `Cookie`, `_ga`, `Duration`, `1 year`, each in a text of its own or as `Duration: 1 year`.
//! Banners write their declarations so, and definition lists may be such cards.

use super::{Row, Said};
use crate::import::block::{Block, Rich};
use crate::import::categories::{Standing, read as standing};
use crate::import::columns::{Role, role};
use crate::import::context::Context;
use crate::import::durations::{self, Duration};
use crate::import::fold::fold;
use crate::import::names;

/// The longest label, in words.
const LABEL: usize = 4;

#[derive(Debug, Default)]
pub(super) struct Records {
    /// Those that are complete, and the one that is being read.
    records: Vec<Vec<(Role, Rich)>>,
    /// A label whose value has not come yet.
    label: Option<Role>,
}

impl Records {
    /// Takes a text that belongs to a card; `false` if it does not.
    pub(super) fn take(&mut self, block: &Block, text: &Rich) -> bool {
        let is_term = matches!(block, Block::Term(_));
        if let Some(role) = self.label.filter(|_| self.is_label(text, is_term).is_none()) {
            self.label = None;
            self.field(role, text.clone());
            return true;
        }
        let plain = text.plain();
        let fields: Vec<Option<(Role, &str)>> = plain.lines().map(labelled).collect();
        if !is_term
            && !fields.is_empty()
            && fields.iter().all(Option::is_some)
            && (fields.len() > 1 || self.is_open() || begins(&fields))
        {
            for (role, value) in fields.into_iter().flatten() {
                if value.is_empty() { self.label = Some(role) } else { self.field(role, Rich::from(value)) }
            }
            return true;
        }
        match self.is_label(text, is_term) {
            Some(role) => {
                self.label = Some(role);
                true
            }
            None => false,
        }
    }

    fn is_open(&self) -> bool {
        self.records.last().is_some_and(|record| !record.is_empty())
    }

    /// A text that is a label and nothing else. The first label of a card is that of its name.
    fn is_label(&self, text: &Rich, is_term: bool) -> Option<Role> {
        let line = text.line();
        let line = line.trim_end_matches([':', ' ']);
        let is_plain =
            line.split_whitespace().count() <= LABEL && !names::is_strong(line) && standing(line) == Standing::Silent;
        let (role, _) = role(line).filter(|_| is_plain)?;
        (role == Role::Name || self.is_open() || is_term).then_some(role)
    }

    fn field(&mut self, role: Role, value: Rich) {
        let has_role = |record: &Vec<(Role, Rich)>| record.iter().any(|(known, _)| *known == role);
        let has_name = |record: &Vec<(Role, Rich)>| record.iter().any(|(known, _)| *known == Role::Name);
        match self.records.last_mut() {
            // A banner's card has a name of its own beside the cookie's: the latter looks like one.
            Some(record) if role == Role::Name && has_name(record) && record.len() > 1 && is_title(record) => {
                record.retain(|(known, _)| *known != Role::Name);
                record.push((role, value));
            }
            Some(record) if !has_role(record) => record.push((role, value)),
            _ => self.records.push(vec![(role, value)]),
        }
    }

    /// Reads the cards that have come.
    pub(super) fn end(&mut self, context: &Context, rows: &mut Vec<Row>) {
        self.label = None;
        let records = std::mem::take(&mut self.records);
        rows.extend(records.iter().filter_map(|record| row(record, context)));
    }
}

/// A card begins with the name of a cookie.
fn begins(fields: &[Option<(Role, &str)>]) -> bool {
    fields
        .iter()
        .flatten()
        .any(|(role, value)| matches!(role, Role::Name) && !names::read_plain(value).patterns.is_empty())
}

/// Whether the name of a card is a title: `Google Analytics`.
fn is_title(record: &[(Role, Rich)]) -> bool {
    record.iter().any(|(role, value)| *role == Role::Name && names::read(value, false).patterns.is_empty())
}

/// `Duration: 1 year`
fn labelled(line: &str) -> Option<(Role, &str)> {
    let (label, value) = line.split_once(':')?;
    let (role, _) =
        role(label).filter(|_| label.split_whitespace().count() <= LABEL && !names::is_strong(label.trim()))?;
    Some((role, value.trim()))
}

fn row(record: &[(Role, Rich)], context: &Context) -> Option<Row> {
    let value = |role: Role| record.iter().find(|(known, _)| *known == role).map(|(_, value)| value);
    let text = |role: Role| value(role).map(Rich::line).filter(|text| !fold(text).is_empty());
    let name = value(Role::Name)?;
    let names = names::read(name, false);
    if record.len() < 2 || (names.patterns.is_empty() && names.stored.is_empty()) {
        return None;
    }
    let kinds: Vec<_> = text(Role::Kind).map(|kind| (kind.clone(), standing(&kind), true)).into_iter().collect();
    let is_stored = kinds.iter().any(|(kind, _, _)| super::table::is_storage(kind));
    let lifetime = text(Role::Lifetime).unwrap_or_default();
    let durations = durations::each(&lifetime, names.patterns.len())
        .unwrap_or_else(|| vec![if lifetime.is_empty() { Duration::Silent } else { durations::read(&lifetime) }]);
    Some(Row {
        verdict: Said { kinds, ..Said::default() }.verdict(context.verdict(&[])),
        written: name.line(),
        names,
        provider: text(Role::Provider).or_else(|| text(Role::Domain)),
        service: text(Role::Service),
        purpose: text(Role::Purpose),
        lifetime: (lifetime, durations),
        is_stored,
    })
}
