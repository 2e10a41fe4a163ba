//! The content of a page in one language, which `html` and `markdown` write.
//!
//! It promises only what is enforced: it says if a rule is only observed, if a cookie can never pass, and if octroi shortens
//! a declared lifetime.

use super::PageOptions;
use super::category::CategorySection;
use super::cookie_row::Row;
use super::phrase::{Localized, Phrase, Piece, Preference};
use super::words::{ENGLISH, Words, find};
use crate::charter::{
    BannerRules, Category, CategoryIndex, Charter, Enforcement, Gpc, Lifetime, Need, ThirdParties, ThirdParty,
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
        let mut rows = categories.iter().flat_map(|category| &category.parts).flat_map(|part| &part.rows);
        let has_patterns = rows.any(|row: &Row| row.has_wildcards)
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
    /// The site's mode: a category may have another one.
    pub(super) enforcement: Enforcement,
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

    pub(super) fn category_title(&self, category: &Category) -> Localized {
        let id = || Localized { text: category.id.clone(), language: None };
        self.preference.text(&category.title).unwrap_or_else(id)
    }

    /// A length of time in words.
    pub(super) fn lifetime(&self, lifetime: Lifetime) -> String {
        self.words.time.length(lifetime)
    }

    /// The sections after the categories.
    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![self.undeclared()];
        sections.extend(self.charter.third_parties.as_ref().map(|third| self.third_party_section(third)));
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

    fn third_party_section(&self, third: &ThirdParties) -> Section {
        let words = &self.words.third_parties;
        let lines = |places: fn(&ThirdParty) -> Vec<String>| {
            let listed = third.parties.iter().map(move |party| (party, places(party)));
            listed.filter(|(_, places)| !places.is_empty()).map(|(party, places)| self.third_party(party, &places))
        };
        let mut paragraphs = vec![Phrase::words(words.rule), self.other_hosts()];
        paragraphs.extend(lines(|party| party.hosts.iter().map(ToString::to_string).collect()));
        let mut own = lines(|party| party.paths.iter().map(ToString::to_string).collect()).peekable();
        paragraphs.extend(own.peek().map(|_| Phrase::words(words.own)));
        paragraphs.extend(own);
        Section { title: words.title, paragraphs, names: Vec::new() }
    }

    /// `places`: its hosts, or its paths on the site itself.
    fn third_party(&self, party: &ThirdParty, places: &[String]) -> Phrase {
        let words = &self.words.third_parties;
        let (service, places) = (Piece::Text(self.service(party)), Piece::Code(places.join(", ")));
        match self.charter.categories.get(usize::from(party.category.0)) {
            Some(category) if category.consent == Need::Required => {
                Phrase::filled(words.required, [service, places, Piece::Text(self.category_title(category))])
            }
            _ => Phrase::filled(words.exempt, [service, places]),
        }
    }

    /// Which hosts pages may ask that no party declares: never more than is enforced.
    fn other_hosts(&self) -> Phrase {
        let words = &self.words.third_parties;
        match self.undeclared_waits_for() {
            Awaited::All => Phrase::words(words.full_consent),
            Awaited::Category(category) => Phrase::filled(words.category, [Piece::Text(self.category_title(category))]),
            Awaited::Nothing(_) => Phrase::words(words.others),
            Awaited::Never => Phrase::words(words.only_listed),
        }
    }

    /// What visitors know a third party as.
    pub(super) fn service(&self, party: &ThirdParty) -> Localized {
        let id = || Localized { text: party.id.clone(), language: None };
        self.preference.text(&party.service).unwrap_or_else(id)
    }

    fn undeclared(&self) -> Section {
        let words = &self.words.undeclared;
        let title = |category| [Piece::Text(self.category_title(category))];
        let rule = match self.undeclared_waits_for() {
            Awaited::All => Phrase::words(words.full_consent),
            Awaited::Category(category) => Phrase::filled(words.required, title(category)),
            Awaited::Nothing(category) => Phrase::filled(words.category, title(category)),
            Awaited::Never => Phrase::words(words.deny),
        };
        Section { title: words.title, paragraphs: vec![rule], names: Vec::new() }
    }

    /// An agreement is promised to suffice only if a choice can express it.
    pub(super) fn undeclared_waits_for(&self) -> Awaited<'_> {
        match self.charter.undeclared {
            Undeclared::FullConsent if self.can_agree_to_all() => Awaited::All,
            Undeclared::FullConsent | Undeclared::Deny => Awaited::Never,
            Undeclared::As(index) => match self.charter.categories.get(usize::from(index.0)) {
                Some(category) if category.consent == Need::Exempt => Awaited::Nothing(category),
                Some(category) if self.charter.is_asked(index) => Awaited::Category(category),
                _ => Awaited::Never,
            },
        }
    }

    /// Whether there is any category that a choice can grant.
    fn can_agree_to_all(&self) -> bool {
        let mut categories = (0..).map(CategoryIndex).zip(&self.charter.categories);
        categories.any(|(index, category)| category.consent == Need::Required && self.charter.is_asked(index))
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
        self.charter.banners.iter().filter_map(|rules| self.kept_choice(rules))
    }

    /// `valid_for` is only said of choices that have the date from which it runs.
    fn kept_choice(&self, rules: &BannerRules) -> Option<Phrase> {
        let words = &self.words.choice;
        let (name, _) = rules.format.names(rules.cookie.as_deref()).into_iter().next()?;
        let name = Piece::Code(name);
        if !rules.can_count() {
            return Some(Phrase::filled(words.not_counted, [name]));
        }
        let length = |lifetime| Piece::Words(self.lifetime(lifetime));
        if rules.counts_while_kept() {
            let mut declared = self.charter.cookies.iter().filter(|cookie| rules.is_kept_in(cookie));
            let lifetime = declared.find_map(|cookie| cookie.lifetime).map(length);
            let lifetime = lifetime.unwrap_or_else(|| Piece::Words(self.words.table.not_stated.to_owned()));
            return Some(Phrase::filled(words.kept_undated, [name, lifetime]));
        }
        Some(Phrase::filled(words.kept, [name, length(rules.valid_for)]))
    }
}

/// What visitors must agree to before a cookie passes, or another site is asked.
pub(super) enum Awaited<'a> {
    /// To nothing, as in this category.
    Nothing(&'a Category),
    Category(&'a Category),
    /// To everything that they are asked about.
    All,
    /// No choice lets it through.
    Never,
}
