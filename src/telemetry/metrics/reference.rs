//! What the metrics are, for their documentation: each family, and the words that each label may take.

use super::labels::{
    AttemptResult, CheckResult, ConnectionRefusal, Label, Outcome, Protocol, SpanResult, StatusClass, Transport,
    UpstreamEvent,
};
use crate::consent::Reading;
use crate::policy::{ConsentLevel, Direction, Enforcement, Reason};

/// One family, as its documentation shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyDescription {
    /// Its name, with the unit and the suffix that its kind has.
    pub name: String,
    /// What the numbers are.
    pub kind: FamilyKind,
    /// What they say.
    pub help: String,
    /// The labels of each series.
    pub labels: Vec<String>,
}

/// What the numbers of a family are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FamilyKind {
    /// They only grow, and begin at 0 with the process.
    Counter,
    /// They are as they are now.
    Gauge,
    /// How many were how long.
    Histogram,
}

impl FamilyKind {
    /// As Prometheus calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// The labels whose words octroi chooses, each with all of them. The words of `result` depend on the family.
pub(super) fn label_values() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("consent", words::<ConsentLevel>()),
        ("direction", words::<Direction>()),
        ("enforcement", [Enforcement::Enforce, Enforcement::ReportOnly].map(Enforcement::as_str).to_vec()),
        ("event", words::<UpstreamEvent>()),
        ("protocol", words::<Protocol>()),
        ("reading", words::<Reading>()),
        ("reason (of a cookie)", words::<Reason>()),
        ("reason (of a refused connection)", words::<ConnectionRefusal>()),
        ("result (of a health check)", words::<CheckResult>()),
        ("result (of a reload, of a write)", words::<AttemptResult>()),
        ("result (of spans)", words::<SpanResult>()),
        ("status_class", words::<StatusClass>()),
        ("transport", words::<Transport>()),
        ("verdict", words::<Outcome>()),
    ]
}

fn words<L: Label>() -> Vec<&'static str> {
    L::ALL.iter().map(|label| label.as_str()).collect()
}
