//! The cookies of a banner in one request. A banner may keep its choice in several, which its format calls parts.

use std::cell::Cell;

use super::Fault;
use super::answers::Answers;
use super::json::Json;
use super::layers::{Order, read, read_json};

/// No format has more. The parts of a second stem are numbered from here on.
pub(super) const MAX_PARTS: usize = 10;
/// A browser sends several instances of a cookie that was set for several domains or paths, but no browser sends more than this.
pub(super) const MAX_COOKIES: usize = 24;

/// One value of each part in the request.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts<'a>([Option<&'a [u8]>; MAX_PARTS]);

impl<'a> Parts<'a> {
    /// The value of a part, as it was received. `None` if the browser sent no cookie for it.
    pub(super) fn raw(&self, part: usize) -> Option<&'a [u8]> {
        self.0.get(part).copied().flatten()
    }

    /// Reads a part, after removing the layers around its value (`layers`).
    ///
    /// # Errors
    /// The request lacks it, or the format cannot read it.
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

    /// Reads a part that is a JSON text.
    ///
    /// # Errors
    /// The request lacks it, or the format cannot read it.
    pub(super) fn read_json(
        &self,
        part: usize,
        answers: &mut Answers<'_>,
        format: impl Fn(Json<'_>, &mut Answers<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let value = self.raw(part).ok_or(Fault::new(0, "the cookie itself"));
        value.and_then(|value| read_json(value, answers, &format)).map_err(|fault| fault.of(part))
    }

    /// Reads a part that is one of these words, and returns the meaning of the word.
    ///
    /// # Errors
    /// The request lacks it, or it is another word.
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

    /// Whether the request has a part, and it is this word.
    pub(super) fn holds(&self, part: usize, word: &str, answers: &mut Answers<'_>) -> bool {
        self.word(part, &[(word, ())], answers).is_ok()
    }

    /// Whether the request has a part.
    pub(super) fn has(&self, part: usize) -> bool {
        self.raw(part).is_some()
    }
}

/// All cookies of a banner in the request, by part.
#[derive(Debug, Default)]
pub(super) struct Instances<'a> {
    /// The first of each part.
    first: Parts<'a>,
    /// All others, in their order: there are none as a rule, and nothing is allocated.
    more: Vec<(usize, &'a [u8])>,
    /// Those whose names begin with another stem: they are another choice, and no part of this one.
    other_stem: Option<Box<Instances<'a>>>,
}

impl<'a> Instances<'a> {
    /// `None` if there are more than a browser sends.
    pub(super) fn gather(&mut self, cookies: impl Iterator<Item = (usize, &'a [u8])>) -> Option<()> {
        for (count, (part, value)) in cookies.enumerate() {
            if count == MAX_COOKIES {
                return None;
            }
            match self.first.0.get_mut(part) {
                Some(Some(_)) => self.more.push((part, value)),
                Some(slot) => *slot = Some(value),
                None => self.add_to_other_stem(part, value)?,
            }
        }
        Some(())
    }

    #[cold]
    fn add_to_other_stem(&mut self, part: usize, value: &'a [u8]) -> Option<()> {
        let cookie = (part.checked_sub(MAX_PARTS)?, value);
        self.other_stem.get_or_insert_default().gather(std::iter::once(cookie))
    }

    /// How many combinations there are: as many as the part with the most cookies has.
    fn rounds(&self) -> usize {
        let of_part = |part: usize| self.more.iter().filter(|(other, _)| *other == part).count();
        let most = self.more.iter().map(|(part, _)| of_part(*part)).max().unwrap_or_default();
        if self.first.0.iter().all(Option::is_none) { 0 } else { 1 + most }
    }

    /// Combinations with at most one cookie of each part, in which every cookie is used at least once: the first of each part,
    /// the second of each, and so on. A part with fewer cookies is used with its last one.
    pub(super) fn combinations(&self) -> impl Iterator<Item = Parts<'a>> {
        (0..self.rounds()).map(|round| self.combination(round))
    }

    /// The cookies of the other stem, if there are any.
    pub(super) fn other_stem(&self) -> Option<&Self> {
        self.other_stem.as_deref()
    }

    fn combination(&self, round: usize) -> Parts<'a> {
        let mut parts = self.first;
        if self.more.is_empty() {
            return parts;
        }
        let mut counts = [0; MAX_PARTS];
        for (part, value) in &self.more {
            let slots = counts.get_mut(*part).zip(parts.0.get_mut(*part));
            if let Some((count, slot)) = slots.filter(|(count, _)| **count < round) {
                *slot = Some(value);
                *count += 1;
            }
        }
        parts
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
        self.0[part % MAX_PARTS] = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instance_stands_in_a_combination() {
        let cookies: [(usize, &[u8]); 4] = [(0, b"a"), (2, b"x"), (0, b"b"), (0, b"c")];
        let mut instances = Instances::default();
        instances.gather(cookies.into_iter()).unwrap();
        let combinations: Vec<_> = instances.combinations().collect();
        assert_eq!(combinations.len(), 3);
        for (parts, first) in combinations.iter().zip([b"a", b"b", b"c"]) {
            assert_eq!((parts.raw(0), parts.raw(1), parts.raw(2)), (Some(&first[..]), None, Some(&b"x"[..])));
        }
    }

    #[test]
    fn the_cookies_of_two_stems_are_two_choices() {
        let cookies: [(usize, &[u8]); 3] = [(0, b"a"), (MAX_PARTS + 1, b"x"), (MAX_PARTS, b"b")];
        let mut instances = Instances::default();
        instances.gather(cookies.into_iter()).unwrap();
        let raw = |instances: &Instances<'static>| {
            instances.combinations().map(|parts| (parts.raw(0), parts.raw(1))).collect::<Vec<_>>()
        };
        assert_eq!(raw(&instances), [(Some(&b"a"[..]), None)]);
        assert_eq!(raw(instances.other_stem().unwrap()), [(Some(&b"b"[..]), Some(&b"x"[..]))]);
    }

    #[test]
    fn their_number_is_bounded() {
        let combinations = |count: usize| {
            let mut instances = Instances::default();
            let gathered = instances.gather(std::iter::repeat_n((0, &b""[..]), count));
            gathered.map(|()| instances.combinations().count())
        };
        assert_eq!(combinations(MAX_COOKIES), Some(MAX_COOKIES));
        assert_eq!(combinations(MAX_COOKIES + 1), None);
        assert_eq!(combinations(0), Some(0));
    }
}
