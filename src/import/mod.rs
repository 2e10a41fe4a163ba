//! From a published cookie page to a draft of its charter: bytes in, draft out.
//!
//! A page is decoded (`encoding`), read into blocks (`html`, `text`), and its tables and lists into rows (`rows`):
//! which names a row declares (`names`), under which titles (`sections`, `categories`), and for how long (`durations`).
//! `draft` makes a charter of the rows. Whatever is not clearly exempt needs consent (`evidence`, `trackers`); whatever
//! the page does not say is a [`Decision`] for a person. Nothing is guessed that would let a cookie through.
//!
//! The way back from a rendered page is [`embedded`].

mod banner;
mod block;
mod categories;
mod columns;
mod css_tables;
mod draft;
mod durations;
pub mod embedded;
mod encoding;
mod evidence;
#[cfg(test)]
mod exemption;
mod fold;
mod grid;
mod html;
mod language;
mod names;
mod rows;
mod sections;
#[cfg(test)]
mod tests;
mod text;
mod trackers;

use crate::charter::{CharterDocument, Comments, EMBEDDED, KeyPath};

/// The largest page, in bytes (16 MiB); what people publish has some hundred kilobytes.
pub const MAX_BYTES: usize = 16 << 20;

/// More blocks and cells than any page that people read has.
const MAX_BLOCKS: usize = 100_000;
/// More declarations than any page has.
const MAX_ROWS: usize = 5000;

/// What a page is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// HTML, a whole page or a piece of one.
    Html,
    /// Markdown.
    Markdown,
    /// Text whose tables have tabs between their cells.
    Text,
    /// A charter as data, as `charter render --format json` writes it.
    Json,
}

/// What a page may not say of itself.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The website, whatever the page says: a host, or a URL with it.
    pub site: Option<String>,
    /// The language of the page (BCP 47), whatever it says.
    pub language: Option<String>,
    /// What it is written in, if that is not to be seen from it.
    pub form: Option<Form>,
}

/// A charter, and what a person must decide before it is used.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The charter, which is valid as it is.
    pub document: CharterDocument,
    /// What is open, in the order of the charter.
    pub decisions: Vec<Decision>,
    /// What a reader should know beside that. Each is a comment of the file, and no decision.
    notes: Vec<(KeyPath, String)>,
}

/// Something that the page leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Where in the charter it is.
    pub path: KeyPath,
    /// What is open, and what is written until it is decided.
    pub message: String,
}

impl Draft {
    /// The charter file, with its comments: notes as they are, decisions behind `DECIDE:`.
    ///
    /// # Errors
    /// None that is known: every charter can be written.
    pub fn to_toml(&self) -> Result<String, serde_json::Error> {
        let mut comments = Comments::default();
        self.notes.iter().for_each(|(path, note)| comments.add(path.clone(), note.as_str()));
        for decision in &self.decisions {
            comments.add(decision.path.clone(), format!("DECIDE: {}", decision.message));
        }
        self.document.to_toml(&comments)
    }
}

/// Why a page cannot be imported. Each message says what the person with the page can do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has no text.
    #[error("the page is empty")]
    Empty,
    /// It is larger than [`MAX_BYTES`].
    #[error("the page is larger than {} MiB: save the cookie page alone, without pictures", MAX_BYTES >> 20)]
    TooManyBytes,
    /// It has more cells, texts or cookies than anybody's.
    #[error("the page has more texts, cells or cookies than any that people read: save the cookie page alone")]
    TooManyParts,
    /// Tables within tables.
    #[error("tables stand within tables, deeper than 32: the page is damaged or made to be unreadable")]
    TooDeep,
    /// A script makes the table when the page is opened.
    #[error(
        "the table is made by a script of {0} when the page is opened: open the page in a browser, wait for the table, and save it as “complete page”"
    )]
    Scripted(&'static str),
    /// The declaration is another page's.
    #[error("the page shows another one in a frame ({0}): save that one")]
    Framed(String),
    /// It has tables, and none that names cookies.
    #[error(
        "no table or list of the page names a cookie ({0} tables were read): write a table with the columns name, provider, purpose, lifetime"
    )]
    NoCookies(usize),
    /// It only has sentences.
    #[error(
        "the page has no readable table or list of cookies, only sentences: write a table with the columns name, provider, purpose, lifetime, under a heading for each category"
    )]
    Prose,
    /// It declares nothing that travels in a header.
    #[error("the page declares no cookie, only what is kept in the browser's storage: octroi has no say over that")]
    Storage,
    /// It is no charter as data.
    #[error("the JSON is no charter: {0}")]
    Json(String),
    /// What was read makes no valid charter.
    #[error("what the page declares makes no valid charter: {0}")]
    Invalid(String),
}

/// Whose tracker a pattern names, if it is a known one's.
pub use trackers::owner as tracker_owner;

/// The charter that a page declares, and what it leaves open. It is valid as it is, and no laxer than the page: what is
/// not clearly exempt needs consent.
///
/// ```
/// use octroi::charter::Need;
/// use octroi::import::{Options, import};
///
/// let page = "<html lang=en><h2>Strictly necessary cookies</h2>
/// <table><tr><th>Name<th>Purpose<th>Duration<tr><td>sessionid<td>Keeps you logged in<td>2 weeks</table>
/// <h2>Statistics</h2>
/// <table><tr><th>Name<th>Purpose<th>Duration<tr><td>_ga<td>Counts visits<td>13 months</table>";
/// let site = Some("data.example.fr".to_owned());
/// let draft = import(page.as_bytes(), &Options { site, ..Options::default() })?;
/// let needs: Vec<_> = draft.document.category.iter().map(|category| category.consent).collect();
/// assert_eq!(needs, [Some(Need::Exempt), Some(Need::Required)]);
/// assert_eq!(draft.document.cookie[1].lifetime.as_deref(), Some("13 months"));
/// # Ok::<(), octroi::import::Refusal>(())
/// ```
///
/// # Errors
/// It has no table or list that can be read, or is larger than any page that people read: see [`Refusal`].
pub fn import(bytes: &[u8], options: &Options) -> Result<Draft, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooManyBytes);
    }
    let text = encoding::decode(bytes);
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let page = match options.form.unwrap_or_else(|| form(&text)) {
        Form::Json => return from_json(&text),
        Form::Html => html::read(&text)?,
        Form::Markdown => text::read(&text, true)?,
        Form::Text => text::read(&text, false)?,
    };
    if let Some(document) = embedded::unchanged(&page) {
        return valid(Draft { document, decisions: Vec::new(), notes: Vec::new() });
    }
    let found = rows::read(&page)?;
    valid(draft::of(&found, &page, options)?)
}

fn from_json(text: &str) -> Result<Draft, Refusal> {
    let document: CharterDocument = serde_json::from_str(text).map_err(|error| Refusal::Json(error.to_string()))?;
    valid(Draft { document, decisions: Vec::new(), notes: Vec::new() })
}

/// What is written can be enforced as it is. A page may say what no charter can: the first problem is told.
fn valid(draft: Draft) -> Result<Draft, Refusal> {
    match crate::charter::Charter::from_document(&draft.document) {
        Ok(_) => Ok(draft),
        Err(problems) => {
            let first = problems.first().map(|problem| format!("{}: {}", problem.path, problem.message));
            Err(Refusal::Invalid(first.unwrap_or_default()))
        }
    }
}

/// What a text looks like. By its first characters and the tags or signs that only one form has.
fn form(text: &str) -> Form {
    let start = text.trim_start();
    if start.starts_with('{') {
        return Form::Json;
    }
    if text.contains(&format!("<!-- {EMBEDDED} ")) {
        return Form::Markdown;
    }
    let lower = text.to_ascii_lowercase();
    let has = |tags: &[&str]| tags.iter().any(|tag| lower.contains(tag));
    if has(&["<!doctype html", "<html", "<body", "<table", "<tr", "<td"]) {
        Form::Html
    } else if text::has_pipes(text) {
        Form::Markdown
    } else if has(&["<div", "<p>", "<p ", "<ul", "<ol", "<dl", "<li", "<h1", "<h2", "<h3", "<h4", "<section"]) {
        Form::Html
    } else if text::is_markdown(text) {
        Form::Markdown
    } else {
        Form::Text
    }
}
