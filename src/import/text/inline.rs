//! The markup within a line of Markdown.

use crate::import::block::{Mark, Rich};
use crate::import::html::{host, unescape};

/// The text of a line of Markdown: bold, code and footnotes are marked, links are gone, entities are what they stand for.
pub(super) fn inline(text: &str) -> Rich {
    let mut rich = Rich::default();
    let (mut is_bold, mut rest) = (false, text);
    while let Some(first) = rest.chars().next() {
        let (taken, after) = if is_bold && rest.starts_with("***") {
            // `**_pk_id.***`: the first star is the name's.
            rest.split_at(1)
        } else if let Some(after) = rest.strip_prefix("**") {
            if is_bold {
                rich.close(Mark::Bold);
            } else if after.contains("**") {
                rich.open(Mark::Bold);
            } else {
                rich.push("**");
            }
            is_bold = !is_bold && after.contains("**");
            ("", after)
        } else if let Some((code, after)) = rest.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
            rich.open(Mark::Code);
            rich.push(code);
            rich.close(Mark::Code);
            ("", after)
        } else if let Some((mark, after)) = footnote(rest) {
            rich.note(mark);
            ("", after)
        } else if let Some((raw, after)) = tag(rest) {
            html_tag(&mut rich, raw);
            ("", after)
        } else if let Some((entity, after)) = entity(rest) {
            rich.push(&unescape(entity).plain());
            ("", after)
        } else if let Some((label, after)) = link(rest) {
            rich.push(inline(label).line().as_str());
            ("", after)
        } else if let Some(after) =
            rest.strip_prefix('\\').filter(|after| after.starts_with(|c: char| c.is_ascii_punctuation()))
        {
            after.split_at(1)
        } else {
            rest.split_at(first.len_utf8())
        };
        rich.push(taken);
        rest = after;
    }
    if is_bold {
        rich.close(Mark::Bold);
    }
    rich
}

/// A tag or an address at the beginning of a text, and what follows it: `<br>`, `<https://…>`, not `<ID>`.
fn tag(text: &str) -> Option<(&str, &str)> {
    let (raw, after) = until(text.strip_prefix('<')?, '>', MAX_MARKUP)?;
    let name = raw.trim_start_matches('/').split([' ', '/']).next()?.to_ascii_lowercase();
    let is_known = matches!(
        name.as_str(),
        "br" | "b" | "strong" | "code" | "i" | "em" | "sup" | "span" | "a" | "p" | "u" | "small" | "wbr"
    );
    let is_address = host(raw).is_some();
    (is_known || is_address).then_some((raw, after))
}

fn html_tag(rich: &mut Rich, raw: &str) {
    match raw.trim_end_matches(['/', ' ']).to_ascii_lowercase().as_str() {
        "br" => rich.line_break(),
        "b" | "strong" => rich.open(Mark::Bold),
        "/b" | "/strong" => rich.close(Mark::Bold),
        "code" => rich.open(Mark::Code),
        "/code" => rich.close(Mark::Code),
        _ if host(raw).is_some() => rich.push(raw),
        _ => {}
    }
}

fn entity(text: &str) -> Option<(&str, &str)> {
    let end = until(text.strip_prefix('&')?, ';', 9)?.0.len() + 2;
    let (entity, after) = text.split_at_checked(end)?;
    let is_name = entity.bytes().skip(1).take(end - 2).all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    is_name.then_some((entity, after))
}

/// The mark of a footnote, `[^1]` or `<sup>1</sup>`.
fn footnote(text: &str) -> Option<(&str, &str)> {
    let linked = || until(text.strip_prefix("[^")?, ']', MAX_MARKUP);
    let raised = || text.strip_prefix("<sup>")?.split_once("</sup>").filter(|(mark, _)| mark.chars().count() <= 4);
    linked().or_else(raised)
}

/// The label of `[label](address)`.
fn link(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('!').unwrap_or(text);
    let (label, after) = until(text.strip_prefix('[')?, ']', MAX_MARKUP)?;
    let (_, after) = until(after.strip_prefix('(')?, ')', MAX_MARKUP)?;
    Some((label, after))
}

/// The longest tag, label or address, in characters.
const MAX_MARKUP: usize = 300;

/// What comes before the next `end`, if that is near, and what comes behind it.
fn until(text: &str, end: char, most: usize) -> Option<(&str, &str)> {
    let (at, _) = text.char_indices().take(most).find(|(_, c)| *c == end)?;
    Some((text.get(..at)?, text.get(at + end.len_utf8()..)?))
}
