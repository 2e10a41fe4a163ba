//! What passed and what was stopped lately: the counters of the metrics, read once a minute and for each view of the page.
//!
//! Two bounded rings for each category of a site: the last hour by the minute, the last day by the quarter of an hour. The
//! request path does not use them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::cookie::UnixTime;
use crate::policy::{CategoryId, Direction};
use crate::snapshot::{Site, Snapshot};
use crate::telemetry::metrics::Counted;

/// Width of a bucket of the hour, in seconds.
const MINUTE: i64 = 60;
/// Width of a bucket of the day, in seconds.
const QUARTER: i64 = 15 * 60;
/// Buckets of the hour.
const MINUTES: usize = 60;
/// Buckets of the day.
const QUARTERS: usize = 96;

/// The history of all sites since the process started. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct History(Arc<Mutex<HashMap<Key, Series>>>);

/// A site and the label of a category of its.
type Key = (Arc<str>, String);

/// Cookies in both directions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    /// Set by the portal.
    pub(super) response: Counted,
    /// Sent by browsers.
    pub(super) request: Counted,
}

/// What is known of one category, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lately {
    /// By the minute. Always 60 of them.
    pub(super) hour: Vec<Flow>,
    /// By the quarter of an hour. Always 96 of them.
    pub(super) day: Vec<Flow>,
}

impl Flow {
    /// Both directions together.
    pub(super) fn total(self) -> Counted {
        sum(self.response, self.request)
    }

    /// All of these together.
    pub(super) fn all(flows: &[Self]) -> Self {
        flows.iter().fold(Self::default(), |all, flow| all.plus(*flow))
    }

    fn plus(self, other: Self) -> Self {
        Self { response: sum(self.response, other.response), request: sum(self.request, other.request) }
    }

    /// What was counted since an earlier reading. A counter that stands lower than before has begun anew.
    fn since(self, earlier: Self) -> Self {
        let one = |now: u64, before: u64| now.checked_sub(before).unwrap_or(now);
        let counted = |now: Counted, before: Counted| Counted {
            passed: one(now.passed, before.passed),
            stopped: one(now.stopped, before.stopped),
        };
        Self { response: counted(self.response, earlier.response), request: counted(self.request, earlier.request) }
    }
}

fn sum(one: Counted, other: Counted) -> Counted {
    Counted { passed: one.passed.saturating_add(other.passed), stopped: one.stopped.saturating_add(other.stopped) }
}

impl History {
    /// Reads the counters of all sites. What was counted since the last reading goes into the bucket of `now`. Sites
    /// and categories that are gone are forgotten.
    pub(super) fn note(&self, snapshot: &Snapshot, now: UnixTime) {
        let readings: HashMap<Key, Flow> = snapshot.sites().iter().flat_map(|site| readings(site)).collect();
        let mut series = self.lock();
        // What is configured no more is forgotten: the memory is that of what is.
        series.retain(|key, _| readings.contains_key(key));
        for (key, reading) in readings {
            series.entry(key).or_default().note(reading, now);
        }
    }

    /// What is known of a category, up to now. All zeros for a category that no reading has seen yet.
    pub(super) fn of(&self, site: &Arc<str>, label: &str, now: UnixTime) -> Lately {
        let mut series = self.lock();
        let known = series.entry((Arc::clone(site), label.to_owned())).or_default();
        Lately { hour: known.hour.until(now), day: known.day.until(now) }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Series>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn readings(site: &Site) -> impl Iterator<Item = (Key, Flow)> {
    let labels = site.policy.category_labels().into_iter().enumerate();
    labels.filter_map(|(index, label)| {
        let id = CategoryId::from_index(index)?;
        let counted = |direction| site.metrics.cookies(id, direction).unwrap_or_default();
        let flow = Flow { response: counted(Direction::Response), request: counted(Direction::Request) };
        Some(((Arc::clone(&site.name), label?.to_owned()), flow))
    })
}

#[derive(Debug)]
struct Series {
    last: Flow,
    hour: Ring,
    day: Ring,
}

impl Default for Series {
    fn default() -> Self {
        Self { last: Flow::default(), hour: Ring::new(MINUTE, MINUTES), day: Ring::new(QUARTER, QUARTERS) }
    }
}

impl Series {
    fn note(&mut self, reading: Flow, now: UnixTime) {
        let new = reading.since(std::mem::replace(&mut self.last, reading));
        self.hour.add(new, now);
        self.day.add(new, now);
    }
}

/// Buckets of equal width; the last one is the present.
#[derive(Debug)]
struct Ring {
    /// Of a bucket, in seconds.
    width: i64,
    buckets: Vec<Flow>,
    /// The number of the last bucket, counted from 1970.
    last: i64,
}

impl Ring {
    fn new(width: i64, count: usize) -> Self {
        Self { width, buckets: vec![Flow::default(); count], last: 0 }
    }

    fn add(&mut self, flow: Flow, now: UnixTime) {
        self.advance(now);
        if let Some(bucket) = self.buckets.last_mut() {
            *bucket = bucket.plus(flow);
        }
    }

    /// A clock that is set back leaves the present where it is.
    fn advance(&mut self, now: UnixTime) {
        let present = now.0.div_euclid(self.width).max(self.last);
        let passed = usize::try_from(present - self.last).unwrap_or(usize::MAX).min(self.buckets.len());
        self.last = present;
        self.buckets.drain(..passed);
        self.buckets.extend(std::iter::repeat_n(Flow::default(), passed));
    }

    fn until(&mut self, now: UnixTime) -> Vec<Flow> {
        self.advance(now);
        self.buckets.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_795_435_200);

    fn flow(passed: u64) -> Flow {
        Flow { response: Counted { passed, stopped: 0 }, request: Counted::default() }
    }

    fn passed(flows: &[Flow]) -> Vec<u64> {
        flows.iter().map(|flow| flow.response.passed).collect()
    }

    #[test]
    fn what_was_counted_stands_where_it_was_counted() {
        let mut series = Series::default();
        for (reading, after) in [(5, 0), (5, 59), (7, 60), (8, 119), (10, 180)] {
            series.note(flow(reading), NOW.plus(after));
        }
        let hour = series.hour.until(NOW.plus(239));
        assert_eq!((hour.len(), &passed(&hour)[56..]), (60, &[5, 3, 0, 2][..]));
        let day = series.day.until(NOW.plus(239));
        assert_eq!((day.len(), &passed(&day)[94..]), (96, &[0, 10][..]));
        assert_eq!(Flow::all(&hour).total().passed, 10);
    }

    #[test]
    fn what_is_older_is_forgotten_and_memory_is_bounded() {
        let mut series = Series::default();
        series.note(flow(5), NOW);
        series.note(flow(6), NOW.plus(100 * 365 * 86_400));
        let hour = series.hour.until(NOW);
        assert_eq!((hour.len(), Flow::all(&hour).total().passed), (60, 1));
    }

    #[test]
    fn a_counter_that_begins_anew_is_no_loss_and_no_flood() {
        let mut series = Series::default();
        series.note(flow(1000), NOW);
        series.note(flow(3), NOW);
        assert_eq!(Flow::all(&series.hour.until(NOW)).total().passed, 1003);
    }
}
