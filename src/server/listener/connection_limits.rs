//! Limits on open connections, of the process and of one address, and the load of each worker.
//!
//! Counters change when a connection is accepted and when it ends, never for a request. The limits in force when a connection is
//! accepted apply to it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::config::Limits;
use crate::net::address::subscriber;
use crate::telemetry::metrics::ConnectionRefusal;

/// The counters of the process. Cheap to clone.
#[derive(Clone, Debug)]
pub(in crate::server) struct ConnectionLimits(Arc<Counters>);

#[derive(Debug)]
struct Counters {
    /// Open connections of all workers.
    open: AtomicUsize,
    /// One for each worker.
    loads: Box<[AtomicUsize]>,
    /// Open connections by address; an address without any has no entry.
    addresses: Mutex<HashMap<IpAddr, usize>>,
}

/// A connection that was admitted; it is counted as long as this lives.
#[derive(Debug)]
pub(in crate::server) struct ConnectionPermit {
    counters: Arc<Counters>,
    /// The worker that serves it.
    worker: usize,
    of_address: Option<AddressPermit>,
}

/// A connection that is counted for its address as long as this lives.
#[derive(Debug)]
pub(in crate::server) struct AddressPermit {
    counters: Arc<Counters>,
    address: IpAddr,
}

impl ConnectionLimits {
    pub(in crate::server) fn new(workers: usize) -> Self {
        let loads = std::iter::repeat_with(AtomicUsize::default).take(workers).collect();
        Self(Arc::new(Counters { open: AtomicUsize::default(), loads, addresses: Mutex::default() }))
    }

    /// The worker with the fewest open connections; `own` if no other has fewer.
    pub(in crate::server) fn least_loaded(&self, own: usize) -> usize {
        let load = |index: usize| self.0.loads.get(index).map_or(usize::MAX, |load| load.load(Relaxed));
        (0..self.0.loads.len()).fold(own, |least, index| if load(index) < load(least) { index } else { least })
    }

    /// Admits a connection, for `worker` to serve. If there is a limit for one address, `address` is counted for it.
    ///
    /// # Errors
    /// Which limit is reached.
    pub(in crate::server) fn admit(
        &self,
        limits: &Limits,
        worker: usize,
        address: Option<IpAddr>,
    ) -> Result<ConnectionPermit, ConnectionRefusal> {
        let open = self.0.open.fetch_add(1, Relaxed);
        self.0.load(worker, |load| load.fetch_add(1, Relaxed));
        // If the connection is refused, dropping this removes it from the counts again.
        let mut admitted = ConnectionPermit { counters: Arc::clone(&self.0), worker, of_address: None };
        if limits.connections > 0 && open >= limits.connections {
            return Err(ConnectionRefusal::Limit);
        }
        if let Some(address) = address {
            admitted.of_address = self.count(limits, address)?;
        }
        Ok(admitted)
    }

    /// Counts one more connection of this address (of its /64 network for IPv6), if there is a limit for one address.
    ///
    /// # Errors
    /// If the address has as many connections open as it may.
    pub(in crate::server) fn count(
        &self,
        limits: &Limits,
        address: IpAddr,
    ) -> Result<Option<AddressPermit>, ConnectionRefusal> {
        let Some(most) = limits.connections_of(address) else { return Ok(None) };
        let address = subscriber(address);
        let mut addresses = self.0.addresses();
        let count = addresses.entry(address).or_default();
        if *count >= most {
            return Err(ConnectionRefusal::LimitPerAddress);
        }
        *count += 1;
        Ok(Some(AddressPermit { counters: Arc::clone(&self.0), address }))
    }
}

impl Counters {
    fn load(&self, worker: usize, change: impl FnOnce(&AtomicUsize) -> usize) {
        if let Some(load) = self.loads.get(worker) {
            change(load);
        }
    }

    fn addresses(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.addresses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        self.counters.open.fetch_sub(1, Relaxed);
        self.counters.load(self.worker, |load| load.fetch_sub(1, Relaxed));
    }
}

impl Drop for AddressPermit {
    fn drop(&mut self) {
        let mut addresses = self.counters.addresses();
        if let Some(count) = addresses.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                addresses.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PerAddress;

    fn limits(connections: usize, connections_per_address: usize) -> Limits {
        Limits {
            connections,
            connections_per_address: PerAddress::AtMost(connections_per_address),
            ..Limits::default()
        }
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_ended_connection_makes_room() {
        let admission = ConnectionLimits::new(1);
        let first = admission.admit(&limits(1, 0), 0, None).unwrap();
        assert_eq!(admission.admit(&limits(1, 0), 0, None).unwrap_err(), ConnectionRefusal::Limit);
        drop(first);
        assert!(admission.admit(&limits(1, 0), 0, None).is_ok());
    }

    #[test]
    fn one_address_cannot_take_all() {
        let admission = ConnectionLimits::new(1);
        let held = admission.admit(&limits(0, 1), 0, Some(address("2001:db8::1"))).unwrap();
        let refused = admission.admit(&limits(0, 1), 0, Some(address("2001:db8::2")));
        assert_eq!(refused.unwrap_err(), ConnectionRefusal::LimitPerAddress);
        assert!(admission.admit(&limits(0, 1), 0, Some(address("2001:db8:0:1::1"))).is_ok());
        let _v4 = admission.admit(&limits(0, 1), 0, Some(address("192.0.2.1"))).unwrap();
        assert!(admission.admit(&limits(0, 1), 0, Some(address("::ffff:192.0.2.1"))).is_err());
        drop(held);
        assert!(admission.admit(&limits(0, 1), 0, Some(address("2001:db8::2"))).is_ok());
        assert_eq!(admission.0.addresses().len(), 1);
    }

    #[test]
    fn by_default_one_address_takes_a_quarter_at_most() {
        let admission = ConnectionLimits::new(1);
        let limits = Limits { connections: 8, ..Limits::default() };
        let peer = Some(address("192.0.2.1"));
        let _held: Vec<_> = (0..2).map(|_| admission.admit(&limits, 0, peer).unwrap()).collect();
        assert_eq!(admission.admit(&limits, 0, peer).unwrap_err(), ConnectionRefusal::LimitPerAddress);
        let local =
            ["127.0.0.1", "::1", "::ffff:127.0.0.1"].map(|text| admission.admit(&limits, 0, Some(address(text))));
        assert!(local.iter().all(Result::is_ok));
        let unlimited = Limits { connections: 0, ..limits };
        assert!(admission.admit(&unlimited, 0, peer).is_ok());
    }

    #[test]
    fn a_limit_that_a_reload_sets_does_not_miscount_older_connections() {
        let admission = ConnectionLimits::new(1);
        let before = admission.admit(&limits(0, 0), 0, Some(address("192.0.2.1"))).unwrap();
        let after = admission.admit(&limits(0, 1), 0, Some(address("192.0.2.1"))).unwrap();
        drop(before);
        assert!(admission.admit(&limits(0, 1), 0, Some(address("192.0.2.1"))).is_err());
        drop(after);
    }

    #[test]
    fn the_least_loaded_worker_is_chosen_and_ties_stay_at_home() {
        let admission = ConnectionLimits::new(3);
        assert_eq!(admission.least_loaded(2), 2);
        let _a = admission.admit(&limits(0, 0), 2, None).unwrap();
        assert_eq!(admission.least_loaded(2), 0);
        let _b = admission.admit(&limits(0, 0), 0, None).unwrap();
        assert_eq!(admission.least_loaded(2), 1);
        let _c = admission.admit(&limits(0, 0), 1, None).unwrap();
        assert_eq!(admission.least_loaded(2), 2);
    }
}
