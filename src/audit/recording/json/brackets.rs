//! The brackets that are open while a value is skipped.
//!
//! One bit for each tells whether a closing bracket matches, so a file of nothing but brackets costs little memory.

/// 4 MiB of bits; producers nest a few hundred at most.
const MAX_DEPTH: usize = 32 * 1024 * 1024;

/// The open brackets, one bit for each: whether it is an object's.
#[derive(Default)]
pub(super) struct Brackets {
    words: Vec<u64>,
    depth: usize,
}

impl Brackets {
    /// Whether no bracket is open.
    pub(super) fn is_empty(&self) -> bool {
        self.depth == 0
    }

    /// Opens a bracket; `false` if too many are open.
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

    /// Closes the innermost bracket: whether it is an object's; `None` if none is open.
    pub(super) fn pop(&mut self) -> Option<bool> {
        self.depth = self.depth.checked_sub(1)?;
        self.words.get(self.depth / 64).map(|word| word & (1 << (self.depth % 64)) != 0)
    }
}
