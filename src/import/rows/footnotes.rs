//! The footnotes of a page: a row that refers to one is not exempt if it speaks against that, or cannot be found.

use crate::import::block::{Block, Page, Rich, Table};
use crate::import::evidence;

/// The marks of a page's footnotes.
///
/// The same mark may stand at several footnotes of a page, under several tables: if one of them speaks against an exemption,
/// all rows with that mark are for a person to judge.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Footnotes {
    all: Vec<String>,
    /// Of those that speak against an exemption.
    against: Vec<String>,
}

impl Footnotes {
    /// Those of a page: paragraphs, items and rows of tables that begin with a mark.
    pub(super) fn of(page: &Page) -> Self {
        let mut footnotes = Self::default();
        for block in &page.blocks {
            let notes = match block {
                Block::Heading { .. } | Block::Open(_) | Block::Close => Vec::new(),
                Block::Table(table) => of_table(table),
                block => block.text().map(Rich::as_notes).unwrap_or_default(),
            };
            for (mark, text) in notes {
                if evidence::of_note(&text).is_some() {
                    footnotes.against.push(mark.clone());
                }
                footnotes.all.push(mark);
            }
        }
        footnotes
    }

    /// What the footnotes of a text say against an exemption. A mark in superscript whose footnote is nowhere counts, too.
    pub(in crate::import) fn against(&self, text: &Rich) -> Option<&'static str> {
        if text.notes().iter().any(|mark| self.against.contains(mark)) {
            return Some("(a footnote that speaks of consent)");
        }
        let is_lost = text.superscript_notes().iter().any(|mark| !self.all.contains(mark));
        is_lost.then_some("(a footnote that is not found)")
    }
}

/// The rows of a table that are footnotes: a mark in a cell of its own, or a text that spans the table.
fn of_table(table: &Table) -> Vec<(String, String)> {
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| &cell.text).filter(|text| !text.is_blank()));
    rows.flat_map(|mut texts| match (texts.next(), texts.next(), texts.next()) {
        (Some(only), None, None) => only.as_notes(),
        (Some(mark), Some(text), None) if mark.line().chars().count() <= 4 => {
            let mut note = mark.clone();
            note.push(" ");
            note.append_inline(text);
            note.as_notes()
        }
        _ => Vec::new(),
    })
    .collect()
}
