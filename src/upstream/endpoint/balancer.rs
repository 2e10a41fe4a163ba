//! Load balancing: chooses the endpoint of the next request.
//!
//! `health` says which endpoints are in service and with which share; each worker chooses for itself.

use std::cell::Cell;
use std::cmp::Ordering;
use std::rc::Rc;

use tokio::time::Instant;

use super::pool::Endpoint;
use crate::config::Balance;
use crate::health::{FULL_SHARE, Health};

/// The servers of one portal, and how one of them is chosen.
#[derive(Debug)]
pub(in crate::upstream) struct Endpoints {
    /// In the order of the configuration.
    all: Vec<Rc<Endpoint>>,
    balance: Balance,
    /// The current weight of each, for round robin.
    turns: Box<[Cell<i64>]>,
}

impl Endpoints {
    pub(in crate::upstream) fn new(all: Vec<Rc<Endpoint>>, balance: Balance) -> Self {
        // Workers begin at different endpoints, so that few requests are not all sent to the first one.
        let turns = all.iter().map(|_| Cell::new(fastrand::i64(0..i64::from(FULL_SHARE)))).collect();
        Self { all, balance, turns }
    }

    /// All endpoints, those out of service as well.
    pub(in crate::upstream) fn iter(&self) -> impl Iterator<Item = &Rc<Endpoint>> {
        self.all.iter()
    }

    /// The next endpoint that has not been `tried`: among those in service, by their shares; among all if none is.
    /// `None` if all have been tried. `tried` holds indices in the configuration.
    pub(in crate::upstream) fn choose(&self, health: &Health, tried: &[usize], now: Instant) -> Option<&Rc<Endpoint>> {
        if let ([only], []) = (self.all.as_slice(), tried) {
            return Some(only);
        }
        let now = now.into_std();
        let untried = |endpoint: &&Rc<Endpoint>| !tried.contains(&endpoint.index);
        let most = self.all.iter().filter(untried).map(|endpoint| health.share(endpoint.index, now)).max()?;
        let share = |endpoint: &Rc<Endpoint>| match health.share(endpoint.index, now) {
            _ if !untried(&endpoint) => 0,
            _ if most == 0 => FULL_SHARE,
            share => share,
        };
        match self.balance {
            Balance::RoundRobin => self.in_turn(share),
            Balance::P2c => self.less_busy_of_two(if most == 0 { FULL_SHARE } else { most }, share),
        }
    }

    /// Smooth weighted round robin, as in nginx: each weight grows by its endpoint's share. The endpoint with the largest weight
    /// is chosen, and the sum of all shares is subtracted from it.
    fn in_turn(&self, share: impl Fn(&Rc<Endpoint>) -> u32) -> Option<&Rc<Endpoint>> {
        let mut total = 0;
        let mut nearest: Option<(&Rc<Endpoint>, &Cell<i64>)> = None;
        for (endpoint, turn) in self.all.iter().zip(&self.turns) {
            let share = i64::from(share(endpoint));
            total += share;
            turn.set(turn.get() + share);
            if share > 0 && nearest.is_none_or(|(_, nearest)| nearest.get() < turn.get()) {
                nearest = Some((endpoint, turn));
            }
        }
        let (endpoint, turn) = nearest?;
        turn.set(turn.get() - total);
        Some(endpoint)
    }

    /// Power of two choices: the less busy of two endpoints that are drawn at random. One with half of the greatest share takes
    /// part in every other draw.
    fn less_busy_of_two(&self, most: u32, share: impl Fn(&Rc<Endpoint>) -> u32) -> Option<&Rc<Endpoint>> {
        let takes_part = |endpoint: &&Rc<Endpoint>| match share(endpoint) {
            share if share >= most => true,
            share => fastrand::u32(..most) < share,
        };
        let mut two = [None; 2];
        for (before, endpoint) in self.all.iter().filter(takes_part).enumerate() {
            // Each one that takes part is as likely to be among the two as any other.
            let index = if before < two.len() { before } else { fastrand::usize(..=before) };
            if let Some(drawn) = two.get_mut(index) {
                *drawn = Some(endpoint);
            }
        }
        match two {
            [Some(one), Some(other)] => Some(less_busy(one, other)),
            [one, _] => one,
        }
    }
}

/// The endpoint with fewer requests in flight; at random if they are equal.
fn less_busy<'a>(one: &'a Rc<Endpoint>, other: &'a Rc<Endpoint>) -> &'a Rc<Endpoint> {
    let first = match one.load().cmp(&other.load()) {
        Ordering::Less => true,
        Ordering::Greater => false,
        Ordering::Equal => fastrand::bool(),
    };
    if first { one } else { other }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::config::{EndpointConfig, UpstreamConfig};
    use crate::health::{Failure, Thresholds};
    use crate::upstream::endpoint::connector::ConnectTarget;
    use crate::upstream::endpoint::pool::Load;
    use crate::upstream::endpoint::resolver;

    const ONE_CHECK: Thresholds = Thresholds { fall: 1, rise: 1 };

    fn endpoints(count: usize, balance: Balance) -> Endpoints {
        let of = |port| EndpointConfig::Tcp { tls: false, host: "portal".to_owned(), port };
        let config = UpstreamConfig {
            endpoints: (1..=u16::try_from(count).unwrap()).map(of).collect(),
            host: None,
            sni: None,
            connect: None,
            ca: None,
            client_certificate: None,
            balance,
            health: None,
            via: false,
        };
        let target = |endpoint| ConnectTarget::new(endpoint, &config, &resolver::system());
        let all = config.endpoints.iter().enumerate().map(|(index, one)| Rc::new(Endpoint::new(index, target(one))));
        Endpoints::new(all.collect(), balance)
    }

    /// How often each was chosen.
    fn shares(endpoints: &Endpoints, health: &Health, now: Instant, times: usize) -> Vec<usize> {
        let mut counts = vec![0; endpoints.all.len()];
        for _ in 0..times {
            counts[endpoints.choose(health, &[], now).unwrap().index] += 1;
        }
        counts
    }

    #[test]
    fn round_robin_takes_each_in_turn() {
        let (endpoints, now) = (endpoints(3, Balance::RoundRobin), Instant::now());
        let health = Health::new(3, now.into_std());
        let indices: Vec<_> = (0..6).map(|_| endpoints.choose(&health, &[], now).unwrap().index).collect();
        let (once, again) = indices.split_at(3);
        assert_eq!(once, again);
        let mut sorted = once.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2]);
    }

    #[test]
    fn the_less_busy_one_of_two_is_taken() {
        let (endpoints, now) = (endpoints(2, Balance::P2c), Instant::now());
        let health = Health::new(2, now.into_std());
        let busy = Load::new(endpoints.iter().next().unwrap());
        assert_eq!(shares(&endpoints, &health, now, 50), [0, 50]);
        drop(busy);
        assert!(shares(&endpoints, &health, now, 200).iter().all(|share| *share > 50), "ties go either way");
    }

    #[test]
    fn of_many_idle_endpoints_each_has_its_share() {
        for balance in [Balance::P2c, Balance::RoundRobin] {
            let (endpoints, now) = (endpoints(5, balance), Instant::now());
            let shares = shares(&endpoints, &Health::new(5, now.into_std()), now, 5000);
            assert!(shares.iter().all(|share| (800..1200).contains(share)), "{shares:?}");
        }
    }

    #[test]
    fn one_that_has_come_back_takes_its_share_little_by_little() {
        for balance in [Balance::P2c, Balance::RoundRobin] {
            let (endpoints, now) = (endpoints(2, balance), Instant::now());
            let health = Health::new(2, now.into_std());
            health.failed(0, Failure::Unreachable, now.into_std());
            let share_after = |seconds: u64| {
                let now = now + Duration::from_secs(5) + Duration::from_millis(1 + 1000 * seconds);
                shares(&endpoints, &health, now, 2000)[0]
            };
            let grown: Vec<_> = [0, 10, 20, 30].into_iter().map(share_after).collect();
            assert!(grown.is_sorted() && grown[0] > 20 && grown[0] < 400 && grown[3] > 850, "{balance:?}: {grown:?}");
        }
    }

    #[test]
    fn where_none_is_in_service_all_are_used() {
        for balance in [Balance::P2c, Balance::RoundRobin] {
            let (endpoints, now) = (endpoints(3, balance), Instant::now());
            let health = Health::new(3, now.into_std());
            for index in 0..3 {
                health.checked(index, false, ONE_CHECK, now.into_std());
            }
            let shares = shares(&endpoints, &health, now, 300);
            assert!(shares.iter().all(|share| *share > 50), "{shares:?}");
        }
    }

    #[test]
    fn the_only_endpoint_is_tried_once() {
        let (endpoints, now) = (endpoints(1, Balance::P2c), Instant::now());
        let health = Health::new(1, now.into_std());
        assert!(endpoints.choose(&health, &[], now).is_some());
        assert!(endpoints.choose(&health, &[0], now).is_none());
    }

    proptest! {
        /// Whatever is out of service or tried, however busy the others are: one is chosen as long as one is left, and one that is
        /// out only if no other is left.
        #[test]
        fn an_endpoint_out_of_service_is_the_last_resort(
            states in prop::collection::vec((any::<bool>(), any::<bool>(), 0_usize..4), 1..8),
            balance in prop_oneof![Just(Balance::P2c), Just(Balance::RoundRobin)],
            elapsed in 0_u64..60_000,
        ) {
            let (endpoints, begun) = (endpoints(states.len(), balance), Instant::now());
            let health = Health::new(states.len(), begun.into_std());
            let mut loads = Vec::new();
            for (endpoint, (down, _, load)) in endpoints.iter().zip(&states) {
                health.checked(endpoint.index, !down, ONE_CHECK, begun.into_std());
                loads.extend((0..*load).map(|_| Load::new(endpoint)));
            }
            let tried: Vec<_> = (0..states.len()).filter(|index| states[*index].1).collect();
            let now = begun + Duration::from_millis(elapsed);
            let in_service = states.iter().any(|(down, tried, _)| !down && !tried);
            for _ in 0..20 {
                let Some(chosen) = endpoints.choose(&health, &tried, now) else {
                    prop_assert_eq!(tried.len(), states.len());
                    continue;
                };
                let (down, was_tried, _) = states[chosen.index];
                prop_assert!(!was_tried, "it was tried already");
                prop_assert!(!down || !in_service, "another one was in service");
            }
        }
    }
}
