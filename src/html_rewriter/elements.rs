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
        match element.tag_name().as_str() {
            "script" => self.script(element),
            "iframe" => self.frame(element),
            "link" => self.link(element),
            "meta" => self.meta(element),
            "base" => self.base(element),
            "html" => self.html(element),
            _ => Insertions::new(),
        }
    }

    fn script(&self, element: &Element<'_, '_>) -> Insertions {
        let is_speculation =
            value(element, "type").is_some_and(|kind| kind.trim_ascii().eq_ignore_ascii_case("speculationrules"));
        // Those of SVG have a `href`.
        let is_held = || ["src", "href", "xlink:href"].iter().any(|name| self.attribute(element, name).is_some());
        if !is_speculation && !is_held() {
            return Insertions::new();
        }
        let mut insertions = renamed(element, &["src", "href", "xlink:href", "type"]);
        insertions.push((behind_name(element), INERT));
        insertions
    }

    fn frame(&mut self, element: &Element<'_, '_>) -> Insertions {
        // `srcdoc` goes before `src` (HTML, "process the iframe attributes").
        if element.has_attribute("srcdoc") {
            return Insertions::new();
        }
        let Some(held) = self.attribute(element, "src") else { return Insertions::new() };
        let attributes = self.rules.placeholders.attributes(self.language.as_deref(), held.party);
        let Some(attributes) = attributes.filter(|_| self.placeholders < MOST_PLACEHOLDERS) else {
            return renamed(element, &["src"]);
        };
        self.placeholders += 1;
        let mut insertions = renamed(element, &["src", "sandbox"]);
        insertions.push((behind_name(element), Inserted::Shared(attributes)));
        insertions
    }

    fn link(&self, element: &Element<'_, '_>) -> Insertions {
        let relations = value(element, "rel").unwrap_or_default();
        if relations.split_ascii_whitespace().all(|relation| names_only_a_page(relation.as_bytes())) {
            return Insertions::new();
        }
        let is_held = self.attribute(element, "href").is_some() || self.has_held_candidate(element);
        if is_held { renamed(element, &["href", "imagesrcset"]) } else { Insertions::new() }
    }

    /// A URL of `imagesrcset`, and what follows it, which no host answers to.
    fn has_held_candidate(&self, element: &Element<'_, '_>) -> bool {
        let candidates = value(element, "imagesrcset").unwrap_or_default();
        let mut urls = candidates.split(|char: char| char == ',' || char.is_ascii_whitespace());
        urls.any(|url| self.url(url).is_some())
    }

    fn meta(&self, element: &Element<'_, '_>) -> Insertions {
        let is_refresh = value(element, "http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
        let content = value(element, "content").filter(|_| is_refresh);
        let target = content.as_deref().and_then(|content| content.get(refresh_url(content.as_bytes())));
        if target.is_some_and(|url| self.url(url).is_some()) {
            renamed(element, &["content"])
        } else {
            Insertions::new()
        }
    }

    /// The first one with a `href` counts (HTML, "document base URL").
    fn base(&mut self, element: &Element<'_, '_>) -> Insertions {
        if let Some(href) = value(element, "href").filter(|_| !self.has_base) {
            self.has_base = true;
            self.bases.set(href.as_bytes());
        }
        Insertions::new()
    }

    fn html(&mut self, element: &Element<'_, '_>) -> Insertions {
        if self.language.is_none() {
            self.language = value(element, "lang");
        }
        Insertions::new()
    }

    /// Who would be asked for what an attribute names, and is held.
    fn attribute(&self, element: &Element<'_, '_>, name: &str) -> Option<Held> {
        self.url(&value(element, name)?)
    }

    /// A URL is held if it is in any way in which browsers may read it.
    fn url(&self, url: &str) -> Option<Held> {
        self.bases.readings(url.as_bytes()).iter().find_map(|url| (self.rules.held)(url))
    }
}

/// The value of the first attribute of this name, which is the one that counts.
fn value(element: &Element<'_, '_>, name: &str) -> Option<String> {
    element.get_attribute(name).map(|written| attribute::read(&written).into_owned())
}

/// Makes attributes of these names unknown: all of them, for browsers take the first that is left.
fn renamed(element: &Element<'_, '_>, names: &[&str]) -> Insertions {
    let is_named = |attribute: &&Attribute<'_>| names.contains(&attribute.name().as_str());
    let attributes = element.attributes().iter().filter(is_named);
    attributes.filter_map(|attribute| Some((attribute.name_source_location()?.bytes().start, UNKNOWN))).collect()
}

/// Where attributes are the first ones.
fn behind_name(element: &Element<'_, '_>) -> usize {
    element.source_location().bytes().start + "<".len() + element.tag_name().len()
}
