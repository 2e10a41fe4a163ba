//! The brackets that are open while a value is passed over.
//!
//! A bit for each is enough to tell whether a closing one fits, and bounds what a file of nothing but brackets can
//! cost.

/// So many open brackets cost 4 MiB; no producer nests more than some hundred.
const MAX_DEPTH: usize = 32 * 1024 * 1024;

/// Which brackets are open, one bit for each: whether it is an object's.
#[derive(Default)]
pub(super) struct Brackets {
    words: Vec<u64>,
    depth: usize,
}

impl Brackets {
    /// Whether the value that is passed over has ended.
    pub(super) fn is_empty(&self) -> bool {
        self.depth == 0
    }

    /// `false` if there are too many.
    pub(super) fn push(&mut self, is_object: bool) -> bool {
        if self.depth == MAX_DEPTH {
            return false;
        }
        let (word, bit) = (self.depth / 64, 1 << (self.depth % 64));
        if word == self.words.len() {
            self.words.push(0);
        }
        if let Some(word) = self.words.get_mut(word) {
            *word = if is_object { *word | bit } else { *word & !bit };
        }
        self.depth += 1;
        true
    }

    /// Whether the innermost one was an object's; `None` if none was open.
    pub(super) fn pop(&mut self) -> Option<bool> {
        self.depth = self.depth.checked_sub(1)?;
        self.words.get(self.depth / 64).map(|word| word & (1 << (self.depth % 64)) != 0)
    }
}
