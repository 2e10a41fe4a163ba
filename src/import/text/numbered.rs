//! Titles of plain text: numbered ones, `2. Statistics`, which look like items of a list, and underlined ones.

use super::bullet;
use crate::import::names;

/// The most words of such a title.
const MAX_WORDS: usize = 10;
/// The fewest signs of an underline.
const MIN_UNDERLINE: usize = 4;

/// The level and the text of a line that is a numbered title: it stands alone, and what follows is no item.
///
/// `1. _ga` is an item even if it stands alone, because it names a cookie. The level of the page's title is 1, so that of
/// `2.` is 2, and that of `2.1` is 3.
pub(super) fn title<'a>(lines: &[&'a str], at: usize) -> Option<(u8, &'a str)> {
    let line = lines.get(at)?;
    let (level, text) = number(line)?;
    let is_blank = |at: usize| lines.get(at).is_none_or(|line| line.trim().is_empty());
    let next = lines.get(at + 1..)?.iter().find(|line| !line.trim().is_empty())?;
    let is_apart = is_blank(at + 1) && at.checked_sub(1).is_none_or(is_blank);
    let is_short = text.split_whitespace().count() <= MAX_WORDS && !text.ends_with(['.', ';', ',', ':']);
    let follows_item = bullet(next).is_some() || number(next).is_some() || next.starts_with([' ', '\t']);
    (is_apart && is_short && !line.contains('\t') && !follows_item && !names::read_plain(text).has_strong())
        .then_some((level, text))
}

/// The level and the text of a line that is underlined with dashes or equals signs. One with columns heads a table. In
/// Markdown only a numbered one: others are read as it says.
pub(super) fn underlined<'a>(lines: &[&'a str], at: usize, is_markdown: bool) -> Option<(u8, &'a str)> {
    let line = lines.get(at)?.trim();
    let is_table = line.contains("  ") || line.contains(['\t', '|']);
    let is_title = !line.is_empty() && !is_table && !is_underline(line);
    let title = number(line).or_else(|| (!is_markdown && bullet(line).is_none()).then_some((2, line)));
    title.filter(|_| is_title && lines.get(at + 1).is_some_and(|next| is_underline(next)))
}

fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= MIN_UNDERLINE && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| byte == b'='))
}

/// `2.`, `2)`, `2.1`: the level, which is below that of the page's title, and what follows.
fn number(line: &str) -> Option<(u8, &str)> {
    let (number, text) = line.split_once(' ')?;
    let parts: Vec<&str> = number.trim_end_matches(['.', ')']).split('.').collect();
    let is_part = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_marked = number.ends_with(['.', ')']) || parts.len() > 1;
    (is_marked && parts.iter().all(is_part)).then_some((u8::try_from(parts.len() + 1).ok()?.min(6), text.trim()))
}
