//! Cards of labels and values: `Cookie`, `_ga`, `Duration`, `1 year`, each in a text of its own or as `Duration: 1 year`.
//! Banners write their declarations so, and definition lists may be such cards.

use super::Row;
use super::answer::Answer;
use super::row_consent::RowConsent;
use crate::charter::NamePattern;
use crate::import::block::{Block, Rich};
use crate::import::categories::{Purpose, Standing, read as standing};
use crate::import::columns::{Role, role};
use crate::import::durations::{self, Duration};
use crate::import::evidence;
use crate::import::fold::fold;
use crate::import::names;
use crate::import::sections::Sections;

/// The longest label, in words.
const MAX_LABEL_WORDS: usize = 4;

/// The level of a card's name that stands in a paragraph of its own.
const PARAGRAPH: u8 = u8::MAX;

/// Cards that follow each other.
#[derive(Debug, Default)]
pub(super) struct CardRun {
    /// The complete cards, and the one that is being read.
    cards: Vec<Vec<(Role, Rich)>>,
    /// A label whose value has not come yet.
    label: Option<Role>,
    /// The text of that label if it is of a name: without a value it is a title.
    asked: Option<Rich>,
    /// The headings that may name cards: the position of the card, the level and the text.
    titles: Vec<(usize, u8, Rich)>,
}

impl CardRun {
    pub(super) fn len(&self) -> usize {
        self.cards.len()
    }

    /// Takes a text that belongs to a card; `false` if it does not.
    pub(super) fn take(&mut self, block: &Block, text: &Rich) -> bool {
        let is_term = matches!(block, Block::Term(_));
        if let Block::Heading { level, .. } = block {
            return self.heading(*level, text);
        }
        if let Some(role) = self.label.filter(|_| self.is_label(text, is_term).is_none()) {
            self.label = None;
            if role == Role::Name
                && (!may_name(text) || (is_plain_title(text) && !matches!(block, Block::Definition(_))))
            {
                return false;
            }
            self.asked = None;
            self.field(role, text.clone());
            return true;
        }
        if matches!(block, Block::Paragraph(_)) && is_name_alone(text) {
            self.label = None;
            self.titles.push((self.cards.len(), PARAGRAPH, text.clone()));
            self.cards.push(vec![(Role::Name, text.clone())]);
            return true;
        }
        if self.is_description(block, text) {
            self.field(Role::Purpose, text.clone());
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
        if matches!(block, Block::Paragraph(_)) && self.is_whole_card(text, &plain) {
            return true;
        }
        match self.is_label(text, is_term) {
            Some(role) => {
                self.unanswered();
                self.label = Some(role);
                self.asked = Some(text.clone()).filter(|_| role == Role::Name);
                true
            }
            None => false,
        }
    }

    /// Takes a paragraph whose first line is a name, and all others are labels with their values.
    fn is_whole_card(&mut self, text: &Rich, plain: &str) -> bool {
        let Some((name, rest)) = plain.split_once('\n') else { return false };
        let fields: Vec<Option<(Role, &str)>> = rest.lines().map(labelled).collect();
        let is_strong = names::is_strong(name) && !is_brand(name);
        let is_name = is_name_alone(&Rich::from(name)) || is_strong || (text.lead().is_some() && is_word(name));
        if !is_name || !fields.iter().all(Option::is_some) {
            return false;
        }
        let known = fields.into_iter().flatten().filter(|(_, value)| !value.is_empty());
        let card: Vec<(Role, Rich)> = std::iter::once((Role::Name, Rich::from(name)))
            .chain(known.map(|(role, value)| (role, Rich::from(value))))
            .collect();
        self.label = None;
        self.cards.push(card);
        true
    }

    /// A heading may be the name of the cookie that the card under it describes, or a label.
    fn heading(&mut self, level: u8, text: &Rich) -> bool {
        let names = names::read(text, false);
        let is_word = is_word(&text.line());
        let may_be = |name: &str| names::is_strong(name) || is_joined(name) || is_word;
        let is_name = !names.patterns.is_empty()
            && names.unreadable.is_empty()
            && names.patterns.iter().all(|pattern| may_be(pattern.text()));
        if is_name {
            self.label = None;
            self.titles.push((self.cards.len(), level, text.clone()));
            self.cards.push(vec![(Role::Name, text.clone())]);
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

    /// Whether a text is the description of a card: a sentence directly under its heading.
    fn is_description(&self, block: &Block, text: &Rich) -> bool {
        let is_alone = self.cards.last().is_some_and(|card| card.len() == 1);
        let line = text.line();
        let is_sentence = line.ends_with('.') || line.split_whitespace().count() > 6;
        self.titles.iter().any(|(_, level, _)| *level != PARAGRAPH)
            && is_alone
            && is_sentence
            && matches!(block, Block::Paragraph(_))
            && labelled(&line).is_none()
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
            _ => self.cards.push(vec![(role, value)]),
        }
    }

    /// Makes rows of the cards. A card needs a name and one more field; under a heading or among other cards, a name with an
    /// underscore is enough.
    pub(super) fn end(&mut self, sections: &mut Sections, rows: &mut Vec<Row>) {
        let titles = std::mem::take(&mut self.titles);
        self.label = None;
        let cards = std::mem::take(&mut self.cards);
        let known = rows.len();
        for (at, card) in cards.iter().enumerate() {
            let title = titles.iter().find(|(of, ..)| *of == at);
            let is_vague = |name: &str| is_brand(name) || is_joined(name) || is_word(name);
            let is_service = title.is_some_and(|(_, _, name)| is_vague(&name.line()) && !is_whole(card));
            // If at least half of several cards have more than a name, the others are surely cards, too.
            let is_among_cards =
                cards.len() > 1 && cards.iter().filter(|card| card.len() > 1).count() * 2 >= cards.len();
            let has_headings = titles.iter().any(|(_, level, _)| *level != PARAGRAPH);
            let is_alone = title.is_some_and(|(_, level, _)| *level == PARAGRAPH) && card.len() == 1;
            let row = row(card, (has_headings || is_among_cards) && !is_alone, sections).filter(|_| !is_service);
            // A heading that names no cookie is a title like any other.
            if row.is_none()
                && let Some((_, level, text)) = title
            {
                match *level {
                    PARAGRAPH => sections.paragraph(text),
                    level => sections.heading(level, text),
                }
            }
            rows.extend(row);
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

/// `Function`, as Complianz labels a purpose: a title of functional cookies has other words.
fn is_function(label: &str) -> bool {
    matches!(fold(label).as_str(), "function" | "fonction" | "funktion" | "funcion" | "funzione")
}

/// Whether fields begin a card: one of them is the name of a cookie.
fn begins(fields: &[Option<(Role, &str)>]) -> bool {
    fields
        .iter()
        .flatten()
        .any(|(role, value)| matches!(role, Role::Name) && !names::read_plain(value).patterns.is_empty())
}

/// Whether the name of a card is a title: `Google Analytics`, `Borlabs Cookie`.
fn is_title(card: &[(Role, Rich)]) -> bool {
    card.iter().filter(|(role, _)| *role == Role::Name).any(|(_, value)| {
        let names = names::read(value, false);
        let is_plain = |pattern: &NamePattern| {
            !names::is_strong(pattern.text()) && pattern.text().starts_with(|c: char| c.is_ascii_uppercase())
        };
        names.patterns.iter().all(is_plain)
    })
}

/// `WordPress`, `YouTube`, `TYPO3`: a heading in mixed case, or of a few capitals, is a service's rather than a cookie's.
fn is_brand(name: &str) -> bool {
    let is_mixed = name.bytes().any(|byte| byte.is_ascii_lowercase());
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (is_mixed || name.len() < 8)
}

/// `eu-consent`, `cookie.lang`: a word in small letters with a hyphen or a dot, which is no title.
fn is_joined(name: &str) -> bool {
    let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'_');
    name.contains(['-', '.'])
        && name.bytes().all(is_small)
        && matches!(standing(name), Standing::Silent | Standing::Gated(Purpose::Other))
        && evidence::of_provider(name).is_none_or(|_| name.ends_with("consent"))
}

/// `cookiekeuze`: a word in small letters that says nothing of a purpose. A title begins with a capital.
fn is_word(name: &str) -> bool {
    name.len() > 1
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && !matches!(name, "cookie" | "cookies")
        && standing(name) == Standing::Silent
        && evidence::of_provider(name).is_none()
        && role(name).is_none()
}

/// Whether a card states a lifetime, and a purpose or a provider.
fn is_whole(card: &[(Role, Rich)]) -> bool {
    let has = |role: Role| card.iter().any(|(known, _)| *known == role);
    has(Role::Lifetime) && (has(Role::Purpose) || has(Role::Provider))
}

/// Whether a text is a single name and nothing else.
fn is_name_alone(text: &Rich) -> bool {
    let names = names::read(text, false);
    let is_one = names.patterns.len() == 1 && names.unreadable.is_empty();
    is_one && !text.line().contains(' ') && names.patterns.iter().all(|name| names::is_sure(name.text()))
}

/// Whether a text can be the name of a cookie rather than the next title.
fn may_name(text: &Rich) -> bool {
    let line = text.line();
    let names = names::read(text, false);
    let is_title = standing(&line) != Standing::Silent && !line.contains(['_', '-', '.']);
    (!names.patterns.is_empty() && names.unreadable.is_empty() && !is_title) || !names.stored.is_empty()
}

/// A word with a capital, like `Videos`: below the label `Cookies` it is a title rather than a name.
fn is_plain_title(text: &Rich) -> bool {
    let line = text.line();
    line.starts_with(char::is_uppercase) && !names::is_strong(&line)
}

/// `Duration: 1 year`
fn labelled(line: &str) -> Option<(Role, &str)> {
    let (label, value) = line.split_once(':')?;
    // “Maximum age of cookie storage: 1 year”: with a colon behind it, a label may be longer.
    let is_plain = label.split_whitespace().count() <= MAX_LABEL_WORDS + 2
        && !names::is_strong(label.trim())
        && (standing(label) == Standing::Silent || !fold(label).contains("cookie"));
    let (role, _) = role(label).filter(|_| is_plain)?;
    Some((role, value.trim()))
}

fn row(card: &[(Role, Rich)], titled: bool, sections: &Sections) -> Option<Row> {
    let value = |role: Role| card.iter().find(|(known, _)| *known == role).map(|(_, value)| value);
    let text = |role: Role| value(role).map(Rich::line).filter(|text| !fold(text).is_empty());
    let name = value(Role::Name)?;
    let names = names::read(name, false);
    let is_told = card.len() > 1 || (titled && name.line().contains('_'));
    if !is_told || (names.patterns.is_empty() && names.stored.is_empty()) {
        return None;
    }
    let kind = text(Role::Kind);
    let is_stored = kind.iter().any(|kind| super::table::is_storage(kind));
    let lifetime = text(Role::Lifetime).unwrap_or_default();
    let durations = durations::each(&lifetime, names.patterns.len())
        .unwrap_or_else(|| vec![if lifetime.is_empty() { Duration::Silent } else { durations::read(&lifetime) }]);
    let mut consent =
        RowConsent { titles: kind.into_iter().collect(), purpose: text(Role::Purpose), ..RowConsent::default() };
    for (role, value) in card {
        object(&mut consent, *role, value);
        if let Some(against) = sections.footnotes.against(value) {
            consent.object(against);
        }
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
fn object(consent: &mut RowConsent, role: Role, value: &Rich) {
    let line = value.line();
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
