//! From the document to the checked charter: every problem at once.

use super::{Charter, CharterDocument, Problem};

impl Charter {
    /// Checks a document.
    ///
    /// # Errors
    /// All that is wrong with it, by key.
    pub fn from_document(_document: &CharterDocument) -> Result<Self, Vec<Problem>> {
        todo!()
    }
}
