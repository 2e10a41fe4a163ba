//! Reads Markdown, and plain text with tables, into blocks.
//!
//! Markdown is read as people write it in policy pages: a name like `_ga_*` is no emphasis here, escaped or not.

mod aligned;
mod csv;
mod inline;
mod numbered;
#[cfg(test)]
mod tests;

use super::block::{Block, Cell, Embedded, MAX_TEXT, Metadata, Page, Rich, Scope, Table};
use super::{MAX_BLOCKS, Refusal};
use crate::charter::EMBEDDED;
use aligned::Columns;
use inline::inline;

/// The blocks of a text. Unless `is_markdown`, only tables, bullets and short lines count, and no character is markup.
///
/// # Errors
/// `Refusal::TooManyParts` if there are more than [`MAX_BLOCKS`] blocks and cells.
pub(super) fn read(text: &str, is_markdown: bool) -> Result<Page, Refusal> {
    let mut reader = LineReader { is_markdown, ..LineReader::default() };
    let text = if is_markdown { reader.without_comments(text) } else { text.to_owned() };
    let lines: Vec<&str> = if is_markdown { without_front_matter(&text) } else { text.lines().collect() };
    let title = if is_markdown { None } else { page_title(&lines) };
    for (at, line) in lines.iter().enumerate() {
        let line = reader.cut(line);
        if title == Some(at) {
            reader.blocks.push(Block::Heading { level: 1, text: Rich::from(line) });
            continue;
        }
        if let Some((level, title)) =
            numbered::underlined(&lines, at, is_markdown).or_else(|| numbered::title(&lines, at))
        {
            reader.heading(level, title);
            continue;
        }
        let above = at.checked_sub(1).and_then(|above| numbered::underlined(&lines, above, is_markdown));
        if above.is_some() {
            continue;
        }
        reader.line(line, lines.get(at + 1).copied().unwrap_or_default());
        if reader.blocks.len() + reader.cells > MAX_BLOCKS {
            return Err(Refusal::TooManyParts);
        }
    }
    reader.end_table();
    reader.end_items(0);
    Ok(Page { blocks: reader.blocks, metadata: reader.metadata })
}

/// The most lines of a front matter.
const MAX_FRONT_MATTER: usize = 100;

/// The lines without the keys in front, between two lines of dashes, that site generators read and visitors do not see.
fn without_front_matter(text: &str) -> Vec<&str> {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty()).peekable();
    if lines.peek().is_none_or(|line| line.trim_end() != "---") {
        return text.lines().collect();
    }
    let all: Vec<&str> = lines.collect();
    let end = all.iter().skip(1).take(MAX_FRONT_MATTER).position(|line| line.trim_end() == "---");
    end.and_then(|end| all.get(end + 2..)).map_or_else(|| all.clone(), <[&str]>::to_vec)
}

/// The line with the title of the page: a first line of few words, an empty one below it, and something that is no table
/// after that.
fn page_title(lines: &[&str]) -> Option<usize> {
    let at = lines.iter().position(|line| !line.trim().is_empty())?;
    let line = lines.get(at)?;
    let is_alone = lines.get(at + 1).is_some_and(|next| next.trim().is_empty());
    let next = lines.get(at + 1..)?.iter().find(|line| !line.trim().is_empty())?;
    let is_path = line.contains(['>', '›', '»']);
    let is_short =
        !is_path && line.split_whitespace().count() <= 10 && !line.trim_end().ends_with(['.', '!', '?', ';', ',', ':']);
    (is_alone && is_short && !line.contains('\t') && !next.contains('\t') && bullet(line).is_none()).then_some(at)
}

/// Whether a text has the signs of Markdown.
pub(super) fn is_markdown(text: &str) -> bool {
    let is_sign = |line: &str| {
        heading(line).is_some()
            || is_delimiter(line)
            || line.trim_start().starts_with("**")
            || line.contains("](")
            || line.contains('`')
            || bullet(line).is_some()
    };
    text.lines().any(is_sign) || text.contains(&format!("<!-- {EMBEDDED} "))
}

/// In the place of a separator, for columns that are aligned by blanks.
const BLANKS: char = ' ';

/// Reads lines, and keeps what is open.
#[derive(Default)]
struct LineReader {
    is_markdown: bool,
    blocks: Vec<Block>,
    metadata: Metadata,
    /// The paragraph or the item that is being read, and whether it is an item.
    text: Rich,
    is_item: bool,
    /// How far each item is set in that is open, the innermost last.
    items: Vec<usize>,
    /// The table that is being read, and the separator of its cells.
    table: Option<(Table, char)>,
    /// The columns of the last table that is aligned by blanks.
    columns: Option<Columns>,
    /// Whether the lines are in a fenced code block, in which no character is markup.
    is_fenced: bool,
    /// The number of cells, which counts against [`MAX_BLOCKS`].
    cells: usize,
}

impl LineReader {
    /// The part of a line that is read.
    fn cut<'a>(&mut self, line: &'a str) -> &'a str {
        self.metadata.is_cut |= line.len() > MAX_TEXT;
        line.get(..line.floor_char_boundary(MAX_TEXT)).unwrap_or(line)
    }

    fn line(&mut self, line: &str, next: &str) {
        if self.is_markdown && line.trim_start().starts_with("```") {
            self.is_fenced = !self.is_fenced;
            return;
        }
        if !line.trim().is_empty() && bullet(line).is_none() && self.text.is_blank() {
            self.end_items(indent(line));
        }
        if line.trim().is_empty() {
            self.end_text();
            if self.table.as_ref().is_some_and(|(_, separator)| *separator != '\t') {
                self.end_table();
            }
        } else if self.cells(line, next) || self.aligned(line) {
        } else if self.is_markdown && !self.is_fenced {
            self.end_table();
            self.markdown(line);
        } else {
            self.end_table();
            match bullet(line) {
                Some(item) => self.item(line, item),
                None => self.plain(line, next),
            }
        }
    }

    fn heading(&mut self, level: u8, title: &str) {
        self.end_table();
        self.end_items(0);
        let text = self.rich(title);
        self.blocks.push(Block::Heading { level, text });
    }

    /// Reads a line of a table that is aligned by blanks; `false` if it is none.
    fn aligned(&mut self, line: &str) -> bool {
        let is_open = matches!(self.table, Some((_, BLANKS)));
        if is_open && aligned::is_border(line) {
            return true;
        }
        let columns = Columns::of(line).or_else(|| self.columns.take());
        let Some(cells) = columns.as_ref().and_then(|columns| columns.cells(line)) else {
            self.columns = columns;
            return false;
        };
        self.columns = columns;
        if !is_open {
            self.end_table();
        }
        self.end_text();
        self.cells += cells.len();
        let cells: Vec<Rich> = cells.iter().map(|cell| self.rich(cell)).collect();
        let (table, _) = self.table.get_or_insert_with(|| (Table::default(), BLANKS));
        match table.rows.last_mut() {
            Some(row) if cells.first().is_some_and(Rich::is_blank) => {
                for (cell, more) in row.iter_mut().zip(&cells).filter(|(_, more)| !more.is_blank()) {
                    cell.text.append(more);
                }
            }
            _ => table.rows.push(cells.into_iter().map(|text| Cell::plain(text, false)).collect()),
        }
        true
    }

    /// Reads a line of a table; `false` if it is none.
    fn cells(&mut self, line: &str, next: &str) -> bool {
        let separator = match &self.table {
            Some((_, separator)) if *separator != BLANKS && line.contains(*separator) => *separator,
            _ if is_piped(line, next) => '|',
            _ if is_tabbed(line) => '\t',
            None => match csv::separator(line) {
                Some(separator) => separator,
                None => return false,
            },
            Some(_) => return false,
        };
        self.end_text();
        if self.table.as_ref().is_some_and(|(_, known)| *known != separator) {
            self.end_table();
        }
        let (table, _) = self.table.get_or_insert_with(|| (Table::default(), separator));
        if separator == '|' && is_delimiter(line) {
            return true;
        }
        let is_header = table.rows.is_empty() && separator == '|' && is_delimiter(next);
        let cells = match separator {
            '|' => pipes(line),
            '\t' => line.split('\t').map(str::to_owned).collect(),
            other => csv::cells(line, other),
        };
        self.cells += cells.len();
        let cells = cells.iter().map(|cell| Cell::plain(self.rich(cell), is_header)).collect();
        if let Some((table, _)) = &mut self.table {
            table.rows.push(cells);
        }
        true
    }

    /// Headings with `#` and underlined ones; definition lists and tables as GitHub and others add them.
    fn markdown(&mut self, line: &str) {
        if let Some((level, text)) = heading(line) {
            self.end_text();
            let text = self.rich(text);
            self.blocks.push(Block::Heading { level, text });
        } else if let Some(level) = underline(line).filter(|_| !self.text.is_blank() && !self.is_item) {
            let text = std::mem::take(&mut self.text);
            self.blocks.push(Block::Heading { level, text });
        } else if let Some(definition) = line.strip_prefix(": ") {
            if !self.text.is_blank() {
                let term = std::mem::take(&mut self.text);
                self.blocks.push(Block::Term(term));
            }
            let text = self.rich(definition);
            self.blocks.push(Block::Definition(text));
        } else if let Some(item) = bullet(line) {
            self.item(line, item);
        } else if underline(line).is_none() {
            self.more(line.trim_start_matches('>'));
        }
    }

    /// An item begins. It is within the items that are set in less.
    fn item(&mut self, line: &str, text: &str) {
        self.end_items(indent(line));
        self.blocks.push(Block::Open(Scope::Closed));
        self.items.push(indent(line));
        self.is_item = true;
        self.text = self.rich(text);
    }

    /// A line of plain text: a short one above a sentence is a title.
    fn plain(&mut self, line: &str, next: &str) {
        let is_end = |text: &str| text.trim_end().ends_with(['.', '!', '?', ';', ',', ':']);
        let is_title = self.text.is_blank() && line.split_whitespace().count() <= 8 && !is_end(line) && is_end(next);
        self.more(line);
        if is_title {
            self.end_text();
        }
    }

    /// A further line of a paragraph or of an item.
    fn more(&mut self, line: &str) {
        let text = self.rich(line);
        self.text.append(&text);
    }

    /// Ends the items that are set in as far, or further.
    fn end_items(&mut self, indent: usize) {
        self.end_text();
        while self.items.last().is_some_and(|item| *item >= indent) {
            self.items.pop();
            self.blocks.push(Block::Close);
        }
    }

    fn end_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        let is_item = std::mem::take(&mut self.is_item);
        if !text.is_blank() {
            self.blocks.push(if is_item { Block::Item(text) } else { Block::Paragraph(text) });
        }
    }

    fn end_table(&mut self) {
        if let Some((table, _)) = self.table.take().filter(|(table, _)| !table.rows.is_empty()) {
            self.blocks.push(Block::Table(table));
        }
    }

    fn rich(&self, text: &str) -> Rich {
        if self.is_markdown { inline(text) } else { Rich::from(text) }
    }

    /// The text without HTML comments. A charter in one of them is kept as metadata.
    fn without_comments(&mut self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("<!--") {
            kept.push_str(before);
            let (comment, behind) = after.split_once("-->").unwrap_or((after, ""));
            if let Some(charter) = comment.trim().strip_prefix(EMBEDDED) {
                let (digest, json) = charter.trim().split_once(' ').unwrap_or_default();
                self.metadata.embedded = Some(Embedded { digest: digest.to_owned(), json: json.to_owned() });
            }
            rest = behind;
        }
        kept.push_str(rest);
        kept
    }
}

/// `## Title ##`
fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start();
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let title = text.get(level..)?.strip_prefix(' ')?;
    (1..=6).contains(&level).then(|| (u8::try_from(level).unwrap_or(6), title.trim().trim_end_matches('#').trim_end()))
}

/// How far a line is set in.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

fn underline(line: &str) -> Option<u8> {
    let line = line.trim();
    match line {
        _ if line.len() >= 3 && line.bytes().all(|byte| byte == b'=') => Some(1),
        _ if line.len() >= 3 && line.bytes().all(|byte| byte == b'-') => Some(2),
        _ => None,
    }
}

/// The text of a list item.
fn bullet(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let marked = ["- ", "* ", "+ ", "• ", "– ", "· ", "▪ ", "‣ ", "o\t", "•\t", "-\t"]
        .iter()
        .find_map(|mark| line.strip_prefix(mark));
    let numbered = || {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let rest = line.get(digits..).filter(|_| (1..=3).contains(&digits))?;
        rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))
    };
    marked.or_else(numbered).map(str::trim_start)
}

/// `|---|:--:|`
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.contains('|') && line.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ' | '\t'))
}

fn is_piped(line: &str, next: &str) -> bool {
    let line = line.trim();
    (line.starts_with('|') && line.matches('|').count() >= 2) || (line.contains('|') && is_delimiter(next))
}

/// Two cells at least. A tab before a text only sets it in.
fn is_tabbed(line: &str) -> bool {
    bullet(line).is_none_or(|item| item.contains('\t')) && line.trim().contains('\t')
}

/// The cells of a Markdown row: `\|` is no border.
fn pipes(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.peek() == Some(&'|') => {
                characters.next();
                cells.last_mut().into_iter().for_each(|cell| cell.push('|'));
            }
            '|' => cells.push(String::new()),
            other => cells.last_mut().into_iter().for_each(|cell| cell.push(other)),
        }
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) && line.ends_with('|') {
        cells.pop();
    }
    cells
}

/// Whether a text has a Markdown table.
pub(super) fn has_pipes(text: &str) -> bool {
    text.lines().any(|line| is_delimiter(line) && line.contains("--"))
}
