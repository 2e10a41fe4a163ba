//! Cards of labels and values: `Cookie`, `_ga`, `Duration`, `1 year`, each in a text of its own or as `Duration: 1 year`.
//! Banners write their declarations so, and definition lists may be such cards.

use std::collections::BTreeSet;

use super::card_row::{is_title, is_whole, row, with_strays};
use super::field::{MAX_LABEL_WORDS, fields, fields_of_line, plain_label};
use super::head::is_small;
use super::place::Place;
use super::title::{
    declares, is_brand, is_joined, is_name_alone, is_plain_title, is_service_word, is_small_card, is_title_of_card,
    is_word, may_describe, may_name,
};
use super::{Ahead, Row};
use crate::import::block::{Block, Rich, Table};
use crate::import::categories::{Standing, read as standing};
use crate::import::columns::{Role, bare_label, is_kind_by_life, role};
use crate::import::durations;
use crate::import::evidence;
use crate::import::fold::fold;
use crate::import::names;
use crate::import::sections::Sections;

/// The level of a card's name that stands in a paragraph of its own.
const PARAGRAPH: u8 = u8::MAX;

/// Cards that follow each other.
#[derive(Debug, Default)]
pub(super) struct CardRun {
    /// The complete cards, and the one that is being read.
    cards: Vec<Vec<(Role, Rich)>>,
    /// A label whose value has not come yet.
    label: Option<Role>,
    /// The labels that stood alone, folded: in the place of a value, they are labels again.
    labels: BTreeSet<String>,
    /// The text of that label if it is of a name: without a value it is a title.
    asked: Option<Rich>,
    /// The headings that may name cards: the position of the card, the level and the text.
    titles: Vec<(usize, u8, Rich)>,
    /// Texts within the container of a card that are none of its fields, each with the position of the card.
    strays: Vec<(usize, Rich)>,
    place: Place,
}

impl CardRun {
    pub(super) fn len(&self) -> usize {
        self.cards.len()
    }

    /// A container begins or ends.
    pub(super) fn mark(&mut self, is_open: bool) {
        self.place.mark(is_open);
    }

    /// Takes a text that belongs to a card; `false` if it does not.
    pub(super) fn take(&mut self, block: &Block, text: &Rich, ahead: Ahead<'_>) -> bool {
        let is_taken = self.take_field(block, text, ahead) || self.take_stray(block, text);
        // A label belongs to the text behind it.
        if self.label.is_none() {
            self.place.text();
        }
        is_taken
    }

    /// Takes a text that is within the container of the last card, and no name of another.
    fn take_stray(&mut self, block: &Block, text: &Rich) -> bool {
        let is_heading = matches!(block, Block::Heading { .. });
        let is_stray = !is_heading && self.is_open() && self.place.is_within() && !declares(text);
        if is_stray {
            self.strays.push((self.cards.len() - 1, text.clone()));
        }
        is_stray
    }

    fn begin(&mut self, card: Vec<(Role, Rich)>) {
        self.place.begin();
        self.cards.push(card);
    }

    fn take_field(&mut self, block: &Block, text: &Rich, ahead: Ahead<'_>) -> bool {
        let is_term = matches!(block, Block::Term(_));
        if let Block::Heading { level, .. } = block {
            return self.heading(*level, text, ahead);
        }
        if let Some(role) = self.label.filter(|_| !is_term && !self.is_next_label(text, ahead.next)) {
            return self.value(role, block, text);
        }
        if matches!(block, Block::Paragraph(_) | Block::Control { .. }) && is_title_of_card(text, ahead) {
            self.label = None;
            self.titles.push((self.cards.len(), PARAGRAPH, text.clone()));
            self.begin(vec![(Role::Name, text.clone())]);
            return true;
        }
        if self.is_description(block, text) {
            self.field(Role::Purpose, text.clone());
            return true;
        }
        if self.is_lifetime(text) {
            self.field(Role::Lifetime, text.clone());
            return true;
        }
        if !is_term
            && let Some(fields) = fields(text)
            && (fields.len() > 1 || self.is_open() || begins(&fields))
        {
            for (role, value) in fields {
                if value.is_empty() { self.label = Some(role) } else { self.field(role, Rich::from(value.as_str())) }
            }
            return true;
        }
        if matches!(block, Block::Paragraph(_)) && self.is_whole_card(text) {
            return true;
        }
        match self.is_label(text, is_term) {
            Some(role) => {
                self.unanswered();
                self.labels.insert(fold(&text.line()));
                self.label = Some(role);
                self.asked = Some(text.clone()).filter(|_| role == Role::Name);
                true
            }
            None => false,
        }
    }

    /// Takes the value of a label; `false` if it is none.
    fn value(&mut self, role: Role, block: &Block, text: &Rich) -> bool {
        self.label = None;
        let is_definition = matches!(block, Block::Definition(_));
        // “Cookies used:” is the title of a list.
        if role == Role::Name && matches!(block, Block::Item(_)) {
            return false;
        }
        if role == Role::Name && (!may_name(text) || (is_plain_title(text) && !is_definition)) {
            return false;
        }
        self.asked = None;
        self.field(role, text.clone());
        true
    }

    /// Whether a text in the place of a value is the next label: nothing but a label, and one that stood alone before, or
    /// one that the card does not have yet.
    ///
    /// “Cookie” may be a kind, too: behind that label, the next text tells.
    fn is_next_label(&self, text: &Rich, next: Option<&Rich>) -> bool {
        let line = text.line();
        if self.label == Some(Role::Kind) && next.is_some_and(|next| bare_label(&next.line()).is_some()) {
            return false;
        }
        let Some(role) = self.is_label(text, false).filter(|_| bare_label(&line).is_some()) else { return false };
        let has_role = self.cards.last().is_some_and(|card| card.iter().any(|(known, _)| *known == role));
        self.labels.contains(&fold(&line)) || (!has_role && self.label != Some(role))
    }

    /// Takes a paragraph whose first line is a name, alone or with its label, and whose others describe it.
    fn is_whole_card(&mut self, text: &Rich) -> bool {
        let rows = text.rows();
        let Some((first, rest)) = rows.split_first().filter(|(_, rest)| !rest.is_empty()) else { return false };
        let labelled = fields_of_line(first).filter(|fields| begins(fields));
        // `_ga (Google)`
        let line = first.line();
        let of_provider = line.strip_suffix(')').and_then(|line| line.split_once(" ("));
        let name = of_provider.map_or(&*line, |(name, _)| name);
        let has_labels = |all: bool| {
            let mut labels = rest.iter().map(|row| fields_of_line(row).is_some());
            if all { labels.all(|is_label| is_label) } else { labels.any(|is_label| is_label) }
        };
        let is_strong = names::is_strong(name) && !is_brand(name);
        let is_name = is_name_alone(first)
            || (is_strong && has_labels(false))
            || (text.lead().is_some() && (is_strong || (is_word(name) && has_labels(true))));
        if labelled.is_none() && !is_name {
            return false;
        }
        self.label = None;
        if let Some(fields) = labelled {
            self.begin(fields.into_iter().map(|(role, value)| (role, Rich::from(value.as_str()))).collect());
        } else {
            let provider = of_provider.map(|(_, provider)| (Role::Provider, Rich::from(provider)));
            self.begin(std::iter::once((Role::Name, Rich::from(name))).chain(provider).collect());
        }
        for row in rest {
            self.line(row);
        }
        true
    }

    /// A line below a card's name: labels and values, a lifetime, or the description.
    fn line(&mut self, row: &Rich) {
        let has = |card: &[(Role, Rich)], role: Role| card.iter().any(|(known, _)| *known == role);
        let Some(card) = self.cards.last_mut() else { return };
        match fields_of_line(row) {
            Some(fields) => {
                let stated = fields.into_iter().filter(|(_, value)| !value.is_empty());
                card.extend(stated.map(|(role, value)| (role, Rich::from(value.as_str()))));
            }
            None if durations::is_duration(&row.line()) && !has(card, Role::Lifetime) => {
                card.push((Role::Lifetime, row.clone()));
            }
            None if !has(card, Role::Purpose) => card.push((Role::Purpose, row.clone())),
            None => self.strays.push((self.cards.len() - 1, row.clone())),
        }
        self.place.field();
    }

    /// Takes a table of labels and values below a title that names a cookie, if the table names none.
    pub(super) fn take_table(&mut self, table: &Table) -> bool {
        let is_titled = self.titles.last().is_some_and(|(at, ..)| *at + 1 == self.cards.len());
        let is_alone = self.cards.last().is_some_and(|card| card.len() == 1);
        let cells = || table.rows.iter().flatten().map(|cell| &cell.text);
        let names_one = |text: &Rich| declares(text) || plain_label(&text.line()) == Some(Role::Name);
        if !is_titled || !is_alone || cells().any(names_one) {
            return false;
        }
        for row in &table.rows {
            match row.as_slice() {
                [label, value] if plain_label(&label.text.line()).is_some() => {
                    let role = plain_label(&label.text.line()).unwrap_or(Role::Aside);
                    self.cards.last_mut().into_iter().for_each(|card| card.push((role, value.text.clone())));
                }
                cells => cells.iter().for_each(|cell| self.strays.push((self.cards.len() - 1, cell.text.clone()))),
            }
        }
        true
    }

    /// A heading may be the name of the cookie that the card under it describes, or a label.
    fn heading(&mut self, level: u8, text: &Rich, ahead: Ahead<'_>) -> bool {
        let names = names::read(text, false);
        let line = text.line();
        let is_word = is_word(&line) || is_service_word(&line) || is_small_card(&line, ahead);
        // `disqusauth`, beside a name that is surely one.
        let is_listed = |name: &str| names.has_strong() && is_small(name);
        let may_be = |name: &str| names::is_strong(name) || is_joined(name) || is_word || is_listed(name);
        let is_name = !names.patterns.is_empty()
            && names.unreadable.is_empty()
            && names.patterns.iter().all(|pattern| may_be(pattern.text()));
        if is_name {
            self.label = None;
            self.titles.push((self.cards.len(), level, text.clone()));
            self.begin(vec![(Role::Name, text.clone())]);
            return true;
        }
        let is_short = text.line().split_whitespace().count() <= 2;
        let role = self.is_label(text, false).filter(|_| level > 3 && is_short);
        if role.is_some() {
            self.unanswered();
            self.label = role;
        }
        role.is_some()
    }

    /// Adds a label without a value as an empty field, so that the card has more than a name.
    fn unanswered(&mut self) {
        if let Some(role) = self.label.filter(|role| *role != Role::Name && self.is_open()) {
            self.field(role, Rich::default());
        }
    }

    /// Whether a text is the description of a card: what stands directly under its name, without a label.
    fn is_description(&self, block: &Block, text: &Rich) -> bool {
        let is_alone = self.cards.last().is_some_and(|card| card.len() == 1);
        let is_titled = self.titles.last().is_some_and(|(at, ..)| *at + 1 == self.cards.len());
        is_titled
            && is_alone
            && matches!(block, Block::Paragraph(_) | Block::Item(_))
            && !declares(text)
            && fields(text).is_none()
            && bare_label(&text.line()).is_none()
            && !is_name_alone(text)
    }

    /// Whether a text behind the description of a titled card states its lifetime and nothing else.
    fn is_lifetime(&self, text: &Rich) -> bool {
        let is_titled = self.titles.last().is_some_and(|(at, ..)| *at + 1 == self.cards.len());
        let has_one = |card: &Vec<(Role, Rich)>| card.iter().any(|(role, _)| *role == Role::Lifetime);
        let line = text.line();
        is_titled
            && self.cards.last().is_some_and(|card| card.len() > 1 && !has_one(card))
            && line.split_whitespace().count() <= 4
            && durations::is_duration(&line)
            && !line.split_whitespace().any(names::is_strong)
    }

    fn is_open(&self) -> bool {
        self.cards.last().is_some_and(|card| !card.is_empty())
    }

    /// The role of a text that is a label and nothing else. The first label of a card is that of its name, unless the card
    /// is a definition list.
    fn is_label(&self, text: &Rich, is_term: bool) -> Option<Role> {
        let line = text.line();
        let line = line.trim_end_matches([':', ' ']);
        let is_plain = line.split_whitespace().count() <= MAX_LABEL_WORDS
            && !names::is_strong(line)
            && !is_joined(line)
            && !is_kind_by_life(line)
            && (standing(line) == Standing::Silent || (self.is_open() && is_function(line)));
        let (role, _) = role(line).filter(|_| is_plain)?;
        (role == Role::Name || self.is_open() || is_term).then_some(role)
    }

    fn field(&mut self, role: Role, value: Rich) {
        let has_role = |card: &Vec<(Role, Rich)>| card.iter().any(|(known, _)| *known == role);
        let has_name = |card: &Vec<(Role, Rich)>| card.iter().any(|(known, _)| *known == Role::Name);
        match self.cards.last_mut() {
            // A banner's card may have a title before the cookie's name: the name replaces it.
            Some(card) if role == Role::Name && has_name(card) && card.len() > 1 && is_title(card) => {
                card.retain(|(known, _)| *known != Role::Name);
                card.push((role, value));
            }
            Some(card) if !has_role(card) => card.push((role, value)),
            _ => self.begin(vec![(role, value)]),
        }
        self.place.field();
    }

    /// Makes rows of the cards. A card needs a name and one more field; under a heading or among other cards, a name with an
    /// underscore is enough. `next`: the paragraph behind the last card, which may be about it.
    pub(super) fn end(&mut self, next: Option<&Rich>, sections: &mut Sections, rows: &mut Vec<Row>) {
        self.unanswered();
        self.labels.clear();
        let titles = std::mem::take(&mut self.titles);
        self.label = None;
        let cards = std::mem::take(&mut self.cards);
        let strays = std::mem::take(&mut self.strays);
        let known = rows.len();
        for (at, card) in cards.iter().enumerate() {
            let title = titles.iter().find(|(of, ..)| *of == at);
            let is_vague = |name: &str| is_brand(name) || is_joined(name) || is_word(name) || is_service_word(name);
            let is_service = title.is_some_and(|(_, _, name)| is_vague(&name.line()) && !is_whole(card));
            // If at least half of several cards have more than a name, the others are surely cards, too.
            let is_among_cards =
                cards.len() > 1 && cards.iter().filter(|card| card.len() > 1).count() * 2 >= cards.len();
            let has_headings = titles.iter().any(|(_, level, _)| *level != PARAGRAPH);
            let is_alone = title.is_some_and(|(_, level, _)| *level == PARAGRAPH) && card.len() == 1;
            let row = row(card, (has_headings || is_among_cards) && !is_alone, sections).filter(|_| !is_service);
            let from = strays.partition_point(|(of, _)| *of < at);
            let own = strays.iter().skip(from).take_while(|(of, _)| *of == at);
            let beside: Vec<&Rich> = own.map(|(_, text)| text).collect();
            // A heading that names no cookie is a title like any other.
            if row.is_none()
                && let Some((_, level, text)) = title
            {
                match *level {
                    PARAGRAPH => sections.paragraph(text),
                    level => sections.heading(level, text),
                }
                card.iter()
                    .skip(1)
                    .map(|(_, text)| text)
                    .chain(beside.iter().copied())
                    .for_each(|text| sections.paragraph(text));
            }
            rows.extend(row.map(|row| with_strays(row, &beside)));
        }
        if let Some(last) = rows.get_mut(known..).and_then(|rows| rows.last_mut())
            && let Some(against) =
                next.map(Rich::line).filter(|text| may_describe(text)).and_then(|text| evidence::of_cell(&text))
        {
            last.against.get_or_insert(against);
        }
        if rows.len() > known {
            sections.rows();
        }
        // “Cookies of the chat”, above a table.
        if let Some(title) = self.asked.take() {
            sections.paragraph(&title);
        }
    }
}

/// Whether fields begin a card: one of them is the name of a cookie.
fn begins(fields: &[(Role, String)]) -> bool {
    fields.iter().any(|(role, value)| matches!(role, Role::Name) && !names::read_plain(value).patterns.is_empty())
}

/// `Function`, as Complianz labels a purpose: a title of functional cookies has other words.
fn is_function(label: &str) -> bool {
    matches!(fold(label).as_str(), "function" | "fonction" | "funktion" | "funcion" | "funzione")
}
