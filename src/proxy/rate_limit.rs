//! `limits.request_rate`: how many requests of one address are taken in a second.
//!
//! The generic cell rate algorithm: a bucket that holds one second's requests and drains steadily. Only the time when it will
//! be empty is kept. A refused request fills nothing, and an entry whose time has passed can be removed, so that a flood of
//! addresses fills a bounded table. All workers share it; while the limit is 0, none uses it.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::net::address::subscriber;

/// Parts of the table, so that workers seldom wait for each other.
const SHARDS: usize = 16;
/// Addresses in one part. If more than that come within a second, newcomers are not limited.
const ADDRESSES: usize = 8192;
/// A full bucket drains in this time; a bucket that is older is empty.
const SECOND: Duration = Duration::from_secs(1);

/// The addresses that have sent requests within the last second or so.
#[derive(Debug, Default)]
pub struct RequestRate {
    hasher: RandomState,
    shards: [Mutex<Shard>; SHARDS],
}

#[derive(Debug, Default)]
struct Shard {
    empty_at: HashMap<IpAddr, Instant>,
    /// When a full table was last searched for empty buckets, so that it is not searched again for each address of a flood.
    searched: Option<Instant>,
}

impl RequestRate {
    /// Returns whether one more request of this address is within its rate, and counts it if so.
    pub fn admits(&self, address: IpAddr, per_second: NonZeroU32, now: Instant) -> bool {
        let address = subscriber(address);
        let shard = usize::try_from(self.hasher.hash_one(address) % SHARDS as u64).unwrap_or_default();
        let Some(shard) = self.shards.get(shard) else { return true };
        shard.lock().unwrap_or_else(PoisonError::into_inner).admits(address, per_second, now)
    }
}

impl Shard {
    fn admits(&mut self, address: IpAddr, per_second: NonZeroU32, now: Instant) -> bool {
        let room = self.has_room(now);
        match self.empty_at.entry(address) {
            Entry::Occupied(mut bucket) => {
                let filled = fill(*bucket.get(), per_second, now);
                filled.map(|empty_at| bucket.insert(empty_at)).is_some()
            }
            Entry::Vacant(bucket) => {
                if let (true, Some(empty_at)) = (room, fill(now, per_second, now)) {
                    bucket.insert(empty_at);
                }
                true
            }
        }
    }

    /// Forgets empty buckets if there are many, at most once in a bucket's life.
    fn has_room(&mut self, now: Instant) -> bool {
        if self.empty_at.len() < ADDRESSES {
            return true;
        }
        if self.searched.is_none_or(|searched| now.saturating_duration_since(searched) >= SECOND) {
            self.searched = Some(now);
            self.empty_at.retain(|_, empty_at| *empty_at > now);
        }
        self.empty_at.len() < ADDRESSES
    }
}

/// When a bucket will be empty once it has taken one more request; `None` if it is too full.
fn fill(empty_at: Instant, per_second: NonZeroU32, now: Instant) -> Option<Instant> {
    let filled = empty_at.max(now).checked_add(SECOND / per_second.get())?;
    (filled.saturating_duration_since(now) <= SECOND).then_some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: NonZeroU32 = NonZeroU32::new(3).unwrap();

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn after(start: Instant, milliseconds: u64) -> Instant {
        start + Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_seconds_requests_may_come_at_once_and_then_at_the_rate() {
        let (rate, start) = (RequestRate::default(), Instant::now());
        let visitor = address("192.0.2.1");
        let admitted = |milliseconds| rate.admits(visitor, THREE, after(start, milliseconds));
        assert_eq!([0, 0, 0, 0, 1].map(admitted), [true, true, true, false, false]);
        assert_eq!([333, 334, 334, 666, 667].map(admitted), [false, true, false, false, true]);
        assert!((0..3).all(|_| admitted(5000)) && !admitted(5000), "a pause saves up no more than a second");
    }

    #[test]
    fn what_is_refused_does_not_prolong_the_wait() {
        let (rate, start) = (RequestRate::default(), Instant::now());
        let visitor = address("192.0.2.1");
        for milliseconds in 0..10_000 {
            rate.admits(visitor, THREE, after(start, milliseconds / 10));
        }
        assert!(rate.admits(visitor, THREE, after(start, 1000)));
    }

    #[test]
    fn a_clock_that_reads_earlier_on_another_worker_is_no_harm() {
        let (rate, start) = (RequestRate::default(), Instant::now());
        let visitor = address("192.0.2.1");
        assert!(rate.admits(visitor, THREE, after(start, 10)));
        assert_eq!([0, 0].map(|ms| rate.admits(visitor, THREE, after(start, ms))), [true, false]);
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let (rate, now) = (RequestRate::default(), Instant::now());
        let one = NonZeroU32::MIN;
        let table = [
            ("2001:db8::1", true),
            ("2001:db8::2", false),
            ("2001:db8:0:1::1", true),
            ("192.0.2.1", true),
            ("::ffff:192.0.2.1", false),
            ("192.0.2.2", true),
        ];
        for (text, admitted) in table {
            assert_eq!(rate.admits(address(text), one, now), admitted, "{text}");
        }
    }

    #[test]
    fn a_flood_of_addresses_fills_a_bounded_table_and_locks_nobody_out() {
        let (rate, start) = (RequestRate::default(), Instant::now());
        let one = NonZeroU32::MIN;
        let held = || rate.shards.iter().map(|shard| shard.lock().unwrap().empty_at.len()).sum::<usize>();
        assert!(rate.admits(address("192.0.2.1"), one, start));
        assert!((0..300_000).all(|number: u32| rate.admits(std::net::Ipv4Addr::from_bits(number).into(), one, start)));
        assert_eq!(held(), SHARDS * ADDRESSES);
        assert!(!rate.admits(address("192.0.2.1"), one, start), "whoever is known stays limited");
        let later = after(start, 1001);
        assert!((0..1000).all(|number: u32| rate.admits(std::net::Ipv4Addr::from_bits(number).into(), one, later)));
        assert!(held() < SHARDS * ADDRESSES, "the flood has passed and is forgotten");
    }
}
