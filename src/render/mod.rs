//! The public page of a charter: what a visitor may expect of each cookie, in words, made from what is enforced.
//!
//! [`html()`] and [`markdown()`] write a page for people, in one language; [`json`] writes the document itself. Each carries
//! the exact charter, so that importing the page gives it back. Everything that comes from the charter is escaped.
//!
//! `page` decides what is said, `cookie_row` says it of one cookie, `phrase` holds it with its marks, and `words` has
//! the sentences of each language; `html` and `markdown` only write.

mod cookie_row;
mod html;
mod markdown;
mod page;
mod phrase;
mod placeholder;
#[cfg(test)]
mod tests;
mod words;

pub use html::{STYLE, html};
pub use markdown::markdown;
pub use placeholder::placeholder;

use crate::charter::{Charter, Enforcement, Style};

/// How a page is made.
#[derive(Clone, Copy, Debug)]
pub struct PageOptions<'a> {
    /// The language (BCP 47): texts that are not there in it are shown in another one, and marked.
    pub language: &'a str,
    /// Whether the site enforces the charter or only counts: the page promises no more than that.
    pub enforcement: Enforcement,
    /// Whose class names an HTML page has.
    pub style: Style,
    /// Style sheets that an HTML page links, in this order.
    pub stylesheets: &'a [String],
    /// Whether the page links itself in the charter's other languages, by `?lang=`.
    pub links: bool,
}

/// Why a page cannot be written. Each is a fault of octroi, not of the charter.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The template could not be filled in.
    #[error("the page cannot be written: {0}")]
    Template(#[from] askama::Error),
    /// The charter could not be embedded.
    #[error("the charter cannot be written as JSON: {0}")]
    Charter(#[from] serde_json::Error),
}

/// Whether octroi has words of its own in a language, or in the one that it is a variety of. A page in another language
/// has the charter's texts in it, if there are any, within English ones.
///
/// ```
/// use octroi::render::speaks;
///
/// assert!(speaks("fr-CA"));
/// assert!(!speaks("sv"));
/// ```
pub fn speaks(language: &str) -> bool {
    words::find(language).is_some()
}

/// The languages that octroi has words of its own in. As tags (BCP 47), in their alphabetical order.
pub fn languages() -> impl Iterator<Item = &'static str> {
    words::ALL.iter().map(|words| words.tag)
}

/// The charter as JSON, with the keys of its file. It ends with a newline.
///
/// # Errors
/// None that is known: every charter can be written.
pub fn json(charter: &Charter) -> Result<String, RenderError> {
    Ok(format!("{:#}\n", charter.document().to_json()?))
}
