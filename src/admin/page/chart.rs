//! Small charts, drawn as SVG: one bar for each bucket of the history, what passed below, what was stopped above.
//!
//! A chart is two paths, so that a page with many categories stays small; colours and size are the style sheet's.

use std::fmt::Write as _;

use crate::admin::history::Flow;

/// Of the picture, in its own units.
const HEIGHT: u64 = 40;
/// Of a bar, with the gap behind it.
const STEP: u64 = 4;

/// The paths of one chart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Chart {
    /// What passed. One SVG path (`d`) with the bars of what passed.
    pub(super) passed: String,
    /// One SVG path with the bars of what was stopped, each on top of its passed one.
    pub(super) stopped: String,
    /// The highest bar, in cookies.
    pub(super) most: u64,
    /// In the picture's units: the `viewBox` is this wide and 40 high, and the style sheet stretches it.
    pub(super) width: u64,
}

impl Chart {
    /// The highest bar fills the height; bars are scaled to it. Both paths are empty if there is nothing to show.
    pub(super) fn of(flows: &[Flow]) -> Self {
        let totals: Vec<_> = flows.iter().map(|flow| flow.total()).collect();
        let most = totals.iter().map(|total| total.passed.saturating_add(total.stopped)).max().unwrap_or_default();
        let width = u64::try_from(flows.len()).unwrap_or(u64::MAX).saturating_mul(STEP);
        let mut chart = Self { most, width, ..Self::default() };
        if most == 0 {
            return chart;
        }
        for (place, total) in (0_u64..).zip(totals) {
            let x = place * STEP;
            let passed = height(total.passed, most);
            bar(&mut chart.passed, x, HEIGHT - passed, passed);
            let stopped = height(total.stopped, most).min(HEIGHT - passed);
            bar(&mut chart.stopped, x, HEIGHT - passed - stopped, stopped);
        }
        chart
    }
}

/// What there is, is seen, however little it is.
fn height(count: u64, most: u64) -> u64 {
    let exact = u128::from(count) * u128::from(HEIGHT) / u128::from(most.max(1));
    u64::try_from(exact).unwrap_or(HEIGHT).max(u64::from(count > 0))
}

fn bar(path: &mut String, x: u64, y: u64, height: u64) {
    if height > 0 {
        // Writing into memory does not fail.
        let _ = write!(path, "M{x} {y}h{0}v{height}h-{0}z", STEP - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::metrics::Counted;

    #[test]
    fn bars_stand_on_each_other_within_the_picture() {
        let flow = |passed, stopped| Flow { response: Counted { passed, stopped }, request: Counted::default() };
        let mut flows = vec![Flow::default(); 60];
        (flows[0], flows[59]) = (flow(30, 10), flow(0, u64::MAX / 2));
        let chart = Chart::of(&flows);
        assert_eq!(chart.passed, "M0 39h3v1h-3z");
        assert_eq!(chart.stopped, "M0 38h3v1h-3zM236 0h3v40h-3z");
        assert_eq!(Chart::of(&[Flow::default()]), Chart { width: STEP, ..Chart::default() });
    }
}
