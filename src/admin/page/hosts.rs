//! Hosts that a site's pages ask although its policy does not list them, as browsers report; with the lines that would declare
//! them.

use std::cmp::Reverse;

use super::moment;
use super::words::{Words, filled};
use crate::charter::{CharterDocument, Comments, KeyPath, Need, PartyHost, ThirdPartyDocument};
use crate::inventory::{ReportedHost, SiteInventory};
use crate::party::Directive;
use crate::snapshot::{PagePolicies, Site};

/// Hosts that are shown of one site; `/cookies` has them all.
const MOST: usize = 50;

/// The hosts of one site.
pub(super) struct Hosts {
    /// Those that are not declared first, then those reported most.
    pub(super) shown: Vec<HostView>,
    /// How many more there are.
    more: usize,
}

/// One host.
pub(super) struct HostView {
    pub(super) name: String,
    /// What is known of it, each fact with its label.
    pub(super) facts: Vec<(&'static str, String)>,
    /// What would declare it; `None` if it is declared.
    pub(super) lines: Option<String>,
}

impl Hosts {
    /// `None` if the charter has no `[third_parties]`.
    pub(super) fn of(site: &Site, seen: &SiteInventory, words: &Words) -> Option<Self> {
        let policies = site.page_policies.as_ref()?;
        let mut hosts: Vec<_> = seen.hosts.iter().map(|(host, seen)| (host, seen, party(policies, host))).collect();
        hosts.sort_by_key(|(_, seen, party)| (party.is_some(), Reverse(seen.reports)));
        let shown = hosts.iter().take(MOST).map(|(host, seen, party)| HostView {
            name: host.to_string(),
            facts: facts(seen, *party, words),
            lines: party.is_none().then(|| lines(site, host, words)),
        });
        Some(Self { shown: shown.collect(), more: hosts.len().saturating_sub(MOST) })
    }

    /// How many hosts are not shown, in words.
    pub(super) fn more(&self, words: &Words) -> Option<String> {
        let more = u64::try_from(self.more).unwrap_or(u64::MAX);
        (more > 0).then(|| filled(words.hosts.more, &[&words.number(more)]))
    }
}

/// The id of the party that declares the host.
fn party<'a>(policies: &'a PagePolicies, host: &PartyHost) -> Option<&'a str> {
    policies.parties.find(&host.host, host.port).map(|(_, id)| id)
}

fn facts(seen: &ReportedHost, party: Option<&str>, words: &Words) -> Vec<(&'static str, String)> {
    let of = &words.hosts;
    let asked_as: Vec<_> = seen.directives.iter().map(Directive::as_str).collect();
    vec![
        (of.party, party.unwrap_or(of.not_declared).to_owned()),
        (of.asked_as, asked_as.join(", ")),
        (of.reports, words.number(seen.reports)),
        (of.last, moment(seen.last_seen)),
    ]
}

/// The entry that would declare the host; whether it may be asked without consent is a person's decision.
fn lines(site: &Site, host: &PartyHost, words: &Words) -> String {
    let categories = &site.charter.categories;
    let strictest = categories.iter().find(|category| category.consent == Need::Required);
    let id: String = host.to_string().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let party = ThirdPartyDocument {
        id: Some(id),
        hosts: vec![host.to_string()],
        category: Some(strictest.or(categories.first()).map_or("necessary", |category| &category.id).to_owned()),
        ..ThirdPartyDocument::default()
    };
    let ids: Vec<_> = categories.iter().map(|category| category.id.as_str()).collect();
    let mut comments = Comments::default();
    let at = KeyPath::default().key("third_party").index(0);
    comments.add(at.key("category"), filled(words.drift.decide, &[&ids.join(", ")]));
    let document = CharterDocument { charter: None, third_party: vec![party], ..CharterDocument::default() };
    document.to_toml(&comments).unwrap_or_default()
}
