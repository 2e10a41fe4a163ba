//! Makes the draft of a charter from a published cookie page: bytes in, draft out.
//!
//! A page is decoded (`encoding`), read into blocks (`html`, `text`), and its tables and lists into rows (`rows`):
//! which names a row declares (`names`), under which titles (`sections`, `categories`), and for how long (`durations`).
//! `draft` makes a charter of the rows. A cookie that is not clearly exempt needs consent (`evidence`, and `trackers` of the charter). If
//! the page leaves a question open, the draft holds the stricter answer and a [`Decision`] for a person, so no guess
//! lets a cookie pass.
//!
//! [`embedded`] puts a charter into the page that is rendered from it, and reads it back.

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
mod grid;
mod html;
mod language;
mod names;
mod rows;
mod sections;
#[cfg(test)]
mod tests;
mod text;

use crate::charter::{CharterDocument, Comments, EMBEDDED, Jurisdiction, KeyPath, fold, trackers};

/// The largest page, in bytes (16 MiB). Published pages have some hundred kilobytes.
pub const MAX_BYTES: usize = 16 << 20;

/// Begins the comment of a [`Decision`].
pub const DECIDE: &str = "DECIDE:";

/// The most blocks and cells of a page. Published pages have far fewer.
const MAX_BLOCKS: usize = 100_000;
/// The most rows of a page, and the most names that they declare together.
const MAX_ROWS: usize = 5000;

/// What a page is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// HTML, a whole page or a part of one.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text. Its tables have tabs, semicolons or commas between their cells, or columns aligned by blanks.
    Text,
    /// A charter as data, as `charter render --format json` writes it.
    Json,
}

/// What the caller knows about a page. It overrides what the page says.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The website: a host, or a URL with it.
    pub site: Option<String>,
    /// The language of the page (BCP 47).
    pub language: Option<String>,
    /// Whose law holds for the site, which no page says.
    pub jurisdiction: Option<Jurisdiction>,
    /// What the page is written in. `None`: it is recognised by its text.
    pub form: Option<Form>,
}

/// A charter, and what a person must decide before it is used.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The charter. It is valid without any decision.
    pub document: CharterDocument,
    /// The open questions: first those of the page, in its order, then those of categories, then that of `[consent]`.
    pub decisions: Vec<Decision>,
    /// What the page declares that is no cookie, as it writes it: a charter has no place for it.
    pub stored: Vec<String>,
    /// Comments of the file that need no decision.
    notes: Vec<(KeyPath, String)>,
}

/// A question that the page leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The part of the charter that it concerns; the root if it concerns the page.
    pub path: KeyPath,
    /// What is open, and what the charter says until it is decided.
    pub message: String,
}

impl Draft {
    /// That of a page which is a charter already.
    fn of(document: CharterDocument) -> Self {
        Self { document, decisions: Vec::new(), stored: Vec::new(), notes: Vec::new() }
    }

    /// The charter file, with its comments: notes as they are, decisions behind `DECIDE:`.
    ///
    /// # Errors
    /// If the document cannot be serialised. No charter is known for which that happens.
    pub fn to_toml(&self) -> Result<String, serde_json::Error> {
        let mut comments = Comments::default();
        for stored in &self.stored {
            let text = format!("No cookie, so no rule here: {stored} (the browser's storage, or a pixel).");
            comments
                .add(KeyPath::default(), format!("{text} Visitors must be told of it, too: say it in a `description`"));
        }
        self.notes.iter().for_each(|(path, note)| comments.add(path.clone(), note.as_str()));
        for decision in &self.decisions {
            comments.add(decision.path.clone(), format!("{DECIDE} {}", decision.message));
        }
        self.document.to_toml(&comments)
    }
}

/// Why a page cannot be imported. If the person with the page can do something about it, the message says what.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has no text.
    #[error("the page is empty")]
    Empty,
    /// It is larger than [`MAX_BYTES`].
    #[error("the page is larger than {} MiB: save the cookie page alone, without pictures", MAX_BYTES >> 20)]
    TooManyBytes,
    /// It has more than 100,000 texts and cells or 5,000 cookies, or a table whose spans are too large.
    #[error(
        "the page has more than {MAX_BLOCKS} texts and cells, {MAX_ROWS} cookies, or a table too large to be read: save the cookie page alone"
    )]
    TooManyParts,
    /// Tables are nested more than 32 deep.
    #[error("tables stand within tables, deeper than 32: save the part of the page that has the cookie table")]
    TooDeep,
    /// A script makes the table when the page is opened.
    #[error(
        "the table is made by a script of {0} when the page is opened: open the page in a browser, wait for the table, and save it as “complete page”"
    )]
    Scripted(&'static str),
    /// It declares nothing, and shows another page in a frame.
    #[error("the page declares no cookie, but shows another page in a frame ({0}): save that page")]
    Framed(String),
    /// It has tables or lists, but none that names cookies.
    #[error(
        "no table or list of the page names a cookie ({0} tables were read): write a table with the columns name, provider, purpose, lifetime"
    )]
    NoCookies(usize),
    /// It only has sentences.
    #[error(
        "the page has no readable table or list of cookies, only sentences: write a table with the columns name, provider, purpose, lifetime, under a heading for each category"
    )]
    Prose,
    /// It declares nothing that a header can carry.
    #[error("the page declares no cookie, only entries of the browser's storage, which octroi cannot see")]
    Storage,
    /// The JSON is not a charter.
    #[error("the JSON is no charter: {0}")]
    Json(String),
    /// What was read makes no valid charter.
    #[error("what the page declares makes no valid charter: {0}")]
    Invalid(String),
}

/// The charter that a page declares, and the questions that it leaves open. A cookie that is not clearly exempt needs
/// consent. An unedited page of `charter render` gives the charter that was rendered.
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
/// If the page is empty or too large, or declares no cookie in a table or a list: see [`Refusal`].
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
        return valid(Draft::of(document));
    }
    let found = rows::read(&page)?;
    valid(draft::of(&found, &page, options)?)
}

fn from_json(text: &str) -> Result<Draft, Refusal> {
    let document: CharterDocument = serde_json::from_str(text).map_err(|error| Refusal::Json(error.to_string()))?;
    valid(Draft::of(document))
}

/// The draft, if its charter is valid. A page may say what no charter can; the error names the first problem.
fn valid(draft: Draft) -> Result<Draft, Refusal> {
    match crate::charter::Charter::from_document(&draft.document) {
        Ok(_) => Ok(draft),
        Err(problems) => {
            let first = problems.first().map(|problem| format!("{}: {}", problem.path, problem.message));
            Err(Refusal::Invalid(first.unwrap_or_default()))
        }
    }
}

/// Recognises the form of a text by its first character, and by tags and signs that only one form has.
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
