//! Paragraphs that declare cookies: a category with its names, or a list that is written without bullets.

use super::Row;
use super::head::{all_strong, in_cells, is_readable, is_small, split};
use crate::import::block::Rich;
use crate::import::categories::{Standing, read as standing};
use crate::import::columns::{Role, role};
use crate::import::durations::{Duration, is_duration, says_expires};
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

/// Whether a paragraph has lines of a name and its lifetime, `_ga : 2 years`, below others: iubenda lists cookies so, behind
/// the tool that sets them.
pub(super) fn has_name_lines(text: &Rich) -> bool {
    let rows = text.rows();
    rows.len() > 1 && rows.iter().any(|row| is_name_line(row) && names::read_plain(&row.line()).has_strong())
}

/// Whether a line is a name and its lifetime.
pub(super) fn is_name_line(row: &Rich) -> bool {
    let line = row.line();
    let pair = line.split_once(':').map(|(name, lifetime)| (name.trim(), lifetime.trim()));
    pair.is_some_and(|(name, lifetime)| {
        let names = names::read_plain(name);
        !name.contains(' ') && is_readable(&names) && role(name).is_none() && is_duration(lifetime)
    })
}

/// `**cart** keeps the basket. Duration: 2 weeks`: a bold word in front, and behind it a lifetime, and nothing else that has a
/// label.
pub(super) fn is_bold_name(text: &Rich) -> bool {
    let Some((lead, _)) = text.lead() else { return false };
    let names = names::read_plain(lead.trim_end_matches([':', ' ']));
    let is_name = !lead.trim().contains(' ') && is_readable(&names) && (all_strong(&names) || is_small(lead.trim()));
    let plain = text.plain();
    let parts: Vec<&str> = plain.lines().flat_map(|line| line.split(". ")).collect();
    let labels: Vec<Role> = parts.iter().filter_map(|part| Some(role(part.split_once(':')?.0)?.0)).collect();
    is_name && labels.iter().all(|role| *role == Role::Lifetime) && parts.iter().any(|part| is_lifetime(part))
}

/// Whether one of the sentences of a text is a lifetime with its label.
pub(super) fn states_lifetime(text: &Rich) -> bool {
    lifetime_of(&text.plain()).is_some()
}

/// The sentence of a text that is a lifetime: “Duration: 2 weeks”, “Expires after a year”.
pub(super) fn lifetime_of(text: &str) -> Option<String> {
    let mut sentences = text.lines().flat_map(|line| line.split(". ")).map(str::trim);
    sentences.find(|sentence| is_lifetime(sentence)).map(|sentence| sentence.trim_end_matches('.').to_owned())
}

/// “Duration: 2 weeks”, “Expires when the browser is closed”.
fn is_lifetime(part: &str) -> bool {
    let is_length = |text: &str| is_duration(text.trim().trim_end_matches('.'));
    let is_labelled = part
        .split_once(':')
        .is_some_and(|(label, value)| matches!(role(label), Some((Role::Lifetime, _))) && is_length(value));
    let is_expiry = part.trim().split_once(' ').is_some_and(|(verb, when)| says_expires(verb) && is_length(when));
    is_labelled || is_expiry
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
