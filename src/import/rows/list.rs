//! The rows of bullet lists and of definition lists.
//!
//! A list is read once it has ended, because its neighbours show whether a word is a name.

use super::field::fields;
use super::head::{Head, has_category, is_small};
use super::title::{declares, is_joined};
use super::{Found, declared, sentence};
use crate::charter::NamePattern;
use crate::import::block::{Block, Rich, Scope, Table};
use crate::import::categories::{Standing, read as standing};
use crate::import::columns::{Role, bare_label};
use crate::import::evidence;
use crate::import::sections::{Sections, is_about_cookies};

/// The most words of an item that is a kind of cookies.
const MAX_KIND_WORDS: usize = 6;

/// Items that follow each other.
#[derive(Debug, Default)]
pub(super) struct ListRun {
    /// Each with what it declares.
    entries: Vec<(Entry, Option<Head>)>,
    /// How many containers are open that began within the run, less those that ended.
    depth: isize,
    /// The depth of the item whose details may come now.
    open: Option<isize>,
    /// The depth of the item that is a title, if it is the last one, and its place among the entries.
    title: Option<(isize, usize)>,
    /// The position of the last entry that may declare names.
    last: Option<usize>,
}

/// A block of the run.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Item(Rich),
    Term(Rich),
    Definition(Rich),
    /// A text within an item.
    Detail(Rich),
    /// A text within an item that is a title.
    Said(Rich),
    Open {
        is_list: bool,
    },
    Close,
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
            self.title = if head.is_none() { Some((self.depth, self.entries.len())) } else { None };
        }
        if head.is_some() {
            self.last = Some(self.entries.len());
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
        let Some(open) = self.open else { return self.take_said(block, text) };
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
        if is_nested && !is_labelled && declares(text) {
            return false;
        }
        self.entries.push((Entry::Detail(text.clone()), None));
        true
    }

    /// Takes a paragraph that stands within an item that is a title.
    fn take_said(&mut self, block: &Block, text: &Rich) -> bool {
        let is_said = self.title.is_some()
            && matches!(block, Block::Paragraph(_))
            && text.lead().is_none()
            && text.line().ends_with('.')
            && !declares(text)
            && fields(text).is_none();
        if is_said {
            self.entries.push((Entry::Said(text.clone()), None));
        }
        is_said
    }

    /// Takes a table within an item that declares a name, if the table has labels and no names itself.
    pub(super) fn take_table(&mut self, table: &Table) -> bool {
        let may_have_labels = self.open.is_some() && self.last_head().is_some_and(Head::is_name);
        let cells: Vec<&Rich> = table.rows.iter().flatten().map(|cell| &cell.text).collect();
        let names_a_card = |text: &&Rich| {
            declares(text) || bare_label(&text.line()).is_some_and(|role| matches!(role, Role::Name | Role::Service))
        };
        let is_taken = may_have_labels && !cells.iter().any(names_a_card);
        if is_taken {
            self.entries.extend(cells.into_iter().map(|text| (Entry::Detail(text.clone()), None)));
        }
        is_taken
    }

    fn last_head(&self) -> Option<&Head> {
        self.entries.get(self.last?)?.1.as_ref()
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// A container begins or ends between the items.
    pub(super) fn mark(&mut self, block: &Block) {
        if self.entries.is_empty() {
            return;
        }
        let opened = if let Block::Open(scope) = block { Some(*scope) } else { None };
        self.depth += if opened.is_some() { 1 } else { -1 };
        self.open = self.open.filter(|open| self.depth >= *open);
        self.title = self.title.filter(|(depth, _)| self.depth >= *depth);
        let entry = opened.map_or(Entry::Close, |scope| Entry::Open { is_list: scope == Scope::Wrapper });
        self.entries.push((entry, None));
    }

    /// Reads the items. If none is surely a declaration, the list is text, and what it says of consent counts for the
    /// titles above it. `next`: the paragraph behind the list.
    pub(super) fn end(&mut self, next: Option<&Rich>, sections: &mut Sections, found: &mut Found) {
        let Self { mut entries, title, .. } = std::mem::take(self);
        if entries.is_empty() {
            return;
        }
        strengthen(&mut entries, sections.is_about_cookies());
        let heads: Vec<&Head> = entries.iter().filter_map(|(_, head)| head.as_ref()).collect();
        if heads.iter().any(|head| head.is_strong) {
            let open = title.and_then(|(_, at)| match entries.get(at) {
                Some((Entry::Item(text) | Entry::Term(text), _)) => Some(text.clone()),
                _ => None,
            });
            found
                .rows
                .extend(declared::read(entries, next, &mut found.unread).into_iter().map(|item| item.row(sections)));
            sections.rows();
            // The last item, if it is a kind, is the title of what follows within it.
            open.filter(is_kind).iter().for_each(|text| sections.paragraph(text));
            return;
        }
        let weak: Vec<&str> = heads.iter().flat_map(|head| &head.names.patterns).map(NamePattern::text).collect();
        if sections.is_about_cookies() && weak.len() > 1 && weak.len() * 2 > entries.len() {
            found.unread.push(weak.iter().take(6).copied().collect::<Vec<_>>().join(", "));
        }
        let last = entries.len().saturating_sub(1);
        let is_open = |at: usize| title.is_some_and(|(_, title)| title == at);
        for (at, (entry, _)) in entries.iter().enumerate() {
            match entry {
                // What follows stands within it.
                Entry::Item(text) | Entry::Term(text)
                    if (at == last && evidence::of_tool(&text.line()).is_some()) || (is_open(at) && is_kind(text)) =>
                {
                    sections.paragraph(text);
                }
                Entry::Item(text) | Entry::Definition(text) => sections.paragraph_of_list(text),
                Entry::Detail(text) | Entry::Said(text) => sections.paragraph(text),
                Entry::Term(_) | Entry::Open { .. } | Entry::Close => {}
            }
        }
    }
}

/// Whether an item is a kind of cookies and nothing else.
fn is_kind(text: &Rich) -> bool {
    let line = text.line();
    let is_whole = text.lead().is_some_and(|(_, rest)| rest.trim_matches([':', ' ', '.']).is_empty());
    (is_whole || line.split_whitespace().count() <= MAX_KIND_WORDS)
        && standing(&line) != Standing::Silent
        && (is_about_cookies(&line) || has_category(&line))
}

/// A name in small letters, `eu-consent`, is surely one as a term whose definition states a lifetime, and in bold letters in
/// a list about cookies; a single word there, if the list states a lifetime.
fn strengthen(entries: &mut [(Entry, Option<Head>)], is_about_cookies: bool) {
    let is_lifetime = |(entry, _): &(Entry, Option<Head>)| match entry {
        Entry::Item(text) => fields(text).is_some_and(|fields| fields.iter().all(|(role, _)| *role == Role::Lifetime)),
        _ => false,
    };
    let has_lifetime = entries.iter().any(is_lifetime);
    for at in 0..entries.len() {
        let states_lifetime = match entries.get(at + 1) {
            Some((Entry::Definition(text), _)) => sentence::states_lifetime(text),
            _ => false,
        };
        match entries.get_mut(at) {
            Some((Entry::Term(text), Some(head))) => head.is_strong |= states_lifetime && is_joined(&text.line()),
            Some((Entry::Item(text), Some(head))) if is_about_cookies => {
                let lead = text.lead().filter(|(_, rest)| !rest.is_empty());
                let name = lead.as_ref().map_or("", |(lead, _)| lead.trim_end_matches([':', ' ']));
                head.is_strong |= is_joined(name) || (has_lifetime && !name.is_empty() && is_small(name));
            }
            _ => {}
        }
    }
}

fn head(entry: &Entry) -> Option<Head> {
    match entry {
        Entry::Term(text) => Head::term(text),
        Entry::Item(text) => Head::item(text),
        Entry::Definition(text) => Head::whole(&text.line()),
        Entry::Detail(_) | Entry::Said(_) | Entry::Open { .. } | Entry::Close => None,
    }
}
