//! The public page of a charter: what is enforced for each cookie, in sentences for visitors.
//!
//! [`html()`] and [`markdown()`] write a page in one language; [`json`] writes the charter document. Each format embeds the
//! exact charter, so that importing the page gives it back. Every text of the charter is escaped.
//!
//! `page`, `category` and `cookie_row` choose the sentences, `words` has them in each language, and `phrase` fills them in; `html` and
//! `markdown` write the formats. `placeholder` writes what a held frame shows.

mod category;
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
pub use placeholder::{PAGE_SLOT, SITE_SLOT, placeholder};

use crate::charter::{Charter, Enforcement, Lifetime, Style};

/// The options of a page.
#[derive(Clone, Copy, Debug)]
pub struct PageOptions<'a> {
    /// The language (BCP 47). A text of the charter that is missing in it is shown in another one, and marked.
    pub language: &'a str,
    /// Whether the site enforces the charter or only reports: a page says which.
    pub enforcement: Enforcement,
    /// The class names of an HTML page.
    pub style: Style,
    /// Style sheets that an HTML page links, in this order.
    pub stylesheets: &'a [String],
    /// Whether an HTML page links to the same page in the charter's other languages, by `?lang=`.
    pub links: bool,
}

/// Why a page cannot be written. Each is a fault of octroi, not of the charter.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The template failed.
    #[error("the page cannot be written: {0}")]
    Template(#[from] askama::Error),
    /// The charter could not be serialised.
    #[error("the charter cannot be written as JSON: {0}")]
    Charter(#[from] serde_json::Error),
}

/// Whether octroi has its own sentences in a language, or in that of its primary subtag. A page in any other language has
/// English sentences, and the charter's texts in that language.
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

/// The languages that octroi has its own sentences in, as tags (BCP 47) in alphabetical order.
pub fn languages() -> impl Iterator<Item = &'static str> {
    words::ALL.iter().map(|words| words.tag)
}

/// A lifetime in words of a language; in English if octroi has no sentences in it.
///
/// ```
/// use octroi::render::lifetime;
///
/// assert_eq!(lifetime("fr", "13 months".parse()?), "13 mois");
/// # Ok::<(), octroi::charter::LifetimeError>(())
/// ```
pub fn lifetime(language: &str, lifetime: Lifetime) -> String {
    words::find(language).unwrap_or(words::ENGLISH).time.length(lifetime)
}

/// The charter as JSON, with the keys of its file. It ends with a newline.
///
/// # Errors
/// The serialisation fails, which no known charter causes.
pub fn json(charter: &Charter) -> Result<String, RenderError> {
    Ok(format!("{:#}\n", charter.document().to_json()?))
}
