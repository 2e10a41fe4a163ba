//! The rows of bullet lists and of definition lists.
//!
//! A list is read once it has ended, because its neighbours show whether a word is a name.

use super::details::Details;
use super::field::fields;
use super::head::Head;
use super::row_consent::RowConsent;
use super::storage::{is_storage_title, is_titled};
use super::{Found, Row};
use crate::charter::NamePattern;
use crate::import::block::{Block, Rich};
use crate::import::categories::{Standing, read as standing};
use crate::import::columns::{Role, bare_label};
use crate::import::evidence;
use crate::import::sections::{Sections, is_about_cookies};

/// The most words of an item that is the title of those within or below it.
const MAX_TITLE_WORDS: usize = 14;

/// Items that follow each other.
#[derive(Debug, Default)]
pub(super) struct ListRun {
    /// Each with what it declares.
    entries: Vec<(Entry, Option<Head>)>,
    /// How many containers are open that began within the run, less those that ended.
    depth: isize,
    /// The depth of the item whose details may come now.
    open: Option<isize>,
}

/// A block of the run.
#[derive(Clone, Debug)]
enum Entry {
    Item(Rich),
    Term(Rich),
    Definition(Rich),
    /// A text within an item.
    Detail(Rich),
    Open,
    Close,
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
        let entry = match block {
            Block::Item(text) => Entry::Item(text.clone()),
            Block::Term(text) => Entry::Term(text.clone()),
            Block::Definition(text) => Entry::Definition(text.clone()),
            _ => return,
        };
        let head = head(&entry);
        let is_within = self.open.is_some_and(|open| self.depth > open);
        if !matches!(entry, Entry::Definition(_)) && !is_within {
            self.open = head.as_ref().map(|_| self.depth);
        }
        self.entries.push((entry, head));
    }

    /// What follows does not stand within the last item: lines of a text have no container that ends.
    pub(super) fn end_item(&mut self) {
        self.open = None;
    }

    /// Takes a text that stands within an item that declares a name; `false` if it does not, or begins a card.
    ///
    /// Labels belong to an item only if its name is surely one: `WordPress` may be the title of the cards within it. A name
    /// within the item is declared by itself.
    pub(super) fn take_detail(&mut self, block: &Block, text: &Rich) -> bool {
        let Some(open) = self.open else { return false };
        let is_text = matches!(block, Block::Paragraph(_) | Block::Control { .. });
        let is_nested = self.depth > open && matches!(block, Block::Item(_) | Block::Term(_) | Block::Definition(_));
        let names_a_card = |role: Role| matches!(role, Role::Name | Role::Service);
        let fields = fields(text);
        let is_card = fields.as_ref().is_some_and(|fields| fields.iter().any(|(role, _)| names_a_card(*role)))
            || bare_label(&text.line()).is_some_and(names_a_card);
        let may_have_labels = self.last_head().is_some_and(Head::is_name);
        let is_labelled = fields.is_some() || bare_label(&text.line()).is_some();
        if is_card || !(is_text || is_nested) || ((is_labelled || is_nested) && !may_have_labels) {
            return false;
        }
        let names = || Head::item(text).as_ref().is_some_and(Head::is_name);
        if is_nested && !is_labelled && names() {
            return false;
        }
        self.entries.push((Entry::Detail(text.clone()), None));
        true
    }

    fn last_head(&self) -> Option<&Head> {
        self.entries.iter().rev().find_map(|(_, head)| head.as_ref())
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// A container begins or ends between the items.
    pub(super) fn mark(&mut self, block: &Block) {
        if self.entries.is_empty() {
            return;
        }
        let is_open = matches!(block, Block::Open(_));
        self.depth += if is_open { 1 } else { -1 };
        self.open = self.open.filter(|open| self.depth >= *open);
        self.entries.push((if is_open { Entry::Open } else { Entry::Close }, None));
    }

    /// Reads the items. If none is surely a declaration, the list is text, and what it says of consent counts for the
    /// titles above it. `next`: the paragraph behind the list.
    pub(super) fn end(&mut self, next: Option<&Rich>, sections: &mut Sections, found: &mut Found) {
        let Self { entries, .. } = std::mem::take(self);
        if entries.is_empty() {
            return;
        }
        let heads: Vec<&Head> = entries.iter().filter_map(|(_, head)| head.as_ref()).collect();
        if heads.iter().any(|head| head.is_strong) {
            let declared = declared(entries, next, &mut found.unread);
            found.rows.extend(declared.into_iter().map(|declared| declared.row(sections)));
            sections.rows();
            return;
        }
        let weak: Vec<&str> = heads.iter().flat_map(|head| &head.names.patterns).map(NamePattern::text).collect();
        if sections.is_about_cookies() && weak.len() > 1 && weak.len() * 2 > entries.len() {
            found.unread.push(weak.iter().take(6).copied().collect::<Vec<_>>().join(", "));
        }
        for (entry, _) in &entries {
            match entry {
                Entry::Item(text) | Entry::Definition(text) => sections.paragraph_of_list(text),
                Entry::Detail(text) => sections.paragraph(text),
                Entry::Term(_) | Entry::Open | Entry::Close => {}
            }
        }
    }
}

/// An item that declares names, and what belongs to it.
struct Declared {
    text: Rich,
    head: Head,
    titles: Vec<String>,
    details: Details,
    /// How deep it is in the list.
    depth: usize,
    /// What stands beside it and may be about it, and speaks against an exemption.
    against: Option<String>,
}

/// What a list that surely declares cookies declares. Whatever stands within an item belongs to it.
///
/// `next`: the paragraph behind the list. `unread`: receives terms that have a sign of a name, and are none.
fn declared(entries: Vec<(Entry, Option<Head>)>, next: Option<&Rich>, unread: &mut Vec<String>) -> Vec<Declared> {
    // Containers that began before the first item may end in the list, so its depth must not begin at 0.
    let mut titles = Titles { depth: entries.len(), ..Titles::default() };
    let mut all: Vec<Declared> = Vec::new();
    let mut is_open = false;
    for (entry, head) in entries {
        let (text, is_term) = match entry {
            Entry::Open => {
                titles.depth += 1;
                continue;
            }
            Entry::Close => {
                titles.close();
                is_open = is_open && all.last().is_some_and(|last| last.depth <= titles.depth);
                continue;
            }
            Entry::Item(ref text) | Entry::Definition(ref text) | Entry::Detail(ref text) => (text.clone(), false),
            Entry::Term(ref text) => (text.clone(), true),
        };
        let last = all.last_mut().filter(|_| is_open);
        let is_below = matches!(entry, Entry::Definition(_) | Entry::Detail(_))
            || last.as_ref().is_some_and(|last| titles.depth > last.depth);
        match (last, head) {
            (Some(last), head) if belongs(&text, head.as_ref(), is_below, is_term) => {
                // A label without a value says nothing of the next text.
                last.details.take(&text);
            }
            (_, Some(head)) => {
                let details = Details::of(&head.rest);
                all.push(Declared { text, head, titles: titles.texts(), details, depth: titles.depth, against: None });
                is_open = true;
            }
            (last, None) => {
                let line = text.line();
                let is_title = line.split_whitespace().count() <= MAX_TITLE_WORDS && !line.ends_with('.');
                if is_term && may_be_name(&text) {
                    unread.push(line.clone());
                }
                if let Some(last) = last {
                    last.beside(&line);
                }
                if is_title || standing(&line) != Standing::Silent {
                    titles.push(line);
                }
                is_open = false;
            }
        }
    }
    behind(&mut all, next);
    all
}

/// Whether a text belongs to the item that is open rather than being one of its own. `is_below`: it stands within it.
fn belongs(text: &Rich, head: Option<&Head>, is_below: bool, is_term: bool) -> bool {
    let is_name = head.is_some_and(Head::is_name);
    let is_field = fields(text).is_some_and(|fields| fields.iter().all(|(role, _)| *role != Role::Name));
    is_field || (is_below && !is_name) || (is_below && is_term && bare_label(&text.line()).is_some())
}

/// A term in the place of a name that has a sign of one.
fn may_be_name(text: &Rich) -> bool {
    let line = text.line();
    !text.code().is_empty() || (!line.contains(' ') && line.contains(['_', '@', '*', '=', '[', '|']))
}

/// The paragraph behind a list. It is the description of the only name that has none; of several, it speaks against
/// those without one.
fn behind(all: &mut [Declared], next: Option<&Rich>) {
    let Some(text) = next.filter(|text| !text.line().ends_with(':')) else { return };
    match all {
        [only] if only.details.is_silent() => only.details.take(text),
        several => {
            let silent = several.iter_mut().filter(|declared| declared.details.is_silent());
            silent.for_each(|declared| declared.beside(&text.line()));
        }
    }
}

impl Declared {
    /// A text beside an item without a description may be that.
    fn beside(&mut self, text: &str) {
        if self.details.is_silent() && !text.ends_with(':') && !is_about_cookies(text) {
            self.against = self.against.take().or_else(|| evidence::of_cell(text));
        }
    }

    fn row(self, sections: &Sections) -> Row {
        let Self { text, head, titles, details, against, .. } = self;
        let is_stored =
            details.is_stored() || is_titled(sections) || titles.iter().any(|title| is_storage_title(title));
        let mut consent = RowConsent { titles, against, ..RowConsent::default() };
        if let Some(against) = head.provider.as_deref().and_then(evidence::of_provider) {
            consent.object(&against);
        }
        details.object(&mut consent);
        if text.is_hidden() {
            consent.object("(it is hidden)");
        }
        if sections.has_note_against(&text) {
            consent.object("(a footnote that speaks of consent)");
        }
        Row {
            written: text.line(),
            category: consent.category(sections),
            provider: head.provider.or_else(|| details.value(Role::Provider)).or_else(|| details.value(Role::Domain)),
            service: details.value(Role::Service),
            purpose: details.purpose(),
            lifetime: details.lifetime(head.names.patterns.len()),
            is_stored,
            against: consent.against,
            names: head.names,
        }
    }
}

fn head(entry: &Entry) -> Option<Head> {
    match entry {
        Entry::Term(text) => Head::term(text),
        Entry::Item(text) => Head::item(text),
        Entry::Definition(text) => Head::whole(&text.line()),
        Entry::Detail(_) | Entry::Open | Entry::Close => None,
    }
}
