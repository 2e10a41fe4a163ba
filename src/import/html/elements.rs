//! HTML's elements: which begin a text of their own, how far the titles within them reach, and where unclosed ones end.

use crate::import::block::Scope;

/// Elements whose content is not read.
pub(super) const SKIPPED: [&str; 9] =
    ["script", "style", "template", "noscript", "svg", "math", "select", "textarea", "title"];
/// Elements that begin a text of their own.
pub(super) const BLOCKS: [&str; 31] = [
    "address", "article", "aside", "blockquote", "body", "button", "center", "details", "dialog", "div", "dl",
    "fieldset", "figure", "footer", "form", "header", "hgroup", "hr", "html", "main", "menu", "nav", "ol", "p", "pre",
    "search", "section", "ul", "label", "option", "output",
];
/// HTML's other elements. A tag with none of these names was meant as text: `_ga_<id>`.
const OTHER: [&str; 69] = [
    "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "bdi", "bdo", "big", "br", "canvas", "cite",
    "code", "col", "colgroup", "data", "datalist", "del", "dfn", "em", "embed", "figcaption", "font", "head", "i",
    "iframe", "img", "input", "ins", "kbd", "legend", "link", "map", "mark", "meta", "meter", "nobr", "object",
    "param", "picture", "progress", "q", "ruby", "s", "samp", "slot", "small", "source", "span", "strike", "strong",
    "sub", "summary", "sup", "tt", "u", "var", "wbr", "time", "track", "video", "frame", "frameset", "noframes", "rt",
    "rp", "optgroup",
];

/// Parts of tables and lists.
const PARTS: [&str; 11] = ["table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "li", "dt", "dd"];

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// `h1` is 1.
pub(super) fn level(heading: &str) -> u8 {
    heading.as_bytes().get(1).map_or(1, |digit| digit.saturating_sub(b'0'))
}

/// Whether HTML has an element of this name.
pub(super) fn is_element(name: &str) -> bool {
    let known = [&BLOCKS[..], &OTHER, &SKIPPED, &PARTS, &HEADINGS];
    known.iter().any(|names| names.contains(&name))
}

/// How far the titles within an element reach; `None` if it is no container.
pub(super) fn scope(name: &str) -> Option<Scope> {
    match name {
        "details" | "fieldset" | "dialog" | "aside" | "nav" | "figure" | "blockquote" => Some(Scope::Closed),
        "section" | "article" => Some(Scope::Section),
        "div" | "main" | "header" | "footer" | "form" | "ul" | "ol" | "menu" | "dl" | "search" => Some(Scope::Wrapper),
        _ => None,
    }
}

/// Whether an element is a part of a text: if it is hidden, it is skipped. Hidden containers are read, because a banner's
/// window may show them later, and hidden rows and items are read with a mark.
pub(super) fn is_text_part(name: &str) -> bool {
    matches!(name, "td" | "th" | "dt" | "dd" | "p") || is_inline(name)
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "span" | "b" | "strong" | "code" | "a" | "i" | "em" | "small" | "del" | "s" | "strike" | "ins" | "u" | "font"
    )
}

/// Whether a style sheet may show an inline element as a cell beside another one.
pub(super) fn is_cell(name: &str) -> bool {
    matches!(name, "span" | "b" | "strong" | "i" | "em" | "small" | "code")
}

/// Whether an element begins a text of its own.
pub(super) fn is_block(name: &str) -> bool {
    let titles = ["legend", "summary", "figcaption"];
    [&BLOCKS[..], &PARTS, &HEADINGS, &titles].iter().any(|names| names.contains(&name))
}

/// Whether an unclosed part of a text ends where the element `name` begins (HTML, “optional tags”).
pub(super) fn ends_before(part: &str, name: &str) -> bool {
    match part {
        "td" | "th" => matches!(name, "td" | "th" | "tr"),
        "dt" | "dd" => matches!(name, "dt" | "dd"),
        "p" => name == "table" || BLOCKS.contains(&name),
        part => is_inline(part) && is_block(name),
    }
}

/// Whether an unclosed part of a text ends with the end tag of the element `name` around it.
pub(super) fn ends_with(part: &str, name: &str) -> bool {
    match part {
        "td" | "th" => matches!(name, "tr" | "table" | "tbody" | "thead" | "tfoot"),
        "dt" | "dd" => name == "dl",
        part => is_inline(part) && is_block(name),
    }
}
