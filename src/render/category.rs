//! What a page says of a category: its cookies, those that stand on the same footing together, and what holds for them.

use super::cookie_row::{self, Row};
use super::page::Writer;
use super::phrase::{Localized, Phrase, Piece};
use crate::charter::{Category, CategoryIndex, DeclaredCookie, Enforcement, Need};

/// A category and its cookies, those of the same footing together.
#[derive(Debug)]
pub(super) struct CategorySection {
    /// From the charter: the anchor of the section is `category-` with it.
    pub(super) id: String,
    /// The id, if the charter has no title in any language.
    pub(super) title: Localized,
    /// The charter's text, paragraph by paragraph.
    pub(super) description: Vec<Localized>,
    /// At least one; several if only a part of the cookies is exempt.
    pub(super) parts: Vec<Part>,
}

/// On what footing a visitor's choice finds a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Footing {
    /// It passes whatever the choice.
    Exempt,
    /// It passes unless the choice refuses it.
    Refusable,
    /// It passes only if the choice grants it.
    Asked,
    /// It never passes, because no choice can grant it.
    Never,
}

impl Footing {
    /// In the order of the page: first what comes unasked.
    const ALL: [Self; 4] = [Self::Exempt, Self::Refusable, Self::Asked, Self::Never];
}

/// Cookies of a category that have the same footing.
#[derive(Debug)]
pub(super) struct Part {
    /// Which badge it gets.
    pub(super) footing: Footing,
    /// The footing in a few words.
    pub(super) badge: &'static str,
    /// What is enforced, a sentence each: consent, whether it is only counted, the longest lifetime, since when consent
    /// is asked for again.
    pub(super) rules: Vec<Phrase>,
    /// One for each declared cookie, in the order of the charter.
    pub(super) rows: Vec<Row>,
}

impl Writer<'_> {
    pub(super) fn category(&self, (index, category): (CategoryIndex, &Category)) -> CategorySection {
        let description = self.preference.text(&category.description);
        let cookies = self.charter.cookies.iter().filter(|cookie| cookie.category == index);
        let placed: Vec<_> = cookies.map(|cookie| (self.footing(cookie, category), cookie)).collect();
        let of = |footing: Footing| {
            let rows = placed.iter().filter(|(of, _)| *of == footing);
            let rows: Vec<_> = rows.map(|(_, cookie)| cookie_row::row(self, cookie, category)).collect();
            let (badge, rules) = self.rules(footing, category);
            Part { footing, badge, rules, rows }
        };
        let mut parts: Vec<_> = Footing::ALL.into_iter().map(of).filter(|part| !part.rows.is_empty()).collect();
        if parts.is_empty() {
            parts.push(of(self.footing_of(index, category)));
        }
        CategorySection {
            id: category.id.clone(),
            title: self.category_title(category),
            description: description.map_or_else(Vec::new, paragraphs),
            parts,
        }
    }

    /// That of the category, but for exempt measurement.
    fn footing(&self, cookie: &DeclaredCookie, category: &Category) -> Footing {
        let is_measurement =
            category.consent == Need::Required && self.charter.is_audience(cookie) && !self.holds_choice(cookie);
        match is_measurement {
            true if self.charter.can_be_refused(cookie) => Footing::Refusable,
            true => Footing::Exempt,
            false => self.footing_of(cookie.category, category),
        }
    }

    /// That of a category's cookies: a key that grants one of them alone is a way to grant, too.
    fn footing_of(&self, index: CategoryIndex, category: &Category) -> Footing {
        let has_own_key = |cookie: &DeclaredCookie| cookie.category == index && self.charter.has_own_key(cookie);
        match category.consent {
            Need::Exempt => Footing::Exempt,
            Need::Required if self.charter.is_asked(index) || self.charter.cookies.iter().any(has_own_key) => {
                Footing::Asked
            }
            Need::Required => Footing::Never,
        }
    }

    /// The badge, and the sentences.
    fn rules(&self, footing: Footing, category: &Category) -> (&'static str, Vec<Phrase>) {
        let words = &self.words.categories;
        let (badge, rule) = match footing {
            Footing::Exempt => (words.exempt, words.exempt_rule),
            Footing::Refusable => (words.refusable, words.refusable_rule),
            Footing::Asked => (words.required, words.required_rule),
            Footing::Never => (words.never, words.unreachable_rule),
        };
        let mut rules = vec![Phrase::words(rule)];
        match (self.enforcement, category.enforcement.unwrap_or(self.enforcement)) {
            (Enforcement::Enforce, Enforcement::ReportOnly) => rules.push(Phrase::words(words.report_only_rule)),
            (Enforcement::ReportOnly, Enforcement::Enforce) => rules.push(Phrase::words(words.enforced_rule)),
            _ => {}
        }
        if let Some(longest) = category.max_lifetime {
            rules.push(Phrase::filled(words.at_most, [Piece::Words(self.lifetime(longest))]));
        }
        let day = category.asked_since.filter(|_| footing == Footing::Asked);
        let day = day.and_then(|midnight| jiff::Timestamp::from_second(midnight.0).ok());
        rules.extend(day.map(|day| {
            let date = self.words.time.date(jiff::tz::Offset::UTC.to_datetime(day).date());
            Phrase::filled(words.asked_since, [Piece::Words(date)])
        }));
        (badge, rules)
    }
}

/// A text, cut at its empty lines.
fn paragraphs(text: Localized) -> Vec<Localized> {
    let Localized { text, language } = text;
    let mut paragraphs: Vec<Localized> = Vec::new();
    let mut is_open = false;
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut().filter(|_| is_open && !line.is_empty()) {
            Some(paragraph) => {
                paragraph.text.push(' ');
                paragraph.text.push_str(line);
            }
            None if !line.is_empty() => {
                paragraphs.push(Localized { text: line.to_owned(), language: language.clone() });
            }
            None => {}
        }
        is_open = !line.is_empty();
    }
    paragraphs
}
