//! The titles above the current place, how far each reaches, and what they say together.
//!
//! A title holds until one of its own rank or above comes, or until its container ends; a title that stands alone in its
//! container may hold beyond it ([`Scope`]). A row is exempt only if the nearest title that speaks of consent says so
//! clearly, if every title between them is understood, and if nothing that was said under them speaks against it.

mod claims;
mod labels;
mod neutral;
mod page_claim;
#[cfg(test)]
mod tests;
mod title;
mod verdict;

use super::block::{Block, Control, Rich, Scope};
use super::categories::{self, Standing};
use super::columns::role;
use super::evidence;
use super::fold::fold;
use super::rows::{Footnotes, NOTHING_SAID, Need, RowCategory, SAID, UNCLEAR};
pub(super) use claims::refers_back;
use claims::{begins_with_these, frees_kind, says_exempt, says_necessary_of_these};
use labels::{is_breadcrumb, is_current_choice, is_field, is_label};
use neutral::is_neutral;
pub(super) use neutral::is_understood;
use title::{Content, Label, Title};
use verdict::{contradictory, doubtful, exempt, gated, kind};

/// The rank of a button that unfolds what follows it. The rank of headings, legends and summaries is their level.
const TRIGGER: u8 = Block::SUMMARY + 1;
/// The rank of the label of a switch: above a summary, which unfolds what stands beside it.
const LABEL: u8 = Block::SUMMARY - 1;
/// The rank of a bold line, or of the bold beginning of a paragraph.
const LEAD: u8 = TRIGGER + 1;
/// The rank of a short line without a full stop.
const LINE: u8 = LEAD + 1;
/// The rank of a title that belongs to a table or a row.
const OWN: u8 = u8::MAX;

/// The most words of a line that may be a title.
const MAX_TITLE_WORDS: usize = 6;
/// The most words of such a line that speaks of cookies and of consent, and of a control.
const MAX_COOKIE_TITLE_WORDS: usize = 14;

/// The most characters that a message quotes of a sentence.
const MAX_QUOTED: usize = 160;

/// “Cookie”, “tracker”.
const COOKIE: [&str; 7] = ["cookie", "traceur", "tracker", "galleta", "witness", "tracciament", "temoin"];

/// The titles above the current place, the innermost last.
#[derive(Clone, Debug, Default)]
pub(super) struct Sections {
    titles: Vec<Title>,
    scopes: Vec<Scope>,
    /// Whether the page says of functional cookies as a kind that they need no consent, as Complianz's pages do.
    functional_is_exempt: bool,
    /// The sentence that says of all cookies of the page that they are necessary.
    page_claim: Option<String>,
    /// Whether “Always active” stands beside the title, and nothing else behind it yet.
    is_always_on: bool,
    /// Whether the text above is “Session cookies”, and nothing else.
    is_of_sessions: bool,
    pub(super) footnotes: Footnotes,
}

impl Sections {
    /// A container begins.
    pub(super) fn open(&mut self, scope: Scope) {
        self.scopes.push(scope);
    }

    /// Whether a title stands in the innermost container.
    pub(super) fn has_titles_within(&self) -> bool {
        self.titles.iter().any(|title| title.depth >= self.scopes.len())
    }

    /// The innermost container ends, and its titles with it, unless its [`Scope`] lets them hold for what follows.
    pub(super) fn close(&mut self) {
        let depth = self.scopes.len();
        let Some(scope) = self.scopes.pop() else { return };
        let mut has_escaped = false;
        self.titles.retain_mut(|title| {
            let ends = match scope {
                Scope::Closed => true,
                Scope::Section => title.content > Content::Nothing,
                Scope::Wrapper => title.content == Content::Rows,
            };
            let is_within = title.depth >= depth;
            let ends = ends || (is_within && title.label.leaves());
            title.depth = title.depth.min(depth.saturating_sub(1));
            has_escaped |= is_within && !ends;
            !(is_within && ends)
        });
        self.titles.retain_mut(|title| {
            let is_back = title.replaced_within.is_some_and(|within| within >= depth);
            if is_back {
                title.replaced_within = None;
            }
            !(is_back && has_escaped)
        });
    }

    /// A heading of this level ends those of its own and of lower levels.
    pub(super) fn heading(&mut self, level: u8, text: &Rich) {
        self.is_of_sessions = is_of_sessions(&text.line());
        self.push(level, text, true);
    }

    /// A table or a list was read.
    pub(super) fn rows(&mut self) {
        self.is_of_sessions = false;
        self.fill(Content::Rows);
        self.titles.iter_mut().for_each(|title| title.described.has_rows_below = true);
    }

    /// A button, a label or a link. What unfolds the text behind it is the title of that; a label is surely a title once a
    /// description follows it, and a link never.
    pub(super) fn control(&mut self, text: &Rich, control: Control) {
        let line = text.line();
        let is_short = line.split_whitespace().count() <= MAX_COOKIE_TITLE_WORDS;
        if is_short && !is_neutral(&line) && (control == Control::Label || !categories::is_button(&line)) {
            let last = self.titles.last();
            // The label of the switch repeats the title beside it.
            let is_repeated = |last: &Title| last.content == Content::Nothing && fold(&last.text) == fold(&line);
            if control == Control::Label && last.is_some_and(is_repeated) {
                return;
            }
            // Labels with descriptions and no cookies between them are a list of switches, and no titles of what follows it.
            let is_switch_list = last.is_some_and(|last| last.label != Label::No && last.content < Content::Rows);
            let (rank, is_sure) = match control {
                Control::Trigger => (TRIGGER, true),
                Control::Label => (LABEL, false),
                Control::Link => (LINE, false),
            };
            self.push(rank, text, is_sure);
            if control == Control::Label && !is_switch_list {
                self.titles.last_mut().into_iter().for_each(|title| title.label = Label::Bare);
            }
        }
    }

    /// A paragraph. It is a title if it looks like one; else what it says of consent counts for the title above it.
    pub(super) fn paragraph(&mut self, text: &Rich) {
        let line = text.line();
        self.is_of_sessions = is_of_sessions(&line);
        if is_breadcrumb(&line) {
            return;
        }
        if neutral::is_always_on(&line) {
            self.is_always_on = self.titles.last().is_some_and(|last| last.content == Content::Nothing);
            return;
        }
        if let Some((lead, rest)) =
            text.lead().filter(|(lead, rest)| is_lead(lead, rest) || text.plain().lines().next() == Some(lead.as_str()))
        {
            let is_whole = rest.trim_matches([':', ' ', '.']).is_empty();
            let is_category = categories::read(&lead) != Standing::Silent || is_about_cookies(&lead);
            let is_title = is_whole || is_category || lead.split_whitespace().count() <= MAX_TITLE_WORDS;
            if is_title && !is_neutral(&lead) {
                self.push(LEAD, &Rich::from(lead.as_str()), true);
                self.say(&rest);
                return;
            }
        }
        if text.plain().contains('\n') || is_field(&line) || is_label(&line) || !is_title(&line) {
            self.say(&line);
        } else if !is_neutral(&line) {
            self.push(LINE, text, true);
        }
    }

    /// An item of a list that declares nothing.
    pub(super) fn paragraph_of_list(&mut self, text: &Rich) {
        self.say(&text.line());
    }

    fn push(&mut self, rank: u8, text: &Rich, is_sure: bool) {
        self.is_always_on = false;
        let line = text.line();
        let mut title = Title::new(rank, self.scopes.len(), &line);
        // Labels that follow each other with nothing between are a menu, and so are glossaries of bold beginnings.
        let is_menu = rank >= TRIGGER
            && self.titles.last().is_some_and(|last| {
                last.rank == rank
                    && (last.content == Content::Nothing || (rank == LEAD && last.content == Content::Text))
                    && !last.is_neutral
                    && !neutral::is_of_page(&last.text)
            });
        title.is_sure = is_sure && !is_menu;
        title.against = self.footnotes.against(text).map(str::to_owned);
        self.replace(rank);
        let is_gated = self.titles.iter().any(|above| above.needs_consent() && !above.is_neutral);
        if self.functional_is_exempt && title.is_functional() && !is_gated {
            title.standing = Standing::Exempt;
        }
        self.fill(Content::Text);
        self.titles.push(title);
    }

    /// Whether a title would be replaced by one of this rank.
    pub(super) fn has_rank(&self, rank: u8) -> bool {
        self.titles.iter().any(|title| title.rank >= rank && title.replaced_within.is_none())
    }

    /// Removes the titles that one of this rank replaces: for good if they stand in the same container or are exempt, else
    /// until the container ends.
    pub(super) fn replace(&mut self, rank: u8) {
        let depth = self.scopes.len();
        self.titles.retain_mut(|title| {
            let is_replaced = title.rank >= rank;
            if is_replaced && title.depth < depth && title.standing != Standing::Exempt {
                title.replaced_within.get_or_insert(depth);
                return true;
            }
            !is_replaced
        });
    }

    /// As [`Self::replace`] does. A heading that names a cookie is no title: it does not replace a line above its container.
    pub(super) fn replace_by_heading(&mut self, level: u8, is_name: bool) {
        let depth = self.scopes.len();
        let is_line = |title: &Title| title.rank > Block::SUMMARY;
        let is_strange = |title: &Title| is_line(title) && title.depth >= depth && !title.is_understood();
        let is_strange = self.titles.iter().any(is_strange);
        let is_kept = |title: &Title| is_name && !is_strange && is_line(title) && title.depth < depth;
        let kept: Vec<Title> = self.titles.extract_if(.., |title| is_kept(title)).collect();
        self.replace(level);
        self.titles.extend(kept);
    }

    fn fill(&mut self, content: Content) {
        self.titles.iter_mut().for_each(|title| title.content = title.content.max(content));
    }

    /// A sentence that is no title.
    fn say(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if self.page_claim.is_none() && !self.titles.iter().any(Title::needs_consent) {
            self.page_claim = page_claim::of_all_cookies(text).map(|claim| claim.chars().take(MAX_QUOTED).collect());
        }
        if is_current_choice(text) {
            self.fill(Content::Text);
            return;
        }
        // What is said behind the container of a switch is not about it.
        self.titles.pop_if(|last| matches!(last.label, Label::Left(_)));
        let Some(last) = self.titles.last_mut() else { return };
        last.described.say(text);
        if last.label == Label::Bare {
            (last.label, last.is_sure) = (Label::Described, true);
        }
        let is_always_on = std::mem::take(&mut self.is_always_on);
        let is_freed = says_exempt(text) || (is_always_on && says_necessary_of_these(text));
        if last.content == Content::Nothing && last.may_be_freed() && is_freed {
            last.standing = Standing::Exempt;
        }
        let against = evidence::of_introduction(text).or_else(|| {
            let is_label = role(text.trim_end_matches([':', ' '])).is_some();
            // “They allow you to use the site:” is about the cookies of the title.
            let is_of_these = begins_with_these(text) && evidence::of_cell(text).is_none();
            let leads_on = text.trim_end().ends_with(':')
                && !(is_label || is_of_these || is_understood(text) || evidence::says_needed(text));
            let goes_on =
                last.content == Content::Rows && (text.trim_end().ends_with(':') || evidence::speaks_of_others(text));
            ((leads_on || goes_on) && categories::read(text) != Standing::Exempt).then(|| text.to_owned())
        });
        // “For all other cookies we ask”, below a title that a sentence has freed.
        let is_freed = last.standing == Standing::Exempt && categories::read(&last.text) != Standing::Exempt;
        let against = against.or_else(|| {
            (is_freed && last.content == Content::Text && evidence::speaks_of_others(text)).then(|| text.to_owned())
        });
        self.functional_is_exempt |= last.content == Content::Nothing && last.names_functional() && frees_kind(text);
        last.claims_free |= last.content < Content::Rows && categories::says_free(text);
        if let Some(against) = against.filter(|_| last.against.is_none()) {
            last.against = Some(against.chars().take(MAX_QUOTED).collect());
        }
        self.fill(Content::Text);
    }

    /// The innermost title of which `test` is true.
    pub(super) fn nearest(&self, test: impl Fn(&str) -> bool) -> Option<&str> {
        self.titles.iter().rev().map(|title| title.text.as_str()).find(|text| test(text))
    }

    /// Whether the names that follow stand under “Session cookies”.
    pub(super) fn is_of_sessions(&self) -> bool {
        self.is_of_sessions
    }

    /// Whether any title speaks of cookies.
    pub(super) fn is_about_cookies(&self) -> bool {
        self.titles.iter().any(|title| is_about_cookies(&title.text))
    }

    /// What the titles say of a row. `own`: those that belong to its table or its list, the innermost last.
    ///
    /// From the nearest title outwards: the first that says anything of consent decides, and what stands between it and
    /// the row must not contradict it.
    pub(super) fn category(&self, own: &[&str]) -> RowCategory {
        let own: Vec<Title> = own.iter().map(|text| Title::own(text)).collect();
        let held = self.titles.iter().filter(|title| title.replaced_within.is_none());
        let titles: Vec<&Title> = held.chain(&own).collect();
        let mut between: Vec<&Title> = Vec::new();
        let mut against: Option<&Title> = None;
        for (at, title) in titles.iter().enumerate().rev() {
            against = against.or(title.against.is_some().then_some(*title));
            let above = titles.get(..at).unwrap_or_default();
            match title.standing {
                _ if !title.is_sure => between.push(*title),
                Standing::Exempt => return exempt(title, &between, against, above),
                Standing::Gated(_) if title.is_neutral => {}
                Standing::Gated(purpose) => return gated(title, purpose, above),
                Standing::Contradictory => return contradictory(title),
                Standing::Ambiguous(_) | Standing::Silent if !title.is_understood() => {
                    between.push(*title);
                }
                Standing::Ambiguous(_) | Standing::Silent => {}
            }
        }
        let claim = || self.page_claim.clone();
        let nearer = between.first().copied();
        match nearer.filter(|title| title.rank > 1) {
            Some(title) if against.is_none() && matches!(title.standing, Standing::Ambiguous(_)) => {
                RowCategory { claim: claim(), ..doubtful(title, UNCLEAR, title.purpose()) }
            }
            nearest => {
                let said = against.and_then(|title| title.against.as_ref());
                let why = match (said, nearer.filter(|title| !title.is_of_page())) {
                    (Some(sentence), _) => format!("{SAID}“{sentence}”"),
                    (None, Some(title)) => format!("{NOTHING_SAID}, and “{}” is not understood", title.text),
                    (None, None) => NOTHING_SAID.to_owned(),
                };
                let purpose = nearest.and_then(Title::purpose);
                let claim = claim().filter(|_| why == NOTHING_SAID);
                RowCategory { need: Need::Doubtful(why), title: kind(&titles), purpose, claim, tool: None }
            }
        }
    }
}

/// Whether a word of a text contains “cookie”, “tracker” or the like.
pub(super) fn is_about_cookies(text: &str) -> bool {
    fold(text).split(' ').any(|word| COOKIE.iter().any(|stem| word.contains(stem)))
}

/// “Session cookies”, above a list of names: it tells how long they live.
fn is_of_sessions(line: &str) -> bool {
    let titles = "session cookies|cookies de session|sitzungscookies|sitzungs cookies|cookies de sesion|sessiecookies|\
                  cookie di sessione";
    titles.split('|').any(|title| title == fold(line))
}

/// Whether a line reads as a title.
fn is_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let speaks = categories::read(line) != Standing::Silent;
    !line.ends_with(['.', '!', '?', '…', ';'])
        && (words <= MAX_TITLE_WORDS || (words <= MAX_COOKIE_TITLE_WORDS && speaks && is_about_cookies(line)))
}

/// Whether the bold beginning of a paragraph is set off from the rest.
pub(super) fn is_lead(lead: &str, rest: &str) -> bool {
    let is_closed = lead.ends_with([':', '.']) || rest.is_empty() || rest.starts_with([':', '.', '-', '–', '—', '(']);
    is_closed && lead.split_whitespace().count() <= 25
}
