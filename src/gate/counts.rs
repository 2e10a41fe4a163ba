//! How often cookies of one message were judged alike: most that follow one another are, and are counted together.

use std::mem::discriminant;

use crate::policy::Judgement;

/// So many cookies, one after the other, with the same labels of the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerdictCount {
    /// The judgement of the first; the verdicts of the others are of the same kind, for the same reason and category.
    pub judgement: Judgement,
    /// How many cookies.
    pub times: u32,
}

/// Groups judgements that follow one another and have the same labels.
pub(super) fn grouped(mut judgements: impl Iterator<Item = Judgement>) -> impl Iterator<Item = VerdictCount> {
    let mut next = judgements.next();
    std::iter::from_fn(move || {
        let judgement = next.take()?;
        let mut times = 1_u32;
        next = judgements.by_ref().find(|other| {
            let alike = are_alike(&judgement, other);
            times = times.saturating_add(u32::from(alike));
            !alike
        });
        Some(VerdictCount { judgement, times })
    })
}

fn are_alike(one: &Judgement, other: &Judgement) -> bool {
    discriminant(&one.verdict) == discriminant(&other.verdict)
        && one.reason == other.reason
        && one.category == other.category
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
        let counted = grouped([dropped, declared, passed, passed, passed, dropped].into_iter());
        let counted: Vec<_> = counted.map(|count| (count.judgement, count.times)).collect();
        assert_eq!(counted, [(dropped, 2), (passed, 3), (dropped, 1)]);
        assert_eq!(grouped(std::iter::empty()).count(), 0);
    }
}
