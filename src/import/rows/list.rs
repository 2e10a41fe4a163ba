//! The rows of bullet lists and of definition lists.
//!
//! A list is read once it has ended, because its neighbours show whether a word is a name.

use super::row_consent::RowConsent;
use super::{Found, Row};
use crate::charter::NamePattern;
use crate::import::block::{Block, Rich};
use crate::import::categories::{Standing, read as standing};
use crate::import::durations::{self, Duration};
use crate::import::evidence;
use crate::import::fold::{fold, has_stem};
use crate::import::names::{self, Names};
use crate::import::sections::Sections;

/// What separates a name from its description.
const DASHES: [&str; 8] = [": ", " : ", " – ", " — ", " - ", " (", " = ", " → "];
/// The most words of an item that is the title of those within or below it.
const MAX_TITLE_WORDS: usize = 14;

/// Items that follow each other.
#[derive(Debug, Default)]
pub(super) struct ListRun {
    entries: Vec<Entry>,
}

/// A block of the run.
#[derive(Clone, Debug)]
enum Entry {
    Item(Rich),
    Term(Rich),
    Definition(Rich),
    Open,
    Close,
}

/// An item that may declare names.
struct Head {
    names: Names,
    /// The service that stands before the names, if they are in parentheses or behind a colon.
    provider: Option<String>,
    /// The description.
    rest: String,
    /// Whether it is surely a declaration.
    is_strong: bool,
}

/// The items that are titles of the current one, each with its depth.
#[derive(Default)]
struct Titles {
    open: Vec<(usize, String)>,
    depth: usize,
}

impl Titles {
    fn push(&mut self, text: String) {
        self.open.retain(|(depth, _)| *depth < self.depth);
        self.open.push((self.depth, text));
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.open.retain(|(depth, _)| *depth <= self.depth);
    }

    fn texts(&self) -> Vec<String> {
        self.open.iter().map(|(_, text)| text.clone()).collect()
    }
}

impl ListRun {
    /// Adds an item, a term or a definition. Other blocks are ignored.
    pub(super) fn take(&mut self, block: &Block) {
        match block {
            Block::Item(text) => self.entries.push(Entry::Item(text.clone())),
            Block::Term(text) => self.entries.push(Entry::Term(text.clone())),
            Block::Definition(text) => self.entries.push(Entry::Definition(text.clone())),
            _ => {}
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// A container begins or ends between the items.
    pub(super) fn mark(&mut self, block: &Block) {
        if !self.entries.is_empty() {
            self.entries.push(if matches!(block, Block::Open(_)) { Entry::Open } else { Entry::Close });
        }
    }

    /// Reads the items. If none is surely a declaration, the list is text, and what it says of consent counts for the
    /// titles above it.
    pub(super) fn end(&mut self, sections: &mut Sections, found: &mut Found) {
        let entries = std::mem::take(&mut self.entries);
        if entries.is_empty() {
            return;
        }
        let heads: Vec<Option<Head>> = entries.iter().map(head).collect();
        if heads.iter().flatten().any(|head| head.is_strong) {
            declared(&entries, heads, sections, found);
            sections.rows();
            return;
        }
        let weak: Vec<&str> =
            heads.iter().flatten().flat_map(|head| &head.names.patterns).map(NamePattern::text).collect();
        if sections.is_about_cookies() && weak.len() > 1 && weak.len() * 2 > heads.len() {
            found.unread.push(weak.iter().take(6).copied().collect::<Vec<_>>().join(", "));
        }
        for entry in &entries {
            if let Entry::Item(text) | Entry::Definition(text) = entry {
                sections.paragraph_of_list(text);
            }
        }
    }
}

/// The rows of a list that surely declares cookies.
fn declared(entries: &[Entry], heads: Vec<Option<Head>>, sections: &Sections, found: &mut Found) {
    let Found { rows, unread, .. } = found;
    // Containers that began before the first item may end in the list, so its depth must not begin at 0.
    let mut titles = Titles { depth: entries.len(), ..Titles::default() };
    let known = rows.len();
    let mut last = None;
    for (entry, head) in entries.iter().zip(heads) {
        match (entry, head) {
            (Entry::Open, _) => titles.depth += 1,
            (Entry::Close, _) => titles.close(),
            (Entry::Definition(text), None) => {
                explain(rows.get_mut(known..).unwrap_or_default(), last, text, sections);
            }
            (entry, Some(head)) => {
                last = Some(rows.len() - known);
                rows.push(row(entry, head, titles.texts(), sections));
            }
            (Entry::Item(text) | Entry::Term(text), None) => {
                let line = text.line();
                // `AMCV_*@Org`, say: it looks like a name, and no pattern can be made of it.
                if !line.contains(' ') && line.contains(['_', '*', '@']) {
                    unread.push(line.clone());
                }
                let is_title = line.split_whitespace().count() <= MAX_TITLE_WORDS && !line.ends_with('.');
                if is_title || standing(&line) != Standing::Silent {
                    titles.push(line);
                }
                last = None;
            }
        }
    }
}

fn row(entry: &Entry, head: Head, titles: Vec<String>, sections: &Sections) -> Row {
    let empty = Rich::default();
    let text = match entry {
        Entry::Item(text) | Entry::Term(text) | Entry::Definition(text) => text,
        Entry::Open | Entry::Close => &empty,
    };
    let mut consent = RowConsent { titles, ..RowConsent::default() };
    if let Some(against) =
        evidence::of_cell(&head.rest).or_else(|| head.provider.as_deref().and_then(evidence::of_provider))
    {
        consent.object(&against);
    }
    if text.is_hidden() {
        consent.object("(it is hidden)");
    }
    if let Some(against) = sections.footnotes.against(text) {
        consent.object(against);
    }
    Row {
        names: head.names,
        written: text.line(),
        category: consent.category(sections),
        provider: head.provider,
        service: None,
        purpose: purpose(&head.rest),
        lifetime: lifetime(&head.rest),
        is_stored: false,
        against: consent.against,
    }
}

/// Adds a definition to the row of the term above it.
fn explain(rows: &mut [Row], at: Option<usize>, definition: &Rich, sections: &Sections) {
    let Some(row) = at.and_then(|at| rows.get_mut(at)) else { return };
    let text = definition.line();
    let text = text.as_str();
    let (written, durations) = lifetime(text);
    if durations != [Duration::Silent] && row.lifetime.1 == [Duration::Silent] {
        row.lifetime = (written, durations);
    }
    if row.purpose.is_none() && (!durations::is_duration(text) || !evidence::is_exempt_purpose("", "", text)) {
        row.purpose = purpose(text);
    }
    if row.against.is_none() {
        row.against = evidence::of_cell(text).or_else(|| sections.footnotes.against(definition).map(str::to_owned));
    }
}

fn head(entry: &Entry) -> Option<Head> {
    match entry {
        Entry::Term(text) => term(text),
        Entry::Item(text) => item(text),
        Entry::Definition(text) => whole(&text.line()),
        Entry::Open | Entry::Close => None,
    }
}

fn term(text: &Rich) -> Option<Head> {
    let names = names::read(text, false);
    let is_strong = !text.code().is_empty() || all_strong(&names);
    is_readable(&names).then_some(Head { names, provider: None, rest: String::new(), is_strong })
}

fn item(text: &Rich) -> Option<Head> {
    let line = text.line();
    let (before, _) = text.around_code();
    if !text.code().is_empty() && before.split_whitespace().count() <= 2 && standing(&before) == Standing::Silent {
        return coded(text, &line);
    }
    if let Some((lead, rest)) = text.lead() {
        let names = names::read_plain(lead.trim_end_matches([':', ' ']));
        if is_readable(&names) && standing(&lead) == Standing::Silent {
            let is_strong = all_strong(&names);
            let head = Head { names, provider: None, rest, is_strong };
            return Some(several(&line, &head).unwrap_or(head));
        }
    }
    let Some((head, rest)) = split(&line) else { return whole(&line).or_else(|| mentioned(&line)) };
    if evidence::names_service(&fold(head)).is_some()
        && let Some(of_service) = behind(head, rest)
    {
        return Some(of_service);
    }
    let names = names::read_plain(head);
    let is_strong = all_strong(&names);
    // “Advertising cookies (with consent)” is the title of what is below it.
    let is_title = !is_strong && head.contains(' ') && standing(head) != Standing::Silent;
    if is_readable(&names) && !is_title && head.split_whitespace().count() <= 12 {
        return Some(Head { names, provider: None, rest: rest.to_owned(), is_strong });
    }
    behind(head, rest).or_else(|| whole(&line)).or_else(|| mentioned(&line))
}

/// `**_ga**, **_gid** and **_gat** (13 months): …`: the bold beginning is the first of several names.
fn several(line: &str, first: &Head) -> Option<Head> {
    let (head, rest) = split(line)?;
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

/// `_ga, _gid and _gat`; a single word in small letters, if its neighbours are names.
fn whole(line: &str) -> Option<Head> {
    let names = names::read_plain(line);
    let is_list = line.contains(',') && names.has_strong() && !line.trim_end().ends_with('.') && are_small(line);
    let is_strong = is_readable(&names) && (all_strong(&names) || is_list);
    let is_word = is_readable(&names)
        && line.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte));
    (is_strong || is_word).then(|| Head { names, provider: None, rest: String::new(), is_strong })
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

/// `Matomo (MATOMO_SESSID, matomo_lang)`, `Google Analytics: _ga and _gid`.
fn behind(head: &str, rest: &str) -> Option<Head> {
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

/// The lifetime that a description states. “Session” counts only in a short text, or if it is surely said of the cookie.
fn lifetime(text: &str) -> (String, Vec<Duration>) {
    let silent = (String::new(), vec![Duration::Silent]);
    let folded = fold(text);
    match durations::read(text) {
        Duration::Lives(lifetime) if lifetime != "session" => (text.to_owned(), vec![Duration::Lives(lifetime)]),
        Duration::Lives(session) => {
            let is_plain = durations::is_duration(text)
                || [
                    "session cookie",
                    "cookie de session",
                    "sitzungscookie",
                    "sitzungs cookie",
                    "cookie de sesion",
                    "sessiecookie",
                    "cookie di sessione",
                    "duration session",
                    "duree session",
                ]
                .iter()
                .any(|phrase| folded.contains(phrase));
            if is_plain || text.split_whitespace().count() <= 6 {
                (text.to_owned(), vec![Duration::Lives(session)])
            } else {
                silent
            }
        }
        Duration::Silent | Duration::Unreadable => silent,
    }
}

fn purpose(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['–', '—', '-', ':', ' ']).trim_end_matches(')');
    let is_lifetime = |text: &str| durations::is_duration(text) && text.split_whitespace().count() <= 6;
    (!fold(text).is_empty() && !is_lifetime(text)).then(|| text.to_owned())
}
