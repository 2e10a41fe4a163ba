//! Labels with their values: `Duration: 1 year`, or the label in an element of its own.

use super::title::is_joined;
use crate::import::block::Rich;
use crate::import::categories::{Standing, read as standing};
use crate::import::columns::{Role, bare_label, role};
use crate::import::fold::fold;
use crate::import::names;

/// The longest label, in words.
pub(super) const MAX_LABEL_WORDS: usize = 4;

/// The labels of a text and their values, line by line: `Duration: 1 year`, or the label in an element of its own. `None` if
/// a line has none.
pub(super) fn fields(text: &Rich) -> Option<Vec<(Role, String)>> {
    let fields: Option<Vec<_>> = text.rows().iter().map(fields_of_line).collect();
    fields.map(|fields| fields.concat()).filter(|fields| !fields.is_empty())
}

/// The labels and values of one line.
///
/// Three notations are known: a colon behind the label, `Duration: 1 year`; elements side by side, in pairs; and a bold
/// label before its value.
pub(super) fn fields_of_line(line: &Rich) -> Option<Vec<(Role, String)>> {
    if let Some((role, value)) = labelled(&line.line()) {
        return Some(vec![(role, value.to_owned())]);
    }
    let cells: Vec<String> = line.cells().iter().map(Rich::line).filter(|cell| !cell.is_empty()).collect();
    if cells.len() > 1 && cells.len().is_multiple_of(2) {
        return cells.chunks(2).map(|pair| Some((plain_label(pair.first()?)?, pair.last()?.clone()))).collect();
    }
    let (lead, rest) = line.lead().filter(|(_, rest)| !rest.is_empty())?;
    bare_label(&lead).map(|role| vec![(role, rest)])
}

/// `Duration: 1 year`
fn labelled(line: &str) -> Option<(Role, &str)> {
    let (label, value) = line.split_once(':')?;
    // “Maximum age of cookie storage: 1 year”: with a colon behind it, a label may be longer.
    let is_plain = label.split_whitespace().count() <= MAX_LABEL_WORDS + 2
        && !label.contains(". ")
        && !label.split_whitespace().next().is_some_and(names::is_strong)
        && (standing(label) == Standing::Silent || !fold(label).contains("cookie"));
    let (role, _) = role(label).filter(|_| is_plain)?;
    Some((role, value.trim()))
}

/// The role of a short text that may be a label.
pub(super) fn plain_label(line: &str) -> Option<Role> {
    let line = line.trim_end_matches([':', ' ', '*']);
    let is_plain = line.split_whitespace().count() <= MAX_LABEL_WORDS
        && !names::is_strong(line)
        && !is_joined(line)
        && standing(line) == Standing::Silent;
    role(line).filter(|_| is_plain).map(|(role, _)| role)
}
