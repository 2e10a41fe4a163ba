//! Reads HTML into blocks.
//!
//! `html5gum` makes tokens as the standard says. Instead of a tree, only the structure that a cookie page needs is kept
//! (tables, lists, headings), so deep nesting costs no stack.

mod aria;
mod builder;
mod elements;
mod footnote_links;
mod maker;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::block::{Block, Embedded, Mark, Metadata, Page, Rich, Scope};
use super::{Refusal, css_tables};
use crate::charter::EMBEDDED;
use aria::{Part, Parts};
use builder::{Builder, Kind};
use elements::{BLOCKS, SKIPPED, ends_before, ends_with, is_block, is_cell, is_element, is_text_part, level, scope};
use footnote_links::FootnoteLinks;
use maker::maker;

/// The attribute of the embedded charter's element with the digest of what is visible.
pub(super) const EMBEDDED_DIGEST: &str = "data-visible";

/// The blocks of a page.
///
/// # Errors
/// If tables are nested more than 32 deep (`Refusal::TooDeep`), or there are more than `MAX_BLOCKS` blocks and cells
/// (`Refusal::TooManyParts`).
pub(super) fn read(text: &str) -> Result<Page, Refusal> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = TagReader::default();
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.start(&tag)?,
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
        if reader.builder.is_too_large() {
            return Err(Refusal::TooManyParts);
        }
    }
    Ok(Page { blocks: css_tables::lay_out(&reader.builder.finish()), metadata: reader.metadata })
}

/// Reads tags and texts, and keeps what is open.
#[derive(Default)]
struct TagReader {
    builder: Builder,
    metadata: Metadata,
    /// The element whose content is skipped, and how many of that name are open.
    skipped: Option<(String, usize)>,
    /// The text of an open `sup`: the mark of a footnote, or a part of the text.
    superscript: Option<String>,
    /// The links to footnotes.
    footnotes: FootnoteLinks,
    /// Whether the embedded charter is being read.
    is_in_embedded: bool,
    /// Open elements that are something else by their role.
    parts: Parts,
    /// The inline element that has ended, if no text has come since.
    ended: Option<String>,
    /// The titles of tabs, by the ids of their panels.
    tabs: HashMap<String, String>,
}

/// The most ids of tabs that are kept.
const MAX_TABS: usize = 1000;
/// The title of a panel whose tab was not found.
const NAMELESS_TAB: &str = "[tab]";

impl TagReader {
    /// Skips what no visitor reads: scripts, styles, struck and hidden text.
    fn start(&mut self, tag: &StartTag<()>) -> Result<(), Refusal> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if let Some((skipped, depth)) = &mut self.skipped {
            if !ends_before(skipped, &name) {
                *depth += usize::from(*skipped == name && !tag.self_closing);
                return Ok(());
            }
            self.skipped = None;
        }
        self.metadata(&name, tag);
        if is_block(&name) {
            self.end_superscript();
        }
        if self.ended.take().is_some_and(|ended| is_cell_border(&ended, &name, tag)) {
            self.builder.inline().cell_break();
        }
        let is_struck = matches!(name.as_str(), "del" | "s" | "strike");
        if SKIPPED.contains(&name.as_str()) || is_struck || (is_text_part(&name) && is_hidden(tag)) {
            if !tag.self_closing || name == "script" {
                self.skipped = Some((name, 1));
            }
            return Ok(());
        }
        if is_element(&name) {
            self.element(&name, tag)?;
            if let Some(mark) = self.footnotes.mark_of(tag) {
                self.builder.inline().note(&mark);
            }
            Ok(())
        } else {
            // `SSESS<ID>` was meant as text: the tag is directly behind a character, and has no attributes. `<o:p>` is Word's.
            if tag.attributes.is_empty() && !name.contains(':') && self.builder.ends_in_text() {
                self.text(&format!("<{name}>"));
            }
            Ok(())
        }
    }

    fn element(&mut self, name: &str, tag: &StartTag<()>) -> Result<(), Refusal> {
        if let Some((part, is_header)) = aria::part(name, tag) {
            return self.part(name, tag, part, is_header);
        }
        self.parts.start(name);
        match name {
            "table" => {
                self.end_parts();
                self.builder.open_table()?;
                self.table_label(tag);
            }
            "tr" => self.builder.open_row(is_hidden(tag))?,
            "td" | "th" => {
                let span = |key: &str| attribute(tag, key).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
                self.builder.open_cell(name == "th", span("colspan"), span("rowspan"))?;
            }
            "caption" => self.builder.begin(Kind::Caption),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                if matches!(name, "h1" | "h2" | "h3") {
                    self.end_parts();
                }
                self.builder.begin(Kind::Heading(level(name)));
            }
            "legend" | "summary" => self.builder.begin(Kind::Heading(Block::SUMMARY)),
            "figcaption" => self.builder.begin(Kind::FigureCaption),
            "li" => {
                self.builder.close_item();
                self.builder.open("li", Scope::Closed);
                self.builder.begin(Kind::Item);
                if is_hidden(tag) {
                    self.builder.inline().hide();
                }
            }
            "dt" => self.builder.begin(Kind::Term),
            "dd" => self.builder.begin(Kind::Definition),
            // A title may be a picture.
            "img" if self.builder.is_in_title() => self.builder.text(&attribute(tag, "alt").unwrap_or_default()),
            "br" => self.builder.inline().line_break(),
            "b" | "strong" => self.builder.inline().open(Mark::Bold),
            "code" | "kbd" | "samp" | "tt" | "var" => self.builder.inline().open(Mark::Code),
            "sup" => self.superscript = Some(String::new()),
            "thead" | "tbody" | "tfoot" => self.builder.close_row(),
            _ => self.container(name, tag),
        }
        Ok(())
    }

    /// The name that a screen reader says of a table is its caption, too (Accessible Name and Description 1.2).
    fn table_label(&mut self, tag: &StartTag<()>) {
        if let Some(label) = attribute(tag, "aria-label") {
            self.builder.begin(Kind::Caption);
            self.builder.text(&label);
            self.builder.end();
        }
    }

    /// An element that contains others, or is clicked.
    fn container(&mut self, name: &str, tag: &StartTag<()>) {
        let control = aria::control(name, tag);
        if name == "a" {
            self.builder.link(true);
            self.footnotes.open(tag);
        }
        if let Some(control) = control {
            self.builder.begin_control(control);
        } else if let Some(name) = BLOCKS.iter().find(|block| **block == name).copied() {
            match (aria::panel(tag), scope(name)) {
                (Some(ids), _) => {
                    self.builder.open(name, Scope::Closed);
                    let tab = ids.iter().find_map(|id| self.tabs.get(id)).map_or(NAMELESS_TAB, String::as_str);
                    self.builder.title(tab);
                }
                (None, Some(scope)) => self.builder.open(name, scope),
                (None, None) => self.builder.division(),
            }
        }
    }

    /// An element that is a table, a row, a cell, a heading or a tab by its role.
    fn part(&mut self, name: &str, tag: &StartTag<()>, part: Part, is_header: bool) -> Result<(), Refusal> {
        match part {
            Part::Table => {
                self.builder.open_table()?;
                self.table_label(tag);
            }
            Part::Row => self.builder.open_row(is_hidden(tag))?,
            Part::Cell => self.builder.open_cell(is_header, 1, 1)?,
            Part::Heading => self.builder.begin(Kind::Heading(aria::level(tag))),
            Part::Tab(_) => self.builder.begin(Kind::Tab),
        }
        self.parts.open(name, part);
        Ok(())
    }

    fn end_part(&mut self, part: Part) {
        match part {
            Part::Table => self.builder.close_table(),
            Part::Row => self.builder.close_row(),
            Part::Cell => self.builder.close_cell(),
            Part::Heading => self.builder.end(),
            Part::Tab(ids) => {
                self.builder.end();
                let tab = self.builder.take_tab();
                if self.tabs.len() < MAX_TABS {
                    self.tabs.extend(ids.into_iter().map(|id| (id, tab.clone())));
                }
            }
        }
    }

    /// Ends all parts that are open by their role.
    fn end_parts(&mut self) {
        while let Some(part) = self.parts.pop() {
            self.end_part(part);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipped {
            let is_cut = ends_with(skipped, name);
            *depth = depth.saturating_sub(usize::from(skipped == name));
            if *depth == 0 || is_cut {
                (self.skipped, self.is_in_embedded) = (None, false);
            }
            if !is_cut {
                return;
            }
        }
        if is_block(name) {
            self.end_superscript();
        }
        if let Some(part) = self.parts.end(name) {
            return self.end_part(part);
        }
        self.ended = is_cell(name).then(|| name.to_owned());
        match name {
            "table" => self.builder.close_table(),
            "tr" | "thead" | "tbody" | "tfoot" => self.builder.close_row(),
            "td" | "th" => self.builder.close_cell(),
            "b" | "strong" => self.builder.inline().close(Mark::Bold),
            "code" | "kbd" | "samp" | "tt" | "var" => self.builder.inline().close(Mark::Code),
            "sup" => self.end_superscript(),
            "a" => {
                if let Some(mark) = self.footnotes.close().filter(|_| self.superscript.is_none()) {
                    self.builder.inline().note(&mark);
                }
                self.builder.end_control();
                self.builder.link(false);
            }
            "button" | "label" => self.builder.end_control(),
            "caption" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "legend" | "summary" | "figcaption" | "dt" | "dd" => {
                self.builder.end();
            }
            "li" => {
                self.builder.end();
                self.builder.close_item();
            }
            name if BLOCKS.contains(&name) => {
                self.builder.division();
                self.builder.close(name);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_in_embedded {
            if let Some(embedded) = &mut self.metadata.embedded {
                embedded.json.push_str(text);
            }
        } else if self.skipped.is_none() {
            match &mut self.superscript {
                Some(superscript) if superscript.len() < 100 => {
                    superscript.push_str(text);
                    self.footnotes.text(text);
                }
                Some(_) => {}
                // A line break in the source is white space.
                None => {
                    if !text.trim().is_empty() {
                        self.ended = None;
                    }
                    self.footnotes.text(text);
                    self.builder.text(&text.replace(['\n', '\r'], " "));
                }
            }
        }
    }

    /// Ends a `sup`: a footnote's mark is noted, anything else is text.
    fn end_superscript(&mut self) {
        let Some(superscript) = self.superscript.take() else { return };
        let mark = |c: char| c.is_ascii_digit() || c.is_whitespace() || "*†‡§[](),.abc".contains(c);
        if !superscript.chars().all(mark) || superscript.chars().count() > 6 {
            self.builder.text(&superscript);
        } else if !superscript.trim().is_empty() {
            self.builder.inline().note(&superscript);
        }
    }

    /// What an element says of the page as a whole. Of several addresses of the page, the first counts.
    fn metadata(&mut self, name: &str, tag: &StartTag<()>) {
        let value = |key: &str| attribute(tag, key).unwrap_or_default();
        match name {
            "html" => {
                self.metadata.language =
                    attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang")).filter(|tag| !tag.is_empty());
            }
            "link" if value("rel").eq_ignore_ascii_case("canonical") => self.host(&value("href")),
            "meta" if value("property").eq_ignore_ascii_case("og:url") => self.host(&value("content")),
            "iframe" | "frame" => self.metadata.frames.extend(host(&value("src"))),
            "script" if value("id") == EMBEDDED => {
                self.metadata.embedded = Some(Embedded { digest: value(EMBEDDED_DIGEST), json: String::new() });
                self.is_in_embedded = true;
            }
            _ => {}
        }
        let place = [value("id"), value("class"), value("src"), value("data-src")].join(" ").to_ascii_lowercase();
        self.metadata.scripted = self.metadata.scripted.or_else(|| maker(&place));
    }

    fn host(&mut self, address: &str) {
        if self.metadata.host.is_none() {
            self.metadata.host = host(address);
        }
    }
}

/// The host of an address with a scheme, in lower case.
pub(super) fn host(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once("//")?;
    let is_web = matches!(scheme.to_ascii_lowercase().as_str(), "" | "http:" | "https:");
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim_end_matches('.').to_ascii_lowercase();
    let is_name =
        host.contains('.') && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    (is_web && is_name).then_some(host)
}

fn attribute(tag: &StartTag<()>, key: &str) -> Option<String> {
    let value = tag.attributes.get(key.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// Whether a style sheet may show two adjoining inline elements as two cells.
///
/// Editors split words into elements of the same kind, which then have a style and no class: those are one text.
fn is_cell_border(ended: &str, name: &str, tag: &StartTag<()>) -> bool {
    let is_apart = name == "span" && (tag.attributes.is_empty() || attribute(tag, "class").is_some());
    is_cell(name) && (ended != name || is_apart)
}

/// Whether an element is hidden by its attributes. Style sheets are not read.
fn is_hidden(tag: &StartTag<()>) -> bool {
    let style: String = attribute(tag, "style").unwrap_or_default().split_whitespace().collect();
    attribute(tag, "hidden").is_some() || style.to_ascii_lowercase().contains("display:none")
}

/// A piece of HTML as text: character references are resolved, and tags are kept as they are.
pub(super) fn unescape(text: &str) -> Rich {
    let mut rich = Rich::default();
    for token in Tokenizer::new(text) {
        let Ok(token) = token;
        match token {
            Token::String(text) => rich.push(&String::from_utf8_lossy(&text)),
            Token::StartTag(tag) => rich.push(&format!("<{}>", String::from_utf8_lossy(&tag.name))),
            _ => {}
        }
    }
    rich
}
