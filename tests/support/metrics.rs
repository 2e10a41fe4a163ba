//! Parses `/metrics`.

use std::collections::BTreeMap;

/// All samples of one scrape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Metrics(Vec<Sample>);

#[derive(Clone, Debug, PartialEq)]
struct Sample {
    name: String,
    labels: BTreeMap<String, String>,
    value: f64,
}

impl Metrics {
    pub(crate) fn parse(page: &str) -> Self {
        Self(page.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(Sample::parse).collect())
    }

    /// The sum of the samples of a family that bear all these labels.
    pub(crate) fn sum(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let bears = |sample: &&Sample| {
            labels.iter().all(|&(label, value)| sample.labels.get(label).is_some_and(|own| own == value))
        };
        self.0.iter().filter(|sample| sample.name == name).filter(bears).map(|sample| sample.value).sum()
    }

    /// As [`Metrics::sum`], of a counter.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Counters of a test are small and whole.
    pub(crate) fn count(&self, name: &str, labels: &[(&str, &str)]) -> u64 {
        self.sum(name, labels).round() as u64
    }

    /// The values of a label in a family.
    pub(crate) fn labels(&self, name: &str, label: &str) -> Vec<String> {
        let family = self.0.iter().filter(|sample| sample.name == name);
        family.filter_map(|sample| sample.labels.get(label).cloned()).collect()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|sample| sample.name == name)
    }

    /// The samples of a family that are not 0, without one label: for comparing families of two processes.
    pub(crate) fn family_without(&self, name: &str, label: &str) -> Vec<(BTreeMap<String, String>, f64)> {
        let family = self.0.iter().filter(|sample| sample.name == name && sample.value != 0.0);
        let mut rows: Vec<_> = family
            .map(|sample| {
                let mut labels = sample.labels.clone();
                labels.remove(label);
                (labels, sample.value)
            })
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows
    }
}

impl Sample {
    fn parse(line: &str) -> Self {
        let (left, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no sample: {line:?}"));
        let (name, labels) = left.split_once('{').unwrap_or((left, ""));
        let value = value.parse().unwrap_or_else(|_| panic!("no number: {line:?}"));
        Self { name: name.to_owned(), labels: Self::labels(labels.trim_end_matches('}')), value }
    }

    fn labels(mut text: &str) -> BTreeMap<String, String> {
        let mut labels = BTreeMap::new();
        while let Some((name, rest)) = text.split_once("=\"") {
            let Some((value, rest)) = rest.split_once('"') else { break };
            labels.insert(name.trim_start_matches(',').to_owned(), value.to_owned());
            text = rest;
        }
        labels
    }
}
