//! HTML's elements: which hold a text of their own, how far the titles within them reach, and where those end that nobody
//! closed.

use crate::import::block::Scope;

/// Elements whose text no visitor reads as such.
pub(super) const SKIPPED: [&str; 9] =
    ["script", "style", "template", "noscript", "svg", "math", "select", "textarea", "title"];
/// Elements that begin a text of their own.
pub(super) const BLOCKS: [&str; 31] = [
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

/// `h1` is 1.
pub(super) fn level(heading: &str) -> u8 {
    heading.as_bytes().get(1).map_or(1, |digit| digit.saturating_sub(b'0'))
}

/// Whether HTML has an element of this name.
pub(super) fn is_element(name: &str) -> bool {
    let headings = ["h1", "h2", "h3", "h4", "h5", "h6"];
    let known = [&BLOCKS[..], &INLINE, &MORE, &SKIPPED, &headings];
    known.iter().any(|names| names.contains(&name))
}

/// How far the titles within an element reach; `None` if it holds nothing but text.
pub(super) fn scope(name: &str) -> Option<Scope> {
    match name {
        "details" | "fieldset" | "dialog" | "aside" | "nav" | "figure" | "blockquote" => Some(Scope::Closed),
        "section" | "article" => Some(Scope::Section),
        "div" | "main" | "header" | "footer" | "form" | "ul" | "ol" | "menu" | "dl" | "search" => Some(Scope::Wrapper),
        _ => None,
    }
}

/// Whether an element is a piece of a text, which a page hides on purpose. Whole sections are hidden until a banner's
/// window opens, and are read; so are rows and items, with a mark.
pub(super) fn is_text_part(name: &str) -> bool {
    matches!(name, "td" | "th" | "dt" | "dd" | "p") || is_inline(name)
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "span" | "b" | "strong" | "code" | "a" | "i" | "em" | "small" | "del" | "s" | "strike" | "ins" | "u" | "font"
    )
}

/// Whether an element begins a text of its own.
pub(super) fn is_block(name: &str) -> bool {
    let parts = [
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "li",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "legend",
        "summary",
        "figcaption",
    ];
    BLOCKS.contains(&name) || parts.contains(&name)
}

/// Whether a part that was not closed ends where this element begins (HTML, “optional tags”).
pub(super) fn ends_before(part: &str, name: &str) -> bool {
    match part {
        "td" | "th" => matches!(name, "td" | "th" | "tr"),
        "dt" | "dd" => matches!(name, "dt" | "dd"),
        "p" => name == "table" || BLOCKS.contains(&name),
        part => is_inline(part) && is_block(name),
    }
}

/// Whether it ends with what is around it.
pub(super) fn ends_with(part: &str, name: &str) -> bool {
    match part {
        "td" | "th" => matches!(name, "tr" | "table" | "tbody" | "thead" | "tfoot"),
        "dt" | "dd" => name == "dl",
        part => is_inline(part) && is_block(name),
    }
}
