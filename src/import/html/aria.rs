//! What an element is by its attributes rather than by its name: a `div` that is a table, a heading, a tab.
//!
//! Roles are those of WAI-ARIA 1.2, and the attributes of Bootstrap's tabs, which many pages use without roles.

use html5gum::StartTag;

use super::attribute;
use crate::import::block::{Block, Control};

/// What an element is by its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Table,
    Row,
    Cell,
    Heading,
    /// The ids by which the tab and its panel may refer to each other.
    Tab(Vec<String>),
}

/// Open elements with a role, each with how many elements of its name are open within it.
#[derive(Debug, Default)]
pub(super) struct Parts(Vec<(String, usize, Part)>);

/// The most of them that are open at once.
const MAX_PARTS: usize = 64;

impl Parts {
    /// An element with a role begins. It is ignored if [`MAX_PARTS`] are open.
    pub(super) fn open(&mut self, name: &str, part: Part) {
        if self.0.len() < MAX_PARTS {
            self.0.push((name.to_owned(), 0, part));
        }
    }

    /// An element without a role begins.
    pub(super) fn start(&mut self, name: &str) {
        if let Some((open, depth, _)) = self.0.last_mut() {
            *depth += usize::from(open == name);
        }
    }

    /// An element ends, and with it the returned part. `None` if the innermost part has another element, or if an
    /// element of the same name within that part ends.
    pub(super) fn end(&mut self, name: &str) -> Option<Part> {
        let (open, depth, _) = self.0.last_mut()?;
        if open != name {
            return None;
        }
        if *depth > 0 {
            *depth -= 1;
            return None;
        }
        self.0.pop().map(|(_, _, part)| part)
    }

    pub(super) fn pop(&mut self) -> Option<Part> {
        self.0.pop().map(|(_, _, part)| part)
    }
}

/// What an element is by its role, and whether it is a heading or a header cell. Elements such as `td` and `h2` are read by
/// their names.
pub(super) fn part(name: &str, tag: &StartTag<()>) -> Option<(Part, bool)> {
    if !matches!(name, "div" | "span" | "p" | "ul" | "li" | "a" | "button" | "section" | "dl" | "dt" | "dd" | "article")
    {
        return None;
    }
    let role = attribute(tag, "role")?.to_ascii_lowercase();
    Some(match role.as_str() {
        "table" | "grid" | "treegrid" => (Part::Table, false),
        "row" => (Part::Row, false),
        "cell" | "gridcell" => (Part::Cell, false),
        "columnheader" | "rowheader" => (Part::Cell, true),
        "heading" => (Part::Heading, true),
        "tab" => (Part::Tab(tab_ids(tag)), false),
        // A `div` that unfolds what follows it is the title of that.
        "button" if name == "div" && attribute(tag, "aria-expanded").is_some() => (Part::Heading, true),
        _ => return None,
    })
}

/// The ids by which a tab and its panel may refer to each other.
fn tab_ids(tag: &StartTag<()>) -> Vec<String> {
    let target = attribute(tag, "href").or_else(|| attribute(tag, "data-target"));
    let target = target.or_else(|| attribute(tag, "data-bs-target"));
    let target = target.and_then(|target| target.strip_prefix('#').map(str::to_owned));
    [attribute(tag, "id"), attribute(tag, "aria-controls"), target].into_iter().flatten().collect()
}

/// The ids by which a panel refers to its tab, or its tab to it. `None` if the element is no panel.
pub(super) fn panel(tag: &StartTag<()>) -> Option<Vec<String>> {
    let is_role = attribute(tag, "role").is_some_and(|role| role.eq_ignore_ascii_case("tabpanel"));
    let class = attribute(tag, "class").unwrap_or_default();
    let is_class = class.split_whitespace().any(|class| matches!(class, "tab-pane" | "tabpanel" | "tab-panel"));
    (is_role || is_class)
        .then(|| [attribute(tag, "aria-labelledby"), attribute(tag, "id")].into_iter().flatten().collect())
}

/// What an element does if it is clicked; `None` for a plain link, and for what is no control.
pub(super) fn control(name: &str, tag: &StartTag<()>) -> Option<Control> {
    let toggle = attribute(tag, "data-toggle").or_else(|| attribute(tag, "data-bs-toggle"));
    let is_collapse = toggle.is_some_and(|toggle| toggle.eq_ignore_ascii_case("collapse"));
    let unfolds = || attribute(tag, "aria-expanded").is_some() || is_collapse;
    let is_button = || attribute(tag, "role").is_some_and(|role| role.eq_ignore_ascii_case("button"));
    match name {
        "button" => Some(Control::Trigger),
        "label" | "a" if unfolds() => Some(Control::Trigger),
        "a" if is_button() => Some(Control::Trigger),
        "label" => Some(Control::Label),
        _ => None,
    }
}

/// The level of a heading by its role (ARIA: 2 if none is given).
pub(super) fn level(tag: &StartTag<()>) -> u8 {
    if attribute(tag, "role").is_some_and(|role| role.eq_ignore_ascii_case("button")) {
        return Block::SUMMARY;
    }
    attribute(tag, "aria-level").and_then(|level| level.trim().parse().ok()).map_or(2, |level: u8| level.clamp(1, 6))
}
