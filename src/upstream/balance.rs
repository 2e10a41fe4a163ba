//! Which of several endpoints is next.

use std::cell::Cell;
use std::rc::Rc;

use tokio::time::Instant;

use super::pool::Endpoint;
use crate::config::Balance;

/// The servers of one portal, and how one of them is chosen.
#[derive(Debug)]
pub(super) struct Endpoints {
    all: Vec<Rc<Endpoint>>,
    balance: Balance,
    turn: Cell<usize>,
}

impl Endpoints {
    pub(super) fn new(all: Vec<Rc<Endpoint>>, balance: Balance) -> Self {
        // Workers begin at different places, so that few requests do not all go to the first endpoint.
        let turn = Cell::new(fastrand::usize(..all.len().max(1)));
        Self { all, balance, turn }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Rc<Endpoint>> {
        self.all.iter()
    }

    /// The next endpoint among those that can be reached; among all where none can.
    pub(super) fn choose(&self, now: Instant) -> Option<&Rc<Endpoint>> {
        if let [only] = self.all.as_slice() {
            return Some(only);
        }
        match self.all.iter().filter(|endpoint| endpoint.is_reachable(now)).count() {
            0 => self.among(self.all.len(), |_| true),
            reachable => self.among(reachable, |endpoint| endpoint.is_reachable(now)),
        }
    }

    /// One of the `count` endpoints that are `eligible`.
    fn among(&self, count: usize, eligible: impl Fn(&Rc<Endpoint>) -> bool) -> Option<&Rc<Endpoint>> {
        let nth = |index: usize| self.all.iter().filter(|endpoint| eligible(endpoint)).nth(index);
        match self.balance {
            Balance::RoundRobin => {
                let turn = self.turn.get();
                self.turn.set(turn.wrapping_add(1));
                nth(turn % count.max(1))
            }
            Balance::P2c => {
                let (first, second) = two_of(count);
                let (first, second) = (nth(first)?, nth(second)?);
                Some(if second.load() < first.load() { second } else { first })
            }
        }
    }
}

/// Two different places below `count`, at random; the same one twice where there is only one.
fn two_of(count: usize) -> (usize, usize) {
    if count < 2 {
        return (0, 0);
    }
    let first = fastrand::usize(..count);
    let second = (first + 1 + fastrand::usize(..count - 1)) % count;
    (first, second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{EndpointConfig, UpstreamConfig};
    use crate::upstream::connect::Target;
    use crate::upstream::pool::Load;

    fn endpoints(count: u16, balance: Balance) -> Endpoints {
        let of = |port| EndpointConfig { tls: false, host: "portal".to_owned(), port };
        let config = UpstreamConfig {
            endpoints: (1..=count).map(of).collect(),
            host: None,
            sni: None,
            connect: None,
            ca: None,
            client_certificate: None,
            balance,
        };
        let all = config.endpoints.iter().map(|endpoint| Rc::new(Endpoint::new(Target::new(endpoint, &config))));
        Endpoints::new(all.collect(), balance)
    }

    #[tokio::test]
    async fn round_robin_takes_each_in_turn() {
        let endpoints = endpoints(3, Balance::RoundRobin);
        let names: Vec<_> = (0..6).map(|_| endpoints.choose(Instant::now()).unwrap().target.name.to_string()).collect();
        let (once, again) = names.split_at(3);
        assert_eq!(once, again);
        let mut sorted = once.to_vec();
        sorted.sort();
        assert_eq!(sorted, ["portal:1", "portal:2", "portal:3"]);
    }

    #[tokio::test]
    async fn the_less_busy_one_of_two_is_taken() {
        let endpoints = endpoints(2, Balance::P2c);
        let busy = Load::new(endpoints.iter().next().unwrap());
        for _ in 0..50 {
            assert_eq!(&*endpoints.choose(Instant::now()).unwrap().target.name, "portal:2");
        }
        drop(busy);
        assert_eq!(endpoints.iter().next().unwrap().load(), 0);
    }

    #[tokio::test]
    async fn an_unreachable_one_is_passed_over_for_a_while() {
        let endpoints = endpoints(2, Balance::P2c);
        let now = Instant::now();
        endpoints.iter().next().unwrap().note_reachable(false, now);
        for _ in 0..50 {
            assert_eq!(&*endpoints.choose(now).unwrap().target.name, "portal:2");
        }
        let later = now + std::time::Duration::from_secs(6);
        assert!(endpoints.iter().all(|endpoint| endpoint.is_reachable(later)));
    }

    #[tokio::test]
    async fn where_none_can_be_reached_one_is_tried_all_the_same() {
        let endpoints = endpoints(2, Balance::RoundRobin);
        let now = Instant::now();
        endpoints.iter().for_each(|endpoint| endpoint.note_reachable(false, now));
        assert!(endpoints.choose(now).is_some());
    }

    #[test]
    fn two_different_ones_are_compared() {
        for _ in 0..200 {
            let (first, second) = two_of(5);
            assert!(first != second && first < 5 && second < 5);
        }
        assert_eq!(two_of(1), (0, 0));
    }
}
