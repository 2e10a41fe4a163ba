//! Links from a mark to its footnote: `<a href="#fn1">1</a>` … `<li id="fn1">`.
//!
//! The footnote has no mark of its own if it is an item of a numbered list, so it gets that of the link.

use std::collections::HashMap;

use html5gum::StartTag;

use super::attribute;

/// The most links that are kept, and the longest text of one in bytes. A page with more has a table of contents, not
/// footnotes.
const MAX_LINKS: usize = 1000;
const MAX_MARK: usize = 8;

/// The links so far.
#[derive(Default)]
pub(super) struct FootnoteLinks {
    /// The marks, by the ids that they link to.
    marks: HashMap<String, String>,
    /// The id to which the open link leads, and its text.
    open: Option<(String, String)>,
}

impl FootnoteLinks {
    /// A link begins.
    pub(super) fn open(&mut self, tag: &StartTag<()>) {
        let id = attribute(tag, "href").and_then(|href| href.strip_prefix('#').map(str::to_owned));
        self.open = id.filter(|id| !id.is_empty()).map(|id| (id, String::new()));
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, mark)) = self.open.as_mut().filter(|(_, mark)| mark.len() <= MAX_MARK) {
            mark.push_str(text);
        }
    }

    /// A link ends: its mark, if its text is one.
    pub(super) fn close(&mut self) -> Option<String> {
        let (id, text) = self.open.take()?;
        let mark = text.trim().trim_matches(['(', ')', '[', ']']);
        let is_number = mark.bytes().all(|byte| byte.is_ascii_digit());
        let is_letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_sign = mark.chars().all(|c| "*†‡§¹²³".contains(c));
        let is_mark = !mark.is_empty() && text.len() <= MAX_MARK && (is_number || is_letter || is_sign);
        if is_mark && self.marks.len() < MAX_LINKS {
            self.marks.entry(id).or_insert_with(|| mark.to_owned());
        }
        is_mark.then(|| mark.to_owned())
    }

    /// The mark whose link leads to this element.
    pub(super) fn mark_of(&self, tag: &StartTag<()>) -> Option<String> {
        self.marks.get(&attribute(tag, "id")?).cloned()
    }
}
