//! The third parties, by their ids.
//!
//! A further host, or another category, is told to visitors: they did not agree to it.

use super::words::{read_alike, shown};
use super::{Comparison, Kind};
use crate::charter::{Charter, ThirdParty};

impl Comparison<'_> {
    /// Material: that none are held any more, a new third party, a further host, another category, key or service.
    pub(super) fn third_parties(&mut self) {
        let (before, after) = (self.before, self.after);
        let held = |charter: &Charter| charter.third_parties.as_ref().map(|third| third.level.as_str().to_owned());
        // Without the table nobody is held.
        self.note(Kind::ThirdParties, "third_parties", held(before), held(after), after.third_parties.is_none());
        let manage = |charter: &Charter| charter.third_parties.as_ref().and_then(|third| third.manage_cookies.clone());
        self.note(Kind::ThirdParties, "manage_cookies", manage(before), manage(after), false);
        for party in parties(after) {
            match parties(before).find(|before| before.id == party.id) {
                Some(before) => self.party(before, party),
                None => self.note(Kind::ThirdParty, &party.id, None, Some(hosts(party)), true),
            }
        }
        for gone in parties(before).filter(|before| !parties(after).any(|after| after.id == before.id)) {
            self.note(Kind::ThirdParty, &gone.id, Some(hosts(gone)), None, false);
        }
    }

    fn party(&mut self, before: &ThirdParty, after: &ThirdParty) {
        let id = &after.id;
        let is_known = |host| before.hosts.iter().any(|known| known.covers_all(host));
        let is_wider = !after.hosts.iter().all(is_known);
        self.note(Kind::Hosts, id, Some(hosts(before)), Some(hosts(after)), is_wider);
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

fn hosts(party: &ThirdParty) -> String {
    party.hosts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
