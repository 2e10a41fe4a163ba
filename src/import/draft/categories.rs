//! The categories of a draft, in the order of the page.
//!
//! A row's titles say which category it is in. Ids are chosen so that a banner's default keys fit, if possible.

use super::words::Words;
use crate::charter::{CategoryDocument, Charter, NamePattern, Need, Texts};
use crate::import::categories::Purpose;
use crate::import::fold::fold;
use crate::import::rows::{Need as RowNeed, RowCategory};

/// Ids that a charter must not use, and the id of the undecided category.
const RESERVED: [&str; 7] = ["choice", "infrastructure", "undeclared", "unreadable", "full-consent", "deny", UNDECIDED];
const UNDECIDED: &str = "undecided";
/// The most categories of a page's titles. The rest of what a charter can have is for `undecided` and for the overflow.
const MAX_CATEGORIES: usize = Charter::MAX_CATEGORIES - 4;
/// The most names that a message lists.
const MAX_LISTED: usize = 6;

/// Rows with the same title and the same need share one.
#[derive(Default)]
pub(super) struct Categories {
    all: Vec<Drafted>,
}

struct Drafted {
    /// The folded title, and whether it is exempt.
    key: (String, bool),
    document: CategoryDocument,
    /// Why it is doubtful whether it needs consent, and the patterns of the cookies of which it is.
    doubts: Vec<(String, Vec<String>)>,
}

impl Drafted {
    /// Adds a cookie to a doubt.
    fn doubt(&mut self, reason: &str, pattern: &NamePattern) {
        let name = pattern.text().to_owned();
        match self.doubts.iter_mut().find(|(known, _)| known == reason) {
            Some((_, names)) => names.push(name),
            None => self.doubts.push((reason.to_owned(), vec![name])),
        }
    }
}

impl Categories {
    /// The id of a row's category. Rows with the same title are in the same one, unless only one of them is exempt.
    pub(super) fn of(&mut self, row: &RowCategory, pattern: &NamePattern, language: &str, words: &Words) -> String {
        let is_exempt = row.need == RowNeed::Exempt;
        let title = row.title.as_deref().map(cleaned).filter(|title| !title.is_empty());
        let key = (title.as_deref().map(fold).unwrap_or_default(), is_exempt);
        let known = self.all.iter().position(|category| category.key == key);
        let at = known.unwrap_or_else(|| {
            if self.all.len() >= MAX_CATEGORIES {
                return self.overflow(is_exempt, pattern, language, words);
            }
            let id = self.id(row.purpose, title.as_deref(), is_exempt);
            let shown = title.unwrap_or_else(|| if is_exempt { words.necessary } else { words.other }.to_owned());
            self.push(key, id, is_exempt, &shown, language)
        });
        let Some(category) = self.all.get_mut(at) else { return UNDECIDED.to_owned() };
        if let RowNeed::Doubtful(reason) = &row.need {
            category.doubt(reason, pattern);
        }
        category.document.id.clone().unwrap_or_default()
    }

    /// The category of cookies that stand under an exempt heading and are not clearly exempt.
    pub(super) fn undecided(&mut self, words: &Words) -> String {
        let key = (UNDECIDED.to_owned(), false);
        if !self.all.iter().any(|category| category.key == key) {
            self.push(key, UNDECIDED.to_owned(), false, words.undecided, words.language);
        }
        UNDECIDED.to_owned()
    }

    /// The category of rows without a title, which also takes those of the headings for which a charter has no room: in
    /// the category of another heading, the consent to that one would grant them.
    fn overflow(&mut self, is_exempt: bool, pattern: &NamePattern, language: &str, words: &Words) -> usize {
        let key = (String::new(), is_exempt);
        let title = if is_exempt { words.necessary } else { words.other };
        let known = self.all.iter().position(|category| category.key == key);
        let at = known.unwrap_or_else(|| {
            let id = self.id(Some(Purpose::Other), Some(title), is_exempt);
            self.push(key, id, is_exempt, title, language)
        });
        if let Some(category) = self.all.get_mut(at).filter(|_| !is_exempt) {
            category.doubt("the page has more headings than a charter can have categories", pattern);
        }
        at
    }

    fn push(&mut self, key: (String, bool), id: String, is_exempt: bool, title: &str, language: &str) -> usize {
        let document = CategoryDocument {
            id: Some(id),
            consent: Some(if is_exempt { Need::Exempt } else { Need::Required }),
            title: Texts::from([(language.to_owned(), title.to_owned())]),
            ..CategoryDocument::default()
        };
        self.all.push(Drafted { key, document, doubts: Vec::new() });
        self.all.len() - 1
    }

    /// An unused id that says what the category is.
    fn id(&self, purpose: Option<Purpose>, title: Option<&str>, is_exempt: bool) -> String {
        let slug = slug(title.unwrap_or("unclassified"));
        let meant = match purpose {
            _ if is_exempt => "necessary".to_owned(),
            Some(purpose) => purpose.id().to_owned(),
            None => slug.clone(),
        };
        let is_free = |id: &String| {
            !RESERVED.contains(&id.as_str())
                && !self.all.iter().any(|category| category.document.id.as_ref() == Some(id))
        };
        let numbered = (2..).map(|number| format!("{meant}-{number}"));
        [meant.clone(), slug].into_iter().chain(numbered).find(is_free).unwrap_or_default()
    }

    /// The categories, and the decisions about them by their positions.
    pub(super) fn finish(self) -> (Vec<CategoryDocument>, Vec<(usize, String)>) {
        let mut doubts = Vec::new();
        for (index, category) in self.all.iter().enumerate() {
            for (doubt, names) in &category.doubts {
                let listed: Vec<_> = names.iter().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
                let more = if names.len() > MAX_LISTED { ", …" } else { "" };
                doubts.push((index, format!("{doubt}: consent is required ({}{more})", listed.join(", "))));
            }
        }
        (self.all.into_iter().map(|category| category.document).collect(), doubts)
    }
}

/// A heading without its number or letter and without the count behind it: `1) Necessary (5)`.
fn cleaned(title: &str) -> String {
    let title = match title.split_once([')', '.']) {
        Some((letter, rest)) if letter.len() == 1 && rest.starts_with(' ') => rest.trim_start(),
        _ => title,
    };
    let numbered = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    let has_number = numbered.len() < title.len()
        && (numbered.starts_with([')', '-', '–', ':'])
            || title.contains(". ")
            || title.starts_with(|c: char| c.is_ascii_digit()));
    let title = if has_number { numbered.trim_start_matches([')', '-', '–', ':', ' ']) } else { title };
    let counted = title
        .rsplit_once('(')
        .filter(|(_, count)| count.trim_end_matches(')').trim().bytes().all(|byte| byte.is_ascii_digit()));
    let title = counted.map_or(title, |(title, _)| title).trim().trim_end_matches([':', ' ']);
    title.chars().take(200).collect()
}

/// An id made of a title: `Reichweitenmessung & Co.` is `reichweitenmessung-co`. At most 40 characters; `unclassified`
/// if nothing is left.
fn slug(title: &str) -> String {
    let words: Vec<String> = fold(title)
        .split(' ')
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect())
        .filter(|word: &String| !word.is_empty() && word != "cookies" && word != "cookie")
        .collect();
    let slug: String = words.join("-").chars().take(40).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "unclassified".to_owned() } else { slug.to_owned() }
}
