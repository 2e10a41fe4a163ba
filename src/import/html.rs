//! HTML as blocks.
//!
//! The tokens are those of the standard (`html5gum`); the little structure that a cookie page needs (tables, lists,
//! headings) is kept here instead of a tree, so that depth costs nothing: only tables within tables are counted.

mod builder;
#[cfg(test)]
mod tests;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::Refusal;
use super::block::{Block, Clues, Embedded, Mark, Page, Rich};
use crate::charter::EMBEDDED;
use builder::{Builder, Kind};

/// The attribute of the embedded charter's element with the digest of what is visible.
pub(super) const EMBEDDED_DIGEST: &str = "data-visible";

/// Elements whose text no visitor reads as such.
const SILENT: [&str; 9] = ["script", "style", "template", "noscript", "svg", "math", "select", "textarea", "title"];
/// Elements that begin a text of their own.
const BLOCKS: [&str; 31] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "center",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "hr",
    "html",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "ul",
    "label",
    "option",
    "output",
];
/// What HTML calls its other elements: a tag that is none of them was meant as text, `_ga_<id>`.
const INLINE: [&str; 60] = [
    "a",
    "abbr",
    "acronym",
    "applet",
    "area",
    "audio",
    "b",
    "base",
    "bdi",
    "bdo",
    "big",
    "br",
    "canvas",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "del",
    "dfn",
    "em",
    "embed",
    "figcaption",
    "font",
    "head",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "legend",
    "link",
    "map",
    "mark",
    "meta",
    "meter",
    "nobr",
    "object",
    "param",
    "picture",
    "progress",
    "q",
    "ruby",
    "s",
    "samp",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "tt",
    "u",
    "var",
    "wbr",
];
const MORE: [&str; 20] = [
    "time", "track", "video", "frame", "frameset", "noframes", "table", "thead", "tbody", "tfoot", "tr", "td", "th",
    "caption", "li", "dt", "dd", "rt", "rp", "optgroup",
];

/// The blocks of a page.
///
/// # Errors
/// Tables within tables, deeper than anybody writes them.
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
    }
    Ok(Page { blocks: reader.builder.finish(), clues: reader.clues })
}

#[derive(Default)]
struct TagReader {
    builder: Builder,
    clues: Clues,
    /// The element whose text nobody reads, and how often it was opened.
    silent: Option<(String, usize)>,
    /// The text of a footnote mark, or of what turns out not to be one.
    raised: Option<String>,
    embedding: bool,
}

impl TagReader {
    fn start(&mut self, tag: &StartTag<()>) -> Result<(), Refusal> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if let Some((silent, depth)) = &mut self.silent {
            if !ends_before(silent, &name) {
                *depth += usize::from(*silent == name && !tag.self_closing);
                return Ok(());
            }
            self.silent = None;
        }
        self.clue(&name, tag);
        if SILENT.contains(&name.as_str()) || (is_part(&name) && is_hidden(tag)) {
            if !tag.self_closing || name == "script" {
                self.silent = Some((name, 1));
            }
            return Ok(());
        }
        if is_element(&name) {
            self.element(&name, tag)
        } else {
            // `SSESS<ID>` was meant as text. A component's element has a hyphen, attributes or a word of its own.
            if tag.attributes.is_empty() && self.builder.ends_in_text() {
                self.text(&format!("<{name}>"));
            }
            Ok(())
        }
    }

    fn element(&mut self, name: &str, tag: &StartTag<()>) -> Result<(), Refusal> {
        match name {
            "table" => self.builder.open_table()?,
            "tr" => self.builder.open_row()?,
            "td" | "th" => {
                let span = |key: &str| attribute(tag, key).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
                self.builder.open_cell(name == "th", span("colspan"), span("rowspan"))?;
            }
            "caption" => self.builder.begin(Kind::Caption),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.builder.begin(Kind::Heading(level(name))),
            "legend" | "summary" | "figcaption" => self.builder.begin(Kind::Heading(Block::SUMMARY)),
            "li" => self.builder.begin(Kind::Item),
            "dt" => self.builder.begin(Kind::Term),
            "dd" => self.builder.begin(Kind::Definition),
            "br" => self.builder.inline().line_break(),
            "b" | "strong" => self.builder.inline().open(Mark::Bold),
            "code" | "kbd" | "samp" | "tt" | "var" => self.builder.inline().open(Mark::Code),
            "sup" => self.raised = Some(String::new()),
            "thead" | "tbody" | "tfoot" => self.builder.close_row(),
            name if BLOCKS.contains(&name) => self.builder.division(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        if let Some((silent, depth)) = &mut self.silent {
            let is_cut = ends_with(silent, name);
            *depth = depth.saturating_sub(usize::from(silent == name));
            if *depth == 0 || is_cut {
                (self.silent, self.embedding) = (None, false);
            }
            if !is_cut {
                return;
            }
        }
        match name {
            "table" => self.builder.close_table(),
            "tr" | "thead" | "tbody" | "tfoot" => self.builder.close_row(),
            "td" | "th" => self.builder.close_cell(),
            "b" | "strong" => self.builder.inline().close(Mark::Bold),
            "code" | "kbd" | "samp" | "tt" | "var" => self.builder.inline().close(Mark::Code),
            "sup" => self.lower(),
            "caption" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "legend" | "summary" | "figcaption" | "li" | "dt"
            | "dd" => {
                self.builder.end();
            }
            name if BLOCKS.contains(&name) => self.builder.division(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.embedding {
            if let Some(embedded) = &mut self.clues.embedded {
                embedded.json.push_str(text);
            }
        } else if self.silent.is_none() {
            match &mut self.raised {
                Some(raised) if raised.len() < 100 => raised.push_str(text),
                Some(_) => {}
                // A line break in the source is white space.
                None => self.builder.inline().push(&text.replace(['\n', '\r'], " ")),
            }
        }
    }

    /// What was raised: a footnote's mark is left out.
    fn lower(&mut self) {
        let Some(raised) = self.raised.take() else { return };
        let mark = |c: char| c.is_ascii_digit() || c.is_whitespace() || "*†‡§[](),.abc".contains(c);
        if !raised.chars().all(mark) || raised.chars().count() > 6 {
            self.builder.inline().push(&raised);
        }
    }

    fn clue(&mut self, name: &str, tag: &StartTag<()>) {
        let value = |key: &str| attribute(tag, key).unwrap_or_default();
        match name {
            "html" => {
                self.clues.language =
                    attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang")).filter(|tag| !tag.is_empty());
            }
            "link" if value("rel").eq_ignore_ascii_case("canonical") => self.host(&value("href")),
            "meta" if value("property").eq_ignore_ascii_case("og:url") => self.host(&value("content")),
            "iframe" | "frame" => self.clues.frames.extend(host(&value("src"))),
            "script" if value("id") == EMBEDDED => {
                self.clues.embedded = Some(Embedded { digest: value(EMBEDDED_DIGEST), json: String::new() });
                self.embedding = true;
            }
            _ => {}
        }
        let place = [value("id"), value("class"), value("src"), value("data-src")].join(" ").to_ascii_lowercase();
        self.clues.scripted = self.clues.scripted.or_else(|| maker(&place));
    }

    fn host(&mut self, address: &str) {
        if self.clues.host.is_none() {
            self.clues.host = host(address);
        }
    }
}

/// Whose script fills the place that an element with this id, class or address is for.
fn maker(place: &str) -> Option<&'static str> {
    [
        ("cookiedeclaration", "Cookiebot"),
        ("consent.cookiebot", "Cookiebot"),
        ("ot-sdk-cookie-policy", "OneTrust"),
        ("cookielaw.org", "OneTrust"),
        ("cky-audit", "CookieYes"),
        ("cookieyes", "CookieYes"),
        ("axeptio", "Axeptio"),
        ("iubenda", "iubenda"),
        ("didomi", "Didomi"),
        ("usercentrics", "Usercentrics"),
        ("cookie-script.com", "CookieScript"),
        ("cookiehub", "CookieHub"),
        ("termly", "Termly"),
        ("cookieinformation", "Cookie Information"),
    ]
    .iter()
    .find(|(mark, _)| place.contains(mark))
    .map(|(_, maker)| *maker)
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

fn level(heading: &str) -> u8 {
    heading.as_bytes().get(1).map_or(1, |digit| digit.saturating_sub(b'0'))
}

fn is_element(name: &str) -> bool {
    let headings = ["h1", "h2", "h3", "h4", "h5", "h6"];
    let known = [&BLOCKS[..], &INLINE, &MORE, &SILENT, &headings];
    known.iter().any(|names| names.contains(&name))
}

/// Whether an element is a piece of a table or a text, which a page hides on purpose. Whole sections are hidden until a
/// banner's window opens, and are read.
fn is_part(name: &str) -> bool {
    matches!(
        name,
        "tr" | "td" | "th" | "li" | "dt" | "dd" | "span" | "p" | "b" | "strong" | "code" | "a" | "i" | "em" | "small"
    )
}

/// Whether a part that was not closed ends where this element begins (HTML, “optional tags”).
fn ends_before(part: &str, name: &str) -> bool {
    match part {
        "td" | "th" => matches!(name, "td" | "th" | "tr"),
        "tr" => name == "tr",
        "li" => name == "li",
        "dt" | "dd" => matches!(name, "dt" | "dd"),
        "p" => name == "table" || BLOCKS.contains(&name),
        _ => false,
    }
}

/// Whether it ends with what is around it.
fn ends_with(part: &str, name: &str) -> bool {
    match part {
        "td" | "th" => matches!(name, "tr" | "table" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(name, "table" | "tbody" | "thead" | "tfoot"),
        "li" => matches!(name, "ul" | "ol" | "menu"),
        "dt" | "dd" => name == "dl",
        _ => false,
    }
}

fn is_hidden(tag: &StartTag<()>) -> bool {
    let style: String = attribute(tag, "style").unwrap_or_default().split_whitespace().collect();
    attribute(tag, "hidden").is_some() || style.to_ascii_lowercase().contains("display:none")
}

/// The text as a page shows it.
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
