//! The page as HTML: one file that loads nothing but the style sheets it is told of.

use askama::Template;

use super::page::Page;
use super::phrase::Piece;
use super::{PageOptions, RenderError};
use crate::charter::{Charter, Need, Style};
use crate::import::embedded;

/// The style sheet that a plain page brings along, as it stands in the page.
pub const STYLE: &str = include_str!("plain.css");

#[derive(Template)]
#[template(path = "render/page.html")]
struct PageTemplate<'a> {
    page: &'a Page,
    /// Empty: the page has none of its own.
    style: &'static str,
    stylesheets: &'a [String],
    classes: &'static Classes,
}

/// The names of the classes, by what they are put on.
struct Classes {
    main: &'static str,
    notice: &'static str,
    exempt: &'static str,
    required: &'static str,
    /// Elements around each table, from the outside.
    tables: &'static [&'static str],
    remark: &'static str,
    link: &'static str,
    footer: &'static str,
}

impl Classes {
    fn badge(&self, need: Need) -> &'static str {
        match need {
            Need::Exempt => self.exempt,
            Need::Required => self.required,
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

/// The page as HTML, the charter embedded.
///
/// # Errors
/// None that is known: every charter can be written.
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
