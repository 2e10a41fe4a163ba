//! Whose the paths of the site's own host are.
//!
//! A policy cannot name them, because it has the whole site under one word (`'self'`); so octroi answers what is asked there.

use crate::charter::{PartyPath, ThirdParty, compared};

/// The paths of all third parties, each with the place of its party; the longest come first.
#[derive(Debug, Default)]
pub(super) struct PathOwners(Vec<(PartyPath, usize)>);

impl PathOwners {
    pub(super) fn new(parties: &[ThirdParty]) -> Self {
        let of_each = parties.iter().enumerate();
        let all = of_each.flat_map(|(place, party)| party.paths.iter().map(move |path| (path.clone(), place)));
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
        self.0.iter().find(|(own, _)| own.covers(&asked)).map(|(own, place)| (*place, own))
    }

    /// Whether the party at this place has any.
    pub(super) fn has(&self, party: usize) -> bool {
        self.0.iter().any(|(_, place)| *place == party)
    }
}
