//! The page as Markdown (GitHub's: with tables), for sites that publish by other means.
//!
//! Each text of the charter stays text: every character that could be markup is escaped.

use std::fmt::Write as _;

use super::cookie_row::Row;
use super::page::{CategorySection, Page, Section};
use super::phrase::{Localized, Phrase, Piece};
use super::words::TableWords;
use super::{PageOptions, RenderError};
use crate::charter::Charter;
use crate::import::embedded;

/// The page as Markdown, the charter embedded in a comment. Of the options, `style`, `stylesheets` and `links` do not
/// apply.
///
/// # Errors
/// None that is known: every charter can be written.
pub fn markdown(charter: &Charter, options: &PageOptions<'_>) -> Result<String, RenderError> {
    let page = Page::new(charter, options);
    let mut text = format!("# {}\n", phrase(&page.title));
    let notice = page.notice.map(|notice| format!("**{}**", escaped(notice)));
    let first = [Some(escaped(page.words.intro)), page.wildcards.map(escaped)];
    for paragraph in notice.into_iter().chain(first.into_iter().flatten()) {
        let _ = write!(text, "\n{paragraph}\n");
    }
    page.categories.iter().for_each(|category| add_category(&mut text, category, &page));
    page.sections.iter().for_each(|section| add_section(&mut text, section));
    let charter = embedded::in_markdown(&charter.document(), &text);
    let _ = write!(text, "\n{charter}\n");
    Ok(text)
}

fn add_category(text: &mut String, category: &CategorySection, page: &Page) {
    let _ = write!(text, "\n## {}\n\n**{}**\n", localized(&category.title), escaped(category.badge));
    let rules = category.rules.iter().map(phrase);
    for paragraph in category.description.iter().map(localized).chain(rules) {
        let _ = write!(text, "\n{paragraph}\n");
    }
    if category.rows.is_empty() {
        let _ = write!(text, "\n{}\n", escaped(page.words.categories.no_cookie));
    } else {
        add_table(text, &category.rows, &page.words.table);
    }
}

/// A table as GitHub Flavored Markdown has it (its spec, section 4.10): no cell can hold a line break, so paragraphs
/// within one are joined by `<br>`.
fn add_table(text: &mut String, rows: &[Row], words: &TableWords) {
    let heads = [words.name, words.provider, words.service, words.purpose, words.lifetime].map(escaped);
    let _ = write!(text, "\n| {} |\n|---|---|---|---|---|\n", heads.join(" | "));
    for row in rows {
        let optional = |text: &Option<Localized>| text.as_ref().map(localized).unwrap_or_default();
        let purpose = std::iter::once(optional(&row.purpose)).chain(row.remarks.iter().map(phrase));
        let lifetime = std::iter::once(escaped(&row.lifetime)).chain(row.cap.iter().map(phrase));
        let provider = row.provider.as_deref().map(escaped).unwrap_or_default();
        let cells = [phrase(&row.name), provider, optional(&row.service), joined(purpose), joined(lifetime)];
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
}

/// One under the other, in one cell.
fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("<br>")
}

fn add_section(text: &mut String, section: &Section) {
    let _ = write!(text, "\n## {}\n", escaped(section.title));
    for paragraph in &section.paragraphs {
        let _ = write!(text, "\n{}\n", phrase(paragraph));
    }
    if !section.names.is_empty() {
        text.push('\n');
    }
    for name in &section.names {
        let _ = writeln!(text, "- {}", code(name));
    }
}

fn phrase(phrase: &Phrase) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => {
            let space = |is_there| if is_there { " " } else { "" };
            let (before, after) = (words.starts_with(' '), words.ends_with(' ') && !words.trim().is_empty());
            format!("{}{}{}", space(before), escaped(words), space(after))
        }
        Piece::Code(name) => code(name),
        Piece::Text(text) => localized(text),
    };
    phrase.0.iter().map(piece).collect()
}

/// Markdown has no mark for a language; HTML within it has.
fn localized(text: &Localized) -> String {
    let words = escaped(&text.text);
    let is_tag = |language: &&String| language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match text.language.as_ref().filter(is_tag) {
        Some(language) => format!("<span lang=\"{language}\">{words}</span>"),
        None => words,
    }
}

/// A name that must be read letter by letter; as text if code could not hold it.
fn code(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'`' | b'|' | b'\\' | b'<' | b'>' | b'&');
    if !name.is_empty() && name.bytes().all(is_plain) { format!("`{name}`") } else { escaped(name) }
}

/// Text on one line in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for part in text.split_whitespace() {
        if !written.is_empty() {
            written.push(' ');
        }
        for letter in part.chars() {
            match letter {
                '<' => written.push_str("&lt;"),
                '>' => written.push_str("&gt;"),
                '&' => written.push_str("&amp;"),
                // Those that are markup within a line anywhere; a full stop or a hyphen is one only at the beginning of a line.
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' | '@' | '{' | '}' => {
                    written.extend(['\\', letter]);
                }
                letter if letter.is_control() => written.push('\u{fffd}'),
                letter => written.push(letter),
            }
        }
    }
    guarded(written)
}

/// A line's beginning that would make it a list, a heading or a rule.
fn guarded(line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line.get(digits..).unwrap_or_default();
    if line.starts_with(['-', '+', '=']) {
        return format!("\\{line}");
    }
    if digits > 0 && after.starts_with(['.', ')']) {
        let (number, rest) = line.split_at(digits);
        return format!("{number}\\{rest}");
    }
    line
}
