//! Numbers of which each worker has a part of its own: to count, it takes nothing out of another one's cache.
//!
//! A number that all workers add to wanders between their processors with each request, and holds each of them up. Here
//! a thread that has [claimed](claim) a shard adds to a part that nobody else writes; whoever reads a number sums its
//! parts up, so that what was counted is seen at once. Threads without a shard add to a part that they share.
//!
//! The shards are the process's own, not a registry's: prometheus makes a number out of nothing but its first value.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{OnceLock, PoisonError, RwLock};

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
static NUMBERS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static OWN: Cell<Option<&'static Shard>> = const { Cell::new(None) };
}

/// A thread's hold on its shard.
#[derive(Debug)]
pub struct Claim {
    shard: &'static Shard,
    stays_on_its_thread: PhantomData<*const ()>,
}

/// Lets this thread count in a shard of its own.
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

    /// What was counted so far.
    fn count(&self, number: usize) -> u64 {
        let part = self.0.get(number / PARTS).and_then(|page| page.get()?.get(number % PARTS));
        part.map_or(0, |part| part.load(Relaxed))
    }
}

/// One number. It wraps, as prometheus's own do.
#[derive(Debug)]
pub(super) struct Sharded {
    number: usize,
    /// Of all threads that have no shard.
    shared: AtomicU64,
}

impl Sharded {
    fn counted_in_shards(&self) -> u64 {
        let shards = SHARDS.read().unwrap_or_else(PoisonError::into_inner);
        shards.all.iter().fold(0, |sum, shard| sum.wrapping_add(shard.count(self.number)))
    }
}

impl Atomic for Sharded {
    type T = u64;

    fn new(value: u64) -> Self {
        Self { number: NUMBERS.fetch_add(1, Relaxed), shared: AtomicU64::new(value) }
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

    #[test]
    fn numbers_beyond_the_last_page_are_counted_too() {
        let number = Sharded { number: PARTS * PAGES, shared: AtomicU64::new(0) };
        let _claim = claim();
        number.inc_by(2);
        assert_eq!(number.get(), 2);
    }
}
