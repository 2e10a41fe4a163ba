//! Tables that only a style sheet lays out: containers in containers, each row with as many cells as the first has labels.
//!
//! Such a row is a container that holds nothing but the containers, the paragraphs or the spans of its cells. The first
//! row's cells are all labels of columns, one of them that of the names; the rows that follow it have as many cells.

use std::collections::BTreeSet;

use super::block::{Block, Cell, Rich, Scope, Table};
use super::columns::{Role, bare_label};
use super::names;

/// The blocks, with such rows as tables.
pub(super) fn lay_out(blocks: &[Block]) -> Vec<Block> {
    let mut laid = Vec::with_capacity(blocks.len());
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        if let Some((end, table)) = table(blocks, at) {
            laid.extend(table);
            at = end;
        } else {
            laid.push(block.clone());
            at += 1;
        }
    }
    laid
}

/// The position behind the table that begins here, and the table with the containers that its rows begin or end.
fn table(blocks: &[Block], at: usize) -> Option<(usize, Vec<Block>)> {
    let (mut at, head) = row(blocks, at)?;
    if !is_head(&head) {
        return None;
    }
    let width = head.len();
    let cells = |row: Vec<Rich>, is_header| row.into_iter().map(|text| Cell::plain(text, is_header)).collect();
    let mut table = Table { caption: None, rows: vec![cells(head, true)] };
    let of_width = |at: usize| row(blocks, at).filter(|(_, row)| row.len() == width && !is_head(row));
    // The containers that begin between rows and are still open, and those around the head that have ended.
    let (mut opened, mut closed) = (0_usize, 0_usize);
    loop {
        if let Some((end, row)) = of_width(at) {
            table.rows.push(cells(row, false));
            at = end;
        } else if is_open(blocks, at) && of_width(at + 1).is_some() {
            opened += 1;
            at += 1;
        } else if matches!(blocks.get(at), Some(Block::Close))
            && (of_width(at + 1).is_some() || (is_open(blocks, at + 1) && of_width(at + 2).is_some()))
        {
            if opened > 0 {
                opened -= 1;
            } else {
                closed += 1;
            }
            at += 1;
        } else {
            break;
        }
    }
    if table.rows.len() < 2 || is_pairs(&table) {
        return None;
    }
    let mut laid = vec![Block::Table(table)];
    laid.extend((0..closed).map(|_| Block::Close));
    laid.extend((0..opened).map(|_| Block::Open(Scope::Wrapper)));
    Some((at, laid))
}

fn is_open(blocks: &[Block], at: usize) -> bool {
    matches!(blocks.get(at), Some(Block::Open(Scope::Wrapper)))
}

/// The position behind the container that begins here, and its cells: containers without others in them, or texts.
fn row(blocks: &[Block], at: usize) -> Option<(usize, Vec<Rich>)> {
    if !is_open(blocks, at) {
        return None;
    }
    let (mut boxes, mut texts, mut end) = (Vec::new(), Vec::new(), at + 1);
    let mut is_in_box = false;
    loop {
        match blocks.get(end)? {
            Block::Open(_) if is_in_box => return None,
            Block::Open(_) => {
                is_in_box = true;
                boxes.push(Rich::default());
            }
            Block::Close if is_in_box => is_in_box = false,
            Block::Close => break,
            Block::Paragraph(text) | Block::Control { text, .. } | Block::Item(text) => match boxes.last_mut() {
                Some(cell) if is_in_box => cell.append(text),
                _ => texts.extend(text.cells()),
            },
            _ => return None,
        }
        if boxes.len() + texts.len() > MAX_CELLS {
            return None;
        }
        end += 1;
    }
    let cells = match (boxes.is_empty(), texts.is_empty()) {
        (false, true) => boxes,
        (true, false) => texts,
        _ => return None,
    };
    (cells.len() > 1).then_some((end + 1, cells))
}

/// The most cells of a row.
const MAX_CELLS: usize = 12;

/// Whether all cells are labels of columns, those of names among them.
fn is_head(row: &[Rich]) -> bool {
    let roles: Option<Vec<Role>> = row.iter().map(label).collect();
    let distinct: BTreeSet<Role> = roles.into_iter().flatten().collect();
    distinct.contains(&Role::Name) && distinct.len() > 1
}

/// Whether the rows are labels with their values: `Type`, `Cookie`; `Expiry`, `1 year`.
fn is_pairs(table: &Table) -> bool {
    let begins_with_label = |row: &Vec<Cell>| row.first().is_some_and(|cell| label(&cell.text).is_some());
    table.rows.iter().take(2).all(|row| row.len() == 2 && begins_with_label(row))
}

/// What a cell says as the label of a column.
fn label(cell: &Rich) -> Option<Role> {
    let line = cell.line();
    bare_label(line.trim_end_matches([':', ' '])).filter(|_| !names::is_strong(&line))
}
