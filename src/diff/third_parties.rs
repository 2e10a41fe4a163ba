//! Compares the third parties, by their ids.
//!
//! Visitors must be told of a further host, or of another category, because they did not agree to it; and of a path that no
//! longer belongs to a third party, because requests for it then need no consent.

use super::words::{read_alike, shown};
use super::{Comparison, Kind};
use crate::charter::{Charter, PartyPath, ThirdParty};

impl Comparison<'_> {
    /// Material: a table that is gone, a new third party, a further host, a path that no third party has any more, another
    /// category, key or service.
    pub(super) fn third_parties(&mut self) {
        let (before, after) = (self.before, self.after);
        let held = |charter: &Charter| charter.third_parties.as_ref().map(|third| third.level.as_str().to_owned());
        // Without the table no third party is held.
        self.note(Kind::ThirdParties, "third_parties", held(before), held(after), after.third_parties.is_none());
        let manage = |charter: &Charter| charter.third_parties.as_ref().and_then(|third| third.manage_cookies.clone());
        self.note(Kind::ThirdParties, "manage_cookies", manage(before), manage(after), false);
        for party in parties(after) {
            match parties(before).find(|before| before.id == party.id) {
                Some(before) => self.party(before, party),
                None => self.note(Kind::ThirdParty, &party.id, None, Some(places(party)), true),
            }
        }
        for gone in parties(before).filter(|before| !parties(after).any(|after| after.id == before.id)) {
            self.note(Kind::ThirdParty, &gone.id, Some(places(gone)), None, !are_held(&gone.paths, after));
        }
    }

    fn party(&mut self, before: &ThirdParty, after: &ThirdParty) {
        let id = &after.id;
        let is_known = |host| before.hosts.iter().any(|known| known.covers_all(host));
        let is_wider = !after.hosts.iter().all(is_known);
        self.note(Kind::Hosts, id, listed(&before.hosts), listed(&after.hosts), is_wider);
        let is_freed = !are_held(&before.paths, self.after);
        self.note(Kind::Paths, id, listed(&before.paths), listed(&after.paths), is_freed);
        let category = |charter: &Charter, party: &ThirdParty| Some(charter.category_id(party.category).to_owned());
        let (from, to) = (category(self.before, before), category(self.after, after));
        self.note(Kind::Category, id, from, to, true);
        self.note(Kind::Consent, id, before.key.clone(), after.key.clone(), true);
        let is_other = !read_alike(&before.service, &after.service);
        self.note(Kind::Service, id, shown(&before.service), shown(&after.service), is_other);
        self.note(Kind::Service, id, before.website.clone(), after.website.clone(), false);
        if is_wider || before.key != after.key {
            self.widens(after.category);
        }
    }
}

fn parties(charter: &Charter) -> impl Iterator<Item = &ThirdParty> {
    charter.third_parties.iter().flat_map(|third| &third.parties)
}

/// Whether each of these paths still belongs to a third party.
fn are_held(paths: &[PartyPath], after: &Charter) -> bool {
    paths.iter().all(|path| parties(after).flat_map(|party| &party.paths).any(|known| known.covers_all(path)))
}

fn places(party: &ThirdParty) -> String {
    [listed(&party.hosts), listed(&party.paths)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn listed(places: &[impl ToString]) -> Option<String> {
    let all: Vec<_> = places.iter().map(ToString::to_string).collect();
    (!all.is_empty()).then(|| all.join(", "))
}
