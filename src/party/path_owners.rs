//! Which third party owns a path of the site's own host.
//!
//! A content security policy cannot name such a path, because `'self'` stands for the whole site. So octroi answers requests
//! for it, while that party is held.

use crate::charter::{PartyPath, ThirdParty, compared};

/// The paths of all third parties, each with the index of its party; the longest come first.
#[derive(Debug, Default)]
pub(super) struct PathOwners(Vec<(PartyPath, usize)>);

impl PathOwners {
    pub(super) fn new(parties: &[ThirdParty]) -> Self {
        let of_each = parties.iter().enumerate();
        let all = of_each.flat_map(|(index, party)| party.paths.iter().map(move |path| (path.clone(), index)));
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|(path, _)| std::cmp::Reverse(path.length()));
        Self(all)
    }

    /// The party that a request's path belongs to: of several, the one with the longest.
    pub(super) fn find(&self, path: &str) -> Option<(usize, &PartyPath)> {
        if self.0.is_empty() {
            return None;
        }
        let asked = compared(path);
        self.0.iter().find(|(own, _)| own.covers(&asked)).map(|(own, index)| (*index, own))
    }

    /// Whether the party with this index has any.
    pub(super) fn has(&self, party: usize) -> bool {
        self.0.iter().any(|(_, index)| *index == party)
    }
}
