//! The content of a page in one language, which `html` and `markdown` write.
//!
//! It promises only what is enforced: it says if a rule is only observed, if a cookie can never pass, and if octroi shortens
//! a declared lifetime.

use super::PageOptions;
use super::cookie_row::{self, Row};
use super::phrase::{Localized, Phrase, Piece, Preference};
use super::words::{ENGLISH, Words, find};
use crate::charter::{
    Category, CategoryIndex, Charter, DeclaredCookie, Enforcement, Gpc, Lifetime, Need, ThirdParties, ThirdParty,
    Undeclared,
};

/// A page, ready to be written.
#[derive(Debug)]
pub(super) struct Page {
    /// The sentences of `language`.
    pub(super) words: &'static Words,
    /// The language of the page (BCP 47): the wanted one, or English if octroi has no sentences in it.
    pub(super) language: String,
    /// With the site's name, if the charter has one.
    pub(super) title: Phrase,
    /// At the top of the page: that the site only reports.
    pub(super) notice: Option<&'static str>,
    /// In the order of the charter, with those without cookies.
    pub(super) categories: Vec<CategorySection>,
    /// Explains wildcards, if a name has any.
    pub(super) wildcards: Option<&'static str>,
    /// The sections after the categories: undeclared cookies, third parties, infrastructure, how to choose.
    pub(super) sections: Vec<Section>,
    /// The same page in other languages.
    pub(super) links: Vec<Link>,
}

/// A category and its cookies.
#[derive(Debug)]
pub(super) struct CategorySection {
    /// The category's id; the anchor of the section is `category-ID`.
    pub(super) id: String,
    /// The charter's title, or the id if there is none in any language.
    pub(super) title: Localized,
    /// Decides the style of the badge.
    pub(super) need: Need,
    /// Whether consent is needed, or cannot be given, in a few words.
    pub(super) badge: &'static str,
    /// The paragraphs of the charter's description.
    pub(super) description: Vec<Localized>,
    /// What is enforced, a sentence each: consent, the category's own enforcement, the longest lifetime, since when consent is
    /// asked for again.
    pub(super) rules: Vec<Phrase>,
    /// One for each declared cookie, in the order of the charter.
    pub(super) rows: Vec<Row>,
}

/// A heading with sentences under it, and names.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) title: &'static str,
    /// At least one.
    pub(super) paragraphs: Vec<Phrase>,
    /// A list under the paragraphs; usually empty.
    pub(super) names: Vec<String>,
}

/// The same page in another language.
#[derive(Debug)]
pub(super) struct Link {
    /// BCP 47, as the charter writes it.
    pub(super) language: String,
    /// The language's own name, or its tag if octroi does not know the name.
    pub(super) name: String,
}

impl Page {
    /// The page of a charter. If octroi has no sentences in the language, they are English, with the charter's texts in that
    /// language.
    pub(super) fn new(charter: &Charter, options: &PageOptions<'_>) -> Self {
        let writer = Writer::new(charter, options.language, options.enforcement);
        let (words, language) = (writer.words, writer.preference.page);
        let categories: Vec<_> =
            (0..).map(CategoryIndex).zip(&charter.categories).map(|of| writer.category(of)).collect();
        let is_pattern = |row: &Row| row.has_wildcards;
        let has_patterns = categories.iter().any(|category| category.rows.iter().any(is_pattern))
            || charter.infrastructure.iter().any(|glob| glob.contains(['*', '?']));
        Self {
            words,
            language: language.to_owned(),
            title: writer.title(),
            notice: (options.enforcement == Enforcement::ReportOnly).then_some(words.report_only),
            categories,
            wildcards: has_patterns.then_some(words.table.wildcards),
            sections: writer.sections(),
            links: if options.links { links(charter, options.language) } else { Vec::new() },
        }
    }
}

fn links(charter: &Charter, current: &str) -> Vec<Link> {
    let others = charter.languages.iter().filter(|language| *language != current);
    let name = |language: &String| find(language).map_or_else(|| language.clone(), |words| words.language.to_owned());
    others.map(|language| Link { language: language.clone(), name: name(language) }).collect()
}

/// Writes a charter's rules in one language.
pub(super) struct Writer<'a> {
    pub(super) charter: &'a Charter,
    pub(super) words: &'static Words,
    /// Chooses the language of the charter's texts.
    pub(super) preference: Preference<'a>,
    /// The site's enforcement; a category may have its own.
    enforcement: Enforcement,
}

impl<'a> Writer<'a> {
    /// A writer for this language (BCP 47), or for English if octroi has no sentences in it.
    pub(super) fn new(charter: &'a Charter, wanted: &'a str, enforcement: Enforcement) -> Self {
        let (words, page) = find(wanted).map_or((ENGLISH, ENGLISH.tag), |words| (words, wanted));
        let preference = Preference { page, wanted, languages: &charter.languages };
        Self { charter, words, preference, enforcement }
    }
}

impl Writer<'_> {
    fn title(&self) -> Phrase {
        if self.charter.site.trim().is_empty() {
            return Phrase::words(self.words.title_without_site);
        }
        Phrase::filled(self.words.title, [Piece::Words(self.charter.site.clone())])
    }

    fn category(&self, (index, category): (CategoryIndex, &Category)) -> CategorySection {
        let description = self.preference.text(&category.description);
        let cookies = self.charter.cookies.iter().filter(|cookie| cookie.category == index);
        let words = &self.words.categories;
        CategorySection {
            id: category.id.clone(),
            title: self.category_title(category),
            need: category.consent,
            badge: match category.consent {
                Need::Exempt => words.exempt,
                Need::Required if self.can_be_granted(index) => words.required,
                Need::Required => words.never,
            },
            description: description.map_or_else(Vec::new, paragraphs),
            rules: self.rules(index, category),
            rows: cookies.map(|cookie| cookie_row::row(self, cookie, category)).collect(),
        }
    }

    pub(super) fn category_title(&self, category: &Category) -> Localized {
        let id = || Localized { text: category.id.clone(), language: None };
        self.preference.text(&category.title).unwrap_or_else(id)
    }

    fn rules(&self, index: CategoryIndex, category: &Category) -> Vec<Phrase> {
        let words = &self.words.categories;
        let mut rules = vec![Phrase::words(match category.consent {
            Need::Exempt => words.exempt_rule,
            Need::Required if self.can_be_granted(index) => words.required_rule,
            Need::Required => words.unreachable_rule,
        })];
        match (self.enforcement, category.enforcement.unwrap_or(self.enforcement)) {
            (Enforcement::Enforce, Enforcement::ReportOnly) => rules.push(Phrase::words(words.report_only_rule)),
            (Enforcement::ReportOnly, Enforcement::Enforce) => rules.push(Phrase::words(words.enforced_rule)),
            _ => {}
        }
        if let Some(longest) = category.max_lifetime {
            rules.push(Phrase::filled(words.at_most, [Piece::Words(self.lifetime(longest))]));
        }
        let day = category.asked_since.filter(|_| category.consent == Need::Required);
        let day = day.and_then(|midnight| jiff::Timestamp::from_second(midnight.0).ok());
        rules.extend(day.map(|day| {
            let date = self.words.time.date(jiff::tz::Offset::UTC.to_datetime(day).date());
            Phrase::filled(words.asked_since, [Piece::Words(date)])
        }));
        rules
    }

    /// Whether some choice lets a cookie of the category pass: a key grants the category or the cookie, or the cookie falls
    /// under the audience exemption.
    fn can_be_granted(&self, index: CategoryIndex) -> bool {
        let own = |cookie: &DeclaredCookie| {
            cookie.category == index && (self.has_own_key(cookie) || self.is_audience(cookie))
        };
        self.is_asked(index) || self.charter.cookies.iter().any(own)
    }

    /// Whether a key of the choice grants the category.
    pub(super) fn is_asked(&self, index: CategoryIndex) -> bool {
        self.charter.banners.iter().any(|rules| rules.keys.values().flatten().any(|granted| *granted == index))
    }

    /// A lifetime in words.
    pub(super) fn lifetime(&self, lifetime: Lifetime) -> String {
        self.words.time.length(lifetime)
    }

    /// The sections after the categories.
    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![self.undeclared()];
        sections.extend(self.charter.third_parties.as_ref().map(|third| self.third_parties(third)));
        if !self.charter.infrastructure.is_empty() {
            sections.push(Section {
                title: self.words.infrastructure.title,
                paragraphs: vec![Phrase::words(self.words.infrastructure.rule)],
                names: self.charter.infrastructure.clone(),
            });
        }
        sections.push(self.choice());
        sections
    }

    fn third_parties(&self, third: &ThirdParties) -> Section {
        let words = &self.words.third_parties;
        let party = |party: &ThirdParty| {
            let service = Piece::Text(self.service(party));
            let hosts = party.hosts.iter().map(ToString::to_string);
            let hosts = hosts.chain(party.paths.iter().map(ToString::to_string)).collect::<Vec<_>>().join(", ");
            match self.charter.categories.get(usize::from(party.category.0)) {
                Some(category) if category.consent == Need::Required => {
                    let title = Piece::Text(self.category_title(category));
                    Phrase::filled(words.required, [service, Piece::Code(hosts), title])
                }
                _ => Phrase::filled(words.exempt, [service, Piece::Code(hosts)]),
            }
        };
        let rule = std::iter::once(Phrase::words(words.rule));
        let paragraphs = rule.chain(third.parties.iter().map(party)).collect();
        Section { title: words.title, paragraphs, names: Vec::new() }
    }

    /// The name of a third party for visitors: its service, or its id.
    pub(super) fn service(&self, party: &ThirdParty) -> Localized {
        let id = || Localized { text: party.id.clone(), language: None };
        self.preference.text(&party.service).unwrap_or_else(id)
    }

    /// The section about undeclared cookies. With `full-consent`, if no category can be granted, it says that they never pass.
    fn undeclared(&self) -> Section {
        let words = &self.words.undeclared;
        let named = |index: CategoryIndex| self.charter.categories.get(usize::from(index.0));
        let rule = match self.charter.undeclared {
            Undeclared::FullConsent if self.can_agree_to_all() => Phrase::words(words.full_consent),
            Undeclared::FullConsent | Undeclared::Deny => Phrase::words(words.deny),
            Undeclared::As(index) => match named(index) {
                Some(category) => Phrase::filled(words.category, [Piece::Text(self.category_title(category))]),
                None => Phrase::words(words.deny),
            },
        };
        Section { title: words.title, paragraphs: vec![rule], names: Vec::new() }
    }

    /// Whether there is a category that a choice can grant.
    pub(super) fn can_agree_to_all(&self) -> bool {
        let mut categories = (0..).map(CategoryIndex).zip(&self.charter.categories);
        categories.any(|(index, category)| category.consent == Need::Required && self.is_asked(index))
    }

    fn choice(&self) -> Section {
        let words = &self.words.choice;
        let is_required = |category: &Category| category.consent == Need::Required;
        let mut paragraphs = Vec::new();
        if self.charter.banners.is_empty() {
            let needs_consent = self.charter.categories.iter().any(is_required);
            paragraphs.push(Phrase::words(if needs_consent { words.nobody_asks } else { words.nothing_to_choose }));
        } else {
            paragraphs.push(Phrase::words(words.banner));
            paragraphs.extend(self.kept_choices());
            paragraphs.push(Phrase::words(words.withdraw));
            if self.charter.gpc == Gpc::Refuse {
                paragraphs.push(Phrase::words(words.gpc));
            }
        }
        paragraphs.push(Phrase::words(words.browser));
        Section { title: words.title, paragraphs, names: Vec::new() }
    }

    /// For each banner, the cookie that keeps the choice, and how long the choice is valid.
    fn kept_choices(&self) -> impl Iterator<Item = Phrase> {
        self.charter.banners.iter().filter_map(|rules| {
            let (name, _) = rules.format.names(rules.cookie.as_deref()).into_iter().next()?;
            let valid_for = Piece::Words(self.lifetime(rules.valid_for));
            Some(Phrase::filled(self.words.choice.kept, [Piece::Code(name), valid_for]))
        })
    }
}

/// Splits a text into paragraphs, at its empty lines.
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
