//! The items of a list that declares cookies, with the titles above them and the details within them.

use super::Row;
use super::details::Details;
use super::field::fields;
use super::head::Head;
use super::list::Entry;
use super::row_consent::RowConsent;
use super::storage::{is_storage_title, is_titled};
use super::title::may_describe;
use crate::import::block::Rich;
use crate::import::categories::{Standing, read as standing};
use crate::import::columns::{Role, bare_label};
use crate::import::durations::{self, Duration};
use crate::import::evidence;
use crate::import::sections::{Sections, is_about_cookies, is_lead};

/// The most words of an item that is the title of those within or below it.
const MAX_TITLE_WORDS: usize = 14;

/// The most items with labels that are of several names: each name holds them all.
const MAX_ITEMS: usize = 12;

/// The items that are titles of the current one, each with its depth.
#[derive(Default)]
struct Titles {
    open: Vec<(usize, String)>,
    depth: usize,
    /// The title of the item that ended just now: a list that begins right behind it is of that title.
    ended: Option<String>,
    /// Whether no name stands below the last title yet.
    is_bare: bool,
}

impl Titles {
    fn push(&mut self, text: String) {
        self.open.retain(|(depth, _)| *depth < self.depth);
        self.open.push((self.depth, text));
        self.is_bare = true;
    }

    fn close(&mut self) {
        let last = self.open.last().filter(|(depth, _)| *depth == self.depth).map(|(_, text)| text.clone());
        self.ended = last.filter(|_| self.is_bare);
        self.depth = self.depth.saturating_sub(1);
        self.open.retain(|(depth, _)| *depth <= self.depth);
    }

    fn open(&mut self, is_list: bool) {
        self.depth += 1;
        let behind = self.ended.take().filter(|_| is_list).map(|text| (self.depth, text));
        self.open.extend(behind);
    }

    fn texts(&self) -> Vec<String> {
        self.open.iter().map(|(_, text)| text.clone()).collect()
    }
}

/// An item that declares names, and what belongs to it.
pub(super) struct Declared {
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
/// `next`: the text behind the list. `unread`: receives what may be names, and is not declared: terms with a sign of a name,
/// and words behind a term that is not known.
pub(super) fn read(
    entries: Vec<(Entry, Option<Head>)>,
    next: Option<&Rich>,
    unread: &mut Vec<String>,
) -> Vec<Declared> {
    // Containers that began before the first item may end in the list, so its depth must not begin at 0.
    let titles = Titles { depth: entries.len(), ..Titles::default() };
    let mut reader = ListReader {
        titles,
        all: Vec::new(),
        is_open: false,
        is_behind_title: true,
        beside: None,
        is_unknown: false,
        run: Run::default(),
        unread,
    };
    for (entry, head) in entries {
        match entry {
            Entry::Open { is_list } => reader.titles.open(is_list),
            Entry::Close => reader.close(),
            Entry::Term(text) => reader.term(&text, head),
            Entry::Item(text) => reader.text(&text, head, false),
            Entry::Definition(text) => reader.definition(&text, head),
            Entry::Detail(text) => reader.text(&text, head, true),
            Entry::Said(text) => reader.said(&text.line()),
        }
    }
    behind(&mut reader.all, next);
    reader.all
}

/// Reads a list that declares cookies, entry by entry.
struct ListReader<'a> {
    titles: Titles,
    all: Vec<Declared>,
    /// Whether what comes may belong to the last item.
    is_open: bool,
    /// Whether the last text that declares nothing came behind the last item.
    is_behind_title: bool,
    /// The last item that is a title which speaks against an exemption, and its depth: it is of the items behind it, unless
    /// there are some within it.
    beside: Option<(usize, String)>,
    /// Whether the last term is no name, and no title either.
    is_unknown: bool,
    /// The names that follow each other, and which items with labels behind them are about.
    run: Run,
    unread: &'a mut Vec<String>,
}

/// Names that follow each other in a list.
#[derive(Default)]
struct Run {
    /// The position of the first; the last is the last name of all.
    first: usize,
    /// How many items with labels stand behind the last one.
    items: usize,
}

impl ListReader<'_> {
    fn close(&mut self) {
        self.titles.close();
        let depth = self.titles.depth;
        self.beside = self.beside.take().filter(|(beside, _)| *beside <= depth + 1);
        self.is_open &= self.all.last().is_some_and(|last| last.depth <= self.titles.depth);
    }

    /// The item that is open.
    fn last(&mut self) -> Option<&mut Declared> {
        self.all.last_mut().filter(|_| self.is_open)
    }

    fn term(&mut self, text: &Rich, head: Option<Head>) {
        let line = text.line();
        let depth = self.titles.depth;
        if let Some(last) = self.last().filter(|last| depth > last.depth && bare_label(&line).is_some()) {
            last.details.take(text);
            return;
        }
        if head.is_none() && may_be_name(text) {
            self.unread.push(line.clone());
        }
        self.is_unknown = head.is_none() && standing(&line) == Standing::Silent && !is_about_cookies(&line);
        self.text(text, head, false);
    }

    /// Behind a term that is not known, a word may be a value or a name, and the value may be of the last name.
    fn definition(&mut self, text: &Rich, head: Option<Head>) {
        if self.is_unknown && head.as_ref().is_none_or(|head| !head.is_strong) {
            let line = text.line();
            self.unread.extend(head.map(|_| line.clone()));
            if let Some(last) = self.all.last_mut() {
                last.against = last.against.take().or_else(|| evidence::of_cell(&line));
            }
        } else {
            self.text(text, head, true);
        }
    }

    /// `is_below`: it belongs to what stands above it, unless it is a name.
    fn text(&mut self, text: &Rich, head: Option<Head>, is_below: bool) {
        self.titles.ended = None;
        let depth = self.titles.depth;
        let belongs = |last: &&mut Declared| belongs(text, head.as_ref(), is_below || depth > last.depth);
        // Some pages put the inner list behind the item, and not into it.
        let is_inner = !self.is_behind_title && self.all.last().is_some_and(|last| depth > last.depth);
        let is_open = self.is_open || is_inner;
        if let Some(last) = self.all.last_mut().filter(|_| is_open).filter(belongs) {
            last.details.take(text);
        } else if self.is_of_run(text) {
            self.run.items += 1;
            let run = self.all.iter_mut().skip(self.run.first);
            run.for_each(|declared| declared.details.take(text));
        } else if let Some(head) = head {
            self.beside = self.beside.take().filter(|(beside, _)| *beside == depth);
            let beside = self.beside.iter().map(|(_, title)| title.clone());
            let titles = self.titles.texts().into_iter().chain(beside).collect();
            let (text, details) = (text.clone(), Details::of(&head.rest));
            if self.run.items > 0 || self.is_behind_title || self.all.last().is_some_and(|last| last.depth != depth) {
                self.run = Run { first: self.all.len(), items: 0 };
            }
            self.all.push(Declared { text, head, titles, details, depth, against: None });
            (self.is_open, self.is_behind_title) = (true, false);
            self.titles.is_bare = false;
        } else if let Some((kind, rest)) = text.lead().filter(|(lead, rest)| is_kind_in_front(lead, rest)) {
            // “**Necessary cookies:** they are …”, above the list of them.
            self.title(kind.trim_end_matches([':', ' ']));
            self.said(&rest);
        } else {
            self.title(&text.line());
        }
    }

    /// Whether an item beside names has nothing but labels with their values: it is of all names that stand in front of it
    /// without anything between.
    fn is_of_run(&self, text: &Rich) -> bool {
        let is_beside = self.run.items < MAX_ITEMS
            && !self.is_behind_title
            && self.all.last().is_some_and(|last| last.depth == self.titles.depth);
        let is_field = |(role, value): &(Role, String)| *role != Role::Name && !value.is_empty();
        is_beside && fields(text).is_some_and(|fields| fields.iter().all(is_field))
    }

    /// A text below a title that speaks against an exemption is as good as one.
    fn said(&mut self, line: &str) {
        let against = evidence::of_introduction(line).is_some() || evidence::speaks_of_others(line);
        self.titles.open.extend(against.then(|| (self.titles.depth, line.to_owned())));
    }

    /// A text that declares nothing may be the title of those within or below it, or about the item above it.
    fn title(&mut self, line: &str) {
        if let Some(last) = self.last() {
            last.beside(line);
        }
        let is_against =
            evidence::of_tool(line.trim_end_matches([':', ' '])).is_some() || evidence::of_introduction(line).is_some();
        self.beside = is_against.then(|| (self.titles.depth, line.to_owned()));
        let is_short = line.split_whitespace().count() <= MAX_TITLE_WORDS && !line.ends_with('.');
        if is_short || standing(line) != Standing::Silent {
            self.titles.push(line.to_owned());
        }
        (self.is_open, self.is_behind_title) = (false, true);
    }
}

/// “**Necessary cookies:** they are …”; not “**Essential** and preference cookies”.
fn is_kind_in_front(lead: &str, rest: &str) -> bool {
    is_lead(lead, rest) && standing(lead) != Standing::Silent
}

/// Whether a text belongs to the item that is open rather than being one of its own. `is_below`: it stands within it.
fn belongs(text: &Rich, head: Option<&Head>, is_below: bool) -> bool {
    let is_name = head.is_some_and(Head::is_name);
    let is_field = fields(text).is_some_and(|fields| fields.iter().all(|(role, _)| *role != Role::Name));
    is_field || (is_below && !is_name)
}

/// A term in the place of a name that has a sign of one.
fn may_be_name(text: &Rich) -> bool {
    let line = text.line();
    !text.code().is_empty() || (!line.contains(' ') && line.contains(['_', '@', '*', '=', '[', '|']))
}

/// The paragraph behind a list. It is the description of the only name that has none; of several, it speaks against
/// those without one.
fn behind(all: &mut [Declared], next: Option<&Rich>) {
    let Some(text) = next.filter(|text| may_describe(&text.line())) else { return };
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
        if self.details.is_silent() && may_describe(text) {
            self.against = self.against.take().or_else(|| evidence::of_cell(text));
        }
    }

    pub(super) fn row(self, sections: &Sections) -> Row {
        let Self { text, head, titles, details, against, .. } = self;
        let is_stored =
            details.is_stored() || is_titled(sections) || titles.iter().any(|title| is_storage_title(title));
        // “Technical cookie: PHPSESSID” begins with a category, “Matomo: _pk_id” with a tool.
        let is_category = |text: &String| standing(text) != Standing::Silent && is_about_cookies(text);
        let (kind, tool) = head
            .provider
            .map_or((None, None), |text| if is_category(&text) { (Some(text), None) } else { (None, Some(text)) });
        let names = head.names.texts();
        let several = durations::behind_names(&text.line(), &names).filter(|_| names.len() > 1);
        let own = several.map(|all| (text.line(), all));
        let mut lifetime = own.unwrap_or_else(|| details.lifetime(&names));
        if lifetime.1 == [Duration::Silent] && sections.is_of_sessions() {
            lifetime = ("session".to_owned(), vec![Duration::Lives("session".to_owned())]);
        }
        let mut consent = RowConsent { titles, against, ..RowConsent::default() };
        if let Some(kind) = kind {
            consent.kind_in_front(&kind);
        }
        if let Some(against) = tool.as_deref().and_then(evidence::of_tool) {
            consent.object(&against);
        }
        details.object(&mut consent, &sections.footnotes);
        if text.is_hidden() {
            consent.object("(it is hidden)");
        }
        if let Some(against) = sections.footnotes.against(&text) {
            consent.object(against);
        }
        Row {
            written: text.line(),
            category: consent.category(sections),
            provider: tool.or_else(|| details.value(Role::Provider)).or_else(|| details.value(Role::Domain)),
            service: details.value(Role::Service),
            purpose: details.purpose(),
            lifetime,
            is_stored,
            against: consent.against,
            names: head.names,
        }
    }
}
