//! The hosts that browsers reported of one site's pages, within their bounds.
//!
//! Anybody can send a report, and name any host in it. If there is no room, a host that was not reported for a day is removed
//! first, then the one that was reported least often. So invented hosts replace each other, and hosts that many browsers report
//! are kept.

use std::collections::HashMap;

use super::seen::is_recent;
use crate::charter::PartyHost;
use crate::cookie::UnixTime;
use crate::party::Directive;

/// How many hosts of one site are listed.
const MAX_HOSTS: usize = 1024;

/// What is known of one host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportedHost {
    /// When it was first reported.
    pub first_seen: UnixTime,
    /// When it was last reported.
    pub last_seen: UnixTime,
    /// How often it was reported. Only a sample of pages has its violations reported.
    pub reports: u64,
    /// The directives that it violated.
    pub directives: Directives,
}

/// A set of directives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Directives(u16);

/// Hosts, with what is known of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    reported: HashMap<PartyHost, ReportedHost>,
    /// Reports of hosts that were removed.
    unlisted: u64,
}

impl Directives {
    /// The one directive.
    pub fn one(directive: Directive) -> Self {
        Self(1 << directive as u16)
    }

    /// Adds all of another set.
    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// In the order of their names.
    pub fn iter(self) -> impl Iterator<Item = Directive> {
        Directive::ALL.into_iter().filter(move |directive| self.0 >> *directive as u16 & 1 == 1)
    }
}

impl ReportedHost {
    /// A host with one report.
    pub(super) fn once(directive: Directive, now: UnixTime) -> Self {
        Self { first_seen: now, last_seen: now, reports: 1, directives: Directives::one(directive) }
    }

    /// Adds what another worker or process knows. A time in the future counts as `now`.
    fn absorb(&mut self, other: &Self, now: UnixTime) {
        self.first_seen = self.first_seen.min(other.first_seen);
        self.last_seen = self.last_seen.min(now).max(other.last_seen.min(now));
        self.reports = self.reports.saturating_add(other.reports);
        self.directives.add(other.directives);
    }

    fn is_stale(&self, now: UnixTime) -> bool {
        !is_recent(self.last_seen, now)
    }
}

impl Hosts {
    /// Adds what is known of a host.
    pub(super) fn absorb(&mut self, host: &PartyHost, seen: &ReportedHost, now: UnixTime) {
        if let Some(known) = self.reported.get_mut(host) {
            known.absorb(seen, now);
            return;
        }
        if self.reported.len() >= MAX_HOSTS {
            self.evict(now);
        }
        self.reported.insert(host.clone(), *seen);
    }

    fn evict(&mut self, now: UnixTime) {
        let value = |seen: &ReportedHost| (!seen.is_stale(now), seen.reports, seen.last_seen);
        let least = self.reported.iter().min_by_key(|(_, seen)| value(seen)).map(|(host, _)| host.clone());
        if let Some(evicted) = least.and_then(|host| self.reported.remove(&host)) {
            self.absorb_unlisted(evicted.reports);
        }
    }

    /// Adds all hosts of another part, which stays unchanged.
    pub(super) fn absorb_all(&mut self, other: &Self, now: UnixTime) {
        self.absorb_unlisted(other.unlisted);
        for (host, seen) in &other.reported {
            self.absorb(host, seen, now);
        }
    }

    /// Adds reports of hosts that another part did not list.
    pub(super) fn absorb_unlisted(&mut self, reports: u64) {
        self.unlisted = self.unlisted.saturating_add(reports);
    }

    /// How many reports there were of hosts that are no longer listed.
    pub(super) fn unlisted(&self) -> u64 {
        self.unlisted
    }

    pub(super) fn is_empty(&self) -> bool {
        self.reported.is_empty() && self.unlisted == 0
    }

    /// The hosts, sorted.
    pub(super) fn sorted(&self) -> Vec<(PartyHost, ReportedHost)> {
        let mut hosts: Vec<_> = self.reported.iter().map(|(host, seen)| (host.clone(), *seen)).collect();
        hosts.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        hosts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::inventory::seen::STALE;

    const NOW: UnixTime = UnixTime(1_795_000_000);

    fn host(index: usize) -> PartyHost {
        format!("h{index}.example").parse().unwrap()
    }

    fn flood(hosts: &mut Hosts, count: usize, now: UnixTime) {
        (0..count).for_each(|index| hosts.absorb(&host(index), &ReportedHost::once(Directive::Image, now), now));
    }

    #[test]
    fn reports_of_a_host_are_merged() {
        let mut hosts = Hosts::default();
        let video = host(0);
        hosts.absorb(&video, &ReportedHost::once(Directive::Script, NOW), NOW);
        hosts.absorb(&video, &ReportedHost::once(Directive::Frame, NOW.plus(9)), NOW.plus(9));
        let [(_, seen)] = hosts.sorted()[..] else { panic!() };
        assert_eq!((seen.first_seen, seen.last_seen, seen.reports), (NOW, NOW.plus(9), 2));
        let names: Vec<_> = seen.directives.iter().map(Directive::as_str).collect();
        assert_eq!(names, ["frame-src", "script-src"]);
    }

    #[test]
    fn invented_hosts_replace_each_other_and_not_one_that_is_reported_often() {
        let mut hosts = Hosts::default();
        let often = "video.example".parse().unwrap();
        for _ in 0..3 {
            hosts.absorb(&often, &ReportedHost::once(Directive::Frame, NOW), NOW);
        }
        flood(&mut hosts, 5000, NOW.plus(1));
        assert_eq!((hosts.reported.len(), hosts.unlisted()), (MAX_HOSTS, 5001 - MAX_HOSTS as u64));
        assert!(hosts.reported.contains_key(&often));
    }

    #[test]
    fn stale_hosts_are_replaced() {
        let mut hosts = Hosts::default();
        for _ in 0..9 {
            flood(&mut hosts, MAX_HOSTS, NOW);
        }
        let today = NOW.plus(STALE);
        for index in 0..20 {
            let new = format!("new{index}.example").parse().unwrap();
            hosts.absorb(&new, &ReportedHost::once(Directive::Font, today), today);
        }
        let new = hosts.reported.keys().filter(|host| host.host.starts_with("new")).count();
        assert_eq!(new, 20);
    }

    #[test]
    fn times_of_a_clock_that_was_ahead_do_not_count() {
        let ahead = NOW.plus(365 * STALE);
        let mut hosts = Hosts::default();
        flood(&mut hosts, MAX_HOSTS, ahead);
        hosts.absorb(&host(0), &ReportedHost::once(Directive::Image, NOW), NOW);
        assert_eq!(hosts.reported[&host(0)].last_seen, NOW);
        let new = "new.example".parse().unwrap();
        hosts.absorb(&new, &ReportedHost::once(Directive::Font, NOW), NOW);
        hosts.absorb(&host(9999), &ReportedHost::once(Directive::Font, NOW), NOW);
        assert!(hosts.reported.contains_key(&new));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn no_report_is_lost_or_counted_twice(steps in prop::collection::vec((0..2000_usize, 0..STALE), 0..3000)) {
            let (mut hosts, mut part, mut now, total) = (Hosts::default(), Hosts::default(), NOW, steps.len() as u64);
            for (index, after) in steps {
                now = now.plus(after / 500);
                part.absorb(&host(index), &ReportedHost::once(Directive::Image, now), now);
                if index % 7 == 0 {
                    hosts.absorb_all(&std::mem::take(&mut part), now);
                }
                prop_assert!(hosts.reported.len() <= MAX_HOSTS && part.reported.len() <= MAX_HOSTS);
            }
            hosts.absorb_all(&part, now);
            let listed: u64 = hosts.reported.values().map(|seen| seen.reports).sum();
            prop_assert_eq!(listed + hosts.unlisted(), total);
        }
    }
}
