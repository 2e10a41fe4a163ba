//! Compares how the choice is read: for how long it counts, and what each key grants.
//!
//! Visitors must be told of a longer validity and of a key that grants more, but not of another cookie or format, which
//! changes nothing for them.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{is_longer, length};
use super::{Comparison, Kind};
use crate::charter::{BannerRules, CategoryIndex, Charter, Combine, Gpc};

impl Comparison<'_> {
    /// Of several banners, the longest `valid_for` is compared. Material: a longer one, a `gpc` that no longer refuses,
    /// a `combine` that no longer asks for all, and a known key that grants a further category, whose visitors are
    /// asked again.
    pub(super) fn banners(&mut self) {
        let (before, after) = (self.before, self.after);
        let cookies = |charter: &Charter| (!charter.banners.is_empty()).then(|| written(charter));
        self.note(Kind::Choice, "cookie", cookies(before), cookies(after), false);
        let longest = |charter: &Charter| {
            charter.banners.iter().map(|rules| rules.valid_for).max_by_key(|valid_for| length(Some(*valid_for)))
        };
        let is_later = match (longest(before), longest(after)) {
            (Some(before), Some(after)) => is_longer(Some(before), Some(after)),
            _ => false,
        };
        let shown = |charter: &Charter| longest(charter).map(|length| length.to_string());
        self.note(Kind::Choice, "valid_for", shown(before), shown(after), is_later);
        let gpc = |charter: &Charter| Some(if charter.gpc == Gpc::Refuse { "refuse" } else { "ignore" }.to_owned());
        self.note(Kind::Choice, "gpc", gpc(before), gpc(after), before.gpc == Gpc::Refuse);
        let combine =
            |charter: &Charter| Some(if charter.combine == Combine::All { "all" } else { "first" }.to_owned());
        self.note(Kind::Choice, "combine", combine(before), combine(after), before.combine == Combine::All);
        self.keys();
    }

    /// A key that grants a category which it did not grant before turns an old agreement into one for more.
    fn keys(&mut self) {
        let (before, after) = (grants(self.before), grants(self.after));
        let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        for key in keys {
            let ids = |charter: &Charter, granted: Option<&BTreeSet<CategoryIndex>>| {
                let ids: Vec<_> = granted?.iter().map(|index| charter.category_id(*index).to_owned()).collect();
                Some(ids.join(", "))
            };
            let (from, to) = (ids(self.before, before.get(key)), ids(self.after, after.get(key)));
            let known: BTreeSet<_> =
                before.get(key).into_iter().flatten().map(|index| self.before.category_id(*index)).collect();
            let granted = after.get(key).into_iter().flatten().copied();
            let more: Vec<_> = granted.filter(|index| !known.contains(self.after.category_id(*index))).collect();
            self.note(Kind::Choice, key, from, to, before.contains_key(key) && !more.is_empty());
            if before.contains_key(key) {
                for index in more {
                    self.widens(index);
                }
            }
        }
    }
}

/// Every key with the categories that it grants in any banner.
fn grants(charter: &Charter) -> BTreeMap<&str, BTreeSet<CategoryIndex>> {
    let mut grants: BTreeMap<&str, BTreeSet<CategoryIndex>> = BTreeMap::new();
    for (key, categories) in charter.banners.iter().flat_map(|rules| &rules.keys) {
        grants.entry(key).or_default().extend(categories);
    }
    grants
}

/// The banners, each with its first cookie and its format.
fn written(charter: &Charter) -> String {
    let one = |rules: &BannerRules| {
        let name = rules.format.names(rules.cookie.as_deref()).into_iter().next();
        format!("{} ({})", name.map_or_else(String::new, |(name, _)| name), rules.format.word())
    };
    charter.banners.iter().map(one).collect::<Vec<_>>().join(", ")
}
