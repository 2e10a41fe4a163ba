//! Histograms of durations, by site, whose numbers are [sharded](super::sharded).
//!
//! The sum is kept in nanoseconds: whole numbers need no loop to be added, and hold five hundred years.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use prometheus::core::{Atomic, Collector, Desc};
use prometheus::proto::{Bucket, LabelPair, Metric, MetricFamily, MetricType};

use super::sharded::Sharded;

/// A family of histograms: one for each site.
#[derive(Clone, Debug)]
pub(super) struct HistogramVec(Arc<Family>);

#[derive(Debug)]
struct Family {
    desc: Desc,
    bounds: Arc<[Duration]>,
    /// In the order of their names, as the exposition shows them.
    sites: Mutex<BTreeMap<String, Histogram>>,
}

/// The durations of one site. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Histogram(Arc<Series>);

#[derive(Debug)]
struct Series {
    /// Upper bounds, ascending.
    bounds: Arc<[Duration]>,
    /// For each bound, how many are no longer than it and longer than the one before; at the end, those beyond all.
    counts: Box<[Sharded]>,
    nanoseconds: Sharded,
}

impl HistogramVec {
    /// `bounds` are seconds, in ascending order; each is its bucket's own.
    ///
    /// # Errors
    /// If the name or the help is not valid.
    pub(super) fn new(name: &str, help: &str, bounds: &[f64]) -> prometheus::Result<Self> {
        let desc = Desc::new(name.to_owned(), help.to_owned(), vec!["site".to_owned()], HashMap::new())?;
        let bounds = bounds.iter().copied().map(Duration::from_secs_f64).collect();
        Ok(Self(Arc::new(Family { desc, bounds, sites: Mutex::default() })))
    }

    /// The histogram of this site.
    pub(super) fn of_site(&self, site: &str) -> Histogram {
        let mut sites = self.0.sites.lock().unwrap_or_else(PoisonError::into_inner);
        sites.entry(site.to_owned()).or_insert_with(|| Histogram::new(Arc::clone(&self.0.bounds))).clone()
    }
}

impl Histogram {
    fn new(bounds: Arc<[Duration]>) -> Self {
        let counts = (0..=bounds.len()).map(|_| Sharded::new(0)).collect();
        Self(Arc::new(Series { bounds, counts, nanoseconds: Sharded::new(0) }))
    }

    /// Adds a duration.
    pub(super) fn observe(&self, duration: Duration) {
        let Series { bounds, counts, nanoseconds } = &*self.0;
        let bucket = bounds.iter().position(|bound| duration <= *bound).unwrap_or(bounds.len());
        if let Some(count) = counts.get(bucket) {
            count.inc_by(1);
        }
        nanoseconds.inc_by(u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX));
    }

    /// How many were noted.
    #[cfg(test)]
    pub(super) fn count(&self) -> u64 {
        self.0.counts.iter().map(Sharded::get).sum()
    }

    /// Counts are cumulative here, as Prometheus wants them.
    fn exposed(&self) -> prometheus::proto::Histogram {
        let Series { bounds, counts, nanoseconds } = &*self.0;
        let mut total = 0;
        let mut cumulative = counts.iter().map(|count| {
            total += count.get();
            total
        });
        let buckets = bounds.iter().zip(&mut cumulative).map(|(bound, count)| {
            let mut bucket = Bucket::default();
            bucket.set_upper_bound(bound.as_secs_f64());
            bucket.set_cumulative_count(count);
            bucket
        });
        let mut histogram = prometheus::proto::Histogram::default();
        histogram.set_bucket(buckets.collect());
        cumulative.for_each(drop);
        histogram.set_sample_count(total);
        histogram.set_sample_sum(Duration::from_nanos(nanoseconds.get()).as_secs_f64());
        histogram
    }
}

impl Collector for HistogramVec {
    fn desc(&self) -> Vec<&Desc> {
        vec![&self.0.desc]
    }

    fn collect(&self) -> Vec<MetricFamily> {
        let sites = self.0.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let metrics = sites.iter().map(|(site, histogram)| {
            let mut label = LabelPair::default();
            label.set_name("site".to_owned());
            label.set_value(site.clone());
            let mut metric = Metric::from_label(vec![label]);
            metric.set_histogram(histogram.exposed());
            metric
        });
        let mut family = MetricFamily::default();
        family.set_name(self.0.desc.fq_name.clone());
        family.set_help(self.0.desc.help.clone());
        family.set_field_type(MetricType::HISTOGRAM);
        family.set_metric(metrics.collect());
        vec![family]
    }
}

#[cfg(test)]
mod tests {
    use prometheus::{HistogramOpts, Registry, TextEncoder};

    use super::*;

    fn text(collector: impl Collector + 'static) -> String {
        let registry = Registry::new();
        registry.register(Box::new(collector)).unwrap();
        TextEncoder::new().encode_to_string(&registry.gather()).unwrap()
    }

    /// The crate's own histogram is the oracle.
    #[test]
    fn is_exposed_as_any_histogram() {
        let bounds = [0.001, 0.25, 2.5, 60.0];
        let ours = HistogramVec::new("a_seconds", "Help.", &bounds).unwrap();
        let options = HistogramOpts::new("a_seconds", "Help.").buckets(bounds.to_vec());
        let theirs = prometheus::HistogramVec::new(options, &["site"]).unwrap();
        for site in ["b.fr", "a.fr"] {
            let (ours, theirs) = (ours.of_site(site), theirs.with_label_values(&[site]));
            for milliseconds in [0, 1, 2, 250, 251, 2500, 59_999, 60_000, 60_001, 4_000_000] {
                let duration = Duration::from_millis(milliseconds);
                ours.observe(duration);
                theirs.observe(duration.as_secs_f64());
            }
        }
        assert_eq!(text(ours), text(theirs));
    }

    #[test]
    fn a_site_is_found_again() {
        let histograms = HistogramVec::new("a_seconds", "Help.", &[1.0]).unwrap();
        histograms.of_site("a.fr").observe(Duration::ZERO);
        histograms.of_site("a.fr").observe(Duration::ZERO);
        assert!(text(histograms).contains("a_seconds_count{site=\"a.fr\"} 2\n"));
    }
}
