//! `[charter] publish`: where the site shows the charter.
//!
//! octroi serves the page at this path, so the path must be one that the portal does not need.

use super::Check;
use crate::charter::document::{PublishDocument, PublishTable};
use crate::charter::{KeyPath, Problem, Publish, Style};

impl Check<'_> {
    pub(super) fn publish(&mut self, document: Option<&PublishDocument>, path: &KeyPath) -> Option<Publish> {
        let table = match document? {
            PublishDocument::Path(page) => {
                self.page_path(page, path);
                return Some(Publish { path: page.clone(), style: Style::Plain, stylesheets: Vec::new() });
            }
            PublishDocument::Table(table) => table,
        };
        let page = self.required(table.path.clone(), path, "path");
        if let Some(page) = &page {
            self.page_path(page, &path.key("path"));
        }
        self.stylesheets(table, path);
        Some(Publish { path: page?, style: table.style, stylesheets: table.stylesheets.clone() })
    }

    /// The path must be one that every server reads in the same way, so that no other spelling leads around octroi.
    fn page_path(&mut self, page: &str, path: &KeyPath) {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
        let is_plain = page.starts_with('/') && page.bytes().all(plain);
        if !is_plain || page.contains("//") || page.contains("/.") {
            let message =
                format!("`{page}` is not the path of a page: letters, digits and `-_~` between single slashes");
            self.problems.push(Problem::new(path.clone(), message).with_help("write `/cookies/`, for instance"));
        } else if page == "/" {
            let problem = Problem::new(path.clone(), "the page would take the place of the whole site");
            self.problems.push(problem.with_help("write `/cookies/`, for instance"));
        }
    }

    /// The page loads nothing from other hosts.
    fn stylesheets(&mut self, table: &PublishTable, path: &KeyPath) {
        for (index, sheet) in table.stylesheets.iter().enumerate() {
            let own = sheet.starts_with('/') && !sheet.starts_with("//") && !sheet.contains('\\');
            if !own || sheet.chars().any(char::is_control) {
                let message = format!("`{sheet}` is not a path on the site itself");
                let problem = Problem::new(path.key("stylesheets").index(index), message);
                self.problems.push(problem.with_help("write it from the slash on: `/dsfr/dsfr.min.css`"));
            }
        }
    }
}
