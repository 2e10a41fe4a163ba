//! The elements that would send requests to a third party, and how they are disabled.
//!
//! An element and its attributes stay in place. Attributes that name an address get another name, and new attributes are
//! inserted before them. Nothing is removed, because browsers may read what follows a removed tag differently: the text of a
//! script as markup, or the whole page as the content of a frame that is never closed.

use std::sync::Arc;

use lol_html::html_content::{Attribute, Element};
use url::Url;

use super::attribute;
use super::placeholders::{PageAddress, Placeholders};
use super::splice::Inserted;
use crate::party::{BaseUrls, names_only_a_page, refresh_url};

/// The elements that are inspected.
pub(super) const SELECTOR: &str = "script, iframe, link, meta, base, html";

/// The prefix that turns an attribute into one without meaning for browsers.
const UNKNOWN: Inserted = Inserted::Fixed("data-octroi-");
/// The type of scripts that browsers neither run nor fetch.
const INERT: Inserted = Inserted::Fixed(" type=\"text/plain\"");

/// How many frames of a page show a placeholder; further ones are empty. A placeholder is a hundred times as long as the
/// shortest frame, and the output for one read of a page is kept in memory.
pub(super) const MOST_PLACEHOLDERS: usize = 100;

/// A third party to which a page may not send requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its index in the charter; `None` if it is not declared.
    pub party: Option<usize>,
}

/// The third party of a URL, if the page may not send requests to it.
pub type Judge = dyn Fn(&Url) -> Option<Held>;

/// The rules for one page.
pub struct Rules {
    /// Which URLs are held. A URL without a host has the host [`crate::party::PAGE_HOST`].
    pub held: Box<Judge>,
    /// What held frames show.
    pub placeholders: Arc<Placeholders>,
    /// The address that placeholders link.
    pub address: PageAddress,
}

/// The state of a page so far.
pub(super) struct Page {
    rules: Rules,
    bases: BaseUrls,
    has_base: bool,
    language: Option<String>,
    /// How many placeholders it has.
    placeholders: usize,
}

/// Texts to insert, and their offsets in bytes from the beginning of the page.
type Insertions = Vec<(usize, Inserted)>;

impl Page {
    pub(super) fn new(rules: Rules) -> Self {
        Self { rules, bases: BaseUrls::default(), has_base: false, language: None, placeholders: 0 }
    }

    /// The texts to insert into the start tag of an element.
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
        // SVG scripts have `href`.
        let is_held = || ["src", "href", "xlink:href"].iter().any(|name| self.held(attributes, name).is_some());
        if !is_speculation && !is_held() {
            return Insertions::new();
        }
        let mut insertions = attributes.renamed(&["src", "href", "xlink:href", "type"]);
        insertions.push((after_name(element), INERT));
        insertions
    }

    fn frame(&mut self, element: &Element<'_, '_>, attributes: &NamedAttributes<'_>) -> Insertions {
        // `srcdoc` overrides `src` (HTML, "process the iframe attributes").
        if attributes.first("srcdoc").is_some() {
            return Insertions::new();
        }
        let Some(held) = self.held(attributes, "src") else { return Insertions::new() };
        let Rules { placeholders, address, .. } = &self.rules;
        let placeholder = || placeholders.attributes(self.language.as_deref(), held.party, address);
        let Some(placeholder) = (self.placeholders < MOST_PLACEHOLDERS).then(placeholder).flatten() else {
            return attributes.renamed(&["src"]);
        };
        self.placeholders += 1;
        let mut insertions = attributes.renamed(&["src", "sandbox"]);
        insertions.push((after_name(element), Inserted::Text(placeholder)));
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

    /// Whether a URL of `imagesrcset` is held. A descriptor (`2x`) is read as a relative URL, too, and is not held unless the
    /// base URL is.
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

    /// The first `base` with a `href` counts (HTML, "document base URL").
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

    /// The held third party of an attribute's URL.
    fn held(&self, attributes: &NamedAttributes<'_>, name: &str) -> Option<Held> {
        self.url(&attributes.value(name)?)
    }

    /// The held third party of a URL: held in any of the ways in which browsers may read it. They read some that octroi cannot.
    fn url(&self, url: &str) -> Option<Held> {
        let readings = self.bases.readings(url.as_bytes());
        if readings.is_empty() {
            return Some(Held { party: None });
        }
        readings.iter().find_map(|url| (self.rules.held)(url))
    }
}

/// The attributes of an element, with their names in lower case.
struct NamedAttributes<'e>(Vec<(String, &'e Attribute<'e>)>);

impl<'e> NamedAttributes<'e> {
    fn of(element: &'e Element<'_, '_>) -> Self {
        Self(element.attributes().iter().map(|attribute| (attribute.name(), attribute)).collect())
    }

    /// The first attribute of this name, which is the one that counts.
    fn first(&self, name: &str) -> Option<&'e Attribute<'e>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, attribute)| *attribute)
    }

    /// The value of the first attribute of this name, decoded.
    fn value(&self, name: &str) -> Option<String> {
        self.first(name).map(|attribute| attribute::read(attribute.value()))
    }

    /// Renames all attributes of these names: if only the first was renamed, browsers would take the next.
    fn renamed(&self, names: &[&str]) -> Insertions {
        let attributes = self.0.iter().filter(|(name, _)| names.contains(&name.as_str()));
        attributes
            .filter_map(|(_, attribute)| Some((attribute.name_source_location()?.bytes().start, UNKNOWN)))
            .collect()
    }
}

/// The offset after the element's name, at which an inserted attribute is the first.
fn after_name(element: &Element<'_, '_>) -> usize {
    element.source_location().bytes().start + "<".len() + element.tag_name().len()
}
