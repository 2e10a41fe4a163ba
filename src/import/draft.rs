//! Makes a charter of a page's rows, and lists what a person must decide.
//!
//! Each question that the page leaves open becomes a [`Decision`], and the charter holds the stricter answer until
//! somebody decides.

mod categories;
mod doubt;
mod open_end;
mod refusal;
mod repeated;
mod words;

use std::collections::{BTreeMap, HashMap};

use super::block::{Block, Page};
use super::durations::{self, Duration};
use super::html::host;
use super::rows::{Found, Need, Row};
use super::{Decision, Draft, MAX_ROWS, Options, Refusal, banner, language, names, trackers};
use crate::charter::{CharterDocument, CookieDocument, HeadDocument, KeyPath, NamePattern, Texts};
use categories::Categories;
use doubt::{Verdict, by_purpose, judge};
use repeated::Says;

/// The charter of the rows.
///
/// # Errors
/// No row declares a cookie, or there are more rows or names than any page has (`Refusal::TooManyParts`).
pub(super) fn of(found: &Found, page: &Page, options: &Options) -> Result<Draft, Refusal> {
    let declared: usize = found.rows.iter().filter(|row| !row.is_stored).map(|row| row.names.patterns.len()).sum();
    match declared {
        0 => return Err(refusal::of(found, page)),
        count if count > MAX_ROWS || found.rows.iter().any(|row| row.names.patterns.len() >= names::MAX) => {
            return Err(Refusal::TooManyParts);
        }
        _ => {}
    }
    let needs_consent = |row: &Row| row.category.need == Need::Required || row.names.patterns.iter().any(is_tracker);
    let is_consistent = !found.rows.iter().any(needs_consent);
    let mut builder = DraftBuilder { is_consistent, ..DraftBuilder::default() };
    builder.head(page, options);
    let words = words::of(&builder.language);
    for row in &found.rows {
        builder.row(row, words);
    }
    builder.unread(found, page);
    builder.compare_with_embedded(page);
    Ok(builder.finish())
}

fn is_tracker(pattern: &NamePattern) -> bool {
    trackers::owner(pattern).is_some()
}

/// The charter that is being written, row by row.
#[derive(Default)]
struct DraftBuilder {
    head: HeadDocument,
    language: String,
    /// Whether no row of the page needs consent, or is a tracker's.
    is_consistent: bool,
    categories: Categories,
    cookies: Vec<CookieDocument>,
    /// The position of each declared pattern in `cookies`, and what its declarations say.
    declared: HashMap<(&'static str, String), (usize, Says)>,
    /// Each once, in the order of the page.
    decisions: Vec<Decision>,
    stored: Vec<String>,
    notes: Vec<(KeyPath, String)>,
}

fn root() -> KeyPath {
    KeyPath::default()
}

fn cookie_path(index: usize) -> KeyPath {
    root().key("cookie").index(index)
}

impl DraftBuilder {
    /// Adds a decision, unless it is there already.
    fn decide(&mut self, path: KeyPath, message: impl Into<String>) {
        let decision = Decision { path, message: message.into() };
        if !self.decisions.contains(&decision) {
            self.decisions.push(decision);
        }
    }

    fn head(&mut self, page: &Page, options: &Options) {
        let written = options.language.as_deref().and_then(language::tag);
        let said = || page.metadata.language.as_deref().and_then(language::tag);
        let known = written.or_else(said).or_else(|| language::guess(page).map(str::to_owned));
        if known.is_none() {
            let path = root().key("charter").key("languages");
            self.decide(path, "the page does not say its language: `en` is written (or use --language)");
        }
        self.language = known.unwrap_or_else(|| "en".to_owned());
        self.head.languages = vec![self.language.clone()];
        self.head.site = self.site(page, options);
        self.head.jurisdiction = options.jurisdiction;
        if options.jurisdiction.is_none() {
            let note = "No page says whose law holds: with `jurisdiction = \"fr\"`, say (or --jurisdiction), `octroi check` \
                        holds the charter against its figures";
            self.notes.push((root().key("charter").key("jurisdiction"), note.to_owned()));
        }
    }

    /// The site of the options, else the page's own address, else the only host in its text.
    fn site(&mut self, page: &Page, options: &Options) -> String {
        let given = options.site.as_ref().map(|site| host(site).unwrap_or_else(|| site.trim().to_ascii_lowercase()));
        if let Some(site) = given.or_else(|| page.metadata.host.clone()) {
            return site;
        }
        let texts = page.blocks.iter().filter_map(Block::text).map(super::block::Rich::line);
        let mut hosts: Vec<String> = texts.flat_map(|text| hosts(&text)).collect();
        hosts.sort_unstable();
        hosts.dedup();
        let path = root().key("charter").key("site");
        let (Some(site), 1) = (hosts.first(), hosts.len()) else {
            self.decide(path, "the page does not say which website it describes: write it here (or use --site)");
            return String::new();
        };
        let message =
            format!("the page does not say which website it describes: `{site}` is the only one that it names");
        self.decide(path, format!("{message} (or use --site)"));
        site.clone()
    }

    fn row(&mut self, row: &Row, words: &words::Words) {
        self.omitted(row);
        if row.is_stored {
            self.stored.push(shown(row));
            return;
        }
        let first = self.cookies.len();
        for (at, pattern) in row.names.patterns.iter().enumerate() {
            self.cookie(row, at, pattern, words);
        }
        let path = if self.cookies.len() > first { cookie_path(first) } else { root() };
        if row.names.is_open_ended && !row.names.patterns.is_empty() {
            self.decide(
                path.clone(),
                format!("“{}” goes on: only the names that it gives are declared; add the others", cut(&row.written)),
            );
        }
        for name in &row.names.starred {
            self.decide(
                path.clone(),
                format!("the star of `{name}*` is taken for a footnote's mark, not for a pattern"),
            );
        }
    }

    /// Adds a decision for each text of the page that was not read.
    fn unread(&mut self, found: &Found, page: &Page) {
        for names in &found.unread {
            self.decide(
                root(),
                format!("a list may declare cookies ({names}), and is not read: nothing is written for it"),
            );
        }
        if page.metadata.is_cut || page.blocks.iter().filter_map(Block::text).any(super::block::Rich::is_cut) {
            self.decide(root(), "the page has a text of more than 64 KiB: the rest of it is not read");
        }
    }

    /// Adds notes and decisions about what a row says and the charter does not.
    fn omitted(&mut self, row: &Row) {
        if row.is_stored {
            return;
        }
        self.stored.extend(row.names.stored.iter().map(|stored| format!("“{}”", cut(stored))));
        for wide in &row.names.too_wide {
            self.decide(
                root(),
                format!("“{}” would cover nearly every cookie: it is not written; name the cookies", cut(wide)),
            );
        }
        for unreadable in &row.names.unreadable {
            self.decide(
                root(),
                format!("“{}” is not read as a cookie's name: it is not written; give the name", cut(unreadable)),
            );
        }
        let whose = row.provider.as_ref().or(row.service.as_ref());
        if row.names.is_empty() && (whose.is_some() || row.purpose.is_some()) {
            let whose = whose.or(row.purpose.as_ref()).map(|text| cut(text)).unwrap_or_default();
            let suggestion = trackers::example_names(&whose)
                .map(|names| format!(" (often {names}; look what the browser really holds)"));
            self.decide(
                root(),
                format!(
                    "“{whose}” is declared without the name of a cookie: nothing is written{}; if pages ask another \
                     website for it, declare that as a `[[third_party]]`",
                    suggestion.unwrap_or_default()
                ),
            );
        }
    }

    fn cookie(&mut self, row: &Row, at: usize, pattern: &NamePattern, words: &words::Words) {
        let Verdict { category: of, decision } = judge(row, pattern, self.is_consistent);
        let is_exempt = of.need == Need::Exempt;
        let pattern = open_end::prefix(trackers::family(pattern), is_exempt);
        if let Some(known) = self.declared.get(&(pattern.key(), pattern.text().to_owned())).copied() {
            self.repeated(known, &of, row, &pattern, words);
            let (index, _) = known;
            decision.into_iter().filter(|_| is_exempt).for_each(|message| self.decide(cookie_path(index), message));
            return;
        }
        let index = self.cookies.len();
        let category = if decision.is_some() && !is_exempt {
            self.categories.undecided(words)
        } else {
            self.categories.of(&of, &pattern, &self.language, words)
        };
        let mut cookie = CookieDocument {
            category: Some(category),
            provider: row.provider.clone(),
            service: self.texts(row.service.as_deref()),
            purpose: self.texts(row.stated_purpose()),
            ..CookieDocument::default()
        };
        name(&mut cookie, &pattern);
        self.lifetime(&mut cookie, row, at, index);
        self.domain(&mut cookie, &pattern, index);
        self.cookies.push(cookie);
        self.declared.insert((pattern.key(), pattern.text().to_owned()), (index, Says::of(row, &of.need)));
        for message in [decision, by_purpose(row, &pattern), open_end::question(&pattern)].into_iter().flatten() {
            self.decide(cookie_path(index), message);
        }
        if row.names.patterns.get(at) != Some(&pattern) {
            let bare = pattern.text();
            self.decide(
                cookie_path(index),
                format!("the page says `{bare}`, and browsers hold it with a suffix: it is written as a prefix"),
            );
        }
    }

    /// Of a cookie that a service sets for its own website, whose answers octroi never sees.
    fn domain(&mut self, cookie: &mut CookieDocument, pattern: &NamePattern, index: usize) {
        let path = cookie_path(index).key("domain");
        let (name, owner) = (pattern.text(), trackers::owner(pattern).unwrap_or_default());
        match trackers::domains(pattern) {
            [] => {}
            [domain] => {
                cookie.domain = Some((*domain).to_owned());
                self.notes.push((path, format!("`{name}` is known as {owner}'s, for its own website")));
            }
            domains => {
                let message =
                    format!("`{name}` is known as {owner}'s: if that sets it for its own website, write `domain`");
                self.decide(path, format!("{message} ({})", domains.join(", ")));
            }
        }
    }

    /// `at`: which of the row's names this is; `index`: the cookie's position in the charter.
    fn lifetime(&mut self, cookie: &mut CookieDocument, row: &Row, at: usize, index: usize) {
        let (text, all) = &row.lifetime;
        let path = cookie_path(index).key("lifetime");
        match all.get(at).or(all.first()) {
            Some(Duration::Lives(lifetime)) => {
                if text.split_whitespace().count() > 3 {
                    self.notes.push((path, format!("“{}”", cut(text))));
                }
                cookie.lifetime = Some(lifetime.clone());
            }
            Some(Duration::Unreadable) => {
                self.decide(
                    path,
                    format!(
                        "“{}” is no length of time: no lifetime is written for `{}`",
                        cut(durations::part(text, at, row.names.patterns.len())),
                        cookie_name(cookie)
                    ),
                );
            }
            Some(Duration::Silent) | None => {}
        }
    }

    fn texts(&self, text: Option<&str>) -> Texts {
        text.map(|text| Texts::from([(self.language.clone(), text.to_owned())])).unwrap_or_default()
    }

    /// If somebody edited a rendered page, adds a decision for it, and for each cookie that the edit made exempt.
    fn compare_with_embedded(&mut self, page: &Page) {
        let Some(embedded) = &page.metadata.embedded else { return };
        self.decide(
            root(),
            "the page was edited after octroi had made it: its visible tables are imported, not the charter inside it",
        );
        let Ok(rendered) = serde_json::from_str::<CharterDocument>(&embedded.json) else { return };
        let exempt: Vec<_> = rendered
            .category
            .iter()
            .filter(|category| category.consent == Some(crate::charter::Need::Exempt))
            .filter_map(|category| category.id.clone())
            .collect();
        let was_exempt = |name: &str| {
            let same = rendered.cookie.iter().find(|cookie| cookie_name(cookie) == name);
            same.and_then(|cookie| cookie.category.as_ref()).is_some_and(|category| exempt.contains(category))
        };
        let laxer: BTreeMap<usize, String> = self
            .declared
            .iter()
            .filter(|(_, (_, says))| *says == Says::Exempt)
            .map(|((_, text), (index, _))| (*index, text.clone()))
            .filter(|(_, text)| !was_exempt(text) && !was_exempt(&format!("{text}*")))
            .collect();
        for (index, text) in laxer {
            let message = format!("the page now says that `{text}` is exempt; the charter inside it did not");
            self.decide(cookie_path(index), message);
        }
    }

    fn finish(mut self) -> Draft {
        let (categories, doubts) = self.categories.finish();
        let proposal = banner::propose(&self.cookies, &categories);
        for (index, message) in doubts {
            self.decisions.push(Decision { path: root().key("category").index(index), message });
        }
        if let Some(message) = proposal.decision {
            let path = if proposal.consent.is_some() { root().key("consent") } else { root() };
            self.decisions.push(Decision { path, message });
        }
        let document = CharterDocument {
            charter: Some(self.head),
            category: categories,
            cookie: self.cookies,
            consent: proposal.consent,
            ..CharterDocument::default()
        };
        Draft { document, decisions: self.decisions, stored: self.stored, notes: self.notes }
    }
}

fn name(cookie: &mut CookieDocument, pattern: &NamePattern) {
    let text = Some(pattern.text().to_owned());
    match pattern {
        NamePattern::Exact(_) => cookie.name = text,
        NamePattern::Prefix(_) => cookie.prefix = text,
        NamePattern::Glob(_) => cookie.glob = text,
        NamePattern::Regex(_) => cookie.regex = text,
    }
}

fn cookie_name(cookie: &CookieDocument) -> &str {
    let names = [&cookie.name, &cookie.prefix, &cookie.glob, &cookie.regex];
    names.into_iter().flatten().next().map_or("", String::as_str)
}

fn shown(row: &Row) -> String {
    if !row.written.is_empty() && !row.written.contains([' ', ',']) {
        return format!("`{}`", cut(&row.written));
    }
    let names: Vec<_> = row.names.patterns.iter().map(|pattern| format!("`{}`", pattern.text())).collect();
    if names.is_empty() { format!("“{}”", cut(&row.written)) } else { names.join(", ") }
}

/// A text as messages show it: at most 80 characters, on one line.
fn cut(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.chars().count() <= 80 { text } else { format!("{}…", text.chars().take(79).collect::<String>()) }
}

/// The hosts that a text names by their addresses.
fn hosts(text: &str) -> Vec<String> {
    let words = text.split([' ', '<', '>', '"', '(', ')', ',', ';', '“', '”', '«', '»']);
    words.filter(|word| word.starts_with("http")).filter_map(host).collect()
}
