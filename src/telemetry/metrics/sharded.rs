//! Numbers of which each worker has a part of its own: to count, it takes nothing out of another one's cache.
//!
//! A number that all workers add to wanders between their processors with each request, and holds each of them up. Here
//! a thread that has [claimed](claim) a shard adds to a part that nobody else writes; a reader of a number sums its
//! parts up, so that what was counted is seen at once. Threads without a shard add to a part that they share.
//!
//! The shards are the process's own, not a registry's: prometheus makes a number out of nothing but its first value.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock, PoisonError, RwLock};

use prometheus::core::{Atomic, GenericCounter, GenericCounterVec};

/// A counter with sharded numbers.
pub(super) type Counter = GenericCounter<Sharded>;
/// A family of them.
pub(super) type CounterVec = GenericCounterVec<Sharded>;

/// Parts on one page of a shard, which is there from the first of them that is counted on.
const PARTS: usize = 512;
/// Pages of a shard: enough for some two hundred sites. What is counted beyond has the shared part alone.
const PAGES: usize = 128;

/// The parts that one thread writes.
struct Shard([OnceLock<Box<[AtomicU64; PARTS]>>; PAGES]);

/// All shards. Those of threads that have ended count on, and go to the next that claim one.
struct Shards {
    all: Vec<&'static Shard>,
    free: Vec<&'static Shard>,
}

static SHARDS: RwLock<Shards> = RwLock::new(Shards { all: Vec::new(), free: Vec::new() });

/// Which part of each shard belongs to which number.
struct Numbers {
    next: usize,
    /// Of numbers that are gone, as those of a site that a reload has taken away; their parts are zero.
    free: Vec<usize>,
}

static NUMBERS: Mutex<Numbers> = Mutex::new(Numbers { next: 0, free: Vec::new() });

impl Numbers {
    fn take() -> usize {
        let mut numbers = NUMBERS.lock().unwrap_or_else(PoisonError::into_inner);
        numbers.free.pop().unwrap_or_else(|| {
            numbers.next += 1;
            numbers.next - 1
        })
    }

    fn give_back(number: usize) {
        if number < PARTS * PAGES {
            NUMBERS.lock().unwrap_or_else(PoisonError::into_inner).free.push(number);
        }
    }
}

thread_local! {
    static OWN: Cell<Option<&'static Shard>> = const { Cell::new(None) };
}

/// A thread's hold on its shard.
#[derive(Debug)]
pub struct Claim {
    shard: &'static Shard,
    /// Makes it neither `Send` nor `Sync`.
    stays_on_its_thread: PhantomData<*const ()>,
}

/// Lets this thread count in a shard of its own. A worker calls it once, and keeps the result until it ends; what it
/// counted stays.
#[must_use]
pub fn claim() -> Claim {
    let mut shards = SHARDS.write().unwrap_or_else(PoisonError::into_inner);
    let shard = shards.free.pop().unwrap_or_else(|| {
        // There are as many as threads have counted at one time.
        let new: &'static Shard = Box::leak(Box::new(Shard([const { OnceLock::new() }; PAGES])));
        shards.all.push(new);
        new
    });
    OWN.set(Some(shard));
    Claim { shard, stays_on_its_thread: PhantomData }
}

impl Drop for Claim {
    fn drop(&mut self) {
        OWN.set(None);
        SHARDS.write().unwrap_or_else(PoisonError::into_inner).free.push(self.shard);
    }
}

impl std::fmt::Debug for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shard")
    }
}

impl Shard {
    fn part(&self, number: usize) -> Option<&AtomicU64> {
        let page = self.0.get(number / PARTS)?;
        page.get_or_init(|| Box::new([const { AtomicU64::new(0) }; PARTS])).get(number % PARTS)
    }

    /// The part, if any was counted on its page.
    fn counted(&self, number: usize) -> Option<&AtomicU64> {
        self.0.get(number / PARTS)?.get()?.get(number % PARTS)
    }
}

/// One number. It wraps, as prometheus's own do.
#[derive(Debug)]
pub(super) struct Sharded {
    /// Its position in every shard.
    number: usize,
    /// Of all threads that have no shard.
    shared: AtomicU64,
}

impl Sharded {
    fn counted_in_shards(&self) -> u64 {
        let shards = SHARDS.read().unwrap_or_else(PoisonError::into_inner);
        let parts = shards.all.iter().filter_map(|shard| shard.counted(self.number));
        parts.fold(0, |sum, part| sum.wrapping_add(part.load(Relaxed)))
    }
}

impl Drop for Sharded {
    fn drop(&mut self) {
        let shards = SHARDS.read().unwrap_or_else(PoisonError::into_inner);
        shards.all.iter().filter_map(|shard| shard.counted(self.number)).for_each(|part| part.store(0, Relaxed));
        Numbers::give_back(self.number);
    }
}

impl Atomic for Sharded {
    type T = u64;

    fn new(value: u64) -> Self {
        Self { number: Numbers::take(), shared: AtomicU64::new(value) }
    }

    fn set(&self, value: u64) {
        self.shared.store(value.wrapping_sub(self.counted_in_shards()), Relaxed);
    }

    fn get(&self) -> u64 {
        self.shared.load(Relaxed).wrapping_add(self.counted_in_shards())
    }

    fn inc_by(&self, delta: u64) {
        match OWN.get().and_then(|own| own.part(self.number)) {
            Some(part) => part.store(part.load(Relaxed).wrapping_add(delta), Relaxed),
            None => drop(self.shared.fetch_add(delta, Relaxed)),
        }
    }

    fn dec_by(&self, delta: u64) {
        self.inc_by(delta.wrapping_neg());
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn whatever_thread_counts_all_is_seen_at_once_and_stays() {
        let number = Sharded::new(1);
        let count = || (0..1000).for_each(|_| number.inc_by(3));
        thread::scope(|scope| {
            for claims in [true, true, true, false, false] {
                scope.spawn(move || {
                    let _claim = claims.then(claim);
                    count();
                });
            }
        });
        assert_eq!(number.get(), 1 + 5 * 3000);
        let claim = claim();
        number.dec_by(1);
        assert_eq!(number.get(), 5 * 3000);
        number.set(7);
        drop(claim);
        number.inc_by(1);
        assert_eq!(number.get(), 8);
    }

    #[test]
    fn a_thread_with_a_shard_leaves_the_shared_part_alone() {
        let number = Sharded::new(0);
        let claim = claim();
        number.inc_by(5);
        assert_eq!((number.shared.load(Relaxed), number.get()), (0, 5));
        drop(claim);
        number.inc_by(2);
        assert_eq!((number.shared.load(Relaxed), number.get()), (2, 7));
    }

    #[test]
    fn a_shard_is_written_by_one_thread_at_a_time() {
        let (first, second) = (claim(), thread::spawn(|| claim().shard).join().unwrap());
        assert!(!std::ptr::eq(first.shard, second));
    }

    /// Else every reload that brings another site would take from what there is, until nothing is left.
    #[test]
    fn a_number_that_is_gone_makes_room_for_another_which_begins_at_zero() {
        let _claim = claim();
        for _ in 0..2 * PARTS * PAGES {
            let number = Sharded::new(0);
            number.inc_by(1);
            assert_eq!(number.get(), 1);
        }
        let number = Sharded::new(0);
        number.inc_by(1);
        assert_eq!(number.shared.load(Relaxed), 0, "it has no part of its own");
    }

    #[test]
    fn numbers_beyond_the_last_page_are_counted_too() {
        let number = Sharded { number: PARTS * PAGES, shared: AtomicU64::new(0) };
        let _claim = claim();
        number.inc_by(2);
        assert_eq!(number.get(), 2);
    }
}
