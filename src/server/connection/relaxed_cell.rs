//! A `Cell` that is `Send` and `Sync`: hyper asks for both of a stream that can be upgraded, although everything that serves
//! a connection stays on one thread.
//!
//! Values are loaded and stored relaxed, which costs as much as a `Cell`. There are no atomic read-modify-write operations,
//! which would lock the memory: they are not needed, because no other thread writes.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use crate::net::idle_timeout::IdleTimeout;

/// Holds one value, for one thread.
pub(in crate::server) struct RelaxedCell<T> {
    word: AtomicU64,
    value: PhantomData<T>,
}

/// A value that fits into 64 bits.
pub(in crate::server) trait Word: Copy {
    fn to_word(self) -> u64;
    fn from_word(word: u64) -> Self;
}

impl<T: Word> RelaxedCell<T> {
    pub(in crate::server) fn new(value: T) -> Self {
        Self { word: AtomicU64::new(value.to_word()), value: PhantomData }
    }

    pub(in crate::server) fn get(&self) -> T {
        T::from_word(self.word.load(Relaxed))
    }

    pub(in crate::server) fn set(&self, value: T) {
        self.word.store(value.to_word(), Relaxed);
    }
}

impl RelaxedCell<u64> {
    pub(in crate::server) fn increment(&self) {
        self.set(self.get().wrapping_add(1));
    }

    pub(in crate::server) fn decrement(&self) {
        self.set(self.get().wrapping_sub(1));
    }
}

impl<T: Word + Default> Default for RelaxedCell<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl Word for u64 {
    fn to_word(self) -> u64 {
        self
    }

    fn from_word(word: u64) -> Self {
        word
    }
}

impl Word for bool {
    fn to_word(self) -> u64 {
        self.into()
    }

    fn from_word(word: u64) -> Self {
        word != 0
    }
}

/// Whole milliseconds.
impl Word for Duration {
    fn to_word(self) -> u64 {
        u64::try_from(self.as_millis()).unwrap_or(u64::MAX)
    }

    fn from_word(word: u64) -> Self {
        Self::from_millis(word)
    }
}

/// Whole milliseconds; `u64::MAX` for no limit.
impl Word for IdleTimeout {
    fn to_word(self) -> u64 {
        self.limit().map_or(u64::MAX, Duration::to_word)
    }

    fn from_word(word: u64) -> Self {
        Self::new((word != u64::MAX).then(|| Duration::from_word(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept<T: Word>(value: T) -> T {
        let cell = RelaxedCell::new(value);
        cell.set(cell.get());
        cell.get()
    }

    #[test]
    fn a_value_comes_out_as_it_went_in_a_time_in_whole_milliseconds() {
        assert_eq!((kept(7), kept(true), kept(false)), (7, true, false));
        for time in [Duration::ZERO, Duration::from_millis(1), Duration::from_hours(1)] {
            let timeout = IdleTimeout::new(Some(time));
            assert_eq!((kept(time), kept(timeout)), (time, timeout));
        }
        assert_eq!(kept(IdleTimeout::default()), IdleTimeout::default());
        assert_eq!(kept(Duration::from_micros(1999)), Duration::from_millis(1));
    }
}
