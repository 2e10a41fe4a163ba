//! The page as HTML: one file that loads only the given style sheets. The text comes from `page`, the markup from
//! `page.html`; askama escapes every text.

use askama::Template;

use super::category::Footing;
use super::page::Page;
use super::phrase::Piece;
use super::{PageOptions, RenderError};
use crate::charter::{Charter, Style};
use crate::import::embedded;

/// The style sheet in a plain page, byte for byte, so that a `Content-Security-Policy` can allow it by its digest.
pub const STYLE: &str = include_str!("plain.css");

#[derive(Template)]
#[template(path = "render/page.html")]
struct PageTemplate<'a> {
    page: &'a Page,
    /// The style sheet in the page; empty if it has none.
    style: &'static str,
    stylesheets: &'a [String],
    classes: &'static Classes,
}

/// The class names of a page's elements.
struct Classes {
    /// Around everything but the links to other languages.
    main: &'static str,
    /// The notice that the site only reports.
    notice: &'static str,
    /// Badge of cookies that need no consent.
    exempt: &'static str,
    /// Badge of cookies that need consent.
    required: &'static str,
    /// Elements around each table, the outermost first.
    tables: &'static [&'static str],
    /// Each remark and each cap.
    remark: &'static str,
    link: &'static str,
    /// Around the links to other languages.
    footer: &'static str,
}

impl Classes {
    fn badge(&self, footing: Footing) -> &'static str {
        match footing {
            Footing::Exempt | Footing::Refusable => self.exempt,
            Footing::Asked | Footing::Never => self.required,
        }
    }
}

const PLAIN: Classes = Classes {
    main: "page",
    notice: "notice",
    exempt: "badge badge-exempt",
    required: "badge badge-required",
    tables: &[],
    remark: "remark",
    link: "link",
    footer: "footer",
};

/// The classes of the design system of the French state (DSFR), whose style sheet the page links.
const DSFR: Classes = Classes {
    main: "fr-container fr-py-6w",
    notice: "fr-alert fr-alert--warning fr-alert--sm fr-mb-3w",
    exempt: "fr-badge fr-badge--success fr-badge--no-icon",
    required: "fr-badge fr-badge--info fr-badge--no-icon",
    tables: &["fr-table fr-table--multiline", "fr-table__wrapper", "fr-table__container", "fr-table__content"],
    remark: "fr-text--sm fr-mb-0",
    link: "fr-link",
    footer: "fr-container fr-py-3w",
};

/// The page as an HTML document, with the charter embedded before `</body>`.
///
/// ```
/// use octroi::charter::{Charter, Enforcement, Style};
/// use octroi::render::{PageOptions, html};
/// use octroi::starter::{Answers, charter};
///
/// let site = "data.example.fr".to_owned();
/// let (document, _) = charter(&Answers { site, languages: vec!["fr".to_owned()], banner: None, jurisdiction: None });
/// let charter = Charter::from_document(&document).expect("it has no problem");
/// let (enforcement, style) = (Enforcement::Enforce, Style::Plain);
/// let page = html(&charter, &PageOptions { language: "fr", enforcement, style, stylesheets: &[], links: false })?;
/// assert!(page.contains("<title>Cookies de data.example.fr</title>"));
/// # Ok::<(), octroi::render::RenderError>(())
/// ```
///
/// # Errors
/// The template or the serialisation fails, which no known charter causes.
pub fn html(charter: &Charter, options: &PageOptions<'_>) -> Result<String, RenderError> {
    let page = Page::new(charter, options);
    let (style, classes) = match options.style {
        Style::Plain => (STYLE, &PLAIN),
        Style::Dsfr => ("", &DSFR),
    };
    let visible = PageTemplate { page: &page, style, stylesheets: options.stylesheets, classes }.render()?;
    let end = visible.rfind("</body>").unwrap_or(visible.len());
    let (before, after) = visible.split_at(end);
    Ok(format!("{before}{}\n{after}", embedded::in_html(&charter.document(), &visible)))
}
