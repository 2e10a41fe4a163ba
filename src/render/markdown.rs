//! The page as GitHub Flavored Markdown, for sites that publish it by their own means.
//!
//! Every character of the charter's texts that could be markup is escaped.

use std::fmt::Write as _;

use super::category::CategorySection;
use super::cookie_row::Row;
use super::page::{Page, Section};
use super::phrase::{Localized, Phrase, Piece};
use super::words::TableWords;
use super::{PageOptions, RenderError};
use crate::charter::Charter;
use crate::import::embedded;

/// The page as Markdown, with the charter embedded in a comment. The options `style`, `stylesheets` and `links` do not apply.
///
/// # Errors
/// The serialisation fails, which no known charter causes.
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
    let _ = write!(text, "\n## {}\n", localized(&category.title));
    let mut description = category.description.iter().map(localized);
    for part in &category.parts {
        let _ = write!(text, "\n**{}**\n", escaped(part.badge));
        // The description stands in the first part alone.
        for paragraph in description.by_ref().chain(part.rules.iter().map(phrase)) {
            let _ = write!(text, "\n{paragraph}\n");
        }
        if part.rows.is_empty() {
            let _ = write!(text, "\n{}\n", escaped(page.words.categories.no_cookie));
        } else {
            add_table(text, &part.rows, &page.words.table);
        }
    }
}

/// Adds a table (GitHub Flavored Markdown, section 4.10). No cell can hold a line break, so its paragraphs are joined by
/// `<br>`.
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

/// The paragraphs of one cell.
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

/// A text with its language as an HTML element, because Markdown has no markup for it.
fn localized(text: &Localized) -> String {
    let words = escaped(&text.text);
    let is_tag = |language: &&String| language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match text.language.as_ref().filter(is_tag) {
        Some(language) => format!("<span lang=\"{language}\">{words}</span>"),
        None => words,
    }
}

/// A name as a code span, or as escaped text if a code span cannot hold it.
fn code(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'`' | b'|' | b'\\' | b'<' | b'>' | b'&');
    if !name.is_empty() && name.bytes().all(is_plain) { format!("`{name}`") } else { escaped(name) }
}

/// A text on one line, with its markup characters escaped.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    // A space that breaks no line stays: a text may begin with one, and French has it before a colon.
    for part in text.split(|letter: char| letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}')) {
        if part.is_empty() {
            continue;
        }
        if !written.is_empty() {
            written.push(' ');
        }
        for letter in part.chars() {
            match letter {
                '<' => written.push_str("&lt;"),
                '>' => written.push_str("&gt;"),
                '&' => written.push_str("&amp;"),
                // These may be markup anywhere in a line; `guarded` escapes those that are only at its beginning.
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

/// Escapes the beginning of a line that would make it a list, a heading or a rule.
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
