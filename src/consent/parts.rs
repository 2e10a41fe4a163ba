//! The cookies of a banner in one request. A banner may keep its choice in several, which its format calls parts.

use std::cell::Cell;

use super::Fault;
use super::answers::Answers;
use super::layers::{Order, read};

/// No format has more.
pub(super) const MAX_PARTS: usize = 10;
/// A browser sends several instances of a cookie that was set for several domains or paths. More than these are no
/// browser's.
pub(super) const MAX_COOKIES: usize = 24;

/// One value of each part that came.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts<'a>([Option<&'a [u8]>; MAX_PARTS]);

impl<'a> Parts<'a> {
    /// The value of a part, as it came.
    pub(super) fn raw(&self, part: usize) -> Option<&'a [u8]> {
        self.0.get(part).copied().flatten()
    }

    /// Reads a part, with whatever lies around its value taken off (`layers`).
    ///
    /// # Errors
    /// It did not come, or the format cannot read it.
    pub(super) fn read(
        &self,
        part: usize,
        order: Order,
        answers: &mut Answers<'_>,
        format: impl Fn(&[u8], &mut Answers<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let value = self.raw(part).ok_or(Fault::new(0, "the cookie itself"));
        value.and_then(|value| read(value, order, answers, &format)).map_err(|fault| fault.of(part))
    }

    /// Reads a part that is one of these words, and gives what the word means.
    ///
    /// # Errors
    /// It did not come, or is another word.
    pub(super) fn word<T: Copy>(
        &self,
        part: usize,
        words: &[(&str, T)],
        answers: &mut Answers<'_>,
    ) -> Result<T, Fault> {
        let none = Fault::new(0, "a word of the banner's").of(part);
        let meant = Cell::new(None);
        self.read(part, Order::DecodedFirst, answers, |text, _| {
            let (_, meaning) = words.iter().find(|(word, _)| word.as_bytes() == text).ok_or(none)?;
            meant.set(Some(*meaning));
            Ok(())
        })?;
        meant.get().ok_or(none)
    }

    /// Whether a part came and is this word.
    pub(super) fn holds(&self, part: usize, word: &str, answers: &mut Answers<'_>) -> bool {
        self.word(part, &[(word, ())], answers).is_ok()
    }

    /// Whether a part came.
    pub(super) fn has(&self, part: usize) -> bool {
        self.raw(part).is_some()
    }
}

/// All cookies of a banner that came, by part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instances<'a> {
    cookies: [(usize, &'a [u8]); MAX_COOKIES],
    count: usize,
    /// How many came of the part of which most came.
    most: u8,
}

impl<'a> Instances<'a> {
    /// `None` if there are more than a browser sends.
    pub(super) fn gather(cookies: impl Iterator<Item = (usize, &'a [u8])>) -> Option<Self> {
        let mut instances = Self { cookies: [(0, &[]); MAX_COOKIES], count: 0, most: 0 };
        let mut counts = [0; MAX_PARTS];
        for (part, value) in cookies {
            *instances.cookies.get_mut(instances.count)? = (part, value);
            instances.count += 1;
            let count = counts.get_mut(part)?;
            *count += 1;
            instances.most = instances.most.max(*count);
        }
        Some(instances)
    }

    /// Combinations in which every cookie stands at least once, with at most one of each part: the first of each part, the
    /// second of each, and so on; a part that has fewer stands with its last.
    pub(super) fn combinations(&self) -> impl Iterator<Item = Parts<'a>> {
        (0..self.most).map(|round| {
            let mut parts = Parts::default();
            let mut counts = [0; MAX_PARTS];
            for (part, value) in self.cookies.iter().take(self.count) {
                let slots = counts.get_mut(*part).zip(parts.0.get_mut(*part));
                if let Some((count, slot)) = slots.filter(|(count, _)| **count <= round) {
                    *slot = Some(value);
                    *count += 1;
                }
            }
            parts
        })
    }
}

#[cfg(test)]
impl<'a> Parts<'a> {
    /// These values, for a test.
    pub(super) fn new(values: &[(usize, &'a str)]) -> Self {
        let mut parts = Self::default();
        for (part, value) in values {
            parts.set(*part, value.as_bytes());
        }
        parts
    }

    pub(super) fn set(&mut self, part: usize, value: &'a [u8]) {
        self.0[part] = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instance_stands_in_a_combination() {
        let cookies: [(usize, &[u8]); 4] = [(0, b"a"), (2, b"x"), (0, b"b"), (0, b"c")];
        let combinations: Vec<_> = Instances::gather(cookies.into_iter()).unwrap().combinations().collect();
        assert_eq!(combinations.len(), 3);
        for (parts, first) in combinations.iter().zip([b"a", b"b", b"c"]) {
            assert_eq!((parts.raw(0), parts.raw(1), parts.raw(2)), (Some(&first[..]), None, Some(&b"x"[..])));
        }
    }

    #[test]
    fn their_number_is_bounded() {
        let cookies = |count: usize| std::iter::repeat_n((0, &b""[..]), count);
        assert!(Instances::gather(cookies(MAX_COOKIES)).is_some());
        assert!(Instances::gather(cookies(MAX_COOKIES + 1)).is_none());
        assert_eq!(Instances::gather(cookies(0)).unwrap().combinations().count(), 0);
    }
}
