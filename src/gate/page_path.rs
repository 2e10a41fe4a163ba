//! The path of the message's page, for the inventory: folded once for all of the message's cookies, and only if one of them is
//! new.

use crate::cookie::FoldedPath;

/// The path of a page.
pub(super) struct PagePath<'a> {
    /// As the request had it, with its variable parts.
    pub(super) path: &'a [u8],
    folded: Option<FoldedPath>,
}

impl<'a> PagePath<'a> {
    pub(super) fn new(path: &'a [u8]) -> Self {
        Self { path, folded: None }
    }

    /// `None` if it is no path.
    pub(super) fn folded(&mut self) -> Option<FoldedPath> {
        if self.folded.is_none() {
            self.folded = FoldedPath::of(self.path);
        }
        self.folded.clone()
    }
}
