//! What an item or a term declares: names, and what stands before and behind them.

use super::storage::is_store;
use super::title::is_brand;
use crate::charter::NamePattern;
use crate::import::block::Rich;
use crate::import::categories::{Standing, read as standing};
use crate::import::columns::{self, Role};
use crate::import::durations::is_duration;
use crate::import::evidence;
use crate::import::fold::{fold, has_stem};
use crate::import::names::{self, Names};

/// What separates a name from its description.
const DASHES: [&str; 8] = [": ", " : ", " – ", " — ", " - ", " (", " = ", " → "];

/// The most words of a tool's name.
const MAX_TOOL_WORDS: usize = 5;

/// An item that may declare names.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) names: Names,
    /// The service that stands before the names, if they are in parentheses or behind a colon.
    pub(super) provider: Option<String>,
    /// The description.
    pub(super) rest: String,
    /// Whether it is surely a declaration.
    pub(super) is_strong: bool,
}

impl Head {
    /// Whether the first name is surely one, and no product's: `WordPress` may be the title of what is within it.
    pub(super) fn is_name(&self) -> bool {
        let first = self.names.patterns.first().map(NamePattern::text).unwrap_or_default();
        self.is_strong && (!is_brand(first) || names::is_sure(first))
    }

    pub(super) fn term(text: &Rich) -> Option<Self> {
        if has_category(&text.line()) {
            return None;
        }
        let names = names::read(text, false);
        let is_strong = !text.code().is_empty() || all_strong(&names);
        is_readable(&names).then_some(Self { names, provider: None, rest: String::new(), is_strong })
    }

    pub(super) fn item(text: &Rich) -> Option<Self> {
        item(text)
    }

    pub(super) fn whole(line: &str) -> Option<Self> {
        whole(line)
    }
}

fn item(text: &Rich) -> Option<Head> {
    let line = text.line();
    let (before, _) = text.around_code();
    if !text.code().is_empty() {
        if let Some(head) = of_tool(text, &before) {
            return Some(head);
        }
        if before.split_whitespace().count() <= 2 && standing(&before) == Standing::Silent {
            return coded(text, &line);
        }
    }
    if let Some(head) = in_cells(text) {
        return Some(head);
    }
    if let Some(head) = before_stop(&line).or_else(|| with_lifetimes(&line)) {
        return Some(head);
    }
    if let Some((lead, rest)) = text.lead() {
        let names = names::read_plain(lead.trim_end_matches([':', ' ']));
        let is_name = names.patterns.iter().all(|pattern| names::is_sure(pattern.text()));
        if is_readable(&names) && (is_name || standing(&lead) == Standing::Silent) {
            let is_strong = all_strong(&names);
            let rest = rest.trim_start_matches([' ', ':', ',', '–', '—', '-']).to_owned();
            let head = Head { names, provider: None, rest, is_strong };
            return Some(several(text, &line, &head).unwrap_or(head));
        }
    }
    if let [first, rest @ ..] = text.rows().as_slice()
        && let Some(head) = whole(&first.line()).filter(|head| head.is_strong && !rest.is_empty())
    {
        let rest = rest.iter().map(Rich::line).collect::<Vec<_>>().join(". ");
        return Some(Head { rest, ..head });
    }
    let Some((head, rest)) = split(&line) else { return whole(&line).or_else(|| mentioned(&line)) };
    if evidence::names_service(&fold(head)).is_some()
        && let Some(head) = of_service(head, rest)
    {
        return Some(head);
    }
    // “Legal basis: …” is no name.
    let label = columns::bare_label(head).filter(|_| head.starts_with(char::is_uppercase));
    if matches!(label, Some(Role::Basis | Role::Lifetime | Role::Purpose)) {
        return None;
    }
    let names = names::read_plain(head);
    let is_strong = all_strong(&names);
    // “Advertising cookies (with consent)” is the title of what is below it.
    let may_be_title = head.contains(' ') || head.starts_with(char::is_uppercase);
    let is_title = !is_strong && may_be_title && standing(head) != Standing::Silent;
    if is_readable(&names) && !is_title && head.split_whitespace().count() <= 12 {
        return Some(Head { names, provider: None, rest: rest.to_owned(), is_strong });
    }
    of_service(head, rest).or_else(|| whole(&line)).or_else(|| mentioned(&line))
}

/// A name in an element of its own, and its description in the next; a single word in small letters, if its neighbours are
/// names or a lifetime follows.
pub(super) fn in_cells(text: &Rich) -> Option<Head> {
    let cells: Vec<String> = text.cells().iter().map(Rich::line).filter(|cell| !cell.is_empty()).collect();
    let (first, rest) = cells.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let names = names::read_plain(first);
    let is_whole = rest.len() > 1 && is_small(first) && rest.last().is_some_and(|last| is_duration(last));
    let is_strong = all_strong(&names) || is_whole;
    let may_be_name = is_strong || (is_small(first) && (first.contains('-') || columns::role(first).is_none()));
    (is_readable(&names) && may_be_name).then(|| Head { names, provider: None, rest: rest.join(". "), is_strong })
}

/// `**_ga**, **_gid** and **_gat** (13 months): …`: the bold beginning is the first of several names.
fn several(text: &Rich, line: &str, first: &Head) -> Option<Head> {
    let plain = text.plain();
    let (head, rest) = plain.split_once('\n').filter(|(head, _)| head.contains(',')).or_else(|| split(line))?;
    let names = names::read_plain(head);
    let goes_on =
        names.patterns.len() > first.names.patterns.len() && names.patterns.starts_with(&first.names.patterns);
    (goes_on && is_readable(&names) && all_strong(&names)).then(|| Head {
        names,
        provider: None,
        rest: rest.to_owned(),
        is_strong: true,
    })
}

/// `_ga. Counts visits.`, `Liferay: JSESSIONID. Session.`: a sentence of names alone, with the tool that sets them or without.
fn before_stop(line: &str) -> Option<Head> {
    let (first, rest) = line.split_once(". ")?;
    let of_tool = first.split_once(": ").filter(|(tool, _)| tool.split_whitespace().count() <= MAX_TOOL_WORDS);
    let (tool, listed) = of_tool.map_or((None, first), |(tool, names)| (Some(tool.to_owned()), names));
    let names = names::read_plain(listed);
    let is_list = listed.split_whitespace().count() <= names.patterns.len();
    (is_list && is_readable(&names) && all_strong(&names)).then(|| Head {
        names,
        provider: tool,
        rest: rest.to_owned(),
        is_strong: true,
    })
}

/// `_ga (2 years), _gid (24 hours); of Google`: names with their lifetimes, and what stands behind them.
fn with_lifetimes(line: &str) -> Option<Head> {
    let is_pair = |part: &&str| {
        let pair =
            part.split_once([':', '(']).map(|(name, length)| (name.trim(), length.trim_end_matches([')', '.', ' '])));
        pair.is_some_and(|(name, length)| names::is_strong(name) && is_duration(length))
    };
    let parts: Vec<&str> = line.split([',', ';']).map(str::trim).collect();
    let pairs: Vec<&str> = parts.iter().copied().take_while(is_pair).collect();
    let listed = pairs.iter().filter_map(|pair| Some(pair.split_once([':', '('])?.0.trim()));
    let names = names::read_plain(&listed.collect::<Vec<_>>().join(", "));
    (pairs.len() > 1 && is_readable(&names)).then(|| Head {
        names,
        provider: None,
        rest: parts.get(pairs.len()..).unwrap_or_default().join(", "),
        is_strong: true,
    })
}

/// `_ga, _gid and _gat`; a single word in small letters, if its neighbours are names.
fn whole(line: &str) -> Option<Head> {
    if let Some(head) = with_lifetimes(line) {
        return Some(head);
    }
    let names = names::read_plain(line);
    let is_list = line.contains(',') && names.has_strong() && !line.trim_end().ends_with('.') && are_small(line);
    let is_strong = is_readable(&names) && (all_strong(&names) || is_list);
    let is_word = is_readable(&names) && is_small(line);
    (is_strong || is_word).then(|| Head { names, provider: None, rest: String::new(), is_strong })
}

/// Whether a text is one word in small letters.
pub(super) fn is_small(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte))
}

/// `phpsessid, has_js`: whether a text is words in small letters with commas between them.
fn are_small(line: &str) -> bool {
    let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._*".contains(&byte);
    line.split(',').map(str::trim).all(|word| !word.is_empty() && word.bytes().all(is_small))
}

/// `` `_ga`, `_gid`: what they do ``
fn coded(text: &Rich, line: &str) -> Option<Head> {
    let pieces = text.code();
    let end = split(line).map_or(line.len(), |(head, _)| head.len());
    let head = line.get(..end).unwrap_or(line);
    let in_head = pieces.iter().filter(|piece| head.contains(piece.as_str())).cloned().collect::<Vec<_>>();
    let mut names = Names::default();
    for piece in if in_head.is_empty() { pieces.get(..1).unwrap_or_default().to_vec() } else { in_head } {
        let read = names::read_plain(&piece);
        names.patterns.extend(read.patterns);
        names.too_wide.extend(read.too_wide);
        names.stored.extend(read.stored);
        names.is_open_ended |= read.is_open_ended;
    }
    names.is_open_ended |= names::read_plain(head).is_open_ended;
    let rest = split(line).map(|(_, rest)| rest.to_owned()).or_else(|| {
        let (_, after) = text.around_code();
        Some(after)
    });
    let declares = !names.patterns.is_empty() || !names.too_wide.is_empty() || !names.stored.is_empty();
    declares.then(|| Head { names, provider: None, rest: rest.unwrap_or_default(), is_strong: true })
}

/// “TYPO3: Cookie `fe_typo_user`, keeps …”: a tool, and what it sets.
fn of_tool(text: &Rich, before: &str) -> Option<Head> {
    let (tool, kind) = before.split_once(':')?;
    let is_cookie = matches!(fold(kind).as_str(), "cookie" | "cookies");
    if !(is_cookie || is_store(kind)) || tool.split_whitespace().count() > MAX_TOOL_WORDS {
        return None;
    }
    let mut head = coded(text, &text.line())?;
    head.names = names::read_plain(&listed(text, before).join(", "));
    if !is_cookie {
        let stored = head.names.patterns.drain(..).map(|pattern| pattern.text().to_owned());
        head.names.stored.extend(stored);
    }
    Some(Head { provider: Some(tool.trim().to_owned()), ..head })
}

/// The pieces of code behind this text that follow each other, with no more than a comma or an “and” between them.
fn listed(text: &Rich, before: &str) -> Vec<String> {
    let line = text.line();
    let mut rest = line.strip_prefix(before).unwrap_or(&line);
    let mut pieces = Vec::new();
    for piece in text.code() {
        let Some((between, behind)) = rest.split_once(piece.as_str()) else { break };
        if !pieces.is_empty() && !names::is_filler(between) {
            break;
        }
        rest = behind;
        pieces.push(piece);
    }
    pieces
}

/// `Matomo (MATOMO_SESSID, matomo_lang)`, `Google Analytics: _ga and _gid`.
fn of_service(head: &str, rest: &str) -> Option<Head> {
    // Parentheses may contain the names, or a remark behind them.
    let inner = rest.split_once(" (").filter(|(names, _)| !names.contains(')'));
    let (inside, after) = inner.or_else(|| rest.split_once(')')).unwrap_or((rest, ""));
    let names = names::read_plain(inside.trim_end_matches(['.', ')']));
    let is_known = evidence::names_service(&fold(head)).is_some();
    let is_name_list = is_readable(&names) && (all_strong(&names) || (is_known && names.has_strong()));
    is_name_list.then(|| Head {
        names,
        provider: Some(head.trim().to_owned()),
        rest: after.trim_start_matches([':', ' ', ',', '.', '–', '-']).trim_end_matches(')').to_owned(),
        is_strong: true,
    })
}

/// The names in a sentence about cookies: the words with an underscore that look like names.
fn mentioned(line: &str) -> Option<Head> {
    let speaks_of_cookies = has_stem(&fold(line), &["cookie", "traceur", "galleta"]);
    let words = line
        .split([' ', ',', ';', '(', ')'])
        .map(|word| word.trim_matches(['.', ':', '"', '“', '”', '«', '»', '\'', '`', '„', '’', '‘']));
    let mut names = Names::default();
    for word in words.filter(|word| word.contains('_') && names::is_strong(word)) {
        for pattern in names::read_plain(word).patterns {
            if !names.patterns.contains(&pattern) {
                names.patterns.push(pattern);
            }
        }
    }
    names.is_open_ended = names::read_plain(line).is_open_ended;
    (speaks_of_cookies && !names.patterns.is_empty()).then(|| Head {
        names,
        provider: None,
        rest: line.to_owned(),
        is_strong: true,
    })
}

/// “Ensighten (Essential)”: a tool and its category.
pub(super) fn has_category(line: &str) -> bool {
    let inside = line.trim().strip_suffix(')').and_then(|line| line.rsplit_once(" ("));
    inside.is_some_and(|(tool, kind)| {
        !names::is_strong(tool)
            && matches!(standing(kind), Standing::Exempt | Standing::Gated(_))
            && !names::is_strong(kind)
    })
}

/// Name and description, at the first dash or colon between them.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let (at, dash) = DASHES.iter().filter_map(|dash| Some((line.find(dash)?, *dash))).min()?;
    Some((line.get(..at)?, line.get(at + dash.len()..)?))
}

pub(super) fn is_readable(names: &Names) -> bool {
    (!names.patterns.is_empty() || !names.stored.is_empty()) && names.unreadable.is_empty()
}

pub(super) fn all_strong(names: &Names) -> bool {
    !names.patterns.is_empty() && names.patterns.iter().all(|pattern| names::is_strong(pattern.text()))
}
