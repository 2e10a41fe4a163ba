//! The elements of a page that would ask a third party, and how they are kept from it.
//!
//! An element stays where it is, and so do its attributes: those that name an address get another name, and before them
//! stands what the element is to be. Nothing is taken out, because what follows an element may be read in another way without
//! it: the text of a script as markup, or the whole page as the content of a frame that is never closed.

use std::sync::Arc;

use lol_html::html_content::{Attribute, Element};
use url::Url;

use super::attribute;
use super::placeholders::Placeholders;
use super::splice::Inserted;
use crate::party::{BaseUrls, names_only_a_page, refresh_url};

/// The elements that are looked at.
pub(super) const SELECTOR: &str = "script, iframe, link, meta, base, html";

/// Stands before the name of an attribute that browsers shall not know.
const UNKNOWN: Inserted = Inserted::Fixed("data-octroi-");
/// What browsers neither run nor fetch.
const INERT: Inserted = Inserted::Fixed(" type=\"text/plain\"");

/// So many frames of a page show a placeholder; further ones are empty. Each is a hundred times as long as the shortest frame,
/// and what leaves for one read of a page is kept in memory.
pub(super) const MOST_PLACEHOLDERS: usize = 100;

/// Whom a page may not ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The place of the third party in the charter; `None` if it is not declared.
    pub party: Option<usize>,
}

/// Finds who answers to a URL, if the page may not ask for it.
pub type Judge = dyn Fn(&Url) -> Option<Held>;

/// Whom a page may ask, and what it shows in the place of whom it may not.
pub struct Rules {
    /// Who answers to a URL, if the page may not ask for it. The site itself has the host [`crate::party::PAGE_HOST`] if a URL
    /// does not name it.
    pub held: Box<Judge>,
    /// What stands in the place of held frames.
    pub placeholders: Arc<Placeholders>,
}

/// What is known of a page so far.
pub(super) struct Page {
    rules: Rules,
    bases: BaseUrls,
    has_base: bool,
    language: Option<String>,
    placeholders: usize,
}

/// Where texts are inserted, in bytes from the beginning of the page.
type Insertions = Vec<(usize, Inserted)>;

impl Page {
    pub(super) fn new(rules: Rules) -> Self {
        Self { rules, bases: BaseUrls::default(), has_base: false, language: None, placeholders: 0 }
    }

    /// What is inserted in the start tag of an element.
    pub(super) fn element(&mut self, element: &Element<'_, '_>) -> Insertions {
        let attributes = NamedAttributes::of(element);
        match element.tag_name().as_str() {
            "script" => self.script(element, &attributes),
            "iframe" => self.frame(element, &attributes),
            "link" => self.link(&attributes),
            "meta" => self.meta(&attributes),
            "base" => self.base(&attributes),
            "html" => self.html(&attributes),
            _ => Insertions::new(),
        }
    }

    fn script(&self, element: &Element<'_, '_>, attributes: &NamedAttributes<'_>) -> Insertions {
        let kind = attributes.value("type");
        let is_speculation = kind.is_some_and(|kind| kind.trim_ascii().eq_ignore_ascii_case("speculationrules"));
        // Those of SVG have a `href`.
        let is_held = || ["src", "href", "xlink:href"].iter().any(|name| self.held(attributes, name).is_some());
        if !is_speculation && !is_held() {
            return Insertions::new();
        }
        let mut insertions = attributes.renamed(&["src", "href", "xlink:href", "type"]);
        insertions.push((behind_name(element), INERT));
        insertions
    }

    fn frame(&mut self, element: &Element<'_, '_>, attributes: &NamedAttributes<'_>) -> Insertions {
        // `srcdoc` goes before `src` (HTML, "process the iframe attributes").
        if attributes.first("srcdoc").is_some() {
            return Insertions::new();
        }
        let Some(held) = self.held(attributes, "src") else { return Insertions::new() };
        let placeholder = self.rules.placeholders.attributes(self.language.as_deref(), held.party);
        let Some(placeholder) = placeholder.filter(|_| self.placeholders < MOST_PLACEHOLDERS) else {
            return attributes.renamed(&["src"]);
        };
        self.placeholders += 1;
        let mut insertions = attributes.renamed(&["src", "sandbox"]);
        insertions.push((behind_name(element), Inserted::Shared(placeholder)));
        insertions
    }

    fn link(&self, attributes: &NamedAttributes<'_>) -> Insertions {
        let relations = attributes.value("rel").unwrap_or_default();
        if relations.split_ascii_whitespace().all(|relation| names_only_a_page(relation.as_bytes())) {
            return Insertions::new();
        }
        let is_held = self.held(attributes, "href").is_some() || self.has_held_candidate(attributes);
        if is_held { attributes.renamed(&["href", "imagesrcset"]) } else { Insertions::new() }
    }

    /// A URL of `imagesrcset`, and what follows it, which no host answers to.
    fn has_held_candidate(&self, attributes: &NamedAttributes<'_>) -> bool {
        let candidates = attributes.value("imagesrcset").unwrap_or_default();
        let mut urls = candidates.split(|char: char| char == ',' || char.is_ascii_whitespace());
        urls.any(|url| self.url(url).is_some())
    }

    fn meta(&self, attributes: &NamedAttributes<'_>) -> Insertions {
        let is_refresh = attributes.value("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
        let content = is_refresh.then(|| attributes.value("content")).flatten();
        let target = content.as_deref().and_then(|content| content.get(refresh_url(content.as_bytes())));
        if target.is_some_and(|url| self.url(url).is_some()) {
            attributes.renamed(&["content"])
        } else {
            Insertions::new()
        }
    }

    /// The first one with a `href` counts (HTML, "document base URL").
    fn base(&mut self, attributes: &NamedAttributes<'_>) -> Insertions {
        if let Some(href) = attributes.value("href").filter(|_| !self.has_base) {
            self.has_base = true;
            self.bases.set(href.as_bytes());
        }
        Insertions::new()
    }

    fn html(&mut self, attributes: &NamedAttributes<'_>) -> Insertions {
        if self.language.is_none() {
            self.language = attributes.value("lang");
        }
        Insertions::new()
    }

    /// Who would be asked for what an attribute names, and is held.
    fn held(&self, attributes: &NamedAttributes<'_>, name: &str) -> Option<Held> {
        self.url(&attributes.value(name)?)
    }

    /// A URL is held if it is in any way in which browsers may read it. They read some hosts that octroi cannot.
    fn url(&self, url: &str) -> Option<Held> {
        let readings = self.bases.readings(url.as_bytes());
        if readings.is_empty() {
            return Some(Held { party: None });
        }
        readings.iter().find_map(|url| (self.rules.held)(url))
    }
}

/// The attributes of an element, each with its name in lower case: read once, for several are looked for.
struct NamedAttributes<'e>(Vec<(String, &'e Attribute<'e>)>);

impl<'e> NamedAttributes<'e> {
    fn of(element: &'e Element<'_, '_>) -> Self {
        Self(element.attributes().iter().map(|attribute| (attribute.name(), attribute)).collect())
    }

    /// The first of this name, which is the one that counts.
    fn first(&self, name: &str) -> Option<&'e Attribute<'e>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, attribute)| *attribute)
    }

    /// Its value.
    fn value(&self, name: &str) -> Option<String> {
        self.first(name).map(|attribute| attribute::read(attribute.value()))
    }

    /// Makes attributes of these names unknown: all of them, for browsers take the first that is left.
    fn renamed(&self, names: &[&str]) -> Insertions {
        let attributes = self.0.iter().filter(|(name, _)| names.contains(&name.as_str()));
        attributes
            .filter_map(|(_, attribute)| Some((attribute.name_source_location()?.bytes().start, UNKNOWN)))
            .collect()
    }
}

/// Where attributes are the first ones.
fn behind_name(element: &Element<'_, '_>) -> usize {
    element.source_location().bytes().start + "<".len() + element.tag_name().len()
}
