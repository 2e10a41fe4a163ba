//! How many cookies of one message had the same judgement. Neighbours mostly do, and are counted together.
//!
//! The exchange adds the counts up for its log line, and the metrics count them.

use std::mem::discriminant;

use crate::policy::Judgement;

/// A number of cookies in a row that have the same labels in the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerdictCount {
    /// The judgement of the first; the verdicts of the others are of the same kind, for the same reason and category.
    pub judgement: Judgement,
    /// How many cookies.
    pub times: u32,
}

impl VerdictCount {
    fn takes(&self, judgement: &Judgement) -> bool {
        discriminant(&self.judgement.verdict) == discriminant(&judgement.verdict)
            && self.judgement.reason == judgement.reason
            && self.judgement.category == judgement.category
    }
}

/// The counts of one message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts(Vec<VerdictCount>);

impl Counts {
    /// No counts yet. `cookies` groups fit before memory is allocated again.
    pub(super) fn with_room_for(cookies: usize) -> Self {
        Self(Vec::with_capacity(cookies))
    }

    /// Counts `times` more cookies. The count of one group stops at `u32::MAX`.
    pub(super) fn add(&mut self, judgement: &Judgement, times: usize) {
        let times = u32::try_from(times).unwrap_or(u32::MAX);
        match self.0.last_mut().filter(|last| last.takes(judgement)) {
            Some(last) => last.times = last.times.saturating_add(times),
            None => self.0.push(VerdictCount { judgement: *judgement, times }),
        }
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// In the order of the message.
    pub(super) fn iter(&self) -> impl Iterator<Item = &VerdictCount> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Verdict;

    #[test]
    fn only_neighbours_with_the_same_labels_are_counted_together() {
        let dropped = Judgement::UNREADABLE;
        let passed = Judgement { verdict: Verdict::Pass, ..dropped };
        let declared = Judgement { declaration: Some(1), ..dropped };
        let mut counts = Counts::default();
        for (judgement, times) in [(dropped, 1), (declared, 1), (passed, 1), (passed, 2), (dropped, 1)] {
            counts.add(&judgement, times);
        }
        let counted: Vec<_> = counts.iter().map(|count| (count.judgement, count.times)).collect();
        assert_eq!(counted, [(dropped, 2), (passed, 3), (dropped, 1)]);
    }
}
