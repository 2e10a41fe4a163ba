//! Paragraphs that declare cookies: a category with its names, or a list that is written without bullets.

use super::Row;
use super::head::{all_strong, in_cells, is_readable, split};
use crate::import::block::Rich;
use crate::import::categories::{Standing, read as standing};
use crate::import::durations::Duration;
use crate::import::names;
use crate::import::sections::Sections;

/// `_ga - counts visits - 2 years`: the lines of a list that is written without bullets. `None` unless every line begins
/// with names, one of which is surely one.
pub(super) fn lines(text: &Rich) -> Option<Vec<Rich>> {
    if in_cells(text).is_some_and(|head| head.is_name()) {
        return Some(vec![text.clone()]);
    }
    let plain = text.plain();
    let mut is_sure = false;
    for line in plain.lines() {
        let (head, _) = split(line)?;
        let names = names::read_plain(head);
        if !is_readable(&names) || head.split_whitespace().count() > 4 {
            return None;
        }
        is_sure |= all_strong(&names) && names.patterns.iter().any(|name| names::is_sure(name.text()));
    }
    is_sure.then(|| plain.lines().map(Rich::from).collect())
}

/// `Necessary cookies: sessionid, csrftoken`: a category with its names in one paragraph.
pub(super) fn labelled(text: &Rich, sections: &Sections) -> Option<Row> {
    let line = text.line();
    let (label, rest) = line.split_once(':')?;
    let names = names::read_plain(rest.trim().trim_end_matches('.'));
    let is_list = standing(label) != Standing::Silent
        && label.split_whitespace().count() <= 8
        && is_readable(&names)
        && all_strong(&names);
    is_list.then(|| Row {
        names,
        written: line.clone(),
        category: sections.category(&[label]),
        provider: None,
        service: None,
        purpose: None,
        lifetime: (String::new(), vec![Duration::Silent]),
        is_stored: false,
        against: None,
    })
}
