//! Reads the rows of a page: from tables, lists, definitions, and cards of labels and values.
//!
//! `sections` has the titles above the current place; `names`, `durations` and `evidence` read single cells.

mod answer;
mod card;
mod card_row;
mod declared;
mod details;
mod field;
mod footnotes;
mod head;
mod list;
mod place;
mod provider;
mod row_consent;
mod sentence;
mod storage;
mod table;
#[cfg(test)]
mod tests;
mod title;

use std::collections::HashSet;

use super::block::{Block, Page, Rich, Table};
use super::categories::Purpose;
use super::columns::Layout;
use super::durations::Duration;
use super::evidence;
use super::names::{self, Names};
use super::sections::{Sections, refers_back};
use super::{MAX_ROWS, Refusal};
use card::CardRun;
pub(super) use footnotes::Footnotes;
use list::ListRun;

/// The most items and containers that follow each other in a list.
const MAX_ENTRIES: usize = 8 * MAX_ROWS;

/// One declaration of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) names: Names,
    /// The text in the place of the names, as the page writes it.
    pub(super) written: String,
    /// By its titles and cells together.
    pub(super) category: RowCategory,
    /// As the page writes it.
    pub(super) provider: Option<String>,
    /// As the page writes it.
    pub(super) service: Option<String>,
    /// As the page writes it.
    pub(super) purpose: Option<String>,
    /// The text about the lifetime, and what was read from it: one lifetime, or one for each name.
    pub(super) lifetime: (String, Vec<Duration>),
    /// Kept in the browser's storage, or a pixel: no cookie.
    pub(super) is_stored: bool,
    /// What its cells say against an exemption.
    pub(super) against: Option<String>,
}

impl Row {
    /// What the page says of its purpose, or of the tool that sets it.
    pub(super) fn stated_purpose(&self) -> Option<&str> {
        let of_tool = || self.category.tool.as_ref()?.said.as_deref();
        self.purpose.as_deref().or_else(of_tool)
    }
}

/// The category that a row stands under.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowCategory {
    pub(super) need: Need,
    /// What the page calls the category.
    pub(super) title: Option<String>,
    /// What the category is for, if the page says it: it gives the id.
    pub(super) purpose: Option<Purpose>,
    /// Set if its title may be no more than the name of a tool, and the title around that is exempt.
    pub(super) tool: Option<Tool>,
    /// If the titles leave it open: what the page says of all its cookies, that they are necessary.
    pub(super) claim: Option<String>,
}

/// A title below an exempt one that may be the name of a tool. Whether its cookies are exempt is what their purpose says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tool {
    /// The exempt title.
    pub(super) around: String,
    /// What stands below the tool's name: the purpose of cookies that state none.
    pub(super) said: Option<String>,
}

/// Whether a row needs consent.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Need {
    /// A title or a cell says so, and nothing contradicts it.
    Exempt,
    Required,
    /// It is not clearly exempt, for this reason: it needs consent until a person decides.
    Doubtful(String),
}

/// What was found on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Found {
    /// With those of the browser's storage.
    pub(super) rows: Vec<Row>,
    /// Tables that declare no cookie.
    pub(super) other_tables: usize,
    /// The names in lists that may be declarations, but could not be read as such.
    pub(super) unread: Vec<String>,
}

/// All rows of a page, in its order.
///
/// # Errors
/// `Refusal::TooManyParts` if a table or a list is too large, or there are more rows than [`MAX_ROWS`].
pub(super) fn read(page: &Page) -> Result<Found, Refusal> {
    let has_legend = page.blocks.iter().filter_map(Block::text).any(|text| is_legend(&text.line()));
    let mut reader = PageReader { has_legend, ..PageReader::default() };
    reader.sections.footnotes = Footnotes::of(page);
    for (at, block) in page.blocks.iter().enumerate() {
        // Only a text asks for the next one, so that no run of containers is read twice.
        let behind = page.blocks.iter().skip(at + 1).take_while(|_| block.text().is_some());
        let mut behind = behind.filter(|block| !matches!(block, Block::Open(_) | Block::Close));
        let ahead = Ahead { next: behind.next().and_then(Block::text), after: behind.next().and_then(Block::text) };
        reader.block(block, ahead)?;
    }
    reader.end_runs(None);
    let overlooked = overlooked(page, &reader.found.rows);
    reader.found.unread.extend(overlooked);
    Ok(reader.found)
}

/// The texts that are surely names and stand in no row, in one line.
///
/// Whatever the shape of a page, a cookie that visitors see must not be left out in silence. Names in tables are reported
/// by their rows.
fn overlooked(page: &Page, rows: &[Row]) -> Option<String> {
    let texts = page.blocks.iter().filter_map(Block::text).flat_map(Rich::rows).flat_map(|row| row.cells());
    let texts = texts.map(|text| text.line());
    let is_name = |line: &String| !line.contains(' ') && names::is_sure(line) && names::is_strong(line);
    let words = rows.iter().flat_map(|row| row.written.split([' ', ',', ';', ':', '(', ')']));
    let read: HashSet<&str> = words.chain(rows.iter().map(|row| row.written.as_str())).collect();
    let overlooked: Vec<String> =
        texts.filter(|line| is_name(line) && !read.contains(line.as_str())).take(MAX_SHOWN).collect();
    (!overlooked.is_empty()).then(|| overlooked.join(", "))
}

/// The two blocks behind a text, if they are texts, too.
#[derive(Clone, Copy, Default)]
struct Ahead<'a> {
    next: Option<&'a Rich>,
    after: Option<&'a Rich>,
}

/// The most names of a message.
const MAX_SHOWN: usize = 6;

/// `* These cookies are set only if …`: the text of a footnote.
fn is_legend(text: &str) -> bool {
    text.strip_prefix('*').is_some_and(|rest| rest.trim_start_matches('*').split_whitespace().count() > 2)
}

/// Reads a page block by block. Lists and cards are read once they end, because its neighbours show whether a word is a
/// name.
#[derive(Default)]
struct PageReader {
    found: Found,
    sections: Sections,
    /// Whether a footnote begins with `*`.
    has_legend: bool,
    list: ListRun,
    cards: CardRun,
    /// Where the rows of the table begin that ended just before, if nothing stands behind it yet.
    above: Option<usize>,
    /// The roles of the last table's columns. A table without headings that follows it may have the same.
    layout: Option<Layout>,
}

impl PageReader {
    fn block(&mut self, block: &Block, ahead: Ahead<'_>) -> Result<(), Refusal> {
        if self.found.rows.len() + self.cards.len() > MAX_ROWS || self.list.len() > MAX_ENTRIES {
            return Err(Refusal::TooManyParts);
        }
        if matches!(block, Block::Open(_) | Block::Close) {
            self.container(block);
            return Ok(());
        }
        // A heading that is a card's name or label ends the titles of its level, too.
        if let Block::Heading { level, text } = block
            && self.sections.has_rank(*level)
        {
            self.end_runs(None);
            self.sections.replace_by_heading(*level, names::read(text, false).has_strong());
        }
        if let Some(text) = block.text() {
            if self.list.take_detail(block, text) {
                return Ok(());
            }
            if self.bold_name(block, text) {
                return Ok(());
            }
            if self.cards.take(block, text, ahead) {
                self.list.end(None, &mut self.sections, &mut self.found);
                return Ok(());
            }
        }
        if let Block::Table(table) = block
            && (self.list.take_table(table) || self.cards.take_table(table))
        {
            return Ok(());
        }
        let behind = if let Block::Paragraph(text) | Block::Item(text) = block { Some(text) } else { None };
        self.cards.end(behind, &mut self.sections, &mut self.found.rows);
        if let Block::Paragraph(text) = block
            && self.lines(text)
        {
            return Ok(());
        }
        if matches!(block, Block::Item(_) | Block::Term(_) | Block::Definition(_)) {
            self.list.take(block);
            return Ok(());
        }
        self.list.end(behind, &mut self.sections, &mut self.found);
        match block {
            Block::Heading { level, text } => {
                self.above = None;
                self.sections.heading(*level, text);
            }
            Block::Control { text, control } => self.sections.control(text, *control),
            Block::Paragraph(text) => self.paragraph(text),
            Block::Table(table) => self.table(table)?,
            _ => {}
        }
        Ok(())
    }

    /// Takes a paragraph that is a list without bullets; `false` if it is none.
    fn lines(&mut self, text: &Rich) -> bool {
        if sentence::has_name_lines(text) {
            self.name_lines(text);
            return true;
        }
        let Some(lines) = sentence::lines(text) else { return false };
        for line in lines {
            self.list.take(&Block::Item(line));
        }
        self.list.end_item();
        true
    }

    /// Reads a paragraph line by line: those with a name and its lifetime are items, the others paragraphs.
    fn name_lines(&mut self, text: &Rich) {
        for row in text.rows() {
            if sentence::is_name_line(&row) {
                self.list.take(&Block::Item(row));
                self.list.end_item();
            } else {
                self.list.end(None, &mut self.sections, &mut self.found);
                self.paragraph(&row);
            }
        }
    }

    /// Takes a paragraph that declares the bold word in front of it; `false` if it does not.
    fn bold_name(&mut self, block: &Block, text: &Rich) -> bool {
        let is_one = matches!(block, Block::Paragraph(_)) && sentence::is_bold_name(text);
        if is_one {
            self.cards.end(None, &mut self.sections, &mut self.found.rows);
            self.list.take(&Block::Item(text.clone()));
            self.list.end_item();
        }
        is_one
    }

    /// A container begins or ends.
    fn container(&mut self, block: &Block) {
        if let Block::Open(scope) = block {
            self.sections.open(*scope);
        } else {
            if self.sections.has_titles_within() {
                self.end_runs(None);
            }
            self.sections.close();
        }
        self.list.mark(block);
        self.cards.mark(matches!(block, Block::Open(_)));
    }

    fn table(&mut self, table: &Table) -> Result<(), Refusal> {
        match table::read(table, &self.sections, self.has_legend, &mut self.layout)? {
            Some(rows) => {
                self.above = Some(self.found.rows.len());
                self.found.rows.extend(rows);
            }
            None => self.found.other_tables += 1,
        }
        self.sections.rows();
        Ok(())
    }

    fn paragraph(&mut self, text: &Rich) {
        self.note(&text.line());
        if let Some(row) = sentence::labelled(text, &self.sections) {
            self.found.rows.push(row);
        } else {
            self.sections.paragraph(text);
        }
    }

    /// A paragraph directly below a table that refers to its rows may speak against their exemption.
    fn note(&mut self, text: &str) {
        let Some(first) = self.above.take().filter(|_| refers_back(text)) else { return };
        let Some(against) = evidence::of_introduction(text) else { return };
        for row in self.found.rows.iter_mut().skip(first) {
            row.against.get_or_insert_with(|| against.clone());
        }
    }

    /// `behind`: the paragraph that ends them.
    fn end_runs(&mut self, behind: Option<&Rich>) {
        self.cards.end(behind, &mut self.sections, &mut self.found.rows);
        self.list.end(behind, &mut self.sections, &mut self.found);
    }
}

/// Whether the titles leave open whether the row needs consent.
fn is_open(category: &RowCategory) -> bool {
    let is_reason =
        |reason: &str| reason.starts_with(NOTHING_SAID) || reason.ends_with(UNCLEAR) || reason.starts_with(SAID);
    matches!(&category.need, Need::Doubtful(reason) if is_reason(reason))
}

/// Whether only the purpose of a row can tell whether it needs consent: no title names a kind of cookies, except the site's
/// own.
pub(super) fn is_left_to_purpose(category: &RowCategory) -> bool {
    let is_own = category.purpose == Some(Purpose::FirstParty);
    let is_reason = |reason: &str| reason == NOTHING_SAID || (is_own && reason.ends_with(UNCLEAR));
    matches!(&category.need, Need::Doubtful(reason) if is_reason(reason))
}

/// A reason for a doubt: no title speaks of consent.
pub(super) const NOTHING_SAID: &str = "the page does not say whether consent is needed";
/// A reason for a doubt; what the page says of consent in general follows.
pub(super) const SAID: &str = "the page says ";
/// A reason for a doubt; the title that it is about stands before it.
pub(super) const AUDIENCE: &str = "is said to need no consent, which holds for audience measurement under conditions only, for a person to judge \
    (`[audience_exemption]`)";
/// A reason for a doubt; the title that it is about stands before it.
pub(super) const UNCLEAR: &str = "does not say whether consent is needed";
