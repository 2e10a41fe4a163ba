//! Whole `Cookie` lines, remembered for a moment: a browser sends the same one with each of the requests that a page makes.
//!
//! They hold values. What is here was just read from a request, and [`super::verdict_cache::Memo::tell`] forgets it.

use std::rc::Rc;

use super::request::Filtered;
use super::visitor::Visitor;
use crate::cookie::UnixTime;

/// Two lines that meet at one place only cost more.
const PLACES: usize = 256;
/// A longer line is split and judged each time: what is kept stays bounded, whatever visitors send.
const LONGEST: usize = 4096;
/// So many words of a line, evenly spread, tell where it belongs.
const SAMPLES: usize = 32;

/// What became of the lines that one worker met lately.
pub(crate) struct CookieLines(Box<[Place]>);

#[derive(Default)]
struct Place {
    /// Of the line that came last: most come once, and only what comes again is worth a copy.
    print: u64,
    known: Option<Known>,
}

/// A line in its context.
pub(crate) struct Known {
    pub(crate) line: Box<[u8]>,
    /// The place of its context.
    pub(crate) context: usize,
    /// When it was judged.
    pub(crate) at: UnixTime,
    /// Who sent it.
    pub(crate) visitor: Visitor,
    /// What became of it.
    pub(crate) filtered: Rc<Filtered>,
    /// How often it came again.
    pub(crate) again: u64,
}

impl CookieLines {
    pub(crate) fn new() -> Self {
        Self((0..PLACES).map(|_| Place::default()).collect())
    }

    /// What is known of this line.
    pub(crate) fn find(&mut self, line: &[u8]) -> Option<&mut Known> {
        self.place(print(line))?.known.as_mut().filter(|known| *known.line == *line)
    }

    /// Where a line came before, keeps what `known` says of it. What had to make room is returned.
    pub(crate) fn remember(&mut self, line: &[u8], known: impl FnOnce(Box<[u8]>) -> Known) -> Option<Known> {
        let print = print(line);
        let place = self.place(print)?;
        let came_before = std::mem::replace(&mut place.print, print) == print;
        if !came_before || line.len() > LONGEST {
            return None;
        }
        place.known.replace(known(line.into()))
    }

    /// Takes everything out.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = Known> {
        self.0.iter_mut().filter_map(|place| std::mem::take(place).known)
    }

    fn place(&mut self, print: u64) -> Option<&mut Place> {
        self.0.get_mut(usize::try_from(print >> 32).unwrap_or_default() % PLACES)
    }
}

/// What tells most lines apart. A visitor who makes lines meet gains nothing.
fn print(line: &[u8]) -> u64 {
    let (words, _) = line.as_chunks::<8>();
    let sampled = words.iter().step_by(words.len() / SAMPLES + 1).map(|word| u64::from_le_bytes(*word));
    sampled.fold(line.len() as u64, |mixed, word| (mixed.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
