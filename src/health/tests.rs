//! The state machine, with time as an argument, and its invariants after any sequence of events.

use proptest::prelude::*;

use super::*;

const ONCE: Thresholds = Thresholds { fall: 3, rise: 2 };

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn standings(health: &Health, endpoints: usize, now: Instant) -> Vec<Standing> {
    (0..endpoints).map(|endpoint| health.standing(endpoint, now)).collect()
}

#[test]
fn all_endpoints_have_a_full_share_at_first() {
    let now = Instant::now();
    let health = Health::new(2, now);
    assert_eq!([0, 1, 2].map(|endpoint| health.share(endpoint, now)), [FULL_SHARE, FULL_SHARE, 0]);
    assert_eq!(standings(&health, 2, now), [Standing::Up, Standing::Up]);
}

#[test]
fn an_unreachable_endpoint_is_ejected_at_once_and_returns_slowly() {
    let now = Instant::now();
    let health = Health::new(2, now);
    assert_eq!(health.failed(0, Failure::Unreachable, now), Some(seconds(5)));
    assert_eq!(standings(&health, 2, now), [Standing::Ejected, Standing::Up]);
    assert_eq!(health.share(0, now + Duration::from_millis(4999)), 0);
    let back = now + Duration::from_millis(5001);
    let shares = [0, 3, 15, 27, 31].map(|since| health.share(0, back + seconds(since)));
    assert_eq!(shares, [10, 10, 50, 90, 100]);
    assert_eq!(health.standing(0, back + seconds(15)), Standing::Returning);
}

#[test]
fn five_broken_exchanges_in_a_row_eject_an_endpoint() {
    let now = Instant::now();
    let health = Health::new(2, now);
    for _ in 0..3 {
        for _ in 0..4 {
            assert_eq!(health.failed(0, Failure::Broken, now), None);
        }
        health.succeeded(0, || now);
    }
    let ejected: Vec<_> = (0..5).map(|_| health.failed(0, Failure::Broken, now)).collect();
    assert_eq!(ejected, [None, None, None, None, Some(seconds(5))]);
}

#[test]
fn ejections_that_follow_soon_grow_up_to_a_minute() {
    let mut now = Instant::now();
    let health = Health::new(2, now);
    let mut lengths = Vec::new();
    for _ in 0..14 {
        let length = health.failed(0, Failure::Unreachable, now).unwrap();
        lengths.push(length.as_secs());
        now += length + seconds(1);
    }
    assert_eq!(lengths, [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 60, 60]);
    let much_later = now + seconds(60);
    assert_eq!(health.failed(0, Failure::Unreachable, much_later), Some(seconds(5)), "it is forgiven");
}

#[test]
fn a_failure_during_an_ejection_does_not_prolong_it() {
    let now = Instant::now();
    let health = Health::new(2, now);
    health.failed(0, Failure::Unreachable, now);
    assert_eq!(health.failed(0, Failure::Unreachable, now + seconds(1)), None);
    assert!(health.share(0, now + seconds(6)) > 0);
}

#[test]
fn a_response_ends_an_ejection() {
    let now = Instant::now();
    let health = Health::new(2, now);
    health.failed(0, Failure::Unreachable, now);
    health.succeeded(0, || now + seconds(1));
    assert_eq!(health.share(0, now + seconds(2)), FIRST_SHARE);
}

#[test]
fn the_last_endpoint_in_service_is_never_ejected() {
    let now = Instant::now();
    let alone = Health::new(1, now);
    assert_eq!(alone.failed(0, Failure::Unreachable, now), None);
    let health = Health::new(3, now);
    let ejected: Vec<_> = (0..3).map(|index| health.failed(index, Failure::Unreachable, now).is_some()).collect();
    assert_eq!(ejected, [true, true, false]);
}

/// A visitor who can make the portal drop a connection must not eject its endpoints one by one.
#[test]
fn broken_exchanges_eject_half_at_most() {
    let now = Instant::now();
    for (endpoints, most) in [(1, 0), (2, 1), (3, 1), (4, 2), (5, 2)] {
        let health = Health::new(endpoints, now);
        for index in (0..endpoints).cycle().take(endpoints * 20) {
            health.failed(index, Failure::Broken, now);
        }
        let out = standings(&health, endpoints, now).iter().filter(|&&standing| standing == Standing::Ejected).count();
        assert_eq!(out, most, "of {endpoints}");
    }
}

#[test]
fn the_first_check_decides_alone_and_later_checks_by_their_number_in_a_row() {
    let now = Instant::now();
    let health = Health::new(2, now);
    let check = |endpoint, results: &[bool]| -> Vec<_> {
        results.iter().map(|healthy| health.checked(endpoint, *healthy, ONCE, now)).collect()
    };
    assert_eq!(check(0, &[false]), [Some(false)]);
    assert_eq!(check(0, &[true, false, true, true]), [None, None, None, Some(true)]);
    let up_and_down = [true, false, false, true, false, false, false, false];
    assert_eq!(check(1, &up_and_down), [None, None, None, None, None, None, Some(false), None]);
    assert_eq!(standings(&health, 2, now + seconds(1)), [Standing::Returning, Standing::Down]);
}

#[test]
fn a_first_good_check_leaves_the_full_share() {
    let now = Instant::now();
    let health = Health::new(1, now);
    health.checked(0, true, ONCE, now);
    assert_eq!(health.share(0, now), FULL_SHARE);
}

#[test]
fn checks_that_bring_an_endpoint_back_end_its_ejection() {
    let now = Instant::now();
    let health = Health::new(2, now);
    health.failed(0, Failure::Unreachable, now);
    health.checked(0, false, ONCE, now);
    assert_eq!(health.standing(0, now + seconds(10)), Standing::Down, "the ejection has ended, the checks have not");
    health.checked(0, true, ONCE, now + seconds(2));
    assert_eq!(health.checked(0, true, ONCE, now + seconds(3)), Some(true));
    assert_eq!(health.standing(0, now + seconds(4)), Standing::Returning);
}

#[test]
fn a_good_check_alone_does_not_end_an_ejection() {
    let now = Instant::now();
    let health = Health::new(2, now);
    health.checked(0, true, ONCE, now);
    health.failed(0, Failure::Unreachable, now);
    health.checked(0, true, ONCE, now);
    assert_eq!(health.standing(0, now), Standing::Ejected);
}

#[test]
fn kept_endpoints_keep_their_state_but_not_the_results_of_removed_checks() {
    let now = Instant::now();
    let health = Health::new(3, now);
    health.checked(0, false, ONCE, now);
    health.failed(1, Failure::Unreachable, now);
    let next = health.succeeded_by(&[Some(1), None, Some(0)], true);
    assert_eq!(standings(&next, 3, now), [Standing::Ejected, Standing::Up, Standing::Down]);
    let unchecked = health.succeeded_by(&[Some(1), Some(0)], false);
    assert_eq!(standings(&unchecked, 2, now), [Standing::Ejected, Standing::Up]);
}

#[derive(Clone, Debug)]
enum Event {
    Failed(Failure),
    Succeeded,
    Checked(bool),
}

fn event(checks: bool) -> impl Strategy<Value = Event> {
    let passive = prop_oneof![
        Just(Event::Failed(Failure::Unreachable)),
        Just(Event::Failed(Failure::Broken)),
        Just(Event::Succeeded)
    ];
    let checked = any::<bool>().prop_map(Event::Checked);
    if checks { prop_oneof![passive, checked].boxed() } else { passive.boxed() }
}

fn run(health: &Health, endpoints: usize, events: &[(Event, usize, u64)], mut each: impl FnMut(Instant)) -> Instant {
    let mut now = health.begun;
    for (event, index, millis) in events {
        now += Duration::from_millis(*millis);
        let index = index % endpoints;
        match event {
            Event::Failed(failure) => drop(health.failed(index, *failure, now)),
            Event::Succeeded => health.succeeded(index, || now),
            Event::Checked(healthy) => drop(health.checked(index, *healthy, ONCE, now)),
        }
        each(now);
    }
    now
}

proptest! {
    #[test]
    fn requests_alone_always_leave_one_in_service(
        endpoints in 1_usize..6,
        events in prop::collection::vec((event(false), any::<usize>(), 0_u64..20_000), 0..200),
    ) {
        let health = Health::new(endpoints, Instant::now());
        let mut empty = false;
        let end = run(&health, endpoints, &events, |now| {
            empty |= (0..endpoints).all(|endpoint| health.standing(endpoint, now) == Standing::Ejected);
        });
        prop_assert!(!empty, "nothing was in service");
        let later = end + LONGEST + SLOW_START;
        prop_assert!((0..endpoints).all(|endpoint| health.share(endpoint, later) == FULL_SHARE), "one never returned");
    }

    #[test]
    fn the_published_share_agrees_with_the_states(
        endpoints in 1_usize..6,
        events in prop::collection::vec((event(true), any::<usize>(), 0_u64..20_000), 0..200),
    ) {
        let health = Health::new(endpoints, Instant::now());
        let mut differs = false;
        run(&health, endpoints, &events, |now| {
            // Times are published rounded up to a millisecond.
            let now = now + Duration::from_millis(1);
            let states = health.lock().clone();
            differs |= states.iter().enumerate().any(|(endpoint, state)| {
                state.is_in_service(now) != (health.share(endpoint, now) > 0)
            });
        });
        prop_assert!(!differs);
    }
}

/// The longest ejection, and a second.
const LONGEST: Duration = Duration::from_secs(61);
